//! Who is being relayed while the segments of a turn go by, and whose claim the next one is.

use corpus::pattern::Piece;
use corpus::{Lang, Role, Voice};

use super::grammar::Grammar;
use super::holder::{self, Holder, SOMEBODY, Sentence, Speaker};
use super::lexicon::{Meaning, VoiceLexicon, Word};
use super::{TurnScene, Verdict, Why, quotation, title};

/// What has been heard of a turn so far.
pub(super) struct Relaying<'t> {
    lexicon: &'t VoiceLexicon,
    turn: &'t TurnScene<'t>,
    /// The holder that the title announces: in force to the end.
    announced: Option<Holder>,
    /// The holder of the sentence before.
    current: Option<Holder>,
    /// The last holder whom nobody of the publisher has followed.
    last: Option<Holder>,
    /// Whether the publisher or one of its organs has spoken, or is named in the title.
    own_spoke: bool,
    /// Whether one of its organs has spoken in the text itself, or is the source that the title gives.
    own_wrote: bool,
    /// Whether somebody with a name of the publisher's country has been named, who may be the publisher's own.
    names_a_compatriot: bool,
    /// Whether the holder's own words follow.
    quoting: Quoting,
    /// How many segments ago a mark opened them that none has closed; 0 where none is open.
    in_marks: usize,
}

/// Whether somebody's own words follow a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoting {
    No,
    /// A colon has opened them: `the statement said, and went on:`.
    Opened,
    /// They have begun, and nothing has ended them.
    GoesOn,
}

/// A segment with its words of voice and whom they name as its speaker.
struct Heard<'s> {
    text: &'s str,
    words: Vec<Word<'s>>,
    speaker: Speaker,
}

impl<'t> Relaying<'t> {
    pub(super) fn new(lexicon: &'t VoiceLexicon, turn: &'t TurnScene<'t>) -> Self {
        let narrates = turn.role == Role::Narration;
        let title = title::words(lexicon, turn);
        let announced =
            narrates.then(|| title::announced(lexicon.grammar(), turn, &title)).flatten();
        let own_wrote = title::has_own_source(turn, &title);
        Self {
            lexicon,
            turn,
            announced: announced.clone(),
            current: announced,
            last: None,
            own_spoke: own_wrote || title::is_own(turn, &title),
            own_wrote,
            names_a_compatriot: false,
            quoting: Quoting::No,
            in_marks: 0,
        }
    }

    /// Whose claim the next segment is, and what settles it.
    pub(super) fn hear(&mut self, segment: Piece<'_>) -> (Verdict, Why) {
        let text = segment.original();
        let words = without_dateline(self.lexicon.words_in(segment), text);
        self.names_a_compatriot |= names_a_compatriot(&words, self.turn.country);
        let (country, lang) = (self.turn.country, self.turn.lang);
        let speaker =
            || holder::speaker(Sentence { text, words: &words, country }, self.lexicon.grammar());
        if self.in_marks > 0 && self.current.is_some() {
            self.quoting = Quoting::Opened;
        }
        let (verdict, why) = match self.lexicon.is_no_claim(text, self.turn.title, &words) {
            true => {
                let opener = self.opens_with_a_speaker(text).then(speaker);
                self.announce(&words, opener);
                (Verdict::plain(Voice::None), Why::NoClaim)
            }
            false => {
                let speaker = speaker();
                self.settle(&Heard { text, words, speaker })
            }
        };
        self.quoting = self.quoted_next(text, &verdict, why);
        let is_anothers = verdict.voice == Voice::Relayed || self.quoting == Quoting::Opened;
        let is_open = lang == Lang::En
            && is_anothers
            && self.in_marks < IN_MARKS
            && quotation::is_open_after(text, self.in_marks > 0);
        self.in_marks = if is_open { self.in_marks + 1 } else { 0 };
        (verdict, why)
    }

    /// A claim: of whom the sentence names, of whom it takes up, or the publisher's own.
    fn settle(&mut self, heard: &Heard<'_>) -> (Verdict, Why) {
        if self.takes_up_the_last(heard) {
            self.current = self.last.clone();
        }
        let (verdict, why) = match self.announced.clone() {
            Some(announced) => self.under_a_title(announced, &heard.speaker),
            None => self.by_speaker(heard),
        };
        let takes_up =
            matches!(heard.speaker, Speaker::SameAsBefore | Speaker::SameOr(_) | Speaker::Pronoun);
        let taken_up = verdict.voice == Voice::Relayed
            && (self.turn.lang == Lang::En && takes_up || why == Why::GoesOnQuoting);
        (Verdict { taken_up, ..verdict }, why)
    }

    /// Under a title that announces a holder, whoever is named in between is quoted by him.
    fn under_a_title(&mut self, announced: Holder, speaker: &Speaker) -> (Verdict, Why) {
        let (holder, named, why) = match speaker {
            Speaker::Other(holder, at) if !self.is_charged(holder) => {
                (holder.clone(), Some(*at), Why::QuotedUnderTitle)
            }
            _ => (announced, None, Why::Announced),
        };
        let verdict = Verdict::relayed(&holder, named);
        self.current = Some(holder);
        (verdict, why)
    }

    fn by_speaker(&mut self, heard: &Heard<'_>) -> (Verdict, Why) {
        let english = self.turn.lang == Lang::En;
        match &heard.speaker {
            // In another's words `the U.S. has demanded` is what he tells of.
            Speaker::Other(holder, _) if self.quoting != Quoting::No && self.is_charged(holder) => {
                self.without_a_speaker()
            }
            // So is what the publisher has done, and `we` is he.
            Speaker::Own if self.quoting == Quoting::Opened || self.is_we_quoted(heard) => {
                self.without_a_speaker()
            }
            Speaker::Other(holder, at) => {
                self.last = Some(holder.clone()).filter(|holder| !self.is_charged(holder));
                self.current = Some(holder.clone());
                (Verdict::relayed(holder, Some(*at)), Why::Named)
            }
            Speaker::Own => {
                (self.current, self.last) = (None, None);
                (self.own_spoke, self.own_wrote) = (true, true);
                (Verdict::plain(Voice::Own), Why::Own)
            }
            // `Rodong Sinmun observes this in a commentary. ..., the commentary notes.`
            Speaker::SameOr(_) if english && self.current.is_none() && self.own_wrote => {
                (Verdict::plain(Voice::Own), Why::OwnPerson)
            }
            Speaker::SameOr(kind) => self.goes_on_or(kind, Why::Kind),
            Speaker::SameAsBefore | Speaker::Open if self.current.is_some() => {
                self.goes_on_or(SOMEBODY, Why::Somebody)
            }
            Speaker::SameAsBefore | Speaker::Open if english && self.somebody_says(heard) => {
                self.goes_on_or(SOMEBODY, Why::Somebody)
            }
            Speaker::SameAsBefore | Speaker::Open => {
                (Verdict::plain(Voice::Own), Why::NobodyBefore)
            }
            Speaker::Pronoun => self.of_a_person(),
            Speaker::Unknown if quotation::is_all_of(heard.text) && self.is_left_to_others() => {
                let holder = self.current.get_or_insert_with(|| Holder::unofficial(SOMEBODY));
                (Verdict::relayed(holder, None), Why::Quoted)
            }
            Speaker::Unknown => self.without_a_speaker(),
        }
    }

    /// The holder of the sentence before, or, where there is none, one of this kind.
    fn goes_on_or(&mut self, kind: &str, otherwise: Why) -> (Verdict, Why) {
        let why = if self.current.is_some() { Why::GoesOn } else { otherwise };
        let holder = self.current.get_or_insert_with(|| Holder::unofficial(kind));
        (Verdict::relayed(holder, None), why)
    }

    /// `He said`: the holder of the sentence before, the publisher's own man, or somebody.
    /// What he says next is another's, too, unless he may be a compatriot who was named.
    fn of_a_person(&mut self) -> (Verdict, Why) {
        if self.current.is_none() && !self.is_left_to_others() {
            return (Verdict::plain(Voice::Own), Why::OwnPerson);
        }
        let before = self.current.clone();
        let said = self.goes_on_or(SOMEBODY, Why::Somebody);
        if self.names_a_compatriot {
            self.current = before;
        }
        said
    }

    /// The words of a quotation that a colon has opened, else the publisher's own.
    fn without_a_speaker(&mut self) -> (Verdict, Why) {
        match &self.current {
            Some(holder) if self.quoting != Quoting::No => {
                (Verdict::relayed(holder, None), Why::GoesOnQuoting)
            }
            _ => {
                self.current = None;
                (Verdict::plain(Voice::Own), Why::NoSpeaker)
            }
        }
    }

    /// Whether nobody of the publisher has spoken in a narration.
    fn is_left_to_others(&self) -> bool {
        self.turn.role == Role::Narration && !self.own_spoke
    }

    /// Whether a verb of saying has a speaker whom no word of the codebook names.
    fn somebody_says(&self, heard: &Heard<'_>) -> bool {
        let country = self.turn.country;
        let sentence = Sentence { text: heard.text, words: &heard.words, country };
        let says_it = |word: &Word<'_>| match heard.speaker {
            Speaker::Open => holder::is_said_by_somebody(sentence, self.lexicon.grammar(), word),
            _ => *word.meaning == Meaning::Personal || self.says(word, heard.text),
        };
        // An answer is the publisher's own, but for whom it cites by his name.
        let cites = self.turn.role == Role::Answer && heard.speaker == Speaker::Open;
        (self.is_left_to_others() || cites) && heard.words.iter().any(says_it)
    }

    /// Whether he is one whom such texts charge rather than cite.
    fn is_charged(&self, holder: &Holder) -> bool {
        self.lexicon.grammar().charged().is_some_and(|states| holder.is_of(states))
    }

    /// Whether a word is a verb of reporting that does no more than that.
    fn says(&self, word: &Word<'_>, text: &str) -> bool {
        let Grammar::English(grammar) = self.lexicon.grammar() else { return false };
        *word.meaning == Meaning::Reporting
            && grammar.is_saying(&text[word.start..word.end].to_ascii_lowercase())
    }

    /// `Hwang stated`, `it added`: whoever it is takes up the one who spoke last.
    fn takes_up_the_last(&self, heard: &Heard<'_>) -> bool {
        let same =
            matches!(heard.speaker, Speaker::SameAsBefore | Speaker::Open | Speaker::Pronoun);
        same && self.current.is_none()
            && !self.own_spoke
            && heard.words.iter().any(|word| self.says(word, heard.text))
            && !heard.words.iter().any(|word| word.is_own(self.turn.country))
    }

    /// Whether a line that claims nothing names whose words follow: `The statement said:`.
    fn opens_with_a_speaker(&self, text: &str) -> bool {
        self.turn.lang == Lang::En && text.trim_end().ends_with(':')
    }

    /// Takes note of a line that claims nothing, but says who speaks: `Rodong Sinmun observes in a
    /// commentary:`.
    fn announce(&mut self, words: &[Word<'_>], opener: Option<Speaker>) {
        let reports = || words.iter().any(|word| *word.meaning == Meaning::Reporting);
        let own_reports = match &opener {
            Some(speaker) => *speaker == Speaker::Own,
            None => reports() && words.iter().any(|word| word.is_own(self.turn.country)),
        };
        self.own_spoke |= own_reports;
        self.own_wrote |= own_reports;
        match opener {
            None | Some(Speaker::SameAsBefore | Speaker::Pronoun) => {}
            Some(Speaker::Other(holder, _)) if !self.is_charged(&holder) => {
                self.current = Some(holder)
            }
            Some(Speaker::SameOr(kind)) => {
                if self.current.is_none() && !self.own_spoke {
                    self.current = Some(Holder::unofficial(&kind));
                }
            }
            Some(_) => self.current = None,
        }
    }

    /// Whether the holder's own words follow the segment: it opens them, or goes on with them. One
    /// sentence is surely his; the publisher, where it speaks, too, may take the next. Whom the
    /// publisher charges is not given the word by its own article: `It goes on:`.
    fn quoted_next(&self, text: &str, verdict: &Verdict, why: Why) -> Quoting {
        let is_charged = self.current.as_ref().is_some_and(|holder| self.is_charged(holder));
        let is_his = match why {
            Why::NoClaim => self.current.is_some() && !(is_charged && self.own_spoke),
            _ => verdict.voice == Voice::Relayed,
        };
        match self.turn.lang {
            Lang::En if quotation::opens_behind(text) && is_his => Quoting::Opened,
            Lang::En if why == Why::GoesOnQuoting && !self.own_spoke => Quoting::GoesOn,
            _ => Quoting::No,
        }
    }

    /// Whether `we` is the one who is quoted: nobody of the publisher is named.
    fn is_we_quoted(&self, heard: &Heard<'_>) -> bool {
        let mut own = heard.words.iter().filter(|word| word.is_own(self.turn.country));
        let is_we = |word: &Word<'_>| {
            let said = heard.text[word.start..word.end].to_ascii_lowercase();
            ["we", "our", "us"].contains(&said.as_str())
        };
        self.quoting == Quoting::GoesOn && own.all(is_we)
    }
}

/// The longest quotation, in segments: of those of several sentences one in fifty is longer, and a mark
/// that the text has lost would keep the rest of it for another's words.
const IN_MARKS: usize = 8;

/// The words behind a dateline that opens the segment: `Moscow, May 3 (KCNA) -- ` says where the news is
/// from, and not who speaks.
fn without_dateline<'l>(mut words: Vec<Word<'l>>, text: &str) -> Vec<Word<'l>> {
    let closes = |word: &&Word<'_>| {
        *word.meaning == Meaning::Dateline
            && word.end <= DATELINE
            && text[word.start..word.end].ends_with(['-', ')'])
    };
    let end = words.iter().find(closes).map_or(0, |mark| mark.end);
    words.retain(|word| *word.meaning == Meaning::Dateline || word.end > end);
    words
}

/// How far from the beginning of a segment its dateline ends at most, in bytes.
const DATELINE: usize = 60;

/// Whether a name of the publisher's country stands among the words, but for those of the publisher's leaders.
fn names_a_compatriot(words: &[Word<'_>], country: &str) -> bool {
    let is_a_leaders = |surname: &Word<'_>| {
        words.iter().any(|w| w.is_own(country) && w.start <= surname.start && surname.end <= w.end)
    };
    words.iter().any(|word| word.is_surname(country) && !is_a_leaders(word))
}
