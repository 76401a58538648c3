//! The gold's own words: whether the codes of a unit are written as the coding guide writes them. A
//! code in another shape would count as a code that the unit has not.

use corpus::{BlameKind, Voice};
use serde_json::Value;

use crate::filter::LineError;

/// A key, whether its value is written as it should be, and how that is.
type Check = (&'static str, fn(&Value) -> bool, String);

/// Whether the codes that a unit has can be read. A key that is missing or null is not coded; a
/// target or frame that the codebook lacks is a code like others, which nothing finds.
///
/// # Errors
/// [`LineError::Value`] with the key and what it should be.
pub(super) fn check_codes(unit: &Value) -> Result<(), LineError> {
    let voices = Voice::ALL.map(Voice::name).join(", ");
    let checks: [Check; 6] = [
        ("voice", is_voice, format!("is one of {voices}")),
        ("blames", |v| is_list(v, is_blame), "lists objects `{\"target\": \"US\", \"kind\": \"causal\"}`; the kind is causal or condemn".to_owned()),
        ("frames", |v| is_list(v, Value::is_string), "lists strings".to_owned()),
        ("naming", |v| is_list(v, Value::is_string), "lists strings".to_owned()),
        ("names", |v| is_list(v, is_name), "lists objects `{\"form\": \"war\", \"referent\": \"ukraine-war\"}`".to_owned()),
        ("topic", Value::is_boolean, "is true or false".to_owned()),
    ];
    for (key, is_right, reason) in checks {
        if unit.get(key).is_some_and(|value| !value.is_null() && !is_right(value)) {
            return Err(LineError::Value { key, reason });
        }
    }
    Ok(())
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
