//! Places that positions decide.
//!
//! A term of letters with nothing but single spaces between its words stands exactly where the
//! index has its tokens at the term's steps: an alphabetic word is one token, bigrams leave no
//! character of a string of Han or Hangul open, and the steps between two runs prove what lies
//! between them (see [`crate::tokens`]). Such a term is counted without reading any text, and so
//! are single words with open ends. Everything else is verified on the stored text.

use corpus::pattern::{Entry, Script, Term};
use tantivy::postings::TermInfo;
use tantivy::schema::Field;

use crate::Result;
use crate::frequent::overlaps_itself;
use crate::part::{Lookup, Part};
use crate::rows::{Row, Rows};
use crate::tokens::{Runs, bigrams, length};

/// A term, or forms of one word, as tokens that decide its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spelled {
    pieces: Vec<Piece>,
    /// Steps of the whole term.
    length: u32,
    /// Whether a long word could hold the term unseen.
    pub has_open_ends: bool,
}

/// A place of the term that one of some tokens takes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    /// Steps of the term before it.
    offset: u32,
    tokens: Vec<Lookup>,
    /// Whether it is two characters that other bigrams may hold as well.
    is_bigram: bool,
}

impl Piece {
    fn new(offset: u32, first: &Lookup, tokens: Vec<Lookup>) -> Self {
        let is_pair = |token: &str| {
            let mut chars = token.chars();
            chars.next().is_some_and(|c| matches!(Script::of(c), Script::Han | Script::Hangul))
                && chars.next().is_some()
        };
        let is_bigram = matches!(first, Lookup::Exact(token) if is_pair(token));
        Self { offset, tokens, is_bigram }
    }
}

/// In how many turns one of the tokens stands at most.
fn size(tokens: &[TermInfo]) -> u32 {
    tokens.iter().map(|token| token.doc_freq).sum()
}

impl Spelled {
    /// The tokens of what an entry counts, where they decide it.
    pub fn of(entry: &Entry) -> Option<Self> {
        let is_plain = |term: &Term| term.literals().count() == 1;
        let has_open_ends = |term: &Term| term.has_open_start() || term.has_open_end();
        if !entry.excludes.is_empty() || !entry.terms.iter().all(is_plain) {
            return None;
        }
        if let [term] = entry.terms.as_slice()
            && !has_open_ends(term)
        {
            return term.literals().next().and_then(Self::row);
        }
        // Words never overlap, so that forms of one can be counted side by side.
        let mut tokens = Vec::with_capacity(entry.terms.len());
        for term in &entry.terms {
            let literal = term.literals().next()?;
            let run = Runs::new(literal).next()?;
            if run.script != Script::Alphabet || run.end - run.start < literal.len() {
                return None;
            }
            let open = (term.has_open_start(), term.has_open_end());
            tokens.extend(lookups(literal, open.0, open.1).into_iter().map(|(_, token)| token));
        }
        let has_open_ends = entry.terms.iter().any(has_open_ends);
        let piece = Piece { offset: 0, tokens, is_bigram: false };
        Some(Self { pieces: vec![piece], length: 1, has_open_ends })
    }

    /// A literal of letters with single spaces between.
    fn row(literal: &str) -> Option<Self> {
        let is_letter = |c: char| Script::of(c) != Script::Other;
        let mut chars = literal.chars();
        let decides = chars.clone().all(|c| c == ' ' || is_letter(c))
            && chars.next().is_some_and(is_letter)
            && chars.next_back().is_none_or(is_letter);
        let piece =
            |(offset, token): (u32, Lookup)| Piece::new(offset, &token.clone(), vec![token]);
        decides.then(|| Self {
            pieces: lookups(literal, false, false).into_iter().map(piece).collect(),
            length: length(literal),
            has_open_ends: false,
        })
    }

    /// The tokens of a literal, whose places must be verified; each token may be written as
    /// `spellings` say. `None` where the literal has no letter.
    pub fn to_verify(
        literal: &str,
        (open_start, open_end): (bool, bool),
        spellings: impl Fn(Lookup) -> Vec<Lookup>,
    ) -> Option<Self> {
        let found = lookups(literal, open_start, open_end).into_iter();
        let piece =
            |(offset, token): (u32, Lookup)| Piece::new(offset, &token.clone(), spellings(token));
        let pieces: Vec<Piece> = found.map(piece).collect();
        (!pieces.is_empty()).then_some(Self { pieces, length: 1, has_open_ends: true })
    }

    /// The token that the term is, where it is one.
    pub fn token(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [Piece { tokens, .. }] => match tokens.as_slice() {
                [Lookup::Exact(token)] => Some(token),
                _ => None,
            },
            _ => None,
        }
    }

    /// Looks the term up in a field of the part.
    pub fn look_up(&self, part: &Part, field: Field) -> Result<LookedUp> {
        // Postings give the steps before the last token.
        let last = self.pieces.last().map_or(0, |piece| piece.offset);
        let mut looked_up =
            LookedUp { pieces: Vec::new(), last, length: self.length, never_overlaps: false };
        let mut pieces = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            let tokens = part.found(field, &piece.tokens)?;
            if tokens.is_empty() {
                return Ok(looked_up);
            }
            pieces.push((piece, tokens));
        }
        pieces.sort_by_key(|(_, tokens)| size(tokens));
        let mut held: Vec<u32> = Vec::with_capacity(pieces.len() + 1);
        pieces.retain(|(piece, _)| {
            let chars = [piece.offset, piece.offset + 2];
            if !piece.is_bigram {
                return true;
            }
            let is_needed = chars.iter().any(|at| !held.contains(at));
            held.extend(chars);
            is_needed
        });
        looked_up.never_overlaps = match self.token() {
            Some(token) => !overlaps_itself(token.as_bytes()),
            None => false,
        };
        looked_up.pieces =
            pieces.into_iter().map(|(piece, tokens)| (piece.offset, tokens)).collect();
        Ok(looked_up)
    }
}

/// A term with its tokens in a field of a part.
pub(crate) struct LookedUp {
    /// Of the pieces that decide the term the steps before and the tokens, the rarest first: of
    /// bigrams no more than hold all characters between them. None where a piece is missing.
    pieces: Vec<(u32, Vec<TermInfo>)>,
    /// Steps before the last piece.
    last: u32,
    /// Steps of the whole term.
    pub length: u32,
    /// Whether it is one token, each of whose places counts.
    never_overlaps: bool,
}

impl LookedUp {
    /// The only token of a term all of whose places count.
    pub fn token(&self) -> Option<&TermInfo> {
        match self.pieces.as_slice() {
            [(_, tokens)] if self.never_overlaps => tokens.first(),
            _ => None,
        }
    }

    /// In how many turns of the part the term stands at most.
    pub fn size(&self) -> u32 {
        self.pieces.first().map_or(0, |(_, tokens)| size(tokens))
    }

    /// The places in the document that `rows` stand at, at which this `term` of theirs begins; of
    /// places that overlap the first counts.
    fn places(&self, rows: &mut Rows<'_>, term: usize, places: &mut Vec<u32>) {
        rows.places(term, places);
        let mut free = 0;
        places.retain_mut(|place| {
            // A literal that begins with a mark has none before the text begins.
            let Some(start) = place.checked_sub(self.last) else { return false };
            *place = start;
            let stays = start >= free;
            free = if stays { start + self.length } else { free };
            stays
        });
    }
}

/// Calls `found` with each document that holds all `terms` and is in all of `within`, and for each
/// term the steps before its places there.
pub(crate) fn together<'d>(
    part: &Part,
    field: Field,
    terms: &[&LookedUp],
    within: Vec<Row<'d>>,
    mut found: impl FnMut(u32, &[Vec<u32>]),
) -> Result<()> {
    let mut pieces = Vec::new();
    for (n, term) in terms.iter().enumerate() {
        if term.pieces.is_empty() {
            return Ok(());
        }
        pieces.extend(term.pieces.iter().map(|(offset, tokens)| (n, term.last - offset, tokens)));
    }
    // The rarest leads.
    pieces.sort_by_key(|(_, _, tokens)| size(tokens));
    let mut rows: Vec<Row<'d>> = Vec::with_capacity(pieces.len() + within.len());
    for (n, offset, tokens) in pieces {
        rows.push(Row::piece((n, offset), part, field, tokens)?);
    }
    rows.extend(within);
    let mut rows = Rows::new(rows);
    let mut places = vec![Vec::new(); terms.len()];
    // A term of several pieces first: the places of one that is a single token are never missing.
    let mut order: Vec<usize> = (0..terms.len()).collect();
    order.sort_by_key(|n| terms[*n].pieces.len() == 1);
    'docs: while let Some(doc) = rows.next() {
        for n in &order {
            terms[*n].places(&mut rows, *n, &mut places[*n]);
            if places[*n].is_empty() {
                continue 'docs;
            }
        }
        found(doc, &places);
    }
    Ok(())
}

/// How the tokens of a folded literal are looked up, each with the steps before it; bigrams
/// overlap.
fn lookups(literal: &str, open_start: bool, open_end: bool) -> Vec<(u32, Lookup)> {
    let mut found = Vec::new();
    for run in Runs::new(literal) {
        let text = &literal[run.start..run.end];
        let is_last = run.end == literal.len();
        if run.script == Script::Alphabet {
            let word = text.to_owned();
            let lookup = match (open_start && run.start == 0, open_end && is_last) {
                (false, false) => Lookup::Exact(word),
                (false, true) => Lookup::Prefix(word),
                (true, false) => Lookup::Suffix(word),
                (true, true) => Lookup::Infix(word),
            };
            found.push((run.position, lookup));
        } else if text.chars().nth(1).is_some() {
            found.extend(bigrams(text).map(|(at, pair)| (run.position + at, Lookup::Exact(pair))));
        } else if is_last {
            found.push((run.position, Lookup::Prefix(text.to_owned())));
        } else {
            // The last character of a run is a token.
            found.push((run.position, Lookup::Exact(text.to_owned())));
        }
    }
    // The word whose end opens a longer literal begins anywhere: the steps from it to the others are not
    // known, and these hold the place.
    if matches!(found.first(), Some((_, Lookup::Suffix(_)))) && found.len() > 1 {
        found.remove(0);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_ends_and_last_characters_are_looked_up_by_their_beginning() {
        let exact = |t: &str| Lookup::Exact(t.to_owned());
        let prefix = |t: &str| Lookup::Prefix(t.to_owned());
        assert_eq!(lookups("u.s.", false, false), [(0, exact("u")), (4, exact("s"))]);
        assert_eq!(
            lookups("cold hegemon", false, true),
            [(0, exact("cold")), (9, prefix("hegemon"))]
        );
        assert_eq!(lookups("phobia", true, false), [(0, Lookup::Suffix("phobia".to_owned()))]);
        assert_eq!(lookups("ation of", true, false), [(11, exact("of"))]);
        assert_eq!(lookups("ation.", true, false), [(0, Lookup::Suffix("ation".to_owned()))]);
        assert_eq!(
            lookups("대 美国人", false, false),
            [(0, exact("대")), (3, exact("美国")), (5, exact("国人"))]
        );
        assert_eq!(lookups("的", false, false), [(0, prefix("的"))]);
    }

    #[test]
    fn letters_and_single_spaces_are_decided_by_positions() {
        let spelled = |written: &str| {
            let terms = vec![Term::bare(written).unwrap()];
            Spelled::of(&Entry { terms, excludes: Vec::new() })
        };
        for written in ["nuclear war", "NATO는", "单边制裁", "的", "a", "hegemon*", "*phobia"]
        {
            assert!(spelled(written).is_some(), "{written}");
        }
        for written in ["U.S.", "US-led", "美国，", "*전쟁", "전쟁*", "cold* war", "cold hegemon*"]
        {
            assert!(spelled(written).is_none(), "{written}");
        }
    }
}
