//! Full stops in alphabets: which end a sentence, and which an abbreviation.

/// Abbreviations that something always follows. Small letters; the last stop is left out.
const ALWAYS_FOLLOWED: [&str; 38] = [
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "capt", "maj", "sgt", "adm", "sen", "rep",
    "gov", "pres", "rev", "hon", "st", "mt", "ft", "no", "nos", "art", "arts", "fig", "vol",
    "vols", "pp", "p", "vs", "cf", "e.g", "i.e", "op", "approx", "incl", "ref",
];

/// Abbreviations that a number follows; elsewhere they end a sentence.
const BEFORE_NUMBERS: [&str; 14] = [
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "para",
    "ch",
];

/// Abbreviations that end a sentence only before a word that opens sentences.
const WITHIN_NAMES: [&str; 7] = ["inc", "ltd", "co", "corp", "jr", "sr", "etc"];

/// Words that open sentences and seldom follow `U.S.` inside one.
const OPENERS: [&str; 44] = [
    "a",
    "after",
    "all",
    "although",
    "an",
    "and",
    "as",
    "at",
    "besides",
    "both",
    "but",
    "by",
    "during",
    "for",
    "furthermore",
    "he",
    "however",
    "i",
    "if",
    "in",
    "it",
    "its",
    "moreover",
    "no",
    "nor",
    "now",
    "on",
    "she",
    "since",
    "so",
    "such",
    "that",
    "the",
    "there",
    "therefore",
    "these",
    "they",
    "this",
    "those",
    "we",
    "what",
    "when",
    "while",
    "with",
];

/// Whether a stop that white space follows ends a sentence; `next` is what comes after the space.
pub(super) fn ends_sentence(before: &str, stop: char, next: &str) -> bool {
    let Some(first) = next.chars().next() else { return true };
    if first.is_lowercase() {
        return false;
    }
    if stop != '.' {
        return true;
    }
    let word = last_word(before);
    let small = word.to_lowercase();
    if (small != "no" || is_number(next)) && ALWAYS_FOLLOWED.contains(&small.as_str()) {
        return false;
    }
    if BEFORE_NUMBERS.contains(&small.as_str()) {
        return !is_number(next) && opens_sentence(next);
    }
    if is_list_number(before, word) {
        return false;
    }
    if is_initials(word) || WITHIN_NAMES.contains(&small.as_str()) {
        return opens_sentence(next);
    }
    true
}

/// Whether two sentences stand without a space between them: `market.He said`, `Korea.The paper`,
/// `"security law".Speakers`, `in 1950.It`.
pub(super) fn is_glued(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches(['"', '”', '’', ')', '\'', ']']);
    let word = last_word(before);
    let is_name = word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().skip(1).all(|c| c.is_ascii_lowercase());
    let is_year = word.chars().all(|c| c.is_ascii_digit());
    let mut next = after.chars();
    word.len() >= 3
        && (is_name || is_year)
        && next.next().is_some_and(|c| c.is_ascii_uppercase())
        && next.next().is_some_and(|c| c.is_ascii_lowercase() || c == ' ')
}

fn last_word(before: &str) -> &str {
    let start = before.rfind(|c: char| c.is_whitespace() || "(\"“‘[-".contains(c));
    start.map_or(before, |at| {
        let width = before[at..].chars().next().map_or(1, char::len_utf8);
        &before[at + width..]
    })
}

fn is_number(next: &str) -> bool {
    next.starts_with(|c: char| c.is_ascii_digit())
}

/// `1.` or `A.` at the beginning of a line numbers an item.
fn is_list_number(before: &str, word: &str) -> bool {
    let alone = before.trim_start().len() == word.len();
    alone && word.len() <= 3 && word.chars().all(|c| c.is_ascii_alphanumeric())
}

/// `U.S`, `U.S.S.R`, `J`, `D.C`, `a.m`: single letters with stops between.
fn is_initials(word: &str) -> bool {
    !word.is_empty()
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        })
}

fn opens_sentence(next: &str) -> bool {
    let bare = next.trim_start_matches(['"', '“', '(', '‘']);
    let end = bare.find(|c: char| !c.is_alphabetic()).unwrap_or(bare.len());
    OPENERS.binary_search(&bare[..end].to_lowercase().as_str()).is_ok()
}
