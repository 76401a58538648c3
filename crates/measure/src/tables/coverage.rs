//! Coverage: how much text there is, of which sources and in which weeks, whole or cut; and which
//! of the cited statements the corpus holds.

use std::collections::{BTreeMap, BTreeSet};

use super::Making;
use super::coded::months;
use crate::observe::{Observed, Text};
use crate::{Figure, Measure, Period, Table, Unit};

/// The table of the sides over the study's period.
pub(crate) fn by_side(making: &Making<'_>) -> Table {
    let period = making.study.period;
    let mut figures = Vec::new();
    for (side, declared) in making.study.sides.iter().enumerate() {
        let count = |code: &str, unit, n: u64| Figure::count(&declared.id, period, code, unit, n);
        let counted: Vec<&Text> = texts(&making.observed.texts, side, period).collect();
        let aside = texts(&making.observed.set_aside, side, period).count() as u64;
        let whole: Vec<&Text> = counted.iter().copied().filter(|t| !t.truncated).collect();
        let cut = (counted.len() - whole.len()) as u64;
        let undated = making.observed.undated.get(&side).copied().unwrap_or(0);
        let days: BTreeSet<_> = counted.iter().map(|t| t.date).collect();
        let sum = |of: fn(&Text) -> u64| whole.iter().map(|t| of(t)).sum::<u64>();
        figures.extend([
            count("texts found", Unit::Statements, counted.len() as u64 + aside),
            count("set aside as versions of a counted one", Unit::Statements, aside),
            count("counted, whole", Unit::Statements, whole.len() as u64),
            count("counted, cut short", Unit::Statements, cut),
            count("without a date, in no period", Unit::Statements, undated),
            count("utterances of whole texts", Unit::Utterances, sum(utterances)),
            count("utterances with a question", Unit::Questions, sum(asked)),
            count("own-voice segments of whole texts", Unit::Segments, sum(own_segments)),
            count("days with a text", Unit::Days, days.len() as u64),
        ]);
        figures.push(coverage(making, side, period));
    }
    let about = "Every share and rate below rests on the whole texts of this table. Linked \
                 statements (copies, near copies, the same text in another language) count once a \
                 side: whole texts first, then by the study's order of preference.";
    Making::table("coverage", "What there is", about, figures)
}

/// The calendar: texts and utterances by month.
pub(crate) fn by_month(making: &Making<'_>) -> Table {
    let mut figures = Vec::new();
    for (side, declared) in making.study.sides.iter().enumerate() {
        for month in months(making) {
            let inside = |t: &&Text| t.date.month() == month;
            let all = texts(&making.observed.texts, side, making.study.period).filter(inside);
            let (mut whole, mut cut) = (0, 0);
            all.for_each(|t| if t.truncated { cut += 1 } else { whole += 1 });
            let period = making.study.period;
            let mut figure =
                Figure::count(&declared.id, period, "counted", Unit::Statements, whole);
            figure.period.clone_from(&month);
            figure.cut = cut;
            if whole + cut == 0 {
                figure.value = None;
                figure.empty = Some("no text".to_owned());
            }
            figures.push(figure);
        }
    }
    let about = "Whole texts by month; cut ones beside them. A month without text is a gap in the \
                 corpus and says nothing about silence.";
    Making::table("calendar", "When there is text", about, figures)
}

/// Each source with all its texts, those set aside included.
pub(crate) fn editions(making: &Making<'_>) -> Table {
    let period = making.study.period;
    let mut found: BTreeMap<(usize, u32), [u64; 3]> = BTreeMap::new();
    for (list, aside) in [(&making.observed.texts, false), (&making.observed.set_aside, true)] {
        for text in list.iter().filter(|t| period.contains(t.date)) {
            let [whole, cut, set_aside] = found.entry((text.side, text.source)).or_default();
            *(if text.truncated { cut } else { whole }) += 1;
            *set_aside += u64::from(aside);
        }
    }
    let mut figures = Vec::new();
    for ((side, source), [whole, cut, set_aside]) in found {
        let side = making.side(side);
        let name = making.observed.names.of(source);
        let counts = [
            ("whole", whole),
            ("cut short", cut),
            ("set aside as versions of a counted one", set_aside),
        ];
        for (detail, count) in counts {
            let mut figure = Figure::count(side, period, name, Unit::Statements, count);
            figure.detail = detail.to_owned();
            figures.push(figure);
        }
    }
    let about = "Editions: all texts of each source, before linked ones are set aside.";
    Making::table("editions", "Sources", about, figures)
}

/// Which of the cited statements the corpus holds.
pub(crate) fn cited(making: &Making<'_>) -> Option<Table> {
    let mut figures = Vec::new();
    for cited in &making.study.cited {
        let period = Period { from: cited.date, to: cited.date };
        let (held, how) = held(making.observed, &cited.address);
        let mut figure = Figure::count("", period, &cited.key, Unit::Statements, held);
        figure.detail = format!("{how}: {} {}", cited.issuer, cited.title);
        figures.push(figure);
    }
    let about = "The statements that the repeated work cites, by address: held (1), held under \
                 another address (1), or not held (0).";
    let table = Making::table("cited", "Cited statements", about, figures);
    (!table.figures.is_empty()).then_some(table)
}

/// The share of the weeks of `period` in which a side has a whole text.
fn coverage(making: &Making<'_>, side: usize, period: Period) -> Figure {
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

/// Whether an address is held, and how: scheme, `www.` and the section folders of a site that
/// moved its pages do not matter, the page's own name does.
fn held(observed: &Observed, address: &str) -> (u64, &'static str) {
    if observed.addresses.contains_key(address) {
        return (1, "held");
    }
    let Some(name) = page_name(address) else { return (0, "not held") };
    if observed.addresses.keys().any(|known| page_name(known) == Some(name)) {
        return (1, "held under another address");
    }
    (0, "not held")
}

/// The last part of an address, where it is one page's own: at least six digits in it.
fn page_name(address: &str) -> Option<&str> {
    let name = address.rsplit('/').next()?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    (stem.bytes().filter(u8::is_ascii_digit).count() >= 6).then_some(stem)
}
