//! An explanation: why each rule did or did not fire on a segment, the nearest failing condition
//! included.

use corpus::Voice;

use super::rules::Rules;
use super::scene::Scene;
use super::slots::{View, fill};
use super::standing::Standing;
use super::{antecedent, demand, guards};

/// What became of one rule on a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Family and cue, `slot:smear`, `demand`, `antecedent`, `target`.
    pub rule: String,
    /// The bytes in the segment that the rule looked at, where it looked at words.
    pub span: Option<(usize, usize)>,
    /// The targets that it blames; empty where it did not fire.
    pub targets: Vec<String>,
    /// What it found, or the condition that failed.
    pub reason: String,
}

/// Every target with its standing, every cue with what became of it, and the other families.
pub fn explain(rules: &Rules, scene: &Scene<'_>) -> Vec<Trace> {
    let trace = |rule: &str, reason: &str| Trace {
        rule: rule.to_owned(),
        span: None,
        targets: Vec::new(),
        reason: reason.to_owned(),
    };
    let Some(lexicon) = rules.lexicon(scene.lang) else {
        return vec![trace("slot", "there are no cues in this language")];
    };
    if scene.voice == Voice::None {
        return vec![trace("slot", "the segment claims nothing: its voice is none")];
    }
    let view = View::new(scene);
    let mut traces: Vec<Trace> = view.candidates.iter().map(standing_trace).collect();
    let mut fired = false;
    for cue in lexicon.cues_in(scene.segment.text, scene.lang) {
        let refusal = guards::refusal(&view, &cue);
        let blames = if refusal.is_none() { fill(&view, &cue) } else { Vec::new() };
        fired |= !blames.is_empty();
        let reason = match (refusal, blames.first()) {
            (Some(refusal), _) => format!("the cue is {refusal}"),
            (None, Some(blame)) => format!("fills the slot {}", blame.slot.name()),
            (None, None) => unfilled(&view),
        };
        traces.push(Trace {
            rule: format!("slot:{}", cue.entry.id),
            span: Some((cue.start, cue.end)),
            targets: blames.into_iter().map(|blame| blame.target).collect(),
            reason,
        });
    }
    let demands = demand::demanded(lexicon, &view);
    fired |= !demands.is_empty();
    let mut found = trace("demand", "no demand of a target takes a wrong for granted");
    if let Some(first) = demands.first() {
        found.span = Some(first.cue);
        found.reason = "a demand that takes a wrong for granted".to_owned();
        found.targets = demands.into_iter().map(|blame| blame.target).collect();
    }
    traces.push(found);
    let mut found = trace("antecedent", "another rule has fired");
    if !fired {
        let carried = antecedent::carried(lexicon, &view);
        found.reason = match carried.first() {
            Some(_) => "goes on about a target named before".to_owned(),
            None => "a possible culprit is named here, or none before, or no cue".to_owned(),
        };
        found.targets = carried.into_iter().map(|blame| blame.target).collect();
    }
    traces.push(found);
    traces
}

fn standing_trace(candidate: &super::slots::Candidate<'_>) -> Trace {
    let reason = match (candidate.own, candidate.standing) {
        (true, _) => "the speaker himself",
        (false, Standing::Free) => "may be the culprit where it stands",
        (false, Standing::Object) => "is acted upon: only a cue of condemning can mean it",
        (false, Standing::Governed) => "a partner, place or aim: only what is his can be blamed",
        (false, Standing::Aside) => "a place, partner, people, quoted name or aim of hostility",
    };
    Trace {
        rule: format!("target:{}", if candidate.own { "speaker" } else { candidate.target }),
        span: Some((candidate.start, candidate.end)),
        targets: Vec::new(),
        reason: reason.to_owned(),
    }
}

/// Why no slot of a cue that counts is filled.
fn unfilled(view: &View<'_>) -> String {
    let others = || view.candidates.iter().filter(|c| !c.own);
    let reason = match () {
        () if others().next().is_none() => "no target is named in the segment",
        () if others().all(|c| c.standing.is_aside()) => "every target stands aside",
        () if view.scene.voice == Voice::Question => "in a question only an object is blamed",
        () => "no target stands in a slot of the cue, or the speaker is its subject",
    };
    reason.to_owned()
}
