//! A concordance: keywords in their contexts (KWIC).
//!
//! The search is done once; rows can then be made again with other windows without another: a
//! turn that was found is read when its rows are made.

use corpus::{Date, Lang, Role, visible};
use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthStr;

use crate::found::{Found, Match};
use crate::hit::one_line;
use crate::record::Head;
use crate::{Index, Place, Query, Result, words};

/// How much stands on either side of a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// That many words (see the module `words`) in spaced languages, twice as many characters in
    /// Chinese and Japanese.
    Auto(usize),
    /// Characters, marks and spaces included.
    Chars(usize),
    /// All up to the bound.
    Whole,
}

/// Where contexts end at the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// At the ends of the segment that the keyword starts in.
    Segment,
    /// At the ends of the turn.
    Turn,
}

/// The order of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortBy {
    /// By day, statement, turn, place.
    Place,
    /// By the words before the keyword, the nearest first.
    Left,
    /// By the words after it.
    Right,
}

/// One keyword in its context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConcordanceRow {
    /// Statement id.
    pub docname: String,
    /// First word of the keyword in its turn, from 1; in Chinese and Japanese the first
    /// character.
    pub from: usize,
    /// Its last word or character.
    pub to: usize,
    /// What stands before, on one line.
    pub pre: String,
    /// The keyword as printed.
    pub keyword: String,
    /// What stands after.
    pub post: String,
    /// The query.
    pub pattern: String,
    /// Day of the event.
    pub date: Option<Date>,
    /// Source id.
    pub source: String,
    /// What the turn does.
    pub role: Role,
    /// The speaker as printed.
    pub speaker: Option<String>,
    /// The turn's number.
    pub turn: u32,
    /// First character of the keyword in the turn's text, from 0.
    pub start_char: usize,
    /// Character after the last.
    pub end_char: usize,
}

/// The keywords of a search, to be set in their contexts; each turn is read where its rows are.
pub struct Concordance<'f> {
    pub(crate) index: &'f Index,
    pub(crate) found: &'f Found,
    pub(crate) query: &'f Query,
}

impl Concordance<'_> {
    /// `limit` rows from `offset` on, in the order of `by`.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn page(
        &self,
        window: Window,
        bound: Bound,
        by: SortBy,
        offset: usize,
        limit: usize,
    ) -> Result<Vec<ConcordanceRow>> {
        let mut rows = Vec::new();
        for one in &self.found.matches {
            rows.append(&mut self.rows(one, window, bound)?);
            if by == SortBy::Place && rows.len() >= offset.saturating_add(limit) {
                break;
            }
        }
        match by {
            SortBy::Place => {}
            SortBy::Left => rows.sort_by_cached_key(|row| context_key(&row.pre, true)),
            SortBy::Right => rows.sort_by_cached_key(|row| context_key(&row.post, false)),
        }
        Ok(rows.into_iter().skip(offset).take(limit).collect())
    }

    /// The rows of one turn.
    fn rows(&self, one: &Match, window: Window, bound: Bound) -> Result<Vec<ConcordanceRow>> {
        let stored = self.index.stored(one.address)?;
        let places = self.found.places(self.index, one, &stored)?;
        let head = stored.head()?;
        let segments = match bound {
            Bound::Segment => stored.codes()?.segments,
            Bound::Turn => Vec::new(),
        };
        let row = |place: &Place| self.row(&head, stored.text(), &segments, *place, window);
        Ok(places.iter().map(row).collect())
    }

    fn row(
        &self,
        head: &Head,
        text: &str,
        segments: &[(u32, u32, char)],
        place: Place,
        window: Window,
    ) -> ConcordanceRow {
        let (start, end) = (place.start as usize, place.end as usize);
        let after = segments.partition_point(|(first, _, _)| *first <= place.start);
        let (first, last) = match after.checked_sub(1).and_then(|n| segments.get(n)) {
            Some((first, last, _)) => (*first as usize, end.max(*last as usize)),
            None => (0, text.len()),
        };
        let before = &text[first..start];
        let behind = &text[end..last];
        let (from, to) = position(text, start, end, head.lang);
        let start_char = text[..start].chars().count();
        ConcordanceRow {
            docname: head.statement.clone(),
            from,
            to,
            pre: one_line(&before[left_edge(before, window, head.lang)..]),
            keyword: one_line(&text[start..end]),
            post: one_line(&behind[..right_edge(behind, window, head.lang)]),
            pattern: self.query.written().to_owned(),
            date: head.date,
            source: head.source.clone(),
            role: head.role,
            speaker: head.speaker.clone(),
            turn: head.turn,
            start_char,
            end_char: start_char + text[start..end].chars().count(),
        }
    }
}

impl corpus::partition::Row for ConcordanceRow {
    fn sample() -> Self {
        let word = || "word".to_owned();
        Self {
            docname: word(),
            from: 1,
            to: 1,
            pre: word(),
            keyword: word(),
            post: word(),
            pattern: word(),
            date: Date::new(2022, 2, 24),
            source: word(),
            // The first variant: columns are read off the sample.
            role: Role::Question,
            speaker: Some(word()),
            turn: 1,
            start_char: 0,
            end_char: 1,
        }
    }
}

impl ConcordanceRow {
    /// The row as one line of a terminal: `left` columns for what stands before the keyword,
    /// which so begins in one column, and at most `right` for all from it on. A character that a
    /// terminal would obey is shown as `\u{..}`.
    pub fn aligned(&self, left: usize, right: usize) -> String {
        let pre = visible(&self.pre);
        let starts = pre.char_indices().rev().map(|(at, _)| at);
        let from = starts.take_while(|at| pre[*at..].width() <= left).last().unwrap_or(pre.len());
        let pad = " ".repeat(left.saturating_sub(pre[from..].width()));
        let rest = format!("{} | {}", visible(&self.keyword), visible(&self.post));
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
        let to = ends.take_while(|end| rest[..*end].width() <= right).last().unwrap_or(0);
        format!("{pad}{} | {}", &pre[from..], &rest[..to])
    }
}

/// The byte of `before` where a left context begins.
fn left_edge(before: &str, window: Window, lang: Lang) -> usize {
    match extent(window, lang) {
        Extent::Chars(chars) => {
            let mut starts = before.char_indices().rev().map(|(at, _)| at);
            chars.checked_sub(1).map_or(before.len(), |n| starts.nth(n).unwrap_or(0))
        }
        Extent::Whole => 0,
        Extent::Words(0) => before.len(),
        Extent::Words(count) => {
            let starts: Vec<usize> = words::words(before).map(|(start, _)| start).collect();
            match starts.len().checked_sub(count) {
                None | Some(0) => 0,
                Some(n) => starts[n],
            }
        }
    }
}

/// The byte of `after` where a right context ends.
fn right_edge(after: &str, window: Window, lang: Lang) -> usize {
    match extent(window, lang) {
        Extent::Chars(chars) => after.char_indices().nth(chars).map_or(after.len(), |(at, _)| at),
        Extent::Whole => after.len(),
        Extent::Words(0) => 0,
        Extent::Words(count) => {
            let mut ends = words::words(after);
            match (ends.nth(count - 1), ends.next()) {
                (Some((_, end)), Some(_)) => end,
                _ => after.len(),
            }
        }
    }
}

/// A window in the unit of one language.
enum Extent {
    Chars(usize),
    Words(usize),
    Whole,
}

fn extent(window: Window, lang: Lang) -> Extent {
    match window {
        Window::Chars(count) => Extent::Chars(count),
        Window::Whole => Extent::Whole,
        Window::Auto(count) if lang.is_unspaced() => Extent::Chars(2 * count),
        Window::Auto(count) => Extent::Words(count),
    }
}

/// The keyword's first and last word (character in unspaced languages) in its turn, from 1.
fn position(text: &str, start: usize, end: usize, lang: Lang) -> (usize, usize) {
    if lang.is_unspaced() {
        let before = text[..start].chars().count();
        return (before + 1, before + text[start..end].chars().count().max(1));
    }
    let ended = |at: usize| words::words(text).take_while(|(_, word)| *word <= at).count();
    let begun = words::words(text).take_while(|(word, _)| *word < end).count();
    let from = ended(start) + 1;
    (from, begun.max(from))
}

/// What contexts are sorted by: folded words, for the left side the nearest first.
fn context_key(context: &str, reversed: bool) -> Vec<String> {
    let folded = corpus::pattern::Folded::new(context);
    let text = folded.text();
    let mut key: Vec<String> = words::words(text).map(|(s, e)| text[s..e].to_owned()).collect();
    if reversed {
        key.reverse();
    }
    key
}
