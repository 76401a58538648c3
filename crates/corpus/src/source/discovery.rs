//! Where a source lists its pages. Read by `crawl`.

use serde::{Deserialize, Serialize};

use super::Evidence;

/// One way to find a source's pages: one section of the site in one era of its markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", tag = "kind")]
pub enum Discovery {
    /// Listing pages with links and dates.
    Listing(Listing),
}

impl Discovery {
    /// The era that it belongs to.
    pub fn era(&self) -> &str {
        match self {
            Self::Listing(listing) => &listing.era,
        }
    }
}

/// A listing: a first page, further pages by number, items with a link and mostly a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Listing {
    /// The era of the site: `2017-2021`. Sections of one era are crawled together; without an
    /// option the first era in the file whose listing answers is taken.
    pub era: String,
    /// How well it is known.
    pub evidence: Evidence,
    /// Address of the first page.
    pub first: String,
    /// Address of a further page, with `{n}` for its number; none where one page is all.
    pub next: Option<String>,
    /// The number of the second page in `next`.
    #[serde(default = "one")]
    pub from: u32,
    /// Pages at most, as a guard against listings that never end.
    #[serde(default = "guard")]
    pub pages: u32,
    /// What stands in the page just before the number of pages: `countPage = `.
    pub count_after: Option<String>,
    /// Selector of one item.
    pub item: String,
    /// Selector of the link inside an item; none where the item is the link.
    pub link: Option<String>,
    /// Selector of the date inside an item; none where it stands somewhere in the item's text.
    pub date: Option<String>,
    /// Whether the newest item stands first, so that the crawl may stop at the first page which
    /// is older than its window.
    #[serde(default = "yes")]
    pub newest_first: bool,
}

fn one() -> u32 {
    1
}

fn guard() -> u32 {
    200
}

fn yes() -> bool {
    true
}
