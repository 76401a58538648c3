//! Company: who is named in one breath with another, and who is named as his accomplice.

use super::grammar::{EnglishCompany, Grammar, KoreanCompany};
use super::words::{ends_with_any, has_any, left, right, without_determiner};

/// Whether two names with these words between them are named in one breath.
pub(crate) fn joins(grammar: &Grammar, between: &str) -> bool {
    let between = between.trim();
    if between.chars().count() > 24 || has_any(between, &["。", ". ", "；", ";"]) {
        return false;
    }
    match grammar {
        Grammar::English(words) => is_english_list(&words.company, between),
        Grammar::Chinese(words) => {
            between.is_empty() || is_enumerated(between) || words.company.joins.include(between)
        }
        Grammar::Korean(words) => is_korean_list(&words.company, between),
        Grammar::Unknown => false,
    }
}

/// `the U.S. and its lackeys`, `the U.S. and Japanese imperialists`: with a word that joins, or short
/// words that end with `and`.
fn is_english_list(words: &EnglishCompany, between: &str) -> bool {
    let between = between.trim_start_matches("'s").trim();
    between.is_empty()
        || words.joins.include(between)
        || between.strip_prefix("and its ").is_some_and(|who| words.servants.begin(who))
        || (between.trim_end_matches(" the").ends_with("and")
            && between.len() <= 24
            && !has_any(between, &[" to", " of", ",", " with"]))
}

/// `、加、` between two names of a list.
fn is_enumerated(between: &str) -> bool {
    between.starts_with('、') && between.ends_with('、') && between.chars().count() <= 5
}

/// 미제침략자들과 그 주구, 미국을 괴수로 하는, 미국, 일본: the rest of the first name with a particle of
/// company, and at most one word that leads to the second.
fn is_korean_list(words: &KoreanCompany, between: &str) -> bool {
    let (first, rest) = between.split_once(' ').unwrap_or((between, ""));
    first.is_empty()
        || words.joins.include(between)
        || (ends_with_any(first, &["과", "와", ",", "및"])
            && rest.split(' ').count() <= 2
            && !ends_with_any(rest, &["의", "는", "은", "을", "를", "에"]))
        || words.led(between).is_some_and(str::is_empty)
}

/// Whether the target at `start..end` is named as one with whom, or at whose bidding, the culprit
/// acts.
pub(super) fn is_accomplice(grammar: &Grammar, text: &str, start: usize, end: usize) -> bool {
    match grammar {
        Grammar::English(words) => {
            let before = left(text, start, 40).to_lowercase();
            words.company.accomplices.end(without_determiner(&before))
        }
        Grammar::Chinese(words) => words.company.accomplices.end(left(text, start, 3)),
        Grammar::Korean(words) => {
            let after = right(text, end, 14);
            let rest = after.trim_start_matches(|c| c != ' ');
            let word = &after[..after.len() - rest.len()];
            ends_with_any(word, &["과", "와"]) && words.company.accomplices.begin(rest.trim_start())
        }
        Grammar::Unknown => false,
    }
}

/// Whether a name is one for the servants of somebody: its lackeys, 졸개.
pub(super) fn is_servant(grammar: &Grammar, name: &str) -> bool {
    match grammar {
        Grammar::English(words) => words.company.servants.occur_in(&name.to_lowercase()),
        Grammar::Korean(words) => words.company.servants.occur_in(name),
        Grammar::Chinese(_) | Grammar::Unknown => false,
    }
}
