//! Speech: the voices of a turn's segments and whom they blame, from what the codebook finds.

mod quoted;

use corpus::pattern::{Folded, Piece};
use corpus::{Attribution, Lang, Statement, Utterance, Voice};

use crate::Result;
use crate::attribute::{self, Passage, TargetSpan};
use crate::codebook::{Codebook, Entry, Family};
use crate::trace::Trace;
use crate::turn::{Found, SegmentedTurn};
use crate::voice::{self, TurnScene, Verdict};
use quoted::{
    OTHER, is_said_of_another, is_said_of_himself, named_target, speaking_target, state_name,
};

/// How many segments before one are known when its antecedents are looked for.
const MEMORY: usize = 3;

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
