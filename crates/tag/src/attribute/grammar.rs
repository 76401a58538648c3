//! A grammar: the words by which a language tells who stands where, and which words of blame do not
//! count.
//!
//! The rules say where a word must stand and what follows from it; which words these are is the
//! codebook's, `grammar-<lang>.toml`, so that it can be read and mended without the rules. The
//! words are no terms: they are looked for letter by letter, beside a name or a word of blame and not by
//! themselves.

mod chinese;
mod common;
mod english;
mod korean;

use std::collections::BTreeMap;
use std::sync::Arc;

use corpus::Lang;

pub(super) use chinese::{Chinese, ChineseGuards, ChineseStanding};
pub(super) use common::{Crime, Demand, Nature};
pub(super) use english::{English, EnglishCompany, EnglishGuards, EnglishStandIn, EnglishStanding};
pub(super) use korean::{Korean, KoreanCompany, KoreanGuards, KoreanStanding};

use crate::words::{CURE, Words, lists};
use crate::{Codebook, Error, Result};

/// The grammar of one language. Copies share their words.
#[derive(Debug, Clone)]
pub(crate) enum Grammar {
    /// Of prepositions and the order of words.
    English(Arc<English>),
    /// Of the words right before and after a name.
    Chinese(Arc<Chinese>),
    /// Of particles.
    Korean(Arc<Korean>),
    /// The rules know none: everybody may be the culprit, and nobody is named in one breath.
    Unknown,
}

/// The grammars of a codebook.
#[derive(Debug, Clone)]
pub(crate) struct Grammars {
    by_lang: BTreeMap<Lang, Grammar>,
}

impl Grammars {
    /// Reads the `grammar-*.toml` of a codebook, which may have none.
    ///
    /// # Errors
    /// [`Error::Codebook`] naming the file and the list.
    pub(crate) fn new(codebook: &Codebook) -> Result<Self> {
        Ok(Self { by_lang: codebook.by_language("grammar-", read)? })
    }

    /// The grammar of a language, where the codebook has it.
    pub(crate) fn of(&self, lang: Lang) -> &Grammar {
        self.by_lang.get(&lang).unwrap_or(&Grammar::Unknown)
    }

    /// The grammar of a language in which the codebook has words that do not count without it.
    ///
    /// # Errors
    /// [`Error::Codebook`] where the rules know a grammar of that language and the codebook does not.
    pub(crate) fn needed(&self, codebook: &Codebook, lang: Lang) -> Result<&Grammar> {
        match self.of(lang) {
            Grammar::Unknown if matches!(lang, Lang::En | Lang::Zh | Lang::Ko) => {
                let path = format!("codebook/{}/grammar-{lang}.toml", codebook.name);
                let reason = "is missing: without it nothing tells who stands where in a sentence";
                Err(Error::codebook(path, format!("{reason}; {CURE}")))
            }
            grammar => Ok(grammar),
        }
    }
}

/// The grammar of a file, and its language.
fn read(path: &str, text: &str) -> Result<(Lang, Grammar)> {
    let mut table: toml::Table = text.parse().map_err(|e| Error::codebook(path, e))?;
    let lang = table.remove("lang");
    let lang = lang.as_ref().and_then(toml::Value::as_str).and_then(|lang| lang.parse().ok());
    match lang {
        Some(Lang::En) => Ok((Lang::En, Grammar::English(Arc::new(lists(path, table)?)))),
        Some(Lang::Zh) => Ok((Lang::Zh, Grammar::Chinese(Arc::new(lists(path, table)?)))),
        Some(Lang::Ko) => Ok((Lang::Ko, Grammar::Korean(Arc::new(lists(path, table)?)))),
        _ => Err(Error::codebook(
            path,
            "`lang`: write `en`, `zh` or `ko`, whose grammar the rules know",
        )),
    }
}
