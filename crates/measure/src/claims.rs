//! Verdicts: each claim of a study against the number that would show it.
//!
//! A claim is supported when the whole interval of its estimate lies where the claim puts it,
//! contradicted when the whole interval lies on the other side, and else not decidable; before
//! that, its least n and least coverage have to hold.

mod wording;

use std::collections::BTreeSet;

use corpus::Voice;
use statistics::{Cluster, cluster_difference};

use crate::estimate::{fill, grouped, resampling};
use crate::observed::{Hit, Observed, Spoken};
use crate::quote::Quoted;
use crate::study::known;
use crate::tables::{taken_up, weeks_with_text};
use crate::tally::HitAt;
use crate::{Claim, Code, Direction, Estimand, Figure, Measure, Study, Unit, Verdict, VerdictKind};

use wording::Wording;

/// What an estimand came to.
struct Estimate {
    figure: Figure,
    clusters: Vec<Cluster>,
    coverage: f64,
}

/// The verdicts on all claims of `study`, in their order.
pub(crate) fn verdicts(
    study: &Study,
    observed: &Observed,
    codes: &[Code],
    quoted: &mut Quoted<'_>,
) -> Vec<Verdict> {
    let mut one = |claim: &Claim| {
        let mut verdict = verdict(study, observed, (claim, codes), quoted);
        if let Some(missing) = not_in_codebook(claim, codes) {
            verdict.verdict = VerdictKind::NotDecidable;
            verdict.reason = format!("the codebook has no entry `{missing}`");
        } else if let Some(referent) = unknown_referent(observed, claim, codes) {
            verdict.verdict = VerdictKind::NotDecidable;
            verdict.reason = format!(
                "the codebook has no topic `{referent}` and nothing found has that referent"
            );
        } else if let Some(topic) = unknown_topic(claim, codes) {
            verdict.verdict = VerdictKind::NotDecidable;
            verdict.reason = format!("the codebook has no topic `{topic}`");
        } else if let Some(holder) = unknown_holder(claim, codes) {
            verdict.verdict = VerdictKind::NotDecidable;
            verdict.reason = format!("the codebook names no holder `{holder}`");
        }
        verdict
    };
    study.claims.iter().map(&mut one).collect()
}

/// The first code of a claim that the codebook cannot find: that nothing was found of it says
/// nothing. Without a codebook all codes are taken as known.
fn not_in_codebook(claim: &Claim, codes: &[Code]) -> Option<String> {
    let against = claim.against.as_ref().and_then(|a| a.codes.as_ref());
    let asked = claim.estimand.codes.iter().chain(&claim.estimand.given);
    let mut asked = asked.chain(against.into_iter().flatten());
    let known = |code: &&String| codes.iter().any(|of| of.code == known::entry(code));
    if codes.is_empty() { None } else { asked.find(|code| !known(code)).cloned() }
}

/// A claim's referent that nothing shows to exist: a misspelt one is found nowhere, and that is no
/// avoidance.
fn unknown_referent<'c>(observed: &Observed, claim: &'c Claim, codes: &[Code]) -> Option<&'c str> {
    let referent = claim.estimand.referent.as_deref()?;
    let topic = codes.iter().any(|c| c.code.strip_prefix("topic:") == Some(referent));
    let known = topic || codes.is_empty() || observed.names.find(referent).is_some();
    (!known).then_some(referent)
}

/// A claim's topic that the codebook does not have, so that no utterance is on it. A codebook without
/// topics knows all.
fn unknown_topic<'c>(claim: &'c Claim, codes: &[Code]) -> Option<&'c str> {
    let topic = claim.estimand.topic.as_deref()?;
    let mut topics = codes.iter().filter_map(|c| c.code.strip_prefix("topic:")).peekable();
    (topics.peek().is_some() && topics.all(|known| known != topic)).then_some(topic)
}

/// A claim's holder that the codebook cannot name. Holders go by the codebook's names (`Russia`),
/// and a count of what another word is the holder of is always 0.
fn unknown_holder<'c>(claim: &'c Claim, codes: &[Code]) -> Option<&'c str> {
    let holder = claim.estimand.holder.as_deref()?;
    let known = codes.iter().any(|c| c.code == known::holder(holder));
    (!known && !codes.is_empty()).then_some(holder)
}

/// Where an estimate with its interval lies, as the claim sees it: supported, contradicted, or not
/// decidable because the interval holds the threshold. The ends count as inside.
///
/// A `value` without interval (a plain count) decides by itself.
pub fn judge(
    value: Option<f64>,
    interval: Option<(f64, f64)>,
    expect: Direction,
    threshold: f64,
) -> VerdictKind {
    let Some(value) = value else { return VerdictKind::NotDecidable };
    let (lo, hi) = interval.unwrap_or((value, value));
    let (below, above) = (hi < threshold, lo > threshold);
    match (expect, below, above) {
        (Direction::Below, true, _) | (Direction::Above, _, true) => VerdictKind::Supported,
        (Direction::Below, _, true) | (Direction::Above, true, _) => VerdictKind::Contradicted,
        _ => VerdictKind::NotDecidable,
    }
}

fn verdict(
    study: &Study,
    observed: &Observed,
    (claim, codes): (&Claim, &[Code]),
    quoted: &mut Quoted<'_>,
) -> Verdict {
    let wording = Wording { study, claim, codes };
    let first = estimate(study, observed, &claim.estimand, quoted);
    let other = claim.against.as_ref().map(|against| {
        let estimand = claim.estimand.with(against);
        let other = estimate(study, observed, &estimand, quoted);
        (estimand, other)
    });
    let failed = wording
        .condition(&claim.estimand, &first)
        .or_else(|| other.as_ref().and_then(|(of, other)| wording.condition(of, other)));
    let (value, interval) = match &other {
        Some((_, other)) => difference(study, &first, other),
        None => (first.figure.value, first.figure.lo.zip(first.figure.hi)),
    };
    let verdict = match failed {
        Some(_) => VerdictKind::NotDecidable,
        None => judge(value, interval, claim.expect, claim.threshold),
    };
    let against = other.map(|(_, other)| other.figure);
    let located = || wording.located((&first.figure, against.as_ref()), value, interval);
    let reason = failed.unwrap_or_else(located);
    Verdict {
        id: claim.id.clone(),
        claim: claim.claim.clone(),
        section: claim.section.clone(),
        verdict,
        reason,
        expected: wording.expected(),
        caution: claim.caution.clone(),
        figure: first.figure,
        against,
    }
}

/// The first estimate less the other, with the interval of the difference.
fn difference(study: &Study, a: &Estimate, b: &Estimate) -> (Option<f64>, Option<(f64, f64)>) {
    let scale = if a.figure.measure == Measure::Rate { 100.0 } else { 1.0 };
    let Some((x, y)) = a.figure.value.zip(b.figure.value) else { return (None, None) };
    if matches!(a.figure.measure, Measure::Occurrences | Measure::Count) {
        return (Some(x - y), None);
    }
    let range = cluster_difference(&a.clusters, &b.clusters, resampling(study));
    (Some(x - y), range.map(|(i, _)| (i.low * scale, i.high * scale)))
}

/// Estimates over the observations of the estimand's own period.
fn estimate(
    study: &Study,
    observed: &Observed,
    estimand: &Estimand,
    quoted: &mut Quoted<'_>,
) -> Estimate {
    let period = estimand.period.unwrap_or(study.period);
    let side = study.sides.iter().position(|s| s.id == estimand.side).unwrap_or(usize::MAX);
    let counted = count(observed, estimand, side, period);
    let (with, weeks) = weeks_with_text(observed, side, period);
    let unit = match estimand.measure {
        Measure::Rate => Unit::Segments,
        Measure::Prompted => Unit::Questions,
        Measure::Composition => Unit::Occurrences,
        _ => Unit::Utterances,
    };
    let mut figure = Figure::count(&estimand.side, period, "", unit, 0);
    figure.code = estimand.codes.join(" ");
    figure.voice = estimand.voice.name().to_owned();
    figure.topic = estimand.topic.clone().unwrap_or_else(|| "all".to_owned());
    figure.measure = estimand.measure;
    figure.detail = narrowed(estimand);
    let clusters = grouped(&counted.clusters);
    fill(&mut figure, &clusters, study);
    figure.cut = counted.cut;
    if matches!(estimand.measure, Measure::Occurrences | Measure::Count) {
        as_count(&mut figure, &counted);
    }
    quoted.places(&mut figure, &counted.hits);
    figure.evidence_total = counted.occurrences + counted.cut;
    let coverage = if weeks == 0 { 0.0 } else { with as f64 / weeks as f64 };
    Estimate { figure, clusters: clusters.list, coverage }
}

/// A plain count: cut texts count, because what they hold they hold; n stays the utterances of
/// whole texts, which decide whether an absence means anything.
fn as_count(figure: &mut Figure, counted: &Counted) {
    figure.k = counted.occurrences + counted.cut;
    figure.value = Some(figure.k as f64);
    figure.empty = None;
    (figure.lo, figure.hi, figure.interval) = (None, None, None);
    (figure.wilson_lo, figure.wilson_hi, figure.design_effect) = (None, None, None);
}

fn narrowed(estimand: &Estimand) -> String {
    let parts = [
        estimand.kind.map(|k| k.name().to_owned()),
        estimand.referent.as_ref().map(|r| format!("referent {r}")),
        estimand.holder.as_ref().map(|h| format!("holder {h}")),
        (!estimand.given.is_empty()).then(|| format!("given {}", estimand.given.join(" "))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[derive(Default)]
struct Counted {
    clusters: Vec<Cluster>,
    occurrences: u64,
    cut: u64,
    hits: Vec<HitAt>,
}

fn count(observed: &Observed, estimand: &Estimand, side: usize, period: crate::Period) -> Counted {
    let wanted = Wanted::new(observed, estimand);
    let mut counted = Counted::default();
    for (number, text) in observed.texts.iter().enumerate() {
        if text.side != side || !period.contains(text.date) {
            continue;
        }
        let mut cluster = Cluster::default();
        for (place, utterance) in text.utterances.iter().enumerate() {
            if !utterance.answered || !utterance.is_on(wanted.topic) {
                continue;
            }
            let (count, of) = wanted.units(utterance);
            // What stands in an utterance that is none of the units is no place of the claim.
            if of == 0 {
                continue;
            }
            cluster.count += count;
            cluster.of += of;
            let mut found = 0;
            for (at, _) in utterance.hits_on(wanted.topic).filter(|(_, h)| wanted.hit(h)) {
                found += 1;
                if counted.hits.len() < observed.named.kept() {
                    counted.hits.push((number as u32, place as u32, at as u32));
                }
            }
            *(if text.truncated { &mut counted.cut } else { &mut counted.occurrences }) += found;
        }
        if !text.truncated {
            counted.clusters.push(cluster);
        }
    }
    counted
}

/// An estimand with its names looked up.
struct Wanted<'a> {
    estimand: &'a Estimand,
    codes: Vec<u32>,
    given: Vec<u32>,
    referent: Option<u32>,
    holder: Option<u32>,
    topic: Option<u32>,
}

impl<'a> Wanted<'a> {
    fn new(observed: &Observed, estimand: &'a Estimand) -> Self {
        // What was never seen has a number that nothing has.
        let find = |name: &String| observed.names.find(name).unwrap_or(u32::MAX);
        Self {
            estimand,
            codes: estimand.codes.iter().map(find).collect(),
            given: estimand.given.iter().map(find).collect(),
            referent: estimand.referent.as_ref().map(find),
            holder: estimand.holder.as_ref().map(find),
            topic: estimand.topic.as_ref().map(find),
        }
    }

    fn meant(&self, hit: &Hit, codes: &[u32]) -> bool {
        codes.contains(&hit.code)
            && self.referent.is_none_or(|r| hit.referent == r)
            && (self.estimand.kind.is_none() || self.estimand.kind == hit.kind)
            && self.holder.is_none_or(|h| hit.holder == h)
    }

    fn hit(&self, hit: &Hit) -> bool {
        self.meant(hit, &self.codes) && hit.voice == self.estimand.voice
    }

    /// Units of one utterance: those that count and all.
    fn units(&self, utterance: &Spoken) -> (u64, u64) {
        let mut hits = utterance.hits_on(self.topic).map(|(_, hit)| hit);
        match self.estimand.measure {
            Measure::Rate => {
                let mut segments: BTreeSet<(u32, u32)> = BTreeSet::new();
                hits.filter(|h| h.own_segment && self.hit(h)).for_each(|h| {
                    segments.insert((h.turn, h.segment));
                });
                (segments.len() as u64, u64::from(utterance.own_on(self.topic)))
            }
            Measure::Composition => {
                let of = |codes: &[u32]| {
                    let voice = self.estimand.voice;
                    let same = |h: &&Hit| h.voice == voice && self.meant(h, codes);
                    hits.clone().filter(same).count() as u64
                };
                (of(&self.codes), of(&self.given))
            }
            Measure::Prompted => {
                let given = if self.given.is_empty() { &self.codes } else { &self.given };
                match taken_up(utterance, |h| self.meant(h, given)) {
                    Some(_) => (u64::from(hits.any(|h| self.hit(h))), 1),
                    None => (0, 0),
                }
            }
            measure => {
                let voice = self.estimand.voice;
                let is_given = |h: &Hit| h.voice == voice && self.meant(h, &self.given);
                let narrows = measure == Measure::Share && !self.given.is_empty();
                let is_unit = (voice != Voice::Question || utterance.asked)
                    && (!narrows || hits.clone().any(is_given));
                (u64::from(is_unit && hits.any(|h| self.hit(h))), u64::from(is_unit))
            }
        }
    }
}
