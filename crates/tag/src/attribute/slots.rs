//! Slots: the places of a cue where its culprit stands, filled with the targets of the segment.

use corpus::segment::{Span, clauses};
use corpus::{Lang, Voice};

use super::cues::{CueHit, Slot};
use super::rules::{Lexicon, Rules};
use super::scene::{Blame, Scene};
use super::standing::{Standing, standing};
use super::words::{has_any, left, right};

/// How far from a cue of condemning its object may begin, in bytes.
const OBJECT_REACH: usize = 160;

/// A target as it stands in the segment.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'s> {
    pub start: usize,
    pub end: usize,
    pub target: &'s str,
    pub standing: Standing,
    /// The speaker himself.
    pub own: bool,
}

/// A segment prepared for the rules.
#[derive(Debug)]
pub(super) struct View<'s> {
    pub scene: &'s Scene<'s>,
    pub clauses: Vec<Span>,
    /// Sorted by place.
    pub candidates: Vec<Candidate<'s>>,
}

impl<'s> View<'s> {
    pub fn new(_rules: &Rules, _lexicon: &Lexicon, scene: &'s Scene<'s>) -> Self {
        let text = scene.segment.text;
        let mut candidates: Vec<Candidate<'s>> = Vec::new();
        for span in &scene.segment.targets {
            candidates.push(Candidate {
                start: span.start,
                end: span.end,
                target: &span.target,
                standing: standing(text, span.start, span.end, scene.lang),
                own: scene.speaker == Some(span.target.as_str()),
            });
        }
        for (start, end) in own_words(scene) {
            let standing = standing(text, start, end, scene.lang);
            candidates.push(Candidate { start, end, target: "", standing, own: true });
        }
        candidates.sort_by_key(|c| (c.start, c.end, c.target));
        drop_epithets(&mut candidates, text);
        share_standing(&mut candidates, text, scene.lang);
        let whole = Span { start: 0, end: text.len() };
        Self { scene, clauses: clauses(text, whole, scene.lang), candidates }
    }

    /// Where the clause around byte `at` begins.
    pub fn clause_start(&self, at: usize) -> usize {
        let holding = self.clauses.iter().rev().find(|clause| clause.start <= at);
        holding.map_or(0, |clause| clause.start)
    }

    pub fn is_usual(&self, target: &str) -> bool {
        is_usual(self.scene.country, target)
    }

    /// `candidate` with those that are named in one breath with it (the U.S. and the West).
    pub fn group(&self, candidate: &Candidate<'s>) -> Vec<&Candidate<'s>> {
        let text = self.scene.segment.text;
        let mut group = Vec::new();
        let (mut start, mut end) = (candidate.start, candidate.end);
        let others = || self.candidates.iter().filter(|c| !c.own && c.standing != Standing::Aside);
        for other in others().rev().filter(|c| c.start < candidate.start) {
            if other.end > start || joins(&text[other.end..start], self.scene.lang) {
                start = start.min(other.start);
                group.push(other);
            }
        }
        let joined = |c: &&Candidate<'s>| c.start >= candidate.start && !c.own;
        for other in self.candidates.iter().filter(joined) {
            if other.start < end || joins(&text[end..other.start], self.scene.lang) {
                end = end.max(other.end);
                group.push(other);
            }
        }
        group
    }

    pub fn blame(&self, who: &Candidate<'_>, cue: &CueHit<'_>, slot: Slot) -> Blame {
        Blame {
            target: who.target.to_owned(),
            kind: cue.entry.kind,
            rule: format!("slot:{}/{}", cue.entry.id, slot.name()),
            slot,
            cue: (cue.start, cue.end),
            span: (who.start, who.end),
        }
    }
}

/// The blames of one cue: the first of its slots that is filled decides.
///
/// In a question only whom it calls condemned is blamed.
pub(super) fn fill(view: &View<'_>, cue: &CueHit<'_>) -> Vec<Blame> {
    let asks = view.scene.voice == Voice::Question;
    for slot in cue.entry.slots.iter().filter(|slot| !asks || **slot == Slot::Object) {
        let found = match slot {
            Slot::Subject => match subject(view, cue) {
                Subject::Found(group) => group,
                Subject::Own => return Vec::new(),
                Subject::None => Vec::new(),
            },
            Slot::Possessor | Slot::Agent => after_preposition(view, cue),
            Slot::Object => object(view, cue),
            Slot::Around => around(view, cue),
            Slot::Topic => topic(view, cue),
            Slot::Antecedent => Vec::new(),
        };
        let overlaps = |c: &&Candidate<'_>| c.start < cue.end && cue.start < c.end;
        let found: Vec<_> = found.into_iter().filter(|c| !c.own && !overlaps(c)).collect();
        if !found.is_empty() {
            return found.into_iter().map(|who| view.blame(who, cue, *slot)).collect();
        }
    }
    Vec::new()
}

/// Whether a publisher is known to charge this target at large, so that any cue of a sentence may
/// mean it; of other states the nearest grammatical place decides.
pub(crate) fn is_usual(country: &str, target: &str) -> bool {
    match (country, target) {
        (_, "US" | "NATO" | "WEST" | "VEILED" | "JP") | ("CN", "TW") => true,
        (country, "KR" | "UA") => country != "CN",
        _ => false,
    }
}

enum Subject<'a, 's> {
    Found(Vec<&'a Candidate<'s>>),
    /// The speaker says it of himself.
    Own,
    None,
}

/// Who stands before the cue as its subject or possessor: right before it, else, where the
/// language puts its topic first, the first of the sentence, else the nearest.
fn subject<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Subject<'a, 's> {
    let clause = view.clause_start(cue.start);
    let free: Vec<&Candidate<'s>> = view
        .candidates
        .iter()
        .filter(|c| c.end <= cue.start && c.standing == Standing::Free)
        .collect();
    let beside = free.iter().rev().find(|c| is_beside(view, c.end, cue.start));
    if let Some(found) = beside {
        return if found.own { Subject::Own } else { Subject::Found(view.group(found)) };
    }
    if view.scene.lang == Lang::En && !after_preposition(view, cue).is_empty() {
        return Subject::None;
    }
    let inside: Vec<_> = free.iter().filter(|c| c.start >= clause).collect();
    let usual = |c: &&&&Candidate<'s>| !c.own && view.is_usual(c.target);
    let chosen = match view.scene.lang {
        Lang::Zh => inside
            .iter()
            .rev()
            .find(usual)
            .or_else(|| inside.iter().rev().find(|c| !c.own))
            .copied(),
        Lang::Ko => topic_marked(view, &free),
        _ => None,
    };
    if let Some(found) = chosen {
        return Subject::Found(view.group(found));
    }
    if view.scene.lang == Lang::Zh && !inside.is_empty() {
        return Subject::Own;
    }
    let first = match view.scene.lang {
        Lang::Zh => free.iter().rev().find(|c| c.own || view.is_usual(c.target)),
        _ => free.iter().find(|c| !c.own && view.is_usual(c.target)).or_else(|| free.first()),
    };
    match first {
        Some(found) if found.own => Subject::Own,
        Some(found) => Subject::Found(view.group(found)),
        None => Subject::None,
    }
}

/// The last usual target with the particle of a topic or subject.
fn topic_marked<'a, 'b, 's>(
    view: &View<'s>,
    free: &'b [&'a Candidate<'s>],
) -> Option<&'b &'a Candidate<'s>> {
    let text = view.scene.segment.text;
    free.iter().rev().find(|c| {
        let word: String =
            text[c.end..].chars().take(16).take_while(|c| *c != ',' && *c != '.').collect();
        let mut words = word.split(' ');
        let marked = |w: &str| w.ends_with(['은', '는', '이', '가']) || w.ends_with("께서");
        let first = words.next().unwrap_or_default();
        let second = words.next().unwrap_or_default();
        let bare = first.is_empty() || !first.ends_with(['의', '을', '를', '에']);
        !c.own && view.is_usual(c.target) && (marked(first) || (bare && marked(second)))
    })
}

/// Whether at most two words, and no mark, stand between a target and a cue.
fn is_beside(view: &View<'_>, end: usize, cue: usize) -> bool {
    let between = view.scene.segment.text[end..cue].trim();
    let near = match view.scene.lang {
        Lang::En => between.split_whitespace().count() <= 2 && !between.contains("and"),
        Lang::Ko => {
            between.split_whitespace().count() <= 2
                && has_any(left(between, between.len(), 4), &["의"])
        }
        _ => false,
    };
    near && !has_any(between, &[",", ".", ";", ":", "，"])
}

/// Drops the epithets of a named state (the U.S. imperialists, 미제를 비롯한 외세).
fn drop_epithets(candidates: &mut Vec<Candidate<'_>>, text: &str) {
    let named: Vec<(usize, usize)> =
        candidates.iter().filter(|c| c.target != "VEILED").map(|c| (c.start, c.end)).collect();
    candidates.retain(|c| {
        c.target != "VEILED"
            || !named.iter().any(|(start, end)| {
                (*start < c.end && c.start < *end)
                    || (*end <= c.start
                        && text[*end..c.start].chars().count() <= 12
                        && !has_any(
                            &text[*end..c.start],
                            &[",", "，", "、", ".", " and ", "和", "과 ", "와 "],
                        ))
            })
    });
}

/// What is named in one breath stands alike: `with the U.S. and Japan`, 미국, 남조선사이.
fn share_standing(candidates: &mut [Candidate<'_>], text: &str, lang: Lang) {
    for n in 1..candidates.len() {
        let (before, this) = (&candidates[n - 1], &candidates[n]);
        let joined = this.start >= before.end && joins(&text[before.end..this.start], lang);
        if !joined || before.own || this.own {
            continue;
        }
        match lang {
            Lang::Ko if this.standing == Standing::Aside => {
                candidates[n - 1].standing = Standing::Aside
            }
            Lang::En if before.standing == Standing::Aside => {
                candidates[n].standing = Standing::Aside
            }
            _ => {}
        }
    }
}

/// `of X`, `by X` after the cue, 被X before it, X에 의하여.
fn after_preposition<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Vec<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let found = view.candidates.iter().find(|c| {
        if view.scene.lang != Lang::En || c.start < cue.end || c.start > cue.end + 60 {
            return false;
        }
        let between = text[cue.end..c.start].trim_end();
        let head = between.strip_suffix("the").unwrap_or(between).trim_end();
        ["of", "by"].iter().any(|word| head == *word || head.ends_with(&format!(" {word}")))
    });
    found.map(|c| view.group(c)).unwrap_or_default()
}

/// What a cue of condemning is about: after it in English and Chinese, before it in Korean.
fn object<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Vec<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    if view.scene.lang == Lang::Ko {
        let found = view.candidates.iter().rev().find(|c| {
            c.end <= cue.start && !c.own && c.standing != Standing::Aside && view.is_usual(c.target)
        });
        return found.map(|c| view.group(c)).unwrap_or_default();
    }
    let found = view.candidates.iter().find(|c| {
        let ok = c.standing != Standing::Aside || has_any(left(text, c.start, 8), &["对", "针对"]);
        c.start >= cue.end && c.start < cue.end + OBJECT_REACH && !c.own && ok
    });
    found.map(|c| view.group(c)).unwrap_or_default()
}

/// 对美方…表示反对; `the moves of the U.S. are denounced`.
fn around<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Vec<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let found = view.candidates.iter().rev().find(|c| {
        let towards = has_any(left(text, c.start, 2), &["对", "就", "向"]);
        c.end <= cue.start
            && !c.own
            && view.is_usual(c.target)
            && (c.standing != Standing::Aside || towards)
    });
    found.map(|c| view.group(c)).unwrap_or_default()
}

/// Every usual target that stands free in the sentence.
fn topic<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Vec<&'a Candidate<'s>> {
    let led = |c: &Candidate<'s>| c.end <= cue.start && c.standing == Standing::Free;
    if view.scene.lang == Lang::En && view.candidates.iter().any(led) {
        return Vec::new();
    }
    let free =
        |c: &&Candidate<'s>| !c.own && c.standing == Standing::Free && view.is_usual(c.target);
    view.candidates.iter().filter(free).collect()
}

/// Whether two names with these words between them are named in one breath.
fn joins(between: &str, lang: Lang) -> bool {
    let between = between.trim();
    if between.chars().count() > 24 || has_any(between, &["。", ". ", "；", ";"]) {
        return false;
    }
    match lang {
        Lang::En => {
            let words = between.trim_start_matches("'s").trim();
            matches!(
                words,
                "and"
                    | "and the"
                    | ","
                    | ", the"
                    | "and its"
                    | "or"
                    | "-"
                    | "/"
                    | "as well as"
                    | "as well as the"
                    | "together with the"
                    | "together with"
                    | ", together with the"
                    | ", together with"
                    | "and other"
                    | "-led"
                    | "but also its"
                    | "but also"
                    | "and the rest of the"
                    | "along with the"
                    | "along with"
                    | ", and"
                    | ", and the"
                    | "in league with the"
                    | "in league with"
            ) || (words.ends_with("and")
                && words.len() <= 24
                && !has_any(words, &[" to", " of", ",", " with"]))
        }
        Lang::Zh => matches!(
            between,
            "和" | "与"
                | "及"
                | "、"
                | "及其"
                | "和其"
                | "以及"
                | "等"
                | "为首的"
                | "同"
                | "及其少数"
                | "联合"
                | "伙同"
                | "领导的"
                | "主导的"
                | "及其领导的"
                | "及部分"
                | "和部分"
                | "和一些"
                | "及一些"
        ),
        Lang::Ko => matches!(
            between,
            "과" | "와"
                | "및"
                | "과 그"
                | "와 그"
                | "·"
                | ","
                | "을 위수로 한"
                | "을 비롯한"
                | "를 비롯한"
                | "과 "
                | "을 괴수로 하는"
                | "주도의"
                | "과 일본"
                | "이 주도하는"
                | "을 우두머리로 하는"
        ),
        _ => false,
    }
}

/// Where the publisher speaks of himself without a target's name.
fn own_words(scene: &Scene<'_>) -> Vec<(usize, usize)> {
    if !matches!(scene.voice, Voice::Own) {
        return Vec::new();
    }
    let words: &[&str] = match scene.lang {
        Lang::Zh => &["我们", "我国", "我方"],
        Lang::En => &["we ", "We ", "our ", "Our "],
        Lang::Ko => &["우리 ", "우리는", "우리가", "우리의", "나는"],
        _ => &[],
    };
    let text = scene.segment.text;
    let mut found = Vec::new();
    for word in words {
        for (at, found_word) in text.match_indices(word) {
            let starts =
                scene.lang == Lang::Zh || !left(text, at, 1).chars().any(char::is_alphanumeric);
            if starts && !right(text, at, 1).is_empty() {
                found.push((at, at + found_word.trim_end().len()));
            }
        }
    }
    found
}
