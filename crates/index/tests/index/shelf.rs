//! A corpus in a temporary folder, filled with statements made on the spot.

use std::collections::BTreeMap;

use corpus::partition::{self, Stamp};
use corpus::{Coded, Corpus, Date, Digest, Genre, Lang, Role, Statement, Turn};
use index::{Filters, Found, Index, Options, Query, Totals};

/// A corpus that goes away with the test.
pub struct Shelf {
    pub corpus: Corpus,
    _folder: tempfile::TempDir,
}

impl Shelf {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let corpus = Corpus::create(folder.path().join("corpus")).unwrap();
        Self { corpus, _folder: folder }
    }

    /// An indexed corpus of one statement of one turn for each text.
    pub fn of(lang: Lang, texts: &[&str]) -> Self {
        let shelf = Self::new();
        let turns =
            |text: &&str| statement("rt-mfa", "2022-03-01", lang, &[(Role::Narration, *text)]);
        let mut statements: Vec<Statement> = texts.iter().map(turns).collect();
        for (n, statement) in statements.iter_mut().enumerate() {
            statement.id = format!("rt-mfa/2022-03-01/{n:012x}");
        }
        shelf.put(&statements, &[]);
        shelf.update();
        shelf
    }

    /// Writes the partitions that the statements belong to, and their codes.
    pub fn put(&self, statements: &[Statement], coded: &[Coded]) {
        let mut partitions: BTreeMap<String, (Vec<Statement>, Vec<Coded>)> = BTreeMap::new();
        let coded: BTreeMap<&str, &Coded> =
            coded.iter().map(|c| (c.statement.as_str(), c)).collect();
        for statement in statements {
            let month = statement.date.map_or("undated".to_owned(), |date| date.month());
            let file = format!("{}/{month}.parquet", statement.source);
            let (rows, codes) = partitions.entry(file).or_default();
            codes.extend(coded.get(statement.id.as_str()).map(|c| (*c).clone()));
            rows.push(statement.clone());
        }
        for (file, (rows, codes)) in partitions {
            let mut inputs = corpus::Digester::default();
            rows.iter().flat_map(|s| &s.turns).for_each(|turn| inputs.field(turn.text.as_bytes()));
            let stamp = Stamp { stage: "test/1".to_owned(), inputs: inputs.finish() };
            partition::write(&self.corpus.statements().join(&file), &rows, &stamp).unwrap();
            if !codes.is_empty() {
                partition::write(&self.corpus.coded().join(&file), &codes, &stamp).unwrap();
            }
        }
    }

    pub fn update(&self) -> index::Updated {
        index::update(&self.corpus, |_| {}).unwrap()
    }

    pub fn find(&self, query: &str, options: &Options) -> Found {
        let index = Index::open(&self.corpus).unwrap();
        index.find(&Query::parse(query).unwrap(), &Filters::default(), options).unwrap()
    }

    pub fn totals(&self, query: &str) -> Totals {
        self.find(query, &Options::default()).totals()
    }

    pub fn occurrences(&self, query: &str) -> u64 {
        self.totals(query).occurrences
    }
}

/// A statement in its only revision.
pub fn statement(source: &str, date: &str, lang: Lang, turns: &[(Role, &str)]) -> Statement {
    let words = format!("{source}{date}{turns:?}");
    let date: Option<Date> = date.parse().ok();
    let day = date.map_or("undated".to_owned(), |date| date.to_string());
    let digest = Digest::of(words.as_bytes());
    let turns = turns.iter().zip(1..).map(|((role, text), n)| Turn {
        n,
        role: *role,
        speaker: None,
        asker: None,
        lang,
        text: (*text).to_owned(),
    });
    Statement {
        id: format!("{source}/{day}/{}", digest.short(12)),
        source: source.to_owned(),
        country: "RT".to_owned(),
        genre: Genre::Statement,
        date,
        issuer: "MFA Ruritania".to_owned(),
        layout: "table:jsonl".to_owned(),
        text_digest: digest,
        ..Statement::of_turns(turns.collect())
    }
}
