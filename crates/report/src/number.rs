//! Numbers as they are printed: two significant decimals, never more than the data carry.

use measure::{Figure, Measure};

/// Units below which a share is told as `k/n` only, and not drawn: of one text, 100 % says nothing.
pub(crate) const LEAST_N: u64 = 10;

/// The figure's number in its unit; an en dash where there is none.
pub(crate) fn main(figure: &Figure) -> String {
    if rests_on_few(figure) {
        return format!("{}/{}", figure.k, figure.n);
    }
    figure.value.map_or_else(|| "–".to_owned(), |value| in_unit(figure.measure, value))
}

/// The interval, k of n, and what was found in cut texts; or why there is no number.
pub(crate) fn note(figure: &Figure) -> String {
    let mut parts = Vec::new();
    if let Some(reason) = &figure.empty {
        parts.push(reason.clone());
    } else if rests_on_few(figure) {
        parts.push(format!("n below {LEAST_N}"));
    } else {
        if let (Some(lo), Some(hi)) = (figure.lo, figure.hi) {
            parts.push(format!("{} to {}", bare(figure.measure, lo), bare(figure.measure, hi)));
        }
        if has_denominator(figure.measure) {
            parts.push(format!("{}/{}", figure.k, figure.n));
        }
        if let Some(p) = figure.p_adjusted {
            parts.push(format!("adjusted p {}", probability(p)));
        }
    }
    if figure.cut > 0 {
        parts.push(format!("+{} cut", figure.cut));
    }
    parts.join(", ")
}

/// Everything that the number rests on, for a tool tip.
pub(crate) fn details(figure: &Figure) -> String {
    let mut parts = vec![format!("n = {}", figure.unit.counted(figure.n))];
    if figure.statements > 0 {
        parts.push(format!("{} statements", figure.statements));
    }
    if let Some(interval) = &figure.interval {
        parts.push(format!("95 % interval: {interval}"));
    }
    if let (Some(lo), Some(hi)) = (figure.wilson_lo, figure.wilson_hi) {
        let measure = figure.measure;
        parts.push(format!("{} {} to {}", formula(measure), bare(measure, lo), bare(measure, hi)));
    }
    if let Some(effect) = figure.design_effect {
        parts.push(format!("design effect {effect:.2}"));
    }
    parts.join("; ")
}

/// The interval by formula, where the printed one is another, and the design effect.
pub(crate) fn beside(figure: &Figure) -> String {
    let mut parts = Vec::new();
    if rests_on_few(figure) || figure.value.is_none() {
        return String::new();
    }
    let range = |lo: Option<f64>, hi: Option<f64>| {
        Some(format!("{} to {}", bare(figure.measure, lo?), bare(figure.measure, hi?)))
    };
    let by_formula = range(figure.wilson_lo, figure.wilson_hi);
    if let Some(by_formula) = by_formula.filter(|r| Some(r) != range(figure.lo, figure.hi).as_ref())
    {
        parts.push(format!("{} {by_formula}", formula(figure.measure)));
    }
    if let Some(effect) = figure.design_effect {
        parts.push(format!("design effect {effect:.2}"));
    }
    parts.join(", ")
}

/// Whose formula gives the interval beside the one by resampling.
fn formula(measure: Measure) -> &'static str {
    if measure == Measure::Difference { "Newcombe" } else { "Wilson" }
}

/// A p value to three decimals: `0.012`, `< 0.001`.
pub(crate) fn probability(p: f64) -> String {
    if p < 0.001 { "< 0.001".to_owned() } else { format!("{p:.3}") }
}

fn rests_on_few(figure: &Figure) -> bool {
    let share = has_denominator(figure.measure) && figure.measure != Measure::Coverage;
    share && figure.value.is_some() && figure.n < LEAST_N
}

fn has_denominator(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::Share
            | Measure::Rate
            | Measure::Prompted
            | Measure::Composition
            | Measure::Coverage
    )
}

/// A value with its unit.
pub(crate) fn in_unit(measure: Measure, value: f64) -> String {
    match measure {
        Measure::Share | Measure::Prompted | Measure::Composition | Measure::Coverage => {
            format!("{} %", bare(measure, value))
        }
        Measure::Difference | Measure::Level | Measure::Slope => {
            format!("{} pp", bare(measure, value))
        }
        _ => bare(measure, value),
    }
}

/// A value without its unit.
pub(crate) fn bare(measure: Measure, value: f64) -> String {
    match measure {
        Measure::Share | Measure::Prompted | Measure::Composition | Measure::Coverage => {
            format!("{:.1}", value * 100.0)
        }
        Measure::Difference | Measure::Level => signed(value * 100.0, 1),
        Measure::Slope => signed(value * 100.0, 2),
        Measure::Count | Measure::Occurrences => format!("{value:.0}"),
        _ => format!("{value:.2}"),
    }
}

/// With its sign, but for what rounds to nothing.
fn signed(value: f64, decimals: usize) -> String {
    let written = format!("{value:+.decimals$}");
    match written.parse::<f64>() {
        Ok(0.0) => format!("{:.decimals$}", 0.0),
        _ => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_a_share_is_told_in_percentage_points() {
        assert_eq!(in_unit(Measure::Level, 0.0412), "+4.1 pp");
        assert_eq!(in_unit(Measure::Slope, -0.0012), "-0.12 pp");
        assert_eq!(in_unit(Measure::Slope, -0.000_01), "0.00 pp");
        assert_eq!(bare(Measure::Difference, -0.000_1), "0.0");
    }

    #[test]
    fn no_probability_is_told_as_nothing() {
        assert_eq!((probability(0.0), probability(0.000_4)), ("< 0.001".into(), "< 0.001".into()));
        assert_eq!((probability(0.001), probability(1.0)), ("0.001".into(), "1.000".into()));
    }
}
