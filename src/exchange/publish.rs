//! A library made into a package.

use super::container::Limits;
use super::manifest::{Content, Manifest, Removal};
use super::package::{Draft, Package};
use super::record::Record;
use super::refusal::Refusal;
use super::secret::SecretKey;
use super::state::State;
use super::trust::{Trust, Voucher};
use crate::library::{Library, LibraryError};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, HashSet};
use thiserror::Error;

/// Why nothing is published.
#[derive(Debug, Error)]
pub enum PublishError {
    /// The library is damaged.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// The package cannot be packed.
    #[error("the package cannot be packed: {0}")]
    Pack(#[from] std::io::Error),
    /// What was made would be refused by those who get it.
    #[error("the package would be refused: {0}")]
    Refused(#[from] Refusal),
    /// Two records have one id.
    #[error("two entries of the library are published as {0:?}; remove one of them")]
    Duplicate(String),
    /// No record is the publisher's own.
    #[error(
        "the library {0:?} holds no entries of its own to publish; those received from others stay theirs"
    )]
    Nothing(String),
    /// The base is the same or newer.
    #[error(
        "the base is generation {base}, and the library generation {own}: name an older generation with --since"
    )]
    BaseNotOlder {
        /// The base's generation.
        base: u64,
        /// The library's.
        own: u64,
    },
    /// The base is of another library.
    #[error(
        "the base is of the library {base:?}, and this is {own:?}; name an older generation of the same library"
    )]
    OtherLibrary {
        /// The base's name.
        base: String,
        /// The library's name.
        own: String,
    },
    /// Nothing has changed since the base.
    #[error("nothing has changed since generation {0}; there is nothing to publish")]
    Unchanged(u64),
    /// A reason for a record that stays.
    #[error(
        "a reason is given for {0:?}, which is not taken out; write ID=TEXT with the id of an entry that is, or TEXT for all"
    )]
    UnknownRemoval(String),
    /// The key is not to be used today.
    #[error("{0}; make a new key with `specid library key rotate` or `key new`")]
    Key(String),
}

/// What is published, and how.
#[derive(Debug)]
pub struct Publication<'a> {
    /// The publisher's library.
    pub library: &'a Library,
    /// An older generation of it that the receivers have; `None` for all records.
    pub base: Option<&'a Library>,
    /// The publisher's key.
    pub key: &'a SecretKey,
    /// Now.
    pub now: Timestamp,
    /// Licence of the records; the library's where `None`.
    pub licence: Option<String>,
    /// What the package holds; the library's description where `None`.
    pub description: Option<String>,
    /// Why records are taken out, by id.
    pub reasons: BTreeMap<String, String>,
    /// Why the other records are taken out.
    pub reason: String,
}

impl Publication<'_> {
    /// Signs and packs the records, and verifies the package as a receiver would.
    ///
    /// # Errors
    /// [`PublishError`] where there is nothing to publish, the key is not current, or the package
    /// would not be accepted.
    pub fn pack(&self) -> Result<(Manifest, Vec<u8>), PublishError> {
        let info = &self.library.info;
        let key = self.key.key();
        let records = own_records(self.library, key.publisher())?;
        if records.is_empty() {
            return Err(PublishError::Nothing(info.name.clone()));
        }
        let state = State::of(&records).map_err(PublishError::Duplicate)?;
        let (content, records, removed) = match self.base {
            None => (Content::Full, records, Vec::new()),
            Some(base) => self.changes(base, records, &state)?,
        };
        let pick = |own: &Option<String>, info: &String| own.clone().unwrap_or(info.clone());
        let draft = Draft {
            library: info.name.clone(),
            generation: info.generation,
            state,
            content,
            created: self.now,
            licence: pick(&self.licence, &info.licence),
            description: pick(&self.description, &info.description),
            records,
            removed,
        };
        let (manifest, bytes) = draft.seal(self.key)?;
        self.verify(&bytes)?;
        Ok((manifest, bytes))
    }

    /// The changes since a base.
    fn changes(
        &self,
        base: &Library,
        records: Vec<Record>,
        state: &State,
    ) -> Result<(Content, Vec<Record>, Vec<Removal>), PublishError> {
        let (old, own) = (&base.info, &self.library.info);
        if old.name != own.name {
            return Err(PublishError::OtherLibrary {
                base: old.name.clone(),
                own: own.name.clone(),
            });
        }
        if old.generation >= own.generation {
            return Err(PublishError::BaseNotOlder {
                base: old.generation,
                own: own.generation,
            });
        }
        let held = own_records(base, self.key.key().publisher())?;
        let before = State::of(&held).map_err(PublishError::Duplicate)?;
        let difference = state.since(&before);
        let changed: HashSet<&String> =
            difference.added.iter().chain(&difference.updated).collect();
        let kept = records
            .into_iter()
            .filter(|r| changed.contains(&r.entry.id));
        let kept: Vec<Record> = kept.collect();
        if kept.is_empty() && difference.removed.is_empty() {
            return Err(PublishError::Unchanged(old.generation));
        }
        let mut named = self.reasons.keys();
        if let Some(id) = named.find(|id| !difference.removed.contains(id)) {
            return Err(PublishError::UnknownRemoval(id.clone()));
        }
        let removed = difference.removed.iter().map(|id| Removal {
            id: id.clone(),
            reason: self.reasons.get(id).unwrap_or(&self.reason).clone(),
        });
        let content = Content::Delta {
            base_generation: old.generation,
            base_state: before.hash(),
        };
        Ok((content, kept, removed.collect()))
    }

    /// As a receiver who trusts this very key; no package leaves that would be refused everywhere.
    fn verify(&self, bytes: &[u8]) -> Result<(), PublishError> {
        let today = self.now.to_zoned(TimeZone::UTC).date();
        let mut trust = Trust::default();
        let voucher = Voucher {
            by: "publisher".to_owned(),
            on: today,
        };
        trust
            .add(self.key.key(), voucher)
            .map_err(|e| PublishError::Key(e.to_string()))?;
        Package::open(bytes, &Limits::default())?.verify(&trust, today)?;
        Ok(())
    }
}

/// The entries that are not received from another publisher, as they are published.
fn own_records(library: &Library, publisher: &str) -> Result<Vec<Record>, LibraryError> {
    records(library)?
        .into_iter()
        .filter(|r| r.entry.publisher.as_deref().is_none_or(|p| p == publisher))
        .map(|r| Ok(r.as_published()))
        .collect()
}

/// All entries of a library with their points.
///
/// # Errors
/// [`LibraryError::Entry`] where one is damaged.
pub fn records(library: &Library) -> Result<Vec<Record>, LibraryError> {
    let pair = |index| Ok(Record::of(library.entry(index)?, library.spectrum(index)?));
    (0..library.len()).map(pair).collect()
}
