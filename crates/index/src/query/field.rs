//! A field of a turn or its statement, and what a query asks of it.

use corpus::Date;

use crate::schema::folded_name;

/// A field that a query can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldName {
    Statement,
    Source,
    Country,
    Issuer,
    Carrier,
    Lang,
    Genre,
    Role,
    Speaker,
    Asker,
    Title,
    Date,
}

impl FieldName {
    pub const ALL: [(&str, Self); 13] = [
        ("statement", Self::Statement),
        ("source", Self::Source),
        ("country", Self::Country),
        ("issuer", Self::Issuer),
        ("carrier", Self::Carrier),
        ("lang", Self::Lang),
        ("language", Self::Lang),
        ("genre", Self::Genre),
        ("role", Self::Role),
        ("speaker", Self::Speaker),
        ("asker", Self::Asker),
        ("title", Self::Title),
        ("date", Self::Date),
    ];

    /// The name as it is written in queries.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, field)| *field == self).map_or("", |(name, _)| name)
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, field)| field)
    }
}

/// What is asked of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FieldTest {
    /// The folded value is this, or begins with it.
    Is { field: FieldName, value: String, open_end: bool },
    /// The title holds a term.
    Title(String),
    /// The day lies between these, both included.
    Date { from: Option<Date>, to: Option<Date> },
}

/// What is wrong with a value, and what to write instead.
pub(crate) type WrongValue = (String, String);

impl FieldTest {
    /// Reads the value of a field.
    pub fn parse(field: FieldName, value: &str) -> Result<Self, WrongValue> {
        match field {
            FieldName::Title => Ok(Self::Title(value.to_owned())),
            FieldName::Date => {
                let (from, to) = parse_range(value)?;
                Ok(Self::Date { from, to })
            }
            _ => {
                let (value, open_end) = match value.strip_suffix('*') {
                    Some(start) => (start, true),
                    None => (value, false),
                };
                Ok(Self::Is { field, value: folded_name(value), open_end })
            }
        }
    }
}

/// `2022-02-24`, `2022-02`, `2022`, or two of them with `..` between, either left out.
fn parse_range(value: &str) -> Result<(Option<Date>, Option<Date>), WrongValue> {
    let (first, last) = value.split_once("..").unwrap_or((value, value));
    let wrong = |part: &str| {
        let cure = "write YYYY-MM-DD, YYYY-MM, YYYY, or a range as 2022-02-01..2022-07-31";
        (format!("`{part}` is no day, month or year"), cure.to_owned())
    };
    let from = match first {
        "" => None,
        _ => Some(parse_period(first).ok_or_else(|| wrong(first))?.0),
    };
    let to = match last {
        "" => None,
        _ => Some(parse_period(last).ok_or_else(|| wrong(last))?.1),
    };
    match (from, to) {
        (None, None) => Err(wrong(value)),
        (Some(from), Some(to)) if from > to => Err((
            format!("the range ends on {to}, before it begins on {from}"),
            "write the earlier day first".to_owned(),
        )),
        _ => Ok((from, to)),
    }
}

/// The first and last day of a day, month or year.
fn parse_period(part: &str) -> Option<(Date, Date)> {
    let numbers: Vec<&str> = part.split('-').collect();
    let digits = |text: &str, width: usize| {
        (text.len() == width && text.bytes().all(|b| b.is_ascii_digit())).then_some(())
    };
    digits(numbers.first()?, 4)?;
    match numbers.as_slice() {
        [_, _, _] => part.parse().ok().map(|day| (day, day)),
        [year, month] => {
            digits(month, 2)?;
            let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1)?;
            Some((first, Date(first.0.last_of_month())))
        }
        [year] => {
            let first = Date::new(year.parse().ok()?, 1, 1)?;
            Some((first, Date(first.0.last_of_year())))
        }
        _ => None,
    }
}
