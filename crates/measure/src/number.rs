//! A number by its address, and the findings of one number alone.

use std::fmt;
use std::str::FromStr;

use crate::{Error, Figure, Findings, Result};

/// A table and the row of a figure in it, from 1: `blame/37`, as `csv/blame.csv` has it. Claims
/// are the table `claims`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The table's id.
    pub table: String,
    /// Its row, from 1.
    pub row: usize,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.table, self.row)
    }
}

impl FromStr for Number {
    type Err = String;

    fn from_str(written: &str) -> std::result::Result<Self, String> {
        let parts =
            written.split_once('/').and_then(|(table, row)| Some((table, row.parse().ok()?)));
        match parts {
            Some((table, row)) if !table.is_empty() && row > 0 => {
                Ok(Self { table: table.to_owned(), row })
            }
            _ => Err("a number is a table and a row of csv/TABLE.csv, such as blame/37".to_owned()),
        }
    }
}

impl Number {
    /// Its figure.
    pub fn of<'f>(&self, findings: &'f Findings) -> Option<&'f Figure> {
        let place = self.row.checked_sub(1)?;
        if self.table == CLAIMS {
            return findings.claims.get(place).map(|claim| &claim.figure);
        }
        findings.tables.iter().find(|table| table.id == self.table)?.figures.get(place)
    }

    /// Leaves its figure alone in the findings.
    pub(crate) fn alone(&self, findings: &mut Findings) -> Result<()> {
        let figure = self.of(findings).cloned();
        if figure.is_none() {
            return Err(Error::NoSuchNumber {
                number: self.to_string(),
                known: self.known(findings),
            });
        }
        let place = self.row - 1;
        let is_claim = self.table == CLAIMS;
        let mut number = 0..;
        findings.claims.retain(|_| number.next() == Some(place) && is_claim);
        findings.tables.retain(|table| table.id == self.table);
        for table in &mut findings.tables {
            table.figures = figure.iter().cloned().collect();
        }
        Ok(())
    }

    fn known(&self, findings: &Findings) -> String {
        let claims = (CLAIMS, findings.claims.len());
        let tables = findings.tables.iter().map(|table| (table.id.as_str(), table.figures.len()));
        let mut all = tables.chain([claims]);
        match all.clone().find(|(id, _)| *id == self.table) {
            Some((id, rows)) => format!("the rows of {id} are 1 to {rows}"),
            None => {
                let ids: Vec<&str> = all.by_ref().map(|(id, _)| id).collect();
                format!("the tables are {}", ids.join(", "))
            }
        }
    }
}

const CLAIMS: &str = "claims";

/// Which places, or texts, figures name.
#[derive(Debug, Clone)]
pub(crate) enum Named {
    /// All that they count.
    All,
    /// So many, the first.
    First(usize),
    /// All that this figure counts and none of any other; of no figure at all where it is `None`.
    Of(Option<Box<Figure>>),
}

impl Named {
    /// How many places must be kept of what any figure counts.
    pub fn kept(&self) -> usize {
        match self {
            Self::First(few) => *few,
            Self::All | Self::Of(_) => usize::MAX,
        }
    }

    /// How many places `figure` names.
    pub fn of(&self, figure: &Figure) -> usize {
        match self {
            Self::Of(only) if only.as_ref().is_some_and(|only| only.counts_like(figure)) => {
                usize::MAX
            }
            Self::Of(_) => 0,
            _ => self.kept(),
        }
    }
}
