//! How a target stands in English: the preposition, verb or noun before it tells, and the people
//! after it.

use super::quarrel::{is_one_of_two, is_side_by_side};
use super::{Standing, by_the_first};
use crate::attribute::grammar::EnglishStanding;
use crate::attribute::words::{
    ends_with_any, ends_with_any_word, has_any, left, right, starts_with_any,
};

/// A target where it is named.
pub(super) struct Place<'a> {
    pub words: &'a EnglishStanding,
    pub text: &'a str,
    pub start: usize,
    pub end: usize,
    /// What stands right before it, in small letters.
    before: &'a str,
    /// What stands right after it, in small letters.
    after: &'a str,
    /// What stands before it and its determiners.
    head: &'a str,
    /// The last word of that.
    last: &'a str,
}

/// A condition on a place, and how the target stands where it holds.
type Rule = (fn(&Place<'_>) -> bool, Standing);

/// What tells how a target stands; the first that holds does.
const RULES: &[Rule] = &[
    (is_of_the_dateline, Standing::Aside),
    (is_in_a_slogan, Standing::Object),
    (is_aimed_at, Standing::Aside),
    (is_its_people, Standing::Aside),
    (is_victim, Standing::Aside),
    (is_in_a_treaty, Standing::Aside),
    (is_met_and_beaten, Standing::Aside),
    (is_side_by_side, Standing::Aside),
    (is_where_a_city_is, Standing::Aside),
    (is_nobody, Standing::Aside),
    (is_turned, Standing::Aside),
    (is_one_of_the_places, Standing::Aside),
    (is_owner_of_what_is_hurt, Standing::Aside),
    (is_of_anothers, Standing::Aside),
    (is_overcome, Standing::Aside),
    (is_seller, Standing::Aside),
    (is_master, Standing::Aside),
    (is_repelled, Standing::Aside),
    (is_still_culprit, Standing::Free),
    (is_one_who_drills, Standing::Free),
    (is_of_a_bill, Standing::Free),
    (is_subject_of_an_infinitive, Standing::Free),
    (is_scene, Standing::Free),
    (is_behind_a_preposition, Standing::Governed),
    (is_one_of_two, Standing::Governed),
    (is_object, Standing::Object),
    (is_acted_upon, Standing::Object),
];

/// How the target at `start..end` stands.
pub(super) fn standing(words: &EnglishStanding, text: &str, start: usize, end: usize) -> Standing {
    let before = &left(text, start, 40).to_lowercase();
    let after = &right(text, end, 40).to_lowercase();
    let head = without_determiners(before);
    let last = head.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
    by_the_first(RULES, &Place { words, text, start, end, before, after, head, last })
}

/// `to the whole Europe`: what stands between the preposition and the name may be two words.
fn without_determiners(before: &str) -> &str {
    let skipped = ["the", "both", "its", "a", "whole", "entire", "all", "such countries as"];
    let mut head = before.trim_end();
    while let Some(rest) =
        skipped.iter().find_map(|word| head.strip_suffix(word).filter(|rest| rest.ends_with(' ')))
    {
        head = rest.trim_end();
    }
    head
}

/// `Pyongyang, September 3 (KCNA) -- `: where a report was written.
fn is_of_the_dateline(place: &Place<'_>) -> bool {
    place.text[..place.start].trim().is_empty()
        && place.after.starts_with(", ")
        && place.after.contains(") --")
}

/// `chanting anti-U.S., anti-NATO slogans` denounces; other hostility is only named.
fn is_in_a_slogan(place: &Place<'_>) -> bool {
    place.before.ends_with("anti-") && place.after.contains("slogans")
}

/// `the DPRK-targeted drills` name at whom they are aimed.
fn is_aimed_at(place: &Place<'_>) -> bool {
    ends_with_any(place.before, &["anti-", "pro-", "anti "]) || place.after.starts_with("-targeted")
}

/// `U.S. citizens`, but not `U.S. soldiers murdered`.
fn is_its_people(place: &Place<'_>) -> bool {
    place.words.people.begin(place.after) && !place.words.perpetrators.begin(place.after)
}

/// `the defeat of Japan`.
fn is_overcome(place: &Place<'_>) -> bool {
    place.words.overcome.end_whole(place.head)
}

/// `the warmongers in the U.S.`
fn is_still_culprit(place: &Place<'_>) -> bool {
    place.words.still_culprit.end_whole(place.head)
}

/// `It is preposterous for the U.S. to talk about rights`, `for the U.S., the world's biggest debtor,
/// to talk about it`.
fn is_subject_of_an_infinitive(place: &Place<'_>) -> bool {
    let phrase = place.after.split([',', '.', ';']).next().unwrap_or_default();
    let is_set_off =
        || place.after.starts_with(',') && right(place.text, place.end, 110).contains(", to ");
    place.last == "for"
        && (phrase.starts_with(" to ")
            || phrase.contains(" and") && phrase.contains(" to ")
            || is_set_off())
}

/// `in the U.S.`
fn is_behind_a_preposition(place: &Place<'_>) -> bool {
    place.words.governing.include(place.last)
}

/// `instigating Japan`.
fn is_object(place: &Place<'_>) -> bool {
    place.words.acts.include(place.last)
}

/// `the U.S.-south Korea "Free Trade Agreement"`: its parties by name.
fn is_in_a_treaty(place: &Place<'_>) -> bool {
    let (before, after) = (place.before, place.after);
    let is_pair = before.ends_with('-') || after.starts_with('-');
    is_pair && (after.contains("free trade") || after.contains(" fta"))
}

/// Whether the target is an adjective of what another owns: `the U.S. tricksters' south Korean junket`,
/// but not `last month's NATO air strike`.
fn is_of_anothers(place: &Place<'_>) -> bool {
    let name = &place.text[place.start..place.end];
    let owner = place.before.split_whitespace().next_back().unwrap_or_default();
    let owns = ["s'", "'s", "s’", "’s"].iter().any(|end| owner.ends_with(end));
    let is_time = ["day", "week", "month", "year"].iter().any(|time| owner.contains(time));
    owns && !is_time && ["ean", "ese", "can"].iter().any(|end| name.ends_with(end))
}

/// `the joint military drills between the U.S., Japan and the ROK` are theirs.
fn is_one_who_drills(place: &Place<'_>) -> bool {
    place.last == "between" && place.words.joint_doings.occur_in(place.head)
}

/// `condemned a bill submitted to the U.S. House of Representatives`: what lies before a parliament is
/// its state's.
fn is_of_a_bill(place: &Place<'_>) -> bool {
    let houses = [" house", " congress", " senate", " parliament"];
    let acts = ["bill", "resolution", "act", "law", "amendment", "motion"];
    ["to", "in", "by"].contains(&place.last)
        && starts_with_any(place.after, &houses)
        && place.head.split_whitespace().any(|word| acts.contains(&word))
}

/// Whether a sentence opens with the target as an example of what it charges: `In the U.S. alone, the
/// police violently cracked down`. Without `alone` it may be news.
fn is_scene(place: &Place<'_>) -> bool {
    let before = place.text[..place.start].trim_start();
    matches!(before, "In " | "In the ") && place.after.starts_with(" alone")
}

/// Whether somebody makes the target his own: `turn south Korea into its military base`. Who turned his
/// country into a tundra of rights is of it.
fn is_turned(place: &Place<'_>) -> bool {
    let head = place.before.trim_end().trim_end_matches(" the");
    let clause = place.after.split([',', '.', ';']).next().unwrap_or_default();
    let verbs = [" turn", " turning", " turned", " convert", " converting", " converted"];
    let uses = ["its ", "base", "outpost", "stronghold", "colon", "arsenal", "subject ", "hotbed"];
    let made = clause.split_once(" into ").map_or("", |(_, made)| made);
    ends_with_any(head, &verbs) && has_any(made, &uses)
}

/// Whether the target is one of the places of which others are named: `crises that broke out in Western
/// countries including the U.S.`
fn is_one_of_the_places(place: &Place<'_>) -> bool {
    let head = place.text[..place.start].trim_end().trim_end_matches(" the");
    let list = head.strip_suffix(" including").and_then(|before| before.rsplit_once(" in "));
    list.is_some_and(|(_, places)| places.split_whitespace().count() <= 3)
}

/// `an infringement upon the sovereignty of south Korea`: whose sovereignty it is suffers.
fn is_owner_of_what_is_hurt(place: &Place<'_>) -> bool {
    let goods = [
        "sovereignty",
        "dignity",
        "territorial integrity",
        "territory",
        "territorial air",
        "independence",
    ];
    let head = place.before.trim_end().trim_end_matches(" the");
    head.strip_suffix(" of").is_some_and(|head| ends_with_any(head, &goods))
}

/// Whether there is no such target: `no formidable enemy dares provoke it`.
fn is_nobody(place: &Place<'_>) -> bool {
    place.before.split_whitespace().rev().take(2).any(|word| word == "no")
}

/// Whether the target only says where a city is: `in a restaurant in Chicago, U.S., leaving 2 dead`.
fn is_where_a_city_is(place: &Place<'_>) -> bool {
    let before = place.text[..place.start].trim_end_matches("the ");
    let city = before.strip_suffix(", ").and_then(|before| before.rsplit_once(" in "));
    let is_city = city.is_some_and(|(_, city)| {
        city.split_whitespace().count() <= 5
            && city.split(' ').all(|w| w.starts_with(char::is_uppercase))
    });
    is_city && place.text[place.end..].starts_with([',', '.', ' '])
}

/// `repelled the brigandish U.S. imperialists`: in a war that is won nobody is charged.
fn is_repelled(place: &Place<'_>) -> bool {
    let verbs =
        [" repel", " repuls", " beat back", "beating back", " drove out", "driving out", " defeat"];
    let found = verbs.iter().filter_map(|verb| place.head.rfind(verb)).max();
    found.is_some_and(|at| {
        let between = &place.head[at + 1..];
        !between.contains([',', '.']) && between.split(' ').count() <= 5
    })
}

/// `shattered every move of the imperialists`, `despite the enemies' blockade`: enemies without a
/// name, where one's own deeds are praised.
fn is_met_and_beaten(place: &Place<'_>) -> bool {
    let name = place.text[place.start..place.end].to_lowercase();
    let enemies =
        ["imperialis", "enem", "hostile forces", "aggressor", "reactionar", "foreign forces"];
    let before = left(place.text, place.start, 70).to_lowercase();
    let clause = before.rsplit(';').next().unwrap_or_default();
    let clause = clause.rsplit(". ").next().unwrap_or_default();
    let from =
        |verb: &str| clause.split_once(verb).is_some_and(|(_, rest)| rest.contains(" from "));
    let done_by = ends_with_any(clause.trim_end_matches("the ").trim_end(), &[" by"]);
    starts_with_any(&name, &enemies)
        && !done_by
        && (place.words.beating.occur_in(clause) || from("defend") || from("protect"))
}

/// `a NATO soldier was killed`, `U.S. troops have been wounded`.
fn is_victim(place: &Place<'_>) -> bool {
    let clause = place.after.split([',', '.', ';']).next().unwrap_or_default();
    let harms = ["killed", "wounded", "injured", "shot dead", "slain", "captured"];
    let men = ["soldier", "troop", "service", "marine", "gi", "officer", "personnel", "forces"];
    let passive = ["was ", "were ", "been ", "being "];
    passive.iter().filter_map(|verb| clause.split_once(verb)).any(|(who, rest)| {
        let mut who = who.split_whitespace();
        who.all(|word| starts_with_any(word, &men) || ["have", "had", "has"].contains(&word))
            && starts_with_any(rest, &harms)
    })
}

/// `to purchase F-35 fighters from the U.S.`
fn is_seller(place: &Place<'_>) -> bool {
    let buying = [" purchas", " import", " buying", " buy ", " bought", " receiv", " ordered"];
    place.head.ends_with(" from") && has_any(place.head, &buying)
}

/// `stooges of the U.S.`, `kowtowing to the U.S.`: whom others serve is not thereby blamed.
fn is_master(place: &Place<'_>) -> bool {
    let servants = &place.words.servants;
    let serves = ["kowtowing to", "serving", "begging"];
    let servant = place.head.strip_suffix(" of").unwrap_or_default();
    let singular = servant.strip_suffix('s').unwrap_or(servant);
    ends_with_any_word(place.head, &serves)
        || servants.end_whole(servant)
        || servants.end_whole(singular)
}

/// Whether the target is the object of an opening participle: `While instigating the puppets, ...`.
fn is_acted_upon(place: &Place<'_>) -> bool {
    let (head, last) = (place.head, place.last);
    let openings = ["while ", "by ", "after ", "before ", "without ", "instead of "];
    let opened = head.strip_suffix(last).is_some_and(|before| {
        before.is_empty() || ends_with_any(before, &openings) || before.ends_with(", ")
    });
    let prepositions = ["during", "including", "according", "following", "regarding", "concerning"];
    opened && last.ends_with("ing") && !prepositions.contains(&last)
}
