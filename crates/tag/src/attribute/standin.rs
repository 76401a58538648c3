//! Stand-ins: the pronouns and phrases of a sentence that stand for one who was named before.

use std::cmp::Reverse;

use corpus::Lang;

use super::cues::CueHit;
use super::deed;
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
pub(super) fn stand_ins(text: &str, lang: Lang) -> Vec<(usize, usize)> {
    let words: &[&str] = match lang {
        Lang::En => &EN_WORDS,
        Lang::Zh => &[
            "这种", "这些", "这一", "此举", "这", "其", "他们", "它", "上述", "该国", "此类",
            "对此", "是谁", "谁在", "停止",
        ],
        Lang::Ko => &["저들", "그들", "이것은", "이는", "이러한", "그러한", "이런", "것은 "],
        _ => return Vec::new(),
    };
    let mut found: Vec<(usize, usize)> = words
        .iter()
        .flat_map(|word| text.match_indices(word))
        .map(|(at, word)| (at + usize::from(word.starts_with(' ')), at + word.trim_end().len()))
        .filter(|(start, end)| stands_for_somebody(text, *start, *end, lang))
        .collect();
    found.extend(deed::opening_gerund(text).filter(|_| lang == Lang::En));
    found.sort_by_key(|(start, end)| (*start, Reverse(*end)));
    found.dedup_by_key(|(start, _)| *start);
    found
}

/// Whether a cue is said of the stand-in at `place`: it comes after it, in Korean in one phrase with a
/// determiner (이러한 책동), or leads to it at once. 停止 stands for whom the sentence before asks.
pub(super) fn is_said_of(text: &str, place: (usize, usize), cue: &CueHit<'_>, lang: Lang) -> bool {
    let (start, end) = place;
    if !deed::may_be_said_of(text, place, cue) {
        return false;
    }
    if cue.start < start {
        // `It is intolerable that the group pulled up the DPRK`
        let leads = text.get(cue.end..start).unwrap_or_default().trim();
        return lang == Lang::Zh && cue.end <= start && start - cue.end <= LEADING
            || lang == Lang::En && leads == "that";
    }
    let between = text.get(end..cue.start).unwrap_or_default().trim();
    if lang == Lang::En && is_group(&text[start..end]) {
        return !between.contains(". ") && !is_wanted(&text[..start], between);
    }
    let determines = lang == Lang::Ko && text[start..end].ends_with(['한', '런']);
    if lang == Lang::En && start > EN_REACH {
        return between.split_whitespace().count() <= EN_PHRASE && !between.contains([',', '.']);
    }
    !determines || between.matches(' ').count() < KO_PHRASE
}

/// Words for a body of rulers, which DPRK texts use of south Korea and lesser states.
pub(super) fn is_group(word: &str) -> bool {
    let word = word.to_lowercase();
    ["authorities", "group", "regime", "gang", "clique", "police", "prosecution"]
        .iter()
        .any(|body| word.ends_with(body))
}

/// Whether what is said of one is what is wanted of him: `urged the authorities to promote the reunion`,
/// but not `urged the authorities to stop the crackdown`.
fn is_wanted(before: &str, between: &str) -> bool {
    let asks = [
        "urged",
        "urges",
        "urging",
        "demanded",
        "demands",
        "demanding",
        "proposed",
        "asked",
        "called on",
        "calling on",
    ];
    let ends = [
        "stop",
        "halt",
        "scrap",
        "cease",
        "end to",
        "give up",
        "drop",
        "withdraw",
        "roll back",
        "apolog",
        " for ",
    ];
    ends_with_any(before.trim_end(), &asks) && !has_any(between, &ends)
}

/// English words that may stand for somebody, in a capital where they open a sentence.
const EN_WORDS: [&str; 34] = [
    "The police ",
    " the police ",
    "The prosecution ",
    " the prosecution ",
    "The conservative authorities ",
    " the conservative authorities ",
    "The puppet authorities ",
    " the puppet authorities ",
    "The authorities ",
    " the authorities ",
    "The group ",
    " the group ",
    "The regime ",
    " the regime ",
    "The gang ",
    " the gang ",
    "The clique ",
    " the clique ",
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
            let reach = if is_group(&text[start..end]) { EN_GROUP_REACH } else { EN_REACH };
            (start <= reach || owns) && refers(text, start, end)
        }
        Lang::Zh => {
            let before = left(text, start, 3);
            let around = [before, &text[start..end], right(text, end, 6)].concat();
            let (from, to) = (before.len(), before.len() + end - start);
            let holds = |(at, other): (usize, &str)| at <= from && to <= at + other.len();
            if &text[start..end] == "停止" {
                return deed::is_asked_on(&text[..start]);
            }
            !OF_NOBODY.iter().any(|other| around.match_indices(other).any(holds))
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
fn refers(text: &str, start: usize, end: usize) -> bool {
    let after = right(text, end, 60).trim_start();
    let mut words = after.split([' ', ',', '.', ';']);
    let mut next = || words.next().unwrap_or_default();
    match text[start..end].to_lowercase().as_str() {
        "such" => !after.split(' ').take(4).any(|word| word == "as"),
        "those" | "these" => {
            let noun = next();
            !["who", "in", "of", "that", "which", "to"].contains(&noun)
                && !OF_PLACES.contains(&noun)
        }
        "their" => !follows_a_plural(&text[..start]),
        "they" if follows_a_plural(&text[..start]) => false,
        "it" | "they" => {
            let before = left(text, start, 12);
            !ends_with_any(before, &["to ", "make ", "makes ", "made ", "find ", "found ", "take "])
                && !is_reporting(after)
                && !is_expletive(after)
        }
        _ => true,
    }
}

/// After `those` and `these` nouns of a place or time, which stand for nobody.
const OF_PLACES: [&str; 14] = [
    "areas",
    "places",
    "regions",
    "countries",
    "cities",
    "villages",
    "counties",
    "districts",
    "provinces",
    "parts",
    "lands",
    "days",
    "years",
    "times",
];

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
fn is_expletive(after: &str) -> bool {
    let verbs =
        ["is ", "was ", "has become ", "became ", "becomes ", "would be ", "will be ", "seems "];
    let Some(rest) = verbs.iter().find_map(|verb| after.strip_prefix(verb)) else { return false };
    let phrase = rest.split([',', '.', ';']).next().unwrap_or_default();
    // `It is none other than the group which fires shells`.
    let is_cleft = phrase.starts_with("none other than") && has_any(phrase, &[" who ", " which "]);
    is_cleft || phrase.split(' ').take(4).any(|word| OF_A_CLAUSE.contains(&word))
}

/// What `it is ...` says of a clause and not of somebody.
const OF_A_CLAUSE: [&str; 48] = [
    "clear",
    "evident",
    "obvious",
    "natural",
    "illogical",
    "ridiculous",
    "preposterous",
    "absurd",
    "nonsensical",
    "foolish",
    "impossible",
    "possible",
    "necessary",
    "important",
    "essential",
    "urgent",
    "true",
    "certain",
    "sure",
    "likely",
    "unlikely",
    "desirable",
    "regrettable",
    "inevitable",
    "difficult",
    "hard",
    "easy",
    "common",
    "high",
    "wonder",
    "accident",
    "secret",
    "exaggeration",
    "fact",
    "practice",
    "duty",
    "desire",
    "case",
    "reason",
    "days",
    "years",
    "months",
    "needless",
    "self-evident",
    "chance",
    "reported",
    "said",
    "known",
];

/// Whether `it` or `they` before these words is a paper or a speaker whose words are reported.
fn is_reporting(after: &str) -> bool {
    let mut words = after.split(' ');
    let verb = words.next().unwrap_or_default();
    let next = words.next().unwrap_or_default();
    let ends = verb.ends_with([',', '.', ';', ':']);
    let verb = verb.trim_end_matches([',', '.', ';', ':']);
    EN_REPORTS.contains(&verb)
        || (EN_MAY_REPORT.contains(&verb)
            && (ends || ["that", "out", "on", "upon"].contains(&next)))
        || starts_with_any(after, &["went on", "goes on"])
}

/// Verbs whose subject speaks.
const EN_REPORTS: [&str; 27] = [
    "said",
    "says",
    "say",
    "noted",
    "notes",
    "stressed",
    "stresses",
    "urged",
    "urges",
    "underlined",
    "underscored",
    "clarified",
    "demanded",
    "recalled",
    "termed",
    "branded",
    "denounced",
    "deplored",
    "accused",
    "asserted",
    "contended",
    "warned",
    "warns",
    "disclosed",
    "commented",
    "condemned",
    "quoted",
];

/// Verbs that may say what somebody does, too: `added fuel to the fire`, `held drills`.
const EN_MAY_REPORT: [&str; 8] =
    ["added", "adds", "held", "called", "charged", "pointed", "expressed", "observed"];

/// Chinese words in which 其, 它 or 这 stands for nobody who was named.
const OF_NOBODY: [&str; 17] = [
    "不是谁",
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
    "这样一来",
    "这段时间",
];

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
