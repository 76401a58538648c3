//! Where an English verb of reporting has its speaker: before it, or behind it where the words that
//! are reported come first.

use crate::voice::lexicon::{Meaning, Word};

/// Where the clause of an English verb of reporting begins: after the last quotation that closes
/// before it, else with the sentence.
pub(super) fn english_start(text: &str, verb: &Word<'_>) -> usize {
    let before = &text[..verb.start];
    let mut marks = before.char_indices().rev().filter(|(_, c)| matches!(c, '"' | '”'));
    let quoted = marks.next().map(|(at, mark)| at + mark.len_utf8());
    let quoted = quoted.filter(|at| before[*at..].chars().count() < 80);
    // A name in quotation marks is no quotation: `the "agreement" is a provocation, it said`.
    quoted.max(trailing_start(text, verb)).unwrap_or(0)
}

/// Where the subject of a verb may begin behind what the sentence is about: `As regards the loss of the
/// U.S. tanker, Iran said`. The nearest comma first; none where the sentence opens otherwise.
pub(super) fn subject_starts<'t>(
    text: &'t str,
    from: usize,
    verb: &Word<'_>,
) -> impl Iterator<Item = usize> + 't {
    let phrase = &text[from..verb.start];
    let opens = ABOUT.iter().any(|about| phrase.trim_start().starts_with(about));
    let commas = phrase.rmatch_indices(", ").map(move |(at, comma)| from + at + comma.len());
    commas.filter(move |_| opens)
}

/// How a sentence opens that first tells what it is about.
const ABOUT: [&str; 11] = [
    "As regards ",
    "As for ",
    "As to ",
    "Regarding ",
    "Concerning ",
    "In connection with ",
    "In relation to ",
    "In response to ",
    "In regard to ",
    "With regard to ",
    "With respect to ",
];

/// Where `, the ambassador denounced.` begins, when the verb comes last.
fn trailing_start(text: &str, verb: &Word<'_>) -> Option<usize> {
    let comma = text[..verb.start].rfind(", ")? + 2;
    let phrase = &text[comma..verb.start];
    // `the paper, on October 20 posted an article`: when it was is nobody who speaks.
    let times = ["on ", "in ", "at ", "during ", "after ", "before ", "since "];
    if times.iter().any(|word| phrase.starts_with(word)) {
        return None;
    }
    let said = phrase.split_whitespace().count();
    let rest = text[verb.end..].split_whitespace().count();
    ((1..=7).contains(&said) && rest <= 8 && comma > 20).then_some(comma)
}

/// Whether a verb ends the sentence in a clause of its own: `..., he added.`
pub(super) fn is_tag(text: &str, verb: &Word<'_>) -> bool {
    let rest = text[verb.end..].split_whitespace().count();
    rest <= 3 && trailing_start(text, verb).is_some()
}

pub(super) fn is_according(text: &str, verb: &Word<'_>) -> bool {
    text[verb.start..verb.end].eq_ignore_ascii_case("according to")
}

/// Whom `according to` cites: up to the comma, where the claim follows it.
pub(super) fn cited(text: &str, verb: &Word<'_>) -> (usize, usize) {
    let leads = text[..verb.start].trim().is_empty();
    let comma = text[verb.end..].find(", ").filter(|_| leads);
    (verb.end, comma.map_or(text.len(), |at| verb.end + at))
}

/// Whether an English verb comes before its speaker: `..., reported local TV`, `"...," said the
/// declaration`.
pub(super) fn is_inverted(text: &str, verb: &Word<'_>) -> bool {
    let verbs = [
        "said",
        "says",
        "warns",
        "stresses",
        "notes",
        "points out",
        "urges",
        "observes",
        "comments",
        "asserts",
        "reported",
        "noted",
        "stressed",
        "added",
        "stated",
        "warned",
        "concluded",
        "argued",
        "declared",
        "recalled",
        "underlined",
        "pointed out",
    ];
    let after = text[verb.end..].trim_start();
    let leads = after.chars().next().is_some_and(|c| c.is_alphabetic());
    // `X, chairman of Y, said the war was won`: what is said follows, and is longer than a name.
    let rest = after.split([',', ';']).next().unwrap_or_default();
    let open = ["that ", "on ", "in ", "to ", "at ", "and ", "he ", "she ", "it ", "they ", "his "];
    text[..verb.start].trim_end().ends_with([',', '"', '”'])
        && !is_name_with_office(&text[..verb.start])
        && verbs.contains(&text[verb.start..verb.end].to_lowercase().as_str())
        && leads
        && rest.split_whitespace().count() <= INVERTED
        && !open.iter().any(|word| after.starts_with(word))
}

/// Whether the words before a verb are a name and what its bearer is: `Felipe Lara, head of the
/// harbour office, `.
fn is_name_with_office(before: &str) -> bool {
    let Some((name, office)) = before.split_once(", ") else { return false };
    let words = name.split_whitespace();
    let is_name = words.clone().all(|word| word.starts_with(char::is_uppercase));
    is_name && (2..=4).contains(&words.count()) && office.trim_end().ends_with(',')
}

/// Whether a pronoun is a person's.
pub(super) fn is_person(text: &str, pronoun: &Word<'_>) -> bool {
    ["he", "she"].iter().any(|it| text[pronoun.start..pronoun.end].eq_ignore_ascii_case(it))
}

/// Whether a verb of reporting is a participle: `claiming`, `saying`.
pub(super) fn is_participle(text: &str, verb: &Word<'_>) -> bool {
    text[verb.start..verb.end].split(' ').next().is_some_and(|word| word.ends_with("ing"))
}

/// Whether `added` adds something to something, and says nothing: `added fuel to the fire`.
pub(super) fn is_plain_added(text: &str, verb: &Word<'_>) -> bool {
    let after = &text[verb.end..];
    text[verb.start..verb.end].eq_ignore_ascii_case("added")
        && !after.starts_with([',', '.', ':', ';', '"', '”'])
        && !after.starts_with(" that ")
}

/// Whether `went on` leads to no words: `went on strike`.
pub(super) fn is_plain_went_on(text: &str, verb: &Word<'_>) -> bool {
    let after = &text[verb.end..];
    let leads = [":", ",", ".", " to say", " to note", " to point", " to stress", " to state"];
    text[verb.start..verb.end].eq_ignore_ascii_case("went on")
        && !leads.iter().any(|word| after.starts_with(word))
}

/// Whether a verb that may report is a doing: `held a confab`, `concluded a treaty`, `revealed its shape`,
/// `acting according to the policy`. A rally that is held to denounce somebody says so.
pub(super) fn is_a_doing(text: &str, verb: &Word<'_>) -> bool {
    let after = &text[verb.end..];
    let last = text[..verb.start].trim_end().rsplit(' ').next().unwrap_or_default();
    match text[verb.start..verb.end].to_ascii_lowercase().as_str() {
        "held" => {
            !after.starts_with([',', '.', ':', ';'])
                && !after.starts_with(" that")
                && !opposes(after)
        }
        "concluded" => {
            let says =
                after.starts_with([',', '.', ':', ';', '"', '”']) || after.starts_with(" that ");
            !says && !is_inverted(text, verb)
        }
        "revealed" | "disclosed" | "exposed" => {
            [" its ", " their ", " his ", " her "].iter().any(|own| after.starts_with(own))
        }
        "according to" => ["act", "acting", "acted", "acts"].contains(&last),
        _ => false,
    }
}

/// Whether the words after a gathering tell what it is against, so that its people speak.
fn opposes(after: &str) -> bool {
    let against = ["against", "oppos", "protest", "demand", "denounc", "condemn"];
    against.iter().any(|word| after.contains(word))
}

/// Where a sentence tells of a protest, whose people say what it is against: `A demonstration took place
/// in Amman to denounce the strikes`.
pub(super) fn protest(text: &str) -> Option<(usize, usize)> {
    let lower = text.to_ascii_lowercase();
    let gatherings = ["demonstration", "rally", "rallies", "candlelight action", "strong protest"];
    let (at, what) = gatherings.iter().find_map(|what| lower.find(what).map(|at| (at, *what)))?;
    let rest = &lower[at..];
    let held = ["took place", "were staged", "was staged", "were held", "was held", "was launched"];
    let held = held.iter().filter_map(|verb| rest.find(verb).map(|at| at + verb.len())).min()?;
    opposes(&rest[held..]).then_some((at, at + what.len()))
}

/// Whether an English verb is passive and its speaker follows: `was disclosed by local media`.
pub(super) fn is_said_by(text: &str, verb: &Word<'_>) -> bool {
    let last = text[..verb.start].trim_end().rsplit(' ').next().unwrap_or_default();
    let after = text[verb.end..].trim_start();
    // A meeting that is held by somebody says nothing.
    ["is", "are", "was", "were", "been", "being"].contains(&last)
        && &text[verb.start..verb.end] != "held"
        && after.starts_with("by ")
        && !after.starts_with("by us")
}

/// Whether a verb that only persons are the subject of has one before it, with a name: `The head of
/// the harbour office, Lara, denounced`.
pub(super) fn is_said_by_somebody(words: &[Word<'_>], text: &str, verb: &Word<'_>) -> bool {
    let before = text[..verb.start].trim_end();
    let first = before.split([' ', ',']).next().unwrap_or_default();
    let pointing = [
        "This", "That", "These", "Those", "It", "They", "He", "She", "We", "I", "What", "There",
        "All", "Such", "Its", "Their", "His", "Her", "As", "If", "When", "While", "Had", "Being",
    ];
    let is_personal = words.iter().any(|word| {
        *word.meaning == Meaning::Personal && verb.start <= word.start && word.end <= verb.end
    });
    // Whoever bears a Korean name may be the publisher's own.
    let may_be_own =
        words.iter().any(|word| *word.meaning == Meaning::Surname && word.end <= verb.start);
    let names =
        before.split_whitespace().skip(1).filter(|word| word.starts_with(char::is_uppercase));
    is_personal
        && first.starts_with(char::is_uppercase)
        && !pointing.contains(&first)
        && !may_be_own
        && names.count() >= 1
        && !is_passive(text, verb)
        && !is_noun(text, verb)
        && !before.ends_with('-')
}

/// Whether a state's name only says where an organization is from: `the People for Achieving Peace
/// of south Korea`, but not `the Foreign Ministry of Japan`.
pub(super) fn is_home_of_an_organization(words: &[Word<'_>], text: &str, state: &Word<'_>) -> bool {
    let before = text[..state.start].trim_end();
    let before = before.strip_suffix(" the").unwrap_or(before);
    let Some(before) = [" of", " in"].iter().find_map(|word| before.strip_suffix(word)) else {
        return false;
    };
    let phrase = before.rsplit([',', ';', '"', '”']).next().unwrap_or_default();
    let names =
        phrase.split_whitespace().skip(1).filter(|word| word.starts_with(char::is_uppercase));
    let (from, to) = (before.len() - phrase.len(), before.len());
    let is_organ =
        |word: &Word<'_>| *word.meaning == Meaning::Organ && from <= word.start && word.end <= to;
    names.count() >= 2 && !words.iter().any(is_organ)
}

/// Whether a name is part of a word that says what is for or against it: `the anti-DPRK campaign`.
pub(super) fn is_object(text: &str, name: &Word<'_>) -> bool {
    ["anti-", "pro-"].iter().any(|prefix| text[..name.start].ends_with(prefix))
}

/// Whether a leader is named by his title and is not the subject of a clause: `the exploits of the
/// President`. His title is in everybody's mouth.
pub(super) fn is_only_named(words: &[Word<'_>], text: &str, own: &Word<'_>) -> bool {
    let before = text[..own.start].trim_end();
    is_leader(words, own) && !before.is_empty() && !before.ends_with(',')
}

/// Whether he speaks, standing right at the verb or one word from it: `The President then said`, but not
/// `the birth of the President`.
pub(super) fn is_said_by_the_leader(
    words: &[Word<'_>],
    text: &str,
    (own, verb): (&Word<'_>, &Word<'_>),
) -> bool {
    let between = text.get(own.end..verb.start).unwrap_or(",");
    is_leader(words, own)
        && !is_governed(text, own)
        && !between.contains([',', '.', '"'])
        && between.split_whitespace().count() <= 1
}

fn is_leader(words: &[Word<'_>], own: &Word<'_>) -> bool {
    words.iter().any(|word| *word.meaning == Meaning::Leader && word.start == own.start)
}

/// How many words follow a verb that comes before its speaker, at most.
const INVERTED: usize = 10;

/// Where the name that begins at byte `from` ends, before where and in what he said it.
pub(super) fn phrase_end(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let ends = [",", ";", "\"", "”", " in ", " on ", " at ", " during "];
    ends.iter().filter_map(|end| rest.find(end)).min().map_or(text.len(), |at| from + at)
}

/// Whether a word that may report is a noun where it stands: `the UK's remarks`, `such views`.
pub(super) fn is_noun(text: &str, verb: &Word<'_>) -> bool {
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
        && (last.ends_with("'s")
            || last.ends_with("’s")
            || leads.contains(&last.to_lowercase().as_str()))
}

/// Whether an English verb is passive and its subject no speaker: `a seminar was held`.
pub(super) fn is_passive(text: &str, verb: &Word<'_>) -> bool {
    let before = text[..verb.start].trim_end();
    let mut words = before.rsplit(' ');
    let last = words.next().unwrap_or_default();
    let last = if last.ends_with("ly") { words.next().unwrap_or_default() } else { last };
    let be = ["was", "were", "been", "being", "be", "is", "are"];
    let said = &text[verb.start..verb.end];
    let is_participle = !said.ends_with("ing") && !said.ends_with('s');
    let after = text[verb.end..].trim_start();
    // A rally was held to denounce somebody: its participants speak.
    let is_rally = said == "held" && opposes(after);
    // `the clan-oriented media held sway` says nothing either.
    if said == "held" && ["sway", "power", "office"].iter().any(|word| after.starts_with(word)) {
        return true;
    }
    is_participle && be.contains(&last) && !after.starts_with("by ") && !is_rally
}

/// Whether `according to` leads to reports, data or sources of nobody in particular.
pub(super) fn is_according_to_reports(text: &str, verb: &Word<'_>) -> bool {
    let sources = ["reports", "report", "media", "foreign media", "a report", "sources", "a study"];
    let after = text[verb.end..].trim_start();
    is_according(text, verb) && sources.iter().any(|source| after.starts_with(source))
}

/// Whether an English pronoun follows a preposition and cannot be a subject: `commenting on it`.
pub(super) fn is_governed(text: &str, pronoun: &Word<'_>) -> bool {
    let last = text[..pronoun.start].trim_end().rsplit(' ').next().unwrap_or_default();
    ["on", "of", "about", "to", "for", "with", "against", "upon", "by"].contains(&last)
}

/// Where a line that opens somebody's words names one of the publisher's people who speaks for himself:
/// `Ri Un Ha, a keeper of the Northern Lighthouse, said:`, but no minister.
pub(super) fn citizen(words: &[Word<'_>], text: &str) -> Option<(usize, usize)> {
    let surname = words.iter().find(|word| *word.meaning == Meaning::Surname)?;
    let (opener, said) = text.split_once(':')?;
    let (name, who) = opener.split_once(", ")?;
    let who = who.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',' || c == ' ');
    let offices = ["minister", "spokes", "ambassador", "secretary", "representative", "chairman"];
    let said = said.trim_start();
    let speaks_for_himself = surname.start == 0
        && name.split_whitespace().count() <= 3
        && (who.starts_with("a ") || who.starts_with("an "))
        && (said.is_empty() || said.starts_with(['"', '“']))
        && !offices.iter().any(|office| who.contains(office));
    speaks_for_himself.then_some((0, name.len()))
}
