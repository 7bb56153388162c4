//! A session of a run: list, look at what waits, judge, write; with `--watch` again and again.

use super::super::Ending;
use super::super::measured::MeasuredArgs;
use super::super::record::Recorder;
use super::alerts::{Raised, conclude};
use super::args::ScreenArgs;
use super::progress::Progress;
use super::recording;
use super::said::unchanged;
use super::summary;
use super::watch::Watching;
use crate::read::Limits;
use crate::screen::Panel;
use crate::screen::manifest::Manifest;
use crate::screen::output::Summary;
use crate::screen::run::{Event, Work};
use crate::screen::settings::Settings;
use crate::screen::store::{Store, StoreError};
use crate::unknowns::Watches;
use anyhow::Result;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// With --watch: the outputs are made anew at the earliest after this many times what making them takes.
const PATIENCE: u32 = 2;

/// A session of `specid screen`.
pub(super) struct Session<'a, 'l> {
    pub args: &'a ScreenArgs,
    /// What runs are measured against.
    pub measured: &'a MeasuredArgs,
    pub settings: &'a Settings,
    pub panel: &'a Panel<'l>,
    pub limits: Limits,
    pub stop: Arc<AtomicBool>,
    /// Notices of other laboratories.
    pub watches: RefCell<Watches>,
    /// What they alert of.
    pub raised: RefCell<Vec<Raised>>,
    /// Files that could not be read again.
    pub lost: Cell<u64>,
    /// Rows of the manifest that name a spectrum which is not there.
    pub idle_rows: Cell<u64>,
    /// Case manifests that lie among the spectra and were told of.
    pub manifests: RefCell<BTreeSet<String>>,
    /// Where the session is recorded when it ends.
    pub recorder: Option<Recorder>,
}

/// What there is to look at.
pub(super) struct Inputs {
    pub names: Vec<PathBuf>,
    pub manifest: Option<Manifest>,
    /// Whether the manifest names files to look at, not only what is known of those named otherwise.
    pub names_files: bool,
    /// Paths inside the folders that are no spectra.
    pub except: Vec<PathBuf>,
}

impl Session<'_, '_> {
    /// Runs until all is looked at, or with `--watch` until it is stopped.
    pub fn run(&self, out: &mut dyn Write) -> Result<Ending> {
        let inputs = self.inputs()?;
        let mut store = self.open()?;
        if let Some(recorder) = &self.recorder {
            unchanged(recorder, &store, &self.args.out)?;
        }
        self.say_manifest(&store, inputs.manifest.as_ref())?;
        store.begin_session()?;
        let mut watching = self
            .args
            .watch
            .then(|| Watching::of(self.args, &inputs.names, &inputs.except));
        // When the outputs were last written, and how long that took.
        let mut written: Option<(Instant, Duration)> = None;
        let mut pending = false;
        loop {
            let number = store.next_listing()?;
            let settling = watching.as_mut().map(|w| &mut w.settling);
            pending |= self.list(&store, &inputs, number, settling)?;
            if let Some(watching) = &mut watching
                && watching.is_time_to_retry()
            {
                store.retry_unread(number)?;
            }
            let waiting = store.queue(number)?.waiting;
            if waiting > 0 {
                pending = true;
                let (after, result) = self.work(store, number, waiting);
                store = after;
                result?;
            }
            let last = watching.is_none() || self.stop.load(Ordering::Relaxed);
            let rested = written.is_none_or(|(at, took)| at.elapsed() > took * PATIENCE);
            if last || (pending && rested) {
                let begun = Instant::now();
                let unsettled = watching.as_ref().map_or(0, |w| w.settling.waiting());
                let summary = self.finish(&store, number, unsettled)?;
                if last {
                    if let Some(recorder) = &self.recorder {
                        recording::record(recorder, self, &inputs, &store, &summary)?;
                    }
                    let raised = self.raised.borrow();
                    summary::print(&summary, &raised, &self.args.out, self.args.format, out)?;
                    return Ok(self.ending(&summary));
                }
                written = Some((Instant::now(), begun.elapsed()));
                pending = false;
            }
            if let Some(watching) = &watching {
                watching.wait(self.args, &self.stop);
            }
        }
    }

    fn work(&self, store: Store, listing: i64, waiting: u64) -> (Store, Result<(), StoreError>) {
        let progress = Progress::of(waiting);
        let observer = |event| match event {
            Event::Stored(files) => progress.done(files),
            Event::Lost(sentence) => {
                self.lost.set(self.lost.get() + 1);
                progress.tell(&format!("{sentence}; its results from before are kept"));
            }
        };
        let work = Work {
            panel: self.panel,
            listing,
            workers: rayon::current_num_threads(),
            stop: &self.stop,
            observer: &observer,
        };
        let done = work.run(store);
        progress.finish();
        done
    }

    fn finish(&self, store: &Store, listing: i64, unsettled: u64) -> Result<Summary> {
        let mut queue = store.queue(listing)?;
        queue.waiting += unsettled;
        let (rows, first) = store.rows_without_spectrum()?;
        if let Some(first) = first.filter(|_| self.idle_rows.replace(rows) != rows) {
            eprintln!(
                "specid: {rows} rows of the manifest name a spectrum that its file does not have, the first {first}"
            );
        }
        let watches = &mut self.watches.borrow_mut();
        let (summary, raised) = conclude(store, &self.args.out, queue, watches)?;
        self.raised.replace(raised);
        Ok(summary)
    }

    fn ending(&self, summary: &Summary) -> Ending {
        if summary.waiting > 0 {
            eprintln!(
                "specid: {} not looked at. The same command goes on.",
                summary::counted(summary.waiting, "file was", "files were")
            );
            return Ending::Failed;
        }
        match self.lost.get() + self.idle_rows.get() {
            0 => summary::ending(summary),
            _ => Ending::Failed,
        }
    }
}
