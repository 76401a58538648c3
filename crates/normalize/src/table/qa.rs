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

/// The turns that a row gives, in its `qa` column or as a question and its answer; `None` where it
/// gives none that parse or hold a text.
///
/// # Errors
/// The reason, where a turn has a role that nobody knows: whose words they are is not guessed.
pub fn turns(row: &Row, source: &Source, outlets: &Outlets) -> Result<Option<Vec<Turn>>, String> {
    let lang = row.lang.unwrap_or(source.lang);
    let listed = row.qa.as_deref().map(|qa| listed(qa, lang, outlets)).transpose()?.flatten();
    Ok(listed.or_else(|| pair(row, lang, outlets)))
}

fn listed(qa: &str, lang: Lang, outlets: &Outlets) -> Result<Option<Vec<Turn>>, String> {
    let from_json = || serde_json::from_str::<Vec<Given>>(qa).ok();
    let Some(given) = from_json().or_else(|| serde_json::from_str(&from_python(qa)?).ok()) else {
        return Ok(None);
    };
    let mut turns = Vec::with_capacity(given.len());
    for (n, Given { speaker, role, text }) in (1..).zip(given) {
        let role = role_of(&role).map_err(|reason| format!("qa: turn {n}: {reason}"))?;
        turns.push(turn(n, role, speaker, &text, lang, outlets));
    }
    Ok(turns.iter().any(|t| !t.text.is_empty()).then_some(turns))
}

fn pair(row: &Row, lang: Lang, outlets: &Outlets) -> Option<Vec<Turn>> {
    let (question, answer) = (row.question.as_ref()?, row.answer.as_ref()?);
    let turns = [
        turn(1, Role::Question, row.asker.clone(), question, lang, outlets),
        turn(2, Role::Answer, row.spokesperson.clone(), answer, lang, outlets),
    ];
    turns.iter().all(|t| !t.text.is_empty()).then(|| turns.into())
}

/// The role of a name, whatever its case. Other converters call an announcement the opening of a
/// conference, and what follows its last answer without a label.
fn role_of(name: &str) -> Result<Role, String> {
    match name.trim().to_lowercase().as_str() {
        "opening" | "unlabelled" => Ok(Role::Announcement),
        name => name.parse(),
    }
}

fn turn(
    n: u32,
    role: Role,
    speaker: Option<String>,
    text: &str,
    lang: Lang,
    outlets: &Outlets,
) -> Turn {
    let lines: Vec<String> = text.lines().map(fold).filter(|l| !l.is_empty()).collect();
    let text = lines.join("\n");
    let asker =
        speaker.as_deref().filter(|_| role == Role::Question).and_then(|s| outlets.asker(s));
    Turn { n, role, speaker, asker, lang: corpus::language(&text, lang), text }
}

/// JSON of what Python prints for a list of strings or of dictionaries of strings: quotes of either kind, None,
/// True, False. `None` where the quotes do not pair.
pub fn from_python(text: &str) -> Option<String> {
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
