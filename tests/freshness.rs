//! The index while it is written: killed, read, and found to be another version's.

use std::process::{Command, Stdio};
use std::time::Instant;

use crate::support::{Demarche, arg};

/// How often `index` is killed.
const KILLS: u32 = 12;

/// Adds a month of invented remarks, each of which says `war` twenty times, and codes it; the
/// index is not touched.
fn say(demarche: &Demarche, month: u32, remarks: u32) {
    let row = |n: u32| {
        let words: String = (0..20).map(|m| format!("The war of {n} and {m}. ")).collect();
        let row = serde_json::json!({
            "url": format!("http://example.invalid/{month}/{n}"), "lang": "en",
            "date": format!("{}-{:02}-{:02}", 2000 + month / 12, 1 + month % 12, 1 + n % 28),
            "title": format!("Remarks {month}/{n} (invented sample)"), "body": words,
        });
        format!("{row}\n")
    };
    let table = demarche.folder().join(format!("{month}.jsonl"));
    std::fs::write(&table, (0..remarks).map(row).collect::<String>()).unwrap();
    demarche.stdout(&["import", "-q", "--source", "cn-mfa-en", arg(&table)]);
    demarche.stdout(&["normalize", "-q"]);
}

fn wars(demarche: &Demarche) -> u64 {
    let output = demarche.output(&["search", "war", "--count", "--json"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
    let totals: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    totals["occurrences"].as_u64().unwrap()
}

fn quiet(mut command: Command) -> Command {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn killed_anywhere_the_last_good_index_serves_and_the_next_run_ends_well() {
    let demarche = Demarche::new();
    say(&demarche, 0, 40);
    let started = Instant::now();
    demarche.stdout(&["index", "-q"]);
    let whole = started.elapsed() * 2;
    let (mut served, mut killed) = (wars(&demarche), 0);
    assert_eq!(served, 40 * 20);
    for n in 1..=KILLS {
        say(&demarche, n, 40);
        let due = u64::from(n + 1) * 40 * 20;
        let mut writer = quiet(demarche.command(&["index", "-q"])).spawn().unwrap();
        // Spread over the run, the last ones over its end.
        std::thread::sleep(whole.mul_f64(f64::from(n * 7 % KILLS) / f64::from(KILLS)));
        writer.kill().unwrap();
        killed += u32::from(!writer.wait().unwrap().success());
        let now = wars(&demarche);
        assert!(now == served || now == due, "after {n} kills {now}; it was {served}, is {due}");
        served = now;
    }
    println!("{killed} of {KILLS} runs were killed at work");
    assert!(killed > 0);
    demarche.stdout(&["index", "-q"]);
    assert_eq!(wars(&demarche), u64::from(KILLS + 1) * 40 * 20);
    // Totals lie beside each part and beside none that is gone.
    let index = demarche.corpus().join("index");
    let meta = std::fs::read_to_string(index.join("meta.json")).unwrap();
    let meta: serde_json::Value = serde_json::from_str(&meta).unwrap();
    let parts = meta["segments"].as_array().unwrap().iter();
    let mut parts: Vec<String> =
        parts.map(|part| part["segment_id"].as_str().unwrap().replace('-', "")).collect();
    let files = std::fs::read_dir(index).unwrap();
    let names = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
    let mut counted: Vec<String> =
        names.filter_map(|name| name.strip_suffix(".totals").map(str::to_owned)).collect();
    parts.sort();
    counted.sort();
    assert_eq!(counted, parts);
}

#[test]
fn readers_go_on_while_a_writer_commits() {
    let demarche = Demarche::new();
    say(&demarche, 0, 10);
    demarche.stdout(&["index", "-q"]);
    say(&demarche, 1, 400);
    let (before, after) = (10 * 20, 410 * 20);
    let mut writer = quiet(demarche.command(&["index", "-q"])).spawn().unwrap();
    let (mut rounds, mut old, mut last) = (0, 0, before);
    while writer.try_wait().unwrap().is_none() {
        let now = wars(&demarche);
        assert!(now == before || now == after, "{now}");
        assert!(now >= last, "what was there is gone");
        rounds += 1;
        old += u32::from(now == before);
        last = now;
    }
    println!("{old} of {rounds} readers saw the old index while the new one was written");
    assert!(rounds > 0);
    assert_eq!(wars(&demarche), after);
}

#[test]
fn another_versions_index_is_refused_rebuilt_and_told() {
    let demarche = Demarche::new();
    say(&demarche, 0, 5);
    demarche.stdout(&["index", "-q"]);
    let meta = demarche.corpus().join("index/meta.json");
    let other = std::fs::read_to_string(&meta).unwrap().replace("version\\\":", "version\\\":9");
    std::fs::write(&meta, other).unwrap();
    let refused = demarche.output(&["search", "war"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2));
    assert!(said.contains("index version 9") && said.contains("run `demarche index`"), "{said}");
    let output = demarche.output(&["index"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && said.contains("(rebuilt: "), "{said}");
    assert_eq!(wars(&demarche), 5 * 20);
}

/// What was counted when the index was written is what is counted without it.
#[test]
fn totals_kept_beside_the_index_are_those_of_its_places() {
    let demarche = Demarche::new();
    // Enough that one of at most eight parts, as the writer's threads share them, counts its words.
    say(&demarche, 0, 600);
    demarche.stdout(&["index", "-q"]);
    let kept = demarche.stdout(&["search", "war", "--count", "--json"]);
    let folder = demarche.corpus().join("index");
    let mut removed = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        if file.extension().is_some_and(|e| e == "totals") {
            removed += usize::from(std::fs::metadata(&file).unwrap().len() > 0);
            std::fs::remove_file(file).unwrap();
        }
    }
    assert!(removed > 0, "nothing was kept");
    assert_eq!(demarche.stdout(&["search", "war", "--count", "--json"]), kept);
    // The next run counts again what is missing.
    demarche.stdout(&["index", "-q"]);
    assert_eq!(demarche.stdout(&["search", "war", "--count", "--json"]), kept);
}
