//! LIWC's dictionaries: numbered categories, then words with the numbers of their categories.

use std::collections::BTreeMap;

use super::charset::decoded;
use super::{Foreign, Gathered, Imported, slug};
use crate::{Error, Result};

/// A LIWC dictionary (2001 to 2015): numbered categories between two lines of `%`, then words with
/// the numbers of their categories.
///
/// Categories that are indented stand under the one above, their names joined by `-`. `01` and `1`
/// are one number. A category that depends on the words around, `like (02 134)125/464` or
/// `kind <of>131/125`, has no like here: it is told, and the word's other categories are taken.
///
/// # Errors
/// [`Error`] with the line and the cure where the two lines of `%` are missing or a category has
/// no number or no name, and where no category has a word.
pub fn import_liwc(foreign: Foreign<'_>) -> Result<Imported> {
    let (text, charset) = decoded(foreign)?;
    let text = text.trim_start_matches('\u{feff}');
    let lines: Vec<(usize, &str)> = (1..).zip(text.lines()).collect();
    let mut marks = lines.iter().filter(|(_, line)| line.trim() == "%");
    let (first, second) = (marks.next(), marks.next());
    let wrong =
        |line: usize, reason: &str| Error::codebook(foreign.path, format!("line {line}: {reason}"));
    let (Some(&(first, _)), Some(&(second, _))) = (first, second) else {
        let reason = "a LIWC dictionary begins with a line `%`, its numbered categories, one a \
                      line, and a second line `%`; is it another format, or a .dicx?";
        return Err(wrong(1, reason));
    };
    let mut categories = Categories::default();
    for &(n, line) in lines.iter().filter(|(n, _)| first < *n && *n < second) {
        if !line.trim().is_empty() {
            categories.add(line).map_err(|reason| wrong(n, &reason))?;
        }
    }
    let mut gathered = Gathered::new(foreign.lang);
    for &(n, line) in lines.iter().filter(|(n, line)| *n > second && !line.trim().is_empty()) {
        word(&mut gathered, &categories, n, line);
    }
    gathered.finish(foreign, charset)
}

/// The declared categories by number.
#[derive(Default)]
struct Categories {
    ids: BTreeMap<u64, String>,
    /// Indents and names of the categories that the next one may stand under.
    above: Vec<(usize, String)>,
}

impl Categories {
    /// `01  A_CATEGORY`, indented below another.
    fn add(&mut self, line: &str) -> std::result::Result<(), String> {
        let indent = line.len() - line.trim_start().len();
        let (number, name) =
            line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
        let number: u64 = number.parse().map_err(|_| {
            format!("`{}`: a category is a number and a name, such as `12 anger`", line.trim())
        })?;
        // LIWC 2015 writes `1  function (Function Words)`: the short name is the category's.
        let name = name.split('(').next().unwrap_or_default();
        let name = slug(name);
        if name.is_empty() {
            return Err(format!("category {number} has no name"));
        }
        self.above.retain(|(outer, _)| *outer < indent);
        self.above.push((indent, name));
        let names: Vec<&str> = self.above.iter().map(|(_, name)| name.as_str()).collect();
        match self.ids.insert(number, names.join("-")) {
            None => Ok(()),
            Some(other) => Err(format!("number {number} is already that of `{other}`")),
        }
    }
}

fn word(gathered: &mut Gathered, categories: &Categories, line: usize, written: &str) {
    let (word, codes) = taken_apart(written.trim());
    if codes.is_empty() {
        return gathered.skip(line, &word, "has no category; add its number");
    }
    for code in codes {
        match code.parse::<u64>() {
            Ok(number) => match categories.ids.get(&number) {
                Some(category) => gathered.add(line, category, &word),
                None => gathered.skip(
                    line,
                    &word,
                    &format!("category {number} is not declared between the lines of `%`"),
                ),
            },
            Err(_) => gathered.skip(
                line,
                &word,
                &format!(
                    "`{code}` depends on the words around, which has no like here; write phrases \
                     such as `{word} of` under the category that is meant"
                ),
            ),
        }
    }
}

/// The word and its codes: numbers, and what stands for one under a condition, `(02 134)125/464`.
fn taken_apart(line: &str) -> (String, Vec<String>) {
    // A tab ends the word; without one, what begins like a code does.
    let (word, rest) = match line.split_once('\t') {
        Some((word, rest)) => (word.trim(), rest),
        None => {
            let starts =
                line.match_indices(char::is_whitespace).map(|(at, space)| at + space.len());
            let mut starts = starts.filter(|at| {
                let rest = &line[*at..];
                rest.split_whitespace().all(|field| {
                    field.contains(['(', ')', '<', '/'])
                        || field.bytes().all(|b| b.is_ascii_digit())
                }) && !rest.trim().is_empty()
            });
            match starts.next() {
                Some(at) => (line[..at].trim(), &line[at..]),
                None => (line, ""),
            }
        }
    };
    let mut codes: Vec<String> = Vec::new();
    let mut open = false;
    for field in rest.split_whitespace() {
        match codes.last_mut() {
            Some(last) if open => {
                last.push(' ');
                last.push_str(field);
            }
            _ => codes.push(field.to_owned()),
        }
        open = codes.last().is_some_and(|code| code.contains('(') && !code.contains(')'));
    }
    (word.split_whitespace().collect::<Vec<_>>().join(" "), codes)
}
