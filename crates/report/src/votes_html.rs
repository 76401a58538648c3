//! The votes of a study as a section of the HTML page: the vote matrix with letters in coloured
//! cells, the other tables under it.

use askama::Template;
use votes::VoteFindings;

use crate::Result;
use crate::votes_grid::{VoteTable, tables};

/// The section, from `<section` to `</section>`; its colours and sorting are the page's.
///
/// # Errors
/// Where the template fails.
pub(crate) fn votes_section(found: &VoteFindings) -> Result<String> {
    Ok(Section { found, tables: tables(found) }.render()?)
}

#[derive(Template)]
#[template(path = "votes.html")]
struct Section<'a> {
    found: &'a VoteFindings,
    tables: Vec<VoteTable>,
}

impl Section<'_> {
    /// The class of a cell: a vote's letter, a verdict, or none.
    fn class(&self, cell: &str) -> &'static str {
        match cell {
            "Y" => "vote y",
            "N" => "vote n",
            "A" => "vote a",
            "X" => "vote x",
            "contradicted" => "wrong",
            symbol if symbol.starts_with("A/RES/") || symbol.parse::<corpus::Date>().is_ok() => {
                "whole"
            }
            _ => "",
        }
    }

    /// What a letter stands for, for those who do not see the colour.
    fn words(&self, cell: &str) -> &'static str {
        match cell {
            "Y" => "yes",
            "N" => "no",
            "A" => "abstained",
            "X" => "did not vote",
            _ => "",
        }
    }
}
