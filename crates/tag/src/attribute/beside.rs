//! Beside: whether a cue stands right at a name as what is his, `U.S. nuclear blackmail`, 미국의 책동.

use super::cues::CueHit;
use super::grammar::Grammar;
use super::standing::Standing;
use super::view::{Candidate, View};
use super::words::{
    ends_with_any, has_any, has_any_word, left, starts_with_any, without_determiner,
};
use crate::words::Words;

/// Whether the cue is right beside the target as what is his: `U.S. nuclear blackmail`, 미국의
/// 책동.
pub(super) fn is_beside(view: &View<'_>, who: &Candidate<'_>, cue: &CueHit<'_>) -> bool {
    let text = view.scene.segment.text;
    let between = text[who.end..cue.start].trim();
    let between = match view.grammar() {
        // What the list has, its head has, too: 미국을 비롯한 외세의 침략.
        Grammar::Korean(words) => words.company.led(between).map_or(between, str::trim_start),
        _ => between,
    };
    let words = between.split_whitespace().count();
    if words > 2 || has_any(between, &[",", ".", ";", ":", "，"]) {
        return false;
    }
    match view.grammar() {
        Grammar::English(words) => english(&words.beside.his_doing, view, (who, cue), between),
        // Whose servant somebody is blames the servant: 미국의 앞잡이. 미제에 의한 남조선의 예속화 is the doing of
        // who is named first.
        Grammar::Korean(words) => {
            (left(between, between.len(), 4).contains('의') || is_one_word(between))
                && !words.beside.servants.end(&text[cue.start..cue.end])
                && !text[..who.start].ends_with("에 의한 ")
        }
        Grammar::Chinese(_) => chinese(text, who, cue, between),
        Grammar::Unknown => false,
    }
}

/// Whether the owner's particle and one word, or its beginning, stand between: 의 대조선고립|압살책동. A
/// word with a particle of its own belongs to the verb: 미국의 무역수지를 악화시켰다.
fn is_one_word(between: &str) -> bool {
    let particles = ["을", "를", "에", "로", "와", "과"];
    let word = between.strip_prefix("의 ");
    word.is_some_and(|word| !word.contains(' ') && !ends_with_any(word, &particles))
}

/// `U.S. nuclear blackmail`, `the U.S. is bullying`: behind a name that is no partner's or place's,
/// or behind what is his.
fn english(
    his_doing: &Words,
    view: &View<'_>,
    (who, cue): (&Candidate<'_>, &CueHit<'_>),
    between: &str,
) -> bool {
    let text = view.scene.segment.text;
    let before = left(text, who.start, 24).to_lowercase();
    let head = without_determiner(&before);
    let is_adverbial = starts_with_any(&text[cue.start..], &["in ", "under ", "on ", "at "]);
    let leads_on = ["in", "to", "for", "on", "at", "from", "by", "and"];
    let is_whose = who.standing == Standing::Free
        || !between.split(' ').next().is_some_and(|word| leads_on.contains(&word));
    is_whose
        && !is_adverbial
        && !is_said_of_another(view, who, cue, (head, between))
        // `uses Ukraine as a pawn` does not blame Ukraine.
        && !between.starts_with("as ")
        && !has_any_word(between, &["and"])
        && (!ends_with_any(head, &[" of", " to"]) || is_his_doing(his_doing, head, who.target))
}

/// Whether the words before a name make what is his a cause, a pattern or what shall end: `due to the
/// U.S. domination`. That an end was put to Japan's rule is history.
fn is_his_doing(his_doing: &Words, head: &str, target: &str) -> bool {
    his_doing.end(head)
        && !(target == "JP"
            && head.ends_with("to put an end to")
            && !has_any(head, &["must", "should"]))
}

/// `the pact with the U.S. is aimed to ...` says it of the pact, `the U.S. troops in Japan are ...`
/// of the troops; `the regime in south Korea is ...` means a regime of that state, and `by arming
/// Kiev, Washington is ...` names him first in his own clause.
fn is_said_of_another(
    view: &View<'_>,
    who: &Candidate<'_>,
    cue: &CueHit<'_>,
    (head, between): (&str, &str),
) -> bool {
    let text = view.scene.segment.text;
    let led = |c: &Candidate<'_>| c.end <= who.start && c.standing == Standing::Free && !c.own;
    let is_place = head.ends_with(" in") && !view.candidates.iter().any(led);
    // `the U.S. forces in south Korea brutally killed`: he who is named first did it.
    let acts = |word: &str| word.ends_with("ly") || ["", "of"].contains(&word);
    let cue = &text[cue.start..cue.end];
    let follows = !between.is_empty() || ends_with_any(cue, &["ly", "ed"]);
    let is_home = head.ends_with(" in") && follows && between.split(' ').all(acts);
    who.standing != Standing::Free
        && !text[..who.start].ends_with(", ")
        && !is_place
        && (is_home || between.split(' ').any(|word| EN_VERBS.contains(&word)))
}

/// 对美方错误行径: what is his follows his name. What is aimed at him, 针对美国的谣言, is another's,
/// and so is what befalls him, 对美方构成风险.
fn chinese(text: &str, who: &Candidate<'_>, cue: &CueHit<'_>, between: &str) -> bool {
    let links = ["", "有关", "上述", "一些", "个别", "此种", "这种"];
    let chars = between.chars().count();
    let described =
        between.ends_with('的') && chars <= 10 || between.starts_with("有关") && chars <= 6;
    let is_about =
        who.standing == Standing::Aside || who.standing == Standing::Object && between != "的";
    let befalls = ["构成", "造成", "带来", "产生"];
    is_about
        && !starts_with_any(&text[cue.start..], &befalls)
        && (links.contains(&between) || described)
        && ends_with_any(&text[..who.start], &["对", "就", "针对"])
}

/// A verb between a name and a cue: the cue is said of the verb's subject.
const EN_VERBS: [&str; 9] = ["is", "are", "was", "were", "has", "have", "had", "will", "would"];
