//! The formulas against values that public packages gave: the committed ones, made by
//! `reference/make.py` and `reference/williams.R`, and the project's shared ones.
#![allow(clippy::unwrap_used)] // Helpers of tests, outside `#[test]` functions.

use std::path::PathBuf;

use serde_json::Value;
use statistics::{
    Blocks, Cluster, Confusion, Interval, LeastPoints, Method, Metric, Point, Resampling, TwoByTwo,
    alpha, alpha_jackknife, benjamini_hochberg, block_bootstrap, changes_at, cluster_difference,
    cluster_share, f1, log_odds, mcnemar, newcombe, pooled_prior, quantile, steps, unequal, wilson,
};

/// What packages print is rounded in the fifteenth digit; our sums run in another order.
const TOLERANCE: f64 = 1e-9;

fn committed() -> Value {
    serde_json::from_str(include_str!("reference/values.json")).unwrap()
}

fn shared() -> Option<Value> {
    let root = std::env::var_os("DEMARCHE_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    match std::fs::read_to_string(root.join("data/stats/reference-values.json")) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(_) if std::env::var_os("CI").is_some() => panic!("no shared data in CI"),
        Err(_) => {
            println!("skipped: no shared data");
            None
        }
    }
}

#[track_caller]
fn same(found: impl Into<Option<f64>>, expected: &Value) {
    match (found.into(), expected.as_f64()) {
        (Some(found), Some(expected)) => {
            let error = (found - expected).abs() / expected.abs().max(1.0);
            assert!(error < TOLERANCE, "{found}, expected {expected}");
        }
        (found, expected) => assert_eq!(found, expected),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn whole(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn pair(value: &Value) -> (u64, u64) {
    (whole(&value[0]), whole(&value[1]))
}

fn numbers(value: &Value) -> Vec<f64> {
    list(value).iter().map(|v| v.as_f64().unwrap()).collect()
}

#[test]
fn wilson_and_newcombe_are_those_of_statsmodels() {
    let values = committed();
    for row in list(&values["wilson"]) {
        let level = row["level"].as_f64().unwrap();
        let found = wilson(whole(&row["count"]), whole(&row["of"]), level).unwrap();
        same(found.low, &row["low"]);
        same(found.high, &row["high"]);
    }
    for row in list(&values["newcombe"]) {
        let found = newcombe(pair(&row["a"]), pair(&row["b"]), 0.95).unwrap();
        same(found.low, &row["low"]);
        same(found.high, &row["high"]);
    }
}

#[test]
fn tables_are_those_of_scipy_and_statsmodels() {
    for row in list(&committed()["tables"]) {
        let table = TwoByTwo::new(pair(&row["first"]), pair(&row["second"])).unwrap();
        same(table.chi2().map(f64::abs), &row["chi2"]);
        same(table.chi2_yates().map(f64::abs), &row["chi2_yates"]);
        same(table.g2().map(f64::abs), &row["g2"]);
        same(table.keyness().map(|k| k.p), &row["p"]);
        same(table.log_ratio(), &row["log_ratio"]);
        let (ratio, interval) = table.odds_ratio(0.95).unwrap();
        same(ratio, &row["odds_ratio"]);
        same(interval.low, &row["low"]);
        same(interval.high, &row["high"]);
    }
}

#[test]
fn paired_tests_and_false_discoveries_are_those_of_statsmodels_and_scipy() {
    let values = committed();
    for row in list(&values["paired"]) {
        let found = mcnemar(whole(&row["only_first"]), whole(&row["only_second"]));
        same(found.p_exact, &row["p_exact"]);
        same(found.chi2, &row["chi2"]);
        same(found.p_chi2, &row["p_chi2"]);
    }
    let adjusted = benjamini_hochberg(&numbers(&values["many"]["p"])).unwrap();
    for (found, expected) in adjusted.iter().zip(list(&values["many"]["adjusted"])) {
        same(*found, expected);
    }
}

#[test]
fn weighted_agreement_is_that_of_scikit_learn() {
    for row in list(&committed()["weighted"]) {
        let codes = |key: &str| list(&row[key]).iter().map(|v| whole(v) as usize);
        let pairs: Vec<(usize, usize)> = codes("first").zip(codes("second")).collect();
        let table = Confusion::of(pairs.iter().copied(), 3).unwrap();
        same(table.kappa(unequal), &row["kappa"]);
        same(table.kappa(steps), &row["kappa_linear"]);
        same(table.pi(unequal), &row["pi"]);
        same(table.pi(steps), &row["pi_linear"]);
        let count = |a: bool, b: bool| {
            pairs.iter().filter(|(x, y)| (*x == 2) == a && (*y == 2) == b).count() as u64
        };
        same(f1(count(true, true), count(true, false), count(false, true)), &row["f1"]);
    }
}

#[test]
fn the_design_effect_is_that_of_cluster_robust_errors() {
    for row in list(&committed()["clusters"]) {
        let pairs = list(&row["clusters"]).iter().map(pair);
        let clusters: Vec<Cluster> = pairs.map(|(count, of)| Cluster { count, of }).collect();
        let found = cluster_share(&clusters, Resampling::default()).unwrap();
        same(found.share, &row["share"]);
        same(found.design_effect, &row["design_effect"]);
    }
}

#[test]
fn log_odds_with_either_prior_are_those_of_statsmodels() {
    for row in list(&committed()["log_odds"]) {
        let counts = |key: &str| list(&row[key]).iter().map(whole).collect::<Vec<u64>>();
        let (first, second) = (counts("first"), counts("second"));
        let prior = numbers(&row["pseudo_counts"]);
        if row["prior"] == "pooled" {
            for (found, expected) in pooled_prior(&first, &second).iter().zip(&prior) {
                assert!((found - expected).abs() < TOLERANCE, "{found}, expected {expected}");
            }
        }
        let found = log_odds(&first, &second, &prior).unwrap();
        assert_eq!(found.len(), list(&row["terms"]).len());
        for (found, term) in found.iter().zip(list(&row["terms"])) {
            let found = found.unwrap();
            same(found.delta, &term["delta"]);
            // The two terms of the variance that eq. 18 leaves out.
            same(found.variance + term["two_of_them"].as_f64().unwrap(), &term["four_terms"]);
            assert!((found.z - found.delta / found.variance.sqrt()).abs() < TOLERANCE);
        }
    }
}

#[test]
fn agreement_with_gaps_and_its_jackknife_are_those_of_krippendorff() {
    for row in list(&committed()["coders"]) {
        let units = by_unit(&row["codes"], 0);
        let scale: Vec<f64> = (0..whole(&row["categories"])).map(|c| c as f64).collect();
        for (metric, key) in [
            (Metric::Nominal, "nominal"),
            (Metric::Ordinal, "ordinal"),
            (Metric::Interval, "interval"),
        ] {
            same(alpha(&units, &scale, metric), &row[key]["alpha"]);
            let found = alpha_jackknife(&units, &scale, metric, 0.95).unwrap();
            same(found.low, &row[key]["low"]);
            same(found.high, &row[key]["high"]);
        }
    }
}

#[test]
fn williams_divisor_is_that_of_desctools_and_of_tables_of_any_size() {
    let desctools: Value = serde_json::from_str(include_str!("reference/williams.json")).unwrap();
    for row in list(&desctools).iter().chain(list(&committed()["williams"])) {
        let table = TwoByTwo::new(pair(&row["first"]), pair(&row["second"])).unwrap();
        same(table.g2_williams(), &row["g2_williams"]);
    }
}

/// Ends that differ by chance only: by a small part of the interval's width.
#[track_caller]
fn near(found: Option<Interval>, expected: &Value) {
    let (found, low, high) = (found.unwrap(), &expected[0], &expected[1]);
    let (low, high) = (low.as_f64().unwrap(), high.as_f64().unwrap());
    let off = (found.low - low).abs().max((found.high - high).abs()) / (high - low);
    assert!(off < 0.04, "{found:?}, expected {expected}: {off} of its width off");
}

#[test]
fn intervals_by_blocks_are_those_of_arch_but_for_chance() {
    let resampling = Resampling { draws: 20_000, ..Resampling::default() };
    for row in list(&committed()["blocks"]) {
        let (series, length) = (numbers(&row["series"]), whole(&row["length"]));
        let blocks = match row["blocks"].as_str() {
            Some("circular") => Blocks::Circular(length as usize),
            _ => Blocks::Stationary(length as f64),
        };
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let drawn = |chosen: &[usize]| chosen.iter().map(|&i| series[i]).collect::<Vec<f64>>();
        let by = |statistic: &dyn Fn(&[f64]) -> f64| {
            block_bootstrap(series.len(), blocks, resampling, |c| Some(statistic(&drawn(c))))
        };
        near(by(&mean), &row["mean"]);
        let product = |values: &[f64]| values.windows(2).map(|w| w[0] * w[1]).collect::<Vec<f64>>();
        near(by(&|values| mean(&product(values))), &row["lag"]);
    }
}

#[test]
fn resampled_intervals_are_those_of_scipy_but_for_chance() {
    let resampling = Resampling { draws: 20_000, ..Resampling::default() };
    for row in list(&committed()["resampled"]) {
        let of = |pair: &Value| Cluster { count: whole(&pair[0]), of: whole(&pair[1]) };
        let clusters = |key: &str| list(&row[key]).iter().map(of).collect::<Vec<Cluster>>();
        let (first, second) = (clusters("first"), clusters("second"));
        let resampled = |found: Option<(Interval, Method)>| {
            let (interval, method) = found.unwrap();
            assert_eq!(method, Method::ClusterBootstrap);
            Some(interval)
        };
        let share = cluster_share(&first, resampling).unwrap();
        near(resampled(share.interval), &row["share"]);
        near(resampled(cluster_difference(&first, &second, resampling)), &row["apart"]);
    }
}

#[test]
fn quantiles_are_those_of_numpy() {
    let values = &committed()["quantiles"];
    let sorted = numbers(&values["sorted"]);
    for row in list(&values["at"]) {
        same(quantile(&sorted, row[0].as_f64().unwrap()), &row[1]);
    }
}

/// Points at 0, 1, 2 and so on, which all weigh the same.
fn unweighted(values: &Value) -> Vec<Point> {
    let point = |(time, value)| Point { time, value, weight: 1.0 };
    (0..).zip(numbers(values)).map(point).collect()
}

#[test]
fn a_change_in_a_series_is_that_of_statsmodels() {
    for row in list(&committed()["changes"]) {
        let points = unweighted(&row["y"]);
        let (at, lags) = (row["at"].as_i64().unwrap(), whole(&row["lags"]) as usize);
        let found = changes_at(&points, &[at], Some(lags), LeastPoints::default()).unwrap();
        for (i, c) in [found.start, found.trend, found.changes[0].jump, found.changes[0].turn]
            .iter()
            .enumerate()
        {
            same(c.value, &row["coefficients"][i]);
            same(c.se_ols, &row["se_ols"][i]);
            same(c.se, &row["se"][i]);
            same(c.p, &row["p"][i]);
            same(c.interval.low, &row["intervals"][i][0]);
            same(c.interval.high, &row["intervals"][i][1]);
        }
        same(found.durbin_watson, &row["durbin_watson"]);
    }
}

#[test]
fn shared_shares_and_differences_come_out() {
    let Some(values) = shared() else { return };
    for row in list(&values["wilson"]) {
        let level = row["conf"].as_f64().unwrap();
        let found = wilson(whole(&row["k"]), whole(&row["n"]), level).unwrap();
        same(found.low, &row["lo"]);
        same(found.high, &row["hi"]);
    }
    for row in list(&values["newcombe_diff"]) {
        let (a, b) =
            ((whole(&row["k1"]), whole(&row["n1"])), (whole(&row["k2"]), whole(&row["n2"])));
        let found = newcombe(a, b, 0.95).unwrap();
        same(found.low, &row["lo"]);
        same(found.high, &row["hi"]);
    }
}

#[test]
fn shared_keyness_and_log_odds_come_out() {
    let Some(values) = shared() else { return };
    for row in list(&values["keyness"]["rows"]) {
        let side = |count: &str, size: &str| (whole(&row[count]), whole(&row[size]));
        let table = TwoByTwo::new(side("a", "n1"), side("b", "n2")).unwrap();
        same(table.chi2(), &row["chi2_signed"]);
        same(table.g2(), &row["G2_signed"]);
        same(table.g2_williams(), &row["G2_williams"]);
        same(table.log_ratio(), &row["log_ratio"]);
    }
    let words = &values["fightin_words"];
    let counts = |key: &str| list(&words[key]).iter().map(whole).collect::<Vec<u64>>();
    let (first, second) = (counts("c1"), counts("c2"));
    let uniform = vec![words["uniform_alpha"].as_f64().unwrap(); first.len()];
    let informative = numbers(&words["informative_alpha"]);
    for (prior, key) in [(uniform, "uniform"), (informative, "informative")] {
        let found = log_odds(&first, &second, &prior).unwrap();
        for (found, row) in found.iter().zip(list(&words[key])) {
            same(found.map(|f| f.delta), &row["delta"]);
            same(found.map(|f| f.variance), &row["var"]);
            same(found.map(|f| f.z), &row["z"]);
        }
    }
}

/// A table with a row a coder and a column a unit, turned into codes by unit.
fn by_unit(data: &Value, first: u64) -> Vec<Vec<usize>> {
    let units = list(&data[0]).len();
    let unit = |u: usize| {
        list(data).iter().filter_map(|row| row[u].as_u64()).map(|c| (c - first) as usize).collect()
    };
    (0..units).map(unit).collect()
}

#[test]
fn shared_agreement_comes_out() {
    let Some(values) = shared() else { return };
    let units = by_unit(&values["krippendorff"]["data"], 1);
    let scale = [1.0, 2.0, 3.0, 4.0, 5.0];
    for (metric, key) in
        [(Metric::Nominal, "nominal"), (Metric::Ordinal, "ordinal"), (Metric::Interval, "interval")]
    {
        same(alpha(&units, &scale, metric), &values["krippendorff"][key]);
    }
    let binary = &values["kripp_binary"];
    let units = by_unit(&binary["data"], 0);
    same(alpha(&units, &[0.0, 1.0], Metric::Nominal), &binary["nominal"]);
    let table = Confusion::of(units.iter().map(|u| (u[0], u[1])), 2).unwrap();
    same(table.agreement(), &binary["agreement"]);
    same(table.kappa(unequal), &binary["kappa"]);
    same(table.pi(unequal), &binary["pi"]);
}

#[test]
fn the_shared_interrupted_series_comes_out() {
    let Some(values) = shared() else { return };
    let row = &values["its"];
    let points = unweighted(&row["y"]);
    let at = row["t0"].as_i64().unwrap();
    let found = changes_at(&points, &[at], Some(3), LeastPoints::default()).unwrap();
    for (i, c) in
        [found.start, found.trend, found.changes[0].jump, found.changes[0].turn].iter().enumerate()
    {
        same(c.value, &row["coef"][i]);
        same(c.se_ols, &row["se_ols"][i]);
        same(c.se, &row["se_nw3"][i]);
    }
    same(found.durbin_watson, &row["durbin_watson"]);
}
