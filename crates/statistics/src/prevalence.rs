//! Prevalence corrected by a probability sample: what the rate would be had people coded
//! everything.
//!
//! A machine has coded every unit of a population; people have coded a stratified sample of it,
//! drawn with known inclusion probabilities. The machine's totals are known exactly; its errors
//! are estimated from the sample and subtracted: the difference estimator (Särndal, Swensson &
//! Wretman 1992, *Model Assisted Survey Sampling*, 6.3), with each stratum's mean error weighted
//! up by its size (Hájek 1971). Unlike the correction of Rogan & Gladen (1978) it does not divide
//! by sensitivity + specificity - 1, so it stays stable where the machine is poor, and it is right
//! on average however the machine errs.

use std::collections::BTreeMap;

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::{Interval, Resampling, Rng};

/// What somebody sees in one unit: whether it counts at all (the unit is own-voice), and whether
/// the event is in it (it blames). The rate is events over units that count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sight {
    /// The unit is in the denominator.
    pub counts: bool,
    /// The unit is in the numerator.
    pub event: bool,
}

/// One unit of the sample, coded by the machine and by people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doubled {
    /// What the machine sees.
    pub machine: Sight,
    /// What people see.
    pub people: Sight,
    /// The cluster that the unit is of (its statement); units of one cluster are alike.
    pub cluster: usize,
}

/// A stratum: all of its units, and those that people coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampledStratum {
    /// Units of the population in it.
    pub size: u64,
    /// The sampled ones.
    pub sample: Vec<Doubled>,
}

/// The machine's totals over a whole population.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MachineTotals {
    /// Units that count.
    pub counts: u64,
    /// Units with the event.
    pub events: u64,
}

/// A corrected rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corrected {
    /// Events over units that count, as the machine has them; `None` where it counts none.
    pub machine: Option<f64>,
    /// The same, less the error that the sample shows. Between 0 and 1.
    pub rate: f64,
    /// Of the population's rate had people coded all of it, between 0 and 1 like the rate; `None`
    /// where a group of clusters that are resampled together has one only, or where nothing counts
    /// in too many resamples.
    pub interval: Option<Interval>,
    /// Sampled units that people coded.
    pub coded: u64,
    /// Of these, units in which machine and people differ on the event or on whether it counts.
    pub differing: u64,
}

/// The rate of `totals` corrected by the sample in `strata`, which together are the population.
///
/// `(events + Σ N_h ē_h) / (counts + Σ N_h c̄_h)`, where `ē_h` and `c̄_h` are the mean differences,
/// people less machine, of the sampled units of stratum `h` and `N_h` is its size. The standard
/// error resamples clusters within strata (the rescaled bootstrap of Rao & Wu 1988 and Rao, Wu &
/// Yue 1992, with the finite population correction; strata with one cluster are resampled
/// together). It is never taken for less than that of two errors of mean weight: a sample in which
/// machine and people never differ does not show that they never do, and this floor comes to the
/// rule of three (Hanley & Lippman-Hand 1983). The interval is the estimate and a Student quantile
/// of clusters less groups that are resampled: strata, those with one cluster taken as one. Estimate
/// and ends are drawn to 0 and 1, beyond which no rate lies.
///
/// `None` where a stratum with units has no sampled one, or where nothing counts.
pub fn corrected_rate(
    totals: MachineTotals,
    strata: &[SampledStratum],
    resampling: Resampling,
) -> Option<Corrected> {
    let strata: Vec<&SampledStratum> = strata.iter().filter(|s| s.size > 0).collect();
    if strata.iter().any(|s| s.sample.is_empty()) {
        return None;
    }
    let units: Vec<Weighted> =
        strata.iter().enumerate().flat_map(|(n, s)| weighted(n, s)).collect();
    let estimate = rate(totals, &units, &vec![1.0; units.len()])?;
    let coded = units.len() as f64;
    let expected = |of: fn(&Weighted) -> f64| units.iter().map(of).sum::<f64>();
    let counted = totals.counts as f64 + expected(|u| u.weight * u.counts);
    let groups = groups(&units);
    let interval = spread(totals, &units, &groups, resampling).and_then(|variance| {
        let mean_weight = expected(|u| u.weight * u.uncertain.sqrt()) / coded;
        let unseen = 2.0 * (mean_weight / counted).powi(2);
        let clusters: usize = groups.iter().map(Vec::len).sum();
        let freedom = clusters.checked_sub(groups.len()).filter(|&f| f > 0)? as f64;
        let t = StudentsT::new(0.0, 1.0, freedom).ok()?;
        let half = t.inverse_cdf(0.5 + resampling.level / 2.0) * variance.max(unseen).sqrt();
        let end = |at: f64| at.clamp(0.0, 1.0);
        Some(Interval { low: end(estimate - half), high: end(estimate + half) })
    });
    let differing = units.iter().filter(|u| u.event != 0.0 || u.counts != 0.0).count();
    Some(Corrected {
        machine: (totals.counts > 0).then(|| totals.events as f64 / totals.counts as f64),
        rate: estimate.clamp(0.0, 1.0),
        interval,
        coded: units.len() as u64,
        differing: differing as u64,
    })
}

/// The rate with the weight of each sampled unit multiplied by its factor; `None` where nothing
/// counts.
fn rate(totals: MachineTotals, units: &[Weighted], factors: &[f64]) -> Option<f64> {
    let (mut events, mut counts) = (totals.events as f64, totals.counts as f64);
    for (unit, factor) in units.iter().zip(factors) {
        events += unit.weight * factor * unit.event;
        counts += unit.weight * factor * unit.counts;
    }
    (counts > 0.0).then(|| events / counts)
}

/// A sampled unit with its weight, its differences (people less machine) and the share of its
/// stratum that was not drawn.
struct Weighted {
    stratum: usize,
    cluster: usize,
    weight: f64,
    event: f64,
    counts: f64,
    uncertain: f64,
}

fn weighted(number: usize, stratum: &SampledStratum) -> impl Iterator<Item = Weighted> {
    let drawn = stratum.sample.len() as f64;
    let size = stratum.size as f64;
    let less =
        |people: bool, machine: bool| f64::from(u8::from(people)) - f64::from(u8::from(machine));
    stratum.sample.iter().map(move |unit| Weighted {
        stratum: number,
        cluster: unit.cluster,
        weight: size / drawn,
        event: less(unit.people.event, unit.machine.event),
        counts: less(unit.people.counts, unit.machine.counts),
        uncertain: (1.0 - drawn / size).max(0.0),
    })
}

/// The units of each cluster of each stratum. Strata with a single cluster show no variation of
/// their own and form one group; alone, that group joins the last stratum.
fn groups(units: &[Weighted]) -> Vec<Vec<Vec<usize>>> {
    let mut by_stratum: BTreeMap<usize, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for (n, unit) in units.iter().enumerate() {
        by_stratum.entry(unit.stratum).or_default().entry(unit.cluster).or_default().push(n);
    }
    let mut groups: Vec<Vec<Vec<usize>>> = Vec::new();
    let mut lonely = Vec::new();
    for clusters in by_stratum.into_values() {
        let mut clusters: Vec<Vec<usize>> = clusters.into_values().collect();
        if clusters.len() == 1 {
            lonely.append(&mut clusters);
        } else {
            groups.push(clusters);
        }
    }
    match (lonely.len(), groups.last_mut()) {
        (0, _) => {}
        (1, Some(last)) => last.append(&mut lonely),
        _ => groups.push(lonely),
    }
    groups
}

/// The variance of the rate over resamples; `None` where a group has one cluster only or the
/// rate is mostly undefined.
fn spread(
    totals: MachineTotals,
    units: &[Weighted],
    groups: &[Vec<Vec<usize>>],
    resampling: Resampling,
) -> Option<f64> {
    if groups.iter().any(|clusters| clusters.len() < 2) {
        return None;
    }
    let mut rng = Rng::named(resampling.seed, "corrected rate");
    let mut factors = vec![1.0; units.len()];
    let mut values = Vec::with_capacity(resampling.draws as usize);
    for _ in 0..resampling.draws {
        for clusters in groups {
            let mut times = vec![0_u32; clusters.len()];
            for _ in 1..clusters.len() {
                times[rng.below(clusters.len())] += 1;
            }
            let grown = clusters.len() as f64 / (clusters.len() - 1) as f64;
            for (cluster, times) in clusters.iter().zip(times) {
                for &unit in cluster {
                    let shrunk = units[unit].uncertain.sqrt();
                    factors[unit] = 1.0 - shrunk + shrunk * grown * f64::from(times);
                }
            }
        }
        values.extend(rate(totals, units, &factors));
    }
    if values.len() < 2 || values.len() * 20 < resampling.draws as usize * 19 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    Some(squares / (values.len() - 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWS: Resampling = Resampling { seed: 5, draws: 300, level: 0.95 };

    /// An invented corpus: statements whose segments are alike, machine errors that cluster in
    /// statements too, and a machine that misses much more than it adds.
    struct World {
        units: Vec<(Doubled, bool)>,
    }

    impl World {
        fn new(rng: &mut Rng, statements: usize) -> Self {
            let mut units = Vec::new();
            for cluster in 0..statements {
                let (blames, errs) = (rng.unit() * 0.5, rng.unit() * 0.4);
                for _ in 0..3 + rng.below(10) {
                    let counts = rng.unit() < 0.8;
                    let event = counts && rng.unit() < blames;
                    let wrong = rng.unit() < if event { errs } else { errs * 0.15 };
                    let people = Sight { counts, event };
                    let seen = counts != (rng.unit() < 0.03);
                    let machine = Sight { counts: seen, event: seen && (event != wrong) };
                    // What names a target blames more often; whoever draws knows it.
                    let named = rng.unit() < if event { 0.9 } else { 0.2 };
                    units.push((Doubled { machine, people, cluster }, named));
                }
            }
            Self { units }
        }

        fn truth(&self) -> f64 {
            let sum = |of: fn(&Sight) -> bool| {
                self.units.iter().filter(|(u, _)| of(&u.people)).count() as f64
            };
            sum(|s| s.event) / sum(|s| s.counts)
        }

        fn totals(&self) -> MachineTotals {
            let sum = |of: fn(&Sight) -> bool| {
                self.units.iter().filter(|(u, _)| of(&u.machine)).count() as u64
            };
            MachineTotals { counts: sum(|s| s.counts), events: sum(|s| s.event) }
        }

        fn sampled(&self, rng: &mut Rng, named: usize, others: usize) -> Vec<SampledStratum> {
            let stratum = |wanted: bool, n: usize, rng: &mut Rng| {
                let of: Vec<Doubled> =
                    self.units.iter().filter(|(_, is)| *is == wanted).map(|(u, _)| *u).collect();
                let sample = rng.sample(of.len(), n).into_iter().map(|i| of[i]).collect();
                SampledStratum { size: of.len() as u64, sample }
            };
            vec![stratum(true, named, rng), stratum(false, others, rng)]
        }
    }

    /// How often of 400 worlds the interval holds the truth, and the mean error of estimate and
    /// machine.
    fn coverage(statements: usize, named: usize, others: usize) -> (u32, f64, f64) {
        let mut rng = Rng::new(11);
        let (mut covered, mut bias, mut machine) = (0, 0.0, 0.0);
        for _ in 0..400 {
            let world = World::new(&mut rng, statements);
            let sample = world.sampled(&mut rng, named, others);
            let found = corrected_rate(world.totals(), &sample, DRAWS).unwrap();
            covered += u32::from(found.interval.unwrap().contains(world.truth()));
            bias += (found.rate - world.truth()) / 400.0;
            machine += (found.machine.unwrap() - world.truth()) / 400.0;
        }
        (covered, bias, machine)
    }

    #[test]
    fn the_interval_holds_the_truth_about_as_often_as_it_says() {
        for (statements, named, others) in [(300, 200, 100), (300, 60, 40), (40, 80, 60)] {
            let (covered, bias, machine) = coverage(statements, named, others);
            println!(
                "{statements} {named}+{others}: {covered} of 400, bias {bias:+.4}, machine {machine:+.4}"
            );
            assert!((370..=396).contains(&covered), "{covered} of 400");
            assert!(bias.abs() < 0.006 && machine.abs() > 0.015, "{bias} {machine}");
        }
    }

    fn unit(machine: bool, people: bool, cluster: usize) -> Doubled {
        let sight = |event| Sight { counts: true, event };
        Doubled { machine: sight(machine), people: sight(people), cluster }
    }

    #[test]
    fn a_sample_of_everything_gives_the_truth_and_no_doubt() {
        let sample = vec![
            unit(true, true, 0),
            unit(true, false, 1),
            unit(false, false, 2),
            unit(true, false, 3),
        ];
        let totals = MachineTotals { counts: 4, events: 3 };
        let found = corrected_rate(totals, &[SampledStratum { size: 4, sample }], DRAWS).unwrap();
        assert_eq!((found.machine, found.rate, found.differing), (Some(0.75), 0.25, 2));
        let interval = found.interval.unwrap();
        assert!((interval.low - 0.25).abs() < 1e-12 && (interval.high - 0.25).abs() < 1e-12);
    }

    #[test]
    fn the_formula_on_paper() {
        // 100 units, machine 30 events; named stratum 40 units, 4 sampled, one added by the
        // machine; others 60, 3 sampled, one missed: 30 - 40/4 + 60/3 = 40.
        let named = vec![
            unit(true, true, 0),
            unit(true, false, 1),
            unit(false, false, 2),
            unit(true, true, 3),
        ];
        let others = vec![unit(false, true, 4), unit(false, false, 5), unit(false, false, 6)];
        let strata = [
            SampledStratum { size: 40, sample: named },
            SampledStratum { size: 60, sample: others },
        ];
        let totals = MachineTotals { counts: 100, events: 30 };
        let found = corrected_rate(totals, &strata, DRAWS).unwrap();
        assert!((found.rate - 0.4).abs() < 1e-12);
    }

    #[test]
    fn no_difference_seen_is_no_certainty() {
        let sample: Vec<Doubled> = (0..100).map(|n| unit(n % 5 == 0, n % 5 == 0, n)).collect();
        let totals = MachineTotals { counts: 10_000, events: 2000 };
        let found =
            corrected_rate(totals, &[SampledStratum { size: 10_000, sample }], DRAWS).unwrap();
        // The rule of three: after a hundred of a hundred right, up to 3 in a hundred may be wrong.
        let interval = found.interval.unwrap();
        assert!((interval.high - 0.2 - 0.028).abs() < 0.002, "{interval:?}");
    }

    #[test]
    fn an_estimate_beyond_what_a_rate_can_be_has_an_interval_in_order() {
        // By chance the sample holds nearly all places that the machine got wrong.
        let sample: Vec<Doubled> = (0..100).map(|n| unit(n < 40, false, n)).collect();
        let strata = [SampledStratum { size: 1000, sample }];
        let found =
            corrected_rate(MachineTotals { counts: 1000, events: 41 }, &strata, DRAWS).unwrap();
        assert_eq!((found.rate, found.interval), (0.0, Some(Interval { low: 0.0, high: 0.0 })));
    }

    #[test]
    fn where_the_machine_counts_nothing_it_has_no_rate() {
        let people = Sight { counts: true, event: false };
        let unit = |cluster| Doubled { machine: Sight::default(), people, cluster };
        let strata = [SampledStratum { size: 3, sample: (0..3).map(unit).collect() }];
        let found = corrected_rate(MachineTotals::default(), &strata, DRAWS).unwrap();
        assert_eq!((found.machine, found.rate), (None, 0.0));
    }

    #[test]
    fn a_stratum_that_nobody_coded_or_one_cluster_alone_gives_no_number() {
        let totals = MachineTotals { counts: 10, events: 1 };
        let empty = SampledStratum { size: 4, sample: Vec::new() };
        assert_eq!(corrected_rate(totals, std::slice::from_ref(&empty), DRAWS), None);
        assert_eq!(corrected_rate(MachineTotals::default(), &[], DRAWS), None);
        let alone =
            SampledStratum { size: 10, sample: vec![unit(true, true, 0), unit(false, false, 0)] };
        assert_eq!(corrected_rate(totals, &[alone], DRAWS).unwrap().interval, None);
    }
}
