//! Where a source's pages are listed, or how their addresses are made. Read by `crawl`.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::Evidence;
use crate::Date;

/// One way to find a source's pages: one section of the site in one era of its markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", tag = "kind")]
pub enum Discovery {
    /// Listing pages with links and dates.
    Listing(Listing),
    /// One listing page for each day, its address made from the day.
    Days(Days),
    /// Pages whose addresses count up, within a day or for ever.
    Counter(Counter),
    /// An RSS, Atom or JSON feed.
    Feed(Feed),
    /// A sitemap, or an index of sitemaps.
    Sitemap(Sitemap),
    /// What the Wayback Machine holds of the site; asked only with `--via wayback`.
    Wayback(Wayback),
}

impl Discovery {
    /// The era that it belongs to.
    pub fn era(&self) -> &str {
        match self {
            Self::Listing(found) => &found.era,
            Self::Days(found) => &found.era,
            Self::Counter(found) => &found.era,
            Self::Feed(found) => &found.era,
            Self::Sitemap(found) => &found.era,
            Self::Wayback(_) => "wayback",
        }
    }

    /// Whether it is used only where its era is asked for: it makes addresses up, one by one.
    pub fn is_on_request(&self) -> bool {
        matches!(self, Self::Days(_) | Self::Counter(_) | Self::Wayback(_))
    }

    /// The address that is asked first, or a template of it.
    pub fn first(&self) -> &str {
        match self {
            Self::Listing(found) => &found.first,
            Self::Days(found) => &found.address,
            Self::Counter(found) => &found.address,
            Self::Feed(found) => &found.address,
            Self::Sitemap(found) => &found.address,
            Self::Wayback(found) => found.prefixes.first().map_or("", String::as_str),
        }
    }
}

/// How the items of a listing page are found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Items {
    /// Selector of one item.
    pub item: String,
    /// Selector of the link inside an item, or of the item itself; none where any item is a link.
    pub link: Option<String>,
    /// Selector of the date inside an item; none where it stands somewhere in the item's text.
    pub date: Option<String>,
}

/// A listing: a first page, further pages by number, items with a link and mostly a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Listing {
    /// The era of the site: `2017-2021`. Sections of one era are crawled together; without an
    /// option the first era in the file whose listing is there is taken.
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
    /// What stands in the page just before the number of pages and the equals sign: `countPage`.
    pub count_after: Option<String>,
    /// How its items are found.
    #[serde(flatten)]
    pub items: Items,
    /// Selector of the links on the first page that lead to further listings of the same kind, as
    /// a menu's do.
    pub sections: Option<String>,
    /// A form on the page whose POST answers with the next page.
    pub form: Option<Form>,
    /// Whether the newest item stands first, so that the crawl may stop at the first page which
    /// is older than its window.
    #[serde(default = "yes")]
    pub newest_first: bool,
}

/// Paging by a form: its fields are sent back as they stand in the page (tokens included), the
/// number of the page beside them, within one session of cookies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Form {
    /// Selector of the form.
    pub selector: String,
    /// The field that holds the page's number; several where the site's forms differ, the first
    /// that a form has. Where it has none of them the last is added.
    #[serde(deserialize_with = "one_or_more")]
    pub page: Vec<String>,
}

fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Names {
        One(String),
        More(Vec<String>),
    }
    match Names::deserialize(deserializer)? {
        Names::One(name) => Ok(vec![name]),
        Names::More(names) if names.is_empty() => Err(D::Error::custom("`page` names no field")),
        Names::More(names) => Ok(names),
    }
}

/// A listing page for each day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Days {
    /// The era of the site.
    pub era: String,
    /// How well it is known.
    pub evidence: Evidence,
    /// Address of a day's page, with `{yyyy}`, `{yy}`, `{mm}`, `{dd}`.
    pub address: String,
    /// The first day that has a page.
    pub first_day: Date,
    /// The last one; none where there is one every day still.
    pub last_day: Option<Date>,
    /// How a page's items are found; what has no date is of the page's day.
    #[serde(flatten)]
    pub items: Items,
}

/// Addresses that count up: `{n}` within a day where the address names one, else from `from` on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Counter {
    /// The era of the site.
    pub era: String,
    /// How well it is known.
    pub evidence: Evidence,
    /// Address of a page, with `{n}`, and `{yyyy}`, `{yy}`, `{mm}`, `{dd}` where it is dated.
    pub address: String,
    /// Digits of `{n}`, zeros before it.
    #[serde(default = "one")]
    pub digits: u32,
    /// The first number, of each day where the address is dated.
    #[serde(default = "one")]
    pub from: u32,
    /// The last number that is tried.
    pub to: u32,
    /// How many numbers in a row may be missing before the count is at its end.
    #[serde(default = "two")]
    pub misses: u32,
    /// The first day, of a dated address.
    pub first_day: Option<Date>,
    /// The last day, of a dated address.
    pub last_day: Option<Date>,
}

/// A feed. What it names is a part of the site's pages, never all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Feed {
    /// The era of the site.
    pub era: String,
    /// How well it is known.
    pub evidence: Evidence,
    /// Its address.
    pub address: String,
    /// Parts of an address, one of which an item's must have; none takes all.
    #[serde(default)]
    pub contains: Vec<String>,
}

/// A sitemap or an index of sitemaps, plain or gzip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sitemap {
    /// The era of the site.
    pub era: String,
    /// How well it is known.
    pub evidence: Evidence,
    /// Its address.
    pub address: String,
    /// Parts of an address, one of which a page's must have; none takes all.
    #[serde(default)]
    pub contains: Vec<String>,
}

/// What is asked of the Wayback Machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Wayback {
    /// How well it is known.
    pub evidence: Evidence,
    /// Beginnings of addresses, `host/path`; `{yyyy}{mm}` asks month by month.
    pub prefixes: Vec<String>,
    /// Parts of an address, one of which a page's must have; none takes all.
    #[serde(default)]
    pub contains: Vec<String>,
}

fn one() -> u32 {
    1
}

fn two() -> u32 {
    2
}

fn guard() -> u32 {
    200
}

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTING: &str = "kind = \"listing\"\nera = \"2022\"\nevidence = \"seen\"\n\
        first = \"https://mfa.ruritania.example/\"\nitem = \"li\"\nlink = \"a\"\n";

    #[test]
    fn a_key_that_nobody_knows_is_refused_and_what_is_written_reads_back() {
        let read: Discovery = toml::from_str(LISTING).unwrap();
        let Discovery::Listing(listing) = &read else { panic!("{read:?}") };
        assert_eq!((listing.items.item.as_str(), listing.items.link.as_deref()), ("li", Some("a")));
        assert_eq!(toml::from_str::<Discovery>(&toml::to_string(&read).unwrap()).unwrap(), read);
        for (right, wrong) in [("link", "lnik"), ("first =", "frist ="), ("item", "itme")] {
            let misspelt = LISTING.replacen(right, wrong, 1);
            assert!(toml::from_str::<Discovery>(&misspelt).is_err(), "{wrong}");
        }
    }
}
