//! Totals of what was found, whole or by group.

use serde::Serialize;

use crate::found::Match;
use crate::part::Part;
use crate::record::Head;

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

    /// The group that a match belongs to, where columns tell it without what is stored.
    pub(crate) fn of_columns(self, part: &Part, one: &Match) -> Option<String> {
        let undated = || "undated".to_owned();
        let doc = one.address.doc_id;
        match self {
            Self::Month => {
                Some(part.date(doc).map_or_else(undated, |day| {
                    format!("{:04}-{:02}", day / 10_000, day / 100 % 100)
                }))
            }
            Self::Year => {
                Some(part.date(doc).map_or_else(undated, |day| format!("{:04}", day / 10_000)))
            }
            Self::Source => part.sources.get(part.source(doc)).cloned(),
            Self::Lang => Some(part.lang(doc).code().to_owned()),
            _ => None,
        }
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

/// Totals in the making. What matches is added in order, so that the turns of a statement follow
/// each other.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub totals: Totals,
    /// The statement that was added last, and those of its utterances that count already.
    statement: Option<u64>,
    utterances: Vec<u32>,
}

impl Tally {
    /// Adds a turn of the statement with this key; notes have utterance 0 and belong to none.
    pub fn add(&mut self, statement: u64, utterance: u32, segments: u32, occurrences: u32) {
        let totals = &mut self.totals;
        if self.statement != Some(statement) {
            self.statement = Some(statement);
            self.utterances.clear();
            totals.statements += 1;
        }
        if utterance > 0 && !self.utterances.contains(&utterance) {
            self.utterances.push(utterance);
            totals.utterances += 1;
        }
        totals.turns += 1;
        totals.segments += u64::from(segments);
        totals.occurrences += u64::from(occurrences);
    }
}

impl std::ops::AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.statements += other.statements;
        self.utterances += other.utterances;
        self.turns += other.turns;
        self.segments += other.segments;
        self.occurrences += other.occurrences;
    }
}
