//! How a target stands where it is named: as one who may be the culprit, as what is acted upon,
//! or aside, as place, partner, people or the aim of somebody else's hostility.

mod korean;

use corpus::Lang;

use super::words::{ends_with_any, has_any, left, right, starts_with_any};

/// What a target may be where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Subject, possessor, topic: it may be the culprit.
    Free,
    /// Acted upon: only a cue of condemning can mean it.
    Object,
    /// After a preposition: never the culprit itself, though what is his may be (`against the U.S.
    /// moves`).
    Governed,
    /// People, a partner, a quoted name, or the aim of hostility: never the culprit.
    Aside,
}

impl Standing {
    /// Whether it is no culprit by itself.
    pub(super) fn is_aside(self) -> bool {
        matches!(self, Self::Governed | Self::Aside)
    }
}

/// How the target at `start..end` stands.
pub(super) fn standing(text: &str, start: usize, end: usize, lang: Lang) -> Standing {
    if is_inside_a_name(text, start, end) {
        return Standing::Aside;
    }
    match lang {
        Lang::En => english(text, start, end),
        Lang::Zh => chinese(text, start, end),
        Lang::Ko => korean::standing(text, start, end),
        _ => Standing::Free,
    }
}

const EN_PARTNER: [&str; 21] = [
    "against",
    "toward",
    "towards",
    "to",
    "with",
    "in",
    "at",
    "into",
    "outside",
    "inside",
    "for",
    "between",
    "upon",
    "over",
    "across",
    "throughout",
    "near",
    "on",
    "vis-a-vis",
    "than",
    "anti",
];

/// Before these, the preposition does not set the target aside.
const EN_STILL_CULPRIT: [&str; 35] = [
    "in collusion with",
    "in league with",
    "in cahoots with",
    "in conspiracy with",
    "colluding with",
    "lies with",
    "lie with",
    "rests with",
    "rest with",
    "entirely with",
    "wholly with",
    "squarely with",
    "squarely on",
    "together with",
    "along with",
    "threat from",
    "threats from",
    "danger from",
    "call on",
    "calls on",
    "called on",
    "call upon",
    "calling on",
    "demand from",
    "pressure from",
    "warning to",
    "thanks to",
    "due to",
    "owing to",
    "belongs to",
    "according to",
    "attributable to",
    "blame on",
    "responsibility on",
    "blame to",
];

/// Whether the target is a part of a quoted name or slogan: “Washington Summit Declaration”,
/// 《대만관계법》.
fn is_inside_a_name(text: &str, start: usize, end: usize) -> bool {
    let pairs = [('“', '”'), ('《', '》'), ('「', '」'), ('‘', '’')];
    let (before, after) = (left(text, start, 30), right(text, end, 30));
    pairs.iter().any(|(open, close)| {
        let opened = before.rfind(*open).filter(|at| !before[*at..].contains(*close));
        let closed = after.find(*close).filter(|at| !after[..*at].contains(*open));
        match (opened, closed) {
            (Some(at), Some(to)) => before[at..].chars().count() + after[..to].chars().count() > 3,
            _ => false,
        }
    })
}

/// What is lost, left or beaten is no culprit there.
const EN_OVERCOME: [&str; 12] = [
    "defeat of",
    "destruction of",
    "collapse of",
    "victory over",
    "purchased from",
    "bought from",
    "imported from",
    "returned from",
    "came from",
    "visit of",
    "defeated",
    "beat",
];

const EN_ACTS: [&str; 46] = [
    "seeking",
    "promoting",
    "pushing",
    "pursuing",
    "rally",
    "rallying",
    "enlisting",
    "together",
    "dragging",
    "mortgaging",
    "smear",
    "smearing",
    "smeared",
    "weaken",
    "weakening",
    "contain",
    "containing",
    "threaten",
    "threatening",
    "attack",
    "attacking",
    "invade",
    "invading",
    "stifle",
    "stifling",
    "isolate",
    "isolating",
    "suppress",
    "slander",
    "slandering",
    "condemn",
    "condemning",
    "condemned",
    "denounce",
    "denouncing",
    "denounced",
    "sanction",
    "encircle",
    "provoke",
    "provoking",
    "demonize",
    "destroy",
    "overthrow",
    "support",
    "supporting",
    "defeat",
];

const EN_PEOPLE: [&str; 24] = [
    " people",
    " citizen",
    " civilian",
    " public ",
    " soldiers",
    " residents",
    " children",
    " women",
    " compatriots",
    " embassy",
    " ambassador",
    " dollar",
    " economy",
    " businesses",
    " companies",
    " workers",
    "-supplied",
    "-made",
    "-funded",
    "-provided",
    " taxpayers",
    " delegation",
    " nationals",
    " consumers",
];

fn english(text: &str, start: usize, end: usize) -> Standing {
    let before = left(text, start, 40).to_lowercase();
    let after = right(text, end, 16).to_lowercase();
    if ends_with_any(&before, &["anti-", "pro-", "anti "]) || starts_with_any(&after, &EN_PEOPLE) {
        return Standing::Aside;
    }
    let mut head = before.trim_end();
    for skipped in ["the", "both", "its", "a", "whole", "entire", "all", "such countries as"] {
        head = match head.strip_suffix(skipped) {
            Some(rest) if rest.ends_with(' ') => rest.trim_end(),
            _ => head,
        };
    }
    if ends_with_any(head, &EN_OVERCOME) || is_master(head) {
        return Standing::Aside;
    }
    if ends_with_any(head, &EN_STILL_CULPRIT) {
        return Standing::Free;
    }
    let last = head.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
    // `It is preposterous for the U.S. to talk about rights`: the subject of the infinitive.
    if last == "for" && after.starts_with(" to ") {
        return Standing::Free;
    }
    if EN_PARTNER.contains(&last) && head.ends_with(last) {
        return Standing::Governed;
    }
    if EN_ACTS.contains(&last) && head.ends_with(last) || is_acted_upon(head, last) {
        return Standing::Object;
    }
    Standing::Free
}

/// `stooges of the U.S.`, `a tool of the U.S.`: whom others serve is not thereby blamed.
fn is_master(head: &str) -> bool {
    let servants = [
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
        "kowtowing to",
        "serving",
        "begging",
        "followers",
    ];
    let head = head.strip_suffix(" of").unwrap_or(head);
    servants.iter().any(|word| {
        head.ends_with(word) || head.strip_suffix('s').is_some_and(|h| h.ends_with(word))
    })
}

/// Whether the target is the object of an opening participle: `While instigating the puppets, ...`.
fn is_acted_upon(head: &str, last: &str) -> bool {
    let openings = ["while ", "by ", "after ", "before ", "without ", "instead of "];
    let opened = head.strip_suffix(last).is_some_and(|before| {
        before.is_empty() || ends_with_any(before, &openings) || before.ends_with(", ")
    });
    let prepositions = ["during", "including", "according", "following", "regarding", "concerning"];
    opened && last.ends_with("ing") && !prepositions.contains(&last)
}

const ZH_ASIDE: [&str; 48] = [
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

const ZH_ACTS: [&str; 32] = [
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

const ZH_PEOPLE: [&str; 24] = [
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
    "原住民",
    "境内",
    "历史上",
];

/// 根子在美国: the preposition leads to the culprit.
const ZH_LIES_WITH: [&str; 8] =
    ["根子在", "根源在", "根源在于", "责任在", "责任在于", "症结在", "问题在", "错在"];

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

fn chinese(text: &str, start: usize, end: usize) -> Standing {
    let before = left(text, start, 6);
    let after = right(text, end, 4);
    let name = &text[start..end];
    if starts_with_any(name, &["中", "俄美", "俄乌", "乌俄", "对", "反", "亲", "与", "涉", "据"])
        && name != "中方"
        && !name.starts_with("中国")
        && !name.starts_with("中共")
    {
        return Standing::Aside;
    }
    if starts_with_any(after, &ZH_PEOPLE) {
        return Standing::Aside;
    }
    if ends_with_any(before, &ZH_ACTS) {
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
            "相反", "正在", "现在",
        ],
    ) {
        return Standing::Free;
    }
    if after.starts_with('的') && ends_with_any(before, &["对", "向", "针对", "就"]) {
        return Standing::Free;
    }
    if ends_with_any(before, &ZH_ASIDE) && !has_any(before, &["敦促", "不针对"]) {
        return Standing::Aside;
    }
    Standing::Free
}
