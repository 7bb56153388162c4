//! The reference library: entries with provenance, and their signals prepared for searching.
//!
//! A [`Library`] is one immutable generation. It is made by a [`Builder`] from spectra or from the
//! text sources under `spectra-library/`, written as a new HDF5 file by [`storage`] and renamed into
//! place, and opened memory-mapped: opening reads nothing that grows with the library.

mod amend;
mod bounds;
mod builder;
mod calibration;
mod column;
mod entry;
mod group;
pub mod guide;
mod held;
mod history;
mod intake;
mod ion_columns;
mod major_ions;
pub mod numbers;
mod peak_index;
mod peak_lists;
mod probe;
mod rate;
mod received;
mod resolution;
mod resolve;
mod source;
pub mod storage;
mod store;
mod validation;

pub use amend::{Amendment, map_fields};
pub use bounds::Bounds;
pub use builder::Builder;
pub(crate) use calibration::logit;
pub use calibration::{Calibration, ClassLimits, Feature, Uncalibrated};
pub use column::Column;
pub use entry::{Deprecated, Entry, ReferenceKind};
pub use group::{Curves, Group, Prepared};
pub use held::Held;
pub use history::{Action, Change, Counts, Record, SourceFile};
pub use intake::{ImportReport, Incoming, Oddity, Twins};
pub use ion_columns::IonColumns;
pub use major_ions::MajorIons;
pub use peak_index::{Part, PeakIndex, Placed, WORTH_INDEXING};
pub use peak_lists::{LEAST_LOSS, Lists, PeakLists, is_positive, neutral_losses};
pub use probe::Probe;
pub use rate::Rate;
pub use received::Received;
pub use resolution::Resolution;
pub use resolve::{ResolvedBy, Resolver};
pub use source::{Sources, starter};
pub use store::{Kept, Store, Writer};
pub use validation::{ValidatedFigures, ValidatedFile, ValidationSummary, rounded};

use crate::prepare::Family;
use crate::read::hex;
use crate::spectrum::{Axis, Spectrum};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;
use thiserror::Error;

/// Identifier of the library format in every file.
pub const SCHEMA: &str = "specid.library/2";

/// What a library says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    /// Name for people.
    pub name: String,
    /// Counts up with every change.
    pub generation: u64,
    /// SHA-256 over all entries, their points, the recipes, what was learned and a stored validation:
    /// equal content, equal hash.
    pub hash: String,
    /// SHA-256 over entries, points, recipes and what was learned, without a stored validation; empty
    /// in files of earlier programs.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub entries: String,
    /// When this generation was written, RFC 3339; empty for the embedded library.
    pub created: String,
    /// Hash of the record that tells how this generation was made; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub record: String,
    /// Version of the program that wrote it.
    pub program: String,
    /// One sentence on what it holds.
    pub description: String,
    /// Licence of the content as a whole, where stated.
    pub licence: String,
    /// What was received last, by publisher.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub received: BTreeMap<String, Received>,
}

/// Why a library cannot be used.
#[derive(Debug, Error)]
pub enum LibraryError {
    /// The operating system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// The file is not a library, or damaged.
    #[error("{}: {message}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        message: String,
    },
    /// A text source breaks its format.
    #[error("{}, line {line}: {message}", path.display())]
    Source {
        /// The file.
        path: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// Numbers are not those that were written.
    #[error("the library is damaged: {0} are not what was written; restore it from a copy")]
    Damaged(&'static str),
    /// The records of its generations are damaged or were changed.
    #[error("the library's history cannot be trusted: {0}")]
    History(String),
    /// Another program is changing the library.
    #[error("{}: {message}", path.display())]
    Locked {
        /// The library.
        path: PathBuf,
        /// Who holds it and what to do.
        message: String,
    },
    /// An entry refers to data that are not there.
    #[error("the library is damaged at entry {index}: {message}; restore it from a copy")]
    Entry {
        /// Position of the entry.
        index: usize,
        /// What is wrong.
        message: String,
    },
}

/// One immutable generation of a library.
#[derive(Debug, Default)]
pub struct Library {
    /// What the library says of itself.
    pub info: Info,
    /// Where it was read from; `None` for a library in memory.
    pub path: Option<PathBuf>,
    /// What was measured with this library, where it was stored.
    pub validation: Option<ValidationSummary>,
    pub(crate) entries: EntryColumns,
    /// Spectra kept with a validation as one JSON array; empty where there are none.
    pub(crate) probes: Column<u8>,
    /// Records of all generations as one JSON array; empty where there are none.
    pub(crate) history: Column<u8>,
    pub(crate) groups: BTreeMap<Family, Group>,
    /// Hash of the prepared columns as the file states it; empty in memory and in files of earlier
    /// programs.
    pub(crate) prepared: String,
    /// What [`Library::held`] had to look up.
    pub(crate) held: OnceLock<BTreeMap<Family, Held>>,
    /// Set once [`Library::verify`] found it whole.
    pub(crate) verified: OnceLock<()>,
}

/// All entries, column by column.
#[derive(Debug, Default)]
pub(crate) struct EntryColumns {
    /// Entry metadata as JSON, one after another.
    pub json: Column<u8>,
    /// Start of each entry's JSON, and the end of the last.
    pub json_offsets: Column<u64>,
    /// Ordinates of all entries, one after another.
    pub y: Column<f64>,
    /// Start of each entry's ordinates, and the end of the last.
    pub y_offsets: Column<u64>,
    /// Abscissas of the entries that have explicit ones.
    pub x: Column<f64>,
    /// Start of each entry's abscissas, and the end of the last; empty ranges for even axes.
    pub x_offsets: Column<u64>,
    /// Index of each entry's substance: equal for entries of one substance.
    pub substance: Column<u32>,
    /// Generation that added or last changed each entry; empty where it was not kept.
    pub since: Column<u32>,
}

impl EntryColumns {
    fn len(&self) -> usize {
        self.substance.len()
    }
}

fn part<'a, T>(values: &'a [T], offsets: &[u64], index: usize) -> Option<&'a [T]> {
    let start = usize::try_from(*offsets.get(index)?).ok()?;
    let end = usize::try_from(*offsets.get(index + 1)?).ok()?;
    values.get(start..end)
}

impl Library {
    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where it was read from, for people: its file, or `embedded`.
    pub fn location(&self) -> String {
        match &self.path {
            Some(path) => path.display().to_string(),
            None => "embedded".to_owned(),
        }
    }

    /// The prepared references of a family.
    pub fn group(&self, family: Family) -> Option<&Group> {
        self.groups.get(&family)
    }

    /// All groups of prepared references.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.values()
    }

    /// Sets what was learned about a family, which changes the content hash.
    pub fn set_calibration(&mut self, family: Family, calibration: Option<Calibration>) {
        if let Some(group) = self.groups.get_mut(&family) {
            group.calibration = calibration;
            self.info.hash = self.content_hash();
        }
    }

    /// Metadata of entry `index`.
    ///
    /// # Errors
    /// [`LibraryError::Entry`] where there is none or its record is damaged.
    pub fn entry(&self, index: usize) -> Result<Entry, LibraryError> {
        let damaged = |message: String| LibraryError::Entry { index, message };
        let json = part(&self.entries.json, &self.entries.json_offsets, index)
            .ok_or_else(|| damaged("its record lies outside the file".to_owned()))?;
        serde_json::from_slice(json).map_err(|e| damaged(e.to_string()))
    }

    /// All entries in order.
    pub fn entries(&self) -> impl Iterator<Item = Result<Entry, LibraryError>> + '_ {
        (0..self.len()).map(|i| self.entry(i))
    }

    /// Substance index of entry `index`; entries of one substance share it.
    pub fn substance_of(&self, index: usize) -> Option<u32> {
        self.entries.substance.get(index).copied()
    }

    /// Generation that added or last changed entry `index`; `None` where that was not kept.
    pub fn since(&self, index: usize) -> Option<u64> {
        self.entries.since.get(index).map(|g| u64::from(*g))
    }

    /// Entry `index` as a spectrum, with the numbers as they were imported.
    ///
    /// # Errors
    /// [`LibraryError::Entry`] where the record or its points are damaged.
    pub fn spectrum(&self, index: usize) -> Result<Spectrum, LibraryError> {
        let entry = self.entry(index)?;
        let damaged = |message: &str| LibraryError::Entry {
            index,
            message: message.to_owned(),
        };
        let columns = &self.entries;
        let y = part(&columns.y, &columns.y_offsets, index)
            .ok_or_else(|| damaged("its ordinates lie outside the file"))?;
        let axis = match entry.even {
            Some((first, last)) => Axis::Even {
                first,
                last,
                points: y.len(),
            },
            None => Axis::Explicit(
                part(&columns.x, &columns.x_offsets, index)
                    .filter(|x| x.len() == y.len())
                    .ok_or_else(|| damaged("its axis lies outside the file"))?
                    .to_vec(),
            ),
        };
        Ok(entry.into_spectrum(axis, y.to_vec()))
    }

    /// SHA-256 over all entries, their points and the recipes, computed afresh.
    pub fn entries_hash(&self) -> String {
        let mut hasher = Sha256::new();
        let mut column = |bytes: &[u8]| {
            hasher.update((bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        column(&self.entries.json);
        for offsets in [
            &self.entries.json_offsets,
            &self.entries.y_offsets,
            &self.entries.x_offsets,
        ] {
            column(bytemuck::cast_slice(offsets));
        }
        column(bytemuck::cast_slice(&self.entries.y));
        column(bytemuck::cast_slice(&self.entries.x));
        for group in self.groups.values() {
            column(group.recipe.hash().as_bytes());
            if let Some(calibration) = &group.calibration {
                // Plain numbers and text always have a JSON form.
                column(&serde_json::to_vec(calibration).unwrap_or_default());
            }
        }
        hex(&hasher.finalize())
    }

    /// SHA-256 over all prepared numbers and the index, which follow from the entries.
    pub fn prepared_hash(&self) -> String {
        let mut hasher = Sha256::new();
        for column in self.groups.values().flat_map(Group::bytes) {
            hasher.update((column.len() as u64).to_le_bytes());
            hasher.update(column);
        }
        hasher.update(self.entries.substance.bytes());
        hex(&hasher.finalize())
    }

    /// Computes all checksums afresh: entries, prepared numbers, and the chain of records; and asks HDF5 whether
    /// the file's directory is true.
    ///
    /// # Errors
    /// [`LibraryError::Damaged`] where numbers are not those that were written,
    /// [`LibraryError::History`] where the records are not; as [`storage::open`] where the file cannot be read.
    pub fn verify(&self) -> Result<(), LibraryError> {
        if self.content_hash() != self.info.hash {
            return Err(LibraryError::Damaged("its entries"));
        }
        if !self.prepared.is_empty() && self.prepared_hash() != self.prepared {
            return Err(LibraryError::Damaged("its prepared spectra"));
        }
        if let Some(path) = &self.path
            && !storage::directory_holds(path)?
        {
            return Err(LibraryError::Damaged("its directory"));
        }
        self.verify_history()?;
        self.verified.get_or_init(|| ());
        Ok(())
    }

    /// Whether its content hash was computed by this program, and not only read from its file.
    pub fn is_verified(&self) -> bool {
        self.path.is_none() || self.verified.get().is_some()
    }
}
