//! Changes around events: what one model may say of them, on invented weeks.

use super::invented::{Text, day, measured, study};
use crate::{Findings, Measure, Table};

/// A window of forty weeks with an event in week 20, one six days later and one in week 30.
const WINDOW: &str = "[window]\n\
    period = { from = \"2021-01-01\", to = \"2021-10-07\" }\ncodes = [\"frame:hegemony\"]\n\
    [[event]]\ndate = \"2021-05-21\"\nlabel = \"the ford\"\n\
    [[event]]\ndate = \"2021-05-27\"\nlabel = \"the vote\"\n\
    [[event]]\ndate = \"2021-07-30\"\nlabel = \"the veto\"\n";

/// Four texts a week of Ruritania; in week 20 and after three of them have the frame, before
/// one in every second week.
fn weeks() -> Vec<Text> {
    let first = day("2021-01-01").0;
    let text = |n: i32| {
        let (week, place) = (n / 4, n % 4);
        let date = first.checked_add(jiff::Span::new().days(week * 7 + place)).unwrap();
        let has = if week >= 20 { place < 3 } else { place == 0 && week % 2 == 0 };
        let words = if has { "[frame:hegemony bully]" } else { "bread" };
        Text::new("rt-mfa-en", &date.to_string(), &format!("{n:03}")).own(&["border-war"], words)
    };
    (0..160).map(text).collect()
}

fn changes(found: &Findings) -> Vec<&Table> {
    found.tables.iter().filter(|t| t.id.starts_with("change-")).collect()
}

#[test]
fn a_change_is_given_to_its_event_and_counts_utterances() {
    let found = measured(&study(WINDOW), &weeks(), &[]);
    let tables = changes(&found);
    let ids: Vec<&str> = tables.iter().map(|t| t.id.as_str()).collect();
    assert_eq!(ids, ["change-2021-05-21", "change-2021-07-30"]);
    assert!(tables[0].about.contains("the vote (2021-05-27) has no table"));
    let jump = |table: &Table| {
        let of = |f: &&crate::Figure| f.side == "rt" && f.measure == Measure::Level;
        table.figures.iter().find(of).unwrap().clone()
    };
    let (ford, veto) = (jump(tables[0]), jump(tables[1]));
    assert_eq!((ford.k, ford.n), (70, 160));
    assert_eq!(ford.detail, "70 of 160 utterances, 40 weeks");
    assert!((ford.value.unwrap() - 0.625).abs() < 0.1 && ford.p_adjusted.unwrap() < 0.001);
    assert!(veto.value.unwrap().abs() < 0.1, "what came with the ford is not the veto's");
}

#[test]
fn an_event_without_weeks_behind_it_does_not_hide_the_others() {
    let late = WINDOW.replace("2021-07-30", "2021-09-20");
    let found = measured(&study(&late), &weeks(), &[]);
    let tables = changes(&found);
    let of = |table: &Table| table.figures.iter().find(|f| f.side == "rt").unwrap().clone();
    assert!((of(tables[0]).value.unwrap() - 0.625).abs() < 0.1);
    let reason = "38 weeks before and 3 after; 12 and 8 are needed";
    assert_eq!(of(tables[1]).empty.as_deref(), Some(reason));
}

#[test]
fn a_handful_of_finds_is_no_series() {
    let texts: Vec<Text> = weeks().into_iter().take(82).collect();
    let found = measured(&study(WINDOW), &texts, &[]);
    let tables = changes(&found);
    let figure = tables[0].figures.iter().find(|f| f.side == "sy").unwrap();
    let reason = "found in 0 utterances; 10 are needed";
    assert_eq!((figure.value, figure.empty.as_deref()), (None, Some(reason)));
    let figure = tables[0].figures.iter().find(|f| f.side == "rt").unwrap();
    let reason = "20 weeks before and 1 after; 12 and 8 are needed";
    assert_eq!((figure.value, figure.empty.as_deref()), (None, Some(reason)));
}
