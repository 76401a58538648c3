//! What stands before and after a text and is none of it: menus, stamps, end marks.

mod foot;
mod head;

use corpus::source::{Source, TurnStyle};

pub use foot::END_MARKS;
pub use head::{bracketed_day, is_above, is_section, may_be_title};

use crate::Outlets;
use crate::date;
use crate::dating::OwnDays;
use crate::paragraph::{Paragraph, ends_sentence, heading_lines};
use crate::turns;

/// Paragraphs within which a repeated title ends the menus before a text.
const TITLE_WINDOW: usize = 60;

/// What was taken off.
#[derive(Debug, Default)]
pub struct Trimmed {
    /// A date line of the heading.
    pub dated: Option<String>,
    /// A publication stamp of heading or foot.
    pub stamp: Option<String>,
    /// Whether the text ends in a mark that more would follow.
    pub truncated: bool,
    /// How many paragraphs remain of each text where a page strings several together.
    pub texts: Vec<usize>,
}

/// Takes menus, title, date lines and end marks off `paragraphs`: those of `source` and the layout's
/// own `ends`, openings of paragraphs after which nothing belongs to the text. `own` are the days that
/// the page gives outside of them.
pub fn trim(
    paragraphs: &mut Vec<Paragraph>,
    title: Option<&str>,
    source: &Source,
    ends: &[String],
    outlets: &Outlets,
    mut own: OwnDays,
) -> Trimmed {
    let mut trimmed = Trimmed::default();
    if let Some(title) = title {
        below_title(paragraphs, title, source, &mut trimmed);
    }
    while let Some(first) = paragraphs.first() {
        let text = first.text.clone();
        let again = title.and_then(|title| heading_lines(paragraphs, title));
        let tool = opens(&text, &source.ends) || opens(&text, &source.above);
        if let Some(lines) = again {
            paragraphs.drain(..lines);
        } else if tool || head::is_none_of_it(&text, &mut trimmed) {
            paragraphs.remove(0);
        } else {
            break;
        }
    }
    let ended = |p: &Paragraph| opens(&p.text, ends) || opens(&p.text, &source.ends);
    // What follows a footer is no interview: where somebody speaks below, the text speaks so itself.
    let speaks = |p: &Paragraph| {
        source.turns == TurnStyle::Briefing && turns::begins_turn(&p.text, source, outlets)
    };
    let spoken = paragraphs.iter().rposition(speaks).map_or(0, |at| at + 1);
    if let Some(at) = paragraphs.iter().skip(spoken).position(ended) {
        paragraphs.truncate(spoken + at);
    }
    without_footer(paragraphs, &source.glued);
    unrepeat(paragraphs);
    let above = [&trimmed.stamp, &trimmed.dated].into_iter().flatten();
    own.days.extend(above.filter_map(|line| date::find(line)).map(|(day, _)| day));
    feet(paragraphs, source, &own, &mut trimmed);
    trimmed
}

/// Takes the foot off each of the texts that a page strings together.
fn feet(paragraphs: &mut Vec<Paragraph>, source: &Source, own: &OwnDays, trimmed: &mut Trimmed) {
    let several = source.turns == TurnStyle::PutQuestion;
    let lengths: Vec<usize> =
        turns::texts(paragraphs).map(<[_]>::len).filter(|_| several).collect();
    let mut texts: Vec<Vec<Paragraph>> =
        lengths.into_iter().map(|length| paragraphs.drain(..length).collect()).collect();
    texts.push(std::mem::take(paragraphs));
    // The day below the last of them is the page's.
    for text in texts.iter_mut().rev() {
        foot::trim(text, source, own, trimmed);
        unrepeat(text);
    }
    texts.retain(|text| !text.is_empty());
    texts.dedup();
    trimmed.texts = texts.iter().map(Vec::len).collect();
    paragraphs.extend(texts.into_iter().flatten());
}

/// Takes off the title where it stands in the text, and the menu above it.
fn below_title(
    paragraphs: &mut Vec<Paragraph>,
    title: &str,
    source: &Source,
    trimmed: &mut Trimmed,
) {
    let lines = |at: usize| {
        let rest = paragraphs.get(at..)?;
        let first = &rest.first()?.text;
        let section =
            first.strip_suffix(title).is_some_and(|before| head::is_section(before.trim()));
        heading_lines(rest, title).or(section.then_some(1))
    };
    let window = 0..paragraphs.len().min(TITLE_WINDOW);
    let Some((at, lines)) = window.into_iter().find_map(|at| Some((at, lines(at)?))) else {
        return;
    };
    let above = |p: &Paragraph| is_above(&p.text) || opens(&p.text, &source.above);
    if paragraphs.iter().take(at).all(above) {
        for paragraph in paragraphs.drain(..at + lines) {
            head::heading(&paragraph.text, trimmed);
        }
    } else if !ends_sentence(title) {
        // The caption of a picture or a heading inside the text.
        paragraphs.drain(at..at + lines);
    }
}

/// Whether a line opens with one of these words, in whatever case.
fn opens(text: &str, words: &[String]) -> bool {
    let opens = |word: &String| {
        text.get(..word.len()).is_some_and(|opening| opening.eq_ignore_ascii_case(word))
    };
    words.iter().any(opens)
}

/// Takes off a footer that stands in one line with the text's last words.
fn without_footer(paragraphs: &mut Vec<Paragraph>, glued: &[String]) {
    let Some(last) = paragraphs.last_mut() else { return };
    let lower = last.text.to_ascii_lowercase();
    let places = glued.iter().filter_map(|foot| lower.find(&foot.to_ascii_lowercase()));
    let Some(at) = places.min() else { return };
    last.text.truncate(at);
    last.text.truncate(last.text.trim_end().len());
    if last.text.is_empty() {
        paragraphs.pop();
    }
}

/// Bytes from which a line that stands twice in a row was not meant to.
const LONG: usize = 30;

/// Some pages print every paragraph twice, one after the other or all after all.
fn unrepeat(paragraphs: &mut Vec<Paragraph>) {
    let twice = paragraphs.iter().zip(paragraphs.iter().skip(1)).filter(|(a, b)| a.text == b.text);
    let throughout = twice.count() * 3 >= paragraphs.len().max(3);
    paragraphs.dedup_by(|next, before| {
        let words = next.text.contains(char::is_alphanumeric);
        words && next.text == before.text && (throughout || next.text.len() >= LONG)
    });
    let half = paragraphs.len() / 2;
    if half < 2 || paragraphs.len() % 2 == 1 {
        return;
    }
    let (first, second) = paragraphs.split_at(half);
    if first == second {
        paragraphs.truncate(half);
    } else if paragraphs.chunks(2).all(|pair| pair.first() == pair.last()) {
        let mut n = 0;
        paragraphs.retain(|_| {
            n += 1;
            n % 2 == 1
        });
    }
}
