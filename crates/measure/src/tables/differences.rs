//! The sides compared: the difference of their own-voice shares, code by code.

use corpus::Voice;
use statistics::{FEWEST_RESAMPLED, cluster_difference, newcombe};

use super::Making;
use super::coded::{self, narrowest};
use crate::estimate::{LEAST_N, LEVEL, resampling, set_interval};
use crate::tally::{Clusters, Key, Place, Scope};
use crate::{Figure, Measure, Table};

/// The first side's share less each other side's, own voice, per code.
pub(crate) fn between_sides(making: &mut Making<'_, '_>) -> Table {
    let mut figures = Vec::new();
    for family in [coded::NAMING, coded::FRAMES, coded::BLAME] {
        let facet = narrowest(making, family);
        for code in making.family(family.name()) {
            for &scope in making.scopes() {
                for other in 1..making.study.sides.len() {
                    let number = making.observed.names.find(&code).unwrap_or(u32::MAX);
                    let key = Key { code: number, facet, voice: Voice::Own };
                    let mut figure = difference(making, (0, other), scope, key, &code);
                    figure.detail = making.detail(facet);
                    figures.push(figure);
                }
            }
        }
    }
    let about = format!(
        "Own-voice shares of the first side less those of the other, over whole texts. The interval \
         resamples statements; where a side has fewer than {FEWEST_RESAMPLED} utterances with the \
         code, or without it, it is Newcombe's over effective numbers of utterances. The sides' \
         utterances differ in kind (answers, whole texts), which the number does not undo."
    );
    Making::table("differences", "The sides compared", &about, figures)
}

fn difference(
    making: &mut Making<'_, '_>,
    (a, b): (usize, usize),
    scope: Scope,
    key: Key,
    code: &str,
) -> Figure {
    let clusters = |side: usize| {
        let place = Place { side, scope, month: None };
        making.tally.base(&place).share(making.tally.cell(&place, key), key.voice)
    };
    let (first, second) = (clusters(a), clusters(b));
    let sum =
        |found: &Clusters| found.list.iter().fold((0, 0), |(k, n), c| (k + c.count, n + c.of));
    let ((k1, n1), (k2, n2)) = (sum(&first), sum(&second));
    let place = Place { side: a, scope, month: None };
    let mut figure = making.figure(&place, Voice::Own, code, Measure::Difference);
    figure.side = format!("{} - {}", making.side(a), making.side(b));
    (figure.k, figure.n) = (k1 + k2, n1 + n2);
    figure.statements = first.texts + second.texts;
    let cells = [a, b].map(|side| making.tally.cell(&Place { side, scope, month: None }, key));
    let total = cells.iter().map(|c| c.occurrences + c.cut_occurrences).sum();
    figure.cut = cells.iter().map(|c| c.cut_texts).sum();
    making.quote(&mut figure, cells.iter().flat_map(|c| &c.hits), total);
    if n1 < LEAST_N || n2 < LEAST_N {
        let reason = format!("n = {n1} and {n2} utterances, one below {LEAST_N}");
        figure.empty = Some(reason);
        return figure;
    }
    figure.value = Some(k1 as f64 / n1 as f64 - k2 as f64 / n2 as f64);
    let range = cluster_difference(&first.list, &second.list, resampling(making.study));
    set_interval(&mut figure, range);
    let formula = newcombe((k1, n1), (k2, n2), LEVEL);
    (figure.wilson_lo, figure.wilson_hi) = (formula.map(|i| i.low), formula.map(|i| i.high));
    figure
}
