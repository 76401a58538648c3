//! Hostile input: arbitrary bytes and tag soup never panic, the limits hold.

mod invented;

use corpus::source::{Config, Sources};
use corpus::{Digest, Lang};
use invented::{bytes, try_read};
use normalize::{Outlets, collate, read_table};
use proptest::prelude::*;
use std::io::Write;

const PAGE: &str = "https://www.mfa.gov.cn/web/wjdt_674879/t20310509_1.shtml";
const DAY_PAGE: &str = "http://www.kcna.co.jp/item/2005/200501/news01/01.htm#1";

/// Pieces of pages as broken as they come.
fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div id='News_Body_Txt_A'>",
        "<div class=news-title><h1>",
        "</h1>",
        "<b>",
        "<strong>",
        "</b>",
        "<table>",
        "<td>",
        "<svg>",
        "<math>",
        "<template>",
        "</template>",
        "<select>",
        "<a name=1>",
        "<nobr>",
        "<br>",
        "毛宁：",
        "路透社记者：",
        "问：",
        "答：",
        "?",
        "？",
        "Q:",
        "A:",
        "*****",
        "2022年2月30日",
        "Juche999.99.99.",
        "-0-",
        "(끝)",
        "더보기",
        "질문에 대답 통신사",
        "<![CDATA[",
        "]]>",
        "<?xml ",
        "<!--",
        "-->",
        "<script>",
        "\u{0}",
        "\u{202e}",
        "：",
        "（",
        "）",
        "、",
        " -- ",
        "해제",
        "원문",
        "<frameset>",
        "<body>",
        "</body>",
        "<plaintext>",
        "<p title='",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

fn survives(body: Vec<u8>) {
    for (url, day) in
        [(PAGE, "2031-06-01"), (DAY_PAGE, "2006-01-01"), ("http://www.kcna.kp/en/x", "2031-06-01")]
    {
        if let Ok(readings) = try_read(&bytes(body.clone(), url, day)) {
            assert!(readings.iter().all(|r| r.turns.iter().all(|t| !t.text.is_empty())));
            collate(readings);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn arbitrary_bytes_never_panic(body in prop::collection::vec(any::<u8>(), 0..600)) {
        survives(body);
    }

    #[test]
    fn tag_soup_never_panics(body in soup()) {
        survives(body.into_bytes());
    }

    #[test]
    fn arbitrary_tables_never_panic(body in prop::collection::vec(any::<u8>(), 0..400), columns in soup()) {
        let sources = Sources::load(&Config::BuiltIn).unwrap();
        let outlets = Outlets::load(&Config::BuiltIn).unwrap();
        let row = serde_json::json!({"institution": "MFA PRC", "lang": "zh", "body": columns, "qa": columns, "title": columns, "date": columns});
        for (name, bytes) in [("a.csv", body.clone()), ("a.jsonl", body.clone()), ("a.jsonl", row.to_string().into_bytes())] {
            let table = read_table(name, &bytes, &Digest::of(&bytes), &sources, None, &outlets);
            collate(table.readings);
        }
    }

    #[test]
    fn the_order_of_readings_does_not_matter(seed in any::<u64>()) {
        let mut readings = Vec::new();
        for n in 0..12u64 {
            let text = format!("<div class=news-title><h1>2031年5月{}日外交部发言人毛宁主持例行记者会</h1></div><div id=News_Body_Txt_A><p>毛宁：第{}次声明，虚构。</p></div>", 1 + n % 3, n % 4);
            let url = format!("https://www.mfa.gov.cn/web/t{}.shtml", n % 5);
            readings.extend(try_read(&bytes(text.into_bytes(), &url, &format!("2031-06-{:02}", 1 + n))).unwrap());
        }
        let expected = collate(readings.clone());
        let mut state = seed;
        for n in (1..readings.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            readings.swap(n, usize::try_from(state >> 33).unwrap() % (n + 1));
        }
        let shuffled = collate(readings);
        prop_assert_eq!(expected.statements, shuffled.statements);
        prop_assert_eq!(expected.links, shuffled.links);
    }
}

#[test]
fn pages_beyond_the_limits_are_refused_with_the_reason() {
    let reason =
        |body: String| try_read(&bytes(body.into_bytes(), PAGE, "2031-06-01")).unwrap_err().reason;
    assert!(reason("<div>".repeat(5_000)).as_str().contains("deep"));
    let formatting: String = (0..2_000).map(|n| format!("<b id={n}><p>")).collect();
    assert!(reason(formatting).as_str().starts_with("unsafe page"));
    assert!(reason("<br>".repeat(600_000)).as_str().contains("nodes"));
    assert!(reason("x".repeat((16 << 20) + 1)).as_str().contains("limit"));
}

#[test]
fn lines_without_number_are_read_one_by_one() {
    let page = format!("<h1>T</h1><pre>{}</pre>", "line\n".repeat(300_000));
    survives(page.into_bytes());
}

#[test]
fn a_bomb_is_a_reject() {
    use std::io::Write;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        gzip.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = gzip.finish().unwrap();
    let sources = Sources::load(&Config::BuiltIn).unwrap();
    let table =
        read_table("bomb.jsonl.gz", &bomb, &Digest::of(&bomb), &sources, None, &Outlets::default());
    assert_eq!((table.rows, table.rejects.len()), (0, 1));
    assert!(table.rejects[0].reason.as_str().starts_with("unsafe archive"));
}

#[test]
fn rows_say_why_they_are_no_statements() {
    let rows = concat!(
        r#"{"institution":"MFA PRC","lang":"zh","url":"https://x/1","title":"一","body":"鲁里坦尼亚声明，虚构。"}"#,
        "\n",
        r#"{"institution":"Nobody","lang":"zh","url":"https://x/2","body":"x"}"#,
        "\n",
        r#"{"institution":"MFA PRC","lang":"zh","url":"https://x/3","title":"三"}"#,
        "\n",
        "{broken\n",
    );
    let sources = Sources::load(&Config::BuiltIn).unwrap();
    let table = read_table(
        "a.jsonl",
        rows.as_bytes(),
        &Digest::of(b""),
        &sources,
        None,
        &Outlets::default(),
    );
    let reasons: Vec<&str> =
        table.rejects.iter().map(|r| r.reason.as_str().split(':').next().unwrap()).collect();
    assert_eq!((table.rows, table.readings.len()), (4, 1));
    assert_eq!(reasons, ["unknown source", "no text", "damaged row"]);
    assert_eq!(table.readings[0].capture.captured, None);
    assert_eq!(table.readings[0].capture.row, Some(1));
}

#[test]
fn json_lines_of_another_charset_are_refused_with_the_cure_and_the_others_are_read() {
    let row = |n: u8| {
        format!(
            r#"{{"institution":"MFA PRC","lang":"zh","title":"{n}","body":"鲁里坦尼亚声明，虚构。"}}"#
        )
    };
    let row_of_one = row(1);
    let (foreign, ..) = encoding_rs::GB18030.encode(&row_of_one);
    let bytes = [foreign.as_ref(), b"\n", row(2).as_bytes()].concat();
    let sources = Sources::load(&Config::BuiltIn).unwrap();
    let table =
        read_table("a.jsonl", &bytes, &Digest::of(b""), &sources, None, &Outlets::default());
    assert_eq!((table.rows, table.readings.len(), table.rejects.len()), (2, 1, 1));
    let reason = &table.rejects[0].reason;
    assert!(
        reason.as_str().starts_with("damaged row: ") && reason.as_str().contains("UTF-8"),
        "{reason}"
    );
}

#[test]
fn a_csv_that_would_lose_words_is_refused_where_it_would() {
    let header = "institution,lang,date,title,url,body\n";
    let whole = "MFA PRC,en,2031-02-24,A,https://x/1,\"Ruritania, again.\"\n";
    let many = "MFA PRC,en,2031-02-24,B,https://x/2,Ruritania regrets this, and Sylvania too.\n";
    let open = "MFA PRC,en,2031-02-24,C,https://x/3,\"Ruritania never ends\n";
    let inch = "MFA PRC,en,2031-02-24,D,https://x/4,A gun of 5\" calibre.\n";
    let cases = [
        (vec![whole, inch], 2, None),
        (vec![whole, many, inch], 2, Some("7 cells under 6 columns")),
        (vec![whole, open, whole, inch], 2, Some("7 cells under 6 columns")),
        (vec![whole, open], 1, Some("quotation is never closed")),
    ];
    let sources = Sources::load(&Config::BuiltIn).unwrap();
    let read = |bytes: &[u8], name: &str| {
        read_table(name, bytes, &Digest::of(b""), &sources, None, &Outlets::default())
    };
    for (rows, taken, reason) in cases {
        let table = read(format!("{header}{}", rows.concat()).as_bytes(), "a.csv");
        assert_eq!(table.readings.len(), taken, "{rows:?}");
        let told = table.rejects.first().map(|reject| reject.reason.as_str());
        assert!(
            told.is_some_and(|told| reason.is_some_and(|r| told.contains(r))) || reason == told
        );
    }
    // What came of a table that was packed and cut is taken, and the cut is told.
    let rows: String =
        (0..2000).map(|n| whole.replace("again", &format!("{n}, {}", n * n))).collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(format!("{header}{rows}").as_bytes()).unwrap();
    let packed = gzip.finish().unwrap();
    let table = read(&packed[..packed.len() / 2], "a.csv.gz");
    assert!(table.readings.len() > 100 && table.readings.len() < 2000);
    assert_eq!(table.rejects.len(), 1);
    assert!(table.rejects[0].reason.as_str().starts_with("damaged gzip"), "{:?}", table.rejects);
}

#[test]
fn what_is_no_text_in_json_is_refused_and_a_list_of_paragraphs_is_taken() {
    let row = |title: &str, body: &str| {
        format!(r#"{{"institution":"MFA PRC","lang":"en","title":{title},"body":{body}}}"#)
    };
    let rows = [
        row(r#""A""#, r#"["Ruritania regrets.","Sylvania, too."]"#),
        row(r#""B""#, r#"{"a":1}"#),
        row(r#""C""#, "42"),
        row(r#"{"a":1}"#, r#""Ruritania regrets.""#),
    ];
    let sources = Sources::load(&Config::BuiltIn).unwrap();
    let table = read_table(
        "a.jsonl",
        rows.join("\n").as_bytes(),
        &Digest::of(b""),
        &sources,
        None,
        &Outlets::default(),
    );
    assert_eq!(table.readings.len(), 1);
    assert_eq!(table.readings[0].turns[0].text, "Ruritania regrets.\nSylvania, too.");
    let reasons: Vec<&str> = table.rejects.iter().map(|r| r.reason.as_str()).collect();
    let expected =
        ["body: `{\"a\":1}` is no text", "body: `42` is no text", "title: `{\"a\":1}` is no text"];
    assert_eq!(reasons, expected);
}

#[test]
fn the_press_conference_table_gives_questions_and_answers() {
    let csv = "id_orig,id_split,link,spokesperson,day,month,year,question,answer,who_asked\n\
               1,1,https://x/1,Hua Chunying,4,3,2021,\"What of Ruritania, please?\",We are for talks.,Reuters\n";
    let sources = Sources::load(&Config::BuiltIn).unwrap();
    let outlets = Outlets::load(&Config::BuiltIn).unwrap();
    let table = read_table("a.csv", csv.as_bytes(), &Digest::of(b""), &sources, None, &outlets);
    let read = &table.readings[0];
    assert_eq!(
        (read.source.as_str(), read.lang, invented::day(read).as_str()),
        ("cn-mfa-en", Lang::En, "2021-03-04")
    );
    assert_eq!(read.turns[0].asker.as_deref(), Some("Reuters"));
    assert_eq!(read.turns[1].speaker.as_deref(), Some("Hua Chunying"));
}

#[test]
fn turns_that_python_printed_are_read() {
    let csv = "institution,lang,title,body,qa\nMFA PRC,en,T,x,\"[{'speaker': None, 'role': 'question', 'text': \"\"Ruritania's king?\"\"}, {'speaker': 'Hua Chunying', 'role': 'answer', 'text': 'No comment.'}]\"\n";
    let sources = Sources::load(&Config::BuiltIn).unwrap();
    let table =
        read_table("a.csv", csv.as_bytes(), &Digest::of(b""), &sources, None, &Outlets::default());
    assert_eq!(invented::turns(&table.readings[0])[0].2, "Ruritania's king?");
}
