//! The lists of a Korean grammar, table by table; `grammar-ko.toml` has examples.

use serde::Deserialize;

use super::{Crime, Nature, Words};
use crate::attribute::words::ends_with_any;

/// The words by which Korean tells who stands where.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Korean {
    pub standing: KoreanStanding,
    pub company: KoreanCompany,
    pub beside: KoreanBeside,
    pub stand_in: KoreanStandIn,
    pub guards: KoreanGuards,
    pub crime: Crime,
    pub nature: Nature,
}

/// How a target stands where it is named.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct KoreanStanding {
    /// What follows one who is spoken to, fought or only a place.
    pub aside: Words,
    /// Whom the speaker counts on his side, or what is only somebody's place.
    pub people: Words,
    /// What follows 외세 where who uses it is charged.
    pub outside_help: Words,
    /// What follows those in whose land somebody is or brings something.
    pub occupied: Words,
    /// What follows a name and means those who rule there.
    pub rulers: Words,
}

/// Who is named in one breath with another, and who as an accomplice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct KoreanCompany {
    /// What stands between two who are named in one breath, besides particles.
    pub joins: Words,
    /// What follows the first and worst of those who are named, and his particle.
    pub heads: Words,
    /// Words for the servants of somebody who are named right after.
    pub servants: Words,
    /// What follows one who acts together with the culprit, and his particle.
    pub accomplices: Words,
}

impl KoreanCompany {
    /// Where the words `after` a name make it the first and worst of a list, what stands behind
    /// them: 외세 of 를 비롯한 외세.
    pub fn led<'t>(&self, after: &'t str) -> Option<&'t str> {
        let (word, rest) = after.split_once(' ')?;
        let behind = self.heads.behind(rest.trim_start())?.trim_start();
        let done = ["하는", "한", "하여"].iter().find_map(|done| behind.strip_prefix(done));
        ends_with_any(word, &["을", "를", "이"]).then(|| done.unwrap_or(behind))
    }
}

/// What stands right at a name as what is his.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct KoreanBeside {
    /// Whose servant somebody is blames the servant.
    pub servants: Words,
}

/// What stands for one who was named before.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct KoreanStandIn {
    /// What may stand for him, or for what he did.
    pub words: Words,
    /// Those of them that stand for several.
    pub several: Words,
    /// Epithets that mean whom the sentence before is about.
    pub epithets: Words,
}

/// What takes a word of blame back, or keeps it from being taken back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct KoreanGuards {
    /// What follows a wrong that is prevented, endured or past.
    pub overcome: Words,
    /// What follows a wrong that is met and beaten.
    pub fought: Words,
    /// How a sentence ends that calls on somebody to fight a wrong.
    pub calling: Words,
    /// Verbs of guarding against a wrong.
    pub guarding: Words,
    /// What is sent to those who suffer or fight a wrong.
    pub greetings: Words,
    /// How the verbs begin of sending it.
    pub sending: Words,
    /// What is said of a wrong that goes on.
    pub going_on: Words,
    /// What follows a wrong that is denied, forbidden or only said not to be.
    pub denied: Words,
    /// What one does not do with a wrong that one does not suffer.
    pub not_suffered: Words,
}
