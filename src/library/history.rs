//! What made each generation of a library: a chain of records that travels in the file.
//!
//! Every record names the hash of the content that it led to and the hash of the record before it,
//! so that no record can be changed, left out or put between without changing the last hash. That
//! hash is in the library's description ([`Info::record`](super::Info)): who noted it can prove later
//! what the library was.

use super::{Library, LibraryError};
use crate::read::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What was done to a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Made from text sources.
    Build,
    /// Spectra of files were added or updated.
    Import,
    /// One spectrum was added by hand.
    Add,
    /// Metadata of entries were changed.
    Edit,
    /// Entries were taken out of the search.
    Deprecate,
    /// Deprecated entries were taken into the search again.
    Restore,
    /// An earlier generation was made current again.
    Rollback,
    /// Another laboratory's update was taken in.
    Receive,
    /// A validation was stored.
    Validate,
}

impl Action {
    /// Word for people and programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Import => "import",
            Self::Add => "add",
            Self::Edit => "edit",
            Self::Deprecate => "deprecate",
            Self::Restore => "restore",
            Self::Rollback => "rollback",
            Self::Receive => "receive",
            Self::Validate => "validate",
        }
    }
}

/// A file that a generation was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Path as given.
    pub path: String,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// What a change did, in numbers of entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Entries that the generation holds.
    pub entries: usize,
    /// Added.
    #[serde(skip_serializing_if = "is_zero")]
    pub added: usize,
    /// Changed: numbers, metadata, or whether they are searched.
    #[serde(skip_serializing_if = "is_zero")]
    pub changed: usize,
    /// Taken out by the update of another laboratory.
    #[serde(skip_serializing_if = "is_zero")]
    pub removed: usize,
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// What was done, by whom and why: a record without its place in the chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What was done.
    pub action: Action,
    /// When, RFC 3339.
    pub date: String,
    /// Who did it, as the system or the user says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Files it was made from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceFile>,
    /// Ids of the entries concerned, where they were named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<String>,
    /// What it did, in numbers.
    #[serde(default)]
    pub counts: Counts,
    /// What the change did to identification, as one sentence; `None` where it was not tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<String>,
    /// Why a loss beyond the limit was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
}

impl Change {
    /// A change of this kind at this time.
    pub fn new(action: Action, date: impl Into<String>) -> Self {
        Self {
            action,
            date: date.into(),
            by: String::new(),
            reason: None,
            sources: Vec::new(),
            entries: Vec::new(),
            counts: Counts::default(),
            effect: None,
            accepted: None,
        }
    }
}

/// One link of the chain: how a generation was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The generation it led to.
    pub generation: u64,
    /// What was done.
    #[serde(flatten)]
    pub change: Change,
    /// Version of the program.
    pub program: String,
    /// Content hash of the generation ([`Library::content_hash`]).
    pub content: String,
    /// Hash of the record before; empty for the first.
    pub previous: String,
    /// SHA-256 of this record's JSON with an empty `hash`.
    pub hash: String,
}

impl Record {
    fn computed_hash(&self) -> String {
        let bare = Self {
            hash: String::new(),
            ..self.clone()
        };
        // A record holds only text and whole numbers, which always have a JSON form.
        hex(&Sha256::digest(
            serde_json::to_vec(&bare).unwrap_or_default(),
        ))
    }
}

/// Where a chain of records is broken.
fn broken(records: &[Record]) -> Option<String> {
    let mut previous = "";
    for record in records {
        if record.computed_hash() != record.hash {
            return Some(format!(
                "the record of generation {} was changed afterwards",
                record.generation
            ));
        }
        if record.previous != previous {
            return Some(format!(
                "the record of generation {} does not follow the one before it",
                record.generation
            ));
        }
        previous = &record.hash;
    }
    None
}

impl Library {
    /// The records of all generations up to this one, oldest first; empty for libraries that were
    /// written before there were records.
    ///
    /// # Errors
    /// [`LibraryError::History`] where they cannot be read.
    pub fn history(&self) -> Result<Vec<Record>, LibraryError> {
        if self.history.is_empty() {
            return Ok(Vec::new());
        }
        serde_json::from_slice(&self.history)
            .map_err(|e| LibraryError::History(format!("its records cannot be read ({e})")))
    }

    /// Checks the chain of records, and that its end is this very content.
    ///
    /// # Errors
    /// [`LibraryError::History`] with the place where the chain is broken.
    pub fn verify_history(&self) -> Result<(), LibraryError> {
        let records = self.history()?;
        if let Some(place) = broken(&records) {
            return Err(LibraryError::History(place));
        }
        let Some(last) = records.last() else {
            return match self.info.record.is_empty() {
                true => Ok(()),
                false => Err(LibraryError::History("its records are gone".to_owned())),
            };
        };
        let info = &self.info;
        if (last.generation, &last.content, &last.hash)
            != (info.generation, &info.hash, &info.record)
        {
            return Err(LibraryError::History(format!(
                "its last record is of generation {} and other content",
                last.generation
            )));
        }
        Ok(())
    }

    /// Makes this a generation after `parent` (the first where there is none), by `change`; its number
    /// is above `highest`, too.
    ///
    /// # Errors
    /// [`LibraryError::History`] where the parent's records cannot be read.
    pub(super) fn succeed(
        &mut self,
        parent: Option<&Library>,
        highest: u64,
        change: Change,
    ) -> Result<Record, LibraryError> {
        let mut records = parent.map_or(Ok(Vec::new()), Library::history)?;
        let before = parent.map_or(0, |p| p.info.generation);
        let generation = before.max(highest) + 1;
        if change.action == Action::Build {
            self.entries.since = vec![generation as u32; self.len()].into();
        }
        self.info.entries = self.entries_hash();
        let mut record = Record {
            generation,
            change,
            program: crate::program::VERSION.to_owned(),
            content: self.content_hash_of(self.info.entries.clone()),
            previous: records.last().map_or_else(String::new, |r| r.hash.clone()),
            hash: String::new(),
        };
        record.change.counts.entries = self.len();
        record.hash = record.computed_hash();
        records.push(record.clone());
        self.info.generation = generation;
        self.info.created.clone_from(&record.change.date);
        self.info.program.clone_from(&record.program);
        self.info.hash.clone_from(&record.content);
        self.info.record.clone_from(&record.hash);
        // As above: a record always has a JSON form.
        self.history = serde_json::to_vec(&records).unwrap_or_default().into();
        Ok(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> Library {
        let mut library = Library::default();
        for (action, date) in [
            (Action::Build, "2026-11-01T08:00:00Z"),
            (Action::Import, "2026-11-02T08:00:00Z"),
            (Action::Rollback, "2026-11-03T08:00:00Z"),
        ] {
            let mut next = Library::default();
            let parent = (!library.history.is_empty()).then_some(&library);
            next.succeed(parent, 0, Change::new(action, date)).unwrap();
            library = next;
        }
        library
    }

    fn with(records: &[Record]) -> Library {
        let mut library = three();
        library.history = serde_json::to_vec(records).unwrap().into();
        library
    }

    #[test]
    fn a_chain_holds_until_a_record_is_changed_left_out_or_cut() {
        let library = three();
        assert_eq!(library.info.generation, 3);
        library.verify_history().unwrap();
        let records = library.history().unwrap();
        let refused = |records: &[Record]| with(records).verify_history().unwrap_err().to_string();

        let mut changed = records.clone();
        changed[1].change.by = "someone else".to_owned();
        assert!(refused(&changed).contains("generation 2 was changed"));
        changed[1].hash = changed[1].computed_hash();
        assert!(refused(&changed).contains("generation 3 does not follow"));

        let without = [records[0].clone(), records[2].clone()];
        assert!(refused(&without).contains("generation 3 does not follow"));
        assert!(refused(&records[..2]).contains("last record is of generation 2"));
        assert!(with(&records).verify_history().is_ok());
    }
}
