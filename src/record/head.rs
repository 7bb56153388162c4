//! The head of a record: how many entries it has and the hash of the last.

use super::error::RecordError;
use super::line::{DIGITS, is_hash};
use super::place::{beside, sync_folder};
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Form of heads.
pub const HEAD_SCHEMA: &str = "specid.record-head/1";
/// What stands in place of a hash before the first entry.
pub const ZEROS: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// Largest head file, bytes.
const LARGEST: u64 = 1 << 20;

/// How many entries a record had, and the hash of the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// [`HEAD_SCHEMA`].
    pub schema: String,
    /// File name of the record.
    pub record: String,
    /// Number of entries.
    pub entries: u64,
    /// SHA-256 of the last entry; zeros where there is none.
    pub hash: String,
    /// Size of the record up to the end of that entry.
    pub bytes: u64,
    /// When the entry was written, RFC 3339; empty where there is none.
    pub time: String,
}

impl Head {
    /// The head of a record without entries.
    pub(super) fn empty(record: &Path) -> Self {
        Self {
            schema: HEAD_SCHEMA.to_owned(),
            record: file_name(record),
            entries: 0,
            hash: ZEROS.to_owned(),
            bytes: 0,
            time: String::new(),
        }
    }

    /// The file beside the record that holds its head.
    pub fn file_of(record: &Path) -> PathBuf {
        beside(record, ".head")
    }

    /// Reads the head beside a record; `None` where there is none.
    ///
    /// # Errors
    /// Where it cannot be read or is no head.
    pub fn beside(record: &Path) -> Result<Option<Self>, RecordError> {
        let path = Self::file_of(record);
        match bytes(&path) {
            Ok(bytes) => Self::parse(&path, &bytes).map(Some),
            Err(RecordError::Io { source, .. })
                if source.kind() == std::io::ErrorKind::NotFound =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Reads a head.
    pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<Self, RecordError> {
        let wrong = |message: String| RecordError::Head {
            path: path.to_owned(),
            message: format!(
                "this is no head of a record ({message}); expected what `specid record head` writes"
            ),
        };
        let head: Self = serde_json::from_slice(bytes).map_err(|e| wrong(e.to_string()))?;
        match head.problem() {
            Some(problem) => Err(wrong(problem)),
            None => Ok(head),
        }
    }

    /// What cannot be in a head.
    pub(super) fn problem(&self) -> Option<String> {
        if self.schema != HEAD_SCHEMA {
            return Some(format!("its schema is {:?}", self.schema));
        }
        if self.hash.len() != DIGITS || !is_hash(&self.hash) {
            return Some("its hash is not 64 hexadecimal digits".to_owned());
        }
        match (self.entries == 0) == (self.hash == ZEROS) {
            true => None,
            false => Some("its number of entries and its hash do not fit".to_owned()),
        }
    }

    /// One line of JSON.
    pub fn line(&self) -> String {
        // A head holds only text and whole numbers, which always have a JSON form.
        let json = serde_json::to_string(self).unwrap_or_default();
        format!("{json}\n")
    }

    /// Writes the head beside its record, which the caller has locked: the old one or the new one is there.
    pub(super) fn replace(&self, record: &Path) -> Result<(), RecordError> {
        self.prepare(record)?.put()?;
        sync_folder(record)
    }

    /// Writes the head beside the one that it is to replace; the old one counts until it is put in its place.
    pub(super) fn prepare(&self, record: &Path) -> Result<ReadyHead, RecordError> {
        let new = beside(record, ".head.new");
        // What an interrupted writer left.
        match std::fs::remove_file(&new) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                return Err(RecordError::io(&new)(e));
            }
            _ => {}
        }
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&new)
            .map_err(RecordError::io(&new))?;
        let path = Self::file_of(record);
        let ready = ReadyHead { new, path };
        file.write_all(self.line().as_bytes())
            .and_then(|()| file.sync_all())
            .map_err(RecordError::io(&ready.path))?;
        Ok(ready)
    }
}

/// A head that is on the disk, but not yet in its place; removed where it is dropped before.
#[derive(Debug)]
pub(super) struct ReadyHead {
    new: PathBuf,
    path: PathBuf,
}

impl ReadyHead {
    /// Puts it in the place of the old one, which stays where this fails. The folder is not yet flushed.
    pub fn put(self) -> Result<(), RecordError> {
        std::fs::rename(&self.new, &self.path).map_err(RecordError::io(&self.path))
    }
}

impl Drop for ReadyHead {
    fn drop(&mut self) {
        // Once it is in its place there is none of this name; one that stays the next writer removes.
        let _ = std::fs::remove_file(&self.new);
    }
}

/// The name of a file without its folder.
pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The bytes of a head file.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, RecordError> {
    let mut bytes = Vec::new();
    let io = RecordError::io(path);
    let file = std::fs::File::open(path).map_err(&io)?;
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(&io)?;
    match bytes.len() as u64 > LARGEST {
        true => Err(RecordError::Head {
            path: path.to_owned(),
            message: "this is too large to be the head of a record".to_owned(),
        }),
        false => Ok(bytes),
    }
}
