//! Lines of tables: never wider than the terminal, and what stands in them of votes.

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

/// Roll calls of invented sessions; one row is undated and of no body.
fn votes(demarche: &Demarche) -> String {
    let mut roll_calls = "undl_id,organ,resolution,date,title\n".to_owned();
    let mut votes = "undl_id,iso3,vote\n".to_owned();
    for n in 1..=12 {
        let (session, date) = if n < 3 { (75, "2021-03-01") } else { (76, "2021-11-01") };
        roll_calls.push_str(&format!("{n},GA,A/RES/{session}/{n},{date},On a bridge\n"));
        votes.push_str(&format!("{n},CHN,{}\n{n},PRK,N\n", if n % 2 == 0 { "A" } else { "N" }));
    }
    roll_calls.push_str("13,SC,S/RES/1 (2021),2021-05-01,On a harbour\n14,?,A/RES/76/14,,\n");
    votes.push_str("13,CHN,Y\n");
    let folder = demarche.folder().join("un");
    std::fs::create_dir(&folder).expect("made");
    std::fs::write(folder.join("rollcalls.csv"), roll_calls).expect("written");
    std::fs::write(folder.join("votes.csv"), votes).expect("written");
    arg(&folder).to_owned()
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

#[test]
fn votes_that_no_two_states_cast_are_said_and_a_bad_row_is_a_count() {
    let demarche = Demarche::new();
    let data = votes(&demarche);
    let asked = |more: &[&str]| {
        let args = [&["votes", "similarity", "CHN", "PRK", "--data", &data], more].concat();
        let output = demarche.output(&args);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, printed, said) = asked(&["--organ", "sc"]);
    assert_eq!((code, printed.as_str()), (Some(1), ""));
    assert!(
        said.contains("CHN and PRK both voted in no roll call of the Security Council"),
        "{said}"
    );
    assert!(said.contains("1 row could not be read") && !said.contains("unknown body"), "{said}");
    assert!(asked(&["-v"]).2.contains("unknown body `?`"));
    assert_eq!(asked(&["-q"]).2, "");

    let (code, printed, _) = asked(&["--by", "session", "--format", "csv"]);
    let expected = "year,a,b,n_both_voted,agree_exact,S_abs,S_sq,kappa_lin,pi_lin,session,agree_lo,agree_hi\n\
                    2021,CHN,PRK,2,0.5000,0.5000,0.7500,0.0000,-0.3333,75,,\n\
                    2021,CHN,PRK,10,0.5000,0.5000,0.7500,0.0000,-0.3333,76,0.2366,0.7634\n";
    assert_eq!((code, printed.as_str()), (Some(0), expected));
}
