//! Shingles and their sketch: how much of their wording two texts share, estimated in constant
//! space (one-permutation MinHash, Li, Owen and Zhang 2012, with rotation densification).

use std::collections::BTreeSet;

/// Bins of a sketch.
const BINS: usize = 128;
/// Bins that make a band; two texts are candidates where one band is equal. 32 bands of 4 find
/// pairs from a Jaccard index of about 0.4 on.
const ROWS: usize = 4;
/// Characters of a shingle in a script of letters, and in Han or Hangul.
const WIDE: usize = 9;
const NARROW: usize = 4;

/// The sketch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch(Vec<u64>);

impl Sketch {
    /// The sketch of folded text; `None` where it is too short for a shingle.
    pub fn of(text: &str) -> Option<Self> {
        let mut bins = vec![u64::MAX; BINS];
        for shingle in hashes(text) {
            let bin = (shingle % BINS as u64) as usize;
            if let Some(slot) = bins.get_mut(bin) {
                *slot = (*slot).min(shingle);
            }
        }
        let filled = bins.iter().position(|b| *b != u64::MAX)?;
        // An empty bin takes the next filled one's value, marked by the distance.
        let mut last = (0, *bins.get(filled)?);
        for n in (0..BINS).rev().chain((0..BINS).rev()) {
            let Some(slot) = bins.get_mut(n) else { continue };
            if *slot == u64::MAX {
                last.0 += 1;
                *slot = mix(last.1 ^ last.0);
            } else {
                last = (0, *slot);
            }
        }
        Some(Self(bins))
    }

    /// The keys of the sketch's bands.
    pub fn bands(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        self.0.chunks(ROWS).map(|rows| rows.iter().fold(0, |key, row| mix(key ^ row))).enumerate()
    }
}

/// Letters and digits of a text, without case.
pub fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// All shingles of a text.
#[derive(Debug, Clone, Default)]
pub struct Shingles(BTreeSet<u64>);

impl Shingles {
    /// Those of folded text.
    pub fn of(text: &str) -> Self {
        Self(hashes(text).collect())
    }

    /// The Jaccard index of two texts' shingles, and how much of the smaller one's the larger has.
    pub fn overlap(&self, other: &Self) -> (f64, f64) {
        let (a, b) = (&self.0, &other.0);
        let common = a.intersection(b).count();
        let ratio = |whole: usize| if whole == 0 { 0.0 } else { common as f64 / whole as f64 };
        (ratio(a.len() + b.len() - common), ratio(a.len().min(b.len())))
    }
}

/// The overlap of two folded texts.
pub fn overlap(a: &str, b: &str) -> (f64, f64) {
    Shingles::of(a).overlap(&Shingles::of(b))
}

fn hashes(text: &str) -> impl Iterator<Item = u64> {
    let chars: Vec<char> = text.chars().collect();
    let wide = chars.iter().take(400).filter(|c| u32::from(**c) < 0x1100).count() * 2
        > chars.len().min(400);
    let width = if wide { WIDE } else { NARROW };
    let count = chars.len().saturating_sub(width - 1);
    (0..count).map(move |at| {
        let shingle = chars.get(at..at + width).unwrap_or(&[]);
        shingle.iter().fold(0x9E37_79B9_7F4A_7C15, |hash, c| mix(hash ^ u64::from(u32::from(*c))))
    })
}

/// The finalizer of SplitMix64.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_texts_share_a_band_and_others_do_not() {
        let text = |n: usize| -> String {
            (0..200).map(|i| format!("ruritania{}sylvania{}", i * n, i + n)).collect()
        };
        let (a, other) = (text(3), text(7));
        let mut near = a.clone();
        near.replace_range(100..160, "strelsau");
        let bands = |t: &str| Sketch::of(t).unwrap().bands().collect::<BTreeSet<_>>();
        assert!(bands(&a).intersection(&bands(&near)).next().is_some());
        assert!(overlap(&a, &near).0 > 0.8);
        assert!(overlap(&a, &other).0 < 0.5);
        assert_eq!(Sketch::of("short"), None);
    }
}
