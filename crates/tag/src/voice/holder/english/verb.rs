//! A verb of reporting in English: whether it says something where it stands, and on which side of it
//! its speaker is.

use crate::voice::grammar::English;
use crate::voice::lexicon::Word;

/// Whether somebody says something by it: it is no noun, no passive and no other doing.
pub(super) fn says(text: &str, grammar: &English, verb: &Word<'_>) -> bool {
    !is_noun(text, grammar, verb)
        && !is_passive(text, grammar, verb)
        && !is_plain_added(text, verb)
        && !is_plain_went_on(text, grammar, verb)
        && !is_a_doing(text, grammar, verb)
}

pub(super) fn is_according(text: &str, verb: &Word<'_>) -> bool {
    text[verb.start..verb.end].eq_ignore_ascii_case("according to")
}

/// Whether `according to` leads to reports, data or sources of nobody in particular.
pub(super) fn is_according_to_reports(text: &str, grammar: &English, verb: &Word<'_>) -> bool {
    is_according(text, verb) && grammar.reports.begin(text[verb.end..].trim_start())
}

/// Whether an English verb comes before its speaker: `..., reported local TV`, `"...," said the
/// declaration`.
pub(super) fn is_inverted(text: &str, grammar: &English, verb: &Word<'_>) -> bool {
    let after = text[verb.end..].trim_start();
    let leads = after.chars().next().is_some_and(|c| c.is_alphabetic());
    // `X, chairman of Y, said the war was won`: what is said follows, and is longer than a name.
    let rest = after.split([',', ';']).next().unwrap_or_default();
    text[..verb.start].trim_end().ends_with([',', '"', '”'])
        && !is_name_with_office(&text[..verb.start])
        && grammar.tag_verbs.include(&text[verb.start..verb.end].to_lowercase())
        && leads
        && rest.split_whitespace().count() <= INVERTED
        && !grammar.said_next.begin(after)
}

/// How many words follow a verb that comes before its speaker, at most.
const INVERTED: usize = 10;

/// Whether the words before a verb are a name and what its bearer is: `Felipe Lara, head of the
/// harbour office, `.
fn is_name_with_office(before: &str) -> bool {
    let Some((name, office)) = before.split_once(", ") else { return false };
    let words = name.split_whitespace();
    let is_name = words.clone().all(|word| word.starts_with(char::is_uppercase));
    is_name && (2..=4).contains(&words.count()) && office.trim_end().ends_with(',')
}

/// Whether an English verb is passive and its speaker follows: `was disclosed by local media`.
pub(super) fn is_said_by(text: &str, verb: &Word<'_>) -> bool {
    let last = text[..verb.start].trim_end().rsplit(' ').next().unwrap_or_default();
    let after = text[verb.end..].trim_start();
    // A meeting that is held by somebody says nothing.
    ["is", "are", "was", "were", "been", "being"].contains(&last)
        && &text[verb.start..verb.end] != "held"
        && after.starts_with("by ")
        && !after.starts_with("by us")
}

/// Whether an English verb is passive and its subject no speaker: `a seminar was held`.
pub(super) fn is_passive(text: &str, grammar: &English, verb: &Word<'_>) -> bool {
    let before = text[..verb.start].trim_end();
    let mut words = before.rsplit(' ');
    let last = words.next().unwrap_or_default();
    let last = if last.ends_with("ly") { words.next().unwrap_or_default() } else { last };
    let be = ["was", "were", "been", "being", "be", "is", "are"];
    let said = &text[verb.start..verb.end];
    let is_participle = !said.ends_with("ing") && !said.ends_with('s');
    let after = text[verb.end..].trim_start();
    // A rally was held to denounce somebody: its participants speak.
    let is_rally = said == "held" && grammar.against.occur_in(after);
    // `the clan-oriented media held sway` says nothing either.
    if said == "held" && ["sway", "power", "office"].iter().any(|word| after.starts_with(word)) {
        return true;
    }
    is_participle && be.contains(&last) && !after.starts_with("by ") && !is_rally
}

/// Whether a verb of reporting is a participle: `claiming`, `saying`.
pub(super) fn is_participle(text: &str, verb: &Word<'_>) -> bool {
    text[verb.start..verb.end].split(' ').next().is_some_and(|word| word.ends_with("ing"))
}

/// Whether a word that may report is a noun where it stands: `the UK's remarks`, `such views`.
pub(super) fn is_noun(text: &str, grammar: &English, verb: &Word<'_>) -> bool {
    let before = text[..verb.start].trim_end();
    let last = before.rsplit(' ').next().unwrap_or_default();
    text[verb.start..verb.end].ends_with('s')
        && (last.ends_with("'s")
            || last.ends_with("’s")
            || grammar.noun_leads.include(&last.to_lowercase()))
}

/// Whether `added` adds something to something, and says nothing: `added fuel to the fire`.
pub(super) fn is_plain_added(text: &str, verb: &Word<'_>) -> bool {
    let after = &text[verb.end..];
    text[verb.start..verb.end].eq_ignore_ascii_case("added")
        && !after.starts_with([',', '.', ':', ';', '"', '”'])
        && !after.starts_with(" that ")
}

/// Whether `went on` leads to no words: `went on strike`.
pub(super) fn is_plain_went_on(text: &str, grammar: &English, verb: &Word<'_>) -> bool {
    let after = &text[verb.end..];
    text[verb.start..verb.end].eq_ignore_ascii_case("went on")
        && !after.starts_with([':', ',', '.'])
        && !grammar.went_on.begin(after)
}

fn last_word<'t>(text: &'t str, verb: &Word<'_>) -> &'t str {
    text[verb.start..verb.end].rsplit(' ').next().unwrap_or_default()
}

/// Whether a verb that may report is a doing: `held a confab`, `concluded a treaty`, `revealed its shape`,
/// `acting according to the policy`. A rally that is held to denounce somebody says so.
pub(super) fn is_a_doing(text: &str, grammar: &English, verb: &Word<'_>) -> bool {
    let after = &text[verb.end..];
    let last = text[..verb.start].trim_end().rsplit(' ').next().unwrap_or_default();
    match text[verb.start..verb.end].to_ascii_lowercase().as_str() {
        "held" => {
            !after.starts_with([',', '.', ':', ';'])
                && !after.starts_with(" that")
                && !grammar.against.occur_in(after)
        }
        "concluded" => {
            let says =
                after.starts_with([',', '.', ':', ';', '"', '”']) || after.starts_with(" that ");
            !says && !is_inverted(text, grammar, verb)
        }
        "revealed" | "disclosed" | "exposed" => {
            [" its ", " their ", " his ", " her "].iter().any(|own| after.starts_with(own))
        }
        // `insisted on going its own way`
        "insisted" | "insisted on" | "insists on" => {
            let on =
                if last_word(text, verb) == "on" { Some(after) } else { after.strip_prefix(" on") };
            let doing = on.and_then(|on| on.split_whitespace().next());
            doing.is_some_and(|word| word.ends_with("ing"))
        }
        "according to" => ["act", "acting", "acted", "acts"].contains(&last),
        _ => false,
    }
}
