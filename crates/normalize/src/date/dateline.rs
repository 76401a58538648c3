//! Datelines: `Pyongyang, February 28 (KCNA)`, `(평양 2월 28일발 조선중앙통신)`, `新华社北京2月24日电`.

use super::tokens::Kind::{self, Mark, Number, Word};
use super::tokens::{Token, kinds, tokens, words};
use super::{Order, at_start, find, month_day, small};

/// Characters within which a dateline stands.
const LONGEST: usize = 90;
/// Tokens within which its date begins.
const WINDOW: usize = 14;

/// A year, where the dateline gives one, with month, day and the words that they were read off.
pub fn dateline(text: &str) -> Option<(Option<i16>, i8, i8, String)> {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end)?;
    let tokens = tokens(head);
    if let Some(day) = in_brackets(text) {
        return Some(day);
    }
    for at in 0..tokens.len().min(WINDOW) {
        let rest = tokens.get(at..)?;
        if let Some((date, length)) = at_start(rest, Order::Unknown) {
            let day = date.0;
            let last = rest.get(length.checked_sub(1)?)?.kind;
            return (sent(last) || is_framed(&tokens, at, length))
                .then(|| (Some(day.year()), day.month(), day.day(), words(head, rest, length)));
        }
        if let [Number(m, _), Word("월" | "月"), Number(d, _), day @ Word(_), ..] =
            kinds(rest, 4).as_slice()
        {
            let agency = head.trim_start_matches(['(', '（']).starts_with("조선중앙통신");
            return (sent(*day) || agency)
                .then(|| Some((None, small(*m)?, small(*d)?, words(head, rest, 4))))
                .flatten();
        }
        let Some((month, day, length)) = month_day(rest) else { continue };
        return is_framed(&tokens, at, length)
            .then(|| (None, month, day, words(head, rest, length)));
    }
    None
}

/// `（2019年2月16日，慕尼黑）`: day and place of a speech in a line of their own.
fn in_brackets(text: &str) -> Option<(Option<i16>, i8, i8, String)> {
    let inside = text.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    let (date, words) = find(inside).filter(|_| inside.chars().count() <= LONGEST_PLACE)?;
    Some((Some(date.0.year()), date.0.month(), date.0.day(), words))
}

/// Characters of day and place.
const LONGEST_PLACE: usize = 40;

/// `일발`, `日电`: the day on which it was sent.
fn sent(day: Kind<'_>) -> bool {
    matches!(day, Word(tail) if ["일발", "日电", "日電", "日讯"].iter().any(|sent| tail.starts_with(sent)))
}

/// `City, Month day (Agency)` and nothing else: a comma before and a bracket or dash after tell a
/// dateline from a sentence that begins with a date; without the comma the bracket must hold an
/// agency in capitals.
fn is_framed(tokens: &[Token<'_>], at: usize, length: usize) -> bool {
    let kind = |n: usize| tokens.get(n).map(|t| t.kind);
    let before = at.checked_sub(1).and_then(kind);
    let (next, inside) = (kind(at + length), kind(at + length + 1));
    let capitals = |kind| matches!(kind, Some(Word(w)) if w.len() >= 3 && w.bytes().all(|b| b.is_ascii_uppercase()));
    match before {
        Some(Mark(',')) => matches!(next, Some(Mark('(' | '（' | '—' | '–' | '-' | ':'))),
        Some(Word(_)) => next == Some(Mark('(')) && capitals(inside),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_told_from_sentences() {
        let found = |text: &str| dateline(text).map(|(year, month, day, _)| (year, month, day));
        for (text, expected) in [
            ("Pyongyang, December 31 (KCNA) -- X", (None, 12, 31)),
            ("PYONGYANG, Feb. 28 (KCNA) --", (None, 2, 28)),
            ("Pyongyang February 28 (KCNA)", (None, 2, 28)),
            ("Pyongyang, February 28, 2022 (KCNA)", (Some(2022), 2, 28)),
            ("Strelsau, 28 February (KCNA) -- X", (None, 2, 28)),
            ("Strelsau, 28 de febrero (ACNC) -- X", (None, 2, 28)),
            ("(모스크바 11월 4일발 조선중앙통신)루리타니아", (None, 11, 4)),
            ("조선중앙통신 12월 23일 평양", (None, 12, 23)),
            ("(평양 주체111(2022)년 2월 28일발 조선중앙통신)", (Some(2022), 2, 28)),
            ("新华社北京2月24日电 鲁里坦尼亚", (None, 2, 24)),
            ("（2019年2月16日，斯特雷索）", (Some(2019), 2, 16)),
            ("Pyongyang, March 23 (Ministry of Foreign Affairs)", (None, 3, 23)),
        ] {
            assert_eq!(found(text), Some(expected), "{text}");
        }
        for text in [
            "On March 8, Ruritania said that",
            "In Strelsau, on March 8 (Tuesday), he said",
            "3월 8일 실바니아는",
            "2022年2月24日，鲁里坦尼亚",
            "May 1 (KCNA",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
