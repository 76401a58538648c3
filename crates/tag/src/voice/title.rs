//! A title that announces whose words the text relays: `Cuba Censures U.S. Sanctions`,
//! 로씨야외무성 대변인 서방을 비난.

use corpus::Lang;

use super::TurnScene;
use super::lexicon::{Meaning, VoiceLexicon, Word};

/// English verbs of titles, in the present tense or as a participle.
const ENGLISH_VERBS: [&str; 69] = [
    "condemn",
    "denounce",
    "censure",
    "blast",
    "slam",
    "accuse",
    "criticize",
    "criticise",
    "blame",
    "assail",
    "warn",
    "urge",
    "call for",
    "call on",
    "demand",
    "oppose",
    "reject",
    "refute",
    "protest",
    "disclose",
    "expose",
    "condemns",
    "denounces",
    "censures",
    "blasts",
    "slams",
    "accuses",
    "criticizes",
    "criticises",
    "blames",
    "assails",
    "rebukes",
    "hits at",
    "hit at",
    "hits out",
    "lashes",
    "flays",
    "warns",
    "says",
    "urges",
    "calls for",
    "calls on",
    "demands",
    "opposes",
    "rejects",
    "refutes",
    "protests",
    "discloses",
    "reveals",
    "exposes",
    "charges",
    "brands",
    "terms",
    "deplores",
    "decries",
    "raps",
    "scores",
    "comments on",
    "stresses",
    "ridicules",
    "under fire",
    "slammed",
    "blasted",
    "condemned",
    "censured",
    "denounced",
    "accused",
    "supported",
    "lauded",
];

/// Korean verbal nouns at the end of a title.
const KOREAN_VERBS: [&str; 22] = [
    "비난",
    "규탄",
    "단죄",
    "폭로",
    "비양",
    "조소",
    "강조",
    "주장",
    "언급",
    "언명",
    "경고",
    "지적",
    "평가",
    "배격",
    "반대",
    "요구",
    "호소",
    "까밝혀",
    "성토",
    "표명",
    "천명",
    "발표",
];

/// The holder whose words the text of this title relays.
pub(super) fn announced(lexicon: &VoiceLexicon, turn: &TurnScene<'_>) -> Option<String> {
    let words = lexicon.words_in(turn.title);
    let holder = match turn.lang {
        Lang::En => english(turn, &words),
        Lang::Ko => korean(turn, &words),
        _ => None,
    }?;
    (!matches!((holder.as_str(), turn.country), ("China", "CN") | ("DPRK", "KP"))).then_some(holder)
}

fn english(turn: &TurnScene<'_>, words: &[Word<'_>]) -> Option<String> {
    let title = turn.title.to_lowercase();
    if let Some(holder) = after_colon(turn, words) {
        return Some(holder);
    }
    let places = ENGLISH_VERBS.iter().filter_map(|verb| Some((word_at(&title, verb)?, *verb)));
    let (at, verb) = places.min()?;
    let participle = verb.ends_with("ed") || verb == "under fire";
    let (from, to) = match participle {
        // `Slammed in S. Korea`, `Supported by Swiss Organizations`
        true => {
            let rest = &title[at..];
            let by = [" by ", " in "].iter().filter_map(|p| rest.find(p)).min()?;
            (at + by, title.len())
        }
        false => (0, at),
    };
    if title.len() != turn.title.len() {
        return None;
    }
    let named = |w: &&Word<'_>| w.start >= from && w.end <= to;
    if words.iter().filter(named).any(|w| is_own_word(w, turn.country)) {
        return None;
    }
    words
        .iter()
        .filter(named)
        .filter_map(holder_name)
        .max_by_key(|name| name.starts_with(char::is_uppercase))
}

/// `U.S. Can Never Evade Responsibility: Brazilian Paper`: the last words of a title name their
/// source.
fn after_colon(turn: &TurnScene<'_>, words: &[Word<'_>]) -> Option<String> {
    let at = turn.title.rfind(": ")?;
    let is_short = turn.title[at + 2..].split_whitespace().count() <= 6;
    let mut named = words.iter().filter(|w| w.start > at);
    if !is_short || named.clone().any(|w| is_own_word(w, turn.country)) {
        return None;
    }
    named.find_map(holder_name)
}

/// Whether the title names the publisher or one of its organs.
pub(super) fn is_own(lexicon: &VoiceLexicon, turn: &TurnScene<'_>) -> bool {
    lexicon.words_in(turn.title).iter().any(|w| is_own_word(w, turn.country))
}

fn korean(turn: &TurnScene<'_>, words: &[Word<'_>]) -> Option<String> {
    let title = turn.title.trim();
    let tail: String = title.chars().rev().take(16).collect::<Vec<_>>().into_iter().rev().collect();
    KOREAN_VERBS.iter().find(|verb| tail.contains(**verb))?;
    let first = words.iter().find(|w| holder_name(w).is_some() || is_own_word(w, turn.country));
    match first {
        Some(word) if is_own_word(word, turn.country) || title.starts_with("조선") => None,
        Some(word) if word.start < 24 => holder_name(word),
        _ => None,
    }
}

/// Where a word stands whole.
fn word_at(title: &str, word: &str) -> Option<usize> {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    title.match_indices(word).map(|(at, _)| at).find(|at| {
        !is_letter(title[..*at].chars().next_back())
            && !is_letter(title[*at + word.len()..].chars().next())
    })
}

fn holder_name(word: &Word<'_>) -> Option<String> {
    match word.meaning {
        Meaning::Holder(name) => Some(name.clone()),
        _ => None,
    }
}

fn is_own_word(word: &Word<'_>, country: &str) -> bool {
    matches!(word.meaning, Meaning::Own(of) if of == country)
}
