//! Looking at a page as a source's keeper does: which layout fits, what each of its selectors
//! finds, and how much text stands outside of it.

use corpus::source::{Layout, PageKind, Source};
use corpus::{Capture, Reason};

use crate::decode;
use crate::page::{Page, is_selector, text_of};
use crate::read::{blocked, choose, error_page, is_listing, readable, without_cdata};

/// What one selector of a layout finds on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyYield {
    /// `marks`, `title`, `body`, `stamp` or `dated`.
    pub key: &'static str,
    /// The selector.
    pub selector: String,
    /// Whether it finds an element at all.
    pub found: bool,
    /// Characters of text that it finds.
    pub chars: usize,
}

/// What a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// The layout that fits.
    pub layout: Option<String>,
    /// What pages of that layout hold.
    pub kind: Option<PageKind>,
    /// What the selectors of the layout find.
    pub keys: Vec<KeyYield>,
    /// Characters of the whole page that a reader sees.
    pub visible: usize,
}

impl Inspection {
    /// Characters that the best selector of a key finds.
    pub fn chars(&self, key: &str) -> usize {
        self.keys.iter().filter(|k| k.key == key).map(|k| k.chars).max().unwrap_or(0)
    }
}

/// Looks at a captured page. With `by` it is looked at by that layout whether it fits or not.
///
/// # Errors
/// Why it is no page that a layout should fit: a failed response, a block, an error page.
pub fn inspect(
    capture: &Capture,
    source: &Source,
    by: Option<&Layout>,
) -> Result<Inspection, Reason> {
    readable(capture)?;
    let text = decode::page(&capture.body, capture.content_type.as_deref(), &capture.url);
    let page = Page::parse(&without_cdata(text))?;
    blocked(&page)?;
    let layout = by.or_else(|| choose(&page, source, &capture.url, capture.captured.day()));
    if layout.is_some_and(|layout| layout.page == PageKind::Error) {
        return Err(error_page());
    }
    let keys = layout.map(|layout| yields(&page, layout)).unwrap_or_default();
    let visible = page.first("body").map_or(0, |body| text_of(body).chars().count());
    Ok(Inspection {
        layout: layout.map(|layout| layout.id.clone()),
        kind: match by.is_none() && is_listing(&page, source, &capture.url, layout) {
            true => Some(PageKind::Listing),
            false => layout.map(|layout| layout.page),
        },
        keys,
        visible,
    })
}

fn yields(page: &Page, layout: &Layout) -> Vec<KeyYield> {
    let keys = [
        ("marks", &layout.marks),
        ("title", &layout.title),
        ("body", &layout.body),
        ("stamp", &layout.stamp),
        ("dated", &layout.dated),
    ];
    let each =
        keys.into_iter().flat_map(|(key, selectors)| selectors.iter().map(move |s| (key, s)));
    each.map(|(key, selector)| {
        let elements = page.select(selector);
        let inner = elements.iter().filter(|e| {
            let mut outer = e.ancestors();
            !outer.any(|outer| elements.iter().any(|other| other.id() == outer.id()))
        });
        let chars = inner.map(|e| text_of(*e).chars().count()).sum();
        KeyYield { key, selector: selector.clone(), found: !elements.is_empty(), chars }
    })
    .collect()
}

/// What is wrong with the layouts of a source's file, without any page.
pub fn faults(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for layout in &source.layouts {
        let at = format!("layout {}", layout.id);
        if !seen.insert(&layout.id) {
            faults.push(format!("{at}: stands twice"));
        }
        if layout.page == PageKind::Statement && layout.body.is_empty() {
            faults.push(format!("{at}: no `body`, so no text can be found"));
        }
        let told = layout.marks.is_empty() && layout.address_parts.is_empty();
        if layout.page != PageKind::Statement && told {
            faults.push(format!(
                "{at}: no `marks` and no `address-parts`, so no page can be known by it"
            ));
        }
        if layout.since.zip(layout.until).is_some_and(|(since, until)| since > until) {
            faults.push(format!("{at}: `since` is after `until`"));
        }
        let lists = [
            ("marks", &layout.marks),
            ("title", &layout.title),
            ("body", &layout.body),
            ("drop", &layout.drop),
            ("stamp", &layout.stamp),
            ("dated", &layout.dated),
        ];
        for (key, selectors) in lists {
            let bad = selectors.iter().filter(|selector| !is_selector(selector));
            faults
                .extend(bad.map(|selector| format!("{at}: {key} = \"{selector}\" is no selector")));
        }
        if let Some(split) = layout.split.as_ref().filter(|split| !is_selector(split)) {
            faults.push(format!("{at}: split = \"{split}\" is no selector"));
        }
    }
    faults
}
