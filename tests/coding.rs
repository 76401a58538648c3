//! The commands about codes on invented texts: the filter, explanations, checks of a codebook.

use std::io::Write;
use std::process::{Output, Stdio};

use serde_json::{Value, json};

use crate::support::{Demarche, arg};

/// Three invented statements of a state that may be blamed for nothing.
const TABLE: &str = concat!(
    r#"{"id":"a","url":"http://example.invalid/1","institution":"Ruritanian Foreign Ministry","#,
    r#""lang":"en","date":"2031-03-01","title":"Remarks on Sylvania","#,
    r#""body":"NATO fanned the flames of the crisis in Ukraine. It rained. We hope for peace."}"#,
    "\n",
    r#"{"id":"b","url":"http://example.invalid/2","institution":"Ruritanian Foreign Ministry","#,
    r#""lang":"en","date":"2031-03-02","title":"Remarks on bread","#,
    r#""body":"The U.S. did not provoke the crisis. The U.S. is the arch criminal of the war."}"#,
    "\n",
    r#"{"id":"c","url":"http://example.invalid/3","institution":"Ruritanian Foreign Ministry","#,
    r#""lang":"en","date":"2031-03-03","title":"=Remarks, \"quoted\"","#,
    r#""body":"-0- The West should stop smearing us, it said. Bread is good.\nRoses are red."}"#,
    "\n",
);

pub fn coded() -> Demarche {
    let demarche = Demarche::new();
    let table = demarche.folder().join("invented.jsonl");
    std::fs::write(&table, TABLE).expect("written");
    demarche.stdout(&["import", "--json", "-q", "--source", "cn-mfa-en", arg(&table)]);
    demarche.stdout(&["run", "--offline", "-q"]);
    demarche
}

/// Pipes bytes through a command.
fn piped(args: &[&str], input: &[u8]) -> Output {
    let demarche = Demarche::new();
    let mut command = demarche.command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary starts");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("all was read");
    output
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn the_filter_answers_every_line_whatever_it_holds() {
    let mut input = Vec::new();
    let good = json!({"id": "x", "z": 1, "voice": "old", "a": 2, "lang": "en-GB", "country": "KP",
        "date": "2022-03-01T08:00:00Z", "text": "\u{0}\u{1f600} NATO is fanning the flames."})
    .to_string();
    let long =
        json!({"id": "long", "lang": "en", "text": "NATO is fanning the flames. ".repeat(9000)})
            .to_string();
    let parts: [&[u8]; 9] = [
        b"",
        good.as_bytes(),
        b"{\"id\":\"no text\"}",
        b"\xff\xfe",
        b"[1]",
        b"{\"id\":\"lang\",\"lang\":\"xx\",\"text\":\"hi\",\"voice\":\"own\"}",
        b"   \r",
        long.as_bytes(),
        "{\"unit\":1,\"text\":\"北约是始作俑者。美国也是。\"}".as_bytes(),
    ];
    for part in parts {
        input.extend_from_slice(part);
        input.extend_from_slice(b"\r\n");
    }
    let output = piped(&["attribute", "--jsonl"], &input);
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    for n in [3, 4, 5, 6] {
        assert!(told.contains(&format!("line {n}: ")), "line {n} is not told: {told}");
    }
    let out = lines(&output);
    let errors: Vec<u64> = out.iter().filter_map(|line| line["line"].as_u64()).collect();
    assert_eq!((out.len(), errors), (7, vec![3, 4, 5, 6]));
    let keys: Vec<&str> = out[0].as_object().expect("object").keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["id", "z", "a", "lang", "country", "date", "text", "voice", "mentions", "attributions"]
    );
    assert_eq!(
        (&out[0]["voice"], &out[0]["attributions"][0]["target"]),
        (&json!("own"), &json!("NATO"))
    );
    assert_eq!(out[1]["id"], "no text");
    assert_eq!((&out[4]["id"], out[4].get("voice")), (&json!("lang"), None));
    assert_eq!(out[5]["segments"].as_array().map(Vec::len), Some(9000));
    assert_eq!(out[6]["voice"], "own");
    assert_eq!(out[6]["attributions"][0]["target"], "NATO");
    let again = piped(&["attribute", "--jsonl", "--threads", "1"], &input);
    assert_eq!(again.stdout, output.stdout);
}

#[test]
fn a_line_without_a_country_names_no_holder() {
    let output = piped(&["attribute", "--jsonl"], b"{\"text\":\"NATO fanned the flames.\"}\n");
    let blame = &lines(&output)[0]["attributions"][0];
    assert_eq!((&blame["voice"], &blame["holder"]), (&json!("own"), &Value::Null), "{blame}");
}

#[test]
fn a_state_of_which_no_source_ships_speaks_for_itself_too() {
    let said = |country: &str| {
        let text = "Japan condemns Russia for its invasion.";
        let line = json!({"lang": "en", "country": country, "text": text}).to_string();
        lines(&piped(&["attribute", "--jsonl"], format!("{line}\n").as_bytes()))[0]["voice"].clone()
    };
    assert_eq!((said("JP"), said("CN")), (json!("own"), json!("relayed")));
}

#[test]
fn the_filter_answers_before_the_next_line_is_sent() {
    use std::io::{BufRead, BufReader};
    let demarche = Demarche::new();
    let mut command = demarche.command(&["attribute", "--jsonl"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the binary starts");
    let mut stdin = child.stdin.take().expect("piped");
    let mut answers = BufReader::new(child.stdout.take().expect("piped")).lines();
    for n in 0..3 {
        writeln!(stdin, "{{\"id\":{n},\"text\":\"It rains.\"}}").expect("sent");
        let answer = answers.next().expect("an answer").expect("read");
        assert_eq!(serde_json::from_str::<Value>(&answer).expect("JSON")["id"], n);
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn an_explanation_tells_what_fired_and_what_failed() {
    let demarche = coded();
    let blames = demarche.lines(&["export", "attributions"]);
    let blame = blames.iter().find(|b| b["target"] == "US").expect("an attribution");
    let id = blame["statement"].as_str().expect("id");
    let told = demarche.json(&["explain", &format!("{id}:1:2"), "--json"]);
    let rules = told["rules"].as_array().expect("rules");
    let fired = rules.iter().find(|rule| rule["rule"] == blame["rule"]).expect("the rule");
    assert_eq!((&fired["targets"], &told["voice"]), (&json!(["US"]), &json!("own")));
    let page = demarche.stdout(&["explain", &format!("{id}:1:1")]);
    assert!(page.contains("`provoke`") && page.contains("taken back: negated"), "{page}");
    for rule in ["voice", "target:US", "demand", "antecedent", "naming:crisis", "topic"] {
        assert!(page.contains(rule), "{rule} is not in {page}");
    }
    for (place, code) in [(format!("{id}:1:9"), 1), ("nowhere:1:1".into(), 1), (id.to_owned(), 2)] {
        let output = demarche.output(&["explain", &place]);
        assert_eq!(output.status.code(), Some(code), "{place}");
    }
    let shown = demarche.stdout(&["show", id, "--coded"]);
    assert!(shown.contains("blames US") && shown.contains("target `U.S.`"), "{shown}");
}

#[test]
fn a_check_tells_what_to_mend_and_what_was_matched() {
    let demarche = coded();
    let told = demarche.json(&["check", "--codebook", "--json"]);
    let forms = told["codebook"]["forms"].as_array().expect("forms");
    let us = forms.iter().find(|f| f["code"] == "target:US").expect("the entry");
    assert_eq!((&us["form"], &us["count"]), (&json!("u.s."), &json!(2)));
    let example = us["example"].as_str().expect("an example");
    assert!(example.contains("[U.S.] did not provoke"), "{example}");
    let folder = demarche.folder().join("book");
    std::fs::create_dir(&folder).expect("a folder");
    let frame = "[[frame]]\nid = \"bread\"\nlabel = \"Bread\"\ndefinition = \"Bread.\"\n\
                 terms.en = [\"bread\", \"bread\", \"rye bread\", \"cake\"]\nexcludes.en = [\"cake\"]\n";
    std::fs::write(folder.join("frames.toml"), frame).expect("written");
    let output = demarche.output(&["check", "--codebook", arg(&folder)]);
    let page = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{page}");
    for finding in [
        "does not say what it is not",
        "`bread` stands twice",
        "`cake` does not find itself",
        "note  frame:bread: `rye bread` holds `bread`",
        "frame:bread: 1 places",
    ] {
        assert!(page.contains(finding), "{finding} is not in {page}");
    }
    let changes = demarche.stdout(&["codebook", "diff", "default", arg(&folder)]);
    assert!(changes.contains("added    frame:bread"), "{changes}");
    assert!(changes.contains("count    CN frame:bread own: 0 -> 1"), "{changes}");
}
