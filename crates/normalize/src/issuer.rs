//! The issuer: who speaks, where that is not the house that publishes. A news agency that carries
//! a ministry's statement is its carrier; a leader's address is the leader's.

use corpus::source::Source;
use corpus::{Date, Genre, Lang, Role, Turn};

/// The foreign ministry of the DPRK, as it is named in titles and first sentences.
const MINISTRY: [&str; 8] = [
    "DPRK Foreign Ministry",
    "DPRK FM",
    "Foreign Ministry of the DPRK",
    "Ministry of Foreign Affairs of DPRK",
    "Ministry of Foreign Affairs of the DPRK",
    "Ministry of Foreign Affairs of the Democratic People's Republic of Korea",
    "조선민주주의인민공화국 외무성",
    "조선외무성",
];

/// Characters of a text's beginning in which its issuer is named.
const OPENING: usize = 400;

/// Whose words an official statement or answer is that an agency or paper of the DPRK carries;
/// `None` where they are the house's own or the row has said so already.
pub fn of_text(
    source: &Source,
    issuer: &str,
    genre: Genre,
    title: Option<&str>,
    turns: &[Turn],
) -> Option<String> {
    let official = matches!(genre, Genre::Statement | Genre::Answer | Genre::Remarks);
    if source.country != "KP" || !official || issuer != source.issuer {
        return None;
    }
    let opening = turns.iter().find(|t| t.role != Role::Note).map_or("", |t| t.text.as_str());
    let named = |text: &str| MINISTRY.iter().any(|name| text.replace('’', "'").contains(name));
    // `DPRK FM Statement Supported in ...` is somebody else's: a title counts where it names the
    // spokesperson or opens with the statement, a first sentence where it announces the words.
    let spoken = |title: &str| {
        let lower = title.to_lowercase();
        let forms = ["spokes", "statement of", "statement by", "담화", "성명", "대답"];
        named(title) && forms.iter().any(|form| lower.contains(form))
    };
    let found = title.is_some_and(spoken)
        || announcement(opening).is_some_and(named)
        || (genre == Genre::Answer && named(first_line(opening)));
    found.then(|| "DPRK MFA".to_owned())
}

/// Who a text's opening says issues it: the words before `issued the following statement`. `None`
/// where it announces nothing.
pub fn announcement(opening: &str) -> Option<&str> {
    let line = first_line(opening);
    let verbs = ["issued", "released", "made public", "published", "gave", "발표하"];
    let at = verbs.iter().filter_map(|verb| line.find(verb)).min()?;
    let (before, after) = line.split_at_checked(at)?;
    let near: String = after.chars().take(LONGEST_ANNOUNCEMENT).collect();
    let kinds =
        ["statement", "communique", "declaration", "answer", "press release", "담화", "성명"];
    let announces =
        near.contains("following") || near.contains("다음과 같은") || near.contains("as follows");
    (announces && kinds.iter().any(|kind| near.contains(kind))).then_some(before)
}

/// Characters after the verb within which stands what is issued.
const LONGEST_ANNOUNCEMENT: usize = 90;

/// The first line, as far as an opening goes.
fn first_line(text: &str) -> &str {
    let line = text.lines().next().unwrap_or("");
    let end = line.char_indices().nth(OPENING).map_or(line.len(), |(at, _)| at);
    line.get(..end).unwrap_or(line)
}

/// The leader whose speech a text is: the one whom the title names, or of an address of the
/// supreme leader the one of that year.
pub fn leader(
    issuer: &str,
    genre: Option<Genre>,
    title: Option<&str>,
    day: Option<Date>,
    lang: Lang,
) -> Option<String> {
    if genre != Some(Genre::Speech) {
        return None;
    }
    let named = LEADERS
        .iter()
        .find(|(_, _, names)| names.iter().any(|n| title.is_some_and(|t| t.contains(n))));
    let ruling = || {
        day.filter(|_| issuer == "Supreme leader")?;
        LEADERS.iter().find(|(from, to, _)| {
            Date::new(from.0, from.1, from.2) <= day && day <= Date::new(to.0, to.1, to.2)
        })
    };
    let (_, _, [korean, english]) = named.or_else(ruling)?;
    Some(if lang == Lang::Ko { (*korean).to_owned() } else { (*english).to_owned() })
}

/// First and last day in office as a year, month and day.
type Day = (i16, i8, i8);

const LEADERS: [(Day, Day, [&str; 2]); 3] = [
    ((1945, 8, 15), (1994, 7, 8), ["김일성", "Kim Il Sung"]),
    ((1994, 7, 9), (2011, 12, 17), ["김정일", "Kim Jong Il"]),
    ((2011, 12, 18), (2199, 12, 31), ["김정은", "Kim Jong Un"]),
];
