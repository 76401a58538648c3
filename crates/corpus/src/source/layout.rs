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

/// One generation of a site's pages.
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
    /// Selectors of the title, tried in order.
    pub title: Vec<String>,
    /// Selectors of the text's container, tried in order.
    pub body: Vec<String>,
}
