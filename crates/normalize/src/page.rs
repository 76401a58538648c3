//! A page: parsed HTML within limits, and the paragraphs inside an element of it.

use std::rc::Rc;

use ego_tree::iter::Edge;
use html5ever::driver::{ParseOpts, parse_document};
use html5ever::local_name;
use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::node::Element;
use scraper::{ElementRef, Html, HtmlTreeSink, Node, Selector};

use crate::paragraph::{Paragraph, fold};
use crate::selector::{Names, compiled};

/// A page larger than this is refused.
pub const MAX_BYTES: usize = 16 << 20;
/// Elements inside one another; the real pages stay below 60.
pub const MAX_DEPTH: usize = 400;
/// Nodes of the tree. The parser can make many nodes of few bytes (a tag left open is repeated in
/// every following paragraph), so that bytes alone do not bound the memory.
pub const MAX_NODES: usize = 500_000;
/// Tags that are parsed between two looks at the limits: each makes one node, and one more for every
/// element that the parser opens again.
const STEP: usize = 1000;
/// Bytes that are parsed between two looks.
const STEP_BYTES: usize = 16 << 10;

/// A parsed page.
pub struct Page {
    html: Html,
    names: Names,
}

impl Page {
    /// Parses a page.
    ///
    /// # Errors
    /// The reason, where the page breaks one of the limits.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > MAX_BYTES {
            return Err(format!("page of {} bytes, the limit is {MAX_BYTES}", text.len()));
        }
        let sink = HtmlTreeSink::new(Html::new_document());
        let mut parser = parse_document(sink, ParseOpts::default());
        let mut rest = text;
        while !rest.is_empty() {
            let (step, after) = rest.split_at(step(rest));
            parser.process(StrTendril::from(step));
            within_limits(&parser.tokenizer.sink.sink.0.borrow())?;
            rest = after;
        }
        let html = parser.finish();
        let names = Names::of(&html);
        Ok(Self { html, names })
    }

    /// The elements that a selector finds, in order. A selector that does not parse finds none;
    /// `check` reports it.
    pub fn select(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let selector = self.promising(selector);
        selector.map_or_else(Vec::new, |s| self.html.select(&s).collect())
    }

    /// The first element that a selector finds.
    pub fn first(&self, selector: &str) -> Option<ElementRef<'_>> {
        self.promising(selector).and_then(|s| self.html.select(&s).next())
    }

    /// The folded text of the first element that one of the selectors finds with any text.
    pub fn text(&self, selectors: &[String]) -> Option<String> {
        selectors.iter().find_map(|selector| {
            let selector = self.promising(selector)?;
            self.html.select(&selector).map(text_of).find(|t| !t.is_empty())
        })
    }

    /// A selector, unless a class or id that it asks for is nowhere on the page.
    fn promising(&self, selector: &str) -> Option<Rc<Selector>> {
        compiled(selector).filter(|_| self.names.may_have(selector))
    }
}

/// How much of an element's text stands in links, from 0 to 1.
pub fn links_share(element: ElementRef<'_>) -> f64 {
    let count = |text: String| text.chars().filter(|c| !c.is_whitespace()).count();
    let all = count(element.text().collect());
    let Some(links) = compiled("a[href]").filter(|_| all > 0) else { return 0.0 };
    let linked: usize = element.select(&links).map(|a| count(a.text().collect())).sum();
    linked as f64 / all as f64
}

/// The folded text of one element, or the `content` of a meta element.
pub fn text_of(element: ElementRef<'_>) -> String {
    if element.value().name() == "meta" {
        return fold(element.attr("content").unwrap_or(""));
    }
    let paragraphs = paragraphs(element, &[]);
    let lines: Vec<&str> = paragraphs.iter().map(|p| p.text.as_str()).collect();
    // Where a line breaks between two Han characters stands no blank.
    fold(&lines.join("\n"))
}

/// Whether a text is a selector.
pub fn is_selector(selector: &str) -> bool {
    compiled(selector).is_some()
}

/// Whether an element matches a selector.
pub fn matches(element: ElementRef<'_>, selector: &str) -> bool {
    compiled(selector).is_some_and(|s| s.matches(&element))
}

/// The paragraphs inside `element`, without the elements that `drop` selects and without scripts
/// and what is not displayed.
pub fn paragraphs(element: ElementRef<'_>, drop: &[String]) -> Vec<Paragraph> {
    stories(element, drop, None).pop().map(|(_, paragraphs)| paragraphs).unwrap_or_default()
}

/// The paragraphs inside `element`, told apart at the anchors that `split` selects and that bear a
/// number: each anchor's with what follows it. What stands before the first belongs to none; without
/// `split` all is one story without a name.
pub fn stories(
    element: ElementRef<'_>,
    drop: &[String],
    split: Option<&str>,
) -> Vec<(String, Vec<Paragraph>)> {
    let split = split.and_then(compiled);
    let mut stories: Vec<(String, Vec<Paragraph>)> = Vec::new();
    let mut name = split.is_none().then(String::new);
    let dropped: Vec<Rc<Selector>> = drop.iter().filter_map(|s| compiled(s)).collect();
    let mut line = Line::default();
    let mut bold = 0usize;
    for edge in element.traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if line.hidden == 0 => line.push(text, bold > 0),
                Node::Element(e) => {
                    let unseen = line.hidden > 0
                        || is_hidden(e)
                        || ElementRef::wrap(node)
                            .is_some_and(|r| dropped.iter().any(|s| s.matches(&r)));
                    line.hidden += usize::from(unseen);
                    let anchor = ElementRef::wrap(node)
                        .filter(|r| split.as_ref().is_some_and(|s| s.matches(r)));
                    if let Some(number) = anchor.and_then(story_number) {
                        line.end();
                        let before = std::mem::take(&mut line.done);
                        stories.extend(name.take().map(|name| (name, before)));
                        name = Some(number);
                    }
                    bold += usize::from(is_bold(e));
                    line.kept += usize::from(e.name.local == local_name!("pre"));
                    line.boundary(e);
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(e) = node.value() {
                    line.hidden = line.hidden.saturating_sub(1);
                    bold -= usize::from(is_bold(e));
                    line.kept -= usize::from(e.name.local == local_name!("pre"));
                    line.boundary(e);
                }
            }
        }
    }
    line.end();
    stories.extend(name.map(|name| (name, line.done)));
    stories
}

/// The number that an anchor bears in its name, `1` or `#1`; others mark places inside a story.
fn story_number(anchor: ElementRef<'_>) -> Option<String> {
    let name = anchor.attr("name").or(anchor.attr("id"))?.trim_start_matches('#');
    let number = !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit());
    number.then(|| name.to_owned())
}

/// The line that is being read.
#[derive(Default)]
struct Line {
    done: Vec<Paragraph>,
    text: String,
    /// Where plain type begins.
    plain: Option<usize>,
    hidden: usize,
    /// Elements around it in which line breaks are kept.
    kept: usize,
    name_edge: bool,
}

impl Line {
    fn push(&mut self, text: &str, bold: bool) {
        if self.kept == 0 {
            self.append(text, bold);
            return;
        }
        for (n, line) in text.split('\n').enumerate() {
            if n > 0 {
                self.end();
            }
            self.append(line, bold);
        }
    }

    fn append(&mut self, text: &str, bold: bool) {
        if self.plain.is_none() && !bold && text.chars().any(|c| !c.is_whitespace()) {
            self.plain = Some(self.text.len());
        }
        let glued = self.name_edge
            && self.text.ends_with(|c: char| c.is_ascii_alphanumeric())
            && text.starts_with(|c: char| c.is_ascii_alphanumeric());
        if glued {
            self.text.push(' ');
        }
        self.name_edge = false;
        self.text.push_str(text);
    }

    fn end(&mut self) {
        let bold = self.plain.take().unwrap_or(self.text.len());
        self.done.extend(Paragraph::new(&self.text, bold));
        self.text.clear();
    }

    /// Ends the line at the edges of block elements; remembers the edge of a name, which the
    /// DPRK sites wrap in `nobr` and sometimes glue to its neighbours.
    fn boundary(&mut self, element: &Element) {
        match element.name.local {
            local_name!("p")
            | local_name!("div")
            | local_name!("br")
            | local_name!("li")
            | local_name!("ul")
            | local_name!("ol")
            | local_name!("dl")
            | local_name!("dt")
            | local_name!("dd")
            | local_name!("tr")
            | local_name!("table")
            | local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6")
            | local_name!("blockquote")
            | local_name!("section")
            | local_name!("article")
            | local_name!("center")
            | local_name!("hr")
            | local_name!("pre")
            | local_name!("form")
            | local_name!("header")
            | local_name!("footer")
            | local_name!("nav")
            | local_name!("aside")
            | local_name!("option") => self.end(),
            local_name!("td") | local_name!("th") => self.text.push(' '),
            local_name!("nobr") => self.name_edge = true,
            _ => {}
        }
    }
}

fn is_bold(element: &Element) -> bool {
    matches!(element.name.local, local_name!("b") | local_name!("strong"))
        || has_style(element, &["font-weight:bold", "font-weight:7"])
}

fn is_hidden(element: &Element) -> bool {
    matches!(
        element.name.local,
        local_name!("script")
            | local_name!("style")
            | local_name!("noscript")
            | local_name!("template")
            | local_name!("head")
            | local_name!("select")
            | local_name!("textarea")
            | local_name!("iframe")
            | local_name!("object")
            | local_name!("video")
            | local_name!("audio")
            | local_name!("canvas")
    ) || has_style(element, &["display:none"])
}

/// Whether an element's own style holds one of the declarations, whatever its blanks and case.
fn has_style(element: &Element, declarations: &[&str]) -> bool {
    // To intern a name for every element would cost more than to look.
    let style = element.attrs.iter().find(|(key, _)| key.local == local_name!("style"));
    let Some(style) = style.map(|(_, style)| style.as_bytes()) else { return false };
    let holds = |from: usize, wanted: &str| {
        let mut rest = style.iter().skip(from).filter(|b| !b.is_ascii_whitespace());
        wanted.bytes().all(|w| rest.next().is_some_and(|b| b.eq_ignore_ascii_case(&w)))
    };
    let begins = |at: &usize, wanted: &str| {
        style.get(*at).map(u8::to_ascii_lowercase) == wanted.bytes().next()
    };
    let stands = |wanted: &&str| {
        (0..style.len()).filter(|at| begins(at, wanted)).any(|at| holds(at, wanted))
    };
    declarations.iter().any(stands)
}

/// Bytes of the next step. To count tags costs less than to find where each stands.
fn step(rest: &str) -> usize {
    let end = rest.floor_char_boundary(STEP_BYTES);
    let tags = rest.get(..end).map_or(0, |step| step.bytes().filter(|b| *b == b'<').count());
    let within = || rest.match_indices('<').nth(STEP).map_or(rest.len(), |(at, _)| at);
    if tags > STEP { within() } else { end }
}

fn within_limits(html: &Html) -> Result<(), String> {
    let mut nodes = html.tree.nodes();
    if nodes.len() > MAX_NODES {
        return Err(format!("more than {MAX_NODES} nodes"));
    }
    let deep = nodes.next_back().is_some_and(|last| last.ancestors().nth(MAX_DEPTH).is_some());
    if deep { Err(format!("elements nested more than {MAX_DEPTH} deep")) } else { Ok(()) }
}
