//! An attribution: who is blamed in a segment, how, and by which words.
//!
//! The rules are few and small, one file a family; what a language says in them is in
//! `cues-<lang>.toml`, and by which words it tells who stands where and what does not count in
//! `grammar-<lang>.toml`, a [`grammar`]. A [`Cue`](cues::CueHit) is a word of blame with the places
//! where its culprit may stand; [`slots`] fills them with the targets of a [`view`] of the segment,
//! [`standing`] tells which targets can be culprits where they stand, [`guards`] takes back what
//! is denied, negated or overcome, [`question`] what a journalist only asks, [`spared`] asks more
//! where a publisher hardly ever charges, [`demand`] reads demands that take a wrong for granted,
//! and [`antecedent`] finds whom a sentence without a name goes on about, by the pronouns
//! and phrases that [`standin`] knows and the [`deed`]s that it judges.

mod antecedent;
mod beside;
mod company;
mod cues;
mod deed;
mod demand;
mod explain;
mod grammar;
mod guards;
mod mild;
mod nature;
mod object;
mod preposition;
mod question;
mod rules;
mod scene;
mod slots;
mod spared;
mod standin;
mod standing;
mod subject;
mod view;
mod words;

pub(crate) use company::joins;
pub use cues::Slot;
pub use explain::explain;
pub(crate) use grammar::{Grammar, Grammars};
pub use rules::Rules;
pub use scene::{Blame, Passage, Scene, TargetSpan};

use corpus::{BlameKind, Voice};
use std::collections::BTreeMap;

/// Whom the segment blames: each target once, its causal blame before its condemnation.
///
/// A segment without a claim blames nobody.
pub fn attribute(rules: &Rules, scene: &Scene<'_>) -> Vec<Blame> {
    let Some(lexicon) = rules.lexicon(scene.lang) else { return Vec::new() };
    let names_nobody = scene.segment.targets.is_empty() && !antecedent::may_go_on(scene);
    if scene.voice == Voice::None || names_nobody {
        return Vec::new();
    }
    let view = view::View::new(lexicon, scene);
    let found = Families::of(&view).all();
    strongest(antecedent::resolved(&view, found))
}

/// What the families of rules give on a segment; `None` where one is not tried, since another has
/// fired.
struct Families {
    /// Of who is named: slots of cues, and demands.
    named: Vec<Blame>,
    /// Of who was named before.
    carried: Option<Vec<Blame>>,
}

impl Families {
    fn of(view: &view::View<'_>) -> Self {
        let mut named = Vec::new();
        // Most segments name nobody.
        if view.candidates.iter().any(|candidate| !candidate.own) {
            named = filled(view, false);
            named.extend(beside(&named, filled(view, true)));
            named.extend(demand::demanded(view));
        }
        // `It hatched a plot under the patronage of the U.S.`: who helps is not all.
        let helps = named.iter().all(|blame| view.is_of_an_accomplice(blame));
        let mut carried = helps.then(|| antecedent::carried(view));
        if carried.as_ref().is_some_and(Vec::is_empty) {
            carried = Some(demand::of_one_named_before(view));
        }
        Self { named, carried }
    }

    fn all(self) -> Vec<Blame> {
        [Some(self.named), self.carried].into_iter().flatten().flatten().collect()
    }
}

/// The blames of the cues that count, of neutral words or of the others.
fn filled(view: &view::View<'_>, neutral: bool) -> Vec<Blame> {
    let cues = view.cues().iter().filter(|cue| cue.is_neutral == neutral);
    let counting = cues.filter(|cue| guards::refusal(view, cue).is_none());
    counting.flat_map(|cue| slots::fill(view, cue)).collect()
}

/// Of the blames of words that a report uses as well those that may stand: of the three whom all
/// such texts charge, and of others whom a cue of reproach charges, too.
fn beside(charged: &[Blame], reported: Vec<Blame>) -> Vec<Blame> {
    let stands = |blame: &Blame| {
        matches!(blame.target.as_str(), "US" | "NATO" | "WEST")
            || charged.iter().any(|other| other.target == blame.target)
    };
    reported.into_iter().filter(stands).collect()
}

/// Of all blames of one target the one that counts: causal first, then the surer slot, then the
/// first in the text.
fn strongest(found: Vec<Blame>) -> Vec<Blame> {
    let mut by_target: BTreeMap<String, Blame> = BTreeMap::new();
    for blame in found {
        let rank = |b: &Blame| (b.kind == BlameKind::Condemn, b.slot, b.cue);
        match by_target.get_mut(&blame.target) {
            Some(kept) if rank(kept) <= rank(&blame) => {}
            Some(kept) => *kept = blame,
            None => {
                by_target.insert(blame.target.clone(), blame);
            }
        }
    }
    by_target.into_values().collect()
}
