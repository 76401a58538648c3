//! What a paper says of votes, held against how they were cast.

use std::collections::BTreeMap;

use corpus::Date;
use corpus::source::Config;
use serde::{Deserialize, Serialize};

use crate::{Country, Result, RollCalls, Vote};

/// The votes of one study, `votes/<id>.toml`: its resolutions, states and what its paper says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Facts {
    /// The study's id; equal to the file's name.
    pub id: String,
    /// Where the votes are from, as their publisher wants to be named.
    pub attribution: String,
    /// The states whose votes are shown.
    pub countries: Vec<Country>,
    /// The pairs of states that are compared.
    pub pairs: Vec<(Country, Country)>,
    /// The resolutions, earliest first.
    #[serde(rename = "resolution")]
    pub resolutions: Vec<StudyResolution>,
    /// What the paper says.
    #[serde(default, rename = "fact")]
    pub facts: Vec<Fact>,
}

/// A resolution of a study.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StudyResolution {
    /// Its symbol, `A/RES/ES-11/1`.
    pub symbol: String,
    /// A short title in our words.
    pub label: String,
}

/// One statement of the paper about one roll call. All that is given must hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fact {
    /// Where the paper says it.
    pub section: String,
    /// The statement in our words.
    pub claim: String,
    /// Symbol of the resolution.
    pub resolution: String,
    /// Per cent of all members in favour, to the decimals that the paper prints.
    pub yes_percent: Option<String>,
    /// Members against.
    pub no: Option<usize>,
    /// Day of the vote.
    pub date: Option<Date>,
    /// How states voted.
    #[serde(default)]
    pub votes: BTreeMap<Country, Vote>,
}

/// Whether a statement holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// As the votes were cast.
    Supported,
    /// Otherwise than the votes were cast.
    Contradicted,
    /// The roll call is not there.
    NotDecidable,
}

/// A statement of the paper beside what the roll call says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactCheck {
    /// Where the paper says it.
    pub section: String,
    /// The statement in our words.
    pub claim: String,
    /// Symbol of the resolution.
    pub resolution: String,
    /// Whether it holds.
    pub verdict: Verdict,
    /// What the roll call says, `141 of 193 (73.06 %)`.
    pub found: String,
}

impl Facts {
    /// The votes of study `id`, from `config` or the built-in configuration; `None` where
    /// neither knows any.
    ///
    /// # Errors
    /// Where the file does not parse or its id is not its name.
    pub fn of_study(config: &Config, id: &str) -> Result<Option<Self>> {
        let name = format!("{id}.toml");
        let mut files = config.files("votes", "toml")?;
        files.extend(Config::BuiltIn.files("votes", "toml")?);
        let Some((path, text)) = files.into_iter().find(|(path, _)| path.ends_with(&name)) else {
            return Ok(None);
        };
        let facts: Self = toml::from_str(&text).map_err(|e| corpus::Error::config(&path, e))?;
        if facts.id != id {
            let reason = format!("id = \"{}\" is not the file's name", facts.id);
            return Err(corpus::Error::config(&path, reason).into());
        }
        Ok(Some(facts))
    }
}

impl Fact {
    /// Holds the statement against the roll calls.
    pub fn check(&self, roll_calls: &RollCalls) -> FactCheck {
        let (verdict, found) = match roll_calls.find(&self.resolution) {
            None => (Verdict::NotDecidable, "no such roll call here".to_owned()),
            Some(roll_call) => {
                let (mut holds, mut found) = (true, Vec::new());
                let members = roll_call.votes.len();
                if let Some(percent) = &self.yes_percent {
                    let yes = roll_call.count(Vote::Yes);
                    let share = 100.0 * yes as f64 / members.max(1) as f64;
                    holds &= rounds_to(share, percent);
                    found.push(format!("{yes} of {members} ({share:.2} %)"));
                }
                if let Some(no) = self.no {
                    let against = roll_call.count(Vote::No);
                    holds &= against == no;
                    found.push(format!("{against} against"));
                }
                if let Some(date) = self.date {
                    holds &= roll_call.date == date;
                    found.push(roll_call.date.to_string());
                }
                for (country, vote) in &self.votes {
                    let cast = roll_call.vote(*country);
                    holds &= cast == Some(*vote);
                    found.push(format!("{country} {}", cast.map_or("no member", Vote::letter)));
                }
                let verdict = if holds { Verdict::Supported } else { Verdict::Contradicted };
                (verdict, found.join(", "))
            }
        };
        FactCheck {
            section: self.section.clone(),
            claim: self.claim.clone(),
            resolution: self.resolution.clone(),
            verdict,
            found,
        }
    }
}

/// Whether `value` is what `printed` says, to the decimals that are printed.
fn rounds_to(value: f64, printed: &str) -> bool {
    let decimals = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    printed.parse::<f64>().is_ok_and(|said| {
        // Half a unit of the last printed digit, and a hair for the binary fraction.
        (value - said).abs() <= 0.5 * 0.1_f64.powi(decimals as i32) + 1e-9
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_all() -> Vec<FactCheck> {
        let facts = Facts::of_study(&Config::BuiltIn, "ukraine-2022").unwrap().unwrap();
        let roll_calls = crate::shipped(&Config::BuiltIn).unwrap();
        facts.facts.iter().map(|fact| fact.check(&roll_calls)).collect()
    }

    #[test]
    fn the_paper_is_right_in_all_but_the_day_of_the_second_vote() {
        let wrong: Vec<FactCheck> =
            check_all().into_iter().filter(|c| c.verdict != Verdict::Supported).collect();
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert_eq!(wrong[0].verdict, Verdict::Contradicted);
        assert_eq!(
            (wrong[0].resolution.as_str(), wrong[0].found.as_str()),
            ("A/RES/ES-11/2", "2022-03-24")
        );
    }

    #[test]
    fn shares_are_of_all_members() {
        let found: Vec<String> = check_all().into_iter().map(|c| c.found).collect();
        assert_eq!(found[..2], ["141 of 193 (73.06 %)", "140 of 193 (72.54 %)"]);
    }

    #[test]
    fn a_percentage_holds_to_the_decimals_that_are_printed() {
        assert!(rounds_to(73.0570, "73") && rounds_to(73.0570, "73.06"));
        assert!(!rounds_to(73.0570, "73.0") && !rounds_to(73.6, "73"));
        assert!(!rounds_to(73.0, "most"));
    }

    #[test]
    fn a_statement_about_an_unknown_roll_call_cannot_be_decided() {
        let facts = Facts::of_study(&Config::BuiltIn, "ukraine-2022").unwrap().unwrap();
        let check = facts.facts[0].check(&RollCalls::default());
        assert_eq!(check.verdict, Verdict::NotDecidable);
    }
}
