//! The draw: a simple random sample without replacement from each stratum, in random order.

use std::collections::BTreeMap;

use corpus::source::Config;
use corpus::{Corpus, Role, Statement};
use serde::{Deserialize, Serialize};
use statistics::Rng;
use tag::Codebook;
use tag::codebook::Family;

use super::frame::{Frame, Text, Unit};
use super::{Design, Population, SamplingError, Stratum};
use crate::{CODEBOOK, Reporter, Selection, corpus_digest};

/// Rows that every stratum gets at least: one row alone shows no variation.
const LEAST_ROWS: u64 = 2;

/// What strata can be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stratifier {
    /// Source id.
    Source,
    /// Who speaks.
    Institution,
    /// Language of the statement.
    Lang,
    /// Kind of text.
    Genre,
    /// What the turn does: answer, announcement, narration.
    Role,
    /// Year of the event day.
    Year,
    /// Month of the event day.
    Month,
}

impl Stratifier {
    fn of(self, text: &Text, unit: &Unit) -> (String, String) {
        let date = |cut: usize| {
            text.date.map_or_else(|| "undated".to_owned(), |d| d.to_string()[..cut].to_owned())
        };
        let (key, value) = match self {
            Self::Source => ("source", text.source.clone()),
            Self::Institution => ("institution", text.issuer.clone()),
            Self::Lang => ("lang", text.lang.code().to_owned()),
            Self::Genre => ("genre", text.genre.name().to_owned()),
            Self::Role => ("role", unit.role.name().to_owned()),
            Self::Year => ("year", date(4)),
            Self::Month => ("month", date(7)),
        };
        (key.to_owned(), value)
    }
}

/// What is to be drawn.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// From what.
    pub population: Population,
    /// How many rows.
    pub rows: u64,
    /// Seed of the draw.
    pub seed: u64,
    /// What the strata are made of, beside the side.
    pub by: Vec<Stratifier>,
    /// The share of the rows from segments that name a target.
    pub over_draw: Option<f64>,
    /// The targets that count for it; all where the list is empty.
    pub targets: Vec<String>,
    /// Program and version, as the design names it.
    pub program: String,
}

/// A sample: its design and its rows in the order in which they are to be coded.
#[derive(Debug, Clone)]
pub struct Sample {
    /// How it was drawn.
    pub design: Design,
    /// The rows.
    pub rows: Vec<Row>,
}

/// One drawn segment as a coder sees it.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// `STATEMENT:TURN:SEGMENT`.
    pub unit: String,
    /// Id of the stratum.
    pub stratum: String,
    /// Probability with which it was drawn.
    pub inclusion_probability: f64,
    /// Language of the turn.
    pub lang: String,
    /// Day of the event.
    pub date: String,
    /// Source id.
    pub source: String,
    /// Who speaks.
    pub institution: String,
    /// The publishing state.
    pub country: String,
    /// What the turn does.
    pub role: &'static str,
    /// The speaker as printed.
    pub speaker: String,
    /// Title of the statement.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The question that the turn answers.
    pub question: String,
    /// The two segments before.
    pub before: String,
    /// The segment.
    pub text: String,
    /// The two segments after.
    pub after: String,
}

/// Draws a sample from the coded corpus: the same corpus, configuration and [`Drawing`] give the
/// same sample. Where there are no more segments than rows asked for, all are drawn.
///
/// # Errors
/// [`SamplingError`] where there is nothing to draw from, where the strata are too fine, or where
/// corpus or configuration cannot be read.
pub fn draw(
    corpus: &Corpus,
    config: &Config,
    drawing: &Drawing,
    reporter: &Reporter,
) -> Result<Sample, SamplingError> {
    let codebook = Codebook::load(config, CODEBOOK).map_err(crate::Error::from)?;
    let known: Vec<&str> = codebook.family(Family::Target).map(|e| e.id.as_str()).collect();
    if let Some(name) = drawing.targets.iter().find(|t| !known.contains(&t.as_str())) {
        let known = known.join(", ");
        return Err(SamplingError::UnknownTarget { name: name.clone(), known });
    }
    let frame = Frame::gather(corpus, config, &drawing.population, reporter)?;
    if frame.units.is_empty() {
        return Err(SamplingError::Empty);
    }
    let cut = strata(&frame, drawing);
    let counts = allocate_all(&cut, drawing)?;
    let mut rng = Rng::named(drawing.seed, "coding sample");
    let (mut strata, mut drawn) = (Vec::new(), Vec::new());
    let digits = cut.len().to_string().len().max(2);
    for (n, ((key, members), count)) in cut.into_iter().zip(counts).enumerate() {
        let id = format!("S{:0digits$}", n + 1);
        let chosen = rng.sample(members.len(), count as usize);
        drawn.extend(chosen.iter().map(|place| (members[*place], id.clone())));
        let (segments, drawn) = (members.len() as u64, chosen.len() as u64);
        let mut of = key.of;
        if let Some(names) = key.names_target {
            let words = if names { "names a target" } else { "names none" };
            of.insert("target".to_owned(), words.to_owned());
        }
        strata.push(Stratum { id, side: key.side, of, segments, drawn });
    }
    shuffle(&mut drawn, &mut rng);
    let names: Vec<String> = drawn.iter().map(|(u, _)| frame.name(&frame.units[*u])).collect();
    let design = Design {
        sample: String::new(),
        program: drawing.program.clone(),
        seed: drawing.seed,
        rows: drawing.rows,
        by: drawing.by.clone(),
        over_draw: drawing.over_draw,
        targets: drawing.targets.clone(),
        population: drawing.population.clone(),
        corpus: corpus_digest(corpus)?,
        texts: frame.text_digest.clone(),
        codes: frame.code_digest.clone(),
        segments: frame.units.len() as u64,
        strata,
        units: names.iter().cloned().zip(drawn.iter().map(|(_, s)| s.clone())).collect(),
    };
    let design = design.named().map_err(|e| SamplingError::sheet("design".as_ref(), e))?;
    let drawn: Vec<&Unit> = drawn.iter().map(|(unit, _)| &frame.units[*unit]).collect();
    let rows = rows(corpus, &design, &frame, &drawn)?;
    Ok(Sample { design, rows })
}

/// What the segments of a stratum have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    side: String,
    /// Whether they name a target, where those that do are drawn more often.
    names_target: Option<bool>,
    of: BTreeMap<String, String>,
}

fn strata(frame: &Frame, drawing: &Drawing) -> BTreeMap<Key, Vec<usize>> {
    let wanted: Vec<bool> = frame
        .targets
        .iter()
        .map(|t| drawing.targets.is_empty() || drawing.targets.contains(t))
        .collect();
    let mut strata: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (n, unit) in frame.units.iter().enumerate() {
        let text = &frame.texts[unit.statement];
        let of = drawing.by.iter().map(|by| by.of(text, unit)).collect();
        let names = || unit.named.iter().any(|target| wanted[*target]);
        let names_target = drawing.over_draw.map(|_| names());
        strata.entry(Key { side: text.side.clone(), names_target, of }).or_default().push(n);
    }
    strata
}

/// How many rows each stratum gets. Rates are published by side, so that each side gets as many
/// rows, or all its segments; in a side those that name a target share their part of the rows
/// and the others theirs.
fn allocate_all(
    strata: &BTreeMap<Key, Vec<usize>>,
    drawing: &Drawing,
) -> Result<Vec<u64>, SamplingError> {
    let keys: Vec<&Key> = strata.keys().collect();
    let sizes: Vec<u64> = strata.values().map(|units| units.len() as u64).collect();
    let mut sides: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, key) in keys.iter().enumerate() {
        sides.entry(&key.side).or_default().push(place);
    }
    let least = |places: &[usize]| places.iter().map(|p| sizes[*p].min(LEAST_ROWS)).sum::<u64>();
    let total = |places: &[usize]| places.iter().map(|p| sizes[*p]).sum::<u64>();
    let mut of_side: Vec<u64> = sides.values().map(|places| least(places)).collect();
    let needed: u64 = of_side.iter().sum();
    let asked = drawing.rows.min(sizes.iter().sum());
    if asked < needed {
        let (n, strata) = (drawing.rows, strata.len());
        return Err(SamplingError::TooFew { n, strata, least: needed });
    }
    for _ in needed..asked {
        let open =
            sides.values().enumerate().filter(|(side, places)| of_side[*side] < total(places));
        if let Some((poorest, _)) = open.min_by_key(|(side, _)| of_side[*side]) {
            of_side[poorest] += 1;
        }
    }
    let mut counts = vec![0; keys.len()];
    for (places, rows) in sides.values().zip(of_side) {
        let (named, others): (Vec<usize>, Vec<usize>) =
            places.iter().partition(|place| keys[**place].names_target == Some(true));
        let wanted = (rows as f64 * drawing.over_draw.unwrap_or(0.0)).round() as u64;
        // Neither part gets fewer rows than its strata need, nor more than it has segments.
        let lowest = least(&named).max(rows.saturating_sub(total(&others)));
        let highest = total(&named).min(rows.saturating_sub(least(&others)));
        let for_named = wanted.clamp(lowest.min(highest), highest);
        for (part, rows) in [(&named, for_named), (&others, rows - for_named)] {
            let part_sizes: Vec<u64> = part.iter().map(|place| sizes[*place]).collect();
            for (place, count) in part.iter().zip(allocate(&part_sizes, rows)) {
                counts[*place] = count;
            }
        }
    }
    Ok(counts)
}

/// Proportional allocation: two rows a stratum at least, then one by one to the stratum that lies
/// farthest below its share.
fn allocate(sizes: &[u64], rows: u64) -> Vec<u64> {
    let total: u64 = sizes.iter().sum();
    let mut counts: Vec<u64> = sizes.iter().map(|s| (*s).min(LEAST_ROWS)).collect();
    let share = |n: usize| sizes[n] as f64 * rows as f64 / total.max(1) as f64;
    while counts.iter().sum::<u64>() < rows {
        let open = (0..sizes.len()).filter(|&n| counts[n] < sizes[n]);
        let below = |n: usize, counts: &[u64]| share(n) - counts[n] as f64;
        let next = open.reduce(|a, b| if below(b, &counts) > below(a, &counts) { b } else { a });
        let Some(next) = next else { break };
        counts[next] += 1;
    }
    counts
}

/// A random order (Fisher & Yates), so that neither order nor neighbours tell of the strata.
fn shuffle<T>(list: &mut [T], rng: &mut Rng) {
    for last in (1..list.len()).rev() {
        list.swap(last, rng.below(last + 1));
    }
}

/// The drawn segments with their context, in the order of `drawn`.
fn rows(
    corpus: &Corpus,
    design: &Design,
    frame: &Frame,
    drawn: &[&Unit],
) -> Result<Vec<Row>, SamplingError> {
    let mut wanted: BTreeMap<(&str, u32), Vec<usize>> = BTreeMap::new();
    for (place, unit) in drawn.iter().enumerate() {
        let text = &frame.texts[unit.statement];
        wanted.entry((&text.id, text.revision)).or_default().push(place);
    }
    let mut rows: Vec<Row> = vec![Row::default(); drawn.len()];
    let selection = Selection {
        sources: design.population.sources.clone(),
        all_revisions: true,
        ..Selection::default()
    };
    crate::export::each_coded(corpus, &selection, |statement, coded| {
        let key = (statement.id.as_str(), statement.revision);
        for &place in wanted.get(&key).into_iter().flatten() {
            let unit = drawn[place];
            let mut row = row(statement, coded, unit.turn, unit.segment);
            row.unit = frame.name(unit);
            let stratum = design.units.get(&row.unit).and_then(|id| design.stratum(id));
            if let Some(stratum) = stratum {
                row.stratum.clone_from(&stratum.id);
                row.inclusion_probability = stratum.inclusion_probability();
            }
            rows[place] = row;
        }
        Ok(())
    })?;
    Ok(rows)
}

fn row(statement: &Statement, coded: &corpus::Coded, turn: u32, segment: u32) -> Row {
    let place = statement.turns.iter().position(|t| t.n == turn).unwrap_or_default();
    let spoken = &statement.turns[place];
    let spans: Vec<_> = coded.segments.iter().filter(|s| s.turn == turn).collect();
    let at = spans.iter().position(|s| s.n == segment).unwrap_or_default();
    let cut = |from: Option<usize>, to: Option<usize>| -> String {
        let span = || {
            let (from, to) = (spans.get(from?)?, spans.get(to?)?);
            spoken.text.get(from.start as usize..to.end as usize)
        };
        span().unwrap_or_default().trim().to_owned()
    };
    let last = spans.len().saturating_sub(1);
    let before = at.checked_sub(1);
    let question = statement.turns[..place].iter().rev().find(|t| t.role == Role::Question);
    let word = |text: &Option<String>| text.clone().unwrap_or_default();
    Row {
        lang: spoken.lang.code().to_owned(),
        date: statement.date.map(|d| d.to_string()).unwrap_or_default(),
        source: statement.source.clone(),
        institution: statement.issuer.clone(),
        country: statement.country.clone(),
        role: spoken.role.name(),
        speaker: word(&spoken.speaker),
        title: word(&statement.title),
        url: statement.url.clone(),
        question: question
            .filter(|_| spoken.role == Role::Answer)
            .map(|q| q.text.clone())
            .unwrap_or_default(),
        before: cut(before.map(|b| b.saturating_sub(1)), before),
        text: cut(Some(at), Some(at)),
        after: cut(Some(at + 1).filter(|n| *n <= last), Some((at + 2).min(last))),
        ..Row::default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_row_is_given_to_a_stratum_that_has_it(
            sizes in prop::collection::vec(1_u64..500, 1..30), rows in 0_u64..4000,
        ) {
            let least: u64 = sizes.iter().map(|s| (*s).min(2)).sum();
            let total: u64 = sizes.iter().sum();
            let rows = rows.clamp(least, total);
            let counts = allocate(&sizes, rows);
            prop_assert_eq!(counts.iter().sum::<u64>(), rows);
            for (count, size) in counts.iter().zip(&sizes) {
                prop_assert!(*count <= *size && *count >= (*size).min(2));
            }
        }
    }

    /// The rows that strata of `(side, names a target, segments)` get.
    fn rows_of(strata: &[(&str, bool, usize)], rows: u64, over_draw: Option<f64>) -> Vec<u64> {
        let keyed = strata.iter().map(|(side, names, size)| {
            let names_target = over_draw.map(|_| *names);
            let key = Key { side: (*side).to_owned(), names_target, of: BTreeMap::new() };
            (key, vec![0; *size])
        });
        let drawing = Drawing {
            population: Population::default(),
            rows,
            seed: 1,
            by: Vec::new(),
            over_draw,
            targets: Vec::new(),
            program: String::new(),
        };
        allocate_all(&keyed.collect(), &drawing).unwrap()
    }

    #[test]
    fn sides_get_as_many_rows_each_and_the_named_their_share() {
        let strata = [("cn", false, 900), ("cn", true, 100), ("kp", false, 45), ("kp", true, 5)];
        assert_eq!(rows_of(&strata, 60, Some(0.5)), [15, 15, 25, 5]);
        assert_eq!(rows_of(&strata, 200, Some(0.5)), [75, 75, 45, 5]);
        assert_eq!(rows_of(&strata, 9000, Some(0.5)), [900, 100, 45, 5]);
        assert_eq!(rows_of(&strata, 60, Some(0.0)), [28, 2, 28, 2]);
        assert_eq!(rows_of(&[("cn", false, 1), ("kp", false, 9)], 8, None), [1, 7]);
    }

    #[test]
    fn strata_get_rows_by_their_size() {
        assert_eq!(allocate(&[100, 300, 600], 100), [10, 30, 60]);
        assert_eq!(allocate(&[1, 3, 996], 10), [1, 2, 7]);
    }
}
