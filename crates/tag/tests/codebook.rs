//! The committed codebook is in order, and the page about it is up to date.

#![allow(clippy::expect_used)]

use std::path::PathBuf;

use corpus::source::Config;
use tag::Codebook;
use tag::codebook::{FindingKind, check, document};

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn default_codebook() -> Codebook {
    let config = Config::Folder(root().join("config"));
    Codebook::load(&config, "default").expect("the default codebook")
}

#[test]
fn the_default_codebook_has_nothing_to_mend() {
    let findings = check(&default_codebook()).expect("a matcher");
    let mut problems = findings.iter().filter(|finding| finding.kind != FindingKind::Covered);
    let told: Vec<String> =
        problems.by_ref().map(|f| format!("{} {:?} {}", f.code, f.kind, f.message)).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// With `DEMARCHE_BLESS` set, writes the page instead.
#[test]
fn the_page_about_the_codebook_is_up_to_date() {
    let path = root().join("docs/codebook.md");
    let page = document(&default_codebook());
    if std::env::var_os("DEMARCHE_BLESS").is_some() {
        std::fs::create_dir_all(root().join("docs")).expect("a folder");
        std::fs::write(&path, &page).expect("the page is written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/codebook.md is old: run the tests with DEMARCHE_BLESS=1");
}
