//! What a study names against what there is: a misspelt code, topic or source is found nowhere, and
//! that is no absence.

use std::collections::BTreeSet;

use corpus::source::Sources;

use super::Study;
use crate::Code;

impl Study {
    /// What the study names that the codebook does not have, a sentence each. Without codes
    /// all is taken as known.
    pub fn unknown_codes(&self, codes: &[Code]) -> Vec<String> {
        if codes.is_empty() {
            return Vec::new();
        }
        let is_code = |code: &str| codes.iter().any(|known| known.code == entry(code));
        let is_family = |family: &str| {
            codes.iter().any(|known| known.code.split(':').next() == Some(family))
                || family == "blame"
        };
        let is_topic = |topic: &str| is_code(&format!("topic:{topic}"));
        let estimands = || self.claims.iter().map(|claim| &claim.estimand);
        let against = self.claims.iter().filter_map(|c| c.against.as_ref()?.codes.as_ref());
        let window = self.window.iter().flat_map(|window| &window.codes);
        let collocates = self.words.iter().flat_map(|words| &words.collocates);
        let lists = [&self.codes, &self.substitutes, &self.prompts, &self.refusals];
        let asked = lists.into_iter().flatten().chain(window).chain(collocates);
        let asked = asked.chain(estimands().flat_map(|e| e.codes.iter().chain(&e.given)));
        let asked: BTreeSet<&String> = asked.chain(against.flatten()).collect();
        let missing = asked.into_iter().filter(|code| !is_code(code) && !is_family(code));
        let mut unknown: Vec<String> =
            missing.map(|code| format!("the codebook has no entry `{code}`")).collect();
        let topics = self.topic.iter().chain(estimands().filter_map(|e| e.topic.as_ref()));
        let topics: BTreeSet<&String> = topics.filter(|topic| !is_topic(topic)).collect();
        unknown.extend(topics.iter().map(|t| format!("the codebook has no topic `{t}`")));
        let holders: BTreeSet<&String> = estimands()
            .filter_map(|e| e.holder.as_ref())
            .filter(|h| !is_code(&holder(h)))
            .collect();
        unknown.extend(holders.iter().map(|h| format!("the codebook names no holder `{h}`")));
        unknown
    }

    /// Sources and states that the study names and no source file declares. Without sources all
    /// are taken as known.
    pub fn undeclared<'s>(&'s self, sources: &Sources) -> Vec<&'s str> {
        if sources.iter().next().is_none() {
            return Vec::new();
        }
        let sides = || self.sides.iter();
        let named = sides().flat_map(|s| s.sources.iter().chain(&s.without));
        let grouped = sides().flat_map(|s| &s.groups).flat_map(|g| &g.sources);
        let named: BTreeSet<&String> = named.chain(grouped).chain(&self.preference).collect();
        let mut unknown: Vec<&str> = named.into_iter().map(String::as_str).collect();
        unknown.retain(|id| !sources.iter().any(|s| s.id == *id));
        let states = sides().flat_map(|s| &s.countries).map(String::as_str);
        unknown.extend(states.filter(|state| !sources.iter().any(|s| s.country == **state)));
        unknown
    }
}

/// The entry of the codebook that a code is found by: blame is found of targets.
pub(crate) fn entry(code: &str) -> String {
    match code.strip_prefix("blame:") {
        Some(target) => format!("target:{target}"),
        None => code.to_owned(),
    }
}

/// The entry that a holder's name has among the codes.
pub(crate) fn holder(name: &str) -> String {
    format!("holder:{name}")
}
