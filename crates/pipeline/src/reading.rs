//! The reading of captures: what `normalize` needs beside the bytes, and its digest.

use corpus::archive::Stored;
use corpus::source::{Config, Sources};
use corpus::{Capture, Digest, Digester, Reject};
use normalize::{Outlets, TableReadings};

use crate::Result;

/// Sources and outlets, as captures are read with them.
pub struct Reading {
    /// All declared sources.
    pub sources: Sources,
    outlets: Outlets,
    digest: Digest,
}

/// Digest of all in `config` that decides how bytes are read, whether it parses or not.
///
/// # Errors
/// Where a file cannot be read.
pub(crate) fn digest(config: &Config) -> Result<Digest> {
    let mut digester = Digester::default();
    for (path, text) in config.files("sources", "toml")? {
        digester.field(path.file_name().unwrap_or_default().as_encoded_bytes());
        digester.field(text.as_bytes());
    }
    digester.field(config.file("outlets.toml")?.as_bytes());
    digester.field(&normalize::VERSION.to_le_bytes());
    Ok(digester.finish())
}

impl Reading {
    /// Reads sources and outlets of `config`.
    ///
    /// # Errors
    /// Where a file of the configuration does not parse.
    pub fn load(config: &Config) -> Result<Self> {
        Ok(Self {
            sources: Sources::load(config)?,
            outlets: Outlets::load(config)?,
            digest: digest(config)?,
        })
    }

    /// Digest of all that decides how bytes are read.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The rows of an imported table.
    pub fn table(
        &self,
        name: &str,
        bytes: &[u8],
        digest: &Digest,
        source: Option<&str>,
    ) -> TableReadings {
        normalize::read_table(name, bytes, digest, &self.sources, source, &self.outlets)
    }

    /// What one archived item says.
    pub fn stored(&self, stored: Stored) -> (Vec<normalize::Reading>, Vec<Reject>) {
        match stored {
            Stored::Reject(reject) => {
                let source = reject.source.clone().or_else(|| self.source_at(&reject.url));
                (Vec::new(), vec![Reject { source, ..reject }])
            }
            Stored::Table { name, bytes, digest, source } => {
                let read = self.table(&name, &bytes, &digest, source.as_deref());
                (read.readings, read.rejects)
            }
            Stored::Page(capture) => match self.page(&capture) {
                Ok(readings) => (readings, Vec::new()),
                Err(reject) => (Vec::new(), vec![reject]),
            },
        }
    }

    /// The source whose pages lie at an address, where there is one alone.
    fn source_at(&self, url: &str) -> Option<String> {
        match self.sources.at_address(url).as_slice() {
            [source] => Some(source.id.clone()),
            _ => None,
        }
    }

    fn page(&self, capture: &Capture) -> std::result::Result<Vec<normalize::Reading>, Reject> {
        let named = capture.source.as_deref().and_then(|id| self.sources.get(id));
        let sources =
            named.map_or_else(|| self.sources.at_address(&capture.url), |source| vec![source]);
        normalize::read_among(capture, &sources, &self.outlets)
    }
}
