//! Slots: the places of a cue where its culprit stands, filled with the targets of the segment.

use corpus::{Lang, Voice};

use super::cues::{CueHit, Slot};
use super::grammar::Grammar;
use super::object::{is_accuser, object};
use super::preposition::after_preposition;
use super::question::{accuser, is_asked, is_reported};
use super::scene::Blame;
use super::spared::may_fill;
use super::standing::Standing;
use super::standing::chinese::is_relation;
use super::subject::chinese::suffers;
use super::subject::{Subject, is_told_of_another, is_where_it_lies, subject};
use super::view::{Candidate, View};
use super::words::{ends_with_any, has_any, left, starts_with_any, without_determiner};

/// The blames of one cue: the first of its slots that is filled decides.
pub(super) fn fill(view: &View<'_>, cue: &CueHit<'_>) -> Vec<Blame> {
    for slot in &cue.entry.slots {
        match tried(view, cue, *slot) {
            Tried::Filled(found) => {
                return found.into_iter().map(|who| view.blame(who, cue, *slot)).collect();
            }
            Tried::Himself => return Vec::new(),
            Tried::Empty(_) => {}
        }
    }
    only_one(view, cue).into_iter().map(|who| view.blame(who, cue, Slot::Topic)).collect()
}

/// The one target of a segment that names no other, where a cue of doing has nobody who does it. In
/// English he owns what stands behind a preposition (`held in U.S. prisons`); a place (`in Japan`)
/// and a partner do nothing. What China and he have with each other (中美关系) is not his.
fn only_one<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let does = cue.entry.slots.first() == Some(&Slot::Subject);
    let asks = view.scene.voice == Voice::Question;
    let mut others = view.candidates.iter().filter(|c| !c.own);
    let first = others.next()?;
    let alone = others.all(|c| c.target == first.target && c.standing.is_aside());
    let stands = match view.grammar() {
        Grammar::English(_) => {
            first.standing == Standing::Governed
                && matches!(first.target, "US" | "NATO" | "WEST")
                && owns(&text[first.end..])
                && !is_given_to(text, cue, first)
        }
        Grammar::Chinese(words) => {
            first.standing.is_aside()
                && !is_relation(&words.standing, &text[first.start..first.end])
                && !text[first.end..].starts_with("公司")
        }
        _ => false,
    };
    // 对美方构成风险: what befalls him.
    let befalls = ends_with_any(&text[..first.start], &["对", "给"])
        && starts_with_any(&text[first.end..], &["构成", "造成", "带来", "产生"]);
    (does && !asks && alone && stands && !befalls && view.is_usual(first.target)).then_some(first)
}

/// Whether something is for, with or a threat to what is his: `a naval base for U.S. forces`.
fn is_given_to(text: &str, cue: &CueHit<'_>, who: &Candidate<'_>) -> bool {
    let head = without_determiner(&text[..who.start]);
    ends_with_any(head, &[" for", " with"]) || head.ends_with(" to") && cue.end <= who.start
}

/// Whether a noun follows an English name, whose owner it then is: ` prisons for`.
fn owns(after: &str) -> bool {
    let links = [
        "and", "or", "is", "are", "was", "were", "has", "have", "had", "will", "would", "who",
        "which", "that", "for", "to", "on", "in", "of", "at", "by", "with", "as", "from", "since",
        "after", "before", "during", "over", "under", "this", "last", "every", "alone", "but",
        "while", "State", "state", "when", "where", "than", "amid", "against",
    ];
    let word = after.strip_prefix(' ').map(|rest| rest.split([' ', ',', '.']).next().unwrap_or(""));
    word.is_some_and(|word| {
        word.starts_with(char::is_alphabetic) && !links.contains(&word) && !word.ends_with("ing")
    })
}

/// What becomes of a slot.
pub(super) enum Tried<'a, 's> {
    /// These fill it.
    Filled(Vec<&'a Candidate<'s>>),
    /// The speaker says it of himself: no other slot is tried.
    Himself,
    /// Nobody does, for this reason.
    Empty(&'static str),
}

/// Tries one slot of a cue.
///
/// In a question only whom it calls condemned is blamed, and whom somebody that it reports charges.
pub(super) fn tried<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>, slot: Slot) -> Tried<'a, 's> {
    let asks = view.scene.voice == Voice::Question;
    if asks && is_asked(view, cue) {
        return Tried::Empty("the question asks whether it is so");
    }
    if asks && !matches!(slot, Slot::Object | Slot::Subject) {
        return Tried::Empty("a question blames whom it calls condemned, or reports to be charged");
    }
    let found = match slot {
        Slot::Subject if is_suffered(view, cue) => {
            return Tried::Empty("a passive of harm, whose subject is the victim");
        }
        Slot::Subject => match subject(view, cue) {
            Subject::Found(group) if asks => {
                let accuser = accuser(view, cue.start);
                if group.iter().any(|c| accuser == Some(c.target)) {
                    return Tried::Himself;
                }
                group.into_iter().filter(|c| is_reported(view, c.start, cue)).collect()
            }
            Subject::Found(group) => group,
            Subject::Own => return Tried::Himself,
            Subject::None => Vec::new(),
        },
        Slot::Possessor | Slot::Agent => after_preposition(view, cue, slot),
        Slot::Object => object(view, cue),
        Slot::Around => around(view, cue),
        Slot::Topic => topic(view, cue),
        Slot::Antecedent => Vec::new(),
    };
    if found.is_empty() {
        return Tried::Empty(nobody(view, slot));
    }
    // `due to Japan` holds the name of whose doing it was.
    let names_it = cue.entry.leads_to_the_cause();
    let overlaps = |c: &&Candidate<'_>| !names_it && c.start < cue.end && cue.start < c.end;
    let others = |c: &&Candidate<'_>| !c.own && !overlaps(c);
    let others: Vec<_> = found.into_iter().filter(others).collect();
    if others.is_empty() {
        return Tried::Empty("only the speaker, or the cue's own words, stand there");
    }
    let may = |c: &&Candidate<'_>| may_fill(view, cue, slot, c);
    let found: Vec<_> = others.into_iter().filter(may).collect();
    match found.is_empty() {
        true => Tried::Empty("whom this publisher hardly ever charges must stand right at the cue"),
        false => Tried::Filled(found),
    }
}

/// Why nobody stands in a slot.
fn nobody(view: &View<'_>, slot: Slot) -> &'static str {
    match (slot, view.scene.voice, view.scene.lang) {
        (Slot::Subject, Voice::Question, _) => {
            "no target stands before the cue, behind a word of reporting"
        }
        (Slot::Subject, ..) => "no target stands before the cue as its subject",
        (Slot::Possessor, ..) => "no `of` a target follows the cue",
        (Slot::Agent, ..) => "no `by` a target follows the cue",
        (Slot::Object, _, Lang::Ko) => "no target that such texts charge stands before the cue",
        (Slot::Object, ..) => "no target follows the cue as its object",
        (Slot::Around, ..) => "no target that such texts charge stands before the cue",
        (Slot::Topic, _, Lang::En) => {
            "no target that such texts charge is the topic of the sentence, or one leads to the cue"
        }
        (Slot::Topic, ..) => "no target that such texts charge is the topic of the sentence",
        (Slot::Antecedent, ..) => "left to the rule `antecedent`",
    }
}

/// Whether the subject of an English cue is the victim: of a passive of harm (`were killed`, `the UN
/// is being abused`), or where he suffers it (`suffered heavy damage`).
fn is_suffered(view: &View<'_>, cue: &CueHit<'_>) -> bool {
    let text = view.scene.segment.text;
    let before = text[..cue.start].trim_end();
    view.scene.lang == Lang::En && (is_passive(text, cue, before) || is_undergone(before))
}

fn is_passive(text: &str, cue: &CueHit<'_>, before: &str) -> bool {
    let words = &text[cue.start..cue.end];
    let last = before.rsplit(' ').next().unwrap_or_default();
    (cue.entry.kind == corpus::BlameKind::Causal || SUFFERED.contains(&words))
        && ["was", "were", "been", "being", "be", "is", "are"].contains(&last)
        && !words.contains(' ')
        && ends_with_any(words, &["ed", "en"])
}

/// `suffered from its war` and `It was due to the U.S. that the Koreans suffered` name who did it.
fn is_undergone(before: &str) -> bool {
    let mut words =
        before.split(' ').rev().take(SUFFERING_REACH).take_while(|word| *word != "from");
    words.any(|word| starts_with_any(word, &["suffered", "undergo", "underw"]))
        && !has_any(before, &["due to ", "because of "])
}

/// How many words before what is suffered the word for it stands at most: `suffered a bitter defeat`.
const SUFFERING_REACH: usize = 3;

/// Passives of condemning whose subject is the victim; who is denounced is none.
const SUFFERED: [&str; 9] = [
    "abused",
    "exploited",
    "bullied",
    "threatened",
    "harassed",
    "violated",
    "insulted",
    "defamed",
    "blackmailed",
];

/// 对美方…表示反对; `the moves of the U.S. are denounced`.
fn around<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Vec<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    if view.scene.lang == Lang::En && !is_predicated(&text[..cue.start]) {
        return Vec::new();
    }
    let found = view.candidates.iter().rev().find(|c| {
        // 向美方提出交涉 protests to him; 向“台独”势力发出错误信号，中方反对 is against who sends it.
        let near = left(text, c.start, 2);
        let towards = has_any(near, &["对", "就"])
            || (near.contains('向') && !text[c.end..cue.start.max(c.end)].contains('，'));
        c.end <= cue.start
            && !c.own
            && view.is_usual(c.target)
            && (!c.standing.is_aside() || towards)
    });
    found.map(|c| view.group(c)).unwrap_or_default()
}

/// Whether the words before an English cue make it what is said of their subject: `is deplorable`,
/// `were roundly denounced`.
fn is_predicated(before: &str) -> bool {
    let forms = ["is", "are", "was", "were", "be", "been", "being", "gets", "got"];
    before.split_whitespace().rev().take(2).any(|word| forms.contains(&word))
}

/// Every usual target that stands free in the sentence.
fn topic<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Vec<&'a Candidate<'s>> {
    let led = |c: &Candidate<'s>| c.end <= cue.start && c.standing == Standing::Free;
    if view.scene.lang == Lang::En && view.candidates.iter().any(led) {
        return Vec::new();
    }
    // A Korean segment may hold several sentences; the topic of one is not that of another.
    let text = view.scene.segment.text;
    let beside = |c: &Candidate<'s>| {
        let (from, to) = (c.end.min(cue.end), c.start.max(cue.start));
        view.scene.lang != Lang::Ko
            || (!text.get(from..to).unwrap_or_default().contains(". ")
                && (c.end <= cue.start || is_predicate(text, c) || is_where_it_lies(view, c)))
    };
    let suffers = |c: &Candidate<'s>| view.scene.lang == Lang::Zh && suffers(view, cue, c);
    let tells = |c: &Candidate<'s>| {
        view.scene.lang == Lang::Ko
            && (is_accuser(text, c, cue) || is_told_of_another(view, c, cue))
    };
    let free = |c: &&Candidate<'s>| {
        !c.own
            && c.standing == Standing::Free
            && view.is_usual(c.target)
            && beside(c)
            && !suffers(c)
            && !tells(c)
    };
    // 对话才是方式，才能实现欧洲的长治久安: what 才是 is said of stands before it, or right behind.
    let cue_words = &text[cue.start..cue.end];
    let points = starts_with_any(cue_words, &["才是", "恰恰是", "就是", "这就是", "不就是"]);
    let pointed = |c: &&Candidate<'s>| {
        let between = text.get(cue.end..c.start).unwrap_or_default();
        !points || c.end <= cue.start || between.chars().count() <= POINTED_REACH
    };
    match view.scene.lang {
        Lang::En => view.candidates.iter().find(free).map(|c| view.group(c)).unwrap_or_default(),
        _ => view.candidates.iter().filter(free).filter(pointed).collect(),
    }
}

/// How far behind 才是 he stands at most whom it points at, in characters.
const POINTED_REACH: usize = 4;

/// Whether a Korean sentence ends by naming somebody: …하는 나라가 바로 미국이다.
fn is_predicate(text: &str, who: &Candidate<'_>) -> bool {
    let copulas = ["이다", "이라", "이였", "입니다", "이며", "뿐이", "이란", "자신이", "의 책동"];
    let rest = &text[who.end..];
    let word = rest.split([' ', '.', ',']).next().unwrap_or_default();
    ends_with_any(left(text, who.start, 5), &["바로 ", "다름아닌 "]) || has_any(word, &copulas)
}
