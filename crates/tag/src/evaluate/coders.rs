//! Coders: how far two people agree who coded the same units.
//!
//! Alpha is Krippendorff's, of sets of codes with the distance MASI; it falls where a code is
//! rare, so F1 between the coders stands beside it. Intervals resample documents.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use statistics::{
    Metric, Resampling, alpha_bootstrap, alpha_jackknife, alpha_over, f1, masi, unequal,
};

use super::outcome::{MAIN, document};
use super::tally::{Tally, bounds};

const RESAMPLING: Resampling = Resampling { seed: 20_220_224, draws: 1000, level: 0.95 };

/// Below so many units the jackknife interval of alpha stands beside the bootstrap's.
const SMALL: usize = 50;

/// How far two codings agree.
#[derive(Debug, Clone)]
pub struct Agreement {
    json: Value,
}

impl Agreement {
    /// Units that both coded.
    pub fn units(&self) -> u64 {
        self.json["units"].as_u64().unwrap_or_default()
    }

    /// `units` that both coded, of how many `documents`; `only_a`, `only_b` and `repeated` name
    /// those left out, `unnamed_a` and `unnamed_b` the lines without a name; `codes` has for each code its `n` with `alpha`, `f1` and their intervals;
    /// `disagreements` every unit and code on which the two differ.
    pub fn to_json(&self) -> &Value {
        &self.json
    }

    /// The same as a page for a terminal.
    pub fn page(&self) -> String {
        super::coders_page::page(&self.json)
    }
}

/// Compares two codings by the key `unit` (or `id`). Units that only one has are named and left
/// out, as are further lines of a unit that stands twice in a file, and lines without a name.
pub fn agreement(a: &[(usize, Value)], b: &[(usize, Value)]) -> Agreement {
    let mut repeated = BTreeSet::new();
    let mut by_unit = |units: &[(usize, Value)]| {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut unnamed = Vec::new();
        for (place, (line, unit)) in units.iter().enumerate() {
            match name(unit) {
                None => unnamed.push(format!("line {line}")),
                Some(name) if *places.entry(name.clone()).or_insert(place) != place => {
                    repeated.insert(name);
                }
                Some(_) => {}
            }
        }
        (places, unnamed)
    };
    let ((in_a, unnamed_a), (in_b, unnamed_b)) = (by_unit(a), by_unit(b));
    let pairs: Vec<Pair<'_>> = in_a
        .iter()
        .filter_map(|(unit, at)| {
            let (first, second) = (&a[*at].1, &b[*in_b.get(unit)?].1);
            let document = document(first.as_object()?);
            Some(Pair { unit: unit.clone(), document, a: first, b: second })
        })
        .collect();
    let only = |here: &BTreeMap<String, usize>, there: &BTreeMap<String, usize>| -> Vec<String> {
        here.keys().filter(|unit| !there.contains_key(*unit)).cloned().collect()
    };
    let documents: BTreeSet<&str> = pairs.iter().map(|p| p.document.as_str()).collect();
    let mut compared = Compared { codes: Map::new(), disagreements: Vec::new() };
    compared.all(&pairs.iter().collect::<Vec<_>>());
    let json = json!({
        "units": pairs.len(), "documents": documents.len(), "only_a": only(&in_a, &in_b),
        "only_b": only(&in_b, &in_a), "repeated": repeated, "unnamed_a": unnamed_a,
        "unnamed_b": unnamed_b, "codes": compared.codes, "disagreements": compared.disagreements,
    });
    Agreement { json }
}

/// Two codings of one unit.
struct Pair<'u> {
    unit: String,
    document: String,
    a: &'u Value,
    b: &'u Value,
}

impl Pair<'_> {
    fn both(&self, is: impl Fn(&Value) -> bool) -> bool {
        is(self.a) && is(self.b)
    }
}

/// What was compared so far.
struct Compared {
    codes: Map<String, Value>,
    disagreements: Vec<Value>,
}

impl Compared {
    fn all(&mut self, pairs: &[&Pair<'_>]) {
        let coded = |is: &dyn Fn(&Value) -> bool| -> Vec<&Pair<'_>> {
            pairs.iter().copied().filter(|pair| pair.both(is)).collect()
        };
        self.voices(&coded(&|unit| unit["voice"].is_string()));
        let blamed = coded(&|unit| unit["blames"].is_array());
        let any = |unit: &Value| !targets(unit).is_empty();
        // Who differs on these differs on a target or the voice, and is told there.
        let told = self.disagreements.len();
        self.yes_no(&blamed, "any blame", any);
        self.yes_no(&blamed, "own-voice blame", |unit| unit["voice"] == "own" && any(unit));
        self.disagreements.truncate(told);
        self.sets(&blamed, "blames", targets);
        let main = |unit: &Value| -> BTreeSet<String> {
            targets(unit).into_iter().filter(|t| MAIN.contains(&t.as_str())).collect()
        };
        self.sets(&blamed, "blames of US, NATO, WEST", main);
        for target in every(&blamed, targets) {
            self.yes_no(&blamed, &format!("blame:{target}"), |u| targets(u).contains(&target));
        }
        self.kinds(&blamed);
        for (key, family) in [("frames", "frame"), ("naming", "naming")] {
            let here = coded(&|unit| unit[key].is_array());
            let set = |unit: &Value| words(&unit[key]);
            self.sets(&here, key, set);
            for code in every(&here, set) {
                self.yes_no(&here, &format!("{family}:{code}"), |u| set(u).contains(&code));
            }
        }
        self.sets(&coded(&|unit| unit["names"].is_array()), "names", names);
        self.yes_no(&coded(&|u| u["topic"].is_boolean()), "topic", |u| u["topic"] == true);
    }

    /// The voice as one label of several, then each voice.
    fn voices(&mut self, pairs: &[&Pair<'_>]) {
        let label = |unit: &Value| unit["voice"].as_str().unwrap_or_default().to_owned();
        let one = |unit: &Value| BTreeSet::from([label(unit)]);
        self.compare(pairs, "voice", one, |_, _| 1.0);
        for voice in every(pairs, one) {
            // Who differs on the voice is listed once, above.
            let told = self.disagreements.len();
            self.yes_no(pairs, &format!("voice:{voice}"), |unit| label(unit) == voice);
            self.disagreements.truncate(told);
        }
    }

    /// A code that a unit has or has not.
    fn yes_no(&mut self, pairs: &[&Pair<'_>], code: &str, has: impl Fn(&Value) -> bool) {
        let set = |unit: &Value| match has(unit) {
            true => BTreeSet::from(["yes".to_owned()]),
            false => BTreeSet::new(),
        };
        self.compare(pairs, code, set, |_, _| 1.0);
        if let Some(Value::Object(object)) = self.codes.get_mut(code) {
            overlap(object, pairs, &set);
        }
    }

    /// A code of which a unit has a set: alpha by MASI, F1 over unit and item.
    fn sets(&mut self, pairs: &[&Pair<'_>], code: &str, set: impl Fn(&Value) -> BTreeSet<String>) {
        let told = self.disagreements.len();
        self.compare(pairs, code, &set, masi);
        // The items are listed one by one, but for those that have no line of their own.
        if code != "names" {
            self.disagreements.truncate(told);
        }
        if let Some(Value::Object(object)) = self.codes.get_mut(code) {
            overlap(object, pairs, &set);
        }
    }

    /// The kind of blame, over the targets that both blame.
    fn kinds(&mut self, pairs: &[&Pair<'_>]) {
        let kind = |unit: &Value, target: &str| -> Option<usize> {
            let blame = unit["blames"].as_array()?.iter().find(|b| b["target"] == target)?;
            Some(usize::from(blame["kind"] == "causal"))
        };
        let mut units: Documents = BTreeMap::new();
        for pair in pairs {
            for target in targets(pair.a) {
                if let (Some(a), Some(b)) = (kind(pair.a, &target), kind(pair.b, &target)) {
                    units.entry(&pair.document).or_default().push(vec![a, b]);
                    if a != b {
                        let written = |kind| json!(if kind == 1 { "causal" } else { "condemn" });
                        self.tell(pair, &format!("kind:{target}"), written(a), written(b));
                    }
                }
            }
        }
        if !units.is_empty() {
            self.codes.insert("kind".to_owned(), Value::Object(reliability(&units, 2, unequal)));
        }
    }

    /// Alpha of what `set` reads off a unit, where the sets lie `distance` apart; equal ones never
    /// do. Every unit with other sets is told.
    fn compare(
        &mut self,
        pairs: &[&Pair<'_>],
        code: &str,
        set: impl Fn(&Value) -> BTreeSet<String>,
        distance: fn(&BTreeSet<String>, &BTreeSet<String>) -> f64,
    ) {
        if pairs.is_empty() {
            return;
        }
        let sets: Vec<(BTreeSet<String>, BTreeSet<String>)> =
            pairs.iter().map(|pair| (set(pair.a), set(pair.b))).collect();
        let distinct: BTreeSet<&BTreeSet<String>> = sets.iter().flat_map(|(a, b)| [a, b]).collect();
        let distinct: Vec<&BTreeSet<String>> = distinct.into_iter().collect();
        let place = |set: &BTreeSet<String>| distinct.binary_search(&set).unwrap_or_default();
        let mut units: Documents = BTreeMap::new();
        for (pair, (a, b)) in pairs.iter().zip(&sets) {
            units.entry(&pair.document).or_default().push(vec![place(a), place(b)]);
            if a != b {
                let written = |set: &BTreeSet<String>| {
                    json!(set.iter().map(String::as_str).collect::<Vec<_>>().join("; "))
                };
                self.tell(pair, code, written(a), written(b));
            }
        }
        let apart = |c: usize, k: usize| distance(distinct[c], distinct[k]);
        let object = reliability(&units, distinct.len(), apart);
        self.codes.insert(code.to_owned(), Value::Object(object));
    }

    fn tell(&mut self, pair: &Pair<'_>, code: &str, a: Value, b: Value) {
        self.disagreements.push(json!({
            "unit": pair.unit, "code": code, "a": a, "b": b, "text": pair.a["text"],
        }));
    }
}

/// The categories that both gave to each unit, by document.
type Documents<'u> = BTreeMap<&'u str, Vec<Vec<usize>>>;

/// Share of units coded alike and alpha, with its intervals.
fn reliability(
    documents: &Documents<'_>,
    categories: usize,
    distance: impl Fn(usize, usize) -> f64,
) -> Map<String, Value> {
    let clusters: Vec<Vec<Vec<usize>>> = documents.values().cloned().collect();
    let units: Vec<Vec<usize>> = clusters.iter().flatten().cloned().collect();
    let alike = units.iter().filter(|unit| unit[0] == unit[1]).count();
    let mut object = Map::new();
    object.insert("n".to_owned(), json!(units.len()));
    object.insert("agreement".to_owned(), json!(alike as f64 / units.len().max(1) as f64));
    object.insert("alpha".to_owned(), json!(alpha_over(&units, categories, &distance)));
    // Where no resample changes it, resampling knows of no error, and there is no interval.
    let interval = alpha_bootstrap(&clusters, categories, &distance, RESAMPLING);
    let interval = interval.filter(|interval| interval.high - interval.low > 1e-12);
    object.insert("alpha_interval".to_owned(), bounds(interval));
    if units.len() < SMALL && categories == 2 {
        let interval = alpha_jackknife(&units, &[0.0, 1.0], Metric::Nominal, RESAMPLING.level);
        object.insert("alpha_jackknife".to_owned(), bounds(interval));
    }
    object
}

/// F1 between the coders over what each unit has, counted as both, only the first, only the
/// second.
fn overlap(
    object: &mut Map<String, Value>,
    pairs: &[&Pair<'_>],
    items: &impl Fn(&Value) -> BTreeSet<String>,
) {
    let mut documents: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for pair in pairs {
        let (a, b) = (items(pair.a), items(pair.b));
        let both = a.intersection(&b).count() as u64;
        let counts = documents.entry(&pair.document).or_insert_with(|| vec![0; 3]);
        counts[0] += both;
        counts[1] += a.len() as u64 - both;
        counts[2] += b.len() as u64 - both;
    }
    let tally = Tally::counted(documents);
    let total = tally.total();
    let count = |cell: usize| total.get(cell).copied().unwrap_or_default();
    object.insert("a".to_owned(), json!(count(0) + count(1)));
    object.insert("b".to_owned(), json!(count(0) + count(2)));
    tally.write(object, "f1", |c| f1(c[0], c[1], c[2]), |c| c.iter().sum());
}

/// By what a unit is known in both codings: lines of two files are no pair for their place alone.
fn name(unit: &Value) -> Option<String> {
    let given = [&unit["unit"], &unit["id"]].into_iter().find(|name| !name.is_null())?;
    let name = given.as_str().map_or_else(|| given.to_string(), str::to_owned);
    Some(name).filter(|name| !name.is_empty())
}

/// Everything that `items` reads off any of the units.
fn every(pairs: &[&Pair<'_>], items: impl Fn(&Value) -> BTreeSet<String>) -> BTreeSet<String> {
    pairs.iter().flat_map(|pair| [items(pair.a), items(pair.b)]).flatten().collect()
}

fn targets(unit: &Value) -> BTreeSet<String> {
    let blames = unit["blames"].as_array().into_iter().flatten();
    blames.filter_map(|blame| blame["target"].as_str().map(str::to_owned)).collect()
}

/// Forms with their referents; a form that stands again is told from the first.
fn names(unit: &Value) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let listed = unit["names"].as_array().into_iter().flatten().map(|name| {
        let word = |key: &str| name[key].as_str().unwrap_or_default().to_lowercase();
        let pair = format!("{}={}", word("form"), word("referent"));
        let nth = seen.entry(pair.clone()).or_default();
        *nth += 1;
        if *nth == 1 { pair } else { format!("{pair} ({nth})") }
    });
    listed.collect()
}

fn words(list: &Value) -> BTreeSet<String> {
    let words = list.as_array().into_iter().flatten().filter_map(Value::as_str);
    words.filter(|word| *word != "none").map(str::to_owned).collect()
}
