//! What came back for one address, and what was sent for it.

use corpus::Time;
use reqwest::header::HeaderMap;
use url::Url;

/// A whole answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// Where it came from.
    pub url: Url,
    /// When.
    pub captured: Time,
    /// The request, as the archive keeps it.
    pub request: Vec<u8>,
    /// HTTP status.
    pub status: u16,
    /// Header fields, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The bytes as they came, transfer coding removed.
    pub payload: Vec<u8>,
    /// The bytes with content codings removed.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header field of that name, in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Whether its status says that the page is elsewhere.
    pub(crate) fn is_moved(&self) -> bool {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
    }

    /// Where it redirects to, as its header says.
    pub(crate) fn redirect(&self) -> Option<&str> {
        self.header("location").filter(|to| self.is_moved() && !to.trim().is_empty())
    }

    /// The body as text. What is valid UTF-8 is read as such, whatever the head claims; else the
    /// charset that the head, or the markup's beginning, declares.
    pub(crate) fn text(&self) -> String {
        if let Ok(text) = std::str::from_utf8(&self.body) {
            return text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        }
        let start = self.body.get(..self.body.len().min(2048)).unwrap_or_default();
        let start = String::from_utf8_lossy(start).to_ascii_lowercase();
        let declared = self.header("content-type").map(str::to_ascii_lowercase);
        let label = |text: &str| {
            let rest = text.get(text.find("charset=")? + 8..)?.trim_start_matches(['"', '\'']);
            let end = rest.find(['"', '\'', ';', ' ', '>', '/']).unwrap_or(rest.len());
            encoding_rs::Encoding::for_label(rest.get(..end)?.as_bytes())
        };
        let encoding = declared.as_deref().and_then(label).or_else(|| label(&start));
        encoding.unwrap_or(encoding_rs::UTF_8).decode(&self.body).0.into_owned()
    }
}

/// Header fields as text.
pub(crate) fn fields(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &reqwest::header::HeaderValue| {
        String::from_utf8_lossy(value.as_bytes()).into_owned()
    };
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

/// The request as it went out; never the proxy's credentials, which are not in it.
pub(crate) fn request_head(request: &reqwest::Request, agent: &str) -> Vec<u8> {
    let (url, method) = (request.url(), request.method());
    let target =
        url.query().map_or_else(|| url.path().to_owned(), |q| format!("{}?{q}", url.path()));
    let host = url.host_str().unwrap_or("");
    let port = url.port().map(|p| format!(":{p}")).unwrap_or_default();
    let mut head = format!("{method} {target} HTTP/1.1\r\nHost: {host}{port}\r\n");
    head.push_str(&format!("User-Agent: {agent}\r\n"));
    for (name, value) in fields(request.headers()) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
    if !body.is_empty() {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    [head.as_bytes(), body].concat()
}

/// The innermost cause of a transport error, after a stable word for its kind.
pub(crate) fn cause(error: &reqwest::Error) -> String {
    let kind = if error.is_timeout() {
        "timeout"
    } else if error.is_connect() {
        "cannot connect"
    } else if error.is_body() || error.is_decode() {
        "body breaks off"
    } else {
        "transport"
    };
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    let inner = inner.to_string();
    if inner == kind { inner } else { format!("{kind}: {inner}") }
}
