//! The real data beside the project, for tests.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test may stop where the data are damaged")]

use std::io::Read;
use std::path::PathBuf;

use corpus::archive::{RecordKind, WarcReader};
use corpus::source::{Config, Sources};
use corpus::{Capture, Digest, Reject};
use normalize::{Outlets, Reading, TableReadings, read, read_table};
use serde_json::Value;

/// The folder of real data; `None`, and a line that says so, where there is none.
pub fn data() -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("DEMARCHE_SHARED").map_or_else(beside, PathBuf::from);
    let data = shared.join("data");
    if data.is_dir() {
        return Some(data);
    }
    assert!(std::env::var_os("CI").is_none(), "no shared data in {}", data.display());
    println!("skipped: no shared data");
    None
}

/// The built-in sources.
pub fn sources() -> Sources {
    Sources::load(&Config::BuiltIn).unwrap()
}

/// The built-in outlets.
pub fn outlets() -> Outlets {
    Outlets::load(&Config::BuiltIn).unwrap()
}

/// The captures of a WARC file.
pub fn captures(file: &str) -> Option<Vec<Capture>> {
    let file = std::fs::File::open(data()?.join(file)).unwrap();
    let records = WarcReader::new(file, 1 << 28).unwrap();
    let responses = records.map(Result::unwrap).filter(|r| r.kind() == RecordKind::Response);
    Some(
        responses
            .map(|record| {
                let head = record.block.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
                let body = record.block[head + 4..].to_vec();
                Capture {
                    url: record.url().unwrap().to_owned(),
                    captured: record.time().unwrap(),
                    status: 200,
                    content_type: Some("text/html; charset=UTF-8".to_owned()),
                    source: None,
                    digest: Digest::of(&body),
                    body,
                    truncated: false,
                }
            })
            .collect(),
    )
}

/// What the pages of a WARC file say.
pub fn pages(file: &str) -> Option<(Vec<Reading>, Vec<Reject>)> {
    let (sources, outlets) = (sources(), outlets());
    let (mut readings, mut rejects) = (Vec::new(), Vec::new());
    for capture in captures(file)? {
        let source = sources.by_address(&capture.url).unwrap();
        match read(&capture, source, &outlets) {
            Ok(read) => readings.extend(read),
            Err(reject) => rejects.push(reject),
        }
    }
    Some((readings, rejects))
}

/// What the rows of a table say.
pub fn table(file: &str) -> Option<TableReadings> {
    let bytes = std::fs::read(data()?.join(file)).unwrap();
    Some(read_table(file, &bytes, &Digest::of(&bytes), &sources(), None, &outlets()))
}

/// The rows of a JSONL file as they are.
pub fn rows(file: &str) -> Option<Vec<Value>> {
    let bytes = std::fs::read(data()?.join(file)).unwrap();
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// The length of the longest common subsequence.
pub fn common<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (n, y) in b.iter().enumerate() {
            let above = row[n + 1];
            row[n + 1] = if x == y { diagonal + 1 } else { above.max(row[n]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

/// A turn in one line.
pub fn shown((role, speaker, text): &(String, Option<String>, String)) -> String {
    let (head, tail): (String, String) = (
        text.chars().take(60).collect(),
        text.chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect(),
    );
    format!("{role} {} | {head} … {tail}", speaker.as_deref().unwrap_or("-"))
}
