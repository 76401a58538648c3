//! The frame: every segment that can be drawn, in order, with what the machine codes in it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use corpus::source::{Config, Sources};
use corpus::{
    Coded, Corpus, Date, Digest, Digester, Genre, Lang, Link, Role, Statement, Utterance, Voice,
    partition,
};
use measure::Study;
use serde::{Deserialize, Serialize};

use crate::export::with_codes;
use crate::{Progress, Reporter, Result, Selection};

/// What a sample is drawn from, as it was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// A study of the configuration: its sides, its period, its choice of linked versions.
    pub study: Option<String>,
    /// First day, without a study.
    pub from: Option<Date>,
    /// Last day, without a study.
    pub to: Option<Date>,
    /// Only what is on this topic: utterances, or of some a passage.
    pub topic: Option<String>,
    /// Only these sources; empty means all.
    pub sources: Vec<String>,
    /// Only statements in this language.
    pub lang: Option<Lang>,
    /// Only texts known at this time, as a report of that time counts them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<jiff::Timestamp>,
}

/// One segment of the frame.
pub(super) struct Unit {
    pub statement: usize,
    pub turn: u32,
    pub segment: u32,
    pub role: Role,
    /// Whether the machine takes it for the institution's own claim.
    pub is_own: bool,
    /// Targets that the machine finds blamed in the institution's own voice, by number.
    pub blames: Vec<usize>,
    /// Targets that are named, by number.
    pub named: Vec<usize>,
}

/// What strata are made of.
pub(super) struct Text {
    pub id: String,
    /// The revision that counts, which need not be the last.
    pub revision: u32,
    pub side: String,
    pub source: String,
    pub lang: Lang,
    pub genre: Genre,
    pub issuer: String,
    pub date: Option<Date>,
}

/// All segments that can be drawn.
pub(super) struct Frame {
    pub texts: Vec<Text>,
    pub units: Vec<Unit>,
    /// Names of the targets that units name by number.
    pub targets: Vec<String>,
    /// Digest over the texts, their sides and how they are cut.
    pub text_digest: Digest,
    /// Digest over what the machine codes in them.
    pub code_digest: Digest,
}

impl Frame {
    /// Gathers the frame from the coded corpus.
    pub fn gather(
        corpus: &Corpus,
        config: &Config,
        asked: &Population,
        reporter: &Reporter,
    ) -> Result<Self> {
        let study = study_of(config, asked)?;
        let links: Vec<Link> =
            if corpus.links().exists() { partition::read(&corpus.links())? } else { Vec::new() };
        let selection = Selection { sources: asked.sources.clone(), ..Selection::default() };
        let paths = selection.partitions(corpus)?;
        // Each is read twice: for what counts, and for its segments.
        reporter.tell(Progress::Started { stage: "frame", total: 2 * paths.len() as u64 });
        let spoken = |s: &Statement| asked.lang.is_none_or(|lang| lang == s.lang);
        let selected = |path: &PathBuf| -> Result<(Vec<Statement>, Vec<Coded>)> {
            let (statements, coded) = with_codes(corpus, path)?;
            reporter.tell(Progress::Stepped(1));
            Ok(statements.into_iter().zip(coded).filter(|(s, _)| spoken(s)).unzip())
        };
        let sources = Sources::load(config)?;
        let counted =
            measure::counted(&study, paths.iter().map(selected), &links, (&sources, asked.as_of))?;
        let places: BTreeMap<(&str, u32), usize> =
            counted.iter().zip(0..).map(|(c, n)| ((c.statement.as_str(), c.revision), n)).collect();
        let mut texts: Vec<Option<Text>> = counted.iter().map(|_| None).collect();
        let mut gathering = Gathering::new(study.topic.clone());
        for path in &paths {
            let (statements, coded) = with_codes(corpus, path)?;
            reporter.tell(Progress::Stepped(1));
            for (statement, codes) in statements.iter().zip(&coded) {
                let key = (statement.id.as_str(), statement.revision);
                if let Some(&place) = places.get(&key) {
                    let text = text_of(statement, &counted[place].side);
                    gathering.add(place, &text, statement, codes);
                    texts[place] = Some(text);
                }
            }
        }
        Ok(gathering.finish(texts.into_iter().flatten().collect()))
    }

    /// What a unit is called: `STATEMENT:TURN:SEGMENT`, as `explain` takes it.
    pub fn name(&self, unit: &Unit) -> String {
        format!("{}:{}:{}", self.texts[unit.statement].id, unit.turn, unit.segment)
    }
}

/// The study whose texts are counted; without a name, one over all days or the days asked for.
fn study_of(config: &Config, asked: &Population) -> Result<Study> {
    let mut study = match &asked.study {
        Some(name) => crate::study(config, name)?,
        None => {
            let first = Date(jiff::civil::Date::MIN);
            let last = Date(jiff::civil::Date::MAX);
            Study::adhoc(asked.from.unwrap_or(first), asked.to.unwrap_or(last), None)
        }
    };
    // A study's own topic narrows nothing here: its rates are published for all topics, too.
    study.topic.clone_from(&asked.topic);
    study.words = None;
    Ok(study)
}

fn text_of(statement: &Statement, side: &str) -> Text {
    Text {
        id: statement.id.clone(),
        revision: statement.revision,
        side: side.to_owned(),
        source: statement.source.clone(),
        lang: statement.lang,
        genre: statement.genre,
        issuer: statement.issuer.clone(),
        date: statement.date,
    }
}

/// A frame in the making; statements come in the order of the partitions.
struct Gathering {
    topic: Option<String>,
    units: Vec<Unit>,
    targets: Vec<String>,
    texts: Digester,
    codes: Digester,
}

impl Gathering {
    fn new(topic: Option<String>) -> Self {
        let (texts, codes) = (Digester::default(), Digester::default());
        Self { topic, units: Vec::new(), targets: Vec::new(), texts, codes }
    }

    fn add(&mut self, place: usize, text: &Text, statement: &Statement, coded: &Coded) {
        let roles: BTreeMap<u32, Role> = statement.turns.iter().map(|t| (t.n, t.role)).collect();
        let spoken =
            coded.utterances.iter().flat_map(|u| u.turns.iter().map(move |turn| (*turn, u)));
        // What a rate counts: the institution's turns, and of them what is on the topic.
        let turns: BTreeMap<u32, (Role, &Utterance)> = spoken
            .filter_map(|(turn, utterance)| Some((turn, (*roles.get(&turn)?, utterance))))
            .filter(|(_, (role, _))| !matches!(role, Role::Question | Role::Note))
            .collect();
        self.texts.field(text.id.as_bytes());
        self.texts.field(text.side.as_bytes());
        self.texts.field(statement.text_digest.as_str().as_bytes());
        let first = self.units.len();
        for segment in &coded.segments {
            let Some(&(role, utterance)) = turns.get(&segment.turn) else { continue };
            let about = |topic: &String| utterance.is_about(topic, segment.turn, segment.start);
            if !self.topic.as_ref().is_none_or(about) {
                continue;
            }
            for number in [segment.turn, segment.n, segment.start, segment.end] {
                self.texts.add(&number.to_le_bytes());
            }
            self.codes.field(segment.voice.name().as_bytes());
            self.units.push(Unit {
                statement: place,
                turn: segment.turn,
                segment: segment.n,
                role,
                is_own: segment.voice == Voice::Own,
                blames: Vec::new(),
                named: Vec::new(),
            });
        }
        let places: BTreeMap<(u32, u32), usize> = self.units[first..]
            .iter()
            .zip(first..)
            .map(|(unit, n)| ((unit.turn, unit.segment), n))
            .collect();
        for mention in &coded.mentions {
            let at = places.get(&(mention.turn, mention.segment));
            if let (Some(&at), Some(name)) = (at, mention.code.strip_prefix("target:")) {
                let target = self.number(name);
                push_new(&mut self.units[at].named, target);
            }
        }
        for blame in coded.attributions.iter().filter(|a| a.voice == Voice::Own) {
            // A rate counts blame in segments that are the institution's own claim.
            let at = places.get(&(blame.turn, blame.segment));
            if let Some(&at) = at.filter(|at| self.units[**at].is_own) {
                let target = self.number(&blame.target);
                push_new(&mut self.units[at].blames, target);
            }
        }
        for unit in &self.units[first..] {
            for list in [&unit.blames, &unit.named] {
                let mut names: Vec<&str> = list.iter().map(|t| self.targets[*t].as_str()).collect();
                names.sort_unstable();
                self.codes.field(names.join(" ").as_bytes());
            }
        }
    }

    fn number(&mut self, target: &str) -> usize {
        match self.targets.iter().position(|known| known == target) {
            Some(number) => number,
            None => {
                self.targets.push(target.to_owned());
                self.targets.len() - 1
            }
        }
    }

    fn finish(self, texts: Vec<Text>) -> Frame {
        Frame {
            texts,
            units: self.units,
            targets: self.targets,
            text_digest: self.texts.finish(),
            code_digest: self.codes.finish(),
        }
    }
}

fn push_new(list: &mut Vec<usize>, item: usize) {
    if !list.contains(&item) {
        list.push(item);
    }
}
