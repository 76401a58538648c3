//! The calendar of one source: what was expected of each day and what became of it. Pure.

use std::collections::BTreeMap;

use corpus::source::{Expectation, Expected};
use corpus::{Date, Genre};
use serde::Serialize;

/// One page that is known of: its day and how far it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageFact {
    /// The event's day if it was read, else the listing's; none where neither is known.
    pub day: Option<Date>,
    /// A listing named it.
    pub listed: bool,
    /// It was answered with a page.
    pub fetched: bool,
    /// A statement was read off it.
    pub parsed: bool,
    /// It was asked for or read, and no statement came of it.
    pub failed: bool,
}

/// One statement, with what matters for the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementFact {
    /// Day of the event.
    pub day: Option<Date>,
    /// Kind of text.
    pub genre: Genre,
    /// Known from an imported table alone.
    pub from_table: bool,
}

/// What became of some days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Days on which something was to be expected.
    pub expected: usize,
    /// Of these, days on which it was found.
    pub met: usize,
    /// Of these, days for which it was not.
    pub gaps: usize,
    /// Days with any statement.
    pub days_with_statements: usize,
    /// Pages that a listing named; none where no listing was ever read.
    pub listed: Option<usize>,
    /// Pages that were answered; none where nothing was ever fetched.
    pub fetched: Option<usize>,
    /// Pages off which a statement was read.
    pub parsed: Option<usize>,
    /// Pages that were asked for or read, and gave no statement.
    pub failed: Option<usize>,
    /// Pages that a listing named and nobody asked for yet.
    pub waiting: Option<usize>,
    /// Statements.
    pub statements: usize,
    /// Of these, statements that only imported tables hold.
    pub from_tables: usize,
}

/// What became of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayStatus {
    /// What was expected is there.
    Met,
    /// Something was expected and is not there.
    Gap,
    /// Something was expected; a page of that day is known and could not be fetched or read.
    Failed,
    /// Something is there; nothing was expected, or nobody declared what is.
    Found,
    /// Nothing was expected, nothing is there.
    Closed,
    /// Nobody declared what is to be expected, and only failed or waiting pages are known.
    Unknown,
}

/// One day of the calendar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// What became of it.
    pub status: DayStatus,
    /// Why nothing was expected: `summer recess`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Its numbers.
    #[serde(flatten)]
    pub counts: Counts,
}

/// One month of the calendar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Month {
    /// `2022-02`
    pub month: String,
    /// Its numbers.
    #[serde(flatten)]
    pub counts: Counts,
}

/// The calendar of one source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calendar {
    /// First day that is shown; none where nothing is known.
    pub from: Option<Date>,
    /// Last day that is shown.
    pub to: Option<Date>,
    /// All days, and what has no day.
    pub totals: Counts,
    /// What has no day and so stands in no month.
    pub undated: Counts,
    /// Every month from the first to the last, empty ones too.
    pub months: Vec<Month>,
    /// Every day on which something was expected, closed or known; a day that is not here is one
    /// of which nothing is known and nothing declared.
    pub days: Vec<Day>,
}

/// Which parts of the way are known at all, so that a number that nobody could know is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownParts {
    /// A listing was read at least once.
    pub listing: bool,
    /// A page was fetched or imported at least once.
    pub pages: bool,
}

/// The calendar of the days `from..=to`; where one is left out, the first or last day of which
/// anything is known. `watched_to` is the last day that a crawl looked at: what is missing up to
/// then is a gap although nothing later is known.
pub fn calendar(
    expected: Option<&Expected>,
    pages: &[PageFact],
    statements: &[StatementFact],
    known: KnownParts,
    (from, to): (Option<Date>, Option<Date>),
    watched_to: Option<Date>,
) -> Calendar {
    let dated =
        || pages.iter().filter_map(|p| p.day).chain(statements.iter().filter_map(|s| s.day));
    let from = from.or_else(|| dated().min());
    let to = to.or_else(|| dated().chain(watched_to).max());
    let empty = Counts::of(known);
    let mut facts: BTreeMap<Option<Date>, (Counts, bool)> = BTreeMap::new();
    for page in pages {
        facts.entry(page.day).or_insert((empty, false)).0.page(page);
    }
    for statement in statements {
        let (counts, met) = facts.entry(statement.day).or_insert((empty, false));
        counts.statements += 1;
        counts.from_tables += usize::from(statement.from_table);
        *met |= expected.and_then(|e| e.genre).is_none_or(|genre| genre == statement.genre);
    }
    let undated = facts.remove(&None).map_or(empty, |(counts, _)| counts);
    let mut days = Vec::new();
    for date in series(from, to) {
        let found = facts.get(&Some(date)).copied();
        let expectation = expected.map_or(Expectation::Unknown, |e| e.on(date));
        days.extend(day(date, expectation, found, empty));
    }
    let mut totals = undated;
    let mut months: BTreeMap<String, Counts> =
        series(from, to).map(|date| (date.month(), empty)).collect();
    for day in &days {
        totals.add(&day.counts);
        months.entry(day.date.month()).or_insert(empty).add(&day.counts);
    }
    let months = months.into_iter().map(|(month, counts)| Month { month, counts }).collect();
    Calendar { from, to, totals, undated, months, days }
}

/// One day; `None` where nothing is known of it and nothing declared.
fn day(
    date: Date,
    expectation: Expectation<'_>,
    found: Option<(Counts, bool)>,
    empty: Counts,
) -> Option<Day> {
    let (mut counts, met) = found.unwrap_or((empty, false));
    let expected = expectation == Expectation::Something;
    let met = met && counts.statements > 0;
    counts.expected = usize::from(expected);
    counts.met = usize::from(expected && met);
    counts.gaps = usize::from(expected && !met);
    counts.days_with_statements = usize::from(counts.statements > 0);
    let trouble = counts.failed.unwrap_or(0) + counts.waiting.unwrap_or(0) > 0;
    let status = match expectation {
        Expectation::Something if met => DayStatus::Met,
        Expectation::Something if trouble => DayStatus::Failed,
        Expectation::Something => DayStatus::Gap,
        _ if counts.statements > 0 => DayStatus::Found,
        Expectation::Nothing(_) if !trouble => DayStatus::Closed,
        Expectation::Nothing(_) => DayStatus::Unknown,
        Expectation::Unknown if found.is_some() => DayStatus::Unknown,
        Expectation::Unknown => return None,
    };
    let why = match expectation {
        Expectation::Nothing(why) => Some(why.to_owned()),
        _ => None,
    };
    Some(Day { date, status, why, counts })
}

fn series(from: Option<Date>, to: Option<Date>) -> impl Iterator<Item = Date> {
    let both = from.zip(to).into_iter();
    both.flat_map(|(from, to)| {
        from.0.series(jiff::Span::new().days(1)).take_while(move |day| *day <= to.0).map(Date)
    })
}

impl Counts {
    fn of(known: KnownParts) -> Self {
        let pages = known.pages.then_some(0);
        Self {
            listed: known.listing.then_some(0),
            fetched: pages,
            parsed: pages,
            failed: (known.pages || known.listing).then_some(0),
            waiting: known.listing.then_some(0),
            ..Self::default()
        }
    }

    fn page(&mut self, page: &PageFact) {
        let count = |to: &mut Option<usize>, holds: bool| {
            if holds {
                *to = Some(to.unwrap_or(0) + 1);
            }
        };
        count(&mut self.listed, page.listed);
        count(&mut self.fetched, page.fetched);
        count(&mut self.parsed, page.parsed);
        count(&mut self.failed, page.failed);
        count(&mut self.waiting, page.listed && !page.fetched && !page.parsed && !page.failed);
    }

    /// Adds the numbers of other days.
    pub fn add(&mut self, other: &Self) {
        let sum = |a: &mut Option<usize>, b: Option<usize>| {
            if let Some(b) = b {
                *a = Some(a.unwrap_or(0) + b);
            }
        };
        self.expected += other.expected;
        self.met += other.met;
        self.gaps += other.gaps;
        self.days_with_statements += other.days_with_statements;
        sum(&mut self.listed, other.listed);
        sum(&mut self.fetched, other.fetched);
        sum(&mut self.parsed, other.parsed);
        sum(&mut self.failed, other.failed);
        sum(&mut self.waiting, other.waiting);
        self.statements += other.statements;
        self.from_tables += other.from_tables;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const TABLE: KnownParts = KnownParts { listing: false, pages: false };
    const CRAWLED: KnownParts = KnownParts { listing: true, pages: true };

    fn weekdays() -> Expected {
        toml::from_str(
            r#"
            weekdays = ["mon", "tue", "wed", "thu", "fri"]
            genre = "press-conference"
            closed = [{ from = "2022-03-10", to = "2022-03-11", why = "recess" }]
            "#,
        )
        .unwrap()
    }

    fn on(day: &str) -> Option<Date> {
        Some(day.parse().unwrap())
    }

    fn said(day: Option<Date>, genre: Genre) -> StatementFact {
        StatementFact { day, genre, from_table: true }
    }

    #[test]
    fn a_gap_is_a_gap_and_a_table_has_no_listing() {
        let said = [
            said(on("2022-03-07"), Genre::PressConference),
            said(on("2022-03-09"), Genre::Remarks),
            said(on("2022-03-12"), Genre::Remarks),
            said(None, Genre::Remarks),
        ];
        let found = calendar(Some(&weekdays()), &[], &said, TABLE, (None, on("2022-03-14")), None);
        let statuses: Vec<DayStatus> = found.days.iter().map(|d| d.status).collect();
        use DayStatus::{Closed, Found, Gap, Met};
        // Monday to Monday; remarks do not stand in for a conference.
        assert_eq!(statuses, [Met, Gap, Gap, Closed, Closed, Found, Closed, Gap]);
        let t = found.totals;
        assert_eq!((t.expected, t.met, t.gaps, t.statements), (4, 1, 3, 4));
        assert_eq!((t.listed, t.fetched, t.failed), (None, None, None));
        assert_eq!(found.undated.statements, 1);
        assert_eq!(found.days[3].why.as_deref(), Some("recess"));
    }

    #[test]
    fn a_failed_page_is_no_plain_gap_and_a_silent_end_is_a_gap() {
        let page =
            |day, fetched, parsed, failed| PageFact { day, listed: true, fetched, parsed, failed };
        let pages = [
            page(on("2022-03-07"), true, true, false),
            page(on("2022-03-08"), false, false, true),
            page(on("2022-03-09"), false, false, false),
        ];
        let said =
            [StatementFact { from_table: false, ..said(on("2022-03-07"), Genre::PressConference) }];
        let found =
            calendar(Some(&weekdays()), &pages, &said, CRAWLED, (None, None), on("2022-03-14"));
        let statuses: Vec<DayStatus> = found.days.iter().map(|d| d.status).collect();
        use DayStatus::{Closed, Failed, Gap, Met};
        assert_eq!(statuses, [Met, Failed, Failed, Closed, Closed, Closed, Closed, Gap]);
        let t = found.totals;
        assert_eq!(
            (t.listed, t.fetched, t.parsed, t.failed, t.waiting),
            (Some(3), Some(1), Some(1), Some(1), Some(1))
        );
        assert_eq!((t.expected, t.met, t.gaps), (4, 1, 3));
    }

    #[test]
    fn without_a_declared_rhythm_nothing_is_a_gap() {
        let said = [said(on("2022-03-07"), Genre::Report), said(on("2022-05-01"), Genre::Report)];
        let found = calendar(None, &[], &said, TABLE, (None, None), None);
        assert_eq!((found.days.len(), found.months.len()), (2, 3));
        assert_eq!((found.totals.expected, found.totals.gaps), (0, 0));
    }
}
