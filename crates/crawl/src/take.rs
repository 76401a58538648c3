//! Pages asked for one by one, and what is made of each answer.

use corpus::archive::{Purpose, Response};
use corpus::{Digest, Reason, Time};
use jiff::ToSpan;
use url::Url;

use crate::answer::Answer;
use crate::run::Run;
use crate::{CrawlError, Event, Failure, Item};
use crate::{known, notes};

/// Marks of pages that stand in for another one, with status 200.
const MISSING: [&str; 2] = ["알수 없는 주소", "<title>404"];
const BLOCKED: [&str; 3] = ["Web Page Blocked", "Access Denied", "<title>Attention Required"];
/// Characters beyond which a page is no notice of a few words.
const NOTICE: usize = 20_000;
/// Days after which what failed for good is asked for again at the latest.
const LONGEST_PAUSE: i64 = 32;

/// How many pages may still be asked for.
pub(crate) struct Owed(usize);

impl Owed {
    /// As many as the limit says.
    pub(crate) fn new(limit: Option<usize>) -> Self {
        Self(limit.unwrap_or(usize::MAX))
    }

    /// Counts one that is asked for.
    pub(crate) fn spend(&mut self) {
        self.0 = self.0.saturating_sub(1);
    }

    /// Whether none may be asked for any more.
    pub(crate) fn is_over(&self) -> bool {
        self.0 == 0
    }
}

/// What became of one page.
pub(crate) enum Tried {
    /// It is archived and is new or has changed.
    Kept,
    /// It is archived and has not changed, or did not have to be asked for.
    Unchanged,
    /// It is not there.
    Missing(Reason, Box<Answer>),
    /// It could not be fetched.
    Failed(Reason),
}

impl Run<'_, '_> {
    /// Asks for what is listed, then for what was listed once: pages that are owed still, and
    /// known pages of the window, to see whether they changed or went.
    pub(crate) async fn fetch_all(
        &mut self,
        items: &[Item],
        unlisted: &[Item],
        owed: &mut Owed,
    ) -> Result<(), CrawlError> {
        let rest: Vec<&Item> = unlisted.iter().filter(|item| self.is_asked_again(item)).collect();
        let of = items.len() + rest.len();
        for (done, item) in items.iter().chain(rest).enumerate() {
            if self.fetcher.stopped() || owed.is_over() {
                return Ok(());
            }
            let listed = done < items.len();
            let failed = known::failure(self.archive.archive(), &item.url);
            match failed.filter(|failure| self.is_postponed(failure)) {
                Some(failure) => self.tell(failure, listed || !self.is_known(item)),
                None => self.settle(item, listed, owed).await?,
            }
            (self.progress)(Event::Tried { source: &self.source.id, done: done + 1, of });
        }
        Ok(())
    }

    /// Whether a page that is not listed any more is asked for.
    fn is_asked_again(&self, item: &Item) -> bool {
        let asked = !self.is_incremental() || self.is_recent(item) || !self.is_known(item);
        asked && self.options.holds(item.date)
    }

    async fn settle(
        &mut self,
        item: &Item,
        listed: bool,
        owed: &mut Owed,
    ) -> Result<(), CrawlError> {
        let known = self.is_known(item);
        match self.try_item(item, owed).await? {
            Tried::Kept | Tried::Unchanged => {}
            Tried::Failed(reason) => self.fail(item, reason)?,
            Tried::Missing(reason, answer) => {
                self.keep(&answer, Purpose::Page)?;
                let failure = self.note_failure(item, reason, answer.captured)?;
                self.tell(failure, listed || !known);
            }
        }
        Ok(())
    }

    /// Tells of a page that was not fetched. One that is missing is a failure where it is `owed`;
    /// where it was known and is listed no more, it is gone, and nothing went wrong.
    fn tell(&mut self, failure: Failure, owed: bool) {
        if owed || !failure.reason.is_missing() {
            self.outcome.failed.push(failure);
        } else {
            self.outcome.gone += 1;
        }
    }

    /// Asks for one page and archives it if it is one.
    pub(crate) async fn try_item(
        &mut self,
        item: &Item,
        owed: &mut Owed,
    ) -> Result<Tried, CrawlError> {
        if item.capture.is_some() {
            return self.try_memento(item, owed).await;
        }
        let known = known::page(self.archive.archive(), &item.url);
        if let Some(known) = &known {
            let done = self.resumed.is_some_and(|started| known.captured >= started);
            if done || (self.is_incremental() && !self.is_recent(item)) {
                self.outcome.unchanged += 1;
                return Ok(Tried::Unchanged);
            }
        }
        owed.spend();
        let validators = known.as_ref().map(|k| k.validators.clone()).unwrap_or_default();
        let answer = match Url::parse(&item.url) {
            Ok(url) => self.fetcher.get(&url, &validators).await,
            Err(e) => Err(Reason::no_address(e)),
        };
        match answer {
            Ok(answer) => self.take(item, answer, known.map(|k| k.payload)),
            Err(reason) => Ok(Tried::Failed(reason)),
        }
    }

    fn take(
        &mut self,
        item: &Item,
        answer: Answer,
        known: Option<String>,
    ) -> Result<Tried, CrawlError> {
        match answer.status {
            200 if answer.body.trim_ascii().is_empty() => Ok(Tried::Failed("empty body".into())),
            200 => match stand_in(&answer.text()) {
                Some(reason) if reason.is_missing() => Ok(Tried::Missing(reason, Box::new(answer))),
                Some(reason) => {
                    self.fetcher.is_blocked(&answer.url);
                    Ok(Tried::Failed(reason))
                }
                None => {
                    self.keep(&answer, Purpose::Page)?;
                    Ok(self.counted(known.is_some_and(|k| k == digest(&answer))))
                }
            },
            304 => match known::newest(self.archive.archive(), &item.url).cloned() {
                Some(newest) => {
                    let response = Response {
                        url: &newest.url,
                        captured: answer.captured,
                        source: &self.source.id,
                        purpose: Purpose::Page,
                        request: &answer.request,
                        status: 304,
                        headers: &answer.headers,
                        payload: &[],
                    };
                    self.archive.not_modified(&response, &newest)?;
                    Ok(self.counted(true))
                }
                // No page is held that could be the same still.
                None => Ok(Tried::Failed("status 304 to a first request".into())),
            },
            404 | 410 => Ok(Tried::Missing(Reason::status(answer.status), Box::new(answer))),
            status if answer.is_moved() => Ok(match answer.redirect() {
                Some(to) => Tried::Missing(Reason::led_nowhere(to), Box::new(answer)),
                None => Tried::Failed(format!("status {status} without an address").into()),
            }),
            status => Ok(Tried::Failed(Reason::status(status))),
        }
    }

    /// Counts a page that is archived.
    pub(crate) fn counted(&mut self, same: bool) -> Tried {
        let count = if same { &mut self.outcome.unchanged } else { &mut self.outcome.fetched };
        *count += 1;
        if same { Tried::Unchanged } else { Tried::Kept }
    }

    /// Archives that a page could not be fetched, why, and when it is tried next.
    pub(crate) fn fail(&mut self, item: &Item, reason: Reason) -> Result<(), CrawlError> {
        let failure = self.note_failure(item, reason, self.options.moment())?;
        self.outcome.failed.push(failure);
        Ok(())
    }

    fn note_failure(
        &mut self,
        item: &Item,
        reason: Reason,
        at: Time,
    ) -> Result<Failure, CrawlError> {
        let before = known::failure(self.archive.archive(), &item.url);
        let failure = self.failure(&item.url, reason, before);
        self.archive.note(&notes::failure_note(&item.url), at, &self.source.id, &failure)?;
        Ok(failure)
    }

    /// A failure that comes after another one, and when it is worth the next try.
    fn failure(&self, url: &str, reason: Reason, before: Option<Failure>) -> Failure {
        let tried = before.map_or(0, |failure| failure.tried) + 1;
        let days = (1_i64 << (tried - 1).min(5)).min(LONGEST_PAUSE);
        let later = self.options.now().0.checked_add((days * 24).hours()).ok().map(Time);
        let next = later.filter(|_| reason.is_lasting());
        Failure { url: url.to_owned(), reason, tried, next }
    }

    /// Whether a failure is left alone for now.
    pub(crate) fn is_postponed(&self, failure: &Failure) -> bool {
        let now = self.options.now();
        // Nothing is left alone for longer: what says so was written under a wrong clock.
        let latest = now.0.checked_add((LONGEST_PAUSE * 24).hours()).map_or(now, Time);
        let waits = failure.next.is_some_and(|next| next > now && next <= latest);
        waits && self.is_incremental() && self.resumed.is_none()
    }

    /// Archives that a page of the listing which begins at `first` could not be read: later crawls
    /// owe it, even if this one is killed now. `before` is what was owed when it began.
    pub(crate) fn owe(
        &mut self,
        first: &str,
        url: &str,
        reason: Reason,
        before: Option<Failure>,
    ) -> Result<Failure, CrawlError> {
        let failure = self.failure(url, reason, before);
        let note = notes::unread_note(first);
        self.archive.note(&note, self.options.moment(), &self.source.id, &Some(&failure))?;
        Ok(failure)
    }

    /// Archives that nothing is owed of the listing which begins at `first`.
    pub(crate) fn owe_nothing(&mut self, first: &str) -> Result<(), CrawlError> {
        let nothing = None::<Failure>;
        let note = notes::unread_note(first);
        Ok(self.archive.note(&note, self.options.moment(), &self.source.id, &nothing)?)
    }
}

fn digest(answer: &Answer) -> String {
    Digest::of(&answer.payload).to_string()
}

/// Whether a page with status 200 only stands in for the one that was asked for.
pub(crate) fn stand_in(html: &str) -> Option<Reason> {
    let end = html.char_indices().nth(NOTICE).map_or(html.len(), |(at, _)| at);
    let start = html.get(..end).unwrap_or(html);
    if html.len() < NOTICE && BLOCKED.iter().any(|mark| start.contains(mark)) {
        return Some(Reason::blocked(None));
    }
    let missing = MISSING.iter().any(|mark| start.contains(mark));
    missing.then(|| Reason::soft_missing("a page that says it is missing"))
}
