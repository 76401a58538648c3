//! How a target stands where it is named: as one who may be the culprit, as what is acted upon,
//! or aside, as place, partner, people or the aim of somebody else's hostility.

mod chinese;
mod english;
mod korean;

use corpus::Lang;

use super::words::{left, right};

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
pub(super) fn standing(text: &str, start: usize, end: usize, lang: Lang) -> Standing {
    if is_inside_a_name(text, start, end) {
        return Standing::Aside;
    }
    match lang {
        Lang::En => english::standing(text, start, end),
        Lang::Zh => chinese::standing(text, start, end),
        Lang::Ko => korean::standing(text, start, end),
        _ => Standing::Free,
    }
}

/// Whether the target is a part of a quoted name or slogan: “Washington Summit Declaration”,
/// 《대만관계법》.
fn is_inside_a_name(text: &str, start: usize, end: usize) -> bool {
    let pairs = [('“', '”'), ('《', '》'), ('「', '」'), ('‘', '’')];
    let (before, after) = (left(text, start, 30), right(text, end, 30));
    pairs.iter().any(|(open, close)| {
        let opened = before.rfind(*open).filter(|at| !before[*at..].contains(*close));
        let closed = after.find(*close).filter(|at| !after[..*at].contains(*open));
        match (opened, closed) {
            (Some(at), Some(to)) => before[at..].chars().count() + after[..to].chars().count() > 3,
            _ => false,
        }
    })
}
