//! `robots.txt` of the hosts that a crawl asks.

use std::collections::BTreeMap;
use std::time::Duration;

use texting_robots::Robot;
use url::Url;

/// The longest `Crawl-delay` that is obeyed to the letter.
const LONGEST_DELAY: f32 = 60.0;

/// The rules of each host that was asked.
#[derive(Default)]
pub(crate) struct Robots {
    hosts: BTreeMap<String, Option<Robot>>,
}

impl Robots {
    /// The address of `robots.txt` for `url`, unless its rules are known.
    pub(crate) fn missing_for(&self, url: &Url) -> Option<Url> {
        let known = self.hosts.contains_key(&key(url));
        (!known).then(|| url.join("/robots.txt").ok()).flatten()
    }

    /// Takes in the answer for the host of `url`; `None` where there is no such file.
    pub(crate) fn learn(&mut self, url: &Url, agent: &str, text: Option<&[u8]>) {
        let rules = text.filter(|t| !looks_like_html(t)).and_then(|t| Robot::new(agent, t).ok());
        self.hosts.insert(key(url), rules);
    }

    /// Whether `url` may be fetched.
    pub(crate) fn allow(&self, url: &Url) -> bool {
        self.rules(url).is_none_or(|rules| rules.allowed(url.as_str()))
    }

    /// The delay that the host asks for.
    pub(crate) fn delay(&self, url: &Url) -> Duration {
        let seconds = self.rules(url).and_then(|r| r.delay).unwrap_or(0.0);
        Duration::from_secs_f32(seconds.clamp(0.0, LONGEST_DELAY))
    }

    fn rules(&self, url: &Url) -> Option<&Robot> {
        self.hosts.get(&key(url)).and_then(Option::as_ref)
    }
}

fn key(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// A page that a server sends in place of a missing `robots.txt` holds no rules.
fn looks_like_html(text: &[u8]) -> bool {
    let start = text.trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    start.starts_with(b"<")
}
