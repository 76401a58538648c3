//! `demarche attribute`: segments or turns in, the same lines with their codes out.

use std::io::{BufRead, BufReader, Read, Write};

use anyhow::{Context, Result, ensure};
use clap::Args;
use rayon::prelude::*;
use serde_json::{Value, json};
use tag::{CODE_KEYS, Codebook, Tagger, filter_line};

use crate::global::Global;
use crate::output::{Outcome, visible, writer};

/// Lines that are coded at a time, by all threads together.
const CHUNK_LINES: usize = 1024;

/// A chunk is full with so many bytes; memory is bounded by it and the longest line.
const CHUNK_BYTES: usize = 4 << 20;

/// Code segments or turns, one JSON object a line: a pure filter without a corpus
///
/// Lines in on stdin, the same lines with their codes out on stdout, in the same order.
///
/// A line is one JSON object. Its keys, of which only `text` is needed:
///   text         a segment, or a whole turn
///   id or unit   yours, as it is; with `unit` a text of several sentences has one voice, of its
///                first blame, else of its first sentence that claims something
///   lang         zh, en or ko
///   date         of the event, YYYY-MM-DD
///   country      whose voice is its own: CN, KP
///   institution  who publishes
///   role         question, answer, announcement, narration or note
///   speaker      as printed before the turn
///   title        of the statement
///   before       the words before the text in its turn
///   after        those after it
///
/// Out comes the same object with `voice`, `mentions` and `attributions`; their offsets are bytes
/// in `text`. A text of several sentences gets `segments` instead of `voice`.
///
///   echo '{"id":1,"lang":"en","country":"CN","text":"NATO fanned the flames."}' |
///     demarche attribute --jsonl
///
/// The language of a line without `lang` is told by its script and its commonest words; where they
/// do not tell, it is English.
/// Empty lines are dropped. A line that cannot be coded comes out with `line`, its number, and
/// `error` instead of codes, and is told on stderr; the exit code is then 3, or 2 where no line
/// could be coded.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct AttributeArgs {
    /// Lines of JSON in and out
    #[arg(long, required = true)]
    pub jsonl: bool,
}

pub fn run(global: &Global, _: &AttributeArgs) -> Result<Outcome> {
    ensure!(!global.json, "attribute prints an object for each line: leave out --json");
    global.start_threads()?;
    let codebook = Codebook::load(&global.config()?, pipeline::CODEBOOK)?;
    let tagger = Tagger::new(&codebook)?;
    let mut lines = Lines { stdin: BufReader::with_capacity(1 << 20, std::io::stdin()), n: 0 };
    let mut out = writer();
    let (mut good, mut bad) = (0_u64, 0_u64);
    loop {
        let chunk = lines.chunk().context("stdin")?;
        if chunk.is_empty() {
            break;
        }
        let coded: Vec<(String, Option<String>)> =
            chunk.par_iter().map(|(n, line)| coded(&tagger, *n, line)).collect();
        for (line, reason) in coded {
            match reason {
                None => good += 1,
                Some(reason) => {
                    bad += 1;
                    eprintln!("{}", visible(&reason));
                }
            }
            writeln!(out, "{line}")?;
        }
        out.flush()?;
    }
    Ok(match (good, bad) {
        (_, 0) => Outcome::Done,
        (0, _) => Outcome::Failed,
        _ => Outcome::Partly,
    })
}

/// The lines of stdin, some at a time.
struct Lines<R> {
    stdin: BufReader<R>,
    /// The number of the line read last, from 1.
    n: u64,
}

impl<R: Read> Lines<R> {
    /// The next lines that are not empty, with their numbers; none at the end. What has arrived is
    /// given at once, so that who waits for an answer before the next line gets it.
    fn chunk(&mut self) -> std::io::Result<Vec<(u64, Vec<u8>)>> {
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        while chunk.len() < CHUNK_LINES && bytes < CHUNK_BYTES {
            if !chunk.is_empty() && !self.stdin.buffer().contains(&b'\n') {
                break;
            }
            let mut line = Vec::new();
            if self.stdin.read_until(b'\n', &mut line)? == 0 {
                break;
            }
            self.n += 1;
            bytes += line.len();
            if !line.trim_ascii().is_empty() {
                chunk.push((self.n, line));
            }
        }
        Ok(chunk)
    }
}

/// The line that comes out, and what is told where it could not be coded.
fn coded(tagger: &Tagger, n: u64, line: &[u8]) -> (String, Option<String>) {
    let line = match n {
        1 => line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line),
        _ => line,
    };
    let parsed = std::str::from_utf8(line).map_err(|e| format!("no UTF-8: {e}"));
    let parsed = parsed
        .and_then(|text| serde_json::from_str::<Value>(text).map_err(|e| format!("no JSON: {e}")));
    let (given, reason) = match parsed {
        Ok(value) => match filter_line(tagger, value.clone()) {
            Ok(coded) => return (coded.to_string(), None),
            Err(reason) => (value, reason.to_string()),
        },
        Err(reason) => (Value::Null, reason),
    };
    let mut out = match given {
        Value::Object(object) => object,
        _ => serde_json::Map::new(),
    };
    // Codes that came with the line are not ours.
    CODE_KEYS.iter().for_each(|key| drop(out.shift_remove(*key)));
    out.insert("line".to_owned(), json!(n));
    out.insert("error".to_owned(), json!(reason));
    (Value::Object(out).to_string(), Some(format!("line {n}: {reason}")))
}
