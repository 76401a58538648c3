//! How alike two states vote.

use std::collections::BTreeMap;

use corpus::Date;
use serde::{Deserialize, Serialize};
use statistics::{Confusion, Interval, steps, unequal, wilson};

use crate::{Country, Error, Organ, Result, RollCall, RollCalls, Seat, Seats};

/// Below so many roll calls no interval is given: it would be as wide as anything, or, by
/// resampling, narrower than it should be.
pub const LEAST_ROLL_CALLS: u64 = 10;

/// What one row of a comparison stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A calendar year.
    Year,
    /// A session of the General Assembly (a year of the Security Council).
    Session,
}

/// How to compare.
#[derive(Debug, Clone, Copy)]
pub struct SimilarityOptions {
    /// Which body's roll calls; `None` for all.
    pub organ: Option<Organ>,
    /// What a row is.
    pub by: Period,
    /// Whether a series is cut where a seat changed hands.
    pub split_seats: bool,
}

impl Default for SimilarityOptions {
    fn default() -> Self {
        Self { organ: Some(Organ::GeneralAssembly), by: Period::Year, split_seats: false }
    }
}

/// One row: two states over the roll calls of one period in which both voted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Similarity {
    /// The year; of a session that in which it first voted.
    pub year: String,
    /// The session, `75` or `ES-11`; `None` where a row is a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// The first state, or the holder of its seat.
    pub a: String,
    /// The second.
    pub b: String,
    /// The measures.
    #[serde(flatten)]
    pub measures: Measures,
}

/// The measures over roll calls in which both states said yes, no or abstain. Undefined is
/// `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Measures {
    /// Roll calls in which both voted.
    pub n_both_voted: u64,
    /// Share of them in which they voted the same.
    pub agree_exact: Option<f64>,
    /// S of Signorino & Ritter 1999 (*ISQ* 43:115-144) with absolute distances, no = 0,
    /// abstain = 1/2, yes = 1.
    #[serde(rename = "S_abs")]
    pub s_abs: Option<f64>,
    /// The same with squared distances.
    #[serde(rename = "S_sq")]
    pub s_sq: Option<f64>,
    /// Cohen's kappa with linear weights (Häge 2011, *Political Analysis* 19(3):287-305).
    pub kappa_lin: Option<f64>,
    /// Scott's pi with linear weights.
    pub pi_lin: Option<f64>,
    /// Cohen's kappa without weights.
    pub kappa_unw: Option<f64>,
    /// Scott's pi without weights.
    pub pi_unw: Option<f64>,
    /// Wilson's interval of `agree_exact` at 0.95; none below [`LEAST_ROLL_CALLS`].
    pub agree_interval: Option<Interval>,
}

impl Measures {
    /// The measures over pairs of places on the scale no, abstain, yes (0, 1, 2).
    pub fn of(pairs: &[(usize, usize)]) -> Self {
        let Some(table) = Confusion::of(pairs.iter().copied(), 3) else { return Self::default() };
        let same = pairs.iter().filter(|(a, b)| a == b).count() as u64;
        let affinity = |distance: fn(usize, usize) -> f64| {
            table.mean_distance(distance).map(|mean| 1.0 - 2.0 * mean)
        };
        Self {
            n_both_voted: table.n(),
            agree_exact: table.agreement(),
            s_abs: affinity(|i, j| steps(i, j) / 2.0),
            s_sq: affinity(|i, j| (steps(i, j) / 2.0).powi(2)),
            kappa_lin: table.kappa(steps),
            pi_lin: table.pi(steps),
            kappa_unw: table.kappa(unequal),
            pi_unw: table.pi(unequal),
            agree_interval: wilson(same, table.n(), 0.95).filter(|_| table.n() >= LEAST_ROLL_CALLS),
        }
    }
}

/// Two states by year or session, earliest first; a period in which they never both voted has no
/// row.
///
/// # Errors
/// [`Error::NeedsData`] where the roll calls are only a choice, [`Error::UnknownCountry`] for a
/// state that votes in none of them.
pub fn similarity(
    roll_calls: &RollCalls,
    seats: &Seats,
    (a, b): (Country, Country),
    options: SimilarityOptions,
) -> Result<Vec<Similarity>> {
    if !roll_calls.is_complete() {
        return Err(Error::NeedsData);
    }
    let parts = |code| {
        if options.split_seats { seats.split(code) } else { vec![seats.whole(code)] }
    };
    let (parts_a, parts_b) = (known(roll_calls, a, parts(a))?, known(roll_calls, b, parts(b))?);
    let mut rows: BTreeMap<RowKey, Vec<(usize, usize)>> = BTreeMap::new();
    let begins = beginnings(roll_calls, options);
    for roll_call in chosen(roll_calls, options.organ) {
        let Some(period) = period_of(roll_call, options.by) else { continue };
        for (place_a, seat_a) in parts_a.iter().enumerate() {
            for (place_b, seat_b) in parts_b.iter().enumerate() {
                let votes = seat_a.place(roll_call).zip(seat_b.place(roll_call));
                let Some(votes) = votes else { continue };
                let begin = begins.get(&period).copied().unwrap_or(roll_call.date);
                rows.entry((begin, period.clone(), place_a, place_b)).or_default().push(votes);
            }
        }
    }
    let row =
        |((begin, period, place_a, place_b), pairs): (RowKey, Vec<(usize, usize)>)| Similarity {
            year: begin.0.year().to_string(),
            session: (options.by == Period::Session).then_some(period),
            a: parts_a[place_a].name.clone(),
            b: parts_b[place_b].name.clone(),
            measures: Measures::of(&pairs),
        };
    Ok(rows.into_iter().map(row).collect())
}

/// First day of the period, its name, and which holder of each seat.
type RowKey = (Date, String, usize, usize);

/// The adopted roll calls of a body.
pub(crate) fn chosen(
    roll_calls: &RollCalls,
    organ: Option<Organ>,
) -> impl Iterator<Item = &RollCall> {
    roll_calls.iter().filter(move |r| r.adopted && organ.is_none_or(|organ| r.organ == organ))
}

/// When each period's first roll call was: sessions are in order of their beginning, not of
/// their names.
fn beginnings(roll_calls: &RollCalls, options: SimilarityOptions) -> BTreeMap<String, Date> {
    let mut begins = BTreeMap::new();
    for roll_call in chosen(roll_calls, options.organ) {
        if let Some(period) = period_of(roll_call, options.by) {
            begins.entry(period).or_insert(roll_call.date);
        }
    }
    begins
}

fn period_of(roll_call: &RollCall, by: Period) -> Option<String> {
    match by {
        Period::Year => Some(roll_call.date.0.year().to_string()),
        Period::Session => roll_call.session().map(|session| session.to_string()),
    }
}

fn known(roll_calls: &RollCalls, code: Country, parts: Vec<Seat>) -> Result<Vec<Seat>> {
    let votes = roll_calls.iter().any(|r| parts.iter().any(|seat| seat.vote(r).is_some()));
    if votes { Ok(parts) } else { Err(Error::UnknownCountry(code.to_string())) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn states_that_never_change_their_vote_have_no_chance_correction() {
        let found = Measures::of(&[(0, 0); 8]);
        assert_eq!((found.agree_exact, found.s_abs), (Some(1.0), Some(1.0)));
        assert_eq!((found.kappa_lin, found.pi_lin), (None, None));
        let none = Measures::of(&[]);
        assert_eq!((none.n_both_voted, none.agree_exact, none.s_abs), (0, None, None));
    }

    #[test]
    fn below_ten_roll_calls_there_is_no_interval() {
        assert_eq!(Measures::of(&[(0, 0); 9]).agree_interval, None);
        assert!(Measures::of(&[(0, 0); 10]).agree_interval.is_some_and(|i| i.low < 1.0));
    }

    #[test]
    fn four_of_eight_against_a_constant_no_give_the_known_values() {
        // China and the DPRK on the eight resolutions of the study: A A N N N A A N.
        let china = [1, 1, 0, 0, 0, 1, 1, 0];
        let pairs: Vec<(usize, usize)> = china.iter().map(|&vote| (vote, 0)).collect();
        let found = Measures::of(&pairs);
        let close = |x: Option<f64>, y: f64| assert!((x.unwrap() - y).abs() < 1e-12);
        close(found.agree_exact, 0.5);
        close(found.s_abs, 0.5);
        close(found.s_sq, 0.75);
        close(found.kappa_lin, 0.0);
        close(found.pi_lin, -1.0 / 3.0);
    }

    proptest! {
        #[test]
        fn the_measures_do_not_depend_on_who_is_first(
            pairs in prop::collection::vec((0_usize..3, 0_usize..3), 0..60),
        ) {
            let there = Measures::of(&pairs);
            let turned: Vec<(usize, usize)> = pairs.iter().map(|&(a, b)| (b, a)).collect();
            let back = Measures::of(&turned);
            prop_assert_eq!(there.n_both_voted, back.n_both_voted);
            for (x, y) in [
                (there.s_abs, back.s_abs),
                (there.s_sq, back.s_sq),
                (there.kappa_lin, back.kappa_lin),
                (there.pi_lin, back.pi_lin),
            ] {
                prop_assert_eq!(x.is_some(), y.is_some());
                if let (Some(x), Some(y)) = (x, y) {
                    prop_assert!((x - y).abs() < 1e-12 && x <= 1.0);
                }
            }
        }
    }
}
