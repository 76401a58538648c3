//! `demarche show`: one statement as it is held, with its codes, versions and archived bytes.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Context, Result, ensure};
use clap::Args;
use corpus::{Coded, Corpus, Link, SegmentSpan, Statement, Turn, partition};
use pipeline::export::{StatementRow, with_codes};
use pipeline::{Selection, Until};
use serde_json::{Value, json};

use crate::commands::twins::Pair;
use crate::global::Global;
use crate::output::{Outcome, print_json, visible, width, writer};

/// Which statement, and what of it.
#[derive(Args)]
pub struct ShowArgs {
    /// Statement id, as search prints it
    pub id: String,
    /// Mark what the codebook and the attribution found
    #[arg(long)]
    pub coded: bool,
    /// Print the linked statements side by side with it: copies, near copies, twins, with the
    /// names, numbers and codes that stand in one only
    #[arg(long)]
    pub twins: bool,
    /// Print the archived bytes that the text was read off, as they are
    #[arg(long, conflicts_with_all = ["coded", "twins"])]
    pub raw: bool,
}

pub fn run(global: &Global, args: &ShowArgs) -> Result<Outcome> {
    ensure!(
        !(args.raw && global.json),
        "--raw prints the bytes as they are: leave out --raw or --json"
    );
    let with_codes = args.coded || args.twins;
    let needed = if with_codes { Until::Codes } else { Until::Statements };
    let corpus = global.open_as_it_is(needed)?;
    let Some((statement, coded)) = find(&corpus, &args.id)? else {
        eprintln!("no statement `{}`; `demarche search` prints ids", visible(&args.id));
        if global.json {
            print_json(&Value::Null)?;
        }
        return Ok(Outcome::Nothing);
    };
    if args.raw {
        return raw(&corpus, &statement);
    }
    if global.json {
        let mut row = serde_json::to_value(StatementRow::of(&statement))?;
        if let (true, Some(coded), Some(row)) = (args.coded, &coded, row.as_object_mut()) {
            row.insert("coded".to_owned(), serde_json::to_value(coded)?);
        }
        if args.twins {
            let linked = linked(&corpus, &args.id)?;
            let beside = |linked: &Linked| linked.json(&statement, coded.as_ref(), args.coded);
            row["twins"] = linked.iter().map(beside).collect();
        }
        print_json(&row)?;
        return Ok(Outcome::Done);
    }
    let mut text = head(&statement);
    text.push_str(&body(&statement, coded.as_ref().filter(|_| args.coded)));
    if args.twins {
        let linked = linked(&corpus, &args.id)?;
        if linked.is_empty() {
            text.push_str("\nno linked statement\n");
        }
        for Linked { link, statement: other, coded: codes } in &linked {
            text.push_str(&format!("\n== {:?} {:.2} ({})\n", link.kind, link.score, link.evidence));
            text.push_str(&head(other));
            let pair = Pair { left: (&statement, coded.as_ref()), right: (other, codes.as_ref()) };
            text.push_str(&pair.shown(width(None)));
        }
    }
    let mut out = writer();
    out.write_all(visible(&text).as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// The latest revision of a statement and its codes, where it is coded.
pub fn find(corpus: &Corpus, id: &str) -> Result<Option<(Statement, Option<Coded>)>> {
    let source = id.split('/').next().unwrap_or(id);
    let selection = Selection { sources: vec![source.to_owned()], ..Selection::default() };
    for path in selection.partitions(corpus)? {
        let statements: Vec<Statement> = partition::read(&path)?;
        if let Some(at) = statements.iter().position(|s| s.id == id && s.is_latest()) {
            let coded = with_codes(corpus, &path)
                .ok()
                .and_then(|(_, mut c)| (at < c.len()).then(|| c.swap_remove(at)));
            return Ok(statements.into_iter().nth(at).map(|s| (s, coded)));
        }
    }
    Ok(None)
}

/// A statement that is linked to the one that was asked for.
struct Linked {
    link: Link,
    statement: Statement,
    coded: Option<Coded>,
}

impl Linked {
    /// As `--json` prints it beside the statement `to`.
    fn json(&self, to: &Statement, codes: Option<&Coded>, with_codes: bool) -> Value {
        let pair = Pair { left: (to, codes), right: (&self.statement, self.coded.as_ref()) };
        let only = pair.only().map(|(id, only, codes)| {
            json!({
                "statement": id, "names": only.names, "numbers": only.numbers, "codes": codes,
            })
        });
        let mut row = json!({
            "kind": self.link.kind, "score": self.link.score, "evidence": self.link.evidence,
            "statement": StatementRow::of(&self.statement), "only_in": only,
        });
        if with_codes {
            row["coded"] = json!(self.coded);
        }
        row
    }
}

/// The statements that are linked to one.
fn linked(corpus: &Corpus, id: &str) -> Result<Vec<Linked>> {
    let links: Vec<Link> = partition::read(&corpus.links())?;
    let mut linked = Vec::new();
    for link in links.into_iter().filter(|link| link.a == id || link.b == id) {
        let other = if link.a == id { &link.b } else { &link.a };
        match find(corpus, other)? {
            Some((statement, coded)) => linked.push(Linked { link, statement, coded }),
            None => eprintln!("{}: linked, and held no more", visible(other)),
        }
    }
    Ok(linked)
}

fn raw(corpus: &Corpus, statement: &Statement) -> Result<Outcome> {
    let archive = corpus::archive::Archive::open(corpus)?;
    let capture = statement.captures.first().context("the statement names no capture")?;
    let bytes = archive.payload(&capture.digest)?;
    let bytes = bytes.with_context(|| format!("{}: not in the archive", capture.digest))?;
    let mut out = writer();
    out.write_all(&bytes)?;
    out.flush()?;
    Ok(Outcome::Done)
}

fn head(statement: &Statement) -> String {
    let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let day = statement.date.map_or_else(|| "undated".to_owned(), |d| d.to_string());
    let mut text = format!(
        "{}\n{day}  {}  {}  {}{}\n",
        or(&statement.title),
        statement.id,
        statement.issuer,
        statement.genre.name(),
        if statement.truncated { "  (cut short)" } else { "" }
    );
    for url in &statement.urls {
        text.push_str(&format!("{url}\n"));
    }
    for capture in &statement.captures {
        let when = capture.captured.map_or("imported table".to_owned(), |time| time.to_string());
        text.push_str(&format!("{when}  {}\n", capture.name()));
    }
    if statement.revisions > 1 {
        text.push_str(&format!("revision {} of {}\n", statement.revision, statement.revisions));
    }
    if let Some(note) = &statement.date_note {
        text.push_str(&format!("date: {note}\n"));
    }
    text
}

fn body(statement: &Statement, coded: Option<&Coded>) -> String {
    let mut text = String::new();
    for turn in &statement.turns {
        let who = turn.speaker.as_deref().unwrap_or("");
        text.push_str(&format!("\n[{}] {} {who}\n", turn.n, turn.role.name()));
        match coded {
            Some(coded) => text.push_str(&marked(turn, coded)),
            None => text.push_str(&format!("{}\n", turn.text)),
        }
    }
    text
}

/// A turn segment by segment: `TURN:SEGMENT` and voice in front, codes as `[words|code]`,
/// attributions below.
fn marked(turn: &Turn, coded: &Coded) -> String {
    let mut text = String::new();
    for segment in coded.segments.iter().filter(|s| s.turn == turn.n) {
        text.push_str(&format!("  {}:{} {:8} ", turn.n, segment.n, segment.voice.name()));
        text.push_str(&bracketed(turn, segment, coded));
        text.push('\n');
        let blames = coded.attributions.iter();
        for one in blames.filter(|a| a.turn == turn.n && a.segment == segment.n) {
            let words = |start: u32, end: u32| {
                turn.text.get(start as usize..end as usize).filter(|words| !words.is_empty())
            };
            text.push_str(&format!(
                "        -> {} blames {} ({}, {}): cue `{}`, target {}; rule {}; topics {}\n",
                one.holder.as_deref().unwrap_or("a holder who is not named"),
                one.target,
                one.kind.name(),
                one.voice.name(),
                words(one.cue_start, one.cue_end).unwrap_or_default(),
                words(one.target_start, one.target_end)
                    .map_or_else(|| "left out".to_owned(), |words| format!("`{words}`")),
                one.rule,
                if one.topics.is_empty() { "-".to_owned() } else { one.topics.join(" ") },
            ));
        }
    }
    text
}

/// The words of a segment with every mention in brackets, its codes after `|`.
fn bracketed(turn: &Turn, segment: &SegmentSpan, coded: &Coded) -> String {
    let mut spans: BTreeMap<(u32, u32), Vec<String>> = BTreeMap::new();
    let inside = |m: &&corpus::Mention| m.turn == turn.n && m.segment == segment.n;
    for mention in coded.mentions.iter().filter(inside) {
        let referent = mention.referent.iter().map(|referent| format!("={referent}"));
        let code = mention.code.clone() + &referent.collect::<String>();
        spans.entry((mention.start, mention.end)).or_default().push(code);
    }
    // At one place the inner bracket closes first, and the outer one opens first.
    let mut marks: Vec<(u32, bool, Reverse<u32>, String)> = Vec::new();
    for ((start, end), codes) in spans {
        marks.push((start, true, Reverse(end), "[".to_owned()));
        marks.push((end, false, Reverse(start), format!("|{}]", codes.join(" "))));
    }
    marks.sort();
    let mut text = String::new();
    let mut at = segment.start;
    for (place, _, _, mark) in marks {
        text.push_str(turn.text.get(at as usize..place as usize).unwrap_or_default());
        text.push_str(&mark);
        at = place;
    }
    text.push_str(turn.text.get(at as usize..segment.end as usize).unwrap_or_default());
    text
}
