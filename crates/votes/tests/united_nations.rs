//! The real roll calls: every number that others have computed from them comes out.
#![allow(clippy::unwrap_used)] // Helpers of tests, outside `#[test]` functions.

use std::path::PathBuf;
use std::sync::OnceLock;

use corpus::source::Config;
use statistics::Resampling;
use votes::{
    Facts, Loaded, Period, Seats, Similarity, SimilarityOptions, Verdict, VoteFindings, WindowKind,
    load, shipped, similarity, study,
};

fn folder() -> Option<PathBuf> {
    let root = std::env::var_os("DEMARCHE_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let folder = root.join("data/un");
    if !folder.is_dir() {
        assert!(std::env::var_os("CI").is_none(), "no shared data in CI");
        println!("skipped: no shared data");
        return None;
    }
    Some(folder)
}

fn loaded() -> Option<&'static Loaded> {
    static LOADED: OnceLock<Option<Loaded>> = OnceLock::new();
    LOADED.get_or_init(|| folder().map(|folder| load(&folder).unwrap())).as_ref()
}

fn compare(loaded: &Loaded, a: &str, b: &str, options: SimilarityOptions) -> Vec<Similarity> {
    let seats = Seats::of(&Config::BuiltIn).unwrap();
    let pair = (a.parse().unwrap(), b.parse().unwrap());
    similarity(&loaded.roll_calls, &seats, pair, options).unwrap()
}

fn findings(loaded: &Loaded) -> VoteFindings {
    let facts = Facts::of_study(&Config::BuiltIn, "ukraine-2022").unwrap().unwrap();
    let seats = Seats::of(&Config::BuiltIn).unwrap();
    let resampling = Resampling { draws: 500, ..Resampling::default() };
    study(&facts, &loaded.roll_calls, &seats, resampling).unwrap()
}

#[test]
fn only_the_undated_record_is_a_reject() {
    let Some(loaded) = loaded() else { return };
    assert_eq!(loaded.roll_calls.iter().filter(|r| r.adopted).count(), 9795);
    let votes: usize = loaded.roll_calls.iter().filter(|r| r.adopted).map(|r| r.votes.len()).sum();
    assert_eq!(votes, 932_482);
    assert_eq!(loaded.rejects.len(), 1, "{:?}", loaded.rejects);
}

#[test]
fn every_row_of_the_shared_table_comes_out_to_four_decimals() {
    let Some(loaded) = loaded() else { return };
    let path = folder().unwrap().join("similarity-by-year.csv");
    let mut rows = 0;
    let mut expected = csv::Reader::from_path(path).unwrap();
    let pairs = [("CHN", "PRK"), ("CHN", "RUS"), ("CHN", "USA"), ("PRK", "RUS"), ("PRK", "USA")];
    let ours: Vec<Similarity> = pairs
        .iter()
        .flat_map(|(a, b)| compare(loaded, a, b, SimilarityOptions::default()))
        .collect();
    for row in expected.records() {
        let row = row.unwrap();
        let found = ours
            .iter()
            .find(|s| (s.year.as_str(), s.a.as_str(), s.b.as_str()) == (&row[0], &row[1], &row[2]));
        let m = found.unwrap_or_else(|| panic!("no row {row:?}")).measures;
        assert_eq!(m.n_both_voted.to_string(), row[3]);
        let measures =
            [m.agree_exact, m.s_abs, m.s_sq, m.kappa_lin, m.pi_lin, m.kappa_unw, m.pi_unw];
        for (measure, expected) in measures.iter().zip(row.iter().skip(4)) {
            let printed = measure.map_or(String::new(), |value| format!("{value:.4}"));
            assert_eq!(
                printed.replace("-0.0000", "0.0000"),
                expected.replace("-0.0000", "0.0000"),
                "{row:?}"
            );
        }
        rows += 1;
    }
    assert_eq!(rows, ours.len());
    assert_eq!(rows, 253);
}

#[test]
fn cut_seats_change_hands_in_1971_and_1991() {
    let Some(loaded) = loaded() else { return };
    let options = SimilarityOptions { split_seats: true, ..SimilarityOptions::default() };
    let rows = compare(loaded, "CHN", "RUS", options);
    let years = |a: &str, b: &str| -> Vec<i32> {
        let of = rows.iter().filter(|r| (r.a.as_str(), r.b.as_str()) == (a, b));
        of.map(|r| r.year.parse().unwrap()).collect()
    };
    assert_eq!(years("CHN-ROC", "SUN").last(), Some(&1971));
    assert_eq!(years("CHN", "SUN").first(), Some(&1971));
    assert_eq!(years("CHN", "SUN").last(), Some(&1991));
    assert_eq!(years("CHN", "RUS").first(), Some(&1992));
    let whole = compare(loaded, "CHN", "RUS", SimilarityOptions::default());
    let votes = |rows: &[Similarity]| rows.iter().map(|r| r.measures.n_both_voted).sum::<u64>();
    assert_eq!(votes(&rows), votes(&whole));
}

#[test]
fn sessions_hold_every_vote_that_years_hold() {
    let Some(loaded) = loaded() else { return };
    let by = |by| compare(loaded, "CHN", "PRK", SimilarityOptions { by, ..Default::default() });
    let votes = |rows: &[Similarity]| rows.iter().map(|r| r.measures.n_both_voted).sum::<u64>();
    let sessions = by(Period::Session);
    assert_eq!(votes(&sessions), votes(&by(Period::Year)));
    let place =
        |name: &str| sessions.iter().position(|s| s.session.as_deref() == Some(name)).unwrap();
    assert!(place("75") < place("76") && place("76") < place("ES-11"));
    assert_eq!(sessions[place("75")].year, "2020", "a session is no year");
}

#[test]
fn the_shipped_votes_are_those_of_the_digital_library() {
    let Some(loaded) = loaded() else { return };
    let shipped = shipped(&Config::BuiltIn).unwrap();
    for ours in shipped.iter() {
        let theirs = loaded.roll_calls.find(&ours.resolution).unwrap();
        assert_eq!((ours.date, &ours.votes), (theirs.date, &theirs.votes));
    }
}

#[test]
fn the_study_stands_beside_all_roll_calls_of_its_years() {
    let Some(loaded) = loaded() else { return };
    let found = findings(loaded);
    assert_eq!(found.gaps, Vec::<String>::new());
    assert_eq!(found.resolutions.len(), 9);
    let contradicted: Vec<&str> = found
        .facts
        .iter()
        .filter(|f| f.verdict == Verdict::Contradicted)
        .map(|f| f.found.as_str())
        .collect();
    assert_eq!(contradicted, ["2022-03-24"]);
    let years: Vec<&str> = found
        .windows
        .iter()
        .filter(|w| w.kind == WindowKind::Year)
        .map(|w| w.name.as_str())
        .collect();
    assert_eq!(
        years,
        ["2012", "2013", "2014", "2016", "2017", "2018", "2019", "2020", "2021", "2022"]
    );
    // China and the DPRK on the eight: 4 of 8; the DPRK and Russia 8 of 8 and no chance correction.
    let own = &found.windows[0];
    assert_eq!(own.roll_calls, 8);
    assert_eq!(own.pairs[0].measures.agree_exact, Some(0.5));
    assert_eq!(own.pairs[2].measures.agree_exact, Some(1.0));
    assert_eq!(own.pairs[2].measures.kappa_lin, None);
    // Against China with Russia, which agree on the same four: nothing differs.
    assert_eq!(own.contrasts[0].mcnemar.p_exact, 1.0);
    // Against the DPRK with Russia: four roll calls differ, all one way.
    let mcnemar = own.contrasts[1].mcnemar;
    assert_eq!((mcnemar.only_first, mcnemar.only_second), (0, 4));
    assert!((mcnemar.p_exact - 0.125).abs() < 1e-12);
    // Eight that were chosen carry no interval: by resampling it would leave 0 out, which the
    // exact test on the same votes cannot.
    assert!(own.contrasts.iter().all(|c| c.s_abs_interval.is_none()));
    assert!(own.pairs.iter().all(|p| p.measures.agree_interval.is_none()));
    assert!(found.notes[0].contains("8 resolutions") && found.notes[0].contains("not drawn"));
    let of_year = found.windows.iter().filter(|w| w.kind == WindowKind::Year);
    assert!(of_year.flat_map(|w| &w.pairs).all(|p| p.measures.agree_interval.is_some()));
    // Crimea, 2014: 100 of 193 members, 100 of the 169 that voted, 100 of 111 yes and no.
    let first = &found.resolutions[0];
    let shares = [first.yes_of_members, first.yes_of_voting, first.yes_of_yes_and_no];
    let shares = shares.map(|share| format!("{:.4}", share.unwrap()));
    assert_eq!(shares, ["0.5181", "0.5917", "0.9009"]);
    let contrasts = || found.windows.iter().flat_map(|w| &w.contrasts);
    assert!(contrasts().all(|c| c.p_adjusted.is_some_and(|p| p >= c.mcnemar.p_exact)));
}
