//! A day without its year, in a title: `3月7日`, `March 7`.

use super::tokens::Kind::{Number, Word};
use super::tokens::{kinds, tokens, words};
use super::{month_day, small};

/// Month and day of the first such day in `text`, with the words that they were read off.
pub fn day_without_year(text: &str) -> Option<(i8, i8, String)> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| {
        let rest = tokens.get(at..)?;
        let (month, day, length) = match kinds(rest, 4)[..] {
            [Number(m, 1..=2), Word("月"), Number(d, 1..=2), Word(day)]
                if day.starts_with(['日', '号']) =>
            {
                (small(m)?, small(d)?, 4)
            }
            _ => month_day(rest)?,
        };
        Some((month, day, words(text, rest, length)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found_without_their_year() {
        let found = |text| day_without_year(text).map(|(month, day, _)| (month, day));
        assert_eq!(found("3月7日外交部发言人主持例行记者会"), Some((3, 7)));
        assert_eq!(found("Regular Press Conference on March 8，2022"), Some((3, 8)));
        assert_eq!(found("Regular Press Conference on 8th of March"), Some((3, 8)));
        assert_eq!(found("第47届会议"), None);
    }
}
