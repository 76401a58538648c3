//! Figures of agreement: precision, recall, F1, balanced accuracy, and their macro averages.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::bootstrap::interval;
use super::outcome::{Outcome, Target};

/// The languages that are told apart.
const LANGS: [&str; 4] = ["all", "zh", "en", "ko"];

/// Figures of a set of outcomes.
pub(super) struct Figures<'o> {
    outcomes: &'o [&'o Outcome],
}

impl<'o> Figures<'o> {
    pub fn of(outcomes: &'o [&'o Outcome]) -> Self {
        Self { outcomes }
    }

    /// The object of the contract.
    pub fn to_json(&self) -> Map<String, Value> {
        let mut object = Map::new();
        let mut add = |key: &str, value: Value| object.insert(key.to_owned(), value);
        add("units", json!(self.outcomes.len()));
        add("blame_us_nato_west", by_lang(self.outcomes, &main_pairs));
        add("blame_all_targets", by_lang(self.outcomes, &all_pairs));
        add("named_target", self.single("balanced_accuracy", &named_pairs, &balanced_accuracy));
        add("own_voice_blame", by_lang(self.outcomes, &own_pairs));
        add("kind", self.labels(&kinds, false));
        add("voice", self.labels(&voices, true));
        add("frames", self.frames());
        add("naming", self.naming());
        let topic = |o: &Outcome| o.topic.iter().map(|(g, w)| (true, g == w)).collect();
        add("topic", self.single("accuracy", &topic, &accuracy));
        add("rate_error", json!({"by_country": self.rate_errors()}));
        object
    }

    fn single(&self, name: &str, pairs: &PairsOf, measure: &Measure) -> Value {
        let value = |outcomes: &[&Outcome]| measure(&collected(outcomes, pairs));
        let n = collected(self.outcomes, pairs).len();
        let bounds = interval(self.outcomes, value);
        json!({name: value(self.outcomes), "n": n, format!("{name}_interval"): bounds})
    }

    /// Accuracy and macro F1 of labels, with each label's own figures where `by_label`.
    fn labels(&self, labels: &LabelsOf, by_label: bool) -> Value {
        let all = |outcomes: &[&Outcome]| -> Vec<(String, String)> {
            outcomes.iter().flat_map(|o| labels(o)).collect()
        };
        let here = all(self.outcomes);
        let names: BTreeSet<&String> = here.iter().map(|(gold, _)| gold).collect();
        let of = |pairs: &[(String, String)], name: &str| -> Vec<(bool, bool)> {
            pairs.iter().map(|(gold, ours)| (gold == name, ours == name)).collect()
        };
        let macro_f1 = |outcomes: &[&Outcome]| {
            let pairs = all(outcomes);
            let each: Vec<f64> = names.iter().filter_map(|name| f1(&of(&pairs, name))).collect();
            (!each.is_empty()).then(|| each.iter().sum::<f64>() / each.len() as f64)
        };
        let exact = |outcomes: &[&Outcome]| {
            let pairs = all(outcomes);
            let right = pairs.iter().filter(|(gold, ours)| gold == ours).count();
            (!pairs.is_empty()).then(|| right as f64 / pairs.len() as f64)
        };
        let mut object = json!({
            "accuracy": exact(self.outcomes), "accuracy_interval": interval(self.outcomes, exact),
            "macro_f1": macro_f1(self.outcomes),
            "macro_f1_interval": interval(self.outcomes, macro_f1), "n": here.len(),
        });
        if by_label {
            let each = names.iter().map(|name| {
                let pairs = |o: &Outcome| of(&labels(o), name);
                ((*name).clone(), prf(self.outcomes, &pairs))
            });
            object["by_voice"] = Value::Object(each.collect());
        }
        object
    }

    fn frames(&self) -> Value {
        let all = |o: &Outcome| o.frames.iter().map(|(_, g, w)| (*g, *w)).collect();
        let value = |outcomes: &[&Outcome]| f1(&collected(outcomes, &all));
        let names: BTreeSet<&String> =
            self.outcomes.iter().flat_map(|o| o.frames.iter().map(|(name, ..)| name)).collect();
        let each = names.into_iter().map(|name| {
            let of = |o: &Outcome| {
                let same = o.frames.iter().filter(|(frame, ..)| frame == name);
                same.map(|(_, g, w)| (*g, *w)).collect()
            };
            (name.clone(), prf(self.outcomes, &of))
        });
        let by_frame: Map<String, Value> = each.collect();
        let n = collected(self.outcomes, &all).iter().filter(|(gold, _)| *gold).count();
        json!({
            "micro_f1": value(self.outcomes), "micro_f1_interval": interval(self.outcomes, value),
            "n": n, "by_frame": by_frame,
        })
    }

    fn naming(&self) -> Value {
        let all = |o: &Outcome| o.naming.clone();
        let value = |outcomes: &[&Outcome]| f1(&collected(outcomes, &all));
        let n = collected(self.outcomes, &all).iter().filter(|(gold, _)| *gold).count();
        let right = |o: &Outcome| o.referents.iter().map(|right| (true, *right)).collect();
        let referent = self.single("referent_accuracy", &right, &accuracy);
        json!({
            "micro_f1": value(self.outcomes), "micro_f1_interval": interval(self.outcomes, value),
            "n": n, "referent_accuracy": referent["referent_accuracy"],
            "referent_accuracy_interval": referent["referent_accuracy_interval"],
            "referent_n": referent["n"],
        })
    }

    /// Own-voice blame per own-voice unit, ours less the gold's: the error of the published rate.
    fn rate_errors(&self) -> Map<String, Value> {
        let countries: BTreeSet<&String> = self.outcomes.iter().map(|o| &o.country).collect();
        let of = |country: &String| {
            let here: Vec<&Outcome> =
                self.outcomes.iter().filter(|o| o.country == *country).copied().collect();
            let error =
                |outcomes: &[&Outcome]| Some(rate(outcomes, true)? - rate(outcomes, false)?);
            json!({
                "gold": rate(&here, false), "ours": rate(&here, true), "error": error(&here),
                "interval": interval(&here, error), "n": here.len(),
            })
        };
        countries.into_iter().map(|country| (country.clone(), of(country))).collect()
    }
}

/// What the rules `named = blamed` and `named beside a cue = blamed` reach.
pub(super) fn baselines(outcomes: &[&Outcome]) -> Value {
    let main = |o: &Outcome, blamed: &dyn Fn(&Target) -> bool| -> Vec<(bool, bool)> {
        let targets = o.targets.iter().filter(|t| t.is_main());
        targets.map(|t| (t.gold.is_some(), blamed(t))).collect()
    };
    let named = |o: &Outcome| main(o, &|t| t.is_named);
    let cue = |o: &Outcome| main(o, &|t| t.is_named && o.has_cue);
    json!({
        "named_is_blamed": by_lang(outcomes, &named),
        "target_and_cue": by_lang(outcomes, &cue),
    })
}

/// Who was taken for whom: `gold -> ours -> n`, of voices and of kinds.
pub(super) fn confusion(outcomes: &[&Outcome]) -> Value {
    let table = |labels: &LabelsOf| {
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
    json!({"voice": table(&voices), "blame": table(&blames)})
}

type PairsOf<'f> = dyn Fn(&Outcome) -> Vec<(bool, bool)> + 'f;
type LabelsOf<'f> = dyn Fn(&Outcome) -> Vec<(String, String)> + 'f;
type Measure<'f> = dyn Fn(&[(bool, bool)]) -> Option<f64> + 'f;

fn by_lang(outcomes: &[&Outcome], pairs: &PairsOf) -> Value {
    let of = |lang: &str| {
        let here: Vec<&Outcome> =
            outcomes.iter().filter(|o| lang == "all" || o.lang == lang).copied().collect();
        prf(&here, pairs)
    };
    Value::Object(LANGS.iter().map(|lang| ((*lang).to_owned(), of(lang))).collect())
}

/// Precision, recall and F1 with intervals; `n` is the number of cases in the gold.
fn prf(outcomes: &[&Outcome], pairs: &PairsOf) -> Value {
    let all = collected(outcomes, pairs);
    let n = all.iter().filter(|(gold, _)| *gold).count();
    let bounds = |measure: fn(&[(bool, bool)]) -> Option<f64>| {
        interval(outcomes, |outcomes| measure(&collected(outcomes, pairs)))
    };
    json!({
        "precision": precision(&all), "recall": recall(&all), "f1": f1(&all), "n": n,
        "interval": {
            "precision": bounds(precision), "recall": bounds(recall), "f1": bounds(f1),
        },
    })
}

fn collected(outcomes: &[&Outcome], pairs: &PairsOf) -> Vec<(bool, bool)> {
    outcomes.iter().flat_map(|o| pairs(o)).collect()
}

fn main_pairs(outcome: &Outcome) -> Vec<(bool, bool)> {
    let main = outcome.targets.iter().filter(|t| t.is_main());
    main.map(|t| (t.gold.is_some(), t.ours.is_some())).collect()
}

fn all_pairs(outcome: &Outcome) -> Vec<(bool, bool)> {
    outcome.targets.iter().map(|t| (t.gold.is_some(), t.ours.is_some())).collect()
}

fn named_pairs(outcome: &Outcome) -> Vec<(bool, bool)> {
    let named = outcome.targets.iter().filter(|t| t.is_named);
    named.map(|t| (t.gold.is_some(), t.ours.is_some())).collect()
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

/// The share of own-voice units that blame anybody.
fn rate(outcomes: &[&Outcome], ours: bool) -> Option<f64> {
    let mut own = 0_u32;
    let mut blaming = 0_u32;
    for outcome in outcomes {
        let Some((gold_voice, our_voice)) = &outcome.voice else { continue };
        if (if ours { our_voice } else { gold_voice }) != "own" {
            continue;
        }
        own += 1;
        let any = |t: &Target| if ours { t.ours.is_some() } else { t.gold.is_some() };
        blaming += u32::from(outcome.targets.iter().any(any));
    }
    (own > 0).then(|| f64::from(blaming) / f64::from(own))
}

fn counts(pairs: &[(bool, bool)]) -> (f64, f64, f64, f64) {
    let count = |wanted: (bool, bool)| pairs.iter().filter(|pair| **pair == wanted).count() as f64;
    (count((true, true)), count((false, true)), count((true, false)), count((false, false)))
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

fn precision(pairs: &[(bool, bool)]) -> Option<f64> {
    let (right, wrong, ..) = counts(pairs);
    ratio(right, right + wrong)
}

fn recall(pairs: &[(bool, bool)]) -> Option<f64> {
    let (right, _, missed, _) = counts(pairs);
    ratio(right, right + missed)
}

fn f1(pairs: &[(bool, bool)]) -> Option<f64> {
    let (right, wrong, missed, _) = counts(pairs);
    ratio(2.0 * right, 2.0 * right + wrong + missed)
}

fn accuracy(pairs: &[(bool, bool)]) -> Option<f64> {
    let (right, wrong, missed, refused) = counts(pairs);
    ratio(right + refused, right + wrong + missed + refused)
}

/// The mean of the shares that are right among the blamed and among the others.
fn balanced_accuracy(pairs: &[(bool, bool)]) -> Option<f64> {
    let (right, wrong, missed, refused) = counts(pairs);
    Some((ratio(right, right + missed)? + ratio(refused, refused + wrong)?) / 2.0)
}
