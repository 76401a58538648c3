//! `demarche votes`: roll calls of the United Nations.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand, ValueEnum};
use votes::{Country, Facts, Loaded, Organ, Period, RollCalls, Seats, SimilarityOptions, Vote};

use crate::format;
use crate::global::Global;
use crate::output::{Outcome, print_json, visible, width, write_to, writer};

/// What is asked of the roll calls.
#[derive(Args)]
pub struct VotesArgs {
    /// Folder with rollcalls.csv.gz and votes.csv.gz; without it the votes of the studies that
    /// ship with the program
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    #[command(subcommand)]
    pub question: Question,
}

#[derive(Subcommand)]
pub enum Question {
    /// How alike two states vote, by year or session
    Similarity(SimilarityArgs),
    /// One roll call: totals and every member's vote
    Show {
        /// Symbol of the resolution or draft, A/RES/ES-11/1
        resolution: String,
    },
    /// The resolutions of a study beside all roll calls of their years
    Study(StudyArgs),
}

#[derive(Args)]
pub struct SimilarityArgs {
    /// ISO 3166-1 code of a state, CHN
    pub a: Country,
    /// The other state
    pub b: Country,
    /// What a row is; of a session, the column `year` is that in which it first voted
    #[arg(long, value_enum, default_value = "year")]
    pub by: By,
    /// Whose roll calls
    #[arg(long, value_enum, default_value = "ga")]
    pub organ: Body,
    /// Cut the series where a seat changed hands (China in October 1971, the USSR in 1991)
    #[arg(long)]
    pub split_seats: bool,
    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Args)]
pub struct StudyArgs {
    /// Id of the study
    #[arg(default_value = "ukraine-2022")]
    pub id: String,
    #[command(flatten)]
    pub write: WriteArgs,
}

/// How a table is written.
#[derive(Args)]
pub struct WriteArgs {
    /// How to write it; default: by the ending of `-o`, else text for reading
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// The file to write: .txt, .csv, .json or .md; default: stdout
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum By {
    Year,
    Session,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Body {
    /// The General Assembly
    Ga,
    /// The Security Council
    Sc,
    /// Both
    All,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Csv,
    Json,
    Md,
}

pub fn run(global: &Global, args: &VotesArgs) -> Result<Outcome> {
    if let Question::Similarity(SimilarityArgs { write, .. })
    | Question::Study(StudyArgs { write, .. }) = &args.question
    {
        write.format(global)?;
    }
    let roll_calls = roll_calls(global, args.data.as_ref())?;
    match &args.question {
        Question::Similarity(asked) => similarity(global, &roll_calls, asked),
        Question::Show { resolution } => show(global, &roll_calls, resolution),
        Question::Study(asked) => study(global, &roll_calls, asked),
    }
}

fn roll_calls(global: &Global, data: Option<&PathBuf>) -> Result<RollCalls> {
    let Some(folder) = data else { return Ok(votes::shipped(&global.config()?)?) };
    let Loaded { roll_calls, rejects } = votes::load(folder)?;
    for reject in rejects.iter().filter(|_| global.verbose > 0) {
        eprintln!("reject: {}: {}", visible(&reject.url), visible(reject.reason.as_str()));
    }
    if !rejects.is_empty() && global.verbose == 0 && !global.quiet {
        let rows = pipeline::counted(rejects.len() as u64, "row");
        eprintln!("{rows} could not be read as a roll call or vote; -v says why");
    }
    Ok(roll_calls)
}

fn similarity(global: &Global, roll_calls: &RollCalls, asked: &SimilarityArgs) -> Result<Outcome> {
    let options = SimilarityOptions {
        organ: match asked.organ {
            Body::Ga => Some(Organ::GeneralAssembly),
            Body::Sc => Some(Organ::SecurityCouncil),
            Body::All => None,
        },
        by: match asked.by {
            By::Year => Period::Year,
            By::Session => Period::Session,
        },
        split_seats: asked.split_seats,
    };
    let seats = Seats::of(&global.config()?)?;
    let rows = votes::similarity(roll_calls, &seats, (asked.a, asked.b), options)?;
    if rows.is_empty() {
        let (a, b) = (asked.a, asked.b);
        eprintln!("{a} and {b} both voted in no roll call of {}", of_body(asked.organ));
    }
    let width = width(asked.write.output.as_ref());
    asked.write.write(global, &rows, |format, mut out| {
        match format {
            Format::Csv => report::similarity_csv(&rows, &mut out)?,
            Format::Md => report::similarity_markdown(&rows, &mut out)?,
            Format::Text if rows.is_empty() => {}
            Format::Text | Format::Json => report::similarity_terminal(&rows, width, &mut out)?,
        }
        Ok(())
    })?;
    Ok(if rows.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn of_body(body: Body) -> &'static str {
    match body {
        Body::Ga => "the General Assembly",
        Body::Sc => "the Security Council; a state votes there only while it is a member",
        Body::All => "either body",
    }
}

fn show(global: &Global, roll_calls: &RollCalls, symbol: &str) -> Result<Outcome> {
    let Some(roll_call) = roll_calls.find(symbol) else {
        let cure = if roll_calls.is_complete() {
            "write its symbol, A/RES/ES-11/1; failed drafts and paragraph votes are not in the tables"
        } else {
            "only the votes of the studies ship with the program; --data DIR gives all"
        };
        eprintln!("no roll call `{}`: {cure}", visible(symbol));
        if global.json {
            print_json(&serde_json::Value::Null)?;
        }
        return Ok(Outcome::Nothing);
    };
    let view = roll_call.view();
    if global.json {
        print_json(&view)?;
        return Ok(Outcome::Done);
    }
    let mut out = writer();
    writeln!(out, "{}  {}", visible(view.resolution), view.date)?;
    if let Some(title) = view.title {
        writeln!(out, "{}", visible(title))?;
    }
    if !view.recorded {
        writeln!(out, "the record names no member's vote")?;
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let totals = [
        (Vote::Yes, view.yes, "yes"),
        (Vote::No, view.no, "no"),
        (Vote::Abstain, view.abstain, "abstained"),
        (Vote::NonVoting, view.nonvoting, "did not vote"),
    ];
    writeln!(out, "{} members{}", view.members, if view.adopted { "" } else { ", not adopted" })?;
    for (vote, count, words) in totals {
        let states = roll_call.votes.iter().filter(|(_, cast)| *cast == vote);
        let codes: Vec<&str> = states.map(|(country, _)| country.as_str()).collect();
        writeln!(out, "{count:>5} {words}: {}", codes.join(" "))?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn study(global: &Global, roll_calls: &RollCalls, asked: &StudyArgs) -> Result<Outcome> {
    let config = global.config()?;
    let facts = Facts::of_study(&config, &asked.id)?.with_context(|| {
        format!("no votes for a study `{}`: votes/{0}.toml names them", asked.id)
    })?;
    let resampling = statistics::Resampling::default();
    let found = votes::study(&facts, roll_calls, &Seats::of(&config)?, resampling)?;
    let width = width(asked.write.output.as_ref());
    asked.write.write(global, &found, |format, mut out| {
        match format {
            Format::Csv => report::votes_csv(&found, &mut out)?,
            Format::Md => report::votes_markdown(&found, &mut out)?,
            Format::Text | Format::Json => report::votes_terminal(&found, width, &mut out)?,
        }
        Ok(())
    })?;
    Ok(Outcome::Done)
}

impl WriteArgs {
    /// The format that is asked for, that the ending names, or that `--json` leaves.
    fn format(&self, global: &Global) -> Result<Format> {
        let default = if global.json { Format::Json } else { Format::Text };
        let path = self.output.as_deref();
        let format = format::of_file(self.format, path)?.unwrap_or(default);
        format::check_document(global.json, path, format == Format::Json)?;
        Ok(format)
    }

    /// Writes `value` as JSON, or by `render` in any other format.
    fn write(
        &self,
        global: &Global,
        value: &impl serde::Serialize,
        render: impl FnOnce(Format, &mut dyn Write) -> Result<()>,
    ) -> Result<()> {
        let format = self.format(global)?;
        write_to(self.output.as_ref(), |out| {
            if format != Format::Json {
                return render(format, out);
            }
            serde_json::to_writer(&mut *out, value).map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        })?;
        if let (true, Some(file)) = (global.json, &self.output) {
            print_json(&serde_json::json!({ "files": [file] }))?;
        }
        Ok(())
    }
}
