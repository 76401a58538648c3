//! A deed: what a sentence judges without naming its doer, who is told of before it (`Spreading rumors
//! is despicable`, 남의 주권을 빼앗으려드는것은 엄중한 도전이다, 中方对此坚决反对).

use super::cues::CueHit;
use super::words::{ends_with_any, has_any, starts_with_any};

/// What a sentence says of a doing without its doer: `Spreading rumors is despicable`.
pub(super) fn opening_gerund(text: &str) -> Option<(usize, usize)> {
    let (first, rest) = text.split_once(' ')?;
    let clause = rest.split(", ").next().unwrap_or_default();
    let judged = [" is ", " are ", " only ", " cannot ", " can not ", " will "];
    let is_gerund = first.ends_with("ing") && first.starts_with(char::is_uppercase);
    let is_other = NO_DOINGS.contains(&first) || starts_with_any(rest, &["that ", "out "]);
    (is_gerund && !is_other && has_any(clause, &judged)).then_some((0, first.len()))
}

/// Words of such an ending that open a sentence and are no doing that is judged.
const NO_DOINGS: [&str; 27] = [
    "Running",
    "Suffering",
    "Taking",
    "Going",
    "Drawing",
    "Coming",
    "Mounting",
    "Standing",
    "Lying",
    "Following",
    "During",
    "Regarding",
    "Concerning",
    "Considering",
    "According",
    "Including",
    "Speaking",
    "Attending",
    "Referring",
    "Lurking",
    "Prevailing",
    "Existing",
    "Touching",
    "Commenting",
    "Noting",
    "Nothing",
    "Everything",
];

/// Whether the 것은 at byte `at` makes a doing the subject of a verdict, and its doer is whom the
/// sentence before was about: 남의 주권을 빼앗으려드는것은 엄중한 도전이다.
pub(super) fn is_judged(text: &str, at: usize) -> bool {
    let states = ["없는", "있는", "되는", "아는", "같은"];
    let verdicts = ["이다", "아닐수 없다", "아닐 수 없다", "아니다", "된다", "뿐입니다", "입니다"];
    let before = &text[..at];
    before.ends_with('는')
        && !ends_with_any(before, &states)
        && ends_with_any(text.trim_end().trim_end_matches('.'), &verdicts)
}

/// Whether a 停止 after these words of its sentence asks on whom the sentence before asked: it stands at
/// the head of its clause, and nobody else is asked.
pub(super) fn is_asked_on(before: &str) -> bool {
    let asked = ["应", "必须", "敦促", "呼吁", "要求", "希望", "双方", "各方", "“"];
    (before.is_empty() || before.ends_with('，')) && !has_any(before, &asked)
}

/// Whether a cue may be said of the deed or doer that `place` stands for.
pub(super) fn may_be_said_of(text: &str, place: (usize, usize), cue: &CueHit<'_>) -> bool {
    let (start, end) = place;
    // They who denounce are not denounced, what they did may be. 中方对此深表关切 blames nobody.
    let worries = ["关切", "警惕", "忧虑", "怀疑", "遗憾", "担忧"];
    let denounces = cue.entry.is_denunciation();
    let is_deed = || starts_with_any(&text[start..], &DEEDS);
    let is_worry = || has_any(&text[cue.start..cue.end], &worries);
    // The verdict on a doing is the end of its sentence: …려드는것은 엄중한 도전이다.
    let is_doing = text[start..end].ends_with("것은");
    let ends_it = || text[cue.end..].chars().count() <= VERDICT_END;
    (!denounces || is_deed() && !is_worry()) && (!is_doing || ends_it())
}

/// How much follows the cue of a Korean verdict up to the end of its sentence, in characters.
const VERDICT_END: usize = 12;

/// How Chinese words begin that stand for what was done, and not for who did it.
const DEEDS: [&str; 4] = ["这", "此", "对此", "上述"];
