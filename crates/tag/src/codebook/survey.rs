//! A survey: what the entries of a codebook match in a corpus, for a person to judge.

use std::collections::BTreeMap;

use corpus::segment::segments;
use corpus::{Lang, Statement};

use super::Codebook;
use crate::Result;
use crate::finder::Finder;

/// Forms and their surroundings, gathered over statements.
#[derive(Debug, Clone)]
pub struct Survey {
    finder: Finder,
    codes: Vec<String>,
    forms: BTreeMap<(usize, String), u64>,
    /// By entry, form and longer string.
    around: BTreeMap<(usize, String, String), u64>,
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
}

/// A string in the text around the places of a form, and how often it stands there.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Surrounding {
    /// The entry, `target:US`.
    pub code: String,
    /// The words that were matched.
    pub form: String,
    /// A longer string that holds them: one character more on one side.
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
            around: BTreeMap::new(),
        })
    }

    /// Adds one statement.
    pub fn add(&mut self, statement: &Statement) {
        for turn in &statement.turns {
            let cut = segments(&turn.text, turn.lang);
            for found in self.finder.find(&turn.text, turn.lang, statement.date, &cut) {
                let form = found.span().of(&turn.text).to_lowercase();
                if matches!(turn.lang, Lang::Zh | Lang::Ko) {
                    for longer in widened(&turn.text, found.start, found.end) {
                        let key = (found.entry, form.clone(), longer);
                        *self.around.entry(key).or_default() += 1;
                    }
                }
                *self.forms.entry((found.entry, form)).or_default() += 1;
            }
        }
    }

    /// The forms that each entry matched: by entry in the order of the codebook, the commonest
    /// first.
    pub fn forms(&self) -> Vec<Form> {
        let mut listed: Vec<(usize, Form)> = self
            .forms
            .iter()
            .map(|((entry, form), count)| {
                let code = self.codes[*entry].clone();
                (*entry, Form { code, form: form.clone(), count: *count })
            })
            .collect();
        listed.sort_by(|(a, x), (b, y)| (a, y.count, &x.form).cmp(&(b, x.count, &y.form)));
        listed.into_iter().map(|(_, form)| form).collect()
    }

    /// For each form in Chinese and Korean text, the longer strings around it that make up at
    /// least `share` of its places and stand there `least` times or more: a person reads them
    /// and excludes what is something else. In the order of [`Survey::forms`].
    pub fn surroundings(&self, share: f64, least: u64) -> Vec<Surrounding> {
        let mut listed = Vec::new();
        for ((entry, form, longer), count) in &self.around {
            let of = self.forms.get(&(*entry, form.clone())).copied().unwrap_or_default();
            if *count >= least && *count as f64 >= share * of as f64 {
                let (code, form) = (self.codes[*entry].clone(), form.clone());
                let longer = longer.clone();
                listed.push((*entry, Surrounding { code, form, longer, count: *count, of }));
            }
        }
        listed.sort_by(|(a, x), (b, y)| {
            (a, y.of, &x.form, y.count, &x.longer).cmp(&(b, x.of, &y.form, x.count, &y.longer))
        });
        listed.into_iter().map(|(_, surrounding)| surrounding).collect()
    }
}

/// The place with one more character before it, and with one more after it; a space or mark is
/// none.
fn widened(text: &str, start: usize, end: usize) -> Vec<String> {
    let before = text[..start].chars().next_back().filter(|c| c.is_alphanumeric());
    let after = text[end..].chars().next().filter(|c| c.is_alphanumeric());
    let form = &text[start..end];
    let before = before.map(|c| format!("{c}{form}"));
    before.into_iter().chain(after.map(|c| format!("{form}{c}"))).collect()
}
