//! Arbitrary bytes as a page of every source and as a table: nothing panics.
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

fuzz_target!(|body: &[u8]| {
    let digest = Digest::of(body);
    let mut readings = Vec::new();
    for source in SOURCES.iter() {
        let capture = Capture {
            url: format!("https://{}#1", source.addresses.first().map_or("", String::as_str)),
            captured: "2024-04-04T00:00:00Z".to_owned(),
            status: 200,
            content_type: None,
            source: Some(source.id.clone()),
            digest: digest.clone(),
            body: body.to_vec(),
            truncated: false,
        };
        readings.extend(read(&capture, source, &OUTLETS).unwrap_or_default());
    }
    for name in ["table.jsonl", "table.csv", "table.xlsx"] {
        readings.extend(
            read_table(name, body, &digest, &SOURCES, Some("cn-mfa-zh"), &OUTLETS).readings,
        );
    }
    collate(readings);
});
