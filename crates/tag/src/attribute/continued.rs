//! A charge continued: a sentence without a word of blame that tells more of him whom the sentence right
//! before has charged (美国……劣迹斑斑。美国2019年有3.9万人死于枪支。).
//!
//! Such texts argue by facts: a charge is followed by its evidence, which names the deed and leaves the
//! reproach to the reader. It must be about him from its first words on, and tell neither of talks
//! and goodwill nor what he says or is asked to do.

use corpus::{BlameKind, Voice};

use super::cues::Slot;
use super::grammar::Grammar;
use super::scene::Blame;
use super::standing::Standing;
use super::view::{Candidate, View};

/// The charge of the segment before where this one goes on with it.
pub(super) fn continued(view: &View<'_>) -> Option<Blame> {
    let who = theme(view).ok()?;
    Some(Blame {
        target: who.target.to_owned(),
        kind: BlameKind::Condemn,
        rule: "continued".to_owned(),
        slot: Slot::Antecedent,
        cue: (who.start, who.end),
        span: (who.start, who.end),
    })
}

/// Why [`continued`] gives nothing.
pub(super) fn obstacle(view: &View<'_>) -> &'static str {
    theme(view).err().unwrap_or("the charge goes on")
}

/// Whom the segment is about from its first words on, and the one before charges.
fn theme<'a, 's>(view: &'a View<'s>) -> Result<&'a Candidate<'s>, &'static str> {
    let (grammar, text) = (view.grammar(), view.scene.segment.text);
    if view.scene.voice == Voice::Question {
        return Err("a question goes on with no charge");
    }
    let Some(first) = view.candidates.first().filter(|c| !c.own) else {
        return Err("nobody is named first in the segment");
    };
    if !view.scene.charged.iter().any(|target| target == first.target) {
        return Err("whom it names first the segment before does not blame");
    }
    if view.cues().iter().any(|cue| !cue.is_neutral) {
        return Err("a word of blame that stands in the segment is not said of him");
    }
    if !opens(grammar, text, first) {
        return Err("the segment does not begin with him whom the one before blames");
    }
    if is_no_evidence(grammar, &text[first.end..]) {
        return Err("it tells what he says, wants or shall do, or of talks with him");
    }
    Ok(first)
}

/// Whether a sentence opens with the target as its subject or as the place of what it tells.
fn opens(grammar: &Grammar, text: &str, who: &Candidate<'_>) -> bool {
    let before = text[..who.start].trim_start_matches(['“', '"', '《']);
    let rest = &text[who.end..];
    match grammar {
        Grammar::Chinese(words) => {
            let is_place = before.ends_with('在') && who.standing.is_aside();
            let lead = before.trim_end_matches('在').trim_end_matches('，');
            (is_place || who.standing == Standing::Free)
                && (lead.is_empty() || words.continued.leads.include(lead))
        }
        Grammar::English(words) => {
            let lead = before.trim_end().trim_end_matches("The").trim_end_matches("the").trim_end();
            let next = rest.trim_start().split([' ', ',']).next().unwrap_or_default();
            who.standing == Standing::Free
                && matches!(who.target, "US" | "NATO" | "WEST" | "JP")
                && (lead.is_empty() || words.continued.leads.include(lead))
                && (words.continued.verbs.include(next) || is_past(next))
        }
        Grammar::Korean(_) | Grammar::Unknown => false,
    }
}

/// Whether the words behind the name make a sentence no evidence of a charge.
fn is_no_evidence(grammar: &Grammar, rest: &str) -> bool {
    let (goodwill, saying) = match grammar {
        Grammar::English(words) => (&words.continued.goodwill, &words.continued.saying),
        Grammar::Chinese(words) => (&words.continued.goodwill, &words.continued.saying),
        Grammar::Korean(_) | Grammar::Unknown => return false,
    };
    goodwill.occur_in(rest) || saying.begin(rest.trim_start())
}

fn is_past(word: &str) -> bool {
    word.ends_with("ed") && word.starts_with(char::is_lowercase)
}
