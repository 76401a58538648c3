//! A listing, told without its markup: by an address at which its source says that it lists its
//! pages, by the name of its file, by several texts side by side.

use corpus::source::{Discovery, Source};

use crate::address::address;
use crate::page::{Page, text_of};

/// Whether a source lists its pages at an address, or begins there.
pub fn is_listing(source: &Source, url: &str) -> bool {
    let page = address(url.split('#').next().unwrap_or(url));
    let listed = |template: &str| fits(&page, &address(template));
    let begins = |own: &String| address(own).trim_end_matches('/') == page.trim_end_matches('/');
    source.addresses.iter().any(begins)
        || source.discoveries.iter().any(|discovery| match discovery {
            Discovery::Listing(found) => {
                listed(&found.first) || found.next.as_deref().is_some_and(listed)
            }
            Discovery::Days(found) => listed(&found.address),
            Discovery::Feed(found) => listed(&found.address),
            Discovery::Sitemap(found) => listed(&found.address),
            Discovery::Counter(_) | Discovery::Wayback(_) => false,
        })
}

/// Whether an address is that of a folder or of a page that lists one: `index_3.html`.
pub fn is_folder(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let name = path.rsplit('/').next().unwrap_or("");
    let stem = name.split('.').next().unwrap_or("");
    let page = |stem: &str, word: &str| {
        let number = stem.strip_prefix(word)?.trim_start_matches('_');
        Some(number.bytes().all(|b| b.is_ascii_digit()))
    };
    let listed = ["index", "default"].iter().any(|word| page(stem, word) == Some(true));
    !url.contains('?') && (name.is_empty() || listed)
}

/// Characters from which an element holds a text, or the beginning of one.
const TEXT: usize = 80;

/// Whether several articles stand side by side on a page, none much longer than the others.
pub fn is_list_of_texts(page: &Page) -> bool {
    let articles = page.select("article");
    let outer = articles.iter().filter(|a| {
        !a.ancestors().any(|above| articles.iter().any(|other| other.id() == above.id()))
    });
    let mut lengths: Vec<usize> = outer.map(|a| text_of(*a).chars().count()).collect();
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    matches!(lengths.as_slice(), [longest, next, ..] if *next >= TEXT && next * 2 >= *longest)
}

/// Whether an address fits a template: `{n}`, `{yyyy}` and the like stand for digits.
fn fits(address: &str, template: &str) -> bool {
    let Some((plain, rest)) = template.split_once('{') else { return address == template };
    let Some(after) = address.strip_prefix(plain) else { return false };
    let Some((_, rest)) = rest.split_once('}') else { return false };
    let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    // Two numbers may stand side by side.
    (1..=digits).any(|length| after.get(length..).is_some_and(|after| fits(after, rest)))
}

#[cfg(test)]
mod tests {
    use corpus::source::{Config, Sources};

    use super::*;

    #[test]
    fn a_source_knows_its_listings_by_their_addresses() {
        let sources = Sources::load(&Config::BuiltIn).unwrap();
        let listed = |url: &str| is_listing(sources.by_address(url).unwrap(), url);
        for url in [
            "https://www.mfa.gov.cn/web/fyrbt_673021/jzhsl_673025/index.shtml",
            "http://www.mfa.gov.cn/web/fyrbt_673021/jzhsl_673025/",
            "https://mfa.gov.cn/web/fyrbt_673021/jzhsl_673025/index_12.shtml",
            "http://www.kcna.co.jp/item/2031/203112/2031-12-01ee.html",
            "http://www.kcna.co.jp/item/2001/200112/20011201.htm",
            "http://www.kcna.kp/en",
            "http://www.mfa.gov.kp/",
            "https://www.fmprc.gov.cn/mfa_eng/",
        ] {
            assert!(listed(url), "{url}");
        }
        for url in [
            "https://www.mfa.gov.cn/web/fyrbt_673021/jzhsl_673025/203112/t20311201_1.shtml",
            "http://www.kcna.co.jp/item/2031/203112/news01/20311201-01ee.html",
            "http://www.kcna.kp/en/article/q/0123456789abcdef.kcmsf",
            "http://www.mfa.gov.kp/view/article/14457",
            "http://www.rodong.rep.kp/en/index.php?strPageID=SF01_02_01&newsID=2022-03-10-0004",
        ] {
            assert!(!listed(url), "{url}");
        }
    }

    #[test]
    fn folders_are_told_by_the_name_of_their_file() {
        for (url, folder) in [
            ("https://x.example/eng/zxxx_662805/index.html", true),
            ("https://x.example/eng/zxxx_662805/", true),
            ("https://x.example/web/default_66.shtml", true),
            ("https://x.example/web/t20311201_1.shtml", false),
            ("https://x.example/view/article/14457", false),
            ("https://x.example/en/index.php?newsID=2031-12-01-0001", false),
        ] {
            assert_eq!(is_folder(url), folder, "{url}");
        }
    }
}
