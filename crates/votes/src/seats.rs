//! A seat: who votes under a code, and since when.
//!
//! The seat of China was held from Taipei until 25 October 1971, the seat of the Soviet Union
//! passed to Russia in December 1991. As one series the seat keeps its code over all years; a
//! study cuts it where the holder changed.

use corpus::Date;
use corpus::source::Config;
use serde::Deserialize;

use crate::{Country, Result, RollCall, Vote};

/// The changes of seats that are known, from `votes/seats.toml`.
#[derive(Debug, Clone, Default)]
pub struct Seats(Vec<Change>);

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Change {
    /// The seat's code as one series.
    code: Country,
    /// The first day of the new holder.
    from: Date,
    /// What the seat is called before that day where series are cut.
    holder: String,
    /// The code in the tables before that day, where it is another.
    recorded_as: Option<Country>,
    /// Why; for people who read the file.
    #[serde(rename = "note")]
    _note: Option<String>,
}

/// One seat, whole or a part of its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// What a table of results calls it.
    pub name: String,
    /// The codes that it votes under.
    codes: Vec<Country>,
    /// First day, where it begins within the series.
    from: Option<Date>,
    /// Day after the last, where it ends within the series.
    until: Option<Date>,
}

impl Seats {
    /// The changes in `config`, or the built-in ones where it has none.
    ///
    /// # Errors
    /// Where the file does not parse.
    pub fn of(config: &Config) -> Result<Self> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            change: Vec<Change>,
        }
        let path = "votes/seats.toml";
        let listed = config.files("votes", "toml")?;
        let own = listed.into_iter().find(|(file, _)| file.ends_with("seats.toml"));
        let text = match own {
            Some((_, text)) => text,
            None => Config::BuiltIn.file(path)?,
        };
        let file: File = toml::from_str(&text).map_err(|e| corpus::Error::config(path, e))?;
        Ok(Self(file.change))
    }

    /// The seat of `code` as one series over all years.
    pub fn whole(&self, code: Country) -> Seat {
        let codes = std::iter::once(code);
        let joined = self.0.iter().filter(|c| c.code == code).filter_map(|c| c.recorded_as);
        Seat {
            name: code.to_string(),
            codes: codes.chain(joined).collect(),
            from: None,
            until: None,
        }
    }

    /// The seat of `code` by holder, earliest first.
    pub fn split(&self, code: Country) -> Vec<Seat> {
        let mut changes: Vec<&Change> = self.0.iter().filter(|c| c.code == code).collect();
        changes.sort_by_key(|c| c.from);
        let mut parts = Vec::new();
        let mut from = None;
        for change in changes {
            parts.push(Seat {
                name: change.holder.clone(),
                codes: vec![change.recorded_as.unwrap_or(code)],
                from,
                until: Some(change.from),
            });
            from = Some(change.from);
        }
        parts.push(Seat { name: code.to_string(), codes: vec![code], from, until: None });
        parts
    }
}

impl Seat {
    /// How the seat's holder voted; `None` outside its time or where it was no member.
    pub fn vote(&self, roll_call: &RollCall) -> Option<Vote> {
        let begun = self.from.is_none_or(|from| from <= roll_call.date);
        let over = self.until.is_some_and(|until| until <= roll_call.date);
        if !begun || over {
            return None;
        }
        self.codes.iter().find_map(|code| roll_call.vote(*code))
    }

    /// The place on the scale no, abstain, yes, where it voted.
    pub fn place(&self, roll_call: &RollCall) -> Option<usize> {
        self.vote(roll_call)?.place()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seats_of_china_and_russia_are_cut_where_their_holder_changed() {
        let seats = Seats::of(&Config::BuiltIn).unwrap();
        let names = |code: &str| -> Vec<String> {
            seats.split(code.parse().unwrap()).into_iter().map(|s| s.name).collect()
        };
        assert_eq!(names("CHN"), ["CHN-ROC", "CHN"]);
        assert_eq!(names("RUS"), ["SUN", "RUS"]);
        assert_eq!(names("PRK"), ["PRK"]);
    }
}
