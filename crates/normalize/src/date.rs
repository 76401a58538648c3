//! Dates as the ministries print them: Chinese, Korean, English, ISO; Juche years in every
//! spelling; datelines without a year; addresses.
//!
//! Juche 1 is 1912, so that a Juche year is the year less 1911. Dates are only looked for where a
//! page or text puts its own date (title, stamp, dateline, address): a body is full of others.

use corpus::Date;

/// The first date in `text`, with the words it was read off.
pub fn find(text: &str) -> Option<(Date, String)> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| {
        let rest = tokens.get(at..)?;
        let (date, length) = at_start(rest)?;
        Some((date, words(text, rest, length)))
    })
}

/// A day and month in a dateline that gives no year, with its words: `Pyongyang, February 28
/// (KCNA)`, `(평양 2월 28일발 조선중앙통신)`. A dateline that gives a year is found too.
pub fn dateline(text: &str) -> Option<(Option<i16>, i8, i8, String)> {
    let end = text.char_indices().nth(90).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end)?;
    let tokens = tokens(head);
    for at in 0..tokens.len().min(14) {
        let rest = tokens.get(at..)?;
        if let [Number(m, _), Word("월"), Number(d, _), Word(tail), ..] = kinds(rest, 4).as_slice()
            && tail.starts_with("일발")
        {
            return Some((None, small(*m)?, small(*d)?, words(head, rest, 4)));
        }
        let Some((month, day, length)) = english_month_day(rest) else { continue };
        let after = rest.get(length..)?;
        let (year, length) = match kinds(after, 2).as_slice() {
            [Mark(','), Number(y, 4)] => (i16::try_from(*y).ok(), length + 2),
            [Number(y, 4), ..] => (i16::try_from(*y).ok(), length + 1),
            _ => (None, length),
        };
        // `City, Month day (Agency)` and nothing else: a comma before and a bracket or a dash
        // after tell a dateline from a sentence that begins with a date.
        let before = at.checked_sub(1).and_then(|n| tokens.get(n)).map(|t| t.kind);
        let next = rest.get(length).map(|t| t.kind);
        if before == Some(Mark(',')) && matches!(next, Some(Mark('(' | '—' | '–' | '-'))) {
            return Some((year, month, day, words(head, rest, length)));
        }
        return None;
    }
    None
}

/// The year-less day that lies nearest before `anchor` (at most a day after it, for time zones).
pub fn nearest(month: i8, day: i8, anchor: Date) -> Option<Date> {
    let year = anchor.0.year();
    let candidates = [year, year - 1].into_iter().filter_map(|y| Date::new(y, month, day));
    let latest = anchor.0.tomorrow().map_or(anchor, Date);
    candidates.filter(|date| *date <= latest).max()
}

/// Whether a line is a date and hardly anything else.
pub fn is_date_line(text: &str) -> bool {
    let words = find(text).map_or(0, |(_, words)| words.chars().count());
    words > 0 && text.chars().count() <= words + 12
}

/// The date in an address: `t20220224_`, `2022-02-24`, `20220224`, `/2022/03/`.
pub fn in_address(url: &str) -> Option<(Date, String)> {
    let bytes = url.as_bytes();
    let digits_from = |at: usize| bytes.iter().skip(at).take_while(|b| b.is_ascii_digit()).count();
    let mut at = 0;
    while at < bytes.len() {
        let run = digits_from(at);
        let found = match run {
            8 => in_digits(url, at, [(0, 4), (4, 6), (6, 8)]),
            // kcna.co.jp: the day, then two digits that count its stories.
            10 if url.get(at + 10..at + 12).is_some_and(|l| l == "ee" || l == "ss") => {
                in_digits(url, at, [(0, 4), (4, 6), (6, 8)])
            }
            // kcna.co.jp: `200501/news01/`.
            6 if url.get(at + 6..at + 11) == Some("/news") && digits_from(at + 11) == 2 => {
                in_digits(url, at, [(0, 4), (4, 6), (11, 13)])
            }
            4 if bytes.get(at + 4).is_some_and(|b| b"-/".contains(b))
                && bytes.get(at + 4) == bytes.get(at + 7)
                && digits_from(at + 8) == 2 =>
            {
                in_digits(url, at, [(0, 4), (5, 7), (8, 10)])
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        at += run.max(1);
    }
    None
}

fn in_digits(url: &str, at: usize, parts: [(usize, usize); 3]) -> Option<(Date, String)> {
    let number = |(a, b): (usize, usize)| url.get(at + a..at + b)?.parse::<u32>().ok();
    let [year, month, day] = parts.map(number);
    let words = url.get(at..at + parts[2].1)?.to_owned();
    Some((date(year?, month?, day?)?, words))
}

/// A stamp as statements keep it: `YYYY-MM-DD` and, where it is printed, ` HH:MM`.
pub fn stamp(text: &str) -> Option<(Date, String)> {
    let (date, words) = find(text)?;
    let after = text.split_once(words.as_str()).map_or("", |(_, after)| after);
    let time = after.trim_start().get(..5).filter(|t| {
        let bytes = t.as_bytes();
        bytes[2] == b':' && [0, 1, 3, 4].iter().all(|n| bytes[*n].is_ascii_digit())
    });
    Some((date, time.map_or_else(|| date.to_string(), |time| format!("{date} {time}"))))
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind<'a> {
    /// A number and how many digits it was written with.
    Number(u32, usize),
    Word(&'a str),
    Mark(char),
}
use Kind::{Mark, Number, Word};

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    kind: Kind<'a>,
    start: usize,
    end: usize,
}

/// Numbers, runs of letters, and single marks; blanks part them and are dropped.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let class = |c: char| {
        if c.is_ascii_digit() {
            1
        } else if c.is_alphabetic() {
            2
        } else if c.is_whitespace() {
            0
        } else {
            3
        }
    };
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        let kind = class(first);
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = chars.peek().copied() {
            if kind == 3 || class(c) != kind || is_unit(first) || is_unit(c) {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        let Some(words) = text.get(start..end) else { continue };
        let kind = match kind {
            1 => Number(words.parse().unwrap_or(u32::MAX), words.len()),
            2 => Word(words),
            3 => Mark(first),
            _ => continue,
        };
        found.push(Token { kind, start, end });
    }
    found
}

/// Characters that stand between the numbers of a Chinese or Korean date.
fn is_unit(c: char) -> bool {
    matches!(c, '年' | '月' | '년' | '월')
}

fn kinds<'a>(tokens: &[Token<'a>], n: usize) -> Vec<Kind<'a>> {
    tokens.iter().take(n).map(|t| t.kind).collect()
}

fn words(text: &str, tokens: &[Token<'_>], length: usize) -> String {
    let end = tokens.get(..length).and_then(<[_]>::last).map_or(0, |t| t.end);
    let start = tokens.first().map_or(0, |t| t.start);
    text.get(start..end).unwrap_or("").to_owned()
}

fn small(n: u32) -> Option<i8> {
    i8::try_from(n).ok()
}

fn plausible(year: i16, month: i8, day: i8) -> Option<Date> {
    if (1900..2200).contains(&year) { Date::new(year, month, day) } else { None }
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    plausible(i16::try_from(year).ok()?, small(month)?, small(day)?)
}

/// A date at the start of `tokens` and how many tokens it takes.
fn at_start(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let kinds = kinds(tokens, 11);
    match kinds.as_slice() {
        [
            Number(y, 4),
            Word("年" | "년"),
            Number(m, _),
            Word("月" | "월"),
            Number(d, _),
            Word(day),
            ..,
        ] if day.starts_with(['日', '일']) => Some((date(*y, *m, *d)?, 6)),
        [
            Word("주체"),
            Number(_, _),
            Mark('('),
            Number(y, 4),
            Mark(')'),
            Word("년"),
            Number(m, _),
            Word("월"),
            Number(d, _),
            Word(day),
            ..,
        ] if day.starts_with('일') => Some((date(*y, *m, *d)?, 10)),
        [
            Word("주체"),
            Number(j, _),
            Word("년"),
            Number(m, _),
            Word("월"),
            Number(d, _),
            Word(day),
            ..,
        ] if day.starts_with('일') => Some((date(j + 1911, *m, *d)?, 7)),
        [
            Word("Juche" | "juche" | "JUCHE" | "주체"),
            Number(j, 1..=3),
            Mark('.'),
            Number(m, 1..=2),
            Mark('.'),
            Number(d, 1..=2),
            ..,
        ] => Some((date(j + 1911, *m, *d)?, 6)),
        [
            Number(y, 4),
            Mark(a @ ('-' | '.' | '/')),
            Number(m, 1..=2),
            Mark(b),
            Number(d, 1..=2),
            ..,
        ] if a == b => Some((date(*y, *m, *d)?, 5)),
        [Number(d, 1..=2), Mark('/'), Number(m, 1..=2), Mark('/'), Number(y, 4), ..] => {
            Some((date(*y, *m, *d)?, 5))
        }
        _ => english(tokens),
    }
}

/// `March 8, 2022`, `Mar. 10, Juche 111 (2022)`, `December 1. 2011 Juche 100`, `15 November 2005`,
/// `23-Mar-2022`.
fn english(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    if let Some((month, day, length)) = english_month_day(tokens) {
        let rest: Vec<Kind<'_>> = tokens.iter().skip(length).take(6).map(|t| t.kind).collect();
        let (year, more) = match rest.as_slice() {
            [Mark(',' | '.'), Word("Juche"), Number(_, _), Mark('('), Number(y, 4), ..] => (*y, 6),
            [Mark(',' | '.'), Word("Juche"), Number(j, _), ..] => (j + 1911, 3),
            [Word("Juche"), Number(j, _), ..] => (j + 1911, 2),
            [Mark(',' | '.'), Number(y, 4), ..] => (*y, 2),
            [Number(y, 4), ..] => (*y, 1),
            _ => return None,
        };
        return Some((
            date(year, u32::from(month.unsigned_abs()), u32::from(day.unsigned_abs()))?,
            length + more,
        ));
    }
    let kinds = kinds(tokens, 5);
    let (day, month, year, length) = match kinds.as_slice() {
        [Number(d, 1..=2), Mark('-'), Word(m), Mark('-'), Number(y, 4)] => (*d, *m, *y, 5),
        [Number(d, 1..=2), Word(m), Mark(',' | '.'), Number(y, 4), ..] => (*d, *m, *y, 4),
        [Number(d, 1..=2), Word(m), Number(y, 4), ..] => (*d, *m, *y, 3),
        _ => return None,
    };
    Some((date(year, u32::try_from(month_number(month)?).ok()?, day)?, length))
}

/// `March 8`, `Mar. 8`, `March 8th`.
fn english_month_day(tokens: &[Token<'_>]) -> Option<(i8, i8, usize)> {
    let kinds = kinds(tokens, 4);
    let (month, day, mut length) = match kinds.as_slice() {
        [Word(m), Number(d, 1..=2), ..] => (*m, *d, 2),
        [Word(m), Mark('.'), Number(d, 1..=2), ..] => (*m, *d, 3),
        _ => return None,
    };
    if matches!(kinds.get(length), Some(Word("st" | "nd" | "rd" | "th"))) {
        length += 1;
    }
    Some((month_number(month)?, small(day)?, length))
}

/// The number of an English month, whole or cut to three or four letters.
fn month_number(word: &str) -> Option<i8> {
    const WHOLE: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|m| lower.starts_with(m))?;
    let known = lower == WHOLE[at] || lower.len() == 3 || lower == "sept";
    known.then(|| i8::try_from(at + 1).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<String> {
        find(text).map(|(date, _)| date.to_string())
    }

    #[test]
    fn every_printed_form_gives_its_day() {
        for (text, expected) in [
            ("2022年2月24日外交部发言人主持例行记者会", "2022-02-24"),
            ("주체111(2022)년 2월 28일 조선외무성", "2022-02-28"),
            ("주체111년 2월 28일", "2022-02-28"),
            ("2022년 6월 29일", "2022-06-29"),
            ("www.kcna.kp (Juche111.2.28.)", "2022-02-28"),
            ("[Juche113.8.3.]", "2024-08-03"),
            ("www.kcna.kp (2024.11.10.)", "2024-11-10"),
            ("Feb. 11, Juche 111 (2022)", "2022-02-11"),
            ("Mar. 10,\u{a0}Juche 111 (2022)\u{a0}\u{a0}Thursday", "2022-03-10"),
            ("December 1. 2011 Juche 100", "2011-12-01"),
            ("Press Conference on March 8, 2022", "2022-03-08"),
            ("Press Conference on 15 November 2005", "2005-11-15"),
            ("15:45, 23-Mar-2022", "2022-03-23"),
            ("2014/03/08", "2014-03-08"),
            ("Date: 28/02/2022 | Source", "2022-02-28"),
            ("2024.5.11. 《로동신문》 6면", "2024-05-11"),
            ("Published: Mar 24, 2022 09:53 PM", "2022-03-24"),
        ] {
            assert_eq!(found(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(found("2022年2月30日"), None);
        assert_eq!(found("Marching 8, 2022"), None);
    }

    #[test]
    fn stamps_keep_their_time() {
        let stamped = |text| stamp(text).map(|(_, published)| published);
        assert_eq!(stamped("2022-03-09 00:04").as_deref(), Some("2022-03-09 00:04"));
        assert_eq!(stamped("2019-02-16").as_deref(), Some("2019-02-16"));
    }

    #[test]
    fn a_dateline_without_a_year_takes_the_nearest() {
        let (year, month, day, words) = dateline("Pyongyang, December 31 (KCNA) -- X").unwrap();
        assert_eq!((year, month, day, words.as_str()), (None, 12, 31, "December 31"));
        let anchor = Date::new(2024, 1, 2).unwrap();
        assert_eq!(nearest(12, 31, anchor).unwrap().to_string(), "2023-12-31");
        let (_, month, day, _) = dateline("(모스크바 11월 4일발 조선중앙통신)루리타니아").unwrap();
        assert_eq!((month, day), (11, 4));
        assert!(dateline("On March 8, Ruritania said that").is_none());
    }

    #[test]
    fn addresses_carry_dates() {
        let of = |url| in_address(url).map(|(date, _)| date.to_string());
        assert_eq!(
            of("https://x/web/202202/t20220224_10645295.shtml").as_deref(),
            Some("2022-02-24")
        );
        assert_eq!(of("http://x/index.php?newsID=2022-03-10-0004").as_deref(), Some("2022-03-10"));
        assert_eq!(of("http://x/item/2005/200501/news01/01.htm#1").as_deref(), Some("2005-01-01"));
        assert_eq!(
            of("http://x/item/2011/201112/2011120112ee.html").as_deref(),
            Some("2011-12-01")
        );
        assert_eq!(of("http://x/t1137754.htm"), None);
    }
}
