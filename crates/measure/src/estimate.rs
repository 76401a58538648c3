//! From clusters to a figure: the share or rate with its two intervals and its design effect, or
//! the reason why there is none.

use statistics::{Cluster, Interval, Method, Resampling, cluster_share, wilson};

use crate::tally::{Clusters, MOST_CLUSTERS};
use crate::{Figure, Measure, Study, Unit};

/// Below this many units nothing is drawn and nothing is compared.
pub(crate) const LEAST_N: u64 = 10;

/// The level of all intervals.
pub(crate) const LEVEL: f64 = 0.95;

pub(crate) fn resampling(study: &Study) -> Resampling {
    Resampling { seed: study.seed, draws: study.draws, level: LEVEL }
}

/// Fills a figure with the share of `clusters`; `scale` is 100 for a rate per 100 segments.
pub(crate) fn fill(figure: &mut Figure, clusters: &Clusters, study: &Study) {
    let scale = if figure.measure == Measure::Rate { 100.0 } else { 1.0 };
    let found = cluster_share(&clusters.list, resampling(study));
    figure.k = clusters.list.iter().map(|c| c.count).sum();
    figure.n = clusters.list.iter().map(|c| c.of).sum();
    figure.statements = clusters.texts;
    let Some(found) = found else {
        figure.value = None;
        figure.empty = Some(nothing(figure));
        return;
    };
    figure.value = Some(found.share * scale);
    if let Some(interval) = wilson(found.count, found.of, LEVEL) {
        figure.wilson_lo = Some(interval.low * scale);
        figure.wilson_hi = Some(interval.high * scale);
    }
    figure.design_effect = found.design_effect;
    let range = found.interval.map(|(i, method)| {
        let scaled = Interval { low: i.low * scale, high: i.high * scale };
        (scaled, method)
    });
    set_interval(figure, range);
}

/// Writes an interval and how it was made into a figure.
pub(crate) fn set_interval(figure: &mut Figure, range: Option<(Interval, Method)>) {
    figure.lo = range.map(|(interval, _)| interval.low);
    figure.hi = range.map(|(interval, _)| interval.high);
    figure.interval = range.map(|(_, method)| method.name().to_owned());
}

/// Empties a figure that rests on fewer than ten units.
pub(crate) fn withhold_below_ten(figure: &mut Figure) {
    if figure.value.is_some() && figure.n < LEAST_N {
        figure.empty = Some(format!("n = {}, below {LEAST_N}", figure.unit.counted(figure.n)));
        figure.value = None;
        (figure.lo, figure.hi, figure.interval) = (None, None, None);
        (figure.wilson_lo, figure.wilson_hi, figure.design_effect) = (None, None, None);
    }
}

/// Why nothing is counted where there is no text: on a topic the side may have others.
pub(crate) fn no_text(figure: &Figure) -> String {
    if figure.topic == "all" { "no text" } else { "none on the topic" }.to_owned()
}

fn nothing(figure: &Figure) -> String {
    match figure.unit {
        Unit::Segments => "no own-voice segment of a whole text".to_owned(),
        unit => format!("no {} of a whole text", unit.name()),
    }
}

/// One cluster a text; neighbours are summed where there are very many.
pub(crate) fn grouped(texts: &[Cluster]) -> Clusters {
    let size = texts.len().div_ceil(MOST_CLUSTERS).max(1);
    let sum = |some: &[Cluster]| Cluster {
        count: some.iter().map(|c| c.count).sum(),
        of: some.iter().map(|c| c.of).sum(),
    };
    Clusters {
        list: texts.chunks(size).map(sum).collect(),
        texts: texts.iter().filter(|c| c.of > 0).count() as u64,
    }
}
