//! The last way of reading a page, where a source asks for it: the main text as a readability
//! measure finds it, without a layout. Such a statement says so in its `layout`.

use dom_smoothie::Readability;

use crate::assemble::Found;
use crate::page::{Page, links_share, paragraphs, text_of};
use crate::paragraph::{MOST_LINES, Paragraph, ends_sentence, heading_lines, one_line};
use crate::{date, ends};

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
    // A menu that nobody marked as one has many words and no sentence.
    let says = text.iter().any(|p| ends_sentence(&p.text));
    if !says || text.iter().map(|p| p.text.chars().count()).sum::<usize>() < SHORTEST {
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

/// The `<title>` where a line of the page repeats it, since there it carries no site's name, else the
/// longest heading that begins it, the last one before the text, the first one with a text, the line
/// just above the text, the `<title>` as it is. A section's name is none.
fn title(page: &Page, whole: &[Paragraph], text: &[Paragraph]) -> Option<String> {
    let named = page.first("title").map(text_of).filter(|title| !title.is_empty());
    let begins = |at: usize| whole.get(at..).unwrap_or(&[]);
    let begun = || {
        let named = named.as_deref()?;
        let lines = |at: usize| {
            let headings = (1..=MOST_LINES).filter_map(move |n| begins(at).get(..n)).map(one_line);
            headings.filter(|heading| heading.chars().count() >= 8 && named.starts_with(heading))
        };
        (0..whole.len()).flat_map(lines).max_by_key(String::len)
    };
    let above = above(whole, text);
    let line = above.iter().skip(1).copied().find(|line| ends::may_be_title(line));
    // A name that the line above the text goes on from is the site's.
    let own = |title: &String| line.is_none_or(|l| l == title || !l.starts_with(title.as_str()));
    let repeats =
        |title: &String| (0..whole.len()).any(|at| heading_lines(begins(at), title).is_some());
    let repeated = named.clone().filter(|title| own(title) && repeats(title));
    let headings: Vec<String> = page.select("h1, h2, h3, h4").into_iter().map(text_of).collect();
    let headed = || above.iter().find(|text| headings.iter().any(|h| h == *text)).copied();
    let of_page =
        || page.text(&["h1".to_owned(), "h2".to_owned()]).filter(|t| !ends::is_section(t));
    let placed = || headed().map(str::to_owned).or_else(of_page).or(line.map(str::to_owned));
    repeated.or_else(|| begun().filter(own)).or_else(placed).or(named)
}

/// Characters from which a line that ends like none is a sentence still.
const LONG: usize = 80;

/// The first line of the text proper and those above it on the page, nearest first, without names of
/// sections. The text as it was found may begin with its title.
fn above<'a>(whole: &'a [Paragraph], text: &[Paragraph]) -> Vec<&'a str> {
    let opens = |p: &&Paragraph| ends_sentence(&p.text) || p.text.chars().count() > LONG;
    let first = text.iter().find(opens).or(text.first());
    let at = first.and_then(|first| whole.iter().position(|p| p.text == first.text));
    let above = at.and_then(|at| whole.get(..=at)).unwrap_or(&[]);
    let above = above.iter().rev().map(|p| p.text.as_str());
    above.filter(|text| !ends::is_section(text)).take(STAMP_WINDOW).collect()
}

/// The date line between title and text on the page, for layouts that know no place of a stamp.
pub fn stamp_between(page: &Page, title: &str, text: &[Paragraph]) -> Option<String> {
    let mut above = paragraphs(page.first("body")?, &[]);
    let begins = text.first().and_then(|first| above.iter().rposition(|p| p.text == first.text));
    above.truncate(begins?);
    stamp(&above, title)
}

/// The date line just below the title, what a bar parts from it aside. One above it is the day of the
/// visit.
fn stamp(whole: &[Paragraph], title: &str) -> Option<String> {
    let lines = |at: usize| heading_lines(whole.get(at..)?, title);
    let below = (0..whole.len()).find_map(|at| Some(at + lines(at)?))?;
    let below = whole.iter().skip(below).take(STAMP_WINDOW);
    let lines = below.filter_map(|p| p.text.split('|').next());
    lines.map(str::trim).find(|line| date::is_date_line(line)).map(str::to_owned)
}
