//! The rules' words: the cue files of all languages, parsed and compiled, each with its grammar.

use std::collections::BTreeMap;
use std::sync::Arc;

use corpus::Lang;
use corpus::pattern::{Hit, Matcher, Piece};
use serde::Deserialize;

use super::cues::{CueEntry, CueHit, Slot, is_near, matcher};
use super::grammar::{Grammar, Grammars};
use crate::codebook::Publisher;
use crate::{Codebook, Error, Result};

/// The words of attribution in every language that has them.
#[derive(Debug, Clone)]
pub struct Rules {
    lexicons: BTreeMap<Lang, Lexicon>,
    grammars: Grammars,
}

/// The words of one language.
#[derive(Debug, Clone)]
pub(crate) struct Lexicon {
    /// By which words it tells who stands where.
    pub(super) grammar: Grammar,
    publishers: Arc<[Publisher]>,
    cues: Vec<CueEntry>,
    /// What the entries of the matcher stand for.
    parts: Vec<Part>,
    /// One for all words, so that a text is gone through once.
    matcher: Matcher,
}

/// The words of attribution found in a text, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words<'l> {
    /// The cues of blame.
    pub cues: Vec<CueHit<'l>>,
    /// The words of demands.
    pub demands: Demands,
}

/// The words of demands found in a text, in order, with their bytes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Demands {
    /// Verbs of demanding.
    pub verbs: Vec<(usize, usize)>,
    /// What takes a wrong for granted.
    pub wrongs: Vec<(usize, usize)>,
}

/// What an entry of the matcher stands for; the numbers are places of cues.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// The terms of a cue.
    Whole(usize),
    /// Its neutral words.
    Neutral(usize),
    /// The first parts of a pair of a cue; the second parts are the entry after it.
    Head(usize),
    /// The second parts.
    Tail,
    /// The verbs of demanding.
    Demand,
    /// What takes a wrong for granted.
    Wrong,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CueFile {
    lang: Lang,
    cue: Vec<CueEntry>,
    demand: Demand,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Demand {
    verbs: Vec<String>,
    presuppose: Vec<String>,
}

impl Rules {
    /// Reads the `cues-*.toml` of a codebook, and the `grammar-*.toml` that they need.
    ///
    /// # Errors
    /// [`Error::Codebook`] naming the file; also where one of a grammar is missing.
    pub fn new(codebook: &Codebook) -> Result<Self> {
        let grammars = Grammars::new(codebook)?;
        let publishers: Arc<[Publisher]> = codebook.publishers.clone().into();
        let lexicons = codebook.by_language("cues-", |path, text| {
            let file: CueFile = toml::from_str(text).map_err(|e| Error::codebook(path, e))?;
            let grammar = grammars.needed(codebook, file.lang)?.clone();
            let lexicon = Lexicon::new(&file, grammar, publishers.clone());
            Ok((file.lang, lexicon.map_err(|reason| Error::codebook(path, reason))?))
        })?;
        Ok(Self { lexicons, grammars })
    }

    /// The grammars of the codebook.
    pub(crate) fn grammars(&self) -> &Grammars {
        &self.grammars
    }

    pub(crate) fn lexicon(&self, lang: Lang) -> Option<&Lexicon> {
        self.lexicons.get(&lang)
    }
}

impl Lexicon {
    fn new(
        file: &CueFile,
        grammar: Grammar,
        publishers: Arc<[Publisher]>,
    ) -> std::result::Result<Self, String> {
        if let Some(bare) =
            file.cue.iter().find(|cue| cue.definition.is_empty() || cue.not.is_empty())
        {
            return Err(format!("`{}`: a cue needs `definition` and `not`", bare.id));
        }
        let english = |slot: &Slot| matches!(slot, Slot::Possessor | Slot::Agent);
        let foreign = file.cue.iter().filter(|_| file.lang != Lang::En);
        if let Some(cue) = foreign.into_iter().find(|cue| cue.slots.iter().any(english)) {
            return Err(format!("`{}`: possessor and agent are slots of English only", cue.id));
        }
        let mut parts: Vec<Part> = Vec::new();
        let mut lists: Vec<(&[String], &[String])> = Vec::new();
        for (n, cue) in file.cue.iter().enumerate() {
            parts.push(Part::Whole(n));
            lists.push((&cue.terms, &cue.excludes));
            parts.push(Part::Neutral(n));
            lists.push((&cue.neutral, &cue.excludes));
            for pair in &cue.pairs {
                parts.extend([Part::Head(n), Part::Tail]);
                let excludes = cue.excludes.as_slice();
                lists.extend([(pair.head.as_slice(), excludes), (pair.tail.as_slice(), excludes)]);
            }
        }
        parts.extend([Part::Demand, Part::Wrong]);
        lists.extend([
            (file.demand.verbs.as_slice(), [].as_slice()),
            (&file.demand.presuppose, &[]),
        ]);
        let matcher = matcher(&lists, file.lang)?;
        Ok(Self { grammar, publishers, matcher, cues: file.cue.clone(), parts })
    }

    /// The publisher of a state, else the one of all others.
    pub(crate) fn publisher(&self, country: &str) -> Option<&Publisher> {
        Publisher::of(&self.publishers, country)
    }

    /// The words of a text.
    pub(crate) fn words_in(&self, text: Piece<'_>, lang: Lang) -> Words<'_> {
        let hits = self.matcher.find_in(text, lang);
        let tails: Vec<&Hit> =
            hits.iter().filter(|hit| matches!(self.parts[hit.entry], Part::Tail)).collect();
        let mut found = Words::default();
        for hit in &hits {
            let (cue, end) = match self.parts[hit.entry] {
                Part::Whole(cue) | Part::Neutral(cue) => (cue, Some(hit.end)),
                Part::Head(cue) => {
                    let mut own = tails.iter().filter(|tail| tail.entry == hit.entry + 1);
                    let tail = own.find(|tail| tail.start >= hit.end);
                    (
                        cue,
                        tail.filter(|tail| is_near(text.original(), hit.end, tail.start))
                            .map(|t| t.end),
                    )
                }
                Part::Tail => continue,
                Part::Demand => {
                    found.demands.verbs.push((hit.start, hit.end));
                    continue;
                }
                Part::Wrong => {
                    found.demands.wrongs.push((hit.start, hit.end));
                    continue;
                }
            };
            let entry = &self.cues[cue];
            let is_neutral = matches!(self.parts[hit.entry], Part::Neutral(_));
            found.cues.extend(end.map(|end| CueHit { entry, start: hit.start, end, is_neutral }));
        }
        found
    }
}
