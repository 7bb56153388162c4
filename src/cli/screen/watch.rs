//! Watching folders: files are taken when they are complete.

use super::args::ScreenArgs;
use crate::screen::resolved;
use crate::screen::store::Seen;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Longest time without a look at whether the user wants to stop.
const GLANCE: Duration = Duration::from_millis(200);

/// Time between two tries to read what could not be read.
const RETRY: Duration = Duration::from_secs(60);

/// What a session that watches keeps between two listings.
pub(super) struct Watching {
    /// Files that were written to lately.
    pub settling: Settling,
    watcher: Watcher,
    retried: Instant,
}

impl Watching {
    /// Watches these names, but for what is in `except`.
    pub fn of(args: &ScreenArgs, names: &[PathBuf], except: &[PathBuf]) -> Self {
        Self {
            settling: Settling::new(Duration::from_secs_f64(args.settle)),
            watcher: Watcher::of(names, except.to_vec()),
            retried: Instant::now(),
        }
    }

    /// Whether what could not be read should be tried again; so once a minute.
    pub fn is_time_to_retry(&mut self) -> bool {
        let due = self.retried.elapsed() >= RETRY;
        if due {
            self.retried = Instant::now();
        }
        due
    }

    /// Waits until something happened, files may be complete, it is time to look, or `stop` is set.
    pub fn wait(&self, args: &ScreenArgs, stop: &AtomicBool) {
        let longest = match self.settling.waiting() {
            0 => args.poll,
            _ => args.poll.min(args.settle.max(0.05)),
        };
        self.watcher.wait(Duration::from_secs_f64(longest), stop);
    }
}

/// Files that were written to lately.
pub(super) struct Settling {
    wait: Duration,
    /// By resolved name.
    lately: HashMap<String, Lately>,
    listing: u64,
}

/// How a file was last seen.
struct Lately {
    /// Its size and time of change.
    stamp: Option<(u64, i64)>,
    /// Since when they are so.
    since: Instant,
    /// The listing that saw it last.
    listing: u64,
}

impl Settling {
    /// Files count as complete when nothing changed for `wait`.
    pub fn new(wait: Duration) -> Self {
        Self {
            wait,
            lately: HashMap::new(),
            listing: 0,
        }
    }

    /// Whether size and time of change are those of `wait` ago.
    pub fn is_settled(&mut self, seen: &Seen) -> bool {
        let lately = self.lately.entry(seen.name.clone()).or_insert(Lately {
            stamp: seen.stamp,
            since: Instant::now(),
            listing: self.listing,
        });
        lately.listing = self.listing;
        if lately.stamp != seen.stamp {
            (lately.stamp, lately.since) = (seen.stamp, Instant::now());
            return false;
        }
        let settled = lately.since.elapsed() >= self.wait;
        if settled {
            self.lately.remove(&seen.name);
        }
        settled
    }

    /// Forgets files that the listing did not show any more: they were renamed or removed.
    pub fn end_of_listing(&mut self) {
        let now = self.listing;
        self.lately.retain(|_, lately| lately.listing == now);
        self.listing += 1;
    }

    /// Number of files that are waited for.
    pub fn waiting(&self) -> u64 {
        self.lately.len() as u64
    }
}

/// Tells that something happened in the folders. What happened is found by listing them again.
struct Watcher {
    events: Receiver<()>,
    /// Kept, since it ends when it is dropped; `None` where the file system tells nothing.
    _watcher: Option<RecommendedWatcher>,
}

impl Watcher {
    fn of(names: &[PathBuf], except: Vec<PathBuf>) -> Self {
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // Reading a folder is an event, too, and would wake itself for ever.
            let is_ours = |path: &PathBuf| except.iter().any(|e| path.starts_with(e));
            let idle = event.is_ok_and(|event| {
                event.kind.is_access()
                    || (!event.paths.is_empty() && event.paths.iter().all(is_ours))
            });
            if !idle {
                // Nobody listens any more only when the program ends.
                let _ = sender.send(());
            }
        });
        let watching = watcher.and_then(|mut watcher| {
            for name in names.iter().filter(|name| name.exists()) {
                watcher.watch(&resolved(name), RecursiveMode::Recursive)?;
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

    fn wait(&self, longest: Duration, stop: &AtomicBool) {
        let begun = Instant::now();
        while begun.elapsed() < longest && !stop.load(Ordering::Relaxed) {
            let rest = longest.saturating_sub(begun.elapsed()).min(GLANCE);
            match self.events.recv_timeout(rest) {
                Ok(()) => {
                    // One file makes many events: they are taken together.
                    std::thread::sleep(GLANCE);
                    while self.events.try_recv().is_ok() {}
                    return;
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
        assert_eq!(settling.waiting(), 1);
        std::thread::sleep(Duration::from_millis(40));
        assert!(settling.is_settled(&seen(2)));
        assert_eq!(settling.waiting(), 0);
        settling.is_settled(&seen(3));
        settling.end_of_listing();
        assert_eq!(settling.waiting(), 1);
        settling.end_of_listing();
        assert_eq!(settling.waiting(), 0, "it is not there any more");
    }
}
