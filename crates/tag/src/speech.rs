//! Speech: the voices of a turn's segments and whom they blame, from what the codebook finds.

use corpus::pattern::{Folded, Piece};
use corpus::{Attribution, Lang, Statement, Utterance, Voice};

use crate::Result;
use crate::attribute::{self, Passage, TargetSpan};
use crate::codebook::{Codebook, Entry, Family};
use crate::trace::Trace;
use crate::turn::{Found, SegmentedTurn};
use crate::voice::{self, TurnScene, Verdict};

/// How many segments before one are known when its antecedents are looked for.
const MEMORY: usize = 3;

/// The holder of what a state says for itself.
fn state_name(country: &str) -> &str {
    match country {
        "CN" => "China",
        "KP" => "DPRK",
        other => other,
    }
}

/// The target that speaks, where the speaker is one.
fn speaking_target(verdict: &Verdict, country: &str) -> Option<String> {
    let name = match verdict.voice {
        Voice::Own => state_name(country),
        Voice::Relayed => verdict.holder.as_deref().filter(|_| verdict.official)?,
        Voice::Question | Voice::None => return None,
    };
    let state = voice::STATES.iter().find(|(holder, _)| *holder == name);
    state.map(|(_, target)| (*target).to_owned())
}

/// The target of states that have none of their own.
const OTHER: &str = "OTHER";

/// The target that an English sentence names where it names whose words it relays: NATO, which speaks
/// for the West.
fn named_target(scene: &attribute::Scene<'_>, verdict: &Verdict) -> Option<String> {
    let named = verdict.named.filter(|_| scene.lang == Lang::En && verdict.official)?;
    let mut targets = scene.segment.targets.iter();
    targets.find(|target| overlap(named, (target.start, target.end))).map(|t| t.target.to_owned())
}

fn overlap(one: (usize, usize), other: (usize, usize)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// Whether an English blame of who is quoted rests on what he says of another: `Washington said that
/// Sylvania's overcapacity distorts the market`.
fn is_said_of_another(
    scene: &attribute::Scene<'_>,
    verdict: &Verdict,
    blame: &attribute::Blame,
) -> bool {
    let named = verdict.named.filter(|_| scene.lang == Lang::En);
    let Some(breath) = named.and_then(|(_, end)| scene.segment.text.get(end..blame.cue.0)) else {
        return false;
    };
    let said = blame.cue.0 - breath.len();
    let mut targets = scene.segment.targets.iter();
    let Some(other) = targets.find(|t| t.start >= said && t.end <= blame.cue.0) else {
        return false;
    };
    let lead = breath[..other.start - said].trim_end_matches("the ").trim_end();
    let reports = [" that", " said", " says", " accused", " alleged", " claimed", " claims"];
    other.target != blame.target
        && !breath.contains([',', ';', ':'])
        && reports.iter().any(|verb| lead.ends_with(verb))
}

/// Whether a blame is of who is quoted where he is named, behind his name, and what he says is answered:
/// `Sylvania claims to bake, but it burns the bread`.
fn is_said_of_himself(
    scene: &attribute::Scene<'_>,
    verdict: &Verdict,
    blame: &attribute::Blame,
) -> bool {
    let Some((start, end)) = verdict.named else { return false };
    let text = scene.segment.text;
    let is_another = |target: &TargetSpan<'_>| {
        target.target == blame.target && target.start >= end && target.end <= blame.cue.0
    };
    let is_answered =
        || [", but ", ", which ", ", yet "].iter().any(|but| text[end..].contains(but));
    overlap((start, end), blame.span)
        && blame.cue.0 >= end
        && !scene.segment.targets.iter().any(is_another)
        && is_answered()
}

/// What a turn's segments say: whose claims they are, and whom they blame.
#[derive(Debug, Clone)]
pub(crate) struct Speech {
    /// The voices of the segments, in order.
    pub(crate) verdicts: Vec<Verdict>,
    /// Sorted by segment and target.
    pub(crate) attributions: Vec<Attribution>,
}

/// The rules of both.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    voice: voice::VoiceRules,
    blame: attribute::Rules,
}

impl Rules {
    /// Reads the cue, grammar and voice files of a codebook.
    pub(crate) fn new(codebook: &Codebook) -> Result<Self> {
        Ok(Self {
            voice: voice::VoiceRules::new(codebook)?,
            blame: attribute::Rules::new(codebook)?,
        })
    }

    /// The grammars of the codebook.
    pub(crate) fn grammars(&self) -> &attribute::Grammars {
        self.blame.grammars()
    }

    /// Voices and attributions of a turn.
    pub(crate) fn speech(
        &self,
        entries: &[Entry],
        statement: &Statement,
        turn: &SegmentedTurn<'_>,
        title: Option<&Passage<'_>>,
        utterance: Option<&Utterance>,
    ) -> Speech {
        let mut verdicts = self.voices(statement, turn);
        let passages = passages(entries, turn);
        let mut attributions = Vec::new();
        for (n, verdict) in verdicts.iter_mut().enumerate() {
            let blames = self.staged(statement, turn, (title, &passages), n, verdict, |scene| {
                attribute::attribute(&self.blame, scene)
            });
            if blames.is_empty() {
                continue;
            }
            let start = turn.segments[n].start;
            let about = |u: &Utterance, topic: &str| u.is_about(topic, turn.turn.n, start as u32);
            let topics = utterance.map(|u| u.topics.iter().filter(|t| about(u, t)).cloned());
            let topics: Vec<String> = topics.into_iter().flatten().collect();
            for blame in blames {
                attributions.push(Attribution {
                    turn: turn.turn.n,
                    segment: n as u32 + 1,
                    target: blame.target,
                    kind: blame.kind,
                    voice: verdict.voice,
                    holder: holder(verdict, &statement.country),
                    topics: topics.clone(),
                    rule: blame.rule,
                    cue_start: (start + blame.cue.0) as u32,
                    cue_end: (start + blame.cue.1) as u32,
                    target_start: (start + blame.span.0) as u32,
                    target_end: (start + blame.span.1) as u32,
                });
            }
        }
        Speech { verdicts, attributions }
    }

    /// Why each rule of voice and blame did or did not fire on segment `n` of a turn, counted
    /// from 0.
    pub(crate) fn explain(
        &self,
        entries: &[Entry],
        statement: &Statement,
        turn: &SegmentedTurn<'_>,
        title: Option<&Passage<'_>>,
        n: usize,
    ) -> Option<(Verdict, Vec<Trace>)> {
        let mut verdict = self.voices(statement, turn).into_iter().nth(n)?;
        let pieces: Vec<Piece<'_>> = turn.pieces().collect();
        let mut traces = voice::explain(&self.voice, &turn_scene(statement, turn), &pieces, n);
        let passages = passages(entries, turn);
        let before = verdict.clone();
        let blames = self.staged(statement, turn, (title, &passages), n, &mut verdict, |scene| {
            attribute::explain(&self.blame, scene)
        });
        if verdict != before {
            let quoted = before.holder.unwrap_or_default();
            let reason =
                format!("{quoted} is quoted and blamed at once: the publisher's own claim");
            let targets = vec![verdict.voice.name().to_owned()];
            traces.push(Trace { targets, ..Trace::silent("voice:quoted-and-blamed", reason) });
        }
        traces.extend(blames);
        Some((verdict, traces))
    }

    /// Sets the scene of segment `n`, settles its voice, and hands it over.
    fn staged<R>(
        &self,
        statement: &Statement,
        turn: &SegmentedTurn<'_>,
        (title, passages): (Option<&Passage<'_>>, &[Passage<'_>]),
        n: usize,
        verdict: &mut Verdict,
        then: impl FnOnce(&attribute::Scene<'_>) -> R,
    ) -> R {
        let mut scene = attribute::Scene {
            lang: turn.turn.lang,
            country: &statement.country,
            voice: verdict.voice,
            speaker: None,
            holder: None,
            holder_at: None,
            segment: &passages[n],
            before: &passages[n.saturating_sub(MEMORY)..n],
            title,
        };
        self.settle(&mut scene, verdict);
        let target = speaking_target(verdict, &statement.country);
        scene.speaker = target.as_deref();
        scene.holder = verdict.holder.as_deref().filter(|_| verdict.official);
        scene.holder_at = verdict.named;
        then(&scene)
    }

    /// Whether any cue of blame stands in a text.
    pub(crate) fn has_cue(&self, text: &str, lang: Lang) -> bool {
        self.blame.lexicon(lang).is_some_and(|lexicon| {
            !lexicon.words_in(Folded::new(text).whole(), lang).cues.is_empty()
        })
    }

    fn voices(&self, statement: &Statement, turn: &SegmentedTurn<'_>) -> Vec<Verdict> {
        let scene = turn_scene(statement, turn);
        let pieces: Vec<Piece<'_>> = turn.pieces().collect();
        voice::voices(&self.voice, &scene, &pieces)
    }

    /// Who is quoted and blamed in one sentence is not relayed: 美方声称…，纯属谎言 is the
    /// publisher's own claim. Who is taken up by a pronoun or by what he wrote (`..., the
    /// editorial said`) is no organ of the state that he blames.
    fn settle(&self, scene: &mut attribute::Scene<'_>, verdict: &mut Verdict) {
        if verdict.voice != Voice::Relayed {
            return;
        }
        let spoken = speaking_target(verdict, scene.country);
        let named = named_target(scene, verdict).filter(|named| spoken.as_ref() != Some(named));
        let charges = |target: &String| self.may_charge(scene, target);
        let (spoken, named) = (spoken.filter(charges), named.filter(charges));
        if spoken.is_none() && named.is_none() {
            return;
        }
        let own = Verdict::plain(Voice::Own);
        let speaker = speaking_target(&own, scene.country);
        let trial = attribute::Scene { voice: Voice::Own, speaker: speaker.as_deref(), ..*scene };
        let is_blamed = |blame: &attribute::Blame| {
            spoken.as_ref() == Some(&blame.target) && !is_said_of_another(scene, verdict, blame)
                || named.as_ref() == Some(&blame.target)
                    && is_said_of_himself(scene, verdict, blame)
        };
        if !attribute::attribute(&self.blame, &trial).iter().any(is_blamed) {
            return;
        }
        if verdict.taken_up {
            verdict.official = false;
            return;
        }
        scene.voice = Voice::Own;
        *verdict = own;
    }

    /// Whether the publisher may charge in his own words whom he quotes.
    fn may_charge(&self, scene: &attribute::Scene<'_>, quoted: &str) -> bool {
        let lexicon = self.blame.lexicon(scene.lang);
        let publisher = lexicon.and_then(|lexicon| lexicon.publisher(scene.country));
        publisher.is_some_and(|publisher| publisher.charges(quoted)) || quoted == OTHER
    }
}

fn turn_scene<'s>(statement: &'s Statement, turn: &SegmentedTurn<'_>) -> TurnScene<'s> {
    TurnScene {
        lang: turn.turn.lang,
        country: &statement.country,
        role: turn.turn.role,
        title: statement.title.as_deref().unwrap_or_default(),
    }
}

/// Whose blame it is: the publishing state's, or the one's whose words are relayed.
fn holder(verdict: &Verdict, country: &str) -> Option<String> {
    match verdict.voice {
        Voice::Own => Some(state_name(country).to_owned()).filter(|name| !name.is_empty()),
        _ => verdict.holder.clone(),
    }
}

/// A title with the targets that it names, which are `found` in it.
pub(crate) fn titled<'t>(
    entries: &'t [Entry],
    title: &'t Folded<'_>,
    found: &[Found],
) -> Passage<'t> {
    let targets = found.iter().filter(|found| entries[found.entry].family == Family::Target);
    let targets = targets.map(|found| TargetSpan {
        start: found.start,
        end: found.end,
        target: &entries[found.entry].id,
    });
    Passage { text: title.original(), folded: title.whole(), targets: targets.collect() }
}

/// The segments with the targets that they name.
fn passages<'t>(entries: &'t [Entry], turn: &'t SegmentedTurn<'_>) -> Vec<Passage<'t>> {
    let passage =
        |folded: Piece<'t>| Passage { text: folded.original(), folded, targets: Vec::new() };
    let mut passages: Vec<Passage<'t>> = turn.pieces().map(passage).collect();
    for found in &turn.found {
        let entry = &entries[found.entry];
        if entry.family == Family::Target {
            let start = turn.segments[found.segment].start;
            passages[found.segment].targets.push(TargetSpan {
                start: found.start - start,
                end: found.end - start,
                target: &entry.id,
            });
        }
    }
    passages
}
