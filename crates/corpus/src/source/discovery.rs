//! Where a source lists its pages. Read by `crawl`.

use serde::{Deserialize, Serialize};

/// One way to find a source's pages.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", tag = "kind")]
pub enum Discovery {
    /// Listing pages with links and dates.
    Listing {
        /// Address of the first page.
        first: String,
        /// Address of page `n` (from 1), with `{n}` in it.
        next: Option<String>,
        /// Selector of one item.
        item: String,
        /// Selector of the link inside an item.
        link: String,
    },
}
