//! Roll calls of the United Nations: who voted how, how alike two states vote, and how the votes
//! of a study stand beside all others.
//!
//! [`RollCalls`] are read from a folder of tables or from the votes that ship with the program.
//! [`similarity`] compares two states over them, [`RollCalls::find`] shows one, and [`study`]
//! gathers what a report prints about the votes of one study, as [`VoteFindings`].
//!
//! Only roll calls in which both states said yes, no or abstain count in a comparison: not voting
//! mixes absence with silence and with votes lost by arrears. A measure that is undefined, as a
//! chance correction between two states that never change their vote, is `None`.

/// The version of the comparisons: raise it whenever the same roll calls may give another number.
pub const VERSION: u32 = 2;

mod error;
mod facts;
mod findings;
mod load;
mod rollcall;
mod seats;
mod similarity;
mod study;

pub use error::{Error, Result};
pub use facts::{Fact, FactCheck, Facts, StudyResolution, Verdict};
pub use findings::{
    Contrast, PairChange, PairSimilarity, ResolutionRow, VoteFindings, Window, WindowKind,
};
pub use load::{Loaded, load, shipped, tables};
pub use rollcall::{Country, Organ, RollCall, RollCallView, RollCalls, Session, Vote};
pub use seats::{Seat, Seats};
pub use similarity::{
    LEAST_ROLL_CALLS, Measures, Period, Similarity, SimilarityOptions, similarity,
};
pub use study::study;
