//! The lists by which Korean tells who speaks; `voice-ko.toml` has examples.

use serde::Deserialize;

use crate::words::Words;

/// The words by which Korean tells who speaks, besides its particles.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Korean {
    /// Holders whom such texts charge rather than cite.
    pub charged: Words,
    /// How verbs end that describe what comes after them.
    pub describing: Words,
}
