//! Keyness: which codes tell the first side's utterances from the other's.
//!
//! Codes only, so that sides of different languages can be compared; an utterance counts once a
//! code, so that boilerplate inside one does not inflate the statistic.

use corpus::Voice;
use statistics::{TwoByTwo, benjamini_hochberg, log_odds, pooled_prior};

use super::Making;
use super::coded::{self, narrowest};
use crate::estimate::LEAST_N;
use crate::tally::{Facet, Key, Place, Scope};
use crate::{Figure, Measure, Table};

/// Log-odds and signed likelihood ratio of each code, first side against the second.
pub(crate) fn between_sides(making: &mut Making<'_, '_>) -> Table {
    let mut figures = Vec::new();
    if making.study.sides.len() == 2 {
        for &scope in making.scopes() {
            figures.extend(of_scope(making, scope));
        }
    }
    let about = format!(
        "Own-voice utterances with the code, the first side against the second: z of the log-odds \
         with a Dirichlet prior from both sides together, and the likelihood ratio, negative where \
         the code is rarer on the first side; its p is adjusted by Benjamini and Hochberg. Both take \
         utterances as independent, which those of one statement are not: read them as a ranking. \
         Nothing is compared where a side has fewer than {LEAST_N} utterances."
    );
    Making::table("keyness", "Codes that tell the sides apart", &about, figures)
}

fn of_scope(making: &mut Making<'_, '_>, scope: Scope) -> Vec<Figure> {
    let mut codes: Vec<(String, Facet)> = Vec::new();
    for family in [coded::NAMING, coded::FRAMES, coded::BLAME] {
        let facet = narrowest(making, family);
        codes.extend(making.family(family.name()).into_iter().map(|code| (code, facet)));
    }
    let counts = |side: usize| -> (Vec<u64>, u64) {
        let place = Place { side, scope, month: None };
        let base = making.tally.base(&place);
        let all = base.utterances();
        let count = |(code, facet): &(String, Facet)| {
            let code = making.observed.names.find(code).unwrap_or(u32::MAX);
            let key = Key { code, facet: *facet, voice: Voice::Own };
            making.tally.cell(&place, key).utterances()
        };
        (codes.iter().map(count).collect(), all)
    };
    let ((first, n1), (second, n2)) = (counts(0), counts(1));
    if n1 < LEAST_N || n2 < LEAST_N {
        return Vec::new();
    }
    let odds = log_odds(&first, &second, &pooled_prior(&first, &second)).unwrap_or_default();
    let tests: Vec<_> = first
        .iter()
        .zip(&second)
        .map(|(&a, &b)| TwoByTwo::new((a, n1), (b, n2)).and_then(TwoByTwo::keyness))
        .collect();
    let p: Vec<f64> = tests.iter().flatten().map(|t| t.p).collect();
    let mut adjusted = benjamini_hochberg(&p).unwrap_or_default().into_iter();
    let place = Place { side: 0, scope, month: None };
    // Else nothing but the one code that both have.
    let is_bare = [&first, &second].iter().any(|counts| counts.iter().all(|&n| n == 0));
    let no_odds = if is_bare { "one side has none of the codes" } else { "there is one code only" };
    let mut figures = Vec::new();
    for (i, (code, facet)) in codes.iter().enumerate() {
        let Some(test) = tests[i] else { continue };
        let number = making.observed.names.find(code).unwrap_or(u32::MAX);
        let key = Key { code: number, facet: *facet, voice: Voice::Own };
        let cells = [0, 1].map(|side| making.tally.cell(&Place { side, scope, month: None }, key));
        let mut head = |measure, value| {
            let mut figure = making.figure(&place, Voice::Own, code, measure);
            figure.side = format!("{} - {}", making.side(0), making.side(1));
            figure.detail = making.detail(*facet);
            (figure.k, figure.n) = (first[i] + second[i], n1 + n2);
            figure.value = value;
            let total = cells.iter().map(|c| c.occurrences + c.cut_occurrences).sum();
            making.quote(&mut figure, cells.iter().flat_map(|c| &c.hits), total);
            figure
        };
        let z = odds.get(i).copied().flatten().map(|o| o.z);
        let mut log_odds = head(Measure::LogOdds, z);
        if z.is_none() {
            log_odds.empty = Some(no_odds.to_owned());
        }
        figures.push(log_odds);
        let mut ratio = head(Measure::Keyness, Some(test.g2));
        ratio.p_adjusted = adjusted.next();
        figures.push(ratio);
    }
    figures
}
