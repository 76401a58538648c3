//! The real pages, changed in what real pages vary in and readers do not see: their turns stay.

#![allow(clippy::unwrap_used, reason = "a test may stop where the data are damaged")]

mod shared;

use corpus::{Capture, Digest, Role};
use ego_tree::NodeId;
use html5ever::{LocalName, QualName, ns};
use normalize::{Reading, read};
use scraper::node::{Element, Text};
use scraper::{Html, Node, Selector};

/// Role, speaker and text of a turn.
type Turn = (Role, Option<String>, String);

/// A way of changing a page, and what it does to the words of its turns.
struct Change {
    name: &'static str,
    page: fn(&str) -> String,
    turn: fn(Turn) -> Turn,
}

const SAME: fn(Turn) -> Turn = |turn| turn;

const CHANGES: &[Change] = &[
    Change { name: "parsed and written", page: |page| each(page, |_, _| {}), turn: SAME },
    Change { name: "other attributes", page: other_attributes, turn: SAME },
    Change { name: "wrapped twice", page: wrapped, turn: SAME },
    Change { name: "div for p", page: |page| renamed(page, "p", "div"), turn: SAME },
    Change { name: "lines for p", page: lines, turn: SAME },
    Change { name: "b for strong", page: |page| renamed(page, "strong", "b"), turn: SAME },
    Change { name: "bold by style", page: bold_by_style, turn: SAME },
    Change {
        name: "nbsp for U+3000",
        page: |page| texts(page, |t| t.replace('\u{3000}', "\u{a0}\u{a0}")),
        turn: SAME,
    },
    Change {
        name: "blanks at the edges",
        page: |page| texts(page, |t| format!("\u{a0}{t}\u{3000}\n")),
        turn: SAME,
    },
    Change {
        name: "half-width colons",
        page: |page| texts(page, |t| t.replace('：', ":")),
        turn: |(r, s, t)| (r, s, t.replace('：', ":")),
    },
    Change {
        name: "blank before colons",
        page: |page| texts(page, |t| t.replace('：', "\u{a0}：\u{a0}")),
        turn: SAME,
    },
    Change { name: "labels apart", page: labels_apart, turn: SAME },
    Change { name: "labels in bold", page: labels_in_bold, turn: SAME },
    Change {
        name: "another's name",
        page: |page| named(page, "欧阳若雪"),
        turn: |(r, s, t)| (r, s.map(|s| named(&s, "欧阳若雪")), named(&t, "欧阳若雪")),
    },
];

const NAMES: [&str; 4] = ["汪文斌", "赵立坚", "华春莹", "毛宁"];

fn named(text: &str, by: &str) -> String {
    NAMES.iter().fold(text.to_owned(), |text, name| text.replace(name, by))
}

/// Without blanks, which some changes add.
fn squeezed((role, speaker, text): Turn) -> Turn {
    let squeeze = |text: String| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    (role, speaker.map(squeeze), squeeze(text))
}

fn name(tag: &str) -> QualName {
    QualName::new(None, ns!(html), LocalName::from(tag))
}

/// The nodes of the article of a page, itself first.
fn article(html: &Html) -> Vec<NodeId> {
    let selector = Selector::parse("#News_Body_Txt_A").unwrap();
    let article = html.select(&selector).next().unwrap();
    article.descendants().map(|node| node.id()).collect()
}

/// The page with every node of its article changed.
fn each(page: &str, change: impl Fn(&mut Html, NodeId)) -> String {
    let mut html = Html::parse_document(page);
    for id in article(&html) {
        change(&mut html, id);
    }
    html.html()
}

fn texts(page: &str, change: impl Fn(&str) -> String) -> String {
    each(page, |html, id| {
        if let Node::Text(text) = html.tree.get_mut(id).unwrap().value() {
            *text = Text { text: change(text).into() };
        }
    })
}

fn renamed(page: &str, from: &str, to: &str) -> String {
    each(page, |html, id| {
        if let Node::Element(element) = html.tree.get_mut(id).unwrap().value()
            && element.name() == from
        {
            let attributes = element.attrs().map(|(k, v)| attribute(k, v)).collect();
            *element = Element::new(name(to), attributes);
        }
    })
}

fn attribute(key: &str, value: &str) -> html5ever::Attribute {
    html5ever::Attribute {
        name: QualName::new(None, ns!(), LocalName::from(key)),
        value: value.into(),
    }
}

fn other_attributes(page: &str) -> String {
    each(page, |html, id| {
        if let Node::Element(element) = html.tree.get_mut(id).unwrap().value() {
            let mut attributes: Vec<_> = element
                .attrs()
                .filter(|(key, value)| *key == "id" || (*key == "style" && value.contains("bold")))
                .map(|(k, v)| attribute(k, v))
                .collect();
            attributes.insert(0, attribute("data-n", "1"));
            attributes.push(attribute("class", "MsoNormal x-1"));
            *element = Element::new(element.name.clone(), attributes);
        }
    })
}

fn wrapped(page: &str) -> String {
    let mut html = Html::parse_document(page);
    let article = article(&html)[0];
    let children: Vec<NodeId> =
        html.tree.get(article).unwrap().children().map(|c| c.id()).collect();
    let outer = html.tree.orphan(Node::Element(Element::new(name("div"), Vec::new()))).id();
    html.tree.get_mut(article).unwrap().append_id(outer);
    let inner = html.tree.orphan(Node::Element(Element::new(name("section"), Vec::new()))).id();
    html.tree.get_mut(outer).unwrap().append_id(inner);
    for child in children {
        html.tree.get_mut(inner).unwrap().append_id(child);
    }
    html.html()
}

/// Paragraphs that only line breaks part.
fn lines(page: &str) -> String {
    each(page, |html, id| {
        if html.tree.get(id).unwrap().value().as_element().is_some_and(|e| e.name() == "p") {
            let children: Vec<NodeId> =
                html.tree.get(id).unwrap().children().map(|c| c.id()).collect();
            for child in children {
                html.tree.get_mut(id).unwrap().insert_id_before(child);
            }
            let br = Element::new(name("br"), Vec::new());
            *html.tree.get_mut(id).unwrap().value() = Node::Element(br);
        }
    })
}

fn bold_by_style(page: &str) -> String {
    each(page, |html, id| {
        if let Node::Element(element) = html.tree.get_mut(id).unwrap().value()
            && matches!(element.name(), "b" | "strong")
        {
            *element = Element::new(
                name("span"),
                vec![attribute("style", "color:#000; font-weight : bold;")],
            );
        }
    })
}

/// Labels in an element of their own, with the colon outside.
fn labels_apart(page: &str) -> String {
    set_apart(page, |html, node, before, after| {
        let span = html.tree.orphan(Node::Element(Element::new(name("font"), Vec::new()))).id();
        let text = html.tree.orphan(Node::Text(Text { text: before.into() })).id();
        html.tree.get_mut(span).unwrap().append_id(text);
        html.tree.get_mut(node).unwrap().insert_id_before(span);
        *html.tree.get_mut(node).unwrap().value() = Node::Text(Text { text: after.into() });
    })
}

fn labels_in_bold(page: &str) -> String {
    set_apart(page, |html, node, before, after| {
        let colon = after.chars().next().unwrap();
        let span = html.tree.orphan(Node::Element(Element::new(name("b"), Vec::new()))).id();
        let text =
            html.tree.orphan(Node::Text(Text { text: format!("{before}{colon}").into() })).id();
        html.tree.get_mut(span).unwrap().append_id(text);
        html.tree.get_mut(node).unwrap().insert_id_before(span);
        let rest: String = after.chars().skip(1).collect();
        *html.tree.get_mut(node).unwrap().value() = Node::Text(Text { text: rest.into() });
    })
}

/// What stands before the first colon of a text of the article, and the rest with the colon.
fn set_apart(page: &str, change: impl Fn(&mut Html, NodeId, &str, &str)) -> String {
    each(page, |html, id| {
        let text = match html.tree.get(id).unwrap().value() {
            Node::Text(text) => text.to_string(),
            _ => return,
        };
        let label = text.find(['：', ':']).filter(|at| {
            let before = text[..*at].trim();
            before.ends_with("记者") || NAMES.contains(&before)
        });
        if let Some(at) = label {
            change(html, id, &text[..at], &text[at..]);
        }
    })
}

fn turns(reading: &Reading) -> Vec<Turn> {
    reading.turns.iter().map(|t| (t.role, t.speaker.clone(), t.text.clone())).collect()
}

/// One page in so many is changed.
const STEP: usize = 25;

/// Some of the pages, and what reads a page for its turns, without the blanks that changes add.
fn pages() -> Option<(Vec<Capture>, impl Fn(&Capture) -> Vec<Turn>)> {
    let captures = shared::captures("prc/mfa-zh-2020-2022.warc.gz")?;
    let (sources, outlets) = (shared::sources(), shared::outlets());
    let turns = move |capture: &Capture| {
        let source = sources.by_address(&capture.url).unwrap();
        let readings = read(capture, source, &outlets).unwrap_or_default();
        readings.first().map(turns).unwrap_or_default().into_iter().map(squeezed).collect()
    };
    Some((captures.into_iter().step_by(STEP).collect(), turns))
}

/// Says where two readings part; whether they do.
fn differ(name: &str, url: &str, before: &[Turn], after: &[Turn]) -> bool {
    let shorter = before.len().min(after.len());
    let at = before.iter().zip(after).position(|(a, b)| a != b).unwrap_or(shorter);
    let different = before != after;
    if different {
        println!("{name}, {url}, turn {at}: {:?} became {:?}", before.get(at), after.get(at));
    }
    different
}

#[test]
fn real_pages_in_other_dress_have_the_same_turns() {
    let Some((captures, turns)) = pages() else { return };
    let mut broken = 0;
    for capture in &captures {
        let page = String::from_utf8_lossy(&capture.body);
        let before = turns(capture);
        for change in CHANGES {
            let expected: Vec<Turn> =
                before.iter().cloned().map(change.turn).map(squeezed).collect();
            let body = (change.page)(&page).into_bytes();
            let changed = Capture { digest: Digest::of(&body), body, ..capture.clone() };
            let after = turns(&changed);
            broken += usize::from(differ(change.name, &capture.url, &expected, &after));
        }
    }
    assert_eq!(broken, 0);
}

#[test]
fn real_pages_in_another_charset_have_the_same_turns() {
    let Some((captures, turns)) = pages() else { return };
    let mut broken = 0;
    for capture in &captures {
        // The page goes on to declare UTF-8.
        let page = String::from_utf8_lossy(&capture.body);
        let body = encoding_rs::GB18030.encode(&page).0.into_owned();
        let changed = Capture { digest: Digest::of(&body), body, ..capture.clone() };
        let (before, after) = (turns(capture), turns(&changed));
        broken += usize::from(differ("GB18030", &capture.url, &before, &after));
    }
    assert_eq!(broken, 0);
}
