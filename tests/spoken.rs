//! What commands print: one JSON document where it is asked for, files in the format that their
//! ending names, one answer to a source that nobody declared.

use std::path::PathBuf;

use corpus::source::{Config, Sources};
use serde_json::Value;

use crate::support::{Demarche, arg};

/// One invented statement of each of two sources, read, coded and indexed.
fn read() -> Demarche {
    let demarche = Demarche::new();
    let row = |institution: &str, day: u32| {
        serde_json::json!({
            "url": format!("http://example.invalid/{day}"), "lang": "en", "title": "Remarks",
            "institution": institution, "date": format!("2022-03-{day:02}"),
            "body": "NATO fanned the flames of the crisis in Ukraine.",
        })
    };
    let table = demarche.folder().join("rows.jsonl");
    std::fs::write(&table, format!("{}\n{}\n", row("MFA PRC", 1), row("KCNA", 2))).unwrap();
    demarche.stdout(&["import", "-q", arg(&table)]);
    demarche.stdout(&["run", "--offline", "-q"]);
    demarche
}

fn id(demarche: &Demarche) -> String {
    demarche.lines(&["export", "statements"])[0]["id"].as_str().unwrap().to_owned()
}

/// One roll call of two states, in the folder `un`.
fn roll_calls(demarche: &Demarche) {
    let folder = demarche.folder().join("un");
    std::fs::create_dir(&folder).unwrap();
    let called = "undl_id,organ,resolution,date,title\n1,GA,A/RES/99/1,2031-03-01,Bread\n";
    std::fs::write(folder.join("rollcalls.csv"), called).unwrap();
    std::fs::write(folder.join("votes.csv"), "undl_id,iso3,vote\n1,CHN,Y\n1,PRK,N\n").unwrap();
}

/// Exit code, stdout and stderr.
fn said(demarche: &Demarche, args: &[&str]) -> (i32, String, String) {
    let output = demarche.output(args);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("an exit code"), text(output.stdout), text(output.stderr))
}

/// Exit codes and commands.
const COMMANDS: &str = "\
0 import rows.jsonl
0 run --offline
0 normalize
0 tag
0 index
0 search NATO
0 search NATO --count
0 search NATO --by source
1 search zeppelin
0 kwic NATO
0 show ID --coded --twins
1 show nosuch
0 explain ID:1:1
1 explain nosuch:1:1
0 sample -n 2 -o s.csv
1 sample -o t.csv --from 1990 --to 1990
0 evaluate --gold gold.jsonl
0 evaluate --coders gold.jsonl gold.jsonl
0 check
0 report MARCH
1 report MARCH --number blame/1
0 report MARCH -o r.html
1 report MARCH --number blame/1 -o n.csv
2 report MARCH --format csv
0 report --study ukraine-2022 -o study --bundle b.tar
0 verify b.tar
0 export statements
0 export mentions -o m.parquet
0 export attributions
2 export attributions --format csv
0 doctor
0 schedule --list
0 rejects
0 coverage
1 coverage --study ukraine-2022
0 changes
0 codebook page
1 codebook diff default default
0 codebook import words.yml --lang en
0 config export exported
0 votes similarity CHN PRK --data un
0 votes similarity CHN PRK --data un -o v.md
0 votes show A/RES/ES-11/1
1 votes show A/RES/0/0
0 votes study -o v.csv
2 votes study --format csv
2 attribute --jsonl";

#[test]
fn json_is_one_document_of_every_command() {
    let demarche = read();
    let id = id(&demarche);
    let write = |name: &str, text: &str| {
        std::fs::write(demarche.folder().join(name), text).unwrap();
    };
    write(
        "gold.jsonl",
        r#"{"unit":"a","lang":"en","text":"NATO did it.","voice":"own","blames":[]}"#,
    );
    roll_calls(&demarche);
    write("words.yml", "fire:\n  - flames\n");
    for line in COMMANDS.lines() {
        let line = line.replace("MARCH", "--from 2022-03 --to 2022-03").replace("ID", &id);
        let mut args: Vec<&str> = line.split_whitespace().collect();
        let code: i32 = args.remove(0).parse().unwrap();
        args.push("--json");
        let (ended, out, told) = said(&demarche, &args);
        assert_eq!(ended, code, "{line}: {told}");
        let document: Result<Value, _> = serde_json::from_str(&out);
        assert!(document.is_ok(), "{line}: {out}");
    }
    let page = std::fs::read_to_string(demarche.folder().join("r.html")).unwrap();
    assert!(page.starts_with("<!"), "the ending says how a file is written");
}

#[test]
fn a_file_is_written_as_its_ending_says() {
    let demarche = read();
    let written = |args: &[&str], name: &str| {
        demarche.stdout(&[args, &["-o", name]].concat());
        std::fs::read(demarche.folder().join(name)).unwrap()
    };
    for args in [&["export", "mentions"][..], &["search", "NATO"], &["kwic", "NATO"]] {
        assert!(written(args, "a.parquet").starts_with(b"PAR1"), "{args:?}");
        let lines = |name: &str| String::from_utf8(written(args, name)).unwrap();
        assert!(lines("A.CSV").lines().next().unwrap().contains(",source,"), "{args:?}");
        let objects = lines("a.jsonl");
        let array: Vec<Value> = serde_json::from_str(&lines("a.json")).unwrap();
        let objects = objects.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        assert!(objects.eq(array), "{args:?}");
        let named = [args, &["--format", "jsonl"]].concat();
        assert!(written(&named, "b.csv").starts_with(b"{"), "{args:?}: --format wins");
    }
    assert!(written(&["export", "statements"], "plain").starts_with(b"{\"id\""));
    let none = ["export", "statements", "--from", "2030", "-o", "none.json"];
    assert_eq!(said(&demarche, &none).0, 1);
    assert_eq!(std::fs::read(demarche.folder().join("none.json")).unwrap(), b"[]\n");
    assert!(written(&["search", "NATO"], "hits.txt").starts_with(b"2022-03-0"));
    roll_calls(&demarche);
    let similar = ["votes", "similarity", "CHN", "PRK", "--data", "un"];
    assert!(written(&similar, "v.csv").starts_with(b"year,a,b,"));
    let page = String::from_utf8(written(&similar, "v.md")).unwrap();
    assert!(page.lines().any(|line| line.starts_with("| ")), "{page}");
    assert!(written(&["votes", "study"], "s.csv").starts_with(b"table,"));
    assert!(written(&["votes", "study"], "s.json").starts_with(b"{"));
}

#[test]
fn an_ending_that_names_no_format_is_refused_and_nothing_written() {
    let demarche = read();
    let report = ["report", "--from", "2022", "--to", "2022"];
    let number = [&report[..], &["--number", "blame/1"]].concat();
    for (args, known) in [
        (&["export", "statements"][..], ".jsonl .json .csv .parquet;"),
        (&["search", "NATO"], ".txt .csv .jsonl .json .parquet;"),
        (&["search", "NATO", "--by", "source"], ".txt .csv .jsonl .json .parquet;"),
        (&["kwic", "NATO"], ".txt .csv .jsonl .json .parquet;"),
        (&["votes", "study"], ".txt .csv .json .md;"),
        (&["votes", "similarity", "CHN", "PRK"], ".txt .csv .json .md;"),
        (&report, ".txt .csv .json .html .md;"),
        (&number, ".csv .json;"),
    ] {
        let (code, _, told) = said(&demarche, &[args, &["-o", "x.docx"]].concat());
        assert!(code == 2 && told.contains("x.docx: unknown ending; known are "), "{told}");
        assert!(told.contains(known), "{args:?}: {told}");
    }
    let study = ["report", "--study", "ukraine-2022", "-o", "study", "--bundle", "b.zip"];
    let (code, _, told) = said(&demarche, &study);
    assert!(code == 2 && told.contains("b.zip: a bundle is a tar; name it .tar"), "{told}");
    for name in ["x.docx", "study", "b.zip"] {
        assert!(!demarche.folder().join(name).exists(), "{name}");
    }
}

#[test]
fn a_source_that_nobody_declared_has_one_answer() {
    let demarche = read();
    for args in [
        &["export", "statements"][..],
        &["search", "NATO"],
        &["sample", "-o", "s.csv"],
        &["changes"],
        &["coverage"],
        &["rejects"],
        &["doctor"],
        &["crawl", "--since", "2022-03", "--until", "2022"],
        &["schedule", "--list"],
        &["import", "rows.jsonl"],
    ] {
        let (code, _, told) = said(&demarche, &[args, &["--source", "nonsense"]].concat());
        let answer = "unknown source `nonsense`; declared are choson-sinbo-ko, cn-mfa-en, ";
        assert!(code == 2 && told.contains(answer), "{args:?}: {told}");
    }
    let config = demarche.corpus().join("config");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("schedule.toml"), "[sources]\nnonsense = \"0 0 * * *\"\n").unwrap();
    let (code, _, told) = said(&demarche, &["schedule", "--list"]);
    let named = "config/schedule.toml: sources.nonsense: unknown source `nonsense`";
    assert!(code == 2 && told.contains(named), "{told}");
}

#[test]
fn days_are_written_alike_everywhere() {
    let demarche = read();
    for args in [
        &["export", "statements"][..],
        &["search", "NATO"],
        &["kwic", "NATO"],
        &["changes"],
        &["coverage"],
        &["report"],
        &["sample", "-n", "2", "-o", "s.csv", "--force"],
    ] {
        let args = [args, &["--from", "2022-03", "--to", "2022"]].concat();
        let (code, out, told) = said(&demarche, &args);
        assert!(code == 0 && !out.is_empty(), "{args:?}: {told}");
        let mut turned = args.clone();
        (turned[args.len() - 3], turned[args.len() - 1]) = ("2022", "2021");
        let (code, _, told) = said(&demarche, &turned);
        let order = "--from 2022-01-01 is after --to 2021-12-31; write the earlier day first";
        assert!(code == 2 && told.contains(order), "{turned:?}: {told}");
    }
    let seen = ["changes", "--noticed-since", "2022-03", "--lang", "en"];
    assert_eq!(said(&demarche, &seen).0, 0);
    assert_eq!(said(&demarche, &["doctor", "--as-of", "2022-03"]).0, 0);
}

/// Rows of which some, or none, belong to a source.
fn table(demarche: &Demarche, name: &str, rows: &[&str]) -> PathBuf {
    let table = demarche.folder().join(name);
    std::fs::write(&table, format!("institution,lang,date,text\n{}", rows.join("\n"))).unwrap();
    table
}

#[test]
fn refused_rows_are_told_with_where_to_read_why() {
    let demarche = Demarche::new();
    let good = "mfa prc,en,2022-03-01,NATO did it.";
    let nobody = "Nobody,en,2022-03-01,NATO did it.";
    let some = table(&demarche, "some.csv", &[good, nobody, "MFA PRC,en,2022-03-02,"]);
    let (code, out, told) = said(&demarche, &["import", arg(&some), "-q", "--json"]);
    let document: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &document["statements"], &document["rejects"]), (0, &1.into(), &2.into()));
    let line = "2 rejects (no text 1, unknown source 1); `demarche rejects` tells why of each\n";
    assert_eq!(told, line);
    let rejects = demarche.json(&["rejects", "--json", "-q"]);
    let reasons: Vec<&str> =
        rejects.as_array().unwrap().iter().map(|r| r["reason"].as_str().unwrap()).collect();
    assert!(reasons.iter().any(|r| r.contains("institution `Nobody`, lang `en`; known are ")));

    let none = table(&demarche, "none.csv", &[nobody, nobody]);
    let (code, _, told) = said(&demarche, &["import", arg(&none), "-q"]);
    assert!(code == 1 && told.contains("2 rejects (unknown source 2)"), "{told}");
    assert_eq!(said(&demarche, &["import", arg(&some), "-q"]).0, 0, "it is held already");
}

#[test]
fn the_help_of_import_names_every_institution() {
    let (_, help, _) = said(&Demarche::new(), &["import", "--help"]);
    let institutions = Sources::load(&Config::BuiltIn).unwrap().institutions();
    assert!(institutions.len() > 5);
    for institution in institutions {
        assert!(help.contains(&format!("  {institution}\n")), "{institution}: {help}");
    }
}

#[test]
fn verbose_tells_folders_files_rows_and_times() {
    let demarche = read();
    let rows = table(&demarche, "t.csv", &["Nobody,en,2022-03-01,Words."]);
    let (_, _, told) = said(&demarche, &["import", arg(&rows), "-v"]);
    assert!(told.contains("configuration: built in\n") && told.contains("import took "), "{told}");
    assert!(told.contains("reject: ") && told.contains("institution `Nobody`"), "{told}");
    let (_, _, told) = said(&demarche, &["run", "--offline", "-v"]);
    assert!(told.contains("archive/import-00001.warc.gz: 2 records to read\n"), "{told}");
    assert!(told.contains("normalize took "), "{told}");
    let days = ["--from", "2022", "--to", "2022"];
    let (_, _, told) = said(&demarche, &[&["report", "-v"], &days[..]].concat());
    assert!(told.contains("measure took "), "{told}");
    assert!(!said(&demarche, &[&["report"], &days[..]].concat()).2.contains("took"));
}

#[test]
fn words_for_people_count_one_as_one_and_name_the_statement() {
    let demarche = read();
    let one = demarche.stdout(&["search", "NATO", "--count", "--source", "cn-mfa-en"]);
    let counts = "1 statement, 1 utterance, 1 turn, 1 segment, 1 occurrence (exact forms)\n";
    assert_eq!(one, counts);
    let two = demarche.stdout(&["search", "NATO", "--count"]);
    assert!(two.starts_with("2 statements, 2 utterances, "), "{two}");
    let rows = demarche.stdout(&["kwic", "NATO", "--source", "cn-mfa-en"]);
    assert!(rows.starts_with(&format!("{}:1  ", id(&demarche))), "{rows}");
}

#[test]
fn a_quiet_study_says_nothing() {
    let demarche = read();
    let study = ["report", "--study", "ukraine-2022", "-o", "study", "-q"];
    assert_eq!(said(&demarche, &study), (0, String::new(), String::new()));
    assert!(demarche.folder().join("study/findings.json").is_file());
}

/// Columns, keys and formats that nobody can guess.
#[test]
fn help_tells_what_goes_in_and_what_comes_out() {
    let demarche = Demarche::new();
    for (args, told) in [
        (&["attribute"][..], &["institution  who publishes", "echo '{\"id\":1,", "`segments`"][..]),
        (&["evaluate"], &["US:causal; NATO:condemn", "frames, naming"]),
        (&["sample"], &["`US:causal;", "no code of the program"]),
        (&["check"], &["every gzip member"]),
        (&["report"], &["FILE ends in .tar"]),
        (&["codebook", "diff"], &["The codebook as it was", "The codebook as it is to be"]),
        (&["codebook", "page"], &["or the folder that holds it"]),
        (&["codebook", "import"], &["The dictionary", "liwc where it ends in .dic"]),
        (&["normalize"], &["Writes statements/"]),
        (&["tag"], &["Writes coded/"]),
        (&["index"], &["Writes index/"]),
        (&["config"], &["A folder that it has is taken as a whole"]),
    ] {
        let (code, help, _) = said(&demarche, &[args, &["--help"]].concat());
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in told {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(code == 0 && help.contains(&words), "{args:?} {words}: {help}");
        }
    }
}
