//! One address fetched politely: robots.txt, delay, retries, redirects, limits.

use std::time::Duration;

use corpus::Reason;
use corpus::archive::{BodyLimits, HttpResponse, Purpose};
use reqwest::header::{
    ACCEPT_ENCODING, CONTENT_TYPE, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH,
};
use reqwest::{Method, Request};
use tokio::sync::watch;
use url::Url;

use crate::answer::{Answer, cause, fields, request_head};
use crate::client::{ACCEPT_ENCODING as CODINGS, Clients};
use crate::hosts::Hosts;
use crate::pace::Pace;
use crate::robots::Robots;
use crate::{CrawlError, Event, Options};

/// Redirects followed for one address.
const REDIRECTS: usize = 5;
/// The longest `Retry-After` that is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// What the archive knows about an address, for a conditional request.
#[derive(Debug, Default, Clone)]
pub(crate) struct Validators {
    /// `ETag` of the last answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the last answer.
    pub modified: Option<String>,
}

/// What is asked for.
#[derive(Debug, Clone)]
enum Ask {
    Get(Validators),
    Post(Vec<(String, String)>),
}

/// Why an attempt failed, and whether another may help.
struct Trouble {
    reason: Reason,
    again: bool,
    wait: Option<Duration>,
}

impl Trouble {
    fn lasting(reason: impl Into<Reason>) -> Self {
        Self { reason: reason.into(), again: false, wait: None }
    }

    fn passing(reason: impl Into<Reason>) -> Self {
        Self { reason: reason.into(), again: true, wait: None }
    }
}

/// Fetches addresses of one source, one at a time.
pub(crate) struct Fetcher<'a> {
    clients: Clients,
    options: &'a Options,
    hosts: Hosts,
    robots: Option<Robots>,
    pace: Pace,
    progress: &'a dyn Fn(Event<'_>),
    /// Answers met on the way to a page, to be archived: redirects, `robots.txt`.
    aside: Vec<(Purpose, Answer)>,
}

impl<'a> Fetcher<'a> {
    /// `robots`: whether the hosts' `robots.txt` is asked for and obeyed. It governs crawlers, not
    /// programs that use an interface made for programs.
    pub(crate) fn new(
        options: &'a Options,
        hosts: Hosts,
        robots: bool,
        stop: watch::Receiver<bool>,
        progress: &'a dyn Fn(Event<'_>),
    ) -> Result<Self, CrawlError> {
        let robots = robots.then(Robots::default);
        let clients = Clients::new(options)?;
        let pace = Pace::new(stop);
        Ok(Self { clients, options, hosts, robots, pace, progress, aside: Vec::new() })
    }

    /// Whether the crawl was asked to stop.
    pub(crate) fn stopped(&self) -> bool {
        self.pace.stopped()
    }

    /// What was met on the way since the last call.
    pub(crate) fn take_aside(&mut self) -> Vec<(Purpose, Answer)> {
        std::mem::take(&mut self.aside)
    }

    /// Notes that the host of `url` answers with a page that is no answer.
    pub(crate) fn is_blocked(&mut self, url: &Url) {
        self.pace.ended(url.host_str().unwrap_or(""), false);
    }

    /// Fetches `url`; the error is the reason, in stable words first. A redirect to the page that
    /// a site shows in place of a missing one is not followed: it is the answer.
    pub(crate) async fn get(&mut self, url: &Url, known: &Validators) -> Result<Answer, Reason> {
        self.ask(url, Ask::Get(known.clone())).await
    }

    /// Sends a form to `url` and follows where it leads, within the session's cookies.
    pub(crate) async fn post(
        &mut self,
        url: &Url,
        fields: Vec<(String, String)>,
    ) -> Result<Answer, Reason> {
        self.ask(url, Ask::Post(fields)).await
    }

    async fn ask(&mut self, url: &Url, mut ask: Ask) -> Result<Answer, Reason> {
        let mut here = url.clone();
        for _ in 0..=REDIRECTS {
            if let Some(refused) = self.hosts.refuse(&here) {
                let redirect = || Reason::redirect_refused(format!("to a {refused}"));
                return Err(if here == *url { refused.as_str().into() } else { redirect() });
            }
            self.learn_robots(&here).await;
            if let Some(refused) = self.robots.as_ref().and_then(|r| r.refuse(&here)) {
                return Err(refused);
            }
            let answer = self.with_retries(&here, &ask).await?;
            let Some(next) = answer.redirect() else { return Ok(answer) };
            let Ok(next) = here.join(next) else {
                return Err(Reason::redirect_refused(format!("to `{next}`, which is no address")));
            };
            // What a foreign host says, as a filter's warning page does, is not the site's own word.
            if leads_nowhere(&next) && self.hosts.refuse(&next).is_none() {
                return Ok(answer);
            }
            if !matches!(answer.status, 307 | 308) {
                ask = match ask {
                    Ask::Post(_) => Ask::Get(Validators::default()),
                    get @ Ask::Get(_) => get,
                };
            }
            if matches!(ask, Ask::Get(_)) && next != here {
                self.aside.push((Purpose::Redirect, answer));
            }
            here = next;
        }
        Err(Reason::redirect_refused("loop"))
    }

    async fn learn_robots(&mut self, url: &Url) {
        let Some(robots) = &self.robots else { return };
        let Some(mut address) = robots.missing_for(url) else { return };
        let mut file = Ok(None);
        for _ in 0..=REDIRECTS {
            if self.hosts.refuse(&address).is_some() {
                break;
            }
            let answer = match self.with_retries(&address, &Ask::Get(Validators::default())).await {
                Ok(answer) => answer,
                Err(reason) => {
                    file = Err(reason);
                    break;
                }
            };
            match answer.redirect().and_then(|next| address.join(next).ok()) {
                Some(next) => address = next,
                None => {
                    file = match answer.status {
                        200 => Ok(Some(answer.body.clone())),
                        // Those that are worth another attempt were tried again already.
                        status @ 500.. => Err(Reason::status(status)),
                        _ => Ok(None),
                    };
                    if matches!(file, Ok(Some(_))) {
                        self.aside.push((Purpose::Robots, answer));
                    }
                    break;
                }
            }
        }
        if let Some(robots) = &mut self.robots {
            let file = file.as_ref().map(Option::as_deref).map_err(Clone::clone);
            robots.learn(url, file);
        }
    }

    async fn with_retries(&mut self, url: &Url, ask: &Ask) -> Result<Answer, Reason> {
        let host = url.host_str().unwrap_or("").to_owned();
        if let Some(reason) = self.pace.broken(&host) {
            return Err(reason.into());
        }
        let mut attempt = 0;
        loop {
            let trouble = match self.attempt(url, ask).await {
                Ok(answer) => {
                    self.pace.ended(&host, true);
                    return Ok(answer);
                }
                Err(trouble) => trouble,
            };
            if !trouble.again || attempt >= self.options.retries || self.stopped() {
                if trouble.again {
                    self.pace.ended(&host, false);
                }
                return Err(trouble.reason);
            }
            let base = self.options.delay.max(self.options.back_off);
            let back_off = base.saturating_mul(1 << attempt.min(8)).min(LONGEST_WAIT);
            let wait = trouble.wait.unwrap_or(back_off);
            if wait > LONGEST_WAIT {
                self.pace.ended(&host, false);
                return Err(format!("{}; asks for {} s", trouble.reason, wait.as_secs()).into());
            }
            (self.progress)(Event::Waits {
                url: url.as_str(),
                reason: trouble.reason.as_str(),
                millis: wait.as_millis(),
            });
            self.pace.sleep(wait).await;
            attempt += 1;
        }
    }

    async fn attempt(&mut self, url: &Url, ask: &Ask) -> Result<Answer, Trouble> {
        let asked = self.robots.as_ref().map_or(Duration::ZERO, |robots| robots.delay(url));
        let delay = self.options.delay.max(asked);
        self.pace.keep_distance(url.host_str().unwrap_or(""), delay, url.as_str()).await;
        let request = request(url, ask);
        let kept = request_head(&request, &self.options.user_agent);
        let captured = self.options.moment();
        let mut response = match self.clients.of(url).execute(request).await {
            Ok(response) => response,
            Err(e) => {
                self.clients.learn(url, &e);
                return Err(Trouble::passing(cause(&e)));
            }
        };
        let status = response.status().as_u16();
        let headers = fields(response.headers());
        if matches!(status, 429 | 500 | 502 | 503 | 504) {
            let wait = retry_after(&headers, self.options);
            return Err(Trouble { reason: Reason::status(status), again: true, wait });
        }
        let mut payload = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| Trouble::passing(cause(&e)))? {
            payload.extend_from_slice(&chunk);
            if payload.len() as u64 > self.options.max_bytes {
                let limit = self.options.max_bytes;
                return Err(Trouble::lasting(Reason::too_large(limit)));
            }
        }
        let limits = BodyLimits { bytes: self.options.max_bytes, ..BodyLimits::default() };
        let parsed = HttpResponse { status, headers, payload: &payload };
        let body = parsed.body(limits).map_err(Trouble::passing)?;
        let headers = parsed.headers;
        Ok(Answer { url: url.clone(), captured, request: kept, status, headers, payload, body })
    }
}

fn request(url: &Url, ask: &Ask) -> Request {
    let method = if matches!(ask, Ask::Get(_)) { Method::GET } else { Method::POST };
    let mut request = Request::new(method, url.clone());
    request.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static(CODINGS));
    match ask {
        Ask::Get(known) => {
            let conditions = [(IF_NONE_MATCH, &known.etag), (IF_MODIFIED_SINCE, &known.modified)];
            for (name, value) in conditions {
                let value = value.as_deref().and_then(|v| HeaderValue::from_str(v).ok());
                value.map(|value| request.headers_mut().insert(name, value));
            }
        }
        Ask::Post(fields) => {
            let body =
                url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            request.headers_mut().insert(CONTENT_TYPE, form);
            *request.body_mut() = Some(body.into());
        }
    }
    request
}

/// Whether an address is that of a page which a site shows in place of a missing one.
fn leads_nowhere(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or("");
    let stem = last.split('.').next().unwrap_or("");
    let named = ["error", "errors", "404", "notfound", "not_found", "not-found"].contains(&stem);
    named || path.contains("/error/") || path.contains("/web/system/")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_holds_error_is_no_error_page() {
        let nowhere = |url: &str| leads_nowhere(&Url::parse(url).unwrap());
        assert!(nowhere("https://mfa.example/error.htm"));
        assert!(nowhere("https://mfa.example/web/system/index_17321.shtml"));
        assert!(nowhere("https://mfa.example/404"));
        assert!(!nowhere("https://mfa.example/counter-terrorism/t2022.htm"));
        assert!(!nowhere("https://mfa.example/trial-and-error.htm"));
    }
}
