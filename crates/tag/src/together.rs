//! Together: states that are one target alone and another where several are named in one breath,
//! as Britain is another state, and Britain and France are the West.

use std::collections::BTreeSet;

use corpus::Lang;

use crate::attribute::{Grammar, joins};
use crate::codebook::{Entry, Family, Terms, Together};
use crate::turn::Found;

/// What a codebook says of such states, with the places of both entries.
#[derive(Debug, Clone)]
pub(crate) struct Company {
    /// The entry that one of them is.
    alone: usize,
    /// The entry that several are.
    several: usize,
    rule: Together,
}

impl Company {
    /// The rules of a codebook's targets.
    pub(crate) fn of(entries: &[Entry]) -> Vec<Self> {
        let place = |id: &str| {
            entries.iter().position(|entry| entry.family == Family::Target && entry.id == id)
        };
        let rules = entries.iter().enumerate().filter_map(|(several, entry)| {
            let rule = entry.together.clone()?;
            Some(Self { alone: place(&rule.alone)?, several, rule })
        });
        rules.collect()
    }

    /// The entry that several of them are.
    pub(crate) fn several(&self) -> usize {
        self.several
    }

    /// The languages in which it names states.
    pub(crate) fn langs(&self) -> BTreeSet<Lang> {
        self.rule.states.values().flat_map(Terms::keys).copied().collect()
    }

    /// Gives what is found of single states in a text of that language and grammar, sorted by place,
    /// to the target that they are together. Tells whether there is any.
    pub(crate) fn join(
        &self,
        found: &mut [Found],
        text: &str,
        (lang, grammar): (Lang, &Grammar),
    ) -> bool {
        let single = |found: &Found| found.entry == self.alone;
        let named: Vec<(usize, BTreeSet<&str>)> = (0..found.len())
            .filter(|n| single(&found[*n]))
            .map(|n| (n, self.states_in(found[n].span().of(text), lang)))
            .filter(|(_, states)| !states.is_empty())
            .collect();
        let mut joined: Vec<usize> =
            named.iter().filter(|(_, states)| self.are_several(states)).map(|(n, _)| *n).collect();
        for pair in named.windows(2) {
            let [(a, first), (b, second)] = pair else { continue };
            let (before, this) = (&found[*a], &found[*b]);
            let in_one_breath = before.segment == this.segment
                && this.start >= before.end
                && joins(grammar, &text[before.end..this.start]);
            if in_one_breath && self.are_several(&(first | second)) {
                joined.extend([a, b]);
            }
        }
        for n in &joined {
            found[*n].entry = self.several;
        }
        !joined.is_empty()
    }

    fn are_several(&self, states: &BTreeSet<&str>) -> bool {
        let apart =
            |set: &BTreeSet<String>| set.iter().map(String::as_str).eq(states.iter().copied());
        states.len() > 1 && !self.rule.apart.iter().any(apart)
    }

    /// The states that words name: Chinese runs their names together, 英法.
    fn states_in(&self, words: &str, lang: Lang) -> BTreeSet<&str> {
        let is_named = |names: &Terms| {
            names.get(&lang).into_iter().flatten().any(|name| match lang {
                Lang::Zh => words.contains(name.as_str()),
                _ => words.starts_with(name.as_str()),
            })
        };
        let named = self.rule.states.iter().filter(|(_, names)| is_named(names));
        named.map(|(state, _)| state.as_str()).collect()
    }
}
