//! Layout: which axes of a tidy table become rows and which columns, which of its rows are shown,
//! and how it is drawn. One line a table; which these are is decided here and nowhere else.

use corpus::Date;

/// One column of a tidy table that tells figures apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    Side,
    Voice,
    Period,
    Code,
    Detail,
    Measure,
}

/// Which rows are shown; the others are only named below the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// All.
    All,
    /// Those with a find on any side.
    Found,
    /// Those of a code with a find on any side: a gap is seen beside the other side's numbers.
    FoundOfCode,
    /// Those of a code with a find in their voice: of a word that names other events only, the 0
    /// of the study's own event is the finding, and the plain count without it misleads.
    FoundOfCodeInVoice,
}

/// How a table is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawn {
    Not,
    /// How many texts there are, side by side in time.
    Calendar,
    /// The sides' shares, code by code.
    Sides,
    /// The same before and after an event.
    BeforeAfter,
    /// Lines over time.
    Series,
}

/// How one table is laid out.
#[derive(Debug)]
pub(crate) struct Layout {
    pub rows: &'static [Axis],
    pub columns: &'static [Axis],
    pub shown: Shown,
    pub drawn: Drawn,
}

/// The layout of the table `id`. A table about one event has the event's day behind its kind,
/// `change-2022-02-24`.
pub(crate) fn layout(id: &str) -> &'static Layout {
    let is = |kind: &str| {
        let event = id.strip_prefix(kind).and_then(|rest| rest.strip_prefix('-'));
        id == kind || event.is_some_and(|day| day.parse::<Date>().is_ok())
    };
    LAYOUTS.iter().find(|(kind, _)| is(kind)).map_or(&OTHER, |(_, layout)| layout)
}

const LAYOUTS: &[(&str, Layout)] = {
    use Axis::{Code, Detail, Measure, Period, Side, Voice};
    use Drawn::{BeforeAfter, Calendar, Not, Series, Sides};
    use Shown::{All, Found, FoundOfCode, FoundOfCodeInVoice};
    &[
        ("coverage", of(&[Code], &[Side], All, Not)),
        ("calendar", of(&[Side], &[Period], All, Calendar)),
        ("editions", of(&[Side, Code], &[Detail], All, Not)),
        ("naming", of(&[Code, Detail, Voice], &[Side, Measure], FoundOfCodeInVoice, Sides)),
        ("frame", of(&[Code, Detail, Voice], &[Side, Measure], Found, Sides)),
        ("blame", of(&[Code, Detail, Voice], &[Side, Measure], Found, Sides)),
        ("by-edition", of(&[Code, Side, Detail], &[Measure], All, Not)),
        ("naming-forms", of(&[Code], &[Side, Voice, Detail], All, Not)),
        ("differences", of(&[Code, Detail], &[Side], Found, Not)),
        ("before-after", of(&[Code, Detail], &[Side, Period], Found, BeforeAfter)),
        ("keyness", of(&[Code, Detail], &[Side, Measure], Found, Not)),
        ("relay", of(&[Side, Detail, Code], &[Measure], All, Not)),
        ("substitution", of(&[Side, Code], &[Period], All, Not)),
        ("prompted", of(&[Code, Detail], &[Side], All, Not)),
        ("refusals", of(&[Code], &[Side], All, Not)),
        ("naming-by-month", of(&[Code, Side], &[Period], FoundOfCode, Series)),
        ("frame-by-month", of(&[Code, Side], &[Period], FoundOfCode, Series)),
        ("blame-by-month", of(&[Code, Side], &[Period], FoundOfCode, Series)),
        ("change", of(&[Side, Code, Detail], &[Measure], All, Not)),
        ("cited", of(&[Code, Detail, Period], &[Measure], All, Not)),
        ("words", of(&[Code, Side, Detail], &[Period, Measure], All, Not)),
        ("collocates", of(&[Code, Side, Detail], &[Measure], All, Not)),
    ]
};

/// A table that is not known here: every figure is shown.
const OTHER: Layout = of(&[Axis::Code, Axis::Detail], &[Axis::Side], Shown::All, Drawn::Not);

const fn of(rows: &'static [Axis], columns: &'static [Axis], shown: Shown, drawn: Drawn) -> Layout {
    Layout { rows, columns, shown, drawn }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_one_event_is_laid_out_as_its_kind() {
        assert_eq!(layout("change-2022-02-24").columns, [Axis::Measure]);
        assert_eq!(layout("blame-by-month").drawn, Drawn::Series);
        assert_eq!(layout("blame").drawn, Drawn::Sides);
        assert_eq!(layout("changes").columns, OTHER.columns);
    }
}
