//! The server: one thread a connection, one answer a request.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use rustls::{ServerConnection, StreamOwned};

use crate::content::key;
use crate::script::Script;
use crate::tls::Authority;
use crate::{Asked, Content, Fault, Reply};

/// One request as it came in.
#[derive(Debug, Clone)]
pub struct Request {
    /// `host/path?query`
    pub address: String,
    /// When it came in.
    pub at: Instant,
    /// What was answered; 0 for a fault.
    pub status: u16,
    /// The request's head.
    pub head: Vec<String>,
}

/// A running server; it ends with the process.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    content: Mutex<Content>,
    faults: Mutex<BTreeMap<String, Vec<(Fault, u32)>>>,
    log: Mutex<Vec<Request>>,
    script: Mutex<Option<Arc<Script>>>,
    /// Requests being answered now, and the most there were at once.
    busy: Mutex<(usize, usize)>,
    authority: Authority,
}

impl Server {
    /// Serves `content` on 127.0.0.1; port 0 takes a free one.
    ///
    /// # Errors
    /// Where the port is taken.
    pub fn start(content: Content, port: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            content: Mutex::new(content),
            faults: Mutex::default(),
            log: Mutex::default(),
            script: Mutex::default(),
            busy: Mutex::default(),
            authority: Authority::new()?,
        });
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Head and body are written apart: without this each answer waits for an ACK.
                let _ = stream.set_nodelay(true);
                let shared = Arc::clone(&serving);
                std::thread::spawn(move || shared.connection(stream));
            }
        });
        Ok(Self { address, shared })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:<port>`, to be used as a proxy.
    pub fn proxy(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The certificate, in PEM, of the authority that signs for every https host.
    pub fn ca_pem(&self) -> &str {
        self.shared.authority.pem()
    }

    /// The pages, to be changed while it runs.
    pub fn content(&self) -> MutexGuard<'_, Content> {
        locked(&self.shared.content)
    }

    /// Serves `fault` for the next `times` requests of an address, then the page again.
    pub fn fail(&self, url: &str, fault: Fault, times: u32) {
        locked(&self.shared.faults).entry(key(url)).or_default().push((fault, times));
    }

    /// Lets `script` answer first; where it has no answer, the pages have.
    pub fn script(&self, script: impl Fn(&Asked) -> Option<Reply> + Send + Sync + 'static) {
        *locked(&self.shared.script) = Some(Arc::new(Box::new(script)));
    }

    /// The most requests that were being answered at once.
    pub fn peak(&self) -> usize {
        locked(&self.shared.busy).1
    }

    /// All requests so far.
    pub fn log(&self) -> Vec<Request> {
        locked(&self.shared.log).clone()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// Serves a connection until the other side has enough; its errors concern nobody else.
    fn connection(&self, stream: TcpStream) {
        let mut reader = BufReader::new(stream);
        let Ok(Some(head)) = read_head(&mut reader) else { return };
        let line = head.first().map_or("", String::as_str);
        if let Some(target) = line.strip_prefix("CONNECT ") {
            let host = target.split([':', ' ']).next().unwrap_or("").to_owned();
            let _ = self.tunnel(reader.into_inner(), &host);
            return;
        }
        let _ = self.conversation(&mut reader, head, None);
    }

    fn tunnel(&self, mut stream: TcpStream, host: &str) -> Result<()> {
        write!(stream, "HTTP/1.1 200 Connection established\r\n\r\n")?;
        let config = self.authority.server(host)?;
        let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
        let mut reader = BufReader::new(StreamOwned::new(connection, stream));
        if let Some(head) = read_head(&mut reader)? {
            self.conversation(&mut reader, head, Some(host))?;
        }
        Ok(())
    }

    fn conversation<S: Read + Write>(
        &self,
        reader: &mut BufReader<S>,
        mut head: Vec<String>,
        host: Option<&str>,
    ) -> Result<()> {
        loop {
            let length = field(&head, "content-length").and_then(|l| l.parse().ok()).unwrap_or(0);
            let mut body = vec![0; usize::min(length, 1 << 20)];
            reader.read_exact(&mut body)?;
            {
                let mut busy = locked(&self.busy);
                busy.0 += 1;
                busy.1 = busy.1.max(busy.0);
            }
            let answered = self.answer(reader.get_mut(), &head, &body, host);
            locked(&self.busy).0 -= 1;
            if !answered? {
                return reader.get_mut().flush();
            }
            head = match read_head(reader)? {
                Some(head) => head,
                None => return Ok(()),
            };
        }
    }

    /// Answers one request; `false` where the connection is to be closed.
    fn answer(
        &self,
        out: &mut dyn Write,
        head: &[String],
        body: &[u8],
        host: Option<&str>,
    ) -> Result<bool> {
        let address = address(head, host);
        let fault = self.fault(&address);
        let mut request = Request { address, at: Instant::now(), status: 0, head: head.to_vec() };
        if let Some(fault) = fault {
            let address = request.address.clone();
            locked(&self.log).push(request.clone());
            if fault.serve(out)? {
                return Ok(false);
            }
            locked(&self.log).retain(|r| r.address != address || r.at != request.at);
        }
        let method = head.first().and_then(|l| l.split(' ').next()).unwrap_or("").to_owned();
        let asked = Asked {
            method,
            address: request.address.clone(),
            head: head.to_vec(),
            body: String::from_utf8_lossy(body).into_owned(),
        };
        let script = locked(&self.script).clone();
        if let Some(reply) = script.and_then(|script| script(&asked)) {
            request.status = reply.status;
            locked(&self.log).push(request);
            write!(out, "HTTP/1.1 {} Scripted\r\n", reply.status)?;
            for (name, value) in &reply.headers {
                write!(out, "{name}: {value}\r\n")?;
            }
            write!(out, "Content-Length: {}\r\n\r\n", reply.body.len())?;
            out.write_all(&reply.body)?;
            out.flush()?;
            return Ok(true);
        }
        let page = locked(&self.content).page(&request.address).cloned();
        let etag = page.as_ref().map(|p| p.etag());
        let known = field(head, "if-none-match");
        request.status = match &etag {
            None => 404,
            Some(etag) if known == Some(etag) => 304,
            Some(_) => 200,
        };
        let status = request.status;
        locked(&self.log).push(request);
        let etag = etag.map(|e| format!("ETag: {e}\r\n")).unwrap_or_default();
        match page {
            Some(page) if status == 200 => {
                let length = page.body.len();
                write!(
                    out,
                    "HTTP/1.1 200 OK\r\nContent-Type: {}\r\n{etag}Content-Length: {length}\r\n\r\n",
                    page.media_type
                )?;
                out.write_all(&page.body)?;
            }
            Some(_) => write!(out, "HTTP/1.1 304 Not Modified\r\n{etag}\r\n")?,
            None => {
                let body = "<html><title>missing</title><h1>404</h1></html>";
                let kind = "Content-Type: text/html\r\n";
                let length = body.len();
                write!(
                    out,
                    "HTTP/1.1 404 Not Found\r\n{kind}Content-Length: {length}\r\n\r\n{body}"
                )?;
            }
        }
        out.flush()?;
        Ok(true)
    }

    fn fault(&self, address: &str) -> Option<Fault> {
        let mut faults = locked(&self.faults);
        let queue = faults.get_mut(address)?;
        let (fault, times) = queue.first_mut()?;
        let fault = fault.clone();
        *times = times.saturating_sub(1);
        if *times == 0 {
            queue.remove(0);
        }
        Some(fault)
    }
}

/// `host/path?query` of a request: absolute as proxies get it, or with its `Host`.
fn address(head: &[String], host: Option<&str>) -> String {
    let target = head.first().and_then(|l| l.split(' ').nth(1)).unwrap_or("/");
    // A proxy is asked for a whole address; a path may hold one further on.
    if target.starts_with("http://") || target.starts_with("https://") {
        return key(target);
    }
    let host = host.or_else(|| field(head, "host")).unwrap_or("");
    key(&format!("http://{host}{target}"))
}

fn field<'h>(head: &'h [String], name: &str) -> Option<&'h str> {
    head.iter().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// The lines of a request's head; `None` where the other side has closed.
fn read_head(reader: &mut impl BufRead) -> Result<Option<Vec<String>>> {
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_end();
        if line.is_empty() {
            return Ok(Some(head));
        }
        head.push(line.to_owned());
    }
}
