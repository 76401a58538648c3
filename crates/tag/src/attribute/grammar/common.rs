//! The lists that a grammar has in common with those of other languages; each has its own words in them.

use serde::Deserialize;

use super::Words;

/// A crime that is named, and what states that somebody died of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Crime {
    /// Names of such crimes, in Korean how they end.
    pub names: Words,
    /// Words that state deaths, besides a number.
    pub deaths: Words,
    /// What follows a number of people.
    pub counted: Words,
}

/// What does harm without anybody's fault.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Nature {
    /// Forces that nobody wields.
    pub forces: Words,
}

/// Whom a demand is addressed to; Korean, which ends with its verbs, needs no list for that.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Demand {
    /// How the verbs begin whose addressee comes after them.
    pub addressing: Words,
    /// Those of them that accuse whom they address.
    pub pressing: Words,
}
