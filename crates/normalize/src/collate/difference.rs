//! What of two linked texts stands in one only: the names and numbers by which a reader sees where
//! two versions part.

use std::collections::BTreeSet;

use corpus::{Role, Statement};

use super::names::NAMES;
use super::profile::Profile;

/// Names and numbers that one of two statements has and the other has not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnlyIn {
    /// Known names, as the text spells them.
    pub names: Vec<String>,
    /// Numbers of two and more digits, in full.
    pub numbers: Vec<u64>,
}

/// What stands in `a` only and what stands in `b` only.
pub fn difference(a: &Statement, b: &Statement) -> (OnlyIn, OnlyIn) {
    let (p, q) = (Profile::of(&a.turns), Profile::of(&b.turns));
    (only(a, &p, &q), only(b, &q, &p))
}

fn only(statement: &Statement, own: &Profile, other: &Profile) -> OnlyIn {
    let ids: BTreeSet<&str> = own.names.difference(&other.names).copied().collect();
    let turns = || statement.turns.iter().filter(|t| t.role != Role::Note);
    let printed = |forms: &&[&str]| {
        let found = forms.iter().find(|form| turns().any(|t| t.text.contains(**form)));
        found.map(|form| (*form).to_owned())
    };
    let named = NAMES.iter().filter(|(id, _)| ids.contains(id));
    OnlyIn {
        names: named.filter_map(|(_, forms)| printed(forms)).collect(),
        numbers: own.numbers.difference(&other.numbers).copied().collect(),
    }
}
