//! The hard cases of the DPRK's sites by generation: what their pages, lists and addresses tell.

use corpus::Role::Narration;
use corpus::{Genre, Lang};

use crate::dprk::{KCNA, MFA_KO, kcna, page};
use crate::dprk_days::undated;
use crate::invented::{bytes, day, try_read, turns};

/// kcna.co.jp to 2008: what heads the stories, in the faults of its charset.
#[test]
fn a_days_page_of_kcna_co_jp_is_read_in_any_dress() {
    let url = "http://www.kcna.co.jp/item/2006/200610/news10/04.htm";
    let html = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=x-sjis'></head><body><p>[calendar]&gt;&gt;October 4. 2006 Juche 95</p>\
        <a name='1'></a><p><b>Ruritania Clarifies Stand</b></p><p>　　Strelsau, October 3 (KCNA) -- The stand was clarified. (invented sample)</p>\
        <a name=\"2\"> </a><h3>Sylvania Opens Dam</h3>　　Strelsau, October 4 (KCNA) -- A dam was opened.<br>It is large.<br><br>Copyright (C) KOREA NEWS SERVICE(KNS) All Rights Reserved.</body></html>";
    let (encoded, _, _) = encoding_rs::SHIFT_JIS.encode(html);
    for (url, captured, stories) in
        [(url.to_owned(), "2007-01-01", 2), (format!("{url}#2"), "2024-01-01", 1)]
    {
        let read = try_read(&bytes(encoded.to_vec(), &url, captured)).unwrap();
        assert_eq!(read.len(), stories, "{url}");
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
    assert!(missing.reason.as_str().starts_with("soft 404"));
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

/// kcnawatch.org: another's heading and tail around the words, the day before the month.
#[test]
fn a_mirror_of_many_outlets_keeps_its_own_words_out() {
    let html = "<html><head><title>Ruritania Clarifies Stand</title></head><body><h1>Ruritania Clarifies Stand</h1>\
        <div class='article-content'><p>Date: 08/05/2031 | Source: KCNA.kp (En) | Read original version at source</p>\
        <p>NK News is hiring! Join us.</p><p>Strelsau, May 7 (KCNA) -- The stand was clarified. (invented sample)</p>\
        <p>It is a firm one. -0-</p><p>More From KCNA.kp</p><p>Sylvania Opens Dam</p></div></body></html>";
    let read =
        page(html, "https://kcnawatch.org/newstream/1935964800-873270971/ruritania", "2031-06-01");
    assert_eq!((read.source.as_str(), read.carrier.as_deref()), ("kcna-watch-en", None));
    assert_eq!(
        (day(&read).as_str(), read.published.as_deref()),
        ("2031-05-07", Some("2031-05-08"))
    );
    let text =
        "Strelsau, May 7 (KCNA) -- The stand was clarified. (invented sample)\nIt is a firm one.";
    assert_eq!(turns(&read), [(Narration, None, text)]);
}

/// A headline of an agency goes on where a ministry's names its spokesperson.
#[test]
fn a_headline_names_no_spokesperson() {
    for title in ["DPRK FM Spokesman Denounces Sylvania", "Spokesman Warns Ruritania's King"] {
        let read = kcna(KCNA, title, "[2024.11.10.]", &["Strelsau, November 10 (KCNA) -- He did."]);
        assert_eq!(read.spokesperson, None, "{title}");
    }
}

/// The day and place below a text, its byline and a date in brackets are none of it.
#[test]
fn what_stands_below_a_text_is_its_day_and_no_words() {
    let url = "http://rodong.rep.kp/ko/index.php?MTJAMjAyNC0wNS0xMS1OMDMyQDE1QDNAQDBAMzI=%3D";
    for foot in ["주체113(2024)년 5월 10일<br>평 양", "주체113(2024)년 5월 10일</p><p>평 양(끝)"]
    {
        let html = format!(
            "<div class='news_Title'>외무성 대변인담화</div><div class='ArticleContent'><p>실바니아를 규탄한다. (지어낸 견본)</p><p>{foot}</p></div>"
        );
        let read = page(&html, url, "2024-11-24");
        assert_eq!(turns(&read), [(Narration, None, "실바니아를 규탄한다. (지어낸 견본)")]);
        assert_eq!(day(&read), "2024-05-10");
    }
    for byline in ["본사기자 김철수", "【조선중앙통신】"] {
        let html = format!(
            "<div class='news_Title'>실바니아</div><div class='ArticleContent'><p>실바니아를 규탄한다. (지어낸 견본)</p><p>{byline}</p></div>"
        );
        assert_eq!(
            page(&html, url, "2024-11-24").turns[0].text,
            "실바니아를 규탄한다. (지어낸 견본)"
        );
    }
    let bracketed = page(
        "<h1 class='text-center'>Ruritania Plants Trees</h1><article><p>Trees were planted. (invented sample)</p><p><nobr>[2026.7.19.]</nobr></p></article>",
        "http://www.kcna.kp/en/article/detail/0123456789abcdef0123456789abcdef",
        "2026-08-02",
    );
    assert_eq!(day(&bracketed), "2026-07-19");
    assert_eq!(bracketed.turns[0].text, "Trees were planted. (invented sample)");
}

/// The interface's XML with its markup escaped, or without a declaration.
#[test]
fn the_interfaces_xml_is_read_in_any_form() {
    let url = "http://www.kcna.kp/kcna.user.article.retrieveArticleInfoFromArticleCode.kcmsf?article_code=AR1";
    let head = "<articleCode>AR1</articleCode><articleCreateDate>2016.04.02</articleCreateDate><mainTitle><![CDATA[Dam & Trees]]></mainTitle>";
    for (opening, content) in [
        (
            "<?xml version='1.0'?>",
            "<![CDATA[&lt;p&gt;A dam.&lt;/p&gt;&lt;p&gt;It is large.&lt;/p&gt;]]>",
        ),
        ("", "<![CDATA[<nobr>A</nobr> dam.<br>It is large.]]>"),
    ] {
        let xml = format!("{opening}<NData>{head}<content>{content}</content></NData>");
        let read = page(&xml, url, "2018-01-01");
        assert_eq!(
            (read.title.as_deref(), day(&read).as_str(), turns(&read)),
            (Some("Dam & Trees"), "2016-04-02", vec![(Narration, None, "A dam.\nIt is large.")])
        );
    }
}

/// kcna.co.jp without paragraphs; anchors that carry the fragment's mark; links around the text.
#[test]
fn kcna_co_jp_is_read_without_paragraphs() {
    let story = page(
        "<html><body>&gt;&gt; December 1. 2011 Juche 100<br><b>Dam Opened</b><br>　　Strelsau, December 1 (KCNA) -- A dam. (invented sample)<br>　It is large.<br><hr>Copyright (C) KOREA NEWS SERVICE(KNS)</body></html>",
        "http://www.kcna.co.jp/item/2011/201112/news01/20111201-12ee.html",
        "2012-01-01",
    );
    assert_eq!((story.title.as_deref(), day(&story).as_str()), (Some("Dam Opened"), "2011-12-01"));
    assert_eq!(
        story.turns[0].text,
        "Strelsau, December 1 (KCNA) -- A dam. (invented sample)\nIt is large."
    );
    let glued = page(
        "<p>&gt;&gt; December 1. 2011 Juche 100 Dam Opened</p><p>A dam was opened. (invented sample)</p>",
        "http://www.kcna.co.jp/item/2011/201112/news01/20111201-13ee.html",
        "2012-01-01",
    );
    assert_eq!((glued.title.as_deref(), day(&glued).as_str()), (Some("Dam Opened"), "2011-12-01"));
    assert_eq!(turns(&glued), [(Narration, None, "A dam was opened. (invented sample)")]);
    let day_page = "<html><body><a name='#1'></a><b>Dam Opened</b><br>Strelsau, January 2 (KCNA) -- A dam.<br><a name='#2'></a><b>Trees Planted</b><br>Strelsau, January 2 (KCNA) -- Trees.<hr><a href='../index.htm'>Back</a></body></html>";
    let url = "http://www.kcna.co.jp/item/1997/9701/news1/02.htm";
    let read = try_read(&bytes(day_page.into(), url, "1999-01-01")).unwrap();
    let urls: Vec<&str> = read.iter().map(|r| r.url.as_str()).collect();
    assert_eq!(urls, [format!("{url}#1"), format!("{url}#2")]);
    assert_eq!(turns(&read[1]), [(Narration, None, "Strelsau, January 2 (KCNA) -- Trees.")]);
}

/// A title of two lines is one; Rodong's classes on other elements.
#[test]
fn rodongs_title_may_break_and_its_paragraphs_be_any_element() {
    let url = "http://www.rodong.rep.kp/en/index.php?strPageID=SF01_02_01&newsID=2022-03-10-0004";
    for tag in ["p", "div"] {
        let html = format!(
            "<div class='ArticleMenuDate'>Mar. 10,&nbsp;Juche 111 (2022)</div><table><tr><td><{tag} class='ArticleContent'><font>Sylvania<br>Condemned</font></{tag}>\
             <{tag} class='ArticleContent'>It was condemned. (invented sample)</{tag}></td></tr></table>"
        );
        let read = page(&html, url, "2022-10-10");
        assert_eq!(read.title.as_deref(), Some("Sylvania Condemned"), "{tag}");
        assert_eq!(turns(&read), [(Narration, None, "It was condemned. (invented sample)")]);
    }
}

/// The ministry's pages in a markup that nobody has seen: heading and day are those above the text.
#[test]
fn the_ministrys_heading_is_the_one_above_its_text() {
    let text = "<p>조선민주주의인민공화국 외무성 대변인은 28일 조선중앙통신사 기자가 제기한 질문에 다음과 같이 대답하였다.</p><p>루리타니아사태의 근원은 전적으로 실바니아의 패권주의정책에 있다. 그들은 침략을 《방위》라고 부르고있으며 우리는 이를 견결히 규탄배격한다. (지어낸 견본)</p>".to_owned();
    let read = page(
        &format!(
            "<html><head><title>조선민주주의인민공화국 외무성</title></head><body><div><a href='/'>첫페지</a></div><div class='row'><div class='col'><h3>조선외무성 대변인대답</h3><div class='dt'>[2022-02-28]</div><div class='ct'>{text}{text}</div></div></div></body></html>"
        ),
        MFA_KO,
        "2022-06-01",
    );
    assert_eq!(
        (read.layout.as_str(), read.title.as_deref(), day(&read).as_str()),
        ("fallback:readability", Some("조선외무성 대변인대답"), "2022-02-28")
    );
}

/// kcna.kp's third generation and Rodong's second with another heading.
#[test]
fn the_newest_pages_are_known_by_address_and_text() {
    let url = "http://www.kcna.kp/en/article/detail/0123456789abcdef0123456789abcdef";
    for html in [
        "<h1 class='title'>Dam Opened</h1><article><p>Strelsau, July 18 (KCNA) -- It was.</p></article>",
        "<main><h1>Dam Opened</h1><article></article><p>Strelsau, July 18 (KCNA) -- It was.</p></main>",
    ] {
        let read = page(html, url, "2026-08-02");
        assert_eq!(
            (read.title.as_deref(), day(&read).as_str()),
            (Some("Dam Opened"), "2026-07-18")
        );
        assert_eq!(turns(&read), [(Narration, None, "Strelsau, July 18 (KCNA) -- It was.")]);
    }
    let read = page(
        "<div class='header'>2024.11.24</div><h2>Dam Opened</h2><div class='ArticleContent'><p>It was. (invented sample)</p></div>",
        "http://www.rodong.rep.kp/en/index.php?MTJAMjAyNC0wNS0xMS1OMDMyQDE1QDNAQDBAMzI=%3D",
        "2024-11-24",
    );
    assert_eq!((read.title.as_deref(), day(&read).as_str()), (Some("Dam Opened"), "2024-05-11"));
}

/// A feed cuts its texts, and says so.
#[test]
fn a_text_that_a_feed_cut_short_says_so() {
    let read = page(
        "<article><h1>Press Release</h1><p>Sylvania seeks to form [&#8230;]</p></article>",
        "http://www.mfa.gov.kp/en/view/article/15500",
        "2022-08-01",
    );
    assert!(read.truncated);
    assert_eq!(turns(&read), [(Narration, None, "Sylvania seeks to form")]);
}

/// `물음에` for `질문에`, and a day between the name and the verb.
#[test]
fn a_put_question_has_other_words_too() {
    let asked = "(스트렐자우 7월 18일발 조선중앙통신)조선민주주의인민공화국 외무성 대변인은 18일 조선중앙통신사 기자가 제기한 물음에 다음과 같이 대답하였다.";
    let ko = kcna(crate::dprk::KCNA_KO, "대변인대답", "[2024.7.18.]", &[asked, "나쁘다."]);
    assert_eq!(ko.turns.len(), 2);
    assert_eq!(ko.turns[1].speaker.as_deref(), Some("조선민주주의인민공화국 외무성 대변인"));
    let en = kcna(
        KCNA,
        "Spokesman's Answer",
        "[2024.7.18.]",
        &[
            "Strelsau, July 18 (KCNA) -- A spokesman for the DPRK Foreign Ministry today gave the following answer to a question put by KCNA: It is bad.",
        ],
    );
    assert_eq!(en.turns[1].speaker.as_deref(), Some("A spokesman for the DPRK Foreign Ministry"));
}

/// An address of the ministry's that names no language: the text tells whose it is.
#[test]
fn english_at_an_address_without_a_language_is_the_english_sources() {
    let english = "A spokesperson for the Ministry of Foreign Affairs of the DPRK said that the hegemonic policy of Sylvania is the root cause of it all.";
    for host in ["www.mfa.gov.kp", "mfa.gov.kp"] {
        let url = format!("http://{host}/view/article/14458");
        let read = undated(&url, &[english, "It must stop. (invented sample)"], "2022-03-05");
        assert_eq!((read.source.as_str(), read.lang), ("kp-mfa-en", Lang::En));
        let read =
            undated(&url, &["루리타니아는 훈련을 그만두어야 한다. (지어낸 견본)"], "2022-03-05");
        assert_eq!((read.source.as_str(), read.lang), ("kp-mfa-ko", Lang::Ko));
    }
}
