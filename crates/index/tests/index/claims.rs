//! What a search finds and counts, one test a claim.

use corpus::pattern::{Entry, Term};
use corpus::{Lang, Role};
use index::{Error, Filters, Grouping, Index, Options, Query, Totals};

use crate::shelf::{Shelf, statement};

fn stem() -> Options {
    Options { stem: true, ..Options::default() }
}

fn fold() -> Options {
    Options { fold_orthography: true, ..Options::default() }
}

fn boundaries(entries: Vec<Entry>) -> Options {
    Options { boundaries: true, entries, ..Options::default() }
}

#[test]
fn chinese_is_found_inside_longer_words() {
    let shelf = Shelf::of(Lang::Zh, &["美国人安装简单，美国。", "印度尼西亚和印度"]);
    assert_eq!(shelf.occurrences("美国"), 2);
    assert_eq!(shelf.occurrences("美国人"), 1);
    assert_eq!(shelf.occurrences("简单"), 1);
    assert_eq!(shelf.occurrences("美"), 2);
    assert_eq!(shelf.occurrences("人"), 1);
    assert_eq!(shelf.occurrences("国美"), 0);
    assert_eq!(shelf.occurrences("印度"), 2);
}

#[test]
fn a_word_whose_end_opens_a_longer_term_is_found_wherever_it_begins() {
    let text = "The militarization of space, xenophobia and racism. A nation of bakers.";
    let shelf = Shelf::of(Lang::En, &[text, "NATO사태와 NATO는"]);
    for (query, expected) in [
        ("*ation of", 2),
        ("\"*ation of space\"", 1),
        ("*phobia and racism", 1),
        ("near(*ation of, space, 3)", 1),
        ("*ation", 2),
        ("*TO는", 1),
        ("*ation of ships", 0),
    ] {
        assert_eq!(shelf.occurrences(query), expected, "{query}");
    }
}

/// Terms that are joined are walked side by side: what that gives is what each turn's text says.
#[test]
fn joined_terms_count_each_place_once_whatever_filters_stand_beside() {
    let shelf = Shelf::new();
    let pieces =
        ["美国人", "美国", "战争。", "The war ", "WAR, crisis. ", "no war crisis ", "国", "x "];
    let text = |n: usize| -> String {
        (0..n % 7)
            .map(|k| pieces[(n / 3_usize.pow(k as u32) + n * k) % pieces.len()])
            .chain(["."])
            .collect()
    };
    let texts: Vec<String> = (0..400).map(text).collect();
    let role = |n: usize| [Role::Question, Role::Answer, Role::Announcement][n % 3];
    let turns: Vec<(Role, &str)> =
        texts.iter().enumerate().map(|(n, text)| (role(n), text.as_str())).collect();
    shelf.put(&[statement("rt-mfa", "2022-03-01", Lang::Zh, &turns)], &[]);
    shelf.update();
    let index = Index::open(&shelf.corpus).unwrap();
    for (query, terms) in [
        ("美国 AND 美国人", &["美国", "美国人"][..]),
        ("war AND WAR", &["war"]),
        ("war AND crisis", &["war", "crisis"]),
        ("美国 AND war AND 战争 AND lang:zh", &["美国", "war", "战争"]),
        ("美国 AND date:2022-03", &["美国"]),
        ("\"war crisis\" AND 国", &["war crisis", "国"]),
    ] {
        for roles in [vec![], vec![Role::Answer], vec![Role::Answer, Role::Question]] {
            let counts = |(_, text): &&(Role, &str)| {
                let text = text.to_lowercase();
                terms.iter().map(|term| text.matches(term).count()).collect::<Vec<_>>()
            };
            let passing = turns.iter().filter(|(role, _)| roles.is_empty() || roles.contains(role));
            let found = passing.map(|turn| counts(&turn)).filter(|c| c.iter().all(|n| *n > 0));
            let found: Vec<usize> = found.map(|counts| counts.iter().sum()).collect();
            let filters = Filters { roles, ..Filters::default() };
            let parsed = Query::parse(query).unwrap();
            let totals = index.search(&parsed, &filters, &Options::default()).unwrap();
            assert!(!found.is_empty(), "{query}");
            assert_eq!(totals.turns, found.len() as u64, "{query}");
            assert_eq!(totals.occurrences, found.iter().sum::<usize>() as u64, "{query}");
            let listed = index.find(&parsed, &filters, &Options::default()).unwrap();
            assert_eq!(listed.totals(), totals, "{query}");
            for hit in index.hits(&listed, 0, usize::MAX) {
                // A hit is verified on its text: its places are those that were counted.
                hit.unwrap();
            }
        }
    }
}

/// Places of a doubled character overlap: a count by totals that were kept is one by turns.
#[test]
fn a_doubled_character_counts_the_same_however_it_is_counted() {
    let shelf = Shelf::new();
    let turns = vec![(Role::Narration, "谢谢谢谢，谢谢谢，战争"); 80];
    shelf.put(&[statement("rt-mfa", "2022-03-01", Lang::Zh, &turns)], &[]);
    shelf.update();
    let index = Index::open(&shelf.corpus).unwrap();
    for (written, each) in [("谢谢", 3), ("战争", 1)] {
        let query = Query::parse(written).unwrap();
        let kept = index.search(&query, &Filters::default(), &Options::default()).unwrap();
        assert_eq!((kept.turns, kept.occurrences), (80, 80 * each), "{written}");
        assert_eq!(shelf.totals(written), kept, "{written}");
    }
}

#[test]
fn korean_is_found_inside_longer_words() {
    let shelf = Shelf::of(Lang::Ko, &["대로씨야제재책동의 분위기", "위기에 대 조선"]);
    assert_eq!(shelf.occurrences("로씨야"), 1);
    assert_eq!(shelf.occurrences("위기"), 2);
    assert_eq!(shelf.occurrences("대"), 2);
    assert_eq!(shelf.occurrences("대 조선"), 1);
    assert_eq!(shelf.occurrences("야제재"), 1);
}

#[test]
fn english_is_found_as_whole_words_in_any_case() {
    let texts = ["Japan's US-led crisis; the U.S. and USA.", "Crises, CRISIS ＣＲＩＳＩＳ us"];
    let shelf = Shelf::of(Lang::En, &texts);
    assert_eq!(shelf.occurrences("crisis"), 3);
    assert_eq!(shelf.occurrences("us"), 2);
    assert_eq!(shelf.occurrences("japan"), 1);
    assert_eq!(shelf.occurrences("U.S."), 1);
    assert_eq!(shelf.occurrences("cris*"), 4);
    assert_eq!(shelf.occurrences("*ses"), 1);
}

#[test]
fn a_phrase_runs_over_line_breaks_and_never_over_turns() {
    let shelf = Shelf::new();
    let turns = [
        (Role::Question, "special\u{a0} military\noperation military"),
        (Role::Answer, "operation. 乌克\n兰"),
    ];
    shelf.put(&[statement("rt-mfa", "2022-03-01", Lang::En, &turns)], &[]);
    shelf.update();
    assert_eq!(shelf.occurrences("special military operation"), 1);
    assert_eq!(shelf.occurrences("military operation"), 1);
    assert_eq!(shelf.occurrences("乌克 兰"), 1);
    assert_eq!(shelf.occurrences("乌克兰"), 0);
}

#[test]
fn a_decomposed_query_finds_composed_text() {
    let shelf = Shelf::of(Lang::Ko, &["분위기 café"]);
    assert_eq!(shelf.occurrences("분위기"), 1);
    assert_eq!(shelf.occurrences("cafe\u{301}"), 1);
}

#[test]
fn russia_is_found_in_both_spellings_on_request() {
    let shelf = Shelf::of(Lang::Ko, &["로씨야련방", "러시아 련방", "로동신문과 노동당"]);
    assert_eq!(shelf.occurrences("러시아"), 1);
    let found = shelf.find("러시아", &fold());
    assert_eq!(found.totals().occurrences, 2);
    assert_eq!(found.counted().forms["러시아"], ["러시아", "로씨야"]);
    assert_eq!(shelf.find("노동", &fold()).totals().occurrences, 2);
}

#[test]
fn traditional_finds_simplified_and_back_on_request() {
    let shelf = Shelf::of(Lang::Zh, &["俄罗斯发动战争", "俄羅斯發動戰爭"]);
    assert_eq!(shelf.occurrences("俄羅斯"), 1);
    assert_eq!(shelf.find("俄羅斯", &fold()).totals().occurrences, 2);
    assert_eq!(shelf.find("战争", &fold()).totals().occurrences, 2);
    assert_eq!(shelf.find("战", &fold()).totals().occurrences, 2);
}

#[test]
fn codebook_boundaries_and_exclusions_count_on_request_and_say_so() {
    let entry = Entry {
        terms: vec![Term::parse("印度", Lang::Zh).unwrap()],
        excludes: vec![Term::parse("印度尼西亚", Lang::Zh).unwrap()],
    };
    let shelf = Shelf::of(Lang::Zh, &["印度尼西亚和印度"]);
    let found = shelf.find("印度", &boundaries(vec![entry]));
    assert_eq!(found.totals().occurrences, 1);
    assert_eq!(found.counted().rule, "codebook boundaries and exclusions");
    assert_eq!(shelf.find("印度", &Options::default()).counted().rule, "exact forms");

    let shelf = Shelf::of(Lang::Ko, &["분위기속에 위기를"]);
    assert_eq!(shelf.find("위기", &boundaries(Vec::new())).totals().occurrences, 1);
    assert_eq!(shelf.occurrences("위기"), 2);
}

#[test]
fn stems_join_forms_on_request_and_say_which() {
    let shelf =
        Shelf::of(Lang::En, &["crisis, crises; sanctions sanctioned. Sanction!", "sanctity"]);
    assert_eq!(shelf.occurrences("sanctions"), 1);
    let found = shelf.find("sanctions", &stem());
    assert_eq!(found.totals().occurrences, 3);
    assert_eq!(found.counted().forms["sanctions"], ["sanctions", "sanction", "sanctioned"]);
    assert_eq!(shelf.find("crisis", &stem()).totals().occurrences, 2);
}

#[test]
fn and_or_not_join_in_the_turn_and_segment_in_the_sentence() {
    let texts = ["NATO expands. Ukraine waits.", "NATO and Ukraine.", "Ukraine only. Ukraine."];
    let shelf = Shelf::of(Lang::En, &texts);
    let both = shelf.totals("NATO AND Ukraine");
    assert_eq!((both.turns, both.segments, both.occurrences), (2, 3, 4));
    let same = shelf.totals("segment(NATO AND Ukraine)");
    assert_eq!((same.turns, same.segments, same.occurrences), (1, 1, 2));
    assert_eq!(shelf.totals("Ukraine NOT NATO").occurrences, 2);
    assert_eq!(shelf.totals("NATO OR nato OR Ukraine").occurrences, 6);
    let only = shelf.totals("NOT NATO");
    assert_eq!((only.turns, only.segments, only.occurrences), (1, 2, 2));
}

#[test]
fn slop_and_near_count_words_between() {
    let shelf = Shelf::of(Lang::En, &["cold war mentality, a mentality of the cold", "战争的危机"]);
    assert_eq!(shelf.occurrences("\"cold mentality\"~1"), 1);
    assert_eq!(shelf.occurrences("\"cold mentality\"~0"), 0);
    assert_eq!(shelf.occurrences("near(cold, mentality, 1)"), 1);
    assert_eq!(shelf.occurrences("near(cold, mentality, 2)"), 2);
    assert_eq!(shelf.occurrences("near(危机, 战争, 1)"), 1);
    assert_eq!(shelf.occurrences("near(危机, 战争, 0)"), 0);
}

fn briefing() -> Shelf {
    let shelf = Shelf::new();
    let turns = [
        (Role::Question, "Is it an invasion? Yes?"),
        (Role::Answer, "It is no invasion. Invasion is a word."),
        (Role::Question, "And the crisis?"),
        (Role::Answer, "No."),
    ];
    let mut briefing = statement("rt-mfa", "2022-02-28", Lang::En, &turns);
    briefing.turns[1].speaker = Some("Rupert Hentzau".to_owned());
    briefing.title = Some("Briefing on the Crisis".to_owned());
    let remarks = [(Role::Narration, "The invasion.")];
    let later = statement("sy-mfa", "2022-03-01", Lang::En, &remarks);
    let undated = statement("sy-mfa", "", Lang::En, &remarks);
    shelf.put(&[briefing, later, undated], &[]);
    shelf.update();
    shelf
}

#[test]
fn totals_count_each_unit() {
    let wanted = Totals { statements: 3, utterances: 3, turns: 4, segments: 5, occurrences: 5 };
    assert_eq!(briefing().totals("invasion"), wanted);
}

#[test]
fn fields_narrow_the_search_as_filters_do() {
    let shelf = briefing();
    assert_eq!(shelf.occurrences("invasion role:answer"), 2);
    assert_eq!(shelf.occurrences("invasion speaker:\"rupert hentzau\""), 2);
    assert_eq!(shelf.occurrences("invasion speaker:Rupert*"), 2);
    assert_eq!(shelf.occurrences("invasion title:crisis"), 3);
    assert_eq!(shelf.occurrences("invasion date:2022-02"), 3);
    assert_eq!(shelf.occurrences("invasion date:2022"), 4);
    assert_eq!(shelf.occurrences("invasion NOT date:2022"), 1);
    assert_eq!(shelf.totals("role:question").turns, 2);
    let index = Index::open(&shelf.corpus).unwrap();
    let invasion = Query::parse("invasion").unwrap();
    let count =
        |filters| index.search(&invasion, &filters, &Options::default()).unwrap().occurrences;
    let none = Filters::default;
    assert_eq!(count(Filters { roles: vec![Role::Answer, Role::Narration], ..none() }), 4);
    assert_eq!(count(Filters { sources: vec!["sy-mfa".to_owned()], ..none() }), 2);
    assert_eq!(count(Filters { from: "2022-03-01".parse().ok(), ..none() }), 1);
    assert_eq!(count(Filters { to: "2022-02-28".parse().ok(), ..none() }), 3);
    assert_eq!(count(Filters { langs: vec![Lang::Zh], ..none() }), 0);
}

#[test]
fn hits_come_in_one_order_page_by_page() {
    let shelf = briefing();
    let index = Index::open(&shelf.corpus).unwrap();
    let query = Query::parse("invasion").unwrap();
    let found = index.find(&query, &Filters::default(), &Options::default()).unwrap();
    let page = |offset, limit| -> Vec<_> {
        index
            .hits(&found, offset, limit)
            .map(|hit| hit.map(|h| (h.date, h.source, h.turn)).unwrap())
            .collect()
    };
    let all = page(0, 10);
    let dates: Vec<_> = all.iter().map(|(date, _, _)| date.map(|d| d.to_string())).collect();
    let first = Some("2022-02-28".to_owned());
    assert_eq!(dates, [first.clone(), first, Some("2022-03-01".to_owned()), None]);
    assert_eq!([page(0, 1), page(1, 2), page(3, 9)].concat(), all);
    let hit = index.hits(&found, 1, 1).next().unwrap().unwrap();
    assert_eq!(hit.spans, [(9, 17), (19, 27)]);
    assert_eq!(String::from(hit.snippet), "It is no invasion. Invasion is a word.");
}

#[test]
fn totals_are_grouped_by_month_and_source() {
    let shelf = briefing();
    let index = Index::open(&shelf.corpus).unwrap();
    let found = shelf.find("invasion", &Options::default());
    let groups = index.tally(&found, &[Grouping::Month, Grouping::Source]).unwrap();
    let counts: Vec<_> =
        groups.iter().map(|(key, t)| (key.join(" "), t.occurrences, t.statements)).collect();
    let wanted = [("2022-02 rt-mfa", 3, 1), ("2022-03 sy-mfa", 1, 1), ("undated sy-mfa", 1, 1)];
    assert_eq!(counts, wanted.map(|(key, o, s)| (key.to_owned(), o, s)));
}

#[test]
fn a_query_of_too_many_forms_is_refused() {
    let shelf = Shelf::of(Lang::En, &["run runs running runner", "war wars warring"]);
    let index = Index::open(&shelf.corpus).unwrap();
    let query = Query::parse("\"run war run war run war run war run war\"").unwrap();
    let refused = index.search(&query, &Filters::default(), &stem());
    assert!(matches!(refused, Err(Error::TooManyForms { .. })), "{refused:?}");
}

#[test]
fn every_hit_is_a_row_of_a_table() {
    let shelf = briefing();
    let index = Index::open(&shelf.corpus).unwrap();
    let found = shelf.find("invasion", &Options::default());
    let hits = index.hits(&found, 0, usize::MAX);
    let rows: Vec<index::HitRow> = hits.map(|hit| hit.unwrap().into()).collect();
    assert_eq!(rows.iter().map(|row| row.occurrences).sum::<u32>(), 5);
    assert_eq!(rows[1].spans, "9-17 19-27");
    let path = shelf.corpus.root().join("hits.parquet");
    let inputs = corpus::Digest::of(b"invasion");
    let stamp = corpus::partition::Stamp { stage: "search/1".to_owned(), inputs };
    corpus::partition::write(&path, &rows, &stamp).unwrap();
    assert_eq!(corpus::partition::read::<index::HitRow>(&path).unwrap(), rows);
}

#[test]
fn a_twin_is_shown_beside_a_hit() {
    let shelf = Shelf::new();
    let ours = statement("rt-mfa", "2022-03-01", Lang::En, &[(Role::Narration, "The war.")]);
    let theirs = statement("rt-mfa-zh", "2022-03-01", Lang::Zh, &[(Role::Narration, "战争。")]);
    let twin = corpus::Link {
        a: ours.id.clone(),
        b: theirs.id.clone(),
        kind: corpus::LinkKind::Twin,
        score: 0.9,
        evidence: "day and names".to_owned(),
    };
    let inputs = corpus::Digest::of(b"links");
    let stamp = corpus::partition::Stamp { stage: "test/1".to_owned(), inputs };
    corpus::partition::write(&shelf.corpus.links(), &[twin], &stamp).unwrap();
    shelf.put(&[ours, theirs.clone()], &[]);
    shelf.update();
    let index = Index::open(&shelf.corpus).unwrap();
    let found = shelf.find("war", &Options::default());
    let hit = index.hits(&found, 0, 1).next().unwrap().unwrap();
    let beside = index::Twins::load(&shelf.corpus).unwrap().beside(&hit, &index).unwrap();
    assert_eq!(
        (beside[0].statement.as_str(), beside[0].text.as_str()),
        (theirs.id.as_str(), "战争。")
    );
}
