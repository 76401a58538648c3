//! What was observed: of each statement that a study counts, its utterances and what was found in
//! them, without the text.
//!
//! Sixteen bytes a hit and some two hundred and fifty a statement, so that a million utterances fit
//! in memory where their text does not. Where the words of a hit stand is not held: the second pass
//! over the text, which quotes them, finds them again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::rc::Rc;

use corpus::{BlameKind, Date, Role, Voice};

use crate::cited::CitedStatement;
use crate::number::Named;

/// All that a study counts, sorted by date and id.
pub(crate) struct Observed {
    /// The counted statements.
    pub texts: Vec<Text>,
    /// Statements set aside because a linked one counts.
    pub set_aside: Vec<Text>,
    /// Statements of a side that have no date and so lie in no period, by side.
    pub undated: BTreeMap<usize, u64>,
    /// What became of the cited statements.
    pub cited: Vec<CitedStatement>,
    /// Which places and texts figures name: all, unless there are very many.
    pub named: Named,
    /// The codes of which figures name places.
    pub counting: BTreeSet<u32>,
    /// Places in `texts`, sorted by the statements' ids.
    pub by_id: Vec<u32>,
    /// The strings that hits and utterances name by number.
    pub names: Names,
}

impl Observed {
    /// The text of that number: those that count, then those set aside.
    pub fn text(&self, number: u32) -> Option<&Text> {
        let number = number as usize;
        let aside = || self.set_aside.get(number.checked_sub(self.texts.len())?);
        self.texts.get(number).or_else(aside)
    }

    /// The counted text of that statement at that revision.
    pub fn counted(&self, id: &str, revision: u32) -> Option<&Text> {
        let text = |place: &u32| &self.texts[*place as usize];
        let found = self.by_id.binary_search_by(|place| text(place).id.as_ref().cmp(id)).ok()?;
        Some(text(&self.by_id[found])).filter(|text| text.revision == revision)
    }
}

/// One statement at the revision that counts.
pub(crate) struct Text {
    pub id: Box<str>,
    pub revision: u32,
    pub source: u32,
    pub side: usize,
    pub date: Date,
    pub truncated: bool,
    pub utterances: Box<[Spoken]>,
    /// Whether title or text holds the study's subject.
    pub names_subject: bool,
    /// Ids of all statements that are linked with this one inside its side, itself included;
    /// empty where there are none.
    pub linked: Box<[Box<str>]>,
}

impl Text {
    /// Ids of this statement and of all that are linked with it inside its side.
    pub fn versions(&self) -> &[Box<str>] {
        if self.linked.is_empty() { std::slice::from_ref(&self.id) } else { &self.linked }
    }
}

/// One utterance.
pub(crate) struct Spoken {
    /// All that are on the same topics share their list.
    pub topics: Rc<[u32]>,
    /// What is only about some of its topics; nothing where all of it is about all.
    pub passages: Option<Box<Passages>>,
    /// Whether somebody of the institution speaks in it.
    pub answered: bool,
    /// Whether it has a question.
    pub asked: bool,
    pub own_segments: u32,
    pub hits: Box<[Hit]>,
}

/// Of the topics that are only those of a passage.
#[derive(Default)]
pub(crate) struct Passages {
    /// Topic and the own-voice segments that are about it.
    pub own_segments: Vec<(u32, u32)>,
    /// Topic and number of each hit that is not about it.
    pub aside: BTreeSet<(u32, u32)>,
}

impl Spoken {
    /// Whether it is about `topic`; about anything where none is asked for.
    pub fn is_on(&self, topic: Option<u32>) -> bool {
        topic.is_none_or(|t| self.topics.contains(&t))
    }

    /// Its own-voice segments that are about `topic`.
    pub fn own_on(&self, topic: Option<u32>) -> u32 {
        let partly = self.passages.as_ref().zip(topic);
        let partly = partly.and_then(|(p, t)| p.own_segments.iter().find(|(of, _)| *of == t));
        partly.map_or(self.own_segments, |(_, segments)| *segments)
    }

    /// Its hits that are about `topic`, with their numbers.
    pub fn hits_on(&self, topic: Option<u32>) -> impl Iterator<Item = (usize, &Hit)> + Clone {
        let passages = self.passages.as_ref().zip(topic);
        let aside =
            move |at: usize| passages.is_some_and(|(p, t)| p.aside.contains(&(t, at as u32)));
        self.hits.iter().enumerate().filter(move |(at, _)| !aside(*at))
    }
}

/// A mention or an attribution. It reads as what it is of, which all that are alike share.
#[derive(Clone)]
pub(crate) struct Hit {
    pub what: Rc<What>,
    pub turn: u32,
    pub segment: u32,
}

impl Deref for Hit {
    type Target = What;

    fn deref(&self) -> &What {
        &self.what
    }
}

/// What is counted of a hit.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct What {
    /// `frame:hegemony`; `blame:US` for an attribution.
    pub code: u32,
    /// The words as written, case folded; of naming terms only.
    pub form: u32,
    pub referent: u32,
    pub holder: u32,
    pub rule: u32,
    pub kind: Option<BlameKind>,
    pub voice: Voice,
    pub role: Role,
    /// Whether the segment is own-voice, as the denominator of rates counts it.
    pub own_segment: bool,
}

/// Strings by number; 0 is the empty string.
pub(crate) struct Names {
    names: Vec<String>,
    numbers: BTreeMap<String, u32>,
}

impl Names {
    pub fn new() -> Self {
        let mut names = Self { names: Vec::new(), numbers: BTreeMap::new() };
        names.number("");
        names
    }

    /// The number of a string, a new one where it was never met.
    pub fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// The string of that number.
    pub fn of(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }

    /// All strings with their numbers.
    pub fn all(&self) -> impl Iterator<Item = (&str, u32)> {
        self.numbers.iter().map(|(name, number)| (name.as_str(), *number))
    }

    /// The number of a string, if anything has it.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }
}
