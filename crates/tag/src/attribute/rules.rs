//! The rules' words: the cue files of all languages, parsed and compiled.

use std::collections::BTreeMap;

use corpus::Lang;
use corpus::pattern::Matcher;
use serde::Deserialize;

use super::cues::{CueEntry, CueHit, matcher};
use crate::{Codebook, Error, Result};

/// The words of attribution in every language that has them.
#[derive(Debug, Clone)]
pub struct Rules {
    lexicons: BTreeMap<Lang, Lexicon>,
}

/// The words of one language.
#[derive(Debug, Clone)]
pub(crate) struct Lexicon {
    cues: Vec<CueEntry>,
    cue_matcher: Matcher,
    /// Entry 0 the verbs of demanding, 1 what takes a wrong for granted, 2 the mild requests.
    demand_matcher: Matcher,
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
    /// Reads the `cues-*.toml` of a codebook.
    ///
    /// # Errors
    /// [`Error::Codebook`] naming the file.
    pub fn new(codebook: &Codebook) -> Result<Self> {
        let mut lexicons = BTreeMap::new();
        for (name, text) in codebook.files("cues-") {
            let path = format!("codebook/{}/{name}", codebook.name);
            let file: CueFile = toml::from_str(text).map_err(|e| Error::codebook(&path, e))?;
            let lexicon = Lexicon::new(&file).map_err(|reason| Error::codebook(&path, reason))?;
            lexicons.insert(file.lang, lexicon);
        }
        Ok(Self { lexicons })
    }

    pub(crate) fn lexicon(&self, lang: Lang) -> Option<&Lexicon> {
        self.lexicons.get(&lang)
    }
}

impl Lexicon {
    fn new(file: &CueFile) -> std::result::Result<Self, String> {
        if let Some(bare) =
            file.cue.iter().find(|cue| cue.definition.is_empty() || cue.not.is_empty())
        {
            return Err(format!("`{}`: a cue needs `definition` and `not`", bare.id));
        }
        let lists: Vec<&[String]> = file.cue.iter().map(|cue| cue.terms.as_slice()).collect();
        Ok(Self {
            cue_matcher: matcher(&lists, file.lang)?,
            demand_matcher: matcher(&[&file.demand.verbs, &file.demand.presuppose], file.lang)?,
            cues: file.cue.clone(),
        })
    }

    /// The cues of a text, in order.
    pub(crate) fn cues_in(&self, text: &str, lang: Lang) -> Vec<CueHit<'_>> {
        let hits = self.cue_matcher.find_all(text, lang);
        let found = hits.iter().map(|hit| CueHit {
            entry: &self.cues[hit.entry],
            start: hit.start,
            end: hit.end,
        });
        found.collect()
    }

    /// The words of demanding (`true`) and of presupposed wrong (`false`), in order.
    pub(crate) fn demands_in(&self, text: &str, lang: Lang) -> Vec<(bool, usize, usize)> {
        let hits = self.demand_matcher.find_all(text, lang);
        hits.iter().map(|hit| (hit.entry == 0, hit.start, hit.end)).collect()
    }
}
