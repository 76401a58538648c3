//! Counted texts: which statements a report's rates rest on, so that whoever samples from them
//! samples from what is published.

use corpus::source::Sources;
use corpus::{Coded, Link, Statement};

use crate::{Error, Result, Study, observe};

/// A whole text that a study counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CountedText {
    /// Statement id.
    pub statement: String,
    /// The revision that counts.
    pub revision: u32,
    /// The side that it counts for.
    pub side: String,
}

/// The whole texts in the study's period that its rates count, by date and id: the latest
/// revision (known at `as_of`, where that is given), of linked statements one a side, none that is
/// cut short.
///
/// # Errors
/// As [`crate::measure()`].
pub fn counted<E>(
    study: &Study,
    partitions: impl Iterator<Item = std::result::Result<(Vec<Statement>, Vec<Coded>), E>>,
    links: &[Link],
    (sources, as_of): (&Sources, Option<jiff::Timestamp>),
) -> Result<Vec<CountedText>>
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let study = study.completed(sources)?;
    let mut observer = observe::Observer::new(&study, as_of);
    for partition in partitions {
        let (statements, coded) = partition.map_err(|e| Error::Partition(e.into()))?;
        observer.add(&statements, coded)?;
    }
    let (observed, _) = observer.finish(links);
    let whole =
        observed.texts.into_iter().filter(|t| !t.truncated && study.period.contains(t.date));
    let named = whole.map(|text| CountedText {
        statement: text.id.into(),
        revision: text.revision,
        side: study.sides[text.side].id.clone(),
    });
    Ok(named.collect())
}
