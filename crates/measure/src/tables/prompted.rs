//! What stands in for what: which of the terms that could name the event are used, whether an
//! answer takes up the term of its question, and fixed phrases that decline an answer.

use std::collections::BTreeMap;

use corpus::Voice;
use statistics::Cluster;

use super::Making;
use super::coded::{narrowest, share};
use crate::estimate::{fill, grouped, withhold_below_ten};
use crate::observed::{Hit, Spoken};
use crate::tally::{Facet, HitAt, Key, Place, Scope};
use crate::{Measure, Table, Unit};

/// The tables of substitution, prompting and refusal that the study asks for.
pub(crate) fn tables(making: &mut Making<'_, '_>) -> Vec<Table> {
    vec![substitution(making), prompted(making), refusals(making)]
}

/// Own-voice occurrences of each term over those of all terms that stand in for one another.
fn substitution(making: &mut Making<'_, '_>) -> Table {
    let terms = making.study.substitutes.clone();
    let facet = narrowest(making, super::coded::NAMING);
    let scope = making.scopes()[0];
    let mut months: Vec<Option<String>> = vec![None];
    months.extend(super::coded::months(making).into_iter().map(Some));
    let mut figures = Vec::new();
    for side in 0..making.study.sides.len() {
        for month in &months {
            let place = Place { side, scope, month: month.clone() };
            let cells: Vec<_> = terms
                .iter()
                .map(|term| {
                    let code = making.observed.names.find(term).unwrap_or(u32::MAX);
                    making.tally.cell(&place, Key { code, facet, voice: Voice::Own })
                })
                .collect();
            let all: u64 = cells.iter().map(|c| c.occurrences).sum();
            for (term, cell) in terms.iter().zip(cells) {
                let mut figure = making.figure(&place, Voice::Own, term, Measure::Composition);
                figure.unit = Unit::Occurrences;
                figure.detail = making.detail(facet);
                (figure.k, figure.n) = (cell.occurrences, all);
                figure.cut = cell.cut_occurrences;
                figure.statements = cell.texts;
                figure.value = (all > 0).then(|| cell.occurrences as f64 / all as f64);
                if all == 0 {
                    figure.empty = Some("no term of the set in whole texts".to_owned());
                }
                if month.is_some() {
                    withhold_below_ten(&mut figure);
                }
                making.quote(&mut figure, &cell.hits, cell.occurrences + cell.cut_occurrences);
                figures.push(figure);
            }
        }
    }
    let about = "Of all own-voice words of the set that name the event, the share of each. \
                 Occurrences in one text are not independent, so no interval is given.";
    Making::table("substitution", "Which word instead", about, figures)
}

/// Of the answers whose question has the term, those that have it too.
fn prompted(making: &mut Making<'_, '_>) -> Table {
    let facet = narrowest(making, super::coded::NAMING);
    let mut figures = Vec::new();
    for term in making.study.prompts.clone() {
        let code = making.observed.names.find(&term).unwrap_or(u32::MAX);
        for side in 0..making.study.sides.len() {
            let place = Place { side, scope: Scope::All, month: None };
            let mut figure = making.figure(&place, Voice::Own, &term, Measure::Prompted);
            let (clusters, hits, total) = prompted_clusters(making, side, code, facet);
            figure.unit = Unit::Questions;
            figure.detail = making.detail(facet);
            fill(&mut figure, &grouped(&clusters), making.study);
            if figure.n == 0 {
                figure.empty = Some("no question has the term".to_owned());
            }
            withhold_below_ten(&mut figure);
            making.quote(&mut figure, &hits, total);
            figures.push(figure);
        }
    }
    let about = "Given that a question names the event by the term, the share of answers that use \
                 it in their own voice. A low share is avoidance only beside how often the answer \
                 had reason to name the event at all.";
    Making::table("prompted", "Asked with the word, answered with it?", about, figures)
}

/// Answers that decline in a fixed phrase, over answers.
fn refusals(making: &mut Making<'_, '_>) -> Table {
    let mut figures = Vec::new();
    // Of a code that the codebook lacks, 0 would be no finding.
    let known = |code: &&String| making.setting.codes.iter().any(|c| c.code == **code);
    let codes: Vec<String> = making.study.refusals.iter().filter(known).cloned().collect();
    for code in codes {
        for &scope in making.scopes() {
            for side in 0..making.study.sides.len() {
                let place = Place { side, scope, month: None };
                figures.push(share(making, &place, &code, Facet::Any, Voice::Own));
            }
        }
    }
    let about = "Utterances with a fixed phrase of the codebook that declines an answer. The \
                 phrase is counted; whether the answer evades is not decided here.";
    Making::table("refusals", "Refusal formulas", about, figures)
}

/// Per whole text: answers that take the term up, over answers whose question has it; the first
/// places, and how many there are.
fn prompted_clusters(
    making: &Making<'_, '_>,
    side: usize,
    code: u32,
    facet: Facet,
) -> (Vec<Cluster>, Vec<HitAt>, u64) {
    let meant = |hit: &Hit| match facet {
        Facet::Referent(referent) => hit.code == code && hit.referent == referent,
        _ => hit.code == code,
    };
    let mut clusters: BTreeMap<u32, Cluster> = BTreeMap::new();
    let (mut hits, mut total) = (Vec::new(), 0);
    for (number, text) in making.observed.texts.iter().enumerate() {
        let period = making.study.period;
        if text.side != side || text.truncated || !period.contains(text.date) {
            continue;
        }
        for (place, utterance) in text.utterances.iter().enumerate() {
            let Some(answered) = taken_up(utterance, meant) else { continue };
            let cluster = clusters.entry(number as u32).or_default();
            cluster.of += 1;
            cluster.count += u64::from(answered);
            let shown = |h: &Hit| meant(h) && matches!(h.voice, Voice::Question | Voice::Own);
            let shown = utterance.hits.iter().enumerate().filter(|(_, h)| shown(h));
            for (at, _) in shown {
                total += 1;
                if hits.len() < making.observed.named.kept() {
                    hits.push((number as u32, place as u32, at as u32));
                }
            }
        }
    }
    (clusters.into_values().collect(), hits, total)
}

/// Whether the answer has the term in its own voice; `None` where its question has not.
pub(crate) fn taken_up(utterance: &Spoken, meant: impl Fn(&Hit) -> bool) -> Option<bool> {
    let has = |voice: Voice| utterance.hits.iter().any(|h| h.voice == voice && meant(h));
    (utterance.asked && utterance.answered && has(Voice::Question)).then(|| has(Voice::Own))
}
