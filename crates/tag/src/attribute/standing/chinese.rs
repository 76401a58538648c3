//! How a target stands in Chinese: the word right before it tells, and the people after it.

use super::{Standing, by_the_first};
use crate::attribute::grammar::ChineseStanding;
use crate::attribute::words::{ends_with_any, has_any, left, right, starts_with_any};

/// A target where it is named.
struct Place<'a> {
    words: &'a ChineseStanding,
    /// All that stands before it.
    opening: &'a str,
    /// What stands right before it, without what hides a preposition.
    before: &'a str,
    name: &'a str,
    /// What stands right after it.
    after: &'a str,
    /// All that stands after it.
    rest: &'a str,
}

/// A condition on a place, and how the target stands where it holds.
type Rule = (fn(&Place<'_>) -> bool, Standing);

/// What tells how a target stands; the first that holds does.
const RULES: &[Rule] = &[
    (is_between_states, Standing::Aside),
    (is_of_two, Standing::Aside),
    (is_where_a_paper_is, Standing::Aside),
    (is_its_people, Standing::Aside),
    (is_invaded, Standing::Aside),
    (is_object, Standing::Object),
    (is_put_together, Standing::Object),
    (is_whom_it_concerns, Standing::Free),
    (is_where_it_lies, Standing::Free),
    (is_master, Standing::Aside),
    (is_behind_no_preposition, Standing::Free),
    (is_owner, Standing::Free),
    (is_not_ignored, Standing::Free),
    (is_handled, Standing::Free),
    (is_scene, Standing::Free),
    (is_burdened, Standing::Free),
    (is_listed_ally, Standing::Aside),
    (is_destination, Standing::Aside),
    (is_user, Standing::Free),
    (is_set_apart, Standing::Free),
    (is_set_aside, Standing::Aside),
];

/// How the target at `start..end` stands.
pub(super) fn standing(words: &ChineseStanding, text: &str, start: usize, end: usize) -> Standing {
    let (opening, name, rest) = (&text[..start], &text[start..end], &text[end..]);
    let (before, after) = (bare(left(text, start, 7)), right(text, end, 5));
    by_the_first(RULES, &Place { words, opening, before, name, after, rest })
}

/// The words before a name without what hides no preposition.
fn bare(before: &str) -> &str {
    // 向“台独”势力: the quotation mark hides none.
    let before = before.trim_end_matches('“');
    // 对其“盟国”进行监听: nor does whose they are.
    let before = before.strip_suffix("对其").map_or(before, |_| before.trim_end_matches('其'));
    // 对部分美方机构实施攻击: nor does a word for how many of them.
    let few = ["部分", "多个"];
    few.iter().find_map(|few| before.strip_suffix(few)).unwrap_or(before)
}

/// 中美关系, but not 反华势力.
fn is_between_states(place: &Place<'_>) -> bool {
    is_relation(place.words, place.name) && !ends_with_any(place.name, &["势力", "分子", "政客"])
}

/// 美韩关系不应损害第三方利益: of two, and no one's doing.
fn is_of_two(place: &Place<'_>) -> bool {
    place.name.chars().count() == 2 && starts_with_any(place.after, &["关系", "两国关系"])
}

/// 美国民众, 美国的企业.
fn is_its_people(place: &Place<'_>) -> bool {
    place.words.people.begin(place.after.strip_prefix('的').unwrap_or(place.after))
}

/// 其入侵乌克兰的理由: who is invaded suffers it.
fn is_invaded(place: &Place<'_>) -> bool {
    ends_with_any(place.before, &["入侵", "侵略", "进攻", "攻打", "占领"])
}

/// 遏制俄罗斯.
fn is_object(place: &Place<'_>) -> bool {
    place.words.acts.end(place.before)
}

/// 对美国而言.
fn is_whom_it_concerns(place: &Place<'_>) -> bool {
    starts_with_any(place.after, &["而言", "来说", "来讲"])
}

/// 根子在美国.
fn is_where_it_lies(place: &Place<'_>) -> bool {
    place.words.lies_with.end(place.before)
}

/// 美国的帮凶: whose servant somebody is blames the servant.
fn is_master(place: &Place<'_>) -> bool {
    place.words.servants.begin(place.after)
}

/// 因为美国.
fn is_behind_no_preposition(place: &Place<'_>) -> bool {
    place.words.no_prepositions.end(place.before)
}

/// 对美国的干涉: what is his is spoken of.
fn is_owner(place: &Place<'_>) -> bool {
    place.after.starts_with('的') && ends_with_any(place.before, &["对", "向", "针对", "就"])
}

/// 不会无视美方肆意损害的行为
fn is_not_ignored(place: &Place<'_>) -> bool {
    let ignored = ["不会无视", "不能无视", "不容无视", "不应无视", "无法无视"];
    ends_with_any(place.before, &ignored)
}

/// 包括其盟友
fn is_listed_ally(place: &Place<'_>) -> bool {
    ends_with_any(place.before, &["包括所谓的", "包括所谓", "包括其", "包括"])
        && place.name.contains("盟友")
}

/// 来到美国
fn is_destination(place: &Place<'_>) -> bool {
    ends_with_any(place.before, &["来到", "前往", "抵达", "飞往", "移居"])
}

/// 对美方. 和 and 与 also join subjects: 美国和北约.
fn is_set_aside(place: &Place<'_>) -> bool {
    place.words.aside.end(place.before) && !has_any(place.before, NOT_ASIDE)
}

/// What keeps such a word from setting aside who follows it: who is told or not allowed to do something
/// would do it.
const NOT_ASIDE: &[&str] = &["敦促", "不针对", "不允许", "不会允许", "不能允许", "不能再允许"];

/// Whether a name tells of what two have with each other, or of what is aimed at somebody: 中美关系, 对华,
/// 反俄.
pub(in crate::attribute) fn is_relation(words: &ChineseStanding, name: &str) -> bool {
    words.relations.begin(name)
}

/// 美国《大西洋月刊》 is a paper, but not 美方《核态势审议报告》.
fn is_where_a_paper_is(place: &Place<'_>) -> bool {
    let title = place.rest.strip_prefix('《').and_then(|title| title.split('》').next());
    title.is_some_and(|title| ends_with_any(title, &["报", "刊", "新闻", "杂志", "评论", "周报"]))
}

/// 拼凑“三边安全伙伴关系”“五眼联盟”: an alliance that somebody puts together is his work.
fn is_put_together(place: &Place<'_>) -> bool {
    if !place.opening.ends_with('“') {
        return false;
    }
    let before = left(place.opening, place.opening.len(), 40);
    let verbs = ["拼凑", "纠集", "组建", "拉拢", "打造", "炮制", "构建", "鼓动"];
    let after = verbs.iter().filter_map(|verb| Some(before.rfind(verb)? + verb.len())).max();
    after.is_some_and(|at| !before[at..].contains(['，', '。', '；']))
}

/// 把美国的战略阴谋说得非常直白, 不能将少数国家制定的规则强加于人: what is handled is a wrong of his, or what
/// he made.
fn is_handled(place: &Place<'_>) -> bool {
    if !place.before.ends_with(['把', '将']) {
        return false;
    }
    let makes = ["制定", "炮制", "主导", "拼凑", "鼓吹", "宣扬", "标榜"];
    let near: String =
        place.rest.chars().take(OWN_REACH).take_while(|c| !"，。；".contains(*c)).collect();
    near.split_once('的').is_some_and(|(deed, noun)| {
        place.words.exposed.occur_in(noun) || ends_with_any(deed, &makes)
    })
}

/// How far after his name a wrong of his is named, in characters.
const OWN_REACH: usize = 14;

/// 在美西方操弄下, 在美国面临种族歧视: the place of what he does himself.
fn is_scene(place: &Place<'_>) -> bool {
    let is_where = place.before.ends_with('在') || is_listed_behind_in(place.opening);
    is_where
        && (is_at_his_bidding(place.words, place.rest)
            || is_while_he_errs(place.words, place.rest)
            || is_where_one_suffers(place.rest))
}

/// 在美西方操弄下: under whose hand something happens does it.
fn is_at_his_bidding(words: &ChineseStanding, after: &str) -> bool {
    let clause = after.split(['，', '。', '；']).next().unwrap_or_default();
    let first = words.hands.places_in(clause).map(|(at, _)| at).min();
    first.is_some_and(|at| clause[..at].chars().count() <= BIDDING_REACH)
}

/// How many characters may stand between him and his bidding.
const BIDDING_REACH: usize = 10;

/// 在美国、英国面临种族歧视: the second of the places that 在 leads.
fn is_listed_behind_in(before: &str) -> bool {
    let list = before.strip_suffix('、').and_then(|list| list.rsplit_once('在'));
    list.is_some_and(|(_, places)| {
        places.chars().count() <= PLACES && !places.contains(['，', '。', '；'])
    })
}

/// How long such a list of places is before the name, in characters.
const PLACES: usize = 16;

/// 非洲人后裔在美国仍面临种族歧视: of the state in which somebody suffers it says what is wrong there.
fn is_where_one_suffers(after: &str) -> bool {
    let suffers = ["面临", "遭受", "遭到", "饱受", "惨遭", "沦为"];
    let clause = after.split(['，', '。', '；']).next().unwrap_or_default();
    let first = suffers.iter().filter_map(|verb| clause.find(verb)).min();
    first.is_some_and(|at| !clause[..at].contains(['的', '对']))
}

/// 在美方违背协议将北约东扩时: what he does meanwhile.
fn is_while_he_errs(words: &ChineseStanding, after: &str) -> bool {
    let clause = after.split(['，', '。', '；', '？']).next().unwrap_or_default();
    ends_with_any(clause, &["时", "之时", "之际", "的同时"]) && words.errs.occur_in(clause)
}

/// 对美国在冲突中应当承担的责任有清醒认识: what one sees is what he bears, and nothing that is done to him.
fn is_burdened(place: &Place<'_>) -> bool {
    let clause = place.rest.split(['，', '。', '；']).next().unwrap_or_default();
    let burdens = ["承担的责任", "负有的责任", "应负的责任", "犯下的罪", "扮演的角色"];
    place.before.ends_with('对') && has_any(clause, &burdens)
}

/// 沦为美国推行霸权的工具: whose tool somebody is, for a wrong that is named, does it.
fn is_user(place: &Place<'_>) -> bool {
    ends_with_any(place.before, &["沦为", "充当"]) && place.words.uses.begin(place.rest)
}

/// 与某些西方国家干涉别国内政的做法不同，中国…; 这同美方搞政治操弄形成鲜明对照: whom a sentence sets its
/// hero apart from is told of.
fn is_set_apart(place: &Place<'_>) -> bool {
    let few = ["个别", "某些", "一些", "少数"];
    let opening = few.iter().find_map(|few| place.opening.strip_suffix(few));
    let opening = opening.unwrap_or(place.opening);
    let Some(opening) = opening.strip_suffix(['与', '同', '和']) else { return false };
    let sentence = place.rest.split(['。', '；']).next().unwrap_or_default();
    let contrasts = ["对照", "对比", "反差"];
    if sentence.contains("形成") && has_any(sentence, &contrasts) {
        return true;
    }
    (opening.is_empty() || opening.ends_with(['，', '。', '；', ' ', '\n']))
        && has_any(sentence, &["不同，", "相反，"])
}
