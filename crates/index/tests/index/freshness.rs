//! The index follows the corpus, and serves whatever happens to a writer.

use std::path::PathBuf;

use corpus::{Lang, Role};
use index::{Error, Filters, Index, Options, Query, Totals, Updated};

use crate::shelf::{Shelf, statement};

fn say(date: &str, text: &str) -> corpus::Statement {
    statement("rt-mfa", date, Lang::En, &[(Role::Narration, text)])
}

#[test]
fn what_is_new_is_added_and_what_is_gone_is_dropped() {
    let shelf = Shelf::new();
    shelf.put(&[say("2022-03-01", "war"), say("2022-04-01", "war")], &[]);
    assert_eq!(shelf.update(), Updated { added: 2, ..Updated::default() });
    assert_eq!(shelf.update(), Updated { unchanged: 2, ..Updated::default() });

    shelf.put(&[say("2022-04-01", "peace"), say("2022-05-01", "war")], &[]);
    let updated = shelf.update();
    assert_eq!(updated, Updated { added: 2, removed: 1, unchanged: 1, ..Updated::default() });
    assert_eq!((shelf.occurrences("war"), shelf.occurrences("peace")), (2, 1));

    std::fs::remove_file(shelf.corpus.statements().join("rt-mfa/2022-03.parquet")).unwrap();
    assert_eq!(shelf.update(), Updated { removed: 1, unchanged: 2, ..Updated::default() });
    assert_eq!(shelf.occurrences("war"), 1);
}

#[test]
fn only_the_latest_revision_is_indexed() {
    let shelf = Shelf::new();
    let mut first = say("2022-03-01", "war");
    let mut second = first.clone();
    (first.revisions, second.revisions, second.revision) = (2, 2, 2);
    second.turns[0].text = "peace".to_owned();
    shelf.put(&[first, second], &[]);
    shelf.update();
    assert_eq!((shelf.occurrences("war"), shelf.occurrences("peace")), (0, 1));
}

#[test]
fn a_reader_goes_on_while_a_writer_commits() {
    let shelf = Shelf::of(Lang::En, &["war"]);
    let before = Index::open(&shelf.corpus).unwrap();
    shelf.put(&[say("2022-03-01", "peace")], &[]);
    shelf.update();
    let war = index::Query::parse("war").unwrap();
    let totals = before.search(&war, &Default::default(), &Default::default()).unwrap();
    assert_eq!(totals.occurrences, 1);
    assert_eq!((shelf.occurrences("war"), shelf.occurrences("peace")), (0, 1));
}

#[test]
fn a_corpus_without_an_index_says_what_to_do() {
    let shelf = Shelf::new();
    let Err(error) = Index::open(&shelf.corpus) else { panic!("opened") };
    assert!(matches!(error, Error::Missing(_)) && error.to_string().contains("demarche index"));
}

#[test]
fn another_versions_index_is_rebuilt_and_says_so() {
    let shelf = Shelf::of(Lang::En, &["war"]);
    let meta = shelf.corpus.index().join("meta.json");
    let other = std::fs::read_to_string(&meta).unwrap().replace("version\\\":", "version\\\":99");
    std::fs::write(&meta, other).unwrap();
    assert!(matches!(Index::open(&shelf.corpus), Err(Error::Version { .. })));
    let updated = shelf.update();
    assert!(updated.rebuilt.is_some_and(|why| why.contains("version 99")));
    assert_eq!(shelf.occurrences("war"), 1);
}

#[test]
fn a_damaged_index_says_what_is_wrong_and_is_rebuilt() {
    let shelf = Shelf::of(Lang::En, &["war"]);
    let meta = shelf.corpus.index().join("meta.json");
    for (part, other, told) in [
        ("{", "", "meta.json"),
        ("speaker", "orator", "its fields are not those of version"),
        ("\"payload\":", "\"note\":", "it was never written to its end"),
    ] {
        let good = std::fs::read_to_string(&meta).unwrap();
        assert!(good.contains(part));
        std::fs::write(&meta, good.replace(part, other)).unwrap();
        let Err(error) = Index::open(&shelf.corpus) else { panic!("opened: {told}") };
        assert!(matches!(error, Error::Damaged { .. }), "{error:?}");
        assert!(error.to_string().contains(told), "{error}");
        let rebuilt = shelf.update().rebuilt.unwrap();
        assert!(rebuilt.contains(told) && !rebuilt.contains("version unknown"), "{rebuilt}");
        assert_eq!(shelf.occurrences("war"), 1);
    }
}

#[test]
fn an_index_of_which_any_file_is_damaged_is_rebuilt() {
    let shelf = Shelf::of(Lang::En, &["war"]);
    let file_of = |kind: &str| {
        let files = std::fs::read_dir(shelf.corpus.index()).unwrap().map(|file| file.unwrap());
        let of_kind = |file: &PathBuf| file.extension().is_some_and(|e| e == kind);
        files.map(|file| file.path()).find(of_kind).unwrap()
    };
    let flipped = |mut bytes: Vec<u8>| {
        bytes[0] ^= 1;
        bytes
    };
    let damages: [fn(Vec<u8>) -> Vec<u8>; 3] =
        [|_| Vec::new(), |bytes| bytes[..bytes.len() / 2].to_vec(), flipped];
    for kind in ["fast", "fieldnorm", "idx", "pos", "store", "term"] {
        for (n, damage) in damages.iter().enumerate() {
            let file = file_of(kind);
            std::fs::write(&file, damage(std::fs::read(&file).unwrap())).unwrap();
            let updated = shelf.update();
            assert!(updated.rebuilt.is_some(), "{kind}, damage {n}");
            assert_eq!((updated.added, shelf.occurrences("war")), (1, 1), "{kind}, damage {n}");
        }
        std::fs::remove_file(file_of(kind)).unwrap();
        if let Err(error) = Index::open(&shelf.corpus) {
            assert!(error.to_string().contains("`demarche index`"), "{error}");
        }
        assert!(shelf.update().rebuilt.is_some(), "{kind} is gone");
        assert_eq!(shelf.update(), Updated { unchanged: 1, ..Updated::default() });
    }
}

/// Totals that cannot be written cost time and nothing else.
#[test]
fn an_index_whose_totals_cannot_be_kept_serves_and_says_so() {
    let shelf = Shelf::of(Lang::En, &["war"]);
    let obstacle = shelf.corpus.index().join("gone.totals");
    std::fs::create_dir(&obstacle).unwrap();
    shelf.put(&[say("2022-03-01", "war and war")], &[]);
    let updated = shelf.update();
    assert_eq!(updated.added, 1);
    assert!(updated.uncounted.is_some());
    assert_eq!(shelf.occurrences("war"), 2);
    std::fs::remove_dir(&obstacle).unwrap();
    assert_eq!(shelf.update(), Updated { unchanged: 1, ..Updated::default() });
}

/// What lies beside the parts saves time and decides nothing.
#[test]
fn totals_are_the_same_without_the_files_beside_the_parts() {
    let shelf = Shelf::new();
    let turns = [
        (Role::Question, "War? No war."),
        (Role::Answer, "No. The war of words. War."),
        (Role::Note, "war"),
    ];
    let days = ["2022-03-01", "2022-03-02"];
    shelf.put(&days.map(|day| statement("rt-mfa", day, Lang::En, &turns)), &[]);
    shelf.update();
    let counted = || {
        let index = Index::open(&shelf.corpus).unwrap();
        let query = Query::parse("war").unwrap();
        index.search(&query, &Filters::default(), &Options::default()).unwrap()
    };
    let wanted = Totals { statements: 2, utterances: 2, turns: 6, segments: 10, occurrences: 10 };
    assert_eq!(counted(), wanted);
    let files = std::fs::read_dir(shelf.corpus.index()).unwrap().map(|file| file.unwrap().path());
    let files: Vec<_> = files.filter(|f| f.extension().is_some_and(|e| e == "turns")).collect();
    assert_eq!(files.len(), 1);
    let whole = std::fs::read(&files[0]).unwrap();
    // What is in the file is what is counted by: with another number in it, another is counted.
    let mut other = whole.clone();
    other[0] ^= 1;
    std::fs::write(&files[0], &other).unwrap();
    assert_ne!(counted(), wanted);
    for cut in [whole.len() / 2, 4, 0] {
        std::fs::write(&files[0], &whole[..cut]).unwrap();
        assert_eq!(counted(), wanted, "{cut} bytes");
        assert_eq!(shelf.update(), Updated { unchanged: 6, ..Updated::default() });
        assert_eq!(std::fs::read(&files[0]).unwrap(), whole, "written again after {cut} bytes");
    }
    let left = files[0].with_extension("turns.tmp");
    std::fs::write(&left, "of a killed writer").unwrap();
    shelf.update();
    assert!(!left.exists());
    std::fs::remove_file(&files[0]).unwrap();
    assert_eq!(counted(), wanted);
    shelf.update();
    assert_eq!(std::fs::read(&files[0]).unwrap(), whole);
}

/// A writer that is killed leaves files that no commit names and an open lock file. The next
/// writer must get past both, and readers must not see them.
#[test]
fn after_a_kill_the_last_commit_serves() {
    let shelf = Shelf::of(Lang::En, &["war"]);
    let index = shelf.corpus.index();
    std::fs::write(index.join("0123456789abcdef0123456789abcdef.store"), b"half").unwrap();
    std::fs::write(index.join(".tantivy-writer.lock"), b"").unwrap();
    assert_eq!(shelf.occurrences("war"), 1);
    shelf.put(&[say("2022-04-01", "war")], &[]);
    shelf.update();
    assert_eq!(shelf.occurrences("war"), 2);
}

#[test]
fn a_corpus_without_any_date_is_searched_by_date_too() {
    let shelf = Shelf::new();
    shelf.put(&[say("", "war")], &[]);
    shelf.update();
    assert_eq!((shelf.occurrences("war"), shelf.occurrences("war date:2022")), (1, 0));
    shelf.put(&[say("2022-03-01", "war")], &[]);
    shelf.update();
    assert_eq!(shelf.occurrences("war date:2021"), 0);
    assert_eq!(shelf.occurrences("war date:2022..2023"), 1);
}
