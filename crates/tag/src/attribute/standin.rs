//! Stand-ins: the pronouns and phrases of a sentence that stand for one who was named before.

use std::cmp::Reverse;

use corpus::Lang;

use super::cues::CueHit;
use super::words::{ends_with_any, left, right, starts_with_any};

/// How far from the beginning of a sentence an English pronoun is taken for whom the sentence
/// before was about, in bytes: farther on it mostly means somebody of its own sentence.
const EN_REACH: usize = 48;

/// How many words may stand between an English possessive farther on and the cue of its noun.
const EN_PHRASE: usize = 1;

/// How many words may stand between a Korean determiner and the cue that it determines.
const KO_PHRASE: usize = 2;

/// How far before its stand-in a cue may end that leads to it, in bytes: 难道这.
const LEADING: usize = 6;

/// The places of a sentence that stand for one who was named before, in order.
pub(super) fn stand_ins(text: &str, lang: Lang) -> Vec<(usize, usize)> {
    let words: &[&str] = match lang {
        Lang::En => &EN_WORDS,
        Lang::Zh => {
            &["这种", "这些", "这一", "此举", "这", "其", "他们", "它", "上述", "该国", "此类"]
        }
        Lang::Ko => &["저들", "그들", "이것은", "이는", "이러한", "그러한", "이런"],
        _ => return Vec::new(),
    };
    let mut found: Vec<(usize, usize)> = words
        .iter()
        .flat_map(|word| text.match_indices(word))
        .map(|(at, word)| (at + usize::from(word.starts_with(' ')), at + word.trim_end().len()))
        .filter(|(start, end)| stands_for_somebody(text, *start, *end, lang))
        .collect();
    found.sort_by_key(|(start, end)| (*start, Reverse(*end)));
    found.dedup_by_key(|(start, _)| *start);
    found
}

/// Whether a cue is said of the stand-in at `place`: it comes after it, in Korean in one phrase with
/// a determiner (이러한 책동), or leads to it at once.
pub(super) fn is_said_of(text: &str, place: (usize, usize), cue: &CueHit<'_>, lang: Lang) -> bool {
    let (start, end) = place;
    if cue.start < start {
        return lang == Lang::Zh && cue.end <= start && start - cue.end <= LEADING;
    }
    let between = text.get(end..cue.start).unwrap_or_default().trim();
    let determines = lang == Lang::Ko && text[start..end].ends_with(['한', '런']);
    if lang == Lang::En && start > EN_REACH {
        return between.split_whitespace().count() <= EN_PHRASE && !between.contains([',', '.']);
    }
    !determines || between.matches(' ').count() < KO_PHRASE
}

const EN_WORDS: [&str; 24] = [
    "The authorities ",
    " the authorities ",
    "The group ",
    " the group ",
    "The regime ",
    " the regime ",
    "The gang ",
    "The clique ",
    "It ",
    "Its ",
    "They ",
    "Their ",
    "This ",
    "These ",
    "Such ",
    "That ",
    " it ",
    " its ",
    " they ",
    " their ",
    "The warmongers",
    "the warmongers",
    " such ",
    " those ",
];

fn stands_for_somebody(text: &str, start: usize, end: usize, lang: Lang) -> bool {
    match lang {
        Lang::En => {
            let owns = ["its", "their"].contains(&&text[start..end]);
            (start <= EN_REACH || owns) && refers(text, start, end)
        }
        Lang::Zh => {
            let holds = |(at, other): (usize, &str)| at <= start && end <= at + other.len();
            !OF_NOBODY.iter().any(|other| text.match_indices(other).any(holds))
        }
        // 이는 also ends words: 떠벌이는.
        _ => !left(text, start, 1).chars().any(char::is_alphanumeric),
    }
}

/// Whether an English pronoun refers at all: not in `it is clear that`, `see to it`, `such crimes
/// as`, `those who`, nor where a paper or a speaker is meant (`it said`).
fn refers(text: &str, start: usize, end: usize) -> bool {
    let after = right(text, end, 60).trim_start();
    let mut words = after.split([' ', ',', '.', ';']);
    let mut next = || words.next().unwrap_or_default();
    match text[start..end].to_lowercase().as_str() {
        "such" => !after.split(' ').take(4).any(|word| word == "as"),
        "those" => !["who", "in", "of", "that", "which", "to"].contains(&next()),
        "their" => !follows_a_plural(&text[..start]),
        "they" if follows_a_plural(&text[..start]) => false,
        "it" | "they" => {
            let before = left(text, start, 12);
            !ends_with_any(before, &["to ", "make ", "makes ", "made ", "find ", "found ", "take "])
                && !EN_REPORTS.contains(&next())
                && !starts_with_any(after, &["went on", "goes on"])
                && !is_expletive(after)
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
/// reason that`, `has become a practice to`.
fn is_expletive(after: &str) -> bool {
    let verbs =
        ["is ", "was ", "has become ", "became ", "becomes ", "would be ", "will be ", "seems "];
    let Some(rest) = verbs.iter().find_map(|verb| after.strip_prefix(verb)) else { return false };
    let phrase = rest.split([',', '.', ';']).next().unwrap_or_default();
    let of_clause =
        ["to", "that", "for", "how", "what", "why", "who", "when", "if", "days", "years"];
    phrase.split(' ').take(5).any(|word| of_clause.contains(&word))
}

/// Verbs whose subject is a paper or a speaker whose words are reported.
const EN_REPORTS: [&str; 36] = [
    "said",
    "says",
    "say",
    "held",
    "noted",
    "notes",
    "stressed",
    "stresses",
    "added",
    "adds",
    "urged",
    "urges",
    "underlined",
    "underscored",
    "clarified",
    "called",
    "demanded",
    "charged",
    "recalled",
    "termed",
    "branded",
    "expressed",
    "denounced",
    "deplored",
    "accused",
    "pointed",
    "asserted",
    "contended",
    "warned",
    "warns",
    "disclosed",
    "commented",
    "observed",
    "observes",
    "condemned",
    "quoted",
];

/// Chinese words in which 其, 它 or 这 stands for nobody who was named.
const OF_NOBODY: [&str; 32] = [
    "其中",
    "其实",
    "其次",
    "其余",
    "其间",
    "其他",
    "其它",
    "尤其",
    "极其",
    "与其",
    "土耳其",
    "莫名其妙",
    "名副其实",
    "这里",
    "这个世界",
    "这期",
    "这位",
    "这一问题",
    "这些问题",
    "这个问题",
    "这方面",
    "上述基地",
    "这次危机",
    "这场危机",
    "这场冲突",
    "这场战争",
    "这一地区",
    "这个地区",
    "这样一来",
    "这两个",
    "这部",
    "这段时间",
];
