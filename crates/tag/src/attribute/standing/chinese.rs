//! How a target stands in Chinese: the word right before it tells, and the people after it.

use super::Standing;
use crate::attribute::words::{ends_with_any, has_any, left, right, starts_with_any};

/// How the target at `start..end` stands.
pub(super) fn standing(text: &str, start: usize, end: usize) -> Standing {
    // 向“台独”势力: the quotation mark hides no preposition.
    let before = left(text, start, 7).trim_end_matches('“');
    // 对其“盟国”进行监听: nor does whose they are.
    let before = before.strip_suffix("对其").map_or(before, |_| before.trim_end_matches('其'));
    // 对部分美方机构实施攻击: nor does a word for how many of them.
    let few = ["部分", "多个"];
    let before = few.iter().find_map(|few| before.strip_suffix(few)).unwrap_or(before);
    let after = right(text, end, 5);
    let name = &text[start..end];
    if is_relation(name) && !ends_with_any(name, &["势力", "分子", "政客"]) {
        return Standing::Aside;
    }
    // 美韩关系不应损害第三方利益: of two, and no one's doing; 美国《大西洋月刊》 is a paper.
    let is_of_two = name.chars().count() == 2 && starts_with_any(after, &["关系", "两国关系"]);
    if is_of_two || is_where_a_paper_is(&text[end..]) {
        return Standing::Aside;
    }
    if starts_with_any(after.strip_prefix('的').unwrap_or(after), &ZH_PEOPLE) {
        return Standing::Aside;
    }
    // 其入侵乌克兰的理由: who is invaded suffers it.
    if ends_with_any(before, &["入侵", "侵略", "进攻", "攻打", "占领"]) {
        return Standing::Aside;
    }
    if ends_with_any(before, &ZH_ACTS) || is_put_together(&text[..start]) {
        return Standing::Object;
    }
    // 和 and 与 also join subjects: 美国和北约.
    if starts_with_any(after, &["而言", "来说", "来讲"]) || ends_with_any(before, &ZH_LIES_WITH)
    {
        return Standing::Free;
    }
    if starts_with_any(after, &ZH_SERVANTS) {
        return Standing::Aside;
    }
    if ends_with_any(
        before,
        &[
            "因为", "认为", "作为", "成为", "视为", "行为", "除非", "其中", "当中", "反而", "反观",
            "相反", "正在", "现在", "认同", "赞同",
        ],
    ) {
        return Standing::Free;
    }
    if after.starts_with('的') && ends_with_any(before, &["对", "向", "针对", "就"]) {
        return Standing::Free;
    }
    // 不会无视美方肆意损害的行为
    if ends_with_any(before, &["不会无视", "不能无视", "不容无视", "不应无视", "无法无视"])
    {
        return Standing::Free;
    }
    if before.ends_with(['把', '将']) && is_his_own(&text[end..]) {
        return Standing::Free;
    }
    let after_him = &text[end..];
    let is_where = before.ends_with('在') || is_listed_behind_in(&text[..start]);
    if is_where
        && (is_at_his_bidding(after_him)
            || is_while_he_errs(after_him)
            || is_where_one_suffers(after_him))
    {
        return Standing::Free;
    }
    // 对美国在冲突中应当承担的责任有清醒认识: what one sees is his.
    if before.ends_with('对') && is_his_burden(&text[end..]) {
        return Standing::Free;
    }
    if ends_with_any(before, &["包括所谓的", "包括所谓", "包括其", "包括"]) && name.contains("盟友")
    {
        return Standing::Aside;
    }
    if ends_with_any(before, &["来到", "前往", "抵达", "飞往", "移居"]) {
        return Standing::Aside;
    }
    if ends_with_any(before, &["沦为", "充当", "成为"]) && is_using_it(&text[end..]) {
        return Standing::Free;
    }
    if is_set_apart(&text[..start], &text[end..]) {
        return Standing::Free;
    }
    if ends_with_any(before, &ZH_ASIDE) && !has_any(before, &["敦促", "不针对"]) {
        return Standing::Aside;
    }
    Standing::Free
}

/// Whether a name tells of what two have with each other, or of what is aimed at somebody: 中美关系, 对华,
/// 反俄.
pub(in crate::attribute) fn is_relation(name: &str) -> bool {
    starts_with_any(name, &ZH_RELATIONS)
}

/// How such names begin.
const ZH_RELATIONS: [&str; 20] = [
    "中美", "中日", "中俄", "中欧", "中韩", "俄美", "俄乌", "乌俄", "对华", "对美", "对俄", "对乌",
    "反华", "反美", "反俄", "反中", "亲美", "亲华", "涉美", "涉华",
];

/// 美国《大西洋月刊》, but not 美方《核态势审议报告》.
fn is_where_a_paper_is(after: &str) -> bool {
    let title = after.strip_prefix('《').and_then(|title| title.split('》').next());
    title.is_some_and(|title| ends_with_any(title, &["报", "刊", "新闻", "杂志", "评论", "周报"]))
}

/// 拼凑“三边安全伙伴关系”“五眼联盟”: an alliance that somebody puts together is his work.
fn is_put_together(before: &str) -> bool {
    if !before.ends_with('“') {
        return false;
    }
    let before = left(before, before.len(), 40);
    let verbs = ["拼凑", "纠集", "组建", "拉拢", "打造", "炮制", "构建", "鼓动"];
    let after = verbs.iter().filter_map(|verb| Some(before.rfind(verb)? + verb.len())).max();
    after.is_some_and(|at| !before[at..].contains(['，', '。', '；']))
}

/// 把美国的战略阴谋说得非常直白, 不能将少数国家制定的规则强加于人: what is handled is a wrong of his, or what
/// he made.
fn is_his_own(after: &str) -> bool {
    let wrongs = ["阴谋", "图谋", "谎言", "真面目", "嘴脸", "罪行", "丑行", "恶行", "伪善", "劣迹"];
    let makes = ["制定", "炮制", "主导", "拼凑", "鼓吹", "宣扬", "标榜"];
    let near: String =
        after.chars().take(OWN_REACH).take_while(|c| !"，。；".contains(*c)).collect();
    near.split_once('的')
        .is_some_and(|(deed, noun)| has_any(noun, &wrongs) || ends_with_any(deed, &makes))
}

/// How far after his name a wrong of his is named, in characters.
const OWN_REACH: usize = 14;

/// 在美西方操弄下: under whose hand something happens does it.
fn is_at_his_bidding(after: &str) -> bool {
    let hands = [
        "操弄下",
        "操纵下",
        "操控下",
        "鼓动下",
        "怂恿下",
        "唆使下",
        "胁迫下",
        "施压下",
        "授意下",
        "撺掇下",
        "教唆下",
    ];
    let clause = after.split(['，', '。', '；']).next().unwrap_or_default();
    let first = hands.iter().filter_map(|hand| clause.find(hand)).min();
    first.is_some_and(|at| clause[..at].chars().count() <= BIDDING_REACH)
}

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
fn is_while_he_errs(after: &str) -> bool {
    let wrongs = [
        "违背", "违反", "东扩", "侵略", "轰炸", "干涉", "打压", "挑衅", "煽动", "纵容", "围堵",
        "遏制", "背弃",
    ];
    let clause = after.split(['，', '。', '；', '？']).next().unwrap_or_default();
    ends_with_any(clause, &["时", "之时", "之际", "的同时"]) && has_any(clause, &wrongs)
}

/// 对美国应当承担的责任: what he bears, and nothing that is done to him.
fn is_his_burden(after: &str) -> bool {
    let clause = after.split(['，', '。', '；']).next().unwrap_or_default();
    let burdens = ["承担的责任", "负有的责任", "应负的责任", "犯下的罪", "扮演的角色"];
    has_any(clause, &burdens)
}

/// 沦为美国推行霸权的工具: whose tool somebody is, for a wrong that is named, does it.
fn is_using_it(after: &str) -> bool {
    let wrongs = [
        "推行霸权",
        "维护霸权",
        "谋取霸权",
        "谋求霸权",
        "维系霸权",
        "称霸",
        "发动战争",
        "遏制",
        "围堵",
        "干涉",
        "打压",
        "侵略",
        "整治",
    ];
    starts_with_any(after, &wrongs)
}

/// How many characters may stand between him and his bidding.
const BIDDING_REACH: usize = 10;

/// 与某些西方国家干涉别国内政的做法不同，中国…; 这同美方搞政治操弄形成鲜明对照: whom a sentence sets its
/// hero apart from is told of.
fn is_set_apart(before: &str, after: &str) -> bool {
    let opening = ["个别", "某些", "一些", "少数"].iter().find_map(|few| before.strip_suffix(few));
    let opening = opening.unwrap_or(before);
    let Some(opening) = opening.strip_suffix(['与', '同', '和']) else { return false };
    let sentence = after.split(['。', '；']).next().unwrap_or_default();
    let contrasts = ["对照", "对比", "反差"];
    if sentence.contains("形成") && has_any(sentence, &contrasts) {
        return true;
    }
    (opening.is_empty() || opening.ends_with(['，', '。', '；', ' ', '\n']))
        && has_any(sentence, &["不同，", "相反，"])
}

const ZH_ASIDE: [&str; 50] = [
    "不顾",
    "无视",
    "罔顾",
    "伤害",
    "拿",
    "把",
    "将",
    "令",
    "拉",
    "拖",
    "逼",
    "离开",
    "事关",
    "关乎",
    "经",
    "迫使",
    "对",
    "向",
    "同",
    "与",
    "跟",
    "给",
    "为",
    "在",
    "驻",
    "访问",
    "赴",
    "抵",
    "针对",
    "涉",
    "反",
    "抗",
    "来自",
    "援助",
    "帮助",
    "替",
    "支持",
    "中",
    "访",
    "让",
    "使",
    "和中国、",
    "包括",
    "回应",
    "提及",
    "至",
    "迎合",
    "配合",
    "追随",
    "呼应",
];

const ZH_ACTS: [&str; 34] = [
    "接受",
    "访问",
    "推动",
    "推进",
    "驱动",
    "影响",
    "介入",
    "搞乱",
    "搞乱了",
    "破坏",
    "抹黑",
    "攻击",
    "遏制",
    "打压",
    "污蔑",
    "诬蔑",
    "损害",
    "制裁",
    "指责",
    "诋毁",
    "围堵",
    "削弱",
    "威胁",
    "干涉",
    "谴责",
    "批评",
    "反对",
    "针对",
    "挑衅",
    "曲解",
    "遏制打压",
    "抹黑攻击",
    "歪曲",
    "敌视",
];

const ZH_PEOPLE: [&str; 34] = [
    "留学生",
    "侨民",
    "运动员",
    "游客",
    "人民",
    "民众",
    "公民",
    "企业",
    "公司",
    "难民",
    "网民",
    "家庭",
    "消费者",
    "老百姓",
    "学者",
    "专家",
    "网站",
    "商会",
    "华人",
    "员工",
    "学生",
    "乘客",
    "百姓",
    "民间",
    "纳税人",
    "航司",
    "有关航司",
    "航空公司",
    "能源商",
    "原住民",
    "境内",
    "历史上最",
    "历史上首",
    "历史上第",
];

/// 根子在美国: the preposition leads to the culprit.
const ZH_LIES_WITH: [&str; 13] = [
    "根子在",
    "根源在",
    "根源在于",
    "根源就在",
    "根源完全在",
    "责任在",
    "责任在于",
    "责任全在",
    "责任就在",
    "责任完全在",
    "症结在",
    "问题在",
    "错在",
];

/// 美国的帮凶: whose servant somebody is blames the servant.
const ZH_SERVANTS: [&str; 10] = [
    "的帮凶",
    "的走狗",
    "的打手",
    "的附庸",
    "的棋子",
    "的马前卒",
    "的急先锋",
    "的跟班",
    "的鹰犬",
    "的应声虫",
];
