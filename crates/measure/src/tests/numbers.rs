//! One number alone: all that it counts, in corpora small and large.

use super::invented::{Text, measured, partitions, setting, study};
use crate::evidence::{FEW, MOST};
use crate::{Error, Findings, Number, Study, places};

/// Texts of both sides with some blame each, and `more` names of a target, which no table shows.
fn texts(blames: usize, more: usize) -> Vec<Text> {
    let blame = "[blame:US/causal the US] ".repeat(blames);
    let named = "[target:US US] ".repeat(more);
    let text = |n: usize| {
        let source = ["rt-mfa-en", "sy-mfa-en"][n % 2];
        let date = format!("2022-0{}-{:02}", 3 + n % 4, 1 + n % 28);
        Text::new(source, &date, &format!("{n:02}"))
            .own(&["border-war"], &format!("{blame}{named}[frame:hegemony bully]."))
    };
    (0..40).map(text).collect()
}

fn alone(study: &Study, texts: &[Text], number: &str) -> Result<Findings, Error> {
    let parts = partitions(texts);
    let partitions = || parts.iter().cloned().map(Ok::<_, Error>);
    places(study, partitions, &[], &setting(), &number.parse::<Number>().unwrap())
}

/// Every figure of the tables with its address.
fn numbers(findings: &Findings) -> Vec<Number> {
    let figures = |t: &crate::Table| vec![t.id.clone(); t.figures.len()];
    let tables = findings.tables.iter().map(figures);
    tables.flat_map(|ids| (1..).zip(ids).map(|(row, table)| Number { table, row })).collect()
}

#[test]
fn alone_a_number_counts_and_names_what_it_does_in_the_whole_report() {
    let (study, texts) = (study(""), texts(2, 0));
    let all = measured(&study, &texts, &[]);
    let words = |findings: &Findings, number: &Number| {
        let figure = number.of(findings).unwrap().clone();
        let place = |e: &u32| &findings.evidence[*e as usize];
        let text = |e: &u32| {
            let segment = &findings.segments[place(e).segment as usize];
            let statement = &findings.documents[segment.document as usize].statement;
            (statement.clone(), place(e).spans.clone(), segment.text.clone())
        };
        let ids = figure.documents.iter().map(|d| &findings.documents[*d as usize].statement);
        let ids: Vec<String> = ids.cloned().collect();
        (figure.value, figure.k, figure.evidence.iter().map(text).collect::<Vec<_>>(), ids)
    };
    for number in numbers(&all).into_iter().step_by(7) {
        let one = alone(&study, &texts, &number.to_string()).unwrap();
        let first = Number { row: 1, ..number.clone() };
        assert_eq!(words(&one, &first), words(&all, &number), "{number}");
        let named = one.evidence.len();
        assert!(named <= first.of(&one).unwrap().evidence.len(), "{number}: no other's places");
    }
}

#[test]
fn where_there_are_too_many_to_name_one_number_still_names_all() {
    let (study, texts) = (study(""), texts(MOST / 40 + 1, 0));
    let all = measured(&study, &texts, &[]);
    let counts = |n: &&Number| n.of(&all).unwrap().evidence_total > 1000;
    let all_numbers = numbers(&all);
    let number = all_numbers.iter().find(counts).unwrap();
    let figure = number.of(&all).unwrap();
    assert_eq!(figure.evidence.len(), FEW);
    assert!(all.notes.iter().any(|n| n.text.contains("`demarche report --number`")));
    let one = alone(&study, &texts, &number.to_string()).unwrap();
    let alone = &one.tables[0].figures[0];
    assert_eq!(alone.evidence.len() as u64, figure.evidence_total);
    assert_eq!((alone.value, alone.k, alone.n), (figure.value, figure.k, figure.n));
}

#[test]
fn what_no_figure_counts_takes_no_places_from_those_that_do() {
    let findings = measured(&study(""), &texts(2, MOST / 40 + 1), &[]);
    let figures = findings.tables.iter().flat_map(|t| &t.figures);
    assert!(figures.clone().any(|f| f.evidence_total > FEW as u64));
    assert!(figures.clone().all(|f| f.evidence.len() as u64 == f.evidence_total));
    assert!(figures.clone().all(|f| f.documents.len() as u64 == f.documents_total));
}

#[test]
fn a_number_that_is_not_there_is_named_with_those_that_are() {
    let (study, texts) = (study(""), texts(1, 0));
    let told = |number: &str| alone(&study, &texts, number).unwrap_err().to_string();
    assert!(
        told("blame/9999").starts_with("there is no number blame/9999: the rows of blame are 1")
    );
    assert!(told("blam/1").contains("the tables are coverage, calendar"));
    for wrong in ["blame", "blame/", "/1", "blame/0", "blame/x"] {
        assert!(wrong.parse::<Number>().is_err(), "{wrong}");
    }
}
