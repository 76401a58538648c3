//! The subject: who stands before a cue as the one who does it, or whose it is.
//!
//! English and Korean put their subject first, Chinese strings clauses on the nearest topic. A
//! state that the publisher does not charge at large counts only where it leads the sentence.

use corpus::Lang;

use super::beside::is_beside;
use super::cues::CueHit;
use super::preposition::after_preposition;
use super::standing::Standing;
use super::view::{Candidate, View};
use super::words::{ends_with_any, has_any, left, starts_with_any};

/// How far from the beginning of the sentence a leading subject stands, in characters.
const LEADING: usize = 16;

/// The same from the beginning of a Chinese clause.
const CLAUSE_LEADING: usize = 8;

/// Who stands before a cue.
pub(super) enum Subject<'a, 's> {
    /// These, named in one breath.
    Found(Vec<&'a Candidate<'s>>),
    /// The speaker says it of himself.
    Own,
    /// Nobody.
    None,
}

/// The subject or possessor of a cue, and who is named in one breath with it.
pub(super) fn subject<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Subject<'a, 's> {
    let main = main_clause(view);
    let found = match cue.end <= main {
        true => {
            let leads = view.candidates.iter().find(|c| !c.own && c.start >= main);
            leads.map_or(Subject::None, |c| one(view, c))
        }
        false => subject_from(view, cue, main),
    };
    match found {
        Subject::Found(group) => {
            Subject::Found(group.into_iter().filter(|c| c.start >= main).collect())
        }
        other => other,
    }
}

/// The same among those who are named from byte `main` on.
fn subject_from<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>, main: usize) -> Subject<'a, 's> {
    let text = view.scene.segment.text;
    // A Korean segment may hold several sentences; each has its own subject.
    let free: Vec<&Candidate<'s>> = view
        .candidates
        .iter()
        .filter(|c| c.end <= cue.start && c.standing == Standing::Free)
        .filter(|c| view.scene.lang != Lang::Ko || !text[c.end..cue.start].contains(". "))
        .filter(|c| c.start >= main)
        .collect();
    let named = |c: &&Candidate<'s>| {
        let whose = (c.standing == Standing::Governed || view.scene.lang == Lang::Zh)
            && !c.own
            && view.is_usual(c.target);
        c.end <= cue.start && (c.standing == Standing::Free || whose)
    };
    if let Some(found) =
        view.candidates.iter().rev().filter(named).find(|c| is_beside(view, c, cue))
    {
        return one(view, found);
    }
    if let Some(found) = relative_subject(view, cue) {
        return one(view, found);
    }
    if let Some(found) = relative_head(view, cue) {
        return one(view, found);
    }
    if let Some(found) = none_other_than(view, cue).or_else(|| of_whom_it_is_said(view, cue)) {
        return one(view, found);
    }
    let chosen = match view.scene.lang {
        Lang::Zh => return chinese(view, cue, &free),
        Lang::En if !after_preposition(view, cue).is_empty() => return Subject::None,
        Lang::En => charged(view, cue),
        Lang::Ko => topic_marked(view, &free).or_else(|| described(view, cue)),
        _ => None,
    };
    let named = |c: &&&Candidate<'s>| !c.own && view.is_usual(c.target);
    let veiled = |c: &&&Candidate<'s>| !c.own && c.target == "VEILED";
    let chosen = chosen.or_else(|| free.iter().find(named).copied());
    let chosen = chosen.or_else(|| free.iter().find(veiled).copied());
    match chosen.or_else(|| leading(view, &free)) {
        Some(found) => one(view, found),
        None if free.iter().any(|c| c.own) => Subject::Own,
        None => Subject::None,
    }
}

/// Where the main clause of an English sentence begins that has another before it and names its
/// subject first: `Not content with shaking all Europe, NATO is running amuck`. Both clauses are
/// said of him.
fn main_clause(view: &View<'_>) -> usize {
    let text = view.scene.segment.text;
    let openings =
        ["Not content with ", "By ", "While ", "After ", "Instead of ", "In addition to "];
    let comma = text.find(", ").filter(|_| starts_with_any(text, &openings));
    let Some(begins) = comma.map(|at| at + 2).filter(|_| view.scene.lang == Lang::En) else {
        return 0;
    };
    let leads = |c: &Candidate<'_>| {
        let before = text.get(begins..c.start).unwrap_or("-").trim();
        !c.own && matches!(before, "" | "the")
    };
    if view.candidates.iter().any(leads) { begins } else { 0 }
}

/// `The principal of the infringement is none other than the south Korean military`.
fn none_other_than<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let is_he = |c: &&Candidate<'s>| {
        let between = text.get(cue.end..c.start).unwrap_or_default();
        let leads = between.strip_suffix("the ").unwrap_or(between).trim_end();
        ends_with_any(
            leads,
            &[" is none other than", " are none other than", " was none other than"],
        )
    };
    view.candidates.iter().filter(|c| !c.own).find(is_he)
}

/// `It is preposterous for Japan to talk about peace`, `It is double standards that the UN keeps silent`.
fn of_whom_it_is_said<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let opens = ["It is ", "It was ", "it is ", "it was "].iter().any(|it| {
        text[..cue.start].rfind(it).is_some_and(|at| cue.start - at - it.len() <= CLEFT_REACH)
    });
    // `by hiring such stooges steeped in confrontation as Lee`
    let is_such = text[..cue.start].rfind("such ").is_some_and(|at| cue.start - at <= SUCH_REACH);
    let leads = |c: &&Candidate<'s>| {
        let between = text.get(cue.end..c.start).unwrap_or_default();
        let cleft = matches!(between, " for " | " for the " | " that " | " that the ");
        let such = ends_with_any(between, &[" as ", " as the "]) && between.len() <= SUCH_AS;
        !c.own && (opens && cleft || is_such && such && !between.contains([',', ';']))
    };
    view.candidates.iter().find(leads)
}

/// How far after `such` a cue stands of which somebody follows behind `as`, in bytes.
const SUCH_REACH: usize = 40;

/// How far after that cue he stands at most, in bytes.
const SUCH_AS: usize = 80;

/// How far after `It is` a cue stands of which somebody follows, in bytes.
const CLEFT_REACH: usize = 16;

/// In English whom a verb of charging or demanding before the cue has for its object: `lashed out
/// at Yoon for wrecking`, `actions to demand Japan atone for its crimes`.
fn charged<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let is_charged = |c: &&Candidate<'s>| {
        let before = left(text, c.start, 24).to_lowercase();
        let skipped = ["the", "that", "at", "on", "upon", "out"];
        let mut words = before.split_whitespace().rev();
        let verb = words.find(|word| !skipped.contains(word)).unwrap_or_default();
        // `denounced the U.S. blockade as genocidal` calls the blockade so, not him.
        let between = text.get(c.end..cue.start).unwrap_or_default();
        let is_his = between.contains(" as ") && !between.starts_with(" as ");
        starts_with_any(verb, &CHARGING) && !c.own && !is_his
    };
    view.candidates.iter().rev().filter(|c| c.end <= cue.start).find(is_charged)
}

/// How verbs of charging and demanding begin.
const CHARGING: [&str; 14] = [
    "accus", "denounc", "condemn", "criticiz", "criticis", "slam", "lash", "blam", "censur",
    "assail", "demand", "urg", "call", "rebuk",
];

/// The nearest in the clause, else the nearest before it, the speaker included.
fn chinese<'a, 's>(
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
fn suffers(view: &View<'_>, cue: &CueHit<'_>, who: &Candidate<'_>) -> bool {
    let text = view.scene.segment.text;
    let clause = view.clause_start(cue.start);
    let is_hit = |c: &Candidate<'_>| {
        let between = text.get(c.end..cue.start).unwrap_or_default();
        let verbs = ["遭到", "遭受", "受到", "饱受", "惨遭"];
        let first = verbs.iter().filter_map(|verb| between.find(verb)).min();
        first.is_some_and(|at| between[..at].chars().count() <= HIT_REACH)
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
const ZH_EGGED_ON: [&str; 26] = [
    "助长", "勾结", "勾连", "扶植", "串通", "支持", "纵容", "怂恿", "唆使", "教唆", "鼓动", "煽动",
    "扶持", "豢养", "收买", "资助", "武装", "利用", "裹挟", "胁迫", "拉拢", "庇护", "操纵", "要求",
    "迫使", "逼迫",
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

fn one<'a, 's>(view: &'a View<'s>, found: &Candidate<'s>) -> Subject<'a, 's> {
    if found.own { Subject::Own } else { Subject::Found(view.group(found)) }
}

/// How far after the cue he stands at most whom its clause describes, in characters.
const DESCRIBED_REACH: usize = 8;

/// The same of one with the particle of a topic or subject.
const DESCRIBED_SUBJECT_REACH: usize = 60;

/// In English of whom a relative clause with the cue tells: `defeated the U.S. imperialists who ignited
/// the war`, `in confrontation with the United States which has resorted to threats`.
fn relative_subject<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let last = view.candidates.iter().rev().find(|c| c.end <= cue.start)?;
    let between = &text[last.end..cue.start];
    let tells = [" which ", " who "].iter().filter_map(|word| between.find(word)).min()?;
    let leads = between[..tells].split_whitespace().count() <= RELATIVE_LEAD;
    let goes_on = between.len() <= RELATIVE_REACH && !between.contains([';', ':', '"', '“']);
    let one_clause = between[tells..].matches(',').count() == 0;
    (view.scene.lang == Lang::En
        && leads
        && goes_on
        && one_clause
        && !last.own
        && view.is_usual(last.target))
    .then_some(last)
}

/// How many words stand between a name and its relative clause at most.
const RELATIVE_LEAD: usize = 1;

/// How far after the name the cue of such a clause stands at most, in bytes.
const RELATIVE_REACH: usize = 80;

/// In Korean whom a relative clause with the cue describes: 통일을 가로막는 미국.
fn relative_head<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Option<&'a Candidate<'s>> {
    let head = view.candidates.iter().find(|c| c.start >= cue.end)?;
    // 흉악한 원쑤인 미제를 타도하자: what is done to him is not what his description says. A particle
    // (장비들을 남조선에) ends as some verbs do.
    let between = view.scene.segment.text[cue.end..head.start].trim_end();
    let is_verb = between.chars().count() > 1 && !between.ends_with(['을', '를', '은']);
    let counts = head.standing == Standing::Free || head.standing == Standing::Object && is_verb;
    (counts && is_described(view, cue, head, DESCRIBED_REACH)).then_some(head)
}

/// In Korean the subject of the sentence, where the clause with the cue is one that describes it:
/// 제재포위망을 부르짖으며 맨 앞장에서 날뛰던 일본반동들은.
fn described<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let head = view.candidates.iter().find(|c| c.start >= cue.end && is_topic(text, c))?;
    let counts = head.standing == Standing::Free;
    (counts && is_described(view, cue, head, DESCRIBED_SUBJECT_REACH)).then_some(head)
}

/// Whether the words from the cue on are a clause that describes `head`: its verb stands right
/// before him, and is no noun with the particle of a topic (도발은).
fn is_described(view: &View<'_>, cue: &CueHit<'_>, head: &Candidate<'_>, reach: usize) -> bool {
    let between = &view.scene.segment.text[cue.end..head.start];
    let topics = ["것은", "바는", "에는", "로는", "에서는", "발은", "동은", "략은", "책은"];
    let is_clause = |verb: &str| {
        verb.chars().next_back().is_some_and(is_adnominal)
            && verb.chars().count() <= reach
            && !verb.contains([',', '.'])
            && !ends_with_any(verb, &topics)
    };
    view.scene.lang == Lang::Ko
        && between.strip_suffix(' ').is_some_and(is_clause)
        && !head.own
        && (view.is_usual(head.target) || head.target == "VEILED")
}

/// Whether a syllable ends as a verb before its noun does: in ㄴ or ㄹ (하는, 떠벌이던, 일삼을).
fn is_adnominal(syllable: char) -> bool {
    let (first, last, finals) = (0xAC00, 0xD7A3, 28);
    let code = syllable as u32;
    (first..=last).contains(&code) && matches!((code - first) % finals, 4 | 8)
}

/// A target that the sentence begins with.
fn leading<'a, 's>(view: &View<'s>, free: &[&'a Candidate<'s>]) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let first = free.first()?;
    // `According to the keepers, Israeli troops killed all`: who is cited does not lead.
    let cited =
        text.find(", ").filter(|_| text.starts_with("According to ")).map_or(0, |at| at + 2);
    let before = text.get(cited..first.start)?;
    (!first.own && before.chars().count() <= LEADING).then_some(*first)
}

/// The last usual target with the particle of a topic or subject.
fn topic_marked<'a, 's>(view: &View<'s>, free: &[&'a Candidate<'s>]) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let usual = free.iter().rev().filter(|c| !c.own && view.is_usual(c.target));
    usual.into_iter().find(|c| is_topic(text, c)).copied()
}

/// Whether a Korean name, or the noun that it describes, has the particle of a topic or subject.
pub(super) fn is_topic(text: &str, who: &Candidate<'_>) -> bool {
    let marked = |word: &str| word.ends_with(['은', '는', '이', '가']) || word.ends_with("께서");
    let rest = text[who.end..].chars().take(16).take_while(|c| !matches!(c, ',' | '.'));
    let rest: String = rest.collect();
    let mut words = rest.split(' ');
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    let is_bare = !first.ends_with(['의', '을', '를', '에', '과', '와']);
    marked(first) || (is_bare && marked(second))
}
