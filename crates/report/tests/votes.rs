//! The votes that ship with the program, in every format.
#![allow(clippy::unwrap_used)] // Helpers of tests, outside `#[test]` functions.

use corpus::source::Config;
use measure::Findings;
use report::CsvOptions;
use statistics::Resampling;
use votes::{Facts, Seats, VoteFindings, shipped, study};

fn found() -> VoteFindings {
    let config = Config::BuiltIn;
    let facts = Facts::of_study(&config, "ukraine-2022").unwrap().unwrap();
    let resampling = Resampling { draws: 200, ..Resampling::default() };
    let roll_calls = shipped(&config).unwrap();
    study(&facts, &roll_calls, &Seats::of(&config).unwrap(), resampling).unwrap()
}

#[test]
fn the_page_has_the_vote_matrix_with_letters_beside_the_colours() {
    let mut page = Vec::new();
    report::html(&Findings::default(), Some(&found()), &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("<a href=\"#votes\">"));
    assert!(page.contains("<td class=\"vote a\" title=\"abstained\">A</td>"));
    assert!(page.contains("73.06 % of 193") && page.contains("72.54 % of 193"));
    assert!(page.contains("59.17 % of 169"), "those that did not vote are no votes against");
    assert!(page.contains("chosen, not drawn"));
    assert!(page.contains("class=\"wrong\">contradicted</th>"));
    assert!(page.contains("--data DIR"), "the missing roll calls are named");
}

#[test]
fn a_report_without_votes_has_no_section_and_no_file_of_them() {
    let files = report::files(&Findings::default(), None, CsvOptions::default()).unwrap();
    assert!(files.iter().all(|(path, _)| path != "csv/votes.csv"));
    let (_, page) = files.iter().find(|(path, _)| path == "report.html").unwrap();
    let page = String::from_utf8_lossy(page);
    assert!(!page.contains("href=\"#votes\"") && !page.contains("id=\"votes\""));
}

#[test]
fn json_and_csv_carry_the_votes() {
    let files = report::files(&Findings::default(), Some(&found()), CsvOptions::default()).unwrap();
    let text = |name: &str| {
        let (_, bytes) = files.iter().find(|(path, _)| path == name).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    let json: serde_json::Value = serde_json::from_str(&text("findings.json")).unwrap();
    assert_eq!(json["votes"]["resolutions"][5]["votes"]["CHN"], "A");
    let back: VoteFindings = serde_json::from_value(json["votes"].clone()).unwrap();
    assert_eq!((back.resolutions.len(), back.facts), (9, found().facts));
    let csv = text("csv/votes.csv");
    assert!(csv.contains("votes,A/RES/ES-11/1,CHN,,vote,A,,,193"));
    for share in
        ["yes_of_members,0.5181,,,193", "yes_of_voting,0.5917,,,169", "two_thirds,0.9009,,,111"]
    {
        assert!(csv.contains(&format!("resolutions,A/RES/68/262,,,{share}")), "{share}\n{csv}");
    }
    assert!(text("report.md").contains("| A/RES/ES-11/2 |"));
}
