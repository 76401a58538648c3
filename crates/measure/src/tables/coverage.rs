//! Coverage: how much text there is, of which sources and in which weeks, whole or cut.

use std::collections::BTreeSet;

use super::Making;
use super::coded::months;
use crate::observed::{Observed, Text};
use crate::{Figure, Measure, Period, Table, Unit};

/// The table of the sides over the study's period.
pub(crate) fn by_side(making: &mut Making<'_, '_>) -> Table {
    let (period, observed) = (making.study.period, making.observed);
    let mut figures = Vec::new();
    for (side, declared) in making.study.sides.iter().enumerate() {
        let counted: Vec<&Text> = texts(&observed.texts, side, period).collect();
        let aside: Vec<&Text> = texts(&observed.set_aside, side, period).collect();
        let of = |truncated: bool| -> Vec<&Text> {
            counted.iter().copied().filter(|t| t.truncated == truncated).collect()
        };
        let (whole, cut) = (of(false), of(true));
        let found = [&counted[..], &aside[..]].concat();
        let days: BTreeSet<_> = counted.iter().map(|t| t.date).collect();
        let sum = |of: fn(&Text) -> u64| whole.iter().map(|t| of(t)).sum::<u64>();
        let with = |of: fn(&Text) -> u64| -> Vec<&Text> {
            whole.iter().copied().filter(|text| of(text) > 0).collect()
        };
        let rows = [
            ("texts found", Unit::Statements, found.len() as u64, found),
            ("set aside as versions of a counted one", Unit::Statements, aside.len() as u64, aside),
            ("counted, whole", Unit::Statements, whole.len() as u64, whole.clone()),
            ("counted, cut short", Unit::Statements, cut.len() as u64, cut),
            (
                "without a date, in no period",
                Unit::Statements,
                observed.undated.get(&side).copied().unwrap_or(0),
                Vec::new(),
            ),
            ("utterances of whole texts", Unit::Utterances, sum(utterances), with(utterances)),
            ("utterances with a question", Unit::Questions, sum(asked), with(asked)),
            (
                "own-voice segments of whole texts",
                Unit::Segments,
                sum(own_segments),
                with(own_segments),
            ),
            ("days with a text", Unit::Days, days.len() as u64, counted),
        ];
        for (code, unit, count, named) in rows {
            let mut figure = Figure::count(&declared.id, period, code, unit, count);
            making.name(&mut figure, named);
            figures.push(figure);
        }
        let mut covered = coverage(making, side, period);
        making.name(&mut covered, whole);
        figures.push(covered);
    }
    let about = "Every share and rate below rests on the whole texts of this table. Linked \
                 statements (copies, near copies, the same text in another language) count once a \
                 side: whole texts first, then by the study's order of preference.";
    Making::table("coverage", "What there is", about, figures)
}

/// The calendar: texts and utterances by month.
pub(crate) fn by_month(making: &mut Making<'_, '_>) -> Table {
    let (period, observed) = (making.study.period, making.observed);
    let mut figures = Vec::new();
    for (side, declared) in making.study.sides.iter().enumerate() {
        for month in months(making) {
            let inside = |t: &&Text| t.date.month() == month;
            let all: Vec<&Text> = texts(&observed.texts, side, period).filter(inside).collect();
            let cut = all.iter().filter(|t| t.truncated).count() as u64;
            let whole = all.len() as u64 - cut;
            let mut figure =
                Figure::count(&declared.id, period, "counted", Unit::Statements, whole);
            figure.period.clone_from(&month);
            figure.cut = cut;
            if all.is_empty() {
                figure.value = None;
                figure.empty = Some("no text".to_owned());
            }
            making.name(&mut figure, all);
            figures.push(figure);
        }
    }
    let about = "Whole texts by month; cut ones beside them. A month without text is a gap in the \
                 corpus and says nothing about silence.";
    Making::table("calendar", "When there is text", about, figures)
}

/// The share of the weeks of `period` in which a side has a whole text.
fn coverage(making: &Making<'_, '_>, side: usize, period: Period) -> Figure {
    let id = making.side(side);
    let mut figure = Figure::count(id, period, "weeks with a whole text", Unit::Weeks, 0);
    let (with, all) = weeks_with_text(making.observed, side, period);
    figure.measure = Measure::Coverage;
    (figure.k, figure.n) = (with, all);
    figure.value = (all > 0).then(|| with as f64 / all as f64);
    figure
}

/// Weeks of seven days from the period's first day: those with a whole text, and all.
pub(crate) fn weeks_with_text(observed: &Observed, side: usize, period: Period) -> (u64, u64) {
    let week = |day: corpus::Date| period.from.0.until(day.0).map_or(0, |s| s.get_days() / 7);
    let found: BTreeSet<i32> = texts(&observed.texts, side, period)
        .filter(|t| !t.truncated)
        .map(|t| week(t.date))
        .collect();
    (found.len() as u64, week(period.to) as u64 + 1)
}

fn texts(list: &[Text], side: usize, period: Period) -> impl Iterator<Item = &Text> {
    list.iter().filter(move |t| t.side == side && period.contains(t.date))
}

fn utterances(text: &Text) -> u64 {
    text.utterances.iter().filter(|u| u.answered).count() as u64
}

fn asked(text: &Text) -> u64 {
    text.utterances.iter().filter(|u| u.answered && u.asked).count() as u64
}

fn own_segments(text: &Text) -> u64 {
    text.utterances.iter().filter(|u| u.answered).map(|u| u64::from(u.own_segments)).sum()
}
