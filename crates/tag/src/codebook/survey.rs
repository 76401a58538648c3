//! A survey: what the entries of a codebook match in a corpus, for a person to judge.

use std::collections::{BTreeMap, HashMap};

use corpus::segment::segments;
use corpus::{Lang, Statement};

use super::Codebook;
use crate::Result;
use crate::finder::Finder;

/// How many characters on either side of a form are looked at.
const REACH: usize = 4;

/// How much text around a form its example shows, in characters on either side.
const EXAMPLE: usize = 24;

/// Forms and their surroundings, gathered over statements.
#[derive(Debug, Clone)]
pub struct Survey {
    finder: Finder,
    codes: Vec<String>,
    forms: BTreeMap<(usize, String), Places>,
}

/// Where a form stands.
#[derive(Debug, Clone, Default)]
struct Places {
    count: u64,
    example: String,
    /// How often each of the strings stands that reach some characters further on both sides;
    /// Chinese and Korean only. The form is in the middle, between two `\0`.
    contexts: HashMap<String, u64>,
}

/// What an entry matched, and how often.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Form {
    /// The entry, `target:US`.
    pub code: String,
    /// The words, in small letters.
    pub form: String,
    /// How often they stand in the texts.
    pub count: u64,
    /// The first place, with some words around it.
    pub example: String,
}

/// A string in the text around the places of a form, and how often it stands there.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Surrounding {
    /// The entry, `target:US`.
    pub code: String,
    /// The words that were matched.
    pub form: String,
    /// A longer string that holds them.
    pub longer: String,
    /// How often it stands in the texts.
    pub count: u64,
    /// How often the form does.
    pub of: u64,
}

impl Survey {
    /// A survey of no text yet.
    ///
    /// # Errors
    /// [`crate::Error`] where terms do not make a matcher.
    pub fn new(codebook: &Codebook) -> Result<Self> {
        Ok(Self {
            finder: Finder::new(codebook)?,
            codes: codebook.entries.iter().map(super::Entry::code).collect(),
            forms: BTreeMap::new(),
        })
    }

    /// Adds one statement.
    pub fn add(&mut self, statement: &Statement) {
        for turn in &statement.turns {
            let cut = segments(&turn.text, turn.lang);
            for found in self.finder.find(&turn.text, turn.lang, statement.date, &cut) {
                let form = found.span().of(&turn.text).to_lowercase();
                let places = self.forms.entry((found.entry, form)).or_default();
                if places.count == 0 {
                    places.example = example(&turn.text, found.start, found.end);
                }
                places.count += 1;
                if matches!(turn.lang, Lang::Zh | Lang::Ko) {
                    let context = context(&turn.text, found.start, found.end);
                    *places.contexts.entry(context).or_default() += 1;
                }
            }
        }
    }

    /// The forms that each entry matched: by entry in the order of the codebook, the commonest
    /// first.
    pub fn forms(&self) -> Vec<Form> {
        let form = |((entry, form), places): (&(usize, String), &Places)| {
            let (code, count) = (self.codes[*entry].clone(), places.count);
            (*entry, Form { code, form: form.clone(), count, example: places.example.clone() })
        };
        let mut listed: Vec<(usize, Form)> = self.forms.iter().map(form).collect();
        listed.sort_by(|(a, x), (b, y)| (a, y.count, &x.form).cmp(&(b, x.count, &y.form)));
        listed.into_iter().map(|(_, form)| form).collect()
    }

    /// The entries that matched nothing.
    pub fn unmatched(&self) -> Vec<&str> {
        let matched = |n: &usize| self.forms.range((*n, String::new())..).next().map(|(k, _)| k.0);
        let none = (0..self.codes.len()).filter(|n| matched(n) != Some(*n));
        none.map(|n| self.codes[n].as_str()).collect()
    }

    /// For each form in Chinese and Korean text, the longer strings around it that make up at
    /// least `share` of its places and stand there `least` times or more: a person reads them
    /// and excludes what is something else. Of strings that stand equally often in each other
    /// only the longest is listed. In the order of [`Survey::forms`].
    pub fn surroundings(&self, share: f64, least: u64) -> Vec<Surrounding> {
        let mut listed = Vec::new();
        for ((entry, form), places) in &self.forms {
            let enough = |count: u64| count >= least && count as f64 >= share * places.count as f64;
            for (longer, count) in closed(&widened(&places.contexts), enough) {
                let (code, form, of) = (self.codes[*entry].clone(), form.clone(), places.count);
                listed.push((*entry, Surrounding { code, form, longer, count, of }));
            }
        }
        listed.sort_by(|(a, x), (b, y)| {
            (a, y.of, &x.form, y.count, &x.longer).cmp(&(b, x.of, &y.form, x.count, &y.longer))
        });
        listed.into_iter().map(|(_, surrounding)| surrounding).collect()
    }
}

/// The place with the letters right before and after it; a space or mark ends them.
fn context(text: &str, start: usize, end: usize) -> String {
    let letters = |c: &char| c.is_alphanumeric();
    let before: Vec<char> = text[..start].chars().rev().take(REACH).take_while(letters).collect();
    let after: String = text[end..].chars().take(REACH).take_while(letters).collect();
    let before: String = before.into_iter().rev().collect();
    format!("{before}\0{}\0{after}", &text[start..end])
}

/// How often each longer string stands that holds the form: by how many characters it reaches
/// before and after, with its letters.
fn widened(contexts: &HashMap<String, u64>) -> BTreeMap<(usize, usize, String), u64> {
    let mut strings = BTreeMap::new();
    for (context, count) in contexts {
        let mut parts = context.split('\0');
        let (Some(before), Some(form), Some(after)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let (left, right) = (before.chars().count(), after.chars().count());
        for (reach, kept) in (0..=left).flat_map(|l| (0..=right).map(move |r| (l, r))) {
            if (reach, kept) == (0, 0) {
                continue;
            }
            let head: String = before.chars().skip(left - reach).collect();
            let tail: String = after.chars().take(kept).collect();
            *strings.entry((reach, kept, format!("{head}{form}{tail}"))).or_default() += count;
        }
    }
    strings
}

/// The strings that stand often enough and in no longer one as often.
fn closed(
    strings: &BTreeMap<(usize, usize, String), u64>,
    enough: impl Fn(u64) -> bool,
) -> Vec<(String, u64)> {
    let often: Vec<_> = strings.iter().filter(|(_, count)| enough(**count)).collect();
    let is_inside = |(l, r, inner): &(usize, usize, String),
                     (a, b, outer): &(usize, usize, String)| {
        (l, r) != (a, b) && l <= a && r <= b && outer.contains(inner.as_str())
    };
    let kept = often.iter().filter(|(string, count)| {
        !often.iter().any(|(other, n)| n == count && is_inside(string, other))
    });
    kept.map(|((_, _, string), count)| (string.clone(), **count)).collect()
}

/// A place with the words around it on one line, between brackets.
fn example(text: &str, start: usize, end: usize) -> String {
    let before: Vec<char> = text[..start].chars().rev().take(EXAMPLE).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[end..].chars().take(EXAMPLE).collect();
    format!("{before}[{}]{after}", &text[start..end]).replace('\n', " ")
}
