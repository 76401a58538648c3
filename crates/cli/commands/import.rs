//! `demarche import`: files that others made, into the archive.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use corpus::Time;
use pipeline::{Imported, Reading, counted};

use crate::global::Global;
use crate::output::{Outcome, print_json, say, visible};

/// What `--help` adds. A test holds the names against the sources that are built in.
const HELP: &str = "\
Columns of a table, of which only the text is needed: institution, lang, date (YYYY-MM-DD), title,
url, body (or text), type, spokesperson, question with answer and who_asked, source.

Rows belong to a source by `institution` and `lang`, whatever letters are capital:
  MFA PRC (en, zh)
  DPRK MFA (en, ko)
  DPRK MFA via KCNA (en, ko)
  DPRK MFA via Voice of Korea (ko)
  KCNA (en, es, ko)
  Rodong Sinmun (en, ko)
  Pyongyang Times (en)
  Kwahak Paekkwasajon Publishing House (ko)
  Choson Sinbo (Chongryon) reporting DPRK MFA (ko)
  Supreme leader (ko)
  Rodong Sinmun/Josoninmingun/Chongnyonjonwi (joint editorial) (ko)
and by the [[rows]] of sources of your own. A column `source` with an id, or --source, says it for
all. Every row that is refused is told by `demarche rejects`; exit 1 where all of them were.";

/// Which files, and where they belong.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct ImportArgs {
    /// WARC files (.warc), tables (.jsonl, .csv, .tsv), each also with .gz;
    /// workbooks (.xlsx), of which the first sheet with a column of texts is read, and the others are
    /// listed among the rejects
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The source that everything in them belongs to; default: WARC records by their address,
    /// rows by their columns `institution` and `lang`
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
}

pub fn run(global: &Global, args: &ImportArgs) -> Result<Outcome> {
    let reading = Reading::load(&global.config()?)?;
    for file in &args.files {
        let shown = file.display();
        anyhow::ensure!(!file.is_dir(), "{shown}: a folder; name the files in it: {shown}/*");
        anyhow::ensure!(file.exists(), "{shown}: no such file");
        anyhow::ensure!(file.is_file(), "{shown}: no regular file; save it as one first");
        // Before anything is archived: what one of them lacks must not cost the counts of the others.
        std::fs::File::open(file).with_context(|| shown.to_string())?;
    }
    let corpus = global.create()?;
    let reporter = global.reporter();
    let source = args.source.as_deref();
    let done = pipeline::import(&corpus, &reading, &args.files, source, now(), &reporter)?;
    if global.json {
        print_json(&done)?;
    } else if !global.quiet {
        say(format_args!(
            "{}, {} in tables, {}, {} known",
            counted(done.captures, "capture"),
            counted(done.statements, "statement"),
            counted(done.rejects, "reject"),
            done.known
        ))?;
    }
    tell_rejects(&done);
    Ok(match (done.accepted, done.rejects) {
        (0, 1..) => Outcome::Nothing,
        _ => Outcome::Done,
    })
}

/// How many rejects of which kinds there are, and where they are told.
fn tell_rejects(done: &Imported) {
    if done.rejects == 0 {
        return;
    }
    let kinds: Vec<String> = done.reasons.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    let rejects = counted(done.rejects, "reject");
    let kinds = visible(&kinds.join(", "));
    eprintln!("{rejects} ({kinds}); `demarche rejects` tells why of each");
}

/// The time, to the second.
pub fn now() -> Time {
    Time(jiff::Timestamp::now()).whole_second()
}
