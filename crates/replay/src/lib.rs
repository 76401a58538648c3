//! A web on loopback, for tests and for the demo: it answers for any host out of folders and WARC
//! files, directly, as an HTTP proxy, and as an HTTPS proxy (CONNECT) that signs with a CA of its
//! own. Faults are served on demand and every request is logged with its time.
//!
//! It knows none of demarche's crates, so that it cannot share their mistakes.

mod content;
mod fault;
mod script;
mod server;
mod tls;

pub use content::{Content, Page};
pub use fault::Fault;
pub use script::{Asked, Reply};
pub use server::{Request, Server};
