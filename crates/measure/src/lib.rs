//! From coded text to findings: what each side said, how often, in whose voice, with intervals and
//! with the segments behind every number.
//!
//! [`measure()`] takes a [`Study`] (one research question as a file), the partitions of statements
//! and their codes one at a time, and the links between statements. It gives [`Findings`]: tables
//! of figures, computed verdicts on the study's claims, and sentences that say what the corpus
//! cannot show. Nothing here renders, reads a file, a clock or the environment.
//!
//! Four rules hold in every number: shares are over utterances and rates over own-voice segments;
//! a journalist's question is never the state's and relayed words are never its own; linked
//! statements count once a side; a text cut short may give a blame and never a rate, an absence or
//! an avoidance.

mod cited;
mod claims;
mod counted;
mod error;
mod estimate;
pub mod evidence;
mod findings;
mod found;
mod methods;
mod notes;
mod number;
mod observe;
mod observed;
mod quote;
mod study;
mod tables;
mod tally;
mod words;

#[cfg(test)]
mod tests;

use corpus::source::Sources;
use corpus::{Coded, Link, Statement};

/// The version of the measures: raise it whenever the same coded text may give another number, or
/// another sentence about one. A bundle says under which its report was made.
pub const VERSION: u32 = 4;

pub use cited::{CitedFinder, CitedStatement, Holding};
pub use claims::judge;
pub use counted::{CountedText, counted};
pub use error::{Error, Result};
pub use evidence::{Document, Evidence, Segment};
pub use findings::{
    Code, Figure, Findings, Measure, Note, Provenance, Table, Unit, Verdict, VerdictKind,
};
pub use number::Number;
pub use statistics;
pub use study::{
    Against, Cited, Claim, Direction, Estimand, Event, Group, Period, Side, Study, Subject, Window,
};
pub use words::Words;

use number::Named;

/// What a study is measured with: the sources whose names are printed, the codebook's entries and
/// what the report says about its own making.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// The declared sources; their countries are the sides of an ad hoc study.
    pub sources: Sources,
    /// The codebook's entries, so that what was looked for and not found is shown as 0.
    pub codes: Vec<Code>,
    /// What the report names about its own making.
    pub provenance: Provenance,
    /// Only texts known at this time, RFC 3339 in UTC: of each statement the last revision
    /// captured by then.
    pub as_of: Option<jiff::Timestamp>,
}

/// Measures `study`.
///
/// `partitions` gives the partitions from the start each time it is called; it is called twice,
/// once to count and once to quote the segments behind the numbers, and a third time where the
/// study asks for words, so that no more than one
/// partition's text is held at a time. Order and cut of the partitions do not matter, except that
/// all revisions of a statement lie in one.
///
/// # Errors
/// Where a partition cannot be read, where a statement has no codes, or where the study names a
/// side or period that does not hold together.
pub fn measure<I, E>(
    study: &Study,
    partitions: impl FnMut() -> I,
    links: &[Link],
    setting: &Setting,
) -> Result<Findings>
where
    I: Iterator<Item = std::result::Result<(Vec<Statement>, Vec<Coded>), E>>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut findings = measured(study, partitions, links, (setting, None))?;
    findings.round();
    Ok(findings)
}

/// All that one number counts, however much that is: the findings that [`measure()`] gives with
/// this figure alone, and every place that it counts. Memory grows with these places and with all
/// that the study finds.
///
/// # Errors
/// As [`measure()`], and [`Error::NoSuchNumber`].
pub fn places<I, E>(
    study: &Study,
    partitions: impl FnMut() -> I,
    links: &[Link],
    setting: &Setting,
    number: &Number,
) -> Result<Findings>
where
    I: Iterator<Item = std::result::Result<(Vec<Statement>, Vec<Coded>), E>>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut findings = measured(study, partitions, links, (setting, Some(number)))?;
    number.alone(&mut findings)?;
    findings.round();
    Ok(findings)
}

/// The findings, with the places of all figures or of one number only.
fn measured<I, E>(
    study: &Study,
    mut partitions: impl FnMut() -> I,
    links: &[Link],
    (setting, only): (&Setting, Option<&Number>),
) -> Result<Findings>
where
    I: Iterator<Item = std::result::Result<(Vec<Statement>, Vec<Coded>), E>>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let study = study.completed(&setting.sources)?;
    study.knows_its_topic(&setting.codes)?;
    let mut observer = observe::Observer::new(&study, setting.as_of);
    for partition in partitions() {
        let (statements, coded) = partition.map_err(|e| Error::Partition(e.into()))?;
        observer.add(&statements, coded)?;
    }
    let (mut observed, mut words) = observer.finish(links);
    words.sketched();
    if let Some(only) = only {
        // The figure stands where it stands in the whole report; what it counts is only then known.
        observed.named = Named::Of(None);
        let (findings, _) = of_codes(&study, &observed, setting);
        observed.named = Named::Of(only.of(&findings).cloned().map(Box::new));
    }
    let (mut findings, quoted) = of_codes(&study, &observed, setting);
    let places = quoted.hand_over(&mut findings);
    findings.methods = methods::paragraphs(&study, &findings);
    findings.notes = notes::sentences(&study, &observed, &findings, &setting.sources);
    let wanted = quote::Wanted::of(&findings, &places);
    for partition in partitions() {
        let (statements, coded) = partition.map_err(|e| Error::Partition(e.into()))?;
        wanted.fill(&mut findings, &statements, &coded);
        words.count(&observed, &statements, &coded);
    }
    let (of_words, chosen) = tables::words::tables(&study, words.counts());
    if !of_words.is_empty() {
        findings.tables.extend(of_words);
        let mut adder = quote::Adder::of(&findings);
        for partition in partitions() {
            let (statements, coded) = partition.map_err(|e| Error::Partition(e.into()))?;
            let texts = (&statements[..], &coded[..]);
            let wanted = (&chosen, only);
            tables::words::find(&study, &observed, texts, wanted, &mut findings, &mut adder);
        }
    }
    Ok(findings)
}

/// The tables of codes and the verdicts, and the segments that they name.
fn of_codes<'a>(
    study: &'a Study,
    observed: &'a observed::Observed,
    setting: &'a Setting,
) -> (Findings, quote::Quoted<'a>) {
    let (mut findings, mut quoted) = tables::all(study, observed, setting);
    findings.claims = claims::verdicts(study, observed, &setting.codes, &mut quoted);
    (findings, quoted)
}
