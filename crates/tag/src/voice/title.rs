//! A title that announces whose words the text relays: `Cuba Censures U.S. Sanctions`,
//! 로씨야외무성 대변인 서방을 비난.

use corpus::pattern::Folded;

use super::TurnScene;
use super::grammar::{English, Grammar};
use super::holder::{Holder, is_own_name, is_state};
use super::lexicon::{Meaning, VoiceLexicon, Word};

/// The words of voice in a title, which the questions about it are answered by.
pub(super) fn words<'l>(lexicon: &'l VoiceLexicon, turn: &TurnScene<'_>) -> Vec<Word<'l>> {
    lexicon.words_in(Folded::new(turn.title).whole())
}

/// The holder whose words the text of this title relays.
pub(super) fn announced(
    grammar: &Grammar,
    turn: &TurnScene<'_>,
    words: &[Word<'_>],
) -> Option<Holder> {
    let holder = match grammar {
        Grammar::English(grammar) => english(grammar, turn, words),
        Grammar::Korean(_) => korean(turn, words),
        Grammar::Chinese(_) | Grammar::Unknown => None,
    }?;
    (!is_own_name(&holder.name, turn.country)).then_some(holder)
}

fn english(grammar: &English, turn: &TurnScene<'_>, words: &[Word<'_>]) -> Option<Holder> {
    let title = turn.title;
    if let Some(holder) = after_colon(turn, words).or_else(|| before_colon(turn, words)) {
        return Some(holder);
    }
    if is_from_abroad(title, grammar) {
        return Some(Holder::unofficial("a foreign organization"));
    }
    // `Two Soldiers Killed in Afghan Blast`: what ends a title is no verb that has an object.
    let is_noun = |w: &Word<'_>| {
        let said = &title[w.start..w.end];
        said.eq_ignore_ascii_case("blast") && title[w.end..].trim().is_empty()
    };
    let reports =
        |w: &&Word<'_>| matches!(w.meaning, Meaning::Title | Meaning::Message) && !is_noun(w);
    let verb = words.iter().filter(reports).min_by_key(|w| w.start)?;
    let said = &title[verb.start..verb.end];
    let (from, to) = match verb.meaning {
        // `Receives Greetings from Syrian President`
        Meaning::Message => (verb.end + title[verb.end..].find(" from ")?, title.len()),
        // `Slammed in S. Korea`, `Supported by Swiss Organizations`
        _ if said.ends_with("ed")
            || said.eq_ignore_ascii_case("called for")
            || said.eq_ignore_ascii_case("under fire") =>
        {
            let rest = &title[verb.start..];
            let by = [" by ", " in "].iter().filter_map(|p| rest.find(p)).min()?;
            (verb.start + by, title.len())
        }
        _ => (0, verb.start),
    };
    let names = |w: &&Word<'_>| matches!(w.meaning, Meaning::Own(_) | Meaning::Holder(_));
    let within = |w: &&Word<'_>| w.start >= from && w.end <= to;
    let named: Vec<&Word<'_>> = words.iter().filter(names).filter(within).collect();
    // Papers of no country are the publisher's own.
    let is_own_press = |w: &&&Word<'_>| {
        ["Papers", "Newspapers"].contains(&&title[w.start..w.end])
            && !title[..w.start].ends_with("Foreign ")
    };
    if named.iter().any(|w| w.is_own(turn.country))
        || named.iter().filter(is_own_press).count() == named.len()
    {
        return None;
    }
    let holders = named.iter().filter_map(|word| {
        let holder = Holder::named(word, &named, words, title)?;
        Some(match is_of_people(title, word) {
            true => Holder::unofficial(&holder.name),
            false => holder,
        })
    });
    holders.max_by_key(|holder| is_state(&holder.name))
}

/// Whether a word names the people of a state: `South Koreans Demand`, `Japanese People Denounce`.
fn is_of_people(title: &str, word: &Word<'_>) -> bool {
    let behind = &title[word.end..];
    let end = behind.find(char::is_whitespace).map_or(title.len(), |at| word.end + at);
    let mut name = title[word.start..end].split_whitespace();
    name.any(|part| part.ends_with("ans") || part.ends_with("ons")) || behind.starts_with(" People")
}

/// `War Maneuvers Denounced Abroad`, `Meetings Held in Different Countries to Denounce ...`.
fn is_from_abroad(title: &str, grammar: &English) -> bool {
    let abroad = title.trim_end().ends_with(" Abroad") || grammar.abroad.occur_in(title);
    abroad && grammar.abroad_says.occur_in(title)
}

/// `U.S. Can Never Evade Responsibility: Brazilian Paper`: the last words of a title name their
/// source.
fn after_colon(turn: &TurnScene<'_>, words: &[Word<'_>]) -> Option<Holder> {
    let at = turn.title.rfind(": ")?;
    let is_short = turn.title[at + 2..].split_whitespace().count() <= 6;
    let named: Vec<&Word<'_>> = words.iter().filter(|w| w.start > at).collect();
    if !is_short || named.iter().any(|w| w.is_own(turn.country)) {
        return None;
    }
    named.iter().find_map(|word| Holder::named(word, &named, words, turn.title))
}

/// `Abbas: No Peace before Prisoners Are Freed`: so do its first. In a state that opens a title somebody
/// speaks where the title says so: `S. Korea: Union Protests`, but not `S. Korea: War Exercises`.
fn before_colon(turn: &TurnScene<'_>, words: &[Word<'_>]) -> Option<Holder> {
    let at = turn.title.find(": ")?;
    let is_short = turn.title[..at].split_whitespace().count() <= 4;
    let named: Vec<&Word<'_>> = words.iter().filter(|w| w.end <= at).collect();
    // `US Doomed to Ruin: Rodong Sinmun` has its source at its end.
    if !is_short || words.iter().any(|w| w.is_own(turn.country)) {
        return None;
    }
    let holder = named.iter().find_map(|word| Holder::named(word, &named, words, turn.title))?;
    let says = || words.iter().any(|w| *w.meaning == Meaning::Title && w.start > at);
    let is_place =
        turn.title[..at].rsplit(' ').next().is_some_and(|word| holder.name.ends_with(word));
    (!is_place || says()).then_some(Holder { official: !is_place && holder.official, ..holder })
}

/// Whether the title names the publisher or one of its organs, and nobody before it: in `Mexican
/// Bulletin on Kim Jong Il's Birthplace` and `Bakers Hail Statement of DPRK` it is what another writes
/// about.
pub(super) fn is_own(turn: &TurnScene<'_>, words: &[Word<'_>]) -> bool {
    let names = |w: &&Word<'_>| match w.meaning {
        Meaning::Own(_) => true,
        // A press statement is of whoever makes it.
        Meaning::Holder(_) => !turn.title[w.start..w.end].eq_ignore_ascii_case("press"),
        _ => false,
    };
    let is_hailed = |first: &Word<'_>| {
        let verb = words.iter().find(|w| *w.meaning == Meaning::Title && w.end <= first.start);
        verb.is_some_and(|verb| !turn.title[verb.end..first.start].contains(" by"))
    };
    words.iter().find(names).is_some_and(|w| w.is_own(turn.country) && !is_hailed(w))
}

/// Whether one of the publisher's organs is the source of what the title says: `U.S. Should Behave
/// Itself: KCNA Commentary`, `Past Crimes Disclosed--Rodong Sinmun`.
pub(super) fn has_own_source(turn: &TurnScene<'_>, words: &[Word<'_>]) -> bool {
    let is_source = |w: &Word<'_>| {
        let before = turn.title[..w.start].trim_end();
        w.is_own(turn.country) && (before.ends_with(':') || before.ends_with("--"))
    };
    words.iter().any(is_source)
}

fn korean(turn: &TurnScene<'_>, words: &[Word<'_>]) -> Option<Holder> {
    let title = turn.title.trim();
    let tail = title.char_indices().rev().nth(15).map_or(0, |(at, _)| at);
    let lead = turn.title.len() - turn.title.trim_start().len();
    words.iter().find(|w| *w.meaning == Meaning::Title && w.start >= lead + tail)?;
    let names: Vec<&Word<'_>> = words.iter().collect();
    let first = words.iter().find_map(|word| {
        let own = word.is_own(turn.country);
        let holder = Holder::named(word, &names, words, turn.title);
        (own || holder.is_some()).then_some((word, own, holder))
    })?;
    match first {
        (_, true, _) => None,
        _ if title.starts_with("조선") => None,
        (word, _, holder) => holder.filter(|_| word.start < 24),
    }
}
