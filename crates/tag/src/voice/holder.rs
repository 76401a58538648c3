//! The holder: who speaks in a sentence that reports.

use corpus::Lang;

use super::lexicon::{Meaning, VoiceLexicon, Word};

/// Who speaks, as far as the sentence itself tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Speaker {
    /// The publisher or one of its organs.
    Own,
    /// Somebody else, by name.
    Other(String),
    /// Nothing beside a verb of reporting, or a thing that another has written.
    SameAsBefore,
    /// The speaker of the sentence before, or, where there is none, one of this kind: `the article`.
    SameOr(String),
    /// A pronoun of a person beside a verb of reporting.
    Pronoun,
    /// No verb of reporting.
    Unknown,
}

/// How far before its verb a Chinese speaker may stand, in bytes.
const CHINESE_REACH: usize = 90;

/// The speaker of a sentence: who stands before its first verb of reporting, or, where the verb
/// comes last (`..., he said`), between the quotation and the verb.
pub(super) fn speaker(lexicon: &VoiceLexicon, country: &str, lang: Lang, text: &str) -> Speaker {
    let words = lexicon.words_in(text);
    let reports = |w: &&Word<'_>| {
        *w.meaning == Meaning::Reporting
            && !text[..w.start].ends_with('-')
            && !(lang == Lang::En && is_noun(text, w))
    };
    let verbs: Vec<&Word<'_>> = words.iter().filter(reports).collect();
    let order: Vec<&&Word<'_>> = match lang {
        Lang::Ko => verbs.iter().rev().collect(),
        _ => verbs.iter().collect(),
    };
    let mut open = false;
    for verb in order {
        match before(&words, verb, country, lang, text) {
            Speaker::Unknown if is_according_to_reports(text, verb) => {
                return Speaker::Other("a report".to_owned());
            }
            Speaker::Unknown => open |= !is_according(text, verb),
            found => return found,
        }
    }
    if open && lang != Lang::Zh { Speaker::SameAsBefore } else { Speaker::Unknown }
}

/// Who stands before the verb. The first name counts in English and Korean (`The Cuban
/// ambassador to Colombia said`), the nearest clause in Chinese.
fn before(words: &[Word<'_>], verb: &Word<'_>, country: &str, lang: Lang, text: &str) -> Speaker {
    let from = match lang {
        Lang::En => english_start(text, verb),
        Lang::Zh => verb.start.saturating_sub(CHINESE_REACH),
        _ => 0,
    };
    let to = if lang == Lang::En && is_according(text, verb) { text.len() } else { verb.start };
    let from = if lang == Lang::En && is_according(text, verb) { verb.end } else { from };
    let names = words.iter().filter(|w| w.start >= from && w.end <= to);
    let names: Vec<&Word<'_>> = names
        .filter(|w| match w.meaning {
            Meaning::Own(of) => of == country,
            Meaning::Holder(_) | Meaning::Pronoun => true,
            _ => false,
        })
        .collect();
    if lang == Lang::Zh {
        return chinese(&names, text, verb, country);
    }
    if lang == Lang::Ko {
        return korean(&names, text, country);
    }
    if names.iter().any(|w| matches!(w.meaning, Meaning::Own(_))) && lang == Lang::En {
        // `We`, `Kim Jong Un`: the nearest own actor speaks, unless another stands first.
        let first = names.iter().find(|w| !matches!(w.meaning, Meaning::Pronoun));
        return match first.map(|w| w.meaning) {
            Some(Meaning::Holder(name)) if !is_own_name(name, country) => {
                Speaker::Other(name.clone())
            }
            _ => Speaker::Own,
        };
    }
    for name_word in names {
        match name_word.meaning {
            Meaning::Own(_) => return Speaker::Own,
            Meaning::Holder(name) if is_own_name(name, country) => return Speaker::Own,
            Meaning::Holder(name) => return Speaker::Other(name.clone()),
            Meaning::Pronoun => {
                let word = name_word;
                let word = &text[word.start..word.end];
                let is_person =
                    ["he", "she"].iter().any(|person| word.eq_ignore_ascii_case(person));
                return match kind_of(words, name_word) {
                    _ if is_person => Speaker::Pronoun,
                    Some(kind) => Speaker::SameOr(kind),
                    None => Speaker::SameAsBefore,
                };
            }
            _ => {}
        }
    }
    Speaker::Unknown
}

/// In Chinese the speaker is the first name of the nearest clause that has one; 我们注意到 opens
/// what somebody else says.
fn chinese(names: &[&Word<'_>], text: &str, verb: &Word<'_>, country: &str) -> Speaker {
    let mut end = verb.start;
    loop {
        let start = text[..end].rfind(['，', '。', '；', '：', '？', '！']).unwrap_or(0);
        let mut inside = names.iter().filter(|w| w.start >= start && w.end <= end);
        let first = inside
            .find(|w| !(matches!(w.meaning, Meaning::Own(_)) && notices(&text[w.end..verb.start])));
        match first.map(|w| w.meaning) {
            Some(Meaning::Own(_)) => return Speaker::Own,
            Some(Meaning::Holder(name)) if is_own_name(name, country) => return Speaker::Own,
            Some(Meaning::Holder(name)) => return Speaker::Other(name.clone()),
            Some(Meaning::Pronoun) => {
                return first
                    .and_then(|word| kind_of(names.iter().copied(), word))
                    .map_or(Speaker::SameAsBefore, Speaker::SameOr);
            }
            _ if start == 0 => return Speaker::Unknown,
            _ => end = start,
        }
    }
}

fn notices(after: &str) -> bool {
    ["注意到", "看到", "还注意到", "也注意到", "高兴地看到", "提到的", "所说的", "援引的", "引用的"]
        .iter()
        .any(|w| after.starts_with(w))
}

/// In Korean the speaker carries the particle of a subject or topic.
fn korean(names: &[&Word<'_>], text: &str, country: &str) -> Speaker {
    for word in names {
        match word.meaning {
            Meaning::Pronoun => return Speaker::SameAsBefore,
            Meaning::Own(_) => return Speaker::Own,
            Meaning::Holder(name) if is_own_name(name, country) => return Speaker::Own,
            Meaning::Holder(name) => {
                let rest: String = text[word.end..].chars().take(30).collect();
                let phrase = rest.split([',', '.', '，']).next().unwrap_or("");
                let is_subject = phrase.split_whitespace().take(6).any(|w| {
                    w.ends_with('은')
                        || w.ends_with('는')
                        || w.ends_with('이')
                        || w.ends_with('가')
                        || w.ends_with("에서")
                });
                if is_subject {
                    return Speaker::Other(name.clone());
                }
            }
            _ => {}
        }
    }
    Speaker::Unknown
}

/// Where the clause of an English verb of reporting begins: after the last quotation that closes
/// before it, else with the sentence.
fn english_start(text: &str, verb: &Word<'_>) -> usize {
    let before = &text[..verb.start];
    let mut marks = before.char_indices().rev().filter(|(_, c)| matches!(c, '"' | '”'));
    let quoted = marks.next().map(|(at, mark)| at + mark.len_utf8());
    let quoted = quoted.filter(|at| before[*at..].chars().count() < 80);
    quoted.or_else(|| trailing_start(text, verb)).unwrap_or(0)
}

/// Where `, the ambassador denounced.` begins, when the verb comes last.
fn trailing_start(text: &str, verb: &Word<'_>) -> Option<usize> {
    let comma = text[..verb.start].rfind(", ")? + 2;
    let said = text[comma..verb.start].split_whitespace().count();
    let rest = text[verb.end..].split_whitespace().count();
    ((1..=4).contains(&said) && rest <= 8 && comma > 20).then_some(comma)
}

fn is_according(text: &str, verb: &Word<'_>) -> bool {
    text[verb.start..verb.end].eq_ignore_ascii_case("according to")
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

/// Whether a word that may report is a noun where it stands: `the UK's remarks`, `such views`.
fn is_noun(text: &str, verb: &Word<'_>) -> bool {
    let before = text[..verb.start].trim_end();
    let last = before.rsplit(' ').next().unwrap_or_default();
    let leads = [
        "the",
        "these",
        "those",
        "such",
        "its",
        "their",
        "his",
        "her",
        "our",
        "any",
        "some",
        "of",
        "wrong",
        "relevant",
        "irresponsible",
        "false",
        "groundless",
        "reckless",
        "recent",
    ];
    text[verb.start..verb.end].ends_with('s')
        && (last.ends_with("'s") || last.ends_with("’s") || leads.contains(&last))
}

/// Whether `according to` leads to reports, data or sources of nobody in particular.
fn is_according_to_reports(text: &str, verb: &Word<'_>) -> bool {
    let sources = ["reports", "report", "media", "foreign media", "a report", "sources", "a study"];
    let after = text[verb.end..].trim_start();
    is_according(text, verb) && sources.iter().any(|source| after.starts_with(source))
}

fn is_own_name(name: &str, country: &str) -> bool {
    matches!((name, country), ("China", "CN") | ("DPRK", "KP"))
}
