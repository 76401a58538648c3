//! Where Chinese has its subject: clauses are strung on the nearest topic, and who is addressed or
//! sent ahead is none.

use super::{Subject, leading, one};
use crate::attribute::cues::CueHit;
use crate::attribute::view::{Candidate, View};
use crate::attribute::words::{ends_with_any, has_any, left, starts_with_any};

/// The nearest in the clause, else the nearest before it, the speaker included.
pub(super) fn nearest<'a, 's>(
    view: &'a View<'s>,
    cue: &CueHit<'_>,
    free: &[&'a Candidate<'s>],
) -> Subject<'a, 's> {
    let text = view.scene.segment.text;
    let clause = view.clause_start(cue.start);
    let free: Vec<_> = free.iter().copied().filter(|c| !suffers(view, cue, c)).collect();
    let inside = || free.iter().copied().rev().filter(|c| c.start >= clause);
    let may_act = |c: &&Candidate<'s>| !c.own && view.is_usual(c.target) && !is_egged_on(view, c);
    let usual = inside().find(may_act);
    // 中国不是美国的威胁.
    let denies = ["不是", "并非", "不会", "从不", "从未", "绝不", "绝非", "无意", "没有"];
    if inside().any(|c| c.own && starts_with_any(&text[c.end..], &denies)) {
        return Subject::Own;
    }
    let leads =
        |c: &&Candidate<'s>| !c.own && text[clause..c.start].chars().count() <= CLAUSE_LEADING;
    if let Some(found) = usual.or_else(|| inside().find(leads)) {
        return one(view, found);
    }
    if let Some(found) = chinese_head(view, cue) {
        return one(view, found);
    }
    if inside().any(|c| c.own) {
        return Subject::Own;
    }
    match chinese_topic(view, cue, &free).or_else(|| leading(view, &free)) {
        Some(found) => one(view, found),
        None => Subject::None,
    }
}

/// How far from the beginning of a Chinese clause its topic may be, in characters.
const CLAUSE_LEADING: usize = 8;

/// The topic of a string of clauses: the first who is named in the nearest of them, or else the
/// nearest.
fn chinese_topic<'a, 's>(
    view: &View<'s>,
    cue: &CueHit<'_>,
    free: &[&'a Candidate<'s>],
) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    // 我们敦促美方停止挑动对抗: who demands or notices is not the topic, but whom he addresses.
    let hopes = has_any(&text[view.clause_start(cue.start)..cue.start], &["不要", "停止"]);
    let demands = |c: &Candidate<'s>| {
        c.own && (is_demanding(&text[c.end..]) || hopes && text[c.end..].starts_with("希望"))
    };
    let addressed = |c: &Candidate<'s>| {
        !c.own && ends_with_any(left(text, c.start, 4), &["敦促", "奉劝", "正告", "劝告", "警告"])
    };
    // 立陶宛在没有通知中方的情况下…: the speaker behind another of his clause is no topic.
    let is_behind = |c: &Candidate<'s>| {
        let clause = view.clause_start(c.start);
        let leads = |o: &Candidate<'s>| {
            let between = text.get(o.end..c.start).unwrap_or("“");
            !o.own && o.start >= clause && !between.contains('“')
        };
        c.own && free.iter().any(|o| leads(o))
    };
    let counts = |c: &&&Candidate<'s>| {
        (c.own || view.is_usual(c.target) || addressed(c)) && !demands(c) && !is_behind(c)
    };
    let begins = |c: &&&Candidate<'s>| {
        let clause = view.clause_start(c.start);
        !free.iter().any(|o| counts(&o) && o.start >= clause && o.start < c.start)
            && text[clause..c.start].chars().count() <= CLAUSE_LEADING
            && !is_egged_on(view, c)
    };
    let topic = free.iter().rev().filter(counts).find(begins);
    topic.or_else(|| free.iter().rev().find(counts)).copied()
}

/// Whether who stands in the clause of a cue suffers it, himself or with whom is named right behind
/// him: 像英国这样的“盟友”也会遭到胁迫. Whose people suffer it may do it (立陶宛儿童遭到).
pub(in crate::attribute) fn suffers(
    view: &View<'_>,
    cue: &CueHit<'_>,
    who: &Candidate<'_>,
) -> bool {
    let text = view.scene.segment.text;
    let clause = view.clause_start(cue.start);
    let is_hit = |c: &Candidate<'_>| {
        let between = text.get(c.end..cue.start).unwrap_or_default();
        let verbs = ["遭到", "遭受", "受到", "饱受", "惨遭"];
        let first = verbs.iter().filter_map(|verb| between.find(verb)).min();
        // 欧盟有些国家是被胁迫的: the states themselves, and not their people.
        let passive = between.strip_suffix('被').is_some_and(|states| {
            let states = states.trim_end_matches(['是', '也', '会', '将', '都']);
            states.is_empty() || states.ends_with("国家") || states.ends_with("成员国")
        });
        passive || first.is_some_and(|at| between[..at].chars().count() <= HIT_REACH)
    };
    let behind = |c: &&Candidate<'_>| c.start >= who.start && c.start >= clause;
    who.start >= clause && view.candidates.iter().filter(behind).any(is_hit)
}

/// How far before such a verb he stands at most who suffers, in characters.
const HIT_REACH: usize = 4;

/// Whether a Chinese verb before somebody sends him ahead.
fn is_egged_on(view: &View<'_>, who: &Candidate<'_>) -> bool {
    let before = &view.scene.segment.text[view.clause_start(who.start)..who.start];
    ends_with_any(before.trim_end_matches('“'), &ZH_EGGED_ON)
}

/// Verbs whose object another sends ahead or asks: 纵容“台独”势力，对局势紧张负有责任 is said of who does
/// so.
const ZH_EGGED_ON: [&str; 34] = [
    "助长", "勾结", "勾连", "扶植", "串通", "支持", "纵容", "怂恿", "唆使", "教唆", "鼓动", "煽动",
    "扶持", "豢养", "收买", "资助", "武装", "利用", "裹挟", "胁迫", "拉拢", "庇护", "操纵", "要求",
    "迫使", "逼迫", "允许", "批准", "容许", "准许", "邀请", "放任", "默许", "鼓励",
];

/// Whom a clause with the cue describes: 在涉港问题上表现恶劣、负有主要责任的美国官员. What he
/// suffers is not his.
fn chinese_head<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let head = view.candidates.iter().find(|c| c.start >= cue.end)?;
    let between = &text[cue.end..head.start];
    let suffered = has_any(&text[view.clause_start(cue.start)..cue.start], &["受", "遭", "被"]);
    let describes = between.ends_with('的')
        && between.chars().count() <= ZH_DESCRIBED_REACH
        && !has_any(between, &["，", "。", "；", "是", "对", "与"]);
    (describes && !suffered && !head.own && view.is_usual(head.target)).then_some(head)
}

/// How far after the cue he stands at most whom its Chinese clause describes, in characters.
const ZH_DESCRIBED_REACH: usize = 3;

/// Whether a verb of demanding or noticing follows soon in the clause.
fn is_demanding(after: &str) -> bool {
    let verbs = ["敦促", "奉劝", "正告", "要求", "督促", "劝告", "促请", "看到"];
    let near: String = after.chars().take(8).take_while(|c| *c != '，').collect();
    has_any(&near, &verbs)
}
