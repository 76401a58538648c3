//! Tables of other projects: the press conferences as CSV and as a workbook, texts with an id.
#![allow(clippy::unwrap_used, reason = "a test may stop where its fixture is damaged")]

use corpus::source::{Config, Sources};
use corpus::{Digest, Genre, Lang, Role};
use normalize::{Outlets, TableReadings, read_table};

const HEADER: [&str; 22] = [
    "id_orig",
    "id_split",
    "link",
    "spokesperson",
    "day",
    "month",
    "year",
    "date",
    "question",
    "answer",
    "question_lem",
    "answer_lem",
    "who_asked",
    "q_loc",
    "q_per",
    "q_org",
    "q_misc",
    "a_loc",
    "a_per",
    "a_org",
    "a_misc",
    "extra",
];
const ROW: [&str; 22] = [
    "7",
    "7_1",
    "https://www.fmprc.gov.cn/mfa_eng/t7.shtml",
    "Mao Ning",
    "8",
    "5",
    "2031",
    "08/05/2031",
    "Will the envoy, or the king, travel?",
    "No. Not \"now\".",
    "will envoy",
    "no",
    "Reuters",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "odd",
];

fn read(name: &str, bytes: &[u8], source: Option<&str>) -> TableReadings {
    let sources = Sources::load(&Config::BuiltIn).unwrap();
    let outlets = Outlets::load(&Config::BuiltIn).unwrap();
    read_table(name, bytes, &Digest::of(bytes), &sources, source, &outlets)
}

fn is_the_conference(table: &TableReadings) {
    assert!(table.rejects.is_empty(), "{:?}", table.rejects);
    let [reading] = table.readings.as_slice() else { panic!("{} readings", table.readings.len()) };
    assert_eq!((reading.source.as_str(), reading.lang), ("cn-mfa-en", Lang::En));
    assert_eq!(reading.genre, Genre::PressConference);
    assert_eq!(reading.date.map(|d| d.to_string()).as_deref(), Some("2031-05-08"));
    assert_eq!((reading.title.as_deref(), reading.capture.captured), (None, None));
    let turns: Vec<_> =
        reading.turns.iter().map(|t| (t.role, t.speaker.as_deref(), t.text.as_str())).collect();
    let expected =
        [(Role::Question, Some("Reuters"), ROW[8]), (Role::Answer, Some("Mao Ning"), ROW[9])];
    assert_eq!(turns, expected);
    assert_eq!(reading.turns[0].asker.as_deref(), Some("Reuters"));
}

/// A workbook with these sheets, as the office programs write one: shared strings, numbers.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, column, number).unwrap(),
                    Err(_) => sheet.write_string(row, column, *cell).unwrap(),
                };
            }
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn the_press_conference_table_is_read_as_csv_and_as_a_workbook() {
    is_the_conference(&read(
        "CMFA_PressCon.xlsx",
        &workbook(&[("PressCon", &[&HEADER, &ROW])]),
        None,
    ));
    for delimiter in [b',', b';', b'\t'] {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(HEADER).unwrap();
        writer.write_record(ROW).unwrap();
        let bytes = [b"\xEF\xBB\xBF".to_vec(), writer.into_inner().unwrap()].concat();
        is_the_conference(&read("CMFA_PressCon.csv", &bytes, None));
    }
}

#[test]
fn a_workbook_that_is_none_is_a_reject_with_its_reason() {
    let damaged = read("x.xlsx", b"PK\x03\x04 nothing", None);
    assert_eq!(damaged.rejects.len(), 1);
    assert!(
        damaged.rejects[0].reason.as_str().starts_with("damaged workbook"),
        "{:?}",
        damaged.rejects
    );
    let empty = read("x.xlsx", &workbook(&[("PressCon", &[&HEADER])]), None);
    assert!(empty.rejects[0].reason.as_str().starts_with("empty workbook"), "{:?}", empty.rejects);
    let mut bomb = workbook(&[("PressCon", &[&HEADER, &ROW])]);
    let entry = bomb.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    bomb[entry + 24..entry + 28].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(read("x.xlsx", &bomb, None).rejects[0].reason.as_str().starts_with("unsafe archive"));
}

#[test]
fn a_cell_far_away_costs_nothing_and_no_sheet_vanishes() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let notes = book.add_worksheet().set_name("About").unwrap();
    notes.write_string(0, 0, "key").unwrap();
    notes.write_string(1, 0, "made for a test (invented sample)").unwrap();
    let sheet = book.add_worksheet().set_name("Texts").unwrap();
    for (column, (name, cell)) in (0..).zip([
        ("source", "kcna-en"),
        ("text", "The king spoke. (invented sample)"),
        ("date", "2031-05-08"),
    ]) {
        sheet.write_string(0, column, name).unwrap();
        sheet.write_string(1, column, cell).unwrap();
    }
    sheet.write_string(1_048_575, 16_383, "far").unwrap();
    let table = read("texts.xlsx", &book.save_to_buffer().unwrap(), None);
    assert_eq!(table.readings.len(), 1);
    let reasons: Vec<_> = table.rejects.iter().map(|r| (r.url.as_str(), &r.reason)).collect();
    let [("texts.xlsx#About", reason)] = reasons.as_slice() else { panic!("{reasons:?}") };
    assert!(reason.as_str().starts_with("sheet not read: 1 rows"), "{reason}");
}

#[test]
fn a_row_of_nobody_is_told_what_it_has_and_what_there_is() {
    let table = b"institution,lang,text,date\nmfa prc,zh,One.,2031-05-08\nMFA PRC,ru,Two.,2031-05-08\nMFA Ruritania,,Three.,2031-05-08\n";
    let read = read("texts.csv", table, None);
    assert_eq!(read.readings.len(), 1, "case makes no difference");
    assert_eq!(read.readings[0].source, "cn-mfa-zh");
    let reasons: Vec<&str> = read.rejects.iter().map(|r| r.reason.as_str()).collect();
    let told = ["institution `MFA PRC`, lang `ru`; known are ", "`MFA Ruritania`, no lang; known"];
    for (reason, told) in reasons.iter().zip(told) {
        assert!(reason.starts_with("unknown source: no source has rows of "), "{reason}");
        assert!(reason.contains(told) && reason.contains("MFA PRC (en, zh)"), "{reason}");
        assert!(reason.ends_with("; or name one with --source"), "{reason}");
    }
    assert_eq!(reasons.len(), 2);
    let misspelt = b"source,text,date\nkcna-fr,One.,2031-05-08\n";
    let told = &self::read("texts.csv", misspelt, None).rejects[0].reason;
    let begins = "unknown source: there is no source `kcna-fr`, and the row has no institution";
    assert!(told.as_str().starts_with(begins), "{told}");
}

#[test]
fn texts_with_an_id_belong_to_the_source_that_is_named() {
    let table = b"doc_id,Text,Date,odd\na1,\"The king spoke. (invented sample)\",2031-05-08,x\na2,The queen spoke.,2031-05-09,y\na3,,2031-05-10,z\n";
    let named = read("texts.csv", table, Some("kcna-en"));
    let dates: Vec<_> =
        named.readings.iter().filter_map(|r| r.date).map(|d| d.to_string()).collect();
    assert_eq!(dates, ["2031-05-08", "2031-05-09"]);
    assert_eq!((named.rejects.len(), named.rejects[0].reason.as_str()), (1, "no text"));
    let unnamed = read("texts.csv", table, None);
    assert!(
        unnamed
            .rejects
            .iter()
            .all(|r| r.reason.as_str().starts_with("unknown source: the row has"))
    );
    let column = read("texts.csv", b"source,text,date\nkcna-en,The king spoke.,2031-05-08\n", None);
    assert_eq!(column.readings[0].source, "kcna-en");
}

#[test]
fn a_machine_translation_is_refused_whoever_claims_it() {
    let row = br#"{"url":"https://www.tellerreport.com/x.html","institution":"MFA PRC","lang":"en","date":"2031-05-08","title":"T","body":"The envoy will not journey."}"#;
    let table = read("x.jsonl", row, None);
    assert!(table.readings.is_empty());
    assert!(table.rejects[0].reason.as_str().starts_with("unofficial"));
}

#[test]
fn a_role_is_read_by_its_name_and_never_guessed() {
    let rows = |role: &str| {
        let qa = serde_json::json!([
            {"speaker": "AFP", "role": role, "text": "Did the envoy invade the harbour?"},
            {"speaker": "Mao Ning", "role": "Answer", "text": "He did not. (invented sample)"},
        ]);
        let row = serde_json::json!({"institution": "MFA PRC", "lang": "en", "date": "2031-05-08", "qa": qa});
        read("x.jsonl", row.to_string().as_bytes(), None)
    };
    for (name, role) in [
        ("question", Role::Question),
        ("Question", Role::Question),
        (" QUESTION ", Role::Question),
        ("note", Role::Note),
        ("narration", Role::Narration),
        ("announcement", Role::Announcement),
        ("unlabelled", Role::Announcement),
        ("opening", Role::Announcement),
    ] {
        let table = rows(name);
        assert!(table.rejects.is_empty(), "{name}: {:?}", table.rejects);
        assert_eq!(table.readings[0].turns[0].role, role, "{name}");
        assert_eq!(table.readings[0].turns[1].role, Role::Answer);
    }
    for name in ["frage", "", "q"] {
        let table = rows(name);
        assert!(table.readings.is_empty(), "{name}");
        let [reject] = table.rejects.as_slice() else { panic!("{:?}", table.rejects) };
        let begins = format!("qa: turn 1: unknown role `{name}`; known are question, answer");
        assert!(reject.reason.as_str().starts_with(&begins), "{}", reject.reason);
        assert!(reject.url.ends_with("#row 1"), "{}", reject.url);
        assert_eq!(reject.source.as_deref(), Some("cn-mfa-en"));
    }
}

#[test]
fn questions_and_answers_of_nobody_known_are_nobodys() {
    let belgian = b"question,answer,date,title\nWhat of the harbour?,It stays open.,2031-05-08,Ruritania asks\n";
    let table = read("be.csv", belgian, None);
    assert!(table.readings.is_empty());
    let told = &table.rejects[0].reason;
    assert!(told.as_str().starts_with("unknown source: the row has no institution"), "{told}");
    let named = read("be.csv", belgian, Some("kp-mfa-en"));
    assert!(named.rejects.is_empty(), "{:?}", named.rejects);
    let [reading] = named.readings.as_slice() else { panic!("{} readings", named.readings.len()) };
    assert_eq!((reading.source.as_str(), reading.issuer.as_str()), ("kp-mfa-en", "DPRK MFA"));
    let roles: Vec<_> = reading.turns.iter().map(|t| t.role).collect();
    assert_eq!(roles, [Role::Question, Role::Answer]);
}

#[test]
fn a_cell_that_cannot_be_read_is_a_reject_that_quotes_it() {
    let read = |column: &str, cell: &str| {
        let row = serde_json::json!({"institution": "MFA PRC", "lang": "en", "date": "2031-05-08",
            "body": "The envoy spoke. (invented sample)", column: cell});
        read("x.jsonl", row.to_string().as_bytes(), Some("cn-mfa-en"))
    };
    for (column, cell, reason) in [
        ("urls", "https://x/1; https://x/2", "urls: `https://x/1; https://x/2` is no list"),
        ("lang", "Klingon", "lang: unknown language `klingon`; known are zh, en"),
        ("truncated", "perhaps", "truncated: `perhaps` is neither true nor false"),
    ] {
        let table = read(column, cell);
        assert!(table.readings.is_empty(), "{column}");
        let [reject] = table.rejects.as_slice() else { panic!("{:?}", table.rejects) };
        assert!(reject.reason.as_str().starts_with(reason), "{}", reject.reason);
        assert_eq!(reject.source.as_deref(), Some("cn-mfa-en"));
    }
    let python = read("urls", "['https://x/1', 'https://x/2']");
    assert_eq!(python.readings[0].other_urls, ["https://x/1", "https://x/2"]);
    assert_eq!(read("lang", "EN-us").readings[0].lang, Lang::En);
    assert!(read("truncated", "TRUE").readings[0].truncated);
    assert!(!read("truncated", "False").readings[0].truncated);
}

/// Date and note of each row of a table whose date column holds these cells.
fn dates(cells: &[&str]) -> Vec<(Option<String>, Option<String>)> {
    let rows = cells.iter().enumerate().map(|(n, cell)| {
        let row = serde_json::json!({"date": cell, "body": format!("The envoy spoke. ({n})")});
        row.to_string() + "\n"
    });
    let table = read("x.jsonl", rows.collect::<String>().as_bytes(), Some("cn-mfa-en"));
    assert!(table.rejects.is_empty(), "{:?}", table.rejects);
    table.readings.into_iter().map(|r| (r.date.map(|d| d.to_string()), r.date_note)).collect()
}

#[test]
fn a_date_is_read_in_the_one_way_that_it_can_be_read() {
    for (cell, day) in [
        ("03/14/2022", "2022-03-14"),
        ("14/03/2022", "2022-03-14"),
        ("14-03-2022", "2022-03-14"),
        ("04/04/2022", "2022-04-04"),
        ("4.3.2022", "2022-03-04"),
        ("20220304", "2022-03-04"),
        ("2022/3/4", "2022-03-04"),
        ("March 4, 2022", "2022-03-04"),
    ] {
        assert_eq!(dates(&[cell]), [(Some(day.to_owned()), None)], "{cell}");
    }
    for (cell, words) in [
        ("03/04/2022", "`03/04/2022` is 2022-04-03 or 2022-03-04"),
        ("44624", "`44624` is no day"),
        ("2022-13-45", "`2022-13-45` is no day"),
        ("20221345", "`20221345` is no day"),
        ("3/4/22", "`3/4/22` is no day"),
    ] {
        let [(date, note)] = dates(&[cell]).try_into().unwrap();
        assert_eq!(date, None, "{cell}");
        assert!(note.as_ref().is_some_and(|note| note.contains(words)), "{cell}: {note:?}");
    }
}

#[test]
fn a_column_tells_the_order_of_its_dates_unless_it_contradicts_itself() {
    let days = |cells: &[&str]| -> Vec<Option<String>> {
        dates(cells).into_iter().map(|(date, _)| date).collect()
    };
    let day = |text: &str| Some(text.to_owned());
    assert_eq!(
        days(&["03/04/2022", "2022-05-01", "28/02/2022"]),
        [day("2022-04-03"), day("2022-05-01"), day("2022-02-28")]
    );
    assert_eq!(days(&["03/04/2022", "03/14/2022"]), [day("2022-03-04"), day("2022-03-14")]);
    assert_eq!(
        days(&["03/04/2022", "03/14/2022", "14/03/2022"]),
        [None, day("2022-03-14"), day("2022-03-14")]
    );
    // Dots say nothing of what slashes mean.
    assert_eq!(days(&["03/04/2022", "14.3.2022"]), [None, day("2022-03-14")]);
}

#[test]
fn a_serial_number_is_a_day_only_in_a_cell_of_dates() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let format = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    for (column, name) in (0..).zip(["date", "body"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    sheet.write_number_with_format(1, 0, 44_624, &format).unwrap();
    sheet.write_number(2, 0, 44_624).unwrap();
    for row in [1, 2] {
        sheet.write_string(row, 1, format!("The envoy spoke. ({row})")).unwrap();
    }
    let table = read("x.xlsx", &book.save_to_buffer().unwrap(), Some("cn-mfa-en"));
    let dates: Vec<_> = table.readings.iter().map(|r| r.date.map(|day| day.to_string())).collect();
    assert_eq!(dates, [Some("2022-03-04".to_owned()), None]);
}
