//! The clause of an English verb of reporting: where it begins, and where it names its speaker.

use crate::voice::grammar::English;
use crate::voice::lexicon::Word;

/// Where the clause of an English verb of reporting begins: after the last quotation that closes
/// before it, else with the sentence.
pub(super) fn start(text: &str, grammar: &English, verb: &Word<'_>) -> usize {
    let before = &text[..verb.start];
    let mut marks = before.char_indices().rev().filter(|(_, c)| matches!(c, '"' | '”'));
    let quoted = marks.next().map(|(at, mark)| at + mark.len_utf8());
    let quoted = quoted.filter(|at| before[*at..].chars().count() < 80);
    // A name in quotation marks is no quotation: `the "agreement" is a provocation, it said`.
    quoted.max(trailing_start(text, grammar, verb)).unwrap_or(0)
}

/// Where the subject of a verb may begin behind what the sentence is about: `As regards the loss of the
/// U.S. tanker, Iran said`. The nearest comma first; none where the sentence opens otherwise.
pub(super) fn subject_starts<'t>(
    text: &'t str,
    grammar: &English,
    (from, verb): (usize, &Word<'_>),
) -> impl Iterator<Item = usize> + use<'t> {
    let phrase = &text[from..verb.start];
    let opens = grammar.about.begin(phrase.trim_start());
    let commas = phrase.rmatch_indices(", ").map(move |(at, comma)| from + at + comma.len());
    commas.filter(move |_| opens)
}

/// Where `, the ambassador denounced.` begins, when the verb comes last.
fn trailing_start(text: &str, grammar: &English, verb: &Word<'_>) -> Option<usize> {
    let comma = text[..verb.start].rfind(", ")? + 2;
    let phrase = &text[comma..verb.start];
    // `the paper, on October 20 posted an article`: when it was is nobody who speaks.
    if grammar.times.begin(phrase) {
        return None;
    }
    let said = phrase.split_whitespace().count();
    let rest = text[verb.end..].split_whitespace().count();
    ((1..=7).contains(&said) && rest <= 8 && comma > 20).then_some(comma)
}

/// Whether a verb ends the sentence in a clause of its own: `..., he added.`
pub(super) fn is_tag(text: &str, grammar: &English, verb: &Word<'_>) -> bool {
    let rest = text[verb.end..].split_whitespace().count();
    rest <= 3 && trailing_start(text, grammar, verb).is_some()
}

/// Whom `according to` cites: up to the comma, where the claim follows it.
pub(super) fn cited(text: &str, verb: &Word<'_>) -> (usize, usize) {
    let leads = text[..verb.start].trim().is_empty();
    let comma = text[verb.end..].find(", ").filter(|_| leads);
    (verb.end, comma.map_or(text.len(), |at| verb.end + at))
}

/// Where the name that begins at byte `from` ends, before where and in what he said it.
pub(super) fn phrase_end(text: &str, grammar: &English, from: usize) -> usize {
    let rest = &text[from..];
    let mark = rest.find([',', ';', '"', '”']);
    let ends = grammar.where_said.places_in(rest).map(|(at, _)| at).chain(mark);
    ends.min().map_or(text.len(), |at| from + at)
}
