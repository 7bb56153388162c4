//! A session of a run: list, look at what waits, judge, write; with `--watch` again and again.

use super::super::Ending;
use super::args::ScreenArgs;
use super::progress::Progress;
use super::summary;
use super::watch::{Settling, Watcher};
use crate::read::{Archive, Limits};
use crate::report::{Outcome, SourceView};
use crate::screen::manifest::{self, Manifest};
use crate::screen::output::{self, Summary};
use crate::screen::run::{Event, Work};
use crate::screen::settings::Settings;
use crate::screen::store::{About, Place, Seen, Store, StoreError, Stored};
use crate::screen::{Found, Lister, Panel, failure, resolved};
use anyhow::{Context, Result, bail};
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
}

/// What there is to look at.
struct Inputs {
    names: Vec<PathBuf>,
    manifest: Option<Manifest>,
    /// Paths inside the folders that are no spectra.
    except: Vec<PathBuf>,
}

impl Session<'_> {
    /// Runs until all is looked at, or with `--watch` until it is stopped.
    pub fn run(&self, out: &mut dyn Write) -> Result<Ending> {
        let inputs = self.inputs()?;
        let store = Store::open(&self.args.out)?;
        self.agree(&store)?;
        self.say_manifest(&store, inputs.manifest.as_ref())?;
        store.begin_session()?;
        let mut settling = self
            .args
            .watch
            .then(|| Settling::new(Duration::from_secs_f64(self.args.settle)));
        let watcher = self.args.watch.then(|| Watcher::of(&inputs.names));
        let mut store = store;
        let mut written: Option<(Summary, Instant, Duration)> = None;
        // An empty run has outputs, too.
        let mut pending = true;
        loop {
            let number = store.next_listing()?;
            let mut changed = self.list(&store, &inputs, number, settling.as_mut())?;
            let before = store.queue(number)?;
            changed |= before.waiting > 0;
            let (after, result) = self.work(store, number, before.waiting);
            store = after;
            result?;
            let stopped = self.stop.load(Ordering::Relaxed);
            pending |= changed;
            let rested =
                |(_, at, took): &(Summary, Instant, Duration)| at.elapsed() > *took * PATIENCE;
            if stopped || !self.args.watch || (pending && written.as_ref().is_none_or(rested)) {
                let begun = Instant::now();
                let summary = self.finish(&store, number)?;
                written = Some((summary, Instant::now(), begun.elapsed()));
                pending = false;
            }
            match &watcher {
                Some(watcher) if !stopped => {
                    let unsettled = settling.as_ref().is_some_and(Settling::is_waiting);
                    watcher.wait(self.args, unsettled, &self.stop);
                }
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
        if listed.is_none() {
            let place = names.iter().position(|name| manifest::looks_like_one(name));
            listed = place.map(|place| names.remove(place));
        }
        if let Some(other) = names.iter().find(|name| manifest::looks_like_one(name)) {
            bail!(
                "two case manifests are named, the other is {}; name one",
                other.display()
            );
        }
        let read = |path: &PathBuf| Manifest::read(path).map_err(anyhow::Error::from);
        let manifest = listed.as_ref().map(read).transpose()?;
        let mut except = vec![resolved(&args.out)];
        except.extend(listed.iter().map(|path| resolved(path)));
        except.extend(args.policy.iter().map(|path| resolved(path)));
        Ok(Inputs {
            names,
            manifest,
            except,
        })
    }

    /// Compares the settings with those of the run, and keeps them.
    fn agree(&self, store: &Store) -> Result<()> {
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
        if !changed.searching.is_empty() {
            if !self.args.anew {
                bail!(
                    "the run {} was made with other settings:\n{}\nTo screen all its files again add --anew; to keep it name another --out.",
                    self.args.out.display(),
                    told(&changed.searching)
                );
            }
            eprintln!(
                "specid: all files are screened again; since the last time changed:\n{}",
                told(&changed.searching)
            );
        }
        if !changed.look.is_empty() {
            eprintln!(
                "specid: the results stay and are judged anew; since the last time changed:\n{}",
                told(&changed.look)
            );
        }
        store.at_once(|store| {
            if self.args.anew {
                store.forget()?;
            }
            store.set_about(&About {
                searching: self.settings.searching(),
                libraries: self.settings.libraries.clone(),
                look: self.settings.look.clone(),
            })
        })?;
        Ok(())
    }

    fn say_manifest(&self, store: &Store, manifest: Option<&Manifest>) -> Result<()> {
        let Some(manifest) = manifest else {
            return Ok(());
        };
        for warning in &manifest.warnings {
            eprintln!("specid: {}: {warning}", manifest.path.display());
        }
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
        let mut failed: Result<(), StoreError> = Ok(());
        let names = self.files_from()?;
        store.at_once(|store| {
            let mut take = |found: Found| -> Result<(), StoreError> {
                let (Found::File(seen) | Found::Refused(seen, _)) = &found;
                if let Some(settling) = &mut settling {
                    let known = store.is_done(&seen.place, seen.stamp)?;
                    if !known && !settling.is_settled(seen) {
                        return Ok(());
                    }
                    if known && matches!(found, Found::Refused(..)) {
                        return store.see(seen, number);
                    }
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
                except: &inputs.except,
                limits: self.limits,
                sink: &mut sink,
            };
            inputs.names.iter().for_each(|name| lister.name(name));
            for name in names {
                lister.name(&name);
            }
            let rows = inputs.manifest.iter().flat_map(|m| {
                let rows = m.rows.iter();
                rows.map(move |row| m.locate(row))
            });
            for path in rows {
                lister.file(archive_of(&path).unwrap_or(&path));
            }
            std::mem::replace(&mut failed, Ok(()))
        })?;
        let queue = store.queue(number)?;
        if queue.gone > 0 {
            eprintln!(
                "specid: {} files of this run were not found this time; their results are kept",
                queue.gone
            );
        }
        Ok(refused)
    }

    /// The names of `--files-from`, one after another.
    fn files_from(&self) -> Result<Box<dyn Iterator<Item = PathBuf>>> {
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
        let lines = reader.lines().map_while(Result::ok);
        let lines = lines.filter(|line| !line.trim().is_empty());
        Ok(Box::new(lines.map(PathBuf::from)))
    }

    fn work(&self, store: Store, listing: i64, waiting: u64) -> (Store, Result<(), StoreError>) {
        let progress = Progress::of(waiting);
        let observer = |event| match event {
            Event::Stored { files, .. } => progress.done(files),
            Event::Notice(sentence) => progress.tell(&sentence),
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

    fn finish(&self, store: &Store, listing: i64) -> Result<Summary> {
        let summary = Summary::of(store, &self.args.out, store.queue(listing)?)?;
        output::write(store, &self.args.out, &summary)?;
        Ok(summary)
    }

    fn ending(&self, summary: &Summary) -> Ending {
        if summary.waiting > 0 {
            eprintln!(
                "specid: stopped; {} files wait. The same command goes on.",
                summary.waiting
            );
            return Ending::Failed;
        }
        summary::ending(summary)
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
