//! When a source is expected to publish: the days of the week, its recesses and holidays.

use serde::{Deserialize, Serialize};

use super::Source;
use crate::{Date, Genre};

/// The rhythm of a source, as its file declares it under `[expected]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Expected {
    /// The source whose rhythm it shares: the same briefings in another language.
    pub like: Option<String>,
    /// Days of the week on which something is published; none where there is no such rule.
    #[serde(default)]
    pub weekdays: Vec<Weekday>,
    /// What is published on these days; any text where it is left out.
    pub genre: Option<Genre>,
    /// First day of this rhythm.
    pub since: Option<Date>,
    /// Last day of this rhythm.
    pub until: Option<Date>,
    /// So many expected days without anything new are an alarm (days of the calendar where no
    /// weekdays are declared).
    pub stale_after: Option<u32>,
    /// Recesses and holidays.
    #[serde(default)]
    pub closed: Vec<Closed>,
}

/// Days on which nothing is expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// `summer recess`, `National Day`
    pub why: String,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// Monday
    Mon,
    /// Tuesday
    Tue,
    /// Wednesday
    Wed,
    /// Thursday
    Thu,
    /// Friday
    Fri,
    /// Saturday
    Sat,
    /// Sunday
    Sun,
}

impl Weekday {
    /// The name as it is written in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mon => "mon",
            Self::Tue => "tue",
            Self::Wed => "wed",
            Self::Thu => "thu",
            Self::Fri => "fri",
            Self::Sat => "sat",
            Self::Sun => "sun",
        }
    }

    fn of(day: Date) -> Self {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let n = usize::try_from(day.0.weekday().to_monday_zero_offset()).unwrap_or_default();
        [Mon, Tue, Wed, Thu, Fri, Sat, Sun].get(n).copied().unwrap_or(Sun)
    }
}

/// What is to be expected of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation<'e> {
    /// Something is published.
    Something,
    /// Nothing is, for this reason.
    Nothing(&'e str),
    /// Nobody declared it.
    Unknown,
}

impl Expected {
    /// What is to be expected of `day`.
    pub fn on(&self, day: Date) -> Expectation<'_> {
        let outside = self.since.is_some_and(|since| day < since)
            || self.until.is_some_and(|until| day > until);
        if self.weekdays.is_empty() || outside {
            return Expectation::Unknown;
        }
        let closed = self.closed.iter().find(|c| c.from <= day && day <= c.to);
        if let Some(closed) = closed {
            return Expectation::Nothing(&closed.why);
        }
        if self.weekdays.contains(&Weekday::of(day)) {
            return Expectation::Something;
        }
        Expectation::Nothing("no briefing day")
    }

    /// How many days after `last` up to and including `today` something was to be expected; days
    /// of the calendar where no weekdays are declared.
    pub fn missed(&self, last: Date, today: Date) -> u32 {
        let days = last.0.tomorrow().ok().into_iter().flat_map(|first| {
            first.series(jiff::Span::new().days(1)).take_while(|day| *day <= today.0)
        });
        let counts = |day: &jiff::civil::Date| {
            self.weekdays.is_empty() || self.on(Date(*day)) == Expectation::Something
        };
        u32::try_from(days.filter(counts).count()).unwrap_or(u32::MAX)
    }
}

impl super::Sources {
    /// The rhythm of a source: its own, or that of the source which it names.
    pub fn expected<'s>(&'s self, source: &'s Source) -> Option<&'s Expected> {
        let own = source.expected.as_ref()?;
        match &own.like {
            Some(other) => self.get(other)?.expected.as_ref(),
            None => Some(own),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn rhythm() -> Expected {
        toml::from_str(
            r#"
            weekdays = ["mon", "tue", "wed", "thu", "fri"]
            since = "2022-01-03"
            closed = [{ from = "2022-01-31", to = "2022-02-04", why = "holiday" }]
            "#,
        )
        .unwrap()
    }

    #[test]
    fn a_day_is_expected_unless_it_is_a_weekend_or_closed() {
        let on = |day: &str| rhythm().on(day.parse().unwrap()) == Expectation::Something;
        assert!(on("2022-01-28") && !on("2022-01-29") && !on("2022-01-31") && on("2022-02-07"));
        let rhythm = rhythm();
        assert_eq!(rhythm.on("2022-02-02".parse().unwrap()), Expectation::Nothing("holiday"));
        assert_eq!(rhythm.on("2021-12-31".parse().unwrap()), Expectation::Unknown);
    }

    #[test]
    fn days_missed_are_expected_days() {
        let day = |day: &str| day.parse().unwrap();
        assert_eq!(rhythm().missed(day("2022-01-28"), day("2022-02-08")), 2);
        assert_eq!(rhythm().missed(day("2022-01-28"), day("2022-01-28")), 0);
        assert_eq!(Expected::default().missed(day("2022-01-28"), day("2022-02-08")), 11);
    }
}
