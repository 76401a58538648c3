//! How a target stands in Korean: the particle at the end of its word tells, and the people whom
//! the speaker counts on his side are no culprits.

use super::{Standing, by_the_first};
use crate::attribute::grammar::{Korean, KoreanStanding};
use crate::attribute::words::{ends_with_any, ends_with_any_word, left, right, starts_with_any};

/// A target where it is named.
struct Place<'a> {
    grammar: &'a Korean,
    /// All that stands before it.
    opening: &'a str,
    /// What stands right before it.
    before: &'a str,
    name: &'a str,
    /// What stands right after it and the mark of its plural.
    after: &'a str,
    /// The rest of its word, at whose end the particle may come: 미제침략자들을.
    word: &'a str,
    /// All that stands after it.
    rest: &'a str,
}

/// A condition on a place, and how the target stands where it holds.
type Rule = (fn(&Place<'_>) -> bool, Standing);

/// What tells how a target stands; the first that holds does.
const RULES: &[Rule] = &[
    (is_one_of_several, Standing::Aside),
    (is_of_two, Standing::Aside),
    (is_aimed_at, Standing::Aside),
    (is_doer, Standing::Free),
    (is_head_of_a_list, Standing::Free),
    (is_where_it_lies, Standing::Free),
    (is_part_of_the_world, Standing::Aside),
    (is_scene, Standing::Free),
    (is_set_aside, Standing::Aside),
    (is_its_people, Standing::Aside),
    (is_occupied, Standing::Aside),
    (is_master, Standing::Aside),
    (left_behind, Standing::Aside),
    (is_spoken_to, Standing::Aside),
    (is_faced, Standing::Aside),
    (is_outside_help, Standing::Aside),
    (is_first_of_a_pair, Standing::Object),
    (is_object, Standing::Object),
];

/// How the target at `start..end` stands.
pub(super) fn standing(grammar: &Korean, text: &str, start: usize, end: usize) -> Standing {
    let (opening, name, rest) = (&text[..start], &text[start..end], &text[end..]);
    let before = left(text, start, 3);
    let after = right(text, end, 20).trim_start_matches(['》', '>', '’', '\'', '"']);
    // The plural of a name stands as the name does: 제국주의자들사이.
    let after = after.strip_prefix("들").unwrap_or(after);
    let word = after.split([' ', ',', '.', '》', '〉']).next().unwrap_or_default();
    by_the_first(RULES, &Place { grammar, opening, before, name, after, word, rest })
}

/// 조미관계, 미국사이
fn is_of_two(place: &Place<'_>) -> bool {
    let between = ["사이", "간의", "나라들사이", "렬강들사이", "렬강사이"];
    starts_with_any(place.name, &["조미", "북미", "중미", "조일", "미남"])
        || starts_with_any(place.after.trim_start(), &between)
}

/// 반미, 대미, also where an editor has set them apart.
fn is_aimed_at(place: &Place<'_>) -> bool {
    ends_with_any(place.before, &["대", "반", "친", "항", "련", "배"])
        || ends_with_any_word(place.before, &["대 ", "반 "])
}

/// 미국에 의하여, 미제에 의한
fn is_doer(place: &Place<'_>) -> bool {
    starts_with_any(place.after, &["에 의하", "에 의해", "에 의한", "의하여", "의해"])
}

/// 미국에 있다
fn is_where_it_lies(place: &Place<'_>) -> bool {
    lies_with(&place.grammar.standing, place.after)
}

/// Whether something lies with the one whose name these words follow: 미국에 있다, 남조선괴뢰들에게 있다,
/// 일본당국에 귀착된다.
pub(in crate::attribute) fn lies_with(words: &KoreanStanding, after: &str) -> bool {
    let Some((word, rest)) = after.split_once(' ') else { return false };
    let name = ["에게", "에"].iter().find_map(|particle| word.strip_suffix(particle));
    name.is_some_and(|name| is_of_rulers(words, name)) && starts_with_any(rest, &["있", "귀착"])
}

/// Whether he has to bear it: 미국이 전적으로 져야 한다.
pub(in crate::attribute) fn has_to_bear(words: &KoreanStanding, after: &str) -> bool {
    let Some((word, rest)) = after.split_once(' ') else { return false };
    let rest = ["전적으로 ", "응당 ", "마땅히 "]
        .iter()
        .find_map(|how| rest.strip_prefix(how))
        .unwrap_or(rest);
    let name = ["이", "가"].iter().find_map(|particle| word.strip_suffix(particle));
    name.is_some_and(|name| is_of_rulers(words, name)) && starts_with_any(rest, &["져야", "지게"])
}

/// Whether the rest of a name's word is nothing, the mark of the plural or a word for those who rule
/// (당국, 나라들).
fn is_of_rulers(words: &KoreanStanding, rest: &str) -> bool {
    let rest = rest.trim_end_matches('들');
    rest.is_empty() || words.rulers.include(rest)
}

/// As a place, not as those who rule it: 유럽의 안보위기.
fn is_part_of_the_world(place: &Place<'_>) -> bool {
    place.name == "유럽"
        && starts_with_any(place.after, &["의", "에", "안보", "안전", "정세", "전쟁"])
}

/// 미국에 대한, 남조선에서
fn is_set_aside(place: &Place<'_>) -> bool {
    place.grammar.standing.aside.begin(place.after)
        || starts_with_any(place.after, &["나라 인민", "나라들에 대"])
}

/// 남조선강점 미군, 《고고도미싸일》의 남조선배치: where somebody is or brings something.
fn is_occupied(place: &Place<'_>) -> bool {
    ["남조선", "한국", "일본"].contains(&place.name)
        && place.grammar.standing.occupied.begin(place.after.trim_start())
}

/// 미국의 하수인이다, 미국의 꼭두각시가 되여: who has a servant is not who is called one.
fn is_master(place: &Place<'_>) -> bool {
    let Some(owned) = place.after.strip_prefix("의 ") else { return false };
    let words: Vec<&str> = owned.split(' ').take(3).collect();
    let servants = &place.grammar.beside.servants;
    let called = |at: usize| {
        let rest = servants.behind(words.get(at)?)?;
        let becomes = || starts_with_any(words.get(at + 1).unwrap_or(&""), &["되", "된"]);
        let is_one = starts_with_any(rest, &["이다", "이며", "이라", "이였", "노릇"]);
        Some(is_one || ["가", "이"].contains(&rest) && becomes())
    };
    (0..2).find_map(called).unwrap_or(false)
}

/// 미제침략자들에게
fn is_spoken_to(place: &Place<'_>) -> bool {
    let ends = ["들에게", "자에게", "광에게", "들과의", "들에게서", "측에"];
    ends_with_any(place.word, &ends)
}

/// 외세와 야합하여 charges him who does so, 미국과 야합하여 both.
fn is_outside_help(place: &Place<'_>) -> bool {
    place.name == "외세" && place.grammar.standing.outside_help.begin(place.after)
}

/// 남조선과 아세아나라들에 마수를 뻗치다: the particle of a pair stands at its end.
fn is_first_of_a_pair(place: &Place<'_>) -> bool {
    let partner = ["과 ", "와 "].iter().find_map(|and| place.after.strip_prefix(and));
    partner.and_then(|rest| rest.split(' ').next()).is_some_and(|word| word.ends_with("들에"))
}

/// 미국을, 미제침략자들을
fn is_object(place: &Place<'_>) -> bool {
    starts_with_any(place.after, &["를 ", "을 ", "나라들을 ", "에 ", "나라들에 "])
        || ends_with_any(place.word, &["들을", "자를", "광을", "국을", "당을", "까지"])
}

/// 미국, 일본, 도이췰란드사이의 대결: one of those between whom something is.
fn is_one_of_several(place: &Place<'_>) -> bool {
    let near = right(place.rest, 0, SEVERAL_REACH);
    let list = ["사이의", "사이에"].iter().find_map(|end| near.split_once(end));
    let list = list.map(|(list, _)| list);
    list.is_some_and(|list| {
        starts_with_any(list, &[",", "와 ", "과 ", "·", "、"])
            && !list.contains('.')
            && list.split_whitespace().count() <= 4
            && !names_a_subject(list)
    })
}

/// Whether a word before the last name of such a list has the particle of a subject, so that who is
/// named up to it does something between others: 미국과 일본은 북남사이의 대결을 부추긴다.
fn names_a_subject(list: &str) -> bool {
    let before_the_last = list.rsplit_once(' ').map_or("", |(before, _)| before);
    before_the_last.split(' ').any(|word| word.ends_with(['은', '는', '이', '가']))
}

/// Whether one is only faced: 미제국주의자들과 직접 대치하고.
fn is_faced(place: &Place<'_>) -> bool {
    let Some((word, rest)) = place.after.split_once(' ') else { return false };
    ends_with_any(word, &["들과", "들과는"])
        && starts_with_any(rest, &["대치", "직접 대치", "대결", "직접 대결", "맞서", "맞선", "싸"])
}

/// How far after a name the end of such a list stands, in characters.
const SEVERAL_REACH: usize = 30;

/// 미국에서 로인들은 빈궁선에서 헤매고있다, 남조선에서는 파쑈독재가 살판치고있다: of the place that a sentence
/// opens with it says what is wrong there. In the south, which is spoken to and fought for as well,
/// only a topic is one.
fn is_scene(place: &Place<'_>) -> bool {
    let opening = place.opening.rsplit(". ").next().unwrap_or_default();
    let is_topic = place.after.starts_with("에서는 ");
    let is_there = ["미국", "일본"].contains(&place.name) && place.after.starts_with("에서 ");
    (is_topic || is_there) && opening.chars().count() <= SCENE
}

/// How far from the beginning of its sentence such a place stands, in characters.
const SCENE: usize = 6;

/// 일본제국주의의 잔재: what is left of a rule that has ended.
fn left_behind(place: &Place<'_>) -> bool {
    let Some((word, rest)) = place.after.split_once(' ') else { return false };
    word.ends_with('의') && starts_with_any(rest, &["잔재", "여독"])
}

/// 미국을 비롯한, 미제를 괴수로 하는: the first and worst of those who are named.
fn is_head_of_a_list(place: &Place<'_>) -> bool {
    place.grammar.company.led(place.after).is_some()
}

/// 남조선의 로동자: whom the speaker counts on his side, or what is only somebody's place.
fn is_its_people(place: &Place<'_>) -> bool {
    let rest = place.after.trim_start_matches('의').trim_start();
    let scholars = ["경제학자", "사회학자", "리론가", "변호론자"];
    let company = rest.strip_prefix('《').and_then(|name| name.split_once('》'));
    place.grammar.standing.people.begin(rest)
        || company.is_some_and(|(_, kind)| starts_with_any(kind, &["회사", "신문", "은행"]))
        || rest.split(' ').take(3).any(|word| scholars.iter().any(|scholar| word.contains(scholar)))
}
