//! A reading: one text as it was read off one capture or one row of a table, before it is known
//! which statement it belongs to.

use corpus::partition::Row;
use corpus::{CaptureRef, Date, DateEvidence, DateKind, Digest, Genre, Lang, Role, Time, Turn};
use serde::{Deserialize, Serialize};

/// One text with all that its capture tells about it. A row of `readings/*.parquet`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Source id, `cn-mfa-zh`.
    pub source: String,
    /// ISO 3166-1 alpha-2 of the state that publishes.
    pub country: String,
    /// Main language of the text.
    pub lang: Lang,
    /// Kind of text.
    pub genre: Genre,
    /// Title as printed, white space folded.
    pub title: Option<String>,
    /// The day of the event.
    pub date: Option<Date>,
    /// Every date found, sorted.
    pub date_evidence: Vec<DateEvidence>,
    /// Why there is no date, or in which way the dates disagree.
    pub date_note: Option<String>,
    /// Publication stamp, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM`.
    pub published: Option<String>,
    /// Who speaks.
    pub issuer: String,
    /// Who carries it, where that is somebody else.
    pub carrier: Option<String>,
    /// The spokesperson, minister or leader whom title or text names.
    pub spokesperson: Option<String>,
    /// The address; empty where the row has none.
    pub url: String,
    /// Whether that address is another site's than the source's own.
    pub mirrored: bool,
    /// Further addresses that the row itself lists.
    pub other_urls: Vec<String>,
    /// Where it was found.
    pub capture: CaptureRef,
    /// Whether the text is known to be cut short.
    pub truncated: bool,
    /// The layout that matched.
    pub layout: String,
    /// Digest of the turns' roles, speakers and texts.
    pub text_digest: Digest,
    /// The turns in order.
    pub turns: Vec<Turn>,
}

impl Row for Reading {
    fn sample() -> Self {
        let word = || "word".to_owned();
        let date = Date(jiff::civil::date(2022, 2, 24));
        Self {
            source: word(),
            country: word(),
            lang: Lang::Zh,
            genre: Genre::PressConference,
            title: Some(word()),
            date: Some(date),
            date_evidence: vec![DateEvidence { kind: DateKind::Title, date, words: word() }],
            date_note: Some(word()),
            published: Some(word()),
            issuer: word(),
            carrier: Some(word()),
            spokesperson: Some(word()),
            url: word(),
            mirrored: false,
            other_urls: vec![word()],
            capture: CaptureRef {
                captured: Some(Time(jiff::Timestamp::UNIX_EPOCH)),
                digest: Digest::of(b""),
                row: Some(1),
                url: word(),
            },
            truncated: false,
            layout: word(),
            text_digest: Digest::of(b""),
            turns: vec![Turn {
                n: 1,
                role: Role::Question,
                speaker: Some(word()),
                asker: Some(word()),
                lang: Lang::Zh,
                text: word(),
            }],
        }
    }
}
