//! Figures: how far our codes agree with the gold's, as the object of the contract.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::outcome::{Outcome, Target};
use super::tally::{Tally, accuracy, all, balanced_accuracy, bounds, either, f1, fewer, share};

/// The languages that are told apart; `all` is every language, others included.
pub(super) const LANGS: [&str; 4] = ["all", "zh", "en", "ko"];

/// The object of the contract for these outcomes.
pub(super) fn figures(outcomes: &[&Outcome]) -> Map<String, Value> {
    let mut object = Map::new();
    let mut add = |key: &str, value: Value| object.insert(key.to_owned(), value);
    let documents: BTreeSet<&str> = outcomes.iter().map(|o| o.document.as_str()).collect();
    add("units", json!(outcomes.len()));
    add("documents", json!(documents.len()));
    add("blame_us_nato_west", by_lang(outcomes, |o| pairs(o, Target::is_main)));
    add("blame_all_targets", by_lang(outcomes, |o| pairs(o, |_| true)));
    add("named_target", named_targets(outcomes));
    add("own_voice_blame", by_lang(outcomes, own_pairs));
    add("kind", Value::Object(labels(outcomes, kinds).0));
    add("voice", voice(outcomes));
    add("frames", frames(outcomes));
    add("naming", naming(outcomes));
    add("topic", topic(outcomes));
    add("rate_error", json!({"by_country": rate_errors(outcomes)}));
    let institution = |o: &Outcome| Some(o.institution.clone()).filter(|name| !name.is_empty());
    let gold_voice = |o: &Outcome| o.voice.as_ref().map(|(gold, _)| gold.clone());
    add("by_institution", blame_by(outcomes, institution));
    add("by_voice", blame_by(outcomes, gold_voice));
    object
}

/// What the rules `named = blamed` and `named beside a cue = blamed` reach for the main targets.
pub(super) fn baselines(outcomes: &[&Outcome]) -> Value {
    let main = |o: &Outcome, blamed: &dyn Fn(&Target) -> bool| -> Vec<(bool, bool)> {
        let targets = o.targets.iter().filter(|t| t.is_main());
        targets.map(|t| (t.gold.is_some(), blamed(t))).collect()
    };
    json!({
        "named_is_blamed": by_lang(outcomes, |o| main(o, &|t| t.is_named)),
        "target_and_cue": by_lang(outcomes, |o| main(o, &|t| t.is_named && o.has_cue)),
    })
}

/// Who was taken for whom: `gold -> ours -> n`.
pub(super) fn confusion(outcomes: &[&Outcome]) -> Value {
    let table = |labels: &dyn Fn(&Outcome) -> Vec<(String, String)>| {
        let mut rows: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for (gold, ours) in outcomes.iter().flat_map(|o| labels(o)) {
            *rows.entry(gold).or_default().entry(ours).or_default() += 1;
        }
        json!(rows)
    };
    let blames = |o: &Outcome| {
        let written = |kind: &Option<String>| kind.clone().unwrap_or_else(|| "no blame".to_owned());
        o.targets.iter().map(|t| (written(&t.gold), written(&t.ours))).collect()
    };
    let topics = |o: &Outcome| {
        let written = |about: bool| if about { "on topic" } else { "off topic" }.to_owned();
        o.topic.iter().map(|(gold, ours)| (written(*gold), written(*ours))).collect()
    };
    json!({
        "voice": table(&voices), "blame": table(&blames),
        "referent": table(&|o| o.referents.clone()), "topic": table(&topics),
    })
}

fn by_lang(outcomes: &[&Outcome], pairs: impl Fn(&Outcome) -> Vec<(bool, bool)>) -> Value {
    let of = |lang: &str| Tally::of_pairs(&in_lang(outcomes, lang), &pairs).precision_recall();
    Value::Object(LANGS.iter().map(|lang| ((*lang).to_owned(), of(lang))).collect())
}

fn in_lang<'o>(outcomes: &[&'o Outcome], lang: &str) -> Vec<&'o Outcome> {
    outcomes.iter().filter(|o| lang == "all" || o.lang == lang).copied().collect()
}

/// F1 of blame of the main targets by what `group` says of an outcome.
fn blame_by(outcomes: &[&Outcome], group: impl Fn(&Outcome) -> Option<String>) -> Value {
    let names: BTreeSet<String> = outcomes.iter().filter_map(|o| group(o)).collect();
    let of = |name: &str| {
        let is_in = |o: &&&Outcome| group(o).is_some_and(|g| g == name);
        let here: Vec<&Outcome> = outcomes.iter().filter(is_in).copied().collect();
        Tally::of_pairs(&here, |o| pairs(o, Target::is_main)).precision_recall()
    };
    Value::Object(names.into_iter().map(|name| (name.clone(), of(&name))).collect())
}

/// Balanced accuracy over the pairs whose target is named: of all targets, of the main ones, and
/// by language.
fn named_targets(outcomes: &[&Outcome]) -> Value {
    let of = |outcomes: &[&Outcome], wanted: fn(&Target) -> bool| {
        let tally = Tally::of_pairs(outcomes, |o| pairs(o, |t| t.is_named && wanted(t)));
        let mut object = Map::new();
        tally.write(&mut object, "balanced_accuracy", balanced_accuracy, fewer);
        object.insert("n".to_owned(), json!(tally.total().iter().sum::<u64>()));
        object
    };
    let mut object = of(outcomes, |_| true);
    object.insert("us_nato_west".to_owned(), Value::Object(of(outcomes, Target::is_main)));
    for lang in &LANGS[1..] {
        let here = of(&in_lang(outcomes, lang), |_| true);
        object.insert((*lang).to_owned(), Value::Object(here));
    }
    Value::Object(object)
}

/// Accuracy and macro F1 of labels, with the tally they are from and the labels' names: cell
/// `gold * names + ours`.
fn labels(
    outcomes: &[&Outcome],
    labels: fn(&Outcome) -> Vec<(String, String)>,
) -> (Map<String, Value>, Tally, Vec<String>) {
    let pairs = || outcomes.iter().flat_map(|o| labels(o));
    let golds: BTreeSet<String> = pairs().map(|(gold, _)| gold).collect();
    let extra: BTreeSet<String> =
        pairs().map(|(_, ours)| ours).filter(|ours| !golds.contains(ours)).collect();
    // Labels of the gold first: the macro average is over them.
    let names: Vec<String> = golds.iter().cloned().chain(extra).collect();
    let place = |name: &String| names.iter().position(|n| n == name);
    let width = names.len();
    let tally = Tally::of(outcomes, width * width, |o| {
        let cells = labels(o).into_iter();
        cells.filter_map(|(gold, ours)| Some(place(&gold)? * width + place(&ours)?)).collect()
    });
    let right = |c: &[u64]| (0..width).map(|i| c[i * width + i]).sum::<u64>();
    let exact = |c: &[u64]| share(right(c), c.iter().sum::<u64>() - right(c));
    let macro_f1 = |c: &[u64]| {
        let each = (0..golds.len()).filter_map(|label| f1(&of_label(c, label, width)));
        let each: Vec<f64> = each.collect();
        (!each.is_empty()).then(|| each.iter().sum::<f64>() / each.len() as f64)
    };
    let mut object = Map::new();
    tally.write(&mut object, "accuracy", exact, all);
    tally.write(&mut object, "macro_f1", macro_f1, all);
    object.insert("n".to_owned(), json!(pairs().count()));
    (object, tally, names)
}

/// The counts of one label against the others, out of a table of all.
fn of_label(counts: &[u64], label: usize, width: usize) -> [u64; 4] {
    let row: u64 = (0..width).map(|ours| counts[label * width + ours]).sum();
    let column: u64 = (0..width).map(|gold| counts[gold * width + label]).sum();
    let both = counts[label * width + label];
    let all: u64 = counts[..width * width].iter().sum();
    [both, column - both, row - both, all + both - row - column]
}

fn voice(outcomes: &[&Outcome]) -> Value {
    let (mut object, _, names) = labels(outcomes, voices);
    let of = |name: &str| {
        let is = |o: &Outcome| -> Vec<(bool, bool)> {
            voices(o).iter().map(|(gold, ours)| (gold == name, ours == name)).collect()
        };
        Tally::of_pairs(outcomes, is).precision_recall()
    };
    let by_voice = names.iter().map(|name| (name.clone(), of(name))).collect();
    object.insert("by_voice".to_owned(), Value::Object(by_voice));
    Value::Object(object)
}

fn frames(outcomes: &[&Outcome]) -> Value {
    let of = |wanted: &dyn Fn(&str) -> bool| {
        Tally::of_pairs(outcomes, |o| {
            let here = o.frames.iter().filter(|(frame, ..)| wanted(frame));
            here.map(|(_, gold, ours)| (*gold, *ours)).collect()
        })
    };
    let names: BTreeSet<&str> =
        outcomes.iter().flat_map(|o| o.frames.iter().map(|(name, ..)| name.as_str())).collect();
    let each = names
        .into_iter()
        .map(|name| (name.to_owned(), of(&|frame| frame == name).precision_recall()));
    let by_frame: Map<String, Value> = each.collect();
    let every = of(&|_| true);
    let mut object = Map::new();
    every.write(&mut object, "micro_f1", f1, either);
    object.insert("n".to_owned(), every.precision_recall()["n"].clone());
    object.insert("by_frame".to_owned(), Value::Object(by_frame));
    Value::Object(object)
}

fn naming(outcomes: &[&Outcome]) -> Value {
    let forms = Tally::of_pairs(outcomes, |o| o.naming.clone());
    let referents = Tally::of_pairs(outcomes, |o| {
        o.referents.iter().map(|(gold, ours)| (true, gold == ours)).collect()
    });
    let mut object = Map::new();
    forms.write(&mut object, "micro_f1", f1, either);
    object.insert("n".to_owned(), forms.precision_recall()["n"].clone());
    referents.write(&mut object, "referent_accuracy", accuracy, all);
    object.insert("referent_n".to_owned(), json!(referents.total().iter().sum::<u64>()));
    Value::Object(object)
}

fn topic(outcomes: &[&Outcome]) -> Value {
    let tally = Tally::of_pairs(outcomes, |o| o.topic.into_iter().collect());
    let mut object = Map::new();
    tally.write(&mut object, "accuracy", accuracy, all);
    object.insert("n".to_owned(), json!(tally.total().iter().sum::<u64>()));
    Value::Object(object)
}

/// The error of the published quantity, own-voice blame per own-voice segment: ours less the
/// gold's, by country, with the interval of the error. `n` are the gold's own-voice segments.
fn rate_errors(outcomes: &[&Outcome]) -> Map<String, Value> {
    let coded = || outcomes.iter().filter(|o| o.voice.is_some() && o.codes_blame);
    let countries: BTreeSet<&String> = coded().map(|o| &o.country).collect();
    let of = |country: &String| {
        let here: Vec<&Outcome> = coded().filter(|o| o.country == *country).copied().collect();
        let tally = Tally::of(&here, 4, |o| {
            let mut cells = Vec::new();
            if let Some((gold, ours)) = &o.voice {
                let blames = |ours: bool| {
                    let mut kinds = o.targets.iter().map(|t| if ours { &t.ours } else { &t.gold });
                    kinds.any(Option::is_some)
                };
                if gold == "own" {
                    cells.push(usize::from(!blames(false)));
                }
                if ours == "own" {
                    cells.push(2 + usize::from(!blames(true)));
                }
            }
            cells
        });
        let gold = |c: &[u64]| share(c[0], c[1]);
        let ours = |c: &[u64]| share(c[2], c[3]);
        let total = tally.total();
        let (error, interval) =
            tally.difference(|c| Some(ours(c)? - gold(c)?), total[0] + total[1]);
        let (gold, gold_interval) = tally.figure(gold, |c| c[0] + c[1]);
        let (ours, ours_interval) = tally.figure(ours, |c| c[2] + c[3]);
        json!({
            "gold": gold, "gold_interval": bounds(gold_interval),
            "ours": ours, "ours_interval": bounds(ours_interval),
            "error": error, "interval": bounds(interval),
            "n": total[0] + total[1], "units": here.len(),
        })
    };
    countries.into_iter().map(|country| (country.clone(), of(country))).collect()
}

fn pairs(outcome: &Outcome, wanted: impl Fn(&Target) -> bool) -> Vec<(bool, bool)> {
    let targets = outcome.targets.iter().filter(|target| wanted(target));
    targets.map(|t| (t.gold.is_some(), t.ours.is_some())).collect()
}

fn own_pairs(outcome: &Outcome) -> Vec<(bool, bool)> {
    let Some((gold, ours)) = &outcome.voice else { return Vec::new() };
    let own = |voice: &str, blamed: bool| voice == "own" && blamed;
    let pair = |t: &Target| (own(gold, t.gold.is_some()), own(ours, t.ours.is_some()));
    outcome.targets.iter().map(pair).collect()
}

fn kinds(outcome: &Outcome) -> Vec<(String, String)> {
    let both = outcome.targets.iter().filter_map(|t| Some((t.gold.clone()?, t.ours.clone()?)));
    both.collect()
}

fn voices(outcome: &Outcome) -> Vec<(String, String)> {
    outcome.voice.iter().cloned().collect()
}
