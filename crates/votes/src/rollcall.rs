//! A roll call: one recorded vote and how each state voted in it.

use std::collections::BTreeMap;

use corpus::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a state did in a roll call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Vote {
    /// In favour.
    #[serde(rename = "Y")]
    Yes,
    /// Against.
    #[serde(rename = "N")]
    No,
    /// Abstained.
    #[serde(rename = "A")]
    Abstain,
    /// Absent, present without voting, or without the right to vote.
    #[serde(rename = "X")]
    NonVoting,
}

impl Vote {
    /// The vote of a letter: Y, N, A or X.
    pub fn from_letter(letter: &str) -> Option<Self> {
        match letter {
            "Y" => Some(Self::Yes),
            "N" => Some(Self::No),
            "A" => Some(Self::Abstain),
            "X" => Some(Self::NonVoting),
            _ => None,
        }
    }

    /// Y, N, A or X.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Yes => "Y",
            Self::No => "N",
            Self::Abstain => "A",
            Self::NonVoting => "X",
        }
    }

    /// The place on the scale no, abstain, yes: 0, 1, 2; `None` for a state that did not vote.
    pub fn place(self) -> Option<usize> {
        match self {
            Self::No => Some(0),
            Self::Abstain => Some(1),
            Self::Yes => Some(2),
            Self::NonVoting => None,
        }
    }
}

/// A state by its ISO 3166-1 alpha-3 code; states that are gone keep theirs (`SUN`, `DDR`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 3]);

impl Country {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl std::fmt::Display for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Country {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_alphabetic) => {
                Ok(Self([a, b, c].map(|letter| letter.to_ascii_uppercase())))
            }
            _ => Err(format!("`{text}` is no code of three letters such as CHN")),
        }
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Which body voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Organ {
    /// The General Assembly.
    #[serde(rename = "GA")]
    GeneralAssembly,
    /// The Security Council.
    #[serde(rename = "SC")]
    SecurityCouncil,
}

/// One recorded vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollCall {
    /// Symbol of the resolution, or of the draft where it failed.
    pub resolution: String,
    /// The day of the vote.
    pub date: Date,
    /// Which body voted.
    pub organ: Organ,
    /// Whether it was adopted. The tables hold adopted resolutions only; failed drafts come from
    /// tables of their own and enter no comparison over all roll calls.
    pub adopted: bool,
    /// The official title, where the table has one.
    pub title: Option<String>,
    /// How each member voted, sorted by code; empty where the record names no states.
    pub votes: Vec<(Country, Vote)>,
}

impl RollCall {
    /// How a state voted; `None` where it was no member.
    pub fn vote(&self, country: Country) -> Option<Vote> {
        let found = self.votes.binary_search_by_key(&country, |(code, _)| *code).ok()?;
        self.votes.get(found).map(|(_, vote)| *vote)
    }

    /// How many members voted so.
    pub fn count(&self, vote: Vote) -> usize {
        self.votes.iter().filter(|(_, cast)| *cast == vote).count()
    }

    /// The session that the symbol names.
    pub fn session(&self) -> Option<Session> {
        Session::of_symbol(&self.resolution)
    }

    /// The roll call as `demarche votes show --json` prints it.
    pub fn view(&self) -> RollCallView<'_> {
        RollCallView {
            resolution: &self.resolution,
            date: self.date,
            yes: self.count(Vote::Yes),
            no: self.count(Vote::No),
            abstain: self.count(Vote::Abstain),
            nonvoting: self.count(Vote::NonVoting),
            members: self.votes.len(),
            recorded: !self.votes.is_empty(),
            votes: self.votes.iter().copied().collect(),
            organ: self.organ,
            adopted: self.adopted,
            title: self.title.as_deref(),
        }
    }
}

/// A roll call with its totals; the keys are stable.
#[derive(Debug, Clone, Serialize)]
pub struct RollCallView<'a> {
    /// Symbol of the resolution or draft.
    pub resolution: &'a str,
    /// The day of the vote.
    pub date: Date,
    /// Members in favour.
    pub yes: usize,
    /// Members against.
    pub no: usize,
    /// Members that abstained.
    pub abstain: usize,
    /// Members that did not vote.
    pub nonvoting: usize,
    /// All members.
    pub members: usize,
    /// Whether the record names votes: one adopted without a vote has totals of nobody.
    pub recorded: bool,
    /// Each member's vote.
    pub votes: BTreeMap<Country, Vote>,
    /// Which body voted.
    pub organ: Organ,
    /// Whether it was adopted.
    pub adopted: bool,
    /// The official title.
    pub title: Option<&'a str>,
}

/// Roll calls, sorted by date and symbol.
#[derive(Debug, Clone, Default)]
pub struct RollCalls {
    all: Vec<RollCall>,
    complete: bool,
}

impl RollCalls {
    /// Sorts roll calls. `complete` says whether these are all roll calls of their time or only
    /// a choice.
    pub fn new(mut all: Vec<RollCall>, complete: bool) -> Self {
        for roll_call in &mut all {
            roll_call.votes.sort_unstable();
        }
        all.sort_by(|a, b| (a.date, &a.resolution).cmp(&(b.date, &b.resolution)));
        Self { all, complete }
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = &RollCall> {
        self.all.iter()
    }

    /// Whether these are all roll calls of their time, so that a year can be compared.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// The roll call on a resolution, by its symbol without regard to case; `A/RES/` may be
    /// left out.
    pub fn find(&self, symbol: &str) -> Option<&RollCall> {
        let wanted = symbol.trim();
        let is = |name: &str| {
            name.eq_ignore_ascii_case(wanted)
                || name.strip_prefix("A/RES/").is_some_and(|n| n.eq_ignore_ascii_case(wanted))
        };
        self.all.iter().find(|r| is(&r.resolution))
    }
}

/// A session of the General Assembly, or a year of the Security Council, as symbols name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Session(String);

impl Session {
    /// The session in a symbol: `74` of `A/RES/74/17`, `ES-11` of `A/RES/ES-11/1`, `26` of
    /// `A/RES/2758(XXVI)`, `ES-1` of `A/RES/996(ES-IandII)` (the first of two), `1946` of
    /// `S/RES/15(1946)`. `None` where the symbol names none, as a draft's.
    pub fn of_symbol(symbol: &str) -> Option<Self> {
        let (organ, rest) = symbol.split_once("/RES/")?;
        if let Some((_, bracket)) = rest.split_once('(') {
            let inside = bracket.split(')').next()?.split("and").next()?;
            return Self::of_old_style(inside);
        }
        let first = rest.split('/').next()?;
        (organ == "A" && rest.contains('/')).then_some(())?;
        Self::of_old_style(first)
    }

    fn of_old_style(text: &str) -> Option<Self> {
        let (kind, number) = match text.rsplit_once('-') {
            Some((kind @ ("ES" | "S"), number)) => (Some(kind), number),
            Some(_) => return None,
            None => (None, text),
        };
        let number = number.parse::<u32>().ok().or_else(|| roman(number))?;
        Some(Self(kind.map_or(number.to_string(), |kind| format!("{kind}-{number}"))))
    }
}

impl std::fmt::Display for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A Roman number of I, V, X and L.
fn roman(text: &str) -> Option<u32> {
    let value = |letter| match letter {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let values: Vec<u32> = text.chars().map(value).collect::<Option<_>>()?;
    let mut sum = 0;
    for (i, &here) in values.iter().enumerate() {
        let next = values.get(i + 1).copied().unwrap_or(0);
        if here < next {
            sum -= i64::from(here);
        } else {
            sum += i64::from(here);
        }
    }
    u32::try_from(sum).ok().filter(|&n| n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_names_its_session() {
        let session = |symbol| Session::of_symbol(symbol).map(|s| s.to_string());
        assert_eq!(session("A/RES/74/17").as_deref(), Some("74"));
        assert_eq!(session("A/RES/36/12A").as_deref(), Some("36"));
        assert_eq!(session("A/RES/ES-11/1").as_deref(), Some("ES-11"));
        assert_eq!(session("A/RES/S-9/2").as_deref(), Some("S-9"));
        assert_eq!(session("A/RES/2758(XXVI)").as_deref(), Some("26"));
        assert_eq!(session("A/RES/181(II)[A]").as_deref(), Some("2"));
        assert_eq!(session("A/RES/1119(XI)A-C").as_deref(), Some("11"));
        assert_eq!(session("A/RES/996(ES-IandII)").as_deref(), Some("ES-1"));
        assert_eq!(session("A/RES/3201(S-VI)").as_deref(), Some("S-6"));
        assert_eq!(session("S/RES/15(1946)").as_deref(), Some("1946"));
        assert_eq!(session("S/2022/431"), None);
        assert_eq!(session("N/A"), None);
    }

    #[test]
    fn letters_and_votes_are_the_same() {
        for letter in ["Y", "N", "A", "X"] {
            assert_eq!(Vote::from_letter(letter).map(Vote::letter), Some(letter));
        }
        assert_eq!(Vote::from_letter("NV"), None);
    }

    #[test]
    fn a_country_is_three_letters() {
        assert_eq!("chn".parse::<Country>().unwrap().as_str(), "CHN");
        for wrong in ["", "CN", "CHNA", "C1N", "中国"] {
            assert!(wrong.parse::<Country>().is_err());
        }
    }
}
