//! Quotes: the words around each piece of evidence, fetched in a second pass over the text.

use std::collections::BTreeMap;

use corpus::Statement;

use crate::Evidence;

/// Characters of context on either side, at most.
const CONTEXT: usize = 90;

/// The evidence of each statement at its revision, by place.
pub(crate) fn wanted(evidence: &[Evidence]) -> BTreeMap<(String, u32), Vec<usize>> {
    let mut wanted: BTreeMap<(String, u32), Vec<usize>> = BTreeMap::new();
    for (place, one) in evidence.iter().enumerate() {
        wanted.entry((one.statement.clone(), one.revision)).or_default().push(place);
    }
    wanted
}

/// Quotes the evidence that lies in `statements`.
pub(crate) fn fill(
    evidence: &mut [Evidence],
    wanted: &BTreeMap<(String, u32), Vec<usize>>,
    statements: &[Statement],
) {
    for statement in statements {
        let key = (statement.id.clone(), statement.revision);
        for &place in wanted.get(&key).map_or(&[][..], Vec::as_slice) {
            if let Some(one) = evidence.get_mut(place) {
                quote(one, statement);
            }
        }
    }
}

fn quote(one: &mut Evidence, statement: &Statement) {
    one.title = statement.title.clone().unwrap_or_default();
    one.url.clone_from(&statement.url);
    one.capture = statement.captures.first().map_or_else(String::new, |c| match c.row {
        Some(row) => format!("{}#row {row}", c.digest),
        None => c.digest.to_string(),
    });
    let Some(turn) = statement.turns.iter().find(|t| t.n == one.turn) else { return };
    one.role = turn.role.name().to_owned();
    let (start, end) = (one.start as usize, one.end as usize);
    let cut = |from: usize, to: usize| turn.text.get(from..to).unwrap_or("");
    one.keyword = folded(cut(start, end));
    let before = cut(0, start);
    let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(i, _)| i);
    one.pre = folded(&before[from..]);
    let after = cut(end, turn.text.len());
    let to = after.char_indices().nth(CONTEXT).map_or(after.len(), |(i, _)| i);
    one.post = folded(&after[..to]);
}

/// Line ends become spaces: a quote is one line.
fn folded(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}
