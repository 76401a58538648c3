//! The names that a query uses and that must exist: codebook entries and closed fields.

use std::collections::BTreeSet;

use super::{FieldName, Query, QueryError};

/// A name in a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// A family of codes (`frame`), a family's referents (`naming@`), or a field (`source`).
    pub kind: String,
    /// As written; a `*` at its end takes any ending.
    pub id: String,
    /// In characters, from 1.
    pub column: usize,
}

/// The fields whose values are few, so that an unknown one is a slip.
pub(crate) const CLOSED: [FieldName; 5] =
    [FieldName::Source, FieldName::Country, FieldName::Lang, FieldName::Genre, FieldName::Role];

impl Query {
    /// Whether all codebook entries, sources, countries, languages, genres and roles that the
    /// query names are among those that `known` lists for their kind (`frame`, `source`; of a
    /// code's `@` the family with an `@`).
    ///
    /// # Errors
    /// [`QueryError`] at the first that is not, with those that are.
    pub fn check_names(&self, known: impl Fn(&str) -> BTreeSet<String>) -> Result<(), QueryError> {
        for name in &self.names {
            let there_are = known(&name.kind);
            let fits = |known: &String| match name.id.strip_suffix('*') {
                Some(start) => known.starts_with(start),
                None => *known == name.id,
            };
            if !there_are.iter().any(fits) {
                let what = format!("{}:{}", name.kind, name.id).replace("@:", ":…@");
                return Err(QueryError {
                    query: self.written.clone(),
                    column: name.column,
                    message: format!("there is no `{what}`"),
                    cure: match there_are.is_empty() {
                        true => format!("the corpus has no {} at all", name.kind),
                        false => {
                            let list: Vec<String> = there_are.into_iter().collect();
                            format!("known are {}", list.join(", "))
                        }
                    },
                });
            }
        }
        Ok(())
    }
}
