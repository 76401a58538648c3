//! Stories of kcna.co.jp: where one begins on its page.

use corpus::Role::Narration;

use crate::dprk::page;
use crate::invented::{bytes, day, try_read, turns};

const STORY: &str = "http://www.kcna.co.jp/item/2011/201112/news01/20111201-01ee.html";
const TEXT: &str = "Strelsau, December 1 (KCNA) -- A dam was opened. (invented sample)";

/// A story of 2008 on begins at its date line, whatever menu stands above.
#[test]
fn a_story_begins_at_its_date_line() {
    let home = "<table><tr><td><img src='h.jpg'></td></tr><tr><td><a href='../../../../index-e.htm'>Top</a></td></tr>\
                <tr><td>KOREAN NEWS</td></tr></table>";
    for head in [
        "<p>&gt;&gt; December 1. 2011 Juche 100</p><p><b>Dam Opened</b></p>",
        "&gt;&gt; December 1. 2011 Juche 100<br><b>Dam Opened</b><br>",
        "<div>&gt;&gt; <a href='../../2011-12-01ee.html'>December 1. 2011 Juche 100</a></div><h3>Dam Opened</h3>",
        "&gt;&gt; December 1. 2011 Juche 100 <b>Dam Opened</b>",
        "<a href='../../../calendar-2011e.html'>calendar</a>&gt;&gt;<b>December</b> <b>1. 2011 Juche 100</b><p>&nbsp;</p><p>Dam Opened</p>",
        "<p>December 1. 2011 Juche 100</p><p>Dam<br>Opened</p>",
    ] {
        let html = format!(
            "<html><body>{home}{head}<p>{TEXT}</p><p>Copyright (C) KOREA NEWS SERVICE(KNS)</p></body></html>"
        );
        let read = page(&html, STORY, "2012-01-01");
        assert_eq!(
            (read.title.as_deref(), day(&read).as_str()),
            (Some("Dam Opened"), "2011-12-01"),
            "{head}"
        );
        assert_eq!(turns(&read), [(Narration, None, TEXT)], "{head}");
    }
    let home = "<a href='../../../../index-e.htm'>Home</a>";
    let bare = format!("<html><body>{home}<p><b>Dam Opened</b></p><p>{TEXT}</p></body></html>");
    assert_eq!(page(&bare, STORY, "2012-01-01").title.as_deref(), Some("Dam Opened"));
}

/// A day's page to 2008 is told apart at the numbers of its stories, not at other anchors.
#[test]
fn a_story_goes_on_at_anchors_that_are_no_number() {
    let url = "http://www.kcna.co.jp/item/2005/200501/news01/04.htm";
    let html = "<html><body><a name='top'></a><p>KOREAN NEWS</p><p><a href='04.htm#1'>Dam Opened</a></p>\
        <a name='#1'></a><p><b>Dam Opened</b></p><p>Strelsau, January 4 (KCNA) -- A dam was opened. (invented sample)</p>\
        <p>It is large. See <a id='x' href='http://x.example'>this</a> page and more.</p><p><a href='#top'>Go to Top</a></p>\
        <a id='2'></a><p><b>Trees Planted</b></p><p>Strelsau, January 4 (KCNA) -- Trees were planted.</p></body></html>";
    let read = try_read(&bytes(html.into(), url, "2006-01-01")).unwrap();
    let told: Vec<_> = read.iter().map(|r| (r.title.as_deref().unwrap(), turns(r)[0].2)).collect();
    assert_eq!(
        told,
        [
            (
                "Dam Opened",
                "Strelsau, January 4 (KCNA) -- A dam was opened. (invented sample)\nIt is large. See this page and more."
            ),
            ("Trees Planted", "Strelsau, January 4 (KCNA) -- Trees were planted."),
        ]
    );
}
