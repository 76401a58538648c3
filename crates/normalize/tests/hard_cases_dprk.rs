//! The hard cases of the DPRK's pages, one test each, on invented pages: variations of what the
//! shared texts show. The numbers are those of the list of cases that the layouts were built from.
#![allow(clippy::unwrap_used, reason = "a test may stop where its fixture is damaged")]

mod invented;

use corpus::Role::{Answer, Narration, Note, Question};
use corpus::{Genre, Lang, LinkKind, Role};
use invented::{bytes, day, try_read, turns};
use normalize::{Reading, collate};

const KCNA: &str = "http://www.kcna.kp/en/article/q/a514ed40309b181ae5964d720a691ec6.kcmsf";
const KCNA_KO: &str = "http://kcna.kp/kp/article/q/f3ae0f6d51bc044926fa56ea15051d14.kcmsf";
const MFA_KO: &str = "http://www.mfa.gov.kp/view/article/14457";

/// A page of kcna.kp's second generation.
fn kcna(url: &str, title: &str, stamp: &str, text: &[&str]) -> Reading {
    let text: String = text.iter().map(|p| format!("<p>{p}</p>")).collect();
    page(
        &format!(
            "<html><head><meta charset='utf-8'></head><body><div class='article-main-title'>{title}</div><div class='article-content-body'>\
             <div class='content-wrapper'>{text}<span class='publish-time'>{stamp}</span></div></div></body></html>"
        ),
        url,
        "2024-11-20",
    )
}

fn page(html: &str, url: &str, captured: &str) -> Reading {
    let mut readings = try_read(&bytes(html.as_bytes().to_vec(), url, captured)).unwrap();
    assert_eq!(readings.len(), 1);
    readings.remove(0)
}

fn roles(reading: &Reading) -> Vec<(Role, Option<&str>)> {
    reading.turns.iter().map(|t| (t.role, t.speaker.as_deref())).collect()
}

/// DPRK 4.
#[test]
fn versions_of_one_statement_are_linked_and_not_merged() {
    let agency = kcna(
        KCNA,
        "Press Statement of DPRK Foreign Ministry Spokesman",
        "www.kcna.kp (2024.07.13.)",
        &[
            "Pyongyang, July 13 (KCNA) -- A spokesman for the Foreign Ministry of the Democratic People's Republic of Korea issued the following press statement on Friday:",
            "The U.S. and NATO, together with Japan, Germany, France and Australia, moved 20,000 troops to the border of Ruritania. Its followers in Europe applauded.",
            "The DPRK will never overlook it. (invented sample) -0-",
        ],
    );
    let ministry = page(
        "<html><body><h1>Press Statement of DPRK Foreign Ministry Spokesman</h1><div class='article-date'>Juche 113 (2024).7.13</div><div class='article-content'>\
         <p>A spokesman for the Ministry of Foreign Affairs of the Democratic People’s Republic of Korea issued the following press statement on July 12:</p>\
         <p>The U.S. and NATO with Japan, Germany, France and Australia massed 20,000 soldiers at the frontier of Ruritania, and vassal forces in Europe cheered.</p>\
         <p>The DPRK will never tolerate it. (invented sample)</p></div></body></html>",
        "http://www.mfa.gov.kp/en/view/article/1",
        "2024-08-01",
    );
    assert_eq!((agency.issuer.as_str(), agency.carrier.as_deref()), ("DPRK MFA", Some("KCNA")));
    assert_eq!((ministry.issuer.as_str(), ministry.carrier.as_deref()), ("DPRK MFA", None));
    let collated = collate(vec![agency, ministry]);
    assert_eq!(collated.statements.len(), 2);
    assert_eq!(collated.links.len(), 1, "{:?}", collated.links);
    assert_eq!(collated.links[0].kind, LinkKind::NearCopy);
}

/// DPRK 5.
#[test]
fn stamps_of_both_calendars_in_every_spelling_give_the_day() {
    for (stamp, expected) in [
        ("www.kcna.kp (Juche113.3.9.)", "2024-03-09"),
        ("www.kcna.kp (2024.03.09.)", "2024-03-09"),
        ("www.kcna.kp (주체113.3.9.)", "2024-03-09"),
        ("[Juche113.3.9.]", "2024-03-09"),
        ("주체113(2024)년 3월 9일", "2024-03-09"),
        ("Juche 113 (2024) . 3 . 9", "2024-03-09"),
        ("March 9. 2024 Juche 113", "2024-03-09"),
        ("Mar. 9, Juche 113 (2024)", "2024-03-09"),
    ] {
        let read = kcna(
            KCNA,
            "Ruritania Plants Trees",
            stamp,
            &["Trees were planted on October 17, Juche 15 (1926). (invented sample)"],
        );
        assert_eq!(day(&read), expected, "{stamp}");
    }
    let bare = kcna(
        KCNA,
        "Ruritania Plants Trees",
        "",
        &["Trees were planted on October 17, Juche 15 (1926). (invented sample)"],
    );
    assert_eq!(
        (bare.date, bare.date_note.as_deref()),
        (None, Some("no date in title, text, stamp or address"))
    );
}

/// DPRK 6.
#[test]
fn the_datelines_day_counts_wherever_its_city_is_and_the_stamp_stays() {
    let read = kcna(
        KCNA_KO,
        "실바니아 루리타니아를 비난",
        "www.kcna.kp (2024.11.05.)",
        &[
            "(모스크바 11월 4일발 조선중앙통신)",
            "실바니아안전리사회 부의장이 2일 루리타니아의 정책을 비난하였다. (지어낸 견본)(끝)",
        ],
    );
    assert_eq!(
        (day(&read).as_str(), read.published.as_deref()),
        ("2024-11-04", Some("2024-11-05"))
    );
    assert_eq!(read.date_note.as_deref(), Some("differs from stamp 2024-11-05"));
    assert_eq!(read.lang, Lang::Ko);
    let late = kcna(
        KCNA,
        "Ruritania Greets",
        "www.kcna.kp (2025.01.01.)",
        &["Strelsau, December 31 (KCNA) -- Greetings were sent. (invented sample)"],
    );
    assert_eq!(day(&late), "2024-12-31");
}

/// DPRK 7: the words stay as they are printed.
#[test]
fn the_northern_spelling_is_kept() {
    let words = "로씨야와 우크라이나, 대로씨야제재압박책동, 《위협》, 할수 있다. 녀성들의 립장. (지어낸 견본)";
    let read = kcna(KCNA_KO, "론평", "www.kcna.kp (2024.11.05.)", &[words]);
    assert_eq!(turns(&read), [(Narration, None, words)]);
    assert_eq!(read.genre, Genre::Commentary);
}

/// DPRK 10, Korean.
#[test]
fn korean_put_questions_are_split_in_one_paragraph_or_several() {
    let speaker = "조선민주주의인민공화국 외무성 대변인";
    let question = format!(
        "{speaker}은 최근 루리타니아가 훈련을 벌려놓은것과 관련하여 28일 조선중앙통신사 기자가 제기한 질문에 다음과 같이 대답하였다."
    );
    let answer = "루리타니아의 훈련은 위험하다. 우리는 이를 배격한다. (지어낸 견본)";
    for (text, dateline) in [
        (format!("<p>{question}</p><p>{answer}</p>"), ""),
        (format!("<p>{question} {answer}</p>"), ""),
        (
            format!("<p>(평양 2월 28일발 조선중앙통신) {question} {answer}(끝)</p>"),
            "(평양 2월 28일발 조선중앙통신) ",
        ),
        (
            format!(
                "<p>주체111(2022)년 2월 28일 조선외무성</p><p>공식립장</p><p>{question}</p><p>{answer}(끝)</p><p>출처 : 조선외무성</p>"
            ),
            "",
        ),
    ] {
        let html = format!(
            "<html><body><h1>조선민주주의인민공화국 외무성 대변인대답</h1><div class='date'>주체111(2022)년 2월 28일</div><article>{text}</article></body></html>"
        );
        let read = page(&html, MFA_KO, "2022-03-10");
        let asked = format!("{dateline}{question}");
        assert_eq!(
            turns(&read),
            [(Question, None, asked.as_str()), (Answer, Some(speaker), answer)],
            "{text}"
        );
        assert_eq!((read.turns[0].asker.as_deref(), read.genre), (Some("KCNA"), Genre::Answer));
        assert_eq!(day(&read), "2022-02-28");
    }
    let other = kcna(
        KCNA_KO,
        "외무성 국장 대답",
        "www.kcna.kp (2024.11.05.)",
        &[
            "실바니아 외무성 국장은 4일 조선중앙통신사 기자가 제기한 질문에 다음과 같이 말하였다.",
            "훈련은 위험하다. (지어낸 견본)",
        ],
    );
    assert_eq!(roles(&other), [(Question, None), (Answer, Some("실바니아 외무성 국장"))]);
}

/// DPRK 10, English.
#[test]
fn english_put_questions_are_split_in_every_wording() {
    let who = "A spokesman for the DPRK Foreign Ministry";
    for sentence in [
        "A spokesman for the DPRK Foreign Ministry gave the following answer to the question put by KCNA on February 28, as the U.S. held a drill:",
        "A spokesman for the DPRK Foreign Ministry gave the following answer to a question put by KCNA Saturday denouncing the U.S. drill:",
        "A spokesman for the DPRK Foreign Ministry Saturday gave the following answer to questions raised by KCNA as regards the U.S. drill.",
        "A spokesman for the DPRK Foreign Ministry answered a question raised by the Korean Central News Agency on February 28 as regards the U.S. drill.",
        "A spokesman for the DPRK Foreign Ministry on Wednesday gave the following answer as regards questions raised by KCNA concerning the U.S. drill:",
        "A spokesman for the DPRK Foreign Ministry replied to a question asked by KCNA as regards the U.S. drill.",
    ] {
        let answer = "The U.S. drill was dangerous. It must stop. (invented sample)";
        for paragraphs in
            [vec![sentence.to_owned(), answer.to_owned()], vec![format!("{sentence} {answer}")]]
        {
            let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
            let read =
                kcna(KCNA, "Spokesman on U.S. Drill", "www.kcna.kp (2024.02.28.)", &paragraphs);
            assert_eq!(turns(&read), [(Question, None, sentence), (Answer, Some(who), answer)]);
            assert_eq!(
                (read.genre, read.issuer.as_str(), read.carrier.as_deref()),
                (Genre::Answer, "DPRK MFA", Some("KCNA"))
            );
        }
    }
    for text in [
        "A British organization supported the answer given by a spokesman for the DPRK Foreign Ministry to the question put by KCNA.",
        "General Secretary Rudolf gave answers to questions put by ITAR-TASS of Russia, KCNA says.",
        "In his answer the minister raised questions about the drill, KCNA reported.",
    ] {
        let read = kcna(KCNA, "Answer Widely Supported", "www.kcna.kp (2024.02.28.)", &[text]);
        assert_eq!(
            (roles(&read), read.issuer.as_str()),
            (vec![(Narration, None)], "KCNA"),
            "{text}"
        );
    }
}

/// DPRK 10: whose statement it is.
#[test]
fn a_carried_statement_has_its_issuer_and_news_of_it_has_not() {
    let of = |title: &str, text: &str| {
        let read = kcna(
            KCNA,
            title,
            "www.kcna.kp (2024.02.28.)",
            &[text, "More words follow here. (invented sample)"],
        );
        (read.issuer, read.genre)
    };
    let mfa = "DPRK MFA".to_owned();
    assert_eq!(
        of(
            "U.S. Drill Slammed",
            "A spokesman for the Foreign Ministry of the DPRK Monday issued the following statement:"
        ),
        (mfa.clone(), Genre::Statement)
    );
    assert_eq!(
        of("Statement of DPRK Foreign Ministry Spokesman", "The U.S. held a drill."),
        (mfa, Genre::Statement)
    );
    let own = "KCNA".to_owned();
    assert_eq!(
        of(
            "Statement of DPRK Foreign Ministry Spokesman Supported",
            "Organizations of Sylvania supported it."
        ),
        (own.clone(), Genre::Report)
    );
    assert_eq!(of("U.S. Report Rejected", "A group of Sylvania issued a statement on May 7 in support of the statement released by a spokesman for the DPRK Foreign Ministry.").0, own);
    assert_eq!(of("Trees Planted", "Trees were planted.").0, own);
}

/// DPRK 12.
#[test]
fn digests_and_pages_of_two_texts_are_split() {
    let review = kcna(
        KCNA,
        "Press Review",
        "www.kcna.kp (2024.10.23.)",
        &[
            "Strelsau, October 23 (KCNA) -- Following are major news items in leading newspapers on Wednesday:",
            "- King Rudolf inspected a dam.",
            "- A delegation of Sylvania left. -0-",
        ],
    );
    assert_eq!((review.genre, review.turns.len()), (Genre::Digest, 3));
    let two = page(
        "<html><body><h1>조선민주주의인민공화국 외무성 대변인담화</h1><div class='date'>주체111(2022)년 12월 23일</div><article>\
         <p>루리타니아는 훈련을 벌려놓았다. (지어낸 견본)</p><p>주체111(2022)년 12월 23일</p><p>평 양(끝)</p>\
         <p>조선민주주의인민공화국 외무성 대변인대답</p><p>조선민주주의인민공화국 외무성 대변인은 실바니아와 관련하여 23일 조선중앙통신사 기자가 제기한 질문에 다음과 같이 대답하였다.</p><p>실바니아는 거짓말을 하였다.(끝)</p></article></body></html>",
        MFA_KO,
        "2023-01-10",
    );
    let speaker = Some("조선민주주의인민공화국 외무성 대변인");
    assert_eq!(
        roles(&two),
        [(Narration, None), (Note, None), (Question, None), (Answer, speaker)],
        "{:?}",
        turns(&two)
    );
}

/// DPRK 13.
#[test]
fn end_marks_and_what_mirrors_add_are_no_words() {
    let words = "루리타니아는 훈련을 그만두어야 한다. (지어낸 견본)";
    for end in [
        "-0-",
        "(끝)",
        "평 양(끝)",
        " (끝)",
        "</p><p>평 양(끝)",
        "</p><p>출처 : 조선외무성",
        "(끝)</p><p>출처 : 조선외무성</p><p>로그인하십시오",
    ] {
        let html = format!(
            "<html><body><h1>담화</h1><div class='date'>2022.12.23.</div><article><p>{words}{end}</p></article></body></html>"
        );
        assert_eq!(turns(&page(&html, MFA_KO, "2023-01-10")), [(Narration, None, words)], "{end}");
    }
}

/// kcna.co.jp to 2008: what heads the stories, in the faults of its charset.
#[test]
fn a_days_page_of_kcna_co_jp_is_read_in_any_dress() {
    let url = "http://www.kcna.co.jp/item/2006/200610/news10/04.htm";
    let html = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=x-sjis'></head><body><p>[calendar]&gt;&gt;October 4. 2006 Juche 95</p>\
        <a name='1'></a><p><b>Ruritania Clarifies Stand</b></p><p>　　Strelsau, October 3 (KCNA) -- The stand was clarified. (invented sample)</p>\
        <a name=\"2\"> </a><h3>Sylvania Opens Dam</h3>　　Strelsau, October 4 (KCNA) -- A dam was opened.<br>It is large.<br><br>Copyright (C) KOREA NEWS SERVICE(KNS) All Rights Reserved.</body></html>";
    let (encoded, _, _) = encoding_rs::SHIFT_JIS.encode(html);
    for (url, captured) in [(url.to_owned(), "2007-01-01"), (format!("{url}#2"), "2024-01-01")] {
        let read = try_read(&bytes(encoded.to_vec(), &url, captured)).unwrap();
        let last = read.last().unwrap();
        assert_eq!(
            (last.title.as_deref(), day(last).as_str()),
            (Some("Sylvania Opens Dam"), "2006-10-04")
        );
        assert_eq!(
            turns(last),
            [(Narration, None, "Strelsau, October 4 (KCNA) -- A dam was opened.\nIt is large.")]
        );
        assert_eq!(last.url, "http://www.kcna.co.jp/item/2006/200610/news10/04.htm#2");
        if read.len() == 2 {
            assert_eq!(
                (read[0].title.as_deref(), day(&read[0]).as_str()),
                (Some("Ruritania Clarifies Stand"), "2006-10-03")
            );
        }
    }
}

/// kcna.co.jp from 2009: one story a page, the date line glued or alone.
#[test]
fn a_story_page_of_kcna_co_jp_opens_with_its_date() {
    let url = "http://www.kcna.co.jp/item/2011/201112/news01/20111201-01ee.html";
    for head in [
        "<p>&gt;&gt; December 1. 2011 Juche 100</p><p>Ruritanian King Congratulated</p>",
        "<p>&gt;&gt; December 1. 2011 Juche 100<br>Ruritanian King Congratulated</p>",
        "<p>calendar&gt;&gt;December 1. 2011 Juche 100</p><h2>Ruritanian King Congratulated</h2>",
    ] {
        let html = format!(
            "<html><body>{head}<p>The king received a message. (invented sample)</p><p>Copyright (C) KOREA NEWS SERVICE(KNS)</p></body></html>"
        );
        let read = page(&html, url, "2012-01-01");
        assert_eq!(
            (read.title.as_deref(), day(&read).as_str()),
            (Some("Ruritanian King Congratulated"), "2011-12-01"),
            "{head}"
        );
        assert_eq!(
            turns(&read),
            [(Narration, None, "The king received a message. (invented sample)")]
        );
    }
    let spanish = page(
        "<html><body><p>&gt;&gt; 1 de diciembre. 2012 Juche 101</p><p>El rey de Ruritania fue felicitado</p><p>El rey de Ruritania recibió una carta que los niños de la capital le enviaron por su cumpleaños. (muestra)</p></body></html>",
        "http://www.kcna.co.jp/item/2012/201212/news01/20121201-01ss.html",
        "2013-01-01",
    );
    assert_eq!(
        (spanish.source.as_str(), spanish.lang, day(&spanish).as_str()),
        ("kcna-es", Lang::Es, "2012-12-01")
    );
}

/// kcna.kp's third generation: no date on the page.
#[test]
fn the_third_generation_has_its_day_from_the_dateline_or_none() {
    let url = "http://www.kcna.kp/en/article/detail/0123456789abcdef0123456789abcdef";
    let read = |text: &str| {
        page(
            &format!(
                "<h1 class='text-center mb-3'>Ruritania Plants Trees</h1><article><p>{text}</p></article>"
            ),
            url,
            "2026-08-02",
        )
    };
    assert_eq!(
        day(&read("Strelsau, July 18 (KCNA) -- Trees were planted. (invented sample)")),
        "2026-07-18"
    );
    assert_eq!(
        day(&read("Strelsau, August 18 (KCNA) -- Trees were planted. (invented sample)")),
        "2025-08-18"
    );
    let undated = read("Trees were planted. (invented sample)");
    assert!(undated.date.is_none() && undated.date_note.is_some());
}

/// Rodong's second site: the header shows the day of the visit.
#[test]
fn rodongs_coded_address_tells_the_day_where_the_page_does_not() {
    let url = "http://rodong.rep.kp/ko/index.php?MTJAMjAyNC0wNS0xMS1OMDMyQDE1QDNAQDBAMzI=%3D";
    let html = "<html><body><div class='header'>2024.11.24</div><div class='news_Title'>실바니아를 규탄</div><div class='ArticleContent'><p>실바니아를 규탄하였다. (지어낸 견본)</p></div></body></html>";
    assert_eq!(day(&page(html, url, "2024-11-24")), "2024-05-11");
    let own = html.replace("<p>실", "<p>2024.5.12. 《로동신문》 6면</p><p>실");
    assert_eq!(day(&page(&own, url, "2024-11-24")), "2024-05-12");
    let missing =
        try_read(&bytes("<h1>알수 없는 주소</h1>".into(), url, "2024-11-24")).unwrap_err();
    assert!(missing.reason.starts_with("soft 404"));
}

/// Rodong's first site: paragraphs printed twice, in a row or as a whole, or an odd number of them.
#[test]
fn rodongs_repeated_paragraphs_are_read_once() {
    let url = "http://www.rodong.rep.kp/en/index.php?strPageID=SF01_02_01&newsID=2022-03-10-0002";
    let read = |text: &[&str]| {
        let text: String =
            text.iter().map(|p| format!("<p class='ArticleContent'>{p}</p>")).collect();
        page(
            &format!(
                "<div class='ArticleMenuDate'>Mar. 10,&nbsp;Juche 111 (2022)&nbsp;&nbsp;Thursday</div><table><tr><td>{text}</td></tr></table>"
            ),
            url,
            "2022-03-13",
        )
    };
    let (a, b, by) =
        ("Trees were planted. (invented sample)", "King Rudolf came.", "Rodong Sinmun");
    for text in [&["Title", a, b, by][..], &["Title", a, a, b, b, by], &["Title", a, b, a, b, by]] {
        let page = read(text);
        assert_eq!(turns(&page)[0].2.lines().take(2).collect::<Vec<_>>(), [a, b], "{text:?}");
        assert!(!turns(&page)[0].2.contains(by));
    }
}

/// EUC-KR, whatever the page declares.
#[test]
fn a_korean_page_in_euc_kr_is_read() {
    let words = "루리타니아는 훈련을 그만두어야 한다. 우리는 이를 배격한다.";
    for declared in ["euc-kr", "ks_c_5601-1987", "utf-8"] {
        let html = format!(
            "<html><head><meta charset='{declared}'></head><body><h1>담화</h1><article><p>{words}</p></article></body></html>"
        );
        let (encoded, _, _) = encoding_rs::EUC_KR.encode(&html);
        let read = try_read(&bytes(encoded.into_owned(), MFA_KO, "2023-01-10")).unwrap();
        assert_eq!(turns(&read[0]), [(Narration, None, words)], "{declared}");
    }
}

/// Lists show beginnings of texts and are none.
#[test]
fn lists_of_the_ministry_and_its_agency_are_listings() {
    for url in [
        "http://www.mfa.gov.kp/kp/category/statements/page/33/",
        "http://www.mfa.gov.kp/search?page_start=6225",
        "http://www.kcna.kp/en/article/list/0123456789abcdef0123456789abcdef",
    ] {
        let html = "<h1 class='text-center'>담화</h1><article><p>25일 조선중앙통신사 기자가 제기한 질문에</p><p>... ... ... 더보기</p></article>";
        let reject = try_read(&bytes(html.into(), url, "2022-08-01")).unwrap_err();
        assert_eq!(reject.reason, "listing page", "{url}");
    }
}

/// A leader's speech, and the news of it.
#[test]
fn a_speech_is_its_speakers() {
    let speech = kcna(
        KCNA,
        "Kim Jong Un's Speech at Ceremony",
        "www.kcna.kp (2024.02.28.)",
        &["Comrades, trees were planted. (invented sample)"],
    );
    assert_eq!(
        (speech.genre, speech.turns[0].speaker.as_deref()),
        (Genre::Speech, Some("Kim Jong Un"))
    );
    let news = kcna(
        KCNA,
        "Kim Jong Un Makes Speech at Ceremony",
        "www.kcna.kp (2024.02.28.)",
        &["He made a speech. (invented sample)"],
    );
    assert_eq!((news.genre, news.turns[0].speaker.as_deref()), (Genre::Report, None));
}
