//! Intervals by resampling: of any statistic of independent units, and of shares and rates whose
//! units come in clusters (answers in a conference, segments in a statement).

use serde::{Deserialize, Serialize};

use crate::{Interval, Rng};

/// How to resample. The seed belongs to the study, so that its intervals can be recomputed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resampling {
    /// Seed of the random numbers.
    pub seed: u64,
    /// Number of resamples; 1,000 or more for an interval that is printed.
    pub draws: u32,
    /// Level of the interval, 0.95.
    pub level: f64,
}

impl Default for Resampling {
    fn default() -> Self {
        Self { seed: 20_220_224, draws: 2000, level: 0.95 }
    }
}

/// The percentile interval of a statistic over `units` independent units (Efron 1979).
///
/// `statistic` gets the numbers of the resampled units, with repetition, as many as there are
/// units; where it is undefined it gives `None` and that draw is left out. `None` with fewer than
/// two units, or where more than a twentieth of the draws are undefined.
pub fn bootstrap(
    units: usize,
    resampling: Resampling,
    mut statistic: impl FnMut(&[usize]) -> Option<f64>,
) -> Option<Interval> {
    if units < 2 {
        return None;
    }
    let mut rng = Rng::new(resampling.seed);
    let mut chosen = vec![0; units];
    let draws = (0..resampling.draws).filter_map(|_| {
        chosen.fill_with(|| rng.below(units));
        statistic(&chosen).filter(|value| value.is_finite())
    });
    percentile_interval(draws.collect(), resampling)
}

/// One cluster: how many of its units count, of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cluster {
    /// Units that count (answers that blame), or events (blames).
    pub count: u64,
    /// All units of the cluster (answers), or its exposure (segments).
    pub of: u64,
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
    /// By resampling clusters; `None` with fewer than two clusters, and where all clusters have
    /// the same share (0 of n, n of n), because resampling then knows of no variation.
    pub interval: Option<Interval>,
    /// Variance of the share under clustering over the variance if units were independent;
    /// `None` where either is undefined or 0, and for rates above 1.
    pub design_effect: Option<f64>,
}

/// The share or rate of `clusters` with a cluster bootstrap interval and the design effect
/// (Kish 1965; the clustered variance is the linearized one of a ratio, Cochran 1977, 6.13 with
/// m - 1). `None` where there are no units.
pub fn cluster_share(clusters: &[Cluster], resampling: Resampling) -> Option<ClusterShare> {
    let clusters = with_units(clusters);
    let Cluster { count, of } = total(&clusters);
    let share = ratio(count, of)?;
    Some(ClusterShare {
        count,
        of,
        clusters: clusters.len() as u64,
        share,
        interval: interval_of_share(&clusters, resampling),
        design_effect: design_effect(&clusters, share, of),
    })
}

/// The interval of the difference of two shares over independent sets of clusters, `a` less `b`.
/// `None` where one side has no units or resampling shows no variation on either.
pub fn cluster_difference(
    a: &[Cluster],
    b: &[Cluster],
    resampling: Resampling,
) -> Option<Interval> {
    let (a, b) = (with_units(a), with_units(b));
    if a.is_empty() || b.is_empty() || !(varies(&a) || varies(&b)) {
        return None;
    }
    let mut rng = Rng::new(resampling.seed);
    let draws = (0..resampling.draws).filter_map(|_| {
        let (drawn_a, drawn_b) = (draw(&a, &mut rng), draw(&b, &mut rng));
        Some(ratio(drawn_a.count, drawn_a.of)? - ratio(drawn_b.count, drawn_b.of)?)
    });
    percentile_interval(draws.collect(), resampling)
}

/// The interval of the difference of two shares that are measured on the same clusters (two
/// targets in the same statements), first less second. `None` with fewer than two clusters or
/// where resampling shows no variation.
pub fn paired_cluster_difference(
    pairs: &[(Cluster, Cluster)],
    resampling: Resampling,
) -> Option<Interval> {
    let found = bootstrap(pairs.len(), resampling, |chosen| {
        let first = total(chosen.iter().map(|&i| &pairs[i].0));
        let second = total(chosen.iter().map(|&i| &pairs[i].1));
        Some(ratio(first.count, first.of)? - ratio(second.count, second.of)?)
    });
    // A difference that no draw changes differs from itself by rounding only.
    found.filter(|interval| interval.high - interval.low > 1e-12)
}

/// The `p` quantile of sorted values, interpolated linearly (type 7 of Hyndman & Fan 1996, the
/// default of R and numpy). `None` where there are none or `p` is outside `[0, 1]`.
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let place = p * (sorted.len().checked_sub(1)? as f64);
    let below = place.floor();
    let (low, high) = (*sorted.get(below as usize)?, *sorted.get(place.ceil() as usize)?);
    Some(low + (high - low) * (place - below))
}

pub(crate) fn percentile_interval(mut draws: Vec<f64>, resampling: Resampling) -> Option<Interval> {
    let undefined = (resampling.draws as usize).checked_sub(draws.len())?;
    let inside = resampling.level > 0.0 && resampling.level < 1.0;
    if !inside || draws.is_empty() || undefined * 20 > resampling.draws as usize {
        return None;
    }
    draws.sort_by(f64::total_cmp);
    let tail = (1.0 - resampling.level) / 2.0;
    Some(Interval { low: quantile(&draws, tail)?, high: quantile(&draws, 1.0 - tail)? })
}

/// Clusters without units carry nothing; kept, they would widen the interval by empty draws.
fn with_units(clusters: &[Cluster]) -> Vec<Cluster> {
    clusters.iter().copied().filter(|c| c.of > 0).collect()
}

fn total<'a>(clusters: impl IntoIterator<Item = &'a Cluster>) -> Cluster {
    let sum = |sum: Cluster, c: &Cluster| Cluster { count: sum.count + c.count, of: sum.of + c.of };
    clusters.into_iter().fold(Cluster::default(), sum)
}

fn ratio(count: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| count as f64 / of as f64)
}

/// Whether resampling can show anything: two clusters whose shares differ.
fn varies(clusters: &[Cluster]) -> bool {
    let differs = |w: &[Cluster]| {
        u128::from(w[0].count) * u128::from(w[1].of) != u128::from(w[1].count) * u128::from(w[0].of)
    };
    clusters.windows(2).any(differs)
}

fn draw(clusters: &[Cluster], rng: &mut Rng) -> Cluster {
    total((0..clusters.len()).map(|_| &clusters[rng.below(clusters.len())]))
}

fn interval_of_share(clusters: &[Cluster], resampling: Resampling) -> Option<Interval> {
    if !varies(clusters) {
        return None;
    }
    let mut rng = Rng::new(resampling.seed);
    let draws = (0..resampling.draws).filter_map(|_| {
        let drawn = draw(clusters, &mut rng);
        ratio(drawn.count, drawn.of)
    });
    percentile_interval(draws.collect(), resampling)
}

fn design_effect(clusters: &[Cluster], share: f64, of: u64) -> Option<f64> {
    let m = clusters.len() as f64;
    let n = of as f64;
    let independent = share * (1.0 - share) / n;
    if m < 2.0 || independent <= 0.0 {
        return None;
    }
    let residual = |c: &Cluster| (c.count as f64 - share * c.of as f64).powi(2);
    let clustered = m / (m - 1.0) * clusters.iter().map(residual).sum::<f64>() / (n * n);
    Some(clustered / independent)
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
    fn quantiles_are_those_of_r_and_numpy() {
        let sorted = [1.0, 2.0, 4.0, 8.0];
        assert_eq!(quantile(&sorted, 0.0), Some(1.0));
        assert_eq!(quantile(&sorted, 0.5), Some(3.0));
        assert_eq!(quantile(&sorted, 0.75), Some(5.0));
        assert_eq!(quantile(&sorted, 1.0), Some(8.0));
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&sorted, 1.5), None);
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
        let interval = found.interval.unwrap();
        assert!(interval.high - interval.low > 1.2 * (alone.high - alone.low));
    }

    #[test]
    fn one_cluster_and_clusters_without_variation_have_no_interval() {
        assert_eq!(cluster_share(&[], resampling(1)), None);
        assert_eq!(cluster_share(&clusters(&[(0, 0)]), resampling(1)), None);
        assert_eq!(cluster_share(&clusters(&[(3, 9)]), resampling(1)).unwrap().interval, None);
        let none = cluster_share(&clusters(&[(0, 4), (0, 5), (0, 1)]), resampling(1)).unwrap();
        assert_eq!((none.share, none.interval, none.design_effect), (0.0, None, None));
    }

    #[test]
    fn a_rate_above_one_has_an_interval_and_no_design_effect() {
        let found = cluster_share(&clusters(&[(5, 2), (3, 2), (9, 3)]), resampling(1)).unwrap();
        assert!(found.interval.is_some());
        assert_eq!(found.design_effect, None);
    }

    #[test]
    fn the_same_clusters_in_pairs_differ_less_than_apart() {
        let a = clusters(&[(1, 10), (5, 10), (9, 10), (3, 10), (7, 10), (2, 10)]);
        let b: Vec<Cluster> = a.iter().map(|c| Cluster { count: c.count - 1, of: c.of }).collect();
        let pairs: Vec<(Cluster, Cluster)> = a.iter().copied().zip(b.iter().copied()).collect();
        // Every pair differs by exactly one in ten: paired, there is nothing uncertain.
        assert_eq!(paired_cluster_difference(&pairs, resampling(1)), None);
        let apart = cluster_difference(&a, &b, resampling(1)).unwrap();
        assert!(apart.low < 0.0 && apart.high > 0.1);
    }

    #[test]
    fn a_statistic_that_is_mostly_undefined_has_no_interval() {
        assert_eq!(bootstrap(10, resampling(1), |_| None), None);
        assert_eq!(bootstrap(1, resampling(1), |_| Some(1.0)), None);
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
            if let Some(ClusterShare { interval: Some(interval), .. }) = found {
                prop_assert!(0.0 <= interval.low && interval.low <= interval.high);
                prop_assert!(interval.high <= 1.0);
            }
        }
    }

    #[test]
    fn the_interval_covers_the_truth_about_as_often_as_it_says() {
        // 200 worlds of 60 clusters with three units each, true share 0.3.
        let mut rng = Rng::new(7);
        let mut covered = 0;
        for world in 0..200 {
            let clusters: Vec<Cluster> = (0..60)
                .map(|_| {
                    let count = (0..3).filter(|_| rng.unit() < 0.3).count() as u64;
                    Cluster { count, of: 3 }
                })
                .collect();
            let found = cluster_share(&clusters, resampling(world)).unwrap();
            covered += u32::from(found.interval.is_some_and(|i| i.contains(0.3)));
        }
        assert!((176..=199).contains(&covered), "{covered} of 200");
    }
}
