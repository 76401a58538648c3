//! The Chinese ministry's 595 archived pages, read and compared with an independent converter's
//! reading of them. The data lie beside the project; without them the tests say so and pass.

mod shared;

use std::collections::BTreeMap;

use corpus::{Genre, Role, Statement};
use normalize::collate;

const ARCHIVE: &str = "prc/mfa-zh-2020-2022.warc.gz";
const REFERENCE: &str = "prc/mfa-zh-2020-2022.reference.jsonl.gz";

fn statements() -> Option<Vec<Statement>> {
    let (readings, rejects) = shared::pages(ARCHIVE)?;
    for reject in &rejects {
        println!("reject {} {}", reject.url, reject.reason);
    }
    assert_eq!(readings.len() + rejects.len(), 595);
    Some(collate(readings).statements)
}

#[test]
fn the_window_of_the_paper_has_its_known_counts() {
    let Some(statements) = statements() else { return };
    let window: Vec<&Statement> = statements
        .iter()
        .filter(|s| {
            s.date.is_some_and(|d| ("2022-02-01".."2022-08-01").contains(&d.to_string().as_str()))
        })
        .collect();
    let conferences = window.iter().filter(|s| s.genre == Genre::PressConference).count();
    let turns = |role| window.iter().flat_map(|s| &s.turns).filter(move |t| t.role == role);
    let occurrences =
        |role, word: &str| turns(role).map(|t| t.text.matches(word).count()).sum::<usize>();
    println!("{} documents, {conferences} press conferences", window.len());
    println!(
        "{} questions, {} answers",
        turns(Role::Question).count(),
        turns(Role::Answer).count()
    );
    for (word, questions, answers) in [
        ("入侵", 44, 9),
        ("侵略", 20, 41),
        ("始作俑者", 0, 35),
        ("单边制裁", 0, 68),
        ("拱火", 0, 25),
        ("北约", 73, 193),
        ("危机", 28, 188),
    ] {
        let found = (occurrences(Role::Question, word), occurrences(Role::Answer, word));
        println!("{word}: {} in questions, {} in answers", found.0, found.1);
        assert_eq!(found, (questions, answers), "{word}");
    }
    assert_eq!((window.len(), conferences), (127, 117));
    assert_eq!((turns(Role::Question).count(), turns(Role::Answer).count()), (1381, 1381));
}

/// One turn in the reference's terms: role, speaker, words without white space.
type Plain = (String, Option<String>, String);

fn plain(role: &str, speaker: Option<&str>, text: &str) -> Plain {
    let role = if role == "unlabelled" { "announcement" } else { role };
    let text = text.split_whitespace().collect();
    (role.to_owned(), speaker.map(str::to_owned), text)
}

#[test]
fn turns_agree_with_an_independent_reading() {
    let (Some(statements), Some(reference)) = (statements(), shared::rows(REFERENCE)) else {
        return;
    };
    let by_url: BTreeMap<&str, &Statement> =
        statements.iter().flat_map(|s| s.urls.iter().map(move |u| (u.as_str(), s))).collect();
    let (mut equal, mut all, mut dates) = (0, 0, 0);
    let mut differing: Vec<(String, usize)> = Vec::new();
    for row in &reference {
        let url = row["url"].as_str().unwrap_or_default();
        let theirs: Vec<Plain> = row["qa"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|t| {
                plain(
                    t["role"].as_str().unwrap_or(""),
                    t["speaker"].as_str(),
                    t["text"].as_str().unwrap_or(""),
                )
            })
            .collect();
        all += theirs.len();
        let Some(statement) = by_url.get(url) else { continue };
        let ours: Vec<Plain> = statement
            .turns
            .iter()
            .map(|t| plain(t.role.name(), t.speaker.as_deref(), &t.text))
            .collect();
        dates +=
            usize::from(statement.date.map(|d| d.to_string()).as_deref() == row["date"].as_str());
        if statement.date.map(|d| d.to_string()).as_deref() != row["date"].as_str() {
            println!("{url} date {:?} reference {}", statement.date, row["date"]);
        }
        for (n, turn) in (1..).zip(&theirs).filter(|(_, turn)| !ours.contains(turn)) {
            differing.push((page_of(url).to_owned(), n));
            println!("{} turn {n} differs: {}", page_of(url), shared::shown(turn));
        }
        let same = shared::common(&theirs, &ours);
        equal += same;
        if same < theirs.len() || ours.len() != theirs.len() {
            println!("{url} {same} of {} equal, {} read", theirs.len(), ours.len());
            for turn in ours.iter().filter(|t| !theirs.contains(t)) {
                println!("   read      {}", shared::shown(turn));
            }
            for turn in theirs.iter().filter(|t| !ours.contains(t)) {
                println!("   reference {}", shared::shown(turn));
            }
        }
    }
    println!("{equal} of {all} turns equal; {dates} of {} dates", reference.len());
    assert!(equal * 1000 >= all * 995);
    assert_eq!(dates, reference.len());
    let judged = verdicts();
    let mut ours = 0;
    for (page, turn) in &differing {
        let verdict = judged.get(&(page.as_str(), *turn));
        println!("{page} turn {turn}: {verdict:?}");
        ours += usize::from(verdict.is_none_or(|(wrong, _)| *wrong == "ours"));
    }
    assert!(ours <= 12, "{ours} turns are ours to blame or were never judged");
}

/// What a reader of the page found where the two readings differ: whose is wrong, and why. Page,
/// turn of the reference, wrong reading, reason.
fn verdicts() -> BTreeMap<(&'static str, usize), (&'static str, &'static str)> {
    let lines = include_str!("reference-verdicts.tsv").lines().skip(1);
    let columns = lines.map(|line| line.split('\t').collect::<Vec<_>>());
    columns.filter_map(|c| Some(((c[0], c[1].parse().ok()?), (c[2], c[3])))).collect()
}

/// `t20220224_10645295` of an address.
fn page_of(url: &str) -> &str {
    let file = url.rsplit('/').next().unwrap_or(url);
    file.split('.').next().unwrap_or(file)
}
