//! The rules of the house: which crate may know which, and how large a file may grow.

use std::collections::BTreeMap;
use std::path::Path;

use cargo_metadata::MetadataCommand;

/// What each crate of ours may depend on. A verb sees the noun (and the formulas), never another
/// verb; `report` sees the findings that it renders.
fn allowed(name: &str) -> &'static [&'static str] {
    match name {
        "demarche-corpus" | "demarche-statistics" | "demarche-replay" => &[],
        "demarche-crawl" | "demarche-normalize" | "demarche-index" => &["demarche-corpus"],
        "demarche-tag" | "demarche-measure" | "demarche-votes" => {
            &["demarche-corpus", "demarche-statistics"]
        }
        "demarche-report" => {
            &["demarche-corpus", "demarche-measure", "demarche-statistics", "demarche-votes"]
        }
        "demarche-pipeline" | "demarche" => &[
            "demarche-corpus",
            "demarche-crawl",
            "demarche-index",
            "demarche-measure",
            "demarche-normalize",
            "demarche-pipeline",
            "demarche-report",
            "demarche-statistics",
            "demarche-tag",
            "demarche-votes",
        ],
        other => panic!("{other}: say in tests/house.rs what it may depend on"),
    }
}

#[test]
fn a_verb_depends_on_no_other_verb() {
    let metadata = MetadataCommand::new()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .no_deps()
        .exec()
        .expect("cargo metadata");
    let packages = metadata.packages;
    assert!(packages.len() > 8);
    for package in &packages {
        let name = package.name.to_string();
        for dependency in &package.dependencies {
            let ours = dependency.name.starts_with("demarche")
                && dependency.kind == cargo_metadata::DependencyKind::Normal;
            assert!(
                !ours || allowed(&name).contains(&dependency.name.as_str()),
                "{name} must not depend on {}",
                dependency.name
            );
        }
        let network = ["reqwest", "tokio", "hyper"];
        let talks = package.dependencies.iter().any(|d| {
            network.contains(&d.name.as_str()) && d.kind == cargo_metadata::DependencyKind::Normal
        });
        let may = ["demarche-crawl", "demarche-pipeline", "demarche-replay", "demarche"];
        assert!(!talks || may.contains(&name.as_str()), "{name} must not know the network");
    }
}

#[test]
fn no_source_file_outgrows_its_place() {
    let mut sizes = BTreeMap::new();
    each_file(&Path::new(env!("CARGO_MANIFEST_DIR")).join("crates"), "rs", &mut |path, text| {
        sizes.insert(path.display().to_string(), text.lines().count());
    });
    let large: Vec<_> = sizes.iter().filter(|(_, lines)| **lines > 450).collect();
    assert!(large.is_empty(), "longer than 450 lines: {large:?}");
}

/// TOML 1.1 lets a table in braces run over lines; most readers that people have know 1.0 only.
#[test]
fn every_toml_reader_reads_the_configuration() {
    let mut read = 0;
    each_file(&Path::new(env!("CARGO_MANIFEST_DIR")).join("config"), "toml", &mut |path, text| {
        read += 1;
        for (n, line) in text.lines().enumerate() {
            let bare: String = line.split('"').step_by(2).collect();
            let bare = bare.split('#').next().unwrap_or_default();
            let count = |mark| bare.matches(mark).count();
            assert_eq!(
                count('{'),
                count('}'),
                "{}:{}: a table in braces stands on one line",
                path.display(),
                n + 1
            );
        }
    });
    assert!(read > 20);
}

/// Calls `visit` with each file below a folder that has this ending, and its text.
fn each_file(folder: &Path, ending: &str, visit: &mut impl FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            each_file(&path, ending, visit);
        } else if path.extension().is_some_and(|e| e == ending) {
            visit(&path, &std::fs::read_to_string(&path).expect("UTF-8"));
        }
    }
}
