//! Guards: what takes a cue back. A negated, overcome or general cue blames nobody, nor does what
//! nature does.

mod chinese;
mod english;
mod korean;

use corpus::Lang;

use super::cues::CueHit;
use super::nature::is_of_nature;
use super::view::{Candidate, View};
use super::words::{ends_with_any, has_any, left, right, starts_with_any};

/// Why the cue does not count, if it does not.
pub(super) fn refusal(view: &View<'_>, cue: &CueHit<'_>) -> Option<&'static str> {
    let text = view.scene.segment.text;
    let clause = view.clause_start(cue.start);
    let before = &text[clause..cue.start];
    let near = left(before, before.len(), 24);
    let words = &text[cue.start..cue.end];
    if cue.is_neutral && is_alone(view) {
        return Some("a word that a report uses as well, with no other cue in the segment");
    }
    if is_epithet(text, cue) {
        return Some("an epithet in passing");
    }
    let holds = |c: &Candidate<'_>| !c.own && c.start <= cue.start && cue.end <= c.end;
    if view.candidates.iter().any(holds) {
        return Some("a part of a name");
    }
    if is_of_nature(view, cue) {
        return Some("brought about by nature");
    }
    let in_place = match view.scene.lang {
        Lang::En => english::in_place(view, cue, before),
        Lang::Zh if chinese::is_refuting(words, near) => Some("a claim that is refuted"),
        _ => None,
    };
    if in_place.is_some() {
        return in_place;
    }
    // A Korean sentence says at its end what becomes of a wrong.
    let reach = if view.scene.lang == Lang::Ko { 60 } else { 30 };
    let after = right(text, cue.end, reach);
    if is_rejected(words, near, after) || is_in_a_rejected_claim(before, &text[cue.end..]) {
        return Some("another's accusation, rejected");
    }
    match view.scene.lang {
        Lang::En if english::is_to_be_undone(before, &text[cue.end..]) => None,
        Lang::En => {
            english::refusal(&before.to_lowercase(), &near.to_lowercase(), &after.to_lowercase())
        }
        Lang::Zh => chinese::refusal(view.scene.voice, near, words, after),
        Lang::Ko => korean::refusal(near, words, after, &text[cue.end..]),
        _ => None,
    }
}

/// Whether the cue is an accusation that is rejected (`서방의 비난을 배격`, `rejects the
/// accusation`), or the rejecting of one: refuting a claim blames nobody.
fn is_rejected(cue: &str, before: &str, after: &str) -> bool {
    let claims = ["비난을 ", "비방을 ", "주장을 ", "혐의를 ", "모함을 "];
    let rejects = ["을 배격", "을 반박", "을 일축", "을 부인", "을 부정", "을 전면"];
    let refuted = ["reject", "refut", "dismiss", "denied", "denies", "deny", "rebut", "rebuff"];
    let english = cue.to_ascii_lowercase();
    (["비난", "비방"].contains(&cue)
        && (rejects.iter().any(|r| after.starts_with(r))
            || has_any(after, &["일축하", "배격하", "반박하", "부인하"])))
        || (["指责", "指控", "批评"].contains(&cue)
            && has_any(before, &["否认", "驳斥", "反驳", "驳回", "拒绝接受"]))
        || (["배격", "반박", "일축"].contains(&cue) && ends_with_any(before, &claims))
        || (["accus", "alleg", "charge"].iter().any(|stem| english.starts_with(stem))
            && has_any(&before.to_ascii_lowercase(), &refuted))
        || (refuted.iter().any(|stem| english.starts_with(stem))
            && has_any(
                &after.to_ascii_lowercase(),
                &["accusation", "allegation", "criticism", "warning"],
            ))
}

/// Whether the cue is what a rejected claim says: 로씨야가 정세를 불안정하게 한다는 서방의 비난을 배격하였다, `rejected the
/// allegation that it is fuelling the war`.
fn is_in_a_rejected_claim(before: &str, after: &str) -> bool {
    let claims = ["비난", "비방", "주장", "모함", "혐의", "여론"];
    let rejects = ["배격", "일축", "반박", "부인"];
    let sentence = after.split(". ").next().unwrap_or(after);
    let korean = sentence.contains("다는 ")
        && claims.iter().filter_map(|claim| sentence.find(claim).map(|at| at + claim.len())).any(
            |at| {
                starts_with_any(&sentence[at..], &["을 ", "를 "])
                    && has_any(&sentence[at..], &rejects)
            },
        );
    let before = before.to_ascii_lowercase();
    let refuted = ["reject", "refut", "dismiss", "denied", "denies", "deny ", "rebuff", "rebut"];
    let claims = ["accusation", "allegation", "claim", "charge", "assertion", "suggestion"];
    let rejected = refuted.iter().filter_map(|verb| before.rfind(verb)).max();
    let english = rejected.is_some_and(|at| {
        let said = claims.iter().filter_map(|claim| before[at..].find(claim)).min();
        said.is_some_and(|said| before[at + said..].contains(" that "))
    });
    korean || english
}

/// Whether no cue of the segment that counts is more than a neutral word.
fn is_alone(view: &View<'_>) -> bool {
    !view.cues().iter().any(|cue| !cue.is_neutral && refusal(view, cue).is_none())
}

/// Whether the cue only calls somebody names (`the south Korean warmongers`), and does not say
/// that he is such.
fn is_epithet(text: &str, cue: &CueHit<'_>) -> bool {
    let names = [
        "invaders",
        "aggressors",
        "warmongers",
        "provocateurs",
        "imperialists",
        "warmonger",
        "aggressor",
    ];
    // `the aggression troops of the U.S.`
    let words = text[cue.start..cue.end].to_lowercase();
    let men = [" troops", " forces", " army", " soldiers"];
    if ["aggress", "invasion"].iter().any(|stem| words.starts_with(stem))
        && men.iter().any(|men| text[cue.end..].starts_with(men))
    {
        return true;
    }
    let before = left(text, cue.start, 24);
    let said = [" is ", " are ", " as ", " be ", " were ", " was ", " who "];
    names.contains(&text[cue.start..cue.end].to_lowercase().as_str()) && !has_any(before, &said)
}
