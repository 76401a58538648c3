//! A body: who can speak in the DPRK beside its agency and papers, told from the words by which
//! titles and first sentences name him.

use unicode_normalization::UnicodeNormalization;

/// The name of the foreign ministry in every source.
pub const MINISTRY: &str = "DPRK MFA";

/// Persons and bodies with the names that titles and texts give them, folded; who speaks in an office
/// stands before the office. One name a body, so that its texts in two languages have one issuer.
const BODIES: [(&str, &[&str]); 12] = [
    ("Kim Yo Jong", &["kim yo jong", "김여정"]),
    (
        "DPRK Ministry of National Defence",
        &[
            "ministry of national defence",
            "minister of national defence",
            "ministry of national defense",
            "minister of national defense",
            "국방성",
            "국방상",
            "ministerio de defensa nacional",
        ],
    ),
    (
        "DPRK Ministry of the People's Armed Forces",
        &[
            "ministry of people's armed forces",
            "minister of people's armed forces",
            "인민무력",
            "ministerio de las fuerzas armadas populares",
        ],
    ),
    ("DPRK Ministry of Public Security", &["ministry of public security", "사회안전성"]),
    (
        "KPA General Staff",
        &[
            "general staff of korean people's army",
            "general staff of kpa",
            "kpa general staff",
            "총참모부",
            "estado mayor general",
        ],
    ),
    (
        "KPA Supreme Command",
        &["supreme command of korean people's army", "kpa supreme command", "최고사령부"],
    ),
    (
        "DPRK National Defence Commission",
        &["national defence commission", "ndc of dprk", "국방위원회", "comite de defensa nacional"],
    ),
    (
        "Committee for the Peaceful Reunification of Korea",
        &[
            "committee for peaceful reunification of korea",
            "cprk",
            "조국평화통일위원회",
            "comite por la reunificacion pacifica de la patria",
        ],
    ),
    (
        "WPK Central Committee",
        &[
            "central committee of workers' party of korea",
            "wpk central committee",
            "로동당 중앙위원회",
        ],
    ),
    (
        "DPRK Permanent Mission to the UN",
        &[
            "permanent mission of dprk at un",
            "permanent mission of dprk to un",
            "dprk permanent mission at un",
            "dprk permanent mission to un",
            "상설대표부",
        ],
    ),
    ("DPRK Cabinet", &["dprk cabinet", "cabinet of dprk", "내각"]),
    (
        "DPRK Government",
        &[
            "government of dprk",
            "dprk government",
            "dprk's government",
            "공화국 정부",
            "gobierno de la rpdc",
        ],
    ),
];

/// The person or body that some words name: the foreign ministry, one that is known, or what they say
/// themselves. `None` where they name nobody.
pub fn body(words: &str) -> Option<String> {
    if is_ministry(words) {
        return Some(MINISTRY.to_owned());
    }
    known(words).map(str::to_owned).or_else(|| as_printed(words))
}

/// As [`body`], of those alone that are known.
pub fn known(words: &str) -> Option<&'static str> {
    let words = folded(words);
    let names = |(_, forms): &&(&str, &[&str])| forms.iter().any(|form| has_word(&words, form));
    BODIES.iter().find(names).map(|(name, _)| *name)
}

/// Whether words name a person or body of the DPRK beyond doubt: the ministry, one that is known, or
/// one that bears the state's name.
pub fn is_own(words: &str) -> bool {
    const STATE: [&str; 5] = ["dprk", "rpdc", "wpk", "kpa", "korean people's army"];
    // Societies of its friends and of Koreans elsewhere.
    const OTHERS: [&str; 7] =
        ["friendship", "study of", "solidarity", "support", "headquarters", "amistad", "estudio"];
    let folded = folded(words);
    let bears = STATE.iter().any(|name| has_word(&folded, name));
    let friends = OTHERS.iter().any(|other| folded.contains(other));
    is_ministry(words) || ((known(words).is_some() || bears) && !friends)
}

/// Whether the subject of a sentence or title is a body of the DPRK: one that it names as its own, and
/// no words beside it that tell why or after whom somebody else speaks. Ministries of other states bear
/// the names of its own.
pub fn is_own_subject(words: &str) -> bool {
    const ASIDE: [&str; 9] = [
        " after ",
        " when ",
        " occasion ",
        " anniversary ",
        " statement ",
        " answer ",
        " between ",
        " relations with ",
        " support",
    ];
    const OF_STATE: [&str; 8] = [
        "of dprk",
        "of wpk",
        "of kpa",
        "of korean people's army",
        "under dprk",
        "de rpdc",
        "de la rpdc",
        "of dprk's",
    ];
    let folded = folded(words);
    let begins = ["dprk", "dprk's", "wpk", "kpa"].iter().any(|state| {
        folded
            .strip_prefix(' ')
            .and_then(|w| w.strip_prefix(state))
            .is_some_and(|w| w.starts_with(' '))
    });
    let for_state = ["for dprk ", "for dprk's "].iter().any(|of| folded.contains(of));
    let of_state = begins || for_state || OF_STATE.iter().any(|of| has_word(&folded, of));
    let own_alone = known(words).is_some_and(|name| !name.starts_with("DPRK "));
    is_own(words)
        && (of_state || own_alone || is_ministry(words))
        && !ASIDE.iter().any(|aside| folded.contains(aside))
}

/// Whether words name somebody of the DPRK, by its name or that of Korea.
pub fn is_korean(words: &str) -> bool {
    let folded = folded(words);
    let south = ["south korea", "s. korea", "surcorea", "sur de corea"];
    let named = ["korea", "korean"].iter().any(|name| has_word(&folded, name));
    is_own(words) || (named && !south.iter().any(|south| folded.contains(south)))
}

/// Whether words name the foreign ministry of the DPRK or an office of it, in whatever order. Those of
/// other states bear their names.
pub fn is_ministry(words: &str) -> bool {
    const FORMS: [&str; 15] = [
        "dprk foreign ministry",
        "dprk's foreign ministry",
        "dprk foreign minister",
        "dprk's foreign minister",
        "dprk ministry of foreign affairs",
        "dprk minister of foreign affairs",
        "dprk fm",
        "foreign ministry of dprk",
        "foreign minister of dprk",
        "ministry of foreign affairs of dprk",
        "minister of foreign affairs of dprk",
        "minister for foreign affairs of dprk",
        "ministerio de relaciones exteriores de la rpdc",
        "ministro de relaciones exteriores de la rpdc",
        "cancilleria de la rpdc",
    ];
    const SPANISH: [&str; 2] = ["portavoz del minrex", "minrex de la rpdc"];
    let folded = folded(words);
    FORMS.iter().chain(&SPANISH).any(|form| has_word(&folded, form)) || is_korean_ministry(words)
}

/// `조선민주주의인민공화국 외무성`, `조선외무성`, `최선희 외무상`: no other state's name stands before
/// or is written in one with it.
fn is_korean_ministry(words: &str) -> bool {
    let words: Vec<&str> = words.split([' ', ')', '\n']).filter(|w| !w.is_empty()).collect();
    let own = |word: &str| word.ends_with("조선민주주의인민공화국") || word == "공화국";
    words.iter().enumerate().any(|(n, word)| {
        let at = word.find("외무성").or_else(|| word.find("외무상"));
        let prefix = at.and_then(|at| word.get(..at));
        match (prefix, words.get(..n).unwrap_or(&[])) {
            (Some("조선" | "조선민주주의인민공화국"), _) | (Some(""), []) => true,
            (Some(""), [.., state]) if own(state) => true,
            (Some(""), [.., state, name]) if own(state) => is_korean_name(name),
            (Some(""), [name]) => is_korean_name(name),
            _ => false,
        }
    })
}

/// Three syllables of which the first is a surname, as names of the DPRK are.
fn is_korean_name(word: &str) -> bool {
    const SURNAMES: &str = "김리박최정강조윤장림한오서신권황안송류전홍고문손양배백허남심하곽성차주우구라민진지엄원채천방공현함변염여추도석선설마길연위표명기반왕금옥육인맹제모탁국은편용";
    word.chars().count() == 3
        && word.chars().all(|c| ('가'..='힣').contains(&c))
        && word.starts_with(|c| SURNAMES.contains(c))
}

/// What words say themselves: without article, office and day.
fn as_printed(words: &str) -> Option<String> {
    const OFFICES: [&str; 12] = [
        "spokesman for ",
        "spokesperson for ",
        "spokeswoman for ",
        "spokesmen for ",
        "spokesman of ",
        "spokesperson of ",
        "chief of ",
        "head of ",
        "portavoz del ",
        "portavoz de ",
        "vocero del ",
        "vocero de ",
    ];
    const ARTICLES: [&str; 9] = ["the ", "The ", "a ", "A ", "an ", "An ", "El ", "La ", "la "];
    let words = without_day(words.trim());
    let words = words.strip_suffix("대변인").unwrap_or(words).trim_end();
    let office = OFFICES.iter().find_map(|office| Some(words.split_once(office)?.1));
    let named = office.unwrap_or(words).trim_start();
    let named = ARTICLES.iter().find_map(|article| named.strip_prefix(article)).unwrap_or(named);
    // Of `Name, office of a body` the person speaks.
    let is_office = |at: &usize| {
        named.get(at + ", ".len()..).is_some_and(|office| office.starts_with(char::is_lowercase))
    };
    let office = named.match_indices(", ").map(|(at, _)| at).find(is_office);
    let named = office.and_then(|at| named.get(..at)).unwrap_or(named).trim_end_matches(',').trim();
    let capital = named.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    let short = named.split_whitespace().count() <= LONGEST;
    if !capital && is_own_subject(named) {
        // `the academy of sciences of the DPRK`: the words of a name, written small.
        let first = named.chars().next()?;
        let name = first.to_uppercase().chain(named.chars().skip(1)).collect();
        return short.then_some(name);
    }
    (capital && short).then(|| named.to_owned())
}

/// Words of the longest name of a body.
const LONGEST: usize = 16;

/// Words without the day that closes them: `... on Tuesday`, `... Sunday`, `... on October 19`.
fn without_day(words: &str) -> &str {
    let mut rest = words;
    loop {
        let shorter = rest.trim_end_matches([',', ' ']);
        let (before, last) = shorter.rsplit_once(' ').unwrap_or(("", shorter));
        let day = last.ends_with("day") && last.starts_with(char::is_uppercase)
            || matches!(last, "on" | "today" | "has" | "yesterday" | "hizo" | "hicieron")
            || last.bytes().all(|b| b.is_ascii_digit());
        let month = before.ends_with(" on") && last.starts_with(char::is_uppercase);
        if !(day || month) || before.is_empty() {
            return shorter;
        }
        rest = before;
    }
}

/// Words in lower case without accents, articles and the ranks of a minister, with one name for the
/// state.
fn folded(words: &str) -> String {
    let plain: String =
        words.nfd().filter(|c| !('\u{300}'..='\u{36F}').contains(c)).nfc().collect();
    let mut lower =
        format!(" {} ", plain.to_lowercase().replace('’', "'").replace(['\n', '-'], " "));
    for (long, short) in [
        ("democratic people's republic of korea", "dprk"),
        ("republica popular democratica de corea", "rpdc"),
        ("d.p.r.k.", "dprk"),
        ("united nations", "un"),
        (" the ", " "),
        (" vice ", " "),
        (" first ", " "),
    ] {
        lower = lower.replace(long, short);
    }
    lower
}

/// Whether a form stands in folded words, a Latin one as words of its own.
fn has_word(words: &str, form: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    words.match_indices(form).any(|(at, _)| {
        let before = words.get(..at).and_then(|w| w.chars().next_back());
        let after = words.get(at + form.len()..).and_then(|w| w.chars().next());
        !form.is_ascii() || (!letter(before) && !letter(after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ministry_is_known_by_any_of_its_names() {
        for words in [
            "Spokesperson for Foreign Ministry of DPRK Gives Answers",
            "Press Statement of Vice Foreign Minister of DPRK",
            "DPRK Foreign Minister Choe Son Hui Issues Press Statement",
            "A spokesman for the DPRK foreign ministry",
            "Kim X, vice-minister of Foreign Affairs of the Democratic People’s Republic of Korea,",
            "DPRK FM Spokesman",
            "조선민주주의인민공화국 박명호 외무성 부상 담화",
            "조선민주주의인민공화국 최선희 외무상 담화",
            "최선희 외무상은",
            "조선외무성 공보문",
            "(평양 3월 9일발 조선중앙통신)조선민주주의인민공화국 외무성 대변인은",
            "Portavoz del MINREX se refiere a la visita",
            "El portavoz del Ministerio de Relaciones Exteriores de la República Popular Democrática de Corea",
        ] {
            assert!(is_ministry(words), "{words}");
        }
        for words in [
            "Spokesman for Ruritanian Foreign Ministry Supports DPRK",
            "Ruritanian Foreign Minister Leaves DPRK",
            "로씨야외무성 대변인 서방을 비난",
            "로씨야련방 외무성 대변인 담화",
            "MINREX organiza encuentro con embajada",
        ] {
            assert!(!is_ministry(words), "{words}");
        }
    }

    #[test]
    fn bodies_have_one_name_and_others_that_which_is_printed() {
        for (words, name) in [
            (
                "Kim Yo Jong, vice department director of the Central Committee of the Workers' Party of Korea,",
                "Kim Yo Jong",
            ),
            ("김여정 조선로동당 중앙위원회 부부장", "Kim Yo Jong"),
            (
                "The chief of the Public Information Office of the Ministry of National Defence of the DPRK",
                "DPRK Ministry of National Defence",
            ),
            ("조선민주주의인민공화국 국방성 대변인", "DPRK Ministry of National Defence"),
            (
                "A spokesman for the Association of Ruritanian Scholars on Friday",
                "Association of Ruritanian Scholars",
            ),
            ("The Ruritanian Institute on May 7", "Ruritanian Institute"),
        ] {
            assert_eq!(body(words).as_deref(), Some(name), "{words}");
        }
        assert_eq!(body("they"), None);
    }
}
