//! The hard cases of the DPRK's pages, one test each, on invented pages: variations of what the
//! shared texts show. The numbers are those of the list of cases that the layouts were built from.

use crate::invented::{bytes, day, try_read, turns};
use corpus::Role::{Answer, Narration, Note, Question};
use corpus::{Genre, Lang, LinkKind, Role, Statement};
use normalize::{Reading, collate, links, statements};

pub const KCNA: &str = "http://www.kcna.kp/en/article/q/a514ed40309b181ae5964d720a691ec6.kcmsf";
pub const KCNA_KO: &str = "http://kcna.kp/kp/article/q/f3ae0f6d51bc044926fa56ea15051d14.kcmsf";
pub const MFA_KO: &str = "http://www.mfa.gov.kp/view/article/14457";

/// A page of kcna.kp's second generation.
pub fn kcna(url: &str, title: &str, stamp: &str, text: &[&str]) -> Reading {
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

pub fn page(html: &str, url: &str, captured: &str) -> Reading {
    let mut readings = try_read(&bytes(html.as_bytes().to_vec(), url, captured)).unwrap();
    assert_eq!(readings.len(), 1);
    readings.remove(0)
}

pub fn roles(reading: &Reading) -> Vec<(Role, Option<&str>)> {
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
    let readings = vec![agency, ministry];
    let collated = collate(readings.clone());
    assert_eq!(collated.statements.len(), 2);
    assert_eq!(collated.links.len(), 1, "{:?}", collated.links);
    assert_eq!(collated.links[0].kind, LinkKind::NearCopy);
    // The words may lie elsewhere: the same statements and links come out.
    let emptied = readings.iter().map(|r| Reading { turns: Vec::new(), ..r.clone() });
    let turns = |r: &Reading| {
        let read = readings.iter().find(|known| known.capture == r.capture);
        read.map(|r| r.turns.clone()).ok_or("a reading without words")
    };
    let mut statements = statements(emptied.collect(), turns).unwrap();
    let words = |s: &Statement| {
        let read = readings.iter().find(|r| r.capture == s.captures[0]);
        read.map(|r| r.turns.clone()).ok_or("a statement without a reading")
    };
    assert_eq!(links(&statements, words), Ok(collated.links));
    statements.iter_mut().for_each(|s| s.turns = words(s).unwrap());
    assert_eq!(statements, collated.statements);
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
    // Neither text has its foot any more.
    assert_eq!(two.turns[0].text, "루리타니아는 훈련을 벌려놓았다. (지어낸 견본)");
    assert_eq!(two.turns[3].text, "실바니아는 거짓말을 하였다.");
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
