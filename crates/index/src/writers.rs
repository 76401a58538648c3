//! Writers: one a thread, each of which fills a part of its own.
//!
//! tantivy's own writer takes documents from a queue: the one thread that makes them is what the
//! others wait for, and a queue of large documents is memory that nothing bounds. Here a thread
//! writes what it makes. Neighbouring statements come to one part, so that a part holds the words
//! of few sources, and a word is looked for in few parts.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use tantivy::indexer::{AddOperation, SegmentWriter};
use tantivy::{IndexWriter, Segment};

use crate::Result;
use crate::document::TurnDocument;

/// Memory of all writers together, in bytes.
const MEMORY: usize = 200_000_000;

/// No more writers than this, so that each has memory enough for a part worth searching.
const MOST: usize = 8;

/// All writers; what they wrote is in the index after [`Writers::finish`] and a commit.
pub(crate) struct Writers<'i> {
    index: &'i IndexWriter,
    all: Vec<Mutex<Option<Writer>>>,
}

struct Writer {
    segment: Segment,
    documents: SegmentWriter,
}

impl<'i> Writers<'i> {
    pub fn new(index: &'i IndexWriter) -> Self {
        let count = rayon::current_num_threads().clamp(1, MOST);
        Self { index, all: (0..count).map(|_| Mutex::new(None)).collect() }
    }

    /// Adds documents, which lie side by side then, to the part that this thread writes.
    pub fn add(&self, documents: Vec<TurnDocument>) -> Result<()> {
        let memory = MEMORY / self.all.len();
        let thread = rayon::current_thread_index().unwrap_or_default();
        let slot = &self.all[thread % self.all.len()];
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        let mut writer = match slot.take() {
            Some(writer) => writer,
            None => {
                let segment = self.index.new_segment();
                Writer { documents: SegmentWriter::for_segment(memory, segment.clone())?, segment }
            }
        };
        for document in documents {
            // The stamp tells documents from deletions that came before them, of which there are
            // none: a partition's token is never the one that is deleted.
            writer.documents.add_document(AddOperation { opstamp: 0, document })?;
        }
        if writer.documents.mem_usage() < memory {
            *slot = Some(writer);
            return Ok(());
        }
        writer.finish(self.index)
    }

    /// Writes what is still in memory.
    pub fn finish(self) -> Result<()> {
        let slots = self.all.into_par_iter();
        let writers = slots.filter_map(|s| s.into_inner().unwrap_or_else(PoisonError::into_inner));
        writers.try_for_each(|writer| writer.finish(self.index))
    }
}

impl Writer {
    fn finish(self, index: &IndexWriter) -> Result<()> {
        let turns = self.documents.max_doc();
        if turns == 0 {
            return Ok(());
        }
        self.documents.finalize()?;
        let segment = self.segment.with_max_doc(turns);
        segment.meta().untrack_temp_docstore();
        Ok(index.add_segment(segment.meta().clone())?)
    }
}
