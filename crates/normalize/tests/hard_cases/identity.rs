//! Which texts are one statement: an address in several spellings, an address that several texts
//! share, a page that was edited.

use corpus::Statement;
use normalize::{Reading, collate};

use crate::china::{TITLE, lines, roles};
use crate::invented::{bytes, day, try_read};

const PAGE: &str = "https://www.mfa.gov.cn/web/wjdt_674879/fyrbt_674889/203105/t20310508_1.shtml";
const TEXT: [&str; 4] = [
    "*路透社记者：据报道，鲁里坦尼亚国王访问西尔维尼亚。中方有何评论？（虚构）",
    "毛宁：中方注意到有关报道，一贯主张对话协商解决分歧。",
    "*法新社记者：还有吗？",
    "毛宁：没有。",
];

fn captured(url: &str, captured: &str, title: &str, text: &[&str]) -> Reading {
    let html = format!(
        "<html><body><div class='news-title'><h1>{title}</h1><p class='time'><span>2031-05-08 20:10</span></p></div>\
         <div class='news-main' id='News_Body_Txt_A'>{}</div></body></html>",
        lines(text)
    );
    try_read(&bytes(html.into_bytes(), url, captured)).unwrap().remove(0)
}

/// Statement by statement its day and how many revisions it has.
fn statements(readings: &[Reading]) -> Vec<Statement> {
    collate(readings.to_vec()).statements
}

fn edited() -> [&'static str; 4] {
    [TEXT[0], TEXT[1], TEXT[2], "毛宁：没有。请关注后续消息，谢谢。"]
}

/// A page fetched as http and https, with and without `www.`, from the old host and the new one.
#[test]
fn an_edit_is_a_revision_however_the_address_is_spelt() {
    let first = captured(PAGE, "2031-06-01", TITLE, &TEXT);
    for spelling in [
        PAGE,
        "http://www.mfa.gov.cn/web/wjdt_674879/fyrbt_674889/203105/t20310508_1.shtml",
        "https://mfa.gov.cn:443/web/wjdt_674879//fyrbt_674889/203105/t20310508_1.shtml",
        "https://www.fmprc.gov.cn/web/wjdt_674879/fyrbt_674889/203105/t20310508_1.shtml",
    ] {
        let later = captured(spelling, "2031-07-01", TITLE, &edited());
        let found = statements(&[first.clone(), later]);
        let revisions: Vec<_> = found.iter().map(|s| (s.revision, s.revisions)).collect();
        assert_eq!(revisions, [(1, 2), (2, 2)], "{spelling}");
    }
}

/// A corrected day in the title, with the same words or nearly the same.
#[test]
fn a_corrected_title_is_a_revision_under_the_corrected_day() {
    let wrong = "2031年5月7日外交部发言人毛宁主持例行记者会";
    for text in [TEXT, edited()] {
        let found = statements(&[
            captured(PAGE, "2031-06-01", wrong, &TEXT),
            captured(PAGE, "2031-07-01", TITLE, &text),
        ]);
        let days: Vec<_> = found.iter().map(|s| s.date.unwrap().to_string()).collect();
        assert_eq!(days, ["2031-05-07", "2031-05-08"]);
        assert_eq!((found[0].id.as_str(), found[1].revisions), (found[1].id.as_str(), 2));
    }
}

/// Three texts of one page, each an edit of the one before: which title lies between the others in
/// the alphabet does not matter.
#[test]
fn the_order_of_titles_joins_and_parts_nothing() {
    let titles = [
        "1外交部发言人就某事答记者问",
        "2031年5月7日外交部发言人答问",
        "外交部发言人就某事答记者问",
    ];
    let readings: Vec<Reading> = (1..)
        .zip(titles)
        .map(|(n, title)| {
            let answer = format!("毛宁：没有。这是第{n}稿。");
            captured(PAGE, &format!("2031-0{n}-01"), title, &[TEXT[0], TEXT[1], &answer])
        })
        .collect();
    assert!(statements(&readings).iter().all(|s| s.revisions == 3));
    let two = [readings[0].clone(), readings[2].clone()];
    assert!(statements(&two).iter().all(|s| s.revisions == 2));
}

/// An address that was given to another text: two statements, although of one day.
#[test]
fn another_text_at_an_address_is_another_statement() {
    let answer = |title: &str, asked: &str, said: &str, day: &str| {
        captured(PAGE, day, title, &[&format!("问：{asked}"), &format!("答：{said}")])
    };
    let found = statements(&[
        answer(
            "外交部发言人就鲁里坦尼亚局势答记者问",
            "鲁里坦尼亚？",
            "中方关注局势发展。",
            "2031-06-01",
        ),
        answer(
            "外交部发言人就西尔维尼亚选举答记者问",
            "西国大选？",
            "祝贺当选总统。",
            "2031-07-01",
        ),
    ]);
    assert_eq!((found.len(), found.iter().all(|s| s.revisions == 1)), (2, true));
}

/// kcna.kp's first generation answers every article at one address, in the language of the session.
#[test]
fn articles_of_one_address_are_told_apart_by_their_code_and_language() {
    let url = "http://www.kcna.kp/kcna.user.article.retrieveArticleInfoFromArticleCode.kcmsf";
    let article = |code: &str, title: &str, text: &str| {
        let xml = format!(
            "<?xml version='1.0' encoding='UTF-8'?><NData><articleCode><![CDATA[{code}]]></articleCode><articleCreateDate><![CDATA[2031.03.08]]></articleCreateDate>\
             <mainTitle><![CDATA[{title}]]></mainTitle><content><![CDATA[<p>{text}</p>]]></content></NData>"
        );
        try_read(&bytes(xml.into_bytes(), url, "2031-03-09"))
    };
    let ours = [
        (
            "AR1",
            "Trees Planted",
            "Strelsau, March 8 (KCNA) -- Trees were planted. (invented sample)",
        ),
        ("AR2", "Dam Opened", "Strelsau, March 8 (KCNA) -- Trees were planted. (invented sample)"),
        ("AR3", "나무심기", "(스트렐자우 3월 8일발 조선중앙통신)나무를 심었다. (지어낸 견본)"),
        (
            "AR4",
            "Árboles",
            "Strelsau, 8 de marzo (ACNC) -- Los niños de la capital que plantaron árboles en el parque fueron felicitados por el rey. (muestra)",
        ),
    ];
    let readings: Vec<Reading> = ours
        .iter()
        .map(|(code, title, text)| article(code, title, text).unwrap().remove(0))
        .collect();
    assert!(readings.iter().all(|r| day(r) == "2031-03-08"));
    let found = statements(&readings);
    let mut told: Vec<_> =
        found.iter().map(|s| (s.url.rsplit('#').next().unwrap(), s.source.as_str())).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [("AR1", "kcna-en"), ("AR2", "kcna-en"), ("AR3", "kcna-ko"), ("AR4", "kcna-es")]
    );
    let other = article("AR5", "植树", "斯特雷索三月八日电，今天全国植树。（虚构）").unwrap_err();
    assert_eq!(
        (other.source.as_deref(), other.reason.as_str().ends_with("is in zh")),
        (None, true)
    );
}

/// The ministry's own address stands for a statement, however its mirrors sort.
#[test]
fn the_own_address_is_the_canonical_one() {
    for (own, mirror) in [
        (
            "http://www.fmprc.gov.cn/web/x/203105/t1.shtml",
            "https://rr.china-embassy.gov.cn/chn/fyrth/t1.htm",
        ),
        (
            "http://www.fmprc.gov.cn/web/x/203105/t1.shtml",
            "http://ab.china-embassy.gov.cn/chn/fyrth/t1.htm",
        ),
        (
            "https://www.fmprc.gov.cn/web/x/203105/t1.shtml",
            "https://ab.china-embassy.gov.cn/chn/fyrth/t1.htm",
        ),
    ] {
        let readings = [own, mirror].map(|url| captured(url, "2031-06-01", TITLE, &TEXT));
        assert_eq!(roles(&readings[0]), roles(&readings[1]));
        let found = statements(&readings);
        assert_eq!((found.len(), found[0].url.as_str(), found[0].urls.len()), (1, own, 2));
    }
}

/// A conference that the site shows at an old address and, with a word corrected, at a new one counts once.
#[test]
fn a_conference_that_was_edited_on_its_way_to_another_address_is_linked() {
    let old = "https://www.mfa.gov.cn/web/wjdt_674879/fyrbt_674889/t9990001.shtml";
    let more = "双方应当通过对话协商解决分歧，共同维护地区的和平与稳定，这是国际社会的共同期待。"
        .repeat(6);
    let first = [TEXT[0], "毛宁：3日已有说明。", TEXT[2], more.as_str()];
    let second = [TEXT[0], "毛宁：13日已有说明。", TEXT[2], more.as_str()];
    let found = collate(vec![
        captured(old, "2031-06-01", TITLE, &first),
        captured(PAGE, "2031-07-01", TITLE, &second),
    ]);
    let links: Vec<_> = found.links.iter().map(|link| link.kind).collect();
    assert_eq!((found.statements.len(), links.as_slice()), (2, &[corpus::LinkKind::NearCopy][..]));
    // Two conferences with the same heading and other words are two.
    let other = [TEXT[0], "毛宁：没有说明。", TEXT[2], "毛宁：请关注后续消息。"];
    let found = collate(vec![
        captured(old, "2031-06-01", TITLE, &other),
        captured(PAGE, "2031-07-01", TITLE, &second),
    ]);
    assert_eq!((found.statements.len(), found.links.len()), (2, 0));
}

/// A briefing beside the regular conference of a day: the English conference belongs to the one that speaks
/// of the same.
#[test]
fn of_two_conferences_of_a_day_the_one_on_the_same_matters_has_the_twin() {
    let regular =
        ["*路透社记者：俄罗斯、乌克兰、波兰、匈牙利和法国如何？（虚构）", "毛宁：没有消息。"];
    let briefing =
        ["*新华社记者：日本、韩国、越南、泰国和印度方面如何？（虚构）", "马朝旭：没有消息。"];
    let english = "<p>Reuters: What of Russia, Ukraine, Poland, Hungary and France? (invented)</p><p>Mao Ning: No news.</p>";
    let title = "外交部副部长马朝旭举行2031年5月8日中外媒体吹风会并回答记者提问";
    let other = "https://www.mfa.gov.cn/web/wjdt_674879/fyrbt_674889/203105/t20310508_2.shtml";
    let readings = vec![
        captured(PAGE, "2031-06-01", TITLE, &regular),
        captured(other, "2031-06-01", title, &briefing),
        crate::china::english(crate::china::TITLE_EN, english),
    ];
    let found = collate(readings);
    let regular = found.statements.iter().find(|s| s.title.as_deref() == Some(TITLE)).unwrap();
    let links: Vec<_> = found.links.iter().map(|link| (link.kind, &link.b)).collect();
    assert_eq!(links, [(corpus::LinkKind::Twin, &regular.id)], "{:?}", found.links);
}
