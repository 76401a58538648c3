//! The configuration of a user: folders and files in place of those that are built in.

use std::path::Path;

use crate::site;
use crate::support::{Demarche, arg};

/// An answer of a row that only the invented ministry's source takes.
const ROW: &str = r#"{"url":"http://example.invalid/1","institution":"MFA Ruritania","lang":"en","date":"2022-03-16","title":"Remarks","body":"NATO fanned the flames of the crisis in Ukraine."}"#;

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn imported(demarche: &Demarche) {
    let table = demarche.folder().join("row.jsonl");
    write(&table, ROW);
    demarche.stdout(&["import", "-q", arg(&table)]);
    demarche.stdout(&["run", "--offline", "-q"]);
}

#[test]
fn a_source_of_ones_own_stands_beside_those_that_are_exported() {
    let demarche = Demarche::new();
    let config = demarche.corpus().join("config");
    demarche.stdout(&["config", "export", arg(&config), "sources"]);
    write(&config.join("sources/rt-mfa-en.toml"), &site::source());
    imported(&demarche);
    let found = demarche.lines(&["export", "attributions"]);
    assert_eq!((found.len(), &found[0]["source"]), (1, &serde_json::json!("rt-mfa-en")));
    let refused = demarche.output(&["export", "statements", "--source", "nonsense"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("cn-mfa-zh, ") && said.contains(", rt-mfa-en"), "{said}");
    let checked = demarche.json(&["check", "--configuration", "--json"]);
    assert_eq!(checked["configuration"]["mistakes"], serde_json::json!([]));
}

#[test]
fn a_codebook_of_the_folder_is_all_of_the_codebook() {
    let demarche = Demarche::new();
    let config = demarche.corpus().join("config");
    write(&config.join("sources/rt-mfa-en.toml"), &site::source());
    write(
        &config.join("codebook/default/frames.toml"),
        "[[frame]]\nid = \"flames\"\nlabel = \"Flames\"\ndefinition = \"Fire.\"\nnot = \"Ash.\"\n\
         terms.en = [\"flames\"]\n",
    );
    imported(&demarche);
    let codes = demarche.lines(&["export", "mentions"]);
    let codes: Vec<&str> = codes.iter().map(|m| m["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["frame:flames"]);
}

#[test]
fn what_is_exported_stands_for_itself() {
    let demarche = Demarche::new();
    let config = demarche.folder().join("mine");
    demarche.stdout(&["config", "export", arg(&config)]);
    let checked = demarche.json(&["check", "--configuration", "--json", "--config", arg(&config)]);
    assert_eq!(checked["configuration"]["mistakes"], serde_json::json!([]));
    std::fs::remove_file(config.join("sources/cn-mfa-zh.toml")).unwrap();
    let gone = demarche.output(&["doctor", "--source", "cn-mfa-zh", "--config", arg(&config)]);
    assert_eq!(gone.status.code(), Some(2));
    let again = demarche.output(&["config", "export", arg(&config)]);
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert_eq!(again.status.code(), Some(2));
    assert!(said.contains("cues-en.toml: is there; take another folder, or --force"), "{said}");
    assert!(!config.join("sources/cn-mfa-zh.toml").exists(), "nothing was written");

    let some = demarche.folder().join("some");
    let book = "codebook/default";
    let written = demarche.json(&["config", "export", arg(&some), "outlets.toml", book, "--json"]);
    let files = written["files"].as_array().unwrap();
    assert!(files.len() > 10 && some.join("outlets.toml").is_file());
    assert!(!some.join("sources").exists());
    let unknown = demarche.output(&["config", "export", arg(&some), "sources/nonsense.toml"]);
    assert_eq!(unknown.status.code(), Some(2));
}

/// A study that names what codebook and sources do not have would find nothing, and say so of the
/// texts.
#[test]
fn a_study_is_held_against_codebook_and_sources() {
    let demarche = Demarche::new();
    let config = demarche.folder().join("mine");
    write(
        &config.join("studies/mine.toml"),
        "id = \"other\"\ntitle = \"x\"\nperiod = { from = \"2022-02-01\", to = \"2022-07-31\" }\n\
         topic = \"natoo\"\nsubstitutes = [\"naming:nothing\", \"naming:war\"]\npreference = [\"rodong-xx\", \"rodong-en\"]\n",
    );
    let checked =
        demarche.output(&["check", "--configuration", "--json", "--config", arg(&config)]);
    assert_eq!(checked.status.code(), Some(1));
    let told: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    let reasons = told["configuration"]["mistakes"].as_array().unwrap().iter();
    let reasons: Vec<&str> = reasons.map(|m| m["reason"].as_str().unwrap()).collect();
    assert_eq!(
        reasons,
        [
            "the codebook has no entry `naming:nothing`",
            "the codebook has no topic `natoo`",
            "no source file declares `rodong-xx`",
            "id = \"other\": it is not the file's name",
        ]
    );
}
