//! What a search is narrowed down to, and what counts as one place of a term.

use corpus::pattern::Entry;
use corpus::{Date, Genre, Lang, Role};

/// Which turns are searched: those for which every list that is not empty holds their value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Source ids.
    pub sources: Vec<String>,
    /// Publishing states.
    pub countries: Vec<String>,
    /// Roles of the turn.
    pub roles: Vec<Role>,
    /// Languages of the turn.
    pub langs: Vec<Lang>,
    /// Kinds of text.
    pub genres: Vec<Genre>,
    /// First day; undated statements are left out.
    pub from: Option<Date>,
    /// Last day; undated statements are left out.
    pub to: Option<Date>,
}

/// What counts as a place of a term. The default counts exact forms.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Count by the codebook's rules: Korean at the start of words, capitals as written.
    pub boundaries: bool,
    /// Count all English words of the same stem.
    pub stem: bool,
    /// Count other spellings: traditional and simplified Chinese, DPRK and southern Korean.
    pub fold_orthography: bool,
    /// The codebook's entries: with `boundaries`, a term that one of them lists is not counted
    /// where the entry's exclusions cover it (印度 in 印度尼西亚).
    pub entries: Vec<Entry>,
}
