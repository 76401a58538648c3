//! The codebook part of `demarche check`: terms to mend, and what the entries match in the corpus.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use pipeline::CODEBOOK;
use serde_json::{Value, json};
use tag::Codebook;
use tag::codebook::{self, Finding, Form, Surrounding, Survey};

use super::super::codebook::{each_statement, load};
use crate::global::Global;
use crate::output::visible;

/// How the codebook is looked through.
#[derive(Args)]
pub struct CodebookArgs {
    /// The codebook: its name, or the folder that holds it
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = CODEBOOK)]
    pub codebook: Option<String>,
    /// Of the codebook, at most so many forms an entry
    #[arg(long, default_value_t = 8, value_name = "N")]
    pub top: usize,
    /// A longer string is listed from this share of its form's places on
    #[arg(long, default_value_t = 0.1, value_name = "SHARE")]
    pub share: f64,
    /// A longer string is listed from so many places on
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub least: u64,
    /// Of the codebook, every note on a line of its own, those that it decides with their reason
    #[arg(long)]
    pub notes: bool,
}

/// What was found of a codebook.
pub struct Checked<'a> {
    args: &'a CodebookArgs,
    name: &'a str,
    /// What is to be said of its terms; `None` where the configuration's check has said it.
    findings: Option<Vec<Finding>>,
    /// What its entries match; `None` without a corpus.
    survey: Option<Survey>,
}

/// Looks a codebook through, with the corpus where there is one.
pub fn check<'a>(global: &Global, args: &'a CodebookArgs, name: &'a str) -> Result<Checked<'a>> {
    let book = load(global, name)?;
    let findings = Some(codebook::check(&book)?);
    Ok(Checked { args, name, findings, survey: matched(global, &book)? })
}

/// What the configured codebook matches in the corpus; `None` where it cannot be read.
pub fn survey<'a>(global: &Global, args: &'a CodebookArgs) -> Result<Option<Checked<'a>>> {
    let Ok(book) = load(global, CODEBOOK) else { return Ok(None) };
    let survey = matched(global, &book)?;
    Ok(Some(Checked { args, name: CODEBOOK, findings: None, survey }))
}

fn matched(global: &Global, book: &Codebook) -> Result<Option<Survey>> {
    if !global.corpus.is_dir() {
        eprintln!("no corpus at {}: the terms alone are checked", global.corpus.display());
        return Ok(None);
    }
    let mut survey = Survey::new(book)?;
    each_statement(global, |statement| survey.add(statement))?;
    Ok(Some(survey))
}

impl Checked<'_> {
    /// How many findings are to be mended.
    pub fn problems(&self) -> usize {
        self.findings.iter().flatten().filter(|finding| finding.kind.is_problem()).count()
    }

    /// The page of it.
    pub fn tell(&self, out: &mut impl Write) -> std::io::Result<()> {
        if let Some(survey) = &self.survey {
            out.write_all(visible(&survey_page(self.args, survey)).as_bytes())?;
        }
        if let Some(findings) = &self.findings {
            let page = findings_page(self.name, findings, self.args.notes);
            out.write_all(visible(&page).as_bytes())?;
        }
        Ok(())
    }

    /// The same as JSON.
    pub fn json(&self) -> Value {
        as_json(self.args, self.name, self.findings.as_deref(), self.survey.as_ref())
    }
}

/// Examples of the notes of an entry.
const EXAMPLES: usize = 3;

/// The sum first, then what is to mend, then the notes by entry, or one by one.
fn findings_page(name: &str, findings: &[Finding], each: bool) -> String {
    let (problems, notes): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|finding| finding.kind.is_problem());
    let (decided, open): (Vec<&Finding>, Vec<&Finding>) =
        notes.into_iter().partition(|note| note.decided.is_some());
    let mut page = format!(
        "Codebook {name}: {} to mend, {} notes, {} more that the codebook decides\n",
        problems.len(),
        open.len(),
        decided.len()
    );
    for finding in problems {
        page.push_str(&format!("mend  {}: {}\n", finding.code, finding.message));
    }
    for notes in open.chunk_by(|a, b| a.code == b.code) {
        if each {
            notes.iter().for_each(|n| page.push_str(&format!("note  {}: {}\n", n.code, n.message)));
            continue;
        }
        let shown: Vec<&str> = notes.iter().take(EXAMPLES).map(|n| n.message.as_str()).collect();
        let more = notes.len().saturating_sub(EXAMPLES);
        let more = if more > 0 { format!("; {more} more") } else { String::new() };
        page.push_str(&format!("note  {}: {}{more}\n", notes[0].code, shown.join("; ")));
    }
    for note in decided.iter().filter(|_| each) {
        let reason = note.decided.as_deref().unwrap_or_default();
        page.push_str(&format!("decided  {}: {} ({reason})\n", note.code, note.message));
    }
    if !each && (!open.is_empty() || !decided.is_empty()) {
        page.push_str(
            "--notes lists every note; a [[decided]] table in the codebook keeps one from \
                       being told again\n",
        );
    }
    page
}

/// By entry: forms with examples, then what stands around them.
fn survey_page(args: &CodebookArgs, survey: &Survey) -> String {
    let (forms, around) = (survey.forms(), survey.surroundings(args.share, args.least));
    let mut page = String::new();
    for entry in forms.chunk_by(|a, b| a.code == b.code) {
        let all: u64 = entry.iter().map(|form| form.count).sum();
        page.push_str(&format!("{}: {all} places, {} forms\n", entry[0].code, entry.len()));
        for form in top(args, entry) {
            page.push_str(&format!("  {:>7}  {}  | {}\n", form.count, form.form, form.example));
            let longer = around.iter().filter(|s| s.code == form.code && s.form == form.form);
            let longer: Vec<String> = longer.map(|s| format!("{} {}", s.longer, s.count)).collect();
            if !longer.is_empty() {
                page.push_str(&format!("           inside: {}\n", longer.join(", ")));
            }
        }
    }
    let unmatched = survey.unmatched();
    if !unmatched.is_empty() {
        page.push_str(&format!("matched nothing: {}\n", unmatched.join(", ")));
    }
    page.push('\n');
    page
}

fn top<'f>(args: &CodebookArgs, entry: &'f [Form]) -> impl Iterator<Item = &'f Form> {
    entry.iter().take(args.top)
}

fn as_json(
    args: &CodebookArgs,
    name: &str,
    findings: Option<&[Finding]>,
    survey: Option<&Survey>,
) -> Value {
    let one = |f: &Finding| {
        json!({
            "code": f.code, "problem": f.kind.is_problem(), "message": f.message,
            "decided": f.decided,
            "lang": f.term.as_ref().map(|(lang, _)| lang.code()),
            "term": f.term.as_ref().map(|(_, term)| term),
        })
    };
    let told: Option<Vec<Value>> = findings.map(|all| all.iter().map(one).collect());
    let all = survey.map(Survey::forms).unwrap_or_default();
    let forms: Vec<&Form> =
        all.chunk_by(|a, b| a.code == b.code).flat_map(|entry| top(args, entry)).collect();
    let around: Vec<Surrounding> =
        survey.map(|s| s.surroundings(args.share, args.least)).unwrap_or_default();
    json!({
        "codebook": name, "findings": told, "forms": forms, "surroundings": around,
        "unmatched": survey.map(Survey::unmatched),
    })
}
