//! Intervals by resampling documents: segments of one document are alike, so documents, not
//! segments, are drawn.

use std::collections::BTreeMap;

use super::outcome::Outcome;

/// How many resamples an interval rests on.
const RESAMPLES: usize = 400;

/// The seed of the draws: the same gold gives the same interval.
const SEED: u64 = 0x1945_0815_2022_0224;

/// A percentile interval of 95 % for a figure of outcomes; `None` where the figure is defined in
/// fewer than half of the resamples.
pub(super) fn interval(
    outcomes: &[&Outcome],
    figure: impl Fn(&[&Outcome]) -> Option<f64>,
) -> Option<(f64, f64)> {
    let mut documents: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
    for outcome in outcomes {
        documents.entry(&outcome.document).or_default().push(outcome);
    }
    let documents: Vec<Vec<&Outcome>> = documents.into_values().collect();
    if documents.len() < 2 {
        return None;
    }
    let mut draws = Draws(SEED);
    let mut values = Vec::with_capacity(RESAMPLES);
    for _ in 0..RESAMPLES {
        let drawn =
            (0..documents.len()).flat_map(|_| documents[draws.below(documents.len())].iter());
        let sample: Vec<&Outcome> = drawn.copied().collect();
        values.extend(figure(&sample));
    }
    if values.len() * 2 < RESAMPLES {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    Some((at(0.025), at(0.975)))
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Draws(u64);

impl Draws {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}
