//! What was found at each address, time by time: a text, the site's own sign that it is missing,
//! or neither (blocked, an error of the server, a page that nobody can read).

use std::collections::{BTreeMap, BTreeSet};

use corpus::archive::{Archive, ArchiveFile, Entry, Purpose, RecordKind};
use corpus::source::Sources;
use corpus::{Digest, Reason, Reject, Statement, Time};
use url::Url;

use super::redirects::{Redirects, location};

/// Two tellings of one attempt lie at most so many seconds apart.
const SAME_ATTEMPT: i64 = 120;

/// One look at one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Observation {
    /// When.
    pub at: Time,
    /// What was found.
    pub what: Found,
}

/// What one look found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// Texts: indices of rows of statements. `cut` where the capture itself was cut short.
    Text { rows: Vec<usize>, cut: bool },
    /// The site says that there is no such page.
    Missing(Reason),
    /// Nothing that tells whether the text is still there.
    Unclear(Reason),
}

/// All looks at one address in order of time.
pub(super) type Looks = BTreeMap<String, Vec<Observation>>;

/// An address as statements are collated by it, without fragment: what is looked at is the page.
pub(crate) fn address(url: &str) -> String {
    normalize::address(url.split('#').next().unwrap_or(url))
}

/// Every look that the archive holds at the addresses of `statements`.
pub(super) fn looks(
    archive: &Archive,
    sources: &Sources,
    statements: &[Statement],
    rejects: &[Reject],
) -> Looks {
    let known = Known::of(archive, sources, statements, rejects);
    let led = Redirects::of(archive, |_| true, |at| known.watched.contains(at));
    let mut looks = Looks::new();
    for file in archive.files() {
        for entry in file.entries() {
            let Some((at, found)) = known.look(archive, file, entry, &led) else { continue };
            let look = Observation { at: entry.captured, what: found };
            looks.entry(at).or_default().push(look);
        }
    }
    for at_one in looks.values_mut() {
        // A stable sort: what bears the same second stays in order of archiving.
        at_one.sort_by_key(|look| look.at);
        at_one.dedup_by(|later, first| is_same_attempt(first, later));
    }
    looks
}

/// An archived error page and the crawl's note about it are one look.
fn is_same_attempt(first: &Observation, later: &Observation) -> bool {
    let missing = |o: &Observation| matches!(o.what, Found::Missing(_));
    let apart = later.at.0.as_second() - first.at.0.as_second();
    missing(first) && missing(later) && apart <= SAME_ATTEMPT
}

/// What is known of archived bytes.
struct Known<'a> {
    sources: &'a Sources,
    /// Rows by address and digest of the body, each with its time of capture.
    texts: BTreeMap<(String, &'a Digest), Vec<(Time, usize)>>,
    /// Reasons of rejects by address and digest of the body.
    rejects: BTreeMap<(String, &'a str), &'a Reason>,
    /// Digest of the body by that of the payload, for revisits.
    bodies: BTreeMap<&'a str, &'a Digest>,
    watched: BTreeSet<String>,
    /// Rows of statements that have more than one revision.
    revised: BTreeSet<usize>,
}

impl<'a> Known<'a> {
    fn of(
        archive: &'a Archive,
        sources: &'a Sources,
        statements: &'a [Statement],
        rejects: &'a [Reject],
    ) -> Self {
        let (mut texts, mut watched) = (BTreeMap::<_, Vec<_>>::new(), BTreeSet::new());
        let revised = statements.iter().enumerate().filter(|(_, s)| s.revisions > 1);
        let revised = revised.map(|(row, _)| row).collect();
        for (row, statement) in statements.iter().enumerate() {
            for capture in &statement.captures {
                let Some(captured) = capture.captured else { continue };
                let address = address(&capture.url);
                watched.insert(address.clone());
                let same = texts.entry((address, &capture.digest)).or_default();
                same.push((captured, row));
            }
        }
        let rejects = rejects
            .iter()
            .filter_map(|r| Some(((address(&r.url), r.capture.as_deref()?), &r.reason)));
        let bodies = archive.entries().filter(|e| e.kind == RecordKind::Response);
        let bodies = bodies.filter_map(|e| Some((e.payload.as_str(), e.body.as_ref()?)));
        let (rejects, bodies) = (rejects.collect(), bodies.collect());
        Self { sources, texts, rejects, bodies, watched, revised }
    }

    /// What was found at which watched address.
    fn look(
        &self,
        archive: &Archive,
        file: &ArchiveFile,
        entry: &Entry,
        led: &Redirects,
    ) -> Option<(String, Found)> {
        let watched = |url: &str| {
            // What an address led to is missing where the address is.
            let at = led.end(address(url));
            self.watched.contains(&at).then_some(at)
        };
        match (entry.purpose, &entry.kind) {
            (Purpose::Note, _) => {
                let (url, found) = self.failure(archive, file, entry)?;
                Some((watched(&url)?, found))
            }
            (Purpose::Page, RecordKind::Other(_)) => None,
            // Where nobody watches, no record is inflated.
            (Purpose::Page, _) => Some((watched(&entry.url)?, self.page(archive, file, entry)?)),
            _ => None,
        }
    }

    fn page(&self, archive: &Archive, file: &ArchiveFile, entry: &Entry) -> Option<Found> {
        let status = entry.status.unwrap_or(200);
        match status {
            404 | 410 => return Some(Found::Missing(Reason::status(status))),
            304 => {}
            300..400 => {
                let to = location(archive, file, entry)?;
                let own = self.own(entry, &entry.url, &to)?;
                if !is_error_address(&own) {
                    return None;
                }
                return Some(Found::Missing(Reason::led_nowhere(&to)));
            }
            _ => {}
        }
        let body = entry.body.as_ref().or_else(|| self.bodies.get(entry.payload.as_str()).copied());
        let unread = || Found::Unclear(Reason::status(status));
        let Some(body) = body else { return Some(unread()) };
        let address = address(&entry.url);
        if let Some(rows) = self.texts.get(&(address.clone(), body)) {
            let here = |(at, _): &&(Time, usize)| *at == entry.captured;
            let exact: Vec<usize> = rows.iter().filter(here).map(|(_, row)| *row).collect();
            let rows = if exact.is_empty() { latest(rows, entry.captured) } else { exact };
            // Only where texts differ does it matter whether the capture was cut short.
            let differs = rows.iter().any(|row| self.revised.contains(row));
            let record = differs.then(|| archive.record(file, entry).ok()).flatten();
            let cut = record.is_some_and(|r| r.is_cut_short());
            return Some(Found::Text { rows, cut });
        }
        let reason = self.rejects.get(&(address, body.as_str()));
        Some(match reason {
            Some(reason) if reason.is_missing() => Found::Missing((*reason).clone()),
            Some(reason) => Found::Unclear((*reason).clone()),
            None => unread(),
        })
    }

    /// A note of the crawl that an address could not be fetched.
    fn failure(
        &self,
        archive: &Archive,
        file: &ArchiveFile,
        entry: &Entry,
    ) -> Option<(String, Found)> {
        let failed = crawl::failure_of(archive, file, entry)?;
        // The crawl archives the answer that says so; where it did not, another archive was asked.
        let answered = || {
            let mut entries = archive.of_url(&failed.url);
            entries.any(|e| e.purpose == Purpose::Page && e.captured == entry.captured)
        };
        // Notes of earlier versions took an answer without an address, or a foreign one, for a sign.
        let own = match failed.reason.led_to() {
            Some("nowhere") => false,
            Some(to) => self.own(entry, &failed.url, to).is_some(),
            None => true,
        };
        let missing = failed.reason.is_missing() && own && answered();
        let found = if missing { Found::Missing } else { Found::Unclear }(failed.reason);
        Some((failed.url, found))
    }

    /// The address that a redirect at `url` leads to, where it is at the host that was asked or at
    /// another one of the source's: what a foreign host says is not the site's own word.
    fn own(&self, entry: &Entry, url: &str, to: &str) -> Option<Url> {
        let asked = Url::parse(url).ok()?;
        let led = asked.join(to).ok()?;
        let named = entry.source.as_deref().and_then(|id| self.sources.get(id));
        let source = named.or_else(|| self.sources.by_address(url));
        let same = asked.host_str() == led.host_str();
        (same || source.is_some_and(|source| crawl::is_own(source, &led))).then_some(led)
    }
}

/// The rows of the newest reading of these bytes that is not younger than `at`.
fn latest(rows: &[(Time, usize)], at: Time) -> Vec<usize> {
    let newest = rows.iter().map(|(time, _)| *time).filter(|time| *time <= at).max();
    rows.iter().filter(|(time, _)| Some(*time) == newest).map(|(_, row)| *row).collect()
}

/// Whether a redirect leads to an error page.
fn is_error_address(to: &Url) -> bool {
    to.path().split('/').any(|part| part.starts_with("error") || part.starts_with("404"))
}
