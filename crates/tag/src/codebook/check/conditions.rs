//! Terms that count only beside others: whether they can ever count.

use corpus::Lang;
use corpus::segment::segments;

use super::{FindingKind, specimen, twice};
use crate::Finder;
use crate::codebook::{Entry, Terms, When, Within};

/// How many neighbours of a kind are tried, so that a term finds itself beside one of them.
const TRIED: usize = 8;

/// What is to be said of one condition of the entry at `place`.
pub(super) fn of_when(
    finder: &Finder,
    entry: &Entry,
    place: usize,
    when: &When,
) -> Vec<(FindingKind, Lang, String, String)> {
    let mut found = Vec::new();
    for (lang, terms) in &when.terms {
        let mut add = |kind, term: &str, message: String| {
            found.push((kind, *lang, term.to_owned(), message));
        };
        for term in twice(terms) {
            add(FindingKind::Twice, &term, format!("`{term}` stands twice"));
        }
        let plain = |term: &&String| entry.terms.get(lang).is_some_and(|of| of.contains(*term));
        for term in terms.iter().filter(plain) {
            let message = format!("`{term}` counts without its condition, too");
            add(FindingKind::Needless, term, message);
        }
        if let Some(message) = impossible(when, *lang) {
            terms.iter().for_each(|term| add(FindingKind::NotFound, term, message.clone()));
            continue;
        }
        for term in terms.iter().filter(|term| !plain(term)) {
            let text =
                |near: &str, before: &str, after: &str| beside(*lang, [before, near], term, after);
            let finds = |(text, at): (String, usize)| {
                let whole = segments(&text, *lang);
                let date = when.since.or(entry.since);
                let hits = finder.find(&text, *lang, date, &whole);
                hits.iter().any(|hit| hit.entry == place && hit.start <= at && at < hit.end)
            };
            let of = |list: &'_ Terms| -> Vec<String> {
                let terms = list.get(lang).into_iter().flatten().take(TRIED);
                let terms: Vec<String> = terms.map(|term| specimen(term)).collect();
                if terms.is_empty() { vec![String::new()] } else { terms }
            };
            let (near, before, after) = (of(&when.near), of(&when.before), of(&when.after));
            let mut all = near.iter().flat_map(|near| {
                let after = &after;
                before
                    .iter()
                    .flat_map(move |before| after.iter().map(move |after| (near, before, after)))
            });
            if !all.any(|(near, before, after)| finds(text(near, before, after))) {
                let message = format!("`{term}` does not find itself beside its neighbours");
                add(FindingKind::NotFound, term, message);
            }
        }
    }
    found
}

/// Why nothing could ever meet a condition in a language.
fn impossible(when: &When, lang: Lang) -> Option<String> {
    let has = |terms: &Terms| terms.get(&lang).is_some_and(|list| !list.is_empty());
    let lists = [("near", &when.near), ("before", &when.before), ("after", &when.after)];
    let foreign = lists.iter().find(|(_, list)| !list.is_empty() && !has(list));
    if let Some((key, _)) = foreign {
        return Some(format!("`{key}` has no word in this language, so that it never counts"));
    }
    let barred = |term: &&String| when.not_near.get(&lang).is_some_and(|list| list.contains(*term));
    let near = when.near.get(&lang).into_iter().flatten();
    if has(&when.near) && near.clone().all(|term| barred(&term)) {
        return Some(
            "all of its `near` stand in its `not-near`, so that it never counts".to_owned(),
        );
    }
    let none = when.within == Within::Chars(0) && lists.iter().any(|(_, list)| has(list));
    none.then(|| "`within = 0` leaves no room for a neighbour".to_owned())
}

/// A text in which a term stands beside neighbours, and where the term begins.
fn beside(lang: Lang, before: [&str; 2], term: &str, after: &str) -> (String, usize) {
    let between = if lang == Lang::Zh { "" } else { " " };
    let mut text = String::new();
    for word in before.into_iter().filter(|word| !word.is_empty()) {
        text.push_str(word);
        text.push_str(between);
    }
    let at = text.len();
    text.push_str(&specimen(term));
    if !after.is_empty() {
        text.push_str(between);
        text.push_str(after);
    }
    (text, at)
}

#[cfg(test)]
mod tests {
    use crate::codebook::tests::told;

    /// What is told of a condition below the entry of the tests.
    fn of(when: &str) -> Vec<String> {
        let rest = format!("\n[[frame.when]]\n{when}\n");
        told("[\"quarrel*\", \"feud\"]", &rest).into_iter().map(|(message, ..)| message).collect()
    }

    #[test]
    fn a_condition_that_can_be_met_is_sound() {
        for when in [
            "terms.en = [\"rift\"]\nnear.en = [\"old\", \"deep*\"]",
            "terms.zh = [\"售武\"]\nbefore.zh = [\"台湾\"]\nwithin = 2",
            "terms.ko = [\"대결\"]\nafter.ko = [\"책동\"]\nnot-near.ko = [\"평화\"]\nwithin = 30",
            "terms.en = [\"rift\"]\nsince = \"2022-02-24\"",
        ] {
            assert!(of(when).is_empty(), "{when}: {:?}", of(when));
        }
    }

    #[test]
    fn a_condition_that_can_never_be_met_is_to_mend() {
        for (when, told) in [
            ("terms.zh = [\"武器\"]\nnear.en = [\"guns\"]", "`near` has no word in this language"),
            (
                "terms.zh = [\"售武\"]\nnear.zh = [\"台湾\"]\nnot-near.zh = [\"台湾\"]",
                "all of its `near` stand in its `not-near`",
            ),
            (
                "terms.en = [\"rift\"]\nnear.en = [\"old\"]\nwithin = 0",
                "`within = 0` leaves no room",
            ),
            ("terms.en = [\"rift\", \"rift\"]\nnear.en = [\"old\"]", "`rift` stands twice"),
            (
                "terms.en = [\"feud\"]\nnear.en = [\"old\"]",
                "`feud` counts without its condition, too",
            ),
            (
                "terms.en = [\"rift\"]\nnear.en = [\"old\"]\n[frame.excludes]\nen = [\"rift\"]",
                "`rift` does not find itself beside its neighbours",
            ),
        ] {
            let found = of(when);
            assert!(found.iter().any(|message| message.contains(told)), "{when}: {found:?}");
        }
    }
}
