//! Selectors: compiled once, and asked of a page only where they can find something. Most of what
//! a source declares is for other pages than the one at hand, and each vain look is a walk over the
//! whole tree.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use html5ever::local_name;
use scraper::{Html, Node, Selector};

thread_local! {
    /// Selectors come from the source files and are few; compiling them for each page would cost
    /// more than matching.
    static SELECTORS: RefCell<HashMap<String, Option<Rc<Selector>>>> = RefCell::default();
}

/// A selector ready to match; `None` where the text is none.
pub fn compiled(selector: &str) -> Option<Rc<Selector>> {
    SELECTORS.with_borrow_mut(|known| {
        if let Some(found) = known.get(selector) {
            return found.clone();
        }
        let parsed = Selector::parse(selector).ok().map(Rc::new);
        known.insert(selector.to_owned(), parsed.clone());
        parsed
    })
}

/// The classes, ids and tags of a page, as a Bloom filter: what is not in it is nowhere on the page.
pub struct Names([u64; WORDS]);

/// Words of the filter: 8,192 bits for the few hundred names of a page.
const WORDS: usize = 128;

impl Names {
    /// Those of all its elements.
    pub fn of(html: &Html) -> Self {
        let mut names = Self([0; WORDS]);
        for element in html.tree.values().filter_map(Node::as_element) {
            names.put(element.name());
            for (key, value) in &element.attrs {
                if matches!(key.local, local_name!("class") | local_name!("id")) {
                    value.split_ascii_whitespace().for_each(|name| names.put(name));
                }
            }
        }
        names
    }

    /// Whether a selector can find anything: `false` only where its first class or id, or its tag, is
    /// missing.
    pub fn may_have(&self, selector: &str) -> bool {
        asked(selector).is_none_or(|name| places(name).all(|(word, bit)| self.0[word] & bit != 0))
    }

    fn put(&mut self, name: &str) {
        for (word, bit) in places(name) {
            self.0[word] |= bit;
        }
    }
}

/// The two places of a name in the filter.
fn places(name: &str) -> impl Iterator<Item = (usize, u64)> {
    let hash = hash(name);
    [hash, hash >> 32].into_iter().map(|hash| {
        let word = (hash >> 6) as usize % WORDS;
        (word, 1 << (hash & 63))
    })
}

/// A class, id or tag that whatever the selector finds has on it or around it; `None` where its text
/// is not that simple.
fn asked(selector: &str) -> Option<&str> {
    if selector.contains([',', '(', '\\']) {
        return None;
    }
    // An attribute's value may hold a dot.
    let plain = selector.split('[').next()?;
    let name = plain.find(['.', '#']).map_or(Some(plain), |at| plain.get(at + 1..))?;
    let end = name.find(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && !"-_".contains(c));
    name.get(..end.unwrap_or(name.len())).filter(|name| !name.is_empty())
}

/// A hash of eight bytes at a time, without case: on a page without a doctype classes match in any.
fn hash(name: &str) -> u64 {
    const CASE: u64 = 0x2020_2020_2020_2020;
    let mix = |hash: u64, part: u64| {
        let mixed = (hash ^ (part | CASE)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ (mixed >> 29)
    };
    let (parts, rest) = name.as_bytes().as_chunks::<8>();
    let whole =
        parts.iter().fold(name.len() as u64, |hash, part| mix(hash, u64::from_le_bytes(*part)));
    let last = rest.iter().fold(0, |last, byte| last << 8 | u64::from(*byte));
    mix(mix(whole, last), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_selector_asks_for_is_read_off_its_text() {
        for (selector, name) in [
            (".news-title h1", Some("news-title")),
            ("div.news#Body > p", Some("news")),
            ("#News_Body_Txt_A", Some("News_Body_Txt_A")),
            ("meta[name='TRSWCM.ContStart']", Some("meta")),
            ("a[href*='/x.y'] .late", Some("a")),
            ("[name='x']", None),
            ("h1", Some("h1")),
            ("h1, .title", None),
            (":not(.x)", None),
            ("p:first-child", Some("p")),
        ] {
            assert_eq!(asked(selector), name, "{selector}");
        }
    }

    #[test]
    fn nothing_that_could_be_found_is_passed_over() {
        let page = "<p CLASS='a  news-Title'><b id=Body></b></p><div class='中'></div>";
        let names = Names::of(&Html::parse_document(page));
        for selector in [".a", ".news-title", "#Body b", "p.a #body", ".中", "p > b", "[id]"] {
            assert!(names.may_have(selector), "{selector}");
        }
        assert!(!names.may_have(".news") && !names.may_have("div#Txt p") && !names.may_have("h1"));
    }
}
