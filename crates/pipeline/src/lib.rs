//! The stages in order: what is stale, what depends on what, and everything that needs several
//! verbs at once.

pub mod bundle;
pub mod check;
mod cited;
mod coding;
pub mod coverage;
pub mod doctor;
mod error;
pub mod export;
mod files;
mod findings;
mod freshness;
mod import;
pub mod ledger;
mod made;
mod progress;
mod reading;
mod run;
pub mod sampling;
pub mod schedule;
mod selection;
mod statements;
mod votes_of;
mod words;

pub use cited::cited_statements;
pub use coding::Tagged;
pub use error::{Error, Result};
pub use findings::{Asked, findings, places, study};
pub use freshness::{Stale, differing, stale};
pub use import::{Imported, import};
pub use normalize::{OnlyIn, difference};
pub use progress::{Progress, Reporter, counted};
pub use reading::Reading;
pub use run::{CODEBOOK, Ran, Until, run};
pub use selection::Selection;
pub use statements::{Normalized, corpus_digest, up_to_date};
pub use votes_of::study_votes;
