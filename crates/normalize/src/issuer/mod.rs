//! The issuer: who speaks, where that is not the house that publishes. A news agency that carries
//! a ministry's statement is its carrier; a leader's address is the leader's.

mod announcement;
mod body;
mod titled;

use corpus::source::Source;
use corpus::{Date, Genre, Lang, Role, Turn};

pub use announcement::announcement;
use announcement::first_line;
pub use body::is_own;
pub use titled::speaker;

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
    let answering = || turns.iter().find(|t| t.role == Role::Answer)?.speaker.as_deref();
    let own = title.and_then(speaker);
    let named = |t: &str| {
        (body::is_ministry(t) && has_form(t, &SPOKEN))
            || opens_with_minrex(t)
            || own.is_some_and(body::is_ministry)
    };
    let ministry = title.is_some_and(named)
        || (genre == Genre::Answer && body::is_ministry(first_line(opening)));
    if ministry {
        return Some(body::MINISTRY.to_owned());
    }
    let known = || speakers(title?).into_iter().find_map(body::known).map(str::to_owned);
    let titled = || known().or_else(|| body::body(own?));
    let announced = announcement(opening).or_else(answering).and_then(body::body);
    announced.or_else(titled).filter(|name| !is_house(name, source))
}

/// `MINREX rechaza las maniobras`: the ministry's short name in Spanish, without another state's.
fn opens_with_minrex(title: &str) -> bool {
    let after = title.strip_prefix("MINREX ");
    after.is_some_and(|after| {
        !after.starts_with("de ") || ["de RPDC", "de la RPDC"].iter().any(|w| after.starts_with(w))
    })
}

/// Forms of titles that give somebody's own words: `DPRK FM Statement Supported in ...` does not.
const SPOKEN: [&str; 15] = [
    "spokes",
    "statement of",
    "statement by",
    "press statement",
    "issues statement",
    "white paper",
    "gives answer",
    "answer of",
    "portavoz",
    "declaración",
    "declaracion",
    "담화",
    "성명",
    "대답",
    "공보문",
];

/// Whether a title or the first sentence has a spokesperson of the DPRK speak. Its own ministry is
/// named without the state.
pub fn has_own_spokesperson(title: Option<&str>, opening: &str) -> bool {
    let own = |words: &str| {
        let words = words.trim();
        let abbreviated = words.rsplit(' ').next().is_some_and(|word| {
            word.len() >= 3 && word.contains('K') && word.bytes().all(|b| b.is_ascii_uppercase())
        });
        abbreviated || matches!(words, "FM" | "Foreign Ministry") || body::is_korean(words)
    };
    title.into_iter().chain([first_line(opening)]).flat_map(speakers).any(own)
}

/// What a line says of who speaks in it: the words around `spokesman`, those after `statement of`; all
/// of a Korean title of a statement.
fn speakers(line: &str) -> Vec<&str> {
    const BEFORE: [&str; 8] = [
        "spokesman for ",
        "spokesperson for ",
        "spokeswoman for ",
        "spokesman of ",
        "spokesperson of ",
        "statement of ",
        "statement by ",
        "released by ",
    ];
    let lower = line.to_ascii_lowercase();
    let after = BEFORE.iter().flat_map(|form| lower.match_indices(form));
    let after = after.filter_map(|(at, form)| line.get(at + form.len()..));
    let after = after.filter_map(|words| words.get(..words.floor_char_boundary(LONGEST_NAME)));
    let before = lower.match_indices(" spokes").filter_map(|(at, _)| line.get(..at));
    let before = before.filter_map(|words| {
        let clause = words.rfind([':', ',', '-', '.']).map_or(0, |at| at + 1);
        words.get(clause..)
    });
    let korean = ["담화", "성명", "공보문", "대답"].iter().any(|form| line.contains(form));
    after.chain(before).chain(korean.then_some(line)).collect()
}

/// Bytes within which who speaks is named after such words.
const LONGEST_NAME: usize = 90;

fn has_form(title: &str, forms: &[&str]) -> bool {
    let lower = title.to_lowercase();
    forms.iter().any(|form| lower.contains(form))
}

/// Whether a name is that of the house that publishes.
fn is_house(name: &str, source: &Source) -> bool {
    let own = [source.issuer.as_str(), "Korean Central News Agency", "조선중앙통신사"];
    own.contains(&name)
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
