//! What the program wrote and a disk, a copy or a person changed: it is told, never published, and
//! made again. And what a command writes to a file is there as a whole, or not.

use std::path::{Path, PathBuf};

use crate::support::{Demarche, arg, say};

const REPORT: [&str; 5] = ["report", "--from", "2031", "--to", "2031"];
const CHECK: [&str; 3] = ["check", "--derived", "--json"];
const MONTHS: [u32; 2] = [1, 2];

/// A corpus of a statement a month, all of it fresh.
fn fresh() -> Demarche {
    let demarche = Demarche::new();
    MONTHS.iter().for_each(|month| say(&demarche, &format!("2031-{month:02}-01")));
    demarche.stdout(&["run", "--offline", "-q"]);
    demarche
}

fn partition(demarche: &Demarche, stage: &str) -> (String, PathBuf) {
    let name = format!("{stage}/cn-mfa-en/2031-01.parquet");
    let path = demarche.corpus().join(&name);
    (name, path)
}

/// That the file is missed wherever it matters, and is as it was after a run.
fn missed_and_made_again(demarche: &Demarche, (name, path): &(String, PathBuf), whole: &[u8]) {
    let why = format!("{name} is not as it was written");
    let output = demarche.output(&REPORT);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(&why) && said.contains("`demarche run --offline`"), "{said}");
    let output = demarche.output(&CHECK);
    assert_eq!(output.status.code(), Some(1));
    let checked: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(checked["derived"]["differing"], serde_json::json!([name]));
    demarche.stdout(&["run", "--offline", "-q"]);
    assert!(std::fs::read(path).unwrap() == whole, "{name}: made again as it was");
    assert_eq!(demarche.json(&CHECK)["whole"], true);
}

#[test]
fn a_partition_that_is_gone_or_cut_is_missed() {
    let demarche = fresh();
    for stage in ["statements", "coded"] {
        let file = partition(&demarche, stage);
        let whole = std::fs::read(&file.1).unwrap();
        let damages: [&dyn Fn(&Path); 3] = [
            &|path| std::fs::remove_file(path).unwrap(),
            &|path| std::fs::write(path, &whole[..whole.len() / 2]).unwrap(),
            &|path| std::fs::write(path, "").unwrap(),
        ];
        for damage in damages {
            damage(&file.1);
            let output = demarche.output(&["export", "attributions"]);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let why = format!("{} is not as it was written", file.0);
            assert!(said.starts_with("warning: ") && said.contains(&why), "{said}");
            missed_and_made_again(&demarche, &file, &whole);
        }
    }
    demarche.stdout(&REPORT);
}

#[test]
fn a_partition_that_nobody_wrote_is_not_counted() {
    let demarche = fresh();
    for stage in ["statements", "coded"] {
        let (_, path) = partition(&demarche, stage);
        let other = path.with_file_name("2031-03.parquet");
        std::fs::copy(path, &other).unwrap();
        assert_eq!(demarche.output(&REPORT).status.code(), Some(1), "{stage}");
        demarche.stdout(&["run", "--offline", "-q"]);
        assert!(!other.exists(), "{stage}");
        demarche.stdout(&REPORT);
    }
}

#[test]
fn a_flipped_bit_in_a_partition_is_found_and_mended() {
    let demarche = fresh();
    for stage in ["statements", "coded"] {
        let file = partition(&demarche, stage);
        let whole = std::fs::read(&file.1).unwrap();
        for n in 0..12 {
            let mut flipped = whole.clone();
            flipped[n * whole.len() / 12] ^= 1 << (n % 8);
            std::fs::write(&file.1, flipped).unwrap();
            missed_and_made_again(&demarche, &file, &whole);
        }
    }
    // What is made from nothing damaged is left alone: codes and index are still those.
    let again = demarche.output(&["run", "--offline"]);
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(said.contains("tag: nothing new") && said.contains("index: nothing new"), "{said}");
}

/// The cache of what was read is believed as long as it is what was written.
#[test]
fn a_flipped_bit_in_a_reading_never_becomes_a_word() {
    let demarche = fresh();
    let before = demarche.stdout(&["export", "statements"]);
    let mut flipped = 0;
    for file in std::fs::read_dir(demarche.corpus().join("readings")).unwrap() {
        let path = file.unwrap().path();
        let mut bytes = std::fs::read(&path).unwrap();
        if let Some(at) = bytes.windows(6).position(|some| some == b"flames") {
            bytes[at] ^= 1;
            flipped += 1;
        }
        std::fs::write(path, bytes).unwrap();
    }
    assert!(flipped > 0);
    // By which all readings are collated again.
    std::fs::remove_file(demarche.corpus().join("links.parquet")).unwrap();
    demarche.stdout(&["run", "--offline", "-q"]);
    assert_eq!(demarche.stdout(&["export", "statements"]), before);
}

#[test]
fn an_output_is_there_as_a_whole_or_as_it_was() {
    let demarche = fresh();
    let out = demarche.folder().join("out.jsonl");
    let link = demarche.folder().join("link.jsonl");
    std::fs::write(&out, "of yesterday").unwrap();
    std::os::unix::fs::symlink(&out, &link).unwrap();
    let written = ["export", "statements", "-o", arg(&link)];
    demarche.stdout(&written);
    let whole = std::fs::read(&out).unwrap();
    assert_eq!(whole.iter().filter(|b| **b == b'\n').count(), MONTHS.len());
    assert!(link.is_symlink());
    // The first month can be written, the second one not.
    let second = demarche.corpus().join("statements/cn-mfa-en/2031-02.parquet");
    std::fs::write(second, "PAR1").unwrap();
    assert_eq!(demarche.output(&written).status.code(), Some(2));
    assert!(std::fs::read(&out).unwrap() == whole, "what was there is there");
    assert!(!demarche.folder().join("out.jsonl.tmp").exists());
    // What is no file is written to as it is.
    demarche.stdout(&["run", "--offline", "-q"]);
    let piped = demarche.stdout(&["export", "statements", "-o", "/dev/stdout"]);
    assert!(piped.as_bytes() == whole);
}
