//! Arbitrary bytes as a page of some source and as a table: nothing panics. The first byte chooses
//! the source, so that one case costs one page.
//!
//! `cargo +nightly fuzz run read`, from the root of the repository.
#![no_main]

use std::sync::LazyLock;

use corpus::source::{Config, Sources};
use corpus::{Capture, Digest};
use libfuzzer_sys::fuzz_target;
use normalize::{Outlets, collate, read, read_table};

static SOURCES: LazyLock<Sources> =
    LazyLock::new(|| Sources::load(&Config::BuiltIn).unwrap_or_default());
static OUTLETS: LazyLock<Outlets> =
    LazyLock::new(|| Outlets::load(&Config::BuiltIn).unwrap_or_default());

fuzz_target!(|input: &[u8]| {
    let Some((first, body)) = input.split_first() else { return };
    let digest = Digest::of(body);
    let mut readings = Vec::new();
    let chosen = usize::from(*first) % SOURCES.iter().count().max(1);
    let time = "2024-04-04T00:00:00Z".parse().ok();
    if let Some((source, captured)) = SOURCES.iter().nth(chosen).zip(time) {
        let capture = Capture {
            url: format!("https://{}#1", source.addresses.first().map_or("", String::as_str)),
            captured,
            status: 200,
            content_type: None,
            source: Some(source.id.clone()),
            digest: digest.clone(),
            body: body.to_vec(),
            truncated: false,
        };
        readings.extend(read(&capture, source, &OUTLETS).unwrap_or_default());
    }
    if let Some(name) = ["table.jsonl", "table.csv", "table.xlsx"].get(chosen) {
        readings.extend(
            read_table(name, body, &digest, &SOURCES, Some("cn-mfa-zh"), &OUTLETS).readings,
        );
    }
    collate(readings);
});
