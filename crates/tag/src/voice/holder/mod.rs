//! The holder: who speaks in a sentence that reports.
//!
//! Each language has its own way to tell him; what they share is here.

mod chinese;
mod english;
mod korean;

use crate::voice::grammar::Grammar;
use crate::voice::lexicon::{Meaning, Word};
use crate::words::Words;

/// One whose words are relayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Holder {
    /// `Russia`, `a newspaper`.
    pub name: String,
    /// Whether he speaks for the state of that name: `the Russian Foreign Ministry`, but not `a
    /// Russian paper`.
    pub official: bool,
}

impl Holder {
    /// The holder whom one of a sentence's words names, with all names around it.
    pub(super) fn named(
        word: &Word<'_>,
        names: &[&Word<'_>],
        words: &[Word<'_>],
        text: &str,
    ) -> Option<Self> {
        let Meaning::Holder(name) = word.meaning else { return None };
        let official = is_state(name)
            && !names.iter().any(|next| is_private(next, word, text))
            && !english::is_home_of_an_organization(words, text, word);
        Some(Self { name: name.clone(), official })
    }

    pub(super) fn unofficial(name: &str) -> Self {
        Self { name: name.to_owned(), official: false }
    }

    /// Whether he speaks for one of these states.
    pub(super) fn is_of(&self, states: &Words) -> bool {
        self.official && states.include(&self.name)
    }
}

/// Who speaks, as far as the sentence itself tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Speaker {
    /// The publisher or one of its organs.
    Own,
    /// Somebody else, and where he is named.
    Other(Holder, (usize, usize)),
    /// `It` or `they` beside a verb of reporting, or a thing that another has written.
    SameAsBefore,
    /// Nothing beside a verb of reporting.
    Open,
    /// The speaker of the sentence before, or, where there is none, one of this kind: `the article`.
    SameOr(String),
    /// A pronoun of a person, or `the statement`, beside a verb of reporting.
    Pronoun,
    /// No verb of reporting.
    Unknown,
}

/// The holder of what an unnamed third person says.
pub(super) const SOMEBODY: &str = "a speaker";

/// A sentence in which somebody may speak.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sentence<'s> {
    pub text: &'s str,
    /// Its words of voice, in order.
    pub words: &'s [Word<'s>],
    /// ISO code of the state that publishes it.
    pub country: &'s str,
}

impl<'s> Sentence<'s> {
    /// Its verbs of reporting; what a hyphen leads to is none.
    fn verbs(self) -> impl DoubleEndedIterator<Item = &'s Word<'s>> {
        self.words.iter().filter(move |w| {
            *w.meaning == Meaning::Reporting && !self.text[..w.start].ends_with('-')
        })
    }

    /// Who is named between two of its bytes, or taken up there by a word.
    fn names(self, from: usize, to: usize) -> Vec<&'s Word<'s>> {
        let inside = self.words.iter().filter(|w| w.start >= from && w.end <= to);
        let names = inside.filter(|w| match w.meaning {
            Meaning::Own(of) => {
                of == self.country && !is_object(self.text, w) && !self.is_only_named(w)
            }
            Meaning::Holder(_) => true,
            // A leader's title takes up nobody.
            Meaning::Pronoun => {
                !self.words.iter().any(|own| own.is_own(self.country) && own.start == w.start)
            }
            _ => false,
        });
        names.collect()
    }

    /// Whether a leader is named by his title and is not the subject of a clause: `the exploits of the
    /// President`. His title is in everybody's mouth.
    fn is_only_named(self, own: &Word<'_>) -> bool {
        let before = self.text[..own.start].trim_end();
        self.is_leader(own) && !before.is_empty() && !before.ends_with(',')
    }

    fn is_leader(self, own: &Word<'_>) -> bool {
        self.words.iter().any(|word| *word.meaning == Meaning::Leader && word.start == own.start)
    }
}

/// The speaker of a sentence: who stands where its language has the speaker of a verb of reporting.
pub(super) fn speaker(sentence: Sentence<'_>, grammar: &Grammar) -> Speaker {
    match grammar {
        Grammar::English(grammar) => english::speaker(sentence, grammar),
        Grammar::Chinese(grammar) => chinese::speaker(sentence, grammar),
        Grammar::Korean(grammar) => korean::speaker(sentence, grammar),
        Grammar::Unknown => first_named(sentence),
    }
}

/// Whether a word is an English verb whose speaker is named by no word of the codebook: `Felipe
/// Lara, head of the harbour office, denounced`.
pub(super) fn is_said_by_somebody(
    sentence: Sentence<'_>,
    grammar: &Grammar,
    word: &Word<'_>,
) -> bool {
    let Grammar::English(grammar) = grammar else { return false };
    *word.meaning == Meaning::Reporting && english::is_said_by_somebody(sentence, grammar, word)
}

/// The speaker in a language of which the rules know its words of voice and no more: the first who is
/// named before a verb of reporting.
fn first_named(sentence: Sentence<'_>) -> Speaker {
    let mut speaker = Speaker::Unknown;
    for verb in sentence.verbs() {
        let names = sentence.names(0, verb.start);
        match names.first() {
            Some(word) if *word.meaning == Meaning::Pronoun => {
                return kind_of(sentence.words, word)
                    .map_or(Speaker::SameAsBefore, Speaker::SameOr);
            }
            Some(word) => return other(&names, word, sentence).unwrap_or(Speaker::Own),
            None => speaker = Speaker::Open,
        }
    }
    speaker
}

/// The holder whom a word names; `None` where it is the publisher's own state.
fn other(names: &[&Word<'_>], word: &Word<'_>, sentence: Sentence<'_>) -> Option<Speaker> {
    let holder = Holder::named(word, names, sentence.words, sentence.text)?;
    let own = is_own_name(&holder.name, sentence.country);
    (!own).then_some(Speaker::Other(holder, (word.start, word.end)))
}

/// Whether a holder's name is a state's, and not a kind of speaker (`a newspaper`).
pub(super) fn is_state(name: &str) -> bool {
    !["a ", "an "].iter().any(|article| name.starts_with(article))
}

/// Whether the state that `word` names is only where the one named next is from: `the south
/// Korean online paper`.
fn is_private(next: &Word<'_>, word: &Word<'_>, text: &str) -> bool {
    let is_kind = matches!(next.meaning, Meaning::Holder(kind) if !is_state(kind));
    let between = text.get(word.end..next.start).unwrap_or(",");
    let links = [',', ';', '，', '"', '“'];
    is_kind
        && between.split_whitespace().count() <= 3
        && between.len() <= 30
        && !between.contains(links)
}

/// Whether a name is part of a word that says what is for or against it: `the anti-DPRK campaign`.
fn is_object(text: &str, name: &Word<'_>) -> bool {
    ["anti-", "pro-"].iter().any(|prefix| text[..name.start].ends_with(prefix))
}

/// The kind of holder that a pronoun's own words name: `the newspaper`, 文章.
fn kind_of<'w>(
    words: impl IntoIterator<Item = &'w Word<'w>>,
    pronoun: &Word<'_>,
) -> Option<String> {
    words.into_iter().find_map(|word| match word.meaning {
        Meaning::Holder(name) if pronoun.start <= word.start && word.end <= pronoun.end => {
            Some(name.clone())
        }
        _ => None,
    })
}

/// Whether a holder's name is that of the publisher's own state.
pub(super) fn is_own_name(name: &str, country: &str) -> bool {
    STATES.contains(&(name, country))
}

/// The holders who are states or stand for several, with the targets that they are.
pub(crate) const STATES: [(&str, &str); 9] = [
    ("China", "CN"),
    ("DPRK", "KP"),
    ("Russia", "RU"),
    ("Japan", "JP"),
    ("south Korea", "KR"),
    ("the United States", "US"),
    ("the West", "WEST"),
    ("Ukraine", "UA"),
    ("the United Nations", "UN"),
];
