//! A writer that is killed, in a test binary of its own: a process that is just being started holds
//! the locks of every index that its parent writes at that moment.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use corpus::{Lang, Role};

use shelf::{Shelf, statement};

#[path = "index/shelf.rs"]
#[allow(dead_code)]
mod shelf;

/// A writer in a process of its own is killed again and again: whatever is then read is a commit,
/// and the next writer goes on from it.
#[test]
fn killed_anywhere_the_last_good_index_serves() {
    const FOLDER: &str = "DEMARCHE_TEST_INDEX_WRITER";
    if let Some(folder) = std::env::var_os(FOLDER) {
        index::update(&corpus::Corpus::open(folder).unwrap(), |_| {}).unwrap();
        return;
    }
    let shelf = Shelf::of(Lang::En, &["war"]);
    let mut killed = 0;
    for round in 0..8_u64 {
        let month = format!("2023-{:02}-01", round + 1);
        let words = "war and peace ".repeat(50_000);
        let spoken = statement("rt-mfa", &month, Lang::En, &[(Role::Narration, &words)]);
        shelf.put(&[spoken], &[]);
        let before = shelf.occurrences("war");
        let mut writer = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed_anywhere_the_last_good_index_serves"])
            .env(FOLDER, shelf.corpus.root())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(round * 60));
        writer.kill().unwrap();
        killed += u64::from(!writer.wait().unwrap().success());
        let after = shelf.occurrences("war");
        assert!(after == before || after >= before + 50_000, "{before} {after}");
    }
    shelf.update();
    assert_eq!(shelf.occurrences("war"), 1 + 8 * 50_000);
    println!("{killed} of 8 writers were killed");
}
