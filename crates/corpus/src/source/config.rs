//! The configuration folder: sources, codebooks, studies; a folder on disk or the one compiled in.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::{Error, Result};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../config");

/// Where configuration is read from. Never the current directory.
#[derive(Debug, Clone)]
pub enum Config {
    /// The configuration that the program was built with.
    BuiltIn,
    /// A folder of the same shape.
    Folder(PathBuf),
}

impl Config {
    /// The files of `folder` with that ending, sorted by path, with their text.
    ///
    /// # Errors
    /// Where a file cannot be read or is no UTF-8. A missing folder has no files.
    pub fn files(&self, folder: &str, ending: &str) -> Result<Vec<(PathBuf, String)>> {
        let mut files = match self {
            Self::BuiltIn => built_in(folder, ending)?,
            Self::Folder(root) => on_disk(&root.join(folder), ending)?,
        };
        files.sort();
        Ok(files)
    }

    /// One file.
    ///
    /// # Errors
    /// [`Error::Config`] where there is none.
    pub fn file(&self, path: &str) -> Result<String> {
        match self {
            Self::BuiltIn => {
                let found = BUILT_IN.get_file(path).and_then(|f| f.contents_utf8());
                found.map(str::to_owned).ok_or_else(|| {
                    Error::config(path, "no such file in the built-in configuration")
                })
            }
            Self::Folder(root) => text_on_disk(&root.join(path)),
        }
    }

    /// Every file, by its path inside the folder with slashes, sorted.
    ///
    /// # Errors
    /// Where a file or folder cannot be read.
    pub fn every_file(&self) -> Result<Vec<(String, Vec<u8>)>> {
        let mut files = Vec::new();
        match self {
            Self::BuiltIn => every_built_in(&BUILT_IN, &mut files),
            Self::Folder(root) => every_on_disk(root, "", &mut files)?,
        }
        files.sort();
        Ok(files)
    }
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
