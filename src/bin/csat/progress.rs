//! A progress bar on a terminal's stderr, for work that takes long enough to be noticed.

use std::cell::RefCell;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::Output;

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// Bytes read of bytes there are.
pub(crate) struct Progress {
    total: Option<u64>,
    shows: bool,
    start: Instant,
    bar: RefCell<Option<ProgressBar>>,
}

impl Progress {
    /// `total` is unknown for standard input.
    pub(crate) fn new(total: Option<u64>, output: &Output) -> Self {
        Self { total, shows: output.shows_progress(), start: Instant::now(), bar: RefCell::new(None) }
    }

    /// So many bytes are read.
    pub(crate) fn step(&self, bytes: u64) {
        if !self.shows || self.start.elapsed() < PATIENCE {
            return;
        }
        let mut bar = self.bar.borrow_mut();
        let bar = bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(self.total, ProgressDrawTarget::stderr());
            let template = if self.total.is_some() {
                "reading {bar:30} {bytes} of {total_bytes}, {eta} left"
            } else {
                "reading {spinner} {bytes}"
            };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar
        });
        bar.set_position(bytes);
    }

    /// The work is done: the bar goes away.
    pub(crate) fn done(&self) {
        if let Some(bar) = self.bar.borrow_mut().take() {
            bar.finish_and_clear();
        }
    }
}

/// Steps done of steps there are, told by any thread.
pub(crate) struct Steps {
    shows: bool,
    start: Instant,
    bar: Mutex<Option<ProgressBar>>,
}

impl Steps {
    pub(crate) fn new(output: &Output) -> Self {
        Self { shows: output.shows_progress(), start: Instant::now(), bar: Mutex::new(None) }
    }

    /// So many steps of so many are done.
    pub(crate) fn step(&self, done: u64, all: u64) {
        if !self.shows || self.start.elapsed() < PATIENCE {
            return;
        }
        let mut bar = self.bar.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("resampling {bar:30} {pos} of {len}, {eta} left")
            {
                bar.set_style(style);
            }
            bar
        });
        // Another group begins anew.
        bar.set_length(all);
        bar.set_position(done);
    }

    /// The work is done: the bar goes away.
    pub(crate) fn done(&self) {
        if let Some(bar) = self.bar.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }
}
