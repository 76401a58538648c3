//! Vote tables: a folder of CSV files, or the votes that ship with the program.
//!
//! `rollcalls.csv` has a line a roll call (`undl_id, organ, resolution, date, title` are read),
//! `votes.csv` a line a state and roll call (`undl_id, iso3, vote`), both also gzipped. Tables
//! of single votes, such as a failed draft's, have `draft` or `resolution, date, iso3, vote`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use corpus::source::Config;
use corpus::{Date, Reject};
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Country, Error, Organ, Result, RollCall, RollCalls, Vote};

/// Roll calls and the lines that gave none.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The roll calls.
    pub roll_calls: RollCalls,
    /// Lines without a date, of an unknown body, with an unknown letter, or of no roll call.
    pub rejects: Vec<Reject>,
}

/// Reads the tables in `folder`: all roll calls, and beside them every `sc-s-*.csv` table of a
/// failed draft of the Security Council.
///
/// # Errors
/// Where a table is missing or is no CSV with the columns needed. A bad line is a reject.
pub fn load(folder: &Path) -> Result<Loaded> {
    let mut tables = Tables::default();
    let path = table_path(folder, "rollcalls.csv")?;
    for (row, line) in lines::<RollCallLine>(&path)?.enumerate() {
        tables.add_roll_call(line, &path, row + 1);
    }
    let path = table_path(folder, "votes.csv")?;
    for (row, line) in lines::<VoteLine>(&path)?.enumerate() {
        tables.add_vote(line, &path, row + 1);
    }
    for path in draft_tables(folder)? {
        tables.single_votes(lines::<SingleVoteLine>(&path)?, &path);
    }
    Ok(tables.finish(true))
}

/// The tables in `folder` that [`load`] reads.
///
/// # Errors
/// Where one that is needed is missing.
pub fn tables(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = vec![table_path(folder, "rollcalls.csv")?, table_path(folder, "votes.csv")?];
    found.extend(draft_tables(folder)?);
    Ok(found)
}

/// The votes that ship with the program: every `votes/*.csv` of `config`, or of the built-in
/// configuration where it has none.
///
/// # Errors
/// Where a table is no CSV with the columns needed, or holds a bad line.
pub fn shipped(config: &Config) -> Result<RollCalls> {
    let mut files = config.files("votes", "csv")?;
    if files.is_empty() {
        files = Config::BuiltIn.files("votes", "csv")?;
    }
    let mut tables = Tables::default();
    for (path, text) in &files {
        let reader = csv::Reader::from_reader(text.as_bytes());
        tables.single_votes(reader.into_deserialize::<SingleVoteLine>(), path);
    }
    let loaded = tables.finish(false);
    match loaded.rejects.first() {
        Some(reject) => Err(Error::table(Path::new(&reject.url), &reject.reason)),
        None => Ok(loaded.roll_calls),
    }
}

#[derive(Deserialize)]
struct RollCallLine {
    undl_id: u64,
    organ: String,
    resolution: String,
    date: String,
    title: Option<String>,
}

#[derive(Deserialize)]
struct VoteLine {
    undl_id: u64,
    iso3: String,
    vote: String,
}

#[derive(Deserialize)]
struct SingleVoteLine {
    #[serde(alias = "draft")]
    resolution: String,
    date: String,
    iso3: String,
    vote: String,
}

/// Roll calls in the making.
#[derive(Default)]
struct Tables {
    recorded: BTreeMap<u64, RollCall>,
    single: BTreeMap<(Date, String), RollCall>,
    rejects: Vec<Reject>,
}

impl Tables {
    fn add_roll_call(&mut self, line: csv::Result<RollCallLine>, path: &Path, row: usize) {
        let read = line.map_err(|e| e.to_string()).and_then(|line| {
            let organ = match line.organ.as_str() {
                "GA" => Organ::GeneralAssembly,
                "SC" => Organ::SecurityCouncil,
                other => return Err(format!("unknown body `{other}`")),
            };
            let date: Date = line.date.parse().map_err(|e| format!("no date: {e}"))?;
            let title = line.title.filter(|title| !title.trim().is_empty());
            let votes = Vec::new();
            let resolution = line.resolution;
            let roll_call = RollCall { resolution, date, organ, adopted: true, title, votes };
            match self.recorded.contains_key(&line.undl_id) {
                true => Err(format!("record {} stands twice", line.undl_id)),
                false => Ok((line.undl_id, roll_call)),
            }
        });
        match read {
            Ok((id, roll_call)) => drop(self.recorded.insert(id, roll_call)),
            Err(reason) => self.reject(path, row, reason),
        }
    }

    fn add_vote(&mut self, line: csv::Result<VoteLine>, path: &Path, row: usize) {
        let read = line.map_err(|e| e.to_string()).and_then(|line| {
            let found = self.recorded.get_mut(&line.undl_id);
            let roll_call = found.ok_or_else(|| format!("no roll call {}", line.undl_id))?;
            cast(roll_call, &line.iso3, &line.vote)
        });
        if let Err(reason) = read {
            self.reject(path, row, reason);
        }
    }

    fn single_votes(
        &mut self,
        lines: impl Iterator<Item = csv::Result<SingleVoteLine>>,
        path: &Path,
    ) {
        for (row, line) in lines.enumerate() {
            let read = line.map_err(|e| e.to_string()).and_then(|line| {
                let date: Date = line.date.parse().map_err(|e| format!("no date: {e}"))?;
                let (organ, adopted) = body_of(&line.resolution);
                let key = (date, line.resolution.clone());
                let resolution = line.resolution;
                let new = || {
                    let votes = Vec::new();
                    RollCall { resolution, date, organ, adopted, title: None, votes }
                };
                cast(self.single.entry(key).or_insert_with(new), &line.iso3, &line.vote)
            });
            if let Err(reason) = read {
                self.reject(path, row + 1, reason);
            }
        }
    }

    fn reject(&mut self, path: &Path, row: usize, reason: String) {
        let url = format!("{}#row {row}", path.display());
        self.rejects.push(Reject { source: None, url, reason: reason.into(), capture: None });
    }

    fn finish(self, complete: bool) -> Loaded {
        let all = self.recorded.into_values().chain(self.single.into_values()).collect();
        let mut roll_calls: Vec<RollCall> = all;
        let mut rejects = self.rejects;
        for roll_call in &mut roll_calls {
            roll_call.votes.sort_unstable();
            let before = roll_call.votes.len();
            roll_call.votes.dedup_by_key(|(country, _)| *country);
            if roll_call.votes.len() < before {
                rejects.push(Reject {
                    source: None,
                    url: roll_call.resolution.clone(),
                    reason: format!(
                        "{} states vote twice; one vote of each is kept",
                        before - roll_call.votes.len()
                    )
                    .into(),
                    capture: None,
                });
            }
        }
        Loaded { roll_calls: RollCalls::new(roll_calls, complete), rejects }
    }
}

fn cast(roll_call: &mut RollCall, iso3: &str, letter: &str) -> std::result::Result<(), String> {
    let country: Country = iso3.parse()?;
    // Editions of these tables leave the cell of a member that did not vote blank, or write NV.
    let vote = match letter.trim() {
        "" | "NV" => Some(Vote::NonVoting),
        letter => Vote::from_letter(letter),
    };
    let vote = vote.ok_or_else(|| format!("unknown vote `{letter}`; write Y, N, A or X"))?;
    roll_call.votes.push((country, vote));
    Ok(())
}

/// The body and whether it adopted, from a symbol: `A/RES/..` and `S/RES/..` are resolutions,
/// `A/..` and `S/..` drafts.
fn body_of(symbol: &str) -> (Organ, bool) {
    let organ =
        if symbol.starts_with("S/") { Organ::SecurityCouncil } else { Organ::GeneralAssembly };
    (organ, symbol.contains("/RES/"))
}

fn table_path(folder: &Path, name: &str) -> Result<PathBuf> {
    let packed = folder.join(format!("{name}.gz"));
    let plain = folder.join(name);
    [packed, plain.clone()].into_iter().find(|path| path.is_file()).ok_or_else(|| {
        Error::table(
            &plain,
            "no such table, packed (.gz) or plain; --data takes the folder that has it",
        )
    })
}

fn draft_tables(folder: &Path) -> Result<Vec<PathBuf>> {
    let listed = std::fs::read_dir(folder).map_err(|e| Error::table(folder, e))?;
    let mut found = Vec::new();
    for entry in listed {
        let path = entry.map_err(|e| Error::table(folder, e))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with("sc-s-") && name.ends_with(".csv") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn lines<Line: DeserializeOwned>(
    path: &Path,
) -> Result<impl Iterator<Item = csv::Result<Line>> + use<Line>> {
    let file = BufReader::new(File::open(path).map_err(|e| Error::table(path, e))?);
    let packed = path.extension().is_some_and(|ending| ending == "gz");
    let bytes: Box<dyn Read> =
        if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    let mut reader = csv::Reader::from_reader(bytes);
    reader.headers().map_err(|e| Error::table(path, e))?;
    // After an error of reading the stream ends; a line that does not parse is only a reject.
    let mut broken = false;
    Ok(reader.into_deserialize().take_while(move |line: &csv::Result<Line>| {
        let goes_on = !broken;
        broken = line.as_ref().is_err_and(|e| e.is_io_error());
        goes_on
    }))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn folder(roll_calls: &str, votes: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("rollcalls.csv"), roll_calls).unwrap();
        let packed = File::create(folder.path().join("votes.csv.gz")).unwrap();
        let mut packed = flate2::write::GzEncoder::new(packed, flate2::Compression::fast());
        packed.write_all(votes.as_bytes()).unwrap();
        packed.finish().unwrap();
        folder
    }

    const ROLL_CALLS: &str = "undl_id,organ,resolution,date,title\n\
        1,GA,A/RES/90/1,2035-10-01,Peace in Ruritania\n\
        2,?,N/A,N/A,Undated\n";

    #[test]
    fn a_record_without_a_date_and_a_wrong_letter_are_rejects() {
        let folder =
            folder(ROLL_CALLS, "undl_id,iso3,vote\n1,SYL,N\n1,RUR,Y\n1,ZEN,P\n2,RUR,Y\n1,RU,Y\n");
        let loaded = load(folder.path()).unwrap();
        let all: Vec<&RollCall> = loaded.roll_calls.iter().collect();
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].vote("RUR".parse().unwrap()), Some(Vote::Yes));
        assert_eq!(all[0].vote("SYL".parse().unwrap()), Some(Vote::No));
        assert_eq!(all[0].vote("ZEN".parse().unwrap()), None);
        let reasons: Vec<&str> = loaded.rejects.iter().map(|r| r.reason.as_str()).collect();
        assert_eq!(reasons.len(), 4, "{reasons:?}");
        assert!(reasons[0].starts_with("unknown body `?`"));
        assert!(reasons[1].starts_with("unknown vote `P`"));
        assert!(reasons[2].starts_with("no roll call 2"));
        assert!(reasons[3].contains("three letters"));
    }

    #[test]
    fn who_did_not_vote_is_a_member_however_the_table_says_so() {
        let folder = folder(ROLL_CALLS, "undl_id,iso3,vote\n1,SYL,NV\n1,RUR,\n1,ZEN,X\n1,KRA,N\n");
        let loaded = load(folder.path()).unwrap();
        let view = loaded.roll_calls.find("A/RES/90/1").unwrap().view();
        assert_eq!((view.members, view.nonvoting, view.no), (4, 3, 1));
        assert!(view.recorded && loaded.rejects.len() == 1, "{:?}", loaded.rejects);
    }

    #[test]
    fn a_state_that_votes_twice_is_reported() {
        let folder = folder(ROLL_CALLS, "undl_id,iso3,vote\n1,RUR,Y\n1,RUR,N\n");
        let loaded = load(folder.path()).unwrap();
        assert!(loaded.rejects.iter().any(|r| r.reason.as_str().contains("vote twice")));
    }

    #[test]
    fn a_missing_table_is_named_with_the_cure() {
        let folder = tempfile::tempdir().unwrap();
        let message = load(folder.path()).unwrap_err().to_string();
        assert!(message.contains("rollcalls.csv") && message.contains("--data"), "{message}");
    }

    #[test]
    fn a_broken_archive_ends_and_is_reported() {
        let folder = folder(ROLL_CALLS, "");
        let packed = folder.path().join("votes.csv.gz");
        let text = "undl_id,iso3,vote\n1,SYL,N\n".repeat(9000);
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        let bytes = encoder.finish().unwrap();
        std::fs::write(packed, &bytes[..bytes.len() / 2]).unwrap();
        match load(folder.path()) {
            Ok(loaded) => assert!(!loaded.rejects.is_empty()),
            Err(error) => assert!(error.to_string().contains("votes.csv.gz")),
        }
    }

    #[test]
    fn the_shipped_votes_are_the_nine_of_the_study() {
        let roll_calls = shipped(&Config::BuiltIn).unwrap();
        assert_eq!(roll_calls.iter().count(), 9);
        assert!(!roll_calls.is_complete());
        let first = roll_calls.find("es-11/1").unwrap();
        assert_eq!((first.votes.len(), first.count(Vote::Yes)), (193, 141));
        let draft = roll_calls.find("S/2022/431").unwrap();
        assert_eq!((draft.votes.len(), draft.adopted), (15, false));
    }
}
