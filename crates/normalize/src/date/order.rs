//! The order of day and month in a date of numbers alone that ends with its year.

use corpus::Date;

use super::tokens::Kind::{Mark, Number, Word};
use super::tokens::{Token, kinds, tokens, words};
use super::{at_start, date};

/// What stands first in a date of numbers alone that ends with its year: `03/04/2022` is 3 April
/// or 4 March.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// Nothing tells; such a date is none.
    #[default]
    Unknown,
    /// The day.
    DayFirst,
    /// The month.
    MonthFirst,
}

impl Order {
    /// The first date in `text`, with the words it was read off.
    pub fn find(self, text: &str) -> Option<(Date, String)> {
        let tokens = tokens(text);
        (0..tokens.len()).find_map(|at| {
            let rest = tokens.get(at..)?;
            let (date, length) = at_start(rest, self)?;
            Some((date, words(text, rest, length)))
        })
    }

    /// The date of a text that should be nothing but one, so that `20220304` is one, too.
    pub fn read(self, text: &str) -> Option<(Date, String)> {
        let digits = || {
            let tokens = tokens(text);
            let Number(n, 8) = tokens.first()?.kind else { return None };
            let day = date(n / 10_000, n / 100 % 100, n % 100)?;
            Some((day, words(text, &tokens, 1)))
        };
        self.find(text).or_else(digits)
    }

    /// The two days that a text may mean which this order does not tell apart, with the words.
    pub fn in_two_ways(self, text: &str) -> Option<(Date, Date, String)> {
        if self.read(text).is_some() {
            return None;
        }
        let (a, words) = Self::DayFirst.find(text)?;
        Some((a, Self::MonthFirst.find(text)?.0, words))
    }

    /// A stamp as statements keep it: `YYYY-MM-DD` and, where it is printed, ` HH:MM`.
    pub fn stamp(self, text: &str) -> Option<(Date, String)> {
        let (date, words) = self.read(text)?;
        let after = text.split_once(words.as_str()).map_or("", |(_, after)| after);
        let day = date.to_string();
        let published = clock(after).map_or_else(|| day.clone(), |time| format!("{day} {time}"));
        Some((date, published))
    }

    /// What the first date of numbers alone in `text` shows of its order; dots show nothing of what
    /// other marks mean.
    pub fn shown_by(text: &str) -> Self {
        let tokens = tokens(text);
        let found = (0..tokens.len()).find_map(|at| numbers_alone(tokens.get(at..)?));
        found.filter(|(mark, ..)| *mark != '.').map_or(Self::Unknown, |(_, a, b, _)| shown(a, b))
    }
}

/// The time that follows a day, as `HH:MM`: ` 21:53`, `T21:53:07+09:00`, `, 9:53 PM`, ` 下午9:53`.
fn clock(after: &str) -> Option<String> {
    let tokens = tokens(after);
    let kinds = kinds(&tokens, 12);
    let rest = kinds.strip_prefix(&[Mark(',')]).unwrap_or(&kinds);
    let rest = rest.strip_prefix(&[Word("T")]).unwrap_or(rest);
    let (first, rest) = match rest {
        [Word(half), rest @ ..] => (half_of_day(half), rest),
        _ => (None, rest),
    };
    let [Number(hour, 1..=2), Mark(':'), Number(minute, 2), rest @ ..] = rest else {
        return None;
    };
    let rest = match rest {
        [Mark(':'), Number(_, 2), rest @ ..] => rest,
        _ => rest,
    };
    let last = match rest {
        [Word(half), Mark('.'), Word("m" | "M"), ..] | [Word(half), ..] => half_of_day(half),
        _ => None,
    };
    let hour = match first.or(last) {
        Some(half) if (1..=12).contains(hour) => hour % 12 + half,
        _ => *hour,
    };
    (hour < 24 && *minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

/// At which hour the half of a day begins that a word names.
fn half_of_day(word: &str) -> Option<u32> {
    match word {
        "AM" | "am" | "a" | "A" | "上午" | "오전" => Some(0),
        "PM" | "pm" | "p" | "P" | "下午" | "晚上" | "오후" => Some(12),
        _ => None,
    }
}

/// `28/02/2022`, `03/14/2022`, `4.3.2022`: where both numbers may be the month, dots put the day
/// first, and of other marks the order has to tell.
pub fn year_last(tokens: &[Token<'_>], order: Order) -> Option<Date> {
    let (mark, a, b, y) = numbers_alone(tokens)?;
    let order = if shown(a, b) == Order::Unknown { order } else { shown(a, b) };
    let day_first = match order {
        _ if mark == '.' || a == b => true,
        Order::DayFirst => true,
        Order::MonthFirst => false,
        Order::Unknown => return None,
    };
    let (day, month) = if day_first { (a, b) } else { (b, a) };
    date(y, month, day)
}

/// Mark, first and second number, and year of a date of numbers alone that ends with its year.
fn numbers_alone(tokens: &[Token<'_>]) -> Option<(char, u32, u32, u32)> {
    match kinds(tokens, 5)[..] {
        [
            Number(a, 1..=2),
            Mark(mark @ ('/' | '-' | '.')),
            Number(b, 1..=2),
            Mark(again),
            Number(y, 4),
        ] if mark == again => Some((mark, a, b, y)),
        _ => None,
    }
}

/// What stands first, where one of the two numbers can be no month.
fn shown(a: u32, b: u32) -> Order {
    match (a > 12, b > 12) {
        (true, false) => Order::DayFirst,
        (false, true) => Order::MonthFirst,
        _ => Order::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_first_in_numbers_alone_is_told_never_guessed() {
        let read = |order: Order, text| order.find(text).map(|(date, _)| date.to_string());
        assert_eq!(read(Order::DayFirst, "03/04/2022").as_deref(), Some("2022-04-03"));
        assert_eq!(read(Order::MonthFirst, "03/04/2022").as_deref(), Some("2022-03-04"));
        for order in [Order::Unknown, Order::DayFirst, Order::MonthFirst] {
            assert_eq!(read(order, "28/02/2022").as_deref(), Some("2022-02-28"));
            assert_eq!(read(order, "02-28-2022").as_deref(), Some("2022-02-28"));
            assert_eq!(read(order, "3.4.2022").as_deref(), Some("2022-04-03"));
        }
    }
}
