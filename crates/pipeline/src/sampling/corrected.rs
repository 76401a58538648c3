//! Corrected rates: own-voice blame per own-voice segment by side and target, corrected by a coded
//! sample of the same corpus, or the reason why it cannot be.

use std::collections::{BTreeMap, BTreeSet};

use corpus::source::Config;
use corpus::{Corpus, Statement, partition};
use serde::Serialize;
use serde_json::Value;
use statistics::{
    Doubled, Interval, MachineTotals, Resampling, SampledStratum, Sight, corrected_rate,
};

use tag::evaluate::Place;

use super::frame::{Frame, Unit};
use super::{CodedFile, Design};
use crate::{Reporter, Result, Selection};

/// The name under which blame of anybody stands beside the targets.
const ANY: &str = "any";

/// Of the rows that were drawn, the share that must be coded.
const LEAST_CODED: f64 = 0.9;

/// Corrected rates of a corpus, or why there are none.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", untagged)]
pub enum Prevalence {
    /// Rates by side, then by target; `any` is blame of anybody.
    Corrected {
        /// How they were computed.
        formula: &'static str,
        /// The sample's name.
        sample: String,
        /// Rows that nobody coded; those that are coded stand for them within their stratum.
        uncoded: usize,
        /// The rates.
        by_side: BTreeMap<String, BTreeMap<String, CorrectedRate>>,
    },
    /// None, and the reason.
    Refused {
        /// Why, with the cure.
        refused: String,
    },
}

/// One rate: own-voice segments that blame the target, of all own-voice segments.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CorrectedRate {
    /// As the program codes the corpus, the figure that a report publishes; `None` where it finds
    /// no own-voice segment.
    pub machine: Option<f64>,
    /// The same, less the error that the sample shows.
    pub corrected: f64,
    /// 95 % interval of the corrected rate.
    pub interval: Option<[f64; 2]>,
    /// Segments of the side that could be drawn.
    pub segments: u64,
    /// Own-voice segments, as the program codes them.
    pub own_segments: u64,
    /// Own-voice segments with the blame, as the program codes them.
    pub blaming: u64,
    /// Segments that people coded.
    pub coded: u64,
    /// Of these, segments in which people and program differ.
    pub differing: u64,
}

const FORMULA: &str = "difference estimator: program's rate over the corpus and design-weighted \
    mean error of the sample (Sarndal, Swensson & Wretman 1992, 6.3); intervals by the rescaled \
    cluster bootstrap of statements within strata (Rao, Wu & Yue 1992)";

/// The corrected rates of `corpus` by the coded sample `file` with its `design`, and where the units of
/// the sample stand in it; refused with the reason, and without places, where it is no such sample.
///
/// # Errors
/// Where corpus or configuration cannot be read.
pub fn prevalence(
    corpus: &Corpus,
    config: &Config,
    file: &CodedFile,
    design: &Design,
    resampling: Resampling,
    reporter: &Reporter,
) -> Result<(Prevalence, BTreeMap<String, Place>)> {
    let refused = |refused: String| Ok((Prevalence::Refused { refused }, BTreeMap::new()));
    let others: Vec<&String> = file.samples.iter().filter(|s| **s != design.sample).collect();
    if let Some(other) = others.first() {
        return refused(format!(
            "the file has rows of sample {other}, the design is of {}",
            design.sample
        ));
    }
    let mut coded: BTreeMap<&str, &Value> = BTreeMap::new();
    for (line, value) in &file.units {
        if let Some(unit) = value["unit"].as_str()
            && coded.insert(unit, value).is_some()
        {
            return refused(format!("line {line}: `{unit}` stands twice; delete one"));
        }
    }
    if let Some(unit) = coded.keys().find(|unit| !design.units.contains_key(**unit)) {
        return refused(format!("`{unit}` was not drawn in sample {}", design.sample));
    }
    let missing = design.units.len() - coded.len();
    if (coded.len() as f64) < LEAST_CODED * design.units.len() as f64 {
        return refused(format!(
            "{missing} of {} rows are not coded; the rest is no random sample any more. Code at \
             least nine in ten",
            design.units.len()
        ));
    }
    let frame = Frame::gather(corpus, config, &design.population, reporter)?;
    if frame.text_digest != design.texts {
        return refused(format!(
            "sample {} was drawn from another corpus, or these texts changed since: of its \
             selection there are {} segments now and were {} at the draw. Draw a new one",
            design.sample,
            frame.units.len(),
            design.segments
        ));
    }
    if frame.code_digest != design.codes {
        return refused(format!(
            "the corpus is coded by another codebook, or other rules, than when sample {} was \
             drawn. Rules that were improved with a sample in view fit that sample better than \
             the corpus: draw a new one, or code the corpus as it was (--config)",
            design.sample
        ));
    }
    let join = Join::of(&frame, design, &coded);
    if let Some(empty) = join.uncoded_stratum(design) {
        return refused(format!("no row of stratum {empty} is coded; code at least one"));
    }
    let corrected = Prevalence::Corrected {
        formula: FORMULA,
        sample: design.sample.clone(),
        uncoded: missing,
        by_side: join.rates(design, resampling),
    };
    Ok((corrected, places(corpus, &frame, design)?))
}

/// Where the units of a sample stand in the corpus.
fn places(corpus: &Corpus, frame: &Frame, design: &Design) -> Result<BTreeMap<String, Place>> {
    let revisions: BTreeMap<&str, u32> =
        frame.texts.iter().map(|text| (text.id.as_str(), text.revision)).collect();
    let mut drawn: BTreeMap<&str, Vec<(&String, u32, u32)>> = BTreeMap::new();
    for unit in design.units.keys() {
        let mut parts = unit.rsplitn(3, ':');
        let (segment, turn, id) = (parts.next(), parts.next(), parts.next());
        let number = |part: Option<&str>| part.and_then(|part| part.parse().ok());
        if let (Some(id), Some(turn), Some(segment)) = (id, number(turn), number(segment)) {
            drawn.entry(id).or_default().push((unit, turn, segment));
        }
    }
    let selection =
        Selection { sources: design.population.sources.clone(), ..Selection::default() };
    let mut places = BTreeMap::new();
    for path in selection.partitions(corpus)? {
        let statements: Vec<Statement> = partition::read(&path)?;
        let counted = |s: &&Statement| revisions.get(s.id.as_str()) == Some(&s.revision);
        for statement in statements.iter().filter(counted) {
            for &(unit, turn, segment) in drawn.get(statement.id.as_str()).into_iter().flatten() {
                let statement = statement.clone();
                places.insert(unit.clone(), Place { statement, turn, segment });
            }
        }
    }
    Ok(places)
}

/// The sample's rows beside the frame.
struct Join<'f> {
    frame: &'f Frame,
    /// By stratum: sampled units and what people coded in them.
    sampled: BTreeMap<&'f str, Vec<(&'f Unit, &'f Value)>>,
    /// By side: what the program finds in the frame.
    found: BTreeMap<&'f str, Found>,
}

/// What the program finds in all segments of a side.
#[derive(Default)]
struct Found {
    segments: u64,
    own_segments: u64,
    /// Segments that blame a target, by its name; [`ANY`] is one of them.
    blaming: BTreeMap<String, u64>,
}

impl Found {
    fn add(&mut self, unit: &Unit, targets: &[String]) {
        self.segments += 1;
        self.own_segments += u64::from(unit.is_own);
        let names = unit.blames.iter().map(|target| targets[*target].as_str());
        for name in names.chain((!unit.blames.is_empty()).then_some(ANY)) {
            match self.blaming.get_mut(name) {
                Some(count) => *count += 1,
                None => drop(self.blaming.insert(name.to_owned(), 1)),
            }
        }
    }
}

impl<'f> Join<'f> {
    fn of(frame: &'f Frame, design: &'f Design, coded: &BTreeMap<&str, &'f Value>) -> Self {
        let drawn: BTreeSet<&str> =
            design.units.keys().filter_map(|unit| unit.rsplitn(3, ':').nth(2)).collect();
        let is_drawn: Vec<bool> =
            frame.texts.iter().map(|text| drawn.contains(text.id.as_str())).collect();
        let mut sampled: BTreeMap<&str, Vec<(&Unit, &Value)>> = BTreeMap::new();
        let mut found: BTreeMap<&str, Found> = BTreeMap::new();
        for unit in &frame.units {
            let side = frame.texts[unit.statement].side.as_str();
            found.entry(side).or_default().add(unit, &frame.targets);
            if !is_drawn[unit.statement] {
                continue;
            }
            let name = frame.name(unit);
            if let (Some(value), Some(stratum)) =
                (coded.get(name.as_str()), design.units.get(&name))
            {
                sampled.entry(stratum).or_default().push((unit, value));
            }
        }
        Self { frame, sampled, found }
    }

    fn uncoded_stratum<'d>(&self, design: &'d Design) -> Option<&'d str> {
        let ids = design.strata.iter().map(|stratum| stratum.id.as_str());
        ids.into_iter().find(|id| !self.sampled.contains_key(id))
    }

    fn rates(
        &self,
        design: &Design,
        resampling: Resampling,
    ) -> BTreeMap<String, BTreeMap<String, CorrectedRate>> {
        let sides: BTreeSet<&str> = design.strata.iter().map(|s| s.side.as_str()).collect();
        let of_side = |side: &str| {
            let rate = |target: &String| self.rate(design, side, target, resampling);
            let rates = self.blamed(side).into_iter().filter_map(|t| rate(&t).map(|r| (t, r)));
            (side.to_owned(), rates.collect())
        };
        sides.into_iter().map(of_side).collect()
    }

    /// Targets that program or people find blamed by that side, and [`ANY`].
    fn blamed(&self, side: &str) -> BTreeSet<String> {
        let by_program = self.found.get(side).into_iter().flat_map(|f| f.blaming.keys().cloned());
        let rows = self.sampled.values().flatten();
        let rows = rows.filter(|(u, _)| self.frame.texts[u.statement].side == side);
        let by_people = rows.filter(|(_, v)| v["voice"] == "own").flat_map(|(_, v)| {
            let blames = v["blames"].as_array().into_iter().flatten();
            blames.filter_map(|b| b["target"].as_str().map(str::to_owned))
        });
        by_program.chain(by_people).chain([ANY.to_owned()]).collect()
    }

    fn rate(
        &self,
        design: &Design,
        side: &str,
        target: &str,
        resampling: Resampling,
    ) -> Option<CorrectedRate> {
        let number = self.frame.targets.iter().position(|known| known == target);
        let machine = |unit: &Unit| Sight {
            counts: unit.is_own,
            event: match target {
                ANY => !unit.blames.is_empty(),
                _ => number.is_some_and(|n| unit.blames.contains(&n)),
            },
        };
        let all = self.found.get(side)?;
        let events = all.blaming.get(target).copied().unwrap_or_default();
        let totals = MachineTotals { counts: all.own_segments, events };
        let stratum = |stratum: &super::Stratum| {
            let rows = self.sampled.get(stratum.id.as_str()).into_iter().flatten();
            let doubled = rows.map(|(unit, value)| Doubled {
                machine: machine(unit),
                people: people(value, target),
                cluster: unit.statement,
            });
            SampledStratum { size: stratum.segments, sample: doubled.collect() }
        };
        let strata: Vec<SampledStratum> =
            design.strata.iter().filter(|s| s.side == side).map(stratum).collect();
        let found = corrected_rate(totals, &strata, resampling)?;
        Some(CorrectedRate {
            machine: found.machine,
            corrected: found.rate,
            interval: found.interval.map(|Interval { low, high }| [low, high]),
            segments: all.segments,
            own_segments: totals.counts,
            blaming: totals.events,
            coded: found.coded,
            differing: found.differing,
        })
    }
}

fn people(value: &Value, target: &str) -> Sight {
    let counts = value["voice"] == "own";
    let mut blames = value["blames"].as_array().into_iter().flatten();
    Sight { counts, event: counts && blames.any(|b| target == ANY || b["target"] == target) }
}
