//! Keywords in their contexts.

use corpus::{Lang, Role};
use index::{Bound, ConcordanceRow, Filters, Index, Options, Query, SortBy, Window};

use crate::shelf::{Shelf, statement};

fn rows(
    shelf: &Shelf,
    query: &str,
    window: Window,
    bound: Bound,
    by: SortBy,
) -> Vec<ConcordanceRow> {
    let index = Index::open(&shelf.corpus).unwrap();
    let query = Query::parse(query).unwrap();
    let found = index.find(&query, &Filters::default(), &Options::default()).unwrap();
    index.concordance(&found, &query).page(window, bound, by, 0, usize::MAX).unwrap()
}

fn contexts(rows: &[ConcordanceRow]) -> Vec<(&str, &str, &str)> {
    rows.iter().map(|r| (r.pre.as_str(), r.keyword.as_str(), r.post.as_str())).collect()
}

#[test]
fn windows_are_counted_in_words_or_characters_and_bounded() {
    let shelf = Shelf::of(Lang::En, &["One two. Three, the  CRISIS\nof four five six."]);
    let all = rows(&shelf, "crisis", Window::Auto(2), Bound::Turn, SortBy::Place);
    assert_eq!(contexts(&all), [("Three, the ", "CRISIS", " of four")]);
    assert_eq!((all[0].from, all[0].to), (5, 5));
    let segment = rows(&shelf, "crisis", Window::Auto(9), Bound::Segment, SortBy::Place);
    assert_eq!(contexts(&segment), [("Three, the ", "CRISIS", "")]);
    let chars = rows(&shelf, "crisis", Window::Chars(4), Bound::Turn, SortBy::Place);
    assert_eq!(contexts(&chars), [("he ", "CRISIS", " of ")]);

    let shelf = Shelf::of(Lang::Zh, &["一二三四五危机，六七八九"]);
    let all = rows(&shelf, "危机", Window::Auto(2), Bound::Turn, SortBy::Place);
    assert_eq!(contexts(&all), [("二三四五", "危机", "，六七八")]);
    assert_eq!((all[0].from, all[0].to, all[0].start_char, all[0].end_char), (6, 7, 5, 7));
}

#[test]
fn rows_are_sorted_by_either_context() {
    let shelf = Shelf::of(Lang::En, &["z a war b y", "a b war a", "y a WAR c"]);
    let left = rows(&shelf, "war", Window::Auto(3), Bound::Turn, SortBy::Left);
    let pres: Vec<_> = left.iter().map(|row| row.pre.as_str()).collect();
    assert_eq!(pres, ["y a ", "z a ", "a b "]);
    let right = rows(&shelf, "war", Window::Auto(3), Bound::Turn, SortBy::Right);
    let posts: Vec<_> = right.iter().map(|row| row.post.as_str()).collect();
    assert_eq!(posts, [" a", " b y", " c"]);
}

#[test]
fn a_page_is_a_part_of_all_rows_in_any_order() {
    let shelf = Shelf::of(Lang::En, &["z a war b war y", "a b war a", "y a WAR c"]);
    let index = Index::open(&shelf.corpus).unwrap();
    let query = Query::parse("war").unwrap();
    let found = index.find(&query, &Filters::default(), &Options::default()).unwrap();
    let concordance = index.concordance(&found, &query);
    for by in [SortBy::Place, SortBy::Left, SortBy::Right] {
        let page = |offset, limit| {
            concordance.page(Window::Auto(3), Bound::Turn, by, offset, limit).unwrap()
        };
        let all = page(0, usize::MAX);
        assert_eq!(all.len(), 4);
        assert_eq!([page(0, 1), page(1, 2), page(3, 9)].concat(), all);
    }
}

#[test]
fn keywords_stand_in_one_column_and_no_terminal_is_obeyed() {
    let shelf = Shelf::of(Lang::Zh, &["危机", "一二三危机四", "\u{1b}[31m\u{202e}危机"]);
    let all = rows(&shelf, "危机", Window::Chars(9), Bound::Turn, SortBy::Place);
    let lines: Vec<_> = all.iter().map(|row| row.aligned(6, 9)).collect();
    assert_eq!(lines[0], "       | 危机 | ");
    assert_eq!(lines[1], "一二三 | 危机 | 四");
    assert_eq!(all[1].aligned(5, 8), " 二三 | 危机 | ");
    assert_eq!(all[1].aligned(1, 3), "  | 危");
    assert!(!lines[2].contains(['\u{1b}', '\u{202e}']), "{:?}", lines[2]);
}

#[test]
fn rows_carry_the_columns_of_the_contract() {
    let shelf = Shelf::new();
    let mut one = statement("rt-mfa", "2022-03-01", Lang::En, &[(Role::Question, "War?")]);
    one.turns[0].speaker = Some("AFP".to_owned());
    shelf.put(&[one], &[]);
    shelf.update();
    let rows = rows(&shelf, "war", Window::Auto(5), Bound::Turn, SortBy::Place);
    let json = serde_json::to_value(&rows[0]).unwrap();
    let columns = [
        "docname", "from", "to", "pre", "keyword", "post", "pattern", "date", "source", "role",
        "speaker",
    ];
    assert!(columns.iter().all(|column| json.get(column).is_some()), "{json}");
    assert_eq!((json["role"].as_str(), json["speaker"].as_str()), (Some("question"), Some("AFP")));
}
