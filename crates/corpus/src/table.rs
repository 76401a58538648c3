//! A table: some columns of a partition, as they lie there.
//!
//! Who passes over many rows and keeps none of them is done sooner with their columns than with
//! rows made of these ([`crate::partition::read`]): no text is copied, and none is proved to be
//! UTF-8 once more.

use std::ops::Range;
use std::path::{Path, PathBuf};

use arrow::array::{Array, ArrayRef, AsArray, ListArray, RecordBatch, StringArray, StructArray};
use arrow::datatypes::UInt32Type;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as Unknown;

use crate::{Error, Result};

/// Some rows of a partition, in those of its columns that were asked for.
#[derive(Debug)]
pub struct Table {
    path: PathBuf,
    rows: StructArray,
}

impl Table {
    pub(crate) fn new(path: &Path, rows: RecordBatch) -> Self {
        Self { path: path.to_path_buf(), rows: rows.into() }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The columns.
    pub fn columns(&self) -> Columns<'_> {
        Columns { path: &self.path, rows: &self.rows }
    }
}

/// The columns of a table, or of what lies in its lists.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'t> {
    path: &'t Path,
    rows: &'t StructArray,
}

impl<'t> Columns<'t> {
    /// A column of texts or names.
    ///
    /// # Errors
    /// Where there is no such column, as in the others.
    pub fn texts(self, name: &str) -> Result<Texts<'t>> {
        let texts = self.column(name).and_then(|column| column.as_string_opt());
        Ok(Texts { path: self.path, texts: texts.ok_or_else(|| missing(self.path, name))? })
    }

    /// A column of numbers.
    ///
    /// # Errors
    /// Where there is no such column.
    pub fn numbers(self, name: &str) -> Result<&'t [u32]> {
        let column = self.column(name).ok_or_else(|| missing(self.path, name))?;
        numbers(column).ok_or_else(|| missing(self.path, name))
    }

    /// A column of lists.
    ///
    /// # Errors
    /// Where there is no such column.
    pub fn lists(self, name: &'static str) -> Result<Lists<'t>> {
        let lists = self.column(name).and_then(|column| column.as_list_opt());
        Ok(Lists { path: self.path, name, lists: lists.ok_or_else(|| missing(self.path, name))? })
    }

    fn column(self, name: &str) -> Option<&'t ArrayRef> {
        self.rows.column_by_name(name)
    }
}

/// A column of texts or names.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'t> {
    path: &'t Path,
    texts: &'t StringArray,
}

impl<'t> Texts<'t> {
    /// What stands in a row; nothing where it may be missing and is.
    pub fn get(self, row: usize) -> &'t str {
        self.texts.value(row)
    }

    /// What stands in a row, where anything does.
    pub fn optional(self, row: usize) -> Option<&'t str> {
        self.texts.is_valid(row).then(|| self.texts.value(row))
    }

    /// What the name in a row stands for.
    ///
    /// # Errors
    /// Where it stands for nothing.
    pub fn named<T: Deserialize<'t>>(self, row: usize) -> Result<T> {
        let named = T::deserialize(self.get(row).into_deserializer());
        named.map_err(|e: Unknown| unreadable(self.path, &e))
    }
}

/// A column of lists.
#[derive(Debug, Clone, Copy)]
pub struct Lists<'t> {
    path: &'t Path,
    name: &'static str,
    lists: &'t ListArray,
}

impl<'t> Lists<'t> {
    /// Where what lies in the list of a row stands among what lies in all lists.
    pub fn of(self, row: usize) -> Range<usize> {
        let offsets = self.lists.value_offsets();
        offsets[row] as usize..offsets[row + 1] as usize
    }

    /// The columns of what lies in the lists.
    ///
    /// # Errors
    /// Where they are lists of something else, as in the others.
    pub fn columns(self) -> Result<Columns<'t>> {
        let rows = self.lists.values().as_struct_opt();
        Ok(Columns { path: self.path, rows: rows.ok_or_else(|| missing(self.path, self.name))? })
    }

    /// What lies in lists of texts.
    ///
    /// # Errors
    /// Where they are lists of something else.
    pub fn texts(self) -> Result<Texts<'t>> {
        let texts = self.lists.values().as_string_opt();
        Ok(Texts { path: self.path, texts: texts.ok_or_else(|| missing(self.path, self.name))? })
    }

    /// What lies in lists of numbers.
    ///
    /// # Errors
    /// Where they are lists of something else.
    pub fn numbers(self) -> Result<&'t [u32]> {
        numbers(self.lists.values()).ok_or_else(|| missing(self.path, self.name))
    }
}

fn numbers(column: &ArrayRef) -> Option<&[u32]> {
    Some(column.as_primitive_opt::<UInt32Type>()?.values())
}

fn missing(path: &Path, name: &str) -> Error {
    unreadable(path, &format_args!("there is no column `{name}` of its kind"))
}

/// A partition that cannot be read, with the cure.
pub(crate) fn unreadable(path: &Path, e: &dyn std::fmt::Display) -> Error {
    Error::damaged(path, format!("{e}; delete the file and run `demarche run --offline`"))
}
