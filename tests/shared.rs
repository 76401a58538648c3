//! The main job on the real archived pages and tables: the figures that it must give, and the
//! rows of the machine interface.
//!
//! One corpus is built once and asked by every test.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use crate::support::{Demarche, arg, shared};

const TABLES: [&str; 4] = [
    "dprk/mfa-and-kcna-2017-2026.jsonl.gz",
    "dprk/kcna-en-2024-by-url.jsonl.gz",
    "dprk/rodong-en-2018-2021.jsonl.gz",
    "dprk/rodong-en-2021-2022.jsonl.gz",
];
const PAGES: &str = "prc/mfa-zh-2020-2022.warc.gz";
const WINDOW: [&str; 6] = ["--source", "cn-mfa-zh", "--from", "2022-02-01", "--to", "2022-07-31"];

/// The corpus of all tests here, and what its imports said.
struct Built {
    demarche: Demarche,
    imported: BTreeMap<&'static str, Value>,
}

static BUILT: LazyLock<Option<Built>> = LazyLock::new(|| {
    let data = shared()?;
    let demarche = Demarche::new();
    let mut imported = BTreeMap::new();
    for file in [PAGES].into_iter().chain(TABLES) {
        let said = demarche.json(&["import", "--json", "-q", arg(&data.join(file))]);
        imported.insert(file, said);
    }
    demarche.stdout(&["run", "--offline"]);
    Some(Built { demarche, imported })
});

/// The corpus of all tests here, for others that ask it.
pub fn built() -> Option<&'static Demarche> {
    BUILT.as_ref().map(|built| &built.demarche)
}

fn statements(args: &[&str]) -> Vec<Value> {
    let built = BUILT.as_ref().expect("checked by the caller");
    built.demarche.lines(&[&["export", "statements", "--format", "jsonl"], args].concat())
}

fn occurrences(term: &str, role: &str) -> u64 {
    let built = BUILT.as_ref().expect("checked by the caller");
    let args = [&["search", term, "--count", "--json", "--role", role], &WINDOW[..]].concat();
    let output = built.demarche.output(&args);
    let totals: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let found = totals["occurrences"].as_u64().expect("a number");
    assert_eq!(output.status.code(), Some(i32::from(found == 0)), "{term}: the exit code");
    found
}

#[test]
fn every_archived_page_is_a_statement_or_a_reject() {
    let Some(built) = BUILT.as_ref() else { return };
    assert_eq!(built.imported[PAGES]["captures"], 595);
    assert_eq!(built.imported[PAGES]["statements"], 0);
    let statements = statements(&["--source", "cn-mfa-zh"]).len();
    let rejects = built.demarche.json(&["rejects", "--json", "--source", "cn-mfa-zh"]);
    let rejects = rejects.as_array().expect("a list").len();
    println!("595 pages: {statements} statements, {rejects} rejects");
    assert_eq!(statements + rejects, 595);
}

#[test]
fn the_window_of_the_paper_has_its_documents_and_turns() {
    if BUILT.is_none() {
        return;
    }
    let window = statements(&WINDOW);
    let genre = |name: &str| window.iter().filter(|s| s["genre"] == name).count();
    let turns = || window.iter().flat_map(|s| s["turns"].as_array().expect("turns"));
    let role = |name: &str| turns().filter(|t| t["role"] == name).count();
    let figures = (window.len(), genre("press-conference"), role("question"), role("answer"));
    println!("documents, conferences, questions, answers: {figures:?}");
    assert_eq!(figures, (127, 117, 1381, 1381));
}

#[test]
fn occurrences_in_questions_and_answers_are_those_of_the_pages() {
    if BUILT.is_none() {
        return;
    }
    let expected = [
        ("入侵", 44, 9),
        ("侵略", 20, 41),
        ("始作俑者", 0, 35),
        ("单边制裁", 0, 68),
        ("拱火", 0, 25),
        ("北约", 73, 193),
        ("危机", 28, 188),
    ];
    for (term, questions, answers) in expected {
        let found = (occurrences(term, "question"), occurrences(term, "answer"));
        println!("{term}: {} in questions, {} in answers", found.0, found.1);
        assert_eq!(found, (questions, answers), "{term}");
    }
}

#[test]
fn tables_become_statements_and_rejects() {
    let Some(built) = BUILT.as_ref() else { return };
    let said = &built.imported[TABLES[0]];
    assert_eq!((&said["statements"], &said["rejects"]), (&32.into(), &0.into()));
    let rejects = built.demarche.json(&["rejects", "--json", "--source", "kcna-en"]);
    let reasons = rejects.as_array().expect("a list").iter();
    assert_eq!(reasons.filter(|r| r["reason"] == "no text").count(), 239);
    let mut languages = BTreeMap::new();
    for source in
        ["kp-mfa-ko", "kp-mfa-en", "kcna-ko", "rodong-ko", "choson-sinbo-ko", "voice-of-korea-ko"]
    {
        for statement in statements(&["--source", source]) {
            *languages.entry(statement["lang"].as_str().expect("lang").to_owned()).or_insert(0) +=
                1;
        }
    }
    println!("DPRK statements by language: {languages:?}");
    assert_eq!(languages["ko"], 24);
    let scraped =
        statements(&["--source", "kcna-en", "--from", "2023-12-01", "--to", "2024-12-31"]);
    println!("kcna-en 2024: {} statements", scraped.len());
    assert!((1036..=1041).contains(&scraped.len()));
}

/// All nine occurrences of 入侵 in answers name Iraq, Afghanistan or Syria.
#[test]
fn an_invasion_of_another_country_is_not_counted_as_the_war_in_ukraine() {
    let Some(built) = BUILT.as_ref() else { return };
    let args = [&["export", "mentions", "--format", "jsonl"], &WINDOW[..]].concat();
    let mentions = built.demarche.lines(&args);
    let own = mentions.iter().filter(|m| m["code"] == "naming:invasion" && m["text"] == "入侵");
    let own: Vec<&Value> = own.filter(|m| m["voice"] != "question").collect();
    let ukraine = own.iter().filter(|m| m["referent"] == "ukraine-war").count();
    println!("入侵 outside questions: {}, of the war in Ukraine: {ukraine}", own.len());
    assert_eq!((own.len(), ukraine), (9, 0));
}

#[test]
fn spans_are_the_words_that_they_name() {
    let Some(built) = BUILT.as_ref() else { return };
    let texts: BTreeMap<(String, u64), String> = statements(&WINDOW)
        .iter()
        .flat_map(|s| {
            let id = s["id"].as_str().expect("id").to_owned();
            let turns = s["turns"].as_array().expect("turns").clone();
            turns.into_iter().map(move |t| {
                let text = t["text"].as_str().expect("text").to_owned();
                ((id.clone(), t["n"].as_u64().expect("n")), text)
            })
        })
        .collect();
    let args = [&["export", "attributions", "--format", "jsonl"], &WINDOW[..]].concat();
    let found = built.demarche.lines(&args);
    assert!(found.len() > 100, "only {} attributions", found.len());
    for one in &found {
        let key =
            (one["statement"].as_str().expect("id").to_owned(), one["turn"].as_u64().expect("n"));
        let number =
            |name: &str| usize::try_from(one[name].as_u64().expect("a number")).expect("fits");
        let text = &texts[&key];
        assert_eq!(
            &text[number("cue_start")..number("cue_end")],
            one["cue_text"].as_str().expect("cue")
        );
        let chars: String = text
            .chars()
            .skip(number("target_start_char"))
            .take(number("target_end_char") - number("target_start_char"))
            .collect();
        assert_eq!(chars, one["target_text"].as_str().expect("target"));
    }
}

#[test]
fn search_and_kwic_have_the_shapes_of_the_contract() {
    let Some(built) = BUILT.as_ref() else { return };
    let page =
        built.demarche.json(&["search", "로씨야", "--json", "--limit", "2", "--offset", "1"]);
    assert_eq!(page["hits"].as_array().expect("hits").len(), 2);
    for key in ["statement", "turn", "date", "source", "role", "title", "url", "snippet", "spans"] {
        assert!(page["hits"][0].get(key).is_some(), "no key {key}");
    }
    let table = built.demarche.stdout(&["kwic", "hegemonic", "--format", "csv"]);
    let header = table.lines().next().expect("a header");
    assert!(header.starts_with("docname,from,to,pre,keyword,post,pattern"), "{header}");
    for column in ["date", "source", "role", "speaker"] {
        assert!(header.split(',').any(|c| c == column), "no column {column}");
    }
}

#[test]
fn the_report_is_written_in_every_format_and_says_what_is_thin() {
    let Some(built) = BUILT.as_ref() else { return };
    let window = ["--from", "2022-02-01", "--to", "2022-07-31", "--topic", "ukraine-war"];
    for format in ["csv", "json", "html", "md"] {
        let path = built.demarche.folder().join(format!("report.{format}"));
        let args = [&["report", "--format", format, "-o", arg(&path)], &window[..]].concat();
        built.demarche.stdout(&args);
        let size = std::fs::metadata(&path).expect("the report").len();
        println!("report.{format}: {size} bytes");
        assert!(size > 1000);
    }
    let text = built.demarche.stdout(&[&["report"], &window[..]].concat());
    assert!(
        text.contains(
            "Rodong Sinmun (English): 65 texts, all whole; none of them touches the topic"
        )
    );
    assert!(text.contains("fewer than 10"));
    let invasion: Vec<&str> =
        text.lines().filter(|l| l.starts_with("  Invasion  ") && l.contains(" own ")).collect();
    let plain = invasion.iter().any(|l| l.contains(" 0.5 % (") && l.contains("7/1409"));
    let of_the_war =
        invasion.iter().any(|l| l.contains("means War in Ukraine") && l.contains("0/1409"));
    assert!(plain && of_the_war, "both counts of the word: {invasion:#?}");
}

#[test]
fn importing_again_adds_nothing_and_running_again_does_nothing() {
    let Some(built) = BUILT.as_ref() else { return };
    let data = shared().expect("it was there");
    let again = built.demarche.json(&["import", "--json", "-q", arg(&data.join(TABLES[0]))]);
    assert_eq!((&again["captures"], &again["known"]), (&0.into(), &1.into()));
    let ran = built.demarche.json(&["run", "--offline", "--json", "-q"]);
    assert_eq!(ran["stale"], false);
}

#[test]
fn the_page_of_the_study_has_the_numbers_of_the_study() {
    let Some(built) = BUILT.as_ref() else { return };
    let folder = built.demarche.folder().join("study");
    let study = ["report", "--study", "ukraine-2022", "-q", "-o", arg(&folder)];
    built.demarche.stdout(&study);
    let text = std::fs::read_to_string(folder.join("findings.json")).expect("findings");
    let findings: Value = serde_json::from_str(&text).expect("JSON");
    let percent = |value: &Value| value.as_f64().map(|v| format!("{:.1}", v * 100.0));
    let tables = findings["tables"].as_array().expect("tables");
    let figures = tables.iter().flat_map(|t| t["figures"].as_array().expect("figures"));
    let claims = findings["claims"].as_array().expect("claims").iter().map(|c| &c["figure"]);
    let told = |f: &Value| {
        let (value, lo, hi) = (percent(&f["value"])?, percent(&f["lo"])?, percent(&f["hi"])?);
        let effect = f["design_effect"].as_f64().map_or(String::new(), |d| format!("{d:.2}"));
        Some([
            format!("{value} % | {lo} to {hi} | {effect}"),
            format!("{value} %, interval {lo} to {hi}"),
        ])
    };
    let found: Vec<[String; 2]> = figures.chain(claims).filter_map(told).collect();
    let page = include_str!("../docs/studies/ukraine-2022.md");
    let rows = page.lines().filter(|l| l.starts_with("| ") && l.matches(" | ").count() == 3);
    let rows: Vec<&str> =
        rows.filter_map(|l| l.split_once(" | ")?.1.strip_suffix(" |")).skip(1).collect();
    assert!(rows.len() > 8, "{rows:?}");
    for row in &rows {
        assert!(found.iter().any(|told| told[0] == *row), "no such figure: {row}");
    }
    // `5.5 %, interval 3.0 to 8.9` in the verdicts.
    let parts: Vec<&str> = page.split(" %, interval ").collect();
    let last = |text: &str| text.rsplit(' ').next().map(str::to_owned).expect("a word");
    for (before, after) in parts.iter().zip(&parts[1..]) {
        let words: Vec<&str> = after.split(' ').take(3).collect();
        let [lo, "to", hi] = words[..] else { continue };
        let told = format!("{} %, interval {lo} to {}", last(before), hi.trim_end_matches(';'));
        assert!(found.iter().any(|one| one[1] == told), "no such figure: {told}");
    }
    assert!(parts.len() > 2);
}

#[test]
fn the_study_quotes_how_well_the_codes_agree_as_the_program_says() {
    let Some(data) = shared() else { return };
    let gold = data.join("gold/dev.jsonl");
    let said = Demarche::new().json(&["evaluate", "--json", "--gold", arg(&gold)]);
    let f1 = |of: &Value| {
        format!("{:.2}", of["blame_us_nato_west"]["all"]["f1"].as_f64().expect("a number"))
    };
    let study = include_str!("../config/studies/ukraine-2022.toml");
    let told = format!(
        "blame of the US, NATO and the West has F1 {}, and {} on the fifth of the documents held out",
        f1(&said),
        f1(&said["held_out"])
    );
    assert!(study.contains(&told), "the study does not say: {told}");
}
