//! Which files a session has to look at.

use super::session::{Inputs, Session};
use super::summary::counted;
use super::watch::Settling;
use crate::cli::gather::archive_of;
use crate::screen::manifest;
use crate::screen::store::{Place, Seen, Store, StoreError};
use crate::screen::{Found, Lister, path_of_bytes, refusal};
use anyhow::{Context, Result};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

impl Session<'_, '_> {
    /// Takes all files into the queue; tells whether something could not be looked at.
    pub fn list(
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
                // What is known to be a manifest is not waited for to settle, for it is never done.
                let known = self.manifests.borrow().contains(&seen.name);
                if known && self.is_manifest(seen, inputs) {
                    return Ok(());
                }
                if let Some(settling) = &mut settling
                    && (store.is_done(seen)? || !settling.is_settled(seen))
                {
                    return Ok(());
                }
                match &found {
                    Found::File(seen) if self.is_manifest(seen, inputs) => Ok(()),
                    Found::File(seen) => store.see(seen, number),
                    Found::Refused(seen, reason) => {
                        refused = true;
                        let failure = refusal(&seen.path, reason);
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

    /// Whether a file among the spectra is a case manifest, which is told once and is no spectrum that fails.
    fn is_manifest(&self, seen: &Seen, inputs: &Inputs) -> bool {
        let Place::File(path) = &seen.place else {
            return false;
        };
        if !manifest::is_one_among_spectra(path) {
            return false;
        }
        if self.manifests.borrow_mut().insert(seen.name.clone()) {
            let advice = match &inputs.manifest {
                Some(given) => format!("the one that is used is {}", given.path.display()),
                None => format!("to use it, give it with --manifest {}", seen.path),
            };
            eprintln!(
                "specid: {} looks like a case manifest and is not read as a spectrum; {advice}",
                seen.path
            );
        }
        true
    }

    /// Tells of files that earlier sessions knew and this one did not come upon, and of rows of the manifest
    /// without a file.
    fn tell_missing(&self, store: &Store, number: i64) -> Result<()> {
        let queue = store.queue(number)?;
        if queue.gone > 0 {
            eprintln!(
                "specid: {} not found this time; the results are kept",
                counted(queue.gone, "file of this run was", "files of this run were")
            );
        }
        if queue.missed > 0 {
            eprintln!(
                "specid: {} never looked at and not found this time",
                counted(
                    queue.missed,
                    "file of this run was",
                    "files of this run were"
                )
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
}
