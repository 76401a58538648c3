//! A listing read page by page, section by section.

use std::collections::BTreeSet;

use corpus::archive::Purpose;
use corpus::source::Listing;
use url::Url;

use crate::answer::Answer;
use crate::discover::{Listed, MISSES, Page, ZERO};
use crate::known;
use crate::listing::{FilledForm, read_listing};
use crate::run::Run;
use crate::{CrawlError, Event, Failure, Item, ListingPage};

const REPEATS: &str =
    "zero new items: the page only repeats those before it, and by their count more follow";

impl Run<'_, '_> {
    /// Reads a listing, and the sections that it names.
    pub(crate) async fn list_sections(
        &mut self,
        listing: &Listing,
        listed: &mut Listed<'_>,
    ) -> Result<(), CrawlError> {
        let sections = self.list_pages(listing, &listing.first, true, listed).await?;
        for section in sections {
            if self.fetcher.stopped() {
                break;
            }
            self.list_pages(listing, &section, false, listed).await?;
        }
        Ok(())
    }

    /// Reads one listing page by page, and returns the sections that its first page names.
    async fn list_pages(
        &mut self,
        listing: &Listing,
        first: &str,
        numbered: bool,
        listed: &mut Listed<'_>,
    ) -> Result<Vec<String>, CrawlError> {
        let (mut sections, mut pages) = (Vec::new(), None);
        let (mut misses, mut known_pages, mut whole) = (0, 0, true);
        let (mut form, mut seen) = (None::<FilledForm>, BTreeSet::new());
        let mut debt = self.debt(first);
        for page in 0..listing.pages {
            if pages.is_some_and(|pages| page >= pages) {
                break;
            }
            if self.fetcher.stopped() {
                whole = false;
                break;
            }
            let asked = self.nth_page(listing, (first, numbered), page, form.take()).await?;
            let Some((address, mut found)) = asked else { break };
            if let Page::Read(mut read) = found {
                self.note_items(&address, &read.items)?;
                pages = read.pages.or(pages);
                if page == 0 {
                    sections = std::mem::take(&mut read.sections);
                }
                let more = pages.is_some_and(|pages| page + 1 < pages) || (page == 0 && numbered);
                // Without a count, a page of nothing new is how a listing ends.
                let Some(worth) = worth(read, &mut seen, more) else { break };
                found = worth;
            }
            let found = match found {
                Page::Read(found) => found,
                Page::Missing(reason) if page == 0 => {
                    let failure = Failure { url: address, reason, ..Failure::default() };
                    listed.missing.push(failure);
                    whole = false;
                    break;
                }
                // So is the page after the last one.
                Page::Missing(_) if pages.is_none() => break,
                Page::Missing(reason) | Page::Broken(reason) => {
                    (whole, listed.to_the_end) = (false, false);
                    misses += 1;
                    if page == 0 {
                        listed.fail(&address, reason);
                        break;
                    }
                    let owed = self.owe(first, &address, reason, debt.owed.clone())?;
                    listed.failures.push(owed);
                    if misses == MISSES || listing.next.is_none() {
                        break;
                    }
                    continue;
                }
            };
            let past = (listing.newest_first || !numbered) && self.is_past(&found.items);
            let all_known = found.items.iter().all(|i| self.is_known(i));
            known_pages = if all_known { known_pages + 1 } else { 0 };
            debt.read(page, &address, !all_known);
            form = found.form;
            listed.add(found.items);
            (self.progress)(Event::Listed { source: &self.source.id, items: listed.items.len() });
            // One page more than the first that holds nothing new, for items that slipped in late.
            if past || (self.is_incremental() && known_pages >= 2 && debt.lets_stop()) {
                (whole, listed.to_the_end) = (false, false);
                break;
            }
            if page + 1 == listing.pages && pages != Some(listing.pages) {
                listed.to_the_end = false;
                self.outcome.warnings.push(format!(
                    "{first}: the listing did not end within {} pages; `pages` in the source's \
                     file is the limit",
                    listing.pages
                ));
            }
        }
        match debt.owed {
            Some(_) if misses == 0 && (debt.paid || whole) => self.owe_nothing(first)?,
            Some(owed) if misses == 0 && debt.waits => listed.failures.push(owed),
            _ => {}
        }
        Ok(sections)
    }

    /// What is owed of the listing that begins at `first`.
    fn debt(&self, first: &str) -> Debt {
        let owed = known::unread(self.archive.archive(), first);
        let waits = owed.as_ref().is_some_and(|owed| self.is_postponed(owed));
        Debt { waits, paid: owed.is_none(), owed, fresh: 0, last: None }
    }

    /// Asks for page `n` of a listing, counted from 0, and tells its address; `None` where nothing says
    /// where it would be.
    async fn nth_page(
        &mut self,
        listing: &Listing,
        (first, numbered): (&str, bool),
        n: u32,
        form: Option<FilledForm>,
    ) -> Result<Option<(String, Page<ListingPage>)>, CrawlError> {
        if n == 0 {
            return Ok(Some((first.to_owned(), self.listing_page(listing, first).await?)));
        }
        if let Some(form) = form {
            let address = format!("{first}#page={}", n + 1);
            return Ok(Some((address, self.form_page(listing, form, n).await?)));
        }
        let Some(url) = numbered.then(|| address(listing, n)).flatten() else { return Ok(None) };
        let found = self.listing_page(listing, &url).await?;
        Ok(Some((url, found)))
    }

    /// Whether the last items of a page are older than what is asked for.
    fn is_past(&self, items: &[Item]) -> bool {
        let mut last = items.iter().rev().filter_map(|item| item.date).take(2).peekable();
        let dated = last.peek().is_some();
        dated && self.options.since.is_some_and(|since| last.all(|date| date < since))
    }

    async fn listing_page(
        &mut self,
        listing: &Listing,
        address: &str,
    ) -> Result<Page<ListingPage>, CrawlError> {
        let answer = match self.page(address, Purpose::Listing).await? {
            Page::Read(answer) => answer,
            Page::Missing(reason) => return Ok(Page::Missing(reason)),
            Page::Broken(reason) => return Ok(Page::Broken(reason)),
        };
        self.read(listing, &answer)
    }

    /// Sends the form of the page before for the next one.
    async fn form_page(
        &mut self,
        listing: &Listing,
        form: FilledForm,
        page: u32,
    ) -> Result<Page<ListingPage>, CrawlError> {
        let Ok(url) = Url::parse(&form.action) else {
            let reason = format!("form sent to `{}`, which is no address", form.action);
            return Ok(Page::Broken(reason.into()));
        };
        let mut fields = form.fields;
        fields.push((form.page, (page + 1).to_string()));
        let answer = self.fetcher.post(&url, fields).await;
        match self.taken(answer, Purpose::Listing)? {
            Page::Read(answer) => self.read(listing, &answer),
            Page::Missing(reason) => Ok(Page::Missing(reason)),
            Page::Broken(reason) => Ok(Page::Broken(reason)),
        }
    }

    fn read(&self, listing: &Listing, answer: &Answer) -> Result<Page<ListingPage>, CrawlError> {
        let found = read_listing(&answer.text(), &answer.url, listing);
        found.map(Page::Read).map_err(|reason| self.wrong(&listing.era, reason))
    }
}

/// A page with what is new on it since the pages before; `None` where there is nothing, and `more` need
/// not follow.
fn worth(read: ListingPage, seen: &mut BTreeSet<String>, more: bool) -> Option<Page<ListingPage>> {
    let new = read.items.iter().filter(|item| seen.insert(item.url.clone())).count();
    match (new, more) {
        (1.., _) => Some(Page::Read(read)),
        (0, false) => None,
        (0, true) if read.items.is_empty() => Some(Page::Broken(ZERO.into())),
        (0, true) => Some(Page::Broken(REPEATS.into())),
    }
}

/// The page of a listing that an earlier crawl could not read, and how far this one has come to it.
struct Debt {
    owed: Option<Failure>,
    /// Whether it is left alone for now.
    waits: bool,
    /// Whether the listing was read as far as what stood on it.
    paid: bool,
    /// Pages so far that hold what is not known yet.
    fresh: u32,
    /// The last page to which what stood on it can have been moved.
    last: Option<u32>,
}

impl Debt {
    /// Takes in a page that was read, and whether it holds what is not known yet.
    fn read(&mut self, page: u32, address: &str, is_fresh: bool) {
        self.fresh += u32::from(is_fresh);
        // What stood on the page that is owed was moved down by the pages of what is new.
        if self.owed.as_ref().is_some_and(|owed| owed.url == address) {
            self.last = Some(page + self.fresh);
        }
        self.paid |= self.last.is_some_and(|last| page >= last);
    }

    /// Whether a listing of which nothing is new any more need not be read on.
    fn lets_stop(&self) -> bool {
        self.paid || self.waits
    }
}

/// The address of page `n` of a listing, counted from 0.
fn address(listing: &Listing, page: u32) -> Option<String> {
    let number = listing.from + page - 1;
    listing.next.as_ref().map(|next| next.replace("{n}", &number.to_string()))
}
