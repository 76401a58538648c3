//! The lists of a Chinese grammar, table by table; `grammar-zh.toml` has examples.

use serde::Deserialize;

use super::{Crime, Demand, Nature, Words};

/// The words by which Chinese tells who stands where.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Chinese {
    pub standing: ChineseStanding,
    pub company: ChineseCompany,
    pub stand_in: ChineseStandIn,
    pub guards: ChineseGuards,
    pub crime: Crime,
    pub mild: ChineseMild,
    pub nature: Nature,
    pub demand: Demand,
    pub question: ChineseQuestion,
}

/// How a target stands where it is named.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ChineseStanding {
    /// How names begin of what two have with each other, or of what is aimed at somebody.
    pub relations: Words,
    /// What follows a state's name where its people or things are meant.
    pub people: Words,
    /// Verbs whose object is acted upon.
    pub acts: Words,
    /// Where the preposition leads to the culprit.
    pub lies_with: Words,
    /// What follows the master of a servant.
    pub servants: Words,
    /// Words that end like a preposition and are none.
    pub no_prepositions: Words,
    /// Wrongs of his that others handle with 把 or 将.
    pub exposed: Words,
    /// What follows one under whose hand something happens.
    pub hands: Words,
    /// What he does wrong while something happens.
    pub errs: Words,
    /// For which wrong somebody is made his tool.
    pub uses: Words,
    /// Prepositions and verbs that set aside who follows them.
    pub aside: Words,
}

/// Who is named in one breath with another, and who as an accomplice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ChineseCompany {
    /// What stands between two who are named in one breath.
    pub joins: Words,
    /// Words right before one who acts together with the culprit.
    pub accomplices: Words,
}

/// What stands for one who was named before.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ChineseStandIn {
    /// What may stand for him, or for what he did.
    pub words: Words,
    /// Those of them, with what follows, that stand for several.
    pub several: Words,
    /// Those that stand for one who can be told to do something, and not for a deed.
    pub persons: Words,
    /// Epithets that mean whom the sentence before is about.
    pub epithets: Words,
    /// Words in which 其, 它 or 这 stands for nobody.
    pub of_nobody: Words,
}

/// What takes a word of blame back, or keeps it from being taken back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ChineseGuards {
    /// What is said of a claim that does not hold.
    pub failing: Words,
    /// Verbs of overcoming.
    pub overcoming: Words,
    /// Words that ask somebody to lift a wrong.
    pub asking: Words,
    /// The speaker and what is his.
    pub own: Words,
    /// Words that negate what follows.
    pub negations: Words,
    /// What is right, at which 才是 points.
    pub right: Words,
}

/// Beside what a word of bringing about only condemns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ChineseMild {
    /// Reproaches that are roused.
    pub roused: Words,
    /// Verbs of meeting a guilt, or of not doing so.
    pub evading: Words,
    /// Words that demand a responsibility.
    pub demanding: Words,
}

/// Whom a question reports to be charged.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ChineseQuestion {
    /// Words after which a question says what somebody charges.
    pub reports: Words,
    /// What is of a state and does not speak for it.
    pub private: Words,
}
