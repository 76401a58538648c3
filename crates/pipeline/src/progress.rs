//! Progress of long work, told to whoever shows it.

use std::sync::Arc;

/// One thing that happened.
#[derive(Debug, Clone, Copy)]
pub enum Progress<'a> {
    /// A stage begins; `total` steps are expected, 0 where that is not known.
    Started {
        /// The stage's name.
        stage: &'a str,
        /// How many steps it will take.
        total: u64,
    },
    /// So many steps were done.
    Stepped(u64),
    /// A stage ended, with a line that says what it did.
    Done(&'a str),
    /// What only those want to know who look closely: a file that was read, a row that was not.
    Detail(&'a str),
}

type Show = dyn Fn(Progress<'_>) + Send + Sync;

/// Where progress is told. Cheap to clone; called from any thread.
#[derive(Clone)]
pub struct Reporter(Option<Arc<Show>>);

impl Reporter {
    /// Tells `show` of everything.
    pub fn new(show: impl Fn(Progress<'_>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(show)))
    }

    /// Tells nobody.
    pub fn silent() -> Self {
        Self(None)
    }

    /// Tells of `progress`.
    pub fn tell(&self, progress: Progress<'_>) {
        if let Some(show) = &self.0 {
            show(progress);
        }
    }

    /// Tells that a stage ended.
    pub fn done(&self, line: &str) {
        self.tell(Progress::Done(line));
    }

    /// Tells a detail.
    pub fn detail(&self, line: &str) {
        self.tell(Progress::Detail(line));
    }
}

/// So many of what `one` names, in words: `1 statement`, `2 statements`.
pub fn counted(n: impl std::fmt::Display, one: &str) -> String {
    let n = n.to_string();
    let many = if n == "1" { "" } else { "s" };
    format!("{n} {one}{many}")
}
