//! Found: the mentions and attributions of a statement, in the one order that both passes over the
//! text go through them, and the utterances that they stand in.

use std::collections::BTreeMap;

use corpus::{Attribution, Coded, Mention, Role, Statement};

/// A mention or an attribution, as it was coded.
#[derive(Clone, Copy)]
pub(crate) enum Found<'c> {
    Mention(&'c Mention),
    Blame(&'c Attribution),
}

/// All that was found in a statement: the mentions, then the attributions.
pub(crate) fn all(coded: &Coded) -> impl Iterator<Item = Found<'_>> {
    let mentions = coded.mentions.iter().map(Found::Mention);
    mentions.chain(coded.attributions.iter().map(Found::Blame))
}

/// What was found in each utterance.
pub(crate) fn by_utterance<'c>(statement: &Statement, coded: &'c Coded) -> Vec<Vec<Found<'c>>> {
    let turns = Turns::of(statement, coded);
    let mut found = vec![Vec::new(); coded.utterances.len()];
    for one in all(coded) {
        if let Some((place, _)) = turns.find(one.turn()) {
            found[place].push(one);
        }
    }
    found
}

impl Found<'_> {
    /// The turn's number.
    pub fn turn(self) -> u32 {
        match self {
            Self::Mention(mention) => mention.turn,
            Self::Blame(attribution) => attribution.turn,
        }
    }

    /// The segment's number in the turn.
    pub fn segment(self) -> u32 {
        match self {
            Self::Mention(mention) => mention.segment,
            Self::Blame(attribution) => attribution.segment,
        }
    }

    /// A mention's first byte; that of the cue of an attribution.
    pub fn start(self) -> u32 {
        match self {
            Self::Mention(mention) => mention.start,
            Self::Blame(attribution) => attribution.cue_start,
        }
    }

    /// The words that it rests on: sorted and apart.
    pub fn spans(self) -> Vec<(u32, u32)> {
        let a = match self {
            Self::Mention(mention) => return vec![(mention.start, mention.end)],
            Self::Blame(attribution) => attribution,
        };
        let (cue, target) = ((a.cue_start, a.cue_end), (a.target_start, a.target_end));
        let (first, second) = (cue.min(target), cue.max(target));
        if second.0 <= first.1 {
            vec![(first.0, first.1.max(second.1))]
        } else {
            vec![first, second]
        }
    }
}

/// Of each turn the place of its utterance and its role; what stands in no utterance is nobody's.
pub(crate) struct Turns(BTreeMap<u32, (usize, Role)>);

impl Turns {
    pub fn of(statement: &Statement, coded: &Coded) -> Self {
        let roles: BTreeMap<u32, Role> = statement.turns.iter().map(|t| (t.n, t.role)).collect();
        let mut turns = BTreeMap::new();
        for (place, utterance) in coded.utterances.iter().enumerate() {
            for turn in &utterance.turns {
                if let Some(&role) = roles.get(turn) {
                    turns.insert(*turn, (place, role));
                }
            }
        }
        Self(turns)
    }

    /// The place of a turn's utterance, and the turn's role.
    pub fn find(&self, turn: u32) -> Option<(usize, Role)> {
        self.0.get(&turn).copied()
    }
}
