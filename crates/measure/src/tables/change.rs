//! Change around an event, by week: a segmented regression with Newey-West errors, refused with
//! the reason where there are too few weeks.

use std::collections::BTreeMap;

use statistics::{LeastPoints, Refused, benjamini_hochberg, change_at};

use super::Making;
use crate::observed::{Observed, Text};
use crate::tally::HitAt;
use crate::{Event, Figure, Measure, Period, Table, Unit, Window};

/// One table an event of the study, over its window.
pub(crate) fn tables(making: &mut Making<'_, '_>) -> Vec<Table> {
    let study = making.study;
    let Some(window) = &study.window else { return Vec::new() };
    let inside = |e: &&Event| window.period.contains(e.date);
    study.events.iter().filter(inside).map(|event| around(making, window, event)).collect()
}

fn around(making: &mut Making<'_, '_>, window: &Window, event: &Event) -> Table {
    let mut figures = Vec::new();
    let mut tested: Vec<(usize, f64)> = Vec::new();
    for side in 0..making.study.sides.len() {
        for code in &window.codes {
            let (points, hits, total) = weekly(making, window, side, code, event);
            let (jump, turn) = changes(making, window, (side, code), &points);
            for (mut figure, p) in [jump, turn] {
                making.quote(&mut figure, &hits, total);
                if let Some(p) = p {
                    tested.push((figures.len(), p));
                }
                figures.push(figure);
            }
        }
    }
    let p: Vec<f64> = tested.iter().map(|(_, p)| *p).collect();
    if let Some(adjusted) = benjamini_hochberg(&p) {
        for ((place, _), adjusted) in tested.iter().zip(adjusted) {
            figures[*place].p_adjusted = Some(adjusted);
        }
    }
    let about = format!(
        "Own-voice shares of utterances by week, {}: the jump at the event and the change of the \
         weekly slope after it, with Newey-West errors; p is adjusted by Benjamini and Hochberg \
         over the table. Weeks without whole texts are gaps.",
        window.period.label()
    );
    let title = format!("Change around {} ({})", event.label, event.date);
    Making::table(&format!("change-{}", event.date), &title, &about, figures)
}

/// Jump and turn as figures, with their probabilities.
fn changes(
    making: &Making<'_, '_>,
    window: &Window,
    (side, code): (usize, &str),
    points: &[(i64, f64)],
) -> ((Figure, Option<f64>), (Figure, Option<f64>)) {
    let fit = change_at(points, 0, None, LeastPoints::default());
    let figure = |measure: Measure| {
        let weeks = points.len() as u64;
        let id = making.side(side);
        let mut figure = Figure::count(id, window.period, code, Unit::Weeks, weeks);
        figure.voice = "own".to_owned();
        figure.topic = topic(making, window).unwrap_or_else(|| "all".to_owned());
        figure.measure = measure;
        figure.value = None;
        let of = |c: &statistics::Change| match measure {
            Measure::Level => c.jump,
            _ => c.turn,
        };
        let p = match &fit {
            Ok(change) => {
                let coefficient = of(change);
                figure.value = Some(coefficient.value);
                figure.lo = Some(coefficient.interval.low);
                figure.hi = Some(coefficient.interval.high);
                figure.interval = Some("newey-west".to_owned());
                Some(coefficient.p)
            }
            Err(refused) => {
                figure.empty = Some(weeks_refused(refused));
                None
            }
        };
        (figure, p)
    };
    (figure(Measure::Level), figure(Measure::Slope))
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

/// Share of utterances by week, week 0 beginning with the event's day; weeks without an utterance
/// of a whole text are left out. With it what was found, as much as figures name, and how much.
fn weekly(
    making: &Making<'_, '_>,
    window: &Window,
    side: usize,
    code: &str,
    event: &Event,
) -> (Vec<(i64, f64)>, Vec<HitAt>, u64) {
    let observed = making.observed;
    let topic = topic(making, window).map(|t| observed.names.find(&t).unwrap_or(u32::MAX));
    let code = observed.names.find(code).unwrap_or(u32::MAX);
    let referent = making.study.topic.as_ref().and_then(|t| observed.names.find(t));
    let mut weeks: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
    let (mut hits, mut total) = (Vec::new(), 0);
    for (number, text) in of_side(observed, side, window.period) {
        let days = event.date.0.until(text.date.0).map_or(0, |s| s.get_days());
        let (k, n) = weeks.entry(i64::from(days.div_euclid(7))).or_default();
        for (place, utterance) in text.utterances.iter().enumerate() {
            if !utterance.answered || !utterance.is_on(topic) {
                continue;
            }
            let naming = |h: &crate::observed::Hit| h.referent == 0 || Some(h.referent) == referent;
            let counts = |h: &crate::observed::Hit| {
                h.code == code && h.voice == corpus::Voice::Own && (h.form == 0 || naming(h))
            };
            let found = utterance.hits_on(topic).filter(|(_, h)| counts(h));
            let before = total;
            for (at, _) in found {
                total += 1;
                if hits.len() < observed.named.kept() {
                    hits.push((number as u32, place as u32, at as u32));
                }
            }
            *n += 1;
            *k += u64::from(total > before);
        }
    }
    let share = |(week, (k, n)): (i64, (u64, u64))| (n > 0).then(|| (week, k as f64 / n as f64));
    (weeks.into_iter().filter_map(share).collect(), hits, total)
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
