//! Reading a page: the newest layout that fits what is on it says where title, stamp and text
//! stand.

use std::borrow::Cow;

use corpus::source::{Evidence, Layout, PageKind, Source};
use corpus::{Capture, CaptureRef, Date, Reason, Reject};

use crate::assemble::{Found, reading};
use crate::date::Order;
use crate::page::{Page, matches, stories, text_of};
use crate::paragraph::{MOST_LINES, Paragraph, fold, one_line};
use crate::{Outlets, Reading, date, decode, ends, fallback, listing};

/// The texts on one captured page, mostly one.
///
/// # Errors
/// A reject with the reason: a failed or foreign response, a page beyond the limits, a listing or
/// error page, no layout that fits, no text. Never panics, whatever the bytes.
pub fn read(capture: &Capture, source: &Source, outlets: &Outlets) -> Result<Vec<Reading>, Reject> {
    let reject = |reason: Reason| Reject {
        source: Some(source.id.clone()),
        url: capture.url.clone(),
        reason,
        capture: Some(capture.digest.to_string()),
    };
    if source.is_unofficial(&capture.url) {
        return Err(reject(Reason::unofficial()));
    }
    readable(capture).map_err(reject)?;
    let text = decode::page(&capture.body, capture.content_type.as_deref(), &capture.url);
    let text = without_cdata(text);
    let page =
        Page::parse(&text).map_err(|reason| reject(format!("unsafe page: {reason}").into()))?;
    blocked(&page).map_err(reject)?;
    let layout = choose(&page, source, &capture.url, capture.captured.day());
    if is_listing(&page, source, &capture.url, layout) {
        return Err(reject(Reason::listing()));
    }
    let main = || {
        let ends = source.layouts.iter().flat_map(|l| l.ends.iter().cloned()).collect();
        let main = source.fallback.then(|| fallback::find(&page, &text, ends)).flatten();
        match main {
            Some(main) if main.paragraphs.iter().any(|p| is_missing(&p.text)) => {
                Err(reject(error_page()))
            }
            main => Ok(main.map(|main| (capture.url.clone(), main))),
        }
    };
    let found = match layout {
        Some(layout) if layout.page == PageKind::Error => {
            return Err(reject(error_page()));
        }
        Some(layout) => {
            let found = find(&page, layout, &capture.url);
            // Heading and stamp may stand where they always did, and the text elsewhere; where its place
            // is there and empty, what else is on the page is menu and footer.
            let has_place = || layout.body.iter().any(|place| page.first(place).is_some());
            if found.is_empty() && !has_place() { main()?.into_iter().collect() } else { found }
        }
        None => {
            vec![main()?.ok_or_else(|| reject("no layout fits: see `demarche doctor`".into()))?]
        }
    };
    if found.is_empty() {
        return Err(reject(Reason::no_text()));
    }
    let place = |url: String| CaptureRef {
        captured: Some(capture.captured),
        digest: capture.digest.clone(),
        row: None,
        url,
    };
    let read: Vec<Reading> = found
        .into_iter()
        .filter_map(|(url, found)| reading(found, source, outlets, place(url)))
        .map(|read| Reading { truncated: read.truncated || capture.truncated, ..read })
        .collect();
    if read.is_empty() { Err(reject(Reason::no_text())) } else { Ok(read) }
}

/// Whether a page lists texts: by its address, by the layout that fits, or, where that is a guess or
/// there is none, by the looks of address and page.
pub(crate) fn is_listing(page: &Page, source: &Source, url: &str, layout: Option<&Layout>) -> bool {
    listing::is_listing(source, url)
        || match layout {
            Some(layout) if layout.page == PageKind::Error => false,
            Some(layout) => {
                layout.page == PageKind::Listing
                    || layout.evidence == Evidence::Guessed && listing::is_list_of_texts(page)
            }
            None => listing::is_folder(url) || listing::is_list_of_texts(page),
        }
}

/// As [`read`], where several sources share an address: the text is that of the first whose language
/// it is in.
///
/// # Errors
/// As [`read`], and where no source is in the language of the text.
pub fn read_among(
    capture: &Capture,
    sources: &[&Source],
    outlets: &Outlets,
) -> Result<Vec<Reading>, Reject> {
    let unknown = |reason: &str| Reject {
        source: None,
        url: capture.url.clone(),
        reason: Reason::unknown_source(reason),
        capture: Some(capture.digest.to_string()),
    };
    // In another language than all of them says more than that one of them knows no such page.
    let (mut other_lang, mut refused) = (None, None);
    for source in sources {
        match read(capture, source, outlets) {
            Err(reject) => drop(refused.get_or_insert(reject)),
            Ok(readings) => {
                let other = readings.iter().map(|r| r.lang).find(|lang| *lang != source.lang);
                let Some(other) = other.filter(|_| sources.len() > 1) else { return Ok(readings) };
                other_lang = Some(other);
            }
        }
    }
    Err(match (other_lang, refused) {
        (Some(lang), _) => unknown(&format!("no declared source of this address is in {lang}")),
        (None, Some(reject)) => reject,
        (None, None) => unknown("no declared source has this address"),
    })
}

/// Characters within which a heading can be a server's notice.
const NOTICE: usize = 60;
/// What the notices say where something on the way answered, in lower case.
const BLOCKED: [&str; 4] = ["page blocked", "warning.or.kr", "불법·유해정보", "访问被拒绝"];
/// The same in words that a headline may hold, too: a notice begins or ends with them.
const REFUSED: [&str; 5] =
    ["access denied", "403 forbidden", "attention required", "just a moment", "request rejected"];
/// What the notices say where the page is missing, in lower case.
const MISSING: [&str; 16] = [
    "알수 없는 주소",
    "404 not found",
    "error 404",
    "404 error",
    "404错误",
    "page not found",
    "页面不存在",
    "您访问的页面",
    "页面没有找到",
    "页面未找到",
    "페지를 찾을수 없",
    "página no encontrada",
    "page you requested",
    "page you are looking for",
    "page cannot be found",
    "page could not be found",
];

/// Whether the response can hold a text at all.
pub(crate) fn readable(capture: &Capture) -> Result<(), Reason> {
    if !(200..300).contains(&capture.status) {
        return Err(Reason::status(capture.status));
    }
    let kind = capture.content_type.as_deref().unwrap_or("text/html").to_ascii_lowercase();
    let page =
        ["html", "xml", "text/plain", "octet-stream"].iter().any(|known| kind.contains(known));
    if !page {
        return Err(Reason::not_a_page(kind.split(';').next().unwrap_or("").trim()));
    }
    if capture.body.iter().all(u8::is_ascii_whitespace) {
        return Err("no text: the response is empty".into());
    }
    Ok(())
}

/// Pages that a filter on the way puts in place of the real one, and the sites' own error pages
/// that come with status 200.
pub(crate) fn blocked(page: &Page) -> Result<(), Reason> {
    let heading = page.first("h1").or_else(|| page.first("title")).map(text_of).unwrap_or_default();
    let title = page.first("title").map(text_of).unwrap_or_default();
    // A notice is short; a statement about access that is denied says more.
    let notices = [heading, title].map(|text| text.to_lowercase());
    let short = || notices.iter().filter(|text| text.chars().count() <= NOTICE);
    let any = |words: &[&str]| words.iter().any(|word| short().any(|text| text.contains(word)));
    let plain = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let refused = short()
        .map(|text| plain(text))
        .any(|text| REFUSED.iter().any(|word| text.starts_with(word) || text.ends_with(word)));
    if any(&BLOCKED) || refused {
        return Err(Reason::blocked(Some("a filter answered in place of the site")));
    }
    if short().any(|text| is_missing(text) || text.trim() == "404") {
        return Err(error_page());
    }
    Ok(())
}

/// Why a page that says itself that it is missing is none.
pub(crate) fn error_page() -> Reason {
    Reason::soft_missing("an error page with status 200")
}

/// Whether a line is a notice that the page is missing.
fn is_missing(line: &str) -> bool {
    let line = line.to_lowercase();
    line.chars().count() <= NOTICE && MISSING.iter().any(|word| line.contains(word))
}

/// XML that an interface answers with keeps its texts in CDATA sections, which HTML does not know,
/// or with their markup escaped.
pub(crate) fn without_cdata(text: Cow<'_, str>) -> Cow<'_, str> {
    let opening = text.trim_start();
    if !opening.starts_with("<?xml") && !opening.starts_with("<NData") {
        return text;
    }
    let plain = text.replace("<![CDATA[", "").replace("]]>", "");
    let escaped = ["&lt;p", "&lt;br", "&lt;nobr"].iter().any(|tag| plain.contains(tag));
    Cow::Owned(if escaped { plain.replace("&lt;", "<").replace("&gt;", ">") } else { plain })
}

/// The layout to read by: those expected on the day of capture first, then the others, each newest
/// first.
pub(crate) fn choose<'a>(
    page: &Page,
    source: &'a Source,
    url: &str,
    day: Date,
) -> Option<&'a Layout> {
    let expected = |layout: &&Layout| {
        layout.since.is_none_or(|since| since <= day)
            && layout.until.is_none_or(|until| day <= until)
    };
    let fits = |layout: &&Layout| {
        let parts = &layout.address_parts;
        if !parts.is_empty() && !parts.iter().any(|part| has_part(url, part)) {
            return false;
        }
        let marks = if layout.marks.is_empty() { &layout.body } else { &layout.marks };
        let address_alone = marks.is_empty() && !parts.is_empty();
        address_alone || marks.iter().any(|mark| page.first(mark).is_some())
    };
    let statements = |layout: &&Layout| layout.page == PageKind::Statement;
    let layouts = || source.layouts.iter();
    // Where the address or an error's mark tells, what else is on the page does not matter.
    let told = |l: &&Layout| l.page == PageKind::Error || !l.address_parts.is_empty();
    let no_statement = layouts().filter(|l| !statements(l)).filter(told).find(fits);
    if no_statement.is_some() {
        return no_statement;
    }
    layouts()
        .filter(statements)
        .filter(expected)
        .find(fits)
        .or_else(|| layouts().filter(statements).find(fits))
        .or_else(|| layouts().filter(|l| !statements(l)).find(fits))
}

/// Whether the parts of a pattern, parted by `*`, stand in an address one after the other.
fn has_part(url: &str, pattern: &str) -> bool {
    let after = |rest: &'_ str, part: &str| rest.find(part).map(|at| at + part.len());
    let mut at = 0;
    pattern.split('*').all(|part| {
        let found = url.get(at..).and_then(|rest| after(rest, part));
        at += found.unwrap_or_default();
        found.is_some()
    })
}

/// What the layout's selectors find: one text, or where the layout splits a day's page the story
/// that the address's fragment names, or all of them, each with its address.
fn find(page: &Page, layout: &Layout, url: &str) -> Vec<(String, Found)> {
    let (address, fragment) = url.split_once('#').map_or((url, None), |(a, f)| (a, Some(f)));
    let mut found = Vec::new();
    for (name, mut text) in texts(page, layout) {
        if layout.split.is_some() && fragment.is_some_and(|fragment| fragment != name) {
            continue;
        }
        let name = Some(name).filter(|_| layout.split.is_some());
        let url = match name.or_else(|| page.text(&layout.fragment)) {
            Some(name) => format!("{address}#{name}"),
            None => url.to_owned(),
        };
        let mut dated = page.text(&layout.dated);
        let mut title = page.text(&layout.title).map(|t| without_site_name(&t));
        if layout.title_in_body {
            if let Some(at) = day_head(&text) {
                dated = text.drain(..=at).next_back().map(|p| p.text);
            }
            title = dated.as_deref().and_then(after_date);
            if title.is_none() && !text.is_empty() {
                let lines: Vec<Paragraph> = text.drain(..title_lines(&text)).collect();
                title = Some(one_line(&lines)).filter(|title| !title.is_empty());
            }
        }
        if !text.is_empty() {
            let mut stamp = page.text(&layout.stamp);
            if stamp.is_none() && dated.is_none() && layout.split.is_none() {
                stamp =
                    title.as_deref().and_then(|title| fallback::stamp_between(page, title, &text));
            }
            let found_here = Found {
                title,
                paragraphs: text,
                stamp,
                dated,
                order: if layout.day_first { Order::DayFirst } else { Order::Unknown },
                layout: layout.id.clone(),
                style: layout.turns,
                ends: layout.ends.clone(),
                ..Found::default()
            };
            found.push((url, found_here));
        }
    }
    found
}

/// The paragraphs of the first of the layout's body selectors that finds any, by story. Where each
/// is an element of its own and the first is the title, its lines are one.
fn texts(page: &Page, layout: &Layout) -> Vec<(String, Vec<Paragraph>)> {
    for selector in &layout.body {
        let mut found: Vec<(String, Vec<Paragraph>)> = Vec::new();
        let elements = page.select(selector);
        let several = elements.len() > 1;
        for element in elements {
            let mut outer = element.ancestors().filter_map(scraper::ElementRef::wrap);
            if outer.any(|outer| matches(outer, selector)) {
                continue;
            }
            for (name, mut text) in stories(element, &layout.drop, layout.split.as_deref()) {
                if layout.title_in_body && several && found.iter().all(|(_, t)| t.is_empty()) {
                    text = Paragraph::plain(&one_line(&text)).into_iter().collect();
                }
                match found.last_mut().filter(|_| layout.split.is_none()) {
                    Some((_, before)) => before.extend(text),
                    None => found.push((name, text)),
                }
            }
        }
        found.retain(|(_, text)| !text.is_empty());
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Paragraphs within which the date line of a story stands, below a menu.
const DAY_WINDOW: usize = 30;

/// Where the date line is that heads a story: the first of all, or one below a menu that says so by
/// its mark.
fn day_head(text: &[Paragraph]) -> Option<usize> {
    let marked = |p: &Paragraph| {
        let day = p.text.rsplit_once('>').map(|(_, day)| day.trim_start());
        day.and_then(date::find).is_some_and(|(_, words)| day.unwrap_or("").starts_with(&words))
    };
    let first = text.first().filter(|p| p.text.starts_with('>') || date::is_date_line(&p.text));
    let at = text.iter().take(DAY_WINDOW).position(|p| marked(p) || date::is_date_line(&p.text));
    let at = at.filter(|at| text.iter().take(*at).all(|p| ends::is_above(&p.text)));
    first.map(|_| 0).or(at)
}

/// How many of the first paragraphs are the title: all above the dateline where these are short; one
/// where there is no dateline.
fn title_lines(text: &[Paragraph]) -> usize {
    let opens = text.iter().take(MOST_LINES + 1).position(|p| date::dateline(&p.text).is_some());
    let above =
        opens.and_then(|at| text.get(..at)).filter(|t| t.iter().all(|p| ends::is_above(&p.text)));
    above.map_or(1, <[_]>::len)
}

/// The title that stands in one line with the date: `>> May 8. 2031 Juche 120 Dam Opened`.
fn after_date(line: &str) -> Option<String> {
    let (_, day) = line.rsplit_once('>')?;
    let (_, words) = date::find(day)?;
    let (_, after) = day.split_once(words.as_str())?;
    let after = after.trim_matches(|c: char| !c.is_alphanumeric());
    (after.split_whitespace().count() > 1).then(|| after.to_owned())
}

/// A `<title>` element carries the site's name after a dash or underscore.
fn without_site_name(title: &str) -> String {
    let site = [
        "_中华人民共和国外交部",
        " — 中华人民共和国外交部",
        "_Ministry of Foreign Affairs of the People's Republic of China",
    ];
    fold(site.iter().find_map(|name| title.strip_suffix(name)).unwrap_or(title))
}
