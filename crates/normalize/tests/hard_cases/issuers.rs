//! Whose words a text is that the agency of the DPRK carries.

use corpus::Genre;
use corpus::Role::{Answer, Narration, Question};
use normalize::Reading;

use crate::dprk::{KCNA, KCNA_KO, kcna, page, roles};

fn issued(read: &Reading) -> (Genre, &str, Option<&str>) {
    (read.genre, read.issuer.as_str(), read.carrier.as_deref())
}

/// The ministry's name in every order and case, in titles and first sentences.
#[test]
fn the_ministry_speaks_under_any_of_its_names() {
    let says = "Pyongyang, March 9 (KCNA) -- Sylvania is wrong. (invented sample)";
    for (title, first, genre) in [
        ("Statement of DPRK Foreign Minister Rudolf Elphberg", says, Genre::Statement),
        ("Press Statement of Vice Foreign Minister of DPRK", says, Genre::Statement),
        ("DPRK Foreign Minister Rudolf Elphberg Issues Press Statement", says, Genre::Statement),
        ("Spokesperson for Foreign Ministry of DPRK Gives Answers", says, Genre::Answer),
        (
            "White Paper of Peace Institute of DPRK Foreign Ministry on Sylvania",
            says,
            Genre::Statement,
        ),
        (
            "Foreign Ministry Spokesman on Talks",
            "A spokesman for the DPRK foreign ministry gave the following answer put by KCNA as regards the talks:",
            Genre::Answer,
        ),
    ] {
        let read = kcna(KCNA, title, "(2024.3.9.)", &[first, "It will pay for it."]);
        assert_eq!(issued(&read), (genre, "DPRK MFA", Some("KCNA")), "{title}");
    }
    for title in [
        "조선민주주의인민공화국 홍길동 외무성 부상 담화",
        "조선민주주의인민공화국 홍길동 외무상 담화",
        "조선외무성 공보문",
    ] {
        let read = kcna(KCNA_KO, title, "(2024.3.9.)", &["실바니아는 책동하고있다. (지어낸 견본)"]);
        assert_eq!(issued(&read), (Genre::Statement, "DPRK MFA", Some("KCNA")), "{title}");
    }
    let other =
        kcna(KCNA_KO, "로씨야외무성 대변인 서방을 비난", "(2024.3.9.)", &["서방을 비난하였다."]);
    assert_eq!((other.issuer.as_str(), other.carrier.as_deref()), ("KCNA", None));
}

/// Another body's or person's statement is theirs, under one name in every language.
#[test]
fn whoever_issues_a_statement_is_its_issuer() {
    for (url, title, first, issuer) in [
        (
            KCNA,
            "Press Statement of Kim Yo Jong, Vice Department Director",
            "Pyongyang, July 14 (KCNA) -- Kim Yo Jong, vice department director of the Central Committee of the Workers' Party of Korea, released the following press statement on Sunday:",
            "Kim Yo Jong",
        ),
        (
            KCNA_KO,
            "김여정 조선로동당 중앙위원회 부부장 담화",
            "실바니아는 책동하고있다.",
            "Kim Yo Jong",
        ),
        (
            KCNA,
            "Statement of Spokesman for Ministry of National Defence of DPRK",
            "Pyongyang, October 13 (KCNA) -- Grave tensions prevail.",
            "DPRK Ministry of National Defence",
        ),
        (
            KCNA_KO,
            "조선민주주의인민공화국 국방성 대변인담화",
            "실바니아는 책동하고있다.",
            "DPRK Ministry of National Defence",
        ),
        (
            KCNA,
            "Trees Saved",
            "Pyongyang, May 7 (KCNA) -- A spokesman for the Association of Ruritanian Foresters on Friday issued the following statement:",
            "Association of Ruritanian Foresters",
        ),
    ] {
        let read =
            kcna(url, title, "(2024.10.14.)", &[first, "Sylvania is wrong. (invented sample)"]);
        assert_eq!(issued(&read), (Genre::Statement, issuer, Some("KCNA")), "{title}");
    }
}

/// The agency's Spanish.
#[test]
fn answers_and_statements_in_spanish_are_read_like_the_others() {
    let spanish = |first: &str| {
        let url = "http://www.kcna.kp/es/article/q/a514ed40309b181ae5964d720a691ec6.kcmsf";
        let html = format!(
            "<div class='article-main-title'>MINREX rechaza las maniobras</div><div class='article-content-body'><div class='content-wrapper'>\
             <p>{first}</p><p>Los de Silvania son los que tienen la culpa de todo lo que pasa en la zona. (muestra)</p></div></div>"
        );
        page(&html, url, "2024-11-20")
    };
    let answer = spanish(
        "Con respecto a las maniobras, el portavoz del Ministerio de Relaciones Exteriores de la República Popular Democrática de Corea dio el día 15 la siguiente respuesta a la ACNC:",
    );
    assert_eq!(issued(&answer), (Genre::Answer, "DPRK MFA", Some("KCNA")));
    let speaker = "el portavoz del Ministerio de Relaciones Exteriores de la República Popular Democrática de Corea";
    assert_eq!(roles(&answer), [(Question, None), (Answer, Some(speaker))]);
    assert_eq!(answer.turns[0].asker.as_deref(), Some("KCNA"));
    let unnamed =
        spanish("El vocero respondió el dia 20 a la pregunta de un reportero de la ACNC.");
    assert_eq!(issued(&unnamed), (Genre::Answer, "DPRK MFA", Some("KCNA")));
    let statement = spanish(
        "El portavoz del Ministerio de Relaciones Exteriores de la RPDC hizo pública el día 6 la siguiente declaración:",
    );
    assert_eq!(issued(&statement), (Genre::Statement, "DPRK MFA", Some("KCNA")));
}

/// Put questions in other words, with who answers.
#[test]
fn put_questions_in_other_words_have_their_speakers() {
    for (asked, speaker) in [
        (
            "In reply to a question put by KCNA on Friday, a spokesman for the Foreign Ministry of the DPRK said:",
            "a spokesman for the Foreign Ministry of the DPRK",
        ),
        (
            "Asked by KCNA about the drill, a spokesman for the DPRK Foreign Ministry said as follows:",
            "a spokesman for the DPRK Foreign Ministry",
        ),
        (
            "A spokesman for the DPRK Foreign Ministry gave the following answer when asked by KCNA about the drill:",
            "A spokesman for the DPRK Foreign Ministry",
        ),
        (
            "The director of the DPRK Foreign Ministry gave the following reply to a question of KCNA:",
            "The director of the DPRK Foreign Ministry",
        ),
        (
            "In this regard a spokesman for the DPRK Foreign Ministry gave the following answer to a question put by KCNA:",
            "a spokesman for the DPRK Foreign Ministry",
        ),
    ] {
        let first = format!("Pyongyang, March 9 (KCNA) -- {asked}");
        let read =
            kcna(KCNA, "Drill Denounced", "(2024.3.9.)", &[&first, "It is bad. (invented sample)"]);
        assert_eq!(roles(&read), [(Question, None), (Answer, Some(speaker))], "{asked}");
        assert_eq!(issued(&read), (Genre::Answer, "DPRK MFA", Some("KCNA")), "{asked}");
    }
    let hailed = kcna(
        KCNA,
        "Answer Hailed",
        "(2024.3.9.)",
        &[
            "The society hailed the answer given by a spokesman for the DPRK Foreign Ministry to the question put by KCNA.",
        ],
    );
    assert_eq!(roles(&hailed), [(Narration, None)]);
}
