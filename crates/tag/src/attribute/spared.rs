//! The spared: states and bodies that a publisher hardly ever charges.
//!
//! China names the UN, Russia and Ukraine, and who praises the DPRK names it, in sentences that
//! blame somebody else; nearly every cue beside them means the other one. So of them only the cue's
//! own grammatical place counts: the subject that opens the clause right before the cue, or the
//! object right after a denouncing one.

use corpus::{Lang, Voice};

use super::cues::{CueHit, Slot};
use super::standing::Standing;
use super::view::{Candidate, View};
use super::words::has_any;

/// Whether the publisher of the scene hardly ever charges `target` in that voice, as the codebook
/// says.
pub(super) fn is_spared(view: &View<'_>, target: &str) -> bool {
    view.publisher.is_some_and(|publisher| publisher.spares(target, view.scene.voice))
}

/// Whether `who` may fill the slot of the cue: one who is spared must stand in its very place.
pub(super) fn may_fill(view: &View<'_>, cue: &CueHit<'_>, slot: Slot, who: &Candidate<'_>) -> bool {
    !is_spared(view, who.target)
        || match slot {
            Slot::Subject => is_its_subject(view, cue, who),
            // Who is denounced without a name is whom the sentence is about.
            Slot::Object => who.target == "VEILED" || is_its_object(view, cue, who),
            _ => false,
        }
}

/// Whether somebody else made him do it: 由于个别国家阻挠，安理会迄未…, 俄方退出条约的直接原因，是美国….
fn is_explained(before: &str, after: &str) -> bool {
    let clause = after.split(['，', '。', '；', ',', '.']).next().unwrap_or_default();
    has_any(before, &["由于", "因为", "Because of", "because of", "Due to", " due to"])
        || (clause.ends_with("原因") && !clause.contains('是'))
}

/// What he says himself is no charge against him: 俄方称这是虚假消息.
const SAYING: [char; 2] = ['称', '说'];

/// Who opens the clause, in which the cue follows at once.
fn is_its_subject(view: &View<'_>, cue: &CueHit<'_>, who: &Candidate<'_>) -> bool {
    let text = view.scene.segment.text;
    let opening = text.get(view.clause_start(who.start)..who.start).unwrap_or_default();
    let opening = opening.rsplit([',', '，', '；', '：']).next().unwrap_or_default().trim();
    who.standing == Standing::Free
        && matches!(opening, "" | "The" | "the" | "但" | "而")
        && !text[who.end..].starts_with(SAYING)
        && !is_explained(&text[..who.start], &text[cue.end..])
        && is_beside(text, who.end, cue.start, view.scene.lang)
}

/// What a denouncing cue is about, right beside it.
fn is_its_object(view: &View<'_>, cue: &CueHit<'_>, who: &Candidate<'_>) -> bool {
    let (from, to) = match view.scene.lang {
        Lang::Ko => (who.end, cue.start),
        _ => (cue.end, who.start),
    };
    // `the drill kicked off against the Soviet Union` is somebody's deed, not a charge.
    let charges = !view.scene.segment.text[cue.start..].starts_with("against");
    cue.entry.is_denunciation()
        && charges
        && is_beside(view.scene.segment.text, from, to, view.scene.lang)
        && !another_denounces(view, cue)
}

/// Whether in the publisher's own words the last one named before the cue is a state that he does
/// charge: 美方没有回应，而是一再指责俄方.
fn another_denounces(view: &View<'_>, cue: &CueHit<'_>) -> bool {
    if view.scene.voice != Voice::Own {
        return false;
    }
    let last = view.candidates.iter().filter(|c| c.end <= cue.start).max_by_key(|c| c.end);
    last.is_some_and(|c| !c.own && !is_spared(view, c.target))
}

/// Whether the words between two places are so few that they belong together.
fn is_beside(text: &str, from: usize, to: usize, lang: Lang) -> bool {
    let Some(between) = text.get(from..to) else { return false };
    let few = match lang {
        Lang::En => between.split_whitespace().count() <= 2,
        Lang::Zh => between.chars().count() <= 4,
        _ => between.chars().count() <= 10,
    };
    let parted = [",", "，", "、", "；", "《", " of ", "没有"];
    few && !between.starts_with(['의', '的']) && !has_any(between, &parted)
}
