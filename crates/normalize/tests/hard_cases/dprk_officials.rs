//! Official statements of the DPRK's bodies, by the forms of their titles and first sentences.

use corpus::Genre;

use crate::dprk::{KCNA, kcna, page};

const SAYS: &str = "Pyongyang, March 9 (KCNA) -- The tension rises. (invented sample)";

/// A title that names a body of the DPRK and what it issues makes a statement of it.
#[test]
fn official_titles_are_statements_of_who_they_name() {
    for (title, issuer) in [
        ("Spokesman for DPRK Foreign Ministry Releases Statement", "DPRK MFA"),
        ("Rudolf Elphberg, Vice Minister of DPRK Foreign Ministry, on UN Move", "DPRK MFA"),
        ("DPRK Foreign Ministry Statement", "DPRK MFA"),
        ("Press Release of DPRK Foreign Ministry Spokesman", "DPRK MFA"),
        ("Memorandum of DPRK Foreign Ministry", "DPRK MFA"),
        ("Press Statement of Permanent Mission of DPRK at UN", "DPRK Permanent Mission to the UN"),
        (
            "Spokesman for DPRK Ministry of Public Security Releases Statement",
            "DPRK Ministry of Public Security",
        ),
        (
            "Permanent Mission of DPRK at UN Issues Press Statement",
            "DPRK Permanent Mission to the UN",
        ),
        ("Forestry Society of DPRK Issues Memorandum", "Forestry Society of DPRK"),
    ] {
        let read = kcna(KCNA, title, "(2024.3.9.)", &[SAYS, "It will be paid for."]);
        assert_eq!(
            (read.genre, read.issuer.as_str(), read.carrier.as_deref()),
            (Genre::Statement, issuer, Some("KCNA")),
            "{title}"
        );
    }
    for title in [
        "Memorandum of DPRK Foreign Ministry Distributed as Official Document",
        "Ruritania-Korea Friendship Association Issues Statement",
        "Ruritanian Foreign Ministry Releases Statement on DPRK",
        "Ruritanian Party Backs DPRK-Sylvania Joint Statement",
    ] {
        let read = kcna(KCNA, title, "(2024.3.9.)", &[SAYS, "It will be paid for."]);
        assert_eq!((read.issuer.as_str(), read.carrier.as_deref()), ("KCNA", None), "{title}");
        assert_ne!(read.genre, Genre::Statement, "{title}");
    }
}

/// `issued a statement denouncing ...` without `the following`: what a body of the DPRK says is its
/// own, what others say is news.
#[test]
fn a_body_of_the_state_need_not_say_that_its_statement_follows() {
    let of = |first: &str| {
        let first = format!("Pyongyang, October 10 (KCNA) -- {first}");
        let read = kcna(KCNA, "Sylvania Denounced", "(2024.10.10.)", &[&first, "It is to blame."]);
        (read.genre, read.issuer)
    };
    for (first, issuer) in [
        (
            "A spokesman of the Ministry of Foreign Affairs of the DPRK Wednesday issued a statement denouncing Sylvania.",
            "DPRK MFA",
        ),
        (
            "A spokesman for the forestry society of the DPRK on Friday released a press statement condemning Sylvania.",
            "Forestry society of the DPRK",
        ),
        (
            "The permanent mission of the DPRK at the UN released the following press statement on Wednesday:",
            "DPRK Permanent Mission to the UN",
        ),
    ] {
        assert_eq!(of(first), (Genre::Statement, issuer.to_owned()), "{first}");
    }
    for first in [
        "The Ruritania-Korea Friendship Association released a statement denouncing Sylvania.",
        "The Ministry of National Defense of Ruritania issued a statement on Sylvania.",
        "The Society for Relations between Ruritania and the DPRK issued a statement on Sylvania.",
        "People are enraged after a spokesman for the DPRK Foreign Ministry issued a statement on it.",
        "A spokesman for the DPRK Foreign Ministry issued a statement on it. Upon hearing the statement, they were enraged.",
        "The DPRK government issued a joint statement. A paper observes this in a bylined commentary.",
        "A spokesman for the DPRK Foreign Ministry released prisoners.",
    ] {
        assert_eq!(of(first), (Genre::Article, "KCNA".to_owned()), "{first}");
    }
}

/// The agency's Spanish without accents, in two more wordings.
#[test]
fn spanish_statements_are_announced_in_other_words() {
    for said in [
        "divulgo el dia 22 la siguiente declaracion:",
        "publico este lunes una declaracion como sigue:",
    ] {
        let first = format!(
            "El portavoz de la Sociedad Forestal de la Republica Popular Democratica de Corea {said}"
        );
        let html = format!(
            "<div class='article-main-title'>Silvania sera responsable</div><div class='article-content-body'><div class='content-wrapper'>\
             <p>{first}</p><p>Los de Silvania son los que tienen la culpa de todo lo que pasa en la zona. (muestra)</p></div></div>"
        );
        let url = "http://www.kcna.kp/es/article/q/a514ed40309b181ae5964d720a691ec6.kcmsf";
        let read = page(&html, url, "2024-11-20");
        assert_eq!(
            (read.genre, read.carrier.as_deref()),
            (Genre::Statement, Some("KCNA")),
            "{said}"
        );
        assert!(read.issuer.starts_with("Sociedad Forestal"), "{}", read.issuer);
    }
}
