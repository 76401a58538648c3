//! The names that an index holds: what a query may name.

use std::collections::BTreeSet;

use corpus::{BlameKind, Genre, Lang, Role, Voice};
use tantivy::schema::Field;

use crate::query::{CLOSED, FieldName};
use crate::{Error, Index, Query, Result};

impl Index {
    /// Checks that what `query` names exists: codebook entries, sources, countries, languages,
    /// genres and roles. `declared` gives further names of a kind (`frame`, `source`) than those
    /// that occur in the index; it is asked only where one does not.
    ///
    /// # Errors
    /// [`Error::Query`] at the first name that nobody knows; where the index cannot be read; what
    /// `declared` says.
    pub fn check<E: From<Error>>(
        &self,
        query: &Query,
        declared: impl Fn(&str) -> std::result::Result<BTreeSet<String>, E>,
    ) -> std::result::Result<(), E> {
        for name in query.names() {
            let mut known = self.occurring(&name.kind)?;
            if name.is_among(&known) {
                continue;
            }
            known.extend(closed(&name.kind).into_iter().map(str::to_owned));
            known.extend(declared(&name.kind)?);
            if !name.is_among(&known) {
                return Err(Error::from(query.unknown(name, known)).into());
            }
        }
        Ok(())
    }

    /// The names of one kind that occur.
    fn occurring(&self, kind: &str) -> Result<BTreeSet<String>> {
        let field = |name: FieldName| match name {
            FieldName::Source => self.fields.source,
            FieldName::Country => self.fields.country,
            FieldName::Lang => self.fields.lang,
            FieldName::Genre => self.fields.genre,
            _ => self.fields.role,
        };
        if let Some(name) = CLOSED.into_iter().find(|field| field.name() == kind) {
            return self.tokens_from(field(name), "");
        }
        let (family, of_referents) = match kind.strip_suffix('@') {
            Some(family) => (family, true),
            None => (kind, false),
        };
        let codes = self.tokens_from(self.fields.code, &format!("{family}:"))?;
        let names = codes.iter().filter_map(|code| match code.split_once('@') {
            Some((_, referent)) => of_referents.then(|| referent.to_owned()),
            None => (!of_referents).then(|| code.clone()),
        });
        Ok(names.collect())
    }

    /// The tokens of a field that begin with `start`, without it.
    fn tokens_from(&self, field: Field, start: &str) -> Result<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        for part in &self.parts {
            let index = part.reader.inverted_index(field)?;
            let mut stream = index.terms().range().ge(start.as_bytes()).into_stream()?;
            while stream.advance() {
                let Some(rest) = stream.key().strip_prefix(start.as_bytes()) else { break };
                found.insert(String::from_utf8_lossy(rest).into_owned());
            }
        }
        Ok(found)
    }
}

/// The names of a kind that are the same in every corpus.
fn closed(kind: &str) -> Vec<&'static str> {
    match kind {
        "role" => Role::ALL.map(Role::name).to_vec(),
        "genre" => Genre::ALL.map(Genre::name).to_vec(),
        "lang" => Lang::ALL.map(Lang::code).to_vec(),
        "voice" => Voice::ALL.map(Voice::name).to_vec(),
        // Where a naming term points to another event than the codebook's, or to none.
        "naming@" => vec!["none", "other"],
        "blame@" => BlameKind::ALL.map(BlameKind::name).to_vec(),
        _ => Vec::new(),
    }
}
