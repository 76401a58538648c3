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
        let framed = |length: usize| {
            is_framed(&tokens, at, length) && tokens.get(..at).is_some_and(is_place)
        };
        let sent = |length: usize| {
            let day = rest.get(length - 1).is_some_and(|token| is_sent(token.kind));
            day && !is_cited(head, rest.get(length..).unwrap_or(&[]))
        };
        if let Some((date, length)) = at_start(rest, Order::Unknown) {
            let day = date.0;
            return (sent(length) || framed(length))
                .then(|| (Some(day.year()), day.month(), day.day(), words(head, rest, length)));
        }
        if let [Number(m, _), Word("월" | "月"), Number(d, _), Word(_), ..] =
            kinds(rest, 4).as_slice()
        {
            let agency = head.trim_start_matches(['(', '（']).starts_with("조선중앙통신");
            return (sent(4) || agency)
                .then(|| Some((None, small(*m)?, small(*d)?, words(head, rest, 4))))
                .flatten();
        }
        let Some((month, day, length)) = month_day(rest) else { continue };
        return framed(length).then(|| (None, month, day, words(head, rest, length)));
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

/// `일발`, `日电`: the day on which it was sent. What goes on in a particle, `일발로`, is a sentence.
fn is_sent(day: Kind<'_>) -> bool {
    let Word(tail) = day else { return false };
    let chinese = ["日电", "日電", "日讯"].iter().any(|sent| tail.starts_with(sent));
    let korean = tail.strip_prefix("일발");
    chinese || korean.is_some_and(|more| more.is_empty() || more.starts_with("조선"))
}

/// Whether a sentence goes on after the day and says by whom it was reported: `10월 15일발 보도에
/// 의하면`. In brackets stands the text's own dateline.
fn is_cited(head: &str, after: &[Token<'_>]) -> bool {
    let reported = |kind: Kind<'_>| matches!(kind, Word(word) if word.starts_with("보도") || word.ends_with("의하면"));
    !head.starts_with(['(', '（', '[']) && kinds(after, CITED).into_iter().any(reported)
}

/// Tokens after the day within which a sentence names the report that it cites.
const CITED: usize = 3;

/// Whether what stands before a day is a place, or nothing but a title that runs into it: no word of
/// Latin letters is in lower case but the particles of names.
fn is_place(tokens: &[Token<'_>]) -> bool {
    const PARTICLES: [&str; 6] = ["de", "del", "la", "of", "the", "and"];
    let first = tokens.iter().find(|t| matches!(t.kind, Word(_)));
    let placed = |kind: Kind<'_>| match kind {
        Word(word) => !word.starts_with(|c: char| c.is_lowercase()) || PARTICLES.contains(&word),
        Number(..) | Mark(_) => true,
    };
    tokens.iter().all(|t| placed(t.kind))
        && first.is_none_or(|t| !matches!(t.kind, Word("In" | "On")))
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
            "실바니아통신 10월 15일발 보도에 의하면 루리타니아는",
            "스트렐자우 10월 15일발 실바니아통신에 의하면 루리타니아는",
            "실바니아통신이 10월 15일발로 전하였다.",
            "According to the dispatch from Strelsau, October 15 (TASS), Ruritania",
            "2022年2月24日，鲁里坦尼亚",
            "May 1 (KCNA",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
