//! An explanation: why each rule of blame did or did not fire on a segment, the nearest failing
//! condition included.

use corpus::Voice;

use super::cues::{CueHit, Slot};
use super::rules::Rules;
use super::scene::{Blame, Scene};
use super::slots::{Tried, fill, tried};
use super::standing::Standing;
use super::view::{Candidate, View};
use super::{Families, antecedent, attribute, beside, demand, filled, guards};
use crate::trace::Trace;

/// Every target with its standing, every cue with what became of each of its slots, and the other
/// families. What is blamed in the end is what [`attribute`] gives: of several blames of one
/// target the strongest, and the traces say which.
pub fn explain(rules: &Rules, scene: &Scene<'_>) -> Vec<Trace> {
    let Some(lexicon) = rules.lexicon(scene.lang) else {
        let reason = format!("the codebook has no cues of blame for `{}`", scene.lang);
        return vec![Trace::silent("slot", reason)];
    };
    if scene.voice == Voice::None {
        return vec![Trace::silent("slot", "the segment claims nothing: its voice is none")];
    }
    let view = View::new(lexicon, scene);
    let kept = attribute(rules, scene);
    let mut traces: Vec<Trace> = view.candidates.iter().map(standing_trace).collect();
    if traces.is_empty() {
        traces.push(Trace::silent("target", "the segment names nobody who can be blamed"));
    }
    let cues = view.cues();
    if cues.is_empty() {
        traces.push(Trace::silent("slot", "no cue of blame stands in the segment"));
    }
    for cue in cues {
        if let Some(refusal) = guards::refusal(&view, cue) {
            let rule = format!("slot:{}", cue.entry.id);
            let reason = format!("the cue is taken back: {refusal}");
            traces.push(Trace::at(rule, (cue.start, cue.end), reason));
            continue;
        }
        if view.candidates.iter().all(|c| c.own) {
            let rule = format!("slot:{}", cue.entry.id);
            let reason = "no target is named in the segment";
            traces.push(Trace::at(rule, (cue.start, cue.end), reason));
            continue;
        }
        let mut blames = fill(&view, cue);
        if cue.is_neutral && !blames.is_empty() {
            blames = beside(&filled(&view, false), blames);
            if blames.is_empty() {
                let rule = format!("slot:{}", cue.entry.id);
                let reason = "a word that a report uses as well: no cue of reproach charges him";
                traces.push(Trace::at(rule, (cue.start, cue.end), reason));
                continue;
            }
        }
        traces.extend(slot_traces(&view, cue, &blames, &kept));
    }
    let demands = demand::demanded(&view);
    traces.push(match demands.first() {
        Some(first) => {
            fired_trace("demand", first.cue, &demands, &kept, scene.segment.text, || {
                "a demand that takes a wrong for granted".to_owned()
            })
        }
        None => Trace::silent("demand", demand::obstacle(&view)),
    });
    let carried = Families::of(&view).carried;
    traces.push(match carried.as_deref() {
        None => Trace::silent("antecedent", "not tried: another rule has fired"),
        Some([]) => Trace::silent("antecedent", antecedent::obstacle(&view)),
        Some(blames @ [first, ..]) => {
            fired_trace(&first.rule, first.cue, blames, &kept, scene.segment.text, || {
                "goes on about who was named before".to_owned()
            })
        }
    });
    traces
}

/// What became of each slot of a cue that counts, in the order in which they are tried.
fn slot_traces(view: &View<'_>, cue: &CueHit<'_>, blames: &[Blame], kept: &[Blame]) -> Vec<Trace> {
    let mut traces = Vec::new();
    let span = (cue.start, cue.end);
    let text = view.scene.segment.text;
    let filled = blames.first().map(|blame| blame.slot);
    let fires = |slot: Slot| {
        let rule = format!("slot:{}/{}", cue.entry.id, slot.name());
        fired_trace(&rule, span, blames, kept, text, || {
            let words = blames.iter().map(|b| &text[b.span.0..b.span.1]);
            format!("filled by `{}`", words.collect::<Vec<_>>().join("`, `"))
        })
    };
    for slot in &cue.entry.slots {
        let rule = format!("slot:{}/{}", cue.entry.id, slot.name());
        if filled == Some(*slot) {
            traces.push(fires(*slot));
            return traces;
        }
        let tried = tried(view, cue, *slot);
        traces.push(Trace::at(rule, span, unfilled(view, &tried)));
        if matches!(tried, Tried::Himself) {
            return traces;
        }
    }
    // A cue without the slot may charge the only one who is named.
    traces.extend(filled.map(fires));
    traces
}

/// The trace of a rule that fired; it says which rule counts where it is not this one.
fn fired_trace(
    rule: &str,
    span: (usize, usize),
    blames: &[Blame],
    kept: &[Blame],
    text: &str,
    reason: impl FnOnce() -> String,
) -> Trace {
    let mut trace = Trace::at(rule, span, reason());
    for blame in blames {
        let same = |k: &&Blame| k.target == blame.target;
        match kept.iter().find(same) {
            Some(k) if k.rule == blame.rule && k.cue == blame.cue => {}
            Some(k) => trace.reason.push_str(&format!(
                "; of the blames of {} that by {} at `{}` counts, the surer or first one",
                blame.target,
                k.rule,
                text.get(k.cue.0..k.cue.1).unwrap_or_default()
            )),
            None => trace
                .reason
                .push_str(&format!("; `{}` stands for one who is named before", blame.target)),
        }
    }
    trace.targets = blames.iter().map(|blame| blame.target.clone()).collect();
    trace.targets.dedup();
    trace
}

fn standing_trace(candidate: &Candidate<'_>) -> Trace {
    let reason = match (candidate.own, candidate.standing) {
        (true, _) => "the speaker himself: nobody blames himself",
        (false, Standing::Free) => "may be the culprit where it stands",
        (false, Standing::Object) => "is acted upon: only a cue of condemning can mean it",
        (false, Standing::Governed) => "a partner, place or aim: only what is his can be blamed",
        (false, Standing::Aside) => {
            "set aside: a place, partner, people, quoted name or aim of hostility"
        }
    };
    let target = if candidate.target.is_empty() { "speaker" } else { candidate.target };
    Trace::at(format!("target:{target}"), (candidate.start, candidate.end), reason)
}

/// Why a slot of a cue that counts is not filled.
fn unfilled(view: &View<'_>, tried: &Tried<'_, '_>) -> &'static str {
    let others = || view.candidates.iter().filter(|c| !c.own);
    match tried {
        Tried::Empty(_) if others().all(|c| c.standing.is_aside()) => {
            "every target that is named is set aside"
        }
        Tried::Empty(reason) => reason,
        Tried::Himself => "the speaker is the subject of the cue: no other slot is tried",
        Tried::Filled(_) => "is filled",
    }
}
