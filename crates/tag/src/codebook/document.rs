//! A codebook as a page that people read: `docs/codebook.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::check::number_of;
use super::{Codebook, Entry, Family, Terms, Together, When, Within, lists};

/// How terms are read; what holds of cues and voices stands before these.
const READING: &str = "Words in a row are a phrase; `*` takes any ending; a capital must be a capital in the \
     text. Chinese terms match anywhere, Korean terms at the start of a spaced word or after a \
     prefix such as 대 반 친, and a `*` before a term lets it stand inside a word. A place that \
     a term of `unless in` covers does not count; in Korean these cover inside a word, too. Where \
     terms of one entry overlap the longest counts; overlaps of different entries all count, and \
     so do fixed expressions that overlap. A text without a date is never too early or too late.";

/// How publishers are read.
const PUBLISHERS: &str = "Where a sentence names several possible culprits and its grammar does not \
     decide between them, the rules prefer those whom the publisher `charges`: a prior, which leans on \
     what is found anyway. Of those whom it `spares` only the cue's own subject or object counts.";

/// How cues of blame are read.
const CUES: &str = "A cue blames whoever fills the first of its slots that is filled, unless it is \
     negated, overcome, hypothetical, brought about by nature, an accusation that is rejected or \
     a part of a name. Words `beside another cue` are those of plain reports as well: they count only in a \
     segment with a cue that needs no company. A cue of causing only condemns where the harm is \
     feared, forbidden or bound to fail. \
     `subject`: before it, as who does it or whose it is; `possessor`, `agent` (English only): \
     `of` or `by` somebody after it; `object`: whom a cue of condemning is about; `around`: before \
     it, also behind 对; `topic`: anywhere in the sentence, for those whom the publisher charges \
     at large. Terms are those of the entries above, but in Korean all stand inside a word, too. A \
     pair is two parts in one sentence with at most 60 characters between.";

/// How the words of a grammar are read.
const GRAMMAR: &str = "By these words the rules tell who may be the culprit where he stands, who is \
     acted upon or set aside, who is named in one breath, what stands for one who was named \
     before, and which words of blame are taken back or only condemn. They are no terms: they are \
     looked for letter by letter, spaces included, and know no `*`.";

/// How voices are told.
const VOICES: &str = "Who stands where a verb of reporting has its speaker is the holder of what is \
     said; `own` are the publisher's organs, whose words are its own. A line of `none` claims \
     nothing. Where that place is, and which verbs report nothing where they stand, the rules tell by the words of \
     `grammar`, which are no terms: they are looked for letter by letter.";

/// The page, in Markdown. Equal codebooks give equal pages.
pub fn document(codebook: &Codebook) -> String {
    let name = &codebook.name;
    let mut page = format!(
        "# Codebook `{name}`\n\nGenerated from `config/codebook/{name}/`; edit the files \
         there.\n\n{READING}\n"
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
    write_publishers(&mut page, codebook);
    for (prefix, title, reading) in [
        ("cues-", "Cues of blame", CUES),
        ("grammar-", "Words of grammar", GRAMMAR),
        ("voice-", "Words of voice", VOICES),
    ] {
        for (place, (file, text)) in codebook.files(prefix).enumerate() {
            let _ = write!(page, "\n## {title}, `{file}`\n");
            if place == 0 {
                let _ = write!(page, "\n{reading}\n");
            }
            match lists::parsed(codebook, file, text) {
                Ok(table) => write_words(&mut page, &table, &remarks(text)),
                Err(error) => drop(write!(page, "\n{error}\n")),
            }
        }
    }
    page
}

fn write_publishers(page: &mut String, codebook: &Codebook) {
    if codebook.publishers.is_empty() {
        return;
    }
    let _ = write!(page, "\n## Publishers\n\n{PUBLISHERS}\n\n");
    for publisher in &codebook.publishers {
        let name = if publisher.country.is_empty() { "any other" } else { &publisher.country };
        let _ = write!(page, "- {name}: charges {}", publisher.charges.join(", "));
        let spares = &publisher.spares;
        for (voice, targets) in [("own", &spares.own), ("relayed", &spares.relayed)] {
            if !targets.is_empty() {
                let _ = write!(page, "; spares in {voice} words {}", targets.join(", "));
            }
        }
        page.push('\n');
    }
}

/// What the comment right above a list in a table of a file says of it, by table and list.
fn remarks(text: &str) -> BTreeMap<(&str, &str), String> {
    let (mut remarks, mut remark, mut table) = (BTreeMap::new(), Vec::new(), "");
    for line in text.lines() {
        if let Some(said) = line.strip_prefix("# ") {
            remark.push(said);
            continue;
        }
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_end_matches(']');
        } else if let Some((list, _)) = line.split_once(" = [").filter(|_| !remark.is_empty()) {
            remarks.insert((table, list), remark.join(" "));
        }
        remark.clear();
    }
    remarks
}

/// The words of a file: a table of a list, such as a cue, goes by its id, name or country. A list of
/// a table is told with the remark on it.
fn write_words(page: &mut String, table: &toml::Table, remarks: &BTreeMap<(&str, &str), String>) {
    for (key, value) in table {
        match value {
            toml::Value::Array(items) if items.iter().any(toml::Value::is_table) => {
                if key != "cue" {
                    let _ = write!(page, "\n### {key}\n\n");
                }
                for item in items.iter().filter_map(toml::Value::as_table) {
                    match key.as_str() {
                        "cue" => write_cue(page, item),
                        _ => write_named(page, item),
                    }
                }
            }
            toml::Value::Array(_) => {
                let _ = write!(page, "\n### {key}\n\n- {}\n", quoted(table, key));
            }
            toml::Value::Table(lists) => {
                let _ = write!(page, "\n### {key}\n\n");
                for list in lists.keys() {
                    let words = quoted(lists, list);
                    let _ = match remarks.get(&(key.as_str(), list.as_str())) {
                        Some(remark) => writeln!(page, "- {list}: {remark}\n  - {words}"),
                        None => writeln!(page, "- {list}: {words}"),
                    };
                }
            }
            _ => {}
        }
    }
}

/// One of the states or holders of a list: what it is called, and what else its table tells.
fn write_named(page: &mut String, item: &toml::Table) {
    let name = lists::name(item).unwrap_or_default();
    let _ = writeln!(page, "- {name}: {}", quoted(item, "terms"));
    for (key, said) in [
        ("surnames", "surnames of its people"),
        ("leaders", "titles by which everybody calls its leader, who speaks only as a subject"),
        ("excludes", "unless in"),
    ] {
        if item.contains_key(key) {
            let _ = writeln!(page, "  - {said}: {}", quoted(item, key));
        }
    }
}

fn write_cue(page: &mut String, cue: &toml::Table) {
    let text = |key: &str| cue.get(key).and_then(toml::Value::as_str).unwrap_or_default();
    let (id, kind, definition) = (text("id"), text("kind"), text("definition"));
    let _ = write!(page, "\n### `cue:{id}` {kind}\n\n{definition}\n\nNot: {}\n\n", text("not"));
    if cue.contains_key("responsibility") {
        page.push_str("- names who bears the responsibility: a demand to end it is condemnation\n");
    }
    let _ = writeln!(page, "- slots: {}", quoted(cue, "slots"));
    let _ = writeln!(page, "- terms: {}", quoted(cue, "terms"));
    if cue.contains_key("neutral") {
        let _ = writeln!(page, "- beside another cue: {}", quoted(cue, "neutral"));
    }
    if cue.contains_key("excludes") {
        let _ = writeln!(page, "- unless in: {}", quoted(cue, "excludes"));
    }
    let pairs = cue.get("pair").and_then(toml::Value::as_array).into_iter().flatten();
    for pair in pairs.filter_map(toml::Value::as_table) {
        let _ = writeln!(page, "- pair: {} ... {}", quoted(pair, "head"), quoted(pair, "tail"));
    }
}

/// The strings of a list.
fn quoted(table: &toml::Table, key: &str) -> String {
    let values = table.get(key).and_then(toml::Value::as_array).into_iter().flatten();
    let quoted = values.filter_map(toml::Value::as_str).map(|term| format!("`{term}`"));
    quoted.collect::<Vec<_>>().join(" ")
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
        Family::General => {
            "General expressions, without an event unless one is named in their sentence"
        }
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
    if let Some(together) = &entry.together {
        write_together(page, together);
    }
}

fn write_together(page: &mut String, together: &Together) {
    let _ = write!(
        page,
        "\nAlso two or more of these in one breath, of which one alone is `target:{}`:\n\n",
        together.alone
    );
    for (state, names) in &together.states {
        let names: Vec<String> = names.values().flatten().map(|name| format!("`{name}`")).collect();
        let _ = writeln!(page, "- {state}: {}", names.join(" "));
    }
    for states in &together.apart {
        let states: Vec<&str> = states.iter().map(String::as_str).collect();
        let _ = writeln!(page, "- but not {} alone", states.join(" and "));
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
    let sides = [&when.near, &when.before, &when.after, &when.not_near];
    let condition = match sides.iter().all(|terms| number_of(terms) == 0) {
        true => "In any place".to_owned(),
        false => format!("Only beside others, {within}"),
    };
    let _ = write!(page, "\n{condition}{from}{until}:\n");
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
