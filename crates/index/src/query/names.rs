//! The names that a query uses and that must exist: codebook entries and closed fields.

use std::collections::BTreeSet;

use super::{FieldName, Query, QueryError};

/// A name in a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
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

impl Name {
    /// Whether it is one of `known`.
    pub fn is_among(&self, known: &BTreeSet<String>) -> bool {
        match self.id.strip_suffix('*') {
            Some(start) => known.iter().any(|name| name.starts_with(start)),
            None => known.contains(&self.id),
        }
    }
}

impl Query {
    /// The codebook entries, sources, countries, languages, genres and roles that it names.
    pub(crate) fn names(&self) -> &[Name] {
        &self.names
    }

    /// What to say of a name that is none of `known`, which are all of its kind.
    pub(crate) fn unknown(&self, name: &Name, known: BTreeSet<String>) -> QueryError {
        let what = format!("{}:{}", name.kind, name.id).replace("@:", ":…@");
        let takes_no_at = name.kind.ends_with('@') && known.is_empty();
        let cure = if takes_no_at && !matches!(name.kind.as_str(), "naming@" | "blame@") {
            "only naming: and blame: take an `@`".to_owned()
        } else if known.is_empty() {
            format!("the corpus has no {} at all", name.kind)
        } else {
            format!("known are {}", known.into_iter().collect::<Vec<_>>().join(", "))
        };
        let message = format!("there is no `{what}`");
        QueryError { query: self.written.clone(), column: name.column, message, cure }
    }
}
