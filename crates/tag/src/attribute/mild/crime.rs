//! A crime: an atrocity that is named. The guide's ruling: past atrocities described as crimes are
//! condemned, unless their deaths are stated.

use crate::attribute::grammar::Crime;
use crate::attribute::words::starts_with_any;

/// Whether the segment says how many died: it holds a number that is no date, or a word of many.
pub(super) fn states_deaths(words: &Crime, text: &str) -> bool {
    let mut digits = text.match_indices(|c: char| c.is_ascii_digit());
    digits.any(|(at, _)| !is_of_a_date(words, text, at))
        || words.deaths.occur_in(&text.to_lowercase())
}

/// Whether the digit at byte `at` is one of a day or year: `on June 12`, 1950年.
fn is_of_a_date(words: &Crime, text: &str, at: usize) -> bool {
    let digits = |c: char| c.is_ascii_digit();
    let before = text[..at].trim_end_matches(digits);
    let rest = text[at..].trim_start_matches(digits);
    let number = &text[before.len()..text.len() - rest.len()];
    let is_year = number.len() == 4
        && starts_with_any(number, &["16", "17", "18", "19", "20"])
        && !words.counted.begin(rest.trim_start());
    let month = before.trim_end().trim_end_matches('.').rsplit(' ').next().unwrap_or_default();
    is_year
        || starts_with_any(month, MONTHS)
        || starts_with_any(rest, &["年", "月", "日", "년", "월", "일", "天", "周", "小时"])
}

/// Beginnings of the names of months.
const MONTHS: &[&str] =
    &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
