//! Naming, frames and blame by side, topic and voice: over the whole period and by month.

use corpus::{BlameKind, Voice};

use super::Making;
use crate::estimate::{fill, no_text, withhold_below_ten};
use crate::tally::{Facet, Key, Place, Scope};
use crate::{Figure, Measure, Table};

/// One family of codes and how its tables are headed.
#[derive(Clone, Copy)]
pub(crate) struct Family {
    id: &'static str,
    title: &'static str,
    about: &'static str,
}

impl Family {
    /// The family as it stands before the colon of a code.
    pub fn name(self) -> &'static str {
        self.id
    }
}

pub(crate) const NAMING: Family = Family {
    id: "naming",
    title: "What it is called",
    about: "Terms that name a war, crisis or state of affairs: every occurrence, and beside it \
            those whose referent is the study's event. The plain count alone misleads: the same \
            word names other wars.",
};

pub(crate) const FRAMES: Family =
    Family { id: "frame", title: "Frames", about: "What the words invoke, whoever is meant." };

pub(crate) const BLAME: Family = Family {
    id: "blame",
    title: "Blame",
    about: "Who is held responsible (causal) or condemned, in whose voice. What a state relays is \
            not its own blame.",
};

const COUNTED: &str = "Shares are over utterances of whole texts (an answer with its question; the \
                       whole text elsewhere), rates are own-voice segments with the code per 100 \
                       own-voice segments. What texts cut short hold stands beside as +n cut.";

/// The table of a family over the study's period.
pub(crate) fn whole_period(making: &mut Making<'_, '_>, family: Family) -> Table {
    let mut figures = Vec::new();
    for code in making.family(family.id) {
        for &scope in making.scopes() {
            for side in 0..making.study.sides.len() {
                let place = Place { side, scope, month: None };
                for voice in [Voice::Own, Voice::Relayed, Voice::Question] {
                    for facet in facets(making, family) {
                        figures.extend(of_code(making, &place, &code, facet, voice));
                    }
                }
            }
        }
    }
    let about = format!("{} {COUNTED}", family.about);
    Making::table(family.id, family.title, &about, figures)
}

/// The own-voice shares of a family by month, none below ten utterances.
pub(crate) fn by_month(making: &mut Making<'_, '_>, family: Family) -> Table {
    let scope = if making.study.topic.is_some() { Scope::Topic } else { Scope::All };
    let facet = narrowest(making, family);
    let mut figures = Vec::new();
    for code in making.family(family.id) {
        for side in 0..making.study.sides.len() {
            for month in months(making) {
                let place = Place { side, scope, month: Some(month) };
                let mut figure = share(making, &place, &code, facet, Voice::Own);
                withhold_below_ten(&mut figure);
                figures.push(figure);
            }
        }
    }
    let title = format!("{}, by month", family.title);
    let about = "Own-voice shares of utterances. Below 10 utterances there is no number; a month \
                 without text is a gap, not a zero.";
    Making::table(&format!("{}-by-month", family.id), &title, about, figures)
}

/// The months of the study's period, in order.
pub(crate) fn months(making: &Making<'_, '_>) -> Vec<String> {
    let (from, to) = (making.study.period.from, making.study.period.to);
    let mut day = from.0.first_of_month();
    let mut months = Vec::new();
    while day <= to.0 {
        months.push(corpus::Date(day).month());
        let Ok(next) = day.checked_add(jiff::Span::new().months(1)) else { break };
        day = next;
    }
    months
}

/// The facets that a family is shown for.
fn facets(making: &Making<'_, '_>, family: Family) -> Vec<Facet> {
    match family.id {
        "naming" => {
            let narrow = narrowest(making, family);
            if narrow == Facet::Any { vec![narrow] } else { vec![Facet::Any, narrow] }
        }
        "blame" => {
            vec![Facet::Any, Facet::Kind(BlameKind::Causal), Facet::Kind(BlameKind::Condemn)]
        }
        _ => vec![Facet::Any],
    }
}

/// For naming, the referent that is the study's topic, even where nothing has it.
pub(crate) fn narrowest(making: &Making<'_, '_>, family: Family) -> Facet {
    match making.study.topic.as_deref() {
        Some(topic) if family.id == "naming" => {
            Facet::Referent(making.observed.names.find(topic).unwrap_or(u32::MAX))
        }
        _ => Facet::Any,
    }
}

/// Share, rate (own voice only) and occurrences of one code at one place.
fn of_code(
    making: &mut Making<'_, '_>,
    place: &Place,
    code: &str,
    facet: Facet,
    voice: Voice,
) -> Vec<Figure> {
    let mut figures = vec![occurrences(making, place, code, facet, voice)];
    figures.push(share(making, place, code, facet, voice));
    if voice == Voice::Own {
        figures.push(rate(making, place, code, facet));
    }
    figures
}

fn key(making: &Making<'_, '_>, code: &str, facet: Facet, voice: Voice) -> Key {
    Key { code: making.observed.names.find(code).unwrap_or(u32::MAX), facet, voice }
}

pub(crate) fn share(
    making: &mut Making<'_, '_>,
    place: &Place,
    code: &str,
    facet: Facet,
    voice: Voice,
) -> Figure {
    let mut figure = making.figure(place, voice, code, Measure::Share);
    let cell = making.tally.cell(place, key(making, code, facet, voice));
    let base = making.tally.base(place);
    figure.detail = making.detail(facet);
    fill(&mut figure, &base.share(cell, voice), making.study);
    figure.cut = cell.cut_texts;
    making.quote(&mut figure, &cell.hits, cell.occurrences + cell.cut_occurrences);
    figure
}

fn rate(making: &mut Making<'_, '_>, place: &Place, code: &str, facet: Facet) -> Figure {
    let mut figure = making.figure(place, Voice::Own, code, Measure::Rate);
    let cell = making.tally.cell(place, key(making, code, facet, Voice::Own));
    let base = making.tally.base(place);
    figure.detail = making.detail(facet);
    fill(&mut figure, &base.rate(cell), making.study);
    figure.cut = cell.cut_texts;
    making.quote(&mut figure, &cell.hits, cell.occurrences + cell.cut_occurrences);
    figure
}

fn occurrences(
    making: &mut Making<'_, '_>,
    place: &Place,
    code: &str,
    facet: Facet,
    voice: Voice,
) -> Figure {
    let mut figure = making.figure(place, voice, code, Measure::Occurrences);
    let cell = making.tally.cell(place, key(making, code, facet, voice));
    let base = making.tally.base(place);
    figure.detail = making.detail(facet);
    figure.statements = cell.texts;
    figure.k = cell.occurrences;
    figure.n = cell.occurrences;
    figure.cut = cell.cut_occurrences;
    if base.is_empty() {
        figure.empty = Some(no_text(&figure));
    } else {
        figure.value = Some(cell.occurrences as f64);
    }
    making.quote(&mut figure, &cell.hits, cell.occurrences + cell.cut_occurrences);
    figure
}
