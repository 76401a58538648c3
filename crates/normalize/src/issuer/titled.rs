//! A title that gives a body's own words: `Memorandum of ...`, `... Releases Statement`, `Name, office,
//! on ...`. News of how others received a statement has other words beside these.

use super::announcement::ENGLISH_KINDS;
use super::body::{is_own_subject, known};

/// What titles have besides, each before the kind that is a part of it.
const KINDS: [&str; 2] = ["press statement", "open letter"];
/// Verbs of issuing in headlines.
const VERBS: [&str; 6] =
    [" issues", " releases", " publishes", " issued", " released", " makes public"];

/// Who speaks in an official title of the DPRK, and with what office; `None` where the title is
/// another's or says more than that somebody speaks.
pub fn speaker(title: &str) -> Option<&str> {
    let lower = title.to_ascii_lowercase();
    let found = KINDS.iter().chain(&ENGLISH_KINDS).find_map(|kind| {
        let at = lower.find(kind)?;
        issued(title.get(..at)?, title.get(at + kind.len()..)?)
    });
    found.filter(|words| is_own_subject(words)).or_else(|| officer(title))
}

/// `Memorandum of X`, `X Issues Statement`, `X Statement`.
fn issued<'t>(before: &'t str, after: &'t str) -> Option<&'t str> {
    let before = before.trim();
    if before.is_empty() {
        return [" of ", " by ", " from "].iter().find_map(|word| after.strip_prefix(word));
    }
    let lower = before.to_ascii_lowercase();
    let verb = VERBS.iter().find(|verb| lower.ends_with(*verb));
    let subject = verb.and_then(|verb| before.get(..before.len() - verb.len()));
    let alone = after.trim().is_empty() && BODIES.iter().any(|body| lower.ends_with(body));
    subject.or(alone.then_some(before))
}

/// Last words of the names that stand before `Statement` without a verb.
const BODIES: [&str; 10] = [
    "ministry",
    "minister",
    "spokesman",
    "spokesperson",
    "commission",
    "committee",
    "general staff",
    "supreme command",
    "government",
    "mission",
];

/// `Name, office, on what he speaks of`.
fn officer(title: &str) -> Option<&str> {
    let at = title.find(", on ").or_else(|| title.find(", On "))?;
    let named = title.get(..at)?;
    let (name, _) = named.split_once(", ")?;
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase());
    let person = (2..=4).contains(&name.split(' ').count()) && name.split(' ').all(capital);
    (person && (is_own_subject(named) || known(name).is_some())).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_titles_name_who_speaks() {
        for (title, expected) in [
            (
                "Spokesman for DPRK Foreign Ministry Releases Statement",
                Some("Spokesman for DPRK Foreign Ministry"),
            ),
            (
                "Rudolf Elphberg, Vice Minister of DPRK Foreign Ministry, on UN Move",
                Some("Rudolf Elphberg, Vice Minister of DPRK Foreign Ministry"),
            ),
            ("DPRK Foreign Ministry Statement", Some("DPRK Foreign Ministry")),
            (
                "Press Release of DPRK Foreign Ministry Spokesman",
                Some("DPRK Foreign Ministry Spokesman"),
            ),
            ("Memorandum of DPRK Foreign Ministry", Some("DPRK Foreign Ministry")),
            (
                "Permanent Mission of DPRK at UN Issues Press Statement",
                Some("Permanent Mission of DPRK at UN"),
            ),
            ("Ruritania-Korea Friendship Association Issues Statement", None),
            ("Ruritanian Foreign Ministry Releases Statement on DPRK", None),
            ("Ruritanian Media Report Statement of DPRK Foreign Ministry", None),
            ("DPRK Foreign Ministry Statement Supported in Ruritania", None),
            ("Rudolf V, King of Ruritania, on Visit to DPRK", None),
            ("Ruritanian Party Issues Statement", None),
            ("Ruritanian Party Backs DPRK-Sylvania Joint Statement", None),
            ("DPRK Rejects Joint Statement", None),
            ("Declaration of Ruritanian Summit Pulling up DPRK Refuted", None),
        ] {
            assert_eq!(speaker(title), expected, "{title}");
        }
    }
}
