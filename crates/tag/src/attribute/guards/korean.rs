//! What takes back a Korean cue: the words after it, since a Korean sentence says at its end what
//! becomes of a wrong.

use super::Outcome::{Counts, Refused};
use super::rejected::REJECTED;
use super::{Guard, Outcome, Place, first};
use crate::attribute::words::{ends_with_any, has_any, left, right, starts_with_any};

/// What becomes of a Korean cue. Some editors set the wide space, and a cue may end before a space:
/// the guards read `near`, `after` and `rest` with the usual one, and `after` without it in front.
pub(super) fn outcome(place: &Place<'_, '_>) -> Option<Outcome> {
    let evenly_spaced = || {
        let words = [place.near, place.after, place.rest];
        let [near, after, rest] = words.map(|words| words.replace('\u{3000}', " "));
        let after = after.trim_start();
        first(GUARDS, &Place { near: &near, after, rest: &rest, ..*place })
    };
    first(&[REJECTED], place).or_else(evenly_spaced)
}

/// The guards of Korean.
const GUARDS: &[Guard] = &[
    (Refused("overcome"), is_overcome),
    (Refused("overcome"), is_fought),
    (Refused("overcome"), is_defended_from),
    (Refused("overcome"), is_rejected_in_principle),
    (Refused("in a greeting"), is_greeting),
    (Refused("background"), is_surrounding),
    (Refused("hypothetical"), is_supposed),
    (Refused("hypothetical"), is_whatever),
    (Refused("negated"), has_failed),
    (Counts, is_going_on),
    (Refused("negated"), is_denied),
];

/// Whether the wrong is prevented, endured or past: 봉쇄에도 불구하고, 핵전쟁을 방지하고.
fn is_overcome(place: &Place<'_, '_>) -> bool {
    has_any(&clause(place.after), OVERCOME)
}

/// What follows a wrong that is prevented, endured or past.
const OVERCOME: &[&str] = &[
    "에 대처하여",
    "을 뚫고",
    "를 뚫고",
    "을 박차고",
    "종지부를 찍",
    "에 대응하기",
    "맥을 추지 못",
    "맥을 못 추",
    "극복",
    "튼튼히 보위",
    "막고",
    "막기",
    "방지",
    "제거",
    "완화",
    "정책을 버리고",
    "관념을 버리고",
    "못하게",
    "에도 불구하고",
    "속에서도",
    "굴하지 않",
    "굴함이 없",
    "에 편승",
    "할 수없게",
    "할수 없게",
    "할수없게",
    "조건에서도",
    "없앨수",
    "가시고",
    "가시기",
    "해소하고",
    "해소하기",
    "의 여독",
    "에서 벗어난",
    "에서 벗어나 자유",
    "에서 벗어나 독립",
    "에서 벗어 나 독립",
    "에서 벗어 나 민족",
    "에 커다란 타격",
    "에 심대한 타격",
    "에 결정적 타격",
    "에 결정적타격",
    "에 큰 타격",
];

/// Whether the wrong is met and beaten, and nobody is called on to do so: 책동을 짓부시고 승리하였다.
fn is_fought(place: &Place<'_, '_>) -> bool {
    let clause = clause(place.after);
    let is_resisted = has_any(&clause, &["을 반대하", "를 반대하"]) && has_any(&clause, STRUGGLING);
    (is_resisted || has_any(&clause, FOUGHT)) && !is_called_for(place.rest)
}

/// Words of a struggle against a wrong.
const STRUGGLING: &[&str] = &["투쟁", "싸우", "싸움", "항쟁", "떨쳐"];

/// What follows a wrong that is met and beaten.
const FOUGHT: &[&str] = &[
    "짓부시",
    "짓부셔",
    "짓부수",
    "물리치",
    "물리친",
    "쳐물리",
    "이겨내",
    "이겨낸",
    "타승",
    "분쇄",
    "격파",
    "참패를",
    "타도하",
    "에 맞서",
    "맞서 싸",
    "맞서 나",
    "맞받아",
    "끝장내",
    "저지파탄",
    "청산하",
    "반대하는 성스러운",
    "반대하는 거족적",
    "반대하여 영용",
    "반대하여 용감",
    "반대하는 투쟁",
    "반대하여 투쟁",
    "반대하여 싸우",
    "반대하여 떨쳐",
];

/// Whether the sentence calls on somebody to fight the wrong: who calls for that condemns it, who
/// tells that it was beaten praises himself.
fn is_called_for(rest: &str) -> bool {
    let sentence = sentence(rest);
    // 짓부시지 않고서는 지킬수 없다: what must be, too.
    has_any(sentence, &["지 않고서는", "지 않는 한"])
        || ends_with_any(sentence.trim_end_matches(['.', '!', ' ', '》', '"']), CALLING)
}

/// How a sentence ends that calls on somebody.
const CALLING: &[&str] = &[
    "야 한다",
    "야 합니다",
    "야 할것이다",
    "야 할것입니다",
    "야 하며",
    "야 할 것입니다",
    "야 할 것이다",
    "야 하겠습니다",
    "야 하겠다",
    "야한다",
    "야합니다",
    "갑시다",
    "칩시다",
    "할것이다",
    "할 것이다",
    "할것입니다",
    "할 것입니다",
    "갈것이다",
    "갈것입니다",
    "확신한다",
    "확신합니다",
];

/// Whether the wrong is what somebody guards against: 침략으로부터 나라를 보위하며.
fn is_defended_from(place: &Place<'_, '_>) -> bool {
    starts_with_any(place.after, &["으로부터", "로부터", "에서 구원"])
        && has_any(&clause(place.after), GUARDING)
}

/// Verbs of guarding.
const GUARDING: &[&str] =
    &["보위", "부위", "수호", "지키", "지켜", "지킬", "지킨", "보호", "방위", "구원"];

/// Whether it is rejected in principle: 외세의 간섭을 배격하고.
fn is_rejected_in_principle(place: &Place<'_, '_>) -> bool {
    starts_with_any(place.after, &["을 배격하고", "를 배격하고"])
}

/// Whether the sentence ends by greeting those who suffer or fight the wrong: …에게 뜨거운 인사를 보냅니다.
fn is_greeting(place: &Place<'_, '_>) -> bool {
    let sentence = sentence(place.rest);
    let end = left(sentence, sentence.len(), GREETING_REACH);
    has_any(end, GREETINGS) && has_any(end, SENDING)
}

/// How far before the end of a sentence its greeting begins, in characters.
const GREETING_REACH: usize = 16;

/// What is sent to them.
const GREETINGS: &[&str] =
    &["인사를 ", "축하를 ", "경의를 ", "감사를 ", "위문을 ", "성원을 ", "격려를 "];

/// Verbs of sending it.
const SENDING: &[&str] = &["보냅", "보낸", "보내", "드립", "드린", "표합", "표한", "표하", "올립"];

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
    ends_with_any(place.near, &["어떠한 ", "그 어떤 ", "그어떤 "])
        && has_any(sentence(place.rest), &["못할", "못한", "수 없", "수없"])
}

/// Whether what failed was not done: 전쟁을 일으키지 못하였다.
fn has_failed(place: &Place<'_, '_>) -> bool {
    let (verb, tail) = place.after.split_once(' ').unwrap_or((place.after, ""));
    has_any(verb, &["지못하였", "지못했"])
        || verb.ends_with('지') && starts_with_any(tail, &["못하였", "못했"])
}

/// Whether it goes on, which denies nothing: 침략적본성은 변하지 않는다.
fn is_going_on(place: &Place<'_, '_>) -> bool {
    has_any(place.after, GOING_ON)
}

/// What is said of a wrong that goes on.
const GOING_ON: &[&str] = &[
    "지 않고서는",
    "변하지 않",
    "변함이 없",
    "변함없",
    "달라지지 않",
    "버리지 않",
    "멈추지 않",
    "그치지 않",
    "그만두지 않",
    "중지하지 않",
    "포기하지 않",
    "숨기지 않",
    "주저하지 않",
    "마다하지 않",
    "꺼리지 않",
    "가리지 않",
    "서슴지 않",
];

/// Whether the wrong is denied, forbidden or only said not to be: 침략이 아니라. In 념원을 외면하고
/// 민족자주가 아니라… what is joined on is denied, and not the wrong itself; 용납하지 않는다 condemns it.
fn is_denied(place: &Place<'_, '_>) -> bool {
    let soon = right(place.after, 0, DENIED_REACH);
    let joined = JOINING.iter().filter_map(|ending| soon.find(&format!("{ending} "))).min();
    let own = joined.map_or(soon, |at| &soon[..at]);
    !ends_with_any(place.cue, JOINING) && has_any(own, DENIED) && !has_any(soon, NOT_SUFFERED)
}

/// How far after the cue its denial ends, in characters.
const DENIED_REACH: usize = 14;

/// Endings that join on what is said of something else.
const JOINING: &[&str] = &["하고", "하며", "하면서"];

/// What follows a cue that is denied, forbidden or only said not to be.
const DENIED: &[&str] = &[
    "하지 않",
    "지 않고",
    "이 아니",
    "가 아니",
    "이 아닌",
    "가 아닌",
    "지 말",
    "해서는 안",
    "하여서는 안",
    "는 안된다",
    "는 안 된다",
];

/// What one does not do with a wrong that one does not suffer.
const NOT_SUFFERED: &[&str] =
    &["용납", "허용", "용서", "묵과", "좌시", "방관", "참을", "두고볼", "두고 볼"];

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
