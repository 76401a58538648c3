//! Mild: a cue of causing beside which no harm is said to have come about.
//!
//! What is only feared, forbidden or bound to fail is disapproved of, and not laid at anybody's
//! door as something that he brought about.

use corpus::{BlameKind, Lang};

use super::cues::CueHit;
use super::words::{ends_with_any, has_any, left, right, starts_with_any};

/// Whether a cue of causing only condemns where it stands.
pub(super) fn is_mild(text: &str, cue: &CueHit<'_>, lang: Lang) -> bool {
    let is_mild = match lang {
        Lang::En => is_reproach_or_fear,
        Lang::Zh => is_not_yet,
        Lang::Ko => is_bound_to_fail,
        _ => return false,
    };
    cue.entry.kind == BlameKind::Causal && (is_mild(text, cue) || is_named_as_crime(text, cue))
}

/// A crime that is named, and no deaths are stated: `denounced the blockade as genocide`, 滥杀平民的
/// 行径, 학살만행. The guide's ruling: past atrocities described as crimes are condemned.
fn is_named_as_crime(text: &str, cue: &CueHit<'_>) -> bool {
    let words = text[cue.start..cue.end].to_lowercase();
    let states_deaths =
        text.match_indices(|c: char| c.is_ascii_digit()).any(|(at, _)| !is_of_a_date(text, at))
            || has_any(
                &text.to_lowercase(),
                &[
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
                ],
            );
    // 학살하였다 tells that it was done.
    let is_done = starts_with_any(&text[cue.end..], &["하", "한", "했", "되", "된", "당"]);
    let is_assault = words.starts_with("assault");
    (!states_deaths || is_assault)
        && !is_done
        && (CRIMES.contains(&words.as_str()) || ends_with_any(&words, &["학살", "살륙", "살육"]))
}

/// Whether the digit at byte `at` is one of a day or year: `on June 12`, 1950年.
fn is_of_a_date(text: &str, at: usize) -> bool {
    let digits = |c: char| c.is_ascii_digit();
    let before = text[..at].trim_end_matches(digits);
    let rest = text[at..].trim_start_matches(digits);
    let number = &text[before.len()..text.len() - rest.len()];
    let is_year = number.len() == 4 && starts_with_any(number, &["16", "17", "18", "19", "20"]);
    let month = before.trim_end().trim_end_matches('.').rsplit(' ').next().unwrap_or_default();
    let months =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    is_year
        || starts_with_any(month, &months)
        || starts_with_any(rest, &["年", "月", "日", "년", "월", "일", "天", "周", "小时"])
}

/// Names of such crimes.
const CRIMES: [&str; 21] = [
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

/// What is stirred up is a reproach (`sparking off public outcry`), or the harm only might come
/// (`may trigger a war`).
fn is_reproach_or_fear(text: &str, cue: &CueHit<'_>) -> bool {
    let reactions = [
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
    // `should bear the responsibility` asks for what is yet to be taken.
    let words = text[cue.start..cue.end].to_lowercase();
    let last = text[..cue.start].trim_end().rsplit(' ').next().unwrap_or_default();
    if words.starts_with("bear") && ["should", "must"].contains(&last) {
        return true;
    }
    // `is bound to bring its own destruction`: he harms himself.
    if ["its", "their", "own", "his"].contains(&last)
        && starts_with_any(&words, &["destruct", "ruin", "collapse", "doom"])
    {
        return true;
    }
    // `drills aimed at invading the DPRK`: what is meant is no harm that has come about.
    if is_evaded(text, cue) || ends_with_any(text[..cue.start].trim_end(), &MEANT) {
        return true;
    }
    let might = ["may", "might", "could", "would"];
    let near = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        reactions.contains(&word.strip_suffix('s').unwrap_or(word))
    };
    let mut after = text[cue.end..].split_whitespace().take(4);
    let mut before = text[..cue.start].split_whitespace().rev().take(3);
    after.any(near) || before.any(|word| might.contains(&word))
}

/// Words that lead to what somebody only means to do.
const MEANT: [&str; 26] = [
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

/// Whether a responsibility is what somebody runs away from: `evade the responsibility for the case`.
fn is_evaded(text: &str, cue: &CueHit<'_>) -> bool {
    let mut before = text[..cue.start].split_whitespace().rev().filter(|word| *word != "the");
    let runs = ["evade", "evading", "shirk", "shirking", "dodge", "dodging", "escape", "avoid"];
    before.next().is_some_and(|word| runs.contains(&word))
}

/// How far before a cue the word that forbids or demands may begin, in characters.
const LEADING_REACH: usize = 24;

/// A damage that is forbidden or supposed (不得损害中方正当权益, 如果损害中方核心利益), a
/// responsibility that is yet to be taken (应切实承担首要责任), consequences that are announced
/// (后果由美方承担).
fn is_not_yet(text: &str, cue: &CueHit<'_>) -> bool {
    let before = left(text, cue.start, LEADING_REACH);
    let clause = before.rsplit(['，', '。', '；']).next().unwrap_or_default();
    let words = &text[cue.start..cue.end];
    // 引发国际社会的反对: what is stirred up is a reproach. 损害自身利益: he harms himself.
    let after = right(text, cue.end, REPROACH_REACH);
    let after = after.split(['，', '。', '；']).next().unwrap_or_default();
    let reproaches = [
        "反对", "抵制", "质疑", "不满", "愤慨", "谴责", "批评", "反感", "警惕", "公愤", "众怒",
        "愤怒", "担忧", "关切", "关注",
    ];
    if starts_with_any(words, &["引发", "引起", "招致", "导致"]) && has_any(after, &reproaches)
    {
        return true;
    }
    if has_any(words, &["损害", "伤害"]) && has_any(after, &["自身", "自己"]) {
        return true;
    }
    if has_any(words, &["损害", "危害"]) {
        return has_any(clause, &["不得", "不能", "不要", "不应", "如果", "以免", "避免"]);
    }
    // 企图淡化和逃避历史罪责 reproaches the way in which a guilt is met.
    if has_any(words, &["罪责", "责任"])
        && has_any(clause, &["逃避", "推卸", "回避", "淡化", "掩盖", "反省", "反思", "正视"])
    {
        return true;
    }
    let demands = ["应该", "应当", "应切实", "呼吁", "期待", "希望", "敦促", "要求"];
    words.starts_with("后果") || (words.ends_with("责任") && has_any(before, &demands))
}

/// How far after 引发 the reproach ends that is stirred up, in characters.
const REPROACH_REACH: usize = 20;

/// A harm that will not be done: 투쟁을 가로막지 못할것이다.
fn is_bound_to_fail(text: &str, cue: &CueHit<'_>) -> bool {
    let after = right(text, cue.end, 30);
    let word = after.split(' ').next().unwrap_or_default();
    let rest = after[word.len()..].trim_start();
    let cannot = word.ends_with("을") && starts_with_any(rest, &["수 없", "수없"])
        || word.ends_with("을수") && rest.starts_with('없');
    // 가로막아보려고 책동하였다: what was attempted only.
    let tried = starts_with_any(after, &["아보려", "어보려", "해보려"]);
    tried || cannot || word.ends_with('지') && starts_with_any(rest, &["못할", "못하", "못한"])
}
