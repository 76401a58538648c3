//! Reports on odd corpora and of broken studies: clear words, the right exit code, no panic.

use std::path::Path;

use crate::support::{Demarche, arg, write_config};

const STUDY: &str = include_str!("../config/studies/ukraine-2022.toml");

/// A corpus of these rows; of none, one that has an archive and no statement.
fn corpus(rows: &[&str]) -> Demarche {
    let demarche = Demarche::new();
    let table = demarche.folder().join("rows.jsonl");
    std::fs::write(&table, rows.join("\n")).expect("written");
    demarche.output(&["import", "-q", arg(&table)]);
    demarche.stdout(&["run", "--offline", "-q"]);
    demarche
}

const ONE: &str = r#"{"url":"http://example.invalid/1","institution":"MFA PRC","lang":"en","date":"2022-03-01","title":"Remarks","body":"NATO fanned the flames of the crisis in Ukraine."}"#;
const UNKNOWN: &str = r#"{"url":"http://example.invalid/2","institution":"Ministry of Silly Walks","lang":"en","date":"2022-03-01","title":"T","body":"We walk."}"#;

/// Exit code and messages of the study on a corpus, with the sentences of its findings.
fn reported(demarche: &Demarche, more: &[&str]) -> (Option<i32>, String, String) {
    let folder = demarche.folder().join("study");
    let args = ["report", "--study", "ukraine-2022", "-o", arg(&folder)];
    let output = demarche.output(&[&args[..], more].concat());
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!stderr.contains("panicked"), "{stderr}");
    let notes = std::fs::read_to_string(folder.join("report.md")).unwrap_or_default();
    (output.status.code(), stderr, notes)
}

#[test]
fn without_a_corpus_a_report_says_how_to_make_one() {
    let (code, stderr, _) = reported(&Demarche::new(), &[]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("no corpus here; `demarche import`"), "{stderr}");
}

#[test]
fn of_no_statement_and_of_unknown_sources_a_report_says_that_there_is_nothing() {
    for rows in [&[UNKNOWN][..], &["this is no JSON"]] {
        let (code, stderr, notes) = reported(&corpus(rows), &[]);
        assert_eq!(code, Some(1), "{stderr}");
        assert!(stderr.contains("no text of any side in 2022-02-01/2022-07-31"), "{stderr}");
        for side in ["China", "DPRK"] {
            assert!(notes.contains(&format!("{side}: the corpus holds no text of")), "{notes}");
        }
        assert!(!notes.contains("supported (") && !notes.contains("NaN"), "{notes}");
    }
}

#[test]
fn of_one_statement_and_one_side_nothing_is_decided() {
    let demarche = corpus(&[ONE]);
    let (code, _, notes) = reported(&demarche, &[]);
    assert_eq!(code, Some(0));
    assert!(notes.contains("China, in all: 1 text counted"), "{notes}");
    assert!(notes.contains("DPRK: the corpus holds no text of"), "{notes}");
    let folder = demarche.folder().join("study");
    let findings = std::fs::read(folder.join("findings.json")).expect("findings");
    let findings: serde_json::Value = serde_json::from_slice(&findings).expect("JSON");
    let claims = findings["claims"].as_array().expect("claims");
    assert!(claims.len() > 20);
    assert!(claims.iter().all(|claim| claim["verdict"] == "not-decidable"), "{claims:?}");
}

#[test]
fn what_cannot_be_written_is_told_before_anything_is_computed() {
    let demarche = corpus(&[ONE]);
    let taken = demarche.folder().join("taken");
    std::fs::write(&taken, "a file, no folder").expect("written");
    let bundle = taken.join("study.tar");
    let (code, stderr, notes) = reported(&demarche, &["--bundle", arg(&bundle)]);
    assert_eq!((code, notes.as_str()), (Some(2), ""), "{stderr}");
    assert!(stderr.contains(arg(&bundle)), "{stderr}");
    assert!(!stderr.contains("wrote"), "{stderr}");
}

#[test]
fn a_window_without_text_is_nothing_found_in_every_format() {
    let demarche = corpus(&[ONE]);
    for format in ["text", "csv", "json", "html", "md"] {
        let output = demarche.output(&[
            "report",
            "--from",
            "2010-01",
            "--to",
            "2010-02",
            "--topic",
            "ukraine-war",
            "--format",
            format,
        ]);
        assert_eq!(output.status.code(), Some(1), "{format}");
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert!(stdout.contains("2010-01-01"), "{format}: {stdout}");
    }
}

#[test]
fn a_broken_study_is_told_once_by_file_and_key() {
    let demarche = corpus(&[ONE]);
    let config = demarche.folder().join("config");
    write_config(&config);
    let file = config.join("studies/ukraine-2022.toml");
    let told = |study: &[u8]| {
        std::fs::write(&file, study).expect("written");
        let (code, stderr, _) = reported(&demarche, &["--config", arg(&config)]);
        assert_eq!(code, Some(2), "{stderr}");
        assert!(stderr.contains("ukraine-2022"), "{stderr}");
        stderr
    };
    let with = |from: &str, to: &str| {
        assert!(STUDY.contains(from), "{from}");
        told(STUDY.replacen(from, to, 1).as_bytes())
    };
    assert!(with("[[claim]]", "[[claim").contains("unclosed array table"));
    assert!(with("seed = 20220224", "seed = \"x\"").contains("expected u64"));
    assert!(with("draws = 2000", "draws = 0").contains("an interval needs 100 resamples"));
    assert!(with("about = ", "abuot = ").contains("unknown field `abuot`"));
    assert!(
        with("\ntopic = \"ukraine-war\"", "\ntopic = \"ukrain-war\"")
            .contains("unknown topic `ukrain-war`; the codebook has ukraine-war, ")
    );
    assert!(with("to = \"2022-07-31\"", "to = \"2021-07-31\"").contains("ends before it begins"));
    let binary = told(b"\xff\xfe");
    assert_eq!(binary.matches("line 1: bytes that are no UTF-8; save").count(), 1, "{binary}");
    told(b"");

    std::fs::write(&file, STUDY.replace("\"cn-mfa-zh\"", "\"cn-mfa-zz\"")).expect("written");
    let (code, _, notes) = reported(&demarche, &["--config", arg(&config)]);
    assert_eq!(code, Some(0));
    assert!(notes.contains("so that nothing can belong to it: cn-mfa-zz."), "{notes}");
}

#[test]
fn a_folder_that_cannot_be_written_is_named_once() {
    let demarche = corpus(&[ONE]);
    let file = demarche.folder().join("file");
    std::fs::write(&file, "").expect("written");
    let output = demarche.output(&["report", "--study", "ukraine-2022", "-o", arg(&file)]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    let named = stderr.matches(arg(Path::new(&file))).count();
    assert_eq!((named, stderr.matches("os error").count()), (1, 1), "{stderr}");
}

#[test]
fn a_report_goes_to_a_bare_file_name_in_the_folder_one_is_in() {
    let demarche = corpus(&[ONE]);
    let days = ["report", "-q", "--from", "2022-02", "--to", "2022-07", "-o", "report.html"];
    demarche.stdout(&days);
    assert!(demarche.folder().join("report.html").exists());
    demarche.stdout(&["report", "--study", "ukraine-2022", "-o", "study", "--bundle", "b.tar"]);
    demarche.stdout(&["verify", "b.tar"]);
}

#[test]
fn all_that_one_number_counts_is_written_as_a_table() {
    let demarche = corpus(&[ONE]);
    reported(&demarche, &[]);
    let study = demarche.folder().join("study");
    let rows = |path: &Path| -> Vec<std::collections::BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(path).expect("a table");
        reader.deserialize().map(|row| row.expect("a row")).collect()
    };
    let file = demarche.folder().join("places.csv");
    let alone = |number: &str, more: &[&str]| {
        let args = ["report", "--study", "ukraine-2022", "--number", number, "-o", arg(&file)];
        demarche.output(&[&args[..], more].concat())
    };
    let blame = rows(&study.join("csv/blame.csv"));
    let place = blame.iter().position(|row| row["segments"] == "1").expect("one blame");
    assert_eq!(alone(&format!("blame/{}", place + 1), &[]).status.code(), Some(0));
    let found = rows(&file);
    assert_eq!((found.len(), found[0]["code"].as_str()), (1, "blame:NATO"));
    assert_eq!(found[0]["text"], "NATO fanned the flames of the crisis in Ukraine.");
    let bytes = found[0]["bytes"].split(['-', ' ']);
    let bytes: Vec<usize> = bytes.map(|byte| byte.parse().expect("a byte")).collect();
    let [a, b, c, d] = bytes[..] else { panic!("{bytes:?}") };
    let words = &found[0]["text"];
    assert_eq!((&words[a..b], &words[c..d]), ("NATO", "fanned the flames"));

    assert_eq!(alone("coverage/1", &[]).status.code(), Some(0));
    let found = rows(&file);
    assert_eq!((found.len(), found[0]["date"].as_str()), (1, "2022-03-01"));
    assert!(!found[0].contains_key("text"));

    let output = alone("coverage/999", &[]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("no number coverage/999: the rows of coverage are 1 to"), "{stderr}");
    assert_eq!(alone("coverage/1", &["--bundle", "b.tar"]).status.code(), Some(2));
}
