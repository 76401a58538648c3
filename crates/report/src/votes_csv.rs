//! Votes as CSV.

use std::io::Write;

use votes::{Measures, ResolutionRow, Similarity, VoteFindings};

use crate::Result;
use crate::votes_grid::{verdict, whole_zero};

const SIMILARITY: [&str; 12] = [
    "year",
    "a",
    "b",
    "n_both_voted",
    "agree_exact",
    "S_abs",
    "S_sq",
    "kappa_lin",
    "pi_lin",
    "session",
    "agree_lo",
    "agree_hi",
];

/// Two states by period; measures to four decimals, an undefined one is an empty field, as is the
/// session where a row is a year.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn similarity_csv(rows: &[Similarity], out: &mut impl Write) -> Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(SIMILARITY)?;
    for Similarity { year, session, a, b, measures: m } in rows {
        let named = [year.clone(), a.clone(), b.clone(), m.n_both_voted.to_string()];
        let measures = [m.agree_exact, m.s_abs, m.s_sq, m.kappa_lin, m.pi_lin].map(four);
        let session = session.clone().unwrap_or_default();
        let interval = [m.agree_interval.map(|i| i.low), m.agree_interval.map(|i| i.high)];
        let cells = named.into_iter().chain(measures).chain([session]);
        writer.write_record(cells.chain(interval.map(four)))?;
    }
    writer.flush()?;
    Ok(())
}

/// The votes of a study as one long tidy table: a line a number.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn votes_csv(found: &VoteFindings, out: &mut impl Write) -> Result<()> {
    let mut lines = Lines(::csv::Writer::from_writer(out));
    lines.0.write_record(["table", "roll_calls", "a", "b", "measure", "value", "lo", "hi", "n"])?;
    for r in &found.resolutions {
        lines.resolution(r)?;
    }
    for fact in &found.facts {
        let words = verdict(fact.verdict).to_owned();
        lines.add("facts", &fact.resolution, ["", ""], &fact.claim, words, None, 1)?;
    }
    for window in &found.windows {
        for p in &window.pairs {
            let states = [p.a.as_str(), p.b.as_str()];
            lines.measures("similarity", &window.name, states, &p.measures)?;
        }
        for c in &window.contrasts {
            let (first, second) = (c.first, c.second);
            let pairs = [format!("{}-{}", first.0, first.1), format!("{}-{}", second.0, second.1)];
            let pairs = [pairs[0].as_str(), pairs[1].as_str()];
            let mut add = |measure, value, interval| {
                lines.add("contrasts", &window.name, pairs, measure, four(value), interval, c.n)
            };
            add("agree_difference", c.agree_difference, None)?;
            add("mcnemar_p", Some(c.mcnemar.p_exact), None)?;
            add("mcnemar_p_adjusted", c.p_adjusted, None)?;
            let interval = c.s_abs_interval.map(|i| (i.low, i.high));
            add("S_abs_difference", c.s_abs_difference, interval)?;
        }
    }
    for c in &found.changes {
        let interval = c.interval.map(|i| (i.low, i.high));
        let (year, states) = (c.year.to_string(), [c.a.as_str(), c.b.as_str()]);
        lines.add("changes", &year, states, "change", four(c.difference), interval, c.n_now)?;
    }
    for s in &found.by_year {
        lines.measures("by_year", &s.year, [&s.a, &s.b], &s.measures)?;
    }
    for note in &found.notes {
        lines.0.write_record(["notes", "", "", "", "note", note, "", "", ""])?;
    }
    lines.0.flush()?;
    Ok(())
}

struct Lines<W: Write>(::csv::Writer<W>);

impl<W: Write> Lines<W> {
    #[allow(clippy::too_many_arguments)] // The columns of a line, in their order.
    fn add(
        &mut self,
        table: &str,
        roll_calls: &str,
        [a, b]: [&str; 2],
        measure: &str,
        value: String,
        interval: Option<(f64, f64)>,
        n: u64,
    ) -> Result<()> {
        let (low, high) = (four(interval.map(|i| i.0)), four(interval.map(|i| i.1)));
        let n = n.to_string();
        self.0.write_record([table, roll_calls, a, b, measure, &value, &low, &high, &n])?;
        Ok(())
    }

    /// Each share with what it is a share of as its n: all members, those that said yes, no or
    /// abstain, and those that said yes or no.
    fn resolution(&mut self, r: &ResolutionRow) -> Result<()> {
        let none = ["", ""];
        let mut add = |table, states, measure: &str, value, n| {
            self.add(table, &r.resolution, states, measure, value, None, n)
        };
        let shares = [
            ("yes_of_members", r.yes_of_members, r.members),
            ("yes_of_voting", r.yes_of_voting, r.yes + r.no + r.abstain),
            ("two_thirds", r.yes_of_yes_and_no, r.yes + r.no),
        ];
        for (name, share, n) in shares {
            add("resolutions", none, name, four(share), n)?;
        }
        let totals =
            [("yes", r.yes), ("no", r.no), ("abstain", r.abstain), ("nonvoting", r.nonvoting)];
        for (name, count) in totals {
            add("resolutions", none, name, count.to_string(), r.members)?;
        }
        for (country, vote) in &r.votes {
            let letter = vote.map_or("", votes::Vote::letter).to_owned();
            add("votes", [country.as_str(), ""], "vote", letter, r.members)?;
        }
        Ok(())
    }

    fn measures(
        &mut self,
        table: &str,
        roll_calls: &str,
        states: [&str; 2],
        m: &Measures,
    ) -> Result<()> {
        let agreement = m.agree_interval.map(|i| (i.low, i.high));
        let named = [
            ("agree_exact", m.agree_exact, agreement),
            ("S_abs", m.s_abs, None),
            ("S_sq", m.s_sq, None),
            ("kappa_lin", m.kappa_lin, None),
            ("pi_lin", m.pi_lin, None),
        ];
        for (name, value, interval) in named {
            self.add(table, roll_calls, states, name, four(value), interval, m.n_both_voted)?;
        }
        Ok(())
    }
}

fn four(value: Option<f64>) -> String {
    value.map(|value| format!("{:.4}", whole_zero(value, 4))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undefined_measure_is_an_empty_field_and_a_session_has_its_own_column() {
        let row = |votes: &[(usize, usize)], session: Option<&str>| Similarity {
            year: "2035".to_owned(),
            session: session.map(str::to_owned),
            a: "RUR".to_owned(),
            b: "SYL".to_owned(),
            measures: Measures::of(votes),
        };
        let rows = [row(&[(0, 0), (0, 0)], None), row(&[(0, 0); 10], Some("ES-12"))];
        let mut out = Vec::new();
        similarity_csv(&rows, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let expected = "year,a,b,n_both_voted,agree_exact,S_abs,S_sq,kappa_lin,pi_lin,session,\
                        agree_lo,agree_hi\n\
                        2035,RUR,SYL,2,1.0000,1.0000,1.0000,,,,,\n\
                        2035,RUR,SYL,10,1.0000,1.0000,1.0000,,,ES-12,0.7225,1.0000\n";
        assert_eq!(text, expected);
    }
}
