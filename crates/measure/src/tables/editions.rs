//! Editions: each source with all its texts, those included that the sides' tables set aside as
//! versions of another, and the same measures over them.
//!
//! A ministry that publishes in two languages does not say the same in both; what it chose to
//! translate is not all that it said.

use std::collections::BTreeMap;

use corpus::Voice;

use super::Making;
use super::coded::{self, narrowest};
use crate::estimate::{fill, no_text, withhold_below_ten};
use crate::observed::Text;
use crate::tally::{Key, Place, Tally, by_edition};
use crate::{Figure, Measure, Table, Unit};

/// Each source with all its texts, those set aside included.
pub(crate) fn sources(making: &mut Making<'_, '_>) -> Table {
    let (period, observed) = (making.study.period, making.observed);
    let mut found: BTreeMap<(usize, u32), [Vec<&Text>; 3]> = BTreeMap::new();
    for (list, aside) in [(&observed.texts, false), (&observed.set_aside, true)] {
        for text in list.iter().filter(|t| period.contains(t.date)) {
            let [whole, cut, set_aside] = found.entry((text.side, text.source)).or_default();
            (if text.truncated { cut } else { whole }).push(text);
            if aside {
                set_aside.push(text);
            }
        }
    }
    let mut figures = Vec::new();
    for ((side, source), lists) in found {
        let details = ["whole", "cut short", "set aside as versions of a counted one"];
        for (detail, named) in details.into_iter().zip(lists) {
            let (side, count) = (making.side(side), named.len() as u64);
            let name = observed.names.of(source);
            let mut figure = Figure::count(side, period, name, Unit::Statements, count);
            figure.detail = detail.to_owned();
            making.name(&mut figure, named);
            figures.push(figure);
        }
    }
    let about = "Editions: all texts of each source, before linked ones are set aside.";
    Making::table("editions", "Sources", about, figures)
}

/// Own-voice occurrences and shares of each code that a side was found to use, by its sources; of
/// sides with several.
pub(crate) fn measured(making: &mut Making<'_, '_>) -> Table {
    let (editions, tally) = by_edition(making.study, making.observed);
    let mut figures = Vec::new();
    for family in [coded::NAMING, coded::FRAMES, coded::BLAME] {
        for code in making.family(family.name()) {
            let number = making.observed.names.find(&code).unwrap_or(u32::MAX);
            let key = Key { code: number, facet: narrowest(making, family), voice: Voice::Own };
            for &scope in making.scopes() {
                for side in 0..making.study.sides.len() {
                    let mine = editions.iter().enumerate().filter(|(_, edition)| edition.0 == side);
                    let mine: Vec<(usize, u32)> = mine.map(|(place, e)| (place, e.1)).collect();
                    let found = |place: &usize| {
                        let cell = tally.cell(&Place { side: *place, scope, month: None }, key);
                        cell.occurrences + cell.cut_occurrences > 0
                    };
                    if mine.len() < 2 || !mine.iter().any(|(place, _)| found(place)) {
                        continue;
                    }
                    for (place, source) in mine {
                        let place = Place { side: place, scope, month: None };
                        let edition = (side, source, &place);
                        figures.extend(of_edition(making, &tally, edition, (key, &code)));
                    }
                }
            }
        }
    }
    let about = "The measures of the sides' tables by source: every edition counts its own texts, \
                 also those that the other tables set aside as versions of a counted one, so that \
                 the rows of a side do not add up to it. Own voice; a naming term counts where it \
                 means the study's event. Shares are over utterances of whole texts, none below 10.";
    Making::table("by-edition", "The same by edition", about, figures)
}

fn of_edition(
    making: &mut Making<'_, '_>,
    tally: &Tally,
    (side, source, place): (usize, u32, &Place),
    (key, code): (Key, &str),
) -> [Figure; 2] {
    let (cell, base) = (tally.cell(place, key), tally.base(place));
    let of_side = Place { side, ..place.clone() };
    let figures = [Measure::Occurrences, Measure::Share].map(|measure| {
        let mut figure = making.figure(&of_side, Voice::Own, code, measure);
        making.observed.names.of(source).clone_into(&mut figure.detail);
        making.quote(&mut figure, &cell.hits, cell.occurrences + cell.cut_occurrences);
        figure
    });
    let [mut occurrences, mut share] = figures;
    (occurrences.k, occurrences.n) = (cell.occurrences, cell.occurrences);
    (occurrences.cut, occurrences.statements) = (cell.cut_occurrences, cell.texts);
    match base.is_empty() {
        true => occurrences.empty = Some(no_text(&occurrences)),
        false => occurrences.value = Some(cell.occurrences as f64),
    }
    fill(&mut share, &base.share(cell, Voice::Own), making.study);
    withhold_below_ten(&mut share);
    share.cut = cell.cut_texts;
    [occurrences, share]
}
