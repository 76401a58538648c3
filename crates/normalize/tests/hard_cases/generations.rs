//! Generations of the sites that our archives hold few or none of: as crawlers of others report them.

use corpus::source::{Config, Sources};

use crate::dprk::page;
use crate::invented::{day, turns};

fn texts(read: &normalize::Reading) -> Vec<&str> {
    turns(read).into_iter().map(|(_, _, text)| text).collect()
}

#[test]
fn rodong_of_2025_has_its_title_day_and_writer_in_places_of_their_own() {
    let html = |day: &str| {
        format!(
            "<html><body><div class='article-modal-header'><div id='article-homepage'>Rodong Sinmun</div>\
             <div id='article-date'>{day}</div></div><div id='articleContent' class='article-content'>\
             <a class='close'>Close</a><div class='container' id='ContDIV'><br><p class='TitleP'>Dam Opens in Sylvania</p>\
             <p class='TextP'>A dam was opened yesterday. (invented)</p><p class='TextP'>It is large.</p>\
             <p class='WriterP'>Ri Somebody</p><script>$(document).ready();</script></div></div></body></html>"
        )
    };
    for (lang, words) in
        [("en", "Sept. 3, 2025 Wednesday [Photo]"), ("ko", "2025년 9월 3일 수요일")]
    {
        let url = format!("http://www.rodong.rep.kp/{lang}/index.php?invented");
        let read = page(&html(words), &url, "2025-10-01");
        assert_eq!(
            (read.title.as_deref(), day(&read).as_str()),
            (Some("Dam Opens in Sylvania"), "2025-09-03")
        );
        assert_eq!(
            texts(&read),
            ["A dam was opened yesterday. (invented)\nIt is large."],
            "{lang}"
        );
    }
}

#[test]
fn rodong_of_2023_and_of_2019_tell_their_day_in_either_language() {
    let newer = "<html><body><div class='container-fluid text-center news_Title'>Dam Opens</div><br>\
        <p class='News_Detail'><span class='NewsDate'>2023.3.13.</span></p>\
        <p class='ArticleContent'>A dam was opened. (invented)</p></body></html>";
    let older = "<html><body><table><tr><td class='ArticleMenuDate'>주체108(2019)년 4월 13일 토요일</td></tr><tr><td>\
        <p class='ArticleContent' align='center'><font>언제가 <nobr>준공</nobr>되였다</font></p>\
        <p class='ArticleContent'>언제가 준공되였다고 한다. (꾸며낸 글)</p>\
        <p class='ArticleContent' align='right'>본사기자</p></td></tr></table></body></html>";
    for lang in ["en", "ko"] {
        let url = format!("http://www.rodong.rep.kp/{lang}/index.php?invented");
        let read = page(newer, &url, "2023-06-01");
        assert_eq!((read.title.as_deref(), day(&read).as_str()), (Some("Dam Opens"), "2023-03-13"));
    }
    let url = "http://www.rodong.rep.kp/ko/index.php?strPageID=SF01_02_01&newsID=2019-04-13-0004";
    let read = page(older, url, "2019-05-01");
    assert_eq!(
        (read.title.as_deref(), day(&read).as_str()),
        (Some("언제가 준공되였다"), "2019-04-13")
    );
    assert_eq!(texts(&read), ["언제가 준공되였다고 한다. (꾸며낸 글)"]);
}

#[test]
fn the_chinese_ministrys_older_pages_are_read_short_as_they_are() {
    let of_2013 = "<html><body><div id='title'><h2>外交部发言人就鲁里坦尼亚大坝答记者问</h2></div><div class='data'>2013-05-07</div>\
        <div id='doccontent'><p>问：大坝建成了吗？</p><p>答：建成了。（虚构）</p></div></body></html>";
    let of_2009 = "<html><head><title>外交部发言人就鲁里坦尼亚大坝答记者问</title></head><body><table><tr><td>外交部发言人就鲁里坦尼亚大坝答记者问</td></tr>\
        <tr><td>2009-05-07</td></tr><tr><td><meta name='TRSWCM.ContStart'/><p>问：大坝建成了吗？</p><p>答：建成了。（虚构）</p>\
        <meta name='TRSWCM.ContEnd'/></td></tr></table></body></html>";
    for (html, url, on) in [
        (
            of_2013,
            "http://www.fmprc.gov.cn/mfa_chn/wjdt_611265/fyrbt_611275/t1038219.shtml",
            "2013-05-07",
        ),
        (of_2009, "http://www.fmprc.gov.cn/chn/gxh/tyb/fyrbt/jzhsl/t561219.htm", "2009-05-07"),
    ] {
        let read = page(html, url, "2014-01-01");
        assert_eq!(read.title.as_deref(), Some("外交部发言人就鲁里坦尼亚大坝答记者问"), "{url}");
        assert_eq!(
            (day(&read).as_str(), texts(&read)),
            (on, vec!["大坝建成了吗？", "建成了。（虚构）"]),
            "{url}"
        );
    }
}

#[test]
fn the_mirrors_date_is_the_texts_and_not_that_of_the_list_below() {
    let html = "<html><body><h1 class='article-title'>Dam Opens</h1><p>Date: 27/05/2024 | Source: KCNA.kp (En) | Read original version at source</p>\
        <div class='article-content'><p>A dam was opened on a river of Sylvania, and a meeting was held there. (invented)</p></div>\
        <div class='list'><h3>More From KCNA</h3><div class='article-desc'><p class='articled-date'><span>December 14, 2025</span></p>Other news</div></div></body></html>";
    let url = "https://kcnawatch.org/newstream/1716800000-123456789/dam-opens/";
    let read = page(html, url, "2025-12-15");
    assert_eq!(day(&read), "2024-05-27");
    assert_eq!(read.turns.len(), 1);
}

#[test]
fn a_post_of_the_dprk_ministry_of_2021_leaves_its_category_out() {
    let html = "<html><body><article class='post'><h1 class='entry-title'>Press Statement of a Director</h1>\
        <span class='entry-date'>June 22, 2021</span><div class='entry-content'><p>Sylvania misreads us. (invented)</p></div>\
        <footer>Posted in Statements</footer></article></body></html>";
    let read = page(html, "http://www.mfa.gov.kp/en/press-statement-of-a-director/", "2021-07-01");
    assert_eq!(
        (texts(&read), day(&read).as_str()),
        (vec!["Sylvania misreads us. (invented)"], "2021-06-22")
    );
}

#[test]
fn the_link_to_pictures_is_no_word_of_the_text() {
    let html = "<html><body><main><article><div class='container'><h1 class='text-center text-danger'>Dam Opens</h1><h1></h1>\
        <p>Strelsau, September 10 (KCNA) -- A dam was opened. (invented) -0-</p>\
        <a class='right_button' href='/en/gallery/detail/0f'>Photos</a></div></article></main></body></html>";
    let url = "http://www.kcna.kp/en/article/detail/0123456789abcdef0123456789abcdef";
    let read = page(html, url, "2026-09-11");
    assert!(!texts(&read).concat().contains("Photos"), "{read:?}");
}

#[test]
fn the_ministries_addresses_of_other_years_and_posts_have_their_source() {
    let sources = Sources::load(&Config::BuiltIn).unwrap();
    for (url, id) in [
        ("https://www.mfa.gov.cn/fyrbt_673021/202605/t20260507_11900000.shtml", "cn-mfa-zh"),
        ("https://www.fmprc.gov.cn/wjdt_674879/fyrbt_674889/202203/t20220301_1.shtml", "cn-mfa-zh"),
        ("http://www.fmprc.gov.cn/chn/gxh/tyb/fyrbt/jzhsl/t561219.htm", "cn-mfa-zh"),
        ("http://rr.china-embassy.org/chn/fyrth/t1.htm", "cn-mfa-zh"),
        ("http://rr.china-embassy.org/eng/fyrth/t1.htm", "cn-mfa-en"),
        ("http://rr.china-embassy.org/mon/fyrth/t1.htm", "cn-mfa-en"),
        ("http://rr.china-consulate.org/chn/fyrth/t1.htm", "cn-mfa-zh"),
        ("http://rr.china-consulate.org/det/fyrth/t1.htm", "cn-mfa-en"),
        ("http://rr.china-consulate.gov.cn/fyrth/202201/t1.htm", "cn-mfa-zh"),
        ("http://hk.ocmfa.gov.cn/eng/t1.htm", "cn-mfa-en"),
        ("http://www.fmcoprc.gov.hk/chn/t1.htm", "cn-mfa-zh"),
    ] {
        assert_eq!(sources.by_address(url).map(|s| s.id.as_str()), Some(id), "{url}");
    }
}
