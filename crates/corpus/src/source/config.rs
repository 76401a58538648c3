//! The configuration: sources, codebooks, studies, as they were compiled in, with a user's folder
//! over them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::{Error, Result};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../config");

/// Where configuration is read from. Never the current directory.
#[derive(Debug, Clone)]
pub enum Config {
    /// The configuration that the program was built with.
    BuiltIn,
    /// A folder of the same shape, and nothing else.
    Folder(PathBuf),
    /// A user's folder, and what it does not have from the built-in configuration: a file that is not
    /// there, a folder (`sources/`, `studies/`, `votes/`, `codebook/NAME/`) that is not there. A folder
    /// that is there is taken as a whole: what was left out of it is meant to be gone, and the digest
    /// of a codebook is what a report cites.
    Over(PathBuf),
}

impl Config {
    /// The files of `folder` with that ending, sorted by name, with their text.
    ///
    /// # Errors
    /// Where a file cannot be read or is no UTF-8. A missing folder has no files.
    pub fn files(&self, folder: &str, ending: &str) -> Result<Vec<(PathBuf, String)>> {
        let mut files = match self {
            Self::BuiltIn => built_in(folder, ending)?,
            Self::Over(root) if is_open(root, folder) => built_in(folder, ending)?,
            Self::Folder(root) | Self::Over(root) => on_disk(&root.join(folder), ending)?,
        };
        files.sort_by(|a, b| a.0.file_name().cmp(&b.0.file_name()));
        Ok(files)
    }

    /// One file.
    ///
    /// # Errors
    /// [`Error::Config`] where there is none.
    pub fn file(&self, path: &str) -> Result<String> {
        match self.on_disk(path) {
            Some(file) if file.exists() => text_on_disk(&file),
            Some(file) if BUILT_IN.contains(path) => Err(Error::config(
                file,
                "no such file; `demarche config export` writes the one that is built in",
            )),
            Some(file) => Err(Error::config(file, "no such file")),
            None => {
                let found = BUILT_IN.get_file(path).and_then(|f| f.contents_utf8());
                found.map(str::to_owned).ok_or_else(|| {
                    Error::config(path, "no such file in the built-in configuration")
                })
            }
        }
    }

    /// Where the file at `path` is read from, or would be, for people.
    pub fn place(&self, path: &str) -> PathBuf {
        self.on_disk(path).unwrap_or_else(|| Path::new("the built-in config").join(path))
    }

    /// Whether the file at `path` is the built-in one.
    pub fn is_built_in(&self, path: &str) -> bool {
        self.on_disk(path).is_none()
    }

    /// The file on disk that `path` means; `None` where it means the built-in one.
    fn on_disk(&self, path: &str) -> Option<PathBuf> {
        match self {
            Self::BuiltIn => None,
            Self::Folder(root) => Some(root.join(path)),
            Self::Over(root) => {
                let file = root.join(path);
                let built_in = is_open(root, path) && BUILT_IN.contains(path);
                (file.exists() || !built_in).then_some(file)
            }
        }
    }

    /// Every file, by its path inside the folder with slashes, sorted.
    ///
    /// # Errors
    /// Where a file or folder cannot be read.
    pub fn every_file(&self) -> Result<Vec<(String, Vec<u8>)>> {
        let mut files = Vec::new();
        if !matches!(self, Self::Folder(_)) {
            every_built_in(&BUILT_IN, &mut files);
        }
        if let Self::Over(root) = self {
            files.retain(|(path, _)| is_open(root, path));
        }
        if let Self::Folder(root) | Self::Over(root) = self {
            every_on_disk(root, "", &mut files)?;
        }
        // Of a file that both have the user's comes last, and counts.
        Ok(files.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect())
    }
}

/// Whether what is built in at `path` counts beside the folder `root`: the folder that it belongs to is
/// not there.
fn is_open(root: &Path, path: &str) -> bool {
    let mut parts = path.split('/');
    let folder = match (parts.next(), parts.next()) {
        (Some("codebook"), Some(name)) => Path::new("codebook").join(name),
        (first, _) => PathBuf::from(first.unwrap_or_default()),
    };
    !root.join(folder).is_dir()
}

fn every_built_in(folder: &Dir<'_>, files: &mut Vec<(String, Vec<u8>)>) {
    for file in folder.files().filter(|file| !is_hidden(file.path())) {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.push((path, file.contents().to_vec()));
    }
    for folder in folder.dirs() {
        every_built_in(folder, files);
    }
}

fn every_on_disk(root: &Path, below: &str, files: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    let folder = root.join(below);
    for entry in std::fs::read_dir(&folder).map_err(|e| Error::io(&folder, e))? {
        let entry = entry.map_err(|e| Error::io(&folder, e))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(|e| Error::io(&path, e))?;
        if is_hidden(&path) {
            continue;
        }
        let name = entry.file_name();
        let name = name.to_str().ok_or_else(|| Error::config(&path, "a name that is no UTF-8"))?;
        let inside = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
        if kind.is_dir() {
            every_on_disk(root, &inside, files)?;
        } else if kind.is_file() {
            let bytes = std::fs::read(&path).map_err(|e| Error::io(&path, e))?;
            files.push((inside, bytes));
        }
    }
    Ok(())
}

/// Editors and version control leave such files; they configure nothing.
fn is_hidden(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with('.'))
}

fn built_in(folder: &str, ending: &str) -> Result<Vec<(PathBuf, String)>> {
    let Some(found) = BUILT_IN.get_dir(folder) else { return Ok(Vec::new()) };
    let matching = found.files().filter(|f| f.path().extension().is_some_and(|e| e == ending));
    matching
        .map(|file| {
            let text =
                file.contents_utf8().ok_or_else(|| Error::config(file.path(), "is no UTF-8"))?;
            Ok((file.path().to_path_buf(), text.to_owned()))
        })
        .collect()
}

fn on_disk(folder: &Path, ending: &str) -> Result<Vec<(PathBuf, String)>> {
    let listed = match std::fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Error::io(folder, e)),
    };
    let mut files = Vec::new();
    for entry in listed {
        let path = entry.map_err(|e| Error::io(folder, e))?.path();
        if path.extension().is_some_and(|e| e == ending) {
            let text = text_on_disk(&path)?;
            files.push((path, text));
        }
    }
    Ok(files)
}

/// The text of a file that an editor may have saved in the charset of its system.
fn text_on_disk(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
    String::from_utf8(bytes).map_err(|e| {
        let valid = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        let line = valid.split(|b| *b == b'\n').count();
        Error::config(path, format!("line {line}: bytes that are no UTF-8; save the file as UTF-8"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files, all of which hold the text `own`.
    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "own").unwrap();
        }
        folder
    }

    fn paths(config: &Config) -> BTreeMap<String, bool> {
        let files = config.every_file().unwrap().into_iter();
        files.map(|(path, bytes)| (path, bytes == b"own")).collect()
    }

    #[test]
    fn what_a_folder_does_not_have_is_built_in() {
        let own = ["sources/mine.toml", "codebook/mine/frames.toml", "schedule.toml"];
        let folder = folder(&own);
        let over = Config::Over(folder.path().to_path_buf());
        let mut expected = paths(&Config::BuiltIn);
        expected.retain(|path, _| !path.starts_with("sources/"));
        expected.extend(own.map(|path| (path.to_owned(), true)));
        assert_eq!(paths(&over), expected);
        // A folder that is there is taken as a whole.
        assert_eq!(over.files("sources", "toml").unwrap().len(), 1);
        for book in ["codebook/default", "studies"] {
            let files = |config: &Config| config.files(book, "toml").unwrap().len();
            assert_eq!(files(&over), files(&Config::BuiltIn), "{book}");
        }
        let outlets = |config: &Config| config.file("outlets.toml").unwrap();
        assert_eq!(outlets(&over), outlets(&Config::BuiltIn));
        assert_eq!(over.file("schedule.toml").unwrap(), "own");
        let gone = over.file("sources/rodong-en.toml").unwrap_err().to_string();
        assert!(gone.contains("rodong-en.toml: no such file; `demarche config export"), "{gone}");
    }

    #[test]
    fn a_folder_alone_takes_nothing() {
        let folder = folder(&["sources/mine.toml"]);
        let alone = Config::Folder(folder.path().to_path_buf());
        assert_eq!(paths(&alone).len(), 1);
        let missing = alone.file("outlets.toml").unwrap_err().to_string();
        assert!(missing.contains("outlets.toml: no such file; `demarche config export"));
    }

    #[test]
    fn a_file_in_the_charset_of_a_system_is_refused_by_its_line() {
        let folder = tempfile::tempdir().unwrap();
        // 灯塔 in GB18030.
        std::fs::write(folder.path().join("cues.toml"), b"lang = \"zh\"\n\n# \xb5\xc6\xcb\xfe\n")
            .unwrap();
        let config = Config::Folder(folder.path().to_path_buf());
        let said = |error: Error| error.to_string();
        let one = config.file("cues.toml").map_err(said).unwrap_err();
        let all = config.files("", "toml").map_err(said).unwrap_err();
        assert_eq!(one, all);
        assert!(
            one.ends_with("cues.toml: line 3: bytes that are no UTF-8; save the file as UTF-8")
        );
    }
}
