//! The report, opened in a real browser: a number opens its segments, a heading sorts its column,
//! nothing is fetched, nothing runs over the edge of a phone.

mod driver;

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::{Demarche, arg};
use driver::Browser;

/// Two invented ministries speak twelve times each; one title is an attack on the page.
fn report(demarche: &Demarche) -> PathBuf {
    let mut table = String::new();
    for day in 1..=12 {
        let title = if day == 3 { "<script>alert(1)</script>" } else { "Remarks on Ukraine" };
        let row = |who: &str, body: &str| {
            let url = format!("http://{who}.example.invalid/{day}");
            let date = format!("2022-03-{day:02}");
            json!({"url": url, "institution": who, "lang": "en", "date": date, "title": title, "body": body})
        };
        let chinese = "NATO fanned the flames of the crisis in Ukraine. We call for dialogue.";
        let korean = "The US is the culprit of the conflict in Ukraine. The hegemonic policy of the US is to blame.";
        for (institution, body) in [
            ("Ministry of Foreign Affairs, PRC", format!("{chinese} This is our remark {day}.")),
            ("Ministry of Foreign Affairs, DPRK", format!("{korean} This is our remark {day}.")),
        ] {
            table.push_str(&row(institution, &body).to_string());
            table.push('\n');
        }
    }
    for (source, institution) in [("cn-mfa-en", "PRC"), ("kp-mfa-en", "DPRK")] {
        let file = demarche.folder().join(format!("{source}.jsonl"));
        let rows: Vec<&str> =
            table.lines().filter(|l| l.contains(&format!(", {institution}"))).collect();
        std::fs::write(&file, rows.join("\n")).expect("written");
        demarche.stdout(&["import", "-q", "--source", source, arg(&file)]);
    }
    demarche.stdout(&["run", "--offline", "-q"]);
    let folder = demarche.folder().join("study");
    demarche.stdout(&["report", "-q", "--study", "ukraine-2022", "-o", arg(&folder)]);
    folder.join("report.html")
}

/// Runs a test of a page on this thread.
fn block_on(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(test);
}

#[test]
fn a_number_opens_the_segments_that_it_counts() {
    block_on(async {
        let Some(browser) = Browser::open(1200, false).await else { return };
        let demarche = Demarche::new();
        browser.go(&format!("file://{}", report(&demarche).display())).await;
        let first = "#blame-ukraine-war td a.n";
        let counted = browser
            .script(&format!("return document.querySelector('{first}').dataset.total"))
            .await;
        browser.click(first).await;
        let opened = browser.script(OPENED).await;
        assert_eq!(opened["open"], true);
        assert_eq!(opened["segments"].to_string(), counted.as_str().expect("a total"));
        for part in ["words", "voice", "rule", "capture", "revision"] {
            assert_eq!(opened[part], true, "the segment shows no {part}: {opened}");
        }
        browser.click("dialog button").await;
        assert_eq!(browser.script("return document.querySelector('dialog').open").await, false);
        assert_eq!(browser.console().await, Vec::<String>::new(), "the console is silent");
        let fetched = "return performance.getEntriesByType('resource').length";
        assert_eq!(browser.script(fetched).await, 0, "the page is whole in itself");
    });
}

/// What the dialog of an opened number shows.
const OPENED: &str = r"
const dialog = document.querySelector('dialog');
const items = [...dialog.querySelectorAll('li')];
const every = (test) => items.length > 0 && items.every(test);
return {
  open: dialog.open,
  segments: items.length,
  words: every(i => i.querySelector('mark').textContent.length > 0),
  voice: every(i => i.textContent.includes(' voice')),
  rule: every(i => i.textContent.includes('rule ')),
  capture: every(i => i.textContent.includes('sha256:')),
  revision: every(i => i.textContent.includes('revision ')),
};";

#[test]
fn a_heading_sorts_its_column_both_ways() {
    block_on(async {
        let Some(browser) = Browser::open(1200, false).await else { return };
        let demarche = Demarche::new();
        browser.go(&format!("file://{}", report(&demarche).display())).await;
        let column = "return [...document.querySelectorAll('#naming-ukraine-war tbody tr')]\
                      .map(r => r.querySelector('td').dataset.order).filter(v => v !== '').map(Number)";
        let button = "#naming-ukraine-war thead th.num button";
        browser.click(button).await;
        let down = numbers(&browser.script(column).await);
        browser.click(button).await;
        let up = numbers(&browser.script(column).await);
        assert!(down.len() > 2, "{down:?}");
        assert!(down.is_sorted_by(|a, b| a >= b), "{down:?}");
        assert!(up.is_sorted(), "{up:?}");
        assert_ne!(down, up);
    });
}

#[test]
fn nothing_runs_over_the_edge_and_letters_can_be_read_at_any_width_light_and_dark() {
    block_on(async {
        let demarche = Demarche::new();
        let page = report(&demarche);
        for (width, dark) in [(360, false), (360, true), (768, false), (1400, true)] {
            let Some(browser) = Browser::open(width, dark).await else { return };
            browser.go(&format!("file://{}", page.display())).await;
            let over = browser.script(OVER_THE_EDGE).await;
            assert_eq!(over, json!([]), "at {width} pixels");
            let cut = browser.script(CUT_WORDS).await;
            assert_eq!(cut, json!([]), "at {width} pixels");
            let small = browser.script(SMALL_WORDS).await;
            assert_eq!(small, json!([]), "at {width} pixels");
            let faint = browser.script(FAINT).await;
            assert_eq!(faint, json!([]), "at {width} pixels, dark: {dark}");
        }
    });
}

/// Elements that make the page scroll sideways; a table scrolls inside its own frame.
const OVER_THE_EDGE: &str = r"
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= width) return [];
return [...document.querySelectorAll('body *')]
  .filter(e => !e.closest('.scroll') && e.getBoundingClientRect().right > width + 1)
  .slice(0, 5).map(e => e.outerHTML.slice(0, 120));";

/// Words of charts that do not stand on the page as a whole.
const CUT_WORDS: &str = r"
const width = document.documentElement.clientWidth;
return [...document.querySelectorAll('figure text')]
  .filter(e => { const at = e.getBoundingClientRect(); return at.left < 0 || at.right > width; })
  .slice(0, 5).map(e => e.textContent);";

/// Words of charts that are smaller than the smallest letters of the tables.
const SMALL_WORDS: &str = r"
const size = (e) => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a;
return [...document.querySelectorAll('figure text')]
  .filter(e => size(e) < 10.5).slice(0, 5).map(e => [e.textContent, size(e)]);";

#[test]
fn a_side_is_named_above_its_columns_however_far_they_are_scrolled() {
    block_on(async {
        let Some(browser) = Browser::open(400, false).await else { return };
        let demarche = Demarche::new();
        browser.go(&format!("file://{}", report(&demarche).display())).await;
        let seen = browser.script(NAMED_SIDE).await;
        assert_eq!(seen, json!([true, true]));
    });
}

/// Whether the first side's name is on the page, before and after its columns are scrolled.
const NAMED_SIDE: &str = r"
const frame = document.querySelector('#blame-ukraine-war .scroll');
const name = frame.querySelector('th[scope=colgroup] span');
const seen = () => {
  const [at, inside] = [name.getBoundingClientRect(), frame.getBoundingClientRect()];
  return at.left >= inside.left && at.right <= inside.right;
};
const before = seen();
frame.scrollLeft = 120;
return [before, seen()];";

/// Kinds of text whose contrast with the paper is under 4.5 to 1, as WCAG 2.2 measures it (SC 1.4.3).
const FAINT: &str = r"
const light = (rgb) => rgb.map(v => v / 255)
  .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const parse = (color) => color.match(/[\d.]+/g).slice(0, 3).map(Number);
const paper = light(parse(getComputedStyle(document.body).backgroundColor));
const ratio = (color) => { const ink = light(parse(color)); return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05); };
const kinds = ['p', 'a', 'small', 'td', 'th', '.why', '.where', 'figcaption', 'code'];
return kinds.map(k => [k, document.querySelector(k)])
  .filter(([, e]) => e !== null && ratio(getComputedStyle(e).color) < 4.5)
  .map(([k, e]) => k + ' ' + getComputedStyle(e).color);";

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().filter_map(Value::as_f64).collect()
}
