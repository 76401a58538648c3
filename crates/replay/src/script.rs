//! Answers that are made when they are asked for: forms, sessions, an index with parameters.

use std::collections::BTreeMap;

/// One request as a script sees it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// `GET`, `POST`
    pub method: String,
    /// `host/path?query`
    pub address: String,
    /// The lines of its head.
    pub head: Vec<String>,
    /// What came after the head.
    pub body: String,
}

impl Asked {
    /// A header field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.head.iter().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let cookies = self.field("cookie")?.split(';');
        cookies.filter_map(|c| c.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v)
    }

    /// The parameters of the address and of a form in the body.
    pub fn parameters(&self) -> BTreeMap<String, String> {
        let query = self.address.split_once('?').map_or("", |(_, query)| query);
        let pairs = query.split('&').chain(self.body.split('&'));
        let pair = |p: &str| p.split_once('=').map(|(n, v)| (decoded(n), decoded(v)));
        pairs.filter_map(pair).collect()
    }
}

/// The answer of a script.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// Status.
    pub status: u16,
    /// Header fields beside the length.
    pub headers: Vec<(String, String)>,
    /// Its bytes.
    pub body: Vec<u8>,
}

impl Reply {
    /// A page with status 200.
    pub fn page(media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, headers: vec![], body: body.into() }.with("Content-Type", media_type)
    }

    /// A status with a location.
    pub fn moved(status: u16, to: &str) -> Self {
        Self { status, ..Self::default() }.with("Location", to)
    }

    /// The same with one more header field.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// Makes an answer, or leaves it to the pages that there are.
pub(crate) type Script = Box<dyn Fn(&Asked) -> Option<Reply> + Send + Sync>;

/// Undoes `+` and percent-encoding.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let hex: String = rest.by_ref().take(2).map(char::from).collect();
                bytes.push(u8::from_str_radix(&hex, 16).unwrap_or(b'?'));
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
