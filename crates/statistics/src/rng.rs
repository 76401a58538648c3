//! The random numbers of resampling and of drawn samples: SplitMix64.
//!
//! Own code, because a seed in a study file has to give the same interval in ten years, and
//! general-purpose crates reserve the right to change their streams. SplitMix64 (Steele, Lea &
//! Flood 2014, OOPSLA) is eight lines, passes BigCrush, and needs only 64 bits of state. It is no
//! source of secrets.

/// A seeded stream of random numbers.
#[derive(Debug, Clone)]
pub struct Rng {
    state: u64,
}

/// The odd constant nearest to 2^64 divided by the golden ratio.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Rng {
    /// The stream of `seed`.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The stream of `seed` for one named purpose, so that two numbers of one study do not
    /// share their draws and a number added to a study leaves the others as they were.
    pub fn named(seed: u64, purpose: &str) -> Self {
        // FNV-1a over the name, then through the mixer.
        let hash = purpose.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self { state: mix(seed ^ mix(hash)) }
    }

    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mix(self.state)
    }

    /// A number from 0 up to and without `bound`, each as likely as the other; 0 where `bound`
    /// is 0. Lemire 2019, *ACM Transactions on Modeling and Computer Simulation* 29(1).
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        loop {
            let product = u128::from(self.next_u64()) * u128::from(bound);
            let (high, low) = ((product >> 64) as u64, product as u64);
            // Only products whose low half falls under 2^64 mod bound make some numbers likelier.
            if low >= bound || low >= bound.wrapping_neg() % bound.max(1) {
                return high as usize;
            }
        }
    }

    /// A number in `[0, 1)` with 53 random bits.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// `count` different numbers below `bound` in increasing order: a simple random sample
    /// without replacement (Knuth, TAOCP 2, 3.4.2, algorithm S). All of them where `count` is
    /// not smaller than `bound`.
    pub fn sample(&mut self, bound: usize, count: usize) -> Vec<usize> {
        let mut chosen = Vec::with_capacity(count.min(bound));
        for candidate in 0..bound {
            let wanted = count.saturating_sub(chosen.len());
            if self.below(bound - candidate) < wanted {
                chosen.push(candidate);
            }
        }
        chosen
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Rng;

    #[test]
    fn the_stream_is_the_published_one() {
        // The values that the reference implementation in C gives for this seed.
        let mut rng = Rng::new(1_234_567);
        let first: Vec<u64> = (0..5).map(|_| rng.next_u64()).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        );
    }

    #[test]
    fn a_named_stream_depends_on_seed_and_name() {
        let first = |seed, name| Rng::named(seed, name).next_u64();
        assert_eq!(first(1, "share"), first(1, "share"));
        assert_ne!(first(1, "share"), first(2, "share"));
        assert_ne!(first(1, "share"), first(1, "rate"));
    }

    proptest! {
        #[test]
        fn numbers_below_a_bound_are_below_it(seed: u64, bound in 1_usize..1000) {
            let mut rng = Rng::new(seed);
            prop_assert!((0..50).all(|_| rng.below(bound) < bound));
        }

        #[test]
        fn a_sample_has_the_asked_size_and_no_number_twice(
            seed: u64, bound in 0_usize..60, count in 0_usize..80,
        ) {
            let sample = Rng::new(seed).sample(bound, count);
            prop_assert_eq!(sample.len(), count.min(bound));
            prop_assert!(sample.windows(2).all(|w| w[0] < w[1]));
            prop_assert!(sample.iter().all(|&i| i < bound));
        }

        #[test]
        fn every_number_below_a_bound_is_as_likely(seed: u64) {
            let mut rng = Rng::new(seed);
            let mut seen = [0_u32; 5];
            for _ in 0..5000 {
                seen[rng.below(5)] += 1;
            }
            // Six standard deviations of a binomial (5000, 1/5) around 1000.
            prop_assert!(seen.iter().all(|&n| (830..1170).contains(&n)), "{:?}", seen);
        }
    }
}
