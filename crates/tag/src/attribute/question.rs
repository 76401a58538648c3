//! A question: it blames nobody itself, but may report whom somebody charges.

use super::cues::CueHit;
use super::view::View;
use super::words::{has_any, starts_with_any};

/// Whether who stands at byte `at` of a question is charged in what it reports: he stands between
/// the last word of reporting and the cue.
pub(super) fn is_reported(view: &View<'_>, at: usize, cue: &CueHit<'_>) -> bool {
    let before = &view.scene.segment.text[..cue.start];
    REPORTS.iter().filter_map(|word| before.rfind(word)).max().is_some_and(|last| last < at)
}

/// Who reports in a question before byte `at`: `布林肯称`. He accuses, and is not accused.
pub(super) fn accuser<'s>(view: &View<'s>, at: usize) -> Option<&'s str> {
    let before = &view.scene.segment.text[..at];
    let last = REPORTS.iter().filter_map(|word| before.rfind(word)).max()?;
    let clause = before[..last].rfind(['，', ',', '。']).unwrap_or_default();
    let who = view.candidates.iter().find(|c| c.start >= clause && c.end <= last)?;
    (!has_any(&before[who.end..last], &PRIVATE)).then_some(who.target)
}

/// What is of a state and does not speak for it.
const PRIVATE: [&str; 12] =
    ["媒", "报", "专家", "学者", "团体", "组织", "商会", "智库", "网站", "民调", "议员", "探员"];

/// Whether a question asks for the cue itself: `Will China oppose ...?`, 中方是否反对…？
pub(super) fn is_asked(text: &str, cue: &CueHit<'_>) -> bool {
    let before = &text[..cue.start];
    let clause = before.rsplit(['，', ',', '。', '.', '？', '?']).next().unwrap_or_default();
    let asking =
        ["will ", "does ", "do ", "is ", "are ", "would ", "could ", "can ", "has ", "did "];
    starts_with_any(&clause.trim_start().to_lowercase(), &asking)
        || has_any(clause, &["是否", "会不会", "能否", "whether "])
        || clause.contains("如果") && !has_any(before, &REPORTS)
}

/// Words after which a question says what somebody charges.
const REPORTS: [&str; 24] = [
    "称",
    "表示",
    "指出",
    "指责",
    "批评",
    "指控",
    "警告",
    "said ",
    "says ",
    "accus",
    "alleg",
    "claim",
    "charged ",
    "warned ",
    "stated ",
    "披露",
    "曝光",
    "揭露",
    "显示",
    "说",
    "found that",
    "reveal",
    "disclos",
    "report",
];
