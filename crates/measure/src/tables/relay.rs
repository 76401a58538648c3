//! The relay table: which publisher carries whose blame of whom.

use std::collections::BTreeMap;

use corpus::Voice;

use super::Making;
use crate::tally::HitAt;
use crate::{Figure, Measure, Table, Unit};

/// What is relayed of one holder about one target: occurrences in whole and in cut texts.
#[derive(Default)]
struct Relayed {
    whole: u64,
    cut: u64,
    statements: std::collections::BTreeSet<u32>,
    hits: Vec<HitAt>,
}

/// Publisher x holder x target.
pub(crate) fn holders(making: &mut Making<'_, '_>) -> Table {
    let observed = making.observed;
    let mut found: BTreeMap<(usize, u32, u32), Relayed> = BTreeMap::new();
    for (number, text) in observed.texts.iter().enumerate() {
        if !making.study.period.contains(text.date) {
            continue;
        }
        for (place, utterance) in text.utterances.iter().enumerate() {
            for (at, hit) in utterance.hits.iter().enumerate() {
                if hit.kind.is_none() || hit.voice != Voice::Relayed {
                    continue;
                }
                let entry = found.entry((text.side, hit.holder, hit.code)).or_default();
                *(if text.truncated { &mut entry.cut } else { &mut entry.whole }) += 1;
                entry.statements.insert(number as u32);
                if entry.hits.len() < observed.named.kept() {
                    entry.hits.push((number as u32, place as u32, at as u32));
                }
            }
        }
    }
    let mut figures = Vec::new();
    for ((side, holder, code), relayed) in found {
        let code = observed.names.of(code);
        let mut figure = Figure::count(
            making.side(side),
            making.study.period,
            code,
            Unit::Blames,
            relayed.whole,
        );
        let holder = observed.names.of(holder);
        let holder = if holder.is_empty() { "not named" } else { holder };
        figure.voice = Voice::Relayed.name().to_owned();
        figure.detail = format!("holder {holder}");
        figure.measure = Measure::Occurrences;
        figure.statements = relayed.statements.len() as u64;
        figure.cut = relayed.cut;
        making.quote(&mut figure, &relayed.hits, relayed.whole + relayed.cut);
        figures.push(figure);
    }
    let about = "Blame that a side relays: whose it is and whom it hits. None of it is counted as \
                 the side's own.";
    Making::table("relay", "Whose blame is relayed", about, figures)
}
