//! A claim of another that is rejected: refuting it blames nobody.

use super::Outcome::Refused;
use super::{Outcome, chinese, english, korean};
use crate::attribute::words::{ends_with_any, has_any, starts_with_any};

/// What becomes of such a cue. Each language has its own place for the guard that says so.
const REJECTED: Outcome = Refused("another's accusation, rejected");

/// The guard of English.
pub(super) const IN_ENGLISH: english::Guard = (REJECTED, is_rejected_in_english);

/// The guard of Chinese.
pub(super) const IN_CHINESE: chinese::Guard = (REJECTED, is_chinese_accusation);

/// The guard of Korean.
pub(super) const IN_KOREAN: korean::Guard = (REJECTED, is_rejected_in_korean);

/// Whether an English cue is an accusation that is rejected, the rejecting of one, or what it said.
fn is_rejected_in_english(place: &english::Place<'_, '_>) -> bool {
    is_english_accusation(place) || is_english_rejecting(place) || is_in_an_english_claim(place)
}

/// The same of a Korean cue.
fn is_rejected_in_korean(place: &korean::Place<'_, '_>) -> bool {
    is_korean_accusation(place) || is_korean_rejecting(place) || is_in_a_korean_claim(place)
}

/// Whether the cue is an accusation that is then rejected: 서방의 비난을 배격하였다.
fn is_korean_accusation(place: &korean::Place<'_, '_>) -> bool {
    ["비난", "비방"].contains(&place.cue)
        && (starts_with_any(place.after, KO_REJECTED_AT_ONCE)
            || has_any(place.after, KO_REJECTED_SOON))
}

/// What follows an accusation that is rejected at once.
const KO_REJECTED_AT_ONCE: &[&str] =
    &["을 배격", "을 반박", "을 일축", "을 부인", "을 부정", "을 전면"];

/// What follows somewhere after one.
const KO_REJECTED_SOON: &[&str] = &["일축하", "배격하", "반박하", "부인하"];

/// Whether the cue is an accusation that is rejected before it: 驳斥美方的指责.
fn is_chinese_accusation(place: &chinese::Place<'_, '_>) -> bool {
    ["指责", "批评"].contains(&place.cue)
        && has_any(place.near, &["否认", "驳斥", "反驳", "驳回", "拒绝接受"])
}

/// Whether the cue is the rejecting of a claim: 미국의 주장을 배격하였다.
fn is_korean_rejecting(place: &korean::Place<'_, '_>) -> bool {
    let claims = ["비난을 ", "비방을 ", "주장을 ", "혐의를 ", "모함을 "];
    place.cue == "배격" && ends_with_any(place.near, &claims)
}

/// Whether the cue is an accusation that is rejected before it: `rejects the accusation`.
fn is_english_accusation(place: &english::Place<'_, '_>) -> bool {
    let near = place.near.to_ascii_lowercase();
    starts_with_any(&place.cue.to_ascii_lowercase(), &["accus", "alleg", "charge"])
        && (has_any(&near, REFUTING) || near.contains("deny"))
}

/// Whether the cue is the rejecting of a claim: `rejected the allegation`.
fn is_english_rejecting(place: &english::Place<'_, '_>) -> bool {
    let claims = ["accusation", "allegation", "criticism", "warning", "assertion", "claim"];
    starts_with_any(&place.cue.to_ascii_lowercase(), &["reject", "deny"])
        && has_any(&place.after.to_ascii_lowercase(), &claims)
}

/// Whether the cue is what a rejected claim says: 로씨야가 정세를 불안정하게 한다는 서방의 비난을 배격하였다.
fn is_in_a_korean_claim(place: &korean::Place<'_, '_>) -> bool {
    let sentence = place.rest.split(". ").next().unwrap_or(place.rest);
    let behind = |claim: &&str| sentence.find(*claim).map(|at| &sentence[at + claim.len()..]);
    let is_rejected =
        |behind: &str| starts_with_any(behind, &["을 ", "를 "]) && has_any(behind, KO_REJECTING);
    sentence.contains("다는 ") && KO_CLAIMS.iter().filter_map(behind).any(is_rejected)
}

/// Words for a claim that is another's.
const KO_CLAIMS: &[&str] = &["비난", "비방", "주장", "모함", "혐의", "여론"];

/// Verbs of rejecting one.
const KO_REJECTING: &[&str] = &["배격", "일축", "반박", "부인"];

/// Whether the cue is what a rejected claim says: `rejected the allegation that it is fuelling the
/// war`.
fn is_in_an_english_claim(place: &english::Place<'_, '_>) -> bool {
    let before = place.before.to_ascii_lowercase();
    let verbs = REFUTING.iter().chain(&["deny ", "denying "]);
    let Some(rejected) = verbs.filter_map(|verb| before.rfind(verb)).max() else { return false };
    let refuted = &before[rejected..];
    let said = EN_CLAIMS.iter().filter_map(|claim| refuted.find(claim)).min();
    said.is_some_and(|said| refuted[said..].contains(" that "))
}

/// Words for a claim that is another's.
const EN_CLAIMS: &[&str] =
    &["accusation", "allegation", "claim", "charge", "assertion", "suggestion"];

/// Verbs of refuting by their stems. `deny` stands where they are used, since `denying` is one
/// before an accusation only.
const REFUTING: &[&str] = &["reject", "refut", "dismiss", "denied", "denies", "rebut", "rebuff"];
