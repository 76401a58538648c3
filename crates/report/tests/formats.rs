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
    let terminal = text(|f, out| report::terminal(f, 80, out));
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

/// The part of a page from the heading of a section to the end of its first chart.
fn figure<'p>(page: &'p str, section: &str) -> &'p str {
    let (_, rest) = page.split_once(&format!("id=\"{section}\"")).unwrap();
    rest.split_once("</figure>").unwrap().0
}

#[test]
fn what_is_withheld_has_no_key_and_a_true_zero_has_a_bar() {
    let page = text(|f, out| report::html(f, None, out));
    let bars = figure(&page, "naming-border-war");
    assert!(bars.contains("Ruritania</span>") && !bars.contains("Sylvania</span>"), "{bars}");
    assert!(bars.contains("Sylvania: not drawn, n = 1."), "{bars}");
    assert!(bars.contains(">0.0 %</text>") && bars.contains("width=\"2.0\""), "{bars}");
    let lines = figure(&page, "naming-by-month");
    assert!(lines.contains("Ruritania</span>") && !lines.contains("Sylvania</span>"), "{lines}");
    assert!(lines.contains("Sylvania: not drawn, n = 0 to 1 a month."), "{lines}");
}

#[test]
fn where_no_whole_text_was_counted_nothing_is_said_to_be_absent() {
    let written = |texts: &[Text]| {
        let mut out = Vec::new();
        report::markdown(&measured(&study(""), texts, &[]), None, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let whole = Text::new("rt-mfa-en", "2022-03-01", "a").own(WAR, "Words.");
    assert!(written(std::slice::from_ref(&whole)).contains("Not found: "));
    for none in [vec![], vec![whole.cut()]] {
        let page = written(&none);
        assert!(!page.contains("Not found"), "{page}");
    }
}

#[test]
fn a_chart_names_its_codes_in_full_and_reads_at_any_width() {
    let mut findings = findings();
    let name = "A name that is longer than any that would stand beside a bar";
    let code = findings.codes.iter_mut().find(|c| c.code == "naming:crisis").unwrap();
    name.clone_into(&mut code.label);
    let mut page = Vec::new();
    report::html(&findings, None, &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    let bars = figure(&page, "naming-border-war");
    assert!(bars.contains(&format!(">{name}</text>")), "{bars}");
    assert!(!bars.contains("viewBox"), "letters would shrink with the page: {bars}");
}

#[test]
fn a_long_period_is_told_by_year_and_empty_years_are_said() {
    let year = |year: u32| {
        (1..=12).map(move |month| {
            let text = Text::new("rt-mfa-en", &format!("{year}-{month:02}-05"), "x");
            text.own(WAR, "The [frame:hegemony bullies] again.")
        })
    };
    let texts: Vec<Text> = year(1999).chain(year(2003)).collect();
    let mut study = study("");
    study.period.from = "1990-01-01".parse().unwrap();
    study.period.to = "2009-12-31".parse().unwrap();
    let findings = measured(&study, &texts, &[]);
    let written = |write: &dyn Fn(&mut Vec<u8>) -> report::Result<()>| {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let page = written(&|out| report::html(&findings, None, out));
    let calendar = figure(&page, "calendar");
    assert!(calendar.contains("No side has a text before 1999 or after 2003."), "{calendar}");
    assert!(page.contains("Frames, by year (topic border-war)"));
    let empty = "No text of any side, so no column: 1990 to 1998, 2000 to 2002, 2004 to 2009.";
    for format in [
        page,
        written(&|out| report::markdown(&findings, None, out)),
        written(&|out| report::terminal(&findings, 200, out)),
    ] {
        assert!(format.contains(empty) && format.contains("12/12"), "{format}");
        assert!(!format.contains("1999-03<") && !format.contains("1999-03 "), "{format}");
    }
    let csv = written(&|out| report::csv(&findings, CsvOptions::default(), out));
    assert!(csv.contains(",1999-03,"), "programs get the months");
}

#[test]
fn markdown_has_the_interval_by_formula_and_the_design_effect_beside_each_share() {
    let markdown = text(|f, out| report::markdown(f, None, out));
    assert!(markdown.contains("the design effect are given with them"));
    let (_, naming) = markdown.split_once("What it is called (topic border-war)").unwrap();
    let crisis = naming.lines().find(|line| line.starts_with("| naming:crisis")).unwrap();
    assert!(crisis.contains("; Wilson ") && crisis.contains("design effect "), "{crisis}");
}

#[test]
fn a_side_without_a_text_on_the_topic_is_not_said_to_have_none() {
    let on: Vec<Text> = (0..12)
        .map(|n| {
            Text::new("sy-mfa-en", "2022-03-01", &n.to_string()).own(WAR, "[frame:hegemony It].")
        })
        .collect();
    let off = [Text::new("sy-agency-en", "2022-03-01", "off").own(&[], "Weather.")];
    let mut out = Vec::new();
    report::markdown(&measured(&study(""), &[on, off.to_vec()].concat(), &[]), None, &mut out)
        .unwrap();
    let page = String::from_utf8(out).unwrap();
    let (_, by_edition) = page.split_once("The same by edition (topic border-war)").unwrap();
    let row = by_edition.lines().find(|line| line.contains("sy-agency-en")).unwrap();
    assert!(row.contains("none on the topic") && !row.contains("no text"), "{row}");
}
