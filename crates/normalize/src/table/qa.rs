//! The `qa` column: turns that a table gives ready-made, as JSON or as Python prints them.

use corpus::source::Source;
use corpus::{Lang, Role, Turn};
use serde::Deserialize;

use super::row::Row;
use crate::Outlets;
use crate::paragraph::fold;

#[derive(Deserialize)]
struct Given {
    speaker: Option<String>,
    role: String,
    text: String,
}

/// The turns of a `qa` column; `None` where it does not parse or holds no text.
pub fn turns(qa: &str, row: &Row, source: &Source, outlets: &Outlets) -> Option<Vec<Turn>> {
    let given: Vec<Given> =
        serde_json::from_str(qa).ok().or_else(|| serde_json::from_str(&from_python(qa)?).ok())?;
    let lang = row.lang.unwrap_or(source.lang);
    let turns: Vec<Turn> =
        (1..).zip(given).map(|(n, given)| turn(n, given, lang, outlets)).collect();
    turns.iter().any(|t| !t.text.is_empty()).then_some(turns)
}

/// The turns of a row that has its question and answer in columns of their own.
pub fn pair(row: &Row, source: &Source, outlets: &Outlets) -> Option<Vec<Turn>> {
    let (question, answer) = (row.question.as_ref()?, row.answer.as_ref()?);
    let lang = row.lang.unwrap_or(source.lang);
    let given = |role: &str, speaker: Option<&String>, text: &str| Given {
        speaker: speaker.cloned(),
        role: role.to_owned(),
        text: text.to_owned(),
    };
    let turns = [
        turn(1, given("question", row.asker.as_ref(), question), lang, outlets),
        turn(2, given("answer", row.spokesperson.as_ref(), answer), lang, outlets),
    ];
    turns.iter().all(|t| !t.text.is_empty()).then(|| turns.into())
}

fn turn(n: u32, given: Given, lang: Lang, outlets: &Outlets) -> Turn {
    let role = match given.role.as_str() {
        "question" => Role::Question,
        "answer" => Role::Answer,
        "note" => Role::Note,
        "narration" => Role::Narration,
        _ => Role::Announcement,
    };
    let lines: Vec<String> = given.text.lines().map(fold).filter(|l| !l.is_empty()).collect();
    let text = lines.join("\n");
    let asker =
        given.speaker.as_deref().filter(|_| role == Role::Question).and_then(|s| outlets.asker(s));
    Turn { n, role, speaker: given.speaker, asker, lang: corpus::language(&text, lang), text }
}

/// JSON of what Python prints for a list of dictionaries of strings: quotes of either kind, None,
/// True, False. `None` where the quotes do not pair.
fn from_python(text: &str) -> Option<String> {
    let mut json = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\'' | '"' => {
                json.push('"');
                loop {
                    match chars.next()? {
                        end if end == c => break,
                        '\\' => match chars.next()? {
                            '\'' => json.push('\''),
                            'x' => {
                                json.push_str("\\u00");
                            }
                            other => json.extend(['\\', other]),
                        },
                        '"' => json.push_str("\\\""),
                        other if other.is_control() => {}
                        other => json.push(other),
                    }
                }
                json.push('"');
            }
            'N' | 'T' | 'F' => {
                let mut word = String::from(c);
                while let Some(next) = chars.peek().filter(|c| c.is_ascii_alphabetic()) {
                    word.push(*next);
                    chars.next();
                }
                json.push_str(match word.as_str() {
                    "None" => "null",
                    "True" => "true",
                    "False" => "false",
                    _ => return None,
                });
            }
            other => json.push(other),
        }
    }
    Some(json)
}
