//! The Wayback Machine as a source: its CDX index says what it holds, `id_` addresses give the
//! bytes as they were captured.

use std::collections::BTreeMap;

use corpus::archive::{Appended, Purpose, Response};
use corpus::source::Wayback;
use corpus::{Date, Reason, Time};
use url::Url;

use crate::answer::Answer;
use crate::dates::{date_in_url, days, of_day};
use crate::discover::{Listed, Page};
use crate::feed::has_part;
use crate::fetch::Validators;
use crate::run::Run;
use crate::take::{Owed, Tried, stand_in};
use crate::{CrawlError, Event, Item};

/// The host of the archive.
pub(crate) const HOST: &str = "web.archive.org";
/// Rows of one answer of the index.
const ROWS: usize = 5000;
/// Answers of the index for one prefix at most.
const PAGES: usize = 200;

/// One row of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    timestamp: String,
    url: String,
}

/// One answer of the index: rows, and what asks for the next ones.
#[derive(Debug, Default, PartialEq, Eq)]
struct Answered {
    rows: Vec<Row>,
    resume: Option<String>,
}

impl Run<'_, '_> {
    /// Lists the captures of a source: the newest of each address, or with `full` every one whose
    /// bytes differ from the one before.
    pub(crate) async fn list_wayback(
        &mut self,
        wayback: &Wayback,
        listed: &mut Listed<'_>,
    ) -> Result<(), CrawlError> {
        listed.to_the_end = false;
        let mut captures: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for prefix in self.prefixes(wayback) {
            let mut resume = None;
            for page in 0..PAGES {
                if self.fetcher.stopped() {
                    break;
                }
                let address = self.query(&prefix, resume.as_deref());
                let answer = match self.page(&address, Purpose::Listing).await? {
                    Page::Read(answer) => answer,
                    Page::Missing(reason) | Page::Broken(reason) => {
                        listed.fail(&address, reason);
                        break;
                    }
                };
                let found = match read_cdx(&answer.body) {
                    Ok(found) => found,
                    Err(reason) => {
                        listed.fail(&address, reason);
                        break;
                    }
                };
                let rows = found.rows.into_iter();
                for row in rows.filter(|row| has_part(&row.url, &wayback.contains)) {
                    captures.entry(row.url).or_default().push(row.timestamp);
                }
                let held = captures.len();
                (self.progress)(Event::Listed { source: &self.source.id, items: held });
                resume = found.resume;
                if resume.is_none() {
                    break;
                }
                if page + 1 == PAGES {
                    let reason = format!("the index did not end within {PAGES} answers");
                    listed.fail(&address, reason);
                }
            }
        }
        if captures.is_empty() && listed.failures.is_empty() && !self.fetcher.stopped() {
            let first = wayback.prefixes.first().map_or("", String::as_str);
            listed.fail(first, "zero items: the Wayback Machine holds none".to_owned());
        }
        self.warn_of_months(captures.keys());
        self.choose(captures, listed)
    }

    /// Newest first; each address once, unless everything is asked for.
    fn choose(
        &mut self,
        captures: BTreeMap<String, Vec<String>>,
        listed: &mut Listed<'_>,
    ) -> Result<(), CrawlError> {
        let mut items = Vec::new();
        for (url, mut times) in captures {
            times.sort_unstable_by(|a, b| b.cmp(a));
            times.dedup();
            let date = date_in_url(&url);
            let wanted = if self.options.full { times.len() } else { 1 };
            if let Some(second) = times.get(1).filter(|_| wanted == 1) {
                self.older.insert(url.clone(), second.clone());
            }
            let item = |time: String| Item {
                url: url.clone(),
                title: String::new(),
                date,
                capture: Some(time),
            };
            items.extend(times.into_iter().take(wanted).map(item));
        }
        items.retain(|item| self.options.holds(item.date));
        items.sort_by(|a, b| (&b.date, &b.capture, &a.url).cmp(&(&a.date, &a.capture, &b.url)));
        self.note_items(&format!("wayback:{}", self.source.id), &items)?;
        listed.items = items;
        Ok(())
    }

    /// The prefixes to ask for, month by month where they name one.
    fn prefixes(&self, wayback: &Wayback) -> Vec<String> {
        let (since, until) = (self.options.since, self.options.until);
        let mut prefixes = Vec::new();
        for prefix in &wayback.prefixes {
            let Some(since) = since.filter(|_| prefix.contains("{mm}")) else {
                let whole = prefix.split('{').next().unwrap_or(prefix);
                prefixes.push(whole.to_owned());
                continue;
            };
            let until = until.unwrap_or_else(|| self.options.today());
            prefixes.extend(days(since, until).map(|day| of_day(prefix, day)));
        }
        let mut seen = std::collections::BTreeSet::new();
        prefixes.retain(|prefix| seen.insert(prefix.clone()));
        prefixes
    }

    fn query(&self, prefix: &str, resume: Option<&str>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("url", prefix)
            .append_pair("matchType", "prefix")
            .append_pair("output", "json")
            .append_pair("fl", "timestamp,original,mimetype,statuscode,digest")
            .append_pair("filter", "statuscode:200")
            .append_pair("collapse", "digest")
            .append_pair("showResumeKey", "true")
            .append_pair("limit", &ROWS.to_string());
        if let Some(since) = self.options.since {
            // No page was captured before it was published.
            query.append_pair("from", &since.0.strftime("%Y%m%d").to_string());
        }
        if let Some(resume) = resume {
            query.append_pair("resumeKey", resume);
        }
        format!("https://{HOST}/cdx/search/cdx?{}", query.finish())
    }

    /// Says which months of the window have no capture, where addresses tell their day.
    fn warn_of_months<'u>(&mut self, urls: impl Iterator<Item = &'u String>) {
        let (Some(since), Some(until)) = (self.options.since, self.options.until) else { return };
        let held: std::collections::BTreeSet<String> =
            urls.filter_map(|url| date_in_url(url)).map(Date::month).collect();
        if held.is_empty() {
            return;
        }
        let mut months: Vec<String> = days(since, until).map(Date::month).collect();
        months.dedup();
        months.retain(|month| !held.contains(month));
        if !months.is_empty() {
            self.outcome
                .warnings
                .push(format!("gap: the Wayback Machine holds no page of {}", months.join(", ")));
        }
    }

    /// Fetches the newest capture, or the one before it where that one is no page, and archives it
    /// under its own address and time.
    pub(crate) async fn try_memento(
        &mut self,
        item: &Item,
        owed: &mut Owed,
    ) -> Result<Tried, CrawlError> {
        let newest = item.capture.as_deref().unwrap_or("");
        let tried = self.try_capture(item, newest, owed).await?;
        match (tried, self.older.get(&item.url).cloned()) {
            (Tried::Failed(reason), Some(older)) if !self.fetcher.stopped() => {
                let second = self.try_capture(item, &older, owed).await?;
                let failed = matches!(second, Tried::Failed(_));
                Ok(if failed { Tried::Failed(reason) } else { second })
            }
            (tried, _) => Ok(tried),
        }
    }

    async fn try_capture(
        &mut self,
        item: &Item,
        time: &str,
        owed: &mut Owed,
    ) -> Result<Tried, CrawlError> {
        let Some(captured) = Time::of_digits(time) else {
            return Ok(Tried::Failed(format!("no time of a capture: `{time}`").into()));
        };
        if self.archive.archive().of_url(&item.url).any(|e| e.captured == captured) {
            self.outcome.unchanged += 1;
            return Ok(Tried::Unchanged);
        }
        owed.spend();
        let address = format!("https://{HOST}/web/{time}id_/{}", item.url);
        let Ok(url) = Url::parse(&address) else {
            return Ok(Tried::Failed(Reason::no_address(&item.url)));
        };
        let answer = match self.fetcher.get(&url, &Validators::default()).await {
            Ok(answer) => answer,
            Err(reason) => return Ok(Tried::Failed(reason)),
        };
        match answer.status {
            200 if answer.body.trim_ascii().is_empty() => Ok(Tried::Failed("empty body".into())),
            200 => match stand_in(&answer.text()) {
                Some(reason) => Ok(Tried::Failed(reason)),
                None => self.keep_memento(item, &answer, captured),
            },
            status => Ok(Tried::Failed(Reason::archive_status(status))),
        }
    }

    fn keep_memento(
        &mut self,
        item: &Item,
        answer: &Answer,
        captured: Time,
    ) -> Result<Tried, CrawlError> {
        // The archive may answer with the nearest capture instead of the one asked for.
        let nearest = answer.url.path().strip_prefix("/web/").and_then(|p| p.get(..14));
        let captured = nearest.and_then(Time::of_digits).unwrap_or(captured);
        let headers = original_headers(answer);
        let response = Response {
            url: &item.url,
            captured,
            source: &self.source.id,
            purpose: Purpose::Page,
            request: &[],
            status: 200,
            headers: &headers,
            payload: &answer.payload,
        };
        let appended = self.archive.memento(&response, answer.url.as_str())?;
        Ok(self.counted(appended != Appended::New))
    }
}

/// The header fields as the site sent them, with the coding in which the bytes came here.
fn original_headers(answer: &Answer) -> Vec<(String, String)> {
    let of_coding = |name: &str| {
        matches!(name, "content-encoding" | "transfer-encoding" | "content-length" | "connection")
    };
    let mut headers: Vec<(String, String)> = Vec::new();
    for (name, value) in &answer.headers {
        match name.strip_prefix("x-archive-orig-") {
            Some(original) if !of_coding(original) => {
                headers.push((original.to_owned(), value.clone()));
            }
            None if name == "content-encoding" => headers.push((name.clone(), value.clone())),
            _ => {}
        }
    }
    if !headers.iter().any(|(name, _)| name == "content-type") {
        headers.extend(answer.header("content-type").map(|v| ("content-type".into(), v.into())));
    }
    headers
}

/// Reads an answer of the index in JSON: a row of names, rows, and behind an empty row the key
/// that asks for more.
fn read_cdx(body: &[u8]) -> Result<Answered, String> {
    let text = body.trim_ascii();
    if text.is_empty() {
        return Ok(Answered::default());
    }
    let rows: Vec<Vec<String>> = serde_json::from_slice(text).map_err(|e| {
        let start: String = String::from_utf8_lossy(text).chars().take(80).collect();
        format!("no answer of the index: {e}; it begins `{start}`")
    })?;
    let mut rows = rows.into_iter();
    let Some(names) = rows.next() else { return Ok(Answered::default()) };
    let column = |name: &str| {
        names.iter().position(|n| n == name).ok_or(format!("the index gives no `{name}`"))
    };
    let (time, original) = (column("timestamp")?, column("original")?);
    let mut found = Answered::default();
    while let Some(row) = rows.next() {
        if row.is_empty() {
            found.resume = rows.next().and_then(|row| row.into_iter().next());
            break;
        }
        let media = column("mimetype").ok().and_then(|at| row.get(at));
        let page = media.is_none_or(|m| m.contains("html") || m.contains("xml") || m == "-");
        if let (Some(timestamp), Some(url), true) = (row.get(time), row.get(original), page) {
            let (timestamp, url) = (timestamp.clone(), without_port(url));
            found.rows.push(Row { timestamp, url });
        }
    }
    Ok(found)
}

/// `http://mfa.example/a` for `http://mfa.example:80/a`, as old captures are listed.
fn without_port(url: &str) -> String {
    Url::parse(url).map_or_else(|_| url.to_owned(), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_of_the_index_is_read_with_its_resume_key() {
        let json = r#"[["timestamp","original","mimetype","statuscode","digest"],
            ["20220224101112","http://mfa.example:80/a","text/html","200","X"],
            ["20220225101112","http://mfa.example/i.png","image/png","200","Y"],
            [],["example,mfa)/b 2022"]]"#;
        let found = read_cdx(json.as_bytes()).unwrap();
        assert_eq!(found.rows.len(), 1);
        assert_eq!(found.rows[0].url, "http://mfa.example/a");
        assert_eq!(found.resume.as_deref(), Some("example,mfa)/b 2022"));
        assert_eq!(read_cdx(b"[]\n").unwrap(), Answered::default());
        assert!(read_cdx(b"<html>429</html>").unwrap_err().contains("<html>429"));
    }
}
