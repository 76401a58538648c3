//! Agreement between two invented coders, against what public packages give (`coders/make.py`).

#![allow(clippy::expect_used)]

use serde_json::{Value, json};
use tag::evaluate::{agreement, units};

type Units = Vec<(usize, Value)>;

fn invented() -> (Units, Units) {
    let read = |text| units(text).expect("units");
    (read(include_str!("coders/a.jsonl")), read(include_str!("coders/b.jsonl")))
}

#[test]
fn alpha_and_f1_are_those_of_the_packages() {
    let (a, b) = invented();
    let found = agreement(&a, &b);
    let values: Value =
        serde_json::from_str(include_str!("coders/values.json")).expect("the values");
    let mut compared = 0;
    for (code, expected) in values["values"].as_object().expect("codes") {
        for (figure, expected) in expected.as_object().expect("figures") {
            let expected = expected.as_f64().expect("a number");
            let ours = found.to_json()["codes"][code][figure].as_f64();
            let ours = ours.unwrap_or_else(|| panic!("{code} has no {figure}"));
            assert!((ours - expected).abs() < 1e-9, "{code} {figure}: {ours}, not {expected}");
            compared += 1;
        }
    }
    assert!(compared > 20);
}

#[test]
fn units_of_one_coder_are_named_and_left_out() {
    let (a, b) = invented();
    let found = agreement(&a, &b);
    let json = found.to_json();
    assert_eq!((&json["units"], &json["documents"]), (&json!(58), &json!(15)));
    assert_eq!((&json["only_a"], &json["only_b"]), (&json!(["u00"]), &json!(["u59"])));
    let page = found.page();
    assert!(page.contains("1 that only the first coded: u00"), "{page}");
    assert!(page.contains("blame:NATO"), "{page}");
}

#[test]
fn who_agrees_with_himself_has_no_disagreement() {
    let (a, _) = invented();
    let found = agreement(&a, &a);
    assert_eq!(found.to_json()["disagreements"], json!([]));
    for (code, of) in found.to_json()["codes"].as_object().expect("codes") {
        assert!(of["alpha"].is_null() || of["alpha"] == 1.0, "{code}: {of}");
        // No resample changes what is alike everywhere, and that does not make it certain.
        assert!(of["alpha_interval"].is_null(), "{code}: {of}");
        let low = of["f1_interval"][0].as_f64().unwrap_or_default();
        assert!(of["f1"].is_null() || (0.0..1.0).contains(&low), "{code}: {of}");
    }
    let twice = [a.clone(), a.clone()].concat();
    let found = agreement(&twice, &a);
    assert_eq!(found.to_json()["repeated"].as_array().map(Vec::len), Some(59));
    assert_eq!(found.units(), 59);
}

#[test]
fn files_with_nothing_in_common_compare_to_nothing() {
    let (a, _) = invented();
    let other = vec![(1, json!({"unit": "elsewhere", "text": "It rains.", "voice": "own"}))];
    let found = agreement(&a, &other);
    assert_eq!((found.units(), &found.to_json()["codes"]), (0, &json!({})));
}

#[test]
fn lines_without_a_unit_are_no_pair_for_their_place() {
    let coded = |text: &str| vec![(1, json!({"text": text, "voice": "own"}))];
    let found = agreement(&coded("It rains."), &coded("It snows."));
    assert_eq!(found.units(), 0);
    assert_eq!(found.to_json()["unnamed_b"], json!(["line 1"]));
    let page = found.page();
    assert!(page.contains("1 that have no `unit` in the first file: line 1"), "{page}");
}
