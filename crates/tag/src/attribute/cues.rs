//! A cue: a word of blame, with its kind and the places where its culprit may stand.

use corpus::pattern::{Entry, Matcher, Term};
use corpus::{BlameKind, Lang};
use serde::Deserialize;

/// Where the culprit of a cue stands, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// Before the cue, as who does it.
    Subject,
    /// With `of` after a noun cue, as whose it is; in English only.
    Possessor,
    /// With `by` after a passive; in English only.
    Agent,
    /// What a cue of condemning is about.
    Object,
    /// Before a cue of condemning, also behind a preposition: 对美方…表示反对.
    Around,
    /// Anywhere in the sentence.
    Topic,
    /// Named before this sentence: no slot of a file, but of the rule that goes by it.
    #[serde(skip_deserializing)]
    Antecedent,
}

impl Slot {
    /// The name as it is written in rules.
    pub fn name(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Possessor => "possessor",
            Self::Agent => "agent",
            Self::Object => "object",
            Self::Around => "around",
            Self::Topic => "topic",
            Self::Antecedent => "antecedent",
        }
    }
}

/// One `[[cue]]` of a file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CueEntry {
    /// The id, `fan-flames`.
    pub id: String,
    /// How the culprit is blamed.
    pub kind: BlameKind,
    /// Where the culprit stands, in order of preference.
    pub slots: Vec<Slot>,
    /// What the cue says of its culprit.
    pub definition: String,
    /// What it is not.
    pub not: String,
    /// The words.
    pub terms: Vec<String>,
    /// Words that a report without reproach uses as well (joint exercises, 伤亡): they blame only where
    /// another cue stands in the segment.
    #[serde(default)]
    pub neutral: Vec<String>,
    /// Longer words in which a term, or the first part of a pair, means nothing (조선동포 for 선동).
    #[serde(default)]
    pub excludes: Vec<String>,
    /// Whether it names who bears the responsibility, and no conduct that he could be told to stop.
    #[serde(default)]
    pub responsibility: bool,
    /// Words in two parts with an object between them: `drive ... to the brink`, 把…逼到墙角.
    #[serde(default, rename = "pair")]
    pub pairs: Vec<Pair>,
}

impl CueEntry {
    /// Whether it is the act of condemning whom it names as its object: `denounced`, 谴责.
    pub(super) fn is_denunciation(&self) -> bool {
        self.kind == BlameKind::Condemn && self.slots.first() == Some(&Slot::Object)
    }

    /// Whether it leads to the cause of a harm, in which the culprit is named: `due to`.
    pub(super) fn leads_to_the_cause(&self) -> bool {
        self.kind == BlameKind::Causal && self.slots.first() == Some(&Slot::Object)
    }
}

/// A cue in two parts, the second at most [`PAIR_REACH`] characters after the first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pair {
    /// The first part, in all its forms.
    pub head: Vec<String>,
    /// The second.
    pub tail: Vec<String>,
}

/// How many characters may stand between the two parts of a pair.
const PAIR_REACH: usize = 60;

/// A cue found in a segment.
#[derive(Debug, Clone, Copy)]
pub struct CueHit<'l> {
    /// The entry.
    pub entry: &'l CueEntry,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// One of the entry's neutral words.
    pub is_neutral: bool,
}

/// Whether the second part of a pair may stand at byte `to` when the first ends at byte `from`: in
/// the same sentence, not far.
pub(super) fn is_near(text: &str, from: usize, to: usize) -> bool {
    let between = text.get(from..to).unwrap_or_default();
    between.chars().count() <= PAIR_REACH
        && !between.contains(['。', '；', ';'])
        && !between.contains(". ")
}

/// Lists of terms, each with its exclusions, as one matcher; every hit has the place of its list.
///
/// # Errors
/// The term and what is wrong with it.
pub(super) fn matcher(lists: &[(&[String], &[String])], lang: Lang) -> Result<Matcher, String> {
    let parsed = |list: &[String]| {
        let terms = list.iter().map(|term| Term::parse(&open(term, lang), lang));
        terms.collect::<Result<Vec<_>, _>>().map_err(|e| e.to_string())
    };
    let mut entries = Vec::new();
    for (terms, excludes) in lists {
        entries.push(Entry { terms: parsed(terms)?, excludes: parsed(excludes)? });
    }
    Matcher::new(entries).map_err(|e| e.to_string())
}

/// Korean words of blame stand inside compounds (반공화국고립압살책동): their terms are open at
/// the front.
fn open(term: &str, lang: Lang) -> String {
    match lang {
        Lang::Ko if !term.starts_with('*') => format!("*{term}"),
        _ => term.to_owned(),
    }
}
