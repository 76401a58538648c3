//! `replay [--port N] [--ca FILE] [--fault KIND=URL]... FOLDER_OR_WARC...`: serves until it is
//! stopped and prints its address. KIND is reset, gzip, length, endless, silence, a status such as
//! 500 or 429, or latency; the fault lasts.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use replay::{Content, Fault, Server};

fn main() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("replay: {error}");
            ExitCode::from(2)
        }
    }
}

fn serve() -> std::io::Result<()> {
    let (mut content, mut port, mut ca) = (Content::default(), 0, None);
    let mut faults = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_default();
        match argument.as_str() {
            "--port" => port = value().parse().map_err(std::io::Error::other)?,
            "--fault" => faults.push(fault(&value())?),
            "--ca" => ca = Some(PathBuf::from(value())),
            _ => {
                let path = PathBuf::from(argument);
                if path.is_dir() {
                    content.add_folder(&path)?;
                } else {
                    content.add_warc(&path)?;
                }
            }
        }
    }
    let pages = content.len();
    let server = Server::start(content, port)?;
    for (url, fault) in faults {
        server.fail(&url, fault, u32::MAX);
    }
    if let Some(path) = ca {
        std::fs::write(path, server.ca_pem())?;
    }
    println!("{} serves {pages} pages", server.proxy());
    loop {
        std::thread::park();
    }
}

/// `KIND=URL`
fn fault(text: &str) -> std::io::Result<(String, Fault)> {
    let (kind, url) = text.split_once('=').unwrap_or((text, ""));
    let fault = match kind {
        "reset" => Fault::Reset,
        "gzip" => Fault::TruncatedGzip,
        "length" => Fault::WrongLength,
        "endless" => Fault::Endless,
        "silence" => Fault::Silence,
        "latency" => Fault::Latency(Duration::from_secs(5)),
        status => {
            let status = status.parse();
            let status = status.map_err(|_| {
                std::io::Error::other(format!("--fault {text}: no kind of fault `{kind}`"))
            })?;
            Fault::Status(status, (status == 429).then_some(1))
        }
    };
    Ok((url.to_owned(), fault))
}
