//! The page: an evaluation as a terminal shows it, figures first, then tables, then errors.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::figures::LANGS;

/// Everything in the object of [`super::Evaluation::to_json`] as a page for a terminal; where
/// `prevalence` was added to it, the corrected rates or why there are none.
pub fn page(found: &Value) -> String {
    let mut page = String::new();
    head(&mut page, found);
    rates(&mut page, "Blame of US, NATO, WEST (segment and target)", found, "blame_us_nato_west");
    baselines(&mut page, found);
    rates(&mut page, "Blame of any target", found, "blame_all_targets");
    rates(&mut page, "Blame in the publisher's own voice", found, "own_voice_blame");
    single_figures(&mut page, found);
    groups(
        &mut page,
        "Voice",
        &found["voice"]["by_voice"],
        &found["held_out"]["voice"]["by_voice"],
    );
    groups(
        &mut page,
        "Frames",
        &found["frames"]["by_frame"],
        &found["held_out"]["frames"]["by_frame"],
    );
    groups(
        &mut page,
        "Blame of US, NATO, WEST by institution",
        &found["by_institution"],
        &found["held_out"]["by_institution"],
    );
    groups(
        &mut page,
        "Blame of US, NATO, WEST by voice",
        &found["by_voice"],
        &found["held_out"]["by_voice"],
    );
    rate_errors(&mut page, &found["rate_error"]["by_country"]);
    prevalence(&mut page, &found["prevalence"]);
    for (name, table) in found["confusion"].as_object().into_iter().flatten() {
        confusion(&mut page, name, table);
    }
    errors(&mut page, found);
    page
}

fn head(page: &mut String, found: &Value) {
    let n = |value: &Value| value.as_u64().unwrap_or_default();
    let held = &found["held_out"];
    let _ = writeln!(
        page,
        "{} coded segments of {} documents; {} segments of {} documents are held out by a digest \
         of the title.\nIn brackets 95 % intervals that resample documents; n is the number of \
         cases in the gold.",
        n(&found["units"]),
        n(&found["documents"]),
        n(&held["units"]),
        n(&held["documents"]),
    );
}

/// Precision, recall and F1 by language, the held-out F1 beside them. Nothing where the gold
/// does not code it.
fn rates(page: &mut String, title: &str, found: &Value, key: &str) {
    if is_empty(&found[key]["all"]) {
        return;
    }
    heading(page, title, "held out F1");
    for lang in LANGS {
        rate(page, lang, &found[key][lang], Some(&found["held_out"][key][lang]));
    }
}

fn baselines(page: &mut String, found: &Value) {
    let names = [("named_is_blamed", "named = blamed"), ("target_and_cue", "target and a cue")];
    for (key, name) in names {
        let of = &found["baselines"][key];
        if is_empty(&of["all"]) {
            return;
        }
        for lang in LANGS {
            rate(page, &format!("{name}, {lang}"), &of[lang], None);
        }
    }
}

/// Precision, recall and F1 of each member of an object.
fn groups(page: &mut String, title: &str, of: &Value, held: &Value) {
    let Some(of) = of.as_object().filter(|of| of.values().any(|one| !is_empty(one))) else {
        return;
    };
    heading(page, title, "held out F1");
    for (name, one) in of {
        rate(page, name, one, Some(&held[name]));
    }
}

fn heading(page: &mut String, title: &str, last: &str) {
    let _ = writeln!(page, "\n{title}");
    let _ = writeln!(
        page,
        "  {:24} {:21}{:21}{:21}{:>5}   {last}",
        "", "precision", "recall", "F1", "n"
    );
}

fn rate(page: &mut String, name: &str, of: &Value, held: Option<&Value>) {
    let cell = |key: &str| figure(&of[key], &of["interval"][key]);
    let n = of["n"].as_u64().unwrap_or_default();
    let _ = write!(
        page,
        "  {name:24} {:21}{:21}{:21}{n:>5}",
        cell("precision"),
        cell("recall"),
        cell("f1"),
    );
    match held {
        Some(held) => {
            let n = held["n"].as_u64().unwrap_or_default();
            let _ = writeln!(page, "   {} n {n}", figure(&held["f1"], &held["interval"]["f1"]));
        }
        None => page.push('\n'),
    }
}

/// Figures that stand alone.
fn single_figures(page: &mut String, found: &Value) {
    let rows = [
        ("named target, balanced accuracy", "named_target", "balanced_accuracy", "n"),
        ("kind, macro F1", "kind", "macro_f1", "n"),
        ("voice, accuracy", "voice", "accuracy", "n"),
        ("voice, macro F1", "voice", "macro_f1", "n"),
        ("frames, micro F1", "frames", "micro_f1", "n"),
        ("names of the war, micro F1", "naming", "micro_f1", "n"),
        ("referent, accuracy", "naming", "referent_accuracy", "referent_n"),
        ("topic, accuracy", "topic", "accuracy", "n"),
    ];
    let known = rows.iter().filter(|(_, part, key, _)| !found[part][key].is_null());
    let _ = writeln!(page, "\n{:34} {:21}{:>5}   held out", "Other figures", "", "n");
    for (name, part, key, n) in known {
        let cell = |from: &Value| figure(&from[part][key], &from[part][format!("{key}_interval")]);
        let n_of = |from: &Value| from[part][n].as_u64().unwrap_or_default();
        let held = &found["held_out"];
        let _ = writeln!(
            page,
            "  {name:32} {:21}{:>5}   {} n {}",
            cell(found),
            n_of(found),
            cell(held),
            n_of(held),
        );
    }
}

fn rate_errors(page: &mut String, by_country: &Value) {
    let Some(by_country) = by_country.as_object().filter(|of| !of.is_empty()) else { return };
    let _ = writeln!(
        page,
        "\nError of the rate in these segments, each counting once (what a corpus has is estimated \
         from a sample of it alone):\nown-voice segments that blame somebody, of all own-voice \
         segments\n  {:24} {:21}{:21}{:23}{:>5}",
        "", "gold", "ours", "ours less gold", "n"
    );
    for (country, of) in by_country {
        let error = match (of["error"].as_f64(), of["interval"].as_array()) {
            (Some(error), Some(between)) => {
                let at = |n: usize| between.get(n).and_then(Value::as_f64).unwrap_or_default();
                format!("{error:+.3} ({:+.3}..{:+.3})", at(0), at(1))
            }
            (Some(error), None) => format!("{error:+.3}"),
            _ => "-".to_owned(),
        };
        let _ = writeln!(
            page,
            "  {:24} {:21}{:21}{error:23}{:>5}",
            if country.is_empty() { "-" } else { country },
            figure(&of["gold"], &of["gold_interval"]),
            figure(&of["ours"], &of["ours_interval"]),
            of["n"].as_u64().unwrap_or_default(),
        );
    }
}

/// The corpus' own rates corrected by the sample, or why they are not.
fn prevalence(page: &mut String, found: &Value) {
    if let Some(reason) = found["refused"].as_str() {
        let _ = writeln!(page, "\nNo corrected rates: {reason}.");
        return;
    }
    let Some(sides) = found["by_side"].as_object() else { return };
    let _ = writeln!(
        page,
        "\nRates of the corpus, corrected by sample {}: own-voice segments that blame, of all \
         own-voice segments\n  {:24} {:>9} {:23}{:>9} {:>9} {:>7} {:>9}",
        found["sample"].as_str().unwrap_or_default(),
        "",
        "program",
        "corrected",
        "blaming",
        "own-voice",
        "coded",
        "differing"
    );
    for (side, targets) in sides {
        for (target, of) in targets.as_object().into_iter().flatten() {
            let n = |key: &str| of[key].as_u64().unwrap_or_default();
            let _ = writeln!(
                page,
                "  {:24} {:>9} {:23}{:>9} {:>9} {:>7} {:>9}",
                format!("{side} {target}"),
                small(&of["machine"], &Value::Null),
                small(&of["corrected"], &of["interval"]),
                n("blaming"),
                n("own_segments"),
                n("coded"),
                n("differing"),
            );
        }
    }
    let uncoded = found["uncoded"].as_u64().unwrap_or_default();
    if uncoded > 0 {
        let _ = writeln!(page, "  {uncoded} drawn rows are not coded; the others stand for them.");
    }
    let _ = writeln!(page, "  By the {}.", found["formula"].as_str().unwrap_or_default());
}

/// A rate with four digits: `0.0312 (0.0204-0.0420)`.
fn small(value: &Value, interval: &Value) -> String {
    let Some(value) = value.as_f64() else { return "-".to_owned() };
    match (interval[0].as_f64(), interval[1].as_f64()) {
        (Some(low), Some(high)) => format!("{value:.4} ({low:.4}-{high:.4})"),
        _ => format!("{value:.4}"),
    }
}

/// A table of who was taken for whom, the gold's labels as rows.
fn confusion(page: &mut String, name: &str, table: &Value) {
    let Some(rows) = table.as_object().filter(|rows| !rows.is_empty()) else { return };
    let mut columns: Vec<&str> = rows
        .values()
        .filter_map(Value::as_object)
        .flat_map(Map::keys)
        .map(String::as_str)
        .collect();
    columns.extend(rows.keys().map(String::as_str));
    columns.sort_unstable();
    columns.dedup();
    columns.retain(|column| rows.values().any(|row| !row[column].is_null()));
    let _ = write!(page, "\nTaken for: {name}\n  {:14}", "gold \\ ours");
    for column in &columns {
        let _ = write!(page, " {column:>12}");
    }
    page.push('\n');
    for (gold, row) in rows {
        let _ = write!(page, "  {gold:14}");
        for column in &columns {
            let _ = write!(page, " {:>12}", row[column].as_u64().unwrap_or_default());
        }
        page.push('\n');
    }
}

fn errors(page: &mut String, found: &Value) {
    let errors = found["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    let place = match found["errors_held_out"].as_bool() {
        Some(true) => "in all documents, held out or not",
        _ => "outside the held-out documents",
    };
    let _ = writeln!(page, "\n{} errors {place}", errors.len());
    for error in errors {
        let word = |key: &str| match &error[key] {
            Value::Null => "-".to_owned(),
            Value::String(word) => word.clone(),
            other => other.to_string(),
        };
        let _ = writeln!(
            page,
            "\n{} {} {}: gold {}, ours {}",
            word("unit"),
            word("lang"),
            word("what"),
            word("gold"),
            word("ours"),
        );
        if !error["rule"].is_null() {
            let _ = writeln!(page, "  rule: {}", word("rule"));
        }
        let _ = writeln!(page, "  {}", word("text").replace('\n', " "));
    }
}

/// `0.903 (0.872-0.932)`; `-` where it is undefined.
pub(super) fn figure(value: &Value, interval: &Value) -> String {
    let Some(value) = value.as_f64() else { return "-".to_owned() };
    let bounds: Vec<f64> =
        interval.as_array().into_iter().flatten().flat_map(Value::as_f64).collect();
    match bounds.as_slice() {
        [low, high] => format!("{value:.3} ({low:.3}-{high:.3})"),
        _ => format!("{value:.3}"),
    }
}

/// Whether neither the gold nor we have a case.
fn is_empty(of: &Value) -> bool {
    of["n"].as_u64().unwrap_or_default() == 0 && of["precision"].is_null()
}
