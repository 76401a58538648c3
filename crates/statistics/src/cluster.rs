//! Clusters: shares and rates whose units come in clusters (answers in a conference, segments in a
//! statement), and the intervals that allow for it.
//!
//! Clusters are resampled where that shows how much a share varies. Where fewer than
//! [`FEWEST_RESAMPLED`] units count, or do not, it does not: with one of 300 the resamples never hold
//! more than a few, and the upper end comes out lower than for none. There the score interval of the
//! effective number of units stands, which is what units of that design effect are worth; and where all
//! clusters have the same share, or there is only one, of which resampling shows no variation.

use serde::{Deserialize, Serialize};

use crate::bootstrap::percentile_interval;
use crate::proportion::{newcombe_of, score};
use crate::{Interval, Resampling, Rng};

/// Fewer units that count, or that do not, and the interval is not resampled.
pub const FEWEST_RESAMPLED: u64 = 10;

/// One cluster: how many of its units count, of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cluster {
    /// Units that count (answers that blame), or events (blames).
    pub count: u64,
    /// All units of the cluster (answers), or its exposure (segments).
    pub of: u64,
}

/// How the interval of a share, or of the difference of two, was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Percentiles of shares of resampled clusters.
    ClusterBootstrap,
    /// Wilson's score interval of the effective number of units.
    Wilson,
    /// Newcombe's hybrid of two score intervals of effective numbers of units.
    Newcombe,
}

impl Method {
    /// `cluster-bootstrap`, `wilson`, `newcombe`.
    pub fn name(self) -> &'static str {
        match self {
            Self::ClusterBootstrap => "cluster-bootstrap",
            Self::Wilson => "wilson",
            Self::Newcombe => "newcombe",
        }
    }
}

/// A share or rate over clustered units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClusterShare {
    /// Units that count, or events.
    pub count: u64,
    /// All units, or the exposure.
    pub of: u64,
    /// Clusters with at least one unit.
    pub clusters: u64,
    /// `count / of`.
    pub share: f64,
    /// The interval that allows for the clusters, and how it was made; `None` for a rate above 1 of
    /// which resampling shows no variation.
    pub interval: Option<(Interval, Method)>,
    /// Variance of the share under clustering over the variance if units were independent;
    /// `None` where either is undefined or 0, and for rates above 1.
    pub design_effect: Option<f64>,
}

/// The share or rate of `clusters` with its interval and the design effect (Kish 1965; the
/// clustered variance is the linearized one of a ratio, Cochran 1977, 6.13 with m - 1). `None` where
/// there are no units.
pub fn cluster_share(clusters: &[Cluster], resampling: Resampling) -> Option<ClusterShare> {
    let sample = Sample::of(clusters)?;
    let resampled = || Some((sample.resampled(resampling)?, Method::ClusterBootstrap));
    let scored = || Some((sample.scored(resampling.level)?, Method::Wilson));
    Some(ClusterShare {
        count: sample.total.count,
        of: sample.total.of,
        clusters: sample.clusters.len() as u64,
        share: sample.share,
        interval: match sample.is_resampled() {
            true => resampled().or_else(scored),
            false => scored().or_else(resampled),
        },
        design_effect: sample.design_effect(),
    })
}

/// The interval of the difference of two shares over independent sets of clusters, `a` less `b`, and
/// how it was made: both resampled, or Newcombe's hybrid of the score intervals of both effective
/// numbers of units where one of them is too few to resample. `None` where one side has no units, and
/// for rates above 1 that do not vary.
pub fn cluster_difference(
    a: &[Cluster],
    b: &[Cluster],
    resampling: Resampling,
) -> Option<(Interval, Method)> {
    let (a, b) = (Sample::of(a)?, Sample::of(b)?);
    let resampled = || {
        let mut rng = Rng::new(resampling.seed);
        let draws = (0..resampling.draws).filter_map(|_| {
            let (drawn_a, drawn_b) = (a.draw(&mut rng), b.draw(&mut rng));
            Some(ratio(drawn_a)? - ratio(drawn_b)?)
        });
        Some((percentile_interval(draws.collect(), resampling)?, Method::ClusterBootstrap))
    };
    let scored = || {
        let level = resampling.level;
        let ranges = (a.scored(level)?, b.scored(level)?);
        Some((newcombe_of((a.share, ranges.0), (b.share, ranges.1)), Method::Newcombe))
    };
    match a.is_resampled() && b.is_resampled() {
        true => resampled(),
        false => scored().or_else(|| (a.varies() || b.varies()).then(resampled).flatten()),
    }
}

/// Clusters that hold units, with their sum.
struct Sample {
    clusters: Vec<Cluster>,
    total: Cluster,
    share: f64,
}

impl Sample {
    /// Clusters without units carry nothing; kept, they would widen the interval by empty draws.
    fn of(clusters: &[Cluster]) -> Option<Self> {
        let clusters: Vec<Cluster> = clusters.iter().copied().filter(|c| c.of > 0).collect();
        let total = total(&clusters);
        Some(Self { share: ratio(total)?, total, clusters })
    }

    /// Whether enough units count, and enough do not, for resampling to show how the share varies.
    fn is_resampled(&self) -> bool {
        let Cluster { count, of } = self.total;
        let is_share = self.clusters.iter().all(|c| c.count <= c.of);
        let others = if is_share { of - count } else { FEWEST_RESAMPLED };
        count.min(others) >= FEWEST_RESAMPLED && self.varies()
    }

    /// Whether there are two clusters whose shares differ.
    fn varies(&self) -> bool {
        let cross = |a: &Cluster, b: &Cluster| u128::from(a.count) * u128::from(b.of);
        self.clusters.windows(2).any(|w| cross(&w[0], &w[1]) != cross(&w[1], &w[0]))
    }

    fn draw(&self, rng: &mut Rng) -> Cluster {
        let clusters = &self.clusters;
        total((0..clusters.len()).map(|_| &clusters[rng.below(clusters.len())]))
    }

    /// The percentile interval over resampled clusters; `None` where nothing varies.
    fn resampled(&self, resampling: Resampling) -> Option<Interval> {
        if !self.varies() {
            return None;
        }
        let mut rng = Rng::new(resampling.seed);
        let draws = (0..resampling.draws).filter_map(|_| ratio(self.draw(&mut rng)));
        percentile_interval(draws.collect(), resampling)
    }

    /// The score interval of the effective number of units, `of` over the design effect where that is
    /// above 1 (Kish 1965); `None` for a rate above 1.
    fn scored(&self, level: f64) -> Option<Interval> {
        let effect = self.design_effect().unwrap_or(1.0).max(1.0);
        score(self.share, self.total.of as f64 / effect, level)
    }

    fn design_effect(&self) -> Option<f64> {
        let m = self.clusters.len() as f64;
        let n = self.total.of as f64;
        let independent = self.share * (1.0 - self.share) / n;
        if m < 2.0 || independent <= 0.0 {
            return None;
        }
        let residual = |c: &Cluster| (c.count as f64 - self.share * c.of as f64).powi(2);
        let clustered = m / (m - 1.0) * self.clusters.iter().map(residual).sum::<f64>() / (n * n);
        Some(clustered / independent)
    }
}

fn total<'a>(clusters: impl IntoIterator<Item = &'a Cluster>) -> Cluster {
    let sum = |sum: Cluster, c: &Cluster| Cluster { count: sum.count + c.count, of: sum.of + c.of };
    clusters.into_iter().fold(Cluster::default(), sum)
}

fn ratio(Cluster { count, of }: Cluster) -> Option<f64> {
    (of > 0).then(|| count as f64 / of as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Rng, wilson};

    fn clusters(pairs: &[(u64, u64)]) -> Vec<Cluster> {
        pairs.iter().map(|&(count, of)| Cluster { count, of }).collect()
    }

    fn resampling(seed: u64) -> Resampling {
        Resampling { seed, draws: 400, level: 0.95 }
    }

    #[test]
    fn units_that_agree_within_clusters_double_the_variance() {
        // Fifty clusters of two equal units: the effective number of units is the clusters'.
        let doubled: Vec<Cluster> =
            (0..50).map(|i| Cluster { count: if i % 2 == 0 { 2 } else { 0 }, of: 2 }).collect();
        let found = cluster_share(&doubled, resampling(1)).unwrap();
        let effect = found.design_effect.unwrap();
        assert!((effect - 2.0 * 50.0 / 49.0).abs() < 1e-12, "{effect}");
        let alone = wilson(50, 100, 0.95).unwrap();
        let (interval, method) = found.interval.unwrap();
        assert_eq!(method, Method::ClusterBootstrap);
        assert!(interval.high - interval.low > 1.2 * (alone.high - alone.low));
    }

    #[test]
    fn what_cannot_be_resampled_has_the_score_interval() {
        assert_eq!(cluster_share(&[], resampling(1)), None);
        assert_eq!(cluster_share(&clusters(&[(0, 0)]), resampling(1)), None);
        let interval = |pairs: &[(u64, u64)]| {
            cluster_share(&clusters(pairs), resampling(1)).unwrap().interval.unwrap()
        };
        let scored = |count, of| (wilson(count, of, 0.95).unwrap(), Method::Wilson);
        assert_eq!(interval(&[(3, 9)]), scored(3, 9));
        assert_eq!(interval(&[(0, 4), (0, 5), (0, 1)]), scored(0, 10));
        // Ten clusters of two that agree: twenty units are worth ten.
        let agreeing = [[(2, 2), (0, 2)], [(2, 2), (0, 2)], [(0, 2); 2], [(0, 2); 2], [(2, 2); 2]];
        let (alone, (clustered, _)) = (scored(8, 20).0, interval(&agreeing.concat()));
        assert!(clustered.low < alone.low && clustered.high > alone.high);
    }

    #[test]
    fn a_case_more_never_lowers_the_upper_end() {
        // Eighty clusters of four; cases are put one in a cluster.
        let with = |cases: usize| {
            let cluster = |i: usize| Cluster { count: u64::from(i < cases), of: 4 };
            let clusters: Vec<Cluster> = (0..80).map(cluster).collect();
            cluster_share(&clusters, resampling(1)).unwrap().interval.unwrap().0.high
        };
        let ends: Vec<f64> = (0..FEWEST_RESAMPLED as usize).map(with).collect();
        assert!(ends.windows(2).all(|w| w[0] < w[1]), "{ends:?}");
    }

    #[test]
    fn a_rate_above_one_has_an_interval_and_no_design_effect() {
        let found = cluster_share(&clusters(&[(5, 2), (3, 2), (9, 3)]), resampling(1)).unwrap();
        assert_eq!(found.interval.map(|(_, method)| method), Some(Method::ClusterBootstrap));
        assert_eq!(found.design_effect, None);
    }

    #[test]
    fn a_difference_of_a_rare_share_is_newcombes() {
        let rare: Vec<Cluster> =
            (0..40).map(|i| Cluster { count: u64::from(i < 2), of: 2 }).collect();
        let common: Vec<Cluster> = (0..40).map(|i| Cluster { count: i % 2, of: 2 }).collect();
        let between = |a, b| cluster_difference(a, b, resampling(1)).unwrap();
        assert_eq!(between(&common, &common).1, Method::ClusterBootstrap);
        let ((interval, method), back) = (between(&common, &rare), between(&rare, &common).0);
        assert_eq!(method, Method::Newcombe);
        assert!(interval.low > 0.0 && (interval.low + back.high).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn the_seed_decides_the_interval(
            seed: u64,
            pairs in prop::collection::vec((0_u64..5).prop_flat_map(|n| (0..=n, Just(n))), 2..40),
        ) {
            let clusters = clusters(&pairs);
            let found = cluster_share(&clusters, resampling(seed));
            prop_assert_eq!(found, cluster_share(&clusters, resampling(seed)));
            if let Some(ClusterShare { interval, share, .. }) = found {
                let (interval, method) = interval.unwrap();
                prop_assert!(0.0 <= interval.low && interval.low <= interval.high);
                prop_assert!(interval.high <= 1.0);
                prop_assert!(method == Method::ClusterBootstrap || interval.contains(share));
            }
        }
    }

    /// Worlds of 60 clusters with three units each, and in how many of 200 the interval of the share
    /// covers the true one.
    fn covered(share: f64) -> u32 {
        let mut rng = Rng::new(7);
        let mut covers = |world: u64| {
            let mut count = || (0..3).filter(|_| rng.unit() < share).count() as u64;
            let clusters: Vec<Cluster> =
                (0..60).map(|_| Cluster { count: count(), of: 3 }).collect();
            let found = cluster_share(&clusters, resampling(world)).unwrap();
            found.interval.is_some_and(|(interval, _)| interval.contains(share))
        };
        (0..200).map(|world| u32::from(covers(world))).sum()
    }

    #[test]
    fn the_interval_covers_the_truth_about_as_often_as_it_says() {
        for share in [0.3, 0.02] {
            let covered = covered(share);
            assert!((182..=199).contains(&covered), "{covered} of 200 at {share}");
        }
    }
}
