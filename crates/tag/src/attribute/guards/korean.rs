//! What takes back a Korean cue: the words after it, since a Korean sentence says at its end what
//! becomes of a wrong.

use crate::attribute::words::{ends_with_any, has_any, left, starts_with_any};

/// Why a Korean cue does not count after `near` and before `after`, the beginning of `rest`.
pub(super) fn refusal(near: &str, cue: &str, after: &str, rest: &str) -> Option<&'static str> {
    // Some editors of Korean texts set the wide space.
    let [near, after, rest] = [near, after, rest].map(|words| words.replace('\u{3000}', " "));
    let (near, after, rest) = (near.as_str(), after.trim_start(), rest.as_str());
    let head = clause(after);
    // 봉쇄속에서도 is background, 봉쇄를 감행하는 속에서도 says that somebody does it.
    let head = head.replace("는 속에서도", "").replace("가로막", "");
    let resisted = has_any(&head, &["을 반대하", "를 반대하"])
        && has_any(&head, &["투쟁", "싸우", "싸움", "항쟁", "떨쳐"]);
    let fought = resisted || has_any(&head, KO_FOUGHT);
    if has_any(&head, KO_OVERCOME) || (fought && !is_called_for(rest)) {
        return Some("overcome");
    }
    // 외세의 간섭을 배격하고: a principle.
    if is_defended_from(after, &head) || starts_with_any(after, &["을 배격하고", "를 배격하고"])
    {
        return Some("overcome");
    }
    if is_greeting(rest) {
        return Some("in a greeting");
    }
    if is_surrounding(after) {
        return Some("background");
    }
    if is_supposed(near, after, &head) || is_whatever(near, rest) {
        return Some("hypothetical");
    }
    // 전쟁을 일으키지 못하였다: what failed was not done.
    let (verb, rest) = after.split_once(' ').unwrap_or((after, ""));
    if has_any(verb, &["지못하였", "지못했"])
        || verb.ends_with('지') && starts_with_any(rest, &["못하였", "못했"])
    {
        return Some("negated");
    }
    let head: String = after.chars().take(14).collect();
    // 침략적본성은 변하지 않는다: what goes on is not denied.
    let goes_on = [
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
    if has_any(after, &goes_on) {
        return None;
    }
    let refused = ["용납", "허용", "용서", "묵과", "좌시", "방관", "참을", "두고볼", "두고 볼"];
    // 념원을 외면하고 민족자주가 아니라…: what is joined on is denied, and not the wrong itself.
    let joins = ["하고", "하며", "하면서"];
    let own = joins.iter().filter_map(|join| head.find(&format!("{join} "))).min();
    let own = own.map_or(head.as_str(), |at| &head[..at]);
    let own = if ends_with_any(cue, &joins) { "" } else { own };
    if has_any(own, KO_NEGATED) && !has_any(&head, &refused) {
        return Some("negated");
    }
    None
}

/// The words up to the end of their clause: a comma behind a verb ends it, one in a list does not
/// (반공화국, 반사회주의 소동을 짓부시고).
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
    words
}

/// Whether the wrong is only supposed: 덤벼든다면. That somebody goes on with it takes it for granted:
/// 전쟁을 계속한다면.
fn is_supposed(near: &str, after: &str, head: &str) -> bool {
    let goes_on = has_any(head, &["계속한다면", "계속된다면"])
        || head.contains("계속 ") && has_any(head, &["다면", "는 경우"]);
    let soon: String = after.chars().take(8).collect();
    let supposed = |words: &str| {
        let words = words.replace("그렇다면", "").replace("경우에도", "");
        has_any(&words, &["는 경우", "다면 "])
    };
    let conditions = ["든다면", "한다면", "킨다면", "운다면", "낸다면", "린다면", "른다면"];
    !goes_on
        && (supposed(near) || has_any(&soon, &["는 경우", "다면"]) || has_any(head, &conditions))
}

/// Whether no such wrong avails: 어떠한 발악으로써도 감당하지 못할것이다, 그 어떤 책동도 우리를 꺾을수 없다.
fn is_whatever(near: &str, rest: &str) -> bool {
    let sentence = rest.split(". ").next().unwrap_or(rest);
    ends_with_any(near, &["어떠한 ", "그 어떤 ", "그어떤 "])
        && has_any(sentence, &["못할", "못한", "수 없", "수없"])
}

/// What follows a cue that is denied, forbidden or only said not to be.
const KO_NEGATED: &[&str] = &[
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

/// What follows a wrong that is met and beaten.
const KO_FOUGHT: &[&str] = &[
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

/// What follows a wrong that is prevented, endured or past.
const KO_OVERCOME: &[&str] = &[
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

/// Whether the sentence calls on somebody to fight the wrong: who calls for that condemns it, who
/// tells that it was beaten praises himself.
fn is_called_for(rest: &str) -> bool {
    let sentence = rest.split(". ").next().unwrap_or(rest);
    // 짓부시지 않고서는 지킬수 없다: what must be, too.
    if has_any(sentence, &["지 않고서는", "지 않는 한"]) {
        return true;
    }
    let ending = sentence.trim_end_matches(['.', '!', ' ', '》', '"']);
    [
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
    ]
    .iter()
    .any(|end| ending.ends_with(end))
}

/// Whether the sentence ends by greeting those who suffer or fight the wrong: …에게 뜨거운 인사를 보냅니다.
fn is_greeting(rest: &str) -> bool {
    let sentence = rest.split(". ").next().unwrap_or(rest);
    let end = left(sentence, sentence.len(), 16);
    has_any(end, &["인사를 ", "축하를 ", "경의를 ", "감사를 ", "위문을 ", "성원을 ", "격려를 "])
        && has_any(end, &["보냅", "보낸", "보내", "드립", "드린", "표합", "표한", "표하", "올립"])
}

/// Whether the wrong is what somebody guards against: 침략으로부터 나라를 보위하며.
fn is_defended_from(after: &str, head: &str) -> bool {
    let guards = ["보위", "부위", "수호", "지키", "지켜", "지킬", "지킨", "보호", "방위", "구원"];
    starts_with_any(after, &["으로부터", "로부터", "에서 구원"]) && has_any(head, &guards)
}

/// Whether the wrong only is what surrounds something else: 포위속에서 사회주의를 지키고, 통치밑에서.
fn is_surrounding(after: &str) -> bool {
    let places = ["속에서", "하에서", "밑에서", "의 포위속", "의 철쇄밑", "하에 있는", "밑에 있는"];
    starts_with_any(after, &places)
}
