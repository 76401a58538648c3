//! A publisher: whom a state's institutions are known to charge at large, and whom they hardly ever
//! charge.

use corpus::Voice;
use serde::Deserialize;

/// One `[[publisher]]` of a codebook.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Publisher {
    /// The state, ISO 3166-1 alpha-2; empty for every state that has no entry.
    #[serde(default)]
    pub country: String,
    /// Targets that any cue of a sentence may mean.
    pub charges: Vec<String>,
    /// Targets of which only the cue's own subject or object counts.
    #[serde(default)]
    pub spares: Spares,
}

/// Targets that a publisher spares, by voice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Spares {
    /// In its own words.
    #[serde(default)]
    pub own: Vec<String>,
    /// In words that it relays.
    #[serde(default)]
    pub relayed: Vec<String>,
}

impl Publisher {
    /// The one of a state, else the one of all others, which stands last; `None` where there is neither.
    pub(crate) fn of<'p>(publishers: &'p [Self], country: &str) -> Option<&'p Self> {
        publishers.iter().find(|p| p.country == country || p.country.is_empty())
    }

    /// Whether it is known to charge this target at large.
    pub fn charges(&self, target: &str) -> bool {
        self.charges.iter().any(|id| id == target)
    }

    /// Whether it hardly ever charges this target in that voice.
    pub fn spares(&self, target: &str, voice: Voice) -> bool {
        let spared = match voice {
            Voice::Own => &self.spares.own,
            Voice::Relayed => &self.spares.relayed,
            _ => return false,
        };
        spared.iter().any(|id| id == target)
    }

    /// Every target that it names.
    pub(super) fn targets(&self) -> impl Iterator<Item = &String> {
        self.charges.iter().chain(&self.spares.own).chain(&self.spares.relayed)
    }
}
