//! An announcement: the sentence in which somebody issues what follows.

use super::body::is_own_subject;

/// Characters of a text's beginning in which its issuer is named.
const OPENING: usize = 400;
/// Characters after the verb within which stands what is issued.
const LONGEST: usize = 90;

/// Verbs of issuing in English and Spanish; in Spanish with and without accents.
const VERBS: [&str; 16] = [
    "issued",
    "released",
    "made public",
    "published",
    "gave",
    "publicó",
    "publico ",
    "hizo pública",
    "hizo publica",
    "hizo público",
    "hizo publico",
    "hicieron pública",
    "hicieron publica",
    "dio ",
    "divulgó",
    "divulgo ",
];
/// What is issued, in English, as titles call it, too.
pub const ENGLISH_KINDS: [&str; 6] =
    ["statement", "communique", "declaration", "press release", "white paper", "memorandum"];
/// What else is issued.
const OTHER_KINDS: [&str; 6] =
    ["answer", "declaración", "declaracion", "respuesta", "comunicado", "memorándum"];
/// That it follows.
const FOLLOWS: [&str; 6] =
    ["following", "as follows", "titled", "siguiente", "como sigue", "under the title"];

/// Who a text's opening says issues it: the words before `issued the following statement`; of a body
/// of the DPRK also those before `issued a statement denouncing ...`, since what follows is what it
/// says. `None` where it announces nothing.
pub fn announcement(opening: &str) -> Option<&str> {
    let line = without_dateline(first_line(opening));
    if let Some((before, after)) = line.split_once("다음과 같은 ") {
        let kinds = ["담화", "성명", "공보문", "보도문", "대답"];
        let issued = kinds.iter().any(|kind| after.starts_with(kind)) && after.contains("발표");
        // The day and what it is about stand between him and the verb.
        return issued.then(|| subject(before)).flatten();
    }
    let at = VERBS.iter().filter_map(|verb| line.find(verb)).min()?;
    let (before, after) = line.split_at_checked(at)?;
    let near: String = after.chars().take(LONGEST).collect();
    let holds = |words: &[&str]| words.iter().any(|word| near.contains(word));
    let own = || is_own_subject(before) && is_one(&near) && !is_remarked_upon(opening);
    let issued = kinds().any(|kind| near.contains(kind));
    (issued && (holds(&FOLLOWS) || own())).then_some(before)
}

fn kinds() -> impl Iterator<Item = &'static str> {
    ENGLISH_KINDS.into_iter().chain(OTHER_KINDS)
}

/// Whether a text that opens with a statement goes on with what others say of it: those who hear of it,
/// a paper's commentary.
fn is_remarked_upon(text: &str) -> bool {
    const REMARKS: [&str; 6] = [
        "Upon hearing",
        "Upon receiving",
        "told KCNA",
        "interview with KCNA",
        "signed commentary",
        "bylined commentary",
    ];
    REMARKS.iter().any(|words| text.contains(words))
}

/// Whether what stands after a verb of issuing is one of the kinds and not what it is about: `a
/// statement`, `on Tuesday a press statement`.
fn is_one(after: &str) -> bool {
    let places = kinds().filter_map(|kind| after.find(kind));
    let before = places.min().and_then(|at| after.get(..at)).unwrap_or(after);
    let words: Vec<&str> = before.split_whitespace().collect();
    let article = |word: &&str| ["a", "an", "una", "un"].contains(word);
    words.len() <= FEW && words.iter().any(article)
}

/// Words between a verb of issuing and what is issued: its day, an article, an adjective.
const FEW: usize = 8;

/// `Pyongyang, July 14 (KCNA) -- ...`, `(평양 7월 14일발 조선중앙통신)...`
fn without_dateline(line: &str) -> &str {
    let line = line.split_once("-- ").map_or(line, |(_, words)| words);
    line.strip_prefix('(')
        .and_then(|w| w.split_once(')'))
        .map_or(line, |(_, words)| words)
        .trim_start()
}

/// What stands before the first particle that makes a Korean subject.
fn subject(words: &str) -> Option<&str> {
    let at = ["은 ", "는 "].iter().filter_map(|particle| words.find(particle)).min()?;
    words.get(..at)
}

/// The first line, as far as an opening goes.
pub fn first_line(text: &str) -> &str {
    let line = text.lines().next().unwrap_or("");
    let end = line.char_indices().nth(OPENING).map_or(line.len(), |(at, _)| at);
    line.get(..end).unwrap_or(line)
}
