//! Invented pages in the sites' markup, for tests. States, people and words are made up.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test may stop where its fixture is damaged")]

use corpus::source::{Config, Sources};
use corpus::{Capture, Digest, Reject, Role};
use normalize::{Outlets, Reading, read_among};

/// A capture of a fixture under an address and day.
pub fn capture(fixture: &str, url: &str, day: &str) -> Capture {
    let path = format!("{}/tests/fixtures/{fixture}", env!("CARGO_MANIFEST_DIR"));
    bytes(std::fs::read(path).unwrap(), url, day)
}

/// A capture of bytes under an address and day.
pub fn bytes(body: Vec<u8>, url: &str, day: &str) -> Capture {
    Capture {
        url: url.to_owned(),
        captured: format!("{day}T00:00:00Z").parse().unwrap(),
        status: 200,
        content_type: Some("text/html".to_owned()),
        source: None,
        digest: Digest::of(&body),
        body,
        truncated: false,
    }
}

/// What a capture says, read as its address's source.
pub fn try_read(capture: &Capture) -> Result<Vec<Reading>, Reject> {
    let sources = Sources::load(&Config::BuiltIn).unwrap();
    let outlets = Outlets::load(&Config::BuiltIn).unwrap();
    read_among(capture, &sources.at_address(&capture.url), &outlets)
}

/// The one text of a fixture.
pub fn one(fixture: &str, url: &str, day: &str) -> Reading {
    let mut readings = try_read(&capture(fixture, url, day)).unwrap();
    assert_eq!(readings.len(), 1);
    readings.remove(0)
}

/// Role, speaker and text of every turn.
pub fn turns(reading: &Reading) -> Vec<(Role, Option<&str>, &str)> {
    reading.turns.iter().map(|t| (t.role, t.speaker.as_deref(), t.text.as_str())).collect()
}

/// The day of a reading.
pub fn day(reading: &Reading) -> String {
    reading.date.map_or_else(|| "none".to_owned(), |date| date.to_string())
}
