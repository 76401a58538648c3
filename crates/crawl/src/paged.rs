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
use crate::{CrawlError, Event, Failure, ListingPage};

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
        let (mut misses, mut known_pages) = (0, 0);
        let (mut form, mut seen) = (None::<FilledForm>, BTreeSet::new());
        let owed = known::unread(self.archive.archive(), first);
        let later = owed.as_ref().is_some_and(|owed| self.is_postponed(owed));
        let (mut fresh, mut owed_to, mut paid, mut whole) = (0, None, owed.is_none(), true);
        for page in 0..listing.pages {
            if pages.is_some_and(|pages| page >= pages) {
                break;
            }
            if self.fetcher.stopped() {
                whole = false;
                break;
            }
            let (address, found) = if page == 0 {
                (first.to_owned(), self.listing_page(listing, first).await?)
            } else if let Some(form) = form.take() {
                (format!("{first}#page={}", page + 1), self.form_page(listing, form, page).await?)
            } else if let Some(url) = numbered.then(|| address(listing, page)).flatten() {
                let found = self.listing_page(listing, &url).await?;
                (url, found)
            } else {
                break;
            };
            let found = match found {
                Page::Read(mut read) => {
                    self.note_items(&address, &read.items)?;
                    pages = read.pages.or(pages);
                    if page == 0 {
                        sections = std::mem::take(&mut read.sections);
                    }
                    let more = pages.is_some_and(|pages| page + 1 < pages);
                    let new = read.items.iter().filter(|i| seen.insert(i.url.clone())).count();
                    match (new > 0, more || (page == 0 && numbered)) {
                        (true, _) => Page::Read(read),
                        // Without a count, a page of nothing new is how a listing ends.
                        (false, false) => break,
                        (false, true) if read.items.is_empty() => Page::Broken(ZERO.to_owned()),
                        (false, true) => Page::Broken(REPEATS.to_owned()),
                    }
                }
                unread => unread,
            };
            let found = match found {
                Page::Read(found) => found,
                Page::Missing(reason) if page == 0 => {
                    let failure = Failure { url: address, reason, ..Failure::default() };
                    listed.missing.push(failure);
                    whole = false;
                    break;
                }
                // Without a count, the page after the last one is how a listing ends.
                Page::Missing(_) if pages.is_none() => break,
                Page::Missing(reason) | Page::Broken(reason) => {
                    (whole, listed.to_the_end) = (false, false);
                    misses += 1;
                    if page == 0 {
                        listed.fail(&address, reason);
                        break;
                    }
                    listed.failures.push(self.owe(first, &address, reason, owed.clone())?);
                    if misses == MISSES || listing.next.is_none() {
                        break;
                    }
                    continue;
                }
            };
            form = found.form;
            let last_dates: Vec<_> = found.items.iter().rev().filter_map(|i| i.date).collect();
            let older = |since| last_dates.iter().take(2).all(|date| *date < since);
            let past = (listing.newest_first || !numbered)
                && !last_dates.is_empty()
                && self.options.since.is_some_and(older);
            let all_known = found.items.iter().all(|i| self.is_known(i));
            known_pages = if all_known { known_pages + 1 } else { 0 };
            fresh += u32::from(!all_known);
            // What stood on the page that is owed was moved down by the pages of what is new.
            if owed.as_ref().is_some_and(|owed| owed.url == address) {
                owed_to = Some(page + fresh);
            }
            paid |= owed_to.is_some_and(|last| page >= last);
            listed.add(found.items);
            (self.progress)(Event::Listed { source: &self.source.id, items: listed.items.len() });
            // One page more than the first that holds nothing new, for items that slipped in late.
            let enough = self.is_incremental() && known_pages >= 2 && (paid || later);
            if past || enough {
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
        match owed {
            Some(_) if misses == 0 && (paid || whole) => self.owe_nothing(first)?,
            Some(owed) if misses == 0 && later => listed.failures.push(owed),
            _ => {}
        }
        Ok(sections)
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
            return Ok(Page::Broken(format!(
                "form sent to `{}`, which is no address",
                form.action
            )));
        };
        let mut fields = form.fields;
        let name = listing.form.as_ref().map(|form| form.page.clone());
        fields.extend(name.map(|name| (name, (page + 1).to_string())));
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

/// The address of page `n` of a listing, counted from 0.
fn address(listing: &Listing, page: u32) -> Option<String> {
    let number = listing.from + page - 1;
    listing.next.as_ref().map(|next| next.replace("{n}", &number.to_string()))
}
