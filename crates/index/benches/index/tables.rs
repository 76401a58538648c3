//! The shared tables of real statements, as far as they are at hand.

use std::io::Read;
use std::path::PathBuf;

use corpus::{Lang, Role, Statement};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::shelf::statement;

const TABLES: [&str; 9] = [
    "prc/mfa-zh-2020-2022.reference.jsonl.gz",
    "prc/mfa-en-excerpts-2005-2025.jsonl.gz",
    "dprk/kcna-en-2011-2012.jsonl.gz",
    "dprk/kcna-en-2024.jsonl.gz",
    "dprk/rodong-en-2018-2021.jsonl.gz",
    "dprk/rodong-en-2021-2022.jsonl.gz",
    "dprk/mfa-and-kcna-2017-2026.jsonl.gz",
    "dprk/new-year-addresses-ko-1946-2019.jsonl.gz",
    "dprk/kyongje-yongu-ko-1987-2017.jsonl.gz",
];

/// All rows with a text as statements: one turn of narration, or the turns that the row tells.
/// `None` where there is no shared data.
///
/// # Panics
/// In CI, where the data must be there.
pub fn statements() -> Option<Vec<Statement>> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let data = std::env::var_os("DEMARCHE_SHARED").map_or_else(beside, PathBuf::from).join("data");
    if !data.is_dir() {
        assert!(std::env::var_os("CI").is_none(), "no shared data at {}", data.display());
        println!("skipped: no shared data");
        return None;
    }
    let mut found = Vec::new();
    for table in TABLES {
        let file = std::fs::File::open(data.join(table)).unwrap();
        let mut rows = String::new();
        flate2::read::MultiGzDecoder::new(file).read_to_string(&mut rows).unwrap();
        let source =
            table.split(['/', '.']).nth(1).unwrap().replace(|c: char| c.is_ascii_digit(), "");
        for (n, row) in rows.lines().enumerate() {
            let row: Value = serde_json::from_str(row).unwrap();
            found.extend(read(&source, n, &row));
        }
    }
    Some(found)
}

fn read(source: &str, n: usize, row: &Value) -> Option<Statement> {
    let body = row["body"].as_str().filter(|body| !body.trim().is_empty())?;
    let date = row["date"].as_str().unwrap_or_default();
    let lang: Lang = row["lang"].as_str()?.parse().ok()?;
    let mut turns = Vec::new();
    for turn in row["qa"].as_array().into_iter().flatten() {
        let role = match turn["role"].as_str() {
            Some("question") => Role::Question,
            Some("answer") => Role::Answer,
            Some("announcement") => Role::Announcement,
            _ => Role::Note,
        };
        turns.extend(turn["text"].as_str().map(|text| (role, composed(text))));
    }
    if turns.is_empty() {
        turns.push((Role::Narration, composed(body)));
    }
    let turns: Vec<(Role, &str)> =
        turns.iter().map(|(role, text)| (*role, text.as_str())).collect();
    let mut statement = statement(source, date, lang, &turns);
    statement.id = format!("{source}/{date}/{n:012x}");
    Some(statement)
}

fn composed(text: &str) -> String {
    text.nfc().collect()
}
