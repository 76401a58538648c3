//! The last way of reading a page, where a source asks for it: the main text as a readability
//! measure finds it, without a layout. Such a statement says so in its `layout`.

use dom_smoothie::Readability;

use crate::assemble::Found;
use crate::date;
use crate::page::{Page, links_share, paragraphs, text_of};
use crate::paragraph::Paragraph;

/// The layout of what was read this way.
pub const LAYOUT: &str = "fallback:readability";
/// Characters below which a page's main text is rather a notice of the server.
const SHORTEST: usize = 120;
/// Share of a text's characters that may stand in links; lists of links have nearly all there.
const MOST_LINKED: f64 = 0.4;
/// Lines after the title within which its stamp stands.
const STAMP_WINDOW: usize = 6;

/// The main text of a page with the title and stamp above it; `None` where there is none that could
/// be a statement.
pub fn find(page: &Page, text: &str, ends: Vec<String>) -> Option<Found> {
    let article = Readability::new(text, None, None).ok()?.parse().ok()?;
    let main = Page::parse(&article.content).ok()?;
    let body = main.first("body")?;
    if links_share(body) > MOST_LINKED {
        return None;
    }
    let drop: Vec<String> = ["nav", "form", "li > a:only-child"].map(str::to_owned).into();
    let text = paragraphs(body, &drop);
    if text.iter().map(|p| p.text.chars().count()).sum::<usize>() < SHORTEST {
        return None;
    }
    let whole = page.first("body").map(|body| paragraphs(body, &[])).unwrap_or_default();
    let title = title(page, &whole, &text);
    let stamp = title.as_deref().and_then(|title| stamp(&whole, title));
    Some(Found {
        title,
        paragraphs: text,
        stamp,
        layout: LAYOUT.to_owned(),
        ends,
        ..Found::default()
    })
}

/// The `<title>` where a line of the page repeats it, since there it carries no site's name, else
/// the longest line that begins it, the last heading before the text, the first one with a text,
/// the `<title>` as it is.
fn title(page: &Page, whole: &[Paragraph], text: &[Paragraph]) -> Option<String> {
    let named = page.first("title").map(text_of).filter(|title| !title.is_empty());
    let repeated = named.clone().filter(|title| whole.iter().any(|p| p.text == *title));
    let begun = || {
        let named = named.as_deref()?;
        let long = |p: &&Paragraph| p.text.chars().count() >= 8 && named.starts_with(&p.text);
        whole.iter().filter(long).map(|p| p.text.clone()).max_by_key(String::len)
    };
    let headed = || {
        let at =
            whole.iter().position(|p| text.first().is_some_and(|first| p.text == first.text))?;
        let headings: Vec<String> =
            page.select("h1, h2, h3, h4").into_iter().map(text_of).collect();
        let above = whole.get(..=at)?.iter().rev().take(STAMP_WINDOW);
        above.map(|p| &p.text).find(|text| headings.contains(text)).cloned()
    };
    let first = || page.text(&["h1".to_owned(), "h2".to_owned()]);
    repeated.or_else(begun).or_else(headed).or_else(first).or(named)
}

/// The date line just below the title. One above it is the day of the visit.
fn stamp(whole: &[Paragraph], title: &str) -> Option<String> {
    let at = whole.iter().position(|p| p.text == title)?;
    let below = whole.iter().skip(at + 1).take(STAMP_WINDOW);
    below.map(|p| &p.text).find(|text| date::is_date_line(text)).cloned()
}
