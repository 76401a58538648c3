//! Where a Chinese verb of reporting has its speaker: in the nearest clause before it that names one,
//! or in 据…报道 at the head of the sentence.

mod unnamed;

use super::{Holder, SOMEBODY, Sentence, Speaker, kind_of, other};
use crate::voice::grammar::Chinese;
use crate::voice::lexicon::{Meaning, Word};

/// The speaker of a Chinese sentence: a source that it opens with, else who stands before its first verb
/// that has somebody before it or names somebody in itself.
pub(super) fn speaker(sentence: Sentence<'_>, grammar: &Chinese) -> Speaker {
    if let Some(source) = by_source(sentence, grammar) {
        return source;
    }
    for verb in sentence.verbs().filter(|verb| !is_told_of(sentence.text, grammar, verb)) {
        match before(sentence, grammar, verb) {
            Speaker::Unknown => {
                if let Some((kind, at)) = unnamed(sentence.text, grammar, verb) {
                    return Speaker::Other(Holder::unofficial(kind), at);
                }
            }
            found => return found,
        }
    }
    Speaker::Unknown
}

/// Who speaks before a verb: the first name of the nearest clause that has one; 我们注意到 opens what
/// somebody else says.
fn before(sentence: Sentence<'_>, grammar: &Chinese, verb: &Word<'_>) -> Speaker {
    let text = sentence.text;
    let mut end = verb.start;
    // 基于BBC的不实报道对中国进行指责: who is drawn upon is not the one who speaks.
    let is_drawn_upon = |w: &&Word<'_>| {
        let before = &text[..w.start];
        let mut verbs = grammar.drawn_upon.last_places_in(before);
        verbs.any(|(at, verb)| {
            let between = &before[at + verb.len()..];
            between.chars().count() <= DRAWN_UPON_REACH && !between.contains('，')
        })
    };
    let mut names = sentence.names(verb.start.saturating_sub(REACH), verb.start);
    names.retain(|w| !is_drawn_upon(w));
    // 我注意到，某某表示…，但…: after that it speaks itself.
    let noticed = names
        .iter()
        .any(|w| matches!(w.meaning, Meaning::Own(_)) && grammar.noticed.begin(&text[w.end..]))
        && !grammar.turns.occur_in(&text[verb.end..]);
    loop {
        let start = text[..end].rfind(['，', '。', '；', '：', '？', '！']).unwrap_or(0);
        let mut inside = names.iter().filter(|w| {
            w.start >= start && w.end <= end && !is_spoken_of(&text[start..w.start], grammar, w)
        });
        let first = inside
            .find(|w| !(matches!(w.meaning, Meaning::Own(_)) && notices(&text[w.end..], grammar)));
        match first.map(|w| w.meaning) {
            Some(Meaning::Own(_)) => return Speaker::Own,
            Some(Meaning::Holder(_)) => {
                let named = first.and_then(|word| other(&names, word, sentence));
                return named.unwrap_or(Speaker::Own);
            }
            // The publisher speaks of itself as 我们: 他们 are others, also where none was heard before.
            Some(Meaning::Pronoun)
                if first.is_some_and(|w| are_others(text, grammar, (w, verb))) =>
            {
                return Speaker::SameOr(SOMEBODY.to_owned());
            }
            Some(Meaning::Pronoun) => {
                return first
                    .and_then(|word| kind_of(names.iter().copied(), word))
                    .map_or(Speaker::SameAsBefore, Speaker::SameOr);
            }
            _ if is_said_in_a_paper(&text[start..end], grammar) => {
                return Speaker::Other(Holder::unofficial("a newspaper"), (verb.start, verb.end));
            }
            _ if start == 0 && noticed => {
                return Speaker::Other(Holder::unofficial(SOMEBODY), (verb.start, verb.end));
            }
            _ if start == 0 => return Speaker::Unknown,
            _ => end = start,
        }
    }
}

/// Whether a preposition leads to a holder, of or to whom somebody else speaks: 对古巴人民的苦难表示同情.
fn is_spoken_of(before: &str, grammar: &Chinese, name: &Word<'_>) -> bool {
    matches!(name.meaning, Meaning::Holder(_))
        && grammar
            .governing
            .include(before.trim_start_matches(['，', '。', '；', '：', '？', '！']))
}

/// Whether 他们 stand right before a verb that does no more than report; what they reproach somebody with
/// (他们对中国的种种指责) may be told of. A paper or body that is pointed at (该报告) is another's, and so is a
/// statement that does no more than claim: 该声明声称.
fn are_others(text: &str, grammar: &Chinese, (pronoun, verb): (&Word<'_>, &Word<'_>)) -> bool {
    let (who, said) = (&text[pronoun.start..pronoun.end], &text[verb.start..verb.end]);
    match who {
        "他们" => !grammar.reproaches.include(said),
        "该声明" | "声明" => grammar.claiming.include(said),
        "作者" => true,
        _ => who.starts_with('该'),
    }
}

/// Whether the words before a verb of reporting end with the name of a paper: 美国《大西洋月刊》曾一针见血地.
/// What a treaty or a white paper says is nobody's opinion.
fn is_said_in_a_paper(before: &str, grammar: &Chinese) -> bool {
    before
        .rsplit_once('》')
        .is_some_and(|(name, rest)| rest.chars().count() <= PAPER_REACH && !grammar.texts.end(name))
}

/// How far after the name of a paper its verb stands, in characters.
const PAPER_REACH: usize = 8;

/// How far after 基于 the one who is drawn upon is named, in characters.
const DRAWN_UPON_REACH: usize = 10;

/// How far before its verb a speaker may stand, in bytes.
const REACH: usize = 90;

/// Who is cited by 据…报道， or 根据…研究， at the head of a sentence: the first one named there, else
/// the press. 根据《公约》， cites nobody, 据统计， the speaker's own figures.
fn by_source(sentence: Sentence<'_>, grammar: &Chinese) -> Option<Speaker> {
    let text = sentence.text;
    let head = text.trim_start_matches(['“', '　', ' ']);
    let head = head.strip_prefix('另').unwrap_or(head);
    let cited = head.strip_prefix('根').unwrap_or(head).strip_prefix('据')?;
    let start = text.len() - cited.len();
    let end = start + cited.find('，')?;
    let phrase = text.get(start..end)?;
    // 根据“枪支暴力档案”网站的统计数据 is somebody's words, 据统计 the speaker's own.
    let are_anothers = grammar.figures.end(phrase) && grammar.bodies.occur_in(phrase);
    if phrase.chars().count() > SOURCE_REACH
        || !(grammar.sources.end(phrase.trim_end_matches("内容")) || are_anothers)
    {
        return None;
    }
    let inside = sentence.words.iter().filter(|w| start <= w.start && w.end <= end);
    let names: Vec<&Word<'_>> = inside.collect();
    if !are_anothers && names.iter().any(|w| w.is_own(sentence.country)) {
        return Some(Speaker::Own);
    }
    let named = names.iter().find_map(|word| other(&names, word, sentence));
    Some(named.unwrap_or_else(|| Speaker::Other(Holder::unofficial("a newspaper"), (start, end))))
}

/// The longest source between 据 and its comma, in characters.
const SOURCE_REACH: usize = 24;

fn notices(after: &str, grammar: &Chinese) -> bool {
    // 中方注意到有关报道，已就此表达关切: nothing is said in it.
    let is_bare = after.strip_prefix("注意到").is_some_and(|noun| grammar.only_noticed.begin(noun));
    !is_bare && grammar.noticing.begin(after)
}

/// Who speaks where no word of the codebook names him, and where it is said: a verb names him in itself, or he
/// is its subject.
fn unnamed(
    text: &str,
    grammar: &Chinese,
    verb: &Word<'_>,
) -> Option<(&'static str, (usize, usize))> {
    let of_the_verb = kind_in(text, grammar, verb).map(|kind| (kind, (verb.start, verb.end)));
    of_the_verb.or_else(|| Some((SOMEBODY, unnamed::speaker(text, grammar, verb)?)))
}

/// Who a Chinese verb of reporting names in itself: 报道称, 文章称, 报告发现.
fn kind_in(text: &str, grammar: &Chinese, verb: &Word<'_>) -> Option<&'static str> {
    let word = &text[verb.start..verb.end];
    match word {
        _ if word.ends_with('，') => None,
        _ if grammar.papers.begin(word) => Some("a newspaper"),
        _ if grammar.writings.begin(word) => Some("an expert"),
        _ => None,
    }
}

/// Whether a Chinese verb of reporting describes a thing (报道提到的…, 不实报道，) or only gives
/// figures (统计数据显示), and nobody says anything.
fn is_told_of(text: &str, grammar: &Chinese, verb: &Word<'_>) -> bool {
    let (before, after) = (&text[..verb.start], &text[verb.end..]);
    let word = &text[verb.start..verb.end];
    let clause = before.rsplit(['，', '。', '；']).next().unwrap_or_default();
    // 美方应当承认: what he should say he has not said.
    if grammar.should.end(clause) {
        return true;
    }
    // 敦促美方重申一个中国政策 demands that he say so.
    if word == "重申" && grammar.demanding.occur_in(before) {
        return true;
    }
    // 受到各界谴责: whoever condemns is only told of.
    if grammar.suffered.occur_in(clause) {
        return true;
    }
    // 对中方进行无端指责: the reproach is what is done, and its words are not given.
    if grammar.deeds.include(word)
        && grammar.done.end(before)
        && !after.starts_with(['，', '：', '“'])
    {
        return true;
    }
    if ["的", "出的", "过的", "了的"].iter().any(|particle| after.starts_with(particle))
        || (word == "显示"
            && (before.ends_with("数据") || before.ends_with("统计"))
            && !grammar.bodies.occur_in(clause))
    {
        return true;
    }
    word.starts_with("报道，") && grammar.noun_leads.end(before)
}
