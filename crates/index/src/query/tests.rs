use super::*;

fn expr(query: &str) -> Expr {
    Query::parse(query).unwrap().expr
}

fn term(word: &str) -> Expr {
    Expr::Term(word.to_owned())
}

#[test]
fn words_in_a_row_are_a_phrase_and_quoted_ones_too() {
    assert_eq!(expr("special military operation"), term("special military operation"));
    assert_eq!(expr("“special military operation”"), term("special military operation"));
    assert_eq!(expr("\"AND\""), term("AND"));
}

#[test]
fn not_binds_before_and_before_or() {
    let not = Expr::Not(Box::new(term("c")));
    let both = Expr::And(vec![term("b"), not]);
    assert_eq!(expr("a OR b NOT c"), Expr::Or(vec![term("a"), both]));
    let either = Expr::Or(vec![term("a"), term("b")]);
    assert_eq!(expr("（a OR b） c"), Expr::And(vec![either, term("c")]));
}

#[test]
fn fields_take_names_ranges_and_endings() {
    let test =
        FieldTest::Is { field: FieldName::Issuer, value: "dprk mfa".to_owned(), open_end: false };
    assert_eq!(expr("issuer:\"DPRK MFA\""), Expr::Field(test));
    let day = |y, m, d| corpus::Date::new(y, m, d);
    let between = |from, to| Expr::Field(FieldTest::Date { from, to });
    assert_eq!(expr("date:2022-02"), between(day(2022, 2, 1), day(2022, 2, 28)));
    assert_eq!(expr("date:2022..2023-06"), between(day(2022, 1, 1), day(2023, 6, 30)));
    assert_eq!(expr("date:..2022"), between(None, day(2022, 12, 31)));
}

#[test]
fn calls_and_codes_are_read() {
    let near = Expr::Near { one: "U.S.".to_owned(), other: "north korea".to_owned(), distance: 5 };
    assert_eq!(expr("near(U.S., north korea, 5)"), near);
    assert_eq!(expr("near miss"), term("near miss"));
    let code = Expr::Code {
        family: Family::Naming,
        id: "invasion".to_owned(),
        referent: Some("ukraine-war".to_owned()),
    };
    assert_eq!(
        expr("segment(naming:invasion@ukraine-war)"),
        Expr::Within(Unit::Segment, Box::new(code))
    );
    let words = vec!["cold".to_owned(), "mentality".to_owned()];
    assert_eq!(expr("\"cold mentality\"~2"), Expr::Sequence { words, slop: 2 });
}

#[test]
fn errors_point_at_the_column_and_say_the_cure() {
    let cases = [
        ("", 1, "empty"),
        ("北约 AND", 7, "too early"),
        ("a (b OR c", 3, "not closed"),
        ("a b)", 4, "closes nothing"),
        ("a \"b c", 3, "quotation"),
        ("OR a", 1, "both sides"),
        ("a sauce:x", 3, "no field `sauce`"),
        ("date:2022-13-01", 6, "no day"),
        ("date:2023..2022", 6, "before it begins"),
        ("near(a, b)", 1, "near takes"),
        ("a AND b*c", 7, "`*`"),
        ("\"one\"~2", 1, "several words"),
        ("role:", 6, "no value"),
    ];
    for (query, column, message) in cases {
        let error = Query::parse(query).unwrap_err();
        assert_eq!(error.column, column, "{query}: {error}");
        assert!(error.message.contains(message), "{query}: {error}");
        assert!(!error.cure.is_empty());
    }
    let error = Query::parse("北约 sauce:x").unwrap_err();
    assert_eq!(error.pointer(), "北约 sauce:x\n     ^");
    let long = format!("{} sauce:x{}", "word ".repeat(40).trim_end(), " word".repeat(40));
    let pointer = Query::parse(&long).unwrap_err().pointer();
    let (shown, caret) = pointer.split_once('\n').unwrap();
    assert!(shown.starts_with('…') && shown.ends_with('…') && shown.chars().count() < 130);
    assert!(
        shown.chars().skip(caret.chars().count() - 1).collect::<String>().starts_with("sauce:")
    );
}

proptest::proptest! {
    #[test]
    fn no_query_panics(query in "[ab:*~()\"“, ANDORT美국0-9.@-]{0,40}") {
        let _ = Query::parse(&query);
    }
}
