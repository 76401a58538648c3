//! What a source's listings, feeds and sitemaps name now: the first era that is there, each of
//! its sections page by page.

use std::collections::BTreeMap;

use corpus::Reason;
use corpus::archive::Purpose;
use corpus::source::Discovery;
use url::Url;

use crate::answer::Answer;
use crate::fetch::Validators;
use crate::known;
use crate::notes;
use crate::run::Run;
use crate::take::stand_in;
use crate::{CrawlError, Failure, Item};

/// Broken pages after which a listing is given up.
pub(crate) const MISSES: u32 = 3;
/// Why a listing that answers is a failure nevertheless.
pub(crate) const ZERO: &str =
    "zero items: the listing answers and holds none; its selectors may no longer fit";

/// What the discoveries of one era gave.
#[derive(Default)]
pub(crate) struct Listed<'d> {
    /// Items in order, each address once.
    pub items: Vec<Item>,
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// The era that was read.
    pub era: Vec<&'d Discovery>,
    /// Whether what is listed was read to its end.
    pub to_the_end: bool,
    /// First pages that are not there.
    pub missing: Vec<Failure>,
    /// Where an address stands in `items`.
    places: BTreeMap<String, usize>,
}

impl Listed<'_> {
    /// Takes in items, each address once.
    pub(crate) fn add(&mut self, items: Vec<Item>) {
        for item in items {
            match self.places.get(&item.url) {
                Some(&at) => {
                    let known = &mut self.items[at];
                    known.date = known.date.or(item.date);
                    if known.title.is_empty() {
                        known.title = item.title;
                    }
                }
                None => {
                    self.places.insert(item.url.clone(), self.items.len());
                    self.items.push(item);
                }
            }
        }
    }

    pub(crate) fn fail(&mut self, url: &str, reason: impl Into<Reason>) {
        self.failures.push(Failure {
            url: url.to_owned(),
            reason: reason.into(),
            ..Failure::default()
        });
    }
}

/// How reading one page of a listing may end.
pub(crate) enum Page<T> {
    /// It was read.
    Read(T),
    /// There is no such page.
    Missing(Reason),
    /// It cannot be read now.
    Broken(Reason),
}

impl Run<'_, '_> {
    /// Reads the first era that is there. One that is broken, or was there before and is no more,
    /// is a failure, whatever an older one gives.
    pub(crate) async fn list<'d>(
        &mut self,
        eras: &[Vec<&'d Discovery>],
    ) -> Result<Listed<'d>, CrawlError> {
        let (mut failures, mut missing) = (Vec::new(), Vec::new());
        for (number, era) in eras.iter().enumerate() {
            let mut listed = Listed { to_the_end: true, era: era.clone(), ..Listed::default() };
            for discovery in era {
                self.discover(discovery, &mut listed).await?;
            }
            let counts = era.iter().any(|d| matches!(d, Discovery::Counter(_)));
            // What was interrupted shows no end.
            listed.to_the_end &= !self.fetcher.stopped();
            failures.append(&mut listed.failures);
            missing.append(&mut listed.missing);
            if !listed.items.is_empty() || counts {
                if number > 0 {
                    self.outcome.notes.push(format!(
                        "read era {}, since no newer listing could be read; --era chooses one",
                        era.first().map_or("", |d| d.era())
                    ));
                }
                for failure in missing {
                    if known::answered(self.archive.archive(), &failure.url) {
                        let reason = format!("{}: it was there before", failure.reason).into();
                        failures.push(Failure { reason, ..failure });
                    } else {
                        let Failure { url, reason, .. } = failure;
                        self.outcome.notes.push(format!("no listing at {url}: {reason}"));
                    }
                }
                listed.failures = failures;
                self.warn_of_age(&listed);
                return Ok(listed);
            }
            if self.fetcher.stopped() {
                break;
            }
        }
        failures.append(&mut missing);
        Ok(Listed { failures, ..Listed::default() })
    }

    async fn discover(
        &mut self,
        discovery: &Discovery,
        listed: &mut Listed<'_>,
    ) -> Result<(), CrawlError> {
        let before = (listed.items.len(), listed.failures.len(), listed.missing.len());
        match discovery {
            Discovery::Listing(listing) => self.list_sections(listing, listed).await?,
            Discovery::Days(days) => self.list_days(days, listed).await?,
            Discovery::Feed(feed) => self.list_feed(feed, listed).await?,
            Discovery::Sitemap(sitemap) => self.list_sitemap(sitemap, listed).await?,
            Discovery::Wayback(wayback) => return self.list_wayback(wayback, listed).await,
            Discovery::Counter(_) => return Ok(()),
        }
        let after = (listed.items.len(), listed.failures.len(), listed.missing.len());
        // A later section may name what an earlier one named.
        if before == after && before.0 == 0 && !self.fetcher.stopped() {
            listed.fail(discovery.first(), ZERO);
        }
        Ok(())
    }

    /// Fetches a page that names others, and archives it.
    pub(crate) async fn page(
        &mut self,
        address: &str,
        purpose: Purpose,
    ) -> Result<Page<Answer>, CrawlError> {
        let url =
            Url::parse(address).map_err(|e| self.wrong("", format!("address `{address}`: {e}")))?;
        let answer = self.fetcher.get(&url, &Validators::default()).await;
        self.taken(answer, purpose)
    }

    pub(crate) fn taken(
        &mut self,
        answer: Result<Answer, Reason>,
        purpose: Purpose,
    ) -> Result<Page<Answer>, CrawlError> {
        let answer = match answer {
            Ok(answer) => answer,
            Err(reason) => return Ok(Page::Broken(reason)),
        };
        match answer.status {
            200 => match stand_in(&answer.text()) {
                Some(reason) if reason.is_missing() => Ok(Page::Missing(reason)),
                Some(reason) => {
                    self.fetcher.is_blocked(&answer.url);
                    Ok(Page::Broken(reason))
                }
                None => {
                    self.keep(&answer, purpose)?;
                    Ok(Page::Read(answer))
                }
            },
            status if answer.is_moved() => Ok(match answer.redirect() {
                Some(to) => Page::Missing(Reason::led_nowhere(to)),
                None => Page::Broken(format!("status {status} without an address").into()),
            }),
            status @ (404 | 410) => Ok(Page::Missing(Reason::status(status))),
            status => Ok(Page::Broken(Reason::status(status))),
        }
    }

    /// Keeps what a listing page named, unless the last note about it says the same.
    pub(crate) fn note_items(&mut self, address: &str, items: &[Item]) -> Result<(), CrawlError> {
        if !known::same_items(self.archive.archive(), address, items) {
            let (url, now) = (notes::listed_note(address), self.options.now());
            self.archive.note(&url, now, &self.source.id, items)?;
        }
        Ok(())
    }

    pub(crate) fn wrong(&self, era: &str, reason: String) -> CrawlError {
        let reason = format!("discovery {era}: {reason}");
        CrawlError::Source { source_id: self.source.id.clone(), reason }
    }

    /// An alarm where a listing that is read for its news has had none for longer than the source's
    /// own rhythm allows; `doctor` knows the rhythms that sources share, too.
    fn warn_of_age(&mut self, listed: &Listed<'_>) {
        let newest = listed.items.iter().filter_map(|item| item.date).max();
        let Some(expected) = self.source.expected.as_ref().filter(|_| self.is_incremental()) else {
            return;
        };
        let (Some(newest), Some(limit)) = (newest, expected.stale_after) else { return };
        let missed = expected.missed(newest, self.options.today());
        if missed > limit {
            self.outcome.warnings.push(format!(
                "stale: the listing's newest item is of {newest}, {missed} expected days without a \
                 new one; {limit} are allowed, so the listing may have moved"
            ));
        }
    }
}
