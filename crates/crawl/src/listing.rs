//! A listing page read into items: address, title, date.

use corpus::Date;
use corpus::source::{Form, Items, Listing};
use scraper::{ElementRef, Html, Selector};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::dates::{date_in, date_in_url};

/// One item of a listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The page's address, absolute, without a fragment.
    pub url: String,
    /// The link's text.
    pub title: String,
    /// The date beside it, else the one in its title or address.
    pub date: Option<Date>,
    /// The time of the capture that a web archive lists, 14 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capture: Option<String>,
}

/// What one listing page says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListingPage {
    /// Its items in order.
    pub items: Vec<Item>,
    /// How many pages the listing has, where the page says so.
    pub pages: Option<u32>,
    /// Addresses of further listings of the same kind.
    pub sections: Vec<String>,
    /// The form that leads to the next page, as it stands in this one.
    pub form: Option<FilledForm>,
}

/// A form as the page holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledForm {
    /// Where it is sent.
    pub action: String,
    /// Its fields, but the one below.
    pub fields: Vec<(String, String)>,
    /// The field that holds the page's number.
    pub page: String,
}

/// Reads the listing page `html` that was found at `base`.
///
/// # Errors
/// Where a selector of `listing` does not parse.
pub fn read_listing(html: &str, base: &Url, listing: &Listing) -> Result<ListingPage, String> {
    let document = Html::parse_document(html);
    let items = items_of(&document, base, &listing.items)?;
    let mut sections = Vec::new();
    if let Some(css) = &listing.sections {
        for link in document.select(&selector("sections", css)?) {
            let url = link.value().attr("href").and_then(target).and_then(|t| base.join(&t).ok());
            let url = url.map(String::from).filter(|url| url != base.as_str());
            sections.extend(url.filter(|url| !sections.contains(url)));
        }
    }
    let form = listing.form.as_ref().map(|form| filled(&document, base, form)).transpose()?;
    let pages = listing.count_after.as_deref().and_then(|mark| number_after(html, mark));
    Ok(ListingPage { items, pages, sections, form: form.flatten() })
}

/// Reads the items of a page that was found at `base`.
pub fn read_items(html: &str, base: &Url, items: &Items) -> Result<Vec<Item>, String> {
    items_of(&Html::parse_document(html), base, items)
}

fn items_of(document: &Html, base: &Url, items: &Items) -> Result<Vec<Item>, String> {
    let item = selector("item", &items.item)?;
    let link = selector("link", items.link.as_deref().unwrap_or("a[href]"))?;
    let date = items.date.as_deref().map(|s| selector("date", s)).transpose()?;
    let read = |element: ElementRef<'_>| {
        let anchor = if link.matches(&element) { element } else { element.select(&link).next()? };
        let target = target(anchor.value().attr("href")?)?;
        let mut url = base.join(&target).ok()?;
        url.set_fragment(None);
        let dated = match &date {
            Some(date) => element.select(date).map(text).find_map(|t| date_in(&t)),
            None => date_beside(element, anchor, &link),
        };
        let dated = dated.or_else(|| date_in_url(url.as_str()));
        Some(Item { url: url.into(), title: text(anchor), date: dated, capture: None })
    };
    Ok(document.select(&item).filter_map(read).collect())
}

/// The date that stands beside a link; else in its text; else beside it in what holds it, where
/// that holds no other link.
fn date_beside(element: ElementRef<'_>, anchor: ElementRef<'_>, link: &Selector) -> Option<Date> {
    let beside = date_in(&text(element).replace(&text(anchor), " "));
    let around = || {
        let parent = ElementRef::wrap(anchor.parent()?)?;
        let alone = parent.select(link).nth(1).is_none();
        alone.then(|| date_in(&text(parent).replace(&text(anchor), " ")))?
    };
    beside.or_else(around).or_else(|| date_in(&text(element)))
}

/// A form's address and fields as they stand in the page.
fn filled(document: &Html, base: &Url, form: &Form) -> Result<Option<FilledForm>, String> {
    let found = document.select(&selector("form", &form.selector)?).next();
    let Some(found) = found else { return Ok(None) };
    let action = found.value().attr("action").unwrap_or("");
    let Ok(action) = base.join(action) else { return Ok(None) };
    let field = |input: ElementRef<'_>| {
        let value = input.value().attr("value").unwrap_or("").to_owned();
        Some((input.value().attr("name")?.to_owned(), value))
    };
    let inputs = selector("form", "input[name]")?;
    let mut fields: Vec<(String, String)> = found.select(&inputs).filter_map(field).collect();
    let has = |name: &&String| fields.iter().any(|(field, _)| field == *name);
    let Some(page) = form.page.iter().find(has).or(form.page.last()).cloned() else {
        return Ok(None);
    };
    fields.retain(|(name, _)| *name != page);
    Ok(Some(FilledForm { action: action.into(), fields, page }))
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

/// The number that stands behind `mark` and an equals sign, however spaced.
fn number_after(html: &str, mark: &str) -> Option<u32> {
    let between = |c: char| c.is_whitespace() || c == '=';
    let mark = mark.trim_end_matches(between);
    html.match_indices(mark).find_map(|(at, _)| {
        let rest = html.get(at + mark.len()..)?.trim_start_matches(between);
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..end)?.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_in_a_script_call_is_found() {
        let open = "javascript:article_open('index.php?strPageID=SF01_02_01&newsID=1')";
        assert_eq!(target(open).as_deref(), Some("index.php?strPageID=SF01_02_01&newsID=1"));
        assert_eq!(target("javascript:void(0)"), None);
        assert_eq!(target("#top"), None);
    }

    #[test]
    fn an_item_may_be_the_link_itself_and_its_date_beside_it() {
        let html = "<div class=l><p><a href='/a.htm#x'>A</a> (2022-03-01)</p>\
                    <p><a href='/t20220302_1.htm'>B</a></p><p><a href='#'>top</a></p></div>";
        let items = Items { item: ".l a".into(), link: None, date: None };
        let base = Url::parse("https://mfa.example/l/").unwrap();
        let found = read_items(html, &base, &items).unwrap();
        let rows: Vec<_> =
            found.iter().map(|i| (i.url.as_str(), i.date.unwrap().to_string())).collect();
        let expected = [
            ("https://mfa.example/a.htm", "2022-03-01".to_owned()),
            ("https://mfa.example/t20220302_1.htm", "2022-03-02".to_owned()),
        ];
        assert_eq!(rows, expected);
    }
}
