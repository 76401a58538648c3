//! A question: it blames nobody itself, but may report whom somebody charges.

use super::cues::CueHit;
use super::grammar::Grammar;
use super::view::View;
use super::words::{has_any, starts_with_any};

/// Whether who stands at byte `at` of a question is charged in what it reports: he stands between
/// the last word of reporting and the cue.
pub(super) fn is_reported(view: &View<'_>, at: usize, cue: &CueHit<'_>) -> bool {
    let before = &view.scene.segment.text[..cue.start];
    last_report(view.grammar(), before).is_some_and(|last| last < at)
}

/// Who reports in a question before byte `at`: `布林肯称`. He accuses, and is not accused.
pub(super) fn accuser<'s>(view: &View<'s>, at: usize) -> Option<&'s str> {
    let before = &view.scene.segment.text[..at];
    let last = last_report(view.grammar(), before)?;
    let clause = before[..last].rfind(['，', ',', '。']).unwrap_or_default();
    let who = view.candidates.iter().find(|c| c.start >= clause && c.end <= last)?;
    let is_private = match view.grammar() {
        Grammar::Chinese(words) => words.question.private.occur_in(&before[who.end..last]),
        _ => false,
    };
    (!is_private).then_some(who.target)
}

/// Where the last word begins after which a question says what somebody charges.
fn last_report(grammar: &Grammar, before: &str) -> Option<usize> {
    let reports = match grammar {
        Grammar::English(words) => &words.question.reports,
        Grammar::Chinese(words) => &words.question.reports,
        Grammar::Korean(_) | Grammar::Unknown => return None,
    };
    reports.last_places_in(before).map(|(at, _)| at).max()
}

/// Whether a question asks for the cue itself: `Will China oppose ...?`, 中方是否反对…？
pub(super) fn is_asked(view: &View<'_>, cue: &CueHit<'_>) -> bool {
    let before = &view.scene.segment.text[..cue.start];
    let clause = before.rsplit(['，', ',', '。', '.', '？', '?']).next().unwrap_or_default();
    let asking =
        ["will ", "does ", "do ", "is ", "are ", "would ", "could ", "can ", "has ", "did "];
    starts_with_any(&clause.trim_start().to_lowercase(), &asking)
        || has_any(clause, &["是否", "会不会", "能否", "whether "])
        || clause.contains("如果") && last_report(view.grammar(), before).is_none()
}
