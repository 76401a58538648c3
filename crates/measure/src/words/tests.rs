//! Words of two periods and beside a target, of invented texts.

use super::*;
use crate::tests::invented::{Text, measured, study};
use crate::{Figure, Findings, Measure};

fn of(text: &str, lang: Lang) -> Vec<String> {
    places(text, lang).into_iter().map(|(word, ..)| word.into_owned()).collect()
}

#[test]
fn words_are_spaced_in_korean_whole_in_english_and_runs_in_chinese() {
    let english = of("The U.S.-led bloc’s \"plan\", 2022.", Lang::En);
    assert_eq!(english, ["the", "u.s.-led", "bloc's", "plan"]);
    assert_eq!(of("미국의 책동, 《나토》는", Lang::Ko), ["미국의", "책동", "나토》는"]);
    assert_eq!(of("北约，东扩A", Lang::Zh), ["北约", "东扩"]);
    let long = of("北约的东扩和", Lang::Zh);
    assert_eq!(long.iter().map(|w| w.chars().count()).max(), Some(5));
    for (word, start, end) in places("对北约东扩", Lang::Zh) {
        assert_eq!("对北约东扩".get(start..end), Some(word.as_ref()));
    }
}

#[test]
fn a_run_that_never_stands_without_a_longer_one_is_left_out() {
    let mut words = vec![
        ("北约", [5, 1]),
        ("约东", [2, 0]),
        ("东扩", [2, 0]),
        ("北约东", [2, 0]),
        ("约东扩", [2, 0]),
        ("北约东扩", [2, 0]),
        ("北约东扩了", [1, 0]),
    ];
    words.sort_unstable();
    keep_maximal(&mut words);
    let words: Vec<&str> = words.into_iter().map(|(word, _)| word).collect();
    assert_eq!(words, ["北约", "北约东扩"]);
}

fn found(texts: &[Text]) -> Findings {
    let words = "words = { before = { from = \"2022-02-01\", to = \"2022-03-31\" }, after = \
                 { from = \"2022-04-01\", to = \"2022-07-31\" }, collocates = \
                 [\"target:US\"], least = 10 }";
    measured(&study(words), texts, &[])
}

fn of_word<'f>(findings: &'f Findings, table: &str, word: &str) -> Vec<&'f Figure> {
    let table = findings.tables.iter().find(|t| t.id == table).unwrap();
    table.figures.iter().filter(|f| f.code == format!("word:{word}")).collect()
}

#[test]
fn the_words_of_two_periods_and_those_beside_a_target() {
    let text = |n: usize| {
        let month = if n < 20 { 3 } else { 4 };
        let words = match n {
            0..20 => "Calm calm words of peace.",
            20..35 => "The [target:US US] kindles flames.",
            _ => "Calm words.",
        };
        let date = format!("2022-{month:02}-{:02}", 1 + n % 20);
        Text::new("rt-mfa-en", &date, &format!("{n:02}")).own(&[], words)
    };
    let mut texts: Vec<Text> = (0..40).map(text).collect();
    let asked = "Why do flames [target:US US] peace?";
    texts.push(Text::new("rt-mfa-en", "2022-03-30", "q").asked(&[], asked, "Calm words."));
    texts.push(Text::new("rt-mfa-en", "2022-03-31", "cut").own(&[], "Peace flames.").cut());
    let findings = found(&texts);
    let peace = of_word(&findings, "words", "peace");
    let [before, after, ratio, odds] = peace[..] else { panic!("{peace:?}") };
    assert_eq!((before.k, before.n, after.k, after.n), (20, 21, 0, 20));
    assert!(ratio.value.unwrap() < -10.0 && odds.value.unwrap() < 0.0);
    assert!(ratio.p_adjusted.unwrap() < 0.001);
    assert_eq!((before.evidence.len(), after.evidence.len()), (20, 0));
    assert!(of_word(&findings, "words", "the").iter().all(|f| f.measure != Measure::Rate));
    let beside = of_word(&findings, "collocates", "flames");
    let [share, ratio, _] = beside[..] else { panic!("{beside:?}") };
    assert_eq!((share.k, share.n, ratio.n), (15, 15, 41));
    assert!(ratio.value.unwrap() > 10.0);
    let place = &findings.evidence[share.evidence[0] as usize];
    let pieces = findings.pieces(place).unwrap();
    assert!(pieces.contains(&(true, "flames")), "{pieces:?}");
    assert!(of_word(&findings, "collocates", "us").is_empty(), "no collocate of itself");
}

#[test]
fn a_word_names_its_first_places_and_tells_how_many_there_are() {
    let text = |n: usize| {
        let (month, words) = if n < 100 { (3, "Peace and calm.") } else { (4, "Flames.") };
        let date = format!("2022-{month:02}-{:02}", 1 + n % 28);
        Text::new("rt-mfa-en", &date, &format!("{n:03}")).own(&[], words)
    };
    let findings = found(&(0..200).map(text).collect::<Vec<_>>());
    let peace = of_word(&findings, "words", "peace");
    assert_eq!((peace[0].evidence.len(), peace[0].evidence_total), (50, 100));
    // Four words, each at fifty places.
    assert_eq!(findings.evidence.len(), 200);
}

#[test]
fn too_few_units_show_no_words() {
    let text = |n: usize| {
        let date = format!("2022-0{}-01", 2 + n);
        Text::new("rt-mfa-en", &date, &n.to_string()).own(&[], "Words of peace.")
    };
    let findings = found(&(0..4).map(text).collect::<Vec<_>>());
    assert!(findings.tables.iter().all(|t| t.id != "words" && t.id != "collocates"));
}
