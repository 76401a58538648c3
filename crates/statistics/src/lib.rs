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

mod bootstrap;
mod proportion;
mod rng;

pub use bootstrap::{
    Cluster, ClusterShare, Resampling, bootstrap, cluster_difference, cluster_share,
    paired_cluster_difference, quantile,
};
pub use proportion::{Interval, newcombe, wilson};
pub use rng::Rng;
