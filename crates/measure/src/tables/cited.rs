//! Which of the cited statements the corpus holds, as a table.

use super::Making;
use crate::cited::Holding;
use crate::{Figure, Period, Table, Unit};

pub(crate) fn table(making: &mut Making<'_, '_>) -> Option<Table> {
    let observed = making.observed;
    let mut figures = Vec::new();
    for found in &observed.cited {
        let cited = &found.cited;
        let period = Period { from: cited.date, to: cited.date };
        let held = u64::from(found.holding != Holding::NotHeld);
        let mut figure = Figure::count("", period, &cited.key, Unit::Statements, held);
        let by = if found.holding == Holding::AnotherAddress {
            format!(" (by {})", found.by)
        } else {
            String::new()
        };
        let how = found.holding.name();
        figure.detail = format!("{how}{by}: {} {}", cited.issuer, cited.title);
        let texts = observed.texts.iter().chain(&observed.set_aside);
        making.name(&mut figure, texts.filter(|t| found.statements.iter().any(|id| **id == *t.id)));
        figures.push(figure);
    }
    let about = "The statements that the repeated work cites: held at the address that it gives \
                 (1), held under another address, found by the page's name or by title and day (1; \
                 the text may be cut short or another edition), or not held (0).";
    let table = Making::table("cited", "Cited statements", about, figures);
    (!table.figures.is_empty()).then_some(table)
}
