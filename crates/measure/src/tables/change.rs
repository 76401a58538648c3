//! Change around the events, by week: one segmented regression over all of them, each week weighing
//! its utterances, with Newey-West errors. It is refused with the reason where there are too few
//! weeks or finds, and for an event that follows too soon upon another.

use std::collections::BTreeMap;

use statistics::{Change, LeastPoints, Point, Refused, benjamini_hochberg, changes_at};

use super::Making;
use crate::estimate::LEAST_N;
use crate::observed::{Observed, Text};
use crate::tally::HitAt;
use crate::{Event, Figure, Measure, Period, Table, Unit, Window};

/// One table an event of the study that one model can tell from the others, over its window.
/// Probabilities are adjusted over all of them.
pub(crate) fn tables(making: &mut Making<'_, '_>) -> Vec<Table> {
    let study = making.study;
    let Some(window) = &study.window else { return Vec::new() };
    let mut events: Vec<&Event> = study.events.iter().collect();
    events.retain(|e| window.period.contains(e.date));
    events.sort_by_key(|e| e.date);
    let apart = told_apart(&events);
    let about = about(window, &events, &apart);
    let mut tables = Vec::new();
    let mut tested: Vec<(usize, usize, f64)> = Vec::new();
    for (number, event) in apart.iter().enumerate() {
        let (mut table, p) = around(making, window, event, &apart);
        table.about.clone_from(&about);
        tested.extend(p.into_iter().map(|(row, p)| (number, row, p)));
        tables.push(table);
    }
    let p: Vec<f64> = tested.iter().map(|(.., p)| *p).collect();
    if let Some(adjusted) = benjamini_hochberg(&p) {
        for ((table, row, _), adjusted) in tested.iter().zip(adjusted) {
            tables[*table].figures[*row].p_adjusted = Some(adjusted);
        }
    }
    tables
}

/// The events that one model can tell apart: each follows the last of them by as many weeks as a
/// change needs after its date.
fn told_apart<'e>(events: &[&'e Event]) -> Vec<&'e Event> {
    let least = LeastPoints::default().after as i64;
    let mut apart: Vec<&Event> = Vec::new();
    for event in events {
        if apart.last().is_none_or(|last| week_of(last, event.date) >= least) {
            apart.push(event);
        }
    }
    apart
}

/// What the tables say of themselves, and of the events that have none.
fn about(window: &Window, events: &[&Event], apart: &[&Event]) -> String {
    let least = LeastPoints::default().after;
    let mut about = format!(
        "Own-voice shares of utterances by week, {}, each week weighing its utterances: the jump at \
         the event and the change of the weekly slope after it, in one model with the other events \
         that stand {least} weeks with texts or more apart, with Newey-West errors; p is adjusted by Benjamini \
         and Hochberg over the tables of all events. Weeks without whole texts are gaps.",
        window.period.label(),
    );
    for event in events.iter().filter(|e| apart.iter().all(|other| !std::ptr::eq(*other, **e))) {
        let Event { label, date } = event;
        about.push_str(&format!(
            " {label} ({date}) has no table: it follows another event within {least} weeks, and what \
             changed with either cannot be told apart."
        ));
    }
    about
}

/// The table of one event, with the row and the probability of each test.
fn around(
    making: &mut Making<'_, '_>,
    window: &Window,
    event: &Event,
    apart: &[&Event],
) -> (Table, Vec<(usize, f64)>) {
    let mut figures = Vec::new();
    let mut tested: Vec<(usize, f64)> = Vec::new();
    for side in 0..making.study.sides.len() {
        for code in &window.codes {
            let weekly = weekly(making, window, side, code, event);
            let change = change(&weekly, event, apart);
            for measure in [Measure::Level, Measure::Slope] {
                let (mut figure, p) =
                    figure(making, window, (side, code), &weekly, &change, measure);
                making.quote(&mut figure, &weekly.hits, weekly.total);
                tested.extend(p.map(|p| (figures.len(), p)));
                figures.push(figure);
            }
        }
    }
    let title = format!("Change around {} ({})", event.label, event.date);
    (Making::table(&format!("change-{}", event.date), &title, "", figures), tested)
}

/// Jump or turn as a figure, with its probability. It counts utterances: those with the code, of all.
fn figure(
    making: &Making<'_, '_>,
    window: &Window,
    (side, code): (usize, &str),
    weekly: &Weekly,
    change: &Result<Change, String>,
    measure: Measure,
) -> (Figure, Option<f64>) {
    let (k, n) = weekly.sum();
    let mut figure = Figure::count(making.side(side), window.period, code, Unit::Utterances, k);
    figure.n = n;
    figure.voice = "own".to_owned();
    figure.topic = topic(making, window).unwrap_or_else(|| "all".to_owned());
    figure.detail = format!("{k} of {n} utterances, {} weeks", weekly.weeks.len());
    figure.measure = measure;
    figure.value = None;
    match change {
        Ok(change) => {
            let of = if measure == Measure::Level { change.jump } else { change.turn };
            figure.value = Some(of.value);
            (figure.lo, figure.hi) = (Some(of.interval.low), Some(of.interval.high));
            figure.interval = Some("newey-west".to_owned());
            (figure, Some(of.p))
        }
        Err(reason) => {
            figure.empty = Some(reason.clone());
            (figure, None)
        }
    }
}

/// What changed at `event`, or why that is not said.
fn change(weekly: &Weekly, event: &Event, apart: &[&Event]) -> Result<Change, String> {
    let (found, _) = weekly.sum();
    if found < LEAST_N {
        let found = Unit::Utterances.counted(found);
        return Err(format!("found in {found}; {LEAST_N} are needed"));
    }
    let (points, least) = (weekly.points(), LeastPoints::default());
    let dates: Vec<i64> = apart.iter().map(|other| week_of(event, other.date)).collect();
    let dates = fitting(&points, &dates, least);
    if !dates.contains(&0) {
        let after = points.iter().filter(|point| point.time >= 0).count();
        let before = points.len() - after;
        return Err(weeks_refused(&Refused::TooFew { before, after, least }));
    }
    let changes = changes_at(&points, &dates, None, least);
    let changes = changes.map_err(|refused| weeks_refused(&refused))?;
    changes.changes.into_iter().find(|c| c.at == 0).ok_or_else(|| "not in the model".to_owned())
}

/// The dates around which this series has weeks enough: what it is silent on must not keep the others
/// from being estimated.
fn fitting(points: &[Point], dates: &[i64], least: LeastPoints) -> Vec<i64> {
    let before = |date: i64| points.iter().filter(|point| point.time < date).count();
    let mut fitting = Vec::new();
    let mut end = points.len();
    for &date in dates.iter().rev().filter(|date| before(**date) >= least.before) {
        if end - before(date) >= least.after {
            fitting.push(date);
            end = before(date);
        }
    }
    fitting.reverse();
    fitting
}

fn weeks_refused(refused: &Refused) -> String {
    match refused {
        Refused::TooFew { before, after, least } => format!(
            "{before} weeks before and {after} after; {} and {} are needed",
            least.before, least.after
        ),
        other => other.to_string(),
    }
}

fn topic(making: &Making<'_, '_>, window: &Window) -> Option<String> {
    making.study.topic.clone().filter(|_| window.on_topic)
}

/// Utterances of one side by week, and those of them with one code in its own voice.
#[derive(Default)]
struct Weekly {
    /// With the code and all, by week; week 0 begins with the event's day. Weeks without an utterance
    /// of a whole text are left out.
    weeks: BTreeMap<i64, (u64, u64)>,
    /// What was found, as much as figures name.
    hits: Vec<HitAt>,
    /// How much was found.
    total: u64,
}

impl Weekly {
    fn sum(&self) -> (u64, u64) {
        self.weeks.values().fold((0, 0), |(k, n), week| (k + week.0, n + week.1))
    }

    fn points(&self) -> Vec<Point> {
        let point = |(&time, &(k, n)): (&i64, &(u64, u64))| Point {
            time,
            value: k as f64 / n as f64,
            weight: n as f64,
        };
        self.weeks.iter().map(point).collect()
    }
}

fn weekly(
    making: &Making<'_, '_>,
    window: &Window,
    side: usize,
    code: &str,
    event: &Event,
) -> Weekly {
    let observed = making.observed;
    let topic = topic(making, window).map(|t| observed.names.find(&t).unwrap_or(u32::MAX));
    let code = observed.names.find(code).unwrap_or(u32::MAX);
    let referent = making.study.topic.as_ref().and_then(|t| observed.names.find(t));
    let naming = |h: &crate::observed::Hit| h.referent == 0 || Some(h.referent) == referent;
    let counts = |h: &crate::observed::Hit| {
        h.code == code && h.voice == corpus::Voice::Own && (h.form == 0 || naming(h))
    };
    let mut weekly = Weekly::default();
    for (number, text) in of_side(observed, side, window.period) {
        let week = week_of(event, text.date);
        for (place, utterance) in text.utterances.iter().enumerate() {
            if !utterance.answered || !utterance.is_on(topic) {
                continue;
            }
            let before = weekly.total;
            for (at, _) in utterance.hits_on(topic).filter(|(_, h)| counts(h)) {
                weekly.total += 1;
                if weekly.hits.len() < observed.named.kept() {
                    weekly.hits.push((number as u32, place as u32, at as u32));
                }
            }
            let (k, n) = weekly.weeks.entry(week).or_default();
            *n += 1;
            *k += u64::from(weekly.total > before);
        }
    }
    weekly
}

/// The week in which `day` falls, counted from the event's day on.
fn week_of(event: &Event, day: corpus::Date) -> i64 {
    let days = event.date.0.until(day.0).map_or(0, |span| span.get_days());
    i64::from(days.div_euclid(7))
}

/// The whole texts of a side in a period, by number.
fn of_side(
    observed: &Observed,
    side: usize,
    period: Period,
) -> impl Iterator<Item = (usize, &Text)> {
    let inside = move |t: &Text| t.side == side && !t.truncated && period.contains(t.date);
    observed.texts.iter().enumerate().filter(move |(_, t)| inside(t))
}
