//! Commands on small invented files, and on odd ones.

use crate::support::{Demarche, WARC_RESPONSE, arg, warc_record};

/// Two invented statements, one of them without a text, and a line that is no JSON.
const TABLE: &str = concat!(
    r#"{"id":"a","url":"http://example.invalid/1","institution":"Ruritanian Foreign Ministry","#,
    r#""lang":"en","date":"2031-03-01","title":"Remarks on Sylvania","#,
    r#""body":"NATO fanned the flames of the crisis in Ukraine. \u001b[31mWe regret it."}"#,
    "\n",
    r#"{"id":"b","url":"http://example.invalid/2","institution":"Ruritanian Foreign Ministry","#,
    r#""lang":"en","date":"2031-03-02","title":"Empty","body":""}"#,
    "\nthis is no JSON\n",
);

fn imported() -> Demarche {
    let demarche = Demarche::new();
    let table = demarche.folder().join("invented.jsonl");
    std::fs::write(&table, TABLE).expect("written");
    let said = demarche.json(&["import", "--json", "-q", "--source", "cn-mfa-en", arg(&table)]);
    assert_eq!(said, serde_json::json!({"captures":1,"statements":1,"rejects":2,"known":0}));
    demarche.stdout(&["run", "--offline", "-q"]);
    demarche
}

#[test]
fn a_bad_row_is_a_reject_and_the_others_are_statements() {
    let demarche = imported();
    assert_eq!(demarche.lines(&["export", "statements"]).len(), 1);
    let rejects = demarche.json(&["rejects", "--json"]);
    let rejects = rejects.as_array().expect("a list");
    assert_eq!(rejects.len(), 2);
    assert!(rejects.iter().any(|r| r["reason"] == "no text"));
    for reject in rejects {
        for key in ["source", "url", "reason", "capture"] {
            assert!(reject.get(key).is_some(), "no key {key}");
        }
    }
}

#[test]
fn a_codebook_entry_searched_by_name_counts_what_was_tagged() {
    let demarche = imported();
    let mentions = demarche.lines(&["export", "mentions"]);
    let tagged = mentions.iter().filter(|m| m["code"] == "frame:instigation").count();
    let found = demarche.json(&["search", "frame:instigation", "--count", "--json"]);
    assert_eq!(found["occurrences"], tagged);
    assert_eq!(tagged, 1);
}

#[test]
fn an_escape_sequence_is_shown_and_never_sent() {
    let demarche = imported();
    for args in [&["search", "regret"][..], &["kwic", "regret"][..]] {
        assert!(!demarche.stdout(args).contains('\u{1b}'), "{args:?}");
    }
}

#[test]
fn nothing_found_is_exit_code_1() {
    let demarche = imported();
    assert_eq!(demarche.output(&["search", "zeppelin"]).status.code(), Some(1));
}

#[test]
fn an_error_is_exit_code_2_and_names_the_file_and_the_cure() {
    let demarche = Demarche::new();
    let output = demarche.output(&["search", "anything"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("no corpus here") && said.contains("demarche import"), "{said}");
    let output = demarche.output(&["import", "nowhere.jsonl"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nowhere.jsonl: no such file"));
    let output = demarche.output(&["import", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains(".: a folder; name the files in it: ./*")
    );
}

#[test]
fn a_source_that_nobody_declared_is_an_error_that_lists_those_there_are() {
    let demarche = imported();
    let output = demarche.output(&["export", "statements", "--source", "cn-mfa-fr"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cn-mfa-zh"));
}

#[test]
fn an_empty_file_is_a_reject_and_no_crash() {
    let header = "institution,lang,date,title,url,body\n";
    let files = [("empty.warc.gz", ""), ("empty.jsonl", "\n\n"), ("header.csv", header)];
    for (name, content) in files {
        let demarche = Demarche::new();
        let empty = demarche.folder().join(name);
        std::fs::write(&empty, content).expect("written");
        let output = demarche.output(&["import", "--json", "-q", arg(&empty)]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        demarche.stdout(&["run", "--offline", "-q"]);
        let rejects = demarche.json(&["rejects", "--json"]);
        let rejects = rejects.as_array().expect("a list");
        assert_eq!(rejects.len(), 1, "{name}");
        let reason = rejects[0]["reason"].as_str().unwrap_or_default();
        assert!(reason.starts_with("empty "), "{name}: {reason}");
    }
}

#[test]
fn a_record_that_cannot_be_read_is_told_once_and_with_its_source() {
    let demarche = Demarche::new();
    let answer = |head: &str, body: &[u8]| {
        [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n").as_bytes(), body]
            .concat()
    };
    let page = "https://www.mfa.gov.cn/web/wjdt_674879/fyrbt_674889/203105/t20310508_1.shtml";
    let record = |url: &str, block: &[u8]| {
        warc_record("response", url, "2031-06-01T00:00:00Z", WARC_RESPONSE, block)
    };
    let nowhere = record("X", &answer("", b"<p>Ruritania</p>"));
    let nowhere = String::from_utf8(nowhere).expect("text").replace("WARC-Target-URI: X\r\n", "");
    let broken = record(page, &answer("Content-Encoding: gzip\r\n", b"\x1f\x8b no gzip"));
    let file = demarche.folder().join("odd.warc");
    std::fs::write(&file, [nowhere.as_bytes(), &broken].concat()).expect("written");
    let counts = |done: &serde_json::Value| {
        ["captures", "rejects", "known"].map(|key| done[key].as_u64().unwrap_or(99))
    };
    assert_eq!(counts(&demarche.json(&["import", "--json", "-q", arg(&file)])), [1, 1, 0]);
    assert_eq!(counts(&demarche.json(&["import", "--json", "-q", arg(&file)])), [0, 0, 2]);
    demarche.stdout(&["run", "--offline", "-q"]);
    let rejects = demarche.json(&["rejects", "--json"]);
    let rejects = rejects.as_array().expect("a list");
    let of = |start: &str| {
        let mut found = rejects
            .iter()
            .filter(|r| r["reason"].as_str().is_some_and(|reason| reason.starts_with(start)));
        found.next().unwrap_or_else(|| panic!("no {start}: {rejects:?}"))
    };
    assert_eq!(rejects.len(), 2, "{rejects:?}");
    assert_eq!(of("damaged record")["reason"], "damaged record: no WARC-Target-URI");
    let undecoded = of("content encoding gzip");
    assert_eq!((&undecoded["source"], &undecoded["url"]), (&"cn-mfa-zh".into(), &page.into()));
    assert!(undecoded["capture"].is_string(), "{undecoded}");
}

#[test]
fn a_mistaken_command_line_answers_in_json_where_it_asks_for_it() {
    for args in [&["search", "x", "--json", "--from", "2022-13"][..], &["export", "zzz", "--json"]]
    {
        let output = Demarche::new().output(args);
        assert_eq!(output.status.code(), Some(2));
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one document");
        assert!(told["error"].as_str().is_some_and(|why| !why.starts_with("error")), "{told}");
    }
    let plain = Demarche::new().output(&["export", "zzz"]);
    assert!(plain.stdout.is_empty() && !plain.stderr.is_empty());
}

#[cfg(unix)]
#[test]
fn whoever_may_read_a_corpus_may_read_its_index() {
    use std::os::unix::fs::PermissionsExt;
    let demarche = imported();
    demarche.stdout(&["run", "--offline", "-q"]);
    let mode = |file: &str| {
        let found = std::fs::metadata(demarche.corpus().join(file)).expect("a file");
        found.permissions().mode() & 0o777
    };
    for file in ["index/meta.json", "index/.managed.json"] {
        assert_eq!(mode(file), mode("FORMAT"), "{file}");
    }
}

#[test]
fn a_corpus_of_another_format_is_refused_with_the_cure() {
    let demarche = imported();
    std::fs::write(demarche.corpus().join("FORMAT"), "999\n").expect("written");
    let output = demarche.output(&["export", "statements"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("corpus format 999"));
}

#[test]
fn a_spreadsheet_runs_no_cell() {
    let demarche = Demarche::new();
    let table = demarche.folder().join("t.jsonl");
    let row = r#"{"url":"http://example.invalid/3","lang":"en","date":"2031-03-01","title":"=1+1","body":"=cmd() said Sylvania."}"#;
    std::fs::write(&table, row).expect("written");
    demarche.stdout(&["import", "-q", "--source", "cn-mfa-en", arg(&table)]);
    demarche.stdout(&["run", "--offline", "-q"]);
    let csv = demarche.stdout(&["export", "statements", "--format", "csv", "--for-excel"]);
    assert!(csv.starts_with('\u{feff}') && csv.contains("'=cmd()"), "{csv}");
}

#[test]
fn a_workbook_is_archived_whole_and_its_rows_are_statements() {
    let demarche = Demarche::new();
    let workbook = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("crates/normalize/tests/fixtures/presscon.xlsx");
    let said = demarche.json(&["import", "--json", "-q", arg(&workbook)]);
    assert_eq!(said, serde_json::json!({"captures":1,"statements":2,"rejects":0,"known":0}));
    let again = demarche.json(&["import", "--json", "-q", arg(&workbook)]);
    assert_eq!(again, serde_json::json!({"captures":0,"statements":0,"rejects":0,"known":1}));
    demarche.stdout(&["run", "--offline", "-q"]);
    let statements = demarche.lines(&["export", "statements"]);
    assert_eq!(statements.len(), 2);
    for statement in &statements {
        assert_eq!(
            (&statement["source"], &statement["date"]),
            (&"cn-mfa-en".into(), &"2031-05-08".into())
        );
        assert_eq!(statement["captured"], serde_json::Value::Null);
        assert_eq!(statement["turns"][0]["role"], "question");
        assert_eq!(statement["turns"][1]["speaker"], "Mao Ning");
    }
    for format in ["csv", "parquet"] {
        let out = demarche.folder().join(format);
        demarche.stdout(&["export", "statements", "--format", format, "-o", arg(&out)]);
        assert!(std::fs::metadata(&out).is_ok_and(|m| m.len() > 100));
    }
}

#[test]
fn twins_stand_side_by_side_with_what_is_in_one_only() {
    let demarche = Demarche::new();
    let table = demarche.folder().join("twins.jsonl");
    let row = |institution: &str, body: &str| {
        serde_json::json!({"url": format!("http://example.invalid/{institution}"), "institution": institution, "lang": "en",
            "date": "2031-02-28", "type": "statement", "title": "Statement of DPRK Foreign Ministry Spokesman", "body": body})
    };
    let agency = "The U.S. and NATO with Japan, Germany and France moved 20,000 men to the border of Russia. (invented sample)\nIt is an invasion.";
    let ministry = "NATO and the U.S., with Japan and Germany and France, massed 20 000 men and 300 tanks at Russia's frontier. (invented sample)\nThey will regret it.";
    let rows = format!("{}\n{}\n", row("DPRK MFA via KCNA", agency), row("DPRK MFA", ministry));
    std::fs::write(&table, rows).expect("written");
    demarche.stdout(&["import", "-q", arg(&table)]);
    demarche.stdout(&["run", "--offline", "-q"]);
    let statements = demarche.lines(&["export", "statements", "--source", "kp-mfa-en"]);
    let id = statements[0]["id"].as_str().expect("an id");
    let shown = demarche.stdout(&["show", id, "--twins"]);
    let side_by_side = |line: &str| line.contains("massed 20 000") && line.contains(" | ");
    assert!(shown.lines().any(side_by_side), "{shown}");
    assert!(shown.contains("numbers  300") && shown.contains("only in kcna-en/"), "{shown}");
    assert!(shown.contains("codes    name:") || shown.contains("codes    naming:"), "{shown}");
    let document = demarche.json(&["show", id, "--twins", "--json"]);
    let twin = &document["twins"][0];
    assert!(
        twin["statement"]["id"].as_str().is_some_and(|id| id.starts_with("kcna-en/")),
        "{twin}"
    );
    assert_eq!(twin["only_in"][0]["statement"], id);
    assert_eq!(twin["only_in"][0]["numbers"], serde_json::json!([300]));
    let alone = demarche.output(&["show", "kp-mfa-en/2031-02-28/000000000000", "--twins"]);
    assert_eq!(alone.status.code(), Some(1));
}
