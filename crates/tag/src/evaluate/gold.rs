//! The gold's own words: whether the codes of a unit are written as the coding guide writes them. A
//! code in another shape would count as a code that the unit has not.

use corpus::{BlameKind, Voice};
use serde_json::Value;

use crate::filter::LineError;

/// A key, whether its value is written as it should be, and how that is.
type Check = (&'static str, fn(&Value) -> bool, &'static str);

const CHECKS: [Check; 6] = [
    ("voice", is_voice, "is one of own, relayed, question, none"),
    (
        "blames",
        |v| is_list(v, is_blame),
        r#"lists {"target": "US", "kind": "causal" or "condemn"}"#,
    ),
    ("frames", |v| is_list(v, Value::is_string), r#"lists ids: ["hegemony"]"#),
    ("naming", |v| is_list(v, Value::is_string), r#"lists ids: ["crisis"]"#),
    ("names", |v| is_list(v, is_name), r#"lists {"form": "war", "referent": "ukraine-war"}"#),
    ("topic", Value::is_boolean, "is true or false"),
];

/// Whether the codes that a unit has can be read. A key that is missing or null is not coded; a
/// target or frame that the codebook lacks is a code like others, which nothing finds.
///
/// # Errors
/// [`LineError::Value`] with the key and how its value is to be written.
pub(super) fn check_codes(unit: &Value) -> Result<(), LineError> {
    let is_wrong = |(key, is_right, _): &&Check| {
        unit.get(key).is_some_and(|value| !value.is_null() && !is_right(value))
    };
    match CHECKS.iter().find(is_wrong) {
        Some((key, _, reason)) => Err(LineError::Value { key, reason: (*reason).to_owned() }),
        None => Ok(()),
    }
}

fn is_list(value: &Value, is_item: fn(&Value) -> bool) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(is_item))
}

fn is_voice(value: &Value) -> bool {
    value.as_str().is_some_and(|name| Voice::ALL.iter().any(|voice| voice.name() == name))
}

fn is_blame(value: &Value) -> bool {
    let kind = value["kind"].as_str().unwrap_or_default();
    has_word(value, "target") && BlameKind::ALL.iter().any(|known| known.name() == kind)
}

fn is_name(value: &Value) -> bool {
    has_word(value, "form") && has_word(value, "referent")
}

fn has_word(value: &Value, key: &str) -> bool {
    value[key].as_str().is_some_and(|word| !word.is_empty())
}
