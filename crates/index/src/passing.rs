//! Passing: which turns of a part filters leave to a search.

use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;

use crate::docs::Docs;
use crate::part::{Lookup, Part};
use crate::rows::Row;
use crate::schema::folded_name;
use crate::{Filters, Index, Result};

/// What must hold of a turn beside the query.
pub(crate) struct Passing<'p> {
    part: &'p Part,
    /// The turns of each name that alone was asked for, to be walked beside a term's.
    names: Vec<SegmentPostings>,
    /// What all else leaves; `None` where that is everything.
    rest: Option<Docs>,
}

impl<'p> Passing<'p> {
    /// The turns that pass `filters`; deleted ones do not.
    pub fn of(index: &Index, part: &'p Part, filters: &Filters) -> Result<Self> {
        let fields = &index.fields;
        let named = |values: Vec<&str>| -> Vec<Lookup> {
            values.into_iter().map(|value| Lookup::Exact(folded_name(value))).collect()
        };
        let lists = [
            (fields.source, named(filters.sources.iter().map(String::as_str).collect())),
            (fields.country, named(filters.countries.iter().map(String::as_str).collect())),
            (fields.role, named(filters.roles.iter().map(|r| r.name()).collect())),
            (fields.lang, named(filters.langs.iter().map(|l| l.code()).collect())),
            (fields.genre, named(filters.genres.iter().map(|g| g.name()).collect())),
        ];
        let rest = part.reader.has_deletes().then(|| part.living());
        let mut passing = Self { part, names: Vec::new(), rest };
        for (field, values) in lists.into_iter().filter(|(_, values)| !values.is_empty()) {
            let found = part.postings(field, &values, IndexRecordOption::Basic)?;
            match <[SegmentPostings; 1]>::try_from(found) {
                Ok(one) => passing.names.extend(one),
                Err(several) => passing.narrow(&part.docs(several)),
            }
        }
        if filters.from.is_some() || filters.to.is_some() {
            passing.narrow(&part.dates(filters.from, filters.to));
        }
        Ok(passing)
    }

    fn narrow(&mut self, to: &Docs) {
        self.rest = Some(match self.rest.take() {
            Some(rest) => rest.and(to),
            None => to.clone(),
        });
    }

    /// The turns as rows.
    pub fn rows(&self) -> Vec<Row<'_>> {
        let names = self.names.iter().cloned().map(Row::token);
        names.chain(self.rest.as_ref().map(Row::set)).collect()
    }

    /// The turns as a set.
    pub fn docs(&self) -> Docs {
        let rest = self.rest.clone().unwrap_or_else(|| self.part.all());
        self.names.iter().fold(rest, |docs, name| docs.and(&self.part.docs(vec![name.clone()])))
    }
}
