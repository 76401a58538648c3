//! How a target stands in English: the preposition, verb or noun before it tells, and the people
//! after it.

use super::Standing;
use super::english_words::{
    BEATING, EN_ACTS, EN_OVERCOME, EN_PARTNER, EN_PEOPLE, EN_STILL_CULPRIT,
};
use super::quarrel::{is_one_of_two, is_side_by_side};
use crate::attribute::words::{
    ends_with_any, ends_with_any_word, has_any, left, right, starts_with_any,
};

/// How the target at `start..end` stands.
pub(super) fn standing(text: &str, start: usize, end: usize) -> Standing {
    let before = left(text, start, 40).to_lowercase();
    let after = right(text, end, 40).to_lowercase();
    // `chanting anti-U.S., anti-NATO slogans` denounces; other hostility is only named.
    if before.ends_with("anti-") && after.contains("slogans") {
        return Standing::Object;
    }
    // `the DPRK-targeted drills` name at whom they are aimed.
    if ends_with_any(&before, &["anti-", "pro-", "anti "])
        || after.starts_with("-targeted")
        || starts_with_any(&after, &EN_PEOPLE)
    {
        return Standing::Aside;
    }
    if is_victim(&after)
        || is_in_a_treaty(&before, &after)
        || is_met_and_beaten(text, start, end)
        || is_side_by_side(text, start, end)
        || is_where_a_city_is(text, start, end)
        || is_nobody(&before)
        || is_turned(&before, &after)
        || is_one_of_the_places(text, start)
        || is_owner_of_what_is_hurt(&before)
        || is_of_anothers(&before, &text[start..end])
    {
        return Standing::Aside;
    }
    let skipped = ["the", "both", "its", "a", "whole", "entire", "all", "such countries as"];
    let mut head = before.trim_end();
    // `to the whole Europe`: what stands between the preposition and the name may be two words.
    while let Some(rest) =
        skipped.iter().find_map(|word| head.strip_suffix(word).filter(|rest| rest.ends_with(' ')))
    {
        head = rest.trim_end();
    }
    if ends_with_any_word(head, &EN_OVERCOME)
        || is_seller(head)
        || is_master(head)
        || is_repelled(head)
    {
        return Standing::Aside;
    }
    if ends_with_any_word(head, &EN_STILL_CULPRIT) {
        return Standing::Free;
    }
    let last = head.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
    if is_one_who_drills(head, last) || is_of_a_bill(head, last, &after) {
        return Standing::Free;
    }
    // `It is preposterous for the U.S. to talk about rights`: the subject of the infinitive.
    let phrase = after.split([',', '.', ';']).next().unwrap_or_default();
    // `for the U.S., the world's biggest debtor, to talk about it`
    let is_set_off = after.starts_with(',') && right(text, end, 110).contains(", to ");
    if last == "for"
        && (is_set_off
            || phrase.starts_with(" to ")
            || phrase.contains(" and") && phrase.contains(" to "))
    {
        return Standing::Free;
    }
    if is_scene(&text[..start], &after) {
        return Standing::Free;
    }
    if EN_PARTNER.contains(&last) || is_one_of_two(text, start) {
        return Standing::Governed;
    }
    if EN_ACTS.contains(&last) || is_acted_upon(head, last) {
        return Standing::Object;
    }
    Standing::Free
}

/// `the U.S.-south Korea "Free Trade Agreement"`: its parties by name.
fn is_in_a_treaty(before: &str, after: &str) -> bool {
    let is_pair = before.ends_with('-') || after.starts_with('-');
    is_pair && (after.contains("free trade") || after.contains(" fta"))
}

/// Whether the target is an adjective of what another owns: `the U.S. tricksters' south Korean junket`,
/// but not `last month's NATO air strike`.
fn is_of_anothers(before: &str, name: &str) -> bool {
    let owner = before.split_whitespace().next_back().unwrap_or_default();
    let owns = ["s'", "'s", "s’", "’s"].iter().any(|end| owner.ends_with(end));
    let is_time = ["day", "week", "month", "year"].iter().any(|time| owner.contains(time));
    owns && !is_time && ["ean", "ese", "can"].iter().any(|end| name.ends_with(end))
}

/// `the joint military drills between the U.S., Japan and the ROK` are theirs.
fn is_one_who_drills(head: &str, last: &str) -> bool {
    let theirs =
        ["exercise", "drill", "maneuver", "manoeuvre", "war game", "collusion", "alliance"];
    last == "between" && theirs.iter().any(|what| head.contains(what))
}

/// `condemned a bill submitted to the U.S. House of Representatives`: what lies before a parliament is
/// its state's.
fn is_of_a_bill(head: &str, last: &str, after: &str) -> bool {
    let houses = [" house", " congress", " senate", " parliament"];
    let acts = ["bill", "resolution", "act", "law", "amendment", "motion"];
    ["to", "in", "by"].contains(&last)
        && starts_with_any(after, &houses)
        && head.split_whitespace().any(|word| acts.contains(&word))
}

/// Whether a sentence opens with the target as an example of what it charges: `In the U.S. alone, the
/// police violently cracked down`. Without `alone` it may be news.
fn is_scene(before: &str, after: &str) -> bool {
    matches!(before.trim_start(), "In " | "In the ") && after.starts_with(" alone")
}

/// Whether somebody makes the target his own: `turn south Korea into its military base`. Who turned his
/// country into a tundra of rights is of it.
fn is_turned(before: &str, after: &str) -> bool {
    let head = before.trim_end().trim_end_matches(" the");
    let clause = after.split([',', '.', ';']).next().unwrap_or_default();
    let verbs = [" turn", " turning", " turned", " convert", " converting", " converted"];
    let uses = ["its ", "base", "outpost", "stronghold", "colon", "arsenal", "subject ", "hotbed"];
    let made = clause.split_once(" into ").map_or("", |(_, made)| made);
    ends_with_any(head, &verbs) && has_any(made, &uses)
}

/// Whether the target is one of the places of which others are named: `crises that broke out in Western
/// countries including the U.S.`
fn is_one_of_the_places(text: &str, start: usize) -> bool {
    let head = text[..start].trim_end().trim_end_matches(" the");
    let list = head.strip_suffix(" including").and_then(|before| before.rsplit_once(" in "));
    list.is_some_and(|(_, places)| places.split_whitespace().count() <= 3)
}

/// `an infringement upon the sovereignty of south Korea`: whose sovereignty it is suffers.
fn is_owner_of_what_is_hurt(before: &str) -> bool {
    let goods = [
        "sovereignty",
        "dignity",
        "territorial integrity",
        "territory",
        "territorial air",
        "independence",
    ];
    let head = before.trim_end().trim_end_matches(" the");
    head.strip_suffix(" of").is_some_and(|head| ends_with_any(head, &goods))
}

/// Whether there is no such target: `no formidable enemy dares provoke it`.
fn is_nobody(before: &str) -> bool {
    before.split_whitespace().rev().take(2).any(|word| word == "no")
}

/// Whether the target only says where a city is: `in a restaurant in Chicago, U.S., leaving 2 dead`.
fn is_where_a_city_is(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].trim_end_matches("the ");
    let city = before.strip_suffix(", ").and_then(|before| before.rsplit_once(" in "));
    let is_city = city.is_some_and(|(_, city)| {
        city.split_whitespace().count() <= 5
            && city.split(' ').all(|w| w.starts_with(char::is_uppercase))
    });
    is_city && text[end..].starts_with([',', '.', ' '])
}

/// `repelled the brigandish U.S. imperialists`: in a war that is won nobody is charged.
fn is_repelled(head: &str) -> bool {
    let verbs =
        [" repel", " repuls", " beat back", "beating back", " drove out", "driving out", " defeat"];
    let found = verbs.iter().filter_map(|verb| head.rfind(verb)).max();
    found.is_some_and(|at| {
        let between = &head[at + 1..];
        !between.contains([',', '.']) && between.split(' ').count() <= 5
    })
}

/// `shattered every move of the imperialists`, `despite the enemies' blockade`: enemies without a
/// name, where one's own deeds are praised.
fn is_met_and_beaten(text: &str, start: usize, end: usize) -> bool {
    let name = text[start..end].to_lowercase();
    let enemies =
        ["imperialis", "enem", "hostile forces", "aggressor", "reactionar", "foreign forces"];
    let before = left(text, start, 70).to_lowercase();
    let clause = before.rsplit(';').next().unwrap_or_default();
    let clause = clause.rsplit(". ").next().unwrap_or_default();
    let from =
        |verb: &str| clause.split_once(verb).is_some_and(|(_, rest)| rest.contains(" from "));
    let done_by = ends_with_any(clause.trim_end_matches("the ").trim_end(), &[" by"]);
    starts_with_any(&name, &enemies)
        && !done_by
        && (BEATING.iter().any(|words| clause.contains(words)) || from("defend") || from("protect"))
}

/// `a NATO soldier was killed`, `U.S. troops have been wounded`.
fn is_victim(after: &str) -> bool {
    let clause = after.split([',', '.', ';']).next().unwrap_or_default();
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
fn is_seller(head: &str) -> bool {
    let buying = [" purchas", " import", " buying", " buy ", " bought", " receiv", " ordered"];
    head.ends_with(" from") && buying.iter().any(|verb| head.contains(verb))
}

/// `stooges of the U.S.`, `kowtowing to the U.S.`: whom others serve is not thereby blamed.
fn is_master(head: &str) -> bool {
    let serves = ["kowtowing to", "serving", "begging"];
    let servant = head.strip_suffix(" of").unwrap_or_default();
    let singular = servant.strip_suffix('s').unwrap_or(servant);
    ends_with_any_word(head, &serves)
        || ends_with_any_word(servant, &SERVANTS)
        || ends_with_any_word(singular, &SERVANTS)
}

/// Words for those who serve another.
const SERVANTS: [&str; 22] = [
    "stooge",
    "puppet",
    "lackey",
    "minion",
    "servant",
    "mercenary",
    "mercenaries",
    "accomplice",
    "cat's paw",
    "pawn",
    "tool",
    "vassal",
    "henchman",
    "henchmen",
    "marionette",
    "hireling",
    "colony",
    "outpost",
    "vanguard",
    "follower",
    "spearhead",
    "shock brigade",
];

/// Whether the target is the object of an opening participle: `While instigating the puppets, ...`.
fn is_acted_upon(head: &str, last: &str) -> bool {
    let openings = ["while ", "by ", "after ", "before ", "without ", "instead of "];
    let opened = head.strip_suffix(last).is_some_and(|before| {
        before.is_empty() || ends_with_any(before, &openings) || before.ends_with(", ")
    });
    let prepositions = ["during", "including", "according", "following", "regarding", "concerning"];
    opened && last.ends_with("ing") && !prepositions.contains(&last)
}
