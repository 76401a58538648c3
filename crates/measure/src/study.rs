//! A study: one research question as a file.

mod claim;
pub(crate) mod known;

use std::collections::{BTreeMap, BTreeSet};

use corpus::Date;
use corpus::source::Sources;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

pub use claim::{Against, Claim, Direction, Estimand};

/// One research question: the sides, the period, the topic, the events, the claims.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Study {
    /// Equal to the file's name.
    pub id: String,
    /// A title that people read.
    pub title: String,
    /// What is repeated or asked, in a sentence or two, with its source.
    #[serde(default)]
    pub about: String,
    /// The days that the tables cover.
    pub period: Period,
    /// The topic that every table is shown for beside all topics; naming terms count for it
    /// when their referent has the same id.
    pub topic: Option<String>,
    /// What the sentences about coverage ask of each text; the topic where it is missing.
    pub subject: Option<Subject>,
    /// Seed of every resampling.
    #[serde(default = "default_seed")]
    pub seed: u64,
    /// Resamples an interval rests on.
    #[serde(default = "default_draws")]
    pub draws: u32,
    /// Which source's version of a linked statement counts, best first; whole texts go before
    /// cut ones.
    #[serde(default)]
    pub preference: Vec<String>,
    /// The window of the weekly series around the events; the period where it is missing.
    pub window: Option<Window>,
    /// Words that are compared within a language.
    pub words: Option<crate::Words>,
    /// How well the codes agree with coded samples, a sentence each, for the methods paragraph.
    #[serde(default)]
    pub agreement: Vec<String>,
    /// Families or codes that are compared; all where the list is empty.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Naming terms that stand in for one another, in the order of the figure.
    #[serde(default)]
    pub substitutes: Vec<String>,
    /// Naming terms that a question may put and an answer may drop.
    #[serde(default)]
    pub prompts: Vec<String>,
    /// Codes of fixed phrases that decline an answer.
    #[serde(default)]
    pub refusals: Vec<String>,
    /// The sides; where there are none, one a country of the declared sources.
    #[serde(default, rename = "side", skip_serializing_if = "Vec::is_empty")]
    pub sides: Vec<Side>,
    /// Dated events that series are drawn around.
    #[serde(default, rename = "event", skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// What is claimed and under which conditions it counts as shown.
    #[serde(default, rename = "claim", skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// Statements that the repeated work cites.
    #[serde(default, rename = "cited", skip_serializing_if = "Vec::is_empty")]
    pub cited: Vec<Cited>,
}

/// What a text names or does not name, by its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Subject {
    /// A name that people read, `Ukraine`.
    pub label: String,
    /// Its beginnings in every language, found anywhere in title and text as they are written.
    pub words: Vec<String>,
}

/// First and last day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Period {
    /// Whether `day` lies in it.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// `2022-02-01/2022-07-31`.
    pub fn label(self) -> String {
        format!("{}/{}", self.from, self.to)
    }
}

/// The window of the weekly series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Window {
    /// First and last day.
    pub period: Period,
    /// Codes whose series are fitted.
    pub codes: Vec<String>,
    /// Whether only utterances on the study's topic count.
    #[serde(default)]
    pub on_topic: bool,
}

/// One side of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Side {
    /// `cn`.
    pub id: String,
    /// A name that people read.
    pub label: String,
    /// States whose sources belong to it, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub countries: Vec<String>,
    /// Sources that belong to it; with `countries` empty, only these.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Sources that do not, whatever their country.
    #[serde(default)]
    pub without: Vec<String>,
    /// Sources that are spoken of together in the sentences about coverage.
    #[serde(default, rename = "group", skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
}

impl Side {
    /// Whether a source of that country belongs to this side.
    pub fn holds(&self, source: &str, country: &str) -> bool {
        let named = |list: &[String], id: &str| list.iter().any(|l| l == id);
        !named(&self.without, source)
            && (named(&self.sources, source) || named(&self.countries, country))
    }
}

/// Sources of a side that are spoken of together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Group {
    /// A name that people read.
    pub label: String,
    /// Source ids.
    pub sources: Vec<String>,
}

/// A dated event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Event {
    /// Its day.
    pub date: Date,
    /// What happened, in few words.
    pub label: String,
}

/// A statement that the repeated work cites, by address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cited {
    /// The key under which it is cited.
    pub key: String,
    /// Who issued it.
    pub issuer: String,
    /// The issuing state, ISO 3166-1 alpha-2; only its statements are found by their title.
    pub country: Option<String>,
    /// The day that the work gives.
    pub date: Date,
    /// The title that the work gives.
    pub title: String,
    /// Titles of the same statement in other editions, or the words of a title that with the day
    /// tell it from all others (`例行记者会`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_titles: Vec<String>,
    /// The address that the work gives.
    pub address: String,
}

impl Study {
    /// Reads a study file; `path` is named in errors.
    ///
    /// # Errors
    /// [`Error::Study`] naming the key.
    pub fn parse(path: &str, text: &str) -> Result<Self> {
        let study: Self = toml::from_str(text).map_err(|e| Error::study(path, e))?;
        study.check().map_err(|reason| Error::study(path, reason))?;
        Ok(study)
    }

    /// The id of a study that no file holds.
    pub const ADHOC: &'static str = "adhoc";

    /// The study of a period, and of a topic, with one side a country of the declared sources.
    pub fn adhoc(from: Date, to: Date, topic: Option<&str>) -> Self {
        let title = match topic {
            Some(topic) => format!("{topic}, {from} to {to}"),
            None => format!("{from} to {to}"),
        };
        Self {
            id: Self::ADHOC.to_owned(),
            title,
            about: String::new(),
            period: Period { from, to },
            topic: topic.map(str::to_owned),
            subject: None,
            seed: default_seed(),
            draws: default_draws(),
            preference: Vec::new(),
            window: None,
            words: None,
            agreement: Vec::new(),
            codes: Vec::new(),
            substitutes: Vec::new(),
            prompts: Vec::new(),
            refusals: Vec::new(),
            sides: Vec::new(),
            events: Vec::new(),
            claims: Vec::new(),
            cited: Vec::new(),
        }
    }

    /// The periods of its window, words and claims.
    fn periods(&self) -> impl Iterator<Item = Period> {
        let estimands = self.claims.iter().flat_map(|c| {
            let other = c.against.as_ref().and_then(|a| a.period);
            [c.estimand.period, other].into_iter().flatten()
        });
        let words = self.words.iter().flat_map(|w| [w.before, w.after]);
        estimands.chain(self.window.iter().map(|w| w.period)).chain(words)
    }

    /// The smallest period that holds the study's own and those of its window, words and claims.
    pub fn span(&self) -> Period {
        self.periods().fold(self.period, |span, p| Period {
            from: span.from.min(p.from),
            to: span.to.max(p.to),
        })
    }

    /// The study with its sides filled in.
    pub(crate) fn completed(&self, sources: &Sources) -> Result<Self> {
        let mut study = self.clone();
        if study.sides.is_empty() {
            study.sides = sides_of(sources);
        }
        study.check().map_err(|reason| Error::study(&study.id, reason))?;
        Ok(study)
    }

    /// Refuses a topic that the codebook lacks, of which nothing could be found. Without a codebook
    /// every topic is taken as known.
    pub(crate) fn knows_its_topic(&self, codes: &[crate::Code]) -> Result<()> {
        let topics = codes.iter().filter_map(|c| c.code.strip_prefix("topic:"));
        let topics: Vec<&str> = topics.collect();
        match &self.topic {
            Some(topic) if !topics.is_empty() && !topics.contains(&topic.as_str()) => {
                let known = topics.join(", ");
                let reason = format!("unknown topic `{topic}`; the codebook has {known}");
                Err(Error::study(&self.id, reason))
            }
            _ => Ok(()),
        }
    }

    fn check(&self) -> std::result::Result<(), String> {
        let mut ids = BTreeSet::new();
        for side in &self.sides {
            if !ids.insert(side.id.as_str()) {
                return Err(format!("side `{}` stands twice", side.id));
            }
        }
        for period in self.periods().chain([self.period]) {
            if period.from > period.to {
                return Err(format!("period {} ends before it begins", period.label()));
            }
        }
        if self.draws < LEAST_DRAWS {
            let draws = self.draws;
            return Err(format!(
                "draws = {draws}: an interval needs {LEAST_DRAWS} resamples or more"
            ));
        }
        for claim in &self.claims {
            if let Some(fault) = claim.fault() {
                return Err(format!("claim `{}`: {fault}", claim.id));
            }
            let other = claim.against.as_ref().and_then(|a| a.side.as_deref());
            for side in [Some(claim.estimand.side.as_str()), other].into_iter().flatten() {
                if !ids.contains(side) {
                    return Err(format!("claim `{}` names the unknown side `{side}`", claim.id));
                }
            }
        }
        Ok(())
    }
}

fn sides_of(sources: &Sources) -> Vec<Side> {
    let mut countries: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for source in sources.iter() {
        countries.entry(&source.country).or_default().push(source.id.clone());
    }
    let side = |(country, _): (&str, Vec<String>)| Side {
        id: country.to_ascii_lowercase(),
        label: state(country).to_owned(),
        countries: vec![country.to_owned()],
        sources: Vec::new(),
        without: Vec::new(),
        groups: Vec::new(),
    };
    countries.into_iter().map(side).collect()
}

/// The name of a state whose sources are declared; its code where it has none here.
fn state(country: &str) -> &str {
    match country {
        "CN" => "China",
        "KP" => "DPRK",
        "RU" => "Russia",
        other => other,
    }
}

fn default_seed() -> u64 {
    20_220_224
}

/// With fewer resamples an interval's ends are those of chance.
const LEAST_DRAWS: u32 = 100;

fn default_draws() -> u32 {
    1000
}
