//! Slots: the places of a cue where its culprit stands, filled with the targets of the segment.

use std::cell::OnceCell;

use corpus::segment::{Span, clauses};
use corpus::{Lang, Voice};

use super::company::{is_accomplice, joins};
use super::cues::{CueHit, Slot};
use super::question::{is_asked, is_reported};
use super::rules::{Lexicon, Words};
use super::scene::{Blame, Scene};
use super::spared::may_fill;
use super::standing::{Standing, standing};
use super::subject::{Subject, subject};
use super::words::{ends_with_any, has_any, left, starts_with_any};

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
    /// Named as one who does it together with the culprit: `in collusion with the U.S.`.
    pub accomplice: bool,
}

/// A segment prepared for the rules.
#[derive(Debug)]
pub(super) struct View<'s> {
    pub scene: &'s Scene<'s>,
    lexicon: &'s Lexicon,
    /// Found when they are first asked for: most segments name nobody.
    words: OnceCell<Words<'s>>,
    /// Cut when a cue first asks for them: most segments have none.
    clauses: OnceCell<Vec<Span>>,
    /// Sorted by place.
    pub candidates: Vec<Candidate<'s>>,
}

impl<'s> View<'s> {
    pub fn new(lexicon: &'s Lexicon, scene: &'s Scene<'s>) -> Self {
        let text = scene.segment.text;
        let mut candidates: Vec<Candidate<'s>> = Vec::new();
        for span in &scene.segment.targets {
            candidates.push(Candidate {
                start: span.start,
                end: span.end,
                target: &span.target,
                standing: match scene.describes_the_holder(span) {
                    true => Standing::Aside,
                    false => standing(text, span.start, span.end, scene.lang),
                },
                accomplice: is_accomplice(text, span.start, span.end, scene.lang),
                own: scene.speaker == Some(span.target.as_str())
                    || scene.holder.is_some_and(|holder| text[span.start..].starts_with(holder)),
            });
        }
        for (start, end) in scene.own_words() {
            let standing = standing(text, start, end, scene.lang);
            let own = Candidate { start, end, target: "", standing, own: true, accomplice: false };
            candidates.push(own);
        }
        candidates.sort_by_key(|c| (c.start, c.end, c.target));
        drop_epithets(&mut candidates, text);
        share_standing(&mut candidates, text, scene.lang);
        drop_veiled(&mut candidates, scene);
        Self { scene, lexicon, words: OnceCell::new(), clauses: OnceCell::new(), candidates }
    }

    /// The cues of the segment, in order.
    pub fn cues(&self) -> &[CueHit<'s>] {
        &self.words().cues
    }

    /// The words of demanding (`true`) and of presupposed wrong (`false`), in order.
    pub fn demands(&self) -> &[(bool, usize, usize)] {
        &self.words().demands
    }

    fn words(&self) -> &Words<'s> {
        let found = || self.lexicon.words_in(self.scene.segment.text, self.scene.lang);
        self.words.get_or_init(found)
    }

    /// Where the clause around byte `at` begins.
    pub fn clause_start(&self, at: usize) -> usize {
        let text = self.scene.segment.text;
        let cut = || clauses(text, Span { start: 0, end: text.len() }, self.scene.lang);
        let holding = self.clauses.get_or_init(cut).iter().rev().find(|clause| clause.start <= at);
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
        let others = || self.candidates.iter().filter(|c| !c.own && !c.standing.is_aside());
        for other in others().rev().filter(|c| c.start < candidate.start) {
            if other.end >= start || joins(&text[other.end..start], self.scene.lang) {
                start = start.min(other.start);
                group.push(other);
            }
        }
        let joined = |c: &&Candidate<'s>| c.start >= candidate.start && !c.own;
        for other in self.candidates.iter().filter(joined) {
            if other.start <= end || joins(&text[end..other.start], self.scene.lang) {
                end = end.max(other.end);
                group.push(other);
            }
        }
        let helps = |c: &&Candidate<'s>| {
            let (from, to) = (candidate.end, c.start);
            c.accomplice
                && !c.own
                && from <= to
                && !text[from..to].contains(['。', '；', ';'])
                && !text[from..to].contains(". ")
        };
        group.extend(self.candidates.iter().filter(helps));
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
pub(super) fn fill(view: &View<'_>, cue: &CueHit<'_>) -> Vec<Blame> {
    for slot in &cue.entry.slots {
        match tried(view, cue, *slot) {
            Tried::Filled(found) => {
                return found.into_iter().map(|who| view.blame(who, cue, *slot)).collect();
            }
            Tried::Himself => return Vec::new(),
            Tried::Empty(_) => {}
        }
    }
    Vec::new()
}

/// What becomes of a slot.
pub(super) enum Tried<'a, 's> {
    /// These fill it.
    Filled(Vec<&'a Candidate<'s>>),
    /// The speaker says it of himself: no other slot is tried.
    Himself,
    /// Nobody does, for this reason.
    Empty(&'static str),
}

/// Tries one slot of a cue.
///
/// In a question only whom it calls condemned is blamed, and whom somebody that it reports charges.
pub(super) fn tried<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>, slot: Slot) -> Tried<'a, 's> {
    let asks = view.scene.voice == Voice::Question;
    if asks && is_asked(view.scene.segment.text, cue) {
        return Tried::Empty("the question asks whether it is so");
    }
    if asks && !matches!(slot, Slot::Object | Slot::Subject) {
        return Tried::Empty("a question blames whom it calls condemned, or reports to be charged");
    }
    let found = match slot {
        Slot::Subject if is_suffered(view, cue) => {
            return Tried::Empty("a passive of harm, whose subject is the victim");
        }
        Slot::Subject => match subject(view, cue) {
            Subject::Found(group) if asks => {
                group.into_iter().filter(|c| is_reported(view, c.start, cue)).collect()
            }
            Subject::Found(group) => group,
            Subject::Own => return Tried::Himself,
            Subject::None => Vec::new(),
        },
        Slot::Possessor | Slot::Agent => after_preposition(view, cue),
        Slot::Object => object(view, cue),
        Slot::Around => around(view, cue),
        Slot::Topic => topic(view, cue),
        Slot::Antecedent => Vec::new(),
    };
    if found.is_empty() {
        return Tried::Empty(nobody(view, slot));
    }
    let overlaps = |c: &&Candidate<'_>| c.start < cue.end && cue.start < c.end;
    let others = |c: &&Candidate<'_>| !c.own && !overlaps(c);
    let others: Vec<_> = found.into_iter().filter(others).collect();
    if others.is_empty() {
        return Tried::Empty("only the speaker, or the cue's own words, stand there");
    }
    let may = |c: &&Candidate<'_>| may_fill(view, cue, slot, c);
    let found: Vec<_> = others.into_iter().filter(may).collect();
    match found.is_empty() {
        true => Tried::Empty("whom this publisher hardly ever charges must stand right at the cue"),
        false => Tried::Filled(found),
    }
}

/// Why nobody stands in a slot.
fn nobody(view: &View<'_>, slot: Slot) -> &'static str {
    match (slot, view.scene.voice, view.scene.lang) {
        (Slot::Subject, Voice::Question, _) => {
            "no target stands before the cue, behind a word of reporting"
        }
        (Slot::Subject, ..) => "no target stands before the cue as its subject",
        (Slot::Possessor, ..) => "no `of` a target follows the cue",
        (Slot::Agent, ..) => "no `by` a target follows the cue",
        (Slot::Object, _, Lang::Ko) => "no target that such texts charge stands before the cue",
        (Slot::Object, ..) => "no target follows the cue as its object",
        (Slot::Around, ..) => "no target that such texts charge stands before the cue",
        (Slot::Topic, _, Lang::En) => {
            "no target that such texts charge is the topic of the sentence, or one leads to the cue"
        }
        (Slot::Topic, ..) => "no target that such texts charge is the topic of the sentence",
        (Slot::Antecedent, ..) => "left to the rule `antecedent`",
    }
}

/// Whether the cue is an English passive of harm, whose subject is the victim: `were killed`.
fn is_suffered(view: &View<'_>, cue: &CueHit<'_>) -> bool {
    let text = view.scene.segment.text;
    let before = text[..cue.start].trim_end();
    let last = before.rsplit(' ').next().unwrap_or_default();
    view.scene.lang == Lang::En
        && cue.entry.kind == corpus::BlameKind::Causal
        && ["was", "were", "been", "being", "be", "is", "are"].contains(&last)
        && !text[cue.start..cue.end].contains(' ')
        && ends_with_any(&text[cue.start..cue.end], &["ed", "en"])
}

/// Whether a publisher is known to charge this target at large, so that any cue of a sentence may
/// mean it; of other states the nearest grammatical place decides.
pub(crate) fn is_usual(country: &str, target: &str) -> bool {
    match (country, target) {
        (_, "US" | "NATO" | "WEST" | "JP") | ("CN", "TW" | "VEILED") => true,
        (country, "KR" | "UA") => country != "CN",
        _ => false,
    }
}

/// Drops the epithets of a named state (the U.S. imperialists, 미제를 비롯한 외세).
fn drop_epithets(candidates: &mut Vec<Candidate<'_>>, text: &str) {
    let named: Vec<(usize, usize)> =
        candidates.iter().filter(|c| c.target != "VEILED").map(|c| (c.start, c.end)).collect();
    let names_next = |c: &Candidate<'_>| named.iter().any(|(start, _)| is_apposed(text, c, *start));
    candidates.retain(|c| {
        c.target != "VEILED" && !names_next(c)
            || c.target == "VEILED"
                && !named.iter().any(|(start, end)| {
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

/// Whether the servants of somebody are named right after (its lackeys the south Korean puppets, 그
/// 주구 리승만도당): they are no others.
fn is_apposed(text: &str, who: &Candidate<'_>, next: usize) -> bool {
    let servants =
        ["lackey", "stooge", "minion", "henchm", "servant", "flunk", "주구", "졸개", "졸도"];
    let between = text.get(who.end..next).map(|words| words.trim_end_matches("the ").trim_end());
    who.target == "WEST"
        && has_any(&text[who.start..who.end].to_lowercase(), &servants)
        && between == Some("")
}

/// Drops the veiled references of a segment that names whom it charges (美方…一些人). In Korean,
/// where a segment is often a paragraph, they may be others.
fn drop_veiled(candidates: &mut Vec<Candidate<'_>>, scene: &Scene<'_>) {
    let names = |c: &Candidate<'_>| {
        !c.own
            && c.target != "VEILED"
            && c.standing == Standing::Free
            && is_usual(scene.country, c.target)
    };
    if scene.lang != Lang::Ko && candidates.iter().any(names) {
        candidates.retain(|c| c.target != "VEILED");
    }
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
            Lang::Ko if this.standing.is_aside() => candidates[n - 1].standing = this.standing,
            Lang::En if before.standing.is_aside() => candidates[n].standing = before.standing,
            // “台独”分裂势力 is one name in two targets.
            Lang::Zh if before.standing.is_aside() && before.target == this.target => {
                candidates[n].standing = before.standing;
            }
            _ => {}
        }
    }
}

/// `of X` (of noun cues) or `by X` at most four words after the cue.
pub(super) fn after_preposition<'a, 's>(
    view: &'a View<'s>,
    cue: &CueHit<'_>,
) -> Vec<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let words: &[&str] = match cue.entry.slots.contains(&Slot::Possessor) {
        true => &["of", "by"],
        false => &["by"],
    };
    let found = view.candidates.iter().find(|c| {
        let far = c.start < cue.end || c.start > cue.end + 60;
        if view.scene.lang != Lang::En || far || c.standing == Standing::Aside {
            return false;
        }
        let between = text[cue.end..c.start].trim_end();
        let head = between.strip_suffix("the").unwrap_or(between).trim_end();
        between.split_whitespace().count() <= 4
            && words.iter().any(|word| head == *word || head.ends_with(&format!(" {word}")))
    });
    found.filter(|c| c.target != "VEILED").map(|c| view.group(c)).unwrap_or_default()
}

/// What a cue of condemning is about: after it in English and Chinese, before it in Korean.
fn object<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Vec<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    if view.scene.lang == Lang::Ko {
        let found = view.candidates.iter().rev().find(|c| {
            c.end <= cue.start && !c.own && !c.standing.is_aside() && view.is_usual(c.target)
        });
        return found.map(|c| view.group(c)).unwrap_or_default();
    }
    let found = view.candidates.iter().find(|c| {
        let ok = !c.standing.is_aside()
            || has_any(left(text, c.start, 8), &["对", "针对"])
            || (c.standing == Standing::Governed && is_aimed_at(text, cue, c.start));
        c.start >= cue.end && c.start < cue.end + OBJECT_REACH && !c.own && ok
    });
    found.map(|c| view.group(c)).unwrap_or_default()
}

/// Whether the cue leads to byte `at` by its own preposition: `lashed out at`, `protest against`.
fn is_aimed_at(text: &str, cue: &CueHit<'_>, at: usize) -> bool {
    let between = text.get(cue.end..at).unwrap_or_default().trim_end();
    let head = between.strip_suffix("the").unwrap_or(between).trim_end();
    between.split_whitespace().count() <= 6 && ends_with_any(head, &[" at", " against"])
}

/// 对美方…表示反对; `the moves of the U.S. are denounced`.
fn around<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Vec<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let found = view.candidates.iter().rev().find(|c| {
        // 向美方提出交涉 protests to him; 向“台独”势力发出错误信号，中方反对 is against who sends it.
        let near = left(text, c.start, 2);
        let towards = has_any(near, &["对", "就"])
            || (near.contains('向') && !text[c.end..cue.start.max(c.end)].contains('，'));
        c.end <= cue.start
            && !c.own
            && view.is_usual(c.target)
            && (!c.standing.is_aside() || towards)
    });
    found.map(|c| view.group(c)).unwrap_or_default()
}

/// Every usual target that stands free in the sentence.
fn topic<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Vec<&'a Candidate<'s>> {
    let led = |c: &Candidate<'s>| c.end <= cue.start && c.standing == Standing::Free;
    if view.scene.lang == Lang::En && view.candidates.iter().any(led) {
        return Vec::new();
    }
    // A Korean segment may hold several sentences; the topic of one is not that of another.
    let text = view.scene.segment.text;
    let beside = |c: &Candidate<'s>| {
        let (from, to) = (c.end.min(cue.end), c.start.max(cue.start));
        view.scene.lang != Lang::Ko
            || (!text.get(from..to).unwrap_or_default().contains(". ")
                && (c.end <= cue.start || is_predicate(text, c)))
    };
    let free = |c: &&Candidate<'s>| {
        !c.own && c.standing == Standing::Free && view.is_usual(c.target) && beside(c)
    };
    match view.scene.lang {
        Lang::En => view.candidates.iter().find(free).map(|c| view.group(c)).unwrap_or_default(),
        _ => view.candidates.iter().filter(free).collect(),
    }
}

/// Whether a Korean sentence ends by naming somebody: …하는 나라가 바로 미국이다.
fn is_predicate(text: &str, who: &Candidate<'_>) -> bool {
    let copulas = ["이다", "이라", "이였", "입니다", "이며", "뿐이", "이란", "자신이", "의 책동"];
    let rest = &text[who.end..];
    let word = rest.split([' ', '.', ',']).next().unwrap_or_default();
    left(text, who.start, 3).ends_with("바로 ")
        || has_any(word, &copulas)
        || starts_with_any(rest, &["에 있", "에게 있", "에 귀착"])
}
