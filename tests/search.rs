//! `search` and `kwic` as their users type them: what is counted, shown, written and refused.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use index::{Filters, Index, Options, Query};
use serde_json::Value;
use tag::Codebook;
use tag::codebook::Family;

use crate::shared;
use crate::support::{Demarche, arg};

/// An invented ministry that says every term of the codebook, each in a sentence of its own.
fn every_term() -> Demarche {
    let codebook = Codebook::load(&corpus::source::Config::BuiltIn, pipeline::CODEBOOK).unwrap();
    let mut rows = String::new();
    for (n, lang) in [corpus::Lang::Zh, corpus::Lang::En, corpus::Lang::Ko].iter().enumerate() {
        for (m, entry) in codebook.entries.iter().enumerate() {
            let terms = entry.terms.get(lang).into_iter().flatten();
            let stop = if *lang == corpus::Lang::Zh { "。" } else { ". " };
            let said = terms.map(|term| format!("{}{stop}", term.replace('*', "")));
            let body: String = said.collect();
            let row = serde_json::json!({
                "url": format!("http://example.invalid/{n}/{m}"), "lang": lang.code(),
                "date": format!("2022-{:02}-{:02}", 3 + n, 1 + m % 28), "body": body,
                "title": format!("Remarks {m} (invented sample)"),
            });
            rows.push_str(&format!("{row}\n"));
        }
    }
    let demarche = Demarche::new();
    let table = demarche.folder().join("terms.jsonl");
    std::fs::write(&table, rows).unwrap();
    demarche.import(&["--source", "cn-mfa-en", arg(&table)]);
    demarche.stdout(&["run", "--offline", "-q"]);
    demarche
}

/// Occurrences, turns and segments by code, as `tag` wrote them.
fn tagged(demarche: &Demarche) -> BTreeMap<String, [u64; 3]> {
    let mut places: BTreeMap<String, Vec<[String; 3]>> = BTreeMap::new();
    for what in ["mentions", "attributions"] {
        for row in demarche.lines(&["export", what]) {
            let mut add = |code: String| {
                let key = ["statement", "turn", "segment"].map(|key| row[key].to_string());
                places.entry(code).or_default().push(key);
            };
            let of = |key: &str| row[key].as_str();
            match (of("code"), of("referent"), of("target"), of("kind")) {
                (Some(code), referent, ..) => {
                    add(code.to_owned());
                    referent.iter().for_each(|referent| add(format!("{code}@{referent}")));
                }
                (_, _, Some(target), Some(kind)) => {
                    add(format!("blame:{target}"));
                    add(format!("blame:{target}@{kind}"));
                }
                _ => panic!("neither mention nor attribution: {row}"),
            }
        }
    }
    let distinct = |places: &[[String; 3]], keys: usize| {
        let set: std::collections::BTreeSet<_> = places.iter().map(|p| &p[..keys]).collect();
        set.len() as u64
    };
    let count = |places: Vec<[String; 3]>| {
        [places.len() as u64, distinct(&places, 2), distinct(&places, 3)]
    };
    places.into_iter().map(|(code, places)| (code, count(places))).collect()
}

/// For every entry of the codebook, found or not, the index counts what `tag` wrote.
fn one_pattern_one_count(demarche: &Demarche) -> BTreeMap<String, [u64; 3]> {
    let codebook = Codebook::load(&corpus::source::Config::BuiltIn, pipeline::CODEBOOK).unwrap();
    let mut expected = tagged(demarche);
    for entry in &codebook.entries {
        let coded = [Family::Target, Family::Frame, Family::Naming, Family::Refusal];
        if coded.contains(&entry.family) {
            expected.entry(entry.code()).or_default();
        }
        if entry.family == Family::Target {
            expected.entry(format!("blame:{}", entry.id)).or_default();
        }
    }
    let index = Index::open(&corpus::Corpus::open(demarche.corpus()).unwrap()).unwrap();
    for (code, [occurrences, turns, segments]) in &expected {
        let query = Query::parse(code).unwrap();
        let found = index.search(&query, &Filters::default(), &Options::default()).unwrap();
        let found = [found.occurrences, found.turns, found.segments];
        assert_eq!(found, [*occurrences, *turns, *segments], "{code}");
    }
    expected
}

#[test]
fn one_pattern_has_one_count_for_every_entry_of_the_codebook() {
    let expected = one_pattern_one_count(&every_term());
    let found = expected.values().filter(|counts| counts[0] > 0).count();
    println!("{} codes, {found} of them found", expected.len());
    assert!(found > 40);
}

#[test]
fn one_pattern_has_one_count_on_the_real_data() {
    let Some(demarche) = shared::built() else { return };
    let expected = one_pattern_one_count(demarche);
    let found = expected.values().filter(|counts| counts[0] > 0).count();
    println!("{} codes, {found} of them found", expected.len());
    // Codes join on the segment: the attributions themselves say what is expected.
    let rows = demarche.lines(&["export", "attributions"]);
    let joined = rows.iter().filter(|row| {
        let topics = row["topics"].as_array().unwrap();
        row["target"] == "US" && row["voice"] == "own" && topics.contains(&"ukraine-war".into())
    });
    let counted =
        demarche.json(&["search", "blame:US voice:own topic:ukraine-war", "--count", "--json"]);
    println!("blame:US voice:own topic:ukraine-war: {counted}");
    assert_eq!(counted["occurrences"], joined.count() as u64);
}

/// Every example of `--help`, typed as it stands there.
#[test]
fn the_examples_of_the_help_work_when_typed() {
    let demarche = every_term();
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_demarche"));
    let path = format!(
        "{}:{}",
        binary.parent().unwrap().display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let help = demarche.stdout(&["search", "--help"]);
    let examples: Vec<&str> = help
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|l| l.starts_with("demarche "))
        .collect();
    assert!(examples.len() >= 10, "{help}");
    for example in examples {
        let output = Command::new("sh")
            .args(["-c", example])
            .env("PATH", &path)
            .current_dir(demarche.folder())
            .output()
            .unwrap();
        let code = output.status.code();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(code, Some(0 | 1)) && said.is_empty(), "{example}: {code:?} {said}");
    }
}

fn refused(demarche: &Demarche, args: &[&str]) -> String {
    let output = demarche.output(args);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn an_error_stands_below_the_query_with_a_caret_at_its_column() {
    let demarche = every_term();
    let said = refused(&demarche, &["search", "北约 sauce:x"]);
    assert!(said.starts_with("demarche: query, column 4: there is no field `sauce`"), "{said}");
    assert!(said.ends_with("\n北约 sauce:x\n     ^\n"), "{said}");
    let said = refused(&demarche, &["kwic", "NATO frame:hegemon"]);
    assert!(said.contains("column 12: there is no `frame:hegemon`; known are "), "{said}");
    assert!(said.contains("hegemony") && said.ends_with("\n           ^\n"), "{said}");
    let said = refused(&demarche, &["search", "naming:war@ukraine-wars"]);
    assert!(said.contains("column 12: there is no `naming:…@ukraine-wars`"), "{said}");
    let said = refused(&demarche, &["search", "frame:hegemony@ukraine-war"]);
    assert!(said.contains("only naming: and blame: take an `@`"), "{said}");
    let said = refused(&demarche, &["search", "war role:answr"]);
    assert!(said.contains("announcement, answer, narration, note, question"), "{said}");
    let said = refused(&demarche, &["search", "war", "--source", "cn-mfa-fr"]);
    assert!(said.contains("unknown source `cn-mfa-fr`") && said.contains("cn-mfa-zh"), "{said}");
    let said = refused(&demarche, &["search", "war", "--from", "2023", "--to", "2022"]);
    assert!(said.contains("write the earlier day first"), "{said}");
    let said = refused(&demarche, &["search", "war", "--role", "answr"]);
    assert!(said.contains("announcement, narration, note"), "{said}");
    // What is declared and does not occur is no error.
    for known in ["naming:war@none", "naming:war@other", "blame:US@condemn"] {
        let output = demarche.output(&["search", known, "--source", "cn-mfa-en"]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{known}: {output:?}");
    }
    assert_eq!(demarche.output(&["search", "war source:rodong-en"]).status.code(), Some(1));
}

#[test]
fn every_row_is_written_in_every_format() {
    let demarche = every_term();
    for command in ["search", "kwic"] {
        let args = |format| [command, "战争 OR war OR 전쟁", "--format", format];
        let json = demarche.lines(&args("jsonl"));
        let csv = demarche.stdout(&args("csv"));
        let mut table = csv::Reader::from_reader(csv.as_bytes());
        let heads = table.headers().unwrap().clone();
        let rows: Vec<_> = table.records().map(Result::unwrap).collect();
        assert!(rows.len() > 5);
        assert_eq!(rows.len(), json.len());
        for (row, object) in rows.iter().zip(&json) {
            let object = object.as_object().unwrap();
            assert!(heads.iter().eq(object.keys()));
            for (cell, value) in row.iter().zip(object.values()) {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                assert_eq!(cell, if value.is_null() { "" } else { text.as_str() });
            }
        }
        let path = demarche.folder().join("rows.parquet");
        demarche.stdout(&[&args("parquet")[..], &["-o", arg(&path)]].concat());
        let stored: Vec<Value> = match command {
            "search" => read::<index::HitRow>(&path),
            _ => read::<index::ConcordanceRow>(&path),
        };
        assert_eq!(stored, json);
        let excel = demarche.stdout(&[&args("csv")[..], &["--for-excel"]].concat());
        let excel = excel.strip_prefix('\u{feff}').unwrap();
        let mut table = csv::Reader::from_reader(excel.as_bytes());
        let runs = |cell: &str| cell.starts_with(['=', '+', '-', '@']);
        for (safe, row) in table.records().map(Result::unwrap).zip(&rows) {
            assert!(!safe.iter().any(runs));
            assert!(
                safe.iter()
                    .map(|cell| cell.trim_start_matches('\''))
                    .eq(row.iter().map(|cell| cell.trim_start_matches('\'')))
            );
        }
    }
    let page = demarche.json(&["kwic", "war", "--json", "--offset", "1", "--limit", "1"]);
    let all = demarche.json(&["kwic", "war", "--json"]);
    assert_eq!(page["rows"][0], all["rows"][1]);
    assert_eq!(all["total"]["occurrences"], all["rows"].as_array().unwrap().len());
}

/// A configuration that cannot be read is told as such, with its file.
#[test]
fn a_broken_configuration_is_named_and_not_taken_for_an_empty_one() {
    let demarche = every_term();
    let config = demarche.corpus().join("config");
    for (file, query) in [
        ("sources/rt-mfa.toml", "war source:rt-mfa"),
        ("codebook/default/frames.toml", "frame:hegemon"),
    ] {
        let path = config.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "id = ").unwrap();
        let said = refused(&demarche, &["search", query]);
        assert!(said.contains(file) && !said.contains("there is no"), "{query}: {said}");
    }
    let said = refused(&demarche, &["search", "war", "--source", "rt-mfa"]);
    assert!(said.contains("rt-mfa.toml"), "{said}");
}

#[test]
fn what_an_output_flag_cannot_do_is_refused() {
    let demarche = every_term();
    for (args, cure) in [
        (&["search", "war", "--json", "--format", "csv"][..], "leave out --json"),
        (&["search", "war", "--json", "-o", "hits"], "leave out --json"),
        (&["search", "war", "--json", "--by", "lang", "--for-excel"], "leave out --json"),
        (&["kwic", "war", "--json", "--format", "jsonl"], "leave out --json"),
        (&["kwic", "war", "--json", "-o", "rows"], "leave out --json"),
        (&["search", "war", "--count", "--format", "csv"], "leave out --format and -o"),
        (&["search", "war", "--count", "-o", "total"], "leave out --format and -o"),
        (&["search", "war", "--twins", "--format", "jsonl"], "leave out --twins"),
        (&["search", "war", "--twins", "--count"], "cannot be used with"),
        (&["search", "war", "--twins", "--by", "lang"], "cannot be used with"),
        (
            &["search", "war", "--format", "xlsx"],
            "[possible values: text, csv, jsonl, json, parquet]",
        ),
    ] {
        let said = refused(&demarche, args);
        assert!(said.contains(cure), "{args:?}: {said}");
    }
    for fine in [&["--format", "text"][..], &["--count", "--by", "lang", "--format", "csv"]] {
        demarche.stdout(&[&["search", "war"], fine].concat());
    }
}

/// Where output cannot go is said by name; a reader that has seen enough is no error.
#[test]
fn output_that_goes_nowhere_is_told_and_a_closed_pipe_is_not() {
    let demarche = every_term();
    let nowhere = ["search", "war", "--format", "csv", "-o", "no/such/hits.csv"];
    let said = refused(&demarche, &nowhere);
    assert!(said.contains("no/such/hits.csv: there is no folder no/such"), "{said}");
    assert!(said.contains("make it first"), "{said}");
    for command in ["search", "kwic"] {
        for format in ["text", "csv", "jsonl"] {
            let args = [command, "war", "--format", format];
            let mut child = demarche
                .command(&args)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            drop(child.stdout.take());
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success() && output.stderr.is_empty(), "{args:?}: {output:?}");
            if std::path::Path::new("/dev/full").exists() {
                let said = refused(&demarche, &[&args[..], &["-o", "/dev/full"]].concat());
                assert!(said.contains("/dev/full: "), "{args:?}: {said}");
            }
        }
    }
    let shown = demarche.stdout(&["kwic", "war", "--limit", "1"]);
    assert!(shown.contains("\nshown: 1 to 1 of "), "{shown}");
}

fn read<T: corpus::partition::Row>(path: &std::path::Path) -> Vec<Value> {
    let rows = corpus::partition::read::<T>(path).unwrap();
    rows.iter().map(|row| serde_json::to_value(row).unwrap()).collect()
}

#[test]
fn groups_are_written_for_people_and_as_tables() {
    let demarche = every_term();
    let args = ["search", "war OR 战争", "--by", "month,lang"];
    let shown = demarche.stdout(&args);
    let csv = demarche.stdout(&[&args[..], &["--format", "csv"]].concat());
    let heads = "month,lang,statements,utterances,turns,segments,occurrences";
    assert_eq!(csv.lines().next(), Some(heads));
    assert_eq!(shown.lines().count(), csv.lines().count() + 1);
    for (line, row) in shown.lines().zip(csv.lines()) {
        assert!(line.split_whitespace().eq(row.split(',')), "{line}");
    }
    let json = demarche.json(&[&args[..], &["--json"]].concat());
    let sum: u64 =
        json.as_array().unwrap().iter().map(|g| g["occurrences"].as_u64().unwrap()).sum();
    let total = demarche.json(&["search", "war OR 战争", "--count", "--json"]);
    assert_eq!(total["occurrences"], sum);
    assert_eq!(
        demarche.lines(&[&args[..], &["--format", "jsonl"]].concat()),
        *json.as_array().unwrap()
    );
    let path = demarche.folder().join("groups.parquet");
    demarche.stdout(&[&args[..], &["--format", "parquet", "-o", arg(&path)]].concat());
    assert_eq!(corpus::partition::rows(&path).unwrap(), json.as_array().unwrap().len() as u64);
}

/// A speaker's name is text from outside: no spreadsheet may run it.
#[test]
fn groups_are_safe_in_a_spreadsheet() {
    let demarche = Demarche::new();
    let table = demarche.folder().join("spoken.jsonl");
    let row = serde_json::json!({
        "url": "http://example.invalid/1", "lang": "en", "date": "2022-03-01",
        "title": "Remarks (invented sample)", "body": "The war.",
        "qa": serde_json::json!([{ "speaker": "=x", "role": "narration", "text": "The war." }]).to_string(),
    });
    std::fs::write(&table, format!("{row}\n")).unwrap();
    demarche.import(&["--source", "cn-mfa-en", arg(&table)]);
    demarche.stdout(&["run", "--offline", "-q"]);
    let args = ["search", "war", "--by", "issuer,speaker", "--format", "csv"];
    let plain = demarche.stdout(&args);
    assert!(plain.starts_with("issuer,speaker,") && plain.contains(",=x,"), "{plain}");
    let excel = demarche.stdout(&[&args[..], &["--for-excel"]].concat());
    assert!(excel.starts_with("\u{feff}issuer,speaker,") && excel.contains(",'=x,"), "{excel}");
}

#[test]
fn a_concordance_is_aligned_and_reaches_as_far_as_it_is_told() {
    let demarche = every_term();
    let narrow =
        demarche.command(&["kwic", "北约 OR 북대서양조약기구"]).env("COLUMNS", "90").output();
    let shown = String::from_utf8(narrow.unwrap().stdout).unwrap();
    use unicode_width::UnicodeWidthStr;
    let bars: Vec<usize> =
        shown.lines().filter_map(|l| l.find(" | ").map(|at| l[..at].width())).collect();
    assert!(bars.len() > 1 && bars.iter().all(|bar| *bar == bars[0]), "{shown}");
    let table = demarche.folder().join("long.jsonl");
    let row = serde_json::json!({
        "url": "http://example.invalid/long", "lang": "en", "date": "2022-03-01",
        "title": "Remarks (invented sample)", "body": "What NATO says is not what NATO does. ".repeat(9),
    });
    std::fs::write(&table, format!("{row}\n")).unwrap();
    demarche.import(&["--source", "pyongyang-times-en", arg(&table)]);
    demarche.stdout(&["run", "--offline", "-q"]);
    for columns in [60, 90, 120] {
        let query = "北约 OR 북대서양조약기구 OR NATO";
        let output =
            demarche.command(&["kwic", query]).env("COLUMNS", columns.to_string()).output();
        let shown = String::from_utf8(output.unwrap().stdout).unwrap();
        let lines: Vec<&str> = shown.lines().filter(|line| line.contains(" | ")).collect();
        let widest = lines.iter().map(|line| line.width()).max();
        assert!(widest <= Some(columns) && widest >= Some(columns - 8), "{columns}: {shown}");
        // Where there is room the statement stands there, else its day and source.
        for source in ["cn-mfa-en", "pyongyang-times-en"] {
            let named = |line: &&str| match columns {
                60 => line.contains(&format!("  {source:18}  ")),
                _ => line.starts_with(&format!("{source}/2022-0")) && line.contains(":1  "),
            };
            assert!(lines.iter().any(named), "{shown}");
        }
    }
    let whole = ["--window", "all", "--within", "segment"];
    let rows = demarche.lines(&[&["kwic", "北约", "--format", "jsonl"], &whole[..]].concat());
    for row in rows {
        let line = format!("{}{}{}", row["pre"], row["keyword"], row["post"]).replace('"', "");
        assert!(line.ends_with('。') && line.matches('。').count() == 1, "{line}");
    }
}
