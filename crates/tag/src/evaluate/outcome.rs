//! An outcome: one coded unit beside what the program codes in it.

use std::collections::{BTreeMap, BTreeSet};

use corpus::{BlameKind, Coded};
use serde_json::{Map, Value, json};

use super::{Place, is_held_out};
use crate::Tagger;
use crate::filter::{LineError, Unit};

/// Targets of the study's main question.
pub(super) const MAIN: [&str; 3] = ["US", "NATO", "WEST"];

/// The referent that the naming figures are about.
const WAR: &str = "ukraine-war";

/// A target that the gold or the program blames, or that the unit names.
#[derive(Debug, Clone, Default)]
pub(super) struct Target {
    pub name: String,
    pub gold: Option<String>,
    pub ours: Option<String>,
    pub is_named: bool,
}

impl Target {
    pub fn is_main(&self) -> bool {
        MAIN.contains(&self.name.as_str())
    }
}

/// One unit, compared. Empty lists where the gold does not code the thing.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome {
    /// What is resampled: date and title, or what else tells documents apart.
    pub document: String,
    pub is_held_out: bool,
    pub lang: String,
    pub country: String,
    pub institution: String,
    /// Gold and ours.
    pub voice: Option<(String, String)>,
    /// Whether the gold codes blame at all.
    pub codes_blame: bool,
    pub targets: Vec<Target>,
    /// Whether any cue of blame stands in the text, for the baseline.
    pub has_cue: bool,
    /// Frame, whether the gold has it, whether we do.
    pub frames: Vec<(String, bool, bool)>,
    /// For names of the war: gold, ours.
    pub naming: Vec<(bool, bool)>,
    /// For each gold form: its referent, and ours or `not found`.
    pub referents: Vec<(String, String)>,
    /// Gold and ours.
    pub topic: Option<(bool, bool)>,
    /// What is wrong, as it is printed.
    pub errors: Vec<Value>,
}

impl Outcome {
    /// Codes a unit, in its place in a corpus where that is given, else between what the line says
    /// stands around it, and compares.
    pub fn new(tagger: &Tagger, unit: Value, place: Option<&Place>) -> Result<Self, LineError> {
        let Value::Object(mut line) = unit else { return Err(LineError::NoObject) };
        line.entry("unit").or_insert(Value::Null);
        let placed = place.and_then(|p| Unit::of(&p.statement, p.turn, p.segment));
        let read = placed.map_or_else(|| Unit::read(&line), Ok)?;
        let coded = read.code(tagger);
        let word = |key: &str| line.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut outcome = Self {
            document: document(&line),
            is_held_out: is_held_out(&word("title")),
            lang: read.lang().code().to_owned(),
            country: word("country"),
            institution: word("institution"),
            has_cue: tagger.has_cue(&word("text"), read.lang()),
            ..Self::default()
        };
        let line = Value::Object(line);
        outcome.compare_blames(&line, &read, &coded, tagger);
        outcome.compare_frames(&line, &read, &coded);
        outcome.compare_names(&line, &read, &coded);
        if let Some(gold) = line["topic"].as_bool() {
            let turn = read.turn();
            let about = |start| coded.utterances.iter().any(|u| u.is_about(WAR, turn, start));
            let ours = read.segments(&coded).any(|segment| about(segment.start));
            outcome.topic = Some((gold, ours));
            if gold != ours {
                outcome.tell(&line, "topic", json!(gold), json!(ours), Value::Null);
            }
        }
        Ok(outcome)
    }

    fn compare_blames(&mut self, line: &Value, unit: &Unit<'_>, coded: &Coded, tagger: &Tagger) {
        if let Some(gold) = line["voice"].as_str() {
            let ours = unit.voice(coded).name();
            self.voice = Some((gold.to_owned(), ours.to_owned()));
            if gold != ours {
                self.tell(line, "voice", json!(gold), json!(ours), Value::Null);
            }
        }
        let Some(gold) = line["blames"].as_array() else { return };
        self.codes_blame = true;
        let mut targets: BTreeMap<String, Target> = BTreeMap::new();
        for mention in coded.mentions.iter().filter(|m| unit.holds(m.turn, m.start, m.end)) {
            if let Some(name) = mention.code.strip_prefix("target:") {
                targets.entry(name.to_owned()).or_default().is_named = true;
            }
        }
        for blame in gold {
            let name = blame["target"].as_str().unwrap_or_default().to_owned();
            targets.entry(name).or_default().gold = blame["kind"].as_str().map(str::to_owned);
        }
        let mut rules: BTreeMap<String, &str> = BTreeMap::new();
        for a in coded.attributions.iter().filter(|a| unit.holds(a.turn, a.cue_start, a.cue_end)) {
            // Of two segments of a unit that blame one target, the one that holds him the cause counts.
            let ours = &mut targets.entry(a.target.clone()).or_default().ours;
            if ours.is_none() || a.kind == BlameKind::Causal {
                *ours = Some(a.kind.name().to_owned());
                rules.insert(a.target.clone(), &a.rule);
            }
        }
        for (name, target) in targets {
            if target.gold != target.ours {
                let rule = match target.ours {
                    Some(_) => json!(rules.get(&name)),
                    None => json!(nearest_failure(tagger, unit, &name)),
                };
                let what = format!("blame:{name}");
                self.tell(line, &what, json!(target.gold), json!(target.ours), rule);
            }
            self.targets.push(Target { name, ..target });
        }
    }

    fn compare_frames(&mut self, line: &Value, unit: &Unit<'_>, coded: &Coded) {
        let inside = || coded.mentions.iter().filter(|m| unit.holds(m.turn, m.start, m.end));
        if let Some(gold) = words(&line["frames"]) {
            let ours = inside().filter_map(|m| m.code.strip_prefix("frame:"));
            let ours: BTreeSet<String> = ours.map(str::to_owned).collect();
            for frame in gold.union(&ours) {
                let (has, have) = (gold.contains(frame), ours.contains(frame));
                self.frames.push((frame.clone(), has, have));
                if has != have {
                    self.tell(
                        line,
                        &format!("frame:{frame}"),
                        json!(has),
                        json!(have),
                        Value::Null,
                    );
                }
            }
        }
        // Where the gold lists the forms themselves, these are counted.
        let forms_listed = line["names"].is_array();
        if let Some(gold) = words(&line["naming"]).filter(|_| !forms_listed) {
            let war = inside().filter(|m| m.referent.as_deref() == Some(WAR));
            let ours = war.filter_map(|m| m.code.strip_prefix("naming:"));
            let ours: BTreeSet<String> = ours.map(str::to_owned).collect();
            for name in gold.union(&ours).filter(|name| *name != "none") {
                let (has, have) = (gold.contains(name), ours.contains(name));
                self.naming.push((has, have));
                if has != have {
                    self.tell(
                        line,
                        &format!("naming:{name}"),
                        json!(has),
                        json!(have),
                        Value::Null,
                    );
                }
            }
        }
    }

    /// Forms are matched by their letters, in order; one that is not found is wrong.
    fn compare_names(&mut self, line: &Value, unit: &Unit<'_>, coded: &Coded) {
        let Some(gold) = line["names"].as_array() else { return };
        let inside = coded.mentions.iter().filter(|m| unit.holds(m.turn, m.start, m.end));
        let mut ours: Vec<(String, &str)> = inside
            .filter_map(|m| {
                Some((unit.words(m.start, m.end).to_lowercase(), m.referent.as_deref()?))
            })
            .collect();
        for name in gold {
            let form = name["form"].as_str().unwrap_or_default().to_lowercase();
            let wanted = name["referent"].as_str().unwrap_or_default();
            let place = ours.iter().position(|(ours, _)| *ours == form);
            let found = place.map(|place| ours.remove(place).1);
            self.referents.push((wanted.to_owned(), found.unwrap_or("not found").to_owned()));
            if wanted == WAR || found == Some(WAR) {
                self.naming.push((wanted == WAR, found == Some(WAR)));
            }
            if found != Some(wanted) {
                self.tell(
                    line,
                    &format!("referent:{form}"),
                    json!(wanted),
                    json!(found),
                    Value::Null,
                );
            }
        }
        let extra = ours.into_iter().filter(|(_, referent)| *referent == WAR);
        self.naming.extend(extra.map(|_| (false, true)));
    }

    fn tell(&mut self, line: &Value, what: &str, gold: Value, ours: Value, rule: Value) {
        self.errors.push(json!({
            "unit": line["unit"], "title": line["title"], "date": line["date"],
            "lang": line["lang"], "what": what, "gold": gold, "ours": ours, "rule": rule,
            "text": line["text"],
        }));
    }
}

/// What tells the document of a unit from others: its date and title, else its address, else the
/// unit itself.
pub(super) fn document(line: &Map<String, Value>) -> String {
    let word = |key: &str| line.get(key).and_then(Value::as_str).unwrap_or_default();
    match [word("title"), word("url")].into_iter().find(|name| !name.is_empty()) {
        Some(name) => format!("{} {name}", word("date")),
        None => line.get("unit").map(Value::to_string).unwrap_or_default(),
    }
}

/// Why no rule blames a target that the gold blames: the trace of the target where it is named,
/// else of the first cue.
fn nearest_failure(tagger: &Tagger, unit: &Unit<'_>, target: &str) -> String {
    let traces = unit.explain(tagger);
    let named = traces.iter().find(|t| t.rule == format!("target:{target}"));
    let cue = traces.iter().find(|t| t.rule.starts_with("slot:") && t.targets.is_empty());
    match (named, cue) {
        (None, _) => format!("{target} is not named"),
        (Some(named), None) => format!("{target} {}; no cue stands here", named.reason),
        (Some(named), Some(cue)) => {
            format!("{target} {}; {}: {}", named.reason, cue.rule, cue.reason)
        }
    }
}

/// A list of strings as a set; `None` where the gold does not code it.
fn words(list: &Value) -> Option<BTreeSet<String>> {
    let list = list.as_array()?;
    Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}
