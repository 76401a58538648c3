//! A listing page read into items: address, title, date.

use corpus::Date;
use corpus::source::Listing;
use scraper::{ElementRef, Html, Selector};
use serde::{Deserialize, Serialize};
use url::Url;

/// One item of a listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The page's address, absolute.
    pub url: String,
    /// The link's text.
    pub title: String,
    /// The date beside it, where one stands there.
    pub date: Option<Date>,
}

/// What one listing page says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListingPage {
    /// Its items in order.
    pub items: Vec<Item>,
    /// How many pages the listing has, where the page says so.
    pub pages: Option<u32>,
}

/// Reads the listing page `html` that was found at `base`.
///
/// # Errors
/// Where a selector of `listing` does not parse.
pub fn read_listing(html: &str, base: &Url, listing: &Listing) -> Result<ListingPage, String> {
    let item = selector("item", &listing.item)?;
    let link = listing.link.as_deref().map(|s| selector("link", s)).transpose()?;
    let date = listing.date.as_deref().map(|s| selector("date", s)).transpose()?;
    let document = Html::parse_document(html);
    let items = document.select(&item).filter_map(|element| {
        let anchor = match &link {
            Some(link) => element.select(link).next()?,
            None => element,
        };
        let target = target(anchor.value().attr("href")?)?;
        let dated = match &date {
            Some(date) => element.select(date).map(text).find_map(|t| date_in(&t)),
            None => date_in(&text(element).replace(&text(anchor), " "))
                .or_else(|| date_in(&text(element))),
        };
        Some(Item { url: base.join(&target).ok()?.into(), title: text(anchor), date: dated })
    });
    let pages = listing.count_after.as_deref().and_then(|mark| number_after(html, mark));
    Ok(ListingPage { items: items.collect(), pages })
}

fn selector(key: &str, css: &str) -> Result<Selector, String> {
    Selector::parse(css).map_err(|e| format!("{key} = \"{css}\": {e}"))
}

/// The address in a link; `javascript:open('x')` leads to `x`.
fn target(href: &str) -> Option<String> {
    let href = href.trim();
    let Some(script) = href.strip_prefix("javascript:") else {
        return (!href.is_empty() && !href.starts_with('#')).then(|| href.to_owned());
    };
    let quote = script.find(['\'', '"'])?;
    let mark = script.get(quote..=quote)?;
    let rest = script.get(quote + 1..)?;
    Some(rest.get(..rest.find(mark)?)?.to_owned())
}

/// The text of an element, white space runs as one space.
fn text(element: ElementRef<'_>) -> String {
    let all: String = element.text().collect();
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn number_after(html: &str, mark: &str) -> Option<u32> {
    let rest = html.get(html.find(mark)? + mark.len()..)?.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

/// The first date in a text: `2022-02-24`, `2022.2.24.`, `2022/02/24`, `2022年2月24日`,
/// `Juche111.2.24.`, `주체111.2.24`, `February 24, 2022`, `Feb. 24, 2022`.
fn date_in(text: &str) -> Option<Date> {
    let numbers = numbers(text);
    numeric_date(text, &numbers).or_else(|| english_date(text, &numbers))
}

fn english_date(text: &str, numbers: &[Number]) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    numbers.windows(2).find_map(|window| {
        let [day, year] = window else { return None };
        let between = text.get(day.end..year.start)?.trim();
        let word = text.get(..day.start)?.split_whitespace().next_back()?.to_ascii_lowercase();
        let month = MONTHS.iter().position(|m| word.starts_with(m))?;
        if between != "," || year.digits != 4 || day.digits > 2 {
            return None;
        }
        let (Ok(y), Ok(d)) = (i16::try_from(year.value), i8::try_from(day.value)) else {
            return None;
        };
        Date::new(y, i8::try_from(month + 1).ok()?, d)
    })
}

fn numeric_date(text: &str, numbers: &[Number]) -> Option<Date> {
    numbers.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        let between = |a: &Number, b: &Number| text.get(a.end..b.start).unwrap_or("").trim();
        let joined = |a, b| matches!(between(a, b), "-" | "." | "/" | "年" | "月" | "년" | "월");
        if !joined(year, month) || !joined(month, day) || month.digits > 2 || day.digits > 2 {
            return None;
        }
        let before = text.get(..year.start).unwrap_or("").trim_end();
        let juche = before.ends_with("Juche") || before.ends_with("주체");
        let full = match year.digits {
            4 => year.value,
            1..=3 if juche => year.value + 1911,
            _ => return None,
        };
        let parts = (i16::try_from(full), i8::try_from(month.value), i8::try_from(day.value));
        let (Ok(year), Ok(month), Ok(day)) = parts else { return None };
        Date::new(year, month, day)
    })
}

struct Number {
    value: u32,
    digits: usize,
    start: usize,
    end: usize,
}

fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + offset;
        let rest = &text[start..];
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        at = start + digits;
        if let Ok(value) = text[start..at].parse() {
            found.push(Number { value, digits, start, end: at });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_listing_date_is_read() {
        for text in [
            "(2022-02-24)",
            "2022.02.24",
            "[2022.2.24.]",
            "[Juche111.2.24.]",
            "2022年2月24日",
            "주체111.2.24.",
            "12 items, 2022/2/24",
        ] {
            assert_eq!(
                date_in(text).map(|d| d.to_string()).as_deref(),
                Some("2022-02-24"),
                "{text}"
            );
        }
        assert_eq!(date_in("1.2.3 and 2022-13-40"), None);
    }

    #[test]
    fn a_link_in_a_script_call_is_found() {
        let open = "javascript:article_open('index.php?strPageID=SF01_02_01&newsID=1')";
        assert_eq!(target(open).as_deref(), Some("index.php?strPageID=SF01_02_01&newsID=1"));
        assert_eq!(target("javascript:void(0)"), None);
        assert_eq!(target("#top"), None);
    }
}
