//! The crawl of one source: read its listings, choose what to ask for, ask, archive.

use std::collections::BTreeSet;

use corpus::Digest;
use corpus::archive::{Appended, ArchiveWriter, Purpose, Response};
use corpus::source::{Discovery, Listing, Source};
use tokio::sync::watch;
use url::Url;

use crate::fetch::{Answer, Fetcher, Validators};
use crate::hosts::Hosts;
use crate::known::{self, RunNote};
use crate::listing::read_listing;
use crate::{CrawlError, Event, Failure, Item, Options, Outcome, client};

/// Days for which a page is asked for again without being told to, since late edits are made then.
const RECENT_DAYS: i64 = 14;
/// Marks of pages that stand in for another one, with status 200.
const MISSING: [&str; 2] = ["알수 없는 주소", "<title>404"];
const BLOCKED: [&str; 2] = ["Web Page Blocked", "Access Denied"];

/// Crawls one source into the archive. Blocks until it is done, or until the process is
/// interrupted: then the current page is finished and the outcome says so.
///
/// # Errors
/// Where the crawl cannot begin or the archive cannot be written; what goes wrong with single
/// addresses is in the outcome.
pub fn crawl(
    source: &Source,
    options: &Options,
    archive: &mut ArchiveWriter<'_>,
    progress: &dyn Fn(Event<'_>),
) -> Result<Outcome, CrawlError> {
    let eras = eras(source, options)?;
    let client = client::build(options)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| CrawlError::Client(format!("no runtime: {e}")))?;
    runtime.block_on(async {
        let (tell, stop) = watch::channel(false);
        tokio::spawn(async move {
            interrupted().await;
            let _ = tell.send(true);
        });
        let hosts = Hosts::of(source, options.allow_private || options.proxy.is_some());
        let fetcher = Fetcher::new(client, options, hosts, stop, progress);
        let outcome = Outcome { source: source.id.clone(), ..Outcome::default() };
        let mut run = Run { source, options, archive, fetcher, progress, outcome };
        run.all(&eras).await?;
        Ok(run.outcome)
    })
}

/// Resolves when the process is asked to end.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// The listings of each era that is to be tried, in the file's order.
fn eras<'s>(source: &'s Source, options: &Options) -> Result<Vec<Vec<&'s Listing>>, CrawlError> {
    let mut eras: Vec<Vec<&Listing>> = Vec::new();
    for discovery in &source.discoveries {
        let Discovery::Listing(listing) = discovery;
        if options.era.as_ref().is_some_and(|era| *era != listing.era) {
            continue;
        }
        match eras.iter_mut().find(|era| era.iter().any(|l| l.era == listing.era)) {
            Some(era) => era.push(listing),
            None => eras.push(vec![listing]),
        }
    }
    if eras.is_empty() {
        let era = options.era.as_ref().map(|e| format!(" of era `{e}`")).unwrap_or_default();
        return Err(CrawlError::NoDiscovery { source_id: source.id.clone(), era });
    }
    Ok(eras)
}

/// What the listings gave.
#[derive(Default)]
struct Listed {
    items: Vec<Item>,
    failures: Vec<Failure>,
    /// Whether every listing was read to its end.
    to_the_end: bool,
}

struct Run<'r, 'a> {
    source: &'r Source,
    options: &'r Options,
    archive: &'r mut ArchiveWriter<'a>,
    fetcher: Fetcher<'r>,
    progress: &'r dyn Fn(Event<'_>),
    outcome: Outcome,
}

impl Run<'_, '_> {
    async fn all(&mut self, eras: &[Vec<&Listing>]) -> Result<(), CrawlError> {
        let mut note = RunNote::begin(self.options);
        let cut_short = known::unfinished(self.archive.archive(), &self.source.id, &note);
        let resumed = cut_short.map(|run| run.started);
        note.started = resumed.clone().unwrap_or(note.started);
        self.note_run(&note)?;
        let before = known::items(self.archive.archive(), &self.source.id);
        let listed = self.list(eras).await?;
        self.warn_of_gap(&listed);
        let urls: BTreeSet<&str> = listed.items.iter().map(|i| i.url.as_str()).collect();
        let unlisted: Vec<Item> =
            before.into_values().filter(|i| !urls.contains(i.url.as_str())).collect();
        let of_window = |i: &&Item| self.options.holds(i.date);
        let items: Vec<Item> = listed.items.iter().filter(of_window).cloned().collect();
        self.outcome.listed = items.len();
        self.outcome.failed.extend(listed.failures);
        if !self.options.dry_run {
            self.fetch_all(&items, &unlisted, resumed.as_deref()).await?;
        }
        self.outcome.interrupted = self.fetcher.stopped();
        note.finished = !self.outcome.interrupted;
        self.note_run(&note)
    }

    fn note_run(&mut self, note: &RunNote) -> Result<(), CrawlError> {
        let json = serde_json::to_vec(note).unwrap_or_default();
        let now = self.options.now();
        let url = known::run_note(&self.source.id);
        Ok(self.archive.note(&url, &now, &self.source.id, &json)?)
    }

    /// Reads the first era whose listings give any item.
    async fn list(&mut self, eras: &[Vec<&Listing>]) -> Result<Listed, CrawlError> {
        let mut failures = Vec::new();
        for era in eras {
            let mut listed = Listed { to_the_end: true, ..Listed::default() };
            for listing in era {
                self.list_section(listing, &mut listed).await?;
            }
            if !listed.items.is_empty() {
                return Ok(listed);
            }
            failures.append(&mut listed.failures);
            if self.fetcher.stopped() {
                break;
            }
        }
        if failures.is_empty() {
            let url = eras.first().and_then(|e| e.first()).map(|l| l.first.clone());
            let reason = "zero items: the listing answers and holds none; its selectors may no \
                          longer fit"
                .to_owned();
            failures.push(Failure { url: url.unwrap_or_default(), reason });
        }
        Ok(Listed { failures, ..Listed::default() })
    }

    async fn list_section(
        &mut self,
        listing: &Listing,
        listed: &mut Listed,
    ) -> Result<(), CrawlError> {
        let mut seen: BTreeSet<String> = listed.items.iter().map(|i| i.url.clone()).collect();
        let (mut pages, mut misses, mut all_known) = (None, 0, 0);
        for page in 0..listing.pages {
            if self.fetcher.stopped() || pages.is_some_and(|pages| page >= pages) {
                break;
            }
            let Some(url) = address(listing, page) else { break };
            let found = match self.listing_page(listing, &url).await? {
                Ok(found) => found,
                Err(reason) => {
                    let ends = page > 0 && pages.is_none() && reason.starts_with("status 4");
                    if ends {
                        break;
                    }
                    listed.failures.push(Failure { url, reason });
                    misses += 1;
                    if page == 0 || misses == 3 {
                        listed.to_the_end = false;
                        break;
                    }
                    continue;
                }
            };
            pages = found.pages.or(pages);
            let fresh: Vec<Item> =
                found.items.into_iter().filter(|i| seen.insert(i.url.clone())).collect();
            if fresh.is_empty() {
                break;
            }
            let older = |i: &Item| i.date.zip(self.options.since).is_some_and(|(d, s)| d < s);
            let past = listing.newest_first && fresh.iter().all(older);
            all_known += u32::from(fresh.iter().all(|i| self.is_known(i)));
            listed.items.extend(fresh);
            (self.progress)(Event::Listed { source: &self.source.id, items: listed.items.len() });
            // One page more than the first that holds nothing new, for items that slipped in late.
            if past || (self.is_incremental() && all_known >= 2) {
                listed.to_the_end = false;
                break;
            }
        }
        Ok(())
    }

    async fn listing_page(
        &mut self,
        listing: &Listing,
        address: &str,
    ) -> Result<Result<crate::ListingPage, String>, CrawlError> {
        let wrong = |reason: String| CrawlError::Source {
            source_id: self.source.id.clone(),
            reason: format!("discovery {}: {reason}", listing.era),
        };
        let url = Url::parse(address).map_err(|e| wrong(format!("`{address}`: {e}")))?;
        let answer = match self.fetcher.get(&url, &Validators::default()).await {
            Ok(answer) => answer,
            Err(reason) => return Ok(Err(reason)),
        };
        let html = answer.text();
        if answer.status != 200 {
            return Ok(Err(format!("status {}", answer.status)));
        }
        if let Some(reason) = stand_in(&html) {
            return Ok(Err(reason));
        }
        let found = read_listing(&html, &answer.url, listing).map_err(wrong)?;
        self.keep(&answer, Purpose::Listing)?;
        let json = serde_json::to_vec(&found.items).unwrap_or_default();
        if !known::same_items(self.archive.archive(), address, &json) {
            let url = known::listed_note(address);
            self.archive.note(&url, &answer.captured, &self.source.id, &json)?;
        }
        Ok(Ok(found))
    }

    fn keep(&mut self, answer: &Answer, purpose: Purpose) -> Result<Appended, CrawlError> {
        Ok(self.archive.response(&Response {
            url: answer.url.as_str(),
            captured: &answer.captured,
            source: &self.source.id,
            purpose,
            request: &answer.request,
            status: answer.status,
            headers: &answer.headers,
            payload: &answer.payload,
        })?)
    }

    fn is_known(&self, item: &Item) -> bool {
        self.archive.archive().of_url(&item.url).any(|e| e.status == Some(200))
    }

    /// Whether nobody asked for a window or for everything.
    fn is_incremental(&self) -> bool {
        !self.options.full && self.options.since.is_none() && self.options.until.is_none()
    }

    fn is_recent(&self, item: &Item) -> bool {
        let Some(date) = item.date else { return true };
        let today = jiff::tz::TimeZone::UTC.to_datetime((self.options.clock)()).date();
        today.since(date.0).is_ok_and(|span| i64::from(span.get_days()) <= RECENT_DAYS)
    }

    async fn fetch_all(
        &mut self,
        items: &[Item],
        unlisted: &[Item],
        resumed: Option<&str>,
    ) -> Result<(), CrawlError> {
        let limit = self.options.limit.unwrap_or(usize::MAX);
        for (done, item) in items.iter().take(limit).enumerate() {
            if self.fetcher.stopped() {
                return Ok(());
            }
            self.fetch(item, true, resumed).await?;
            let (done, of) = (done + 1, items.len().min(limit));
            (self.progress)(Event::Tried { source: &self.source.id, done, of });
        }
        if self.options.limit.is_some() {
            return Ok(());
        }
        for item in unlisted {
            if self.fetcher.stopped() {
                return Ok(());
            }
            let asked = self.options.full || !self.is_incremental() || self.is_recent(item);
            if asked && self.options.holds(item.date) && self.is_known(item) {
                self.fetch(item, false, resumed).await?;
            }
        }
        Ok(())
    }

    /// Asks for one page and archives the answer.
    async fn fetch(
        &mut self,
        item: &Item,
        listed: bool,
        resumed: Option<&str>,
    ) -> Result<(), CrawlError> {
        let known = known::page(self.archive.archive(), &item.url);
        if let Some(known) = &known {
            let done = resumed.is_some_and(|started| known.captured.as_str() >= started);
            if done || (self.is_incremental() && !self.is_recent(item)) {
                self.outcome.unchanged += 1;
                return Ok(());
            }
        }
        let validators = known.as_ref().map(|k| k.validators.clone()).unwrap_or_default();
        let answer = match Url::parse(&item.url) {
            Ok(url) => self.fetcher.get(&url, &validators).await,
            Err(e) => Err(format!("no address: {e}")),
        };
        match answer {
            Ok(answer) => self.take(item, answer, known.map(|k| k.payload), listed),
            Err(reason) => self.fail(item, reason),
        }
    }

    fn take(
        &mut self,
        item: &Item,
        answer: Answer,
        known: Option<String>,
        listed: bool,
    ) -> Result<(), CrawlError> {
        match answer.status {
            200 if answer.body.trim_ascii().is_empty() => self.fail(item, "empty body".into()),
            200 => {
                let html = answer.text();
                if let Some(reason) = stand_in(&html) {
                    if reason.starts_with("soft 404") {
                        self.keep(&answer, Purpose::Page)?;
                    }
                    return self.fail(item, reason);
                }
                self.keep(&answer, Purpose::Page)?;
                let same = known.is_some_and(|k| k == Digest::of(&answer.payload).as_str());
                *(if same { &mut self.outcome.unchanged } else { &mut self.outcome.fetched }) += 1;
                Ok(())
            }
            304 => {
                let archive = self.archive.archive();
                let newest = archive.of_url(&item.url).filter(|e| e.status == Some(200)).last();
                if let Some(newest) = newest.cloned() {
                    let response = Response {
                        url: &item.url,
                        captured: &answer.captured,
                        source: &self.source.id,
                        purpose: Purpose::Page,
                        request: &answer.request,
                        status: 304,
                        headers: &answer.headers,
                        payload: &[],
                    };
                    self.archive.not_modified(&response, &newest)?;
                }
                self.outcome.unchanged += 1;
                Ok(())
            }
            404 | 410 => {
                self.keep(&answer, Purpose::Page)?;
                if listed {
                    return self.fail(item, format!("status {}", answer.status));
                }
                self.outcome.gone += 1;
                Ok(())
            }
            status => self.fail(item, format!("status {status}")),
        }
    }

    fn fail(&mut self, item: &Item, reason: String) -> Result<(), CrawlError> {
        let failure = Failure { url: item.url.clone(), reason };
        let json = serde_json::to_vec(&failure).unwrap_or_default();
        let now = self.options.now();
        self.archive.note(&known::failure_note(&item.url), &now, &self.source.id, &json)?;
        self.outcome.failed.push(failure);
        Ok(())
    }

    /// Says so where the window begins before the listing's last item.
    fn warn_of_gap(&mut self, listed: &Listed) {
        let oldest = listed.items.iter().filter_map(|i| i.date).min();
        let (Some(since), Some(oldest), true) = (self.options.since, oldest, listed.to_the_end)
        else {
            return;
        };
        let days = oldest.0.since(since.0).map(|span| i64::from(span.get_days())).unwrap_or(0);
        if days > RECENT_DAYS {
            self.outcome.warnings.push(format!(
                "the listing ends at {oldest}, the window begins at {since}: what lies between is \
                 not listed any more; import web archives for it"
            ));
        }
    }
}

/// The address of page `n` of a listing, counted from 0.
fn address(listing: &Listing, page: u32) -> Option<String> {
    if page == 0 {
        return Some(listing.first.clone());
    }
    let number = listing.from + page - 1;
    listing.next.as_ref().map(|next| next.replace("{n}", &number.to_string()))
}

/// Whether a page with status 200 only stands in for the one that was asked for.
fn stand_in(html: &str) -> Option<String> {
    let start: String = html.chars().take(20_000).collect();
    if BLOCKED.iter().any(|mark| start.contains(mark)) && html.len() < 20_000 {
        return Some("blocked".to_owned());
    }
    let missing = MISSING.iter().any(|mark| start.contains(mark));
    missing.then(|| "soft 404: a page that says it is missing".to_owned())
}
