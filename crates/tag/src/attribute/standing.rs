//! How a target stands where it is named: as one who may be the culprit, as what is acted upon,
//! or aside, as place, partner, people or the aim of somebody else's hostility.

pub(super) mod chinese;
mod english;
pub(super) mod korean;
mod quarrel;

use super::grammar::Grammar;

/// What a target may be where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Subject, possessor, topic: it may be the culprit.
    Free,
    /// Acted upon: only a cue of condemning can mean it.
    Object,
    /// After a preposition: never the culprit itself, though what is his may be (`against the U.S.
    /// moves`).
    Governed,
    /// People, a partner, a quoted name, or the aim of hostility: never the culprit.
    Aside,
}

impl Standing {
    /// Whether it is no culprit by itself.
    pub(super) fn is_aside(self) -> bool {
        matches!(self, Self::Governed | Self::Aside)
    }
}

/// How the target at `start..end` stands.
pub(super) fn standing(grammar: &Grammar, text: &str, start: usize, end: usize) -> Standing {
    if is_inside_a_name(text, start, end) || is_inside_a_title(text, start, end) {
        return Standing::Aside;
    }
    match grammar {
        Grammar::English(words) => english::standing(&words.standing, text, start, end),
        Grammar::Chinese(words) => chinese::standing(&words.standing, text, start, end),
        Grammar::Korean(words) => korean::standing(words, text, start, end),
        Grammar::Unknown => Standing::Free,
    }
}

/// A condition on a place, and how the target stands where it holds.
type Rule<P> = (fn(&P) -> bool, Standing);

/// How a target stands by the first of the rules that holds of its place; free where none does.
fn by_the_first<P>(rules: &[Rule<P>], place: &P) -> Standing {
    let first = rules.iter().find(|(holds, _)| holds(place));
    first.map_or(Standing::Free, |(_, standing)| *standing)
}

/// The marks around quoted names and slogans.
const QUOTES: [(char, char); 4] = [('“', '”'), ('《', '》'), ('「', '」'), ('‘', '’')];

/// How far from the target such a mark may stand, in characters.
const QUOTE_REACH: usize = 30;

/// Whether the target is a part of a quoted name or slogan: “Washington Summit Declaration”,
/// 《대만관계법》.
fn is_inside_a_name(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().rev().take(QUOTE_REACH);
    let opened = nearest_marks(before);
    if opened.iter().flatten().all(|(mark, _)| QUOTES.iter().any(|(_, close)| close == mark)) {
        return false;
    }
    let closed = nearest_marks(text[end..].chars().take(QUOTE_REACH));
    let pairs = QUOTES.iter().zip(opened.into_iter().zip(closed));
    pairs.into_iter().any(|((open, close), marks)| match marks {
        (Some((before, left)), Some((after, right))) => {
            before == *open && after == *close && left + right >= 3
        }
        _ => false,
    })
}

/// Whether the target is a part of what straight marks name: `"Japan-U.S. Defence Cooperation
/// Guidelines"`, all in capitals. Quoted words are a sentence.
fn is_inside_a_title(text: &str, start: usize, end: usize) -> bool {
    let open = text[..start].rfind('"').filter(|_| text[..start].matches('"').count() % 2 == 1);
    let Some(open) = open else { return false };
    let Some(close) = text[end..].find('"') else { return false };
    let quoted = &text[open + 1..end + close];
    let words = || quoted.split_whitespace().filter(|word| word.len() > 3);
    // `the "Liberal Korea Party"` is named itself.
    quoted.len() > 2 * (end - start)
        && quoted.chars().count() <= TITLE
        && words().count() >= 3
        && words().all(|word| word.starts_with(char::is_uppercase))
}

/// The longest such title, in characters.
const TITLE: usize = 70;

/// For each pair of marks the first that stands among the characters, with how many stand before.
fn nearest_marks(chars: impl Iterator<Item = char>) -> [Option<(char, usize)>; QUOTES.len()] {
    let mut nearest = [None; QUOTES.len()];
    // All of them are of two blocks of punctuation.
    let marks = chars.enumerate().filter(|(_, c)| matches!(c, '\u{2018}'..='\u{301f}'));
    for (n, c) in marks {
        let pair = QUOTES.iter().position(|(open, close)| c == *open || c == *close);
        if let Some(pair) = pair {
            nearest[pair].get_or_insert((c, n));
        }
    }
    nearest
}
