//! The holder: who speaks in a sentence that reports.

mod chinese;
mod english;
mod korean;
mod unnamed;

use corpus::Lang;

use crate::voice::lexicon::{Meaning, Word};

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

    /// Whether he is one whom such texts charge rather than cite.
    pub(super) fn is_charged(&self) -> bool {
        let charged = ["the United States", "the West", "Japan", "south Korea"];
        self.official && charged.contains(&self.name.as_str())
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

/// The speaker of a sentence with these words of voice: who stands before its first verb of
/// reporting, or, where the verb comes last (`..., he said`), between the quotation and the verb.
pub(super) fn speaker(words: &[Word<'_>], country: &str, lang: Lang, text: &str) -> Speaker {
    let reports = |w: &&Word<'_>| {
        *w.meaning == Meaning::Reporting
            && !text[..w.start].ends_with('-')
            && !(lang == Lang::En
                && (english::is_noun(text, w)
                    || english::is_passive(text, w)
                    || english::is_plain_added(text, w)
                    || english::is_plain_went_on(text, w)
                    || english::is_a_doing(text, w)))
            && !(lang == Lang::Zh && chinese::is_told_of(text, w))
    };
    let verbs: Vec<&Word<'_>> = words.iter().filter(reports).collect();
    let order: Vec<&&Word<'_>> = match lang {
        Lang::Ko => verbs.iter().rev().collect(),
        _ => verbs.iter().collect(),
    };
    if lang == Lang::Zh
        && let Some(source) = chinese::by_source(words, text, country)
    {
        return source;
    }
    // Who ends the sentence says all of it: `The ministry calls for ..., says Rodong Sinmun`.
    let is_own_end = |verb: &Word<'_>| {
        let (from, to) = (verb.end, english::phrase_end(text, verb.end));
        let own = |w: &Word<'_>| w.is_own(country) && w.start >= from && w.end <= to;
        english::is_inverted(text, verb) && words.iter().any(own)
    };
    if lang == Lang::En && order.iter().any(|verb| is_own_end(verb)) {
        return Speaker::Own;
    }
    // So does who stands in its last clause: `We believe that ..., he added.`
    if let Some(verb) = verbs.last().filter(|verb| lang == Lang::En && english::is_tag(text, verb))
    {
        let tagged = before(words, verb, country, lang, text);
        if !matches!(tagged, Speaker::Unknown | Speaker::Own) {
            return tagged;
        }
    }
    if lang == Lang::En
        && !verbs.is_empty()
        && let Some(at) = english::citizen(words, text)
    {
        return Speaker::Other(Holder::unofficial("a citizen"), at);
    }
    let mut open = false;
    for verb in order {
        match before(words, verb, country, lang, text) {
            Speaker::Unknown if english::is_according_to_reports(text, verb) => {
                return Speaker::Other(Holder::unofficial("a report"), (verb.start, verb.end));
            }
            Speaker::Unknown if lang == Lang::Zh => {
                if let Some((kind, at)) = chinese::unnamed(text, verb) {
                    return Speaker::Other(Holder::unofficial(kind), at);
                }
            }
            Speaker::Unknown => open |= !english::is_according(text, verb),
            // `staged drills, claiming that ...`: a pretext that is told with a deed.
            Speaker::Other(holder, _)
                if lang == Lang::En
                    && holder.is_charged()
                    && english::is_participle(text, verb) => {}
            found => return found,
        }
    }
    if lang == Lang::En
        && let Some(at) = english::protest(text)
    {
        return Speaker::Other(Holder::unofficial("demonstrators"), at);
    }
    if open && lang != Lang::Zh { Speaker::Open } else { Speaker::Unknown }
}

/// Whether a word is an English verb whose speaker is named by no word of the codebook: `Felipe
/// Lara, head of the harbour office, denounced`.
pub(super) fn is_said_by_somebody(word: &Word<'_>, words: &[Word<'_>], text: &str) -> bool {
    *word.meaning == Meaning::Reporting && english::is_said_by_somebody(words, text, word)
}

/// Longer than this, in bytes, is no pronoun but a word for one who speaks: `the paper`.
const LONG_PRONOUN: usize = 5;

/// Who stands before the verb. The first name counts in English and Korean (`The Cuban
/// ambassador to Colombia said`), the nearest clause in Chinese.
fn before(words: &[Word<'_>], verb: &Word<'_>, country: &str, lang: Lang, text: &str) -> Speaker {
    let from = match lang {
        Lang::En => english::english_start(text, verb),
        Lang::Zh => verb.start.saturating_sub(chinese::CHINESE_REACH),
        _ => 0,
    };
    let (from, to) = match lang {
        Lang::En if english::is_according(text, verb) => english::cited(text, verb),
        Lang::En if english::is_inverted(text, verb) || english::is_said_by(text, verb) => {
            (verb.end, english::phrase_end(text, verb.end))
        }
        Lang::En => {
            let named = |start: &usize| {
                let mut inside = words.iter().filter(|w| w.start >= *start && w.end <= verb.start);
                inside.any(|w| {
                    matches!(w.meaning, Meaning::Own(_) | Meaning::Holder(_) | Meaning::Pronoun)
                })
            };
            let behind = english::subject_starts(text, from, verb).find(named);
            (behind.unwrap_or(from), verb.start)
        }
        _ => (from, verb.start),
    };
    let names = words.iter().filter(|w| w.start >= from && w.end <= to);
    let names: Vec<&Word<'_>> = names
        .filter(|w| match w.meaning {
            Meaning::Own(of) => {
                of == country
                    && !english::is_object(text, w)
                    && !english::is_only_named(words, text, w)
            }
            Meaning::Holder(_) => true,
            // `The minister of Justice of Uganda` takes up nobody, nor does a leader's title.
            Meaning::Pronoun => {
                let is_own = |own: &Word<'_>| own.is_own(country) && own.start == w.start;
                let is_of_another = lang == Lang::En && text[w.end..].starts_with(" of ");
                !is_of_another && !words.iter().any(is_own)
            }
            _ => false,
        })
        .collect();
    if lang == Lang::Zh {
        return chinese::speaker(&names, words, text, verb, country);
    }
    if lang == Lang::Ko {
        return korean::speaker(&names, words, text, country);
    }
    let is_his =
        |w: &Word<'_>| w.is_own(country) && english::is_said_by_the_leader(words, text, (w, verb));
    if words.iter().any(is_his) {
        return Speaker::Own;
    }
    // `..., the statement went on`: who stands right at the verb speaks, whoever else is named.
    let at_verb = names.last().filter(|w| {
        *w.meaning == Meaning::Pronoun && text[w.end..verb.start.max(w.end)].trim().is_empty()
    });
    if let Some(organ) = at_verb.filter(|w| w.end - w.start > LONG_PRONOUN) {
        return kind_of(words, organ).map_or(Speaker::Pronoun, Speaker::SameOr);
    }
    // `fosters illegal escape to the U.S., he pointed out`: nor is who is named before him.
    let tag = at_verb.filter(|w| text[..w.start].trim_end().ends_with(','));
    if tag.is_some_and(|w| english::is_person(text, w)) {
        return Speaker::Pronoun;
    }
    by_name(&names, words, text, country)
}

/// Who speaks by the names before an English verb: the first, unless the publisher is among them.
fn by_name(names: &[&Word<'_>], words: &[Word<'_>], text: &str, country: &str) -> Speaker {
    if names.iter().any(|w| matches!(w.meaning, Meaning::Own(_))) {
        // `We`, `Kim Jong Un`: the nearest own actor speaks, unless another stands first.
        let first = names.iter().find(|w| !matches!(w.meaning, Meaning::Pronoun));
        let another = first.filter(|w| !is_of_the_publisher(w, names, text));
        return another.and_then(|w| other(names, words, w, text, country)).unwrap_or(Speaker::Own);
    }
    for name_word in names {
        match name_word.meaning {
            Meaning::Holder(_) => {
                return other(names, words, name_word, text, country).unwrap_or(Speaker::Own);
            }
            Meaning::Pronoun if !english::is_governed(text, name_word) => {
                return match kind_of(words, name_word) {
                    _ if english::is_person(text, name_word) => Speaker::Pronoun,
                    Some(kind) => Speaker::SameOr(kind),
                    None => Speaker::SameAsBefore,
                };
            }
            _ => {}
        }
    }
    Speaker::Unknown
}

/// Whether a paper, its man or a body is the publisher's own: `newspapers of the DPRK`, `a news analyst of
/// Rodong Sinmun`, `the Writers' Society of the DPRK`. Its citizens speak for themselves.
fn is_of_the_publisher(kind: &Word<'_>, names: &[&Word<'_>], text: &str) -> bool {
    let is_called =
        |kind_of: &str| matches!(kind.meaning, Meaning::Holder(name) if name == kind_of);
    let writes = is_called("a newspaper")
        || ["analyst", "commentator"].contains(&&text[kind.start..kind.end]);
    let own = names.iter().find(|w| w.start >= kind.end && matches!(w.meaning, Meaning::Own(_)));
    own.is_some_and(|own| {
        // `The Group for the Study of Kim Jong Il's Works` is not his.
        let is_body = is_called("a party or organization") && &text[own.start..own.end] == "DPRK";
        let between = text.get(kind.end..own.start).unwrap_or(",");
        let links = match text[kind.start..kind.end].ends_with(" of") {
            true => [" the ", " "],
            false => [" of the ", " of "],
        };
        (writes || is_body) && links.contains(&between)
    })
}

/// The holder whom a word names; `None` where it is the publisher's own state.
fn other(
    names: &[&Word<'_>],
    words: &[Word<'_>],
    word: &Word<'_>,
    text: &str,
    country: &str,
) -> Option<Speaker> {
    let holder = Holder::named(word, names, words, text)?;
    let own = is_own_name(&holder.name, country);
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
    matches!((name, country), ("China", "CN") | ("DPRK", "KP"))
}
