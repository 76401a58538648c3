//! quanteda's dictionaries: YAML, nested keys over lists of glob patterns.

use saphyr_parser::{Event, Parser, ScanError, Span};

use super::charset::decoded;
use super::{Foreign, Gathered, Imported, slug};
use crate::{Error, Result};

/// A quanteda dictionary in YAML: nested keys over patterns, a list of them or a single one.
/// Nested keys are joined by `-`.
///
/// # Errors
/// [`Error`] with the line and the cure where the file is no YAML or uses an alias, and where it
/// holds no key with patterns.
pub fn import_quanteda(foreign: Foreign<'_>) -> Result<Imported> {
    let (text, charset) = decoded(foreign)?;
    let text = text.trim_start_matches('\u{feff}');
    let mut walk = Walk { gathered: Gathered::new(foreign.lang), open: Vec::new() };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|e| no_yaml(foreign.path, text, &e))?;
        walk.step(&event, span).map_err(|reason| {
            Error::codebook(foreign.path, format!("line {}: {reason}", span.start.line()))
        })?;
    }
    walk.gathered.finish(foreign, charset)
}

/// What the parser says, and what is mostly behind it.
fn no_yaml(path: &str, text: &str, error: &ScanError) -> Error {
    let line = error.marker().line();
    let written = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let cure = if written.contains('\t') {
        "; YAML indents by spaces, not tabs"
    } else if written.contains('*') {
        "; a term that begins with `*` stands in quotes: \"*word\""
    } else {
        "; a term with a colon, comma, quote or bracket in it stands in quotes"
    };
    Error::codebook(path, format!("line {line}: no YAML: {}{cure}", error.info()))
}

/// What is open around the place where the parser stands.
enum Open {
    /// A list.
    List,
    /// A mapping, and the key whose value comes next.
    Map(Option<String>),
}

/// A walk over the events of the parser.
struct Walk {
    gathered: Gathered,
    open: Vec<Open>,
}

impl Walk {
    fn step(&mut self, event: &Event<'_>, span: Span) -> std::result::Result<(), String> {
        match event {
            Event::MappingStart(..) => {
                if matches!(self.open.last(), Some(Open::Map(None))) {
                    return Err("a key is a word, no mapping".to_owned());
                }
                self.open.push(Open::Map(None));
            }
            Event::SequenceStart(..) => match self.open.last() {
                Some(Open::Map(None)) => return Err("a key is a word, no list".to_owned()),
                _ => self.open.push(Open::List),
            },
            Event::MappingEnd | Event::SequenceEnd => {
                self.open.pop();
                self.close_value();
            }
            Event::Scalar(value, style, ..) => {
                let is_null = *style == saphyr_parser::ScalarStyle::Plain
                    && matches!(value.as_ref(), "" | "~" | "null");
                self.scalar(value, is_null, span.start.line());
            }
            Event::Alias(_) => {
                return Err("an alias (*name) is not followed; write its terms out, and a term \
                            that begins with `*` in quotes"
                    .to_owned());
            }
            _ => {}
        }
        Ok(())
    }

    /// A key, a term of a list, or a key's only term.
    fn scalar(&mut self, value: &str, is_null: bool, line: usize) {
        if let Some(Open::Map(key @ None)) = self.open.last_mut() {
            *key = Some(value.to_owned());
            return;
        }
        let entry = self.entry();
        if is_null {
            self.gathered.skip(line, &entry, "has no terms");
        } else {
            self.gathered.add(line, &entry, value.trim());
        }
        self.close_value();
    }

    /// After a key's value comes the next key.
    fn close_value(&mut self) {
        if let Some(Open::Map(key)) = self.open.last_mut() {
            *key = None;
        }
    }

    fn entry(&self) -> String {
        let keys = self.open.iter().filter_map(|open| match open {
            Open::Map(Some(key)) => Some(slug(key)),
            _ => None,
        });
        keys.collect::<Vec<_>>().join("-")
    }
}
