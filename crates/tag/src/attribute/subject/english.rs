//! Where English has its subject besides before the verb: in a main clause behind another, behind
//! `none other than` and `It is ... for`, as whom a verb charges or a relative clause tells of.

use corpus::Lang;

use crate::attribute::cues::CueHit;
use crate::attribute::standing::Standing;
use crate::attribute::view::{Candidate, View};
use crate::attribute::words::{ends_with_any, has_any, left, starts_with_any};

/// Where the main clause of an English sentence begins that has another before it and names its
/// subject first: `Not content with shaking all Europe, NATO is running amuck`. Both clauses are
/// said of him.
pub(super) fn main_clause(view: &View<'_>) -> usize {
    let text = view.scene.segment.text;
    let openings =
        ["Not content with ", "By ", "While ", "After ", "Instead of ", "In addition to "];
    let comma = text.find(", ").filter(|_| starts_with_any(text, &openings));
    let Some(begins) = comma.map(|at| at + 2).filter(|_| view.scene.lang == Lang::En) else {
        return 0;
    };
    let leads = |c: &Candidate<'_>| {
        let before = text.get(begins..c.start).unwrap_or("-").trim();
        !c.own && matches!(before, "" | "the")
    };
    if view.candidates.iter().any(leads) { begins } else { 0 }
}

/// Whether an English cue is what its subject says of others: `The U.S. tried to deter them, saying that
/// their visit would be a mistake`.
pub(super) fn is_his_word(view: &View<'_>, cue: &CueHit<'_>, who: &Candidate<'_>) -> bool {
    let text = view.scene.segment.text;
    let between = text.get(who.end..cue.start).unwrap_or_default();
    let leads = text[..who.start].chars().count() <= super::LEADING;
    view.scene.lang == Lang::En && leads && has_any(between, SAYING)
}

/// What a clause opens with in which the subject of the sentence speaks.
const SAYING: &[&str] =
    &[", saying that ", ", claiming that ", ", arguing that ", ", alleging that "];

/// `The principal of the infringement is none other than the south Korean military`.
pub(super) fn none_other_than<'a, 's>(
    view: &'a View<'s>,
    cue: &CueHit<'_>,
) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let is_he = |c: &&Candidate<'s>| {
        let between = text.get(cue.end..c.start).unwrap_or_default();
        let leads = between.strip_suffix("the ").unwrap_or(between).trim_end();
        ends_with_any(
            leads,
            &[" is none other than", " are none other than", " was none other than"],
        )
    };
    view.candidates.iter().filter(|c| !c.own).find(is_he)
}

/// `It is preposterous for Japan to talk about peace`, `It is double standards that the UN keeps silent`.
pub(super) fn of_whom_it_is_said<'a, 's>(
    view: &'a View<'s>,
    cue: &CueHit<'_>,
) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let opens = ["It is ", "It was ", "it is ", "it was "].iter().any(|it| {
        text[..cue.start].rfind(it).is_some_and(|at| cue.start - at - it.len() <= CLEFT_REACH)
    });
    // `by hiring such stooges steeped in confrontation as Lee`
    let is_such = text[..cue.start].rfind("such ").is_some_and(|at| cue.start - at <= SUCH_REACH);
    let leads = |c: &&Candidate<'s>| {
        let between = text.get(cue.end..c.start).unwrap_or_default();
        let cleft = matches!(between, " for " | " for the " | " that " | " that the ");
        let such = ends_with_any(between, &[" as ", " as the "]) && between.len() <= SUCH_AS;
        !c.own && (opens && cleft || is_such && such && !between.contains([',', ';']))
    };
    view.candidates.iter().find(leads)
}

/// How far after `such` a cue stands of which somebody follows behind `as`, in bytes.
const SUCH_REACH: usize = 40;

/// How far after that cue he stands at most, in bytes.
const SUCH_AS: usize = 80;

/// How far after `It is` a cue stands of which somebody follows, in bytes.
const CLEFT_REACH: usize = 16;

/// In English whom a verb of charging or demanding before the cue has for its object: `lashed out
/// at Yoon for wrecking`, `actions to demand Japan atone for its crimes`.
pub(super) fn charged<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let is_charged = |c: &&Candidate<'s>| {
        let before = left(text, c.start, 24).to_lowercase();
        let skipped = ["the", "that", "at", "on", "upon", "out"];
        let mut words = before.split_whitespace().rev();
        let verb = words.find(|word| !skipped.contains(word)).unwrap_or_default();
        // `denounced the U.S. blockade as genocidal` calls the blockade so, not him.
        let between = text.get(c.end..cue.start).unwrap_or_default();
        let is_his = between.contains(" as ") && !between.starts_with(" as ");
        starts_with_any(verb, &CHARGING) && !c.own && !is_his
    };
    view.candidates.iter().rev().filter(|c| c.end <= cue.start).find(is_charged)
}

/// How verbs of charging and demanding begin.
const CHARGING: [&str; 14] = [
    "accus", "denounc", "condemn", "criticiz", "criticis", "slam", "lash", "blam", "censur",
    "assail", "demand", "urg", "call", "rebuk",
];

/// In English of whom a relative clause with the cue tells: `defeated the U.S. imperialists who ignited
/// the war`, `in confrontation with the United States which has resorted to threats`.
pub(super) fn relative_subject<'a, 's>(
    view: &'a View<'s>,
    cue: &CueHit<'_>,
) -> Option<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    let last = view.candidates.iter().rev().find(|c| c.end <= cue.start)?;
    let between = &text[last.end..cue.start];
    let tells = [" which ", " who "].iter().filter_map(|word| between.find(word)).min()?;
    let leads = between[..tells].split_whitespace().count() <= RELATIVE_LEAD;
    let goes_on = between.len() <= RELATIVE_REACH && !between.contains([';', ':', '"', '“']);
    // `the residents in Japan who suffered`: the relative clause is of the residents.
    let is_place = ends_with_any(text[..last.start].trim_end_matches("the "), &[" in ", " from "]);
    let one_clause = between[tells..].matches(',').count() == 0;
    (view.scene.lang == Lang::En
        && leads
        && goes_on
        && one_clause
        && !is_place
        && last.standing != Standing::Aside
        && !last.own
        && view.is_usual(last.target))
    .then_some(last)
}

/// How many words stand between a name and its relative clause at most.
const RELATIVE_LEAD: usize = 1;

/// How far after the name the cue of such a clause stands at most, in bytes.
const RELATIVE_REACH: usize = 80;
