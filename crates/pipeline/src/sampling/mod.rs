//! Sampling: a probability sample of the segments that a report's rates count, drawn blind for
//! people to code, and the rates corrected by what they coded.
//!
//! The frame is what is published: the segments of the whole texts that a study (or a period)
//! counts, without questions and notes. It is cut into strata, always by side, and from each a
//! simple random sample is drawn without replacement. Segments that name a target can be drawn
//! more often, because others hardly ever blame: every row keeps its inclusion probability, so
//! that nothing is biased by it. A sheet of the sample shows the text and its context and no code
//! of ours; its design (seed, strata, digests of texts and codes) travels with it.

mod coded;
mod corrected;
mod design;
mod draw;
mod frame;
mod sheet;

pub use coded::{CodedFile, read_coded};
pub use corrected::{CorrectedRate, Prevalence, prevalence};
pub use design::{Design, Stratum};
pub use draw::{Drawing, Sample, Stratifier, draw};
pub use frame::Population;
pub use sheet::{SheetFormat, write_sheet};

use std::path::PathBuf;

/// Why no sample was drawn, or a sheet not read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SamplingError {
    /// Nothing to draw from.
    #[error(
        "no segment to draw from: the corpus has no coded whole text in this selection; \
         `demarche coverage` shows what there is, `demarche run --offline` codes it"
    )]
    Empty,
    /// The strata are too fine for the sample.
    #[error(
        "{n} rows are too few for {strata} strata of two rows each at least; take --rows {least} \
         or fewer --by"
    )]
    TooFew {
        /// Rows that were asked for.
        n: u64,
        /// Strata with segments.
        strata: usize,
        /// The smallest sample that serves them.
        least: u64,
    },
    /// A target that the codebook does not know.
    #[error("unknown target `{name}`; the codebook has {known}")]
    UnknownTarget {
        /// The target.
        name: String,
        /// Those of the codebook.
        known: String,
    },
    /// A sheet or its design cannot be read or written.
    #[error("{path}: {reason}")]
    Sheet {
        /// The file.
        path: PathBuf,
        /// What is wrong and what cures it.
        reason: String,
    },
    /// Corpus or configuration.
    #[error(transparent)]
    Pipeline(#[from] crate::Error),
}

impl SamplingError {
    fn sheet(path: &std::path::Path, reason: impl std::fmt::Display) -> Self {
        Self::Sheet { path: path.to_owned(), reason: reason.to_string() }
    }
}
