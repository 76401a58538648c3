//! Running the binary in a folder of its own, and finding the real data beside the project.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use corpus::source::Config;
use serde_json::Value;

/// The binary with a corpus of its own.
pub struct Demarche {
    folder: tempfile::TempDir,
}

impl Demarche {
    /// An empty corpus folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The folder that corpus and output lie in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The corpus folder.
    pub fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    /// The command with `--corpus` set and no environment that could change what it prints.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
        command.args(args).arg("--corpus").arg(self.corpus()).current_dir(self.folder());
        command
    }

    /// Runs it.
    pub fn output(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the binary starts")
    }

    /// Runs it, which must end with exit code 0, and returns what it printed.
    pub fn stdout(&self, args: &[&str]) -> String {
        let output = self.output(args);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}: {:?}\n{stderr}", output.status.code());
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Imports files, of which some rows may be refused.
    pub fn import(&self, args: &[&str]) {
        let output = self.output(&[&["import", "-q"], args].concat());
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 3)), "{args:?}: {stderr}");
    }

    /// Runs it, which must print exactly one JSON document.
    pub fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.stdout(args)).expect("one JSON document")
    }

    /// Runs it, which must print one JSON document a line.
    pub fn lines(&self, args: &[&str]) -> Vec<Value> {
        let printed = self.stdout(args);
        printed.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }
}

/// A record of a WARC file, not compressed. `fields` are further header fields, each with its line end.
pub fn warc_record(kind: &str, url: &str, at: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let seed = [kind, url, at].into_iter().flat_map(str::bytes);
    let id = seed.fold(7_u128, |n, b| n.wrapping_mul(257).wrapping_add(u128::from(b)));
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {at}\r\n\
         WARC-Record-ID: <urn:uuid:{id:032x}>\r\n{fields}Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// The header field of a record that holds an answer over HTTP.
pub const WARC_RESPONSE: &str = "Content-Type: application/http; msgtype=response\r\n";

/// The real data beside the project, or `None` with a printed line. In CI it must be there.
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("DEMARCHE_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let data = folder.join("data");
    if data.is_dir() {
        return Some(data);
    }
    assert!(std::env::var_os("CI").is_none(), "{}: no shared data in CI", data.display());
    println!("skipped: no shared data at {}", data.display());
    None
}

/// Writes the built-in configuration to `folder`.
pub fn write_config(folder: &Path) {
    for (path, bytes) in Config::BuiltIn.every_file().expect("the built-in files") {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
    }
}

/// A path as an argument.
pub fn arg(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// Imports a statement of a day into a source: it is archived, and not read yet.
pub fn say(demarche: &Demarche, date: &str) {
    let row = serde_json::json!({
        "url": format!("http://example.invalid/{date}"), "lang": "en", "title": "Remarks",
        "date": date, "institution": "Ruritanian Foreign Ministry",
        "body": format!("NATO fanned the flames of the crisis in Ukraine on {date}."),
    });
    let table = demarche.folder().join(format!("{date}.jsonl"));
    std::fs::write(&table, row.to_string()).unwrap();
    demarche.stdout(&["import", "-q", "--source", "cn-mfa-en", arg(&table)]);
}
