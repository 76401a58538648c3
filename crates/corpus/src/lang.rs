//! The language of a statement or a turn.

use serde::{Deserialize, Serialize};

/// A language by its ISO 639-1 code; `Und` where the text does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lang {
    /// Chinese, simplified or traditional.
    Zh,
    /// English.
    En,
    /// Korean, in DPRK or southern spelling.
    Ko,
    /// Spanish.
    Es,
    /// Russian.
    Ru,
    /// Japanese.
    Ja,
    /// French.
    Fr,
    /// Arabic.
    Ar,
    /// German.
    De,
    /// Undetermined.
    Und,
}

impl Lang {
    /// All of them, those that have rules first.
    pub const ALL: [Self; 10] = [
        Self::Zh,
        Self::En,
        Self::Ko,
        Self::Es,
        Self::Ru,
        Self::Ja,
        Self::Fr,
        Self::Ar,
        Self::De,
        Self::Und,
    ];

    /// The code as it is written in files and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
            Self::Ko => "ko",
            Self::Es => "es",
            Self::Ru => "ru",
            Self::Ja => "ja",
            Self::Fr => "fr",
            Self::Ar => "ar",
            Self::De => "de",
            Self::Und => "und",
        }
    }

    /// Whether words stand without spaces between them, so that contexts are counted in
    /// characters.
    pub fn is_unspaced(self) -> bool {
        matches!(self, Self::Zh | Self::Ja)
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::str::FromStr for Lang {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|lang| lang.code() == code).ok_or_else(|| {
            let known = Self::ALL.map(Self::code).join(", ");
            format!("unknown language `{code}`; known are {known}")
        })
    }
}
