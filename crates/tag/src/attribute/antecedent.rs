//! Antecedents: whom a sentence goes on about that names nobody (这种行径, `its purpose`, 저들).

use std::cmp::Reverse;

use corpus::{BlameKind, Lang, Voice};

use super::company::joins;
use super::cues::{CueHit, Slot};
use super::guards;
use super::rules::Lexicon;
use super::scene::{Blame, Passage};
use super::slots::View;
use super::standing::{Standing, standing};
use super::words::left;

/// How many sentences back an antecedent may stand.
const REACH: usize = 2;

/// The blames of a segment whose culprit stands before it.
pub(super) fn carried(lexicon: &Lexicon, view: &View<'_>) -> Vec<Blame> {
    let scene = view.scene;
    if scene.voice == Voice::Question || names_somebody(view) {
        return Vec::new();
    }
    let text = scene.segment.text;
    let counts = |cue: &CueHit<'_>| {
        guards::refusal(view, cue).is_none() && cue.entry.slots.first() != Some(&Slot::Object)
    };
    let cues = lexicon.cues_in(text, scene.lang).into_iter().filter(counts);
    let cue = cues.min_by_key(|cue| (cue.entry.kind == BlameKind::Condemn, cue.start));
    let Some(cue) = cue else { return Vec::new() };
    let whole = is_verdict(view).then_some((cue.start, cue.end));
    let Some(stand_in) = stand_in(text, scene.lang).or(whole) else { return Vec::new() };
    let plural = is_plural(&text[stand_in.0..stand_in.1]);
    for passage in scene.before.iter().rev().take(REACH) {
        let named = topics(passage, view, plural);
        if !named.is_empty() {
            return named
                .into_iter()
                .map(|target| Blame {
                    target,
                    kind: cue.entry.kind,
                    rule: format!("antecedent:{}", cue.entry.id),
                    slot: Slot::Antecedent,
                    cue: (cue.start, cue.end),
                    span: stand_in,
                })
                .collect();
        }
    }
    Vec::new()
}

/// Why [`carried`] gives nothing.
pub(super) fn obstacle(lexicon: &Lexicon, view: &View<'_>) -> &'static str {
    let text = view.scene.segment.text;
    let cues = lexicon.cues_in(text, view.scene.lang);
    let counts = |cue: &CueHit<'_>| guards::refusal(view, cue).is_none();
    if view.scene.voice == Voice::Question {
        "a question goes on about nobody"
    } else if names_somebody(view) {
        "a possible culprit, or the speaker, is named in the segment itself"
    } else if stand_in(text, view.scene.lang).is_none() && !is_verdict(view) {
        "no pronoun or phrase stands for one who is named before"
    } else if !cues.iter().any(counts) {
        "no cue of blame that counts stands in the segment"
    } else if !cues.iter().any(|cue| counts(cue) && cue.entry.slots.first() != Some(&Slot::Object))
    {
        "the cue needs its object in the segment"
    } else {
        "nobody who may be the culprit is named in the two segments before"
    }
}

/// Epithets that mean whom the sentence before is about.
const EPITHETS: [&str; 8] = [
    "warmongers",
    "aggressors",
    "murderers",
    "provocateurs",
    "始作俑者",
    "호전광",
    "침략자",
    "전쟁광",
];

/// The blames with epithets (`the warmongers`) turned into the target that stands plain before.
pub(super) fn resolved(view: &View<'_>, found: Vec<Blame>) -> Vec<Blame> {
    let text = view.scene.segment.text;
    let before = || view.scene.before.iter().rev();
    let plain = || before().map(|p| topics(p, view, false)).find(|t| !t.is_empty());
    let resolve = |mut blame: Blame| {
        let words = &text[blame.span.0..blame.span.1];
        let is_epithet = EPITHETS.iter().any(|epithet| words.contains(epithet));
        if blame.target == "VEILED"
            && is_epithet
            && let Some(target) = plain().and_then(|targets| targets.into_iter().next())
        {
            blame.target = target;
        }
        blame
    };
    found.into_iter().map(resolve).collect()
}

/// The longest sentence that passes a bare verdict, in characters.
const VERDICT: usize = 36;

/// Whether the segment is a short verdict that names nobody: 실로 가소로운 망동이 아닐수 없다. 纯属无稽之谈。
fn is_verdict(view: &View<'_>) -> bool {
    let chars = view.scene.segment.text.chars().count();
    view.scene.lang != Lang::En
        && view.candidates.is_empty()
        && chars <= VERDICT
        && view.scene.voice == Voice::Own
        && !view.scene.segment.text.contains('我')
}

/// Whether the segment itself has a possible culprit or speaks of its speaker.
fn names_somebody(view: &View<'_>) -> bool {
    let possible = |target: &str, own: bool| own || view.is_usual(target);
    view.candidates.iter().any(|c| c.standing == Standing::Free && possible(c.target, c.own))
}

/// Whether a word stands for several: `they`, 他们.
fn is_plural(word: &str) -> bool {
    ["they", "their", "them", "他们", "저들", "그들"].contains(&word.to_lowercase().as_str())
}

/// The first usual target that stands free in a passage; for a plural word with those that are named
/// in one breath with it.
fn topics(passage: &Passage<'_>, view: &View<'_>, plural: bool) -> Vec<String> {
    let lang = view.scene.lang;
    let first = passage.targets.iter().find(|t| {
        view.scene.speaker != Some(t.target.as_str())
            && view.is_usual(&t.target)
            && standing(passage.text, t.start, t.end, lang) == Standing::Free
    });
    let Some(first) = first else { return Vec::new() };
    let mut named = vec![first.target.clone()];
    let mut end = first.end;
    for next in passage.targets.iter().filter(|t| plural && t.start >= first.end) {
        if !joins(passage.text.get(end..next.start).unwrap_or("."), lang) {
            break;
        }
        end = next.end;
        if view.is_usual(&next.target) && !named.contains(&next.target) {
            named.push(next.target.clone());
        }
    }
    named
}

/// The words that stand for the antecedent.
fn stand_in(text: &str, lang: Lang) -> Option<(usize, usize)> {
    let words: &[&str] = match lang {
        Lang::En => &[
            "It ",
            "Its ",
            "They ",
            "Their ",
            "This ",
            "These ",
            "Such ",
            "That ",
            " it ",
            " its ",
            " they ",
            " their ",
            "The warmongers",
            "the warmongers",
            "such ",
            "those ",
        ],
        Lang::Zh => {
            &["这种", "这些", "这一", "此举", "这", "其", "他们", "它", "上述", "该国", "此类"]
        }
        Lang::Ko => &["저들", "그들", "이것은", "이는", "이러한", "그러한", "이런"],
        _ => return None,
    };
    let stands_alone = |(at, word): &(usize, &str)| {
        let holds =
            |(start, other): (usize, &str)| start <= *at && at + word.len() <= start + other.len();
        !OF_NOBODY.iter().any(|other| text.match_indices(other).any(holds))
    };
    // 이는 also ends words: 떠벌이는.
    let begins_word = |(at, _): &(usize, &str)| {
        lang != Lang::Ko || !left(text, *at, 1).chars().any(char::is_alphanumeric)
    };
    let alone = |place: &(usize, &str)| stands_alone(place) && begins_word(place);
    let found = words.iter().filter_map(|word| text.match_indices(word).find(alone));
    let (at, word) = found.min_by_key(|(at, word)| (*at, Reverse(word.len())))?;
    let at = at + usize::from(word.starts_with(' '));
    Some((at, at + word.trim().len()))
}

/// Chinese words in which 其, 它 or 这 stands for nobody who was named.
const OF_NOBODY: [&str; 14] = [
    "其中",
    "其实",
    "其次",
    "其余",
    "其间",
    "其他",
    "其它",
    "尤其",
    "极其",
    "与其",
    "土耳其",
    "莫名其妙",
    "名副其实",
    "这里",
];
