//! Watching folders: files are taken when they are complete.

use super::args::ScreenArgs;
use crate::screen::store::Seen;
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Longest time without a look at whether the user wants to stop.
const GLANCE: Duration = Duration::from_millis(200);

/// Files that were written to lately.
pub(super) struct Settling {
    wait: Duration,
    lately: HashMap<String, (Option<(u64, i64)>, Instant)>,
}

impl Settling {
    /// Files count as complete when nothing changed for `wait`.
    pub fn new(wait: Duration) -> Self {
        Self {
            wait,
            lately: HashMap::new(),
        }
    }

    /// Whether size and time of change are those of `wait` ago.
    pub fn is_settled(&mut self, seen: &Seen) -> bool {
        let now = Instant::now();
        let (stamp, since) = self
            .lately
            .entry(seen.name.clone())
            .or_insert((seen.stamp, now));
        if *stamp != seen.stamp {
            (*stamp, *since) = (seen.stamp, now);
            return false;
        }
        let settled = since.elapsed() >= self.wait;
        if settled {
            self.lately.remove(&seen.name);
        }
        settled
    }

    /// Whether files are waited for.
    pub fn is_waiting(&self) -> bool {
        !self.lately.is_empty()
    }
}

/// Tells that something happened in the folders. What happened is found by listing them again.
pub(super) struct Watcher {
    events: Receiver<()>,
    /// Kept, since it ends when it is dropped; `None` where the file system tells nothing.
    _watcher: Option<RecommendedWatcher>,
}

impl Watcher {
    /// Watches these names.
    pub fn of(names: &[PathBuf]) -> Self {
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(move |_| {
            // Nobody listens any more only when the program ends.
            let _ = sender.send(());
        });
        let watching = watcher.and_then(|mut watcher| {
            for name in names.iter().filter(|name| name.exists()) {
                watcher.watch(name, RecursiveMode::Recursive)?;
            }
            Ok(watcher)
        });
        let watching = match watching {
            Ok(watcher) => Some(watcher),
            Err(error) => {
                eprintln!(
                    "specid: the file system does not tell of changes ({error}); the folders are looked at every few seconds (--poll)"
                );
                None
            }
        };
        Self {
            events,
            _watcher: watching,
        }
    }

    /// Waits until something happened, files may be complete, it is time to look, or `stop` is set.
    pub fn wait(&self, args: &ScreenArgs, unsettled: bool, stop: &AtomicBool) {
        let begun = Instant::now();
        let longest = match unsettled {
            true => args.poll.min(args.settle.max(0.05)),
            false => args.poll,
        };
        let longest = Duration::from_secs_f64(longest);
        while begun.elapsed() < longest && !stop.load(Ordering::Relaxed) {
            let rest = longest.saturating_sub(begun.elapsed()).min(GLANCE);
            match self.events.recv_timeout(rest) {
                Ok(()) => {
                    // One file makes many events: they are taken together.
                    while self.events.try_recv().is_ok() {}
                    return std::thread::sleep(GLANCE.min(Duration::from_secs_f64(args.settle)));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(rest),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::store::Place;

    #[test]
    fn a_file_settles_when_it_stays_as_it_is() {
        let seen = |size| Seen {
            path: "a".to_owned(),
            place: Place::File(PathBuf::from("a")),
            name: "a".to_owned(),
            stamp: Some((size, 0)),
        };
        let mut settling = Settling::new(Duration::from_millis(30));
        assert!(!settling.is_settled(&seen(1)));
        std::thread::sleep(Duration::from_millis(40));
        assert!(!settling.is_settled(&seen(2)), "it grew meanwhile");
        assert!(settling.is_waiting());
        std::thread::sleep(Duration::from_millis(40));
        assert!(settling.is_settled(&seen(2)));
        assert!(!settling.is_waiting());
    }
}
