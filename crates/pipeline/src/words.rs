//! The words of readings, kept on disk while these are collated: what a statement says is read back
//! by where it stands.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use corpus::{CaptureRef, Corpus, Digest, Statement, Turn};
use normalize::Reading;

use crate::{Error, Result};

/// Where the turns of one text begin in the file, and how long they are.
type Place = (u64, usize);

/// Turns by the capture that they were read off, in a file that lives as long as this.
pub struct Words {
    path: PathBuf,
    file: BufWriter<File>,
    end: u64,
    /// By capture and digest of the text, since a capture may hold several.
    places: HashMap<(CaptureRef, Digest), Place>,
}

impl Words {
    /// An empty file among the readings; what a kill left there is written over.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn new(corpus: &Corpus) -> Result<Self> {
        let path = corpus.readings().join("words.tmp");
        let mut options = File::options();
        options.read(true).write(true).create(true).truncate(true);
        let made = std::fs::create_dir_all(corpus.readings()).and_then(|()| options.open(&path));
        let file = BufWriter::new(made.map_err(|e| corpus::Error::io(&path, e))?);
        Ok(Self { path, file, end: 0, places: HashMap::new() })
    }

    /// Takes the turns out of a reading.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn take(&mut self, reading: Reading) -> Result<Reading> {
        let Reading { turns, .. } = &reading;
        let json = serde_json::to_vec(turns).map_err(|e| Error::Encode(e.to_string()))?;
        self.file.write_all(&json).map_err(|e| corpus::Error::io(&self.path, e))?;
        let key = (reading.capture.clone(), reading.text_digest.clone());
        self.places.entry(key).or_insert((self.end, json.len()));
        self.end += json.len() as u64;
        Ok(Reading { turns: Vec::new(), ..reading })
    }

    /// The words as they are from now on.
    ///
    /// # Errors
    /// Where the last of them cannot be written.
    pub fn finish(self) -> Result<FinishedWords> {
        let Self { path, file, places, .. } = self;
        let file = file.into_inner().map_err(|e| corpus::Error::io(&path, e.into_error()))?;
        Ok(FinishedWords { path, file: Mutex::new(file), places })
    }
}

/// Words to be read back.
pub struct FinishedWords {
    path: PathBuf,
    file: Mutex<File>,
    places: HashMap<(CaptureRef, Digest), Place>,
}

impl FinishedWords {
    /// The turns of a statement's revision: those of its first capture.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn of(&self, statement: &Statement) -> Result<Vec<Turn>> {
        let first = statement.captures.first().cloned();
        self.at(first.map(|capture| (capture, statement.text_digest.clone())), &statement.id)
    }

    /// The turns that were taken out of a reading.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn of_reading(&self, reading: &Reading) -> Result<Vec<Turn>> {
        self.at(Some((reading.capture.clone(), reading.text_digest.clone())), &reading.url)
    }

    fn at(&self, key: Option<(CaptureRef, Digest)>, whose: &str) -> Result<Vec<Turn>> {
        let Some((start, length)) = key.and_then(|key| self.places.get(&key)) else {
            let reason = format!("the words of {whose} are not in it");
            return Err(corpus::Error::damaged(&self.path, reason).into());
        };
        let mut json = vec![0; *length];
        let read = {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(*start)).and_then(|_| file.read_exact(&mut json))
        };
        read.map_err(|e| corpus::Error::io(&self.path, e))?;
        let turns = serde_json::from_slice(&json);
        turns.map_err(|e| corpus::Error::damaged(&self.path, e.to_string()).into())
    }
}

impl Drop for FinishedWords {
    fn drop(&mut self) {
        // Derived, and written over the next time: that it stays is no failure.
        let _ = std::fs::remove_file(&self.path);
    }
}
