//! What makes a Chinese cue of causing mild: that harm is forbidden or yet to come, or that the cue
//! is about a reproach, a guilt or a crime.

use super::Condition;
use super::crime::states_deaths;
use crate::attribute::grammar::Chinese;
use crate::attribute::words::{has_any, left, right, starts_with_any};

/// The place of a Chinese cue.
type Place<'t> = super::Place<'t, Chinese>;

/// The conditions of Chinese.
pub(super) const CONDITIONS: &[Condition<Chinese>] = &[
    is_rousing_a_reproach,
    is_against_himself,
    is_forbidden,
    is_met_badly,
    is_yet_to_come,
    is_named_as_crime,
];

/// Whether what is stirred up is a reproach: 引发国际社会的反对.
fn is_rousing_a_reproach(place: &Place<'_>) -> bool {
    starts_with_any(place.cue, &["引发", "引起", "招致", "导致"])
        && place.words.mild.roused.occur_in(soon(place))
}

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
    !is_damage(place)
        && has_any(place.cue, &["罪责", "责任"])
        && place.words.mild.evading.occur_in(lead(place))
}

/// Whether consequences are announced (后果由美方承担), or a responsibility is yet to be taken
/// (应切实承担首要责任).
fn is_yet_to_come(place: &Place<'_>) -> bool {
    let near = left(place.before, place.before.len(), LEAD_REACH);
    let is_demanded = || place.words.mild.demanding.occur_in(near);
    !is_damage(place)
        && (place.cue.starts_with("后果") || (place.cue.ends_with("责任") && is_demanded()))
}

/// Whether a crime is named, and no deaths are stated: 滥杀平民的行径.
fn is_named_as_crime(place: &Place<'_>) -> bool {
    let crime = &place.words.crime;
    crime.names.include(place.cue) && !states_deaths(crime, place.text)
}

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
