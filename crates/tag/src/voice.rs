//! A voice: whose claim a segment is. The publisher's own, somebody's whose words it relays, a
//! journalist's question, or nobody's (headings, datelines, protocol).
//!
//! Relaying begins with a verb of reporting whose speaker is not the publisher, or with a title
//! that announces it (`Cuba Censures ...`), and goes on while sentences take the speaker up again
//! (`he noted that`, 他还表示, 그는). What is relayed under such a title stays relayed to the end,
//! by him or by whom he quotes. Where nobody of the publisher has spoken, a sentence that is nothing
//! but a quotation is another's, and so is what `the statement said`.

mod explain;
mod holder;
mod lexicon;
mod title;

pub use explain::explain;
pub use lexicon::VoiceRules;

use corpus::pattern::Piece;
use corpus::{Lang, Role, Voice};

use holder::{Holder, SOMEBODY, Speaker};
use lexicon::{Meaning, Word};

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
    let announced = rules
        .lexicon(turn.lang)
        .filter(|_| turn.role == Role::Narration)
        .and_then(|lexicon| title::announced(lexicon, turn));
    let own_title = rules.lexicon(turn.lang).is_some_and(|l| title::is_own(l, turn));
    let mut relaying = Relaying {
        announced: announced.clone(),
        current: announced,
        last: None,
        own_spoke: own_title,
        own_wrote: false,
        is_quoting: false,
    };
    segments.iter().map(move |segment| {
        let (verdict, why) = verdict(rules, turn, *segment, &mut relaying);
        let opens = opens_a_quotation(segment.original());
        // One sentence is surely his; the publisher, where it speaks, too, may take the next.
        let goes_on = why == Why::GoesOnQuoting && !relaying.own_spoke;
        // Whom the publisher charges is not given the word by its own article: `It goes on:`.
        let is_charged = relaying.current.as_ref().is_some_and(Holder::is_charged);
        let is_his = match why {
            Why::NoClaim => relaying.current.is_some() && !(is_charged && relaying.own_spoke),
            _ => verdict.voice == Voice::Relayed,
        };
        let quotes = (opens && is_his) || goes_on;
        relaying.is_quoting = quotes && turn.lang == Lang::En;
        (verdict, why)
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

/// Who is being relayed while the segments go by.
struct Relaying {
    /// The holder that the title announces: in force to the end.
    announced: Option<Holder>,
    /// The holder of the sentence before.
    current: Option<Holder>,
    /// The last holder whom nobody of the publisher has followed.
    last: Option<Holder>,
    /// Whether the publisher or one of its organs has spoken, or is named in the title.
    own_spoke: bool,
    /// Whether one of its organs has spoken in the text itself.
    own_wrote: bool,
    /// Whether the holder's own words follow: `the statement said, and went on:`.
    is_quoting: bool,
}

impl Relaying {
    /// Whose words follow a line that claims nothing: `The statement said:`.
    fn open(&mut self, speaker: Speaker) {
        match speaker {
            Speaker::Other(holder, _) if !holder.is_charged() => self.current = Some(holder),
            Speaker::SameOr(kind) if self.current.is_none() && !self.own_spoke => {
                self.current = Some(Holder::unofficial(&kind));
            }
            Speaker::SameOr(_) | Speaker::SameAsBefore | Speaker::Pronoun => {}
            _ => self.current = None,
        }
    }
}

fn verdict(
    rules: &VoiceRules,
    turn: &TurnScene<'_>,
    segment: Piece<'_>,
    relaying: &mut Relaying,
) -> (Verdict, Why) {
    match turn.role {
        Role::Question => return (Verdict::plain(Voice::Question), Why::Question),
        Role::Note => return (Verdict::plain(Voice::None), Why::Note),
        _ => {}
    }
    let own = || Verdict::plain(Voice::Own);
    let Some(lexicon) = rules.lexicon(turn.lang) else { return (own(), Why::NoWords) };
    let words = lexicon.words_in(segment);
    let text = segment.original();
    if lexicon.is_no_claim(text, turn.title, &words) {
        // `Rodong Sinmun observes in a commentary:` claims nothing, but says who speaks.
        let reports = words.iter().any(|word| *word.meaning == Meaning::Reporting);
        let own_reports = reports && words.iter().any(|word| word.is_own(turn.country));
        relaying.own_spoke |= own_reports;
        relaying.own_wrote |= own_reports;
        if turn.lang == Lang::En && text.trim_end().ends_with(':') {
            relaying.open(holder::speaker(&words, turn.country, turn.lang, text));
        }
        return (Verdict::plain(Voice::None), Why::NoClaim);
    }
    let found = holder::speaker(&words, turn.country, turn.lang, text);
    // `Hwang stated`, `it added`: whoever it is takes up the one who spoke last.
    let takes_up = matches!(found, Speaker::SameAsBefore | Speaker::Open | Speaker::Pronoun)
        && words.iter().any(|word| says(word, text))
        && !words.iter().any(|word| word.is_own(turn.country));
    if takes_up && relaying.current.is_none() && !relaying.own_spoke {
        relaying.current = relaying.last.clone();
    }
    let taken_up = turn.lang == Lang::En
        && matches!(found, Speaker::SameAsBefore | Speaker::SameOr(_) | Speaker::Pronoun);
    let relayed = |holder: &Holder, named| Verdict { taken_up, ..Verdict::relayed(holder, named) };
    // Under a title that announces a holder, whoever is named in between is quoted by him.
    if let Some(announced) = &relaying.announced {
        let (holder, named, why) = match found {
            Speaker::Other(holder, at) if !holder.is_charged() => {
                (holder, Some(at), Why::QuotedUnderTitle)
            }
            _ => (announced.clone(), None, Why::Announced),
        };
        relaying.current = Some(holder.clone());
        return (relayed(&holder, named), why);
    }
    match found {
        Speaker::Other(holder, at) => {
            let verdict = relayed(&holder, Some(at));
            relaying.last = Some(holder.clone()).filter(|holder| !holder.is_charged());
            relaying.current = Some(holder);
            (verdict, Why::Named)
        }
        Speaker::Own => {
            relaying.current = None;
            relaying.last = None;
            relaying.own_spoke = true;
            relaying.own_wrote = true;
            (own(), Why::Own)
        }
        // `Rodong Sinmun observes this in a commentary. ..., the commentary notes.`
        Speaker::SameOr(_)
            if turn.lang == Lang::En && relaying.current.is_none() && relaying.own_wrote =>
        {
            (own(), Why::OwnPerson)
        }
        Speaker::SameOr(kind) => {
            let why = if relaying.current.is_some() { Why::GoesOn } else { Why::Kind };
            let holder = relaying.current.get_or_insert_with(|| Holder::unofficial(&kind));
            (relayed(holder, None), why)
        }
        Speaker::SameAsBefore | Speaker::Open => match &relaying.current {
            Some(holder) => (relayed(holder, None), Why::GoesOn),
            None if turn.lang == Lang::En
                && turn.role == Role::Narration
                && !relaying.own_spoke
                && words.iter().any(|word| match found {
                    Speaker::Open => holder::is_said_by_somebody(word, &words, text),
                    _ => says(word, text),
                }) =>
            {
                let somebody = Holder::unofficial(SOMEBODY);
                relaying.current = Some(somebody.clone());
                (relayed(&somebody, None), Why::Somebody)
            }
            None => (own(), Why::NobodyBefore),
        },
        Speaker::Pronoun => match &relaying.current {
            Some(holder) => (relayed(holder, None), Why::GoesOn),
            None if relaying.own_spoke || turn.role != Role::Narration => (own(), Why::OwnPerson),
            None => (relayed(&Holder::unofficial(SOMEBODY), None), Why::Somebody),
        },
        Speaker::Unknown
            if is_quotation(text) && turn.role == Role::Narration && !relaying.own_spoke =>
        {
            let holder = relaying.current.get_or_insert_with(|| Holder::unofficial(SOMEBODY));
            (relayed(holder, None), Why::Quoted)
        }
        Speaker::Unknown => match &relaying.current {
            Some(holder) if relaying.is_quoting => {
                (Verdict { taken_up: true, ..relayed(holder, None) }, Why::GoesOnQuoting)
            }
            _ => {
                relaying.current = None;
                (own(), Why::NoSpeaker)
            }
        },
    }
}

/// Whether a verb of reporting does no more than that: `said`, but not `disclosed`, of what may be
/// known without anybody's words.
fn says(word: &Word<'_>, text: &str) -> bool {
    let verbs = [
        "said",
        "noted",
        "stated",
        "added",
        "stressed",
        "went on",
        "continued",
        "charged that",
        "pointed out",
        "warned",
        "asserted",
        "accused",
        "denounced",
        "condemned",
    ];
    *word.meaning == Meaning::Reporting
        && verbs.iter().any(|verb| text[word.start..word.end].eq_ignore_ascii_case(verb))
}

/// How many words say no more than that somebody goes on, at most: `The ambassador went on.`
const GOING_ON: usize = 5;

/// Whether somebody's own words follow a segment: `He said:`, `He went on.`
fn opens_a_quotation(text: &str) -> bool {
    let text = text.trim_end();
    let goes_on = ["went on.", "goes on.", "continued."].iter().any(|end| text.ends_with(end));
    text.ends_with(':') || goes_on && text.split_whitespace().count() <= GOING_ON
}

/// The shortest quotation that is a claim, and not a title or a slogan, in characters.
const QUOTATION: usize = 30;

/// Whether a sentence is nothing but words in quotation marks.
fn is_quotation(text: &str) -> bool {
    let marks = ['"', '“', '”'];
    let inner = text.trim().strip_prefix(&marks[..2]).and_then(|t| t.strip_suffix(marks));
    inner.is_some_and(|words| !words.contains(marks) && words.chars().count() > QUOTATION)
}
