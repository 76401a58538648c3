//! The crawl of one source: read its listings, choose what to ask for, ask, archive.

use std::collections::{BTreeMap, BTreeSet};

use corpus::Time;
use corpus::archive::{Appended, ArchiveWriter, Purpose, Response};
use corpus::source::{Discovery, Source, Wayback};
use tokio::sync::watch;

use crate::answer::Answer;
use crate::fetch::Fetcher;
use crate::hosts::Hosts;
use crate::known;
use crate::notes::{self, RunNote};
use crate::take::Owed;
use crate::{CrawlError, Event, Item, Options, Outcome, Via, wayback};

/// Days for which a page is asked for again without being told to, since late edits are made then.
pub(crate) const RECENT_DAYS: i64 = 14;
/// Days between the window's beginning and the listing's last item that are no gap yet.
const NO_GAP: i64 = 7;

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
    let asked_of = wayback_of(source);
    let eras = match options.via {
        Via::Site => eras(source, options)?,
        Via::Wayback => vec![vec![&asked_of]],
    };
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
        let (hosts, robots) = match options.via {
            Via::Site => {
                (Hosts::of(source, options.allow_private || options.proxy.is_some()), true)
            }
            Via::Wayback => (Hosts::only(wayback::HOST), false),
        };
        let fetcher = Fetcher::new(options, hosts, robots, stop, progress)?;
        let outcome = Outcome { source: source.id.clone(), ..Outcome::default() };
        let (resumed, older) = (None, BTreeMap::new());
        let mut run = Run { source, options, archive, fetcher, progress, outcome, resumed, older };
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

/// The discoveries of each era that is to be tried, in the file's order.
fn eras<'s>(source: &'s Source, options: &Options) -> Result<Vec<Vec<&'s Discovery>>, CrawlError> {
    let mut eras: Vec<Vec<&Discovery>> = Vec::new();
    for discovery in &source.discoveries {
        let wanted = match &options.era {
            Some(era) => era == discovery.era() && !matches!(discovery, Discovery::Wayback(_)),
            None => !discovery.is_on_request(),
        };
        if !wanted {
            continue;
        }
        match eras.iter_mut().find(|era| era.iter().any(|d| d.era() == discovery.era())) {
            Some(era) => era.push(discovery),
            None => eras.push(vec![discovery]),
        }
    }
    if eras.is_empty() {
        let era = options.era.as_ref().map(|e| format!(" of era `{e}`")).unwrap_or_default();
        let mut known: Vec<&str> = source.discoveries.iter().map(Discovery::era).collect();
        known.dedup();
        let cure = match known.as_slice() {
            [] => "add a [[discovery]] to its file, or ask with --via wayback".to_owned(),
            known => format!("ask with --era for one of: {}", known.join(", ")),
        };
        return Err(CrawlError::NoDiscovery { source_id: source.id.clone(), era, cure });
    }
    Ok(eras)
}

/// What is asked of the Wayback Machine: what the source declares, else all its addresses.
fn wayback_of(source: &Source) -> Discovery {
    let declared = source.discoveries.iter().find(|d| matches!(d, Discovery::Wayback(_)));
    declared.cloned().unwrap_or_else(|| {
        Discovery::Wayback(Wayback {
            evidence: corpus::source::Evidence::Guessed,
            prefixes: source.addresses.clone(),
            contains: Vec::new(),
        })
    })
}

/// A crawl of one source on its way.
pub(crate) struct Run<'r, 'a> {
    pub source: &'r Source,
    pub options: &'r Options,
    pub archive: &'r mut ArchiveWriter<'a>,
    pub fetcher: Fetcher<'r>,
    pub progress: &'r dyn Fn(Event<'_>),
    pub outcome: Outcome,
    /// When the run that was cut short began, if this one takes it up again.
    pub resumed: Option<Time>,
    /// The capture before the newest one that a web archive holds of an address.
    pub older: BTreeMap<String, String>,
}

impl Run<'_, '_> {
    async fn all(&mut self, eras: &[Vec<&Discovery>]) -> Result<(), CrawlError> {
        let mut note = RunNote::begin(self.options);
        let cut_short = known::unfinished(self.archive.archive(), &self.source.id, &note);
        self.resumed = cut_short.map(|run| run.started);
        note.started = self.resumed.unwrap_or(note.started);
        self.note_run(&note)?;
        let before = known::items(self.archive.archive(), &self.source.id);
        let listed = self.list(eras).await?;
        self.warn_of_gap(eras, &listed.items, listed.to_the_end);
        let urls: BTreeSet<&str> = listed.items.iter().map(|i| i.url.as_str()).collect();
        let unlisted = before.into_values().filter(|i| !urls.contains(i.url.as_str()));
        let unlisted: Vec<Item> = match self.options.via {
            Via::Site => unlisted.collect(),
            Via::Wayback => Vec::new(),
        };
        let of_window = |i: &&Item| self.options.holds(i.date);
        let items: Vec<Item> = listed.items.iter().filter(of_window).cloned().collect();
        self.outcome.listed = items.len();
        self.outcome.failed.extend(listed.failures);
        if !self.options.dry_run {
            let mut owed = Owed::new(self.options.limit);
            self.fetch_all(&items, &unlisted, &mut owed).await?;
            for discovery in listed.era {
                if let Discovery::Counter(counter) = discovery {
                    self.count(counter, &mut owed).await?;
                }
            }
        }
        self.archive_aside()?;
        self.outcome.interrupted = self.fetcher.stopped();
        note.finished = !self.outcome.interrupted;
        self.note_run(&note)
    }

    fn note_run(&mut self, note: &RunNote) -> Result<(), CrawlError> {
        let now = self.options.now();
        let url = notes::run_note(&self.source.id);
        Ok(self.archive.note(&url, now, &self.source.id, note)?)
    }

    /// Archives an answer.
    pub(crate) fn keep(
        &mut self,
        answer: &Answer,
        purpose: Purpose,
    ) -> Result<Appended, CrawlError> {
        self.archive_aside()?;
        Ok(self.archive.response(&response(&self.source.id, answer, purpose))?)
    }

    /// Archives what was met on the way.
    fn archive_aside(&mut self) -> Result<(), CrawlError> {
        for (purpose, answer) in self.fetcher.take_aside() {
            let response = response(&self.source.id, &answer, purpose);
            self.archive.response(&response)?;
        }
        Ok(())
    }

    /// Whether nobody asked for a window or for everything.
    pub(crate) fn is_incremental(&self) -> bool {
        !self.options.full && self.options.since.is_none() && self.options.until.is_none()
    }

    pub(crate) fn is_known(&self, item: &Item) -> bool {
        known::newest(self.archive.archive(), &item.url).is_some()
    }

    pub(crate) fn is_recent(&self, item: &Item) -> bool {
        let Some(date) = item.date else { return true };
        days_between(date, self.options.today()) <= RECENT_DAYS
    }

    /// Says so where the window begins before the listing's last item, with the cure.
    fn warn_of_gap(&mut self, eras: &[Vec<&Discovery>], items: &[Item], to_the_end: bool) {
        let oldest = items.iter().filter_map(|i| i.date).min();
        let (Some(since), Some(oldest)) = (self.options.since, oldest) else { return };
        let whole = self.options.until.is_some_and(|until| until < oldest);
        let days = days_between(since, oldest);
        if !to_the_end || self.options.via != Via::Site || (days <= NO_GAP && !whole) {
            return;
        }
        let until = self.options.until.filter(|until| *until < oldest);
        let until = until.map_or_else(|| oldest.to_string(), |until| until.to_string());
        let used: BTreeSet<&str> = eras.iter().flatten().map(|d| d.era()).collect();
        let made = self.source.discoveries.iter().find(|d| {
            d.is_on_request() && !used.contains(d.era()) && !matches!(d, Discovery::Wayback(_))
        });
        let made = made.map(|d| format!(" or with --era {}", d.era())).unwrap_or_default();
        self.outcome.warnings.push(format!(
            "the listing ends at {oldest}, the window begins at {since}: what lies before its end \
             is not listed any more; ask the Wayback Machine for it: demarche crawl --source {} \
             --via wayback --since {since} --until {until}{made}",
            self.source.id
        ));
    }
}

fn response<'x>(source: &'x str, answer: &'x Answer, purpose: Purpose) -> Response<'x> {
    Response {
        url: answer.url.as_str(),
        captured: answer.captured,
        source,
        purpose,
        request: &answer.request,
        status: answer.status,
        headers: &answer.headers,
        payload: &answer.payload,
    }
}

/// Days from `first` to `last`; negative where `last` lies before.
pub(crate) fn days_between(first: corpus::Date, last: corpus::Date) -> i64 {
    first.0.until(last.0).map(|span| i64::from(span.get_days())).unwrap_or(0)
}
