//! Dates as the ministries print them: Chinese, Korean, English, ISO; Juche years in every
//! spelling; datelines without a year; addresses.
//!
//! Juche 1 is 1912, so that a Juche year is the year less 1911. Dates are only looked for where a
//! page or text puts its own date (title, stamp, dateline, address): a body is full of others.

mod address;
mod dateline;
mod order;
mod tokens;
mod yearless;

use corpus::Date;

pub use address::in_address;
pub use dateline::dateline;
pub use order::Order;
use order::year_last;
use tokens::Kind::{Mark, Number, Word};
use tokens::{Token, han_number, kinds};
pub use yearless::day_without_year;

/// The first date in `text` that can be read in one way only, with the words it was read off.
pub fn find(text: &str) -> Option<(Date, String)> {
    Order::Unknown.find(text)
}

/// The year-less day that lies nearest before `anchor` (at most a day after it, for time zones).
pub fn nearest(month: i8, day: i8, anchor: Date) -> Option<Date> {
    let year = anchor.0.year();
    let candidates =
        [year + 1, year, year - 1].into_iter().filter_map(|y| Date::new(y, month, day));
    let latest = anchor.0.tomorrow().map_or(anchor, Date);
    candidates.filter(|date| *date <= latest).max()
}

/// The words of the first date in `text`, whichever day it is.
pub fn words_of_date(text: &str) -> Option<String> {
    Order::DayFirst.find(text).map(|(_, words)| words)
}

/// Whether a line is a date and hardly anything else.
pub fn is_date_line(text: &str) -> bool {
    let Some(words) = words_of_date(text) else { return false };
    text.chars().count() <= words.chars().count() + 12 && !is_sentence(text, &words)
}

/// Whether a line says something of the date that it holds: the word of the day goes on
/// (`16일이였다`), or a full stop closes a date in words. One of numbers alone ends with a dot anyway.
pub fn is_sentence(line: &str, date: &str) -> bool {
    let rest = line.split_once(date).map_or("", |(_, rest)| rest.trim());
    let day = date.rsplit(|c: char| c.is_ascii_digit()).next();
    let goes_on = day
        .and_then(|day| day.strip_prefix('일'))
        .is_some_and(|more| !more.is_empty() && !more.ends_with("요일") && !more.starts_with('발'));
    rest.chars().all(|c| ".。!?…".contains(c))
        && (goes_on || (!rest.is_empty() && !is_of_numbers(date)))
}

/// Whether a date is written in numbers alone, the word of the Juche years aside.
pub fn is_of_numbers(date: &str) -> bool {
    let mut words = date.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.all(|word| word == "주체" || word.eq_ignore_ascii_case("juche"))
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

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
fn at_start(tokens: &[Token<'_>], order: Order) -> Option<(Date, usize)> {
    let numbers = || year_last(tokens, order).map(|date| (date, 5));
    year_first(tokens).or_else(|| han(tokens)).or_else(numbers).or_else(|| worded(tokens))
}

/// `2022年2月24日`, `주체111(2022)년 2월 28일`, `Juche111.2.28.`, `2022-02-24`, `Juche 113 (2024) . 11 . 24`.
fn year_first(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let (year, length) = year(tokens)?;
    let (month, day, more) = match kinds(tokens.get(length..)?, 5).as_slice() {
        [
            Word("年" | "년"),
            Number(m, 1..=2),
            Word("月" | "월"),
            Number(d, 1..=2),
            Word(day),
            ..,
        ] if day.starts_with(['日', '号', '일']) => (*m, *d, 5),
        [Word("년"), Number(m, 1..=2), Mark('.'), Number(d, 1..=2), ..] => (*m, *d, 4),
        [Mark(a @ ('-' | '.' | '/')), Number(m, 1..=2), Mark(b), Number(d, 1..=2), ..]
            if a == b =>
        {
            (*m, *d, 4)
        }
        [Mark(',' | '.'), Word(m), Number(d, 1..=2), ..] => (english_month(m)?, *d, 3),
        [Word(m), Number(d, 1..=2), ..] => (english_month(m)?, *d, 2),
        _ => return None,
    };
    Some((date(year, month, day)?, length + more))
}

/// A year of four digits, a Juche year, or both; where both stand, the other is the check of a
/// reader, and what counts is the common one.
fn year(tokens: &[Token<'_>]) -> Option<(u32, usize)> {
    let juche = |word: &str| word == "주체" || word.eq_ignore_ascii_case("juche");
    match kinds(tokens, 5).as_slice() {
        [Word(j), Number(_, 1..=3), Mark('('), Number(y, 4), Mark(')')] if juche(j) => {
            Some((*y, 5))
        }
        [Word(j), Number(y, 1..=3), ..] if juche(j) => Some((y + 1911, 2)),
        [Number(y, 4), Mark('('), Word(j), Number(_, 1..=3), Mark(')')] if juche(j) => {
            Some((*y, 5))
        }
        [Mark('('), Number(y, 4), Mark(')'), ..] => Some((*y, 3)),
        [Number(y, 4), ..] => Some((*y, 1)),
        _ => None,
    }
}

/// `二〇二二年二月二十四日`, `2022年三月八日`.
fn han(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let (head, day) = (kinds(tokens, 4), kinds(tokens.get(4..)?, 2));
    let [y, Word("年"), m, Word("月")] = head[..] else { return None };
    let (d, length) = match day.as_slice() {
        [Word(d), ..] => (han_number(d.split_once(['日', '号'])?.0)?, 5),
        [Number(d, 1..=2), Word(unit)] if unit.starts_with(['日', '号']) => (*d, 6),
        _ => return None,
    };
    let numeral = |kind| match kind {
        Word(han) => han_number(han),
        Number(n, _) => Some(n),
        Mark(_) => None,
    };
    let year = numeral(y).filter(|y| *y >= 1000)?;
    Some((date(year, numeral(m)?, d)?, length))
}

/// `March 8, 2022`, `Mar. 10, Juche 111 (2022)`, `December 1. 2011 Juche 100`, `15 November 2005`,
/// `23-Mar-2022`, `28 de febrero de 2022`.
fn worded(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let (month, day, length) = month_day(tokens)?;
    let rest = tokens.get(length..)?;
    // `28th Feb., Juche 111`: at most two marks or particles part the day from the year.
    let parting = |token: &&Token<'_>| {
        matches!(token.kind, Mark(',' | '.' | '-') | Word("de" | "del" | "of"))
    };
    let between = rest.iter().take(2).take_while(parting).count();
    let (year, more) = year(rest.get(between..)?)?;
    let found = plausible(i16::try_from(year).ok()?, month, day)?;
    let length = length + between + more;
    // `December 1. 2011 Juche 100`: the second year belongs to the words.
    let again = tokens.get(length..).and_then(year_in_juche).unwrap_or(0);
    Some((found, length + again))
}

fn year_in_juche(tokens: &[Token<'_>]) -> Option<usize> {
    matches!(kinds(tokens, 2)[..], [Word("Juche"), Number(..)]).then_some(2)
}

/// `March 8`, `Mar. 8`, `March 8th`, `8 March`, `8th of March`, `8-Mar`, `28 de febrero`: month, day
/// and how many tokens they take.
fn month_day(tokens: &[Token<'_>]) -> Option<(i8, i8, usize)> {
    let kinds = kinds(tokens, 4);
    let ordinal = |n: usize| matches!(kinds.get(n), Some(Word("st" | "nd" | "rd" | "th")));
    let (month, day, length) = match kinds.as_slice() {
        [Word(m), Number(d, 1..=2), ..] => (english_month(m)?, *d, 2 + usize::from(ordinal(2))),
        [Word(m), Mark('.'), Number(d, 1..=2), ..] => {
            (english_month(m)?, *d, 3 + usize::from(ordinal(3)))
        }
        [Number(d, 1..=2), Word("de"), Word(m), ..] => (spanish_month(m)?, *d, 3),
        [Number(d, 1..=2), Word("st" | "nd" | "rd" | "th"), Word("of"), Word(m)] => {
            (english_month(m)?, *d, 4)
        }
        [Number(d, 1..=2), Word("st" | "nd" | "rd" | "th") | Mark('-'), Word(m), ..] => {
            (english_month(m)?, *d, 3)
        }
        [Number(d, 1..=2), Word(m), ..] => (english_month(m)?, *d, 2),
        _ => return None,
    };
    Some((small(month)?, small(day)?, length))
}

/// The number of a Spanish month.
fn spanish_month(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ];
    let at = NAMES.iter().position(|name| word.eq_ignore_ascii_case(name))?;
    u32::try_from(at + 1).ok()
}

/// The number of an English month, whole or cut to three or four letters.
fn english_month(word: &str) -> Option<u32> {
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
    known.then(|| u32::try_from(at + 1).ok()).flatten()
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
            ("二〇三一年五月八日", "2031-05-08"),
            ("二○三一年五月十八日", "2031-05-18"),
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
            ("03/14/2022", "2022-03-14"),
            ("14-03-2022", "2022-03-14"),
            ("04/04/2022", "2022-04-04"),
            ("4.3.2022", "2022-03-04"),
            ("2024.5.11. 《로동신문》 6면", "2024-05-11"),
            ("Published: Mar 24, 2022 09:53 PM", "2022-03-24"),
            ("二〇〇五年十一月十五日", "2005-11-15"),
            ("２０２２年２月２４日", "2022-02-24"),
            ("２０２２－０２－２４ １９：００", "2022-02-24"),
            ("2022年三月八日", "2022-03-08"),
            ("二〇二二年3月8日", "2022-03-08"),
            ("二O二二年三月二十八日", "2022-03-28"),
            ("주체111(2022)년2월28일 월요일", "2022-02-28"),
            ("주체 111 (2022) 년 2 월 28 일", "2022-02-28"),
            ("주체111(2022).2.28.", "2022-02-28"),
            ("주체111.2.28.", "2022-02-28"),
            ("2022(주체111)년 2월 28일", "2022-02-28"),
            ("Juche111(2022).2.28", "2022-02-28"),
            ("JUCHE 111 (2022) . 2 . 28", "2022-02-28"),
            ("Juche 111 (2022), February 28", "2022-02-28"),
            ("February 28, 2022, Juche 111", "2022-02-28"),
            ("Feb. 28 Juche 111(2022)", "2022-02-28"),
            ("28th Feb., Juche 111", "2022-02-28"),
            ("8th of March, 2022", "2022-03-08"),
            ("Tuesday, 8 March 2022", "2022-03-08"),
            ("28 de febrero de 2022", "2022-02-28"),
            ("28 de Febrero de Juche 111 (2022)", "2022-02-28"),
            ("Updated: 2022-03-07 17:49", "2022-03-07"),
            (">> January 3. 1998 Juche 87", "1998-01-03"),
        ] {
            assert_eq!(found(text).as_deref(), Some(expected), "{text}");
        }
        for none in
            ["2022年2月30日", "Marching 8, 2022", "03/04/2022", "13/14/2022", "4.3-2022", "44624"]
        {
            assert_eq!(found(none), None, "{none}");
        }
    }

    #[test]
    fn stamps_keep_their_time() {
        let stamped = |text| Order::Unknown.stamp(text).map(|(_, published)| published);
        for (text, expected) in [
            ("2022-03-09 00:04", "2022-03-09 00:04"),
            ("2022-03-09 00:04:59", "2022-03-09 00:04"),
            ("2022-03-09T21:10:00+09:00", "2022-03-09 21:10"),
            ("March 9, 2022, 9:53 PM", "2022-03-09 21:53"),
            ("March 9, 2022 09:53 a.m.", "2022-03-09 09:53"),
            ("Mar 9, 2022 12:05 AM", "2022-03-09 00:05"),
            ("2022年3月9日 下午9:53", "2022-03-09 21:53"),
            ("２０２２－０３－０９　１９：００", "2022-03-09 19:00"),
            ("2019-02-16", "2019-02-16"),
            ("2019-02-16 25:00", "2019-02-16"),
            ("2019-02-16 3:5", "2019-02-16"),
        ] {
            assert_eq!(stamped(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_day_without_a_year_takes_the_nearest() {
        let anchor = Date::new(2024, 1, 2).unwrap();
        assert_eq!(nearest(12, 31, anchor).unwrap().to_string(), "2023-12-31");
        assert_eq!(nearest(1, 3, anchor).unwrap().to_string(), "2024-01-03");
        assert_eq!(nearest(2, 29, anchor), None);
        // In Pyongyang the new year begins before it does in the time of a capture.
        let last = Date::new(2026, 12, 31).unwrap();
        assert_eq!(nearest(1, 1, last).unwrap().to_string(), "2027-01-01");
        assert_eq!(nearest(1, 2, last).unwrap().to_string(), "2026-01-02");
    }
}
