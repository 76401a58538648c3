//! The votes of a study: its facts, the roll calls and the study's seed brought together.

use std::path::Path;

use corpus::source::Config;
use measure::Study;
use statistics::Resampling;
use votes::{Facts, Seats, VoteFindings};

use crate::Result;

/// What a report prints about the votes of `study`; `None` where the configuration names none.
/// `data` is a folder with all roll calls; without it the study's own votes are used that ship
/// with the program.
///
/// # Errors
/// Where a table or a file of the configuration cannot be read.
pub fn study_votes(
    config: &Config,
    study: &Study,
    data: Option<&Path>,
) -> Result<Option<VoteFindings>> {
    let Some(facts) = Facts::of_study(config, &study.id)? else { return Ok(None) };
    let roll_calls = match data {
        Some(folder) => votes::load(folder)?.roll_calls,
        None => votes::shipped(config)?,
    };
    let resampling = Resampling { seed: study.seed, draws: study.draws, ..Resampling::default() };
    Ok(Some(votes::study(&facts, &roll_calls, &Seats::of(config)?, resampling)?))
}
