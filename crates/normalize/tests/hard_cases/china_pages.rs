//! The hard cases of the Chinese ministry's pages beyond their turns: mirrors, pages without a
//! layout, charsets, error pages.

use corpus::Role::{Answer, Question};
use normalize::collate;

use crate::china::{TITLE, TITLE_EN, ZH, english, read, roles};
use crate::invented::{bytes, day, try_read};

/// China 11.
#[test]
fn a_conference_at_its_mirrors_is_one_statement_and_a_machine_translation_none() {
    let text =
        "<p>AFP: Will the envoy travel?</p><p>Mao Ning: No. Both sides know this very well.</p>";
    let page = |url: &str, head: &str| {
        let html = format!(
            "<html><head><title>{TITLE_EN}</title></head><body>{head}<h1>{TITLE_EN}</h1><div class='content_mod'><div id='News_Body_Time'>2031-05-08 19:00</div><div id='News_Body_Txt_A'>{text}</div></div></body></html>"
        );
        try_read(&bytes(html.into_bytes(), url, "2031-06-01"))
    };
    let urls = [
        "https://www.fmprc.gov.cn/mfa_eng/xwfw_665399/s2510_665401/2511_665403/203105/t20310508_1.html",
        "https://www.fmprc.gov.cn/mfa_eng/xwfw_665399/s2510_665401/203105/t20310508_1.html",
        "https://www.fmprc.gov.cn/eng/xwfw_665399/s2510_665401/203105/t20310508_1.html",
        "http://rr.china-embassy.gov.cn/eng/fyrth/203105/t20310508_1.htm",
        "http://strelsau.china-consulate.gov.cn/eng/fyrth/203105/t20310508_1.htm",
        "https://www.mfa.gov.cn/ce/cerr//eng/fyrth/t1.htm",
        "http://un.china-mission.gov.cn/eng/fyrth/203105/t20310508_1.htm",
    ];
    let readings =
        urls.iter().map(|url| page(url, "<div>Startseite Kontakt</div>").unwrap().remove(0));
    let statements = collate(readings.collect()).statements;
    assert_eq!((statements.len(), statements[0].urls.len()), (1, 7));
    let sources = corpus::source::Sources::load(&corpus::source::Config::BuiltIn).unwrap();
    let html = b"<h1>Foreign Ministry</h1><div id='News_Body_Txt_A'><p>AFP: Will the messenger journey?</p><p>Mao Ning: No.</p></div>";
    let capture =
        bytes(html.to_vec(), "https://www.tellerreport.com/news/2031-05-08.html", "2031-06-01");
    let outlets = normalize::Outlets::load(&corpus::source::Config::BuiltIn).unwrap();
    let refused =
        normalize::read(&capture, sources.get("cn-mfa-en").unwrap(), &outlets).unwrap_err();
    assert!(refused.reason.as_str().starts_with("unofficial"), "{}", refused.reason);
}

/// China 11: a post's page without a date, captured before the ministry's own, takes its day from
/// that; a later day of a mirror is none.
#[test]
fn a_mirror_takes_nothing_from_the_day_of_the_page() {
    let text =
        "<p>AFP: Will the envoy travel?</p><p>Mao Ning: No. Both sides know this very well.</p>";
    let title = "Remarks on the Envoy's Journey";
    let page = |url: &str, stamp: &str, captured: &str| {
        let html = format!(
            "<html><head><title>{title}</title></head><body><h1>{title}</h1><div class='content_mod'><div id='News_Body_Time'>{stamp}</div><div id='News_Body_Txt_A'>{text}</div></div></body></html>"
        );
        try_read(&bytes(html.into_bytes(), url, captured)).unwrap().remove(0)
    };
    let own = "https://www.fmprc.gov.cn/eng/xwfw_665399/s2510_665401/2511_665403/203105/t1.html";
    for (mirror, stamp) in [
        ("http://rr.china-embassy.gov.cn/eng/fyrth/1.htm", ""),
        ("http://rr.china-embassy.gov.cn/eng/fyrth/1.htm", "2031-05-09 00:17"),
    ] {
        let readings =
            vec![page(mirror, stamp, "2031-05-20"), page(own, "2031-05-08 19:00", "2031-06-01")];
        let statements = collate(readings).statements;
        assert_eq!(statements.len(), 1, "{stamp}");
        let date = statements[0].date.map(|d| d.to_string());
        assert_eq!(
            (date.as_deref(), statements[0].date_note.as_deref()),
            (Some("2031-05-08"), None)
        );
        assert!(statements[0].id.contains("/2031-05-08/"));
    }
}

/// Another state's spokesperson in an answer is no answerer.
#[test]
fn anothers_spokesperson_begins_no_turn() {
    let page = english(
        TITLE_EN,
        "<p>AFP: Who is to blame?</p><p>Mao Ning: Let me quote them.</p><p>Pentagon Spokesperson: We did it.</p><p>AFP: And now?</p><p>Foreign Ministry Spokesperson: We shall see.</p>",
    );
    let answers: Vec<_> = page.turns.iter().filter(|t| t.role == Answer).collect();
    assert_eq!(answers.len(), 2, "{:?}", page.turns);
    assert!(answers[0].text.contains("Pentagon"));
}

/// China 11: other layouts of the posts' sites are read by their main text, and say so.
#[test]
fn a_page_without_a_layout_falls_back_where_its_source_asks_for_it() {
    let sentence = "The two sides had a long exchange of views on the situation in Ruritania, and agreed to keep talking. ";
    let html = format!(
        "<html><head><title>{TITLE_EN}</title></head><body><ul><li><a href='/a'>Startseite</a></li><li><a href='/b'>Kontakt</a></li></ul>\
         <div class='box'><h3>{TITLE_EN}</h3><p>2031-05-09 00:17</p><div class='txt'><p>AFP: Will the envoy of Sylvania travel to the capital of Ruritania this week?</p>\
         <p>Mao Ning: {sentence}{sentence}</p><p>{sentence}</p></div></div><div><a href='/x'>State Council</a><a href='/y'>Ministry</a></div></body></html>"
    );
    let page = read(&html, "http://rr.chineseembassy.org/eng/fyrth/t5.htm");
    assert_eq!((page.layout.as_str(), day(&page).as_str()), ("fallback:readability", "2031-05-08"));
    assert_eq!(roles(&page), [(Question, Some("AFP")), (Answer, Some("Mao Ning"))]);
    assert!(!page.turns[1].text.contains("State Council"));
    let links: String = (0..40)
        .map(|n| format!("<li><a href='/{n}'>News about Ruritania and Sylvania no. {n}</a></li>"))
        .collect();
    for (url, reason) in [
        ("http://rr.chineseembassy.org/eng/fyrth/t6.htm", "no layout fits"),
        ("http://rr.chineseembassy.org/eng/fyrth/", "listing page"),
    ] {
        let page = format!("<h1>News</h1><ul>{links}</ul>").into_bytes();
        let refused = try_read(&bytes(page, url, "2031-06-01")).unwrap_err();
        assert!(refused.reason.as_str().starts_with(reason), "{url}: {}", refused.reason);
    }
}

/// China 11: nbsp that became question marks.
#[test]
fn blanks_that_became_question_marks_are_blanks_again() {
    let page = english(
        TITLE_EN,
        "<p>AFP: Will the?Chinese?leader?visit Ruritania?</p><p>Mao Ning: No.</p>",
    );
    assert_eq!(page.turns[0].text, "Will the Chinese leader visit Ruritania?");
}

/// China 14.
#[test]
fn headlines_with_odd_blanks_and_dates_are_read() {
    let page = read(
        "\u{feff}<html><body><div class='content_mod'><h2 class='title'> Ruritania&nbsp;and&nbsp;Sylvania&nbsp;talk</h2><div id='News_Body_Time'>Updated: 2031-03-07 17:49</div><div class='content'><p>They talked.</p></div></div></body></html>",
        "https://www.fmprc.gov.cn/mfa_eng/zxxx_662805/t1.html",
    );
    assert_eq!(page.title.as_deref(), Some("Ruritania and Sylvania talk"));
    assert_eq!(
        (day(&page).as_str(), page.published.as_deref()),
        ("2031-03-07", Some("2031-03-07 17:49"))
    );
}

/// Soft errors: the server sends on to a page of its own.
#[test]
fn error_pages_with_status_200_are_no_statements() {
    let reason = |html: &str, url: &str| {
        try_read(&bytes(html.into(), url, "2031-06-01")).unwrap_err().reason
    };
    let soft = "soft 404: an error page with status 200";
    assert_eq!(
        reason("<h1>抱歉</h1><p>您访问的页面不存在</p>", "https://www.fmprc.gov.cn/error.htm"),
        soft
    );
    assert_eq!(
        reason(
            "<div id='News_Body_Txt_A'><p>系统</p></div>",
            "https://www.mfa.gov.cn/web/system/x/index_17321.shtml"
        ),
        soft
    );
    assert_eq!(reason("<title>404 错误</title><h1>404</h1>", ZH), soft);
    assert!(reason("<p>short</p>", ZH).as_str().starts_with("no layout fits"));
}

/// Other charsets than the declared one.
#[test]
fn a_page_in_gb18030_is_read_whatever_it_declares() {
    for declared in ["gb2312", "gbk2312", "utf-8", "x-nothing"] {
        let html = format!(
            "<html><head><meta http-equiv='Content-Type' content='text/html; charset={declared}'></head><body><div class='news-title'><h1>{TITLE}</h1></div><div id='News_Body_Txt_A'><p><b>路透社记者：西尔维尼亚外长是否来访？</b></p><p>毛宁：没有可以提供的消息。我们注意到了有关报道。</p></div></body></html>"
        );
        let (encoded, _, _) = encoding_rs::GB18030.encode(&html);
        let readings = try_read(&bytes(encoded.into_owned(), ZH, "2031-06-01")).unwrap();
        assert_eq!(readings[0].title.as_deref(), Some(TITLE), "{declared}");
        assert_eq!(readings[0].turns[1].text, "没有可以提供的消息。我们注意到了有关报道。");
    }
}

/// A conference bears its day in the title, with or without the year.
#[test]
fn the_title_of_a_conference_tells_its_day_without_a_year() {
    use crate::china::chinese;
    let text = "<p>路透社记者：何时？（虚构）</p><p>毛宁：明天。</p>";
    for (title, expected) in [
        ("3月7日外交部发言人毛宁主持例行记者会", "2031-03-07"),
        ("12月31日外交部发言人毛宁主持例行记者会", "2030-12-31"),
        ("外交部发言人毛宁就3月1日事件答记者问", "2031-03-08"),
    ] {
        assert_eq!(day(&chinese(title, "2031-03-08 00:10", text)), expected, "{title}");
    }
}

/// Where the place of the text is there and empty, menu and footer are no text; nor is a notice of the site
/// inside its own frame.
#[test]
fn what_stands_around_an_empty_place_and_a_notice_are_no_statements() {
    let footer = "<div class='foot'>地址：某市某区某大街2号 邮编：100000 电话：86-10-00000000（虚构）。网站标识码bm00000001，\
                  版权所有，未经许可不得转载本网站的任何内容，违者必究，特此声明，谢谢合作。联系我们，请写信至上述地址。</div>";
    let empty = format!(
        "<html><body><div class='news-title'><h1>{TITLE}</h1></div><div class='news-main' id='News_Body_Txt_A'><p><img src='a.jpg'></p></div>{footer}{footer}</body></html>"
    );
    let menu = "<div class='box'><p>首页</p><p>外交部</p><p>外交部长</p><p>外交动态</p><p>驻外机构</p><p>国家和组织</p></div>".repeat(6);
    let notice = |words: &str| {
        format!(
            "<html><head><title>鲁里坦尼亚</title></head><body>{menu}<div class='art'><p>{words}</p>{footer}{footer}</div></body></html>"
        )
    };
    for (html, reason) in [
        (empty, "no text"),
        (notice("您访问的页面不存在或已删除，5秒后自动返回首页。"), "soft 404"),
        (notice("The page you requested cannot be found."), "soft 404"),
        (
            format!("<html><head><title>鲁里坦尼亚</title></head><body>{menu}</body></html>"),
            "no layout fits",
        ),
    ] {
        let url = "https://www.mfa.gov.cn/web/wjdt_674879/fyrbt_674889/203105/t20310508_7.shtml";
        let refused =
            try_read(&bytes(html.into_bytes(), url, "2031-06-01")).map(|read| turns_of(&read));
        let refused = refused.expect_err("no statement").reason;
        assert!(refused.as_str().starts_with(reason), "{reason}: {refused}");
    }
}

fn turns_of(readings: &[normalize::Reading]) -> Vec<String> {
    readings.iter().flat_map(|r| &r.turns).map(|turn| turn.text.clone()).collect()
}
