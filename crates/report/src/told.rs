//! Told: a table as people read it. The months of a long period are summed to years; the files
//! for programs keep the months.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use measure::{Figure, Findings, Measure, Table};
use statistics::wilson;

use crate::number::LEAST_N;

/// More months than this cannot be read side by side.
const MOST_MONTHS: usize = 36;

/// A table as it is read.
pub(crate) struct Told<'f> {
    pub table: Cow<'f, Table>,
    /// Whether its months are summed to years, so that its rows are not those of
    /// `csv/TABLE.csv`.
    pub by_year: bool,
}

/// The tables of `findings` as they are read.
pub(crate) fn told(findings: &Findings) -> Vec<Told<'_>> {
    findings.tables.iter().map(of_table).collect()
}

/// Years in order as runs: `1946 to 1996, 2001`.
pub(crate) fn runs_of_years(years: &[String]) -> String {
    let mut runs: Vec<(&str, &str)> = Vec::new();
    for year in years {
        let follows = |last: &str| last.parse().is_ok_and(|n: u32| year.parse() == Ok(n + 1));
        match runs.last_mut() {
            Some((_, last)) if follows(last) => *last = year,
            _ => runs.push((year, year)),
        }
    }
    let written = runs.iter().map(|(first, last)| match first == last {
        true => (*first).to_owned(),
        false => format!("{first} to {last}"),
    });
    written.collect::<Vec<_>>().join(", ")
}

fn of_table(table: &Table) -> Told<'_> {
    let monthly = table.figures.iter().filter(|f| is_summed(f));
    let months: BTreeSet<&str> = monthly.map(|f| f.period.as_str()).collect();
    let by_year = months.len() > MOST_MONTHS;
    Told { table: if by_year { Cow::Owned(summed(table)) } else { Cow::Borrowed(table) }, by_year }
}

/// Whether it is a month's, `2022-03`, and what it counts adds up over months.
fn is_summed(figure: &Figure) -> bool {
    let adds_up = matches!(figure.measure, Measure::Count | Measure::Share | Measure::Composition);
    adds_up && figure.period.len() == "2022-03".len()
}

fn summed(table: &Table) -> Table {
    let mut figures: Vec<Figure> = Vec::new();
    let mut years: BTreeMap<([String; 6], &str), usize> = BTreeMap::new();
    for figure in &table.figures {
        if !is_summed(figure) {
            figures.push(figure.clone());
            continue;
        }
        let mut figure = figure.clone();
        figure.period.truncate("2022".len());
        let Figure { side, voice, topic, period, code, detail, .. } = &figure;
        let key = [side, voice, topic, period, code, detail].map(Clone::clone);
        let key = (key, figure.measure.name());
        match years.get(&key) {
            Some(&place) => add(&mut figures[place], figure),
            None => {
                years.insert(key, figures.len());
                figures.push(figure);
            }
        }
    }
    years.into_values().for_each(|place| close(&mut figures[place]));
    let mut about = table.about.clone();
    about.push_str(" The period is long, so months are summed to years here");
    if figures.iter().any(|f| f.measure == Measure::Share) {
        about.push_str(", with Wilson's interval, as if utterances were independent");
    }
    about.push_str("; the CSV and JSON have the months.");
    let title = table.title.replace("by month", "by year");
    Table { id: table.id.clone(), title, about, figures }
}

fn add(year: &mut Figure, month: Figure) {
    year.k += month.k;
    year.n += month.n;
    year.statements += month.statements;
    year.cut += month.cut;
    year.evidence.extend(month.evidence);
    year.evidence_total += month.evidence_total;
    year.documents.extend(month.documents);
    year.documents_total += month.documents_total;
}

/// Gives a year its number, or the reason why it has none, by the sums of its months.
fn close(year: &mut Figure) {
    for places in [&mut year.evidence, &mut year.documents] {
        places.sort_unstable();
        places.dedup();
    }
    (year.value, year.lo, year.hi, year.interval) = (None, None, None, None);
    (year.wilson_lo, year.wilson_hi, year.design_effect) = (None, None, None);
    if year.measure == Measure::Count {
        year.value = (year.k + year.cut > 0).then_some(year.k as f64);
    } else if year.n >= LEAST_N {
        year.value = Some(year.k as f64 / year.n as f64);
    } else if year.n > 0 {
        year.empty = Some(format!("n = {}, below {LEAST_N}", year.unit.counted(year.n)));
    }
    if year.value.is_some() {
        year.empty = None;
    }
    if let (Measure::Share, Some(_), Some(interval)) =
        (year.measure, year.value, wilson(year.k, year.n, 0.95))
    {
        (year.lo, year.hi) = (Some(interval.low), Some(interval.high));
        year.interval = Some("wilson".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(period: &str, (k, n): (u64, u64)) -> Figure {
        let text = format!(
            r#"{{"side":"rt","voice":"own","topic":"all","period":"{period}","code":"frame:x",
            "detail":"","measure":"share","value":null,"lo":null,"hi":null,"interval":null,
            "wilson_lo":null,"wilson_hi":null,"design_effect":null,"k":{k},"n":{n},
            "unit":"utterances","statements":{n},"cut":0,"p_adjusted":null,"empty":"none",
            "evidence":[],"evidence_total":0,"documents":[],"documents_total":0}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    fn table(months: u32) -> Table {
        let figures = (0..months).map(|m| {
            let period = format!("{}-{:02}", 2001 + m / 12, m % 12 + 1);
            month(&period, if m < 12 { (1, 4) } else { (0, 0) })
        });
        let [id, title, about] =
            ["frame-by-month", "Frames, by month", "Shares."].map(String::from);
        Table { id, title, about, figures: figures.collect() }
    }

    #[test]
    fn months_that_are_too_few_alone_make_a_year_that_is_not() {
        let table = table(48);
        let told = of_table(&table);
        assert!(told.by_year && told.table.title == "Frames, by year");
        let periods: Vec<&str> = told.table.figures.iter().map(|f| f.period.as_str()).collect();
        assert_eq!(periods, ["2001", "2002", "2003", "2004"]);
        let year = &told.table.figures[0];
        assert_eq!((year.k, year.n, year.value, &year.empty), (12, 48, Some(0.25), &None));
        assert!(year.lo.unwrap() < 0.25 && year.hi.unwrap() > 0.25);
        assert_eq!((told.table.figures[1].value, told.table.figures[1].n), (None, 0));
    }

    #[test]
    fn years_in_a_row_are_one_run() {
        let years = ["1946", "1947", "1948", "2001", "2003"].map(String::from);
        assert_eq!(runs_of_years(&years), "1946 to 1948, 2001, 2003");
    }

    #[test]
    fn three_years_are_told_by_month() {
        let table = table(36);
        let told = of_table(&table);
        assert!(!told.by_year && *told.table == table);
    }
}
