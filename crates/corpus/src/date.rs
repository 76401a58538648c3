//! A calendar day, `YYYY-MM-DD`, without a time zone.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day as the ministries print it. Ordered by time; written `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub jiff::civil::Date);

impl Date {
    /// The day, or `None` where the calendar has no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// The month, `YYYY-MM`.
    pub fn month(self) -> String {
        format!("{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl std::str::FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let cured = || format!("`{text}` is no day; write YYYY-MM-DD");
        let mut parts = text.splitn(3, '-');
        let mut next = |width: usize| {
            parts.next().filter(|p| p.len() == width && p.bytes().all(|b| b.is_ascii_digit()))
        };
        let (year, month, day) = (next(4), next(2), next(2));
        let parsed =
            (|| Self::new(year?.parse().ok()?, month?.parse().ok()?, day?.parse().ok()?))();
        parsed.ok_or_else(cured)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
