//! What takes back a Chinese cue: the words right before it, mostly.

use corpus::Voice;

use crate::attribute::words::{ends_with_any, has_any, left, starts_with_any};

/// Why a Chinese cue does not count after and before these words.
pub(super) fn refusal(voice: Voice, near: &str, cue: &str, after: &str) -> Option<&'static str> {
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
        "不能是",
        "没有",
        "不存在",
        "避免",
        "防止",
        "反对",
        "拒绝",
        "不搞",
        "不再",
        "不应",
        "不该",
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
    // 就北约东扩问题阐明立场: what one speaks about.
    if cue == "东扩" && after.starts_with("问题") && has_any(near, &["就", "关于", "围绕"])
    {
        return Some("background");
    }
    if has_any(left(near, near.len(), 12), &overcome) {
        return Some("overcome");
    }
    // 落实不寻求打“新冷战”、无意发生冲突等表态: each of a list is promised not to be.
    let item = near.rsplit(['，', '、', '。']).next().unwrap_or_default();
    if has_any(item, &["不寻求", "无意", "不谋求"]) {
        return Some("negated");
    }
    // 何来“恐惧”呢: there is none.
    if near.contains("何来") {
        return Some("negated");
    }
    // 取消加征的关税将使通胀率下降: what is lifted is no longer done.
    if is_lifted(near) {
        return Some("overcome");
    }
    // 你提到谴责俄罗斯: what the asker spoke of.
    if ends_with_any(near, &["你提到", "你刚才提到", "你问到", "你刚提到", "您提到"])
    {
        return Some("the asker's words");
    }
    if voice == Voice::Own && is_claimed(near) {
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
    // 提出了所谓新疆“种族灭绝”: what is in quotation marks is what the other side says.
    let is_quoted = near.ends_with('“') && left(near, near.len(), 9).contains("所谓");
    if is_quoted || near.ends_with("所谓") {
        return Some("the other side's word");
    }
    // 外交手段才是正道: what is right is pointed at.
    if ends_with_any(cue, &["才是"]) && starts_with_any(after, &RIGHT) {
        return Some("what is right is pointed at");
    }
    if after.starts_with("的可能性") {
        return Some("hypothetical");
    }
    None
}

/// What 才是 points at where nobody is reproached.
const RIGHT: [&str; 12] = [
    "正道", "正途", "正确", "正解", "出路", "唯一", "根本", "解决", "人心", "大势", "王道", "明智",
];

/// Whether a cue only says that a claim does not hold: 美方有关说法站不住脚. Refuting a claim blames nobody,
/// calling its author a liar does.
pub(super) fn is_refuting(cue: &str, near: &str) -> bool {
    let fails = [
        "站不住脚",
        "站不住",
        "毫无根据",
        "没有事实依据",
        "不符合事实",
        "与事实不符",
        "缺乏证据",
        "没有任何证据",
    ];
    fails.contains(&cue) && has_any(near, &["的说法", "有关说法", "这种说法", "的结论", "的论调"])
}

/// Whether the words right before a cue lift what it names, and nobody refuses or is asked to.
fn is_lifted(near: &str) -> bool {
    let lifted = ["取消", "撤销", "解除", "减少"];
    let demands = ["应", "必须", "敦促", "要求", "呼吁", "当务之急", "尽快", "立即"];
    let at = lifted.iter().filter_map(|verb| Some((near.rfind(verb)?, verb.len()))).max();
    at.is_some_and(|(at, length)| {
        near[at + length..].chars().count() <= LIFTED_REACH
            && !near[at + length..].starts_with('或')
            && !has_any(&near[..at], &demands)
            && !ends_with_any(&near[..at], &["不", "未", "没有", "拒绝", "拒不", "不愿"])
    })
}

/// How many characters may stand between such a verb and its cue.
const LIFTED_REACH: usize = 6;

/// Whether the words before a cue of the same clause say what the other side claims of the
/// speaker: 声称中国加剧军备竞赛, 妄称中俄合作构成挑战.
fn is_claimed(near: &str) -> bool {
    let claims = ["声称", "宣称", "妄称", "诬称", "谎称", "污称", "所谓“"];
    let own = ["中国", "中方", "中俄", "我国", "我们", "新疆", "西藏", "香港", "涉疆", "涉港"];
    claims.iter().any(|claim| {
        near.rfind(claim).is_some_and(|at| starts_with_any(&near[at + claim.len()..], &own))
    })
}
