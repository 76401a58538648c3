//! How a target stands in Korean: the particle at the end of its word tells, and the people whom
//! the speaker counts on his side are no culprits.

use super::Standing;
use crate::attribute::words::{ends_with_any, ends_with_any_word, left, right, starts_with_any};

/// How the target at `start..end` stands.
pub(super) fn standing(text: &str, start: usize, end: usize) -> Standing {
    let before = left(text, start, 3);
    let after = right(text, end, 20).trim_start_matches(['》', '>', '’', '\'', '"']);
    // The plural of a name stands as the name does: 제국주의자들사이.
    let after = after.strip_prefix("들").unwrap_or(after);
    let name = &text[start..end];
    if is_one_of_several(&text[end..]) {
        return Standing::Aside;
    }
    if starts_with_any(name, &["조미", "북미", "중미", "조일", "미남"])
        || starts_with_any(
            after.trim_start(),
            &["사이", "간의", "나라들사이", "렬강들사이", "렬강사이"],
        )
    {
        return Standing::Aside;
    }
    // 반미, 대미, also where an editor has set them apart.
    if ends_with_any(before, &["대", "반", "친", "항", "련", "배"])
        || ends_with_any_word(before, &["대 ", "반 "])
    {
        return Standing::Aside;
    }
    if starts_with_any(after, &["에 의하", "에 의해", "의하여", "의해"]) {
        return Standing::Free;
    }
    if is_head_of_a_list(after) || starts_with_any(after, &["에 있", "에게 있", "에 귀착"])
    {
        return Standing::Free;
    }
    // As a place, not as those who rule it: 유럽의 안보위기.
    if name == "유럽" && starts_with_any(after, &["의", "에", "안보", "안전", "정세", "전쟁"])
    {
        return Standing::Aside;
    }
    if is_scene(text, start, name, after) {
        return Standing::Free;
    }
    if starts_with_any(after, &KO_ASIDE_AFTER)
        || starts_with_any(after, &["나라 인민", "나라들에 대"])
    {
        return Standing::Aside;
    }
    // 남조선강점 미군: what is occupied.
    let is_occupied = name == "남조선" && after.trim_start().starts_with("강점");
    if is_korean_people(after) || is_occupied {
        return Standing::Aside;
    }
    if left_behind(after) {
        return Standing::Aside;
    }
    // The particle may come after the rest of the word: 미제침략자들을.
    let word = after.split([' ', ',', '.', '》', '〉']).next().unwrap_or_default();
    if ends_with_any(word, &["들에게", "자에게", "광에게", "들과의", "들에게서", "측에"])
    {
        return Standing::Aside;
    }
    if is_faced(after) || (name == "외세" && starts_with_any(after, &OUTSIDE_HELP)) {
        return Standing::Aside;
    }
    // 남조선과 아세아나라들에 마수를 뻗치다: the particle of a pair stands at its end.
    let partner = ["과 ", "와 "].iter().find_map(|and| after.strip_prefix(and));
    if partner.and_then(|rest| rest.split(' ').next()).is_some_and(|word| word.ends_with("들에"))
    {
        return Standing::Object;
    }
    if starts_with_any(after, &["를 ", "을 ", "나라들을 ", "에 ", "나라들에 "])
        || ends_with_any(word, &["들을", "자를", "광을", "국을", "당을", "까지"])
    {
        return Standing::Object;
    }
    Standing::Free
}

/// 미국, 일본, 도이췰란드사이의 대결: one of those between whom something is.
fn is_one_of_several(rest: &str) -> bool {
    let near = right(rest, 0, SEVERAL_REACH);
    let list = ["사이의", "사이에"].iter().find_map(|end| near.split_once(end));
    let list = list.map(|(list, _)| list);
    list.is_some_and(|list| {
        starts_with_any(list, &[",", "와 ", "과 ", "·", "、"])
            && !list.contains('.')
            && list.split_whitespace().count() <= 4
    })
}

/// 미국과 야합하여 charges both, 외세와 야합하여 him who does so.
const OUTSIDE_HELP: [&str; 7] =
    ["와 야합", "와 결탁", "와 공모", "와 함께", "와 공조", "와 손", "와 작당"];

/// Whether one is only faced: 미제국주의자들과 직접 대치하고.
fn is_faced(after: &str) -> bool {
    let Some((word, rest)) = after.split_once(' ') else { return false };
    ends_with_any(word, &["들과", "들과는"])
        && starts_with_any(rest, &["대치", "직접 대치", "대결", "직접 대결", "맞서", "맞선", "싸"])
}

/// How far after a name the end of such a list stands, in characters.
const SEVERAL_REACH: usize = 30;

/// 미국에서 로인들은 빈궁선에서 헤매고있다, 남조선에서는 파쑈독재가 살판치고있다: of the place that a sentence
/// opens with it says what is wrong there. In the south, which is spoken to and fought for as well,
/// only a topic is one.
fn is_scene(text: &str, start: usize, name: &str, after: &str) -> bool {
    let opening = text[..start].rsplit(". ").next().unwrap_or_default();
    let topic = after.starts_with("에서는 ");
    let place = topic || (["미국", "일본"].contains(&name) && after.starts_with("에서 "));
    place && opening.chars().count() <= SCENE
}

/// How far from the beginning of its sentence such a place stands, in characters.
const SCENE: usize = 6;

/// 일본제국주의의 잔재: what is left of a rule that has ended.
fn left_behind(after: &str) -> bool {
    let Some((word, rest)) = after.split_once(' ') else { return false };
    word.ends_with('의') && starts_with_any(rest, &["잔재", "여독"])
}

/// 미국을 비롯한, 미제를 괴수로 하는: the first and worst of those who are named.
fn is_head_of_a_list(after: &str) -> bool {
    let rest = after.trim_start_matches(|c| c != ' ');
    let word = &after[..after.len() - rest.len()];
    let heads = ["비롯한", "비롯하여", "위시한", "괴수로", "두목으로", "우두머리로", "위수로"];
    ends_with_any(word, &["을", "를"]) && starts_with_any(rest.trim_start(), &heads)
}

/// What follows one who is spoken to, fought or only a place.
const KO_ASIDE_AFTER: [&str; 47] = [
    "와는 ",
    "과는 ",
    "와 달리",
    "과 달리",
    "와 대비",
    "과 대비",
    "와 비교",
    "과 비교",
    "에 비하",
    "에 비해",
    "보다 ",
    "와 대결",
    "과 대결",
    "와 직접 대결",
    "과 직접 대결",
    "와 대치",
    "과 대치",
    "와 직접 대치",
    "과 직접 대치",
    "에게",
    "에서",
    "에로",
    "에 대한",
    "에 대하여",
    "에 대해",
    "와의",
    "과의",
    "사이",
    "시장을",
    "시장에",
    "경제를",
    "경제에",
    "상품",
    "딸라",
    "인민",
    "사람",
    "군인",
    "주민",
    "본토",
    "땅",
    "에 맞",
    "와 맞",
    "과 맞",
    "와 싸",
    "과 싸",
    "에 체류",
    "경제",
];

/// Whom the speaker counts on his side, or what is only somebody's place: 남조선의 로동자, 남조선
/// 청년학생들.
const KO_PEOPLE: [&str; 42] = [
    "모든 진보",
    "진보적",
    "기업들",
    "상품",
    "수출",
    "환률",
    "화페",
    "회사",
    "은행",
    "인민",
    "동포",
    "청년",
    "학생",
    "로동자",
    "로동계급",
    "농민",
    "지식인",
    "녀성",
    "주민",
    "국민",
    "시민",
    "민중",
    "겨레",
    "애국",
    "혁명",
    "민주인사",
    "민주화",
    "사회의",
    "사회에",
    "각계",
    "대학생",
    "종교인",
    "병사",
    "어린이",
    "어부",
    "경제학자",
    "출판물",
    "언론",
    "신문",
    "가입",
    "독점자본가들의",
    "땅에",
];

fn is_korean_people(after: &str) -> bool {
    let rest = after.trim_start_matches('의').trim_start();
    let scholars = ["경제학자", "사회학자", "리론가", "변호론자"];
    let company = rest.strip_prefix('《').and_then(|name| name.split_once('》'));
    starts_with_any(rest, &KO_PEOPLE)
        || company.is_some_and(|(_, kind)| starts_with_any(kind, &["회사", "신문", "은행"]))
        || rest.split(' ').take(3).any(|word| scholars.iter().any(|scholar| word.contains(scholar)))
}
