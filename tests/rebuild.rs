//! The same bytes again: on other threads, in another order, in another place and time zone, and
//! from the archive alone.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::{Demarche, arg, shared};

/// Every derived file that users open, by its path in the corpus, and the reports.
fn artefacts(demarche: &Demarche) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for name in ["statements", "coded", "links.parquet", "rejects.parquet"] {
        collect(&demarche.corpus(), &demarche.corpus().join(name), &mut found);
    }
    for format in ["csv", "json", "html", "md"] {
        let path = demarche.folder().join(format!("r.{format}"));
        let span = ["--from", "2022-01-01", "--to", "2022-12-31"];
        demarche.stdout(&[&["report", "--format", format, "-o", arg(&path)], &span[..]].concat());
        found.insert(format!("r.{format}"), std::fs::read(&path).expect("the report"));
    }
    found
}

fn collect(root: &Path, path: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).expect("a folder") {
            collect(root, &entry.expect("an entry").path(), found);
        }
    } else if path.is_file() {
        let name = path.strip_prefix(root).expect("inside").to_string_lossy().into_owned();
        found.insert(name, std::fs::read(path).expect("a file"));
    }
}

fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, what: &str) {
    let names = |all: &BTreeMap<String, Vec<u8>>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "{what}: the files differ");
    for (name, bytes) in one {
        assert!(bytes == &other[name], "{what}: {name} differs");
    }
}

#[test]
fn everything_derived_is_the_same_byte_for_byte() {
    let Some(data) = shared() else { return };
    let files = [
        data.join("dprk/mfa-and-kcna-2017-2026.jsonl.gz"),
        data.join("dprk/rodong-en-2021-2022.jsonl.gz"),
        data.join("dprk/kcna-and-rodong-pages.warc.gz"),
        data.join("prc/mfa-zh-2019-2020-other-sections.warc.gz"),
        data.join("prc/mfa-en-excerpts-2005-2025.jsonl.gz"),
    ];
    let first = Demarche::new();
    for file in &files {
        first.stdout(&["import", "-q", arg(file)]);
    }
    first.stdout(&["run", "--offline", "-q", "--threads", "1"]);
    let expected = artefacts(&first);
    assert!(expected.keys().any(|name| name.starts_with("coded/")));

    let second = Demarche::new();
    for file in files.iter().rev() {
        second.stdout(&["import", "-q", arg(file)]);
    }
    let mut run = second.command(&["run", "--offline", "-q", "--threads", "4"]);
    run.env("TZ", "Pacific/Kiritimati").env("LC_ALL", "tr_TR.UTF-8").env("LANG", "tr_TR.UTF-8");
    assert!(run.status().expect("the binary starts").success());
    assert_same(&expected, &artefacts(&second), "four threads, reversed, elsewhere");

    for name in ["statements", "coded", "readings", "index"] {
        std::fs::remove_dir_all(second.corpus().join(name)).expect("it was there");
    }
    for name in ["links.parquet", "rejects.parquet", "FORMAT"] {
        std::fs::remove_file(second.corpus().join(name)).expect("it was there");
    }
    second.stdout(&["run", "--offline", "-q"]);
    assert_same(&expected, &artefacts(&second), "from the archive alone");
}
