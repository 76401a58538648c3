//! Turns: who speaks which paragraphs of a text.
//!
//! Every way of telling turns takes the paragraphs of one text and gives drafts; here they become
//! numbered turns.

mod asked;
mod briefing;
mod digest;
mod label;
mod line;
mod preface;
mod put_question;

use corpus::source::{Source, TurnStyle};
use corpus::{Lang, Role, Turn};

pub use digest::texts;
use label::Sense;

use crate::Outlets;
use crate::paragraph::Paragraph;

/// What is known of a text before its turns are told apart.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The way of telling them.
    pub style: TurnStyle,
    /// Whether the text lists what several papers say.
    pub digest: bool,
    /// How many paragraphs each text has where a page strings several together.
    pub texts: &'a [usize],
    /// Whose words they are where nobody else is marked: a leader's in a speech.
    pub speaker: Option<&'a str>,
    /// The language that the source or title is in.
    pub lang: Lang,
    /// The spokesperson whom the title names.
    pub spokesperson: Option<&'a str>,
    /// Further spokespersons of the source.
    pub spokespersons: &'a [String],
    /// Known outlets.
    pub outlets: &'a Outlets,
}

/// The turns of a text.
pub fn turns(paragraphs: &[Paragraph], context: &Context<'_>) -> Vec<Turn> {
    let drafts = match context.style {
        _ if context.digest => digest::drafts(paragraphs),
        TurnStyle::Narration => narration(paragraphs, context.speaker),
        TurnStyle::Briefing => briefing::drafts(paragraphs, context),
        TurnStyle::PutQuestion => {
            let texts = digest::parts(paragraphs, context.texts);
            texts.into_iter().flat_map(|text| put_question::drafts(text, context)).collect()
        }
    };
    finish(drafts, context)
}

/// Whether a line opens with a label that nobody but who asks or answers on a source's pages bears.
pub fn begins_turn(text: &str, source: &Source, outlets: &Outlets) -> bool {
    let context = Context {
        style: source.turns,
        digest: false,
        texts: &[],
        speaker: None,
        lang: source.lang,
        spokesperson: None,
        spokespersons: &source.spokespersons,
        outlets,
    };
    let sense = label::label(text).map(|label| label.sense(&context));
    sense.is_some_and(|sense| !matches!(sense, Sense::Person | Sense::Unknown))
}

/// A turn in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Draft {
    role: Role,
    speaker: Option<String>,
    text: String,
}

impl Draft {
    fn new(role: Role, speaker: Option<&str>, text: &str) -> Self {
        Self { role, speaker: speaker.map(str::to_owned), text: text.to_owned() }
    }

    /// Adds a paragraph.
    fn push(&mut self, text: &str) {
        if !self.text.is_empty() && !text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
    }
}

/// An editor's preface, where there is one, and the text as one turn.
fn narration(paragraphs: &[Paragraph], speaker: Option<&str>) -> Vec<Draft> {
    let (preface, text) = paragraphs.split_at(preface::length(paragraphs));
    let mut drafts = [Draft::new(Role::Note, None, ""), Draft::new(Role::Narration, speaker, "")];
    for (draft, paragraphs) in drafts.iter_mut().zip([preface, text]) {
        for paragraph in paragraphs {
            draft.push(&paragraph.text);
        }
    }
    drafts.into()
}

fn finish(drafts: Vec<Draft>, context: &Context<'_>) -> Vec<Turn> {
    let mut turns = Vec::with_capacity(drafts.len());
    for (n, draft) in (1..).zip(drafts.into_iter().filter(|d| !d.text.is_empty())) {
        let asker = match (draft.role, context.style) {
            (Role::Question, TurnStyle::PutQuestion) => {
                put_question::asker(&draft.text, context.outlets)
            }
            (Role::Question, _) => draft.speaker.as_deref().and_then(|s| context.outlets.asker(s)),
            _ => None,
        };
        let lang = match draft.role {
            Role::Note => context.lang,
            _ => corpus::language(&draft.text, context.lang),
        };
        turns.push(Turn {
            n,
            role: draft.role,
            speaker: draft.speaker,
            asker,
            lang,
            text: draft.text,
        });
    }
    turns
}
