//! A finder: a codebook made ready to be looked for in text.

use corpus::pattern::{self, Folded, Hit, Matcher, Term};
use corpus::segment::{Span, clauses};
use corpus::{Date, Lang};

use crate::attribute::Grammars;
use crate::codebook::{Codebook, Entry, Terms, Within};
use crate::together::Company;
use crate::turn::Found;
use crate::{Error, Result};

/// All terms of a codebook in two matchers.
#[derive(Debug, Clone)]
pub struct Finder {
    matcher: Matcher,
    /// What the entries of the matcher stand for.
    parts: Vec<Part>,
    /// The neighbours of conditional terms: looked for only in segments where such a term stands.
    neighbours: Matcher,
    /// What the entries of that matcher stand for.
    sides: Vec<Neighbour>,
    entries: Vec<Entry>,
    companies: Vec<Company>,
    /// By which words states are named in one breath.
    grammars: Grammars,
}

/// Terms of a codebook entry.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// Those that stand for it by themselves.
    Plain { entry: usize },
    /// Those that do where the neighbours of their `when` are right.
    When { entry: usize, when: usize },
}

/// On which side of the terms of a `when` its neighbours are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Neighbour {
    entry: usize,
    when: usize,
    side: Side,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Near,
    Before,
    After,
    NotNear,
}

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
    /// [`Error`] where a term does not parse or there are too many, and where states are a target
    /// together in a language without its grammar.
    pub fn new(codebook: &Codebook) -> Result<Self> {
        Self::with(codebook, &Grammars::new(codebook)?)
    }

    /// The same, sharing grammars that are read already.
    pub(crate) fn with(codebook: &Codebook, grammars: &Grammars) -> Result<Self> {
        let wrong = |code: &str, e: pattern::TermError| {
            Error::codebook(format!("codebook/{}", codebook.name), format!("`{code}`: {e}"))
        };
        let (mut parts, mut patterns) = (Vec::new(), Vec::new());
        let (mut sides, mut beside) = (Vec::new(), Vec::new());
        for (entry, of) in codebook.entries.iter().enumerate() {
            let read = |terms: &Terms| parsed(terms).map_err(|e| wrong(&of.code(), e));
            let excludes = read(&anywhere(&of.excludes))?;
            let mut add = |part, terms: &Terms| {
                if !terms.is_empty() {
                    parts.push(part);
                    let excludes = excludes.clone();
                    patterns.push(pattern::Entry { terms: read(terms)?, excludes });
                }
                Ok::<(), Error>(())
            };
            if of.family.is_of_expressions() {
                for (lang, term) in each(&of.terms) {
                    add(Part::Plain { entry }, &Terms::from([(lang, vec![term.to_owned()])]))?;
                }
            } else {
                add(Part::Plain { entry }, &of.terms)?;
            }
            for (when, of) in of.whens.iter().enumerate() {
                add(Part::When { entry, when }, &of.terms)?;
                for (side, terms) in [
                    (Side::Near, &of.near),
                    (Side::Before, &of.before),
                    (Side::After, &of.after),
                    (Side::NotNear, &of.not_near),
                ] {
                    sides.push(Neighbour { entry, when, side });
                    beside.push(pattern::Entry { terms: read(terms)?, excludes: Vec::new() });
                }
            }
        }
        let matcher = |patterns| {
            Matcher::new(patterns)
                .map_err(|source| Error::Matcher { name: codebook.name.clone(), source })
        };
        let companies = Company::of(&codebook.entries);
        for lang in companies.iter().flat_map(Company::langs) {
            grammars.needed(codebook, lang)?;
        }
        Ok(Self {
            matcher: matcher(patterns)?,
            parts,
            neighbours: matcher(beside)?,
            sides,
            entries: codebook.entries.clone(),
            companies,
            grammars: grammars.clone(),
        })
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
        self.find_in(&Folded::new(text), lang, date, segments)
    }

    /// The same in a text that is folded already.
    pub(crate) fn find_in(
        &self,
        text: &Folded<'_>,
        lang: Lang,
        date: Option<Date>,
        segments: &[Span],
    ) -> Vec<Found> {
        let mut all = Vec::new();
        let mut conditional: Vec<(Found, usize)> = Vec::new();
        for hit in self.matcher.find_in(text.whole(), lang) {
            match self.parts[hit.entry] {
                Part::Plain { entry } => all.extend(found(hit, entry, segments)),
                Part::When { entry, when } => {
                    conditional.extend(found(hit, entry, segments).map(|found| (found, when)));
                }
            }
        }
        let mut met = Vec::new();
        conditional.retain(|(found, when)| self.is_in_force(found.entry, *when, date));
        for of_segment in conditional.chunk_by(|(a, _), (b, _)| a.segment == b.segment) {
            let span = segments[of_segment[0].0.segment];
            let text = text.piece(span.start, span.end);
            let beside = self.neighbours.find_in(text, lang);
            let place = Place { text: text.original(), start: span.start, lang, beside };
            met.extend(of_segment.iter().filter(|(f, when)| self.holds(f, *when, &place)));
        }
        all.extend(met.iter().map(|(found, _)| *found));
        all.retain(|found| has_begun(self.entries[found.entry].since, date));
        all.sort();
        for (found, _) in met {
            if !self.entries[found.entry].family.is_of_expressions() {
                keep_longest(&mut all, found.entry);
            }
        }
        let grammar = self.grammars.of(lang);
        for company in &self.companies {
            if company.join(&mut all, text.original(), (lang, grammar)) {
                all.sort();
                keep_longest(&mut all, company.several());
            }
        }
        all
    }

    /// Whether a `when` holds on a date.
    fn is_in_force(&self, entry: usize, when: usize, date: Option<Date>) -> bool {
        let when = &self.entries[entry].whens[when];
        let is_over = matches!((when.until, date), (Some(until), Some(date)) if date > until);
        !is_over && has_begun(when.since, date)
    }

    /// Whether the neighbours of a conditional place are as its `when` requires.
    fn holds(&self, found: &Found, when: usize, place: &Place<'_>) -> bool {
        let of = &self.entries[found.entry].whens[when];
        let span = Span { start: found.start - place.start, end: found.end - place.start };
        let window = place.window(span, of.within);
        let any = |side: Side| {
            let wanted = Neighbour { entry: found.entry, when, side };
            let beside = place.beside.iter().filter(|hit| self.sides[hit.entry] == wanted);
            let mut inside = beside
                .map(|hit| Span { start: hit.start, end: hit.end })
                .filter(|other| window.holds(*other));
            inside.any(|other| match side {
                Side::Before => other.end <= span.start,
                Side::After => other.start >= span.end,
                Side::Near | Side::NotNear => other.end <= span.start || other.start >= span.end,
            })
        };
        let required = |terms: &Terms, side| terms.is_empty() || any(side);
        required(&of.near, Side::Near)
            && required(&of.before, Side::Before)
            && required(&of.after, Side::After)
            && !any(Side::NotNear)
    }
}

/// A segment in which a conditional term stands.
struct Place<'a> {
    text: &'a str,
    /// Where it begins in its text.
    start: usize,
    lang: Lang,
    /// The neighbours of all entries in it.
    beside: Vec<Hit>,
}

impl Place<'_> {
    /// The bytes in which neighbours of a span count.
    fn window(&self, span: Span, within: Within) -> Span {
        let all = Span { start: 0, end: self.text.len() };
        match within {
            Within::Segment => all,
            Within::Clause => {
                let clauses = clauses(self.text, all, self.lang);
                clauses.into_iter().find(|clause| clause.holds(span)).unwrap_or(all)
            }
            Within::Chars(n) => {
                let n = n as usize;
                let before = self.text[..span.start].chars().rev().take(n);
                let after = self.text[span.end..].chars().take(n);
                Span {
                    start: span.start - before.map(char::len_utf8).sum::<usize>(),
                    end: span.end + after.map(char::len_utf8).sum::<usize>(),
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

/// Where places of an entry overlap, as those of its plain and conditional terms may, keeps the
/// longest.
fn keep_longest(all: &mut Vec<Found>, entry: usize) {
    let mut of_entry: Vec<Found> = all.iter().filter(|f| f.entry == entry).copied().collect();
    of_entry.sort_by_key(|f| (f.start, std::cmp::Reverse(f.end)));
    let mut kept: Vec<Found> = Vec::with_capacity(of_entry.len());
    for next in of_entry {
        match kept.last_mut() {
            Some(last) if next.start < last.end => {
                if next.end - next.start > last.end - last.start {
                    *last = next;
                }
            }
            _ => kept.push(next),
        }
    }
    let mut kept = kept.into_iter().peekable();
    all.retain(|found| found.entry != entry || kept.next_if_eq(found).is_some());
}
