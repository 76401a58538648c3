//! The constructions of blame, in invented sentences: what a specialist would list in each
//! language, held one by one.
//!
//! A line of `constructions/<lang>.txt` is `country | blames | sentence | sentence before it | title`,
//! of which the last two may be left out. One that begins with `~` is a known miss; a miss that is mended loses its mark.

#![allow(clippy::expect_used)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use corpus::source::Config;
use serde_json::json;
use tag::{Codebook, Tagger, filter_line};

#[test]
fn invented_sentences_are_read_as_their_constructions_say() {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../config"));
    let codebook = Codebook::load(&Config::Folder(root), "default").expect("the default codebook");
    let tagger = Tagger::new(&codebook).expect("a tagger");
    let files = [
        ("en", include_str!("constructions/en.txt")),
        ("zh", include_str!("constructions/zh.txt")),
        ("ko", include_str!("constructions/ko.txt")),
    ];
    let mut wrong = Vec::new();
    for (lang, file) in files {
        let mut construction = "";
        for line in file.lines() {
            if let Some(title) = line.strip_prefix("## ") {
                construction = title;
            } else if !line.is_empty() && !line.starts_with('#') {
                let (line, is_miss) = match line.strip_prefix("~ ") {
                    Some(rest) => (rest, true),
                    None => (line, false),
                };
                let told = told(&tagger, lang, line);
                if (told.0 == told.1) == is_miss {
                    wrong.push(format!("{lang}, {construction}: {line}\n  gives {:?}", told.1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The blames that a line expects and those that its sentence gives.
fn told(tagger: &Tagger, lang: &str, line: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut fields = line.split(" | ");
    let mut next = || fields.next().unwrap_or_default();
    let (country, blames, text, before, title) = (next(), next(), next(), next(), next());
    let role = if country == "CN" { "answer" } else { "narration" };
    let expected = blames.split(' ').filter(|b| *b != "-").map(str::to_owned).collect();
    let unit = json!({
        "unit": 1, "lang": lang, "country": country, "role": role, "date": "2022-08-20",
        "text": text, "before": before, "title": title,
    });
    let out = filter_line(tagger, unit).expect("a line");
    let given = out["attributions"].as_array().expect("a list").iter().map(|a| {
        let word = |key: &str| a[key].as_str().unwrap_or_default().to_owned();
        match a["voice"].as_str() {
            Some("relayed") => format!("{}:{}:relayed", word("target"), word("kind")),
            _ => format!("{}:{}", word("target"), word("kind")),
        }
    });
    (expected, given.collect())
}
