//! What is published follows from archive and configuration as they are, or it is refused; what is
//! only shown says that it does not.

use std::path::Path;

use serde_json::Value;

use crate::sampling::code;
use crate::support::{Demarche, arg, say, write_config};

const REPORT: [&str; 5] = ["report", "--from", "2031", "--to", "2031"];
const CURE: &str = "`demarche run --offline` brings it up to date";

/// A corpus of one statement with a configuration of its own, all of it fresh.
fn fresh() -> Demarche {
    let demarche = Demarche::new();
    write_config(&demarche.corpus().join("config"));
    say(&demarche, "2031-01-01");
    demarche.stdout(&["run", "--offline", "-q"]);
    demarche
}

fn add_line(file: &Path) {
    let text = std::fs::read_to_string(file).unwrap();
    std::fs::write(file, text + "\n# Another line.\n").unwrap();
}

/// Runs a command that publishes, which must refuse with exit code 1 and without a word on stdout.
fn refused(demarche: &Demarche, args: &[&str], why: &str) {
    let output = demarche.output(args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
    assert!(said.contains(why) && said.contains(CURE), "{args:?}: {said}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{args:?}");
}

/// Runs a command that shows, which must do so, and returns what it says on stderr.
fn shown(demarche: &Demarche, args: &[&str]) -> String {
    let output = demarche.output(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    assert!(!output.stdout.is_empty(), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// The same, which must say why in one line.
fn warned(demarche: &Demarche, args: &[&str], why: &str) {
    let said = shown(demarche, args);
    assert!(said.starts_with("warning: ") && said.lines().count() == 1, "{args:?}: {said}");
    assert!(said.contains(why) && said.contains(CURE), "{args:?}: {said}");
}

const SHOWN: [&[&str]; 5] = [
    &["search", "NATO"],
    &["search", "blame:NATO", "--count"],
    &["kwic", "NATO"],
    &["export", "attributions"],
    &["export", "mentions", "--format", "csv"],
];

#[test]
fn codes_of_another_codebook_are_not_published_under_this_one() {
    let demarche = fresh();
    let (sheet, id) = (demarche.folder().join("s.csv"), {
        let statements = demarche.lines(&["export", "statements"]);
        statements[0]["id"].as_str().unwrap().to_owned()
    });
    let draw = ["sample", "-n", "1", "-o", arg(&sheet), "--force"];
    for args in [&REPORT[..], &draw, &["show", &id, "--coded"]].iter().chain(&SHOWN) {
        assert_eq!(shown(&demarche, args), "", "{args:?}");
    }
    let coded = demarche.folder().join("coded.csv");
    code(&sheet, &coded, 0);
    let score = ["evaluate", "--gold", arg(&coded)];
    assert_eq!(shown(&demarche, &score), "");

    add_line(&demarche.corpus().join("config/codebook/default/cues-en.toml"));
    let why = "codebook `default` is not the one that coded";
    for args in [&REPORT[..], &draw, &score] {
        refused(&demarche, args, why);
    }
    let json: Value = {
        let output = demarche.output(&[&REPORT[..], &["--json"]].concat());
        serde_json::from_slice(&output.stdout).expect("one JSON document")
    };
    assert!(json["error"].as_str().unwrap().contains(why), "{json}");
    for args in SHOWN.iter().chain([&&["show", &id, "--coded"][..]]) {
        warned(&demarche, args, why);
    }
    // What stands in no code is as it was.
    for args in [&["export", "statements"][..], &["show", &id]] {
        assert_eq!(shown(&demarche, args), "", "{args:?}");
    }
    demarche.stdout(&["tag", "-q"]);
    assert_eq!(shown(&demarche, &REPORT), "");
    warned(&demarche, &["search", "NATO"], "the index is not of the codes as they are now");
    demarche.stdout(&["run", "--offline", "-q"]);
    assert_eq!(shown(&demarche, &["search", "NATO"]), "");
}

#[test]
fn what_is_archived_and_not_read_is_named() {
    let demarche = Demarche::new();
    say(&demarche, "2031-01-01");
    refused(&demarche, &REPORT, "the archive is not read, or not by this version");
    demarche.stdout(&["run", "--offline", "-q"]);
    say(&demarche, "2031-01-02");
    let why = "archive/import-00001.warc.gz is not read as it is now";
    refused(&demarche, &REPORT, why);
    warned(&demarche, &["export", "statements"], why);
    for args in SHOWN {
        warned(&demarche, args, why);
    }
    // A crawl of hours must not keep everybody from a report: nothing could be read meanwhile.
    let corpus = corpus::Corpus::open(demarche.corpus()).unwrap();
    let writing = corpus.lock().unwrap();
    warned(&demarche, &REPORT, why);
    drop(writing);
    demarche.stdout(&["run", "--offline", "-q"]);
    assert_eq!(demarche.lines(&["export", "statements"]).len(), 2);
    assert_eq!(shown(&demarche, &REPORT), "");
}

#[test]
fn other_sources_read_otherwise() {
    let demarche = fresh();
    add_line(&demarche.corpus().join("config/sources/kcna-en.toml"));
    let why = "sources/ or outlets.toml are not those that read the statements";
    refused(&demarche, &REPORT, why);
    warned(&demarche, &["export", "statements"], why);
    // Statements that come out the same are coded and indexed as before.
    demarche.stdout(&["normalize", "-q"]);
    assert_eq!(shown(&demarche, &["search", "NATO"]), "");
}

#[test]
fn what_somebody_took_away_is_made_again() {
    let demarche = fresh();
    let made = demarche.lines(&["export", "mentions"]);
    for folder in ["statements", "coded"] {
        std::fs::remove_dir_all(demarche.corpus().join(folder)).unwrap();
        let output = demarche.output(&REPORT);
        assert_eq!(output.status.code(), Some(1), "{folder}: a report of what is gone");
        demarche.stdout(&["run", "--offline", "-q"]);
        assert_eq!(demarche.lines(&["export", "mentions"]), made, "{folder}");
    }
    std::fs::remove_file(demarche.corpus().join("rejects.parquet")).unwrap();
    assert_eq!(demarche.json(&["rejects", "--json"]), serde_json::json!([]));
    std::fs::remove_file(demarche.corpus().join("made.json")).unwrap();
    refused(&demarche, &REPORT, "the archive is not read, or not by this version");
    demarche.stdout(&["run", "--offline", "-q"]);
    assert_eq!(shown(&demarche, &REPORT), "");
}

#[test]
fn rejects_are_those_of_the_archive_as_it_is() {
    let demarche = fresh();
    let table = demarche.folder().join("bad.jsonl");
    std::fs::write(&table, "this is no JSON\n").unwrap();
    demarche.output(&["import", "-q", arg(&table)]);
    let rejects = demarche.json(&["rejects", "--json"]);
    assert_eq!(rejects.as_array().unwrap().len(), 1, "{rejects}");
}
