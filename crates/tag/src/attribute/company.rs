//! Company: who is named in one breath with another, and who is named as his accomplice.

use corpus::Lang;

use super::words::{ends_with_any, has_any, left, right, starts_with_any, without_determiner};

/// Whether two names with these words between them are named in one breath.
pub(crate) fn joins(between: &str, lang: Lang) -> bool {
    let between = between.trim();
    if between.chars().count() > 24 || has_any(between, &["。", ". ", "；", ";"]) {
        return false;
    }
    match lang {
        Lang::En => {
            let words = between.trim_start_matches("'s").trim();
            matches!(
                words,
                "" | "and"
                    | "and the"
                    | ","
                    | ", the"
                    | "and its"
                    | ", anti-"
                    | "and anti-"
                    | "or"
                    | "-"
                    | "/"
                    | "as well as"
                    | "as well as the"
                    | "together with the"
                    | "together with"
                    | ", together with the"
                    | ", together with"
                    | "and other"
                    | "and some"
                    | "and some other"
                    | "and a few"
                    | "and certain"
                    | "and several"
                    | "and a handful of"
                    | "-led"
                    | "but also its"
                    | "but also"
                    | "and the rest of the"
                    | "along with the"
                    | "along with"
                    | ", and"
                    | ", and the"
                    | "in league with the"
                    | "in league with"
            ) || words
                .strip_prefix("and its ")
                .is_some_and(|who| starts_with_any(who, &EN_SERVANTS))
                || (words.trim_end_matches(" the").ends_with("and")
                    && words.len() <= 24
                    && !has_any(words, &[" to", " of", ",", " with"]))
        }
        Lang::Zh => {
            is_enumerated(between)
                || matches!(
                    between,
                    "" | "和"
                        | "与"
                        | "及"
                        | "、"
                        | "及其"
                        | "和其"
                        | "以及"
                        | "等"
                        | "为首的"
                        | "同"
                        | "及其少数"
                        | "联合"
                        | "伙同"
                        | "领导的"
                        | "主导的"
                        | "及其领导的"
                        | "及部分"
                        | "和部分"
                        | "和一些"
                        | "及一些"
                        | "及少数"
                        | "和少数"
                        | "和个别"
                        | "及个别"
                        | "等一些"
                        | "等少数"
                        | "等个别"
                )
        }
        Lang::Ko => is_korean_list(between),
        _ => false,
    }
}

/// `、加、` between two names of a list.
fn is_enumerated(between: &str) -> bool {
    between.starts_with('、') && between.ends_with('、') && between.chars().count() <= 5
}

/// 미제침략자들과 그 주구, 미국을 괴수로 하는, 미국, 일본: the rest of the first name with a particle of
/// company, and at most one word that leads to the second.
fn is_korean_list(between: &str) -> bool {
    let (first, rest) = between.split_once(' ').unwrap_or((between, ""));
    let heads = [
        "비롯한",
        "위시한",
        "위수로 한",
        "괴수로 하는",
        "두목으로 하는",
        "우두머리로 하는",
        "중심으로 하는",
        "중심으로 한",
        "주축으로 하는",
        "주도하는",
        "앞세운",
        "등에 업은",
    ];
    first.is_empty()
        || ["주도의", "및", "·"].contains(&between)
        || (ends_with_any(first, &["과", "와", ",", "및"])
            && rest.split(' ').count() <= 2
            && !ends_with_any(rest, &["의", "는", "은", "을", "를", "에"]))
        || (ends_with_any(first, &["을", "를", "이"]) && heads.contains(&rest))
}

/// Whether the target at `start..end` is named as one with whom, or at whose bidding, the culprit
/// acts.
pub(super) fn is_accomplice(text: &str, start: usize, end: usize, lang: Lang) -> bool {
    match lang {
        Lang::En => {
            let before = left(text, start, 40).to_lowercase();
            ends_with_any(without_determiner(&before), &EN_ACCOMPLICE)
        }
        Lang::Zh => ends_with_any(left(text, start, 3), &["伙同", "勾结", "纠集", "联手", "勾连"]),
        Lang::Ko => {
            let after = right(text, end, 14);
            let rest = after.trim_start_matches(|c| c != ' ');
            let word = &after[..after.len() - rest.len()];
            ends_with_any(word, &["과", "와"]) && starts_with_any(rest.trim_start(), &KO_ACCOMPLICE)
        }
        _ => false,
    }
}

/// Words for the servants of somebody: the U.S. and its lackeys the south Korean puppets.
pub(super) const EN_SERVANTS: [&str; 6] =
    ["lackey", "stooge", "minion", "henchm", "servant", "flunk"];

const EN_ACCOMPLICE: [&str; 15] = [
    "in collusion with",
    "in league with",
    "in cahoots with",
    "in conspiracy with",
    "in concert with",
    "in conjunction with",
    "hand in glove with",
    "colluding with",
    "conspiring with",
    "ganging up with",
    "at the instigation of",
    "under the instigation of",
    "under the manipulation of",
    "under the patronage of",
    "instigated by",
];

const KO_ACCOMPLICE: [&str; 8] =
    ["함께", "야합", "공모", "결탁", "작당", "한짝이 되", "손을 잡", "배꼽을 맞추"];
