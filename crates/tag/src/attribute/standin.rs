//! Stand-ins: the pronouns and phrases of a sentence that stand for one who was named before.

use std::cmp::Reverse;

use super::cues::CueHit;
use super::deed;
use super::grammar::{EnglishStandIn, Grammar};
use super::view::View;
use super::words::{ends_with_any, has_any, left, right, starts_with_any};

/// How far from the beginning of a sentence an English pronoun is taken for whom the sentence
/// before was about, in bytes: farther on it mostly means somebody of its own sentence.
const EN_REACH: usize = 48;

/// The same for the words for a body of rulers, of which a sentence seldom has another.
const EN_GROUP_REACH: usize = 160;

/// How many words may stand between an English possessive farther on and the cue of its noun.
const EN_PHRASE: usize = 1;

/// How many words may stand between a Korean determiner and the cue that it determines.
const KO_PHRASE: usize = 2;

/// How far before its stand-in the end of a cue that leads to it lies at most, in bytes: 难道这.
const LEADING: usize = 6;

/// The places of a sentence that stand for one who was named before, in order.
pub(super) fn stand_ins(view: &View<'_>) -> Vec<(usize, usize)> {
    let (grammar, text) = (view.grammar(), view.scene.segment.text);
    let words = match grammar {
        Grammar::English(words) => &words.stand_in.words,
        Grammar::Chinese(words) => &words.stand_in.words,
        Grammar::Korean(words) => &words.stand_in.words,
        Grammar::Unknown => return Vec::new(),
    };
    let mut found: Vec<(usize, usize)> = words
        .places_in(text)
        .map(|(at, word)| (at + usize::from(word.starts_with(' ')), at + word.trim_end().len()))
        .filter(|(start, end)| stands_for_somebody(grammar, text, *start, *end))
        .collect();
    if matches!(grammar, Grammar::English(_)) {
        found.extend(deed::opening_gerund(text));
    }
    found.sort_by_key(|(start, end)| (*start, Reverse(*end)));
    found.dedup_by_key(|(start, _)| *start);
    found
}

/// Whether a cue is said of the stand-in at `place`: it comes after it, in Korean in one phrase with a
/// determiner (이러한 책동), or leads to it at once. 停止 stands for whom the sentence before asks.
pub(super) fn is_said_of(view: &View<'_>, place: (usize, usize), cue: &CueHit<'_>) -> bool {
    let (text, (start, end)) = (view.scene.segment.text, place);
    if !deed::may_be_said_of(text, place, cue) {
        return false;
    }
    let leads = text.get(cue.end..start).unwrap_or_default().trim();
    let between = text.get(end..cue.start).unwrap_or_default().trim();
    match view.grammar() {
        // `It is intolerable that the group pulled up the DPRK`
        Grammar::English(_) if cue.start < start => leads == "that",
        Grammar::English(words) if is_group(view.grammar(), &text[start..end]) => {
            let is_wanted = is_wanted(&words.stand_in, &text[..start], between);
            !between.contains(". ") && !is_wanted
        }
        Grammar::English(_) if start > EN_REACH => {
            between.split_whitespace().count() <= EN_PHRASE && !between.contains([',', '.'])
        }
        Grammar::Chinese(_) if cue.start < start => cue.end <= start && start - cue.end <= LEADING,
        Grammar::Korean(_) if cue.start >= start && text[start..end].ends_with(['한', '런']) => {
            between.matches(' ').count() < KO_PHRASE
        }
        _ => cue.start >= start,
    }
}

/// Whether a word is one for a body of rulers, which DPRK texts use of south Korea and lesser states.
pub(super) fn is_group(grammar: &Grammar, word: &str) -> bool {
    match grammar {
        Grammar::English(words) => words.stand_in.bodies.end(&word.to_lowercase()),
        _ => false,
    }
}

/// Whether what is said of one is what is wanted of him: `urged the authorities to promote the reunion`,
/// but not `urged the authorities to stop the crackdown`.
fn is_wanted(words: &EnglishStandIn, before: &str, between: &str) -> bool {
    words.asks.end(before.trim_end()) && !words.ends.occur_in(between)
}

fn stands_for_somebody(grammar: &Grammar, text: &str, start: usize, end: usize) -> bool {
    match grammar {
        Grammar::English(words) => {
            let word = &text[start..end];
            let owns = ["its", "their"].contains(&word);
            let reach = if is_group(grammar, word) { EN_GROUP_REACH } else { EN_REACH };
            (start <= reach || owns) && refers(&words.stand_in, text, start, end)
        }
        Grammar::Chinese(words) => {
            let before = left(text, start, 3);
            let around = [before, &text[start..end], right(text, end, 6)].concat();
            let (from, to) = (before.len(), before.len() + end - start);
            let holds = |(at, other): (usize, &str)| at <= from && to <= at + other.len();
            if &text[start..end] == "停止" {
                return deed::is_asked_on(&text[..start]);
            }
            !words.stand_in.of_nobody.places_in(&around).any(holds)
                && !is_of_an_event(&text[start..])
        }
        _ if &text[start..end] == "것은" => deed::is_judged(text, start),
        // 이는 also ends words: 떠벌이는; 그들을 is done something to.
        _ => {
            let after = text[end..].trim_start_matches('들');
            !left(text, start, 1).chars().any(char::is_alphanumeric)
                && !starts_with_any(after, &["을 ", "를 ", "에게 ", "한테 "])
        }
    }
}

/// Whether an English pronoun refers at all: not in `it is clear that`, `see to it`, `such crimes
/// as`, `those who`, nor where a paper or a speaker is meant (`it said`).
fn refers(words: &EnglishStandIn, text: &str, start: usize, end: usize) -> bool {
    let after = right(text, end, 60).trim_start();
    let next = after.split([' ', ',', '.', ';']).next().unwrap_or_default();
    match text[start..end].to_lowercase().as_str() {
        "such" => !after.split(' ').take(4).any(|word| word == "as"),
        "those" | "these" => {
            !["who", "in", "of", "that", "which", "to"].contains(&next)
                && !words.places.include(next)
        }
        "their" => !follows_a_plural(&text[..start]),
        "they" if follows_a_plural(&text[..start]) => false,
        "it" | "they" => {
            let before = left(text, start, 12);
            !ends_with_any(before, &["to ", "make ", "makes ", "made ", "find ", "found ", "take "])
                && !is_reporting(words, after)
                && !is_expletive(words, after)
        }
        _ => true,
    }
}

/// Whether a plural noun of the same sentence stands before `they` or `their`, who mean it then:
/// one with a word before it that a verb (`shows`) does not have.
fn follows_a_plural(before: &str) -> bool {
    let leading =
        ["the", "these", "those", "all", "many", "some", "several", "other", "most", "of"];
    let before = before.to_lowercase();
    let words: Vec<&str> = before.split_whitespace().collect();
    let is_plural = |word: &str| word.len() > 4 && word.ends_with('s') && !word.ends_with("ss");
    words.windows(2).any(|pair| leading.contains(&pair[0]) && is_plural(pair[1]))
}

/// Whether the words after `it` only lead to a clause: `is quite illogical to expect`, `is for this
/// reason that`, `has become a practice to`, `is 110 days since`.
fn is_expletive(words: &EnglishStandIn, after: &str) -> bool {
    let verbs =
        ["is ", "was ", "has become ", "became ", "becomes ", "would be ", "will be ", "seems "];
    let Some(rest) = verbs.iter().find_map(|verb| after.strip_prefix(verb)) else { return false };
    let phrase = rest.split([',', '.', ';']).next().unwrap_or_default();
    // `It is none other than the group which fires shells`.
    let is_cleft = phrase.starts_with("none other than") && has_any(phrase, &[" who ", " which "]);
    is_cleft || phrase.split(' ').take(4).any(|word| words.of_a_clause.include(word))
}

/// Whether `it` or `they` before these words is a paper or a speaker whose words are reported.
fn is_reporting(words: &EnglishStandIn, after: &str) -> bool {
    let mut spaced = after.split(' ');
    let verb = spaced.next().unwrap_or_default();
    let next = spaced.next().unwrap_or_default();
    let ends = verb.ends_with([',', '.', ';', ':']);
    let verb = verb.trim_end_matches([',', '.', ';', ':']);
    words.reports.include(verb)
        || (words.may_report.include(verb)
            && (ends || ["that", "out", "on", "upon"].contains(&next)))
        || starts_with_any(after, &["went on", "goes on"])
}

/// 这场危机, 这一问题, 这个世界: with a measure word and what nobody does, or a body that is none of those
/// named.
pub(super) fn is_of_an_event(text: &str) -> bool {
    let measures = ["场", "次", "一", "些", "个", "期", "位", "部"];
    let events = ["危机", "冲突", "战争", "问题", "世界", "地区", "方面", "时期"];
    let bodies = ["组织", "机构", "媒体", "学者", "记者", "智库"];
    let Some(rest) = text.strip_prefix('这') else { return false };
    measures.iter().filter_map(|m| rest.strip_prefix(m)).any(|noun| {
        let noun = noun.strip_prefix("所谓").unwrap_or(noun);
        starts_with_any(noun, &events) || starts_with_any(noun, &bodies)
    })
}
