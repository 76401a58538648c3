//! A partition: rows of one kind in one Parquet file, with the digests of what it was made from.
//!
//! An analyst opens it in R, Python or DuckDB without us. The bytes depend on the rows and the
//! stamp alone.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{DataType, FieldRef, Schema};
use bytes::Bytes;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::arrow::{ArrowSchemaConverter, ArrowWriter, ProjectionMask};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::{
    KeyValue, ParquetMetaData, ParquetMetaDataReader, ParquetStatisticsPolicy,
};
use parquet::file::properties::WriterProperties;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_arrow::schema::{SchemaLike, TracingOptions};

use crate::table::{Table, unreadable};
use crate::{Digest, Error, Result, write_atomically};

/// Rows that one batch holds; bounds the memory of reading.
const BATCH_ROWS: usize = 256;

/// Columns of more bytes than this are packed (zstd). What unpacks a column takes longer to set up
/// than a smaller one to read, and most columns of a month are small.
const PACKED_BYTES: usize = 8192;

const STAMP_STAGE: &str = "demarche.stage";
const STAMP_INPUTS: &str = "demarche.inputs";

/// What a partition was made from: it is stale when either differs from what would be written
/// now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Stage and version, `tag/3`.
    pub stage: String,
    /// Digest over the digests of all inputs.
    pub inputs: Digest,
}

/// A kind of row that lies in partitions of its own.
pub trait Row: Serialize + DeserializeOwned {
    /// A row with every list filled, off which the columns are read.
    fn sample() -> Self;
}

/// Writes `rows` to `path`, replacing it in one step.
///
/// # Errors
/// Where the file cannot be written.
pub fn write<T: Row>(path: &Path, rows: &[T], stamp: &Stamp) -> Result<()> {
    let bytes = encode(rows, &T::sample(), stamp)
        .map_err(|reason| Error::damaged(path, format!("cannot be written: {reason}")))?;
    write_atomically(path, |file| file.write_all(&bytes))
}

/// `rows` as the bytes of a Parquet file, whose columns are read off `sample`.
///
/// # Errors
/// What the encoder says.
pub fn encode<T: Serialize>(
    rows: &[T],
    sample: &T,
    stamp: &Stamp,
) -> std::result::Result<Vec<u8>, String> {
    let said = |e: &dyn std::fmt::Display| e.to_string();
    let fields = columns(sample).map_err(|e| said(&e))?;
    let batch = |rows: &[T]| serde_arrow::to_record_batch(&fields, &rows).map_err(|e| said(&e));
    let batches: Vec<RecordBatch> =
        rows.chunks(BATCH_ROWS).map(batch).collect::<std::result::Result<_, _>>()?;
    let key_values = vec![
        KeyValue::new(STAMP_STAGE.to_owned(), stamp.stage.clone()),
        KeyValue::new(STAMP_INPUTS.to_owned(), stamp.inputs.to_string()),
    ];
    let mut properties = WriterProperties::builder()
        .set_created_by("demarche".to_owned())
        .set_key_value_metadata(Some(key_values));
    let schema = Arc::new(Schema::new(fields.clone()));
    let zstd = Compression::ZSTD(ZstdLevel::try_new(3).map_err(|e| said(&e))?);
    let columns = ArrowSchemaConverter::new().convert(&schema).map_err(|e| said(&e))?;
    for (column, size) in columns.columns().iter().zip(sizes(&batches)) {
        if size > PACKED_BYTES {
            properties = properties.set_column_compression(column.path().clone(), zstd);
        }
    }
    let mut bytes = Vec::new();
    let mut writer =
        ArrowWriter::try_new(&mut bytes, schema, Some(properties.build())).map_err(|e| said(&e))?;
    for batch in &batches {
        writer.write(batch).map_err(|e| said(&e))?;
    }
    writer.close().map_err(|e| said(&e))?;
    Ok(bytes)
}

/// How many bytes each column takes, in the order in which a file has them.
fn sizes(batches: &[RecordBatch]) -> Vec<usize> {
    fn add(array: &dyn Array, at: &mut usize, sizes: &mut Vec<usize>) {
        match array.data_type() {
            DataType::Struct(_) => {
                array.as_struct().columns().iter().for_each(|column| add(column, at, sizes));
            }
            DataType::List(_) => add(array.as_list::<i32>().values(), at, sizes),
            DataType::LargeList(_) => add(array.as_list::<i64>().values(), at, sizes),
            _ => {
                sizes.resize(sizes.len().max(*at + 1), 0);
                sizes[*at] += array.to_data().get_slice_memory_size().unwrap_or_default();
                *at += 1;
            }
        }
    }
    let mut sizes = Vec::new();
    for batch in batches {
        let mut at = 0;
        batch.columns().iter().for_each(|column| add(column, &mut at, &mut sizes));
    }
    sizes
}

/// Reads all rows of `path`.
///
/// # Errors
/// Where the file is missing or is no partition of this kind.
pub fn read<T: Row>(path: &Path) -> Result<Vec<T>> {
    let mut rows = Vec::new();
    for batch in open(path, None)?.1 {
        let mut some: Vec<T> =
            serde_arrow::from_record_batch(&batch?).map_err(|e| unreadable(path, &e))?;
        rows.append(&mut some);
    }
    Ok(rows)
}

/// Reads those columns of `path` that are named, with all that lies in them
/// (`turns`, `turns.list.element.text`), and the stamp, where it has one. What a column costs is
/// mostly its opening, so that who needs half of them waits little more than half as long.
///
/// # Errors
/// Where the file is missing or is no partition.
pub fn read_columns(path: &Path, columns: &[&str]) -> Result<(Option<Stamp>, Vec<Table>)> {
    let (stamp, batches) = open(path, Some(columns))?;
    let tables = batches.map(|batch| Ok(Table::new(path, batch?)));
    Ok((stamp, tables.collect::<Result<_>>()?))
}

/// The stamp of `path` and its rows, in some of its columns or in all.
fn open(
    path: &Path,
    columns: Option<&[&str]>,
) -> Result<(Option<Stamp>, impl Iterator<Item = Result<RecordBatch>>)> {
    // A file of some hundred kilobytes in as many columns is read at once faster than in places.
    let mut file = File::open(path).map_err(|e| Error::io(path, e))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|e| Error::io(path, e))?;
    let mut builder =
        ParquetRecordBatchReaderBuilder::try_new_with_options(Bytes::from(bytes), options())
            .map_err(|e| unreadable(path, &e))?
            .with_batch_size(BATCH_ROWS);
    if let Some(columns) = columns {
        let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
        builder = builder.with_projection(mask);
    }
    let stamp = stamp_in(builder.metadata());
    let read = builder.build().map_err(|e| unreadable(path, &e))?;
    Ok((stamp, read.map(move |batch| batch.map_err(|e| unreadable(path, &e)))))
}

/// How a file is read: its columns tell their types by themselves, and Arrow's own account of them
/// is as long again; nor does anybody ask for statistics.
fn options() -> ArrowReaderOptions {
    ArrowReaderOptions::new()
        .with_skip_arrow_metadata(true)
        .with_column_stats_policy(ParquetStatisticsPolicy::SkipAll)
        .with_encoding_stats_policy(ParquetStatisticsPolicy::SkipAll)
        .with_size_stats_policy(ParquetStatisticsPolicy::SkipAll)
}

fn footer(file: &File) -> parquet::errors::Result<ParquetMetaData> {
    let options = options().metadata_options().clone();
    ParquetMetaDataReader::new().with_metadata_options(Some(options)).parse_and_finish(file)
}

/// How many rows `path` holds, by its footer.
///
/// # Errors
/// Where the file is missing or is no Parquet file.
pub fn rows(path: &Path) -> Result<u64> {
    let file = File::open(path).map_err(|e| Error::io(path, e))?;
    let footer = footer(&file)
        .map_err(|e| Error::damaged(path, format!("{e}; delete the file and run again")))?;
    Ok(u64::try_from(footer.file_metadata().num_rows()).unwrap_or(0))
}

/// The stamp of `path`; `None` where the file is missing, damaged or has none.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let file = File::open(path).ok()?;
    stamp_in(&footer(&file).ok()?)
}

fn stamp_in(footer: &ParquetMetaData) -> Option<Stamp> {
    let pairs = footer.file_metadata().key_value_metadata()?;
    let value = |key: &str| pairs.iter().find(|p| p.key == key).and_then(|p| p.value.clone());
    let inputs = serde_json::from_value(value(STAMP_INPUTS)?.into()).ok()?;
    Some(Stamp { stage: value(STAMP_STAGE)?, inputs })
}

/// The partitions below `folder` (`<source>/<month>.parquet`), sorted by path.
///
/// # Errors
/// Where the folder cannot be listed; a missing folder has no partitions.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for source in entries(folder)? {
        if source.is_dir() {
            let files = entries(&source)?;
            found.extend(
                files.into_iter().filter(|f| f.extension().is_some_and(|e| e == "parquet")),
            );
        }
    }
    found.sort();
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let listed = match std::fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Error::io(folder, e)),
    };
    listed.map(|entry| entry.map(|e| e.path()).map_err(|e| Error::io(folder, e))).collect()
}

fn columns(sample: &impl Serialize) -> serde_arrow::Result<Vec<FieldRef>> {
    let options = TracingOptions::default()
        .enums_without_data_as_strings(true)
        .string_dictionary_encoding(false);
    Vec::<FieldRef>::from_samples([sample], options)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Coded, Link, Reject, Statement};

    /// Optional fields of the samples must come out as nullable columns, and rows as they went in.
    #[test]
    fn rows_come_back_as_written() {
        let folder = tempfile::tempdir().unwrap();
        let stamp = Stamp { stage: "test/1".to_owned(), inputs: Digest::of(b"x") };

        let mut bare = Statement::sample();
        (bare.title, bare.date, bare.published, bare.carrier) = (None, None, None, None);
        (bare.date_evidence, bare.urls) = (Vec::new(), Vec::new());
        bare.captures[0].captured = None;
        bare.captures[0].row = None;
        bare.turns[0].speaker = None;
        bare.turns[0].role = crate::Role::Note;
        bare.lang = crate::Lang::Und;
        let statements = vec![Statement::sample(), bare];
        let path = folder.path().join("s.parquet");
        write(&path, &statements, &stamp).unwrap();
        assert_eq!(read::<Statement>(&path).unwrap(), statements);
        assert_eq!(super::stamp(&path), Some(stamp.clone()));
        assert_eq!(read_columns(&path, &["id"]).unwrap().0, Some(stamp.clone()));

        let coded = vec![Coded::sample()];
        write(&path, &coded, &stamp).unwrap();
        assert_eq!(read::<Coded>(&path).unwrap(), coded);

        let twin = Link { kind: crate::LinkKind::Twin, ..Link::sample() };
        let links = vec![Link::sample(), twin];
        write(&path, &links, &stamp).unwrap();
        assert_eq!(read::<Link>(&path).unwrap(), links);

        let mut reject = Reject::sample();
        reject.source = None;
        write(&path, &[reject.clone()], &stamp).unwrap();
        assert_eq!(read::<Reject>(&path).unwrap(), vec![reject]);

        write::<Link>(&path, &[], &stamp).unwrap();
        assert_eq!(read::<Link>(&path).unwrap(), vec![]);
    }
}
