//! What somebody at a terminal sees who waits longer than a second: a bar on stderr that goes away at the end. Programs, and
//! whoever asked for JSON, see nothing of it.

use crate::config::Config;
use indicatif::{ProgressBar, ProgressStyle};
use ledger::progress::Progress;
use std::{
    io::IsTerminal as _,
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread::JoinHandle,
    time::Duration,
};

/// Nobody needs to be told before.
const PATIENCE: Duration = Duration::from_secs(1);
/// Between two looks at how far it is.
const LOOK: Duration = Duration::from_millis(100);

/// A bar, from when somebody has waited long enough until this is dropped.
#[derive(Debug)]
pub struct Waiting {
    over: Option<Sender<()>>,
    drawing: Option<JoinHandle<()>>,
}

impl Waiting {
    /// Begins to wait for a piece of work, called `what`, whose counters are looked at from beside it, so that the work
    /// itself may take a thread whole.
    pub fn for_work(config: &Config, what: String, progress: Progress) -> Self {
        Self::with(
            is_shown(std::io::stderr().is_terminal(), config.is_json()),
            what,
            progress,
        )
    }

    /// The same where it is known whether anybody looks.
    pub fn with(shown: bool, what: String, progress: Progress) -> Self {
        if !shown {
            return Self {
                over: None,
                drawing: None,
            };
        }
        let (over, end) = mpsc::channel::<()>();
        let draw = move || {
            if end.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::no_length().with_message(what);
            loop {
                show(&bar, &progress);
                if end.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
                    bar.finish_and_clear();
                    return;
                }
            }
        };
        Self {
            over: Some(over),
            drawing: Some(std::thread::spawn(draw)),
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        drop(self.over.take());
        if let Some(drawing) = self.drawing.take() {
            // A bar that could not be drawn is nobody's loss.
            let _ = drawing.join();
        }
    }
}

/// Whether a bar is drawn at all.
pub const fn is_shown(terminal: bool, json: bool) -> bool {
    terminal && !json
}

/// Where somebody knows how much there is.
const BAR: &str = "{msg} {wide_bar} {human_pos}/{human_len} {eta}";
/// Where nobody does.
const WHEEL: &str = "{spinner} {msg} {elapsed}";

fn template(progress: &Progress) -> &'static str {
    if progress.seen().1 == 0 { WHEEL } else { BAR }
}

fn show(bar: &ProgressBar, progress: &Progress) {
    if let Ok(style) = ProgressStyle::with_template(template(progress)) {
        bar.set_style(style);
    }
    let (done, of) = progress.seen();
    if of > 0 {
        bar.set_length(of);
        bar.set_position(done.min(of));
    }
    bar.tick();
}

#[cfg(test)]
mod tests {
    use super::*;
    use indicatif::ProgressDrawTarget;

    #[test]
    fn nobody_but_a_person_at_a_terminal_sees_a_bar() {
        assert!(is_shown(true, false));
        for (terminal, json) in [(false, false), (false, true), (true, true)] {
            assert!(!is_shown(terminal, json));
        }
    }

    #[test]
    fn a_bar_tells_how_far_it_is_and_a_wheel_that_it_goes_on() {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let progress = Progress::default();
        show(&bar, &progress);
        assert_eq!((bar.length(), template(&progress)), (None, WHEEL));
        progress.begin(2_000);
        progress.reach(1_500);
        show(&bar, &progress);
        assert_eq!(
            (bar.length(), bar.position(), template(&progress)),
            (Some(2_000), 1_500, BAR)
        );
        progress.reach(2_500);
        show(&bar, &progress);
        assert_eq!(bar.position(), 2_000, "it never says more than all");
    }

    #[test]
    fn work_that_is_done_at_once_leaves_no_trace() {
        let waiting = Waiting::with(true, "quick".to_owned(), Progress::default());
        drop(waiting);
    }
}
