//! What the newest captures show of a source's layouts: which fit, which selector came up empty,
//! which finds only a part of the text any more.

use std::collections::BTreeMap;

use corpus::source::{PageKind, Source};
use corpus::{Reason, Time};
use serde::Serialize;

use super::looks::Look;
use super::{Complaint, Health, LayoutHealth, Since};

/// So many captures in a row are no accident.
const RUN: usize = 3;
/// So many captures with less text, but nothing left outside, are worth a look.
const SHORT_RUN: usize = 5;

/// Captures that gave no statement, by reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Why.
    pub reason: Reason,
    /// How many.
    pub captures: usize,
    /// The newest of them.
    pub newest: Time,
    /// Its address.
    pub url: String,
}

/// What each layout of the source's file matched among `newest`.
pub(super) fn matched(source: &Source, newest: &[Look]) -> Vec<LayoutHealth> {
    let of = |id: &str| newest.iter().filter(|l| l.layout() == Some(id)).collect::<Vec<_>>();
    let health = source.layouts.iter().map(|layout| {
        let looks = of(&layout.id);
        LayoutHealth {
            layout: layout.id.clone(),
            page: layout.page,
            evidence: layout.evidence,
            expected: [layout.since, layout.until],
            matched: looks.len(),
            newest: looks.last().map(|l| l.at),
            median_text: median(looks.iter().filter_map(|l| l.text()).collect()),
        }
    });
    health.collect()
}

/// What the captures were that gave no statement.
pub(super) fn unread(newest: &[Look]) -> Vec<Unread> {
    let mut found: BTreeMap<Reason, Unread> = BTreeMap::new();
    for look in newest {
        let reason = match (&look.seen, look.text()) {
            (Err(reason), _) => reason.clone(),
            (Ok(seen), Some(0)) if seen.layout.is_none() => Reason::from("no layout fits"),
            (Ok(_), Some(0)) => Reason::no_text(),
            (Ok(_), None) => Reason::listing(),
            (Ok(_), Some(_)) => continue,
        };
        let unread = found.entry(reason.clone()).or_insert_with(|| Unread {
            reason,
            captures: 0,
            newest: look.at,
            url: String::new(),
        });
        unread.captures += 1;
        unread.newest = look.at;
        unread.url.clone_from(&look.url);
    }
    found.into_values().collect()
}

/// Everything that is wrong with the layouts and with fetching.
pub(super) fn complaints(
    source: &Source,
    file: &str,
    looks: &[Look],
    history: &crawl::History,
) -> Vec<Complaint> {
    let pages: Vec<&Look> = looks.iter().filter(|look| look.text().is_some()).collect();
    let last_run = history.runs.iter().map(|run| run.started).max();
    let new = last_run.map_or(0, |run| pages.iter().filter(|p| p.at >= run).count());
    let examination = Examination { file, pages, new };
    let mut complaints = Vec::new();
    complaints.extend(examination.no_text());
    for layout in &source.layouts {
        if layout.page == PageKind::Statement {
            complaints.extend(examination.empty_selectors(&layout.id));
        }
    }
    complaints.extend(examination.shrunk());
    complaints.extend(blocked(file, looks));
    complaints.extend(nothing_fetched(looks, history, last_run));
    complaints
}

struct Examination<'a> {
    file: &'a str,
    /// Captures that should hold statements, oldest first.
    pages: Vec<&'a Look>,
    /// How many of them are of the last run.
    new: usize,
}

impl Examination<'_> {
    fn complaint(
        &self,
        health: Health,
        layout: Option<&str>,
        what: String,
        cure: String,
    ) -> Complaint {
        Complaint {
            health,
            part: "layout",
            layout: layout.map(str::to_owned),
            key: None,
            selector: None,
            since: None,
            what,
            cure,
        }
    }

    /// Whether so many captures at the end are enough: a run of them, or all of the last crawl.
    fn is_enough(&self, run: usize) -> bool {
        run >= RUN || (run >= 2 && run >= self.new && self.new > 0)
    }

    /// Pages off which no text is read at all.
    fn no_text(&self) -> Option<Complaint> {
        let is_bad = |look: &&Look| look.text() == Some(0);
        let bad: Vec<&&Look> = self.pages.iter().filter(|l| is_bad(l)).collect();
        let (first, last) = (bad.first()?, bad.last()?);
        let recent = &self.pages[self.pages.len().saturating_sub(20)..];
        let share = recent.iter().filter(|l| is_bad(l)).count();
        let run = trailing(&self.pages, |l| is_bad(&l));
        if share == 0 {
            return None;
        }
        let broken = self.is_enough(run) || (share >= RUN && share * 4 >= recent.len());
        // Which selector of the layout that should fit finds nothing on the newest bad page.
        let by = last.expected.as_ref().or(last.seen.as_ref().ok())?;
        let empty = by.keys.iter().find(|k| matches!(k.key, "marks" | "body") && k.chars == 0);
        let layout = by.layout.as_deref();
        let health = if broken { Health::Broken } else { Health::Doubtful };
        let (count, of) = (bad.len(), self.pages.len());
        let what = format!(
            "no layout finds a text on {count} of {of} captures, {share} of the newest {}; newest: {}",
            recent.len(),
            last.url
        );
        let cure = format!(
            "look at that page and add a [[layout]] to {} (or mend the selectors of `{}`), then \
             `demarche run --offline`: the captures are archived and are read again",
            self.file,
            layout.unwrap_or("the newest")
        );
        let since = if run >= 2 { self.pages[self.pages.len() - run].at } else { first.at };
        Some(Complaint {
            key: empty.map(|k| k.key.to_owned()),
            selector: empty.map(|k| k.selector.clone()),
            since: Some(Since::Time(since)),
            ..self.complaint(health, layout, what, cure)
        })
    }

    /// Keys of a layout that found something before and find nothing any more.
    fn empty_selectors(&self, layout: &str) -> Vec<Complaint> {
        let pages: Vec<&Look> =
            self.pages.iter().copied().filter(|l| l.layout() == Some(layout)).collect();
        let mut complaints = Vec::new();
        for key in ["title", "stamp", "dated"] {
            let chars = |look: &Look| look.seen.as_ref().map_or(0, |seen| seen.chars(key));
            let declared = pages
                .first()
                .and_then(|l| l.seen.as_ref().ok())
                .is_some_and(|seen| seen.keys.iter().any(|k| k.key == key));
            let run = trailing(&pages, |look| chars(look) == 0);
            let before = &pages[..pages.len() - run];
            let worked = before.iter().filter(|look| chars(look) > 0).count();
            if !declared || !self.is_enough(run) {
                continue;
            }
            let selector = pages.last().and_then(|l| l.seen.as_ref().ok()).and_then(|seen| {
                seen.keys.iter().find(|k| k.key == key).map(|k| k.selector.clone())
            });
            let lost =
                worked >= RUN.min(before.len()) && worked * 5 >= before.len() * 4 && worked > 0;
            let health = if lost { Health::Broken } else { Health::Doubtful };
            let what = if lost {
                format!(
                    "`{key}` came up empty on the last {run} captures; it found text on {worked} of {} before",
                    before.len()
                )
            } else {
                format!("`{key}` finds nothing on the last {run} captures of {}", pages.len())
            };
            let cure = format!("mend `{key}` of layout `{layout}` in {}", self.file);
            complaints.push(Complaint {
                part: "selector",
                key: Some(key.to_owned()),
                selector,
                since: pages.get(pages.len() - run).map(|look| Since::Time(look.at)),
                ..self.complaint(health, Some(layout), what, cure)
            });
        }
        complaints
    }

    /// Text that shrank to less than half of what it was in the month before.
    fn shrunk(&self) -> Option<Complaint> {
        let pages: Vec<&Look> =
            self.pages.iter().copied().filter(|look| look.text() > Some(0)).collect();
        let newest = (pages.len() / 4).clamp(RUN, 20).max(self.new.min(pages.len() / 2));
        let (before, _) = pages.split_at(pages.len().checked_sub(newest)?);
        let month = last_month(before);
        if month.len() < RUN {
            return None;
        }
        let text = |look: &Look| look.text().unwrap_or(0);
        let outside = |look: &Look| {
            look.seen.as_ref().map_or(0, |seen| seen.visible.saturating_sub(text(look)))
        };
        let usual = median(month.iter().map(|l| text(l)).collect())?;
        let around = median(month.iter().map(|l| outside(l)).collect())?;
        let short = |look: &Look| text(look) * 2 < usual;
        // What the selector lost stands outside of it: shorter texts leave nothing there.
        let lost =
            |look: &Look| short(look) && outside(look).saturating_sub(around) > text(look) / 2;
        let (run, run_lost) = (trailing(&pages, short), trailing(&pages, lost));
        let broken = self.is_enough(run_lost);
        if !broken && run < SHORT_RUN {
            return None;
        }
        let run = if broken { run_lost } else { run };
        let shrunk = &pages[pages.len() - run..];
        let now = median(shrunk.iter().map(|l| text(l)).collect())?;
        let last = shrunk.last()?;
        let seen = last.seen.as_ref().ok()?;
        let best = seen.keys.iter().filter(|k| k.key == "body").max_by_key(|k| k.chars);
        let layout = seen.layout.as_deref();
        let (health, why) = if broken {
            (Health::Broken, "and as much text stands outside of it now")
        } else {
            (Health::Doubtful, "with no more text outside of it: the pages themselves are shorter")
        };
        let what = format!(
            "`body` found {now} characters on the last {run} captures (median), {usual} in the \
             month before, {why}; newest: {}",
            last.url
        );
        let name = layout.unwrap_or("");
        let cure = if broken {
            format!(
                "mend `body` of layout `{name}` in {}, then `demarche run --offline`",
                self.file
            )
        } else {
            format!(
                "look at that page; if text is missing, mend `body` of layout `{name}` in {}",
                self.file
            )
        };
        Some(Complaint {
            part: "selector",
            key: Some("body".to_owned()),
            selector: best.map(|k| k.selector.clone()),
            since: shrunk.first().map(|look| Since::Time(look.at)),
            ..self.complaint(health, layout, what, cure)
        })
    }
}

/// A filter on the way that answers in place of the site.
fn blocked(file: &str, looks: &[Look]) -> Option<Complaint> {
    let is_blocked = |look: &&Look| matches!(&look.seen, Err(reason) if reason.is_blocked());
    let all: Vec<&Look> = looks.iter().collect();
    let run = trailing(&all, |look| is_blocked(&look));
    let first = looks.get(looks.len() - run).filter(|_| run >= RUN)?;
    Some(Complaint {
        health: Health::Broken,
        part: "fetch",
        layout: None,
        key: None,
        selector: None,
        since: Some(Since::Time(first.at)),
        what: format!("the last {run} captures are pages of a filter on the way"),
        cure: format!("crawl from another network or through --proxy; nothing in {file} is wrong"),
    })
}

/// A last run at which every page failed.
fn nothing_fetched(
    looks: &[Look],
    history: &crawl::History,
    last_run: Option<Time>,
) -> Option<Complaint> {
    let start = last_run?;
    let failures: Vec<_> = history.failures.iter().filter(|f| f.at >= start).collect();
    let fetched = looks.iter().filter(|l| l.at >= start && l.seen.is_ok()).count();
    if fetched > 0 || failures.len() < RUN {
        return None;
    }
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for failure in &failures {
        *reasons.entry(failure.reason.words()).or_default() += 1;
    }
    let (reason, n) = reasons.into_iter().max_by_key(|(_, n)| *n)?;
    Some(Complaint {
        health: Health::Broken,
        part: "fetch",
        layout: None,
        key: None,
        selector: None,
        since: failures.first().map(|f| Since::Time(f.at)),
        what: format!("all {} pages of the last run failed, {n} of them: {reason}", failures.len()),
        cure: "see what the site answers in a browser; a block wants another network or --proxy, \
               too many requests a longer --delay"
            .to_owned(),
    })
}

/// How many at the end of `looks` are bad.
fn trailing(looks: &[&Look], bad: impl Fn(&Look) -> bool) -> usize {
    looks.iter().rev().take_while(|look| bad(look)).count()
}

/// Those of the month before the last of them; all where these are too few.
fn last_month<'l>(before: &[&'l Look]) -> Vec<&'l Look> {
    let second = |look: &Look| look.at.0.as_second();
    let newest = before.last().map_or(0, |look| second(look));
    let within = |look: &Look| newest - second(look) <= 31 * 86_400;
    let month: Vec<&Look> = before.iter().copied().filter(|look| within(look)).collect();
    if month.len() >= RUN { month } else { before.to_vec() }
}

fn median(mut values: Vec<usize>) -> Option<usize> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}
