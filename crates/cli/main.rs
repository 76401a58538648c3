//! `demarche`: flags in, pages and exit codes out. All work is done by the libraries.

mod args;
mod commands;
mod format;
mod global;
mod output;
mod progress;
mod stages;
mod target;

use clap::Parser;

use args::{Arguments, Command};

fn main() -> std::process::ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return output::refuse(&error),
    };
    let (global, command) = (arguments.global, arguments.command);
    global.tell_where();
    let done = match command {
        Command::Crawl(args) => commands::crawl::run(&global, &args),
        Command::Changes(args) => commands::changes::run(&global, &args),
        Command::Import(args) => commands::import::run(&global, &args),
        Command::Run(args) => commands::run::run(&global, &args),
        Command::Normalize => commands::run::normalize(&global),
        Command::Tag => commands::run::tag(&global),
        Command::Index => commands::run::index(&global),
        Command::Search(args) => commands::search::run(&global, &args),
        Command::Kwic(args) => commands::kwic::run(&global, &args),
        Command::Show(args) => commands::show::run(&global, &args),
        Command::Attribute(args) => commands::attribute::run(&global, &args),
        Command::Sample(args) => commands::sample::run(&global, &args),
        Command::Evaluate(args) => commands::evaluate::run(&global, &args),
        Command::Explain(args) => commands::explain::run(&global, &args),
        Command::Check(args) => commands::check::run(&global, &args),
        Command::Report(args) => commands::report::run(&global, &args),
        Command::Export(args) => commands::export::run(&global, &args),
        Command::Doctor(args) => commands::doctor::run(&global, &args),
        Command::Schedule(args) => commands::schedule::run(&global, &args),
        Command::Rejects(args) => commands::rejects::run(&global, &args),
        Command::Coverage(args) => commands::coverage::run(&global, &args),
        Command::Verify(args) => commands::verify::run(&global, &args),
        Command::Codebook(args) => commands::codebook::run(&global, &args),
        Command::Config(args) => commands::config::run(&global, &args),
        Command::Votes(args) => commands::votes::run(&global, &args),
    };
    output::finish(done, global.json)
}
