//! What takes back a Chinese cue: the words right before it, mostly.

use corpus::Voice;

use super::Outcome::Refused;
use super::rejected;
use crate::attribute::grammar::ChineseGuards;
use crate::attribute::words::{ends_with_any, has_any, left};

/// The place of a Chinese cue.
pub(super) type Place<'p, 's> = super::Place<'p, 's, ChineseGuards>;

/// A guard of Chinese.
pub(super) type Guard = super::Guard<ChineseGuards>;

/// The guards of Chinese.
pub(super) const GUARDS: &[Guard] = &[
    (Refused("a claim that is refuted"), is_refuting),
    rejected::IN_CHINESE,
    (Refused("background"), is_spoken_about),
    (Refused("overcome"), is_overcome),
    (Refused("negated"), is_promised_not_to_be),
    (Refused("negated"), is_none),
    (Refused("overcome"), is_lifted),
    (Refused("the asker's words"), is_asked_about),
    (Refused("the other side's claim"), is_claimed),
    (Refused("negated"), is_negated),
    (Refused("the other side's word"), is_so_called),
    (Refused("what is right is pointed at"), is_pointing_at_what_is_right),
    (Refused("hypothetical"), is_possible),
];

/// Whether a cue only says that a claim does not hold: 美方有关说法站不住脚. Refuting a claim blames nobody,
/// calling its author a liar does.
fn is_refuting(place: &Place<'_, '_>) -> bool {
    place.words.failing.include(place.cue)
        && has_any(place.near, &["的说法", "有关说法", "这种说法", "的结论", "的论调"])
}

/// Whether it is what one speaks about: 就北约东扩问题阐明立场.
fn is_spoken_about(place: &Place<'_, '_>) -> bool {
    place.cue == "东扩"
        && place.after.starts_with("问题")
        && has_any(place.near, &["就", "关于", "围绕"])
}

/// Whether it is met or kept from being: 化解对抗, 避免爆发代理人战争.
fn is_overcome(place: &Place<'_, '_>) -> bool {
    place.words.overcoming.occur_in(left(place.near, place.near.len(), OVERCOMING_REACH))
}

/// How far before the cue such a verb may begin, in characters.
const OVERCOMING_REACH: usize = 12;

/// Whether it is one of a list of which each is promised not to be: 落实不寻求打“新冷战”、无意发生冲突等表态.
fn is_promised_not_to_be(place: &Place<'_, '_>) -> bool {
    let item = place.near.rsplit(['，', '、', '。']).next().unwrap_or_default();
    has_any(item, &["不寻求", "无意", "不谋求"])
}

/// Whether there is none: 何来“恐惧”呢.
fn is_none(place: &Place<'_, '_>) -> bool {
    place.near.contains("何来")
}

/// Whether the words right before a cue lift what it names, and nobody refuses or is asked to: 取消加征
/// 的关税将使通胀率下降. What is lifted is no longer done.
fn is_lifted(place: &Place<'_, '_>) -> bool {
    let near = place.near;
    let at = LIFTING.iter().filter_map(|verb| Some((near.rfind(verb)?, verb.len()))).max();
    at.is_some_and(|(at, length)| {
        let (lead, behind) = (&near[..at], &near[at + length..]);
        behind.chars().count() <= LIFTED_REACH
            && !behind.starts_with('或')
            && !place.words.asking.occur_in(lead)
            && !ends_with_any(lead, REFUSING)
    })
}

/// Verbs of lifting.
const LIFTING: &[&str] = &["取消", "撤销", "解除", "减少"];

/// How many characters may stand between such a verb and its cue.
const LIFTED_REACH: usize = 10;

/// Words right before the verb of one who does not.
const REFUSING: &[&str] = &["不", "未", "没有", "拒绝", "拒不", "不愿"];

/// Whether it is what the asker spoke of: 你提到谴责俄罗斯.
fn is_asked_about(place: &Place<'_, '_>) -> bool {
    ends_with_any(place.near, &["你提到", "你刚才提到", "你问到", "你刚提到", "您提到"])
}

/// Whether the words before a cue of the same clause say what the other side claims of the
/// speaker: 声称中国加剧军备竞赛, 妄称中俄合作构成挑战.
fn is_claimed(place: &Place<'_, '_>) -> bool {
    let claimed = |claim: &&str| place.near.rfind(claim).map(|at| &place.near[at + claim.len()..]);
    place.view.scene.voice == Voice::Own
        && CLAIMING.iter().filter_map(claimed).any(|claimed| place.words.own.begin(claimed))
}

/// Verbs of claiming.
const CLAIMING: &[&str] =
    &["声称", "宣称", "妄称", "诬称", "谎称", "污称", "所谓“", "所说的", "所称的", "指称的"];

/// Whether it is negated right before: 中国从不干涉别国内政.
fn is_negated(place: &Place<'_, '_>) -> bool {
    place.words.negations.end(place.near)
        && !ends_with_any(place.near, STILL_SAID)
        && !is_asked_back(place)
}

/// Whether a question that answers itself holds what it seems to deny: 这不是霸权又是什么？
fn is_asked_back(place: &Place<'_, '_>) -> bool {
    let question = place.rest.split(['。', '；', '！']).next().unwrap_or_default();
    place.near.ends_with("不是")
        && has_any(question, &["又是什么", "还是什么", "还能是什么", "，是什么？"])
}

/// Words that end like one and take nothing back.
const STILL_SAID: &[&str] = &["而不是", "不得不", "坚决反对", "如果不是", "无不", "为什么没有"];

/// Whether it is the other side's word, in quotation marks or not: 提出了所谓新疆“种族灭绝”.
fn is_so_called(place: &Place<'_, '_>) -> bool {
    let is_quoted =
        place.near.ends_with('“') && left(place.near, place.near.len(), 9).contains("所谓");
    is_quoted || place.near.ends_with("所谓")
}

/// Whether 才是 points at what is right, and reproaches nobody: 外交手段才是正道.
fn is_pointing_at_what_is_right(place: &Place<'_, '_>) -> bool {
    place.cue.ends_with("才是") && place.words.right.begin(place.after)
}

/// Whether it only may come: 对抗升级的可能性.
fn is_possible(place: &Place<'_, '_>) -> bool {
    place.after.starts_with("的可能性")
}
