//! A view: a segment prepared for the rules, its candidates with how they stand, its clauses and
//! its words of blame.

use std::cell::OnceCell;

use corpus::segment::{Span, clauses};
use corpus::{BlameKind, Lang};

use super::company::{is_accomplice, is_servant, joins};
use super::cues::{CueHit, Slot};
use super::grammar::Grammar;
use super::mild::is_mild;
use super::rules::{Demands, Lexicon, Words};
use super::scene::{Blame, Scene};
use super::standing::{Standing, standing};
use super::words::{ends_with_any, has_any, starts_with_any};
use crate::codebook::Publisher;

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

/// How many names of a segment the rules weigh against one another. What names more is a list or a page
/// without stops: no sentence of the ministries that we have seen has more than 28.
const MOST_NAMES: usize = 64;

/// How many of its words of blame they do.
const MOST_CUES: usize = 128;

/// A segment prepared for the rules.
#[derive(Debug)]
pub(super) struct View<'s> {
    pub scene: &'s Scene<'s>,
    /// Whom it is known to charge, and whom not; `None` where the codebook does not say.
    pub publisher: Option<&'s Publisher>,
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
        let (grammar, text) = (&lexicon.grammar, scene.segment.text);
        let mut candidates: Vec<Candidate<'s>> = Vec::new();
        for span in scene.segment.targets.iter().take(MOST_NAMES) {
            candidates.push(Candidate {
                start: span.start,
                end: span.end,
                target: span.target,
                standing: match scene.describes_the_holder(span) {
                    true => Standing::Aside,
                    false => standing(grammar, text, span.start, span.end),
                },
                accomplice: is_accomplice(grammar, text, span.start, span.end),
                own: scene.speaker == Some(span.target)
                    || scene.holder.is_some_and(|holder| text[span.start..].starts_with(holder)),
            });
        }
        for (start, end) in scene.own_words().into_iter().take(MOST_NAMES) {
            let standing = standing(grammar, text, start, end);
            let own = Candidate { start, end, target: "", standing, own: true, accomplice: false };
            candidates.push(own);
        }
        candidates.sort_by_key(|c| (c.start, c.end, c.target));
        drop_speakers_in_names(&mut candidates);
        drop_epithets(&mut candidates, text, grammar);
        share_standing(&mut candidates, text, grammar);
        let publisher = lexicon.publisher(scene.country);
        drop_veiled(&mut candidates, scene, publisher);
        Self {
            scene,
            publisher,
            lexicon,
            words: OnceCell::new(),
            clauses: OnceCell::new(),
            candidates,
        }
    }

    /// By which words the language of the segment tells who stands where.
    pub fn grammar(&self) -> &'s Grammar {
        &self.lexicon.grammar
    }

    /// The cues of the segment, in order.
    pub fn cues(&self) -> &[CueHit<'s>] {
        let cues = &self.words().cues;
        &cues[..cues.len().min(MOST_CUES)]
    }

    /// The words of demands.
    pub fn demands(&self) -> &Demands {
        &self.words().demands
    }

    fn words(&self) -> &Words<'s> {
        let found = || self.lexicon.words_in(self.scene.segment.folded, self.scene.lang);
        self.words.get_or_init(found)
    }

    /// Where the clause around byte `at` begins.
    pub fn clause_start(&self, at: usize) -> usize {
        let text = self.scene.segment.text;
        let cut = || clauses(text, Span { start: 0, end: text.len() }, self.scene.lang);
        let holding = self.clauses.get_or_init(cut).iter().rev().find(|clause| clause.start <= at);
        holding.map_or(0, |clause| clause.start)
    }

    /// Whether the publisher is known to charge this target at large, so that any cue of a sentence may
    /// mean it; of other states the nearest grammatical place decides.
    pub fn is_usual(&self, target: &str) -> bool {
        self.publisher.is_some_and(|publisher| publisher.charges(target))
    }

    /// `candidate` with those that are named in one breath with it (the U.S. and the West).
    pub fn group(&self, candidate: &Candidate<'s>) -> Vec<&Candidate<'s>> {
        let text = self.scene.segment.text;
        let mut group = Vec::new();
        let (mut start, mut end) = (candidate.start, candidate.end);
        let others = || self.candidates.iter().filter(|c| !c.own && !c.standing.is_aside());
        for other in others().rev().filter(|c| c.start < candidate.start) {
            if other.end >= start || joins(self.grammar(), &text[other.end..start]) {
                start = start.min(other.start);
                group.push(other);
            }
        }
        // `the U.S. and Japanese people`: who is set aside where he is not stands for himself.
        let stands_alike =
            |c: &Candidate<'s>| candidate.standing.is_aside() || !c.standing.is_aside();
        let joined = |c: &&Candidate<'s>| c.start >= candidate.start && !c.own && stands_alike(c);
        for other in self.candidates.iter().filter(joined) {
            if other.start <= end || joins(self.grammar(), &text[end..other.start]) {
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

    /// What the cue says of its culprit where it stands.
    pub fn kind(&self, cue: &CueHit<'_>) -> BlameKind {
        match is_mild(self.grammar(), self.scene.segment.text, cue) {
            true => BlameKind::Condemn,
            false => cue.entry.kind,
        }
    }

    /// Whether whom it blames only helps or backs the culprit.
    pub fn is_of_an_accomplice(&self, blame: &Blame) -> bool {
        let named = self.candidates.iter().find(|c| (c.start, c.end) == blame.span);
        named.is_some_and(|who| who.accomplice)
    }

    pub fn blame(&self, who: &Candidate<'_>, cue: &CueHit<'_>, slot: Slot) -> Blame {
        Blame {
            target: who.target.to_owned(),
            kind: self.kind(cue),
            rule: format!("slot:{}/{}", cue.entry.id, slot.name()),
            slot,
            cue: (cue.start, cue.end),
            span: (who.start, who.end),
        }
    }
}

/// Drops the speaker where his name is a part of another's: 反华势力.
fn drop_speakers_in_names(candidates: &mut Vec<Candidate<'_>>) {
    let others: Vec<(usize, usize)> =
        candidates.iter().filter(|c| !c.own).map(|c| (c.start, c.end)).collect();
    let is_inside =
        |c: &Candidate<'_>| others.iter().any(|(start, end)| *start <= c.start && c.end <= *end);
    candidates.retain(|c| !c.own || !is_inside(c));
}

/// Drops the epithets of a named state (the U.S. imperialists, 미제를 비롯한 외세) and the servants who
/// are named right after (its lackeys the south Korean puppets).
fn drop_epithets(candidates: &mut Vec<Candidate<'_>>, text: &str, grammar: &Grammar) {
    let named: Vec<(usize, usize)> = candidates
        .iter()
        .filter(|c| !c.own && c.target != "VEILED")
        .map(|c| (c.start, c.end))
        .collect();
    candidates.retain(|c| c.target != "VEILED" || !named.iter().any(|n| is_epithet(text, c, *n)));
    candidates.retain(|c| !named.iter().any(|(next, _)| is_apposed(text, grammar, c, *next)));
}

/// Whether a veiled word only says what the one is who is named at it or right before it.
fn is_epithet(text: &str, who: &Candidate<'_>, (start, end): (usize, usize)) -> bool {
    let parts = [",", "，", "、", ".", " and ", "和", "과 ", "와 "];
    // 欧方凭少数反华势力: who is relied upon is another.
    let parts_in_chinese = ["凭", "靠", "受", "听", "借"];
    let follows = |between: &str| {
        between.chars().count() <= 12
            && !has_any(between, &parts)
            && !starts_with_any(between, &parts_in_chinese)
    };
    // 공동의 원쑤 미제, 세계반동의 원흉인 미제
    let names_it = |between: &str| matches!(between, " " | "인 " | "의 원흉인 " | "의 원흉 ");
    (start < who.end && who.start < end)
        || (end <= who.start && follows(&text[end..who.start]))
        || (who.end <= start && names_it(&text[who.end..start]))
}

/// Whether the servants of somebody are named right after: they are no others.
fn is_apposed(text: &str, grammar: &Grammar, who: &Candidate<'_>, next: usize) -> bool {
    let between = text.get(who.end..next).map(|words| words.trim_end_matches("the ").trim_end());
    who.target == "WEST" && between == Some("") && is_servant(grammar, &text[who.start..who.end])
}

/// Drops the veiled references of a segment that names whom it charges (美方…一些人). In Korean,
/// where a segment is often a paragraph, they may be others.
fn drop_veiled(
    candidates: &mut Vec<Candidate<'_>>,
    scene: &Scene<'_>,
    publisher: Option<&Publisher>,
) {
    let names = |c: &Candidate<'_>| {
        !c.own
            && c.target != "VEILED"
            && c.standing == Standing::Free
            && publisher.is_some_and(|publisher| publisher.charges(c.target))
    };
    if scene.lang != Lang::Ko && candidates.iter().any(names) {
        // `the U.S. and other hostile forces`, 美国纠集极少数国家 are more than he.
        let beside = [" and other ", "纠集", "伙同", "美国等", "美方等", "勾结"];
        let others = |c: &Candidate<'_>| ends_with_any(&scene.segment.text[..c.start], &beside);
        // 欧方凭少数反华势力炮制的谎言作出决定: such forces are others than who is named.
        let are_forces = |c: &Candidate<'_>| scene.segment.text[..c.end].ends_with("反华势力");
        candidates.retain(|c| c.target != "VEILED" || others(c) || are_forces(c));
    }
}

/// What is named in one breath stands alike: `with the U.S. and Japan`, 미국, 남조선사이.
fn share_standing(candidates: &mut [Candidate<'_>], text: &str, grammar: &Grammar) {
    // In Korean the last of a list carries the particle of all, so that its standing goes backwards.
    let forwards = 1..candidates.len();
    let order: Vec<usize> = match grammar {
        Grammar::Korean(_) => forwards.rev().collect(),
        _ => forwards.collect(),
    };
    for n in order {
        let (before, this) = (&candidates[n - 1], &candidates[n]);
        let joined = this.start >= before.end && joins(grammar, &text[before.end..this.start]);
        if !joined || before.own || this.own {
            continue;
        }
        match grammar {
            Grammar::Korean(_)
                if this.standing != Standing::Free && before.standing == Standing::Free =>
            {
                candidates[n - 1].standing = this.standing;
            }
            Grammar::English(_) if before.standing.is_aside() => {
                candidates[n].standing = before.standing;
            }
            // “台独”分裂势力 is one name in two targets, and one preposition leads a whole list:
            // 对中国、英国、德国开展网络攻击.
            Grammar::Chinese(_)
                if before.standing.is_aside()
                    && (before.target == this.target
                        || text[before.end..this.start].starts_with('、')) =>
            {
                candidates[n].standing = before.standing;
            }
            _ => {}
        }
    }
}
