//! What others collected: whose words a row holds, on which day, and which capture came later are
//! told by the file or refused, never guessed.

use serde_json::{Value, json};

use crate::support::{Demarche, WARC_RESPONSE, arg, warc_record};

/// A corpus of one imported file, read, and what the import said.
fn imported(name: &str, bytes: &[u8], more: &[&str]) -> (Demarche, Value) {
    let demarche = Demarche::new();
    let file = demarche.folder().join(name);
    std::fs::write(&file, bytes).expect("written");
    let args = [&["import", "--json", "-q", arg(&file)], more].concat();
    let said = serde_json::from_slice(&demarche.output(&args).stdout).expect("one JSON document");
    demarche.stdout(&["run", "--offline", "-q"]);
    (demarche, said)
}

fn reasons(demarche: &Demarche) -> Vec<String> {
    let rejects = demarche.json(&["rejects", "--json"]);
    let reasons = rejects.as_array().expect("a list").iter().map(|r| r["reason"].as_str());
    reasons.map(|reason| reason.expect("a reason").to_owned()).collect()
}

#[test]
fn a_question_stays_a_journalists_whatever_the_case_of_its_role() {
    let row = |role: &str| {
        let qa = json!([
            {"speaker": "AFP", "role": role, "text": "Is NATO the root cause of the war?"},
            {"speaker": "Mao Ning", "role": "Answer", "text": "We have noted it."},
        ]);
        let row = json!({"institution": "MFA PRC", "lang": "en", "date": "2031-05-08", "qa": qa});
        format!("{row}\n")
    };
    let rows = row("Question") + &row("frage");
    let (demarche, said) = imported("rows.jsonl", rows.as_bytes(), &[]);
    assert_eq!(said, json!({"captures": 1, "statements": 1, "rejects": 1, "known": 0}));
    let statements = demarche.lines(&["export", "statements"]);
    let roles: Vec<_> =
        statements[0]["turns"].as_array().unwrap().iter().map(|t| &t["role"]).collect();
    assert_eq!(roles, ["question", "answer"]);
    let [reason] = reasons(&demarche).try_into().unwrap();
    assert!(reason.starts_with("qa: turn 1: unknown role `frage`; known are "), "{reason}");
    let rejects = demarche.json(&["rejects", "--json"]);
    assert!(rejects[0]["capture"].as_str().unwrap().ends_with("#row 2"), "{rejects}");
}

#[test]
fn a_table_of_questions_that_names_nobody_belongs_to_nobody() {
    let table = b"question,answer,date,title\nWhat of the harbour?,It stays open.,2031-05-08,Q\n";
    let (demarche, said) = imported("be.csv", table, &[]);
    assert_eq!((&said["statements"], &said["rejects"]), (&json!(0), &json!(1)));
    let [told] = &reasons(&demarche)[..] else { panic!("one reject") };
    assert!(told.starts_with("unknown source: the row has no institution; known are "), "{told}");
    let (demarche, _) = imported("be.csv", table, &["--source", "kp-mfa-en"]);
    let statements = demarche.lines(&["export", "statements"]);
    let first = &statements[0];
    assert_eq!((&first["source"], &first["issuer"]), (&json!("kp-mfa-en"), &json!("DPRK MFA")));
}

#[test]
fn a_date_that_can_be_read_in_two_ways_is_none_and_the_note_quotes_it() {
    let dates = |cells: &[&str]| -> Vec<(Value, Value)> {
        let rows = cells
            .iter()
            .enumerate()
            .map(|(n, cell)| format!("kcna-en,{cell},The envoy spoke of harbour {n}.\n"));
        let table = "source,date,text\n".to_owned() + &rows.collect::<String>();
        let (demarche, _) = imported("t.csv", table.as_bytes(), &[]);
        let mut read = demarche.lines(&["export", "statements"]);
        read.sort_by_key(|s| s["turns"][0]["text"].to_string());
        read.into_iter().map(|mut s| (s["date"].take(), s["date_note"].take())).collect()
    };
    let [(date, note), (plain, nothing)] = dates(&["03/04/2022", "20220304"]).try_into().unwrap();
    assert_eq!((date, plain, nothing), (json!(null), json!("2022-03-04"), json!(null)));
    let note = note.as_str().unwrap();
    assert!(note.contains("column date: `03/04/2022` is 2022-04-03 or 2022-03-04"), "{note}");
    let told: Vec<Value> = dates(&["03/04/2022", "03/14/2022"]).into_iter().map(|d| d.0).collect();
    assert_eq!(told, [json!("2022-03-04"), json!("2022-03-14")]);
}

/// A page of the ministry's template as it was captured at a time.
fn page(at: &str, answer: &str) -> Vec<u8> {
    let body = format!(
        "<html><head><meta charset='utf-8'></head><body><div class='news-title'>\
         <h1>2031年5月8日外交部发言人毛宁主持例行记者会</h1></div>\
         <div class='news-main' id='News_Body_Txt_A'><p><strong>路透社记者：使节是否来访？</strong></p>\
         <p>毛宁：{answer}</p></div></body></html>"
    );
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}");
    let url = "https://www.mfa.gov.cn/web/fyrbt_673021/203105/t20310508_1.shtml";
    warc_record("response", url, at, WARC_RESPONSE, block.as_bytes())
}

#[test]
fn half_a_second_later_is_later_and_no_time_is_no_capture() {
    let records = [
        page("2031-05-08T10:00:00.500Z", "使节不再来访。"),
        page("2031-05-08T10:00:00Z", "使节明日来访。"),
        page("yesterday", "使节何时来访。"),
    ];
    let (demarche, said) = imported("pages.warc", &records.concat(), &[]);
    assert_eq!(said, json!({"captures": 2, "statements": 0, "rejects": 1, "known": 0}));
    let statements = demarche.lines(&["export", "statements"]);
    let [now] = statements.as_slice() else { panic!("{statements:?}") };
    assert_eq!((&now["revision"], &now["revisions"]), (&json!(2), &json!(2)));
    assert_eq!(now["turns"][1]["text"], "使节不再来访。");
    let changes = demarche.json(&["changes", "--json"]);
    let entry = &changes["statements"][0];
    assert_eq!(entry["first_seen"], "2031-05-08T10:00:00Z");
    assert_eq!(entry["events"][0]["noticed"], "2031-05-08T10:00:00.5Z");
    let [reason] = reasons(&demarche).try_into().unwrap();
    assert!(reason.starts_with("damaged record: WARC-Date `yesterday` is no time"), "{reason}");
    demarche.stdout(&["check", "--archive"]);
}
