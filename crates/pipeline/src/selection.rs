//! A selection of statements: sources, language, days.

use std::path::PathBuf;

use corpus::{Corpus, Date, Lang, Result, Statement, partition};

/// Which statements are meant. An empty selection means all.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Source ids; empty means all.
    pub sources: Vec<String>,
    /// Main language.
    pub lang: Option<Lang>,
    /// First event day.
    pub from: Option<Date>,
    /// Last event day.
    pub to: Option<Date>,
    /// Whether earlier revisions are meant too; otherwise the latest alone.
    pub all_revisions: bool,
}

impl Selection {
    /// Whether `statement` is meant. A statement without a date is outside every window.
    pub fn holds(&self, statement: &Statement) -> bool {
        let windowed = self.from.is_some() || self.to.is_some();
        (self.sources.is_empty() || self.sources.contains(&statement.source))
            && self.lang.is_none_or(|lang| lang == statement.lang)
            && (self.all_revisions || statement.is_latest())
            && match statement.date {
                None => !windowed,
                Some(day) => {
                    self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
                }
            }
    }

    /// The statement partitions that can hold selected statements, sorted. The month in a file's
    /// name is that of the earliest capture's event day, so a window opens one month on each
    /// side only for revisions whose day changed; those are found by reading, so no file of a
    /// selected source is skipped by its name.
    ///
    /// # Errors
    /// Where the folder cannot be listed.
    pub fn partitions(&self, corpus: &Corpus) -> Result<Vec<PathBuf>> {
        let mut found = partition::list(&corpus.statements())?;
        if !self.sources.is_empty() {
            found.retain(|path| {
                let source = path.parent().and_then(|p| p.file_name()).and_then(|n| n.to_str());
                source.is_some_and(|name| self.sources.iter().any(|s| s == name))
            });
        }
        Ok(found)
    }
}
