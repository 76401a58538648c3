//! The numbers of a report apart from its words: what two versions of the program must agree in.
//!
//! A number's name is where it stands, told by what it is of and not by its place in a list:
//! `tables/naming/figures/prc own 2022 naming:war share/value`. Rows that another version prints
//! in another order, or in addition, keep their names.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Fields that hold words: how something is told, never what was counted.
const WORDS: [&str; 13] = [
    "about", "caution", "claim", "empty", "expected", "interval", "label", "methods", "notes",
    "reason", "section", "text", "title",
];

/// Fields that say what a row is of.
const NAMES: [&str; 15] = [
    "id",
    "table",
    "side",
    "voice",
    "period",
    "topic",
    "code",
    "detail",
    "measure",
    "resolution",
    "roll_calls",
    "name",
    "year",
    "a",
    "b",
];

/// Lists that point into other lists, whose order is free.
const PLACES: [&str; 2] = ["documents", "evidence"];

/// Two files by their numbers.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Compared {
    /// The first number that is another one: its name, as it is, as it is expected.
    pub first: Option<(String, String, String)>,
    /// Numbers that only the file has.
    pub only_found: usize,
    /// Numbers that only the other one has.
    pub only_expected: usize,
}

/// Compares two files of a report. `None` where numbers cannot be told from words, as in a page.
///
/// # Errors
/// Where `found` cannot be read as what its name says.
pub(super) fn compare(
    name: &str,
    found: &[u8],
    expected: &[u8],
) -> Option<Result<Compared, String>> {
    let read = |bytes: &[u8]| match name.rsplit_once('.') {
        Some((_, "json")) => Some(in_json(bytes)),
        Some((_, "csv")) => Some(in_csv(bytes)),
        _ => None,
    };
    let (found, expected) = (read(found)?, read(expected)?);
    Some(found.and_then(|found| Ok(compared(&found, &expected?))))
}

type Numbers = BTreeMap<String, Value>;

fn compared(found: &Numbers, expected: &Numbers) -> Compared {
    let other = |(name, value): (&String, &Value)| {
        let expected = expected.get(name).filter(|expected| *expected != value)?;
        Some((name.clone(), value.to_string(), expected.to_string()))
    };
    Compared {
        first: found.iter().find_map(other),
        only_found: found.keys().filter(|name| !expected.contains_key(*name)).count(),
        only_expected: expected.keys().filter(|name| !found.contains_key(*name)).count(),
    }
}

fn in_json(bytes: &[u8]) -> Result<Numbers, String> {
    let whole: Map<String, Value> = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    let mut numbers = Numbers::new();
    for part in ["tables", "claims", "votes"] {
        if let Some(value) = whole.get(part) {
            gather(value, part, &mut numbers);
        }
    }
    Ok(numbers)
}

fn in_csv(bytes: &[u8]) -> Result<Numbers, String> {
    let mut reader = csv::Reader::from_reader(bytes);
    let heads = reader.headers().map_err(|e| e.to_string())?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        let cells = heads.iter().zip(&record).map(|(head, cell)| (head.to_owned(), typed(cell)));
        rows.push(Value::Object(cells.collect()));
    }
    let mut numbers = Numbers::new();
    gather(&Value::Array(rows), "", &mut numbers);
    Ok(numbers)
}

fn typed(cell: &str) -> Value {
    match cell.parse::<f64>().ok().and_then(serde_json::Number::from_f64) {
        Some(number) => Value::Number(number),
        None if cell.is_empty() => Value::Null,
        None => Value::String(cell.to_owned()),
    }
}

fn gather(value: &Value, name: &str, numbers: &mut Numbers) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let names = value.is_string() && NAMES.contains(&key.as_str());
                if !names && !WORDS.contains(&key.as_str()) && !PLACES.contains(&key.as_str()) {
                    gather(value, &format!("{name}/{key}"), numbers);
                }
            }
        }
        Value::Array(elements) => {
            let mut met: BTreeMap<String, usize> = BTreeMap::new();
            for element in elements {
                let what = element.as_object().map_or_else(String::new, identity);
                let times = met.entry(what.clone()).or_default();
                *times += 1;
                // What is told apart by nothing keeps its place.
                let place =
                    if *times > 1 || what.is_empty() { format!("#{times}") } else { String::new() };
                gather(element, &format!("{name}/{what}{place}"), numbers);
            }
        }
        leaf => {
            numbers.insert(name.to_owned(), leaf.clone());
        }
    }
}

/// What an element of a list is of.
fn identity(fields: &Map<String, Value>) -> String {
    let said = NAMES.iter().filter_map(|name| match fields.get(*name)? {
        Value::String(words) => Some(words.clone()),
        Value::Number(year) if *name == "year" => Some(year.to_string()),
        _ => None,
    });
    said.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(found: &str, expected: &str) -> Compared {
        compare("findings.json", found.as_bytes(), expected.as_bytes()).unwrap().unwrap()
    }

    const ONE: &str = r#"{"title": "One", "tables": [{"id": "frame", "title": "Frames", "figures": [
        {"side": "prc", "code": "frame:hegemony", "value": 0.5, "empty": null, "evidence": [1]},
        {"side": "dprk", "code": "frame:hegemony", "value": null, "empty": "no text"}]}],
        "claims": [{"id": "a", "reason": "it lies above", "verdict": "supported"}]}"#;

    #[test]
    fn words_places_and_order_are_no_numbers() {
        let two = r#"{"tables": [{"id": "frame", "title": "What is invoked", "figures": [
            {"side": "dprk", "code": "frame:hegemony", "value": null, "empty": "none is held"},
            {"side": "prc", "code": "frame:hegemony", "value": 0.5, "empty": null, "evidence": [7]}]}],
            "claims": [{"id": "a", "reason": "above", "verdict": "supported"}]}"#;
        assert_eq!(json(ONE, two), Compared::default());
    }

    #[test]
    fn another_number_and_another_verdict_are_named() {
        let first = |found: &str| json(found, ONE).first.unwrap();
        let (name, found, expected) = first(&ONE.replace("0.5", "0.6"));
        assert_eq!(name, "tables/frame/figures/prc frame:hegemony/value");
        assert_eq!((found.as_str(), expected.as_str()), ("0.6", "0.5"));
        assert_eq!(first(&ONE.replace("\"supported\"", "\"contradicted\"")).0, "claims/a/verdict");
        assert_eq!(first(&ONE.replace("\"value\": null", "\"value\": 0")).2, "null");
    }

    #[test]
    fn a_row_more_is_counted_on_its_side() {
        let less = ONE.replace("\"dprk\"", "\"rok\"");
        let both = json(&less, ONE);
        assert_eq!((both.first, both.only_found, both.only_expected), (None, 1, 1));
    }

    #[test]
    fn rows_of_a_table_are_named_by_their_words() {
        let csv = |found: &str, expected: &str| {
            compare("csv/frame.csv", found.as_bytes(), expected.as_bytes()).unwrap().unwrap()
        };
        let one = "table,side,code,value,k,text\nframe,prc,x,0.5,3,so\nframe,dprk,x,,0,none\n";
        let two = "k,table,side,code,value,text\n0,frame,dprk,x,,nothing\n3,frame,prc,x,0.50,so\n";
        assert_eq!(csv(one, two), Compared::default());
        assert_eq!(csv(&one.replace(",3,", ",4,"), two).first.unwrap().1, "4.0");
        assert!(compare("report.html", b"1", b"2").is_none());
    }
}
