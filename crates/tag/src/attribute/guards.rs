//! Guards: what takes a cue back. A negated, overcome or general cue blames nobody, nor does what
//! nature does.

use corpus::{Lang, Voice};

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
    if is_borne(view, before, cue) {
        return Some("background");
    }
    // A Korean sentence says at its end what becomes of a wrong.
    let reach = if view.scene.lang == Lang::Ko { 45 } else { 30 };
    let after = right(text, cue.end, reach);
    if is_rejected(&text[cue.start..cue.end], near, after) {
        return Some("another's accusation, rejected");
    }
    match view.scene.lang {
        Lang::En => english(&before.to_lowercase(), &near.to_lowercase(), &after.to_lowercase()),
        Lang::Zh => chinese(view, near, after),
        Lang::Ko => korean(near, after, &text[cue.end..]),
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
            && has_any(&after.to_ascii_lowercase(), &["accusation", "allegation", "criticism"]))
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
    let before = left(text, cue.start, 24);
    let said = [" is ", " are ", " as ", " be ", " were ", " was ", " who "];
    names.contains(&text[cue.start..cue.end].to_lowercase().as_str()) && !has_any(before, &said)
}

fn english(before: &str, near: &str, after: &str) -> Option<&'static str> {
    if is_supposed(before) {
        return Some("hypothetical");
    }
    let words: Vec<&str> = near.split_whitespace().rev().take(3).collect();
    let negated = ["not", "never", "no", "without", "nor", "neither", "cannot", "hardly"];
    if words.iter().any(|w| negated.contains(w) || w.ends_with("n't"))
        && !has_any(
            near,
            &[
                "not only",
                "no more than",
                "no less",
                "not hesitate",
                "no scruples",
                "not to mention",
            ],
        )
    {
        return Some("negated");
    }
    let background = ["despite ", "in spite of ", "in the face of ", "caused by the imperialist"];
    if has_any(near, &background) {
        return Some("background");
    }
    let overcome = [
        "foil", "frustrat", "smash", "defeat", "shatter", "overcom", "repel", "crush", "prevent",
        "deter", "remov", "eliminat", "reduc", "avoid", "ease", "easing", "defus", "liberat",
    ];
    let ended = |word: &str| ["end", "ends", "ended", "ending"].contains(&word);
    let last = words.first().copied().unwrap_or("");
    let last_two = words.get(1).copied().unwrap_or("");
    let overcome = |word: &str| ended(word) || overcome.iter().any(|stem| word.starts_with(stem));
    if overcome(last) || (["the", "all", "a", "any"].contains(&last) && overcome(last_two)) {
        return Some("overcome");
    }
    if has_any(near, &["foiled ", "smashed ", "frustrated ", "thwarted ", "repulsed ", "crushed "])
    {
        return Some("overcome");
    }
    if words.iter().any(|w| ["potential", "possible"].contains(w)) {
        return Some("hypothetical");
    }
    let named =
        ["term", "call", "label", "so-called", "brand", "alleged", "charges of", "charge of"];
    if near.ends_with(['“', '"']) && after.contains(['”', '"']) && has_any(near, &named) {
        return Some("the other side's word");
    }
    None
}

/// Whether the cue is the yoke that others bear: `south Korea was under the U.S. imperialists'
/// occupation`, `liberate it from Japanese colonial rule`.
fn is_borne(view: &View<'_>, before: &str, cue: &CueHit<'_>) -> bool {
    let yokes = ["occup", "colonial", "rule", "dominat", "yoke", "oppress", "control", "tyrann"];
    let text = view.scene.segment.text;
    let near = |c: &&Candidate<'_>| c.end <= cue.start && cue.start - c.end <= BORNE_REACH;
    let Some(who) = view.candidates.iter().rev().find(near) else { return false };
    let head = before.get(..before.len().saturating_sub(cue.start - who.start)).unwrap_or_default();
    let head = head.trim_end().trim_end_matches(" the").to_lowercase();
    let freed = ["liberat", "freed", "independence"].iter().any(|word| head.contains(word));
    view.scene.lang == Lang::En
        && starts_with_any(&text[cue.start..cue.end].to_lowercase(), &yokes)
        && (head.ends_with("under") || (head.ends_with("from") && freed))
}

/// How far after its owner's name a yoke stands, in bytes.
const BORNE_REACH: usize = 24;

/// Whether the clause before an English cue only supposes it: `if the ROK refuses`, `no matter how`.
fn is_supposed(before: &str) -> bool {
    let opening = before.trim_start_matches([',', ' ', '"', '“']);
    let supposing =
        ["if ", "even if ", "no matter ", "whatever ", "should the ", "in case ", "unless "];
    let inside = [" if ", " no matter ", " in case "];
    // `If the U.S. thinks ..., it is mistaken` charges him with the thought.
    let is_likened =
        has_any(before, &["as if ", "think", "thought", "expect", "believe", "calculat"]);
    !is_likened && (starts_with_any(opening, &supposing) || has_any(before, &inside))
}

fn chinese(view: &View<'_>, near: &str, after: &str) -> Option<&'static str> {
    let negations = [
        "从不",
        "从未",
        "从没",
        "从来不",
        "从来没有",
        "无意",
        "绝不",
        "决不",
        "不会",
        "并非",
        "不是",
        "没有",
        "不存在",
        "避免",
        "防止",
        "反对",
        "拒绝",
        "不搞",
        "不再",
        "不",
    ];
    let overcome = [
        "解开",
        "消除",
        "化解",
        "铲除",
        "根除",
        "走出",
        "缓解",
        "破解",
        "战胜",
        "粉碎",
        "阻止爆",
        "避免爆",
        "防止爆",
    ];
    if has_any(left(near, near.len(), 12), &overcome) {
        return Some("overcome");
    }
    if view.scene.voice == Voice::Own && is_claimed(near) {
        return Some("the other side's claim");
    }
    if ends_with_any(near, &negations)
        && !ends_with_any(
            near,
            &[
                "而不是",
                "不得不",
                "不要",
                "停止",
                "坚决反对",
                "如果不是",
                "不断",
                "无不",
                "为什么没有",
            ],
        )
    {
        return Some("negated");
    }
    if near.ends_with("所谓“") || near.ends_with("所谓的“") || near.ends_with("所谓") {
        return Some("the other side's word");
    }
    if after.starts_with("机") || after.starts_with("的可能性") {
        return Some("hypothetical");
    }
    None
}

/// Whether the words before a cue of the same clause say what the other side claims of the
/// speaker: 声称中国加剧军备竞赛, 妄称中俄合作构成挑战.
fn is_claimed(near: &str) -> bool {
    let claims = ["声称", "宣称", "妄称", "诬称", "谎称", "污称", "所谓“"];
    let own = ["中国", "中方", "中俄", "我国", "我们", "新疆", "西藏", "香港", "涉疆", "涉港"];
    claims.iter().any(|claim| {
        near.rfind(claim).is_some_and(|at| starts_with_any(&near[at + claim.len()..], &own))
    })
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
    "에 대처하여",
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
    ]
    .iter()
    .any(|end| ending.ends_with(end))
}

/// Whether the wrong only is what surrounds something else: 포위속에서 사회주의를 지키고, 통치밑에서.
fn is_surrounding(after: &str) -> bool {
    starts_with_any(after, &["속에서", "하에서", "밑에서", "의 포위속", "의 철쇄밑"])
}

fn korean(near: &str, after: &str, rest: &str) -> Option<&'static str> {
    // Some editors of Korean texts set the wide space.
    let [near, after, rest] = [near, after, rest].map(|words| words.replace('\u{3000}', " "));
    let (near, after, rest) = (near.as_str(), after.trim_start(), rest.as_str());
    let head: String = after.chars().take_while(|c| !matches!(c, ',' | '.')).collect();
    // 봉쇄속에서도 is background, 봉쇄를 감행하는 속에서도 says that somebody does it.
    let head = head.replace("는 속에서도", "");
    let resisted = has_any(&head, &["을 반대하", "를 반대하"])
        && has_any(&head, &["투쟁", "싸우", "싸움", "항쟁", "떨쳐"]);
    let fought = resisted || has_any(&head, KO_FOUGHT);
    if has_any(&head, KO_OVERCOME) || (fought && !is_called_for(rest)) {
        return Some("overcome");
    }
    if is_surrounding(after) {
        return Some("background");
    }
    let soon: String = after.chars().take(8).collect();
    let supposed = |words: &str| {
        let words = words.replace("그렇다면", "").replace("경우에도", "");
        has_any(&words, &["는 경우", "다면 "])
    };
    if supposed(near)
        || has_any(&soon, &["는 경우", "다면"])
        || has_any(&head, &["든다면", "한다면", "킨다면", "운다면", "낸다면", "린다면"])
    {
        return Some("hypothetical");
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
    if has_any(&head, KO_NEGATED) && !has_any(&head, &refused) {
        return Some("negated");
    }
    None
}
