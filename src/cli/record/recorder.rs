//! The record that a command appends to.

use super::{host, settings};
use crate::cli::library::now;
use crate::library::Library;
use crate::read::hex;
use crate::record::{Amendments, Draft, Entries, Entry, LibraryUsed, Stamp, UsedFile, Writer};
use crate::report::{Amends, Recorded};
use anyhow::{Context, Result, bail};
use clap::Args;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Whether what is done is recorded.
#[derive(Debug, Clone, Default, Args)]
pub(in crate::cli) struct RecordArgs {
    /// Append what was done to this record, in which no entry can be changed unnoticed (`specid record
    /// verify`) [default: $SPECID_RECORD, else the file of the line `record = "FILE"` in config.toml in the
    /// folder of your settings, else none]
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
}

/// A record that is appended to. Nothing is printed before it is there.
#[derive(Debug)]
pub(in crate::cli) struct Recorder {
    path: PathBuf,
    stamp: Stamp,
}

impl RecordArgs {
    /// The record; `None` where nothing is recorded.
    ///
    /// # Errors
    /// Where it cannot be appended to, so that this is known before the work.
    pub fn recorder(&self) -> Result<Option<Recorder>> {
        let named = match &self.record {
            Some(path) => Some(path.clone()),
            None => settings::record()?,
        };
        let Some(path) = named else {
            return Ok(None);
        };
        let recorder = Recorder::of(path);
        recorder
            .open()
            .context("the record cannot be written, so nothing was done")?;
        Ok(Some(recorder))
    }
}

impl Recorder {
    /// A record by its path.
    pub fn of(path: PathBuf) -> Self {
        Self {
            path,
            stamp: host::stamp(),
        }
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn open(&self) -> Result<Writer> {
        let waiting = || {
            eprintln!(
                "specid: waiting for another program that writes to {}",
                self.path.display()
            );
        };
        Ok(Writer::open(&self.path, &now(), &waiting)?)
    }

    /// Appends entries; they are on the disk when this returns.
    ///
    /// # Errors
    /// Where they cannot be written, or one amends what cannot be amended.
    pub fn append(&self, drafts: &[Draft]) -> Result<Vec<Recorded>> {
        let mut writer = self.open()?;
        for amends in drafts.iter().filter_map(|d| d.amends.as_ref()) {
            // Somebody else may have amended it meanwhile.
            Amendments::amend(writer.entries()?, amends.entry, &amends.because)?;
        }
        Ok(writer.append(&self.stamp, &now(), drafts)?)
    }

    /// Appends one entry and says where it stands.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn append_one(&self, draft: Draft) -> Result<Recorded> {
        let places = self.append(&[draft])?;
        places.into_iter().next().context("nothing was recorded")
    }

    /// What an amendment of an entry says, where it may be amended.
    ///
    /// # Errors
    /// Where it may not.
    pub fn amend(&self, entry: u64, because: &str) -> Result<(Amends, Entry)> {
        let because = because.trim();
        if because.is_empty() {
            bail!("--because is empty; say in a sentence why entry {entry} is amended");
        }
        Ok(Amendments::amend(
            Entries::open(&self.path)?,
            entry,
            because,
        )?)
    }
}

/// A sentence that says where something was recorded.
pub(in crate::cli) fn told(place: &Recorded) -> String {
    format!(
        "recorded as entry {} of {} (hash {})",
        place.entry, place.record, place.hash
    )
}

/// The absolute form of a path, for an entry.
pub(in crate::cli) fn absolute(path: &Path) -> String {
    let found = std::path::absolute(path);
    let found = found.as_deref().unwrap_or(path);
    found.to_string_lossy().into_owned()
}

/// A file that was used, hashed now; a name of standard input stays as it is.
pub(in crate::cli) fn used(role: &str, path: &Path) -> UsedFile {
    let mut digest = Sha256::new();
    let copied = File::open(path).and_then(|mut file| std::io::copy(&mut file, &mut digest));
    UsedFile {
        role: role.to_owned(),
        path: absolute(path),
        sha256: copied.as_ref().ok().map(|_| hex(&digest.finalize())),
        bytes: copied.ok(),
    }
}

/// A library that was used.
pub(in crate::cli) fn library_used(library: &Library) -> LibraryUsed {
    LibraryUsed {
        name: library.info.name.clone(),
        generation: library.info.generation,
        hash: library.info.hash.clone(),
        location: match &library.path {
            Some(path) => absolute(path),
            None => library.location(),
        },
    }
}
