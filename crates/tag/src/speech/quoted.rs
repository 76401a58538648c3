//! Whose target a speaker is, and whether what he is quoted with is what he is charged with.

use corpus::{Lang, Voice};

use crate::attribute::{self, TargetSpan};
use crate::voice::{self, Verdict};

/// The holder of what a state says for itself.
pub(super) fn state_name(country: &str) -> &str {
    match country {
        "CN" => "China",
        "KP" => "DPRK",
        other => other,
    }
}

/// The target that speaks, where the speaker is one.
pub(super) fn speaking_target(verdict: &Verdict, country: &str) -> Option<String> {
    let name = match verdict.voice {
        Voice::Own => state_name(country),
        Voice::Relayed => verdict.holder.as_deref().filter(|_| verdict.official)?,
        Voice::Question | Voice::None => return None,
    };
    let state = voice::STATES.iter().find(|(holder, _)| *holder == name);
    state.map(|(_, target)| (*target).to_owned())
}

/// The target of states that have none of their own.
pub(super) const OTHER: &str = "OTHER";

/// The target that an English sentence names where it names whose words it relays: NATO, which speaks
/// for the West.
pub(super) fn named_target(scene: &attribute::Scene<'_>, verdict: &Verdict) -> Option<String> {
    let named = verdict.named.filter(|_| scene.lang == Lang::En && verdict.official)?;
    let mut targets = scene.segment.targets.iter();
    targets.find(|target| overlap(named, (target.start, target.end))).map(|t| t.target.to_owned())
}

fn overlap(one: (usize, usize), other: (usize, usize)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// Whether an English blame of who is quoted rests on what he says of another: `Washington said that
/// Sylvania's overcapacity distorts the market`.
pub(super) fn is_said_of_another(
    scene: &attribute::Scene<'_>,
    verdict: &Verdict,
    blame: &attribute::Blame,
) -> bool {
    let named = verdict.named.filter(|_| scene.lang == Lang::En);
    let Some(breath) = named.and_then(|(_, end)| scene.segment.text.get(end..blame.cue.0)) else {
        return false;
    };
    let said = blame.cue.0 - breath.len();
    let mut targets = scene.segment.targets.iter();
    let Some(other) = targets.find(|t| t.start >= said && t.end <= blame.cue.0) else {
        return false;
    };
    let lead = breath[..other.start - said].trim_end_matches("the ").trim_end();
    let reports = [" that", " said", " says", " accused", " alleged", " claimed", " claims"];
    other.target != blame.target
        && !breath.contains([',', ';', ':'])
        && reports.iter().any(|verb| lead.ends_with(verb))
}

/// Whether a blame is of who is quoted where he is named, behind his name, and what he says is answered:
/// `Sylvania claims to bake, but it burns the bread`.
pub(super) fn is_said_of_himself(
    scene: &attribute::Scene<'_>,
    verdict: &Verdict,
    blame: &attribute::Blame,
) -> bool {
    let Some((start, end)) = verdict.named else { return false };
    let text = scene.segment.text;
    let is_another = |target: &TargetSpan<'_>| {
        target.target == blame.target && target.start >= end && target.end <= blame.cue.0
    };
    let is_answered =
        || [", but ", ", which ", ", yet "].iter().any(|but| text[end..].contains(but));
    overlap((start, end), blame.span)
        && blame.cue.0 >= end
        && !scene.segment.targets.iter().any(is_another)
        && is_answered()
}
