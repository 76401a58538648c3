//! How a crawl tells where it is: a bar a source on a terminal, a line a minute otherwise.

use std::cell::RefCell;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use crawl::Event;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::visible;

/// Time between two lines where there is no terminal.
const LINE: Duration = Duration::from_secs(60);

/// The progress of one source.
pub struct Progress {
    bar: ProgressBar,
    quiet: bool,
    terminal: bool,
    said: RefCell<Instant>,
}

impl Progress {
    /// Begins to tell of a source.
    pub fn new(source: &str, quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = ProgressBar::hidden();
        if terminal && !quiet {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            let style = "{prefix:12} {wide_bar} {pos}/{len} {eta} {msg}";
            if let Ok(style) = ProgressStyle::with_template(style) {
                bar.set_style(style);
            }
            bar.set_prefix(source.to_owned());
        }
        Self { bar, quiet, terminal, said: RefCell::new(Instant::now()) }
    }

    /// Takes in one step.
    pub fn show(&self, event: Event<'_>) {
        match event {
            Event::Listed { source, items } => {
                self.bar.set_length(items as u64);
                self.bar.set_message("listing");
                self.line(|| format!("{source}: listing, {items} items so far"));
            }
            Event::Tried { source, done, of } => {
                self.bar.set_message("");
                self.bar.set_length(of as u64);
                self.bar.set_position(done as u64);
                self.line(|| format!("{source}: {done} of {of} pages"));
            }
            Event::Waits { url, reason, millis } => {
                let line = format!("{url}: {reason}; again in {millis} ms");
                self.bar.suspend(|| eprintln!("{}", visible(&line)));
            }
        }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn line(&self, text: impl Fn() -> String) {
        let due = self.said.borrow().elapsed() >= LINE;
        if due && !self.quiet && !self.terminal {
            eprintln!("{}", visible(&text()));
            *self.said.borrow_mut() = Instant::now();
        }
    }
}
