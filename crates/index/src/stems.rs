//! Stems: which English words are forms of one.
//!
//! Snowball leaves irregular plurals apart and joins nothing across Latin and Greek endings, so
//! a list joins the ones that matter here. Stems widen a search that asks for it; nothing else
//! is ever counted by them.

use std::collections::BTreeSet;

use rust_stemmers::{Algorithm, Stemmer};

/// Words that belong together though their stems differ.
const JOINED: [&[&str]; 16] = [
    &["crisis", "crises"],
    &["hegemony", "hegemonic", "hegemonism", "hegemonist", "hegemonistic", "hegemon"],
    &["aggression", "aggressor", "aggressive", "aggress"],
    &["invasion", "invade", "invader"],
    &["nucleus", "nuclei"],
    &["basis", "bases"],
    &["thesis", "theses"],
    &["hypothesis", "hypotheses"],
    &["analysis", "analyses"],
    &["axis", "axes"],
    &["man", "men"],
    &["woman", "women"],
    &["child", "children"],
    &["foot", "feet"],
    &["ukraine", "ukrainian"],
    &["imperialism", "imperialist", "imperialistic"],
];

/// Finds the forms of English words.
pub(crate) struct Stems(Stemmer);

impl Stems {
    pub fn new() -> Self {
        Self(Stemmer::create(Algorithm::English))
    }

    /// All stems that forms of the folded `word` may have.
    pub fn of(&self, word: &str) -> BTreeSet<String> {
        let own = self.0.stem(word).into_owned();
        let mut stems = BTreeSet::from([own.clone()]);
        for group in JOINED {
            let joined = || group.iter().map(|w| self.0.stem(w).into_owned());
            if joined().any(|stem| stem == own) {
                stems.extend(joined());
            }
        }
        stems
    }

    /// Whether `form` is a form of a word with these stems.
    pub fn holds(&self, stems: &BTreeSet<String>, form: &str) -> bool {
        stems.contains(self.0.stem(form).as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_are_joined_also_irregular_ones() {
        let stems = Stems::new();
        let crisis = stems.of("crises");
        assert!(stems.holds(&crisis, "crisis") && stems.holds(&crisis, "crises"));
        let sanction = stems.of("sanctions");
        assert!(stems.holds(&sanction, "sanctioned") && !stems.holds(&sanction, "sanctity"));
        assert!(stems.holds(&stems.of("hegemony"), "hegemonic"));
    }
}
