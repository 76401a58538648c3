//! A finder: a codebook made ready to be looked for in text.

use std::collections::BTreeMap;

use corpus::pattern::{self, Hit, Matcher, Term};
use corpus::segment::{Span, clauses};
use corpus::{Date, Lang};

use crate::codebook::{Codebook, Entry, Family, Terms, Within};
use crate::together::Company;
use crate::turn::Found;
use crate::{Error, Result};

/// All terms of a codebook in one matcher.
#[derive(Debug, Clone)]
pub struct Finder {
    matcher: Matcher,
    parts: Vec<Part>,
    entries: Vec<Entry>,
    companies: Vec<Company>,
}

/// What an entry of the matcher stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// Terms that stand for a codebook entry by themselves.
    Plain { entry: usize },
    /// Terms that do where the neighbours of their `when` are right.
    When { entry: usize, when: usize },
    /// Neighbours.
    Neighbour { entry: usize, when: usize, side: Side },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Near,
    Before,
    After,
    NotNear,
}

/// The neighbours found in a text: for each `when` and side, their spans in order.
type Neighbours = BTreeMap<(usize, usize, Side), Vec<Span>>;

/// The codebook's entries as patterns, for who counts a term by its boundaries and exclusions.
///
/// # Errors
/// [`Error`] where a term does not parse.
pub fn patterns(codebook: &Codebook) -> Result<Vec<pattern::Entry>> {
    let of = |entry: &Entry| {
        let terms = parsed(&entry.terms)?;
        Ok(pattern::Entry { terms, excludes: parsed(&anywhere(&entry.excludes))? })
    };
    let wrong = |entry: &Entry, e: pattern::TermError| {
        Error::codebook(format!("codebook/{}", codebook.name), format!("`{}`: {e}", entry.code()))
    };
    codebook.entries.iter().map(|entry| of(entry).map_err(|e| wrong(entry, e))).collect()
}

impl Finder {
    /// Makes a codebook ready.
    ///
    /// # Errors
    /// [`Error`] where a term does not parse or there are too many.
    pub fn new(codebook: &Codebook) -> Result<Self> {
        let wrong = |code: &str, e: pattern::TermError| {
            Error::codebook(format!("codebook/{}", codebook.name), format!("`{code}`: {e}"))
        };
        let (mut parts, mut patterns) = (Vec::new(), Vec::new());
        for (entry, of) in codebook.entries.iter().enumerate() {
            let excludes = parsed(&anywhere(&of.excludes)).map_err(|e| wrong(&of.code(), e))?;
            let mut add = |part, terms: &Terms, excludes: &[Term]| {
                if !terms.is_empty() {
                    let terms = parsed(terms).map_err(|e| wrong(&of.code(), e))?;
                    parts.push(part);
                    patterns.push(pattern::Entry { terms, excludes: excludes.to_vec() });
                }
                Ok::<(), Error>(())
            };
            if of.family == Family::Fixed {
                // Fixed expressions overlap, and each covers what it covers.
                for (lang, term) in each(&of.terms) {
                    let alone = Terms::from([(lang, vec![term.to_owned()])]);
                    add(Part::Plain { entry }, &alone, &excludes)?;
                }
            } else {
                add(Part::Plain { entry }, &of.terms, &excludes)?;
            }
            for (when, of) in of.whens.iter().enumerate() {
                add(Part::When { entry, when }, &of.terms, &excludes)?;
                let sides = [
                    (Side::Near, &of.near),
                    (Side::Before, &of.before),
                    (Side::After, &of.after),
                    (Side::NotNear, &of.not_near),
                ];
                for (side, terms) in sides {
                    add(Part::Neighbour { entry, when, side }, terms, &[])?;
                }
            }
        }
        let matcher = Matcher::new(patterns)
            .map_err(|source| Error::Matcher { name: codebook.name.clone(), source })?;
        let companies = Company::of(&codebook.entries);
        Ok(Self { matcher, parts, entries: codebook.entries.clone(), companies })
    }

    /// The codebook's entries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries found in the segments of a text, sorted. A place that crosses from one segment
    /// into the next is none.
    pub fn find(
        &self,
        text: &str,
        lang: Lang,
        date: Option<Date>,
        segments: &[Span],
    ) -> Vec<Found> {
        let mut plain = Vec::new();
        let mut conditional = Vec::new();
        let mut neighbours = Neighbours::new();
        for hit in self.matcher.find_all(text, lang) {
            let span = Span { start: hit.start, end: hit.end };
            match self.parts[hit.entry] {
                Part::Plain { entry } => plain.extend(found(hit, entry, segments)),
                Part::When { entry, when } => {
                    conditional.extend(found(hit, entry, segments).map(|found| (found, when)));
                }
                Part::Neighbour { entry, when, side } => {
                    neighbours.entry((entry, when, side)).or_default().push(span);
                }
            }
        }
        for (found, when) in conditional {
            if self.holds(&found, when, &neighbours, Place { text, lang, date, segments }) {
                plain.push(found);
            }
        }
        plain.retain(|found| has_begun(self.entries[found.entry].since, date));
        let is_fixed = |found: &Found| self.entries[found.entry].family == Family::Fixed;
        let (mut fixed, others): (Vec<Found>, Vec<Found>) = plain.into_iter().partition(is_fixed);
        let mut others = keep_longest(others);
        for company in &self.companies {
            others.sort_unstable();
            company.join(&mut others, text, lang);
            others = keep_longest(others);
        }
        fixed.extend(others);
        fixed.sort_unstable();
        fixed
    }

    /// Whether the neighbours of a conditional place are as its `when` requires.
    fn holds(&self, found: &Found, when: usize, neighbours: &Neighbours, place: Place<'_>) -> bool {
        let of = &self.entries[found.entry].whens[when];
        let is_over = matches!((of.until, place.date), (Some(until), Some(date)) if date > until);
        if is_over || !has_begun(of.since, place.date) {
            return false;
        }
        let window = place.window(found, of.within);
        let any = |side: Side| {
            let spans = neighbours.get(&(found.entry, when, side)).map_or(&[][..], Vec::as_slice);
            let first = spans.partition_point(|span| span.start < window.start);
            spans[first..].iter().take_while(|span| span.start < window.end).any(|span| {
                window.holds(*span)
                    && match side {
                        Side::Before => span.end <= found.start,
                        Side::After => span.start >= found.end,
                        Side::Near | Side::NotNear => {
                            span.end <= found.start || span.start >= found.end
                        }
                    }
            })
        };
        let required = |terms: &Terms, side| terms.is_empty() || any(side);
        required(&of.near, Side::Near)
            && required(&of.before, Side::Before)
            && required(&of.after, Side::After)
            && !any(Side::NotNear)
    }
}

/// The text around a place.
#[derive(Clone, Copy)]
struct Place<'a> {
    text: &'a str,
    lang: Lang,
    date: Option<Date>,
    segments: &'a [Span],
}

impl Place<'_> {
    /// The bytes in which neighbours count.
    fn window(&self, found: &Found, within: Within) -> Span {
        let segment = self.segments[found.segment];
        match within {
            Within::Segment => segment,
            Within::Clause => {
                let all = clauses(self.text, segment, self.lang);
                all.into_iter().find(|clause| clause.holds(found.span())).unwrap_or(segment)
            }
            Within::Chars(n) => {
                let n = n as usize;
                let before = self.text[segment.start..found.start].chars().rev().take(n);
                let after = self.text[found.end..segment.end].chars().take(n);
                Span {
                    start: found.start - before.map(char::len_utf8).sum::<usize>(),
                    end: found.end + after.map(char::len_utf8).sum::<usize>(),
                }
            }
        }
    }
}

fn parsed(terms: &Terms) -> std::result::Result<Vec<Term>, pattern::TermError> {
    each(terms).map(|(lang, term)| Term::parse(term, lang)).collect()
}

fn each(terms: &Terms) -> impl Iterator<Item = (Lang, &str)> {
    terms.iter().flat_map(|(lang, list)| list.iter().map(move |term| (*lang, term.as_str())))
}

/// Exclusions cover what they cover wherever they stand: 분위기 also in 압박분위기.
fn anywhere(excludes: &Terms) -> Terms {
    let mut open = excludes.clone();
    for term in open.get_mut(&Lang::Ko).into_iter().flatten() {
        if !term.starts_with('*') {
            term.insert(0, '*');
        }
    }
    open
}

fn has_begun(since: Option<Date>, date: Option<Date>) -> bool {
    match (since, date) {
        (Some(since), Some(date)) => date >= since,
        _ => true,
    }
}

fn found(hit: Hit, entry: usize, segments: &[Span]) -> Option<Found> {
    let segment = segments.partition_point(|segment| segment.start <= hit.start).checked_sub(1)?;
    let inside = segments[segment].holds(Span { start: hit.start, end: hit.end });
    inside.then_some(Found { start: hit.start, end: hit.end, entry, segment })
}

/// Where plain and conditional terms of one entry overlap, keeps the longest.
fn keep_longest(mut all: Vec<Found>) -> Vec<Found> {
    all.sort_unstable_by_key(|f| (f.entry, f.start, std::cmp::Reverse(f.end)));
    let mut kept: Vec<Found> = Vec::with_capacity(all.len());
    for next in all {
        match kept.last_mut() {
            Some(last) if last.entry == next.entry && next.start < last.end => {
                if next.end - next.start > last.end - last.start {
                    *last = next;
                }
            }
            _ => kept.push(next),
        }
    }
    kept
}
