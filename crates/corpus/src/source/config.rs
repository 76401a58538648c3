//! The configuration: sources, codebooks, studies, as they were compiled in, with a user's folder
//! over them.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::{Error, Result};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../config");

/// Where configuration is read from. Never the current directory.
#[derive(Debug, Clone)]
pub enum Config {
    /// The configuration that the program was built with.
    BuiltIn,
    /// A folder of the same shape, and nothing else.
    Folder(PathBuf),
    /// A folder, and what it does not have from the built-in configuration, file by file: its
    /// `sources/rodong-en.toml` takes the place of that one source, and another name joins the
    /// others. A `codebook/NAME/` that holds a file is a codebook of its own and takes nothing from
    /// the built-in one of that name, for its digest is what a report cites.
    Over(PathBuf),
}

/// `config.toml` as a user writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ConfigFile {
    built_in: bool,
}

impl Config {
    /// What the user's folder `root` stands for: it lies over the built-in configuration, unless
    /// its `config.toml` says `built-in = false`.
    ///
    /// # Errors
    /// Where `config.toml` is there and does not say that, or the opposite.
    pub fn of_folder(root: PathBuf) -> Result<Self> {
        let path = root.join("config.toml");
        if !path.exists() {
            return Ok(Self::Over(root));
        }
        let file: std::result::Result<ConfigFile, _> = toml::from_str(&text_on_disk(&path)?);
        let file = file.map_err(|e| Error::config(&path, e))?;
        Ok(if file.built_in { Self::Over(root) } else { Self::Folder(root) })
    }

    /// The files of `folder` with that ending, sorted by name, with their text.
    ///
    /// # Errors
    /// Where a file cannot be read or is no UTF-8. A missing folder has no files.
    pub fn files(&self, folder: &str, ending: &str) -> Result<Vec<(PathBuf, String)>> {
        let mut files: BTreeMap<OsString, (PathBuf, String)> = BTreeMap::new();
        let mut add = |found: Vec<(PathBuf, String)>| {
            files.extend(found.into_iter().map(|file| (name_of(&file.0), file)));
        };
        match self {
            Self::BuiltIn => add(built_in(folder, ending)?),
            Self::Folder(root) => add(on_disk(&root.join(folder), ending)?),
            Self::Over(root) => {
                if is_open(root, folder) {
                    add(built_in(folder, ending)?);
                }
                add(on_disk(&root.join(folder), ending)?);
            }
        }
        Ok(files.into_values().collect())
    }

    /// One file.
    ///
    /// # Errors
    /// [`Error::Config`] where there is none.
    pub fn file(&self, path: &str) -> Result<String> {
        let on_disk = match self {
            Self::BuiltIn => None,
            Self::Folder(root) | Self::Over(root) => Some(root.join(path)),
        };
        match (self, on_disk) {
            (_, Some(file)) if file.exists() => text_on_disk(&file),
            (Self::Folder(_), Some(file)) => Err(Error::config(
                file,
                "no such file; `demarche config export` writes the one that is built in",
            )),
            _ => {
                let found = BUILT_IN.get_file(path).and_then(|f| f.contents_utf8());
                found.map(str::to_owned).ok_or_else(|| {
                    Error::config(path, "no such file in the built-in configuration")
                })
            }
        }
    }

    /// Where the file at `path` is read from, or would be, for people.
    pub fn place(&self, path: &str) -> PathBuf {
        match self {
            Self::Over(root) if !root.join(path).exists() && BUILT_IN.contains(path) => {
                Path::new("the built-in config").join(path)
            }
            Self::BuiltIn => Path::new("the built-in config").join(path),
            Self::Folder(root) | Self::Over(root) => root.join(path),
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
        let mut files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
        if let Self::Folder(root) | Self::Over(root) = self {
            let mut own = Vec::new();
            every_on_disk(root, "", &mut own)?;
            files.extend(own);
        }
        Ok(files.into_iter().collect())
    }
}

/// Whether what `root` does not have at `path` is taken from the built-in configuration.
fn is_open(root: &Path, path: &str) -> bool {
    let mut parts = path.split('/');
    match (parts.next(), parts.next()) {
        (Some("codebook"), Some(name)) => {
            let own = std::fs::read_dir(root.join("codebook").join(name));
            let is_toml = |path: PathBuf| path.extension().is_some_and(|ending| ending == "toml");
            !own.is_ok_and(|files| files.flatten().any(|file| is_toml(file.path())))
        }
        _ => true,
    }
}

fn name_of(path: &Path) -> OsString {
    path.file_name().unwrap_or_default().to_owned()
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
    fn a_folder_lies_over_the_built_in_configuration_file_by_file() {
        let own = ["sources/rodong-en.toml", "sources/mine.toml", "votes/mine.csv"];
        let folder = folder(&own);
        let over = Config::of_folder(folder.path().to_path_buf()).unwrap();
        let mut expected: BTreeMap<String, bool> = paths(&Config::BuiltIn);
        expected.extend(own.map(|path| (path.to_owned(), true)));
        assert_eq!(paths(&over), expected);
        let listed = over.files("sources", "toml").unwrap();
        let names = listed.iter().map(|(path, _)| name_of(path).into_string().unwrap());
        let of_sources = expected.keys().filter_map(|path| path.strip_prefix("sources/"));
        assert!(names.eq(of_sources.map(str::to_owned)));
        assert_eq!(listed.iter().filter(|(_, text)| text == "own").count(), 2);
        assert_eq!(
            over.file("outlets.toml").unwrap(),
            Config::BuiltIn.file("outlets.toml").unwrap()
        );
    }

    #[test]
    fn a_codebook_is_taken_as_a_whole_and_another_name_beside_it() {
        let folder = folder(&["codebook/default/frames.toml", "codebook/mine/frames.toml"]);
        let over = Config::of_folder(folder.path().to_path_buf()).unwrap();
        for book in ["default", "mine"] {
            assert_eq!(over.files(&format!("codebook/{book}"), "toml").unwrap().len(), 1);
        }
        let all = paths(&over);
        assert_eq!(all.keys().filter(|path| path.starts_with("codebook/")).count(), 2);
        assert!(all.contains_key("outlets.toml"));
    }

    #[test]
    fn a_folder_that_says_so_takes_nothing() {
        let folder = folder(&["sources/mine.toml"]);
        let head = folder.path().join("config.toml");
        let of_folder = || Config::of_folder(folder.path().to_path_buf());
        std::fs::write(&head, "built-in = false").unwrap();
        let whole = of_folder().unwrap();
        assert_eq!(paths(&whole).len(), 2);
        let missing = whole.file("outlets.toml").unwrap_err().to_string();
        assert!(missing.contains("outlets.toml: no such file; `demarche config export`"));
        std::fs::write(&head, "built-in = true").unwrap();
        assert!(of_folder().unwrap().file("outlets.toml").is_ok());
        std::fs::write(&head, "builtin = true").unwrap();
        let wrong = of_folder().unwrap_err().to_string();
        assert!(wrong.contains("config.toml") && wrong.contains("builtin"), "{wrong}");
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
