//! A statement as it is indexed: half of its columns, borrowed from those of its partition.

use std::path::Path;

use corpus::partition::{self, Stamp};
use corpus::{Columns, Date, Genre, Lang, Role, Table, Texts};

use crate::Result;

/// What is indexed of a statement.
#[derive(Debug)]
pub(crate) struct StatementRow<'t> {
    pub id: &'t str,
    pub source: &'t str,
    pub country: &'t str,
    pub genre: Genre,
    pub title: Option<&'t str>,
    pub date: Option<Date>,
    pub issuer: &'t str,
    pub carrier: Option<&'t str>,
    pub url: &'t str,
    pub revision: u32,
    pub turns: Vec<TurnRow<'t>>,
}

/// A turn of it.
#[derive(Debug)]
pub(crate) struct TurnRow<'t> {
    pub n: u32,
    pub role: Role,
    pub speaker: Option<&'t str>,
    pub asker: Option<&'t str>,
    pub lang: Lang,
    pub text: &'t str,
}

impl<'t> StatementRow<'t> {
    const COLUMNS: [&'static str; 12] = [
        "id",
        "source",
        "country",
        "genre",
        "title",
        "date",
        "issuer",
        "carrier",
        "url",
        "revision",
        "revisions",
        "turns",
    ];

    /// What is read of a partition of statements, and its stamp.
    pub fn tables(path: &Path) -> Result<(Option<Stamp>, Vec<Table>)> {
        Ok(partition::read_columns(path, &Self::COLUMNS)?)
    }

    /// Adds the rows that hold what each statement says now.
    pub fn latest(table: &'t Table, rows: &mut Vec<Self>) -> Result<()> {
        let columns = table.columns();
        let texts = |name| columns.texts(name);
        let [id, source, country] = [texts("id")?, texts("source")?, texts("country")?];
        let [genre, title, date] = [texts("genre")?, texts("title")?, texts("date")?];
        let [issuer, carrier, url] = [texts("issuer")?, texts("carrier")?, texts("url")?];
        let revision = columns.numbers("revision")?;
        let latest = columns.numbers("revisions")?;
        let lists = columns.lists("turns")?;
        let turns = TurnColumns::of(lists.columns()?)?;
        for row in (0..table.rows()).filter(|row| revision[*row] == latest[*row]) {
            rows.push(Self {
                id: id.get(row),
                source: source.get(row),
                country: country.get(row),
                genre: genre.named(row)?,
                title: title.optional(row),
                date: date.optional(row).map(|_| date.named(row)).transpose()?,
                issuer: issuer.get(row),
                carrier: carrier.optional(row),
                url: url.get(row),
                revision: revision[row],
                turns: lists.of(row).map(|at| turns.turn(at)).collect::<Result<_>>()?,
            });
        }
        Ok(())
    }
}

struct TurnColumns<'t> {
    n: &'t [u32],
    role: Texts<'t>,
    speaker: Texts<'t>,
    asker: Texts<'t>,
    lang: Texts<'t>,
    text: Texts<'t>,
}

impl<'t> TurnColumns<'t> {
    fn of(columns: Columns<'t>) -> Result<Self> {
        Ok(Self {
            n: columns.numbers("n")?,
            role: columns.texts("role")?,
            speaker: columns.texts("speaker")?,
            asker: columns.texts("asker")?,
            lang: columns.texts("lang")?,
            text: columns.texts("text")?,
        })
    }

    fn turn(&self, at: usize) -> Result<TurnRow<'t>> {
        Ok(TurnRow {
            n: self.n[at],
            role: self.role.named(at)?,
            speaker: self.speaker.optional(at),
            asker: self.asker.optional(at),
            lang: self.lang.named(at)?,
            text: self.text.get(at),
        })
    }
}
