//! Twins: the same statement in another language, to be read beside a hit.

use std::collections::BTreeMap;

use corpus::{Corpus, Lang, Link, LinkKind, partition};
use serde::Serialize;

use crate::{Hit, Index, Result};

/// Which statements are twins of which.
#[derive(Debug, Clone, Default)]
pub struct Twins(BTreeMap<String, Vec<String>>);

/// What the twin of a hit says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TwinText {
    /// Statement id.
    pub statement: String,
    /// Its language.
    pub lang: Lang,
    /// Its title.
    pub title: Option<String>,
    /// The turn of the hit's number, where both have as many turns; else the whole text.
    pub text: String,
}

impl Twins {
    /// Reads the corpus's links; a corpus without links has no twins.
    ///
    /// # Errors
    /// Where the links cannot be read.
    pub fn load(corpus: &Corpus) -> Result<Self> {
        let path = corpus.links();
        let links: Vec<Link> = if path.is_file() { partition::read(&path)? } else { Vec::new() };
        let mut twins: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for link in links.into_iter().filter(|link| link.kind == LinkKind::Twin) {
            twins.entry(link.a.clone()).or_default().push(link.b.clone());
            twins.entry(link.b).or_default().push(link.a);
        }
        Ok(Self(twins))
    }

    /// What the twins of `hit` say, in the order of their ids.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn beside(&self, hit: &Hit, index: &Index) -> Result<Vec<TwinText>> {
        let Some(ids) = self.0.get(&hit.statement) else { return Ok(Vec::new()) };
        let turns = index.statement(&hit.statement)?.len();
        let mut found = Vec::new();
        for id in ids {
            let twin = index.statement(id)?;
            let Some((head, _)) = twin.first() else { continue };
            let same = twin.iter().find(|(other, _)| other.turn == hit.turn);
            let text = match same {
                Some((_, text)) if twin.len() == turns => text.clone(),
                _ => twin.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n"),
            };
            found.push(TwinText {
                statement: id.clone(),
                lang: head.lang,
                title: head.title.clone(),
                text,
            });
        }
        found.sort_by(|a, b| a.statement.cmp(&b.statement));
        Ok(found)
    }
}
