//! `replay [--port N] [--ca FILE] FOLDER_OR_WARC...`: serves until it is stopped and prints its
//! address.

use std::path::PathBuf;
use std::process::ExitCode;

use replay::{Content, Server};

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
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_default();
        match argument.as_str() {
            "--port" => port = value().parse().map_err(std::io::Error::other)?,
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
    if let Some(path) = ca {
        std::fs::write(path, server.ca_pem())?;
    }
    println!("{} serves {pages} pages", server.proxy());
    loop {
        std::thread::park();
    }
}
