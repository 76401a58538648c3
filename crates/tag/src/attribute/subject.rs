//! The subject: who stands before a cue as the one who does it, or whose it is.
//!
//! English and Korean put their subject first, Chinese strings clauses on the nearest topic. A
//! state that the publisher does not charge at large counts only where it leads the sentence.

pub(super) mod chinese;
mod english;
mod korean;

use corpus::Lang;

use super::beside::is_beside;
use super::cues::CueHit;
use super::preposition::named_behind;
use super::standing::Standing;
use super::view::{Candidate, View};
pub(super) use korean::{is_told_of_another, is_topic, is_where_it_lies};

/// How far from the beginning of the sentence a leading subject stands, in characters.
const LEADING: usize = 16;

/// Who stands before a cue.
pub(super) enum Subject<'a, 's> {
    /// These, named in one breath.
    Found(Vec<&'a Candidate<'s>>),
    /// The speaker says it of himself.
    Own,
    /// Nobody.
    None,
}

/// The subject or possessor of a cue, and who is named in one breath with it.
pub(super) fn subject<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Subject<'a, 's> {
    let main = english::main_clause(view);
    let found = match cue.end <= main {
        true => {
            let leads = view.candidates.iter().find(|c| !c.own && c.start >= main);
            leads.map_or(Subject::None, |c| one(view, c))
        }
        false => subject_from(view, cue, main),
    };
    match found {
        Subject::Found(group) => {
            let may = |c: &&Candidate<'s>| c.start >= main && !english::is_his_word(view, cue, c);
            Subject::Found(group.into_iter().filter(may).collect())
        }
        other => other,
    }
}

/// The same among those who are named from byte `main` on.
fn subject_from<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>, main: usize) -> Subject<'a, 's> {
    let text = view.scene.segment.text;
    // A Korean segment may hold several sentences; each has its own subject.
    let free: Vec<&Candidate<'s>> = view
        .candidates
        .iter()
        .filter(|c| c.end <= cue.start && c.standing == Standing::Free)
        .filter(|c| view.scene.lang != Lang::Ko || !text[c.end..cue.start].contains(". "))
        .filter(|c| !is_told_of_another(view, c, cue))
        .filter(|c| c.start >= main)
        .collect();
    if let Some(found) = korean::bearer(view, cue) {
        return one(view, found);
    }
    let named = |c: &&Candidate<'s>| {
        let whose = (c.standing == Standing::Governed || view.scene.lang == Lang::Zh)
            && !c.own
            && view.is_usual(c.target);
        c.end <= cue.start && (c.standing == Standing::Free || whose)
    };
    if let Some(found) =
        view.candidates.iter().rev().filter(named).find(|c| is_beside(view, c, cue))
    {
        return one(view, found);
    }
    if let Some(found) = english::relative_subject(view, cue) {
        return one(view, found);
    }
    if let Some(found) = korean::relative_head(view, cue) {
        return one(view, found);
    }
    if let Some(found) =
        english::none_other_than(view, cue).or_else(|| english::of_whom_it_is_said(view, cue))
    {
        return one(view, found);
    }
    let chosen = match view.scene.lang {
        Lang::Zh => return chinese::nearest(view, cue, &free),
        Lang::En if !named_behind(view, cue).is_empty() => return Subject::None,
        Lang::En => english::charged(view, cue),
        Lang::Ko => korean::topic_marked(view, &free).or_else(|| korean::described(view, cue)),
        _ => None,
    };
    let named = |c: &&&Candidate<'s>| !c.own && view.is_usual(c.target);
    let veiled = |c: &&&Candidate<'s>| !c.own && c.target == "VEILED";
    let chosen = chosen.or_else(|| free.iter().find(named).copied());
    let chosen = chosen.or_else(|| free.iter().find(veiled).copied());
    match chosen.or_else(|| leading(view, &free)) {
        Some(found) => one(view, found),
        None if free.iter().any(|c| c.own) => Subject::Own,
        None => Subject::None,
    }
}

fn one<'a, 's>(view: &'a View<'s>, found: &Candidate<'s>) -> Subject<'a, 's> {
    if found.own { Subject::Own } else { Subject::Found(view.group(found)) }
}

/// A target that the sentence begins with.
fn leading<'a, 's>(view: &View<'s>, free: &[&'a Candidate<'s>]) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let first = free.first()?;
    // `According to the keepers, Israeli troops killed all`: who is cited does not lead.
    let cited =
        text.find(", ").filter(|_| text.starts_with("According to ")).map_or(0, |at| at + 2);
    let before = text.get(cited..first.start)?;
    (!first.own && before.chars().count() <= LEADING).then_some(*first)
}
