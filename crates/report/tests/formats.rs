//! Every format of one invented study: what it has to show and what it must not let through.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

use measure::{Code, Error, Findings, Setting, Study, measure};
use report::CsvOptions;

#[path = "../../measure/src/tests/invented.rs"]
#[allow(dead_code)]
mod invented;

use invented::{Text, measured, study};

const WAR: &[&str] = &["border-war"];

/// Two sides, one of them thin, with a hostile title and a hostile quote.
fn findings() -> Findings {
    let mut texts = Vec::new();
    for n in 0..40 {
        let date = format!("2022-{:02}-{:02}", 2 + n / 10, 1 + n % 10);
        let answer = match n % 4 {
            0 => "It is [blame:US/causal the US], the [frame:hegemony bully].",
            1 => "We speak of a [naming:crisis>border-war crisis].",
            2 => "The [naming:invasion>other invasion] of long ago was wrong.",
            _ => "We are for 对话 and peace.",
        };
        let question = "Is it an [naming:invasion>border-war invasion]?";
        let text = Text::new("rt-mfa-en", &date, &format!("b{n:02}")).asked(WAR, question, answer);
        texts.push(text.asked(&[], "Weather?", "Fine."));
    }
    let hostile =
        Text::new("sy-agency-en", "2022-03-01", "=cmd").titled("<script>alert(1)</script>").own(
            WAR,
            "</script><img src=x onerror=alert(2)> [blame:US/condemn \u{1b}[31mthe US\u{202e}]",
        );
    let cut = Text::new("sy-mfa-en", "2022-03-02", "c").own(WAR, "On it goes").cut();
    texts.extend([hostile, cut]);
    let study = study(
        "substitutes = [\"naming:invasion\", \"naming:crisis\"]\n\
         prompts = [\"naming:invasion\"]\n\
         [[event]]\ndate = \"2022-02-24\"\nlabel = \"war begins\"\n\
         [[claim]]\nid = \"c\"\nclaim = \"Ruritania <b>blames</b>.\"\nsection = \"1\"\n\
         estimand = { measure = \"share\", side = \"rt\", codes = [\"blame:US\"] }\n\
         expect = \"above\"\nthreshold = 0.01\nleast-n = 10\nleast-coverage = 0.1\n",
    );
    measured(&study, &texts, &[])
}

fn text(write: impl Fn(&Findings, &mut Vec<u8>) -> report::Result<()>) -> String {
    let mut out = Vec::new();
    write(&findings(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn html_is_one_file_without_foreign_parts_and_a_hostile_title_is_words() {
    let page = text(|f, out| report::html(f, None, out));
    assert!(page.contains("\\u003cscript>alert(1)\\u003c/script>"), "the title is words");
    assert!(!page.contains("<script>alert") && !page.contains("<img src=x"));
    assert_eq!(page.matches("<script").count(), 2, "the page's own script and what it reads");
    for foreign in ["src=\"http", "<link", "@import", "url(http"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    if let Ok(path) = std::env::var("DEMARCHE_REPORT_PAGE") {
        std::fs::write(path, &page).unwrap();
    }
}

#[test]
fn every_number_names_places_that_the_page_carries() {
    let page = text(|f, out| report::html(f, None, out));
    let (_, rest) = page.split_once("id=\"proof\">").unwrap();
    let (proof, _) = rest.split_once("</script>").unwrap();
    let proof: serde_json::Value = serde_json::from_str(proof).unwrap();
    for (attribute, list, least) in [("data-e=\"", "evidence", 20), ("data-d=\"", "documents", 5)] {
        let carried = proof[list].as_array().unwrap().len() as u32;
        let runs: Vec<&str> =
            page.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(runs.len() > least, "{list}: {}", runs.len());
        for place in runs.iter().flat_map(|r| r.split([' ', '-'])) {
            assert!(place.parse::<u32>().unwrap() < carried, "{list}: {place} of {carried}");
        }
    }
}

#[test]
fn csv_is_tidy_and_formulas_are_neutral_only_for_excel() {
    let plain = text(|f, out| report::csv(f, CsvOptions::default(), out));
    let head = "table,side,voice,period,code,measure,value,lo,hi,n,";
    assert!(plain.starts_with(head), "{plain:.100}");
    let mut reader = csv::Reader::from_reader(plain.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.unwrap()).collect();
    let blame = rows.iter().find(|r| {
        let cells = ["blame", "rt", "own", "2022-02-01/2022-07-31", "blame:US", "share"];
        cells.iter().zip(r.iter()).all(|(a, b)| *a == b)
            && &r[12] == "border-war"
            && r[13].is_empty()
    });
    let blame = blame.unwrap();
    assert_eq!((&blame[6], &blame[9], &blame[10]), ("0.25", "40", "10"));
    let excel = text(|f, out| report::csv(f, CsvOptions { for_excel: true }, out));
    assert!(excel.starts_with('\u{feff}'));
}

#[test]
fn json_reads_back_as_the_same_findings() {
    let json = text(|f, out| report::json(f, None, out));
    let back: Findings = serde_json::from_str(&json).unwrap();
    assert!(back == findings(), "what is read back differs");
}

#[test]
fn markdown_and_terminal_hold_the_sentences_and_no_control_character() {
    let markdown = text(|f, out| report::markdown(f, None, out));
    assert!(markdown.contains("| Ruritania &lt;b&gt;blames&lt;/b&gt;. | 1 | supported |"));
    let terminal = text(report::terminal);
    assert!(terminal.contains("SUPPORTED: Ruritania"));
    for format in [markdown, terminal] {
        assert!(format.contains("Sylvania, in all: 2 texts counted"), "{format}");
        assert!(!format.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}')));
    }
}

#[test]
fn all_formats_come_out_twice_the_same() {
    let (once, again) = (findings(), findings());
    let files = report::files(&once, None, CsvOptions::default()).unwrap();
    assert_eq!(files, report::files(&again, None, CsvOptions::default()).unwrap());
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for name in ["findings.csv", "findings.json", "report.html", "report.md", "csv/blame.csv"] {
        assert!(names.contains(&name), "{names:?}");
    }
}

#[test]
fn an_edition_that_never_says_it_stands_beside_the_one_that_does() {
    let texts = |source: &str, words: &str| -> Vec<Text> {
        (0..12).map(|n| Text::new(source, "2022-03-01", &n.to_string()).own(WAR, words)).collect()
    };
    let (one, other) = ("The [frame:hegemony bullies] again.", "Mild.");
    let all = [texts("sy-mfa-en", one), texts("sy-agency-en", other)].concat();
    let mut page = Vec::new();
    report::markdown(&measured(&study(""), &all, &[]), None, &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    let (_, by_edition) = page.split_once("The same by edition").unwrap();
    let row = by_edition.lines().find(|line| line.contains("sy-agency-en")).unwrap();
    assert!(row.contains("hegemony") && row.contains("| 0"), "{by_edition}");
}
