//! A dated page layout: how one generation of a site marks title, date and text. Read by
//! `normalize`.

use serde::{Deserialize, Serialize};

use crate::Date;

/// How well a layout is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// A page of it was read.
    Seen,
    /// Another collector describes it.
    Reported,
    /// Neither.
    Guessed,
}

/// What a page of a layout holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// One statement, or a day's statements apart by `split`.
    #[default]
    Statement,
    /// A list of links. Gives no statement and no failure of a layout.
    Listing,
    /// An error page that is served with status 200.
    Error,
}

/// How the turns of a text are told apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TurnStyle {
    /// One voice from beginning to end.
    #[default]
    Narration,
    /// A briefing or a put question: labels before questions and answers, bold questions,
    /// announcements around them.
    Briefing,
    /// The DPRK way: one sentence holds the question that the agency put, the rest answers it.
    PutQuestion,
}

/// One generation of a site's pages. All selectors are CSS; lists are tried in order.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Layout {
    /// `news-main`.
    pub id: String,
    /// How well it is known.
    pub evidence: Evidence,
    /// First capture day on which it is to be expected.
    pub since: Option<Date>,
    /// Last capture day on which it is to be expected.
    pub until: Option<Date>,
    /// What its pages hold.
    #[serde(default)]
    pub page: PageKind,
    /// Parts of which one must occur in the address, `*` in them standing for anything; where there are
    /// none, any address will do.
    #[serde(default)]
    pub address_parts: Vec<String>,
    /// Selectors of which one must be on the page; where there are none, `body` decides, and where
    /// there is no `body` the address alone.
    #[serde(default)]
    pub marks: Vec<String>,
    /// Selectors of the title.
    #[serde(default)]
    pub title: Vec<String>,
    /// Selectors of the text's container; all elements that the first matching one finds are
    /// read in order.
    #[serde(default)]
    pub body: Vec<String>,
    /// Selectors of what is left out inside `body`.
    #[serde(default)]
    pub drop: Vec<String>,
    /// Selectors of the publication stamp.
    #[serde(default)]
    pub stamp: Vec<String>,
    /// Selectors of a date line that gives the event's day, not the page's.
    #[serde(default)]
    pub dated: Vec<String>,
    /// Whether `03/04/2022` in stamp and date line is 3 April; where nothing says so, it is no date.
    #[serde(default)]
    pub day_first: bool,
    /// Selectors of the text's own name on the page, where many texts are answered at one address:
    /// it becomes the address's fragment.
    #[serde(default)]
    pub fragment: Vec<String>,
    /// Whether the first paragraph of `body` is the title.
    #[serde(default)]
    pub title_in_body: bool,
    /// Selector of the anchors that begin the stories of a day in one page: those of them whose `name`
    /// or `id` is a number, which is the address's fragment.
    pub split: Option<String>,
    /// Openings of the paragraphs after which nothing belongs to the text.
    #[serde(default)]
    pub ends: Vec<String>,
    /// How its turns are told apart; the source's way where it is left out.
    pub turns: Option<TurnStyle>,
}
