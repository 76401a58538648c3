//! A turn as the index stores it: text, head and codes.

use serde::Deserialize;
use tantivy::TantivyDocument;
use tantivy::schema::{Field, Value};

use crate::record::{Codes, Head};
use crate::{Error, Index, Result};

/// A turn that was read.
pub(crate) struct Stored<'i> {
    document: TantivyDocument,
    index: &'i Index,
}

impl<'i> Stored<'i> {
    pub fn new(document: TantivyDocument, index: &'i Index) -> Self {
        Self { document, index }
    }

    pub fn text(&self) -> &str {
        self.field(self.index.fields.text)
    }

    pub fn head(&self) -> Result<Head> {
        self.parse(self.index.fields.head)
    }

    pub fn codes(&self) -> Result<Codes> {
        self.parse(self.index.fields.codes)
    }

    fn field(&self, field: Field) -> &str {
        self.document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default()
    }

    fn parse<'s, T: Deserialize<'s>>(&'s self, field: Field) -> Result<T> {
        serde_json::from_str(self.field(field)).map_err(|e| Error::Damaged {
            path: self.index.path.clone(),
            reason: format!("a record does not parse: {e}"),
        })
    }
}
