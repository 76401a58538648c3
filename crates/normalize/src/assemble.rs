//! From what a layout found on a page, or a table in a row, to a reading: title, kind of text,
//! dates, turns, issuer.

use corpus::source::{Source, TurnStyle};
use corpus::{CaptureRef, Date, Genre, Lang, Role, Time, Turn};

use crate::date::{self, Order};
use crate::dating::{Dates, OwnDays};
use crate::paragraph::{Paragraph, breaks, fold};
use crate::{Outlets, Reading, ends, issuer, title, turns};

/// Paragraphs of which one may be the text's dateline.
const OPENING: usize = 4;

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
    /// What stands first in the numbers of stamp and date line.
    pub order: Order,
    /// The date column of a table, with the words it was read off.
    pub table_date: Option<(Date, String)>,
    /// Why cells of a table that should hold a date hold none.
    pub unread: Vec<String>,
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
    mut found: Found,
    source: &Source,
    outlets: &Outlets,
    capture: CaptureRef,
) -> Option<Reading> {
    let mut title = found.title.as_deref().map(|t| fold(&breaks(t))).filter(|t| !t.is_empty());
    if let Some((words, stamp)) = title.as_deref().and_then(ends::bracketed_day) {
        found.stamp = found.stamp.take().or(Some(stamp.to_owned()));
        title = Some(words.to_owned());
    }
    let own = own_days(&found, &capture);
    let trimmed =
        ends::trim(&mut found.paragraphs, title.as_deref(), source, &found.ends, outlets, own);
    let words = joined(&found.paragraphs);
    let told = Told::of(&found, title.as_deref(), &words, source);
    let turns = turns_of(&mut found, &trimmed.texts, &told, source, outlets);
    if turns.iter().all(|t| t.role == Role::Note) {
        return None;
    }
    let genre = told.genre.unwrap_or_else(|| by_text(&told, title.as_deref(), &turns, source));
    let dated = Dates {
        title: title.as_deref(),
        first: found.paragraphs.iter().take(OPENING).map(|p| p.text.as_str()).collect(),
        dated: found.dated.as_deref().or(trimmed.dated.as_deref()),
        stamp: found.stamp.as_deref().or(trimmed.stamp.as_deref()),
        order: found.order,
        table: found.table_date.clone(),
        unread: &found.unread,
        url: &capture.url,
        captured: capture.captured.map(Time::day),
    }
    .resolve();
    let carried = issuer::of_text(source, &told.issuer, genre, title.as_deref(), &turns);
    let house = || source.carrier.clone().unwrap_or_else(|| source.issuer.clone());
    let carrier = found.carrier.or_else(|| carried.is_some().then(house));
    let issuer = carried.unwrap_or(told.issuer);
    Some(Reading {
        source: source.id.clone(),
        country: source.country.clone(),
        lang: turns.iter().max_by_key(|t| t.text.len()).map_or(told.lang, |t| t.lang),
        genre,
        title,
        date: dated.date,
        date_evidence: dated.evidence,
        date_note: dated.note,
        published: dated.published,
        carrier: carrier.filter(|carrier| *carrier != issuer),
        issuer,
        spokesperson: told.spokesperson,
        url: capture.url.clone(),
        mirrored: !source.has_address(&capture.url),
        other_urls: found.other_urls,
        truncated: found.truncated || trimmed.truncated,
        layout: found.layout,
        text_digest: corpus::text_digest(&turns),
        turns,
        capture,
    })
}

/// The kind of text where the title does not tell it. What a table of the DPRK calls news or words
/// of a spokesperson may be a body's own statement or answer, or somebody else's.
fn by_text(told: &Told, title: Option<&str>, turns: &[Turn], source: &Source) -> Genre {
    let answers = turns.iter().any(|t| t.role == Role::Answer);
    let opening = turns.iter().find(|t| t.role != Role::Note).map_or("", |t| t.text.as_str());
    let dprk = source.country == "KP";
    let issuing = issuer::announcement(opening).filter(|_| dprk);
    let english = told.lang == Lang::En;
    match told.declared {
        None if answers => Genre::Answer,
        None if issuing.is_some() => Genre::Statement,
        None => Genre::Article,
        Some(Genre::Report | Genre::Answer) if dprk && answers => Genre::Answer,
        Some(Genre::Report | Genre::Answer) if issuing.is_some_and(issuer::is_own) => {
            Genre::Statement
        }
        Some(Genre::Answer) if dprk && english && !issuer::has_own_spokesperson(title, opening) => {
            Genre::Report
        }
        Some(declared) => title.map_or(declared, |title| title::received(declared, title)),
    }
}

/// What title and table tell before the turns are told apart.
struct Told {
    lang: Lang,
    genre: Option<Genre>,
    /// The kind that a table declares, where the title tells none.
    declared: Option<Genre>,
    issuer: String,
    spokesperson: Option<String>,
    leader: Option<String>,
}

impl Told {
    fn of(found: &Found, title: Option<&str>, words: &str, source: &Source) -> Self {
        let language = found.lang.unwrap_or(source.lang);
        let lang = corpus::language(words, language);
        let issued = || {
            let own = title.filter(|t| source.country == "KP" && issuer::speaker(t).is_some());
            own.map(|own| title::received(Genre::Statement, own))
        };
        let titled = title.and_then(|t| title::genre(t, lang)).or_else(issued);
        // Where a source holds no briefings, a press conference in a title is news of somebody's.
        let reported =
            titled == Some(Genre::PressConference) && source.turns != TurnStyle::Briefing;
        // On a briefing's site all that a spokesperson says is the ministry's.
        let spoken = || {
            let names = |t: &str| t.contains("发言人") || t.to_lowercase().contains("spokes");
            let opens =
                words.starts_with("外交部发言人") || words.starts_with("Foreign Ministry Spokes");
            let briefing = source.turns == TurnStyle::Briefing;
            (briefing && (opens || title.is_some_and(names))).then_some(Genre::Remarks)
        };
        let genre = match (reported, titled) {
            (true, _) => Some(Genre::Report),
            (false, Some(titled)) => Some(titled),
            (false, None) if found.genre.is_some() => None,
            (false, None) => spoken(),
        };
        let issuer = found.issuer.clone().unwrap_or_else(|| source.issuer.clone());
        let declared = found.genre;
        let day = found.table_date.as_ref().map(|(day, _)| *day);
        let leader = issuer::leader(&issuer, genre.or(declared), title, day, lang);
        // Headlines of an agency go on: `Spokesman Denounces Sylvania`.
        let titled = title.filter(|_| source.turns == TurnStyle::Briefing);
        let named = || titled.and_then(|t| title::spokesperson(t, language));
        let spokesperson = found.spokesperson.clone().or_else(named).or_else(|| leader.clone());
        Self { lang, genre, declared, issuer, spokesperson, leader }
    }
}

/// The days that a page or row gives outside its text.
fn own_days(found: &Found, capture: &CaptureRef) -> OwnDays {
    let printed = [&found.stamp, &found.dated].into_iter().flatten();
    let printed = printed.filter_map(|text| found.order.find(text)).map(|(day, _)| day);
    let table = found.table_date.iter().map(|(day, _)| *day);
    let address = date::in_address(&capture.url).map(|(day, _)| day);
    OwnDays {
        days: printed.chain(table).chain(address).collect(),
        captured: capture.captured.map(Time::day),
    }
}

fn turns_of(
    found: &mut Found,
    texts: &[usize],
    told: &Told,
    source: &Source,
    outlets: &Outlets,
) -> Vec<Turn> {
    let context = turns::Context {
        style: found.style.unwrap_or(source.turns),
        digest: told.genre.or(told.declared) == Some(Genre::Digest),
        texts,
        speaker: told.leader.as_deref(),
        lang: told.lang,
        spokesperson: told.spokesperson.as_deref(),
        spokespersons: &source.spokespersons,
        outlets,
    };
    let given = found.turns.take();
    let mut turns = given.unwrap_or_else(|| turns::turns(&found.paragraphs, &context));
    // An article on a briefing's site announces nothing: it is read as it stands.
    let spoken = turns.iter().any(|t| matches!(t.role, Role::Question | Role::Answer));
    let official = matches!(
        told.genre.or(told.declared),
        Some(Genre::Remarks | Genre::PressConference | Genre::Answer | Genre::Statement)
    );
    if !spoken && !official {
        let announced = turns.iter_mut().filter(|t| t.role == Role::Announcement);
        announced.for_each(|t| t.role = Role::Narration);
    }
    turns
}

fn joined(paragraphs: &[Paragraph]) -> String {
    let lines: Vec<&str> = paragraphs.iter().map(|p| p.text.as_str()).collect();
    lines.join("\n")
}
