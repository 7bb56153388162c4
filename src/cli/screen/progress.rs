//! Progress of a run on standard error: a bar on a terminal, a plain line now and then elsewhere.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::cell::Cell;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Time between two plain lines.
const BETWEEN: Duration = Duration::from_secs(10);

/// Shows how far a run is.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    total: u64,
    begun: Instant,
    told: Cell<Instant>,
}

impl Progress {
    /// Of so many files.
    pub fn of(total: u64) -> Self {
        let now = Instant::now();
        let bar = std::io::stderr().is_terminal().then(|| {
            let target = ProgressDrawTarget::stderr_with_hz(5);
            let bar = ProgressBar::with_draw_target(Some(total), target);
            // The template is fixed text; where it did not parse the default style would serve.
            let template = "screening {wide_bar} {pos}/{len} files {per_sec} {eta} left";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_secs(1));
            bar
        });
        Self {
            bar,
            total,
            begun: now,
            told: Cell::new(now),
        }
    }

    /// So many files are done.
    pub fn done(&self, files: u64) {
        if let Some(bar) = &self.bar {
            return bar.set_position(files);
        }
        if self.told.get().elapsed() < BETWEEN {
            return;
        }
        self.told.set(Instant::now());
        if files == 0 {
            return eprintln!("specid: in the first of {} files", self.total);
        }
        let rate = files as f64 / self.begun.elapsed().as_secs_f64();
        let left = self.total.saturating_sub(files) as f64 / rate.max(1e-9);
        eprintln!(
            "specid: {files} of {} files, {rate:.1} a second, {} left",
            self.total,
            duration(left)
        );
    }

    /// Tells a sentence without disturbing the bar.
    pub fn tell(&self, sentence: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| eprintln!("specid: {sentence}")),
            None => eprintln!("specid: {sentence}"),
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn duration(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min {} s", seconds % 60),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_at_a_glance() {
        let told = [59.4, 61.0, 3725.0].map(duration);
        assert_eq!(told, ["59 s", "1 min 1 s", "1 h 2 min"]);
    }
}
