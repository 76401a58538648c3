//! The formulas that a measurement rests on, from numbers to numbers.
//!
//! Nothing here knows a statement, a codebook or a report: counts go in, estimates and intervals
//! come out, each with the paper that it is from. Three rules hold everywhere:
//!
//! * What is undefined is `None`, never `NaN` and never a number that looks like one.
//! * What is random takes a [`Resampling`] with its seed, and gives the same numbers on every
//!   machine, number of threads and release.
//! * Every formula is tested against values that a public package gave
//!   (`tests/reference.rs`, `tests/reference/make.py`).

mod agreement;
mod bootstrap;
mod cluster;
mod keyness;
mod paired;
mod prevalence;
mod proportion;
mod regression;
mod rng;
mod series;

pub use agreement::{
    Confusion, Metric, alpha, alpha_bootstrap, alpha_jackknife, alpha_over, f1, masi, steps,
    unequal,
};
pub use bootstrap::{Resampling, bootstrap, quantile};
pub use cluster::{
    Cluster, ClusterShare, FEWEST_RESAMPLED, Method, cluster_difference, cluster_share,
};
pub use keyness::{Keyness, LogOdds, TwoByTwo, log_odds, pooled_prior};
pub use paired::{McNemar, benjamini_hochberg, mcnemar};
pub use prevalence::{Corrected, Doubled, MachineTotals, SampledStratum, Sight, corrected_rate};
pub use proportion::{Interval, newcombe, wilson};
pub use rng::Rng;
pub use series::{
    Blocks, Change, Changes, Coefficient, LeastPoints, Point, Refused, block_bootstrap, changes_at,
};
