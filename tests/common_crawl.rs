//! WARC files as Common Crawl makes them: what is in them beside responses, and what is cut short.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use crate::support::{Demarche, WARC_RESPONSE, arg, warc_record};

const DATE: &str = "2031-05-20T10:11:12Z";

/// One gzip member with one record.
fn record(kind: &str, url: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(&warc_record(kind, url, DATE, fields, block)).unwrap();
    gzip.finish().unwrap()
}

/// A response as Common Crawl keeps it: codings removed, what they were said beside.
fn response(url: &str, fields: &str, body: &str) -> Vec<u8> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\
         X-Crawler-Content-Encoding: gzip\r\nX-Crawler-Transfer-Encoding: chunked\r\n";
    let block = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
    let fields = format!(
        "WARC-Concurrent-To: <urn:uuid:1>\r\nWARC-Identified-Payload-Type: text/html\r\n\
         WARC-IP-Address: 203.0.113.7\r\n{fields}{WARC_RESPONSE}"
    );
    record("response", url, &fields, block.as_bytes())
}

/// A page of the Chinese ministry's template, with an answer.
fn page(day: u32, answer: &str) -> String {
    format!(
        "<html><head><meta charset='utf-8'></head><body><div class='news-title'>\
         <h1>2031年5月{day}日外交部发言人毛宁主持例行记者会</h1></div>\
         <div class='news-main' id='News_Body_Txt_A'><p><strong>路透社记者：使节是否来访？</strong></p>\
         <p>毛宁：{answer}</p></div></body></html>"
    )
}

fn address(day: u32) -> String {
    format!(
        "https://www.mfa.gov.cn/web/wjdt_674879/fyrbt_674889/203105/t203105{day:02}_{day}.shtml"
    )
}

/// The same response with its codings in place, as other crawlers keep it.
fn encoded(url: &str, body: &str) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(body.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let mut block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\
        Content-Encoding: gzip\r\n\r\n"
        .to_vec();
    for chunk in gzip.chunks(100) {
        write!(block, "{:x}\r\n", chunk.len()).unwrap();
        block.extend([chunk, b"\r\n"].concat());
    }
    block.extend(b"0\r\n\r\n");
    record("response", url, WARC_RESPONSE, &block)
}

fn import(demarche: &Demarche, name: &str, records: &[Vec<u8>]) -> (i32, Value) {
    let path = demarche.folder().join(name);
    std::fs::write(&path, records.concat()).unwrap();
    let output = demarche.output(&["import", "--json", "-q", arg(&path)]);
    let printed = serde_json::from_slice(&output.stdout).expect("one JSON document");
    (output.status.code().unwrap(), printed)
}

#[test]
fn only_responses_are_captures_and_what_was_cut_short_says_so() {
    let demarche = Demarche::new();
    let cut = page(9, "会来访。").replace("</p></div></body></html>", "");
    let get = b"GET / HTTP/1.1\r\nHost: www.mfa.gov.cn\r\n\r\n";
    let records = [
        record("warcinfo", "", "WARC-Filename: CC-MAIN-1.warc.gz\r\n", b"isPartOf: CC-MAIN\r\n"),
        record("request", &address(8), "", get),
        response(&address(8), "", &page(8, "没有消息。")),
        record("metadata", &address(8), "", b"fetchTimeMs: 81\r\ncharset-detected: UTF-8\r\n"),
        record("request", &address(9), "", get),
        response(&address(9), "WARC-Truncated: length\r\n", &cut),
        encoded(&address(10), &page(10, "也没有消息。")),
        record("request", "https://elsewhere.example/", "", get),
        response("https://elsewhere.example/", "", "<p>Somebody else's page.</p>"),
    ];
    let (code, said) = import(&demarche, "CC-MAIN-1.warc.gz", &records);
    let expected = json!({"captures": 4, "statements": 0, "rejects": 0, "known": 0});
    assert_eq!((code, said), (0, expected));
    let (code, again) = import(&demarche, "CC-MAIN-1.warc.gz", &records);
    let known = json!({"captures": 0, "statements": 0, "rejects": 0, "known": 4});
    assert_eq!((code, again), (0, known));

    demarche.stdout(&["run", "--offline", "-q"]);
    let statements = demarche.lines(&["export", "statements"]);
    let read: Vec<_> = statements
        .iter()
        .map(|s| (&s["date"], &s["truncated"], &s["turns"][1]["text"], &s["captured"]))
        .collect();
    let row =
        |day: &str, cut: bool, answer: &str| (json!(day), json!(cut), json!(answer), json!(DATE));
    let expected = [
        row("2031-05-08", false, "没有消息。"),
        row("2031-05-09", true, "会来访。"),
        row("2031-05-10", false, "也没有消息。"),
    ];
    assert_eq!(read, expected.iter().map(|(a, b, c, d)| (a, b, c, d)).collect::<Vec<_>>());
    let rejects = demarche.json(&["rejects", "--json"]);
    assert_eq!(rejects.as_array().unwrap().len(), 1, "{rejects}");
    assert!(rejects[0]["reason"].as_str().unwrap().starts_with("unknown source"), "{rejects}");
    demarche.stdout(&["check", "--archive"]);
}

#[test]
fn texts_without_their_pages_are_no_captures_and_that_is_said() {
    let demarche = Demarche::new();
    let records = [
        record("warcinfo", "", "", b"isPartOf: CC-MAIN\r\n"),
        record(
            "conversion",
            &address(8),
            "Content-Type: text/plain\r\n",
            "毛宁：没有。".as_bytes(),
        ),
    ];
    let (code, said) = import(&demarche, "CC-MAIN-1.warc.wet.warc.gz", &records);
    let nothing = json!({"captures": 0, "statements": 0, "rejects": 1, "known": 0});
    assert_eq!((code, said), (1, nothing));
    demarche.stdout(&["run", "--offline", "-q"]);
    let rejects = demarche.json(&["rejects", "--json"]);
    assert_eq!(rejects[0]["reason"], "no capture: holds only 1 conversion, 1 warcinfo");
}
