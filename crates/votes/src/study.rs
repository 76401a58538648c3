//! The votes of a study beside all others.

use std::collections::BTreeSet;

use statistics::{Resampling, benjamini_hochberg, bootstrap, mcnemar, newcombe};

use crate::similarity::chosen;
use crate::{
    Contrast, Country, Error, Facts, LEAST_ROLL_CALLS, Measures, Organ, PairChange, PairSimilarity,
    ResolutionRow, Result, RollCall, RollCalls, Seats, Similarity, SimilarityOptions, Vote,
    VoteFindings, Window, WindowKind, similarity,
};

/// Gathers what a report prints: the study's resolutions and facts from `roll_calls`, and, where
/// these are all roll calls of their time, each pair beside all of the year and the two before.
///
/// # Errors
/// Where a pair names a state that votes nowhere.
pub fn study(
    facts: &Facts,
    roll_calls: &RollCalls,
    seats: &Seats,
    resampling: Resampling,
) -> Result<VoteFindings> {
    let mut gaps = Vec::new();
    let mut resolutions = Vec::new();
    let mut own = Vec::new();
    for wanted in &facts.resolutions {
        match roll_calls.find(&wanted.symbol) {
            Some(roll_call) => {
                resolutions.push(resolution_row(roll_call, &wanted.label, &facts.countries));
                own.push(roll_call);
            }
            None => gaps.push(format!("{}: no roll call here", wanted.symbol)),
        }
    }
    resolutions.sort_by(|a, b| (a.date, &a.resolution).cmp(&(b.date, &b.resolution)));
    let comparison = Comparison { facts, seats, resampling };
    own.retain(|r| r.organ == Organ::GeneralAssembly && r.adopted);
    let mut windows = vec![comparison.window(WindowKind::Study, "study".to_owned(), &own)];
    let (mut changes, mut by_year) = (Vec::new(), Vec::new());
    if roll_calls.is_complete() {
        let years: BTreeSet<i16> = own.iter().map(|r| r.date.0.year()).collect();
        let around: BTreeSet<i16> = years.iter().flat_map(|&y| y - 2..=y).collect();
        for year in around {
            let all = of_years(roll_calls, year, year);
            windows.push(comparison.window(WindowKind::Year, year.to_string(), &all));
        }
        changes.extend(years.iter().flat_map(|&year| comparison.changes(roll_calls, year)));
        by_year = comparison.by_year(roll_calls)?;
    } else {
        gaps.push(Error::NeedsData.to_string());
    }
    adjust(&mut windows);
    Ok(VoteFindings {
        study: facts.id.clone(),
        attribution: facts.attribution.clone(),
        countries: facts.countries.clone(),
        resolutions,
        facts: facts.facts.iter().map(|fact| fact.check(roll_calls)).collect(),
        windows,
        changes,
        by_year,
        notes: vec![chosen_not_drawn(own.len())],
        gaps,
    })
}

/// What no number over the study's own resolutions shows.
fn chosen_not_drawn(resolutions: usize) -> String {
    format!(
        "The study's {resolutions} resolutions of the General Assembly were chosen, not drawn: what \
         is counted over them holds for them alone. Below {LEAST_ROLL_CALLS} roll calls no interval \
         is given."
    )
}

/// Many contrasts are tested at once: their p values are adjusted together.
fn adjust(windows: &mut [Window]) {
    let contrasts = || windows.iter().flat_map(|w| &w.contrasts);
    let p: Vec<f64> = contrasts().map(|c| c.mcnemar.p_exact).collect();
    let adjusted = benjamini_hochberg(&p).unwrap_or_default();
    let contrasts = windows.iter_mut().flat_map(|w| &mut w.contrasts);
    contrasts.zip(adjusted).for_each(|(contrast, p)| contrast.p_adjusted = Some(p));
}

fn resolution_row(roll_call: &RollCall, label: &str, countries: &[Country]) -> ResolutionRow {
    let count = |vote| roll_call.count(vote) as u64;
    let (yes, no, abstain) = (count(Vote::Yes), count(Vote::No), count(Vote::Abstain));
    let members = roll_call.votes.len() as u64;
    let share = |of: u64| (of > 0).then(|| yes as f64 / of as f64);
    ResolutionRow {
        resolution: roll_call.resolution.clone(),
        label: label.to_owned(),
        date: roll_call.date,
        adopted: roll_call.adopted,
        yes,
        no,
        abstain,
        nonvoting: count(Vote::NonVoting),
        members,
        yes_of_members: share(members),
        yes_of_voting: share(yes + no + abstain),
        yes_of_yes_and_no: share(yes + no),
        votes: countries.iter().map(|c| (*c, roll_call.vote(*c))).collect(),
    }
}

fn of_years(roll_calls: &RollCalls, first: i16, last: i16) -> Vec<&RollCall> {
    let inside = |r: &&RollCall| (first..=last).contains(&r.date.0.year());
    chosen(roll_calls, Some(Organ::GeneralAssembly)).filter(inside).collect()
}

/// Pairs of one study.
struct Comparison<'a> {
    facts: &'a Facts,
    seats: &'a Seats,
    resampling: Resampling,
}

impl Comparison<'_> {
    fn window(&self, kind: WindowKind, name: String, roll_calls: &[&RollCall]) -> Window {
        let pairs = self.facts.pairs.iter().map(|&(a, b)| PairSimilarity {
            a,
            b,
            measures: Measures::of(&self.places(roll_calls, (a, b))),
        });
        Window {
            kind,
            name,
            roll_calls: roll_calls.len() as u64,
            pairs: pairs.collect(),
            contrasts: self.contrasts(roll_calls),
        }
    }

    /// The first pair against each other one.
    fn contrasts(&self, roll_calls: &[&RollCall]) -> Vec<Contrast> {
        let Some((&first, others)) = self.facts.pairs.split_first() else { return Vec::new() };
        others.iter().map(|&second| self.contrast(roll_calls, first, second)).collect()
    }

    fn contrast(
        &self,
        roll_calls: &[&RollCall],
        first: (Country, Country),
        second: (Country, Country),
    ) -> Contrast {
        let both =
            |r: &&&RollCall| self.place(r, first).is_some() && self.place(r, second).is_some();
        let shared: Vec<&RollCall> = roll_calls.iter().filter(both).copied().collect();
        let (one, other) = (self.places(&shared, first), self.places(&shared, second));
        let agrees = |(a, b): (usize, usize)| a == b;
        let only = |here: &[(usize, usize)], there: &[(usize, usize)]| {
            here.iter().zip(there).filter(|(h, t)| agrees(**h) && !agrees(**t)).count() as u64
        };
        let difference = |chosen: &[usize]| {
            let pick = |all: &[(usize, usize)]| -> Vec<(usize, usize)> {
                chosen.iter().map(|&i| all[i]).collect()
            };
            Some(Measures::of(&pick(&one)).s_abs? - Measures::of(&pick(&other)).s_abs?)
        };
        let (whole_one, whole_other) = (Measures::of(&one), Measures::of(&other));
        let less = |a: Option<f64>, b: Option<f64>| Some(a? - b?);
        let n = shared.len() as u64;
        let interval = (n >= LEAST_ROLL_CALLS)
            .then(|| bootstrap(shared.len(), self.resampling, difference))
            .flatten();
        Contrast {
            first,
            second,
            n,
            agree_difference: less(whole_one.agree_exact, whole_other.agree_exact),
            mcnemar: mcnemar(only(&one, &other), only(&other, &one)),
            p_adjusted: None,
            s_abs_difference: less(whole_one.s_abs, whole_other.s_abs),
            // Where no draw differs, resampling knows of no variation and says nothing.
            s_abs_interval: interval.filter(|interval| interval.low < interval.high),
        }
    }

    fn changes(&self, roll_calls: &RollCalls, year: i16) -> Vec<PairChange> {
        let (before, now) =
            (of_years(roll_calls, year - 2, year - 1), of_years(roll_calls, year, year));
        let agreeing = |window: &[&RollCall], pair| {
            let places = self.places(window, pair);
            let same = places.iter().filter(|(a, b)| a == b).count() as u64;
            (same, places.len() as u64)
        };
        let share = |(same, n): (u64, u64)| (n > 0).then(|| same as f64 / n as f64);
        let change = |&(a, b): &(Country, Country)| {
            let (then, now) = (agreeing(&before, (a, b)), agreeing(&now, (a, b)));
            PairChange {
                year,
                a,
                b,
                before: share(then),
                n_before: then.1,
                now: share(now),
                n_now: now.1,
                difference: share(now).zip(share(then)).map(|(now, then)| now - then),
                interval: newcombe(now, then, 0.95),
            }
        };
        self.facts.pairs.iter().map(change).collect()
    }

    fn by_year(&self, roll_calls: &RollCalls) -> Result<Vec<Similarity>> {
        let options = SimilarityOptions { split_seats: true, ..SimilarityOptions::default() };
        let mut rows = Vec::new();
        for &pair in &self.facts.pairs {
            rows.extend(similarity(roll_calls, self.seats, pair, options)?);
        }
        Ok(rows)
    }

    fn places(&self, roll_calls: &[&RollCall], pair: (Country, Country)) -> Vec<(usize, usize)> {
        roll_calls.iter().filter_map(|r| self.place(r, pair)).collect()
    }

    /// The two places on the scale; only of seats that are held as today, so that no comparison
    /// runs over a change of holder.
    fn place(&self, roll_call: &RollCall, (a, b): (Country, Country)) -> Option<(usize, usize)> {
        let today = |code| self.seats.split(code).pop();
        today(a)?.place(roll_call).zip(today(b)?.place(roll_call))
    }
}
