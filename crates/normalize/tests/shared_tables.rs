//! The shared tables: what they hold, read and collated. Without the data beside the project the
//! tests say so and pass.

mod shared;

use std::collections::{BTreeMap, BTreeSet};

use corpus::{Capture, Digest, Lang, LinkKind};
use normalize::{Reading, collate, read};

#[test]
fn thirty_two_statements_of_the_ministry_and_its_agency() {
    let Some(table) = shared::table("dprk/mfa-and-kcna-2017-2026.jsonl.gz") else { return };
    let collated = collate(table.readings);
    for s in &collated.statements {
        println!(
            "{} {} {} {:?} {} {:?} {:?} {:?}",
            s.id,
            s.lang,
            s.genre.name(),
            s.title,
            s.issuer,
            s.carrier,
            s.published,
            s.date_note
        );
        for t in &s.turns {
            println!(
                "    {} {:?} {:?} {}",
                t.role.name(),
                t.speaker,
                t.asker,
                t.text.chars().take(90).collect::<String>()
            );
        }
    }
    for l in &collated.links {
        println!("{:?} {} {} {} {}", l.kind, l.a, l.b, l.score, l.evidence);
    }
    let of = |lang| collated.statements.iter().filter(|s| s.lang == lang).count();
    assert_eq!((of(Lang::Ko), of(Lang::En), collated.statements.len()), (24, 8, 32));
    assert!(table.rejects.is_empty());
    let on = |day: &str, kind| {
        collated
            .links
            .iter()
            .filter(|l| l.kind == kind && l.a.contains(day) && l.b.contains(day))
            .count()
    };
    assert_eq!((on("2022-02-28", LinkKind::NearCopy), on("2022-02-28", LinkKind::Twin)), (1, 2));
    assert_eq!(on("2022-03-23", LinkKind::Twin), 1);
}

#[test]
fn one_text_under_many_addresses_is_one_statement() {
    let Some(table) = shared::table("dprk/kcna-en-2024-by-url.jsonl.gz") else { return };
    let without_text: Vec<_> = table.rejects.iter().filter(|r| r.reason == "no text").collect();
    println!("{} rows, {} rejects", table.rows, table.rejects.len());
    let collated = collate(table.readings);
    println!("{} statements, {} links", collated.statements.len(), collated.links.len());
    for l in collated.links.iter().take(40) {
        println!("{:?} {} {} {} {}", l.kind, l.a, l.b, l.score, l.evidence);
    }
    assert_eq!(
        (collated.statements.len(), without_text.len(), table.rejects.len()),
        (1038, 239, 239)
    );
    let addresses: usize = collated.statements.iter().map(|s| s.urls.len()).sum();
    assert_eq!(addresses, 1839);
}

#[test]
fn no_text_is_lost_to_a_shared_address() {
    let Some(table) = shared::table("dprk/kcna-en-2011-2012.jsonl.gz") else { return };
    assert_eq!((table.rows, table.rejects.len()), (22_337, 0));
    let spanish = table.readings.iter().filter(|r| r.lang == Lang::Es).count();
    let tagged = table.readings.iter().filter(|r| r.source == "kcna-es").count();
    let texts: BTreeSet<&Digest> = table.readings.iter().map(|r| &r.text_digest).collect();
    let texts = texts.len();
    let collated = collate(table.readings);
    let untitled = collated.statements.iter().filter(|s| s.title.is_none()).count();
    println!(
        "{} statements, {texts} texts, {untitled} without a title, {spanish} Spanish of which {tagged} declared",
        collated.statements.len()
    );
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for link in &collated.links {
        *kinds.entry(format!("{:?}", link.kind)).or_default() += 1;
    }
    println!("{kinds:?}");
    for l in collated.links.iter().step_by(1 + collated.links.len() / 30) {
        let title = |id: &str| {
            collated.statements.iter().find(|s| s.id == id).and_then(|s| s.title.clone())
        };
        println!(
            "{:?} {} {:?} | {:?} {} {}",
            l.kind,
            l.a,
            title(&l.a),
            title(&l.b),
            l.score,
            l.evidence
        );
    }
    let kept: BTreeSet<&Digest> = collated.statements.iter().map(|s| &s.text_digest).collect();
    assert_eq!(kept.len(), texts);
    let rows: usize = collated.statements.iter().map(|s| s.captures.len()).sum();
    assert_eq!(rows, 22_337);
    assert!(spanish > tagged);
}

#[test]
fn a_page_under_its_old_and_new_address_is_one_statement() {
    let Some(data) = shared::data() else { return };
    let Some(captures) = shared::captures("prc/mfa-zh-2020-2022.warc.gz") else { return };
    let aliases = std::fs::read_to_string(data.join("prc/alias-old-new-id-2020.tsv")).unwrap();
    let by_url: BTreeMap<&str, &Capture> = captures.iter().map(|c| (c.url.as_str(), c)).collect();
    let (sources, outlets) = (shared::sources(), shared::outlets());
    let mut readings: Vec<Reading> = Vec::new();
    let mut pages = 0;
    for line in aliases.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let Some(page) = by_url.get(columns[2]) else { continue };
        pages += 1;
        for (url, day) in
            [(columns[1], "2020-12-11T12:00:00Z"), (columns[2], "2024-04-04T00:00:00Z")]
        {
            let capture =
                Capture { url: url.to_owned(), captured: day.parse().unwrap(), ..(*page).clone() };
            let source = sources.by_address(url).unwrap();
            readings.extend(read(&capture, source, &outlets).unwrap());
        }
    }
    let statements = collate(readings).statements;
    println!("{pages} pages, {} statements", statements.len());
    assert_eq!((pages, statements.len()), (80, 80));
    assert!(statements.iter().all(|s| s.urls.len() == 2 && s.captures.len() == 2));
}

#[test]
fn english_conferences_pair_with_the_chinese_of_their_day() {
    let (Some((mut readings, _)), Some(table)) = (
        shared::pages("prc/mfa-zh-2020-2022.warc.gz"),
        shared::table("prc/mfa-en-excerpts-2005-2025.jsonl.gz"),
    ) else {
        return;
    };
    println!("{} rows, {:?}", table.rows, table.rejects);
    readings.extend(table.readings);
    let collated = collate(readings);
    for s in collated.statements.iter().filter(|s| s.source == "cn-mfa-en") {
        println!(
            "{} {} {:?} {:?} {:?}",
            s.id,
            s.genre.name(),
            s.title,
            s.spokesperson,
            s.date_note
        );
        for t in s.turns.iter().take(6) {
            println!(
                "    {} {:?} {:?} {}",
                t.role.name(),
                t.speaker,
                t.asker,
                t.text.chars().take(80).collect::<String>()
            );
        }
    }
    for l in &collated.links {
        println!("{:?} {} {} {} {}", l.kind, l.a, l.b, l.score, l.evidence);
    }
    let day = |id: &str| id.split('/').nth(1).unwrap().to_owned();
    let twins: Vec<_> = collated.links.iter().filter(|l| l.kind == LinkKind::Twin).collect();
    assert!(twins.iter().all(|l| day(&l.a) == day(&l.b)));
    assert!(!twins.is_empty());
}
