//! The units and the cron lines of `contrib/`: systemd loads them, and the commands in them are
//! commands of the binary.

use std::path::{Path, PathBuf};
use std::process::Command;

fn contrib() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("contrib")
}

/// A home folder in which `demarche` is installed.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let bin = home.path().join(".cargo/bin");
    std::fs::create_dir_all(&bin).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_demarche"), bin.join("demarche")).unwrap();
    home
}

/// What systemd has to say about a unit; `None` where it is not installed.
fn complaints(unit: &Path) -> Option<String> {
    let home = home();
    let mut verify = Command::new("systemd-analyze");
    verify.args(["--user", "verify"]).arg(unit).env("HOME", home.path());
    let output = verify.env("XDG_RUNTIME_DIR", home.path()).output().ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Some(if output.status.success() { said } else { format!("{:?}\n{said}", output.status) })
}

#[test]
fn systemd_loads_the_units_without_a_complaint() {
    let units = ["demarche-schedule.service", "demarche.service", "demarche.timer"];
    for unit in units {
        let Some(said) = complaints(&contrib().join(unit)) else {
            assert!(std::env::var_os("CI").is_none(), "install systemd: CI loads the units");
            println!("skipped: systemd-analyze is not installed");
            return;
        };
        assert_eq!(said, "", "{unit}");
    }
    let misspelt = std::fs::read_to_string(contrib().join(units[1])).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("misspelt.service");
    std::fs::write(&path, misspelt.replace("TimeoutStartSec", "TimeoutStartSecs")).unwrap();
    let said = complaints(&path).unwrap();
    assert!(said.contains("TimeoutStartSecs"), "a misspelt key is seen: {said}");
}

#[test]
fn units_and_cron_lines_run_commands_that_there_are() {
    let mut checked = 0;
    for entry in std::fs::read_dir(contrib()).unwrap().flatten() {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let lines = text.lines().filter(|l| !l.starts_with('#'));
        for command in lines.filter_map(|l| l.split_once("/.cargo/bin/demarche ")) {
            let words = command.1.split([' ', '>']).take_while(|w| !w.is_empty());
            // An unknown flag is refused before the help is printed.
            let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
                .args(words)
                .arg("--help")
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{}: {said}", entry.path().display());
            checked += 1;
        }
    }
    assert_eq!(checked, 4, "two services, two cron lines");
}
