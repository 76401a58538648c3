//! A codebook as a page that people read: `docs/codebook.md`.

use std::fmt::Write as _;

use super::check::number_of;
use super::{Codebook, Entry, Family, Terms, When, Within};

/// The page, in Markdown. Equal codebooks give equal pages.
pub fn document(codebook: &Codebook) -> String {
    let mut page = String::new();
    let _ = write!(
        page,
        "# Codebook `{}`\n\nGenerated from `config/codebook/{}/`; edit the files there.\n\n\
         Words in a row are a phrase; `*` takes any ending; a capital must be a capital in the \
         text. Chinese terms match anywhere, Korean terms at the start of a spaced word or after \
         a prefix such as 대 반 친, and a `*` before a term lets it stand inside a word. Where \
         terms of one entry overlap the longest counts; overlaps of different entries all \
         count.\n",
        codebook.name, codebook.name,
    );
    for family in Family::ALL {
        let entries: Vec<&Entry> = codebook.family(family).collect();
        if entries.is_empty() {
            continue;
        }
        let _ = write!(page, "\n## {}\n", heading(family));
        for entry in entries {
            write_entry(&mut page, entry);
        }
    }
    for (file, text) in codebook.files("cues-") {
        write_cues(&mut page, file, text);
    }
    page
}

/// The cues of blame of one file: whatever tables with an id it holds.
fn write_cues(page: &mut String, file: &str, text: &str) {
    let Ok(table) = text.parse::<toml::Table>() else { return };
    let _ = write!(page, "\n## Cues of blame, `{file}`\n");
    let entries = table.values().filter_map(toml::Value::as_array).flatten();
    for entry in entries.filter_map(toml::Value::as_table) {
        let text = |key: &str| entry.get(key).and_then(toml::Value::as_str).unwrap_or_default();
        let list = |key: &str| -> Vec<String> {
            let values = entry.get(key).and_then(toml::Value::as_array).into_iter().flatten();
            values.filter_map(toml::Value::as_str).map(|term| format!("`{term}`")).collect()
        };
        let _ =
            write!(page, "\n### `cue:{}` {}\n\n{}\n", text("id"), text("kind"), text("definition"));
        let _ = write!(page, "\nNot: {}\n", text("not"));
        let _ = write!(page, "\n- slots: {}\n", list("slots").join(" "));
        let _ = writeln!(page, "- terms: {}", list("terms").join(" "));
    }
}

fn heading(family: Family) -> &'static str {
    match family {
        Family::Topic => "Topics",
        Family::Target => "Targets",
        Family::Frame => "Frames",
        Family::Naming => "Naming terms",
        Family::Refusal => "Refusal formulas",
        Family::Event => "Events that naming terms point to",
        Family::Fixed => "Fixed expressions without an event",
    }
}

fn write_entry(page: &mut String, entry: &Entry) {
    let _ = write!(page, "\n### `{}` {}\n\n{}\n", entry.code(), entry.label, entry.definition);
    let _ = write!(page, "\nNot: {}\n", entry.not);
    if let Some(since) = entry.since {
        let _ = write!(page, "\nSince {since}.\n");
    }
    if let Some(referent) = &entry.referent {
        let _ = write!(page, "\nReferent: `{referent}`.\n");
    }
    write_terms(page, "terms", &entry.terms);
    write_terms(page, "unless in", &entry.excludes);
    for when in &entry.whens {
        write_when(page, when);
    }
}

fn write_when(page: &mut String, when: &When) {
    let within = match when.within {
        Within::Clause => "in the same clause".to_owned(),
        Within::Segment => "in the same segment".to_owned(),
        Within::Chars(n) => format!("within {n} characters"),
    };
    let from = when.since.map(|day| format!(", from {day}")).unwrap_or_default();
    let until = when.until.map(|day| format!(", until {day}")).unwrap_or_default();
    let _ = write!(page, "\nOnly beside others, {within}{from}{until}:\n");
    write_terms(page, "terms", &when.terms);
    write_terms(page, "near", &when.near);
    write_terms(page, "after one of", &when.before);
    write_terms(page, "before one of", &when.after);
    write_terms(page, "not near", &when.not_near);
}

fn write_terms(page: &mut String, what: &str, terms: &Terms) {
    if number_of(terms) == 0 {
        return;
    }
    page.push('\n');
    for (lang, list) in terms {
        let quoted: Vec<String> = list.iter().map(|term| format!("`{term}`")).collect();
        let _ = writeln!(page, "- {what} ({lang}): {}", quoted.join(" "));
    }
}
