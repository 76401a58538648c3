//! `demarche verify`: whether every number of a bundle follows from its members.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use pipeline::bundle::{Verified, verify};
use pipeline::counted;

use crate::global::Global;
use crate::output::{Outcome, print_json, say, visible};

/// Which bundle.
#[derive(Args)]
pub struct VerifyArgs {
    /// The file that `demarche report --study S -o DIR --bundle FILE` wrote
    pub bundle: PathBuf,
    /// The root digest that the report prints; without it a bundle that was made again with other
    /// texts verifies too
    #[arg(long, value_name = "DIGEST")]
    pub expect: Option<String>,
}

pub fn run(global: &Global, args: &VerifyArgs) -> Result<Outcome> {
    global.start_threads()?;
    let scratch = tempfile::tempdir().context("cannot make a temporary folder to unpack into")?;
    match verify(&args.bundle, args.expect.as_deref(), scratch.path(), &global.reporter())? {
        Verified::Holds { root, members, unchecked } => {
            for what in &unchecked {
                eprintln!("note: {}", visible(what));
            }
            if global.json {
                print_json(&serde_json::json!({
                    "holds": true, "root": root, "members": members, "unchecked": unchecked,
                }))?;
            } else {
                let members = counted(members, "member");
                say(format_args!("{members}, every number follows from them; root digest {root}"))?;
            }
            Ok(Outcome::Done)
        }
        Verified::Differs(what) => {
            if global.json {
                print_json(&serde_json::json!({ "holds": false, "difference": what }))?;
            } else {
                say(visible(&what))?;
            }
            Ok(Outcome::Nothing)
        }
    }
}
