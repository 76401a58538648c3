//! Tables of other projects: the press conferences as CSV and as a workbook, texts with an id.
#![allow(clippy::unwrap_used, reason = "a test may stop where its fixture is damaged")]

use corpus::source::{Config, Sources};
use corpus::{Digest, Role};
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
    assert_eq!(reading.source, "cn-mfa-en");
    assert_eq!(reading.date.map(|d| d.to_string()).as_deref(), Some("2031-05-08"));
    assert_eq!((reading.title.as_deref(), reading.capture.captured.as_deref()), (None, None));
    let turns: Vec<_> =
        reading.turns.iter().map(|t| (t.role, t.speaker.as_deref(), t.text.as_str())).collect();
    let expected =
        [(Role::Question, Some("Reuters"), ROW[8]), (Role::Answer, Some("Mao Ning"), ROW[9])];
    assert_eq!(turns, expected);
    assert_eq!(reading.turns[0].asker.as_deref(), Some("Reuters"));
}

/// A workbook as the office programs write one: shared and inline strings, numbers.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let escape =
        |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let cell = |text: &&str| match text.parse::<f64>() {
        Ok(_) => format!("<c><v>{text}</v></c>"),
        Err(_) => format!("<c t=\"inlineStr\"><is><t>{}</t></is></c>", escape(text)),
    };
    let rows: String = rows
        .iter()
        .map(|row| format!("<row>{}</row>", row.iter().map(cell).collect::<String>()))
        .collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    zip(&[
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"PressCon\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

/// A ZIP archive of stored members.
fn zip(files: &[(&str, String)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        let offset = archive.len() as u32;
        let (size, named) = (text.len() as u32, name.len() as u16);
        let mut fields = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        fields.extend(crc.sum().to_le_bytes());
        fields.extend(size.to_le_bytes());
        fields.extend(size.to_le_bytes());
        fields.extend(named.to_le_bytes());
        fields.extend([0, 0]);
        archive.extend(b"PK\x03\x04");
        archive.extend(&fields);
        archive.extend(name.as_bytes());
        archive.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, size, count) = (archive.len() as u32, directory.len() as u32, files.len() as u16);
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend(count.to_le_bytes());
    archive.extend(count.to_le_bytes());
    archive.extend(size.to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0, 0]);
    archive
}

#[test]
fn the_press_conference_table_is_read_as_csv_and_as_a_workbook() {
    is_the_conference(&read("CMFA_PressCon.xlsx", &workbook(&[&HEADER, &ROW]), None));
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
    assert!(damaged.rejects[0].reason.starts_with("damaged workbook"), "{:?}", damaged.rejects);
    let empty = read("x.xlsx", &workbook(&[&HEADER]), None);
    assert!(empty.rejects[0].reason.starts_with("empty workbook"), "{:?}", empty.rejects);
    let mut bomb = workbook(&[&HEADER, &ROW]);
    let entry = bomb.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    bomb[entry + 24..entry + 28].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(read("x.xlsx", &bomb, None).rejects[0].reason.starts_with("unsafe archive"));
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
    assert!(unnamed.rejects.iter().all(|r| r.reason == "unknown source"));
    let column = read("texts.csv", b"source,text,date\nkcna-en,The king spoke.,2031-05-08\n", None);
    assert_eq!(column.readings[0].source, "kcna-en");
}

#[test]
fn a_machine_translation_is_refused_whoever_claims_it() {
    let row = br#"{"url":"https://www.tellerreport.com/x.html","institution":"MFA PRC","lang":"en","date":"2031-05-08","title":"T","body":"The envoy will not journey."}"#;
    let table = read("x.jsonl", row, None);
    assert!(table.readings.is_empty());
    assert!(table.rejects[0].reason.starts_with("unofficial"));
}
