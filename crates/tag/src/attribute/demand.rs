//! Demands: 敦促美方停止…, `the US should stop ...`. They condemn only where they take a wrong for
//! granted; a request without that blames nobody.

use corpus::{BlameKind, Voice};

use super::cues::Slot;
use super::rules::Lexicon;
use super::scene::Blame;
use super::slots::View;
use super::standing::Standing;

/// Whom a demand of the segment condemns.
pub(super) fn demanded(lexicon: &Lexicon, view: &View<'_>) -> Vec<Blame> {
    if view.scene.voice == Voice::Question {
        return Vec::new();
    }
    let words = lexicon.demands_in(view.scene.segment.text, view.scene.lang);
    let Some(verb) = words.iter().find(|(is_verb, ..)| *is_verb) else { return Vec::new() };
    let mut found = Vec::new();
    for (_, start, end) in words.iter().filter(|(is_verb, ..)| !is_verb) {
        let addressee =
            view.candidates.iter().rev().find(|c| c.end <= *start && c.standing != Standing::Aside);
        let Some(addressee) = addressee.filter(|c| !c.own) else { continue };
        for who in view.group(addressee) {
            found.push(Blame {
                target: who.target.to_owned(),
                kind: BlameKind::Condemn,
                rule: "demand".to_owned(),
                slot: Slot::Subject,
                cue: (*start.min(&verb.1), *end),
                span: (who.start, who.end),
            });
        }
    }
    found
}
