//! A time: a moment in UTC, `2026-11-24T09:00:00Z`, as the archive dates what it holds.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Date;

/// A moment. Ordered by time, whatever it was written like; written RFC 3339 in UTC, with a
/// fraction of the second only where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub Timestamp);

impl Time {
    /// The day in UTC.
    pub fn day(self) -> Date {
        Date(TimeZone::UTC.to_datetime(self.0).date())
    }

    /// To the minute, as people read it: `2026-11-24 09:00`.
    pub fn minute(self) -> String {
        self.0.strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The 14 digits by which web archives name it: `20261124090000`.
    pub fn digits(self) -> String {
        self.0.strftime("%Y%m%d%H%M%S").to_string()
    }

    /// The moment that 14 digits name; `None` where they name none.
    pub fn of_digits(digits: &str) -> Option<Self> {
        let plain = digits.len() == 14 && digits.bytes().all(|b| b.is_ascii_digit());
        let (day, clock) = digits.split_at_checked(8).filter(|_| plain)?;
        format!("{day}T{clock}Z").parse().ok()
    }

    /// The moment without the fraction of its second.
    pub fn whole_second(self) -> Self {
        Timestamp::from_second(self.0.as_second()).map_or(self, Self)
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for Time {
    type Err = String;

    /// Reads RFC 3339 with any offset, and the coarser forms that WARC allows: a year, month or day
    /// is its first moment.
    fn from_str(text: &str) -> Result<Self, String> {
        let coarse = ["", "-01", "-01-01"].iter().find_map(|rest| {
            let day: Date = format!("{text}{rest}").parse().ok()?;
            format!("{day}T00:00:00Z").parse().ok()
        });
        let time = coarse.or_else(|| text.parse().ok()).map(Self);
        time.ok_or_else(|| format!("`{text}` is no time; write 2026-11-24T09:00:00Z"))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    #[test]
    fn whole_seconds_are_written_as_they_were_and_order_is_time() {
        for text in ["2026-11-24T09:00:00Z", "1997-01-01T23:59:59Z", "2026-11-24T09:00:00.5Z"] {
            assert_eq!(time(text).to_string(), text);
            assert_eq!(serde_json::from_str::<Time>(&format!("\"{text}\"")).unwrap(), time(text));
        }
        assert!(time("2026-11-24T10:00:00Z") < time("2026-11-24T10:00:00.500Z"));
        assert_eq!(time("2026-11-24T11:00:00+02:00"), time("2026-11-24T09:00:00Z"));
        assert_eq!(time("2016-09"), time("2016-09-01T00:00:00Z"));
        assert_eq!(time("2016"), time("2016-01-01T00:00:00Z"));
        for text in ["", "oops", "2026-13-45T00:00:00Z", "2026-11-24T09:00:00", "20261124090000"] {
            let said = text.parse::<Time>().unwrap_err();
            assert!(said.starts_with(&format!("`{text}` is no time")), "{said}");
        }
    }

    #[test]
    fn days_and_minutes_are_those_of_utc() {
        let late = time("2026-11-24T23:59:59.9Z");
        assert_eq!(late.day().to_string(), "2026-11-24");
        assert_eq!(late.minute(), "2026-11-24 23:59");
        assert_eq!(late.digits(), "20261124235959");
        assert_eq!(Time::of_digits("20261124235959"), Some(late.whole_second()));
        for none in ["2026", "20261345000000", "2026112409000x"] {
            assert_eq!(Time::of_digits(none), None, "{none}");
        }
        assert_eq!(late.whole_second().to_string(), "2026-11-24T23:59:59Z");
        assert_eq!(time("2026-11-25T01:00:00+02:00").day().to_string(), "2026-11-24");
    }
}
