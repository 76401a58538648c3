//! Lines of tables: never wider than the terminal.

use std::process::Output;

use serde_json::json;

use crate::support::{Demarche, arg};

/// Two ministries that speak twice each.
fn corpus() -> Demarche {
    let demarche = Demarche::new();
    for (source, body) in [
        ("cn-mfa-en", "NATO fanned the flames of the crisis in Ukraine. We call for dialogue."),
        ("kp-mfa-en", "The US is the culprit of the conflict in Ukraine."),
    ] {
        let row = |day: u32| {
            let url = format!("http://{source}.example.invalid/{day}");
            let (date, title) = (format!("2022-03-{day:02}"), "Remarks on Ukraine");
            let body = format!("{body} This is our remark {day}.");
            json!({"url": url, "institution": "MFA", "lang": "en", "date": date, "title": title, "body": body})
        };
        let file = demarche.folder().join(format!("{source}.jsonl"));
        std::fs::write(&file, format!("{}\n{}\n", row(1), row(2))).expect("written");
        demarche.stdout(&["import", "-q", "--source", source, arg(&file)]);
    }
    demarche.stdout(&["run", "--offline", "-q"]);
    demarche
}

fn with_columns(demarche: &Demarche, columns: Option<&str>, args: &[&str]) -> Output {
    let mut command = demarche.command(args);
    command.env_remove("COLUMNS").envs(columns.map(|columns| ("COLUMNS", columns)));
    command.output().expect("the binary starts")
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let demarche = corpus();
    let days = ["report", "--from", "2022-02", "--to", "2022-07", "--topic", "ukraine-war"];
    let years = ["report", "--from", "1990", "--to", "2024"];
    for args in
        [&["coverage"][..], &days, &years, &["votes", "study"], &["schedule", "--list", "3"]]
    {
        for (columns, most) in [(Some("80"), 80), (Some("60"), 60), (None, 120)] {
            let output = with_columns(&demarche, columns, args);
            let printed = String::from_utf8(output.stdout).expect("UTF-8");
            let wide = printed.lines().find(|line| line.chars().count() > most);
            assert_eq!(wide, None, "{args:?} at {most}");
            assert!(printed.lines().count() > 3, "{args:?}: {printed}");
        }
    }
}

#[test]
fn a_file_is_the_same_whatever_the_terminal() {
    let demarche = corpus();
    let file = demarche.folder().join("report.txt");
    let args =
        ["report", "--from", "2022-02", "--to", "2022-07", "-o", arg(&file), "--format", "text"];
    let written = |columns| {
        assert!(with_columns(&demarche, Some(columns), &args).status.success());
        std::fs::read_to_string(&file).expect("the report")
    };
    assert_eq!(written("60"), written("200"));
}
