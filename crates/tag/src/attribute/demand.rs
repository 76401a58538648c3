//! Demands: 敦促美方停止…, `the US should stop ...`. They condemn only where they take a wrong for
//! granted; a request without that blames nobody.

use corpus::{BlameKind, Lang, Voice};

use super::antecedent::meant;
use super::cues::Slot;
use super::grammar::Grammar;
use super::guards;
use super::scene::Blame;
use super::spared::is_spared;
use super::standin::stand_ins;
use super::standing::Standing;
use super::view::{Candidate, View};
use super::words::{has_any, starts_with_any};

/// How far after its verb the addressee of a demand begins, in bytes: 敦促 美方, `urge the US`.
const ADDRESS: usize = 24;

/// How far from the beginning of the segment one who is no usual culprit is addressed, in bytes.
const LEADING: usize = 24;

/// How far from the word that ends a wrong its cue stands, in bytes.
const WRONG_REACH: usize = 60;

/// How far after a verb that accuses one who is spared may begin, in bytes.
const BESIDE: usize = 6;

/// Whom a demand of the segment condemns.
pub(super) fn demanded(view: &View<'_>) -> Vec<Blame> {
    if view.scene.voice == Voice::Question {
        return Vec::new();
    }
    let mut found = Vec::new();
    for demand in demands(view) {
        let Some(addressee) = addressee(view, demand.verb.0, demand.verb.1) else { continue };
        for who in view.group(addressee) {
            found.push(demand.blame(who.target, (who.start, who.end), Slot::Subject));
        }
    }
    found
}

/// Whom a demand condemns that is addressed to one who was named before: 他们应该反思.
pub(super) fn of_one_named_before(view: &View<'_>) -> Vec<Blame> {
    let (scene, text) = (view.scene, view.scene.segment.text);
    let Grammar::Chinese(words) = view.grammar() else { return Vec::new() };
    let names_another = view.candidates.iter().any(|c| !c.own && c.standing == Standing::Free);
    if scene.voice == Voice::Question || names_another {
        return Vec::new();
    }
    let is_person = |place: &(usize, usize)| words.stand_in.persons.begin(&text[place.0..]);
    let persons: Vec<_> = stand_ins(view).into_iter().filter(is_person).collect();
    let addressed =
        |(start, end): (usize, usize)| match words.demand.addressing.begin(&text[start..]) {
            true => persons.iter().find(|place| place.0 >= end && place.0 <= end + ADDRESS),
            false => persons.iter().rev().find(|place| place.1 <= start),
        };
    let found = demands(view).find_map(|demand| Some((*addressed(demand.verb)?, demand)));
    let Some((place, demand)) = found else { return Vec::new() };
    let meant = meant(scene, view, place).into_iter();
    meant.map(|target| demand.blame(&target, place, Slot::Antecedent)).collect()
}

/// A demand that takes a wrong for granted.
struct Told {
    verb: (usize, usize),
    wrong: (usize, usize),
    kind: BlameKind,
}

impl Told {
    fn blame(&self, target: &str, span: (usize, usize), slot: Slot) -> Blame {
        let (verb, wrong) = (self.verb, self.wrong);
        Blame {
            target: target.to_owned(),
            kind: self.kind,
            rule: "demand".to_owned(),
            slot,
            cue: (verb.0.min(wrong.0), verb.1.max(wrong.1)),
            span,
        }
    }
}

/// The demands of a segment that take a wrong for granted.
fn demands(view: &View<'_>) -> impl Iterator<Item = Told> {
    let words = view.demands();
    words.verbs.iter().filter_map(move |verb| {
        let counts = |wrong: &&(usize, usize)| view.scene.lang == Lang::Ko || wrong.0 >= verb.1;
        let mut wrongs = words.wrongs.iter().filter(counts);
        let wrong = *wrongs.next()?;
        let is_none = describes(view, verb.0, verb.1)
            || is_invited(view, verb.0)
            || is_wish(view, *verb, wrong.0);
        let kinds = std::iter::once(&wrong).chain(wrongs).map(|wrong| kind_of_wrong(view, *wrong));
        let kind = kinds.min().unwrap_or(BlameKind::Condemn);
        (!is_none).then_some(Told { verb: *verb, wrong, kind })
    })
}

/// Whether the Korean verb at `start..end` only describes the noun after it: 리행해야 할 조항.
fn describes(view: &View<'_>, start: usize, end: usize) -> bool {
    let text = view.scene.segment.text;
    let Some(stem) = text[start..end].rfind('야').map(|at| start + at + '야'.len_utf8()) else {
        return false;
    };
    let rest = text[stem..].trim_start();
    let noun = ["할", "하는", "될", "되는"].iter().find_map(|ending| rest.strip_prefix(ending));
    view.scene.lang == Lang::Ko
        && noun.is_some_and(|noun| {
            !starts_with_any(noun.trim_start(), &["것", "일", "때", "바", "의무", "책임"])
        })
}

/// Whether a Chinese wish is that somebody goes on as he does: 希望欧方继续恪守一个中国原则.
fn is_wish(view: &View<'_>, verb: (usize, usize), wrong: usize) -> bool {
    let text = view.scene.segment.text;
    let wish = text.get(verb.1..wrong).unwrap_or_default();
    text[verb.0..verb.1].contains("希望") && wish.contains("继续")
}

/// Whether a Korean demand only follows from what one wishes: 진실로 평화를 바란다면 회담제안에 응해나서야 한다.
fn is_invited(view: &View<'_>, start: usize) -> bool {
    let text = &view.scene.segment.text[..start];
    let sentence = text.rsplit(". ").next().unwrap_or_default();
    view.scene.lang == Lang::Ko
        && has_any(sentence, &["바란다면", "원한다면"])
        && !has_any(sentence, &["것이 아니라", "말아야"])
}

/// What is to be ended: a harm that somebody brings about (停止挑动冲突) is causal blame. Any other
/// conduct is condemned, and so is who shall bear his responsibility, or shall not do (不得损害) what
/// he may not have done yet.
fn kind_of_wrong(view: &View<'_>, wrong: (usize, usize)) -> BlameKind {
    let text = view.scene.segment.text;
    if starts_with_any(&text[wrong.0..], &["不得", "不要", "not "]) {
        return BlameKind::Condemn;
    }
    let causes = view.cues().iter().any(|cue| {
        let between = match view.scene.lang {
            Lang::Ko => text.get(cue.end..wrong.0),
            _ => text.get(wrong.1..cue.start),
        };
        cue.entry.kind == BlameKind::Causal
            && !cue.entry.responsibility
            && between.is_some_and(|words| words.len() <= WRONG_REACH && is_one_demand(words))
            && guards::refusal(view, cue).is_none()
    });
    if causes { BlameKind::Causal } else { BlameKind::Condemn }
}

fn is_one_demand(between: &str) -> bool {
    !has_any(between, &["。", "；", ". ", ";", "以免", "以利", "推动", "为", " to ", "so as"])
}

/// Why [`demanded`] gives nothing.
pub(super) fn obstacle(view: &View<'_>) -> &'static str {
    let words = view.demands();
    let takes_for_granted = |end: usize| {
        words.wrongs.iter().any(|(from, _)| view.scene.lang == Lang::Ko || *from >= end)
    };
    if view.scene.voice == Voice::Question {
        "a question demands nothing"
    } else if words.verbs.is_empty() {
        "no verb of demanding stands in the segment"
    } else if !words.verbs.iter().any(|(_, end)| takes_for_granted(*end)) {
        "what is demanded takes no wrong for granted"
    } else if words.verbs.iter().all(|(start, end)| describes(view, *start, *end)) {
        "the verb only describes the noun after it"
    } else {
        "the demand is addressed to no target"
    }
}

/// Whom the verb at `start..end` addresses: who stands right after a verb of addressing, before any
/// other as its subject; nobody where the speaker demands it of himself.
///
/// One who is spared must stand right after a verb that accuses whom it addresses.
fn addressee<'a, 's>(view: &'a View<'s>, start: usize, end: usize) -> Option<&'a Candidate<'s>> {
    let stands = |c: &&Candidate<'s>| !c.standing.is_aside();
    let after = view
        .candidates
        .iter()
        .filter(stands)
        .find(|c| c.start >= end && c.start <= end + ADDRESS && view.scene.lang != Lang::Ko);
    // 미제의 통치밑에서 신음하는 동포들을 잊지 말아야, 역적들의 행위를 용납하지 말아야: neither whose rule it
    // is nor what is not to be borne is addressed.
    let text = view.scene.segment.text;
    let is_acted_upon = |c: &Candidate<'s>| {
        let word = text[c.end..].split([' ', ',', '.']).next().unwrap_or_default();
        view.scene.lang == Lang::Ko && word.ends_with(['의', '을', '를'])
    };
    let mut before = view.candidates.iter().rev().filter(stands);
    let before = before.find(|c| c.end <= start && !is_acted_upon(c));
    let before = before.filter(|c| !is_spared(view, c.target));
    let verb = text[start..end].to_lowercase();
    let words = match view.grammar() {
        Grammar::English(words) => Some(&words.demand),
        Grammar::Chinese(words) => Some(&words.demand),
        Grammar::Korean(_) | Grammar::Unknown => None,
    };
    let presses = words.is_some_and(|words| words.pressing.begin(&verb));
    let is_pressed = |c: &Candidate<'s>| presses && c.start <= end + BESIDE;
    let after = after.filter(|c| is_pressed(c) || !is_spared(view, c.target));
    let leads = |c: &Candidate<'s>| c.standing == Standing::Free && c.start <= LEADING;
    let after = after.filter(|c| !c.own);
    let before = topic(view, start)
        .or_else(|| before.filter(|c| !c.own && (view.is_usual(c.target) || leads(c))));
    match words.is_some_and(|words| words.addressing.begin(&verb)) {
        true => after.or(before),
        false => before.or(after),
    }
}

/// In Korean the first of the sentence who has the particle of a topic: 미국은 …하여야 한다.
fn topic<'a, 's>(view: &'a View<'s>, verb: usize) -> Option<&'a Candidate<'s>> {
    if view.scene.lang != Lang::Ko {
        return None;
    }
    let text = view.scene.segment.text;
    let marked = |c: &&Candidate<'s>| {
        let word = text[c.end..].split([' ', ',', '.']).next().unwrap_or_default();
        c.standing == Standing::Free && word.ends_with(['은', '는'])
    };
    let same = |c: &&Candidate<'s>| c.end <= verb && !text[c.end..verb].contains(". ");
    let first = view.candidates.iter().filter(same).find(marked)?;
    (!first.own && view.is_usual(first.target)).then_some(first)
}
