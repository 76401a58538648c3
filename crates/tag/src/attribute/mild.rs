//! Mild: a cue of causing beside which no harm is said to have come about.
//!
//! What is only feared, forbidden or bound to fail is disapproved of, and not laid at anybody's
//! door as something that he brought about.

use corpus::{BlameKind, Lang};

use super::cues::CueHit;
use super::words::{has_any, left, right, starts_with_any};

/// Whether a cue of causing only condemns where it stands.
pub(super) fn is_mild(text: &str, cue: &CueHit<'_>, lang: Lang) -> bool {
    let is_mild = match lang {
        Lang::En => is_reproach_or_fear,
        Lang::Zh => is_not_yet,
        Lang::Ko => is_bound_to_fail,
        _ => return false,
    };
    cue.entry.kind == BlameKind::Causal && is_mild(text, cue)
}

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
    ];
    let might = ["may", "might", "could", "would"];
    let near = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        reactions.contains(&word.strip_suffix('s').unwrap_or(word))
    };
    let mut after = text[cue.end..].split_whitespace().take(4);
    let mut before = text[..cue.start].split_whitespace().rev().take(3);
    after.any(near) || before.any(|word| might.contains(&word))
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
    if has_any(words, &["损害", "危害"]) {
        return has_any(clause, &["不得", "不能", "不要", "不应", "如果", "以免", "避免"]);
    }
    let demands = ["应该", "应当", "应切实", "呼吁", "期待", "希望", "敦促", "要求"];
    words.starts_with("后果") || (words.ends_with("责任") && has_any(before, &demands))
}

/// A harm that will not be done: 투쟁을 가로막지 못할것이다.
fn is_bound_to_fail(text: &str, cue: &CueHit<'_>) -> bool {
    let after = right(text, cue.end, 30);
    let word = after.split(' ').next().unwrap_or_default();
    let rest = after[word.len()..].trim_start();
    word.ends_with('지') && starts_with_any(rest, &["못할", "못하", "못한"])
}
