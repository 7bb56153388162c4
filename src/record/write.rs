//! Appending to a record: under a lock, durable before it returns.

use super::entry::{Draft, Kind, Stamp};
use super::error::RecordError;
use super::head::{Head, file_name};
use super::line::{Link, digest};
use super::place;
use super::read::Entries;
use super::tail::{self, Tail};
use crate::report::Recorded;
use serde::Serialize;
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The right to append to a record; given up when dropped, or by the system when the program ends.
#[derive(Debug)]
pub struct Writer {
    path: PathBuf,
    file: File,
    link: Link,
    bytes: u64,
    /// Whether the head tells of fewer entries, since an append was interrupted.
    is_behind: bool,
    recovery: Option<Draft>,
}

/// What of an entry stands behind its place in the chain.
#[derive(Serialize)]
struct Rest<'a> {
    time: &'a str,
    kind: Kind,
    #[serde(flatten)]
    stamp: &'a Stamp,
    #[serde(flatten)]
    content: Content<'a>,
}

#[derive(Serialize)]
struct Content<'a> {
    inputs: &'a [super::UsedFile],
    #[serde(skip_serializing_if = "Option::is_none")]
    library: Option<&'a super::LibraryUsed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameters: Option<&'a crate::report::Parameters>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amends: Option<&'a crate::report::Amends>,
    result: &'a serde_json::Value,
}

impl Writer {
    /// Opens a record, makes it where there is none, waits for the lock (`waiting` is told once), looks at its
    /// end, and sets aside what an interrupted append left there. `now` is RFC 3339.
    ///
    /// # Errors
    /// [`RecordError`] where the file can be no record, is not whole at its end, or cannot be written.
    pub fn open(path: &Path, now: &str, waiting: &dyn Fn()) -> Result<Self, RecordError> {
        let mut file = place::to_append(path, waiting)?;
        let Tail {
            link,
            bytes,
            is_behind,
            recovery,
        } = tail::find(path, &mut file, now)?;
        let recovery = recovery.map(|found| {
            // It holds only text and whole numbers, which always have a JSON form.
            Draft::new(
                Kind::Recovery,
                serde_json::to_value(found).unwrap_or_default(),
            )
        });
        Ok(Self {
            path: path.to_owned(),
            file,
            link,
            bytes,
            is_behind,
            recovery,
        })
    }

    /// The entries that are there.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn entries(&self) -> Result<Entries, RecordError> {
        let io = RecordError::io(&self.path);
        let mut file = self.file.try_clone().map_err(&io)?;
        file.seek(SeekFrom::Start(0)).map_err(&io)?;
        Ok(Entries::of(&self.path, file, self.bytes))
    }

    /// Appends entries as one: they are on the disk when this returns, and the head tells of them. What an
    /// interrupted append had left is told by an entry before them. Gives their places, in order.
    ///
    /// # Errors
    /// [`RecordError`] where they cannot be written; the record is then what it was before.
    pub fn append(
        &mut self,
        stamp: &Stamp,
        now: &str,
        drafts: &[Draft],
    ) -> Result<Vec<Recorded>, RecordError> {
        if self.is_behind {
            // A head is never behind by more than one append, however often writers are interrupted.
            self.note(now)?;
            self.is_behind = false;
        }
        let io = RecordError::io(&self.path);
        let appended_from = self.link.entry + 1;
        let (mut link, mut text, mut places) = (self.link.clone(), String::new(), Vec::new());
        for draft in self.recovery.iter().chain(drafts) {
            let rest = Rest {
                time: now,
                kind: draft.kind,
                stamp,
                content: Content {
                    inputs: &draft.inputs,
                    library: draft.library.as_ref(),
                    parameters: draft.parameters.as_ref(),
                    amends: draft.amends.as_ref(),
                    result: &draft.result,
                },
            };
            let rest = serde_json::to_string(&rest).map_err(|e| io(e.into()))?;
            let json = link.compose(appended_from, &rest);
            let hash = digest(json.as_bytes());
            text.extend([hash.as_str(), " ", json.as_str(), "\n"]);
            link = Link {
                entry: link.entry + 1,
                hash: hash.clone(),
                appended_from,
            };
            places.push(Recorded {
                record: self.path.to_string_lossy().into_owned(),
                entry: link.entry,
                hash,
                time: now.to_owned(),
                by: stamp.by.clone(),
                host: stamp.host.name.clone(),
            });
        }
        let written = self
            .file
            .seek(SeekFrom::Start(self.bytes))
            .and_then(|_| self.file.write_all(text.as_bytes()))
            .and_then(|()| self.file.sync_all());
        if let Err(error) = written {
            // What is left of it would be found and set aside by the next writer.
            let _ = self.file.set_len(self.bytes);
            return Err(io(error));
        }
        let told_before = usize::from(self.recovery.take().is_some());
        self.bytes += text.len() as u64;
        self.link = link;
        self.note(now)?;
        Ok(places.split_off(told_before))
    }

    /// Notes the last entry in the head.
    fn note(&self, now: &str) -> Result<(), RecordError> {
        let head = Head {
            entries: self.link.entry,
            hash: self.link.hash.clone(),
            bytes: self.bytes,
            time: now.to_owned(),
            record: file_name(&self.path),
            ..Head::empty(&self.path)
        };
        head.replace(&self.path)
    }
}
