//! A run: every stage that is stale, in order.

use corpus::Corpus;
use corpus::source::Config;

use crate::made::Made;
use crate::{Progress, Reading, Reporter, Result, coding, counted, statements};

/// The codebook that is used unless another is named.
pub const CODEBOOK: &str = "default";

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ran {
    /// Whether any stage was stale.
    pub stale: bool,
    /// A line a stage.
    pub lines: Vec<String>,
}

/// The stages that a run can end after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// Statements, links and rejects.
    Statements,
    /// Coded text.
    Codes,
    /// The full-text index.
    Index,
}

/// Does what is stale up to `until`, under the corpus lock.
///
/// # Errors
/// Where the configuration does not parse, another process writes, or a file cannot be read or
/// written. What was done stays; running again goes on from there.
pub fn run(
    corpus: &Corpus,
    config: &Config,
    codebook: &str,
    until: Until,
    reporter: &Reporter,
) -> Result<Ran> {
    let reading = Reading::load(config)?;
    let _lock = corpus.lock()?;
    let mut ran = Ran::default();
    let mut tell = |stale: bool, line: String| {
        reporter.done(&line);
        ran.stale |= stale;
        ran.lines.push(line);
    };
    let read = statements::normalize(corpus, &reading, reporter)?;
    let what = if read.stale { "" } else { "nothing new, " };
    tell(
        read.stale,
        format!(
            "normalize: {what}{}, {}, {}",
            counted(read.statements, "statement"),
            counted(read.links, "link"),
            counted(read.rejects, "reject")
        ),
    );
    if until >= Until::Codes {
        let coded = coding::code(corpus, config, codebook, reporter)?;
        let line = if coded.partitions == 0 {
            format!("tag: nothing new, {} fresh", counted(coded.fresh, "partition"))
        } else {
            format!(
                "tag: {} in {}, {} fresh",
                counted(coded.statements, "statement"),
                counted(coded.partitions, "partition"),
                coded.fresh
            )
        };
        tell(coded.partitions > 0, line);
    }
    if until >= Until::Index {
        let updated = update_index(corpus, reporter)?;
        let stale = updated.added + updated.removed > 0 || updated.rebuilt.is_some();
        let what = if stale { "" } else { "nothing new, " };
        let mut why = updated.rebuilt.map(|why| format!(" (rebuilt: {why})")).unwrap_or_default();
        if let Some(reason) = updated.uncounted {
            why.push_str(&format!("; frequent words are counted at each search: {reason}"));
        }
        tell(
            stale,
            format!(
                "index: {what}{} added, {} dropped, {} kept{why}",
                counted(updated.added, "turn"),
                updated.removed,
                updated.unchanged
            ),
        );
    }
    Ok(ran)
}

fn update_index(corpus: &Corpus, reporter: &Reporter) -> Result<index::Updated> {
    let codes = Made::read(corpus).codes.map(|made| made.from);
    if Made::read(corpus).index != codes {
        Made::change(corpus, |made| made.index = None)?;
    }
    let mut before = None;
    let updated = index::update(corpus, |progress| {
        let total = progress.total as u64;
        match before {
            None => reporter.tell(Progress::Started { stage: "index", total }),
            Some(done) => reporter.tell(Progress::Stepped((progress.done - done) as u64)),
        }
        before = Some(progress.done);
    })?;
    Made::change(corpus, |made| made.index = codes)?;
    Ok(updated)
}
