//! The design of a sample: all that is needed to draw it again and to weight what people coded.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use corpus::Digest;
use serde::{Deserialize, Serialize};

use super::{Population, SamplingError, Stratifier};

/// How a sample was drawn, from what. Travels beside the sheet, in a workbook inside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// Twelve hex digits of the digest over all the rest: the sample's name, in each of its rows.
    pub sample: String,
    /// Program and version.
    pub program: String,
    /// Seed of the draw.
    pub seed: u64,
    /// Rows that were asked for.
    pub rows: u64,
    /// What the strata are made of, beside the side.
    pub by: Vec<Stratifier>,
    /// The share of the rows that was drawn from segments that name a target.
    pub over_draw: Option<f64>,
    /// The targets that count as named for it; all where the list is empty.
    pub targets: Vec<String>,
    /// What was drawn from.
    pub population: Population,
    /// Digest of the corpus.
    pub corpus: Digest,
    /// Digest over the texts that were drawn from and how they are cut.
    pub texts: Digest,
    /// Digest over what the machine coded in them at the time of the draw.
    pub codes: Digest,
    /// Segments that could be drawn.
    pub segments: u64,
    /// The strata.
    pub strata: Vec<Stratum>,
    /// Unit to the id of its stratum, for every row.
    pub units: BTreeMap<String, String>,
}

/// One stratum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    /// `S01`, as it stands in the rows; what it means stands here alone, so that rows stay blind.
    pub id: String,
    /// The side.
    pub side: String,
    /// What its segments have in common, `source` to `cn-mfa-zh`.
    pub of: BTreeMap<String, String>,
    /// Segments in it.
    pub segments: u64,
    /// Segments that were drawn.
    pub drawn: u64,
}

impl Stratum {
    /// The probability with which each of its segments was drawn.
    pub fn inclusion_probability(&self) -> f64 {
        self.drawn as f64 / self.segments as f64
    }
}

impl Design {
    /// The design with its name.
    pub(super) fn named(mut self) -> Result<Self, serde_json::Error> {
        self.sample.clear();
        let digest = Digest::of(&serde_json::to_vec(&self)?);
        self.sample = digest.short(12).to_owned();
        Ok(self)
    }

    /// The stratum of that id.
    pub fn stratum(&self, id: &str) -> Option<&Stratum> {
        self.strata.iter().find(|stratum| stratum.id == id)
    }

    /// Where the design of a sheet lies: `sample.csv` has `sample.csv.design.json`.
    pub fn path_beside(sheet: &Path) -> PathBuf {
        let mut name = sheet.as_os_str().to_owned();
        name.push(".design.json");
        name.into()
    }

    /// The design as it is written.
    ///
    /// # Errors
    /// What the encoder says.
    pub fn to_text(&self) -> Result<String, SamplingError> {
        let text = serde_json::to_string_pretty(self);
        Ok(text.map_err(|e| SamplingError::sheet(Path::new("design"), e))? + "\n")
    }

    /// Reads a design off `path`.
    ///
    /// # Errors
    /// Where the file cannot be read, is no design, or was changed by hand.
    pub fn read(path: &Path) -> Result<Self, SamplingError> {
        let text = std::fs::read_to_string(path).map_err(|e| SamplingError::sheet(path, e))?;
        Self::parse(path, &text)
    }

    /// Reads a design off the text of `path`.
    ///
    /// # Errors
    /// Where the text is no design or was changed by hand.
    pub fn parse(path: &Path, text: &str) -> Result<Self, SamplingError> {
        let wrong = |reason: &dyn std::fmt::Display| {
            SamplingError::sheet(path, format!("no design of a sample: {reason}"))
        };
        let design: Self = serde_json::from_str(text).map_err(|e| wrong(&e))?;
        let named = design.clone().named().map_err(|e| wrong(&e))?;
        match named.sample == design.sample {
            true => Ok(design),
            false => Err(SamplingError::sheet(
                path,
                "the design was changed after the draw: its digest is another than its name; \
                 the command that it names draws it again",
            )),
        }
    }
}
