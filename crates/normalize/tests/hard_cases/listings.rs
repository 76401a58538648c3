//! Listings whose markup nobody knows: told by their addresses and by what stands side by side.

use crate::dprk::MFA_KO;
use crate::invented::{bytes, try_read};

fn refused(html: &str, url: &str) -> String {
    try_read(&bytes(html.as_bytes().to_vec(), url, "2031-06-01")).unwrap_err().reason.to_string()
}

/// Beginnings of texts under links: nothing on the page tells them from an article.
#[test]
fn an_address_that_a_source_lists_at_is_a_listing_whatever_is_on_it() {
    let teasers: String = (1..9)
        .map(|n| {
            format!(
                "<h3><a href='./203105/t2031050{n}_1.html'>King Meets Envoy No. {n}</a></h3><p>On May {n}, the king of Ruritania met an envoy \
                 and exchanged views on relations and issues of common concern in depth. (invented sample)</p>"
            )
        })
        .collect();
    let page =
        format!("<html><head><title>News</title></head><body><div>{teasers}</div></body></html>");
    for url in [
        "https://www.fmprc.gov.cn/eng/xw/fyrbt/lxjzh/index_3.html",
        "https://www.fmprc.gov.cn/eng/",
        "https://www.fmprc.gov.cn/eng/zxxx_662805/index.html",
        "http://www.kcna.co.jp/item/2031/203112/2031-12-01ee.html",
        "http://www.kcna.co.jp/e-news.htm",
        "http://www.kcna.co.jp/item/2031/calendar-2031e.html",
        "http://www.kcna.co.jp/item/2031/203112/2031-12-01ss.html",
    ] {
        assert_eq!(refused(&page, url), "listing page", "{url}");
    }
}

/// The ministry's pages of which only addresses are known: several articles are a list, one beside
/// the beginning of another is not.
#[test]
fn articles_side_by_side_are_a_list() {
    let text = "<p>루리타니아는 훈련을 그만두어야 한다. 우리는 이를 배격한다. 실바니아가 책임을 져야 한다.</p>".repeat(2);
    let list = format!("<article>{text}</article>").repeat(3);
    assert_eq!(refused(&list, "http://www.mfa.gov.kp/article/institutes"), "listing page");
    assert_eq!(refused(&list, "http://www.mfa.gov.kp/"), "listing page");
    let one = format!(
        "<h1>담화</h1><article>{}</article><article><p>다른 소식 (지어낸 견본)</p></article>",
        text.repeat(4)
    );
    assert!(try_read(&bytes(one.into_bytes(), MFA_KO, "2031-06-01")).is_ok());
}

/// The lists of kcna.kp's first interface, in its XML.
#[test]
fn the_lists_of_the_interface_are_lists() {
    let list = "<?xml version='1.0'?><NData><totalCount>1</totalCount><articleCode>AR1</articleCode><dispTitle>Dam Opened</dispTitle></NData>";
    let url = "http://www.kcna.kp/kcna.user.article.retrieveArticleListForPage.kcmsf";
    assert_eq!(refused(list, url), "listing page");
}
