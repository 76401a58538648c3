//! What the built-in codebook finds in the coded segments of the shared data, held to floors.
//!
//! The segments were coded by machine in two passes and adjudicated; a fifth of the documents, by
//! a digest of the title, is left out here.

#![allow(clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use corpus::source::Config;
use corpus::{Coded, Date, Digest, Lang, Role, Statement, Turn};
use serde_json::Value;
use tag::{Codebook, Tagger};

#[test]
fn frames_and_naming_reach_their_floors() {
    let Some(units) = gold("dev.jsonl") else { return };
    let tagger = tagger();
    let (mut frames, mut naming) = (BTreeMap::new(), Count::default());
    for unit in &units {
        let ((coded, _), text) = coded(&tagger, unit);
        let inside = |start: u32| text.contains(&(start as usize));
        let found = |family: &str| -> Vec<String> {
            let here = coded.mentions.iter().filter(|m| inside(m.start));
            let wanted = here.filter(|m| m.referent.as_deref().is_none_or(|r| r == "ukraine-war"));
            let mut codes: Vec<String> =
                wanted.filter_map(|m| m.code.strip_prefix(family)).map(str::to_owned).collect();
            codes.sort();
            codes.dedup();
            codes
        };
        for (wanted, ours, code) in compared(&listed(unit, "frames"), &found("frame:")) {
            tell(unit, "frame", &code, wanted, ours);
            frames.entry(code).or_insert_with(Count::default).add(wanted, ours);
        }
        let mut wanted = listed(unit, "naming");
        wanted.retain(|name| name != "none");
        for (wanted, ours, code) in compared(&wanted, &found("naming:")) {
            tell(unit, "naming", &code, wanted, ours);
            naming.add(wanted, ours);
        }
    }
    let mut all = Count::default();
    for (frame, count) in &frames {
        println!("{frame:20} {count}");
        all.merge(count);
    }
    println!("all frames {all}\nnaming {naming}");
    assert!(all.f1() >= 0.85 && naming.f1() >= 0.85);
    assert!(frames.values().all(|c| c.right + c.missed < 15 || c.f1() >= 0.75));
}

#[test]
fn blamed_targets_are_found_where_they_are_named() {
    let Some(units) = gold("dev.jsonl") else { return };
    let tagger = tagger();
    let mut by_target: BTreeMap<String, Count> = BTreeMap::new();
    for unit in &units {
        let ((coded, _), text) = coded(&tagger, unit);
        let here = coded.mentions.iter().filter(|m| text.contains(&(m.start as usize)));
        let named: Vec<&str> = here.filter_map(|m| m.code.strip_prefix("target:")).collect();
        for blame in unit["blames"].as_array().into_iter().flatten() {
            let target = string(blame, "target");
            let ours = named.contains(&target.as_str());
            tell(unit, "target", &target, true, ours);
            by_target.entry(target).or_default().add(true, ours);
        }
    }
    let mut all = Count::default();
    for (target, count) in &by_target {
        println!("{target:10} {count}");
        all.merge(count);
    }
    println!("all targets {all}");
    // The rest are pronouns, whose antecedents attribution looks for.
    assert!(all.accuracy() >= 0.80);
}

#[test]
fn referents_and_topics_reach_their_floors() {
    let Some(units) = gold("naming-dev.jsonl") else { return };
    let tagger = tagger();
    let (mut war, mut topic, mut referent) = (Count::default(), Count::default(), Count::default());
    for unit in &units {
        let (coded, text) = coded(&tagger, unit);
        let turn = &coded.1;
        let mut ours: Vec<(String, String)> = Vec::new();
        for m in coded.0.mentions.iter().filter(|m| text.contains(&(m.start as usize))) {
            if let Some(r) = &m.referent {
                let form = turn[m.start as usize..m.end as usize].to_lowercase();
                ours.push((form, r.clone()));
            }
        }
        let names = unit["names"].as_array().cloned().unwrap_or_default();
        let gold: Vec<(String, String)> = names
            .iter()
            .map(|n| (string(n, "form").to_lowercase(), string(n, "referent")))
            .collect();
        let mut rest = ours.clone();
        for (form, wanted) in &gold {
            let place = rest.iter().position(|(f, _)| f == form);
            let found = place.map(|p| rest.remove(p).1);
            referent.add(true, found.as_deref() == Some(wanted));
            if wanted == "ukraine-war" || found.as_deref() == Some("ukraine-war") {
                war.add(wanted == "ukraine-war", found.as_deref() == Some("ukraine-war"));
            }
            if found.as_deref() != Some(wanted) {
                println!(
                    "REF {} {form} gold={wanted} ours={found:?} {}",
                    string(unit, "unit"),
                    string(unit, "text")
                );
            }
        }
        for (form, r) in rest {
            if r == "ukraine-war" {
                war.add(false, true);
            }
            println!("EXTRA {} {form} {r}: {}", string(unit, "unit"), string(unit, "text"));
        }
        let wanted = unit["topic"] == Value::Bool(true);
        let ours = coded.0.utterances.iter().any(|u| u.topics.iter().any(|t| t == "ukraine-war"));
        topic.add(true, wanted == ours);
        if wanted != ours {
            println!(
                "TOPIC {} gold={wanted} {} | {}",
                string(unit, "unit"),
                string(unit, "before"),
                string(unit, "text")
            );
        }
    }
    println!("referent {referent}\nwar {war}\ntopic {topic}");
    assert!(war.f1() >= 0.85 && topic.accuracy() >= 0.90 && referent.accuracy() >= 0.88);
}

#[derive(Default)]
struct Count {
    right: u32,
    missed: u32,
    wrong: u32,
}

impl Count {
    fn add(&mut self, wanted: bool, ours: bool) {
        match (wanted, ours) {
            (true, true) => self.right += 1,
            (true, false) => self.missed += 1,
            (false, true) => self.wrong += 1,
            (false, false) => {}
        }
    }

    fn merge(&mut self, other: &Self) {
        self.right += other.right;
        self.missed += other.missed;
        self.wrong += other.wrong;
    }

    fn f1(&self) -> f64 {
        f64::from(2 * self.right) / f64::from((2 * self.right + self.missed + self.wrong).max(1))
    }

    fn accuracy(&self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.missed).max(1))
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { right, missed, wrong } = self;
        write!(f, "F1 {:.3} accuracy {:.3} ", self.f1(), self.accuracy())?;
        write!(f, "({right} right, {missed} missed, {wrong} wrong)")
    }
}

fn tagger() -> Tagger {
    let config =
        Config::Folder(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../config")));
    let codebook = Codebook::load(&config, "default").expect("the default codebook");
    Tagger::new(&codebook).expect("a matcher")
}

fn tell(unit: &Value, what: &str, code: &str, wanted: bool, ours: bool) {
    if wanted != ours {
        let kind = if wanted { "missed" } else { "wrong" };
        println!("{kind} {what}:{code} {} {}", string(unit, "lang"), string(unit, "text"));
    }
}

fn compared(wanted: &[String], ours: &[String]) -> Vec<(bool, bool, String)> {
    let mut all: Vec<&String> = wanted.iter().chain(ours).collect();
    all.sort();
    all.dedup();
    all.into_iter().map(|c| (wanted.contains(c), ours.contains(c), c.clone())).collect()
}

/// The codes of a unit in its context, with its turn's text, and where the unit stands in it.
fn coded(tagger: &Tagger, unit: &Value) -> ((Coded, String), std::ops::Range<usize>) {
    let (before, text, after) =
        (string(unit, "before"), string(unit, "text"), string(unit, "after"));
    let whole = format!("{before}\n{text}\n{after}");
    let lang: Lang = string(unit, "lang").parse().unwrap_or(Lang::Und);
    let role = match string(unit, "role").as_str() {
        "question" => Role::Question,
        "answer" => Role::Answer,
        _ => Role::Narration,
    };
    let turn = Turn { n: 1, role, speaker: None, asker: None, lang, text: whole.clone() };
    let statement = Statement {
        id: string(unit, "unit"),
        country: string(unit, "country"),
        title: Some(string(unit, "title")),
        date: string(unit, "date").parse::<Date>().ok(),
        ..Statement::of_turns(vec![turn])
    };
    let start = before.len() + 1;
    ((tagger.tag(&statement), whole), start..start + text.len())
}

fn listed(unit: &Value, key: &str) -> Vec<String> {
    let list = unit[key].as_array().cloned().unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn string(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

/// The units of a gold file whose documents are not held out.
fn gold(file: &str) -> Option<Vec<Value>> {
    let shared = std::env::var_os("DEMARCHE_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(shared.join("data/gold").join(file)) else {
        assert!(std::env::var_os("CI").is_none(), "no shared data in CI");
        println!("skipped: no shared data");
        return None;
    };
    let units = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    Some(units.filter(|unit| !is_held_out(&string(unit, "title"))).collect())
}

fn is_held_out(title: &str) -> bool {
    let digest = Digest::of(title.as_bytes());
    u8::from_str_radix(digest.short(2), 16).is_ok_and(|byte| byte % 5 == 0)
}
