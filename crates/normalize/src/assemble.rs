//! From what a layout found on a page, or a table in a row, to a reading: title, kind of text,
//! dates, turns, issuer.

use corpus::source::{Source, TurnStyle};
use corpus::{CaptureRef, Date, DateEvidence, DateKind, Genre, Lang, Turn};

use crate::paragraph::{Paragraph, fold};
use crate::reading::text_digest;
use crate::{Outlets, Reading, date, ends, issuer, language, title, turns};

/// Days by which the date in a title or dateline may differ from the page's stamp. Further off it
/// is a date that the text is about.
const DAYS_APART: i32 = 45;

/// What was found before it is understood.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Title as printed.
    pub title: Option<String>,
    /// Paragraphs of the text.
    pub paragraphs: Vec<Paragraph>,
    /// Turns that a table gives ready-made.
    pub turns: Option<Vec<Turn>>,
    /// Publication stamp as printed.
    pub stamp: Option<String>,
    /// A date line of the event, as printed.
    pub dated: Option<String>,
    /// The date column of a table.
    pub table_date: Option<String>,
    /// Kind of text, as a table declares it.
    pub genre: Option<Genre>,
    /// Language, as a table declares it.
    pub lang: Option<Lang>,
    /// Spokesperson, as a table declares it.
    pub spokesperson: Option<String>,
    /// Issuer, where it is not the source's.
    pub issuer: Option<String>,
    /// Carrier, where it is not the source's.
    pub carrier: Option<String>,
    /// Further addresses that a row lists.
    pub other_urls: Vec<String>,
    /// Whether it is known to be cut short.
    pub truncated: bool,
    /// The layout that matched.
    pub layout: String,
    /// How the turns are told apart, where the layout says so.
    pub style: Option<TurnStyle>,
    /// Openings of the paragraphs that end the text.
    pub ends: Vec<String>,
}

/// The reading of what was found; `None` where there is no text.
pub fn reading(
    found: Found,
    source: &Source,
    outlets: &Outlets,
    capture: CaptureRef,
) -> Option<Reading> {
    let Found { mut paragraphs, .. } = found;
    let title = found.title.as_deref().map(fold).filter(|t| !t.is_empty());
    let lang = found.lang.unwrap_or(source.lang);
    let trimmed = ends::trim(&mut paragraphs, title.as_deref(), &found.ends);
    let spokesperson = found
        .spokesperson
        .clone()
        .or_else(|| title.as_deref().and_then(|t| title::spokesperson(t, lang)));
    let text_lang = language::language(&joined(&paragraphs), lang);
    let titled = title.as_deref().and_then(|t| title::genre(t, text_lang));
    // Where a source holds no briefings, a press conference in a title is news of somebody's.
    let reported = titled == Some(Genre::PressConference) && source.turns != TurnStyle::Briefing;
    let genre = if reported { Some(Genre::Report) } else { titled.or(found.genre) };
    let issuer = found.issuer.clone().unwrap_or_else(|| source.issuer.clone());
    let leader =
        issuer::leader(&issuer, genre, title.as_deref(), found.table_date.as_deref(), text_lang);
    let spokesperson = spokesperson.or_else(|| leader.clone());
    let context = turns::Context {
        style: found.style.unwrap_or(source.turns),
        digest: genre == Some(Genre::Digest),
        speaker: leader.as_deref(),
        lang: text_lang,
        spokesperson: spokesperson.as_deref(),
        spokespersons: &source.spokespersons,
        outlets,
    };
    let turns = match found.turns {
        Some(given) => given,
        None => turns::turns(&paragraphs, &context),
    };
    if turns.iter().all(|t| t.role == corpus::Role::Note) {
        return None;
    }
    let main = turns.iter().max_by_key(|t| t.text.len()).map_or(text_lang, |t| t.lang);
    let answers = turns.iter().any(|t| t.role == corpus::Role::Answer);
    let genre = genre.unwrap_or(if answers { Genre::Answer } else { Genre::Article });
    let dates = Dates {
        title: title.as_deref(),
        first: paragraphs.first().map(|p| p.text.as_str()),
        dated: found.dated.as_deref().or(trimmed.dated.as_deref()),
        stamp: found.stamp.as_deref().or(trimmed.stamp.as_deref()),
        table: found.table_date.as_deref(),
        url: &capture.url,
        captured: capture.captured.as_deref(),
    };
    let dated = dates.resolve();
    let speaks = issuer::of_text(source, &issuer, genre, title.as_deref(), &turns);
    let (speaks, issuer) = (speaks.is_some(), speaks.unwrap_or(issuer));
    let carries = || source.carrier.clone().unwrap_or_else(|| source.issuer.clone());
    let carrier = found.carrier.or_else(|| (issuer != source.issuer && speaks).then(carries));
    Some(Reading {
        source: source.id.clone(),
        country: source.country.clone(),
        lang: main,
        genre,
        title,
        date: dated.date,
        date_evidence: dated.evidence,
        date_note: dated.note,
        published: dated.published,
        carrier: carrier.filter(|carrier| *carrier != issuer),
        issuer,
        spokesperson,
        url: capture.url.clone(),
        other_urls: found.other_urls,
        truncated: found.truncated || trimmed.truncated,
        layout: found.layout,
        text_digest: text_digest(&turns),
        turns,
        capture,
    })
}

fn joined(paragraphs: &[Paragraph]) -> String {
    let lines: Vec<&str> = paragraphs.iter().map(|p| p.text.as_str()).collect();
    lines.join("\n")
}

/// The places where a text shows its date.
struct Dates<'a> {
    title: Option<&'a str>,
    first: Option<&'a str>,
    dated: Option<&'a str>,
    stamp: Option<&'a str>,
    table: Option<&'a str>,
    url: &'a str,
    captured: Option<&'a str>,
}

struct Dated {
    date: Option<Date>,
    evidence: Vec<DateEvidence>,
    note: Option<String>,
    published: Option<String>,
}

impl Dates<'_> {
    fn resolve(&self) -> Dated {
        let mut evidence: Vec<DateEvidence> = Vec::new();
        let mut add = |kind, found: Option<(Date, String)>| {
            evidence.extend(found.map(|(date, words)| DateEvidence { kind, date, words }));
        };
        let stamp = self.stamp.and_then(date::stamp);
        add(DateKind::Page, self.dated.and_then(date::find));
        add(DateKind::Table, self.table.and_then(date::find));
        add(
            DateKind::Stamp,
            stamp.as_ref().map(|(date, _)| (*date, self.stamp.unwrap_or("").to_owned())),
        );
        add(DateKind::Address, date::in_address(self.url));
        let anchor = evidence.first().map(|e| e.date);
        let captured = self.captured.and_then(|c| c.get(..10)).and_then(|c| c.parse::<Date>().ok());
        evidence.extend(self.title.and_then(date::find).map(|(date, words)| DateEvidence {
            kind: DateKind::Title,
            date,
            words,
        }));
        let mut note = None;
        if let Some((year, month, day, words)) = self.first.and_then(date::dateline) {
            let found = match year {
                Some(year) => Date::new(year, month, day),
                None => anchor.or(captured).and_then(|anchor| date::nearest(month, day, anchor)),
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
        let date = choose(&evidence, anchor);
        let note = note.or_else(|| disagreement(date, &evidence));
        evidence.sort();
        evidence.dedup();
        let published = stamp.map(|(_, published)| published);
        Dated { date, evidence, note, published }
    }
}

/// Title first, then dateline, where they lie near what the page says of itself; then the page's
/// own date line, the table, the stamp, the address.
fn choose(evidence: &[DateEvidence], anchor: Option<Date>) -> Option<Date> {
    let near = |date: Date| anchor.is_none_or(|anchor| days_apart(date, anchor) <= DAYS_APART);
    let of = |kind| evidence.iter().find(|e| e.kind == kind).map(|e| e.date);
    of(DateKind::Title)
        .filter(|d| near(*d))
        .or(of(DateKind::Dateline).filter(|d| near(*d)))
        .or(of(DateKind::Page))
        .or(of(DateKind::Table))
        .or(of(DateKind::Stamp))
        .or(of(DateKind::Address))
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
