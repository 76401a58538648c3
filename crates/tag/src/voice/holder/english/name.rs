//! A name in an English sentence: whether it can be a speaker's, and who speaks that no word of the codebook
//! names.

use super::verb::{is_noun, is_passive};
use crate::voice::grammar::English;
use crate::voice::holder::Sentence;
use crate::voice::lexicon::{Meaning, Word};

/// Whether a pronoun is a person's.
pub(super) fn is_person(text: &str, pronoun: &Word<'_>) -> bool {
    ["he", "she"].iter().any(|it| text[pronoun.start..pronoun.end].eq_ignore_ascii_case(it))
}

/// Whether an English pronoun follows a preposition and cannot be a subject: `commenting on it`.
pub(super) fn is_governed(text: &str, grammar: &English, pronoun: &Word<'_>) -> bool {
    let last = text[..pronoun.start].trim_end().rsplit(' ').next().unwrap_or_default();
    grammar.governing.include(last)
}

/// Whether the publisher's leader speaks, standing right at the verb or one word from it: `The President then
/// said`, but not `the birth of the President`.
pub(super) fn is_said_by_the_leader(
    sentence: Sentence<'_>,
    grammar: &English,
    (own, verb): (&Word<'_>, &Word<'_>),
) -> bool {
    let between = sentence.text.get(own.end..verb.start).unwrap_or(",");
    sentence.is_leader(own)
        && !is_governed(sentence.text, grammar, own)
        && !between.contains([',', '.', '"'])
        && between.split_whitespace().count() <= 1
}

/// Whether a state's name only says where an organization is from: `the People for Achieving Peace
/// of south Korea`, but not `the Foreign Ministry of Japan`.
pub(in crate::voice::holder) fn is_home_of_an_organization(
    words: &[Word<'_>],
    text: &str,
    state: &Word<'_>,
) -> bool {
    let before = text[..state.start].trim_end();
    let before = before.strip_suffix(" the").unwrap_or(before);
    let Some(before) = [" of", " in"].iter().find_map(|word| before.strip_suffix(word)) else {
        return false;
    };
    let phrase = before.rsplit([',', ';', '"', '”']).next().unwrap_or_default();
    let names =
        phrase.split_whitespace().skip(1).filter(|word| word.starts_with(char::is_uppercase));
    let (from, to) = (before.len() - phrase.len(), before.len());
    let is_organ =
        |word: &Word<'_>| *word.meaning == Meaning::Organ && from <= word.start && word.end <= to;
    names.count() >= 2 && !words.iter().any(is_organ)
}

/// Where a line that opens somebody's words names one of the publisher's people who speaks for himself:
/// `Ri Un Ha, a keeper of the Northern Lighthouse, said:`, but no minister.
pub(super) fn citizen(sentence: Sentence<'_>, grammar: &English) -> Option<(usize, usize)> {
    let surname = sentence.words.iter().find(|word| word.is_surname(sentence.country))?;
    let (opener, said) = sentence.text.split_once(':')?;
    let (name, who) = opener.split_once(", ")?;
    let who = who.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',' || c == ' ');
    let said = said.trim_start();
    let speaks_for_himself = surname.start == 0
        && name.split_whitespace().count() <= 3
        && (who.starts_with("a ") || who.starts_with("an "))
        && (said.is_empty() || said.starts_with(['"', '“']))
        && !grammar.offices.occur_in(who);
    speaks_for_himself.then_some((0, name.len()))
}

/// Where a sentence tells of a protest, whose people say what it is against: `A demonstration took place
/// in Amman to denounce the strikes`.
pub(super) fn protest(text: &str, grammar: &English) -> Option<(usize, usize)> {
    let lower = text.to_ascii_lowercase();
    let (at, what) = grammar.gatherings.places_in(&lower).next()?;
    let rest = &lower[at..];
    let held = grammar.took_place.places_in(rest).map(|(at, verb)| at + verb.len()).min()?;
    grammar.against.occur_in(&rest[held..]).then_some((at, at + what.len()))
}

/// Where a sentence opens with what a study of somebody's has found: `A report by the Lighthouse
/// Institute found that`.
pub(super) fn finding(text: &str, grammar: &English) -> Option<(usize, usize)> {
    let (at, verb) = grammar.finds.places_in(text).min()?;
    let subject = &text[..at];
    let opens =
        ["A ", "An ", "One ", "Another "].iter().any(|article| subject.starts_with(article));
    let is_one = subject.split_whitespace().count() <= FINDING && !subject.contains([',', ';']);
    let mut words = subject.split_whitespace();
    let studies = words.any(|word| grammar.studies.include(word));
    (opens && is_one && studies).then_some((0, at + verb.len()))
}

/// How many words name a study and whose it is, at most.
const FINDING: usize = 12;

/// Whether a verb that only persons are the subject of has one before it, with a name: `The head of
/// the harbour office, Lara, denounced`.
pub(in crate::voice::holder) fn is_said_by_somebody(
    sentence: Sentence<'_>,
    grammar: &English,
    verb: &Word<'_>,
) -> bool {
    let (text, words) = (sentence.text, sentence.words);
    let before = text[..verb.start].trim_end();
    let first = before.split([' ', ',']).next().unwrap_or_default();
    let is_personal = words.iter().any(|word| {
        *word.meaning == Meaning::Personal && verb.start <= word.start && word.end <= verb.end
    });
    // Whoever bears a name of its country may be the publisher's own.
    let may_be_own =
        words.iter().any(|word| word.is_surname(sentence.country) && word.end <= verb.start);
    let names =
        before.split_whitespace().skip(1).filter(|word| word.starts_with(char::is_uppercase));
    is_personal
        && first.starts_with(char::is_uppercase)
        && !grammar.pointing.include(first)
        && !may_be_own
        && names.count() >= 1
        && !is_passive(text, grammar, verb)
        && !is_noun(text, grammar, verb)
        && !before.ends_with('-')
}
