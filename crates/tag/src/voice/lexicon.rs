//! The words of voice: verbs of reporting, the publishers' own organs, the holders.

use std::collections::BTreeMap;

use corpus::Lang;
use corpus::pattern::{Entry, Matcher, Piece, Term};
use serde::Deserialize;

use super::grammar::Grammar;
use crate::{Codebook, Error, Result};

/// The words of voice in every language that has them.
#[derive(Debug, Clone)]
pub struct VoiceRules {
    lexicons: BTreeMap<Lang, VoiceLexicon>,
}

/// The words of one language.
#[derive(Debug, Clone)]
pub(super) struct VoiceLexicon {
    lang: Lang,
    grammar: Grammar,
    meanings: Vec<Meaning>,
    matcher: Matcher,
}

/// What a list of terms stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A verb of reporting.
    Reporting,
    /// A verb of reporting whose subject is always a person or body: `denounced`, not `showed`.
    Personal,
    /// A surname of the people of the state with this code: whoever bears it may be the publisher's own.
    Surname(String),
    /// A title by which everybody calls a publisher's leader: his own also where he only is named.
    Leader,
    /// A state's own organ or man, or one whom it has charged as such: `ministr*`.
    Organ,
    /// A verb of titles that announces whose words the text gives.
    Title,
    /// What a title says somebody has sent: `Greetings`, `Letter`.
    Message,
    /// A word that takes up the speaker of the sentence before.
    Pronoun,
    /// An organ or official of the state with this code.
    Own(String),
    /// One whose words are relayed, by the name that is reported.
    Holder(String),
    /// A mark of datelines and headings.
    Dateline,
    /// A phrase of protocol.
    Protocol,
}

/// A word of voice in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'l> {
    pub meaning: &'l Meaning,
    pub start: usize,
    pub end: usize,
}

impl Word<'_> {
    /// Whether it is an organ or official of the state with this code.
    pub fn is_own(&self, country: &str) -> bool {
        matches!(self.meaning, Meaning::Own(of) if of == country)
    }

    /// Whether it is a surname of the people of the state with this code.
    pub fn is_surname(&self, country: &str) -> bool {
        matches!(self.meaning, Meaning::Surname(of) if of == country)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VoiceFile {
    lang: Lang,
    reporting: Vec<String>,
    pronouns: Vec<String>,
    #[serde(default)]
    personal: Vec<String>,
    #[serde(default)]
    organs: Vec<String>,
    #[serde(default)]
    titles: Vec<String>,
    #[serde(default)]
    messages: Vec<String>,
    own: Vec<Own>,
    holder: Vec<Holder>,
    none: NoClaim,
    grammar: Option<toml::Table>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    country: String,
    terms: Vec<String>,
    #[serde(default)]
    surnames: Vec<String>,
    #[serde(default)]
    leaders: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Holder {
    name: String,
    terms: Vec<String>,
    /// Longer words in which a term means nobody: 俄罗斯方面 for 斯方.
    #[serde(default)]
    excludes: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoClaim {
    datelines: Vec<String>,
    protocol: Vec<String>,
}

impl VoiceRules {
    /// Reads the `voice-*.toml` of a codebook, which may have none.
    ///
    /// # Errors
    /// [`Error::Codebook`] naming the file, also where one in English, Chinese or Korean has not all lists of
    /// `[grammar]`: the rules of these languages would name other speakers without a word.
    pub fn new(codebook: &Codebook) -> Result<Self> {
        let lexicons = codebook.by_language("voice-", |path, text| {
            let mut file: VoiceFile = toml::from_str(text).map_err(|e| Error::codebook(path, e))?;
            let lang = file.lang;
            let grammar = Grammar::new(path, lang, file.grammar.take())?;
            let lexicon = VoiceLexicon::new(file, grammar);
            Ok((lang, lexicon.map_err(|reason| Error::codebook(path, reason))?))
        })?;
        Ok(Self { lexicons })
    }

    pub(super) fn lexicon(&self, lang: Lang) -> Option<&VoiceLexicon> {
        self.lexicons.get(&lang)
    }
}

impl VoiceLexicon {
    fn new(file: VoiceFile, grammar: Grammar) -> std::result::Result<Self, String> {
        let plain = [
            (Meaning::Reporting, file.reporting),
            (Meaning::Personal, file.personal),
            (Meaning::Organ, file.organs),
            (Meaning::Title, file.titles),
            (Meaning::Message, file.messages),
            (Meaning::Pronoun, file.pronouns),
            (Meaning::Dateline, file.none.datelines),
            (Meaning::Protocol, file.none.protocol),
        ];
        let mut lists: Vec<(Meaning, Vec<String>, Vec<String>)> =
            plain.into_iter().map(|(meaning, terms)| (meaning, terms, Vec::new())).collect();
        for own in file.own {
            lists.push((Meaning::Surname(own.country.clone()), own.surnames, Vec::new()));
            lists.push((Meaning::Leader, own.leaders.clone(), Vec::new()));
            let terms = [own.terms, own.leaders].concat();
            lists.push((Meaning::Own(own.country), terms, Vec::new()));
        }
        lists.extend(
            file.holder.into_iter().map(|h| (Meaning::Holder(h.name), h.terms, h.excludes)),
        );
        let parsed = |terms: &[String]| {
            let terms = terms.iter().map(|term| Term::parse(term, file.lang));
            terms.collect::<std::result::Result<Vec<_>, _>>().map_err(|e| e.to_string())
        };
        let (mut meanings, mut entries) = (Vec::new(), Vec::new());
        for (meaning, terms, excludes) in lists {
            entries.push(Entry { terms: parsed(&terms)?, excludes: parsed(&excludes)? });
            meanings.push(meaning);
        }
        let matcher = Matcher::new(entries).map_err(|e| e.to_string())?;
        Ok(Self { lang: file.lang, grammar, meanings, matcher })
    }

    pub(super) fn grammar(&self) -> &Grammar {
        &self.grammar
    }

    /// The words of voice in a text, in order.
    pub(super) fn words_in(&self, text: Piece<'_>) -> Vec<Word<'_>> {
        let hits = self.matcher.find_in(text, self.lang);
        let word = |hit: &corpus::pattern::Hit| Word {
            meaning: &self.meanings[hit.entry],
            start: hit.start,
            end: hit.end,
        };
        hits.iter().map(word).collect()
    }

    /// Whether a segment with these words claims nothing: the title itself, a dateline, an address,
    /// protocol.
    pub(super) fn is_no_claim(&self, text: &str, title: &str, words: &[Word<'_>]) -> bool {
        let text = text.trim();
        if text.is_empty() || text == title.trim() || text.starts_with("www.") {
            return true;
        }
        let has = |meaning: &Meaning| words.iter().any(|w| w.meaning == meaning);
        let ends_open = text.ends_with(':') || text.ends_with('：');
        let short = text.chars().count() < 60;
        let opens = match &self.grammar {
            Grammar::English(_) => {
                let announces = ends_open && text.chars().count() < 100 && has(&Meaning::Reporting);
                announces && !claims_before_it_opens(text, words)
            }
            Grammar::Korean(_) => {
                short && !text.ends_with(['.', '다', ')']) && text.contains("담화")
            }
            Grammar::Chinese(_) | Grammar::Unknown => false,
        };
        let is_dateline = has(&Meaning::Dateline)
            && (ends_open || (short && !text.contains(". ")))
            && !text.ends_with("-0-");
        opens || is_dateline || has(&Meaning::Protocol) || is_date_heading(text)
    }
}

/// Whether an English line says something before it gives somebody the word: `This has increased the
/// danger of war, it noted, adding:`, but not `Hong, head of the bakers, said:`.
fn claims_before_it_opens(text: &str, words: &[Word<'_>]) -> bool {
    let verb = words.iter().find(|word| *word.meaning == Meaning::Reporting);
    let before = verb.and_then(|verb| text.get(..verb.start)).unwrap_or_default();
    before.rsplit_once(", ").is_some_and(|(claim, speaker)| {
        let takes_up = ["it", "he", "she", "they", "the"];
        claim.split_whitespace().count() >= CLAIM
            && speaker.split(' ').next().is_some_and(|word| takes_up.contains(&word))
    })
}

/// How many words such a claim has at least.
const CLAIM: usize = 3;

/// `Pyongyang, March 23 (Ministry of Foreign Affairs DPRK)`, `주체111(2022)년 3월 23일 조선외무성`.
fn is_date_heading(text: &str) -> bool {
    let chars = text.chars().count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let sentence = text.ends_with(['.', '!', '?', '。', '다']) && !text.contains("20");
    chars < 70
        && digits > 0
        && !sentence
        && !text.contains("다.")
        && (text.starts_with('(') || text.starts_with("주체") || text.starts_with("Pyongyang,"))
        && text.ends_with([')', '성', '일'])
}
