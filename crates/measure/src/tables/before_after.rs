//! Before and after the first event of the period: own-voice shares and their difference.

use corpus::Voice;
use statistics::cluster_difference;

use super::Making;
use super::coded::{self, narrowest};
use crate::estimate::{LEAST_N, fill, resampling, set_interval, withhold_below_ten};
use crate::tally::{Key, Place, Tally, tally};
use crate::{Figure, Measure, Period, Table};

/// Shares before, shares after and the difference of each code that was found at all.
pub(crate) fn table(making: &mut Making<'_, '_>) -> Option<Table> {
    let period = making.study.period;
    let inside = |e: &&crate::Event| period.from < e.date && e.date <= period.to;
    let event = making.study.events.iter().find(inside)?.clone();
    let eve = event.date.0.yesterday().ok().map(corpus::Date)?;
    let spans = [Period { from: period.from, to: eve }, Period { from: event.date, to: period.to }];
    let tallies = spans.map(|span| tally(making.study, making.observed, span));
    let mut figures = Vec::new();
    for family in [coded::NAMING, coded::FRAMES, coded::BLAME] {
        let facet = narrowest(making, family);
        for code in making.family(family.name()) {
            let number = making.observed.names.find(&code).unwrap_or(u32::MAX);
            let key = Key { code: number, facet, voice: Voice::Own };
            for side in 0..making.study.sides.len() {
                let place = Place { side, scope: making.scopes()[0], month: None };
                figures.extend(compared(making, &tallies, spans, (&place, key, &code)));
            }
        }
    }
    let about = format!(
        "Own-voice shares of utterances of whole texts before {} ({}) and from that day on, and \
         the later less the earlier. Below {LEAST_N} utterances there is no number.",
        event.date, event.label
    );
    Some(Making::table("before-after", "Before and after", &about, figures))
}

fn compared(
    making: &mut Making<'_, '_>,
    tallies: &[Tally; 2],
    spans: [Period; 2],
    (place, key, code): (&Place, Key, &str),
) -> Vec<Figure> {
    let mut clusters = Vec::new();
    let mut figures = Vec::new();
    for (tally, span) in tallies.iter().zip(spans) {
        let cell = tally.cell(place, key);
        let found = tally.base(place).share(cell, Voice::Own);
        let mut figure = making.figure(place, Voice::Own, code, Measure::Share);
        figure.period = span.label();
        figure.detail = making.detail(key.facet);
        fill(&mut figure, &found, making.study);
        withhold_below_ten(&mut figure);
        figure.cut = cell.cut_texts;
        making.quote(&mut figure, &cell.hits, cell.occurrences + cell.cut_occurrences);
        figures.push(figure);
        clusters.push(found);
    }
    let mut change = making.figure(place, Voice::Own, code, Measure::Difference);
    change.period = "after less before".to_owned();
    change.detail = making.detail(key.facet);
    let (before, after) = (&figures[0], &figures[1]);
    (change.k, change.n) = (before.k + after.k, before.n + after.n);
    match before.value.zip(after.value) {
        Some((x, y)) => {
            change.value = Some(y - x);
            let drawn = resampling(making.study);
            let range = cluster_difference(&clusters[1].list, &clusters[0].list, drawn);
            set_interval(&mut change, range);
        }
        None => change.empty = Some(format!("fewer than {LEAST_N} utterances before or after")),
    }
    let cells = tallies.each_ref().map(|tally| tally.cell(place, key));
    let total = cells.iter().map(|c| c.occurrences + c.cut_occurrences).sum();
    making.quote(&mut change, cells.iter().flat_map(|c| &c.hits), total);
    figures.push(change);
    figures
}
