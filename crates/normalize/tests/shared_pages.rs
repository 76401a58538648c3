//! The other archived pages beside the project: other sections of the Chinese ministry's site, a
//! kcna.kp home page, Rodong pages. And the difficult pages, with facts read off them.

mod shared;

use std::collections::BTreeMap;

use corpus::{Genre, LinkKind, Role};
use normalize::{Reading, collate};

#[test]
fn other_sections_are_articles_with_the_day_of_their_stamp() {
    let Some((readings, rejects)) = shared::pages("prc/mfa-zh-2019-2020-other-sections.warc.gz")
    else {
        return;
    };
    for r in &readings {
        println!(
            "{:?} {} {:?} {:?} {}",
            r.date,
            r.genre.name(),
            r.title,
            r.turns.iter().map(|t| t.role.name()).collect::<Vec<_>>(),
            r.turns[0].text.chars().take(50).collect::<String>()
        );
    }
    println!("{rejects:?}");
    assert_eq!((readings.len(), rejects.len()), (50, 0));
    assert!(readings.iter().all(|r| r.date.is_some() && r.title.is_some()));
}

#[test]
fn rodong_pages_are_articles_and_its_lists_are_listings() {
    let Some((readings, rejects)) = shared::pages("dprk/kcna-and-rodong-pages.warc.gz") else {
        return;
    };
    for r in &readings {
        println!(
            "{:?} {} {:?} {}",
            r.date,
            r.layout,
            r.title,
            r.turns[0].text.chars().take(80).collect::<String>()
        );
    }
    assert_eq!(readings.len(), 11);
    assert!(rejects.iter().all(|r| r.reason == "listing page"), "{rejects:?}");
    assert_eq!(rejects.len(), 3);
}

#[test]
fn chinese_listings_are_listings() {
    let Some((readings, rejects)) = shared::pages("prc/mfa-zh-listing-2020-12.warc.gz") else {
        return;
    };
    println!("{:?}", rejects.first());
    assert_eq!((readings.len(), rejects.len()), (0, 67));
    assert!(rejects.iter().all(|r| r.reason == "listing page"));
}

/// Page, day of the event, stamp, questions and answers, as counted on the pages: paragraphs in
/// bold that ask, and paragraphs that open with the spokesperson's name or 答.
const DIFFICULT: [(&str, &str, &str, usize, usize); 18] = [
    ("t20200902_7816619", "2020-09-02", "2020-09-02 19:08", 12, 12),
    ("t20201231_7817025", "2020-12-31", "2020-12-31 18:26", 7, 7),
    ("t20210112_7817066", "2021-01-12", "2021-01-12 17:18", 9, 9),
    // One answer stands without a label.
    ("t20210319_9710973", "2021-03-19", "2021-03-19 18:51", 11, 11),
    ("t20210401_9177318", "2021-04-01", "2021-04-01 19:47", 21, 21),
    ("t20210615_9177373", "2021-06-15", "2021-06-15 20:09", 10, 10),
    ("t20210807_9177419", "2021-08-07", "2021-08-07 19:58", 5, 5),
    ("t20220120_10631036", "2022-01-20", "2022-01-20 17:21", 12, 12),
    ("t20220224_10645295", "2022-02-24", "2022-02-24 23:00", 31, 31),
    ("t20220303_10647693", "2022-03-03", "2022-03-03 19:47", 9, 9),
    ("t20220304_10648105", "2022-03-04", "2022-03-04 19:00", 6, 6),
    ("t20220318_10653084", "2022-03-18", "2022-03-18 18:26", 10, 10),
    ("t20220329_10656950", "2022-03-28", "2022-03-28 21:00", 15, 15),
    ("t20220422_10672257", "2022-04-22", "2022-04-22 18:51", 14, 14),
    ("t20220630_10713013", "2022-06-30", "2022-06-30 20:20", 21, 21),
    ("t20220711_10718442", "2022-07-11", "2022-07-11 20:16", 12, 12),
    // One answer stands without a label.
    ("t20220728_10729417", "2022-07-28", "2022-07-28 19:38", 13, 13),
    // Two spokespersons open; neither of these turns answers anybody.
    ("t20220905_10762291", "2022-09-05", "2022-09-05 17:55", 11, 11),
];

#[test]
fn difficult_pages_have_the_facts_that_were_read_off_them() {
    let Some((readings, _)) = shared::pages("prc/mfa-zh-2020-2022.warc.gz") else { return };
    for (page, day, stamp, questions, answers) in DIFFICULT {
        let read = readings.iter().find(|r| r.url.contains(page)).unwrap();
        let of = |role| read.turns.iter().filter(|t| t.role == role).count();
        let facts = (
            read.date.unwrap().to_string(),
            read.published.as_deref(),
            of(Role::Question),
            of(Role::Answer),
        );
        assert_eq!(facts, (day.to_owned(), Some(stamp), questions, answers), "{page}");
    }
    let turns = |page: &str| readings.iter().find(|r| r.url.contains(page)).unwrap().turns.clone();
    let speakers = |page: &str| -> Vec<Option<String>> {
        turns(page).into_iter().map(|t| t.speaker).collect()
    };
    assert_eq!(turns("t20201231_7817025").iter().filter(|t| t.role == Role::Note).count(), 1);
    assert!(speakers("t20210112_7817066").contains(&Some("路透社、彭博社记者".to_owned())));
    assert!(speakers("t20210401_9177318").contains(&Some("记者".to_owned())));
    assert!(
        speakers("t20220728_10729417")
            .contains(&Some("彭博社记者、土耳其阿纳多卢通讯社记者".to_owned()))
    );
    let opening: Vec<_> = speakers("t20220905_10762291").into_iter().take(2).flatten().collect();
    assert_eq!(opening, ["汪文斌", "毛宁"]);
    let honest = turns("t20220304_10648105")
        .into_iter()
        .find(|t| t.text.contains("美方应当诚实交代："))
        .unwrap();
    assert_eq!((honest.role, honest.speaker.as_deref()), (Role::Answer, Some("汪文斌")));
}

/// Every pair that the whole of the shared corpus links.
#[test]
fn links_over_everything_are_few_and_true() {
    let mut readings: Vec<Reading> = Vec::new();
    for file in [
        "dprk/kcna-en-2011-2012.jsonl.gz",
        "dprk/third-party-blame-2011-2012.jsonl.gz",
        "dprk/kcna-en-2024.jsonl.gz",
        "dprk/kcna-en-2024-by-url.jsonl.gz",
        "dprk/rodong-en-2018-2021.jsonl.gz",
        "dprk/rodong-en-2021-2022.jsonl.gz",
        "dprk/mfa-and-kcna-2017-2026.jsonl.gz",
        "dprk/new-year-addresses-ko-1946-2019.jsonl.gz",
        "dprk/kyongje-yongu-ko-1987-2017.jsonl.gz",
        "prc/mfa-en-excerpts-2005-2025.jsonl.gz",
    ] {
        let Some(table) = shared::table(file) else { return };
        println!(
            "{file}: {} rows, {} readings, {} rejects",
            table.rows,
            table.readings.len(),
            table.rejects.len()
        );
        readings.extend(table.readings);
    }
    for file in ["prc/mfa-zh-2020-2022.warc.gz", "dprk/kcna-and-rodong-pages.warc.gz"] {
        readings.extend(shared::pages(file).unwrap_or_default().0);
    }
    let collated = collate(readings);
    let by_id: BTreeMap<&str, _> = collated.statements.iter().map(|s| (s.id.as_str(), s)).collect();
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    for s in &collated.statements {
        *sources.entry(s.source.as_str()).or_default() += 1;
    }
    println!("{sources:?}");
    for l in &collated.links {
        let title = |id: &str| by_id[id].title.clone().unwrap_or_default();
        println!(
            "{:?} {} {} {} | {} | {} {}",
            l.kind,
            l.a,
            l.b,
            title(&l.a),
            title(&l.b),
            l.score,
            l.evidence
        );
    }
    println!("{} links over everything", collated.links.len());
    // Fewer than two hundred: every one was read, and none of them is false.
    let read: BTreeMap<(&str, &str), &str> = include_str!("links-read.tsv")
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .map(|c| ((c[1], c[2]), c[3]))
        .collect();
    let unread: Vec<_> = collated
        .links
        .iter()
        .filter(|l| read.get(&(l.a.as_str(), l.b.as_str())) != Some(&"true"))
        .collect();
    assert!(unread.is_empty(), "links that nobody has read: {unread:#?}");
    assert!(collated.links.len() < 200);
    assert!(collated.links.iter().any(|l| l.kind == LinkKind::Twin));
    assert!(
        collated
            .statements
            .iter()
            .filter(|s| s.genre == Genre::Speech)
            .all(|s| s.turns.iter().any(|t| t.role != Role::Note))
    );
}
