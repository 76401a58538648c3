//! The first place in which two renderings of the same findings differ, for a person to read.

use serde_json::Value;

/// Where `found` differs from `expected` first: a path in JSON, a line elsewhere. `None` where
/// the bytes are equal.
pub(super) fn first(name: &str, found: &[u8], expected: &[u8]) -> Option<String> {
    if found == expected {
        return None;
    }
    if name.ends_with(".json")
        && let (Ok(found), Ok(expected)) =
            (serde_json::from_slice::<Value>(found), serde_json::from_slice::<Value>(expected))
        && let Some((path, found, expected)) = in_json(&found, &expected)
    {
        return Some(format!("{path} is {found}, the members give {expected}"));
    }
    let (mut here, mut there) = (found.split(|b| *b == b'\n'), expected.split(|b| *b == b'\n'));
    let mut line = 1;
    loop {
        match (here.next(), there.next()) {
            (Some(a), Some(b)) if a == b => line += 1,
            (a, b) => {
                let (a, b) = around(a.unwrap_or_default(), b.unwrap_or_default());
                return Some(format!("line {line} is `{a}`, the members give `{b}`"));
            }
        }
    }
}

/// The first differing value in document order, with its path.
fn in_json(found: &Value, expected: &Value) -> Option<(String, String, String)> {
    let below =
        |key: String, (path, a, b): (String, String, String)| (format!("{key}{path}"), a, b);
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            let keys = expected.keys().chain(found.keys().filter(|k| !expected.contains_key(*k)));
            keys.into_iter().find_map(|key| {
                let value = |map: &serde_json::Map<String, Value>| map.get(key).cloned();
                let (a, b) = (value(found), value(expected));
                match (a, b) {
                    (Some(a), Some(b)) => in_json(&a, &b).map(|d| below(format!("/{key}"), d)),
                    (a, b) => Some((format!("/{key}"), shown(a.as_ref()), shown(b.as_ref()))),
                }
            })
        }
        (Value::Array(found), Value::Array(expected)) => (0..found.len().max(expected.len()))
            .find_map(|i| match (found.get(i), expected.get(i)) {
                (Some(a), Some(b)) => in_json(a, b).map(|d| below(format!("/{i}"), d)),
                (a, b) => Some((format!("/{i}"), shown(a), shown(b))),
            }),
        (a, b) if a != b => Some((String::new(), shown(Some(a)), shown(Some(b)))),
        _ => None,
    }
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "missing".to_owned(), |value| cut(&value.to_string()))
}

/// Two lines from shortly before the first byte that differs.
fn around(a: &[u8], b: &[u8]) -> (String, String) {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let from = same.saturating_sub(30);
    let part = |line: &[u8]| cut(&String::from_utf8_lossy(line.get(from..).unwrap_or_default()));
    (part(a), part(b))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_number_is_named_by_its_path() {
        let (found, expected) = (br#"{"a":[1,{"b":2}]}"#, br#"{"a":[1,{"b":3}]}"#);
        let words = first("findings.json", found, expected).unwrap();
        assert_eq!(words, "/a/1/b is 2, the members give 3");
        assert_eq!(first("findings.json", found, found), None);
    }

    #[test]
    fn a_changed_line_is_named_by_its_number() {
        let words = first("report.md", b"one\ntwo\n", b"one\nsix\n").unwrap();
        assert_eq!(words, "line 2 is `two`, the members give `six`");
    }

    #[test]
    fn json_that_differs_in_spaces_only_differs_all_the_same() {
        assert!(first("findings.json", b"{\"a\": 1}", b"{\"a\":1}").is_some());
        assert!(first("findings.json", b"not json", b"{}").is_some());
    }
}
