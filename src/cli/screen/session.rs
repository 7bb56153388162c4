//! A session of a run: list, look at what waits, judge, write; with `--watch` again and again.

use super::super::Ending;
use super::args::ScreenArgs;
use super::progress::Progress;
use super::summary;
use super::watch::{Settling, Watching};
use crate::read::{Archive, Limits};
use crate::report::{Outcome, SourceView};
use crate::screen::manifest::{self, Manifest};
use crate::screen::output::{self, Summary};
use crate::screen::run::{Event, Work};
use crate::screen::settings::Settings;
use crate::screen::store::{About, FILE, Place, Seen, Store, StoreError, Stored};
use crate::screen::{Found, Lister, Panel, failure, path_of_bytes, resolved};
use anyhow::{Context, Result, bail};
use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// With --watch: the outputs are made anew at most after this many times what making them takes.
const PATIENCE: u32 = 10;

/// A session of `specid screen`.
pub(super) struct Session<'a> {
    pub args: &'a ScreenArgs,
    pub settings: &'a Settings,
    pub panel: &'a Panel<'a>,
    pub limits: Limits,
    pub stop: Arc<AtomicBool>,
    /// Files that could not be read again.
    pub lost: Cell<u64>,
}

/// What there is to look at.
struct Inputs {
    names: Vec<PathBuf>,
    manifest: Option<Manifest>,
    /// Whether the manifest names files to look at, not only what is known of those named otherwise.
    names_files: bool,
    /// Paths inside the folders that are no spectra.
    except: Vec<PathBuf>,
}

impl Session<'_> {
    /// Runs until all is looked at, or with `--watch` until it is stopped.
    pub fn run(&self, out: &mut dyn Write) -> Result<Ending> {
        let inputs = self.inputs()?;
        let mut store = self.open()?;
        self.say_manifest(&store, inputs.manifest.as_ref())?;
        store.begin_session()?;
        let mut watching = self
            .args
            .watch
            .then(|| Watching::of(self.args, &inputs.names, &inputs.except));
        let mut written: Option<(Summary, Instant, Duration)> = None;
        // An empty run has outputs, too.
        let mut pending = true;
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
            pending |= waiting > 0;
            let (after, result) = self.work(store, number, waiting);
            store = after;
            result?;
            let stopped = self.stop.load(Ordering::Relaxed);
            let rested =
                |(_, at, took): &(Summary, Instant, Duration)| at.elapsed() > *took * PATIENCE;
            if stopped || watching.is_none() || (pending && written.as_ref().is_none_or(rested)) {
                let begun = Instant::now();
                let unsettled = watching.as_ref().map_or(0, |w| w.settling.waiting());
                let summary = self.finish(&store, number, unsettled)?;
                written = Some((summary, Instant::now(), begun.elapsed()));
                pending = false;
            }
            match &watching {
                Some(watching) if !stopped => watching.wait(self.args, &self.stop),
                _ => break,
            }
        }
        let Some((summary, ..)) = written else {
            return Ok(Ending::Nothing);
        };
        summary::print(&summary, &self.args.out, self.args.format, out)?;
        Ok(self.ending(&summary))
    }

    fn inputs(&self) -> Result<Inputs> {
        let args = self.args;
        let from_input = |path: &Path| path == Path::new("-");
        if args.watch
            && args
                .inputs
                .iter()
                .chain(&args.files_from)
                .any(|p| from_input(p))
        {
            bail!("--watch looks at folders again and again; standard input can be read once");
        }
        let mut names = args.inputs.clone();
        let mut listed = args.manifest.clone();
        let mut names_files = names.is_empty() && args.files_from.is_none();
        if listed.is_none() {
            let place = names.iter().position(|name| manifest::looks_like_one(name));
            listed = place.map(|place| names.remove(place));
            names_files = listed.is_some();
        }
        if let Some(other) = names.iter().find(|name| manifest::looks_like_one(name)) {
            bail!(
                "two case manifests are named, the other is {}; name one",
                other.display()
            );
        }
        if let Some(name) = names
            .iter()
            .find(|name| resolved(name) == resolved(&args.out))
        {
            bail!(
                "{} is an input and the folder of the run; name another --out",
                name.display()
            );
        }
        refuse_foreign(&args.out)?;
        let read = |path: &PathBuf| Manifest::read(path).map_err(anyhow::Error::from);
        let manifest = listed.as_ref().map(read).transpose()?;
        let mut except = vec![resolved(&args.out)];
        except.extend(listed.iter().map(|path| resolved(path)));
        except.extend(args.policy.iter().map(|path| resolved(path)));
        Ok(Inputs {
            names,
            manifest,
            names_files,
            except,
        })
    }

    /// Opens the run, compares the settings with those that it was made with, and keeps them.
    fn open(&self) -> Result<Store> {
        let mut store = Store::open(&self.args.out)?;
        let changed = store.changed(self.settings)?;
        let told = |list: &[(String, String, String)]| {
            let one = |(name, before, now): &(String, String, String)| {
                format!(
                    "  {name}: was {before}\n  {}  is {now}",
                    " ".repeat(name.len())
                )
            };
            list.iter().map(one).collect::<Vec<_>>().join("\n")
        };
        if !changed.searching.is_empty() && !self.args.anew {
            bail!(
                "the run {} was made with other settings:\n{}\nTo screen all its files again add --anew; to keep it name another --out.",
                self.args.out.display(),
                told(&changed.searching)
            );
        }
        if self.args.anew && store.about()?.is_some() {
            let kept = store.set_aside()?;
            eprintln!(
                "specid: all files are screened again; what the run held is kept as {}",
                kept.display()
            );
            store = Store::open(&self.args.out)?;
        } else if !changed.look.is_empty() {
            eprintln!(
                "specid: the results stay and are judged anew; since the last time changed:\n{}",
                told(&changed.look)
            );
        }
        store.at_once(|store| {
            store.set_about(&About {
                searching: self.settings.searching(),
                libraries: self.settings.libraries.clone(),
                look: self.settings.look.clone(),
            })
        })?;
        Ok(store)
    }

    fn say_manifest(&self, store: &Store, manifest: Option<&Manifest>) -> Result<()> {
        let Some(manifest) = manifest else {
            return Ok(());
        };
        for warning in &manifest.warnings {
            eprintln!("specid: {}: {warning}", manifest.path.display());
        }
        let earlier = store.value("manifest")?;
        if earlier.is_some_and(|hash| hash != manifest.sha256) {
            eprintln!(
                "specid: {} is another manifest than the last time; samples are told as it says now",
                manifest.path.display()
            );
        }
        store.set_value("manifest", &manifest.sha256)?;
        let rows = manifest.rows.iter().map(|row| {
            let place = resolved(&manifest.locate(row));
            let place = place.to_string_lossy().into_owned();
            (place, row.spectrum.unwrap_or(0), &row.fields)
        });
        store.at_once(|store| store.set_manifest(rows))?;
        Ok(())
    }

    /// Takes all files into the queue; tells whether something could not be looked at.
    fn list(
        &self,
        store: &Store,
        inputs: &Inputs,
        number: i64,
        mut settling: Option<&mut Settling>,
    ) -> Result<bool> {
        let mut refused = false;
        let watched = settling.is_some();
        let mut links = 0;
        let mut failed: Result<(), StoreError> = Ok(());
        let names = self.files_from()?;
        store.at_once(|store| -> Result<()> {
            let mut take = |found: Found| -> Result<(), StoreError> {
                let (Found::File(seen) | Found::Refused(seen, _)) = &found;
                if let Some(settling) = &mut settling
                    && (store.is_done(seen)? || !settling.is_settled(seen))
                {
                    return Ok(());
                }
                match &found {
                    Found::File(seen) => store.see(seen, number),
                    Found::Refused(seen, reason) => {
                        refused = true;
                        let failure = refusal(seen, reason);
                        if store.refuse(seen, number, failure)? {
                            eprintln!(
                                "specid: {}: {reason}; its results from before are kept",
                                seen.path
                            );
                        }
                        Ok(())
                    }
                }
            };
            let mut sink = |found| {
                if failed.is_ok() {
                    failed = take(found);
                }
            };
            let mut lister = Lister {
                links: 0,
                except: &inputs.except,
                limits: self.limits,
                sink: &mut sink,
            };
            inputs.names.iter().for_each(|name| lister.name(name));
            for name in names {
                lister.name(&name?);
            }
            let listing = inputs.manifest.iter().filter(|_| inputs.names_files);
            let rows = listing.flat_map(|m| {
                let rows = m.rows.iter();
                rows.map(move |row| m.locate(row))
            });
            for path in rows {
                lister.file(archive_of(&path).unwrap_or(&path));
            }
            links = lister.links;
            std::mem::replace(&mut failed, Ok(()))?;
            match watched {
                true => Ok(()),
                false => Ok(store.forget_refusals(number)?),
            }
        })?;
        if let Some(settling) = settling {
            settling.end_of_listing();
        } else {
            if links > 0 {
                eprintln!(
                    "specid: {links} links to folders were not followed; name these folders themselves"
                );
            }
            self.tell_missing(store, number)?;
        }
        Ok(refused)
    }

    /// Tells of files that earlier sessions knew and this one did not come upon, and of rows of the manifest
    /// without a file.
    fn tell_missing(&self, store: &Store, number: i64) -> Result<()> {
        let queue = store.queue(number)?;
        if queue.gone > 0 {
            eprintln!(
                "specid: {} files of this run were not found this time; their results are kept",
                queue.gone
            );
        }
        if queue.missed > 0 {
            eprintln!(
                "specid: {} files of this run were never looked at and were not found this time",
                queue.missed
            );
        }
        let (rows, first) = store.idle_rows()?;
        if let Some(first) = first {
            eprintln!(
                "specid: {rows} rows of the manifest name files that are not among the inputs, the first {first}"
            );
        }
        Ok(())
    }

    /// The names of `--files-from`, one after another, as the system has them.
    fn files_from(&self) -> Result<Box<dyn Iterator<Item = std::io::Result<PathBuf>>>> {
        let Some(path) = &self.args.files_from else {
            return Ok(Box::new(std::iter::empty()));
        };
        let reader: Box<dyn BufRead> = match path == Path::new("-") {
            true => Box::new(BufReader::new(std::io::stdin())),
            false => {
                let file = File::open(path)
                    .with_context(|| format!("the list {} cannot be read", path.display()))?;
                Box::new(BufReader::new(file))
            }
        };
        let lines = reader.split(b'\n').filter_map(|line| match line {
            Ok(line) => {
                let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                let blank = line.trim_ascii().is_empty();
                (!blank).then(|| Ok(path_of_bytes(line)))
            }
            Err(error) => Some(Err(error)),
        });
        Ok(Box::new(lines))
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
        if let Some(first) = first {
            self.lost.set(self.lost.get() + rows);
            eprintln!(
                "specid: {rows} rows of the manifest name a spectrum that its file does not have, the first {first}"
            );
        }
        let summary = Summary::of(store, &self.args.out, queue)?;
        output::write(store, &self.args.out, &summary)?;
        Ok(summary)
    }

    fn ending(&self, summary: &Summary) -> Ending {
        if summary.waiting > 0 {
            eprintln!(
                "specid: {} files were not looked at. The same command goes on.",
                summary.waiting
            );
            return Ending::Failed;
        }
        match self.lost.get() {
            0 => summary::ending(summary),
            _ => Ending::Failed,
        }
    }
}

/// A folder that holds files of the names of our outputs, and no run, is somebody else's.
pub(super) fn refuse_foreign(out: &Path) -> Result<()> {
    let foreign = output::FILES.iter().find(|name| out.join(name).exists());
    match foreign.filter(|_| !out.join(FILE).exists()) {
        Some(name) => bail!(
            "{} holds {name} and no screening run; name another --out, so that nothing is overwritten",
            out.display()
        ),
        None => Ok(()),
    }
}

/// The archive that a path leads into.
fn archive_of(path: &Path) -> Option<&Path> {
    if path.exists() {
        return None;
    }
    path.ancestors().skip(1).find(|part| Archive::is_one(part))
}

fn refusal(seen: &Seen, reason: &str) -> Stored {
    let outcome = Outcome::failed(
        SourceView {
            path: seen.path.clone(),
            index: 0,
            id: None,
            format: None,
            sha256: None,
        },
        "io",
        reason,
    );
    debug_assert!(!matches!(seen.place, Place::Input));
    failure(&outcome)
}
