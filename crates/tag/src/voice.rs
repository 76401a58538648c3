//! A voice: whose claim a segment is. The publisher's own, somebody's whose words it relays, a
//! journalist's question, or nobody's (headings, datelines, protocol).
//!
//! Relaying begins with a verb of reporting whose speaker is not the publisher, or with a title
//! that announces it (`Cuba Censures ...`), and goes on while sentences take the speaker up again
//! (`he noted that`, 他还表示, 그는). What is relayed under such a title stays relayed to the end,
//! by him or by whom he quotes. Where nobody of the publisher has spoken, a sentence that is nothing
//! but a quotation is another's, and so is what `the statement said`.

mod explain;
mod grammar;
mod holder;
mod lexicon;
mod quotation;
mod relaying;
mod title;

pub use explain::explain;
pub use lexicon::VoiceRules;

use corpus::pattern::Piece;
use corpus::{Lang, Role, Voice};

use holder::Holder;
pub(crate) use holder::STATES;
use relaying::Relaying;

/// What is known of a turn when its voices are told.
#[derive(Debug, Clone, Copy)]
pub struct TurnScene<'t> {
    /// The language of the turn.
    pub lang: Lang,
    /// ISO code of the state that publishes, `CN`, `KP`.
    pub country: &'t str,
    /// What the turn does.
    pub role: Role,
    /// The title of the text; empty where there is none.
    pub title: &'t str,
}

/// Whose claim a segment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The voice.
    pub voice: Voice,
    /// Whose words are relayed, `Russia`, `a newspaper`; `None` for the other voices.
    pub holder: Option<String>,
    /// Whether the holder speaks for the state of that name, and not a paper or scholar of it.
    pub official: bool,
    /// Where the segment names him, in bytes of it.
    pub named: Option<(usize, usize)>,
    /// Whether the segment takes him up by a pronoun or by what he wrote (`..., the
    /// editorial said`), or gives his own words.
    pub taken_up: bool,
}

impl Verdict {
    /// A verdict without a holder.
    pub(crate) fn plain(voice: Voice) -> Self {
        Self { voice, holder: None, official: voice == Voice::Own, named: None, taken_up: false }
    }

    fn relayed(holder: &Holder, named: Option<(usize, usize)>) -> Self {
        let Holder { name, official } = holder.clone();
        Self { voice: Voice::Relayed, holder: Some(name), official, named, taken_up: false }
    }
}

/// The voices of consecutive segments of a turn, given the segments in order.
pub fn voices(rules: &VoiceRules, turn: &TurnScene<'_>, segments: &[Piece<'_>]) -> Vec<Verdict> {
    settled(rules, turn, segments).map(|(verdict, _)| verdict).collect()
}

/// The same, each with what settled it.
fn settled<'a>(
    rules: &'a VoiceRules,
    turn: &'a TurnScene<'_>,
    segments: &'a [Piece<'a>],
) -> impl Iterator<Item = (Verdict, Why)> + 'a {
    let mut hearing = rules.lexicon(turn.lang).map(|lexicon| Relaying::new(lexicon, turn));
    segments.iter().map(move |segment| match (turn.role, hearing.as_mut()) {
        (Role::Question, _) => (Verdict::plain(Voice::Question), Why::Question),
        (Role::Note, _) => (Verdict::plain(Voice::None), Why::Note),
        (_, None) => (Verdict::plain(Voice::Own), Why::NoWords),
        (_, Some(relaying)) => relaying.hear(*segment),
    })
}

/// What settles a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// The turn is a question.
    Question,
    /// The turn is a note.
    Note,
    /// The codebook has no words of voice in the language.
    NoWords,
    /// A heading, a dateline, a phrase of protocol.
    NoClaim,
    /// The title announces whose words the text relays.
    Announced,
    /// Somebody is named whom the one that the title announces quotes.
    QuotedUnderTitle,
    /// Somebody stands where a verb of reporting has its speaker.
    Named,
    /// The publisher or one of its organs stands there.
    Own,
    /// The speaker of the sentence before goes on.
    GoesOn,
    /// So do his own words, which a colon opened.
    GoesOnQuoting,
    /// A word alone names the speaker: `the article`.
    Kind,
    /// A verb of reporting without a speaker, and nobody is relayed.
    NobodyBefore,
    /// `He` or `the commentary`, and nobody is relayed: the publisher has spoken, or is asked.
    OwnPerson,
    /// `He`, and nobody at all has spoken.
    Somebody,
    /// The whole sentence is a quotation, and nobody of the publisher has spoken.
    Quoted,
    /// No verb of reporting with a speaker.
    NoSpeaker,
}
