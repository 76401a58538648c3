//! `robots.txt` of the hosts that a crawl asks, by RFC 9309.

use std::collections::BTreeMap;
use std::time::Duration;

use corpus::Reason;
use texting_robots::Robot;
use url::Url;

/// The name by which a group of rules means us: the product token of RFC 9309, 2.2.1, which the user
/// agent begins with.
const PRODUCT: &str = "demarche";

/// The longest `Crawl-delay` that is obeyed to the letter.
const LONGEST_DELAY: f32 = 60.0;

/// What is known of one host.
enum Rules {
    /// There is no such file, or a page stands in its place.
    None,
    /// Its rules.
    Some(Robot),
    /// It cannot be read now: everything is forbidden until it can (RFC 9309, 2.3.1.4).
    Unreachable(Reason),
}

/// The rules of each host that was asked.
#[derive(Default)]
pub(crate) struct Robots {
    hosts: BTreeMap<String, Rules>,
}

impl Robots {
    /// The address of `robots.txt` for `url`, unless its rules are known.
    pub(crate) fn missing_for(&self, url: &Url) -> Option<Url> {
        let known = self.hosts.contains_key(&key(url));
        (!known).then(|| url.join("/robots.txt").ok()).flatten()
    }

    /// Takes in the answer for the host of `url`: the file, nothing where there is none, or the
    /// reason why it cannot be read.
    pub(crate) fn learn(&mut self, url: &Url, file: Result<Option<&[u8]>, Reason>) {
        let rules = match file {
            Ok(text) => {
                let rules = text.filter(|t| !looks_like_html(t));
                rules.and_then(|t| Robot::new(PRODUCT, t).ok()).map_or(Rules::None, Rules::Some)
            }
            Err(reason) => Rules::Unreachable(reason),
        };
        self.hosts.insert(key(url), rules);
    }

    /// Why `url` may not be fetched, or nothing.
    pub(crate) fn refuse(&self, url: &Url) -> Option<Reason> {
        match self.hosts.get(&key(url)) {
            Some(Rules::Some(rules)) if !rules.allowed(url.as_str()) => Some(Reason::forbidden()),
            Some(Rules::Unreachable(reason)) => {
                Some(format!("robots.txt cannot be read, so nothing is asked for: {reason}").into())
            }
            _ => None,
        }
    }

    /// The delay that the host asks for.
    pub(crate) fn delay(&self, url: &Url) -> Duration {
        let Some(Rules::Some(rules)) = self.hosts.get(&key(url)) else { return Duration::ZERO };
        Duration::from_secs_f32(rules.delay.unwrap_or(0.0).clamp(0.0, LONGEST_DELAY))
    }
}

fn key(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// A page that a server sends in place of a missing `robots.txt` holds no rules.
fn looks_like_html(text: &[u8]) -> bool {
    let start = text.trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    start.starts_with(b"<")
}
