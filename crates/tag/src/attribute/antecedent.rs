//! Antecedents: whom a sentence goes on about that names nobody (这种行径, `its purpose`, 저들).

use corpus::{BlameKind, Lang, Voice};

use super::company::joins;
use super::cues::{CueHit, Slot};
use super::grammar::Grammar;
use super::guards;
use super::scene::{Blame, Passage, Scene};
use super::spared::is_spared;
use super::standin::{is_group, is_of_an_event, is_said_of, stand_ins};
use super::standing::{Standing, standing};
use super::subject::is_topic;
use super::view::{Candidate, View};
use super::words::has_any;

/// How many sentences back an antecedent may stand.
const REACH: usize = 2;

/// The blames of a segment whose culprit stands before it.
pub(super) fn carried(view: &View<'_>) -> Vec<Blame> {
    let scene = view.scene;
    if !may_go_on(scene) || view.cues().is_empty() {
        return Vec::new();
    }
    let cues = counting(view);
    let Some((stand_in, cue)) = resting(view, &cues) else { return Vec::new() };
    if names_somebody(view, cue) {
        return Vec::new();
    }
    let word = &scene.segment.text[stand_in.0..stand_in.1];
    let culprit = |target| Blame {
        target,
        kind: view.kind(cue),
        rule: format!("antecedent:{}", cue.entry.id),
        slot: Slot::Antecedent,
        cue: (cue.start, cue.end),
        span: stand_in,
    };
    meant(scene, view, word).into_iter().map(culprit).collect()
}

/// Whom a stand-in means: who is named in the nearest passage, or before it where the nearest has a
/// veiled word alone (`美国……。个别国家……。他们……`), which says again who was named. The words for a body of
/// rulers (`the group`) may go back to the title.
fn meant(scene: &Scene<'_>, view: &View<'_>, word: &str) -> Vec<String> {
    let is_group = is_group(view.grammar(), word);
    let title = scene.title.filter(|_| is_group);
    let named = || {
        let passages = near(scene).chain(title);
        passages.map(|p| topics(p, view, word)).filter(|named| !named.is_empty())
    };
    let is_plain = |named: &Vec<String>| named.iter().any(|target| target != "VEILED");
    named().find(is_plain).or_else(|| named().next()).unwrap_or_default()
}

/// Whether a segment may go on about somebody who is named before it. A question goes on about
/// nobody.
pub(super) fn may_go_on(scene: &Scene<'_>) -> bool {
    let mut passages = near(scene).chain(scene.title);
    scene.voice != Voice::Question && passages.any(|passage| !passage.targets.is_empty())
}

/// The passages in which an antecedent may stand, the nearest first.
fn near<'t>(scene: &Scene<'t>) -> impl Iterator<Item = &'t Passage<'t>> + use<'t> {
    scene.before.iter().rev().take(REACH)
}

/// The cues that count without a culprit beside them.
fn counting<'s>(view: &View<'s>) -> Vec<CueHit<'s>> {
    // 这种做法…，中方坚决反对: in Chinese a deed that was told of may be what is denounced.
    let speaks = view.candidates.iter().any(|c| c.own);
    let denounces =
        |cue: &CueHit<'_>| speaks && view.scene.lang == Lang::Zh && cue.entry.is_denunciation();
    let counts = |cue: &&CueHit<'_>| {
        guards::refusal(view, cue).is_none()
            && (denounces(cue)
                || !matches!(cue.entry.slots.first(), Some(Slot::Object | Slot::Possessor)))
    };
    view.cues().iter().filter(counts).copied().collect()
}

/// The words that stand for the culprit with the cue that is said of him; the whole cue where a
/// verdict has no such words.
fn resting<'c, 'l>(
    view: &View<'_>,
    cues: &'c [CueHit<'l>],
) -> Option<((usize, usize), &'c CueHit<'l>)> {
    let surest = |cues: &mut dyn Iterator<Item = &'c CueHit<'l>>| {
        cues.min_by_key(|cue| (cue.entry.kind == BlameKind::Condemn, cue.start))
    };
    let said = stand_ins(view).into_iter().find_map(|place| {
        let mut of_it = cues.iter().filter(|cue| is_said_of(view, place, cue));
        surest(&mut of_it).map(|cue| (place, cue))
    });
    let verdict = || surest(&mut cues.iter()).map(|cue| ((cue.start, cue.end), cue));
    said.or_else(|| is_verdict(view).then(verdict).flatten())
}

/// Why [`carried`] gives nothing.
pub(super) fn obstacle(view: &View<'_>) -> &'static str {
    let cues = counting(view);
    let resting = resting(view, &cues);
    let refused = |cue: &CueHit<'_>| guards::refusal(view, cue).is_some();
    if view.scene.voice == Voice::Question {
        "a question goes on about nobody"
    } else if stand_ins(view).is_empty() && !is_verdict(view) {
        "no pronoun or phrase stands for one who is named before"
    } else if view.cues().iter().all(refused) {
        "no cue of blame that counts stands in the segment"
    } else if cues.is_empty() {
        "the cue needs its object in the segment"
    } else if resting.is_none() {
        "the cue does not follow the words that stand for one who is named before"
    } else if resting.is_some_and(|(_, cue)| names_somebody(view, cue)) {
        "a possible culprit, or the speaker, is named in the segment itself"
    } else {
        "nobody who may be the culprit is named in the two segments before"
    }
}

/// The blames of epithets (`the warmongers`) turned into those of whom stands plain before, and
/// those of 有关国家 into those of the state that the sentence right before addresses.
pub(super) fn resolved(view: &View<'_>, found: Vec<Blame>) -> Vec<Blame> {
    let text = view.scene.segment.text;
    let before = || view.scene.before.iter().rev();
    let plain = || before().map(|p| topics(p, view, "")).find(|t| !t.is_empty());
    let meant = |(start, end): (usize, usize)| {
        let words = &text[start..end];
        if is_epithet(view.grammar(), words) {
            plain()?.into_iter().next()
        } else if words == "외세" && !text[end..].starts_with(['와', '과']) {
            before().take(REACH).find_map(|passage| foreign(passage, view))
        } else if words.starts_with("有关国家") {
            addressed(view.scene.before.last()?, view)
        } else {
            None
        }
    };
    let resolve = |mut blame: Blame| {
        if blame.target == "VEILED"
            && let Some(target) = meant(blame.span)
        {
            blame.target = target;
        }
        blame
    };
    found.into_iter().map(resolve).collect()
}

/// Whether words mean whom the sentence before is about: `the warmongers`, 始作俑者.
fn is_epithet(grammar: &Grammar, words: &str) -> bool {
    let epithets = match grammar {
        Grammar::English(words) => &words.stand_in.epithets,
        Grammar::Chinese(words) => &words.stand_in.epithets,
        Grammar::Korean(words) => &words.stand_in.epithets,
        Grammar::Unknown => return false,
    };
    epithets.occur_in(&words.to_lowercase())
}

/// The power that 외세 (foreign forces) goes on about: 미제를 비롯한 외세이다. 침략적인 외세는….
fn foreign(passage: &Passage<'_>, view: &View<'_>) -> Option<String> {
    let is_power = |target: &str| ["US", "JP"].contains(&target);
    let free = |start, end| standing(view.grammar(), passage.text, start, end) == Standing::Free;
    let mut named = passage.targets.iter().filter(|t| is_power(t.target) && free(t.start, t.end));
    named.next().map(|t| t.target.to_owned())
}

/// Whom a sentence urges or is about, of whatever state: the last who stands free in it.
fn addressed(passage: &Passage<'_>, view: &View<'_>) -> Option<String> {
    let mut free = passage.targets.iter().filter(|t| {
        view.scene.speaker != Some(t.target)
            && !["VEILED", "UN", "TW"].contains(&t.target)
            && !is_spared(view, t.target)
            && standing(view.grammar(), passage.text, t.start, t.end) == Standing::Free
    });
    free.next_back().map(|t| t.target.to_owned())
}

/// The longest sentence that passes a bare verdict, in characters.
const VERDICT: usize = 36;

/// Whether the segment is a short verdict that names nobody: 실로 가소로운 망동이 아닐수 없다. 纯属无稽之谈。
/// What has a subject of its own is said of that: 자본수출은 해외략탈의 도구이다.
fn is_verdict(view: &View<'_>) -> bool {
    let chars = view.scene.segment.text.chars().count();
    view.scene.lang != Lang::En
        && !has_a_korean_subject(view.scene.segment.text)
        && !is_of_an_event(view.scene.segment.text)
        && view.candidates.is_empty()
        && chars <= VERDICT
        && view.scene.voice == Voice::Own
        && !has_any(view.scene.segment.text, &["我要", "我想", "我愿", "我可以", "大家", "希望"])
}

/// Whether a word has the particle of a Korean subject, and is no adjective that ends like one (같은).
fn has_a_korean_subject(text: &str) -> bool {
    let adjectives =
        ["같은", "높은", "깊은", "많은", "적은", "좋은", "낡은", "작은", "젊은", "넓은"];
    let mut words = text.split(' ').filter(|word| !adjectives.contains(word));
    words.any(|word| word.ends_with(['은', '가']) || word.ends_with("들이"))
}

/// Whether the segment itself has a possible culprit of the cue, or speaks of its speaker before
/// it: behind a cue he is whom it hits (`a ridiculous bid to hamstring the DPRK`, 炒作“中国债务陷阱论”).
fn names_somebody(view: &View<'_>, cue: &CueHit<'_>) -> bool {
    // 우리의 주권에 대한 도전이다: what is his is hit, where he is no topic.
    let is_ko = view.scene.lang == Lang::Ko;
    let hit = |c: &Candidate<'_>| match is_ko {
        true => {
            let text = view.scene.segment.text;
            !is_topic(text, c) && !text[..c.end].ends_with(['는', '가'])
        }
        false => c.start >= cue.end,
    };
    let possible = |c: &Candidate<'_>| match c.own {
        // 中方对此坚决反对: who denounces is not whom it is said of.
        true => !hit(c) && !cue.entry.is_denunciation(),
        false => view.is_usual(c.target) && !c.accomplice,
    };
    view.candidates.iter().any(|c| c.standing == Standing::Free && possible(c))
}

/// Whether a word stands for several: `they`, 他们.
fn is_plural(grammar: &Grammar, word: &str) -> bool {
    let word = word.to_lowercase();
    match grammar {
        Grammar::English(words) => words.stand_in.several.include(word.trim()),
        _ => ["他们", "저들", "그들"].contains(&word.as_str()),
    }
}

/// The first usual target that stands free in a passage; for a plural word with those that are named
/// in one breath with it, for a body of rulers no great power.
fn topics(passage: &Passage<'_>, view: &View<'_>, word: &str) -> Vec<String> {
    let (grammar, plural) = (view.grammar(), is_plural(view.grammar(), word));
    let is_group = is_group(grammar, word);
    let first = passage.targets.iter().find(|t| {
        view.scene.speaker != Some(t.target)
            && view.is_usual(t.target)
            && !(is_group && ["US", "NATO", "WEST"].contains(&t.target))
            && standing(grammar, passage.text, t.start, t.end) == Standing::Free
    });
    let Some(first) = first else { return Vec::new() };
    let mut named = vec![first.target.to_owned()];
    let mut end = first.end;
    // 美西方 names two at once; 美方一些政客 is one.
    let others = passage.targets.iter().filter(|t| t.start >= first.start && t.target != "VEILED");
    for next in others.filter(|_| plural) {
        if next.start >= end && !joins(grammar, passage.text.get(end..next.start).unwrap_or(".")) {
            break;
        }
        end = end.max(next.end);
        if view.is_usual(next.target) && !named.iter().any(|target| target == next.target) {
            named.push(next.target.to_owned());
        }
    }
    named
}
