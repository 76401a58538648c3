//! Nature: what does harm without anybody's fault, so that the harm is nobody's blame.

use corpus::{BlameKind, Lang};

use super::cues::CueHit;
use super::standing::Standing;
use super::view::View;
use super::words::{ends_with_any, has_any, left, right};

/// How far before the cue nature is named, in characters.
const REACH: usize = 60;

/// Whether nature does the harm of a causal cue: `a hurricane hit the U.S., causing damage`. Who is
/// named between it and the cue may have done it after all, unless he is where it struck.
pub(super) fn is_of_nature(view: &View<'_>, cue: &CueHit<'_>) -> bool {
    if cue.entry.kind != BlameKind::Causal {
        return false;
    }
    let text = view.scene.segment.text;
    if view.scene.lang == Lang::En && is_agent(text, cue) {
        return true;
    }
    let before = left(text, cue.start, REACH);
    let sentence = before.rsplit(['。', ';', '；']).next().unwrap_or_default();
    let sentence = sentence.rsplit(". ").next().unwrap_or_default();
    let start = cue.start - sentence.len();
    let Some(force) = force(sentence, view.scene.lang).map(|end| start + end) else {
        return false;
    };
    let by_somebody = view.candidates.iter().any(|c| {
        c.start >= force
            && c.end <= cue.start
            && c.standing == Standing::Free
            && !has_any(&text[force..c.start], &STRUCK)
    });
    !by_somebody
}

/// Whether a force of nature is what an English cue names as the cause: `the death toll caused by
/// the quake`, `due to the floods`.
fn is_agent(text: &str, cue: &CueHit<'_>) -> bool {
    let words = text[cue.start..cue.end].to_ascii_lowercase();
    let after = right(text, cue.end, REACH).to_ascii_lowercase();
    let causes = ["by", "due to", "owing to", "thanks to", "because of"];
    let names = ends_with_any(words.trim_end_matches(" the"), &causes);
    let agent = if names {
        Some(after.as_str())
    } else {
        [" by ", " caused by "].iter().find_map(|by| after.strip_prefix(by))
    };
    let words = agent.unwrap_or_default().split(|c: char| !c.is_ascii_alphabetic());
    words.filter(|word| !word.is_empty()).take(AGENT).any(|word| EN_FORCES.contains(&word))
}

/// How many words an agent has up to its noun: `by the powerful undersea quake`.
const AGENT: usize = 4;

/// Where the last force of nature of a sentence ends, in bytes of it.
fn force(sentence: &str, lang: Lang) -> Option<usize> {
    let ascii = (lang == Lang::En).then(|| sentence.to_ascii_lowercase());
    let sentence = ascii.as_deref().unwrap_or(sentence);
    let forces: &[&str] = match lang {
        Lang::En => &EN_FORCES,
        Lang::Zh => &["地震", "台风", "海啸", "洪灾", "暴雨", "飓风"],
        Lang::Ko => &["대지진", "태풍", "해일", "큰물", "자연재해"],
        _ => &[],
    };
    let is_whole = |at: usize, word: &str| {
        let parts = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphabetic());
        parts(sentence[..at].chars().next_back())
            && parts(sentence[at + word.len()..].chars().next())
    };
    let last = |word: &&str| {
        let at = sentence.rfind(word).filter(|at| is_whole(*at, word))?;
        Some(at + word.len())
    };
    forces.iter().filter_map(last).max()
}

/// Forces that nobody wields, as they stand before the verb.
const EN_FORCES: [&str; 21] = [
    "hurricane",
    "hurricanes",
    "typhoon",
    "typhoons",
    "tornado",
    "tornados",
    "tornadoes",
    "earthquake",
    "quake",
    "tsunami",
    "flood",
    "floods",
    "storm",
    "storms",
    "drought",
    "landslide",
    "landslides",
    "wildfire",
    "wildfires",
    "blizzard",
    "avalanche",
];

/// Words between such a force and the place that it struck.
const STRUCK: [&str; 7] =
    [" hit ", " struck ", " lashed ", " swept ", " battered ", " of ", " in "];
