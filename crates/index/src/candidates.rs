//! Candidates: the documents of one index segment that may match, never fewer than do.

use corpus::pattern::Script;
use corpus::pattern::Term as Pattern;
use tantivy::postings::Postings;
use tantivy::query::{EnableScoring, PhraseQuery, Query as _};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, SegmentReader, TERMINATED, Term};

use crate::docs::Docs;
use crate::plan::{Node, Plan};
use crate::query::{Family, FieldName};
use crate::schema::{Fields, day_number};
use crate::tokens::{CUT_WORD, Runs, covering_bigrams};
use crate::{Filters, Result, orthography};

/// Looks documents up in one index segment.
pub(crate) struct Candidates<'i> {
    pub searcher: &'i Searcher,
    pub reader: &'i SegmentReader,
    pub fields: &'i Fields,
    pub plan: &'i Plan,
}

/// How a token of a literal is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Lookup {
    Exact(String),
    Prefix(String),
    Suffix(String),
    /// Inside a word, both ends open.
    Infix(String),
}

impl Candidates<'_> {
    /// The documents that pass `filters` and may match the plan; deleted ones are out.
    pub fn find(&self, filters: &Filters) -> Result<Docs> {
        let docs = self.passing(filters)?;
        if docs.is_empty() {
            return Ok(docs);
        }
        Ok(docs.and(&self.node(&self.plan.node)?))
    }

    /// The documents that pass `filters`; deleted ones are out.
    pub fn passing(&self, filters: &Filters) -> Result<Docs> {
        let mut docs = self.filtered(filters)?;
        if let Some(alive) = self.reader.alive_bitset() {
            let mut living = self.none();
            alive.iter_alive().for_each(|doc| living.add(doc));
            docs = docs.and(&living);
        }
        Ok(docs)
    }

    fn filtered(&self, filters: &Filters) -> Result<Docs> {
        let fields = self.fields;
        let names = |values: Vec<&str>| -> Vec<String> {
            values.into_iter().map(crate::schema::folded_name).collect()
        };
        let lists = [
            (fields.source, names(filters.sources.iter().map(String::as_str).collect())),
            (fields.country, names(filters.countries.iter().map(String::as_str).collect())),
            (fields.role, names(filters.roles.iter().map(|r| r.name()).collect())),
            (fields.lang, names(filters.langs.iter().map(|l| l.code()).collect())),
            (fields.genre, names(filters.genres.iter().map(|g| g.name()).collect())),
        ];
        let mut docs = self.all();
        for (field, values) in lists {
            if values.is_empty() {
                continue;
            }
            let mut listed = self.none();
            for value in values {
                listed = listed.or(&self.term(field, &value)?);
            }
            docs = docs.and(&listed);
        }
        if filters.from.is_some() || filters.to.is_some() {
            docs = docs.and(&self.dates(filters.from, filters.to)?);
        }
        Ok(docs)
    }

    fn node(&self, node: &Node) -> Result<Docs> {
        match node {
            Node::Term(leaf) => self.leaf(self.fields.text, *leaf),
            Node::Title(leaf) => self.leaf(self.fields.title, *leaf),
            Node::Sequence { words, .. } => words.iter().try_fold(self.all(), |docs, leaf| {
                Ok(docs.and(&self.leaf(self.fields.text, *leaf)?))
            }),
            Node::Near { one, other, .. } => {
                let one = self.leaf(self.fields.text, *one)?;
                Ok(one.and(&self.leaf(self.fields.text, *other)?))
            }
            Node::Code { family, id, .. } => self.code(*family, &id.id, id.open_end),
            Node::Is { field, value, open_end } => match self.field_of(*field) {
                Some(field) if *open_end => self.range(field, value),
                Some(field) => self.term(field, value),
                None => Ok(self.all()),
            },
            Node::Date { from, to } => self.dates(*from, *to),
            Node::And(parts) => {
                parts.iter().try_fold(self.all(), |docs, part| Ok(docs.and(&self.node(part)?)))
            }
            Node::Or(parts) => {
                parts.iter().try_fold(self.none(), |docs, part| Ok(docs.or(&self.node(part)?)))
            }
            Node::Not(_) => Ok(self.all()),
            Node::Within(_, part) => self.node(part),
        }
    }

    fn code(&self, family: Family, id: &str, open_end: bool) -> Result<Docs> {
        let name = format!("{}:{id}", family.name());
        if open_end {
            self.range(self.fields.code, &name)
        } else {
            self.term(self.fields.code, &name)
        }
    }

    fn field_of(&self, field: FieldName) -> Option<Field> {
        let fields = self.fields;
        Some(match field {
            FieldName::Statement => fields.statement,
            FieldName::Source => fields.source,
            FieldName::Country => fields.country,
            FieldName::Issuer => fields.issuer,
            FieldName::Carrier => fields.carrier,
            FieldName::Lang => fields.lang,
            FieldName::Genre => fields.genre,
            FieldName::Role => fields.role,
            FieldName::Speaker => fields.speaker,
            FieldName::Asker => fields.asker,
            FieldName::Title | FieldName::Date => return None,
        })
    }

    fn dates(&self, from: Option<corpus::Date>, to: Option<corpus::Date>) -> Result<Docs> {
        let first = from.map_or(0, day_number);
        let last = to.map_or(u64::MAX, day_number);
        let column = self.reader.fast_fields().u64("date")?;
        let mut docs = self.none();
        for doc in 0..self.reader.max_doc() {
            if column.first(doc).is_some_and(|day| (first..=last).contains(&day)) {
                docs.add(doc);
            }
        }
        Ok(docs)
    }

    /// The documents that may hold one of the leaf's terms.
    fn leaf(&self, field: Field, leaf: usize) -> Result<Docs> {
        let terms = &self.plan.matcher.entries()[leaf].terms;
        terms.iter().try_fold(self.none(), |docs, term| Ok(docs.or(&self.pattern(field, term)?)))
    }

    fn pattern(&self, field: Field, term: &Pattern) -> Result<Docs> {
        let count = term.literals().count();
        let mut docs = self.all();
        for (n, literal) in term.literals().enumerate() {
            let open_start = n == 0 && term.has_open_start();
            let open_end = n + 1 < count || term.has_open_end();
            docs = docs.and(&self.literal(field, literal, open_start, open_end)?);
            if docs.is_empty() {
                break;
            }
        }
        Ok(docs)
    }

    fn literal(&self, field: Field, text: &str, open_start: bool, open_end: bool) -> Result<Docs> {
        let mut docs = self.all();
        let mut phrase = Vec::new();
        for (position, lookup) in lookups(text, open_start, open_end) {
            match lookup {
                Lookup::Exact(token) if self.plan.simplified => {
                    let mut spelled = self.none();
                    for spelling in orthography::token_spellings(&token) {
                        spelled = spelled.or(&self.term(field, &spelling)?);
                    }
                    docs = docs.and(&spelled);
                }
                Lookup::Prefix(token) if self.plan.simplified => {
                    let mut spelled = self.none();
                    for spelling in orthography::token_spellings(&token) {
                        spelled = spelled.or(&self.range(field, &spelling)?);
                    }
                    docs = docs.and(&spelled);
                }
                Lookup::Exact(token) => {
                    phrase.push((position, Term::from_field_text(field, &token)))
                }
                Lookup::Prefix(token) => docs = docs.and(&self.range(field, &token)?),
                Lookup::Suffix(end) => docs = docs.and(&self.words(field, |w| w.ends_with(&end))?),
                Lookup::Infix(part) => docs = docs.and(&self.words(field, |w| w.contains(&part))?),
            }
        }
        match phrase.as_slice() {
            [] => Ok(docs),
            [(_, term)] => Ok(docs.and(&self.postings(term)?)),
            _ => Ok(docs.and(&self.phrase(phrase)?)),
        }
    }

    fn phrase(&self, terms: Vec<(usize, Term)>) -> Result<Docs> {
        let query = PhraseQuery::new_with_offset(terms);
        let weight = query.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
        let mut scorer = weight.scorer(self.reader, 1.0)?;
        let mut docs = self.none();
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            docs.add(doc);
            doc = scorer.advance();
        }
        Ok(docs)
    }

    fn term(&self, field: Field, text: &str) -> Result<Docs> {
        self.postings(&Term::from_field_text(field, text))
    }

    fn postings(&self, term: &Term) -> Result<Docs> {
        let index = self.reader.inverted_index(term.field())?;
        let mut docs = self.none();
        if let Some(postings) = index.read_postings(term, IndexRecordOption::Basic)? {
            add_all(&mut docs, postings);
        }
        Ok(docs)
    }

    /// The documents with a token that begins with `start`.
    fn range(&self, field: Field, start: &str) -> Result<Docs> {
        let index = self.reader.inverted_index(field)?;
        let mut docs = self.none();
        let mut stream = index.terms().range().ge(start.as_bytes()).into_stream()?;
        while stream.advance() {
            if !stream.key().starts_with(start.as_bytes()) {
                break;
            }
            let postings =
                index.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
            add_all(&mut docs, postings);
        }
        Ok(docs)
    }

    /// The documents with a token that `fits`, and those with a word that was cut.
    fn words(&self, field: Field, fits: impl Fn(&str) -> bool) -> Result<Docs> {
        let index = self.reader.inverted_index(field)?;
        let mut docs = self.none();
        let mut stream = index.terms().stream()?;
        while stream.advance() {
            let Ok(word) = std::str::from_utf8(stream.key()) else { continue };
            if word == CUT_WORD || fits(word) {
                let postings =
                    index.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
                add_all(&mut docs, postings);
            }
        }
        Ok(docs)
    }

    fn all(&self) -> Docs {
        Docs::all(self.reader.max_doc())
    }

    fn none(&self) -> Docs {
        Docs::none(self.reader.max_doc())
    }
}

fn add_all(docs: &mut Docs, mut postings: impl Postings) {
    let mut doc = postings.doc();
    while doc != TERMINATED {
        docs.add(doc);
        doc = postings.advance();
    }
}

/// How the tokens of a folded literal are looked up, each with the characters before it.
fn lookups(literal: &str, open_start: bool, open_end: bool) -> Vec<(usize, Lookup)> {
    let mut found = Vec::new();
    for run in Runs::new(literal) {
        let text = &literal[run.start..run.end];
        if run.script == Script::Alphabet {
            let starts_open = open_start && run.start == 0;
            let ends_open = open_end && run.end == literal.len();
            let word = text.to_owned();
            let lookup = match (starts_open, ends_open) {
                (false, false) => Lookup::Exact(word),
                (false, true) => Lookup::Prefix(word),
                (true, false) => Lookup::Suffix(word),
                (true, true) => Lookup::Infix(word),
            };
            found.push((run.position, lookup));
            continue;
        }
        if text.chars().nth(1).is_none() {
            found.push((run.position, Lookup::Prefix(text.to_owned())));
            continue;
        }
        let pairs = covering_bigrams(text);
        found.extend(pairs.map(|(at, pair)| (run.position + at, Lookup::Exact(pair))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_ends_and_single_characters_are_looked_up_by_their_beginning() {
        let exact = |t: &str| Lookup::Exact(t.to_owned());
        let prefix = |t: &str| Lookup::Prefix(t.to_owned());
        assert_eq!(lookups("u.s.", false, false), [(0, exact("u")), (2, exact("s"))]);
        assert_eq!(
            lookups("cold hegemon", false, true),
            [(0, exact("cold")), (5, prefix("hegemon"))]
        );
        assert_eq!(lookups("phobia", true, false), [(0, Lookup::Suffix("phobia".to_owned()))]);
        assert_eq!(
            lookups("대 美国人", false, false),
            [(0, prefix("대")), (2, exact("美国")), (3, exact("国人"))]
        );
    }
}
