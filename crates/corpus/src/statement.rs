//! A statement: one published text with a date and mostly a title, told apart into turns.

use serde::{Deserialize, Serialize};

use crate::{CaptureRef, Date, Digest, Digester, Lang};

/// What kind of text a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Genre {
    /// A regular or special press conference.
    PressConference,
    /// Remarks of a spokesperson on one subject.
    Remarks,
    /// The answer to one written or put question (答记者问, 대변인대답).
    Answer,
    /// A formal statement, press statement, communique.
    Statement,
    /// A signed or unsigned commentary.
    Commentary,
    /// A news report, among them reports of what others said.
    Report,
    /// A speech or address.
    Speech,
    /// One item of a press review.
    Digest,
    /// Any other text.
    Article,
}

impl Genre {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 9] = [
        Self::PressConference,
        Self::Remarks,
        Self::Answer,
        Self::Statement,
        Self::Commentary,
        Self::Report,
        Self::Speech,
        Self::Digest,
        Self::Article,
    ];

    /// The name as it is written in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::PressConference => "press-conference",
            Self::Remarks => "remarks",
            Self::Answer => "answer",
            Self::Statement => "statement",
            Self::Commentary => "commentary",
            Self::Report => "report",
            Self::Speech => "speech",
            Self::Digest => "digest",
            Self::Article => "article",
        }
    }
}

/// What a turn does in its statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A journalist's words.
    Question,
    /// The spokesperson's words after a question.
    Answer,
    /// The institution's words that nobody asked for.
    Announcement,
    /// The text itself, where nobody is marked as speaking.
    Narration,
    /// Stage directions, lines of asterisks, editor's notes.
    Note,
}

impl Role {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 5] =
        [Self::Question, Self::Answer, Self::Announcement, Self::Narration, Self::Note];

    /// The name as it is written in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Announcement => "announcement",
            Self::Narration => "narration",
            Self::Note => "note",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|role| role.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            format!("unknown role `{name}`; known are {known}")
        })
    }
}

/// One person's continuous words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Place in the statement, from 1.
    pub n: u32,
    /// What the turn does.
    pub role: Role,
    /// The speaker as printed before the turn (`汪文斌`, `AFP`, `央视记者`).
    pub speaker: Option<String>,
    /// The normalized outlet of a question.
    pub asker: Option<String>,
    /// The language of this turn.
    pub lang: Lang,
    /// The words, NFC, paragraphs apart by one `\n`, without the speaker's label. Final once
    /// written: every span in this corpus is a byte range of it.
    pub text: String,
}

/// What a date was read off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateKind {
    /// The title.
    Title,
    /// The dateline of the text.
    Dateline,
    /// A date line or stamp of the page that gives the event's day.
    Page,
    /// A publication stamp of the page.
    Stamp,
    /// The address.
    Address,
    /// A column of an imported table.
    Table,
}

/// One date that a page shows, with the words it was read off.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DateEvidence {
    /// Where it stands.
    pub kind: DateKind,
    /// The day.
    pub date: Date,
    /// The words as printed.
    pub words: String,
}

/// One revision of one statement, whole. A row of `statements/<source>/<month>.parquet`.
///
/// `id` and `revision` together are the key. Revision 1 is the first text that was captured; the
/// last one (`revision == revisions`) is what the statement says now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// `<source>/<date or undated>/<12 hex digits>`, the same on every machine.
    pub id: String,
    /// Source id, `cn-mfa-zh`.
    pub source: String,
    /// ISO 3166-1 alpha-2 of the state that publishes, `CN`, `KP`.
    pub country: String,
    /// Main language of the text.
    pub lang: Lang,
    /// Kind of text.
    pub genre: Genre,
    /// Title as printed, white space folded; `None` where the page or row has none.
    pub title: Option<String>,
    /// The day of the event (title or dateline first); `None` with the reason in `date_note`.
    pub date: Option<Date>,
    /// Every date found, sorted.
    pub date_evidence: Vec<DateEvidence>,
    /// Why there is no date, or in which way the dates disagree.
    pub date_note: Option<String>,
    /// Publication stamp as the page prints it, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM`.
    pub published: Option<String>,
    /// Who speaks: `MFA PRC`, `DPRK MFA`, `KCNA`.
    pub issuer: String,
    /// Who carries it, where that is somebody else.
    pub carrier: Option<String>,
    /// The spokesperson, minister or leader whom title or text names.
    pub spokesperson: Option<String>,
    /// The canonical address; empty where the row has none.
    pub url: String,
    /// All addresses, sorted.
    pub urls: Vec<String>,
    /// This text's place among the statement's revisions, from 1.
    pub revision: u32,
    /// How many revisions there are.
    pub revisions: u32,
    /// Where this revision's text was found, earliest first.
    pub captures: Vec<CaptureRef>,
    /// Whether the text is known to be cut short.
    pub truncated: bool,
    /// The layout that matched, `news-main`, `table:jsonl`, `fallback:readability`.
    pub layout: String,
    /// Digest of the turns' roles, speakers and texts.
    pub text_digest: Digest,
    /// The turns in order.
    pub turns: Vec<Turn>,
}

impl Statement {
    /// A statement of which nothing is known but its turns: an article in the language of the
    /// first, without id, address, date or issuer.
    pub fn of_turns(turns: Vec<Turn>) -> Self {
        Self {
            id: String::new(),
            source: String::new(),
            country: String::new(),
            lang: turns.first().map_or(Lang::Und, |turn| turn.lang),
            genre: Genre::Article,
            title: None,
            date: None,
            date_evidence: Vec::new(),
            date_note: None,
            published: None,
            issuer: String::new(),
            carrier: None,
            spokesperson: None,
            url: String::new(),
            urls: Vec::new(),
            revision: 1,
            revisions: 1,
            captures: Vec::new(),
            truncated: false,
            layout: String::new(),
            text_digest: text_digest(&turns),
            turns,
        }
    }

    /// Whether this is what the statement says now.
    pub fn is_latest(&self) -> bool {
        self.revision == self.revisions
    }
}

/// The digest by which a text is known again: roles, speakers and words of its turns. Menus,
/// cookies, stamps and addresses have no part in it.
pub fn text_digest(turns: &[Turn]) -> Digest {
    let mut digester = Digester::default();
    for turn in turns {
        digester.field(turn.role.name().as_bytes());
        digester.field(turn.speaker.as_deref().unwrap_or("").as_bytes());
        digester.field(turn.text.as_bytes());
    }
    digester.finish()
}
