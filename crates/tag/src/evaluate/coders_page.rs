//! The agreement of two coders as a terminal shows it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::page::figure;

/// Units named in full before the rest is only counted.
const NAMED: usize = 10;

/// Everything in the object of [`super::Agreement::to_json`].
pub(super) fn page(found: &Value) -> String {
    let mut page = String::new();
    let n = |key: &str| found[key].as_u64().unwrap_or_default();
    let _ =
        writeln!(page, "{} segments of {} documents that both coded.", n("units"), n("documents"));
    left_out(&mut page, "only the first coded", &found["only_a"]);
    left_out(&mut page, "only the second coded", &found["only_b"]);
    left_out(&mut page, "have no `unit` in the first file", &found["unnamed_a"]);
    left_out(&mut page, "have no `unit` in the second file", &found["unnamed_b"]);
    left_out(&mut page, "stand twice in a file; the first line counts", &found["repeated"]);
    let _ = writeln!(
        page,
        "In brackets 95 % intervals that resample documents. `first` and `second`: how often each \
         coder gave the code.\nAlpha falls where a code is rare: read it beside F1.\n\n  {:26}{:>6} \
         {:>7}  {:21}{:>6} {:>6}  F1",
        "code", "n", "alike", "alpha", "first", "second"
    );
    for (code, of) in found["codes"].as_object().into_iter().flatten() {
        let alike = of["agreement"].as_f64().map_or_else(String::new, |a| format!("{a:.3}"));
        let count = |key: &str| of[key].as_u64().map_or_else(String::new, |n| n.to_string());
        let f1 = match of.get("f1") {
            Some(value) => figure(value, &of["f1_interval"]),
            None => String::new(),
        };
        let line = format!(
            "  {code:26}{:>6} {alike:>7}  {:21}{:>6} {:>6}  {f1}",
            of["n"].as_u64().unwrap_or_default(),
            figure(&of["alpha"], &of["alpha_interval"]),
            count("a"),
            count("b"),
        );
        let _ = writeln!(page, "{}", line.trim_end());
        if let Some(interval) = of.get("alpha_jackknife").filter(|i| i.is_array()) {
            let at = |n: usize| interval[n].as_f64().unwrap_or_default();
            let _ =
                writeln!(page, "  {:26}few units: by jackknife {:.3} to {:.3}", "", at(0), at(1));
        }
    }
    disagreements(&mut page, &found["disagreements"]);
    page
}

fn left_out(page: &mut String, why: &str, units: &Value) {
    let units: Vec<&str> = units.as_array().into_iter().flatten().flat_map(Value::as_str).collect();
    if units.is_empty() {
        return;
    }
    let named = units.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    let more = if units.len() > NAMED { ", ..." } else { "" };
    let _ = writeln!(page, "Left out, {} that {why}: {named}{more}", units.len());
}

/// Unit by unit: the text once, then each code on which the two differ.
fn disagreements(page: &mut String, told: &Value) {
    let mut by_unit: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for one in told.as_array().into_iter().flatten() {
        by_unit.entry(one["unit"].as_str().unwrap_or_default()).or_default().push(one);
    }
    let _ = writeln!(page, "\n{} segments on which they differ", by_unit.len());
    for (unit, codes) in by_unit {
        let text = codes[0]["text"].as_str().unwrap_or_default().replace('\n', " ");
        let _ = writeln!(page, "\n{unit}\n  {text}");
        for one in codes {
            let word = |key: &str| match one[key].as_str().unwrap_or_default() {
                "" => "no",
                word => word,
            };
            let code = one["code"].as_str().unwrap_or_default();
            let _ = writeln!(page, "  {code}: first {}, second {}", word("a"), word("b"));
        }
    }
}
