//! Addresses that are made rather than listed: a listing page for each day, pages that count up.

use corpus::archive::Purpose;
use corpus::source::{Counter, Days};

use crate::dates::{date_in_url, days, of_day};
use crate::discover::{Listed, MISSES, Page, ZERO};
use crate::listing::read_items;
use crate::run::Run;
use crate::take::{Owed, Tried};
use crate::{CrawlError, Event, Item};

impl Run<'_, '_> {
    pub(crate) async fn list_days(
        &mut self,
        made: &Days,
        listed: &mut Listed<'_>,
    ) -> Result<(), CrawlError> {
        let Some((first, last)) = self.window(made.first_day, made.last_day) else {
            let reason = "is made day by day: say which days with --since, and --until".to_owned();
            return Err(self.wrong(&made.era, reason));
        };
        // Nothing older lies behind the first day: what is made by day has no end to be said.
        listed.to_the_end = false;
        let before = (listed.items.len(), listed.failures.len());
        let (mut empty, mut misses) = (Vec::new(), 0);
        for day in days(first, last) {
            if self.fetcher.stopped() || misses == MISSES {
                break;
            }
            let address = of_day(&made.address, day);
            let answer = match self.page(&address, Purpose::Listing).await? {
                Page::Read(answer) => answer,
                Page::Missing(reason) => {
                    empty.push((day, address, reason));
                    continue;
                }
                Page::Broken(reason) => {
                    listed.fail(&address, reason);
                    misses += 1;
                    continue;
                }
            };
            misses = 0;
            let found = read_items(&answer.text(), &answer.url, &made.items);
            let mut items = found.map_err(|reason| self.wrong(&made.era, reason))?;
            items.iter_mut().for_each(|item| item.date = item.date.or(Some(day)));
            self.note_items(&address, &items)?;
            if items.is_empty() {
                empty.push((day, address, ZERO.into()));
            }
            listed.add(items);
            (self.progress)(Event::Listed { source: &self.source.id, items: listed.items.len() });
        }
        if let Some((first, address, reason)) = empty.first() {
            let note = format!("{} days without a listing, the first {first}", empty.len());
            self.outcome.notes.push(note);
            // Where no day gave anything, the first of them says why.
            let none = before == (0, listed.failures.len()) && listed.items.is_empty();
            if none && !self.fetcher.stopped() {
                listed.fail(address, reason.clone());
            }
        }
        Ok(())
    }

    /// The days asked for of those that there are; `None` where no first day is asked for.
    fn window(
        &self,
        first: corpus::Date,
        last: Option<corpus::Date>,
    ) -> Option<(corpus::Date, corpus::Date)> {
        let since = self.options.since?.max(first);
        let until = self.options.until.unwrap_or_else(|| self.options.today());
        Some((since, last.map_or(until, |last| until.min(last))))
    }

    /// Asks for the pages of a counter, each day's until its numbers end.
    pub(crate) async fn count(
        &mut self,
        counter: &Counter,
        owed: &mut Owed,
    ) -> Result<(), CrawlError> {
        if !counter.address.contains("{dd}") {
            return self.count_from(counter, &counter.address, None, owed).await;
        }
        let Some((first, last)) =
            counter.first_day.and_then(|first| self.window(first, counter.last_day))
        else {
            let reason = "counts within each day: say which days with --since, and --until; the \
                          source's file says `first-day`";
            return Err(self.wrong(&counter.era, reason.to_owned()));
        };
        let mut empty = Vec::new();
        for day in days(first, last) {
            let before = self.outcome.listed;
            self.count_from(counter, &of_day(&counter.address, day), Some(day), owed).await?;
            if self.outcome.listed == before {
                empty.push(day);
            }
            if self.fetcher.stopped() || owed.is_over() {
                return Ok(());
            }
        }
        if let Some(first) = empty.first() {
            self.outcome
                .notes
                .push(format!("{} days without a page, the first {first}", empty.len()));
        }
        Ok(())
    }

    async fn count_from(
        &mut self,
        counter: &Counter,
        template: &str,
        day: Option<corpus::Date>,
        owed: &mut Owed,
    ) -> Result<(), CrawlError> {
        let mut misses = 0;
        for n in counter.from..=counter.to {
            if self.fetcher.stopped() || owed.is_over() || misses >= counter.misses {
                break;
            }
            let number = format!("{n:0width$}", width = counter.digits as usize);
            let url = template.replace("{n}", &number);
            let date = day.or_else(|| date_in_url(&url));
            let item = Item { url, title: String::new(), date, capture: None };
            match self.try_item(&item, owed).await? {
                Tried::Missing(..) => misses += 1,
                Tried::Failed(reason) => {
                    self.outcome.listed += 1;
                    self.fail(&item, reason)?;
                }
                Tried::Kept | Tried::Unchanged => {
                    self.outcome.listed += 1;
                    misses = 0;
                }
            }
            let done = self.outcome.listed;
            (self.progress)(Event::Tried { source: &self.source.id, done, of: done });
        }
        Ok(())
    }
}
