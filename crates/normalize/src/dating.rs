//! Dating a text: which of the dates that it shows is the day of the event.
//!
//! The title's, else the dateline's; stamp, address and table are kept as evidence, and a
//! disagreement is recorded. A date that cannot be found stays unknown.

use corpus::{Date, DateEvidence, DateKind};

use crate::date::{self, Order};

/// Days by which the date in a title or dateline may differ from the page's stamp. Further off it
/// is a date that the text is about.
const DAYS_APART: i32 = 45;

/// The places where a text shows its date.
pub struct Dates<'a> {
    /// The title.
    pub title: Option<&'a str>,
    /// The text's first paragraphs, of which one may open with a dateline.
    pub first: Vec<&'a str>,
    /// A date line of the event.
    pub dated: Option<&'a str>,
    /// The publication stamp.
    pub stamp: Option<&'a str>,
    /// What stands first in the numbers of date line and stamp.
    pub order: Order,
    /// The date column of a table, with the words it was read off.
    pub table: Option<(Date, String)>,
    /// Why cells of a table that should hold a date hold none.
    pub unread: &'a [String],
    /// The address.
    pub url: &'a str,
    /// The day on which it was captured; only to complete a dateline without a year.
    pub captured: Option<Date>,
}

/// The days that a page gives of itself outside its text, against which a day that the text ends with
/// is held.
#[derive(Debug, Clone, Default)]
pub struct OwnDays {
    /// Those of table, stamp, date line and address.
    pub days: Vec<Date>,
    /// The day on which it was captured.
    pub captured: Option<Date>,
}

impl OwnDays {
    /// Whether a day below a text can be the text's own: near one that the page gives. Where it gives
    /// none, a day in words has to be near the capture; numbers alone are no words of a text.
    pub fn admits(&self, day: Date, words: &str) -> bool {
        let near = |other: &Date| days_apart(day, *other) <= DAYS_APART;
        match (self.days.as_slice(), self.captured) {
            ([], Some(captured)) => near(&captured) || (day <= captured && !may_be_words(words)),
            ([], None) => true,
            (days, _) => days.iter().any(near),
        }
    }
}

/// Whether a date is written as a sentence can have it, without the year of a stamp (`주체111(2022)`).
fn may_be_words(date: &str) -> bool {
    !date::is_of_numbers(date) && !date.contains(['(', '['])
}

/// What the dates come to.
pub struct Dated {
    /// The day of the event.
    pub date: Option<Date>,
    /// Every date found, sorted.
    pub evidence: Vec<DateEvidence>,
    /// Why there is no date, or in which way the dates disagree.
    pub note: Option<String>,
    /// The publication stamp.
    pub published: Option<String>,
}

impl Dates<'_> {
    /// The day of the event, and all dates as evidence.
    pub fn resolve(&self) -> Dated {
        let mut evidence: Vec<DateEvidence> = Vec::new();
        let mut add = |kind, found: Option<(Date, String)>| {
            evidence.extend(found.map(|(date, words)| DateEvidence { kind, date, words }));
        };
        let stamp = self.stamp.and_then(|text| self.order.stamp(text));
        add(DateKind::Page, self.dated.and_then(|text| self.order.find(text)));
        add(DateKind::Table, self.table.clone());
        add(
            DateKind::Stamp,
            stamp.as_ref().map(|(date, _)| (*date, self.stamp.unwrap_or("").to_owned())),
        );
        add(DateKind::Address, date::in_address(self.url));
        let anchor = evidence.first().map(|e| e.date);
        let titled = self.title.and_then(date::find).or_else(|| self.day_of_conference(anchor?));
        evidence.extend(titled.map(|(date, words)| DateEvidence {
            kind: DateKind::Title,
            date,
            words,
        }));
        let mut note = None;
        if let Some((year, month, day, words)) =
            self.first.iter().find_map(|text| date::dateline(text))
        {
            let found = match year {
                Some(year) => Date::new(year, month, day),
                None => {
                    anchor.or(self.captured).and_then(|anchor| date::nearest(month, day, anchor))
                }
            };
            if year.is_none() && anchor.is_none() && found.is_some() {
                note = Some("the dateline's year is the capture's".to_owned());
            }
            evidence.extend(found.map(|date| DateEvidence {
                kind: DateKind::Dateline,
                date,
                words,
            }));
        }
        let held = anchor.or_else(|| day_of(&evidence, DateKind::Dateline)).or(self.captured);
        let date = if self.is_conference() {
            choose(&evidence, None, None)
        } else {
            choose(&evidence, held, anchor)
        };
        let said = note.or_else(|| disagreement(date, &evidence));
        let on_page = [self.stamp, self.dated].into_iter().flatten();
        let two_ways =
            on_page.filter_map(|text| self.order.in_two_ways(text)).map(|(a, b, words)| {
                format!(
                    "`{words}` on the page is {a} or {b}; `day-first` of the layout tells which"
                )
            });
        let unread = self.unread.iter().cloned().chain(two_ways);
        let notes: Vec<String> = unread.chain(said).collect();
        let note = (!notes.is_empty()).then(|| notes.join("; "));
        evidence.sort();
        evidence.dedup();
        let published = stamp.map(|(_, published)| published);
        Dated { date, evidence, note, published }
    }
}

impl Dates<'_> {
    /// Whether the title is that of a press conference: it bears the day of the conference, however
    /// late the page was put up again.
    fn is_conference(&self) -> bool {
        let named = |title: &str| {
            let lower = title.to_lowercase();
            ["记者会", "press conference", "news conference"].iter().any(|w| lower.contains(w))
        };
        self.title.is_some_and(named)
    }

    /// The day that a conference's title bears without a year: the last such day before the page's
    /// own.
    fn day_of_conference(&self, anchor: Date) -> Option<(Date, String)> {
        let title = self.title.filter(|_| self.is_conference())?;
        let (month, day, words) = date::day_without_year(title)?;
        Some((date::nearest(month, day, anchor)?, words))
    }
}

/// Title first, then dateline, where they lie near what the page says of itself; then the page's
/// own date line, the table, the stamp, the address. The day in a title may be that of an event long
/// ago: where the page says nothing, it is held against dateline or capture.
fn choose(
    evidence: &[DateEvidence],
    titles: Option<Date>,
    datelines: Option<Date>,
) -> Option<Date> {
    let near = |date: Date, anchor: Option<Date>| {
        anchor.is_none_or(|anchor| days_apart(date, anchor) <= DAYS_APART)
    };
    let of = |kind| day_of(evidence, kind);
    of(DateKind::Title)
        .filter(|d| near(*d, titles))
        .or(of(DateKind::Dateline).filter(|d| near(*d, datelines)))
        .or(of(DateKind::Page))
        .or(of(DateKind::Table))
        .or(of(DateKind::Stamp))
        .or(of(DateKind::Address))
}

fn day_of(evidence: &[DateEvidence], kind: DateKind) -> Option<Date> {
    evidence.iter().find(|e| e.kind == kind).map(|e| e.date)
}

fn days_apart(a: Date, b: Date) -> i32 {
    a.0.since(b.0).map_or(i32::MAX, |span| span.get_days().abs())
}

fn disagreement(date: Option<Date>, evidence: &[DateEvidence]) -> Option<String> {
    let Some(date) = date else {
        return Some("no date in title, text, stamp or address".to_owned());
    };
    let name = |kind| match kind {
        DateKind::Title => "title",
        DateKind::Dateline => "dateline",
        DateKind::Page => "date line",
        DateKind::Stamp => "stamp",
        DateKind::Address => "address",
        DateKind::Table => "table",
    };
    let others: Vec<String> = evidence
        .iter()
        .filter(|e| e.date != date)
        .map(|e| format!("{} {}", name(e.kind), e.date))
        .collect();
    (!others.is_empty()).then(|| format!("differs from {}", others.join(", ")))
}
