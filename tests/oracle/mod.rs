//! The oracle: totals of the index beside those of a plain scan, on all the real text at hand,
//! archived pages and tables.

mod draw;
mod operators;
mod scan;

use std::sync::LazyLock;

use corpus::{Corpus, Date, Lang, Role};
use index::{Filters, Index, Options, Query};

use crate::support::{Demarche, arg, shared};
use scan::Scanned;

/// All files with texts: pages and tables.
const FILES: [&str; 11] = [
    "prc/mfa-zh-2020-2022.warc.gz",
    "prc/mfa-zh-2019-2020-other-sections.warc.gz",
    "prc/mfa-en-excerpts-2005-2025.jsonl.gz",
    "dprk/kcna-en-2011-2012.jsonl.gz",
    "dprk/kcna-en-2024-by-url.jsonl.gz",
    "dprk/rodong-en-2018-2021.jsonl.gz",
    "dprk/rodong-en-2021-2022.jsonl.gz",
    "dprk/mfa-and-kcna-2017-2026.jsonl.gz",
    "dprk/new-year-addresses-ko-1946-2019.jsonl.gz",
    "dprk/kyongje-yongu-ko-1987-2017.jsonl.gz",
    "dprk/kcna-and-rodong-pages.warc.gz",
];

/// A corpus of all statements, and its turns as the scan sees them.
struct Shelf {
    _demarche: Demarche,
    index: Index,
    turns: Vec<Scanned>,
}

static SHELF: LazyLock<Option<Shelf>> = LazyLock::new(|| {
    let data = shared()?;
    let demarche = Demarche::new();
    let files: Vec<_> = FILES.iter().map(|file| data.join(file)).collect();
    demarche.import(&files.iter().map(|file| arg(file)).collect::<Vec<_>>());
    demarche.stdout(&["index", "-q"]);
    let corpus = Corpus::open(demarche.corpus()).unwrap();
    let (index, turns) = (Index::open(&corpus).unwrap(), scan::scan(&corpus));
    assert_eq!(index.turns(), turns.len() as u64);
    assert!(turns.len() > 39_000, "{} turns", turns.len());
    Some(Shelf { _demarche: demarche, index, turns })
});

#[test]
fn totals_equal_a_plain_scan_of_all_text() {
    let Some(shelf) = SHELF.as_ref() else { return };
    let terms = draw::terms(&shelf.turns);
    let filters: Vec<Filters> = (0..terms.len()).map(filters).collect();
    let expected = scan::count(&shelf.turns, &terms, &filters);
    let mut found_some = 0;
    for ((term, filters), expected) in terms.iter().zip(&filters).zip(&expected) {
        let query = Query::parse(&format!("\"{term}\"")).unwrap();
        let totals = shelf.index.search(&query, filters, &Options::default()).unwrap();
        assert_eq!(totals, *expected, "{term:?} {filters:?}");
        // What is counted by positions and what is verified on the text is the same.
        let found = shelf.index.find(&query, filters, &Options::default()).unwrap();
        assert_eq!(found.totals(), totals, "{term:?}");
        let last = found.len().saturating_sub(3);
        let shown: Result<Vec<_>, _> = shelf.index.hits(&found, last, 3).collect();
        assert_eq!(shown.unwrap().len(), found.len().min(3), "{term:?}");
        found_some += usize::from(totals.occurrences > 0);
    }
    println!("{} terms, {found_some} of them found, {} turns", terms.len(), shelf.turns.len());
    assert!(terms.len() > 800 && found_some > 400);
}

/// Filters by turns: none, role, source, days, language and days.
fn filters(n: usize) -> Filters {
    let day = |text: &str| text.parse::<Date>().ok();
    match n % 6 {
        1 => Filters { roles: vec![Role::Answer, Role::Narration], ..Filters::default() },
        2 => Filters {
            sources: vec!["kcna-en".to_owned(), "cn-mfa-zh".to_owned()],
            ..Filters::default()
        },
        3 => Filters { from: day("2012-03-05"), to: day("2021-06-30"), ..Filters::default() },
        4 => Filters {
            langs: vec![Lang::Ko, Lang::Zh],
            from: day("1990-01-01"),
            ..Filters::default()
        },
        _ => Filters::default(),
    }
}
