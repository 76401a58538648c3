//! Cited statements: which of those that the repeated work cites a corpus holds.
//!
//! Three ways to be held, from the strongest: at the address itself; under the name of the same
//! page at another address (a site that moved its sections, an embassy that mirrors the page); or
//! by title and day at any address (a mirror, the edition in another language).

use std::collections::BTreeSet;

use corpus::Statement;
use serde::{Deserialize, Serialize};

use crate::Cited;

/// How a cited statement is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holding {
    /// At the address that the work gives; `http` or `https`, with `www.` or not.
    Held,
    /// The same page, or the same title on the same day, at another address.
    AnotherAddress,
    /// Not at all.
    NotHeld,
}

impl Holding {
    /// The words that are printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::AnotherAddress => "held under another address",
            Self::NotHeld => "not held",
        }
    }
}

/// What became of one cited statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitedStatement {
    /// What is cited.
    #[serde(flatten)]
    pub cited: Cited,
    /// Whether it is held.
    pub holding: Holding,
    /// What it was found by: `address`, `page name`, `title and day`; empty where it is not held.
    pub by: String,
    /// Ids of the statements that are it, in all their editions; sorted.
    pub statements: Vec<String>,
    /// The canonical address of the first of them.
    pub url: String,
}

/// Looks for cited statements, a partition at a time.
#[derive(Debug, Default)]
pub struct CitedFinder {
    found: Vec<CitedStatement>,
    ranks: Vec<Option<By>>,
}

/// What one was found by, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Address,
    PageName,
    Title,
}

impl CitedFinder {
    /// Of what is cited.
    pub fn new(cited: &[Cited]) -> Self {
        let one = |cited: &Cited| CitedStatement {
            cited: cited.clone(),
            holding: Holding::NotHeld,
            by: String::new(),
            statements: Vec::new(),
            url: String::new(),
        };
        Self { found: cited.iter().map(one).collect(), ranks: vec![None; cited.len()] }
    }

    /// Looks at some statements, any revision of them.
    pub fn look<'a>(&mut self, statements: impl IntoIterator<Item = &'a Statement>) {
        if self.found.is_empty() {
            return;
        }
        for statement in statements {
            for (found, rank) in self.found.iter_mut().zip(&mut self.ranks) {
                let Some(by) = matches(&found.cited, statement) else { continue };
                if rank.is_none_or(|known| by < known) {
                    *rank = Some(by);
                    found.statements.clear();
                }
                if *rank == Some(by) && !found.statements.contains(&statement.id) {
                    let first = found.statements.iter().all(|known| *known > statement.id);
                    if first {
                        found.url.clone_from(&statement.url);
                    }
                    found.statements.push(statement.id.clone());
                    found.statements.sort();
                }
            }
        }
    }

    /// What was found, in the study's order.
    pub fn finish(mut self) -> Vec<CitedStatement> {
        for (found, rank) in self.found.iter_mut().zip(&self.ranks) {
            let (holding, by) = match rank {
                Some(By::Address) => (Holding::Held, "address"),
                Some(By::PageName) => (Holding::AnotherAddress, "page name"),
                Some(By::Title) => (Holding::AnotherAddress, "title and day"),
                None => (Holding::NotHeld, ""),
            };
            (found.holding, found.by) = (holding, by.to_owned());
        }
        self.found
    }
}

fn matches(cited: &Cited, statement: &Statement) -> Option<By> {
    let urls = || statement.urls.iter().chain([&statement.url]);
    if urls().any(|url| place(url) == place(&cited.address)) {
        return Some(By::Address);
    }
    let name = page_name(&cited.address);
    if name.is_some() && urls().any(|url| page_name(url) == name) {
        return Some(By::PageName);
    }
    let country = cited.country.as_ref().is_none_or(|c| *c == statement.country);
    if !country || statement.date != Some(cited.date) {
        return None;
    }
    let title = words(statement.title.as_deref()?);
    let mut titles = cited.other_titles.iter().chain([&cited.title]);
    let same = |wanted: &String| {
        let wanted = words(wanted);
        let whole = statement.title.as_deref().unwrap_or_default();
        !wanted.is_empty() && wanted.iter().all(|w| title.contains(w) || holds_cjk(whole, w))
    };
    titles.any(same).then_some(By::Title)
}

/// An address without scheme, `www.`, final slash and fragment.
fn place(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/')
}

/// The last part of an address, where it is one page's own: at least six digits in it.
fn page_name(address: &str) -> Option<&str> {
    let name = place(address).rsplit('/').next()?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    (stem.bytes().filter(u8::is_ascii_digit).count() >= 6).then_some(stem)
}

/// The words of a title, folded; what stands in brackets and possessive endings left out.
fn words(title: &str) -> BTreeSet<String> {
    let title = title.split('(').next().unwrap_or_default().to_lowercase().replace('’', "'");
    let title = title.replace("'s", "");
    let words = title.split(|c: char| !c.is_alphanumeric());
    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Titles without spaces hold the wanted words anywhere.
fn holds_cjk(title: &str, word: &str) -> bool {
    !word.is_ascii() && title.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::invented::Text;

    fn cited(address: &str, title: &str, date: &str) -> Cited {
        Cited {
            key: "k".to_owned(),
            issuer: "MFA".to_owned(),
            country: Some("RT".to_owned()),
            date: date.parse().unwrap(),
            title: title.to_owned(),
            other_titles: vec!["例行记者会".to_owned()],
            address: address.to_owned(),
        }
    }

    fn found(cited: Cited, texts: &[Text]) -> (Holding, Vec<String>) {
        let mut finder = CitedFinder::new(&[cited]);
        texts.iter().for_each(|t| finder.look([t.statement()]));
        let one = finder.finish().remove(0);
        (one.holding, one.statements)
    }

    #[test]
    fn an_address_a_page_name_a_title_and_nothing() {
        let page = Text::new("rt-mfa-en", "2022-03-01", "t20220301_104").titled("On the Bridge");
        let of = |address: &str, title: &str, date: &str| {
            found(cited(address, title, date), std::slice::from_ref(&page)).0
        };
        let there = "2022-03-01";
        assert_eq!(of("http://www.mfa.example/t20220301_104.html", "x", there), Holding::Held);
        let moved = "https://embassy.example/eng/t20220301_104.htm";
        assert_eq!(of(moved, "x", "2022-05-01"), Holding::AnotherAddress);
        let mirrored = "https://other.example/1";
        assert_eq!(of(mirrored, "On the bridge (so printed)", there), Holding::AnotherAddress);
        assert_eq!(of(mirrored, "On the bridge", "2022-03-02"), Holding::NotHeld);
        assert_eq!(of(mirrored, "On the harbour", there), Holding::NotHeld);
        assert_eq!(of("", "", there), Holding::NotHeld);
    }

    #[test]
    fn all_editions_of_the_best_kind_are_named_and_other_states_are_not() {
        let zh = Text::new("rt-mfa-zh", "2022-03-01", "b").titled("2022年3月1日主持例行记者会");
        let en =
            Text::new("rt-mfa-en", "2022-03-01", "a").titled("Regular Press Conference, March");
        let other = Text::new("sy-mfa-en", "2022-03-01", "c").titled("Regular press conference");
        let wanted = cited("https://x.example/1", "Regular press conference", "2022-03-01");
        let (holding, ids) = found(wanted, &[zh, en, other]);
        assert_eq!(holding, Holding::AnotherAddress);
        assert_eq!(ids, ["rt-mfa-en/2022-03-01/a", "rt-mfa-zh/2022-03-01/b"]);
    }
}
