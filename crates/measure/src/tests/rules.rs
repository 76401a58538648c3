//! The rules that hold in every number, each shown on an invented corpus.

use corpus::{Role, Voice};

use crate::tests::invented::{Text, link, measured, measured_with, partitions, setting, study};
use crate::{Figure, Findings, Measure};

const WAR: &[&str] = &["border-war"];

/// The one figure of a table with these values.
fn figure<'f>(
    findings: &'f Findings,
    table: &str,
    (side, code, detail): (&str, &str, &str),
    (voice, topic, measure): (&str, &str, Measure),
) -> &'f Figure {
    let table = findings.tables.iter().find(|t| t.id == table).unwrap();
    let wanted = |f: &&Figure| {
        (f.side.as_str(), f.code.as_str(), f.detail.as_str()) == (side, code, detail)
            && (f.voice.as_str(), f.topic.as_str(), f.measure) == (voice, topic, measure)
    };
    let mut found = table.figures.iter().filter(wanted);
    let one = found.next().unwrap_or_else(|| panic!("no such figure in {}", table.id));
    assert!(found.next().is_none(), "two such figures");
    one
}

fn notes(findings: &Findings) -> String {
    findings.notes.iter().map(|n| n.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// The statement that a counted place stands in.
fn document(found: &Findings, place: u32) -> &crate::Document {
    let segment = found.evidence[place as usize].segment;
    &found.documents[found.segments[segment as usize].document as usize]
}

#[test]
fn beside_a_passage_on_the_topic_nothing_counts_as_on_it() {
    let turns = [
        (Role::Narration, Voice::Own, "The [blame:US/causal US] lit the border war."),
        (Role::Narration, Voice::Own, "It floods us with [frame:hegemony bullying] words."),
    ];
    let speech = Text::new("rt-mfa-en", "2022-03-01", "a").says(WAR, &turns);
    let found = measured(&study(""), &[speech.in_first_turn("border-war")], &[]);
    let of = |table: &str, code: &str, topic: &str| {
        let share = figure(&found, table, ("rt", code, ""), ("own", topic, Measure::Share));
        let rate = figure(&found, table, ("rt", code, ""), ("own", topic, Measure::Rate));
        (share.value, rate.k, rate.n)
    };
    assert_eq!(of("blame", "blame:US", "border-war"), (Some(1.0), 1, 1));
    assert_eq!(of("frame", "frame:hegemony", "border-war"), (Some(0.0), 0, 1));
    assert_eq!(of("frame", "frame:hegemony", "all"), (Some(1.0), 1, 2));
}

#[test]
fn a_word_for_another_war_counts_as_occurrence_and_not_as_naming() {
    let briefing = Text::new("rt-mfa-en", "2022-03-01", "a")
        .asked(WAR, "Was it an [naming:invasion>border-war invasion]?", "It was not that.")
        .asked(&[], "And then?", "The old [naming:invasion>other invasion] was illegal.");
    let found = measured(&study(""), &[briefing], &[]);
    let of = |detail: &str, voice: &str| {
        let key = ("rt", "naming:invasion", detail);
        figure(&found, "naming", key, (voice, "all", Measure::Occurrences)).value
    };
    assert_eq!(of("", "own"), Some(1.0));
    assert_eq!(of("referent border-war", "own"), Some(0.0));
    assert_eq!(of("", "question"), Some(1.0));
    let share = figure(
        &found,
        "naming",
        ("rt", "naming:invasion", "referent border-war"),
        ("own", "border-war", Measure::Share),
    );
    assert_eq!((share.k, share.n, share.value), (0, 1, Some(0.0)));
}

#[test]
fn a_question_is_never_the_states_whatever_the_coder_says() {
    let question = (Role::Question, Voice::Own, "Did [blame:US/causal the US do it]?");
    let answer = (Role::Answer, Voice::Own, "No comment.");
    let briefing = Text::new("rt-mfa-en", "2022-03-01", "a").says(WAR, &[question, answer]);
    let found = measured(&study(""), &[briefing], &[]);
    let of = |voice: &str| {
        figure(&found, "blame", ("rt", "blame:US", ""), (voice, "all", Measure::Share)).k
    };
    assert_eq!((of("own"), of("relayed"), of("question")), (0, 0, 1));
    let rate = figure(&found, "blame", ("rt", "blame:US", ""), ("own", "all", Measure::Rate));
    assert_eq!((rate.k, rate.n), (0, 1));
}

#[test]
fn what_is_relayed_is_no_ones_own_blame_and_stands_in_the_relay_table() {
    let relayed = (Role::Narration, Voice::Relayed, "They say [blame:US/causal@RU the US did it].");
    let text = Text::new("sy-agency-en", "2022-03-01", "a").says(WAR, &[relayed]);
    let found = measured(&study(""), &[text], &[]);
    let own = figure(&found, "blame", ("sy", "blame:US", ""), ("own", "all", Measure::Share));
    assert_eq!((own.k, own.n), (0, 1));
    let key = ("sy", "blame:US", "holder RU");
    let relay = figure(&found, "relay", key, ("relayed", "all", Measure::Occurrences));
    assert_eq!((relay.value, relay.evidence_total), (Some(1.0), 1));
}

#[test]
fn linked_statements_count_once_and_whole_ones_go_first() {
    let hits = "The [frame:hegemony bullies] again.";
    let cut = Text::new("sy-mfa-en", "2022-03-01", "a").own(WAR, hits).cut();
    let late = Text::new("sy-agency-en", "2022-03-02", "b").own(WAR, hits);
    let other = Text::new("sy-agency-en", "2022-03-02", "c").own(WAR, hits);
    let links = [link(&cut, &late), link(&late, &other)];
    let found = measured(&study(""), &[cut, late, other], &links);
    let key = ("sy", "frame:hegemony", "");
    let share = figure(&found, "frame", key, ("own", "all", Measure::Share));
    assert_eq!((share.k, share.n, share.cut), (1, 1, 0));
    assert_eq!(document(&found, 0).statement, "sy-agency-en/2022-03-02/b");
    let aside = "set aside as versions of a counted one";
    let aside = figure(&found, "coverage", ("sy", aside, ""), ("any", "all", Measure::Count));
    assert_eq!(aside.value, Some(2.0));
}

#[test]
fn a_version_outside_the_period_takes_none_out_of_it() {
    let hits = "The [frame:hegemony bullies] again.";
    let early = Text::new("sy-mfa-en", "2022-01-31", "a").own(WAR, hits);
    let inside = Text::new("sy-agency-en", "2022-02-01", "b").own(WAR, hits);
    let links = [link(&early, &inside)];
    // The window of the series begins before the period, so that both are read.
    let study = study(
        "window = { period = { from = \"2022-01-01\", to = \"2022-07-31\" }, codes = [\"frame:hegemony\"] }",
    );
    assert!(study.span().from < study.period.from);
    let found = measured(&study, &[early, inside], &links);
    let count = |code: &str| {
        figure(&found, "coverage", ("sy", code, ""), ("any", "all", Measure::Count)).value
    };
    assert_eq!((count("texts found"), count("counted, whole")), (Some(1.0), Some(1.0)));
}

#[test]
fn a_count_of_what_texts_hold_names_the_texts_that_hold_it() {
    let asked = Text::new("rt-mfa-en", "2022-03-01", "a").asked(WAR, "Is it war?", "No.");
    let told = Text::new("rt-mfa-en", "2022-03-02", "b").own(WAR, "Words.");
    let found = measured(&study(""), &[asked, told], &[]);
    let named = |code: &str| {
        let key = ("rt", code, "");
        figure(&found, "coverage", key, ("any", "all", Measure::Count)).documents.len()
    };
    assert_eq!((named("counted, whole"), named("utterances with a question")), (2, 1));
}

#[test]
fn every_edition_counts_its_own_texts_in_the_table_by_edition() {
    let words = "The [frame:hegemony bullies] again.";
    let texts = |source: &str, words: &str, n: usize| -> Vec<Text> {
        (0..n).map(|i| Text::new(source, "2022-03-01", &i.to_string()).own(WAR, words)).collect()
    };
    let (ministry, agency) = (texts("sy-mfa-en", words, 12), texts("sy-agency-en", "Mild.", 12));
    let links: Vec<_> = ministry.iter().zip(&agency).map(|(a, b)| link(a, b)).collect();
    let found = measured(&study(""), &[ministry, agency].concat(), &links);
    let share = |table: &str, edition: &str| {
        let key = ("sy", "frame:hegemony", edition);
        let share = figure(&found, table, key, ("own", "all", Measure::Share));
        (share.k, share.n, share.evidence_total)
    };
    assert_eq!(share("frame", ""), (12, 12, 12));
    assert_eq!(share("by-edition", "sy-mfa-en"), (12, 12, 12));
    assert_eq!(share("by-edition", "sy-agency-en"), (0, 12, 0));

    // What stands in an edition that is set aside has its places, too.
    let (ministry, agency) = (texts("sy-mfa-en", "Mild.", 12), texts("sy-agency-en", words, 12));
    let links: Vec<_> = ministry.iter().zip(&agency).map(|(a, b)| link(a, b)).collect();
    let found = measured(&study(""), &[ministry, agency].concat(), &links);
    let key = ("sy", "frame:hegemony", "sy-agency-en");
    let aside = figure(&found, "by-edition", key, ("own", "all", Measure::Share));
    assert_eq!((aside.k, aside.evidence.len()), (12, 12));
    let place = document(&found, aside.evidence[0]);
    assert_eq!((place.source.as_str(), place.title.is_empty()), ("sy-agency-en", false));
}

#[test]
fn of_very_many_texts_neighbours_are_drawn_together_and_all_are_counted() {
    let text = |i: usize| {
        let day = format!("2022-03-{:02}", 1 + i % 30);
        let words =
            if i.is_multiple_of(3) { "The [frame:hegemony bullies] again." } else { "Mild." };
        Text::new("rt-mfa-en", &day, &format!("{i:05}")).own(WAR, words)
    };
    let texts: Vec<Text> = (0..2100).map(text).collect();
    let found = measured(&study("codes = [\"frame\"]"), &texts, &[]);
    let key = ("rt", "frame:hegemony", "");
    let share = figure(&found, "frame", key, ("own", "all", Measure::Share));
    assert_eq!((share.k, share.n, share.statements), (700, 2100, 2100));
    assert_eq!(share.evidence_total, 700);
    assert!(share.lo.unwrap() < 1.0 / 3.0 && 1.0 / 3.0 < share.hi.unwrap());
}

#[test]
fn where_one_side_has_none_of_the_codes_the_log_odds_say_so() {
    let words = "The [frame:hegemony bullies] of [naming:crisis>border-war crisis].";
    let texts = |source: &str, words: &str, many: u32| -> Vec<Text> {
        let text = |n| Text::new(source, "2022-03-01", &format!("{n}")).own(WAR, words);
        (0..many).map(text).collect()
    };
    let found = |other: &str, many: u32| {
        let texts = [texts("rt-mfa-en", words, 10), texts("sy-mfa-en", other, many)].concat();
        measured(&study(""), &texts, &[])
    };
    let odds = |other: &str| {
        let key = ("rt - sy", "frame:hegemony", "");
        let found = found(other, 10);
        let figure = figure(&found, "keyness", key, ("own", "all", Measure::LogOdds));
        (figure.value.is_some(), figure.empty.clone())
    };
    assert_eq!(odds("Mild."), (false, Some("one side has none of the codes".to_owned())));
    assert_eq!(odds("A [naming:crisis>border-war crisis]."), (true, None));
    let nine = found("A [naming:crisis>border-war crisis].", 9);
    assert!(nine.tables.iter().all(|t| t.id != "keyness"), "nine utterances are compared");
}

#[test]
fn the_studys_order_decides_between_whole_versions() {
    let hits = "The [frame:hegemony bullies] again.";
    let agency = Text::new("sy-agency-en", "2022-03-01", "a").own(WAR, hits);
    let ministry = Text::new("sy-mfa-en", "2022-03-02", "b").own(WAR, hits);
    let links = [link(&agency, &ministry)];
    let found = measured(&study(""), &[agency, ministry], &links);
    assert_eq!(document(&found, 0).statement, "sy-mfa-en/2022-03-02/b");
}

#[test]
fn a_cut_text_gives_a_blame_and_never_a_share_a_rate_or_an_absence() {
    let whole = Text::new("sy-mfa-en", "2022-03-01", "a").own(WAR, "Nothing to see.");
    let cut = Text::new("sy-mfa-en", "2022-03-02", "b")
        .own(WAR, "The rest of [blame:US/condemn what the US does]")
        .cut();
    let found = measured(&study(""), &[whole, cut], &[]);
    let of = |measure| figure(&found, "blame", ("sy", "blame:US", ""), ("own", "all", measure));
    assert_eq!((of(Measure::Share).k, of(Measure::Share).n, of(Measure::Share).cut), (0, 1, 1));
    assert_eq!((of(Measure::Rate).k, of(Measure::Rate).n), (0, 1));
    assert_eq!((of(Measure::Occurrences).value, of(Measure::Occurrences).cut), (Some(0.0), 1));
    assert!(of(Measure::Occurrences).evidence.len() == 1 && document(&found, 0).truncated);
}

#[test]
fn months_below_ten_utterances_say_n_and_gaps_are_no_zeros() {
    let mut texts = vec![Text::new("rt-mfa-en", "2022-04-01", "few").own(WAR, "Words.")];
    for n in 0..12 {
        let text = if n < 6 { "The [frame:hegemony bullies]." } else { "Words." };
        texts.push(Text::new("rt-mfa-en", "2022-03-01", &format!("m{n:02}")).own(WAR, text));
    }
    let found = measured(&study(""), &texts, &[]);
    let table = found.tables.iter().find(|t| t.id == "frame-by-month").unwrap();
    let of = |month: &str| {
        let one = |f: &&Figure| f.side == "rt" && f.period == month && f.code == "frame:hegemony";
        table.figures.iter().find(one).unwrap()
    };
    assert_eq!((of("2022-03").value, of("2022-03").n), (Some(0.5), 12));
    assert_eq!(of("2022-04").value, None);
    assert_eq!(of("2022-04").empty.as_deref(), Some("n = 1 utterance, below 10"));
    assert_eq!(of("2022-05").value, None);
    assert_eq!(of("2022-05").empty.as_deref(), Some("no utterances of a whole text"));
}

#[test]
fn the_notes_say_how_thin_a_side_is() {
    let words = "Peace on the border.";
    let a = Text::new("sy-mfa-en", "2022-03-01", "a").own(WAR, words);
    let b = Text::new("sy-agency-en", "2022-03-01", "b").own(WAR, words);
    let c = Text::new("sy-agency-en", "2022-03-09", "c").own(WAR, words).cut();
    let d = Text::new("sy-paper-en", "2022-03-09", "d").own(&[], "Harvest.");
    let links = [link(&a, &b)];
    let found = measured(&study(""), &[a, b, c, d], &links);
    let notes = notes(&found);
    assert!(notes.contains("Ruritania: the corpus holds no text"), "{notes}");
    let agency = "sy-agency-en: 2 texts, 1 of them whole; 2 touch the topic border-war, 1 of them";
    assert!(notes.contains(agency), "{notes}");
    let paper = "sy-paper-en: 1 text, all whole; none of them touches the topic border-war.";
    assert!(notes.contains(paper), "{notes}");
    assert!(notes.contains("fewer than 10: no share on the topic is compared"), "{notes}");
    assert!(!notes.contains("excerpts"), "{notes}");
    let cut = Text::new("rt-mfa-en", "2022-03-01", "a").own(WAR, "On Ukra").cut();
    let found = measured(&study(""), &[cut], &[]);
    let wanted = "Ruritania: rt-mfa-en is held only in excerpts, 1 text cut short;";
    assert!(self::notes(&found).contains(wanted), "{}", self::notes(&found));
}

#[test]
fn versions_of_one_statement_are_told_as_one() {
    let more = "subject = { label = \"Ukraine\", words = [\"Ukrain\"] }";
    let grouped = |study: &mut crate::Study| {
        let sources = vec!["sy-mfa-en".to_owned(), "sy-agency-en".to_owned()];
        let label = "ministry and agency".to_owned();
        study.sides[1].groups.push(crate::Group { label, sources });
    };
    let words = "On Ukraine again.";
    let a = Text::new("sy-mfa-en", "2022-03-01", "a").own(WAR, words);
    let b = Text::new("sy-agency-en", "2022-03-01", "b").own(WAR, words);
    let c = Text::new("sy-agency-en", "2022-03-02", "c").own(WAR, words);
    let d = Text::new("sy-agency-en", "2022-03-09", "d").own(WAR, words).cut();
    let links = [link(&a, &b), link(&b, &c)];
    let mut study = study(more);
    grouped(&mut study);
    let found = measured(&study, &[a, b, c, d], &links);
    let wanted = "Sylvania, ministry and agency: 4 texts, 3 of them whole; 4 name Ukraine, 3 of \
                  them whole, and these whole ones are 3 versions of 1 statement.";
    assert!(notes(&found).contains(wanted), "{}", notes(&found));
}

#[test]
fn as_of_decides_which_revision_counts() {
    let first = Text::new("rt-mfa-en", "2022-03-01", "a")
        .own(WAR, "The [frame:hegemony bullies].")
        .revised(1, 2, "2022-03-02T00:00:00Z");
    let second = Text::new("rt-mfa-en", "2022-03-01", "a").own(WAR, "Nothing.").revised(
        2,
        2,
        "2022-05-01T00:00:00Z",
    );
    let texts = [first, second];
    let occurrences = |as_of: Option<&str>| {
        let as_of = as_of.map(|t| t.parse().unwrap());
        let found = measured_with(&study(""), &texts, &[], &crate::Setting { as_of, ..setting() });
        let key = ("rt", "frame:hegemony", "");
        figure(&found, "frame", key, ("own", "all", Measure::Occurrences)).value
    };
    assert_eq!(occurrences(None), Some(0.0));
    assert_eq!(occurrences(Some("2022-04-01T00:00:00Z")), Some(1.0));
    assert_eq!(occurrences(Some("2022-01-01T00:00:00Z")), None);
    // Whoever draws a sample draws from what the report of that time counts.
    let drawn_from = |as_of: &str| {
        let parts = partitions(&texts).into_iter().map(Ok::<_, crate::Error>);
        let known = (&setting().sources, Some(as_of.parse().unwrap()));
        let counted = crate::counted(&study(""), parts, &[], known).unwrap();
        counted.into_iter().map(|text| text.revision).collect::<Vec<u32>>()
    };
    assert_eq!(drawn_from("2022-04-01T00:00:00Z"), [1]);
    assert_eq!(drawn_from("2022-06-01T00:00:00Z"), [2]);
    assert!(drawn_from("2022-01-01T00:00:00Z").is_empty());
}

#[test]
fn every_number_leads_to_the_words_it_counts() {
    let text = Text::new("rt-mfa-en", "2022-03-01", "a")
        .titled("<script>alert(1)</script>")
        .own(WAR, "We say: [frame:hegemony bullies] must stop.");
    let found = measured(&study(""), &[text], &[]);
    let key = ("rt", "frame:hegemony", "");
    let share = figure(&found, "frame", key, ("own", "all", Measure::Share));
    let pieces = found.pieces(&found.evidence[share.evidence[0] as usize]).unwrap();
    assert_eq!(pieces, [(false, "We say: "), (true, "bullies"), (false, " must stop.")]);
    let document = document(&found, share.evidence[0]);
    assert_eq!(document.url, "https://mfa.example/a.html");
    assert!(document.capture.starts_with("sha256:"));
}

#[test]
fn every_number_of_places_names_all_of_them_and_each_text_stands_once() {
    let words = "The [frame:hegemony bullies] and [blame:US/causal the US] go.";
    let text = |n: usize| {
        let date = format!("2022-0{}-{:02}", 2 + n / 20, 1 + n % 20);
        Text::new("rt-mfa-en", &date, &format!("{n:03}")).own(WAR, words)
    };
    let texts: Vec<Text> = (0..100).map(text).collect();
    let found = measured(&study(""), &texts, &[]);
    let figures = found.tables.iter().flat_map(|t| &t.figures);
    let mut lists = 0;
    for figure in figures {
        assert_eq!(figure.evidence.len() as u64, figure.evidence_total, "{figure:?}");
        lists += usize::from(figure.evidence.len() == 100);
    }
    assert!(lists > 6, "{lists}");
    assert_eq!((found.documents.len(), found.segments.len()), (100, 100));
    assert_eq!(found.evidence.len(), 200);
    for one in &found.evidence {
        let counted: String =
            found.pieces(one).unwrap().iter().filter(|p| p.0).map(|p| p.1).collect();
        assert!(counted == "bullies" || counted == "the US", "{counted}");
    }
    let key = ("rt", "texts found", "");
    let texts = figure(&found, "coverage", key, ("any", "all", Measure::Count));
    assert_eq!((texts.k, texts.documents.len()), (100, 100));
}

#[test]
fn an_answer_is_asked_with_the_word_and_may_drop_it() {
    let more = "prompts = [\"naming:invasion\"]";
    let mut briefing = Text::new("rt-mfa-en", "2022-03-01", "a");
    for n in 0..12 {
        let answer = if n < 3 { "An [naming:invasion>border-war invasion]." } else { "A matter." };
        let question = "Is it an [naming:invasion>border-war invasion]?";
        briefing = briefing.asked(WAR, question, answer);
    }
    briefing = briefing.asked(WAR, "Weather?", "An [naming:invasion>border-war invasion].");
    let found = measured(&study(more), &[briefing], &[]);
    let key = ("rt", "naming:invasion", "referent border-war");
    let prompted = figure(&found, "prompted", key, ("own", "all", Measure::Prompted));
    assert_eq!((prompted.k, prompted.n, prompted.value), (3, 12, Some(0.25)));
}

#[test]
fn nothing_at_all_is_said_in_words() {
    let found = measured(&study(""), &[], &[]);
    assert!(notes(&found).contains("Sylvania: the corpus holds no text"));
    let key = ("sy", "frame:hegemony", "");
    let share = figure(&found, "frame", key, ("own", "all", Measure::Share));
    assert_eq!(
        (share.value, share.empty.as_deref()),
        (None, Some("no utterances of a whole text"))
    );
}
