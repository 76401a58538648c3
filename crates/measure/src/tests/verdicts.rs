//! Each verdict arises from a corpus made for it.

use crate::tests::invented::{Text, measured, measured_with, setting, study};
use crate::{Code, Direction, Findings, Verdict, VerdictKind, judge};

const WAR: &[&str] = &["border-war"];

/// Ruritania blames the US in more than half of its utterances; and more than Sylvania does.
const CLAIMS: &str = r#"
[[claim]]
id = "rt-blames"
claim = "Ruritania blames the US in most utterances."
section = "1"
estimand = { measure = "share", side = "rt", codes = ["blame:US"], topic = "border-war" }
expect = "above"
threshold = 0.5
least-n = 20
least-coverage = 0.1
[[claim]]
id = "rt-more"
claim = "Ruritania blames the US more than Sylvania does."
section = "2"
estimand = { measure = "share", side = "rt", codes = ["blame:US"] }
against = { side = "sy" }
expect = "above"
least-n = 20
least-coverage = 0.1
"#;

/// `blaming` of `all` texts of a source blame, a day each from March on.
fn texts(source: &str, blaming: usize, all: usize) -> Vec<Text> {
    (0..all)
        .map(|n| {
            let date = format!("2022-{:02}-{:02}", 3 + n / 28, 1 + n % 28);
            let words = if n < blaming { "It is [blame:US/causal the US]." } else { "Words." };
            Text::new(source, &date, &format!("{n:02}")).own(WAR, words)
        })
        .collect()
}

fn of<'f>(findings: &'f Findings, id: &str) -> &'f Verdict {
    findings.claims.iter().find(|c| c.id == id).unwrap()
}

fn findings(rt: Vec<Text>, sy: Vec<Text>) -> Findings {
    let all: Vec<Text> = rt.into_iter().chain(sy).collect();
    measured(&study(CLAIMS), &all, &[])
}

#[test]
fn a_claim_is_supported_where_the_whole_interval_lies_where_it_says() {
    let found = findings(texts("rt-mfa-en", 36, 40), texts("sy-mfa-en", 4, 40));
    for id in ["rt-blames", "rt-more"] {
        assert_eq!(of(&found, id).verdict, VerdictKind::Supported, "{}", of(&found, id).reason);
    }
    assert_eq!((of(&found, "rt-blames").figure.k, of(&found, "rt-blames").figure.n), (36, 40));
    assert!(!of(&found, "rt-blames").figure.evidence.is_empty());
}

#[test]
fn a_claim_is_contradicted_where_it_lies_on_the_other_side() {
    let found = findings(texts("rt-mfa-en", 4, 40), texts("sy-mfa-en", 36, 40));
    for id in ["rt-blames", "rt-more"] {
        assert_eq!(of(&found, id).verdict, VerdictKind::Contradicted, "{}", of(&found, id).reason);
    }
}

#[test]
fn a_share_among_those_with_other_codes_counts_only_these() {
    let claims = CLAIMS.replace(
        "codes = [\"blame:US\"], topic",
        "codes = [\"blame:US\"], given = [\"naming:crisis\"], topic",
    );
    let named = |n: usize| {
        let blamed = if n < 15 { "It is [blame:US/causal the US]." } else { "Words." };
        let text = format!("A [naming:crisis>border-war crisis]. {blamed}");
        Text::new("rt-mfa-en", "2022-07-01", &format!("c{n:02}")).own(WAR, &text)
    };
    let all: Vec<Text> = texts("rt-mfa-en", 36, 40).into_iter().chain((0..30).map(named)).collect();
    let found = measured(&study(&claims), &all, &[]);
    let figure = &of(&found, "rt-blames").figure;
    assert_eq!((figure.k, figure.n), (15, 30));
    assert_eq!(figure.evidence_total, 15, "places in the others are no places of the claim");
    assert!(of(&found, "rt-blames").expected.contains("among those with"));
}

#[test]
fn swapping_the_sides_texts_swaps_the_verdict() {
    use VerdictKind::{Contradicted, NotDecidable, Supported};
    let cases = [
        ((36, 4), Supported, Contradicted),
        ((25, 10), Supported, Contradicted),
        ((20, 20), NotDecidable, NotDecidable),
        ((22, 20), NotDecidable, NotDecidable),
        ((40, 0), Supported, Contradicted),
    ];
    // The share, and the same of segments.
    let rates = CLAIMS.replace("measure = \"share\"", "measure = \"rate\"");
    for claims in [CLAIMS, &rates] {
        for ((a, b), one_way, other_way) in cases {
            let of_sides = |rt: usize, sy: usize| {
                let texts = [texts("rt-mfa-en", rt, 40), texts("sy-mfa-en", sy, 40)].concat();
                of(&measured(&study(claims), &texts, &[]), "rt-more").clone()
            };
            let (there, back) = (of_sides(a, b), of_sides(b, a));
            assert_eq!((there.verdict, back.verdict), (one_way, other_way), "{}", there.reason);
            // Not only the word: each side's number is the other's.
            let numbers = |f: &crate::Figure| (f.k, f.n, f.value, f.wilson_lo, f.wilson_hi);
            let (first, second) = (there.against.unwrap(), back.against.unwrap());
            assert_eq!(numbers(&there.figure), numbers(&second));
            assert_eq!(numbers(&back.figure), numbers(&first));
        }
    }
}

#[test]
fn too_few_texts_decide_nothing_and_the_reason_names_the_side() {
    let found = findings(texts("rt-mfa-en", 10, 10), texts("sy-mfa-en", 0, 40));
    let verdict = of(&found, "rt-blames");
    assert_eq!(verdict.verdict, VerdictKind::NotDecidable);
    assert_eq!(
        verdict.reason,
        "Ruritania: 10 utterances on the topic border-war, at least 20 are needed"
    );
    let found = findings(texts("rt-mfa-en", 36, 40), texts("sy-mfa-en", 0, 3));
    assert_eq!(of(&found, "rt-more").reason, "Sylvania: 3 utterances, at least 20 are needed");
}

#[test]
fn many_texts_of_one_week_do_not_cover_a_half_year() {
    let day = |n: usize| {
        let text = Text::new("rt-mfa-en", "2022-03-01", &format!("{n:02}"));
        text.own(WAR, "It is [blame:US/causal the US].")
    };
    let found = findings((0..40).map(day).collect(), Vec::new());
    let verdict = of(&found, "rt-blames");
    assert_eq!(verdict.verdict, VerdictKind::NotDecidable);
    assert_eq!(
        verdict.reason,
        "Ruritania: 4 % of the weeks have a whole text, at least 10 % are needed"
    );
}

#[test]
fn an_interval_that_holds_the_threshold_decides_nothing() {
    let found = findings(texts("rt-mfa-en", 21, 40), texts("sy-mfa-en", 20, 40));
    let verdict = of(&found, "rt-blames");
    assert_eq!(verdict.verdict, VerdictKind::NotDecidable);
    assert!(verdict.reason.contains("with the threshold of 50 % inside it"), "{}", verdict.reason);
    let expected = "Ruritania, own voice on the topic border-war: share of utterances with blame of \
                    target:US, above 50 %";
    assert_eq!(verdict.expected, expected);
    assert_eq!(of(&found, "rt-more").verdict, VerdictKind::NotDecidable);
}

#[test]
fn a_code_that_the_codebook_lacks_decides_nothing() {
    let claims = CLAIMS.replace("blame:US", "refusal:declines");
    let found = measured(&study(&claims), &texts("rt-mfa-en", 0, 40), &[]);
    let verdict = of(&found, "rt-blames");
    assert_eq!(verdict.verdict, VerdictKind::NotDecidable);
    assert_eq!(verdict.reason, "the codebook has no entry `refusal:declines`");
}

#[test]
fn a_misspelt_referent_is_no_avoidance() {
    let claims = CLAIMS
        .replace(
            "codes = [\"blame:US\"], topic = \"border-war\"",
            "codes = [\"naming:invasion\"], referent = \"bordr-war\"",
        )
        .replace("\"above\"\nthreshold = 0.5", "\"below\"\nthreshold = 0.5");
    let verdict = |claims: &str| {
        let found = measured(&study(claims), &texts("rt-mfa-en", 0, 40), &[]);
        let verdict = of(&found, "rt-blames");
        (verdict.verdict, verdict.reason.clone())
    };
    let (kind, reason) = verdict(&claims);
    assert_eq!(kind, VerdictKind::NotDecidable);
    assert!(reason.starts_with("the codebook has no topic `bordr-war`"), "{reason}");
    assert_eq!(verdict(&claims.replace("bordr", "border")).0, VerdictKind::Supported);
}

#[test]
fn a_holder_that_the_codebook_cannot_name_is_no_absence() {
    let claims = CLAIMS.replace(
        "codes = [\"blame:US\"], topic = \"border-war\"",
        "codes = [\"blame:US\"], voice = \"relayed\", holder = \"RU\"",
    );
    let mut setting = setting();
    setting.codes.push(Code { code: "holder:Russia".to_owned(), label: "Russia".to_owned() });
    let verdict = |claims: &str| {
        let texts = texts("rt-mfa-en", 0, 40);
        let found = measured_with(&study(claims), &texts, &[], &setting);
        of(&found, "rt-blames").reason.clone()
    };
    assert_eq!(verdict(&claims), "the codebook names no holder `RU`");
    assert!(
        verdict(&claims.replace("\"RU\"", "\"Russia\"")).starts_with("0 of 40 utterances: 0.0 %")
    );
}

#[test]
fn an_unknown_side_or_key_is_named() {
    let claim = CLAIMS.replace("side = \"sy\"", "side = \"xx\"");
    let sides = "[[side]]\nid = \"rt\"\nlabel = \"R\"\n";
    let text = format!(
        "id = \"x\"\ntitle = \"x\"\nperiod = {{ from = \"2022-02-01\", to = \"2022-07-31\" }}\n\
         {claim}\n{sides}"
    );
    let error = crate::Study::parse("x.toml", &text).unwrap_err().to_string();
    assert_eq!(error, "x.toml: claim `rt-more` names the unknown side `xx`");
    let error = crate::Study::parse("x.toml", "colour = 1").unwrap_err().to_string();
    assert!(error.starts_with("x.toml: ") && error.contains("colour"), "{error}");
}

/// What no count could ever show is a mistake of the study, and no absence.
#[test]
fn a_claim_that_nothing_could_show_is_refused() {
    let refused = |estimand: &str| {
        let codes = "codes = [\"blame:US\"], topic = \"border-war\"";
        assert!(CLAIMS.contains(codes));
        let text = format!(
            "id = \"x\"\ntitle = \"x\"\nperiod = {{ from = \"2022-02-01\", to = \"2022-07-31\" }}\n{}\n\
             [[side]]\nid = \"rt\"\nlabel = \"R\"\n[[side]]\nid = \"sy\"\nlabel = \"S\"\n",
            CLAIMS.replace(codes, estimand)
        );
        crate::Study::parse("x.toml", &text).unwrap_err().to_string()
    };
    for (estimand, told) in [
        (
            "codes = [\"blame:NATO\"], referent = \"border-war\"",
            "`referent` asks for `naming:` codes, and `blame:NATO` is none",
        ),
        ("codes = [\"topic:border-war\"]", "`topic:border-war` is not counted"),
        ("codes = []", "`codes` names no code"),
        ("codes = [\"blame:US\"], holder = \"Russia\"", "`holder` asks for `voice = \"relayed\"`"),
        (
            "codes = [\"frame:hegemony\"], voice = \"relayed\", holder = \"Russia\"",
            "`holder` asks for `blame:` codes",
        ),
        ("codes = [\"frame:hegemony\"], kind = \"causal\"", "`kind` asks for `blame:` codes"),
        (
            "codes = [\"blame:US\"], period = { from = \"2022-03-01\", to = \"2022-02-01\" }",
            "ends before it begins",
        ),
    ] {
        let error = refused(estimand);
        assert!(error.contains(told), "{estimand}: {error}");
    }
}

#[test]
fn the_ends_of_an_interval_are_inside_it() {
    let above = |interval| judge(Some(0.5), interval, Direction::Above, 0.4);
    assert_eq!(above(Some((0.41, 0.6))), VerdictKind::Supported);
    assert_eq!(above(Some((0.4, 0.6))), VerdictKind::NotDecidable);
    assert_eq!(above(None), VerdictKind::Supported);
    let below = |interval| judge(Some(0.5), interval, Direction::Below, 0.4);
    assert_eq!(below(Some((0.41, 0.6))), VerdictKind::Contradicted);
    assert_eq!(judge(None, None, Direction::Below, 0.4), VerdictKind::NotDecidable);
}

#[test]
fn the_built_in_studies_parse_and_are_named_like_their_files() {
    let files = corpus::source::Config::BuiltIn.files("studies", "toml").unwrap();
    assert!(!files.is_empty());
    for (path, text) in files {
        let study = crate::Study::parse(&path.display().to_string(), &text).unwrap();
        assert!(path.file_stem().is_some_and(|stem| stem == study.id.as_str()));
    }
}
