//! Mild: a cue of causing beside which no harm is said to have come about.
//!
//! What is only feared, forbidden or bound to fail is disapproved of, and not laid at anybody's
//! door as something that he brought about.

mod chinese;
mod crime;
mod english;
mod korean;

use corpus::BlameKind;

use super::cues::CueHit;
use super::grammar::Grammar;

/// Whether a cue of causing only condemns where it stands.
pub(super) fn is_mild(grammar: &Grammar, text: &str, cue: &CueHit<'_>) -> bool {
    cue.entry.kind == BlameKind::Causal
        && match grammar {
            Grammar::English(words) => Place::new(&**words, text, cue).meets(english::CONDITIONS),
            Grammar::Chinese(words) => Place::new(&**words, text, cue).meets(chinese::CONDITIONS),
            Grammar::Korean(words) => Place::new(&**words, text, cue).meets(korean::CONDITIONS),
            Grammar::Unknown => false,
        }
}

/// What the conditions look at: a cue of causing in its segment, with the grammar of its language.
#[derive(Debug)]
struct Place<'t, W> {
    /// The words of the grammar.
    words: &'t W,
    /// The segment.
    text: &'t str,
    /// The segment before the cue.
    before: &'t str,
    /// The words of the cue.
    cue: &'t str,
    /// The segment after the cue.
    after: &'t str,
}

/// A condition under which a cue is mild.
type Condition<W> = fn(&Place<'_, W>) -> bool;

impl<'t, W> Place<'t, W> {
    fn new(words: &'t W, text: &'t str, cue: &CueHit<'_>) -> Self {
        Self {
            words,
            text,
            before: &text[..cue.start],
            cue: &text[cue.start..cue.end],
            after: &text[cue.end..],
        }
    }

    /// Whether one of the conditions holds.
    fn meets(&self, conditions: &[Condition<W>]) -> bool {
        conditions.iter().any(|holds| holds(self))
    }
}
