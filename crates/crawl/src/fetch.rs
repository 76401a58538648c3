//! One address fetched politely: robots.txt, delay, retries, redirects, limits.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use corpus::archive::{BodyLimits, HttpResponse};
use reqwest::Client;
use reqwest::header::{ACCEPT_ENCODING, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use tokio::sync::watch;
use url::Url;

use crate::hosts::Hosts;
use crate::robots::Robots;
use crate::{Event, Options, client};

/// Redirects followed for one address.
const REDIRECTS: usize = 5;
/// Failures in a row after which a host is left alone.
const BREAKER: u32 = 8;
/// The longest `Retry-After` that is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Where it came from, redirects followed.
    pub url: Url,
    /// When, as the archive writes it.
    pub captured: String,
    /// The request, as the archive keeps it.
    pub request: Vec<u8>,
    /// HTTP status.
    pub status: u16,
    /// Header fields.
    pub headers: Vec<(String, String)>,
    /// The bytes as they came, transfer coding removed.
    pub payload: Vec<u8>,
    /// The bytes with content codings removed.
    pub body: Vec<u8>,
}

/// What the archive knows about an address, for a conditional request.
#[derive(Debug, Default, Clone)]
pub(crate) struct Validators {
    /// `ETag` of the last answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the last answer.
    pub modified: Option<String>,
}

/// Why an attempt failed, and whether another may help.
struct Trouble {
    reason: String,
    again: bool,
    wait: Option<Duration>,
}

impl Trouble {
    fn lasting(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), again: false, wait: None }
    }

    fn passing(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), again: true, wait: None }
    }
}

/// Fetches addresses of one source, one at a time.
pub(crate) struct Fetcher<'a> {
    client: Client,
    options: &'a Options,
    hosts: Hosts,
    robots: Robots,
    asked: BTreeMap<String, Instant>,
    broken: BTreeMap<String, u32>,
    stop: watch::Receiver<bool>,
    progress: &'a dyn Fn(Event<'_>),
}

impl<'a> Fetcher<'a> {
    pub(crate) fn new(
        client: Client,
        options: &'a Options,
        hosts: Hosts,
        stop: watch::Receiver<bool>,
        progress: &'a dyn Fn(Event<'_>),
    ) -> Self {
        let (asked, broken) = (BTreeMap::new(), BTreeMap::new());
        Self { client, options, hosts, robots: Robots::default(), asked, broken, stop, progress }
    }

    /// Whether the crawl was asked to stop.
    pub(crate) fn stopped(&self) -> bool {
        *self.stop.borrow()
    }

    /// Fetches `url`; the error is the reason, in stable words first.
    pub(crate) async fn get(&mut self, url: &Url, known: &Validators) -> Result<Answer, String> {
        let mut here = url.clone();
        for _ in 0..=REDIRECTS {
            if let Some(refused) = self.hosts.refuse(&here) {
                let way = if here == *url { "" } else { "redirect to a " };
                return Err(format!("{way}{refused}"));
            }
            self.learn_robots(&here).await;
            if !self.robots.allow(&here) {
                return Err("robots.txt forbids it".to_owned());
            }
            let answer = self.with_retries(&here, known).await?;
            let Some(next) = redirect(&answer) else { return Ok(answer) };
            let Ok(next) = here.join(&next) else {
                return Err(format!("redirect to `{next}`, which is no address"));
            };
            if next.path().contains("error") {
                return Err(format!("soft 404: redirect to {}", next.path()));
            }
            here = next;
        }
        Err("redirect loop".to_owned())
    }

    async fn learn_robots(&mut self, url: &Url) {
        let Some(address) = self.robots.missing_for(url) else { return };
        let answer = match self.attempt(&address, &Validators::default()).await {
            Ok(answer) if redirect(&answer).is_none() => Some(answer),
            Ok(_) | Err(_) => None,
        };
        let rules = answer.filter(|a| a.status == 200).map(|a| a.body);
        self.robots.learn(url, &self.options.user_agent, rules.as_deref());
    }

    async fn with_retries(&mut self, url: &Url, known: &Validators) -> Result<Answer, String> {
        let host = url.host_str().unwrap_or("").to_owned();
        if self.broken.get(&host).is_some_and(|n| *n >= BREAKER) {
            return Err(format!("not tried: {host} failed {BREAKER} times in a row"));
        }
        let mut attempt = 0;
        loop {
            let trouble = match self.attempt(url, known).await {
                Ok(answer) => {
                    self.broken.remove(&host);
                    return Ok(answer);
                }
                Err(trouble) => trouble,
            };
            if !trouble.again || attempt >= self.options.retries || self.stopped() {
                *self.broken.entry(host).or_default() += u32::from(trouble.again);
                return Err(trouble.reason);
            }
            let base = self.options.delay.max(Duration::from_millis(200));
            let back_off = base.saturating_mul(1 << attempt.min(8)).min(LONGEST_WAIT);
            let wait = trouble.wait.unwrap_or(back_off);
            if wait > LONGEST_WAIT {
                return Err(format!("{}; asks for {} s", trouble.reason, wait.as_secs()));
            }
            (self.progress)(Event::Waits {
                url: url.as_str(),
                reason: &trouble.reason,
                millis: wait.as_millis(),
            });
            self.sleep(wait).await;
            attempt += 1;
        }
    }

    /// Waits until the host may be asked again.
    async fn keep_distance(&mut self, url: &Url) {
        let host = url.host_str().unwrap_or("").to_owned();
        let delay = self.options.delay.max(self.robots.delay(url));
        // Up to a fifth more, different from address to address, so that no rhythm shows.
        let jitter = url.as_str().bytes().map(u32::from).sum::<u32>() % 20;
        let delay = delay + delay * jitter / 100;
        if let Some(last) = self.asked.get(&host) {
            self.sleep(delay.saturating_sub(last.elapsed())).await;
        }
        self.asked.insert(host, Instant::now());
    }

    async fn sleep(&mut self, wait: Duration) {
        if self.stopped() || wait.is_zero() {
            return;
        }
        let mut stop = self.stop.clone();
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }

    async fn attempt(&mut self, url: &Url, known: &Validators) -> Result<Answer, Trouble> {
        self.keep_distance(url).await;
        let mut builder =
            self.client.get(url.clone()).header(ACCEPT_ENCODING, client::ACCEPT_ENCODING);
        if let Some(etag) = &known.etag {
            builder = builder.header(IF_NONE_MATCH, etag);
        }
        if let Some(modified) = &known.modified {
            builder = builder.header(IF_MODIFIED_SINCE, modified);
        }
        let request = builder.build().map_err(|e| Trouble::lasting(cause(&e)))?;
        let kept = request_head(url, request.headers(), &self.options.user_agent);
        let captured = self.options.now();
        let sent = self.client.execute(request).await;
        let mut response = sent.map_err(|e| Trouble::passing(cause(&e)))?;
        let status = response.status().as_u16();
        let headers = fields(response.headers());
        if matches!(status, 429 | 500 | 502 | 503 | 504) {
            let wait = retry_after(&headers, self.options);
            return Err(Trouble { reason: format!("status {status}"), again: true, wait });
        }
        let mut payload = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| Trouble::passing(cause(&e)))? {
            payload.extend_from_slice(&chunk);
            if payload.len() as u64 > self.options.max_bytes {
                let limit = self.options.max_bytes;
                return Err(Trouble::lasting(format!("body larger than {limit} bytes")));
            }
        }
        let limits = BodyLimits { bytes: self.options.max_bytes, ..BodyLimits::default() };
        let parsed = HttpResponse { status, headers, payload: &payload };
        let body = parsed.body(limits).map_err(Trouble::passing)?;
        let headers = parsed.headers;
        Ok(Answer { url: url.clone(), captured, request: kept, status, headers, payload, body })
    }
}

impl Answer {
    /// The first header field of that name, in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The body as text, by the declared charset: the head's, else the markup's, else UTF-8.
    pub(crate) fn text(&self) -> String {
        let start = self.body.get(..self.body.len().min(2048)).unwrap_or_default();
        let start = String::from_utf8_lossy(start).to_ascii_lowercase();
        let declared = self.header("content-type").map(str::to_ascii_lowercase);
        let label = |text: &str| {
            let rest = text.get(text.find("charset=")? + 8..)?.trim_start_matches(['"', '\'']);
            let end = rest.find(['"', '\'', ';', ' ', '>', '/']).unwrap_or(rest.len());
            encoding_rs::Encoding::for_label(rest.get(..end)?.as_bytes())
        };
        let encoding = declared.as_deref().and_then(label).or_else(|| label(&start));
        encoding.unwrap_or(encoding_rs::UTF_8).decode(&self.body).0.into_owned()
    }
}

fn redirect(answer: &Answer) -> Option<String> {
    let moved = matches!(answer.status, 301 | 302 | 303 | 307 | 308);
    answer.header("location").filter(|_| moved).map(str::to_owned)
}

fn fields(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &reqwest::header::HeaderValue| {
        String::from_utf8_lossy(value.as_bytes()).into_owned()
    };
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

/// The request as it went out; never the proxy's credentials, which are not in it.
fn request_head(url: &Url, headers: &HeaderMap, agent: &str) -> Vec<u8> {
    let target =
        url.query().map_or_else(|| url.path().to_owned(), |q| format!("{}?{q}", url.path()));
    let host = url.host_str().unwrap_or("");
    let mut head = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\n");
    for (name, value) in fields(headers) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// `Retry-After` in seconds or as a date.
fn retry_after(headers: &[(String, String)], options: &Options) -> Option<Duration> {
    let value = headers.iter().find(|(name, _)| name == "retry-after").map(|(_, v)| v.trim())?;
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    let seconds = at.as_second() - (options.clock)().as_second();
    Some(Duration::from_secs(seconds.max(0).unsigned_abs()))
}

/// The innermost cause of a transport error, after a stable word for its kind.
fn cause(error: &reqwest::Error) -> String {
    let kind = if error.is_timeout() {
        "timeout"
    } else if error.is_connect() {
        "cannot connect"
    } else if error.is_body() || error.is_decode() {
        "body breaks off"
    } else {
        "transport"
    };
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    let inner = inner.to_string();
    if inner == kind { inner } else { format!("{kind}: {inner}") }
}
