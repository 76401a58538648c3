//! What takes back a Korean cue: the words after it, since a Korean sentence says at its end what
//! becomes of a wrong.

use super::Outcome::{Counts, Refused};
use super::{Outcome, first, rejected};
use crate::attribute::grammar::KoreanGuards;
use crate::attribute::words::{ends_with_any, has_any, left, right, starts_with_any};

/// The place of a Korean cue.
pub(super) type Place<'p, 's> = super::Place<'p, 's, KoreanGuards>;

/// A guard of Korean.
pub(super) type Guard = super::Guard<KoreanGuards>;

/// What becomes of a Korean cue. Some editors set the wide space, and a cue may end before a space:
/// the guards read `near`, `after` and `rest` with the usual one, and `after` without it in front.
pub(super) fn outcome(place: &Place<'_, '_>) -> Option<Outcome> {
    let words = [place.near, place.after, place.rest];
    let [near, after, rest] = words.map(|words| words.replace('\u{3000}', " "));
    let after = after.trim_start();
    first(GUARDS, &Place { near: &near, after, rest: &rest, ..*place })
}

/// The guards of Korean.
const GUARDS: &[Guard] = &[
    rejected::IN_KOREAN,
    (Refused("overcome"), is_overcome),
    (Refused("overcome"), is_fought),
    (Refused("overcome"), is_defended_from),
    (Refused("overcome"), is_rejected_in_principle),
    (Refused("in a greeting"), is_greeting),
    (Refused("background"), is_surrounding),
    (Refused("hypothetical"), is_supposed),
    (Refused("hypothetical"), is_whatever),
    (Refused("hypothetical"), is_ruled_out),
    (Refused("negated"), has_failed),
    (Counts, is_going_on),
    (Refused("negated"), is_denied),
];

/// Whether the wrong is prevented, endured or past: 봉쇄에도 불구하고, 핵전쟁을 방지하고.
fn is_overcome(place: &Place<'_, '_>) -> bool {
    place.words.overcome.occur_in(&clause(place.after))
}

/// Whether the wrong is met and beaten, and nobody is called on to do so: 책동을 짓부시고 승리하였다.
fn is_fought(place: &Place<'_, '_>) -> bool {
    let clause = clause(place.after);
    let is_resisted = has_any(&clause, &["을 반대하", "를 반대하"]) && has_any(&clause, STRUGGLING);
    (is_resisted || place.words.fought.occur_in(&clause)) && !is_called_for(place)
}

/// Words of a struggle against a wrong.
const STRUGGLING: &[&str] = &["투쟁", "싸우", "싸움", "항쟁", "떨쳐"];

/// Whether the sentence calls on somebody to fight the wrong: who calls for that condemns it, who
/// tells that it was beaten praises himself.
fn is_called_for(place: &Place<'_, '_>) -> bool {
    let sentence = sentence(place.rest);
    // 짓부시지 않고서는 지킬수 없다: what must be, too.
    has_any(sentence, &["지 않고서는", "지 않는 한"])
        || place.words.calling.end(sentence.trim_end_matches(['.', '!', ' ', '》', '"']))
}

/// Whether the wrong is what somebody guards against: 침략으로부터 나라를 보위하며.
fn is_defended_from(place: &Place<'_, '_>) -> bool {
    starts_with_any(place.after, &["으로부터", "로부터", "에서 구원"])
        && place.words.guarding.occur_in(&clause(place.after))
}

/// Whether it is rejected in principle: 외세의 간섭을 배격하고.
fn is_rejected_in_principle(place: &Place<'_, '_>) -> bool {
    starts_with_any(place.after, &["을 배격하고", "를 배격하고"])
}

/// Whether the sentence ends by greeting those who suffer or fight the wrong: …에게 뜨거운 인사를 보냅니다.
fn is_greeting(place: &Place<'_, '_>) -> bool {
    let sentence = sentence(place.rest);
    let end = left(sentence, sentence.len(), GREETING_REACH);
    place.words.greetings.occur_in(end) && place.words.sending.occur_in(end)
}

/// How far before the end of a sentence its greeting begins, in characters.
const GREETING_REACH: usize = 16;

/// Whether the wrong only is what surrounds something else: 포위속에서 사회주의를 지키고, 통치밑에서.
fn is_surrounding(place: &Place<'_, '_>) -> bool {
    let places = ["속에서", "하에서", "밑에서", "의 포위속", "의 철쇄밑", "하에 있는", "밑에 있는"];
    starts_with_any(place.after, &places)
}

/// Whether the wrong is only supposed: 덤벼든다면. That somebody goes on with it takes it for granted:
/// 전쟁을 계속한다면.
fn is_supposed(place: &Place<'_, '_>) -> bool {
    let clause = clause(place.after);
    let goes_on = has_any(&clause, &["계속한다면", "계속된다면"])
        || clause.contains("계속 ") && has_any(&clause, &["다면", "는 경우"]);
    let near = place.near.replace("그렇다면", "").replace("경우에도", "");
    let at_once = right(place.after, 0, SUPPOSED_REACH);
    !goes_on
        && (has_any(&near, &["는 경우", "다면 "])
            || has_any(at_once, &["는 경우", "다면"])
            || has_any(&clause, CONDITIONS))
}

/// How far after the cue it is supposed by any verb, in characters.
const SUPPOSED_REACH: usize = 8;

/// Endings of verbs that suppose it also farther on in the clause.
const CONDITIONS: &[&str] = &["든다면", "한다면", "킨다면", "운다면", "낸다면", "린다면", "른다면"];

/// Whether no such wrong avails: 어떠한 발악으로써도 감당하지 못할것이다, 그 어떤 책동도 우리를 꺾을수 없다.
fn is_whatever(place: &Place<'_, '_>) -> bool {
    ends_with_any(place.near, &["어떠한 ", "그 어떤 ", "그어떤 ", "아무리 "])
        && has_any(sentence(place.rest), &["못할", "못한", "수 없", "수없"])
}

/// Whether whatever somebody did is ruled out by what something is: 그 어떤 외세의 간섭도 허용하지 않는 내정이다.
fn is_ruled_out(place: &Place<'_, '_>) -> bool {
    let soon = right(place.after, 0, RULED_OUT_REACH);
    let verbs = ["허용하지 않는 ", "용납하지 않는 ", "허용할수 없는 ", "용납할수 없는 "];
    let is_said = starts_with_any(place.after, &["는 "]) && ends_with_any(place.cue, &["지 않"]);
    has_any(place.near, &["어떠한 ", "그 어떤 ", "그어떤 "]) && (is_said || has_any(soon, &verbs))
}

/// How far after the cue it is ruled out, in characters.
const RULED_OUT_REACH: usize = 14;

/// Whether what failed was not done: 전쟁을 일으키지 못하였다.
fn has_failed(place: &Place<'_, '_>) -> bool {
    let (verb, tail) = place.after.split_once(' ').unwrap_or((place.after, ""));
    has_any(verb, &["지못하였", "지못했"])
        || verb.ends_with('지') && starts_with_any(tail, &["못하였", "못했"])
}

/// Whether it goes on, which denies nothing: 침략적본성은 변하지 않는다.
fn is_going_on(place: &Place<'_, '_>) -> bool {
    place.words.going_on.occur_in(place.after)
}

/// Whether the wrong is denied, forbidden or only said not to be: 침략이 아니라. In 념원을 외면하고
/// 민족자주가 아니라… what is joined on is denied, and not the wrong itself; 용납하지 않는다 condemns it.
fn is_denied(place: &Place<'_, '_>) -> bool {
    let soon = right(place.after, 0, DENIED_REACH);
    let joined = JOINING.iter().filter_map(|ending| soon.find(&format!("{ending} "))).min();
    let own = joined.map_or(soon, |at| &soon[..at]);
    !ends_with_any(place.cue, JOINING)
        && place.words.denied.occur_in(own)
        && !place.words.not_suffered.occur_in(soon)
}

/// How far after the cue its denial ends, in characters.
const DENIED_REACH: usize = 14;

/// Endings that join on what is said of something else.
const JOINING: &[&str] = &["하고", "하며", "하면서"];

/// What follows the cue in its clause, without what only looks like a word of overcoming: 봉쇄속에서도
/// is background, 봉쇄를 감행하는 속에서도 says that somebody does it; 가로막고 is no 막고.
///
/// A comma behind a verb ends a clause, one in a list does not (반공화국, 반사회주의 소동을 짓부시고).
fn clause(after: &str) -> String {
    let verbal = ['고', '며', '서', '나', '데', '만', '여', '니', '면', '다', '록', '자'];
    let mut words = String::new();
    for c in after.chars() {
        // 부추길것이 아니라 완화하여야 한다: what ought to be is another clause.
        if c == '.' || (c == ',' && words.ends_with(verbal)) || words.ends_with("아니라") {
            break;
        }
        words.push(c);
    }
    words.replace("는 속에서도", "").replace("가로막", "")
}

/// What is left of the sentence.
fn sentence(rest: &str) -> &str {
    rest.split(". ").next().unwrap_or(rest)
}
