//! What a study costs over 25,000, 50,000 and 100,000 coded statements: the real ones of
//! `../shared` with shifted dates, so that all lie in the study's period.
//!
//! Each is measured in a process of its own, so that its memory is not that of the import before.
//! The cost is linear where the seconds per statement do not grow: at most [`COST`] times those of
//! a quarter. Memory is that of one partition of text, of the findings, of the sketch of words and
//! of the words that one in two thousand units has, which are all bounded, and of what is held of
//! each statement and each hit in it (some 400 bytes here): at most [`BYTES`] more for every
//! statement more. Copies make each word as much more frequent as there are more of them, so that
//! up to some twenty thousand units a side more words are often enough to be held.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use corpus::source::{Config, Sources};
use corpus::{Coded, Corpus, Date, Statement, partition};
use measure::{Setting, Study};
use pipeline::{CODEBOOK, Reading, Reporter, Until};

/// Limit of the seconds per statement, as a multiple of those at 25,000.
const COST: f64 = 1.2;

/// Limit of the peak memory that a statement adds beyond 25,000.
const BYTES: f64 = 1000.0;

const TABLES: [&str; 3] = [
    "prc/mfa-zh-2020-2022.warc.gz",
    "dprk/kcna-en-2011-2012.jsonl.gz",
    "dprk/kcna-en-2024-by-url.jsonl.gz",
];

fn main() {
    let given: Vec<String> = std::env::args().collect();
    if let [_, flag, root, wanted] = given.as_slice()
        && flag == "--measure"
    {
        return measure_once(Path::new(root), wanted.parse().unwrap());
    }
    let shared = std::env::var_os("DEMARCHE_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let tables: Vec<PathBuf> = TABLES.iter().map(|t| shared.join("data").join(t)).collect();
    if !tables.iter().all(|t| t.exists()) {
        println!("skipped: no {}", shared.join("data").display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("corpus");
    coded_corpus(&root, &tables);
    let mut first: Option<(f64, f64)> = None;
    for wanted in [25_000_u32, 50_000, 100_000] {
        let program = std::env::current_exe().unwrap();
        let mut child = std::process::Command::new(program);
        let said = child.arg("--measure").arg(&root).arg(wanted.to_string()).output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        let said = String::from_utf8(said.stdout).unwrap();
        let [seconds, peak, ..] = said.split(' ').collect::<Vec<_>>()[..] else { panic!("{said}") };
        let (seconds, peak): (f64, f64) = (seconds.parse().unwrap(), peak.parse().unwrap());
        let each = 1e3 * seconds / f64::from(wanted);
        print!("{wanted:>7} statements  {seconds:>6.1} s  {each:.2} ms each  {peak:.0} MB");
        match first {
            None => first = Some((each, peak)),
            Some((quarter, least)) => {
                let ratio = each / quarter;
                let more = (peak - least) * 1e6 / (f64::from(wanted) - 25_000.0);
                print!(
                    "  {ratio:.2} of the cost each at 25,000 (limit {COST}: {})",
                    kept(ratio, COST)
                );
                print!("  {more:.0} bytes a statement more (limit {BYTES}: {})", kept(more, BYTES));
            }
        }
        println!();
    }
}

fn kept(value: f64, limit: f64) -> &'static str {
    if value <= limit { "kept" } else { "MISSED" }
}

/// Measures once and prints the seconds, the peak in megabytes and what was found.
fn measure_once(root: &Path, wanted: usize) {
    let corpus = Corpus::open(root).unwrap();
    let study = pipeline::study(&Config::BuiltIn, "ukraine-2022").unwrap();
    let paths = partition::list(&corpus.statements()).unwrap();
    let started = Instant::now();
    let findings = measured(&corpus, &paths, &study, wanted);
    println!(
        "{} {} {} figures {} places named",
        started.elapsed().as_secs_f64(),
        peak_megabytes(),
        findings.tables.iter().map(|t| t.figures.len()).sum::<usize>(),
        findings.evidence.len(),
    );
}

fn coded_corpus(root: &Path, tables: &[PathBuf]) {
    let corpus = Corpus::create(root).unwrap();
    let (config, silent) = (Config::BuiltIn, Reporter::silent());
    let reading = Reading::load(&config).unwrap();
    pipeline::import(
        &corpus,
        &reading,
        tables,
        None,
        "2026-01-01T00:00:00Z".parse().unwrap(),
        &silent,
    )
    .unwrap();
    pipeline::run(&corpus, &config, CODEBOOK, Until::Codes, &silent).unwrap();
}

/// The study over `wanted` statements: the partitions again and again, a copy at a time, each
/// copy with its own ids and days.
fn measured(corpus: &Corpus, paths: &[PathBuf], study: &Study, wanted: usize) -> measure::Findings {
    let setting =
        Setting { sources: Sources::load(&Config::BuiltIn).unwrap(), ..Setting::default() };
    let partitions = || {
        let mut given = 0;
        let copies = (0..).flat_map(|copy| paths.iter().map(move |path| (copy, path)));
        copies.map_while(move |(copy, path)| {
            let room = wanted - given;
            if room == 0 {
                return None;
            }
            let (mut statements, mut coded) = read(corpus, path);
            statements.truncate(room);
            coded.truncate(room);
            given += statements.len();
            for (place, statement) in statements.iter_mut().enumerate() {
                statement.id = format!("{}/{copy}", statement.id);
                statement.date = Some(shifted(study, copy * 31 + place));
                statement.truncated = false;
            }
            for codes in &mut coded {
                codes.statement = format!("{}/{copy}", codes.statement);
            }
            Some(Ok::<_, std::io::Error>((statements, coded)))
        })
    };
    measure::measure(study, partitions, &[], &setting).unwrap()
}

fn read(corpus: &Corpus, path: &Path) -> (Vec<Statement>, Vec<Coded>) {
    let below = path.strip_prefix(corpus.statements()).unwrap();
    (partition::read(path).unwrap(), partition::read(&corpus.coded().join(below)).unwrap())
}

fn shifted(study: &Study, number: usize) -> Date {
    let days = jiff::Span::new().days((number % 181) as i64);
    Date(study.period.from.0.checked_add(days).unwrap())
}

/// The largest resident size of this process.
fn peak_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|l| l.trim().split(' ').next()?.parse::<f64>().ok());
    kibibytes.unwrap_or(0.0) * 1024.0 / 1e6
}
