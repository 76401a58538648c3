//! How the stages of a command are told: a bar on a terminal, a line a stage otherwise, nothing
//! with `-q`; with `-v` also what becomes of each file, and how long each stage took.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pipeline::{Progress, Reporter};

use crate::global::Global;
use crate::output::visible;

impl Global {
    /// Where a command's stages are told.
    pub fn reporter(&self) -> Reporter {
        if self.quiet {
            return Reporter::silent();
        }
        let teller = Mutex::new(Teller { bar: bar(), is_verbose: self.verbose > 0, stage: None });
        Reporter::new(move |progress| {
            teller.lock().unwrap_or_else(PoisonError::into_inner).tell(progress);
        })
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::hidden();
    if std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{msg:12} {wide_bar} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
    }
    bar
}

struct Teller {
    bar: ProgressBar,
    is_verbose: bool,
    /// The stage at work, since when.
    stage: Option<(String, Instant)>,
}

impl Teller {
    fn tell(&mut self, progress: Progress<'_>) {
        match progress {
            Progress::Started { stage, total } => {
                self.end();
                self.stage = Some((stage.to_owned(), Instant::now()));
                self.bar.reset();
                self.bar.set_message(stage.to_owned());
                self.bar.set_length(total);
            }
            Progress::Stepped(n) => self.bar.inc(n),
            Progress::Done(line) => self.say(line),
            Progress::Detail(line) if self.is_verbose => self.say(line),
            Progress::Detail(_) => {}
        }
    }

    /// The stage at work is over.
    fn end(&mut self) {
        let Some((stage, since)) = self.stage.take() else { return };
        if self.is_verbose {
            self.say(&format!("{stage} took {:.2} s", since.elapsed().as_secs_f64()));
        }
    }

    fn say(&self, line: &str) {
        self.bar.suspend(|| eprintln!("{}", visible(line)));
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.end();
        self.bar.finish_and_clear();
    }
}
