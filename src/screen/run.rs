//! The work on a run's files: workers look at them, one writer stores what they tell.

use super::open_archive::OpenArchive;
use super::store::{Finished, Queued, Store, StoreError};
use super::work::Panel;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Files taken from the queue at a time.
const CLAIMED: usize = 256;
/// Messages that may wait for the writer, for each worker.
const WAITING: usize = 8;
/// Messages in one transaction.
const TOGETHER: usize = 512;

/// What a run tells while it works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The results of so many files of this session are stored.
    Stored(u64),
    /// A file cannot be read now; its results from before are kept.
    Lost(String),
}

/// The work on the waiting files of one listing.
pub struct Work<'a, 'l> {
    /// Libraries and what is said of the files.
    pub panel: &'a Panel<'l>,
    /// Number of the listing.
    pub listing: i64,
    /// Files looked at at a time.
    pub workers: usize,
    /// Set from outside: no further file is begun.
    pub stop: &'a AtomicBool,
    /// Is told what happens.
    pub observer: &'a dyn Fn(Event),
}

/// Files that wait, taken from the store a few at a time.
struct Feed<'a> {
    store: &'a Mutex<Store>,
    listing: i64,
    stop: &'a AtomicBool,
    state: Mutex<(VecDeque<Queued>, Option<Queued>)>,
    error: Mutex<Option<StoreError>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What a panic leaves behind is whole: SQLite takes back what was not committed.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Feed<'_> {
    fn next(&self) -> Option<Queued> {
        if self.stop.load(Ordering::Relaxed) {
            return None;
        }
        let mut state = locked(&self.state);
        if state.0.is_empty() {
            let found = locked(self.store).waiting(state.1.as_ref(), CLAIMED, self.listing);
            match found {
                Ok(files) => {
                    if let Some(last) = files.last() {
                        state.1 = Some(last.clone());
                    }
                    state.0.extend(files);
                }
                Err(error) => {
                    self.stop.store(true, Ordering::Relaxed);
                    *locked(&self.error) = Some(error);
                }
            }
        }
        state.0.pop_front()
    }
}

impl Work<'_, '_> {
    /// Looks at all files that wait, until there are none or `stop` is set. Files in hand are finished.
    ///
    /// # Errors
    /// [`StoreError`] where results cannot be stored; what was stored before stays.
    pub fn run(&self, store: Store) -> (Store, Result<(), StoreError>) {
        let store = Mutex::new(store);
        let feed = Feed {
            store: &store,
            listing: self.listing,
            stop: self.stop,
            state: Mutex::default(),
            error: Mutex::default(),
        };
        let written = std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(WAITING * self.workers.max(1));
            for _ in 0..self.workers.max(1) {
                let (sender, feed, panel) = (sender.clone(), &feed, self.panel);
                scope.spawn(move || {
                    let mut archive = OpenArchive::default();
                    while let Some(file) = feed.next() {
                        // The writer is gone only where it failed, which it tells itself.
                        let tell = |finished| drop(sender.send(finished));
                        panel.look_at(&file, &mut archive, &tell);
                    }
                });
            }
            drop(sender);
            let written = self.write(&store, receiver);
            if written.is_err() {
                self.stop.store(true, Ordering::Relaxed);
            }
            written
        });
        let failed = locked(&feed.error).take();
        let store = store.into_inner().unwrap_or_else(PoisonError::into_inner);
        (store, written.and(failed.map_or(Ok(()), Err)))
    }

    /// Stores what the workers tell: as much at a time as has come meanwhile.
    fn write(&self, store: &Mutex<Store>, receiver: Receiver<Finished>) -> Result<(), StoreError> {
        let mut files = 0;
        while let Ok(first) = receiver.recv() {
            locked(store).at_once(|store| -> Result<(), StoreError> {
                let more = std::iter::from_fn(|| receiver.try_recv().ok());
                for finished in std::iter::once(first).chain(more.take(TOGETHER)) {
                    store.take(&finished)?;
                    match &finished {
                        Finished::Begun(_) | Finished::Part(..) => {}
                        Finished::Whole(..) | Finished::Unchanged(_) => files += 1,
                        Finished::Lost(_, path, reason) => {
                            files += 1;
                            (self.observer)(Event::Lost(format!("{path}: {reason}")));
                        }
                    }
                }
                Ok(())
            })?;
            (self.observer)(Event::Stored(files));
        }
        Ok(())
    }
}
