//! A bundle of an invented corpus, and what becomes of it when a byte or a number is changed.
#![allow(clippy::unwrap_used)] // Helpers of tests, outside `#[test]` functions.

use std::path::{Path, PathBuf};

use corpus::source::Config;
use corpus::{Corpus, Digest};
use pipeline::bundle::{Bundling, Inputs, Verified, verify};
use pipeline::{Asked, CODEBOOK, Reading, Reporter, Until};

const SOURCE: &str = r#"
id = "rt-mfa-en"
label = "Foreign ministry of Ruritania (English)"
country = "RT"
lang = "en"
issuer = "MFA Ruritania"
timezone = "Europe/Vienna"
addresses = []

[[rows]]
institution = "MFA Ruritania"
lang = "en"
"#;

const STUDY: &str = r#"
id = "ruritania"
title = "Ruritania in spring"
period = { from = "2035-03-01", to = "2035-05-31" }
seed = 7
draws = 200

[[side]]
id = "rt"
label = "Ruritania"
countries = ["RT"]
"#;

const ROWS: &str = concat!(
    r#"{"id":"1","url":"https://mfa.rt.example/1.html","institution":"MFA Ruritania","country":"RT","lang":"en","date":"2035-03-02","title":"On the bridge","body":"The United States is the root cause of the crisis. Ruritania calls for dialogue."}"#,
    "\n",
    r#"{"id":"2","url":"https://mfa.rt.example/2.html","institution":"MFA Ruritania","country":"RT","lang":"en","date":"2035-04-09","title":"On the harbour","body":"NATO keeps adding fuel to the fire. The harbour stays open."}"#,
    "\n",
);

/// A corpus of two statements, its bundle and the folders they lie in.
struct Bundle {
    folder: tempfile::TempDir,
    root: String,
}

impl Bundle {
    fn make() -> Self {
        Self::of(ROWS)
    }

    /// The bundle of a corpus of these rows.
    fn of(rows: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = config(&folder.path().join("config"));
        let table = folder.path().join("rows.jsonl");
        std::fs::write(&table, rows).unwrap();
        let corpus = Corpus::create(folder.path().join("corpus")).unwrap();
        let (reading, silent) = (Reading::load(&config).unwrap(), Reporter::silent());
        pipeline::import(
            &corpus,
            &reading,
            &[table],
            None,
            "2035-06-01T00:00:00Z".parse().unwrap(),
            &silent,
        )
        .unwrap();
        pipeline::run(&corpus, &config, CODEBOOK, Until::Codes, &silent).unwrap();

        let study = pipeline::study(&config, "ruritania").unwrap();
        let mut bundling = Bundling {
            study: study.id.clone(),
            asked: Asked { codebook: CODEBOOK.to_owned(), ..Asked::default() },
            roll_calls: None,
            with_archive: true,
        };
        let inputs = Inputs::gather(&corpus, &config, &bundling).unwrap();
        let root = inputs.root().to_string();
        bundling.asked.root = Some(inputs.root().clone());
        let findings =
            pipeline::findings(&corpus, &config, &study, &bundling.asked, &Reporter::silent())
                .unwrap();
        inputs.write(&findings, None, &folder.path().join("bundle.tar")).unwrap();
        Self { folder, root }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("bundle.tar")
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.path()).unwrap()
    }

    /// What becomes of the bundle with other bytes.
    fn with(&self, bytes: &[u8]) -> Verified {
        let path = self.folder.path().join("changed.tar");
        std::fs::write(&path, bytes).unwrap();
        verified(&path, None)
    }

    /// The paths of all members.
    fn paths(&self) -> Vec<String> {
        let manifest = &self.bytes()[self.member("manifest.json")];
        let manifest: serde_json::Value = serde_json::from_slice(manifest).unwrap();
        let members = manifest["members"].as_array().unwrap().iter();
        members.map(|m| m["path"].as_str().unwrap().to_owned()).collect()
    }

    /// The bundle with one byte of a member changed and the manifest's digests made to fit, as
    /// somebody would who wants the change to pass.
    fn forged(&self, path: &str, at: usize, byte: impl Fn(u8) -> u8) -> Vec<u8> {
        let mut bytes = self.bytes();
        let content = self.member(path);
        bytes[content.start + at] = byte(bytes[content.start + at]);
        self.with_digests(bytes, &[path])
    }

    /// The bundle as another version would have written it: words replaced in members, others of
    /// their length, and all digests made to fit, the root digest in the report too.
    fn of_another_version(&self, replaced: &[(&str, &str, &str)]) -> Vec<u8> {
        let mut bytes = self.bytes();
        for (path, from, to) in replaced {
            self.replace(&mut bytes, path, from, to);
        }
        let changed: Vec<&str> = replaced.iter().map(|(path, ..)| *path).collect();
        let root = |bytes: &[u8]| -> String {
            let manifest = &bytes[self.member("manifest.json")];
            let manifest: serde_json::Value = serde_json::from_slice(manifest).unwrap();
            manifest["root"].as_str().unwrap().to_owned()
        };
        let bytes = self.with_digests(bytes, &changed);
        let (mut named, paths) = (bytes.clone(), self.paths());
        let report: Vec<&str> =
            paths.iter().filter(|path| path.starts_with("report/")).map(String::as_str).collect();
        for path in &report {
            self.replace(&mut named, path, &self.root, &root(&bytes));
        }
        self.with_digests(named, &report)
    }

    fn replace(&self, bytes: &mut [u8], path: &str, from: &str, to: &str) {
        let place = self.member(path);
        let text = String::from_utf8(bytes[place.clone()].to_vec()).unwrap().replace(from, to);
        bytes[place].copy_from_slice(text.as_bytes());
    }

    /// The manifest made to fit the content of some members, and the root digest with it.
    fn with_digests(&self, mut bytes: Vec<u8>, paths: &[&str]) -> Vec<u8> {
        let place = self.member("manifest.json");
        let mut text = String::from_utf8(bytes[place.clone()].to_vec()).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut digester = corpus::Digester::default();
        for member in manifest["members"].as_array().unwrap() {
            let name = member["path"].as_str().unwrap();
            let mut digest = member["digest"].as_str().unwrap().to_owned();
            if paths.contains(&name) {
                let forged = Digest::of(&bytes[self.member(name)]).to_string();
                // Members of one content have one digest: that of the member's own line.
                let line = text.find(&format!("{name:?}")).unwrap();
                let at = line + text[line..].find(&digest).unwrap();
                text.replace_range(at..at + digest.len(), &forged);
                digest = forged;
            }
            if !name.starts_with("report/") {
                digester.field(name.as_bytes());
                digester.field(digest.as_bytes());
            }
        }
        let root = digester.finish().to_string();
        let text = text.replace(manifest["root"].as_str().unwrap(), &root);
        assert_eq!(text.len(), place.len(), "digests have one length");
        bytes[place].copy_from_slice(text.as_bytes());
        bytes
    }

    /// Where the content of a member whose path begins so lies in the bundle.
    fn member(&self, begins: &str) -> std::ops::Range<usize> {
        let bytes = self.bytes();
        let mut at = 0;
        loop {
            let header = &bytes[at..at + 512];
            let octal = std::str::from_utf8(&header[124..135]).unwrap();
            let size = usize::from_str_radix(octal, 8).unwrap();
            if header.starts_with(begins.as_bytes()) {
                return at + 512..at + 512 + size;
            }
            at += 512 + size.div_ceil(512) * 512;
        }
    }
}

/// The built-in configuration with the invented source and study.
fn config(folder: &Path) -> Config {
    for (path, bytes) in Config::BuiltIn.every_file().unwrap() {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    std::fs::write(folder.join("sources/rt-mfa-en.toml"), SOURCE).unwrap();
    std::fs::write(folder.join("studies/ruritania.toml"), STUDY).unwrap();
    Config::Folder(folder.to_path_buf())
}

fn verified(path: &Path, expect: Option<&str>) -> Verified {
    let scratch = tempfile::tempdir().unwrap();
    verify(path, expect, scratch.path(), &Reporter::silent()).unwrap()
}

#[track_caller]
fn difference(verified: Verified) -> String {
    match verified {
        Verified::Differs(what) => what,
        holds @ Verified::Holds { .. } => panic!("{holds:?}"),
    }
}

#[test]
fn a_bundle_as_written_holds_and_names_its_root() {
    let bundle = Bundle::make();
    let Verified::Holds { root, unchecked, .. } = verified(&bundle.path(), Some(&bundle.root))
    else {
        panic!("{:?}", verified(&bundle.path(), None));
    };
    assert_eq!((root.as_str(), unchecked), (bundle.root.as_str(), Vec::new()));
    let other = format!("sha256:{}", "0".repeat(64));
    let what = difference(verified(&bundle.path(), Some(&other)));
    assert!(what.starts_with("the root digest is"), "{what}");
}

#[test]
fn the_same_corpus_gives_the_same_bundle() {
    assert!(Bundle::make().bytes() == Bundle::make().bytes());
}

#[test]
fn a_changed_byte_in_any_kind_of_member_is_named() {
    let bundle = Bundle::make();
    let kinds = [
        "manifest.json",
        "FORMAT",
        "asked.json",
        "config/sources/rt",
        "config/codebook",
        "config/studies/ruritania",
        "statements/",
        "coded/",
        "links.parquet",
        "archive/",
        "report/findings.json",
        "report/findings.csv",
        "report/report.html",
        "report/report.md",
        "report/csv/",
    ];
    for kind in kinds {
        let mut bytes = bundle.bytes();
        let content = bundle.member(kind);
        bytes[content.start + content.len() / 2] ^= 4;
        let what = difference(bundle.with(&bytes));
        assert!(!what.is_empty(), "{kind}");
    }
}

#[test]
fn a_cut_bundle_and_bytes_after_its_end_are_named() {
    let bundle = Bundle::make();
    let bytes = bundle.bytes();
    for cut in [0, 100, 512, bytes.len() / 2, bytes.len() - 1] {
        difference(bundle.with(&bytes[..cut]));
    }
    difference(bundle.with(&[&bytes[..], b"more"].concat()));
}

/// A member of every kind, by the beginning of its path.
const KINDS: [&str; 14] = [
    "FORMAT",
    "asked.json",
    "config/sources/rt",
    "config/codebook",
    "config/studies/ruritania",
    "config/votes",
    "statements/",
    "coded/",
    "links.parquet",
    "archive/",
    "report/findings.json",
    "report/findings.csv",
    "report/report.html",
    "report/csv/",
];

#[test]
fn with_the_digests_rewritten_a_changed_byte_is_found_all_the_same() {
    let bundle = Bundle::make();
    let paths = bundle.paths();
    // Any seed would do; a fixed one fails the same way twice.
    let mut place: usize = 20_220_224;
    for kind in KINDS {
        let path = paths.iter().find(|path| path.starts_with(kind)).unwrap();
        place = place.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let at = (place >> 33) % bundle.member(path).len();
        let forged = bundle.forged(path, at, |byte| byte ^ 1);
        let what = difference(bundle.with(&forged));
        assert!(!what.contains("the manifest says"), "{path}: {what}");
        let changed = bundle.folder.path().join("changed.tar");
        difference(verified(&changed, Some(&bundle.root)));
    }
}

#[test]
fn with_the_digests_rewritten_a_changed_number_is_named() {
    let bundle = Bundle::make();
    let text = String::from_utf8(bundle.bytes()[bundle.member("report/findings.json")].to_vec());
    let text = text.unwrap();
    let figure = text.find("\"blame:US\"").unwrap();
    let number = figure + text[figure..].find("\"value\": 0.").unwrap() + "\"value\": 0.".len();
    let other = |byte: u8| if byte == b'9' { b'1' } else { byte + 1 };
    let forged = bundle.forged("report/findings.json", number, other);
    let what = difference(bundle.with(&forged));
    assert!(what.starts_with("report/findings.json: ") && what.contains("value"), "{what}");
}

#[test]
fn a_bundle_made_again_of_other_texts_holds_but_not_under_the_first_root() {
    let bundle = Bundle::make();
    let other = Bundle::of(&ROWS.replace("root cause", "friend"));
    assert!(matches!(verified(&other.path(), None), Verified::Holds { .. }));
    let what = difference(verified(&other.path(), Some(&bundle.root)));
    assert!(what.starts_with("the root digest is"), "{what}");
}

/// As it stands in `asked.json`.
const MEASURE: &str = "\"measure\": ";

/// The words that make a bundle one of an older version.
fn older() -> (&'static str, String, String) {
    let version = |number: u32| format!("{MEASURE}{number}");
    assert!((1..=9).contains(&measure::VERSION), "of one length with the older one");
    ("asked.json", version(measure::VERSION), version(measure::VERSION - 1))
}

#[test]
fn a_bundle_of_an_older_version_holds_in_its_numbers_and_says_what_was_not_compared() {
    let bundle = Bundle::make();
    let (path, this, older) = older();
    let reworded = bundle.of_another_version(&[
        (path, &this, &older),
        ("report/findings.json", "an interval speaks of", "an interval tells of "),
        ("report/report.html", "an interval speaks of", "an interval tells of "),
    ]);
    let Verified::Holds { unchecked, .. } = bundle.with(&reworded) else {
        panic!("{:?}", bundle.with(&reworded));
    };
    let said = unchecked.join("; ");
    let older = format!("made by another version: measure/{}, ", measure::VERSION - 1);
    assert!(said.contains(&older), "{said}");
    let words = "words and layout of the report, and all of report/report.html, report/report.md, \
                 were not compared";
    assert!(said.contains(words), "{said}");
    let changed = bundle.folder.path().join("changed.tar");
    difference(verified(&changed, Some(&bundle.root)));

    // The same words under this version are a difference.
    let now = bundle.of_another_version(&[(
        "report/findings.json",
        "an interval speaks of",
        "an interval tells of ",
    )]);
    assert!(difference(bundle.with(&now)).starts_with("report/findings.json: /notes/"));
}

#[test]
fn a_number_that_does_not_follow_is_named_under_an_older_version_too() {
    let bundle = Bundle::make();
    let (path, this, older) = older();
    for (file, from, to) in [
        ("report/findings.json", "\"k\": 2,", "\"k\": 3,"),
        ("report/findings.csv", ",utterances,", ",statements,"),
        ("report/csv/coverage.csv", ",2,", ",3,"),
    ] {
        let forged = bundle.of_another_version(&[(path, &this, &older), (file, from, to)]);
        let what = difference(bundle.with(&forged));
        assert!(what.starts_with(&format!("{file}: ")), "{what}");
        assert!(what.contains("verify it with the version that wrote it"), "{what}");
    }
}

#[test]
fn a_configuration_that_only_its_own_version_reads_is_not_called_changed() {
    let bundle = Bundle::make();
    let (path, this, older) = older();
    let paths = bundle.paths();
    let cues = paths.iter().find(|path| path.starts_with("config/codebook/default/cues")).unwrap();
    let told = |more: &[(&str, &str, &str)]| {
        let foreign = [&[(cues.as_str(), "[[", "[(")], more].concat();
        let file = bundle.folder.path().join("foreign.tar");
        std::fs::write(&file, bundle.of_another_version(&foreign)).unwrap();
        verify(&file, None, tempfile::tempdir().unwrap().path(), &Reporter::silent())
    };
    let error = told(&[(path, &this, &older)]).unwrap_err().to_string();
    assert!(error.starts_with("config/codebook: ") && error.contains("neither"), "{error}");
    // Of this version it is a difference.
    assert!(difference(told(&[]).unwrap()).starts_with("config/codebook"));
}
