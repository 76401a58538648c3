//! The votes of a study laid out in tables, as every readable format shows them.

use statistics::Interval;
use votes::{
    Contrast, Country, FactCheck, Measures, PairChange, ResolutionRow, Similarity, Verdict,
    VoteFindings, Window, WindowKind,
};

use crate::number::probability;

/// One table: cells as they are read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct VoteTable {
    pub id: &'static str,
    pub title: &'static str,
    pub about: &'static str,
    pub columns: Vec<String>,
    /// How many columns are labels; the others are numbers.
    pub stub: usize,
    /// How many of the labels tell one row from another.
    pub key: usize,
    pub rows: Vec<Vec<String>>,
}

/// The tables of a study's votes; the resolutions first, one without rows left out.
pub(crate) fn tables(found: &VoteFindings) -> Vec<VoteTable> {
    let tables = [
        resolutions(found),
        facts(&found.facts),
        windows(&found.windows),
        contrasts(&found.windows),
        changes(&found.changes),
    ];
    tables.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// Two states by period.
pub(crate) fn similarity(rows: &[Similarity]) -> VoteTable {
    let by_session = rows.iter().any(|row| row.session.is_some());
    let row = |row: &Similarity| {
        let period = row.session.as_ref().unwrap_or(&row.year);
        let mut cells = vec![period.clone(), row.a.clone(), row.b.clone()];
        cells.extend(measures(&row.measures));
        cells
    };
    let period = if by_session { "session" } else { "year" };
    VoteTable {
        id: "vote-series",
        title: "Voting similarity",
        about: "Roll calls in which both states said yes, no or abstain. S is that of Signorino \
                and Ritter, kappa and pi have linear weights; – is undefined.",
        columns: [period, "a", "b"].into_iter().chain(MEASURES).map(str::to_owned).collect(),
        stub: 3,
        key: 3,
        rows: rows.iter().map(row).collect(),
    }
}

const MEASURES: [&str; 6] = ["n", "same vote", "S", "S squared", "kappa", "pi"];

fn resolutions(found: &VoteFindings) -> VoteTable {
    let fixed = [
        "resolution",
        "about",
        "date",
        "yes",
        "no",
        "abstain",
        "not voting",
        "yes of members",
        "yes of voting",
    ];
    let share = |share: Option<f64>, of: u64| {
        share.map_or_else(none, |share| format!("{:.2} % of {of}", share * 100.0))
    };
    let row = |r: &ResolutionRow| {
        let label = if r.adopted { r.label.clone() } else { format!("{} (failed)", r.label) };
        let mut cells = vec![r.resolution.clone(), label, r.date.to_string()];
        cells.extend([r.yes, r.no, r.abstain, r.nonvoting].map(|n| n.to_string()));
        cells.push(share(r.yes_of_members, r.members));
        cells.push(share(r.yes_of_voting, r.yes + r.no + r.abstain));
        cells.extend(found.countries.iter().map(|c| vote(r, *c).to_owned()));
        cells
    };
    VoteTable {
        id: "vote-resolutions",
        title: "The resolutions",
        about: "Y yes, N no, A abstained, X did not vote, – no member. Shares are of all members, \
                and of those that said yes, no or abstain: who did not vote may be absent, silent \
                or without a vote.",
        columns: fixed
            .into_iter()
            .map(str::to_owned)
            .chain(found.countries.iter().map(ToString::to_string))
            .collect(),
        stub: 3,
        key: 1,
        rows: found.resolutions.iter().map(row).collect(),
    }
}

/// A state's letter, or a dash where it was no member.
pub(crate) fn vote(row: &ResolutionRow, country: Country) -> &'static str {
    row.votes.get(&country).copied().flatten().map_or("–", votes::Vote::letter)
}

fn facts(facts: &[FactCheck]) -> VoteTable {
    let row = |f: &FactCheck| {
        vec![
            f.claim.clone(),
            f.section.clone(),
            f.resolution.clone(),
            f.found.clone(),
            verdict(f.verdict).to_owned(),
        ]
    };
    VoteTable {
        id: "vote-facts",
        title: "What the paper says of the votes",
        about: "Each statement held against the roll call that it is about.",
        columns: owned(&["claim", "section", "resolution", "roll call", "verdict"]),
        stub: 5,
        key: 1,
        rows: facts.iter().map(row).collect(),
    }
}

/// The words of a verdict.
pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "supported",
        Verdict::Contradicted => "contradicted",
        Verdict::NotDecidable => "not decidable",
    }
}

fn windows(windows: &[Window]) -> VoteTable {
    let rows = windows.iter().flat_map(|w| {
        w.pairs.iter().map(|p| {
            let mut cells = vec![window(w), format!("{}–{}", p.a, p.b), w.roll_calls.to_string()];
            cells.extend(measures(&p.measures));
            cells
        })
    });
    VoteTable {
        id: "vote-similarity",
        title: "The resolutions beside all roll calls",
        about: "Each pair of states over the study's resolutions and over all roll calls of the \
                General Assembly in the year and the two before. n are those in which both said \
                yes, no or abstain; – is undefined, as a chance correction between states that \
                never change their vote.",
        columns: ["roll calls", "pair", "in all"]
            .into_iter()
            .chain(MEASURES)
            .map(str::to_owned)
            .collect(),
        stub: 2,
        key: 2,
        rows: rows.collect(),
    }
}

fn contrasts(windows: &[Window]) -> VoteTable {
    let row = |w: &Window, c: &Contrast| {
        let pair = |(a, b): (Country, Country)| format!("{a}–{b}");
        vec![
            window(w),
            format!("{} less {}", pair(c.first), pair(c.second)),
            c.n.to_string(),
            c.agree_difference.map_or_else(none, |d| format!("{:+.1} pp", 100.0 * d)),
            format!("{} : {}", c.mcnemar.only_first, c.mcnemar.only_second),
            probability(c.mcnemar.p_exact),
            c.p_adjusted.map_or_else(none, probability),
            with_interval(c.s_abs_difference, c.s_abs_interval),
        ]
    };
    let rows = windows.iter().flat_map(|w| w.contrasts.iter().map(move |c| row(w, c)));
    VoteTable {
        id: "vote-contrasts",
        title: "Pairs against pairs",
        about: "Two pairs over the same roll calls, in which all of their states voted. The roll \
                calls where only one pair agreed decide McNemar's exact p, adjusted by Benjamini \
                and Hochberg over the table; the interval of the difference of S resamples roll \
                calls.",
        columns: owned(&[
            "roll calls",
            "pairs",
            "n",
            "same vote",
            "only first : only second",
            "p",
            "p adjusted",
            "S",
        ]),
        stub: 2,
        key: 2,
        rows: rows.collect(),
    }
}

fn changes(changes: &[PairChange]) -> VoteTable {
    let share = |share: Option<f64>, n: u64| {
        share.map_or_else(none, |share| format!("{:.1} % of {n}", 100.0 * share))
    };
    let row = |c: &PairChange| {
        vec![
            c.year.to_string(),
            format!("{}–{}", c.a, c.b),
            share(c.before, c.n_before),
            share(c.now, c.n_now),
            with_interval(c.difference, c.interval),
        ]
    };
    VoteTable {
        id: "vote-changes",
        title: "Each year against the two before",
        about: "Share of roll calls with the same vote. The roll calls differ from year to year, \
                and so does what was voted on; the interval is Newcombe's.",
        columns: owned(&["year", "pair", "two years before", "in the year", "difference"]),
        stub: 2,
        key: 2,
        rows: changes.iter().map(row).collect(),
    }
}

fn window(window: &Window) -> String {
    match window.kind {
        WindowKind::Study => "the study's".to_owned(),
        WindowKind::Year => window.name.clone(),
    }
}

fn measures(m: &Measures) -> [String; 6] {
    [
        m.n_both_voted.to_string(),
        with_interval(m.agree_exact, m.agree_interval),
        decimals(m.s_abs),
        decimals(m.s_sq),
        decimals(m.kappa_lin),
        decimals(m.pi_lin),
    ]
}

fn with_interval(value: Option<f64>, interval: Option<Interval>) -> String {
    match (value, interval) {
        (Some(_), Some(i)) => format!("{} ({:.2} to {:.2})", decimals(value), i.low, i.high),
        _ => decimals(value),
    }
}

fn decimals(value: Option<f64>) -> String {
    value.map_or_else(none, |value| format!("{:.2}", whole_zero(value, 2)))
}

/// The value without the sign of a zero that only rounding shows.
pub(crate) fn whole_zero(value: f64, decimals: i32) -> f64 {
    if value.abs() < 0.5 * 0.1_f64.powi(decimals) { 0.0 } else { value }
}

fn none() -> String {
    "–".to_owned()
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
