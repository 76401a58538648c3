//! Guards: what takes a cue back. A negated, overcome or general cue blames nobody, nor does what
//! nature does.
//!
//! A guard is a condition on the place of a cue. Guards stand in lists, and the first that holds
//! decides: of those of every language, in this file, then of those of the language of the text.

mod chinese;
mod english;
mod korean;
mod rejected;

use corpus::Lang;

use super::cues::CueHit;
use super::grammar::Grammar;
use super::nature::is_of_nature;
use super::view::View;
use super::words::{has_any, left, right, starts_with_any};
use Outcome::{Counts, Refused};

/// Why the cue does not count, if it does not.
pub(super) fn refusal(view: &View<'_>, cue: &CueHit<'_>) -> Option<&'static str> {
    let place = Place::new(view, cue);
    let in_its_language = || match view.grammar() {
        Grammar::English(words) => english::outcome(&place.told_by(&words.guards)),
        Grammar::Chinese(words) => first(chinese::GUARDS, &place.told_by(&words.guards)),
        Grammar::Korean(words) => korean::outcome(&place.told_by(&words.guards)),
        Grammar::Unknown => None,
    };
    match first(IN_EVERY_LANGUAGE, &place).or_else(in_its_language) {
        Some(Refused(why)) => Some(why),
        Some(Counts) | None => None,
    }
}

/// What a guard looks at: a cue and the words around it, with the words that tell what becomes of
/// it.
///
/// Those around it are as they are written, but where the guards of a language read them otherwise:
/// its `outcome` says how.
#[derive(Debug)]
struct Place<'p, 's, W> {
    /// Of the whole grammar, or the lists for the guards of its language.
    words: &'p W,
    /// The segment, with its targets and its other cues.
    view: &'p View<'s>,
    /// The cue as it was found.
    hit: &'p CueHit<'p>,
    /// The words of the cue.
    cue: &'p str,
    /// The segment before the cue.
    said: &'p str,
    /// The clause of the cue, up to the cue.
    before: &'p str,
    /// The last 24 characters of `before`, from where a word begins.
    near: &'p str,
    /// The first 30 characters of `rest`; 60 in Korean, where a sentence says at its end what
    /// becomes of a wrong.
    after: &'p str,
    /// The segment after the cue.
    rest: &'p str,
}

impl<'p, 's> Place<'p, 's, Grammar> {
    fn new(view: &'p View<'s>, hit: &'p CueHit<'p>) -> Self {
        let text = view.scene.segment.text;
        let before = &text[view.clause_start(hit.start)..hit.start];
        let reach = if view.scene.lang == Lang::Ko { 60 } else { 30 };
        Self {
            words: view.grammar(),
            view,
            hit,
            cue: &text[hit.start..hit.end],
            said: &text[..hit.start],
            before,
            near: whole_words(before, 24),
            after: right(text, hit.end, reach),
            rest: &text[hit.end..],
        }
    }

    /// The same place, for guards that go by these words.
    fn told_by<W>(&self, words: &'p W) -> Place<'p, 's, W> {
        let Self { view, hit, cue, said, before, near, after, rest, .. } = *self;
        Place { words, view, hit, cue, said, before, near, after, rest }
    }
}

/// At most the last `chars` characters of a text, but for the end of a Latin word that is cut (`no` of
/// `casino`).
fn whole_words(text: &str, chars: usize) -> &str {
    let near = left(text, text.len(), chars);
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    let is_cut = text[..text.len() - near.len()].ends_with(is_letter);
    if is_cut { near.trim_start_matches(is_letter) } else { near }
}

/// What it means for a cue that a guard holds, and the condition.
type Guard<W> = (Outcome, fn(&Place<'_, '_, W>) -> bool);

/// What becomes of a cue for which a guard holds.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    /// It does not count, and why.
    Refused(&'static str),
    /// It counts, whatever a later guard says.
    Counts,
}

/// What becomes of the cue by the first of the guards that holds.
fn first<W>(guards: &[Guard<W>], place: &Place<'_, '_, W>) -> Option<Outcome> {
    guards.iter().find(|(_, holds)| holds(place)).map(|(outcome, _)| *outcome)
}

/// The guards of every language.
const IN_EVERY_LANGUAGE: &[Guard<Grammar>] = &[
    (
        Refused("a word that a report uses as well, with no other cue in the segment"),
        is_neutral_and_alone,
    ),
    (Refused("an epithet in passing"), is_of_troops),
    (Refused("an epithet in passing"), is_calling_names),
    (Refused("a part of a name"), is_in_a_name),
    (Refused("brought about by nature"), is_by_nature),
];

/// Whether it is a neutral word (`the bombing`, 伤亡), and no cue of the segment that counts is more.
fn is_neutral_and_alone(place: &Place<'_, '_, Grammar>) -> bool {
    let view = place.view;
    let is_more = |cue: &CueHit<'_>| !cue.is_neutral && refusal(view, cue).is_none();
    place.hit.is_neutral && !view.cues().iter().any(is_more)
}

/// Whether the cue only says whose troops they are: `the aggression troops of the U.S.`
fn is_of_troops(place: &Place<'_, '_, Grammar>) -> bool {
    starts_with_any(&place.cue.to_lowercase(), &["aggress", "invasion"])
        && starts_with_any(place.rest, &[" troops", " forces", " army", " soldiers"])
}

/// Whether the cue only calls somebody names (`the U.S. invaders`), and does not say that he is
/// such.
fn is_calling_names(place: &Place<'_, '_, Grammar>) -> bool {
    NAMES.contains(&place.cue.to_lowercase().as_str())
        && !has_any(left(place.said, place.said.len(), 24), SAYING_SO)
}

/// What somebody is called in passing.
const NAMES: &[&str] = &["invaders", "aggressors", "provocateurs", "aggressor"];

/// Words that say that he is such.
const SAYING_SO: &[&str] = &[" is ", " are ", " as ", " be ", " were ", " was ", " who "];

/// Whether the cue is a part of another's name: 反华势力.
fn is_in_a_name(place: &Place<'_, '_, Grammar>) -> bool {
    let cue = place.hit;
    place.view.candidates.iter().any(|c| !c.own && c.start <= cue.start && cue.end <= c.end)
}

/// Whether nature brought it about, and nobody: see [`is_of_nature`].
fn is_by_nature(place: &Place<'_, '_, Grammar>) -> bool {
    is_of_nature(place.view, place.hit)
}
