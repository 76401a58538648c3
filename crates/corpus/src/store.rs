//! A corpus folder: where each artefact lies, who may write, how a file is replaced.
//!
//! ```text
//! FORMAT                                 a number
//! archive/*.warc.gz  *.cdxj              captures, append-only: the only precious part
//! readings/*.parquet                     what was read off each archive file (a cache)
//! statements/<source>/<YYYY-MM>.parquet  statements, `undated.parquet` without a date
//! links.parquet  rejects.parquet
//! coded/<source>/<YYYY-MM>.parquet       codes of the statements in the file of the same name
//! index/                                 full text
//! config/                                the user's own sources, codebooks, studies (optional)
//! ```

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// The corpus format that this program writes.
pub const FORMAT: u32 = 1;

/// A corpus folder on disk.
#[derive(Debug, Clone)]
pub struct Corpus {
    root: PathBuf,
}

impl Corpus {
    /// Opens the corpus in `root`.
    ///
    /// # Errors
    /// [`Error::NoCorpus`] where there is none, [`Error::Format`] where another version wrote it.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self> {
        let root = root.into();
        let path = root.join("FORMAT");
        let found = match fs::read_to_string(&path) {
            Ok(found) => found,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && root.join("archive").is_dir() => {
                write_atomically(&path, |file| writeln!(file, "{FORMAT}"))?;
                FORMAT.to_string()
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::NoCorpus(root));
            }
            Err(e) => return Err(Error::io(path, e)),
        };
        if found.trim() != FORMAT.to_string() {
            return Err(Error::Format { path, found: found.trim().to_owned(), expected: FORMAT });
        }
        Ok(Self { root })
    }

    /// Opens the corpus in `root`, or makes an empty one.
    ///
    /// # Errors
    /// As [`Corpus::open`], and where the folder cannot be made.
    pub fn create(root: impl Into<PathBuf>) -> Result<Self> {
        let root = root.into();
        let archive = root.join("archive");
        fs::create_dir_all(&archive).map_err(|e| Error::io(&archive, e))?;
        Self::open(root)
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `archive/`.
    pub fn archive(&self) -> PathBuf {
        self.root.join("archive")
    }

    /// `readings/`.
    pub fn readings(&self) -> PathBuf {
        self.root.join("readings")
    }

    /// `statements/`.
    pub fn statements(&self) -> PathBuf {
        self.root.join("statements")
    }

    /// `coded/`.
    pub fn coded(&self) -> PathBuf {
        self.root.join("coded")
    }

    /// `index/`.
    pub fn index(&self) -> PathBuf {
        self.root.join("index")
    }

    /// `links.parquet`.
    pub fn links(&self) -> PathBuf {
        self.root.join("links.parquet")
    }

    /// `rejects.parquet`.
    pub fn rejects(&self) -> PathBuf {
        self.root.join("rejects.parquet")
    }

    /// Takes the one lock that serves every writer; it is held until dropped.
    ///
    /// # Errors
    /// [`Error::Locked`] where another process holds it.
    pub fn lock(&self) -> Result<WriteLock> {
        self.lock_named(".lock")
    }

    /// Takes the right to keep the schedule of this corpus, beside which others may still write.
    ///
    /// # Errors
    /// [`Error::Locked`] where another process holds it.
    pub fn lock_schedule(&self) -> Result<WriteLock> {
        self.lock_named(".schedule-lock")
    }

    fn lock_named(&self, name: &str) -> Result<WriteLock> {
        let path = self.root.join(name);
        let file = File::create(&path).map_err(|e| Error::io(&path, e))?;
        match file.try_lock() {
            Ok(()) => Ok(WriteLock { _file: file }),
            Err(fs::TryLockError::WouldBlock) => Err(Error::Locked(self.root.clone())),
            Err(fs::TryLockError::Error(e)) => Err(Error::io(path, e)),
        }
    }
}

/// The right to write to a corpus; the system gives it back even after kill -9.
#[derive(Debug)]
pub struct WriteLock {
    _file: File,
}

/// Writes a file under a temporary name beside `path`, syncs it and renames it, so that a run
/// killed anywhere leaves the old file or the new one.
///
/// # Errors
/// [`Error::Io`] naming `path`.
pub fn write_atomically(
    path: &Path,
    write: impl FnOnce(&mut std::io::BufWriter<File>) -> std::io::Result<()>,
) -> Result<()> {
    let attempt = || -> std::io::Result<()> {
        fs::create_dir_all(beside(path).0)?;
        let (draft, file) = Draft::begin(path)?;
        let mut writer = std::io::BufWriter::new(file);
        write(&mut writer)?;
        let file = writer.into_inner().map_err(|e| e.into_error())?;
        draft.finish(&file)
    };
    attempt().map_err(|e| Error::io(path, e))
}

/// A file that is written under another name beside its own, and goes away unless it is finished.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    temporary: PathBuf,
}

impl Draft {
    /// Begins what shall be the file `path`, whose folder is there.
    ///
    /// # Errors
    /// Where the folder takes no file.
    pub fn begin(path: &Path) -> std::io::Result<(Self, File)> {
        let (_, temporary) = beside(path);
        let file = File::create(&temporary)?;
        Ok((Self { path: path.to_owned(), temporary }, file))
    }

    /// Where it is written until it is finished.
    pub fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// Puts it, synced, in the place of the file.
    ///
    /// # Errors
    /// Where the disk refuses; the file is what it was.
    pub fn finish(self, file: &File) -> std::io::Result<()> {
        file.sync_all()?;
        fs::rename(&self.temporary, &self.path)?;
        File::open(beside(&self.path).0).and_then(|folder| folder.sync_all())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Once it is finished nothing has that name.
        let _ = fs::remove_file(&self.temporary);
    }
}

/// That [`write_atomically`] can write to `path`, so that long work does not end in a place that refuses
/// it. Makes the folder.
///
/// # Errors
/// [`Error::Io`] naming `path`.
pub fn check_writable(path: &Path) -> Result<()> {
    let attempt = || -> std::io::Result<()> {
        let (folder, temporary) = beside(path);
        fs::create_dir_all(folder)?;
        if path.is_dir() {
            return Err(std::io::ErrorKind::IsADirectory.into());
        }
        File::create(&temporary)?;
        fs::remove_file(&temporary)
    };
    attempt().map_err(|e| Error::io(path, e))
}

/// The folder of a file, and the name beside it under which it is written.
fn beside(path: &Path) -> (&Path, PathBuf) {
    // A bare file name has the empty path for its parent, which cannot be opened.
    let parent = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".tmp");
    (parent.unwrap_or(Path::new(".")), path.with_file_name(name))
}
