//! Samples for people to code: drawn blind, coded by an invented coder who knows the truth, read
//! back from what spreadsheets make of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Demarche, WARC_RESPONSE, arg, warc_record};

/// Thirty invented statements of two sides. Every sentence says in itself what a careful coder
/// would code, so that the test can code it without the program.
fn table() -> String {
    let mut lines = String::new();
    for n in 0..30 {
        let (institution, lang) = match n % 2 {
            0 => ("Ruritanian Foreign Ministry", "en"),
            _ => ("Sylvanian Foreign Ministry", "en"),
        };
        let blame = match n % 3 {
            0 => "NATO fanned the flames of the crisis in Ukraine.",
            1 => "The U.S. is the arch criminal of the war.",
            _ => "The U.S. lets the village drown for the price of a boat.",
        };
        let body = format!(
            "{blame} It rained on day {n}. We hope for peace in Sylvania. Bread is good. NATO met \
             in spring.\n-0- Roses are red in number {n}."
        );
        let row = json!({
            "id": format!("r{n}"), "url": format!("http://example.invalid/{n}"), "lang": lang,
            "institution": institution, "date": format!("2031-{:02}-{:02}", 1 + n % 3, 1 + n % 28),
            "title": format!("Remarks number {n}"), "body": body,
        });
        let _ = writeln!(lines, "{row}");
    }
    lines
}

pub fn corpus() -> Demarche {
    let demarche = Demarche::new();
    let table = demarche.folder().join("invented.jsonl");
    let all = self::table();
    let of = |source: &str, name: &str| {
        let rows: Vec<&str> = all.lines().filter(|line| line.contains(name)).collect();
        std::fs::write(&table, rows.join("\n")).expect("written");
        demarche.stdout(&["import", "--json", "-q", "--source", source, arg(&table)]);
    };
    of("cn-mfa-en", "Ruritanian");
    of("kp-mfa-en", "Sylvanian");
    demarche.stdout(&["run", "--offline", "-q"]);
    demarche
}

pub fn sheet(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path).expect("the sheet");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    let row = |record: csv::StringRecord| {
        header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

/// Codes every row of a sheet by what its sentence says, and saves it as a German spreadsheet
/// does, days included.
pub fn code(from: &Path, to: &Path, skip: usize) {
    let text = std::fs::read_to_string(from).expect("the sheet");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_path(to).expect("a file");
    writer.write_record(&header).expect("written");
    let place = |name: &str| header.iter().position(|h| h == name).expect("a column");
    for (n, record) in reader.records().enumerate() {
        let mut cells: Vec<String> = record.expect("a row").iter().map(str::to_owned).collect();
        let text = cells[place("text")].clone();
        let day: Vec<&str> = cells[place("date")].rsplit('-').collect();
        cells[place("date")] = day.join(".");
        if n >= skip {
            cells[place("voice")] = "own".to_owned();
            cells[place("blames")] = match () {
                () if text.contains("flames") => "NATO: causal".to_owned(),
                () if text.contains("The U.S.") => "us:condemn".to_owned(),
                () => String::new(),
            };
        }
        writer.write_record(&cells).expect("written");
    }
    writer.flush().expect("written");
}

#[test]
fn a_sample_is_blind_stratified_and_the_same_again() {
    let demarche = corpus();
    let draw = |name: &str, more: &[&str]| -> Value {
        let file = demarche.folder().join(name);
        let common = ["sample", "-n", "60", "--seed", "7", "--by", "source,month", "--json"];
        let flags = ["--over-draw", "0.5", "--targets", "US,NATO", "-o", arg(&file)];
        demarche.json(&[&common[..], &flags[..], more].concat())
    };
    let drawn = draw("one.csv", &[]);
    assert_eq!((&drawn["rows"], &drawn["segments"]), (&json!(60), &json!(180)));
    let strata = drawn["strata"].as_array().expect("strata");
    assert_eq!(strata.len(), 12, "two sources, three months, named or not");
    let rows = sheet(&demarche.folder().join("one.csv"));
    assert_eq!(rows.len(), 60);
    for stratum in strata {
        let here = rows.iter().filter(|row| row["stratum"] == stratum["id"].as_str().unwrap());
        let expected = stratum["drawn"].as_f64().unwrap() / stratum["segments"].as_f64().unwrap();
        let mut count = 0;
        for row in here {
            let probability: f64 = row["inclusion_probability"].parse().expect("a number");
            assert!((probability - expected).abs() < 1e-6);
            count += 1;
        }
        assert_eq!(json!(count), stratum["drawn"]);
    }
    for row in &rows {
        for code in ["voice", "blames", "frames", "naming", "topic", "names", "remark"] {
            assert_eq!(row[code], "", "{code} is not empty");
        }
        assert!(!row["text"].is_empty() && row["title"].starts_with("Remarks"));
    }
    let middle = rows.iter().find(|row| row["text"].starts_with("It rained")).expect("drawn");
    assert!(!middle["before"].is_empty() && middle["after"].contains("peace"));
    let formula = rows.iter().find(|row| row["text"].contains("-0-")).expect("drawn");
    assert!(formula["text"].starts_with("'-0-"), "a spreadsheet would run {}", formula["text"]);

    let read = |name: &str| std::fs::read(demarche.folder().join(name)).expect("a file");
    assert_eq!(draw("two.csv", &[])["sample"], drawn["sample"]);
    assert_eq!(read("one.csv"), read("two.csv"));
    assert_eq!(read("one.csv.design.json"), read("two.csv.design.json"));
    draw("one.xlsx", &[]);
    draw("two.xlsx", &["--threads", "1"]);
    assert!(read("one.xlsx").starts_with(b"PK") && read("one.xlsx") == read("two.xlsx"));
    assert_ne!(draw("three.csv", &["--topic", "ukraine-war"])["sample"], drawn["sample"]);
}

#[test]
fn what_cannot_be_drawn_is_told() {
    let demarche = corpus();
    let file = demarche.folder().join("s.csv");
    let told = |args: &[&str]| {
        let output = demarche.output(&[&["sample", "-o", arg(&file)], args].concat());
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, words) = told(&["-n", "10", "--by", "source,month"]);
    assert!(code == Some(2) && words.contains("take --rows 12"), "{words}");
    let (code, words) = told(&["--by", "weather"]);
    assert!(code == Some(2) && words.contains("month"), "{words}");
    let (code, words) = told(&["--from", "1999", "--to", "1999"]);
    assert!(code == Some(1) && words.contains("no segment to draw from"), "{words}");
    let (code, words) = told(&["--over-draw", "0.5", "--targets", "ATLANTIS"]);
    assert!(code == Some(2) && words.contains("US, NATO, WEST"), "{words}");
    let (code, words) = told(&["--over-draw", "1.5"]);
    assert!(code == Some(2) && words.contains("between 0 and 1"), "{words}");
    let (code, words) = told(&["--topic", "weather"]);
    assert!(code == Some(2) && words.contains("unknown topic"), "{words}");
    let (code, words) = told(&["-n", "5000"]);
    assert!(code == Some(0) && words.contains("only 180 segments"), "{words}");
    let (code, words) = told(&["-n", "50"]);
    assert!(code == Some(2) && words.contains("is there"), "{words}");
    demarche.stdout(&["sample", "-n", "50", "-o", "bare-name.csv"]);
    let empty = Demarche::new();
    let output = empty.output(&["sample", "-o", "s.csv"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_workbook_carries_its_design_and_wrong_codes_name_row_and_cure() {
    let demarche = corpus();
    let book = demarche.folder().join("s.xlsx");
    demarche.stdout(&["sample", "-n", "40", "-o", arg(&book)]);
    std::fs::remove_file(demarche.folder().join("s.xlsx.design.json")).expect("removed");
    // Nobody coded it: that is told, and there is nothing to evaluate.
    let output = demarche.output(&["evaluate", "--gold", arg(&book)]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.code() == Some(2) && told.contains("40 of 40 rows are not coded"),
        "{told}"
    );

    let sheet = demarche.folder().join("wrong.csv");
    let told = |row: &str| {
        let text = format!("unit,text,voice,blames,frames\nu1,It rains.,own,,\n{row}\n");
        std::fs::write(&sheet, text).expect("written");
        let output = demarche.output(&["evaluate", "--gold", arg(&sheet)]);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    for (row, wanted) in [
        ("u2,It rains.,mine,,", "row 3, column `voice`: `mine` is no voice"),
        ("u2,It rains.,own,US,", "column `blames`: `US`: write US:causal or US:condemn"),
        ("u2,It rains.,own,ATLANTIS:causal,", "`ATLANTIS` is no target; there are US"),
        ("u2,It rains.,own,,gloom", "`gloom` is no frame; there are hegemony"),
        ("u1,It rains.,own,,", "row 3: `u1` stands twice"),
        (",It rains.,own,,", "row 3: `unit` is empty; `demarche sample` writes it"),
    ] {
        let words = told(row);
        assert!(words.contains(wanted), "{words}");
    }
    std::fs::write(&sheet, b"unit;text;voice;blames\nu1;caf\xe9;own;\n").expect("written");
    let output = demarche.output(&["evaluate", "--gold", arg(&sheet)]);
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(words.contains("byte 30: not UTF-8; save it as `CSV UTF-8`"), "{words}");
}

#[test]
fn two_coders_are_held_against_each_other() {
    let demarche = corpus();
    let drawn = demarche.folder().join("s.csv");
    let (anna, ben) = (demarche.folder().join("anna.csv"), demarche.folder().join("ben.csv"));
    demarche.stdout(&["sample", "-n", "50", "-o", arg(&drawn)]);
    code(&drawn, &anna, 0);
    code(&drawn, &ben, 3);
    let found = demarche.json(&["evaluate", "--coders", arg(&anna), arg(&ben), "--json"]);
    assert_eq!(found["units"], 47);
    assert_eq!(found["only_a"].as_array().map(Vec::len), Some(3));
    assert_eq!(found["codes"]["any blame"]["alpha"], 1.0);
    assert_eq!(found["disagreements"], json!([]));
    let page = demarche.stdout(&["evaluate", "--coders", arg(&anna), arg(&ben)]);
    assert!(page.contains("3 that only the first coded"), "{page}");
    let output = demarche.output(&["evaluate", "--coders", arg(&anna), arg(&drawn)]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && told.contains("no coded segment"), "{told}");
}

/// A page of the ministry's template with one answer, as it was captured at a time.
fn captured(at: &str, answer: &str) -> Vec<u8> {
    let page = format!(
        "<html><head><meta charset='utf-8'></head><body><div class='news-title'>\
         <h1>2031年5月3日外交部发言人毛宁主持例行记者会</h1></div><div class='news-main' \
         id='News_Body_Txt_A'><p><strong>路透社记者：使节是否来访？</strong></p>\
         <p>毛宁：{answer}</p></div></body></html>"
    );
    let url = "https://www.mfa.gov.cn/web/wjdt_674879/fyrbt_674889/203105/t20310503_3.shtml";
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    warc_record("response", url, at, WARC_RESPONSE, block.as_bytes())
}

#[test]
fn a_sample_as_of_a_day_has_the_words_of_that_day() {
    let demarche = Demarche::new();
    let pages = demarche.folder().join("pages.warc");
    let first = captured("2031-05-04T08:00:00Z", "使节明日来访。");
    let edited = captured("2031-06-04T08:00:00Z", "使节不再来访。");
    std::fs::write(&pages, [first, edited].concat()).unwrap();
    demarche.import(&[arg(&pages)]);
    demarche.stdout(&["run", "--offline", "-q"]);
    let drawn = |as_of: &[&str]| {
        let file = demarche.folder().join("sample.csv");
        let flags = ["sample", "-q", "--force", "--from", "2031-05", "--to", "2031-05", "-o"];
        let output = demarche.output(&[&flags[..], &[arg(&file)], as_of].concat());
        let rows = if output.status.success() { sheet(&file) } else { Vec::new() };
        let texts = rows.iter().map(|row| row["text"].clone());
        (output.status.code(), texts.collect::<Vec<_>>())
    };
    let of = |text: &str| (Some(0), vec![text.to_owned()]);
    assert_eq!(drawn(&["--as-of", "2031-05-04T07:59:59Z"]), (Some(1), Vec::new()));
    assert_eq!(drawn(&["--as-of", "2031-05-04T08:00:00Z"]), of("使节明日来访。"));
    // A day counts to its end.
    assert_eq!(drawn(&["--as-of", "2031-05-03"]), (Some(1), Vec::new()));
    assert_eq!(drawn(&["--as-of", "2031-05-04"]), of("使节明日来访。"));
    assert_eq!(drawn(&["--as-of", "2031-06-04T07:59:59Z"]), of("使节明日来访。"));
    assert_eq!(drawn(&["--as-of", "2031-06-04T10:00:00+02:00"]), of("使节不再来访。"));
    assert_eq!(drawn(&[]), of("使节不再来访。"));

    // What a report of that day counts is what is sampled.
    let counted = |as_of: &str| {
        let flags = ["report", "--from", "2031-05", "--to", "2031-05", "--json", "--as-of", as_of];
        let report: Value = serde_json::from_str(&demarche.stdout(&flags)).unwrap();
        report["documents"][0]["revision"].clone()
    };
    assert_eq!(counted("2031-05-20T00:00:00Z"), 1);
    assert_eq!(counted("2031-06-20T00:00:00Z"), 2);
}
