//! Rates corrected by coded samples: by one of this corpus and coding, and by nothing else.

use std::path::Path;

use serde_json::{Value, json};

use crate::sampling::{code, corpus, sheet};
use crate::support::{Demarche, arg, write_config};

/// The corrected rate of a side and target.
fn rate(found: &Value, side: &str, target: &str) -> (f64, f64, f64, f64) {
    let of = &found["prevalence"]["by_side"][side][target];
    let number = |value: &Value| value.as_f64().unwrap_or_else(|| panic!("{side} {target}: {of}"));
    (
        number(&of["machine"]),
        number(&of["corrected"]),
        number(&of["interval"][0]),
        number(&of["interval"][1]),
    )
}

#[test]
fn a_coded_sample_corrects_the_published_rate() {
    let demarche = corpus();
    let (drawn, coded) = (demarche.folder().join("s.csv"), demarche.folder().join("anna.csv"));
    demarche.stdout(&["sample", "-n", "180", "--over-draw", "0.6", "-o", arg(&drawn)]);
    code(&drawn, &coded, 0);
    // Every segment was drawn: the corrected rate is the truth, fifteen of ninety a side.
    let found = demarche.json(&["evaluate", "--gold", arg(&coded), "--json"]);
    let report = ["report", "--from", "2031-01-01", "--to", "2031-12-31", "--format", "json"];
    let published = demarche.json(&report);
    for side in ["cn", "kp"] {
        let (machine, corrected, low, high) = rate(&found, side, "any");
        assert!((corrected - 15.0 / 90.0).abs() < 1e-9, "{side}: {corrected}");
        assert!((low - corrected).abs() < 1e-9 && (high - corrected).abs() < 1e-9);
        assert!(machine < corrected, "the price of a boat is not in the lexicon");
        let (by_program, ..) = rate(&found, side, "US");
        let figure = published_rate(&published, side, "blame:US");
        assert!((by_program * 100.0 - figure).abs() < 1e-3, "{by_program} {figure}");
    }
    assert!(found["blame_us_nato_west"]["all"]["f1"].as_f64().is_some());

    // A part of it: the interval holds the truth.
    let part = demarche.folder().join("part.csv");
    demarche.stdout(&[
        "sample",
        "-n",
        "100",
        "--over-draw",
        "0.6",
        "--seed",
        "3",
        "-o",
        arg(&part),
    ]);
    code(&part, &coded, 4);
    let found = demarche.json(&["evaluate", "--gold", arg(&coded), "--json"]);
    let (_, _, low, high) = rate(&found, "cn", "any");
    assert!(low < 15.0 / 90.0 && 15.0 / 90.0 < high && low < high, "{low} {high}");
    assert_eq!(found["prevalence"]["uncoded"], 4);
    let page = demarche.stdout(&["evaluate", "--gold", arg(&coded)]);
    assert!(page.contains("Rates of the corpus, corrected by sample"), "{page}");
}

/// That a file is scored and corrects nothing, and why.
fn refused(demarche: &Demarche, file: &Path, reason: &str) {
    let found = demarche.json(&["evaluate", "--gold", arg(file), "--json"]);
    let told = found["prevalence"]["refused"].as_str().unwrap_or_else(|| panic!("{reason}"));
    assert!(told.contains(reason), "{told}");
    assert!(found["units"].as_u64().unwrap() > 0);
}

/// The rate of a code over the whole period that the report publishes, per 100 segments.
fn published_rate(report: &Value, side: &str, code: &str) -> f64 {
    let tables = report["tables"].as_array().expect("tables").iter();
    let figures = tables.flat_map(|table| table["figures"].as_array().into_iter().flatten());
    let figure = figures.into_iter().find(|f| {
        f["measure"] == "rate" && f["side"] == side && f["code"] == code && f["voice"] == "own"
    });
    figure.unwrap_or_else(|| panic!("no rate of {code}"))["value"].as_f64().expect("a rate")
}

#[test]
fn what_is_no_sample_of_this_corpus_corrects_nothing_and_is_evaluated() {
    let demarche = corpus();
    let (drawn, coded) = (demarche.folder().join("s.csv"), demarche.folder().join("coded.csv"));
    demarche.stdout(&["sample", "-n", "60", "--over-draw", "0.6", "-o", arg(&drawn)]);
    let gold = demarche.folder().join("gold.jsonl");
    let line = json!({"unit": "a", "text": "NATO fanned the flames.", "lang": "en", "voice": "own",
        "blames": [{"target": "NATO", "kind": "causal"}]});
    std::fs::write(&gold, line.to_string()).expect("written");
    refused(&demarche, &gold, "no sample of a corpus");
    code(&drawn, &coded, 40);
    refused(&demarche, &coded, "40 of 60 rows are not coded");
    code(&drawn, &coded, 0);
    refused(&Demarche::new(), &coded, "no corpus at");

    // The same corpus with one statement more.
    let table = demarche.folder().join("more.jsonl");
    let row = json!({"id": "x", "url": "http://example.invalid/x", "lang": "en", "title": "More",
        "institution": "Ruritanian Foreign Ministry", "date": "2031-02-02", "body": "It snowed."});
    std::fs::write(&table, row.to_string()).expect("written");
    demarche.stdout(&["import", "--json", "-q", "--source", "cn-mfa-en", arg(&table)]);
    demarche.stdout(&["run", "--offline", "-q"]);
    refused(&demarche, &coded, "another corpus");

    let design = demarche.folder().join("s.csv.design.json");
    let text = std::fs::read_to_string(&design).expect("the design");
    std::fs::write(&design, text.replace("\"seed\": 1", "\"seed\": 2")).expect("written");
    let output =
        demarche.output(&["evaluate", "--gold", arg(&coded), "--design", arg(&design), "--json"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && told.contains("changed after the draw"), "{told}");
    // Beside the sheet it is no less wrong; beside another it is no business of this one.
    std::fs::copy(&coded, &drawn).expect("copied");
    let output = demarche.output(&["evaluate", "--gold", arg(&drawn)]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && told.contains("changed after the draw"), "{told}");
    refused(&demarche, &coded, "no design of sample");
    std::fs::remove_file(&design).expect("removed");
    refused(&demarche, &coded, "no design of sample");
}

/// The rows of a coded file (semicolons) with one of them rewritten by column.
fn rewritten(from: &Path, to: &Path, write: impl Fn(usize, &str, &str) -> Option<String>) {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_path(from).expect("a file");
    let header = reader.headers().expect("a header").clone();
    let mut writer = csv::Writer::from_path(to).expect("a file");
    writer.write_record(&header).expect("written");
    for (n, row) in reader.records().map(|row| row.expect("a row")).enumerate() {
        let cells = header.iter().zip(&row);
        let cells = cells.map(|(name, cell)| write(n, name, cell).unwrap_or(cell.to_owned()));
        writer.write_record(cells).expect("written");
    }
    writer.flush().expect("written");
}

#[test]
fn rows_that_are_not_those_of_the_draw_correct_nothing() {
    let demarche = corpus();
    let [drawn, coded, other] =
        ["s.csv", "coded.csv", "other.csv"].map(|name| demarche.folder().join(name));
    let strata = ["--by", "source,month", "--over-draw", "0.5"];
    demarche.stdout(&[&["sample", "-n", "60", "-o", arg(&drawn)], &strata[..]].concat());
    code(&drawn, &coded, 0);
    let rows = sheet(&drawn);
    rewritten(&coded, &other, |n, name, _| {
        (n == 0 && name == "sample").then(|| "000000000000".to_owned())
    });
    refused(&demarche, &other, "rows of sample 000000000000");
    let nowhere = format!("{}9", rows[0]["unit"]);
    rewritten(&coded, &other, |n, name, _| (n == 0 && name == "unit").then(|| nowhere.clone()));
    refused(&demarche, &other, "was not drawn");
    // Nine in ten rows are coded, and none of one stratum.
    let of = |stratum: &str| rows.iter().filter(|row| row["stratum"] == stratum).count();
    let least = rows.iter().map(|row| row["stratum"].as_str()).min_by_key(|s| of(s)).unwrap();
    assert!(of(least) <= 6);
    rewritten(&coded, &other, |n, name, _| {
        (rows[n]["stratum"] == least && name == "voice").then(String::new)
    });
    refused(&demarche, &other, &format!("no row of stratum {least} is coded"));

    let lines = demarche.folder().join("coded.jsonl");
    let line = |row: &std::collections::BTreeMap<String, String>| {
        json!({"unit": row["unit"], "sample": row["sample"], "text": row["text"],
            "lang": row["lang"], "voice": "own", "blames": []})
        .to_string()
    };
    let mut text: Vec<String> = rows.iter().map(line).collect();
    std::fs::write(&lines, text.join("\n")).expect("written");
    let found = demarche.json(&["evaluate", "--gold", arg(&lines), "--json"]);
    assert!(found["prevalence"]["by_side"].is_object(), "{}", found["prevalence"]);
    text.push(text[0].clone());
    std::fs::write(&lines, text.join("\n")).expect("written");
    refused(&demarche, &lines, "line 61: `");
}

/// A study of the two sources, a side each.
fn study(demarche: &Demarche, sides: [(&str, &str); 2]) {
    let mut text = "id = \"two\"\ntitle = \"Two\"\nabout = \"Two.\"\n\
                    period = { from = \"2031-01-01\", to = \"2031-02-28\" }\n"
        .to_owned();
    for (id, source) in sides {
        text += &format!("[[side]]\nid = \"{id}\"\nlabel = \"{id}\"\nsources = [\"{source}\"]\n");
    }
    std::fs::write(demarche.corpus().join("config/studies/two.toml"), text).expect("written");
}

#[test]
fn other_sides_or_other_codes_since_the_draw_correct_nothing() {
    let demarche = corpus();
    let config = demarche.corpus().join("config");
    write_config(&config);
    let (drawn, coded) = (demarche.folder().join("s.csv"), demarche.folder().join("coded.csv"));
    study(&demarche, [("one", "cn-mfa-en"), ("other", "kp-mfa-en")]);
    let draw = ["sample", "-n", "100", "--study", "two", "--by", "genre,role,year", "--json"];
    let design = demarche.json(&[&draw[..], &["-o", arg(&drawn)]].concat());
    assert_eq!(design["segments"], 120, "two of three months");
    let strata = design["strata"].as_array().expect("strata");
    assert!(strata.iter().all(|s| s["of"]["year"] == "2031" && s["of"]["role"].is_string()));
    code(&drawn, &coded, 0);
    let (_, corrected, low, high) =
        rate(&demarche.json(&["evaluate", "--gold", arg(&coded), "--json"]), "one", "any");
    assert!(low <= corrected && corrected <= high && low < high);

    study(&demarche, [("other", "cn-mfa-en"), ("one", "kp-mfa-en")]);
    refused(&demarche, &coded, "another corpus");
    study(&demarche, [("one", "cn-mfa-en"), ("other", "kp-mfa-en")]);
    assert!(
        rate(&demarche.json(&["evaluate", "--gold", arg(&coded), "--json"]), "one", "any").1 > 0.0
    );

    let cues = config.join("codebook/default/cues-en.toml");
    let text = std::fs::read_to_string(&cues).expect("the cues");
    std::fs::write(&cues, text.replacen("\"fan* the flames\", ", "", 1)).expect("written");
    demarche.stdout(&["run", "--offline", "-q"]);
    refused(&demarche, &coded, "coded by another codebook");
}

#[test]
fn of_a_text_with_a_passage_on_the_topic_a_sample_has_what_the_report_counts() {
    let demarche = Demarche::new();
    let mut body: Vec<String> = (0..40).map(|n| format!("Bread is good on day {n}.")).collect();
    body[3] = "NATO is the culprit of the hunger in the south.".to_owned();
    for (n, words) in [
        "NATO fanned the flames of the crisis in Ukraine.",
        "The war in Ukraine goes on.",
        "Ukraine has our sympathy.",
    ]
    .into_iter()
    .enumerate()
    {
        body[20 + n] = words.to_owned();
    }
    let row = json!({"id": "x", "url": "http://example.invalid/x", "lang": "en", "title": "Speech",
        "institution": "Ruritanian Foreign Ministry", "date": "2031-02-02", "body": body.join(" ")});
    let table = demarche.folder().join("speech.jsonl");
    std::fs::write(&table, row.to_string()).expect("written");
    demarche.stdout(&["import", "--json", "-q", "--source", "cn-mfa-en", arg(&table)]);
    demarche.stdout(&["run", "--offline", "-q"]);
    let drawn = demarche.folder().join("s.csv");
    let about = ["--topic", "ukraine-war", "--from", "2031-01-01", "--to", "2031-12-31"];
    let draw = [&["sample", "-n", "400", "--json", "-o", arg(&drawn)], &about[..]].concat();
    let design = demarche.json(&draw);
    let published = demarche.json(&[&["report", "--format", "json"], &about[..]].concat());
    let tables = published["tables"].as_array().expect("tables").iter();
    let mut figures = tables.flat_map(|table| table["figures"].as_array().into_iter().flatten());
    let figure = figures.find(|f| {
        f["measure"] == "rate"
            && f["code"] == "blame:NATO"
            && f["topic"] == "ukraine-war"
            && f["side"] == "cn"
            && f["voice"] == "own"
    });
    let figure = figure.expect("the rate");
    assert_eq!((&figure["k"], &design["segments"]), (&json!(1), &json!(3)));
    let coded = demarche.folder().join("coded.csv");
    code(&drawn, &coded, 0);
    let found = demarche.json(&["evaluate", "--gold", arg(&coded), "--json"]);
    let of = &found["prevalence"]["by_side"]["cn"]["NATO"];
    assert_eq!((&of["blaming"], &of["own_segments"]), (&figure["k"], &figure["n"]));
}

/// A long report: whose words its last sentences are, only its first one tells.
const REPORT: &str = "The Foreign Minister of Sylvania said that bread is dear. He noted that the harvest was poor. \
    He added that mills stand still. He went on that ovens are cold. He stressed that NATO fanned the flames. \
    The bakers listened.";

#[test]
fn a_sample_is_scored_as_its_corpus_is_coded() {
    let demarche = Demarche::new();
    let table = demarche.folder().join("t.jsonl");
    let row = json!({"id": "x", "url": "http://example.invalid/x", "lang": "en", "title": "A report",
        "institution": "KCNA", "date": "2031-02-02", "body": REPORT});
    std::fs::write(&table, row.to_string()).expect("written");
    demarche.stdout(&["import", "--json", "-q", "--source", "kcna-en", arg(&table)]);
    demarche.stdout(&["run", "--offline", "-q"]);
    let (drawn, coded) = (demarche.folder().join("s.csv"), demarche.folder().join("c.csv"));
    demarche.stdout(&["sample", "-n", "6", "-o", arg(&drawn)]);
    let mut reader = csv::Reader::from_path(&drawn).expect("a sample");
    let header = reader.headers().expect("a header").clone();
    let mut writer = csv::Writer::from_path(&coded).expect("a file");
    writer.write_record(&header).expect("written");
    let mut relayed = 0;
    for row in reader.records().map(|row| row.expect("a row")) {
        let told = demarche.json(&["explain", "--json", &row[1]]);
        relayed += u32::from(told["voice"] == "relayed");
        let cells = header.iter().zip(&row).map(|(name, cell)| match name {
            "voice" => told["voice"].as_str().expect("a voice").to_owned(),
            "blames" if told["attributions"].as_array().is_some_and(|a| !a.is_empty()) => {
                "NATO:causal".to_owned()
            }
            _ => cell.to_owned(),
        });
        writer.write_record(cells).expect("written");
    }
    writer.flush().expect("written");
    assert!(relayed >= 4, "{relayed} sentences are the minister's");
    let found = demarche.json(&["evaluate", "--gold", arg(&coded), "--json"]);
    assert_eq!(found["voice"]["accuracy"], 1.0, "{}", found["errors"]);
}
