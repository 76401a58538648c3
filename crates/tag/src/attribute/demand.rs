//! Demands: 敦促美方停止…, `the US should stop ...`. They condemn only where they take a wrong for
//! granted; a request without that blames nobody.

use corpus::{BlameKind, Lang, Voice};

use super::cues::Slot;
use super::rules::Lexicon;
use super::scene::Blame;
use super::slots::{Candidate, View};
use super::standing::Standing;

/// How far after its verb the addressee of a demand begins, in bytes: 敦促 美方, `urge the US`.
const ADDRESS: usize = 24;

/// How far from the beginning of the segment one who is no usual culprit is addressed, in bytes.
const LEADING: usize = 24;

/// Whom a demand of the segment condemns.
pub(super) fn demanded(lexicon: &Lexicon, view: &View<'_>) -> Vec<Blame> {
    if view.scene.voice == Voice::Question {
        return Vec::new();
    }
    let words = lexicon.demands_in(view.scene.segment.text, view.scene.lang);
    let mut found = Vec::new();
    for (_, start, end) in words.iter().filter(|(is_verb, ..)| *is_verb) {
        let wrong = words
            .iter()
            .find(|(is_verb, from, _)| !is_verb && (view.scene.lang == Lang::Ko || from >= end));
        let Some(wrong) = wrong else { continue };
        let Some(addressee) = addressee(view, *start, *end) else { continue };
        for who in view.group(addressee) {
            found.push(Blame {
                target: who.target.to_owned(),
                kind: BlameKind::Condemn,
                rule: "demand".to_owned(),
                slot: Slot::Subject,
                cue: (*start.min(&wrong.1), *end.max(&wrong.2)),
                span: (who.start, who.end),
            });
        }
    }
    found
}

/// Why [`demanded`] gives nothing.
pub(super) fn obstacle(lexicon: &Lexicon, view: &View<'_>) -> &'static str {
    let words = lexicon.demands_in(view.scene.segment.text, view.scene.lang);
    let verbs = || words.iter().filter(|(is_verb, ..)| *is_verb);
    let takes_for_granted = |end: usize| {
        let after = |from: usize| view.scene.lang == Lang::Ko || from >= end;
        words.iter().any(|(is_verb, from, _)| !is_verb && after(*from))
    };
    if view.scene.voice == Voice::Question {
        "a question demands nothing"
    } else if verbs().next().is_none() {
        "no verb of demanding stands in the segment"
    } else if !verbs().any(|(_, _, end)| takes_for_granted(*end)) {
        "what is demanded takes no wrong for granted"
    } else {
        "the demand is addressed to no target"
    }
}

/// Whom the verb at `start..end` addresses: who stands right after it, else before it as its
/// subject; nobody where the speaker demands it of himself.
fn addressee<'a, 's>(view: &'a View<'s>, start: usize, end: usize) -> Option<&'a Candidate<'s>> {
    let stands = |c: &&Candidate<'s>| !c.standing.is_aside();
    let after = view
        .candidates
        .iter()
        .filter(stands)
        .find(|c| c.start >= end && c.start <= end + ADDRESS && view.scene.lang != Lang::Ko);
    let before = view.candidates.iter().rev().filter(stands).find(|c| c.end <= start);
    let leads = |c: &Candidate<'s>| c.standing == Standing::Free && c.start <= LEADING;
    after.filter(|c| !c.own).or(before.filter(|c| !c.own && (view.is_usual(c.target) || leads(c))))
}
