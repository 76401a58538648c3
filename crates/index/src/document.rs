//! Documents: the turns of a statement as tantivy takes them.

use std::iter::Empty;
use std::sync::Arc;

use corpus::pattern::FoldedLength;
use corpus::{Digest, Role};
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Field, Value};

use crate::code_tokens;
use crate::coded::CodedRow;
use crate::record::{Codes, Head};
use crate::schema::{Fields, day_number, folded_name};
use crate::statement::{StatementRow, TurnRow};
use crate::tokens::steps_of;

/// A turn as tantivy takes it: what stands in its fields, in the order of the schema, so that
/// tantivy finds it sorted. Its own kind of document copies every text once more.
#[derive(Debug)]
pub(crate) struct TurnDocument(Vec<(Field, Content)>);

/// What stands in a field.
#[derive(Debug)]
pub(crate) enum Content {
    Text(String),
    /// What is one for all turns of a statement.
    Shared(Arc<str>),
    Name(&'static str),
    Number(u64),
}

impl Document for TurnDocument {
    type Value<'a> = &'a Content;
    type FieldsValuesIter<'a> = Contents<'a>;

    fn iter_fields_and_values(&self) -> Contents<'_> {
        Contents(self.0.iter())
    }
}

/// What stands in all fields.
pub(crate) struct Contents<'d>(std::slice::Iter<'d, (Field, Content)>);

impl<'d> Iterator for Contents<'d> {
    type Item = (Field, &'d Content);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(field, content)| (*field, content))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<'d> Value<'d> for &'d Content {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'d str, Self)>;

    fn as_value(&self) -> ReferenceValue<'d, Self> {
        let content: &'d Content = self;
        ReferenceValue::Leaf(match content {
            Content::Text(text) => ReferenceValueLeaf::Str(text),
            Content::Shared(text) => ReferenceValueLeaf::Str(text),
            Content::Name(name) => ReferenceValueLeaf::Str(name),
            Content::Number(number) => ReferenceValueLeaf::U64(*number),
        })
    }
}

/// The documents of a statement's turns, in their order; `coded` is what `tag` found in it.
pub(crate) fn documents(
    fields: &Fields,
    partition: &Arc<str>,
    statement: &StatementRow<'_>,
    coded: Option<&CodedRow<'_>>,
) -> serde_json::Result<Vec<TurnDocument>> {
    let mut head = Head::of(statement);
    let shared = Shared::of(partition, statement);
    let mut documents = Vec::with_capacity(statement.turns.len());
    let roles: Vec<Role> = statement.turns.iter().map(|turn| turn.role).collect();
    let utterances = corpus::utterance_numbers(statement.genre, &roles);
    for (turn, utterance) in statement.turns.iter().zip(utterances) {
        let codes = match coded {
            Some(coded) => Codes::of(coded, turn.n),
            None => Codes::uncoded(turn, utterance),
        };
        head.set(turn);
        let records = [serde_json::to_string(&head)?, serde_json::to_string(&codes)?];
        documents.push(document(fields, &shared, turn, &codes, records));
    }
    Ok(documents)
}

/// What is one for all turns of a statement, made once.
struct Shared {
    title: Option<Arc<str>>,
    source: Arc<str>,
    partition: Arc<str>,
    statement: Arc<str>,
    country: Arc<str>,
    issuer: Arc<str>,
    carrier: Option<Arc<str>>,
    genre: &'static str,
    date: Option<u64>,
    key: u64,
}

impl Shared {
    fn of(partition: &Arc<str>, statement: &StatementRow<'_>) -> Self {
        let name = |name: &str| Arc::from(folded_name(name));
        Self {
            title: statement.title.map(Arc::from),
            source: name(statement.source),
            partition: partition.clone(),
            statement: name(statement.id),
            country: name(statement.country),
            issuer: name(statement.issuer),
            carrier: statement.carrier.map(name),
            genre: statement.genre.name(),
            date: statement.date.map(day_number),
            key: statement_key(statement.id),
        }
    }
}

fn document(
    fields: &Fields,
    shared: &Shared,
    turn: &TurnRow<'_>,
    codes: &Codes,
    [head, record]: [String; 2],
) -> TurnDocument {
    let one = |text: &Arc<str>| Content::Shared(text.clone());
    let name = |name: &str| Content::Text(folded_name(name));
    let starts = segment_starts(turn.text, codes);
    let mut contents = Vec::with_capacity(fields.schema.num_fields() + starts.len());
    contents.push((fields.text, Content::Text(turn.text.to_owned())));
    contents.extend(shared.title.as_ref().map(|title| (fields.title, one(title))));
    contents.extend([
        (fields.head, Content::Text(head)),
        (fields.codes, Content::Text(record)),
        (fields.code, Content::Text(code_tokens::written(codes))),
        (fields.source, one(&shared.source)),
        (fields.lang, Content::Name(turn.lang.code())),
        (fields.partition, one(&shared.partition)),
        (fields.statement, one(&shared.statement)),
        (fields.country, one(&shared.country)),
        (fields.issuer, one(&shared.issuer)),
    ]);
    contents.extend(shared.carrier.as_ref().map(|carrier| (fields.carrier, one(carrier))));
    contents.extend([
        (fields.genre, Content::Name(shared.genre)),
        (fields.role, Content::Name(turn.role.name())),
    ]);
    contents.extend(turn.speaker.map(|speaker| (fields.speaker, name(speaker))));
    contents.extend(turn.asker.map(|asker| (fields.asker, name(asker))));
    contents.extend(shared.date.map(|day| (fields.date, Content::Number(day))));
    contents.extend([
        (fields.statement_key, Content::Number(shared.key)),
        (fields.turn, Content::Number(turn.n.into())),
        (fields.utterance, Content::Number(codes.utterance.into())),
    ]);
    let numbers = |field: Field| move |n: u32| (field, Content::Number(n.into()));
    contents.extend(starts.into_iter().map(numbers(fields.segments)));
    contents.extend(codes.places().map(|place| place.segment).map(numbers(fields.coded_segments)));
    TurnDocument(contents)
}

/// A number for a statement: of a source and day those are in the order of the digits that end
/// their ids, and it is told from all others by what stands before.
fn statement_key(id: &str) -> u64 {
    let digest = |text: &str, digits| {
        u64::from_str_radix(Digest::of(text.as_bytes()).short(digits), 16).unwrap_or_default()
    };
    match id.rsplit_once('/') {
        Some((before, last)) if last.len() == 12 => match u64::from_str_radix(last, 16) {
            Ok(number) => digest(before, 4) << 48 | number,
            Err(_) => digest(id, 16),
        },
        _ => digest(id, 16),
    }
}

/// For each segment the steps of the folded text before it.
fn segment_starts(text: &str, codes: &Codes) -> Vec<u32> {
    let starts = codes.segments.iter().map(|(start, _, _)| *start as usize);
    FoldedLength::before(text, starts).map(steps_of).collect()
}
