//! Candidates: the documents of one part of the index that may match, never fewer than do.

use corpus::pattern::{Entry, Matcher};
use tantivy::schema::Field;

use crate::docs::Docs;
use crate::part::{Lookup, Part};
use crate::places::{Spelled, together};
use crate::plan::{CodeTest, Node, Plan, Test};
use crate::query::FieldName;
use crate::rows::Row;
use crate::schema::Fields;
use crate::stored::Stored;
use crate::{Index, Result, orthography};

/// For each term, code and test of a plan the documents that may hold it.
pub(crate) struct Candidates<'p> {
    /// Those that are searched at all.
    pub passing: &'p Docs,
    pub leaves: Vec<&'p Docs>,
    pub codes: Vec<&'p Docs>,
    /// Exact, unlike the others.
    pub tests: &'p [Docs],
}

impl Candidates<'_> {
    /// The documents that may match `node`.
    pub fn of(&self, node: &Node) -> Docs {
        let every = |leaves: &mut dyn Iterator<Item = &usize>| {
            leaves.fold(self.passing.clone(), |docs, leaf| docs.and(self.leaves[*leaf]))
        };
        match node {
            Node::Term(leaf) => every(&mut [*leaf].iter()),
            Node::Sequence { words, .. } => every(&mut words.iter()),
            Node::Near { one, other, .. } => every(&mut [*one, *other].iter()),
            Node::Code(code) => self.passing.clone().and(self.codes[*code]),
            Node::Test(test) => self.passing.clone().and(&self.tests[*test]),
            Node::And(parts) => {
                let found = parts.iter().map(|part| self.of(part)).reduce(|a, b| a.and(&b));
                found.unwrap_or_else(|| self.passing.clone())
            }
            Node::Or(parts) => {
                let found = parts.iter().map(|part| self.of(part)).reduce(|a, b| a.or(&b));
                found.unwrap_or_else(|| self.passing.clone())
            }
            Node::Not(_) => self.passing.clone(),
            Node::Within(_, part) => self.of(part),
        }
    }
}

/// The documents that are still in question while what they must hold is looked up.
pub(crate) struct Narrowed<'p> {
    plan: &'p Plan,
    pub passing: Docs,
}

impl<'p> Narrowed<'p> {
    /// Those that pass the filters and the tests which every match must pass.
    pub fn new(plan: &'p Plan, passing: &Docs, tests: &[Docs]) -> Self {
        let mut narrowed = Self { plan, passing: passing.clone() };
        for (n, docs) in tests.iter().enumerate() {
            narrowed.to(&Node::Test(n), docs);
        }
        narrowed
    }

    /// Leaves out the documents that hold no `part`, where every match must.
    pub fn to(&mut self, part: &Node, holding: &Docs) {
        if self.plan.node.needs(part) {
            self.passing = std::mem::replace(&mut self.passing, Docs::none(0)).and(holding);
        }
    }
}

/// The documents for which each test of the plan holds.
pub(crate) fn tests(index: &Index, part: &Part, plan: &Plan) -> Result<Vec<Docs>> {
    let fields = &index.fields;
    let named = |field: Field, value: &str, open_end: bool| {
        let value = value.to_owned();
        let lookup = if open_end { Lookup::Prefix(value) } else { Lookup::Exact(value) };
        part.tokens(field, &[lookup])
    };
    let holds = |test: &Test| match test {
        Test::Is { field, value, open_end } => match field_of(fields, *field) {
            Some(field) => named(field, value, *open_end),
            None => Ok(part.none()),
        },
        Test::Date { from, to } => Ok(part.dates(*from, *to)),
        Test::Title(matcher) => titled(index, part, plan.simplified, matcher),
    };
    plan.tests.iter().map(holds).collect()
}

/// The documents that may hold a place of the entry in `field`.
pub(crate) fn holding(
    part: &Part,
    field: Field,
    entry: &Entry,
    simplified: bool,
    passing: &Docs,
) -> Result<Docs> {
    let spellings = |token: Lookup| match token {
        Lookup::Exact(token) if simplified => {
            orthography::token_spellings(&token).into_iter().map(Lookup::Exact).collect()
        }
        Lookup::Prefix(token) if simplified => {
            orthography::token_spellings(&token).into_iter().map(Lookup::Prefix).collect()
        }
        token => vec![token],
    };
    let mut found = part.none();
    for term in &entry.terms {
        let count = term.literals().count();
        let mut docs = passing.clone();
        for (n, literal) in term.literals().enumerate() {
            let open_start = n == 0 && term.has_open_start();
            let open_end = n + 1 < count || term.has_open_end();
            let Some(spelled) = Spelled::to_verify(literal, (open_start, open_end), spellings)
            else {
                continue;
            };
            let mut holding = part.none();
            let term = spelled.look_up(part, field)?;
            together(part, field, &[&term], vec![Row::set(&docs)], |doc, _| holding.add(doc))?;
            docs = holding;
        }
        found = found.or(&docs);
    }
    Ok(found)
}

/// How the tokens of a code are looked up in the code field.
pub(crate) fn code_lookups(field: Field, part: &Part, code: &CodeTest) -> Result<Vec<Lookup>> {
    let name = format!("{}:{}", code.family.name(), code.id.id);
    let at = code.referent.as_ref().map(|referent| format!("@{referent}"));
    if !code.id.open_end {
        return Ok(vec![Lookup::Exact(name + at.as_deref().unwrap_or_default())]);
    }
    let index = part.reader.inverted_index(field)?;
    let mut stream = index.terms().range().ge(name.as_bytes()).into_stream()?;
    let mut found = Vec::new();
    while stream.advance() && stream.key().starts_with(name.as_bytes()) {
        let token = String::from_utf8_lossy(stream.key()).into_owned();
        let fits = match &at {
            Some(at) => token.ends_with(at.as_str()),
            None => !token.contains('@'),
        };
        if fits {
            found.push(Lookup::Exact(token));
        }
    }
    Ok(found)
}

/// The documents whose title holds the matcher's entry, verified on the title.
fn titled(index: &Index, part: &Part, simplified: bool, matcher: &Matcher) -> Result<Docs> {
    let mut docs = part.none();
    let Some(entry) = matcher.entries().first() else { return Ok(docs) };
    let candidates = holding(part, index.fields.title, entry, simplified, &part.living())?;
    if candidates.is_empty() {
        return Ok(docs);
    }
    let store = part.reader.get_store_reader(1)?;
    for doc in candidates.iter() {
        let head = Stored::new(store.get(doc)?, index).head()?;
        let title = head.title.unwrap_or_default();
        let title = if simplified { orthography::simplified(&title) } else { title };
        if !matcher.find_all(&title, head.lang).is_empty() {
            docs.add(doc);
        }
    }
    Ok(docs)
}

fn field_of(fields: &Fields, field: FieldName) -> Option<Field> {
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
