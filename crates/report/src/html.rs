//! The findings as one self-contained HTML page: no network, no foreign script, readable on a
//! phone, in print, light and dark. Every number opens the segments behind it.

use std::io::Write;

use askama::Template;
use measure::{Findings, VerdictKind};
use votes::VoteFindings;

use crate::Result;
use crate::chart::{Chart, charts};
use crate::grid::{Cell, Grid, grids};
use crate::proof::{proof, runs};
use crate::told::{Told, told};
use crate::votes_html::votes_section;

/// Writes `findings`, and the study's `votes` where it has any, as one HTML page.
///
/// # Errors
/// Where the template fails or `out` refuses bytes.
pub fn html(findings: &Findings, votes: Option<&VoteFindings>, out: &mut impl Write) -> Result<()> {
    let told = told(findings);
    let tables: Vec<Vec<Grid>> = told.iter().map(|one| grids(findings, one)).collect();
    let page = Page {
        findings,
        contents: told.iter().zip(&tables).map(|(one, grids)| contents(one, grids)).collect(),
        grids: tables.into_iter().flatten().collect(),
        charts: charts(findings, &told),
        provenance: provenance(findings),
        votes: votes.map(votes_section).transpose()?,
        proof: proof(findings)?,
    };
    let mut text = page.render()?;
    text.push('\n');
    out.write_all(text.as_bytes())?;
    Ok(())
}

/// What the report names about its own making, as pairs of name and value.
pub(crate) fn provenance(findings: &Findings) -> Vec<(&'static str, String)> {
    let made = &findings.provenance;
    let digest = |d: &Option<corpus::Digest>| d.as_ref().map(ToString::to_string);
    let pairs = [
        ("program", (!made.program.is_empty()).then(|| made.program.clone())),
        ("codebook", (!made.codebook.is_empty()).then(|| made.codebook.clone())),
        ("codebook digest", digest(&made.codebook_digest)),
        ("corpus digest", digest(&made.corpus_digest)),
        ("root digest", digest(&made.root)),
        ("as of", made.as_of.clone().or_else(|| Some("the latest revisions".to_owned()))),
    ];
    pairs.into_iter().filter_map(|(name, value)| value.map(|v| (name, v))).collect()
}

/// A table's title with the anchors of its grids, the study's topic first; those after have a name.
fn contents(told: &Told<'_>, grids: &[Grid]) -> (String, Vec<(String, &'static str)>) {
    let name = |place: usize| if place == 0 { "" } else { "all topics" };
    let places = grids.iter().enumerate().map(|(place, grid)| (grid.id.clone(), name(place)));
    (told.table.title.clone(), places.collect())
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    findings: &'a Findings,
    grids: Vec<Grid>,
    charts: Vec<Chart>,
    provenance: Vec<(&'static str, String)>,
    /// Each table's title with the anchors and names of its grids.
    contents: Vec<(String, Vec<(String, &'static str)>)>,
    /// The section on votes, rendered.
    votes: Option<String>,
    /// The evidence, as JSON inside a script element.
    proof: String,
}

impl Page<'_> {
    /// The charts of a grid.
    fn charts_of(&self, grid: &Grid) -> Vec<&Chart> {
        self.charts.iter().filter(|c| c.grid == grid.id).collect()
    }

    /// The outer headings of a grid with how many columns each spans; none where there is one
    /// level only.
    fn groups(&self, grid: &Grid) -> Vec<(String, usize)> {
        let mut groups: Vec<(String, usize)> = Vec::new();
        if grid.columns.iter().all(|c| c.len() < 2) {
            return groups;
        }
        for column in &grid.columns {
            let head = column.first().cloned().unwrap_or_default();
            match groups.last_mut() {
                Some((last, span)) if *last == head => *span += 1,
                _ => groups.push((head, 1)),
            }
        }
        groups
    }

    /// The inner heading of a column.
    fn head(&self, column: &[String]) -> String {
        let inner = if column.len() > 1 { &column[1..] } else { column };
        inner.iter().filter(|c| !c.is_empty()).cloned().collect::<Vec<_>>().join(", ")
    }

    fn period(&self) -> String {
        self.findings.period.replace('/', " to ")
    }

    /// Words in which no line ends between a number and its sign.
    fn joined(&self, words: &str) -> String {
        let words = words.replace(" %", "\u{a0}%").replace(" pp", "\u{a0}pp");
        words.replace("adjusted p ", "adjusted p\u{a0}").replace("< 0.001", "<\u{a0}0.001")
    }

    /// The labels of a row but the first, for pages too narrow for their columns.
    fn rest(&self, labels: &[String]) -> String {
        let rest = labels.iter().skip(1).filter(|label| !label.is_empty());
        rest.cloned().collect::<Vec<_>>().join(", ")
    }

    fn order(&self, cell: &Cell) -> String {
        cell.order.map(|v| v.to_string()).unwrap_or_default()
    }

    fn runs(&self, places: &[u32]) -> String {
        runs(places)
    }

    /// What a cell's number opens, as attributes for the script: segments where it counts places
    /// in texts, statements where it counts texts.
    fn opens(&self, cell: &Cell) -> Option<String> {
        let (name, places, total) = match (cell.evidence.as_slice(), cell.documents.as_slice()) {
            ([], []) => return None,
            ([], texts) => ("d", texts, cell.texts),
            (segments, _) => ("e", segments, cell.total),
        };
        let opens = format!(r#"data-{name}="{}" data-total="{total}""#, runs(places));
        match &cell.number {
            Some(number) if total > places.len() as u64 => {
                Some(format!(r#"{opens} data-number="{number}""#))
            }
            _ => Some(opens),
        }
    }

    /// How many claims came out how.
    fn verdicts(&self) -> String {
        let of = |kind: VerdictKind| {
            let count = self.findings.claims.iter().filter(|c| c.verdict == kind).count();
            format!("{count} {}", kind.name())
        };
        let kinds = [VerdictKind::Supported, VerdictKind::Contradicted, VerdictKind::NotDecidable];
        format!("Here: {} with this corpus.", kinds.map(of).join(", "))
    }

    fn class(&self, verdict: &VerdictKind) -> &'static str {
        match verdict {
            VerdictKind::Supported => "supported",
            VerdictKind::Contradicted => "contradicted",
            VerdictKind::NotDecidable => "open",
        }
    }
}
