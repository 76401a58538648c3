//! The lists of an English grammar, table by table; `grammar-en.toml` has examples.

use serde::Deserialize;

use super::{Crime, Demand, Nature, Words};

/// The words by which English tells who stands where.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct English {
    pub standing: EnglishStanding,
    pub company: EnglishCompany,
    pub beside: EnglishBeside,
    pub stand_in: EnglishStandIn,
    pub guards: EnglishGuards,
    pub crime: Crime,
    pub mild: EnglishMild,
    pub nature: Nature,
    pub demand: Demand,
    pub question: EnglishQuestion,
}

/// How a target stands where it is named.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EnglishStanding {
    /// Prepositions that set aside who follows them.
    pub governing: Words,
    /// Words behind which he may be the culprit all the same.
    pub still_culprit: Words,
    /// Words before what is lost, left or beaten.
    pub overcome: Words,
    /// Words whose object is acted upon.
    pub acts: Words,
    /// What follows a state's name where its people or things are meant.
    pub people: Words,
    /// Those of his people whose deeds are his.
    pub perpetrators: Words,
    /// Words of meeting and beating an enemy.
    pub beating: Words,
    /// Those who serve another.
    pub servants: Words,
    /// Quarrels that have two sides.
    pub quarrels: Words,
    /// What two do together.
    pub joint_doings: Words,
}

/// Who is named in one breath with another, and who as an accomplice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EnglishCompany {
    /// What stands between two who are named in one breath.
    pub joins: Words,
    /// How words begin for the servants of somebody.
    pub servants: Words,
    /// Words before one with whom, or at whose bidding, the culprit acts.
    pub accomplices: Words,
}

/// What stands right at a name as what is his.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EnglishBeside {
    /// Words behind which what is his is a cause, a pattern or what shall end.
    pub his_doing: Words,
}

/// What stands for one who was named before.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EnglishStandIn {
    /// What may stand for him.
    pub words: Words,
    /// Those of them that stand for several.
    pub several: Words,
    /// How words end for a body of rulers.
    pub bodies: Words,
    /// Epithets that mean whom the sentence before is about.
    pub epithets: Words,
    /// Words before a body of which something is wanted.
    pub asks: Words,
    /// What is wanted where it is the end of a wrong.
    pub ends: Words,
    /// Nouns of a place or time.
    pub places: Words,
    /// What `it is ...` says of a clause.
    pub of_a_clause: Words,
    /// Verbs whose subject speaks.
    pub reports: Words,
    /// Verbs that may say what somebody does, too.
    pub may_report: Words,
}

/// What takes a word of blame back, or keeps it from being taken back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EnglishGuards {
    /// How words of foreign rule begin.
    pub yokes: Words,
    /// Verbs of ending a wrong.
    pub ends: Words,
    /// Words of wanting nothing of the kind.
    pub unwanted: Words,
    /// Words with which a negation takes nothing back.
    pub still_said: Words,
    /// How the verbs begin of what is met and beaten.
    pub beating: Words,
    /// Words that call for beating a wrong.
    pub calling: Words,
    /// Words before a quotation mark by which the other side is said to call it so.
    pub so_called: Words,
}

/// Beside what a word of bringing about only condemns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EnglishMild {
    /// Verbs of running away from a responsibility.
    pub evading: Words,
    /// Words that lead to what somebody only means to do.
    pub meant: Words,
    /// Reproaches that are stirred up, without their -s.
    pub reproaches: Words,
}

/// Whom a question reports to be charged.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EnglishQuestion {
    /// Words after which a question says what somebody charges.
    pub reports: Words,
}
