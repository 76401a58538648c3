//! Mild: a cue of causing beside which no harm is said to have come about.
//!
//! What is only feared, forbidden or bound to fail is disapproved of, and not laid at anybody's
//! door as something that he brought about.

use corpus::{BlameKind, Lang};

use super::cues::CueHit;
use super::words::{ends_with_any, has_any, last_word, left, right, starts_with_any};

/// Whether a cue of causing only condemns where it stands.
pub(super) fn is_mild(text: &str, cue: &CueHit<'_>, lang: Lang) -> bool {
    let conditions = match lang {
        Lang::En => ENGLISH,
        Lang::Zh => CHINESE,
        Lang::Ko => KOREAN,
        _ => return false,
    };
    let place = Place {
        text,
        before: &text[..cue.start],
        cue: &text[cue.start..cue.end],
        after: &text[cue.end..],
    };
    cue.entry.kind == BlameKind::Causal
        && (conditions.iter().any(|holds| holds(&place)) || is_named_as_crime(&place))
}

/// What the conditions look at: a cue of causing in its segment.
#[derive(Debug, Clone, Copy)]
struct Place<'t> {
    /// The segment.
    text: &'t str,
    /// The segment before the cue.
    before: &'t str,
    /// The words of the cue.
    cue: &'t str,
    /// The segment after the cue.
    after: &'t str,
}

/// A condition under which a cue is mild.
type Condition = fn(&Place<'_>) -> bool;

/// The conditions of English.
const ENGLISH: &[Condition] = &[
    is_asked_to_be_borne,
    is_harming_himself,
    is_evaded,
    is_meant,
    is_stirring_up_a_reproach,
    is_only_possible,
];

/// The conditions of Chinese.
const CHINESE: &[Condition] =
    &[is_rousing_a_reproach, is_against_himself, is_forbidden, is_met_badly, is_yet_to_come];

/// The conditions of Korean.
const KOREAN: &[Condition] = &[is_only_attempted, is_bound_to_fail];

/// A crime that is named, and no deaths are stated: `denounced the blockade as genocide`, 滥杀平民的
/// 行径, 학살만행. The guide's ruling: past atrocities described as crimes are condemned.
fn is_named_as_crime(place: &Place<'_>) -> bool {
    let cue = place.cue.to_lowercase();
    let is_crime = CRIMES.contains(&cue.as_str()) || ends_with_any(&cue, &["학살", "살륙", "살육"]);
    // 학살하였다 tells that it was done.
    let is_done = starts_with_any(place.after, &["하", "한", "했", "되", "된", "당"]);
    is_crime && !is_done && (cue.starts_with("assault") || !states_deaths(place.text))
}

/// Names of such crimes.
const CRIMES: &[&str] = &[
    "轰炸",
    "狂轰滥炸",
    "空袭",
    "massacre",
    "massacres",
    "genocide",
    "genocides",
    "genocidal",
    "assault",
    "assaults",
    "assaulters",
    "assaulted",
    "murder of",
    "murders of",
    "slaughter",
    "holocaust",
    "屠杀",
    "滥杀",
    "虐杀",
    "种族灭绝",
    "杀戮",
];

/// Whether the segment says how many died: it holds a number that is no date, or a word of many.
fn states_deaths(text: &str) -> bool {
    let mut digits = text.match_indices(|c: char| c.is_ascii_digit());
    digits.any(|(at, _)| !is_of_a_date(text, at)) || has_any(&text.to_lowercase(), DEATHS)
}

/// Words that state deaths.
const DEATHS: &[&str] = &[
    "thousand",
    "hundreds",
    "million",
    "万",
    "多名",
    "遇难",
    "丧生",
    "死亡",
    "伤亡",
    "수많은",
    "수십만",
];

/// Whether the digit at byte `at` is one of a day or year: `on June 12`, 1950年.
fn is_of_a_date(text: &str, at: usize) -> bool {
    let digits = |c: char| c.is_ascii_digit();
    let before = text[..at].trim_end_matches(digits);
    let rest = text[at..].trim_start_matches(digits);
    let number = &text[before.len()..text.len() - rest.len()];
    let is_year = number.len() == 4
        && starts_with_any(number, &["16", "17", "18", "19", "20"])
        && !starts_with_any(rest.trim_start(), COUNTED);
    let month = before.trim_end().trim_end_matches('.').rsplit(' ').next().unwrap_or_default();
    is_year
        || starts_with_any(month, MONTHS)
        || starts_with_any(rest, &["年", "月", "日", "년", "월", "일", "天", "周", "小时"])
}

/// What follows a number of people: 2000人, 2 000여명.
const COUNTED: &[&str] =
    &["people", "civilians", "persons", "lives", "innocent", "人", "名", "多", "余", "여", "명"];

/// Beginnings of the names of months.
const MONTHS: &[&str] =
    &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Whether it asks for a responsibility that is yet to be taken: `should bear the responsibility`.
fn is_asked_to_be_borne(place: &Place<'_>) -> bool {
    place.cue.to_lowercase().starts_with("bear")
        && ["should", "must"].contains(&last_word(place.before))
}

/// Whether he harms himself: `is bound to bring its own destruction`.
fn is_harming_himself(place: &Place<'_>) -> bool {
    ["its", "their", "own", "his"].contains(&last_word(place.before))
        && starts_with_any(&place.cue.to_lowercase(), &["destruct", "ruin", "collapse", "doom"])
}

/// Whether a responsibility is what somebody runs away from: `evade the responsibility for the
/// case`.
fn is_evaded(place: &Place<'_>) -> bool {
    let runs = ["evade", "evading", "shirk", "shirking", "dodge", "dodging", "escape", "avoid"];
    let mut before = place.before.split_whitespace().rev().filter(|word| *word != "the");
    before.next().is_some_and(|word| runs.contains(&word))
}

/// Whether it is only meant, and no harm that has come about: `drills aimed at invading the DPRK`.
fn is_meant(place: &Place<'_>) -> bool {
    ends_with_any(place.before.trim_end(), MEANT)
}

/// Words that lead to what somebody only means to do.
const MEANT: &[&str] = &[
    "exercises to",
    "exercises for",
    "drills to",
    "drills for",
    "rehearsal for",
    "rehearsals for",
    "preparations to",
    "preparations for",
    "exercise to",
    "exercise for",
    "drill to",
    "drill for",
    "aimed at",
    "aim at",
    "ambition for",
    "ambition to",
    "scenario for",
    "scenario to",
    "scheme to",
    "plan to",
    "plot to",
    "attempt to",
    "attempts to",
    "designed to",
    "intended to",
    "bid to",
];

/// Whether what is stirred up is a reproach: `sparking off public outcry`.
fn is_stirring_up_a_reproach(place: &Place<'_>) -> bool {
    let is_reproach = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        REPROACHES.contains(&word.strip_suffix('s').unwrap_or(word))
    };
    place.after.split_whitespace().take(4).any(is_reproach)
}

/// Reproaches that are stirred up.
const REPROACHES: &[&str] = &[
    "outcry",
    "indignation",
    "anger",
    "criticism",
    "concern",
    "protest",
    "resentment",
    "uproar",
    "fury",
    "condemnation",
    "denunciation",
    "derision",
    "rebuff",
    "sentiment",
    "accusation",
];

/// Whether the harm only might come: `may trigger a war`.
fn is_only_possible(place: &Place<'_>) -> bool {
    let mut before = place.before.split_whitespace().rev().take(3);
    before.any(|word| ["may", "might", "could", "would"].contains(&word))
}

/// Whether what is stirred up is a reproach: 引发国际社会的反对.
fn is_rousing_a_reproach(place: &Place<'_>) -> bool {
    starts_with_any(place.cue, &["引发", "引起", "招致", "导致"]) && has_any(soon(place), ROUSED)
}

/// Reproaches that are roused.
const ROUSED: &[&str] = &[
    "反对", "抵制", "质疑", "不满", "愤慨", "谴责", "批评", "反感", "警惕", "公愤", "众怒", "愤怒",
    "担忧", "关切", "关注",
];

/// Whether he harms himself: 损害自身利益.
fn is_against_himself(place: &Place<'_>) -> bool {
    has_any(place.cue, &["损害", "伤害"]) && has_any(soon(place), &["自身", "自己"])
}

/// Whether a damage is forbidden or supposed: 不得损害中方正当权益, 如果损害中方核心利益.
fn is_forbidden(place: &Place<'_>) -> bool {
    is_damage(place)
        && has_any(lead(place), &["不得", "不能", "不要", "不应", "如果", "以免", "避免"])
}

/// Whether the way in which a guilt is met is reproached: 企图淡化和逃避历史罪责.
fn is_met_badly(place: &Place<'_>) -> bool {
    !is_damage(place) && has_any(place.cue, &["罪责", "责任"]) && has_any(lead(place), EVADING)
}

/// Verbs of meeting a guilt, or of not doing so.
const EVADING: &[&str] = &["逃避", "推卸", "回避", "淡化", "掩盖", "反省", "反思", "正视"];

/// Whether consequences are announced (后果由美方承担), or a responsibility is yet to be taken
/// (应切实承担首要责任).
fn is_yet_to_come(place: &Place<'_>) -> bool {
    let is_demanded = || has_any(left(place.before, place.before.len(), LEAD_REACH), DEMANDING);
    !is_damage(place)
        && (place.cue.starts_with("后果") || (place.cue.ends_with("责任") && is_demanded()))
}

/// Words that demand it.
const DEMANDING: &[&str] = &["应该", "应当", "应切实", "呼吁", "期待", "希望", "敦促", "要求"];

/// Whether the cue names a damage. Of a pair of words that also names a responsibility
/// (应为损害…负起责任) that counts alone.
fn is_damage(place: &Place<'_>) -> bool {
    has_any(place.cue, &["损害", "危害"])
}

/// The clause right before a Chinese cue.
fn lead<'t>(place: &Place<'t>) -> &'t str {
    let near = left(place.before, place.before.len(), LEAD_REACH);
    near.rsplit(['，', '。', '；']).next().unwrap_or_default()
}

/// How far before a cue the word that forbids or demands may begin, in characters.
const LEAD_REACH: usize = 24;

/// The clause right after a Chinese cue.
fn soon<'t>(place: &Place<'t>) -> &'t str {
    let near = right(place.after, 0, REPROACH_REACH);
    near.split(['，', '。', '；']).next().unwrap_or_default()
}

/// How far after 引发 the reproach ends that is stirred up, in characters.
const REPROACH_REACH: usize = 20;

/// Whether the harm was attempted only: 가로막아보려고 책동하였다.
fn is_only_attempted(place: &Place<'_>) -> bool {
    starts_with_any(place.after, &["아보려", "어보려", "해보려"])
}

/// Whether the harm will not be done: 투쟁을 가로막지 못할것이다, 가로막을수 없다.
fn is_bound_to_fail(place: &Place<'_>) -> bool {
    let after = right(place.after, 0, FAILING_REACH);
    let word = after.split(' ').next().unwrap_or_default();
    let tail = after[word.len()..].trim_start();
    (word.ends_with('을') && starts_with_any(tail, &["수 없", "수없"]))
        || (word.ends_with("을수") && tail.starts_with('없'))
        || (word.ends_with('지') && starts_with_any(tail, &["못할", "못하", "못한"]))
}

/// How far after a Korean cue it is said that it fails, in characters.
const FAILING_REACH: usize = 30;
