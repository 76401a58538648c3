//! Totals of what was found, whole or by group.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::record::Head;
use crate::search::Match;

/// How much matches a query. What each counts is in [`crate::Query::HELP`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Statements with a turn that matches.
    pub statements: u64,
    /// Utterances with a turn that matches.
    pub utterances: u64,
    /// Turns that match.
    pub turns: u64,
    /// Segments in which a place starts.
    pub segments: u64,
    /// Places.
    pub occurrences: u64,
}

/// By what totals are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// `2022-02`; `undated`.
    Month,
    /// `2022`; `undated`.
    Year,
    /// Source id.
    Source,
    /// Publishing state.
    Country,
    /// Role of the turn.
    Role,
    /// Language of the turn.
    Lang,
    /// Kind of text.
    Genre,
    /// Who issues it.
    Issuer,
    /// The speaker as printed.
    Speaker,
    /// The outlet that asks.
    Asker,
}

impl Grouping {
    const ALL: [(&str, Self); 10] = [
        ("month", Self::Month),
        ("year", Self::Year),
        ("source", Self::Source),
        ("country", Self::Country),
        ("role", Self::Role),
        ("lang", Self::Lang),
        ("genre", Self::Genre),
        ("issuer", Self::Issuer),
        ("speaker", Self::Speaker),
        ("asker", Self::Asker),
    ];

    /// The name as it is written on the command line and in headings.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, grouping)| *grouping == self).map_or("", |(name, _)| name)
    }

    /// The group that a turn belongs to; empty where it has no such field.
    pub(crate) fn of(self, head: &Head) -> String {
        let undated = || "undated".to_owned();
        match self {
            Self::Month => head.date.map_or_else(undated, |date| date.month()),
            Self::Year => head.date.map_or_else(undated, |date| format!("{:04}", date.0.year())),
            Self::Source => head.source.clone(),
            Self::Country => head.country.clone(),
            Self::Role => head.role.name().to_owned(),
            Self::Lang => head.lang.code().to_owned(),
            Self::Genre => head.genre.name().to_owned(),
            Self::Issuer => head.issuer.clone(),
            Self::Speaker => head.speaker.clone().unwrap_or_default(),
            Self::Asker => head.asker.clone().unwrap_or_default(),
        }
    }
}

impl std::str::FromStr for Grouping {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|(known, _)| *known == name)
            .map(|(_, grouping)| grouping)
            .ok_or_else(|| {
                let known = Self::ALL.map(|(name, _)| name).join(", ");
                format!("cannot group by `{name}`; known are {known}")
            })
    }
}

/// Totals in the making. Matches are added in order, so that a statement's turns follow each
/// other.
#[derive(Default)]
pub(crate) struct Tally(BTreeMap<Vec<String>, Group>);

#[derive(Default)]
struct Group {
    totals: Totals,
    /// The statement that was added last, and its utterances.
    statement: Box<str>,
    utterances: BTreeSet<u32>,
}

impl Tally {
    pub fn add(&mut self, key: Vec<String>, one: &Match) {
        let group = self.0.entry(key).or_default();
        let totals = &mut group.totals;
        if group.statement != one.statement {
            group.statement = one.statement.clone();
            group.utterances.clear();
            totals.statements += 1;
        }
        // Notes belong to no utterance.
        if one.utterance > 0 && group.utterances.insert(one.utterance) {
            totals.utterances += 1;
        }
        totals.turns += 1;
        totals.segments += u64::from(one.segments);
        totals.occurrences += one.places.len() as u64;
    }

    pub fn groups(self) -> Vec<(Vec<String>, Totals)> {
        self.0.into_iter().map(|(key, group)| (key, group.totals)).collect()
    }
}
