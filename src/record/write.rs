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
    /// [`RecordError`] where they or the head cannot be written; the record is then what it was before, or, on a
    /// disk that takes not even that, as an interrupted append leaves it.
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
        let bytes = self.bytes + text.len() as u64;
        // Written first: what forbids it forbids the entries, too.
        let head = self.head(&link, bytes, now).prepare(&self.path)?;
        let written = self
            .file
            .seek(SeekFrom::Start(self.bytes))
            .and_then(|_| self.file.write_all(text.as_bytes()))
            .and_then(|()| self.file.sync_all())
            .map_err(&io)
            .and_then(|()| head.put());
        if let Err(error) = written {
            // What is left of it would be found and set aside, or completed, by the next writer.
            let _ = self.file.set_len(self.bytes);
            let _ = self.file.sync_all();
            return Err(error);
        }
        let told_before = usize::from(self.recovery.take().is_some());
        self.bytes = bytes;
        self.link = link;
        // A head that is not flushed may be behind if the computer stops, and is then written again before the
        // next append; the entries stay.
        self.is_behind = place::sync_folder(&self.path).is_err();
        Ok(places.split_off(told_before))
    }

    /// Notes the last entry in the head.
    fn note(&self, now: &str) -> Result<(), RecordError> {
        self.head(&self.link, self.bytes, now).replace(&self.path)
    }

    /// The head of a record that ends with this entry.
    fn head(&self, link: &Link, bytes: u64, now: &str) -> Head {
        Head {
            entries: link.entry,
            hash: link.hash.clone(),
            bytes,
            time: now.to_owned(),
            record: file_name(&self.path),
            ..Head::empty(&self.path)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-28T08:00:00Z";

    fn draft(text: &str) -> Draft {
        Draft::new(Kind::Identification, serde_json::json!({ "name": text }))
    }

    /// A record with one entry.
    fn begun(folder: &Path) -> (PathBuf, Writer) {
        let path = folder.join("lab.record");
        let mut writer = Writer::open(&path, NOW, &|| {}).unwrap();
        let stamp = Stamp::default();
        writer.append(&stamp, NOW, &[draft("first")]).unwrap();
        (path, writer)
    }

    fn both(path: &Path) -> [Vec<u8>; 2] {
        [path.to_owned(), Head::file_of(path)].map(|file| std::fs::read(file).unwrap())
    }

    #[test]
    fn an_append_that_cannot_be_noted_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut writer) = begun(folder.path());
        let before = both(&path);
        // A folder in the place of the new head, which no user may write over.
        let new = folder.path().join("lab.record.head.new");
        std::fs::create_dir(&new).unwrap();
        let stamp = Stamp::default();
        for _ in 0..2 {
            assert!(writer.append(&stamp, NOW, &[draft("second")]).is_err());
            assert!(both(&path) == before, "something was written");
        }
        std::fs::remove_dir(&new).unwrap();
        let places = writer.append(&stamp, NOW, &[draft("second")]).unwrap();
        assert_eq!(places.iter().map(|p| p.entry).collect::<Vec<_>>(), [2]);
        drop(writer);
        let tail = Writer::open(&path, NOW, &|| {}).unwrap();
        assert!(tail.recovery.is_none() && !tail.is_behind);
    }

    #[test]
    fn an_append_whose_head_cannot_be_put_in_its_place_is_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut writer) = begun(folder.path());
        let [record, head] = both(&path);
        // A folder that is not empty in the place of the head.
        std::fs::remove_file(Head::file_of(&path)).unwrap();
        std::fs::create_dir_all(Head::file_of(&path).join("full")).unwrap();
        let stamp = Stamp::default();
        assert!(writer.append(&stamp, NOW, &[draft("second")]).is_err());
        assert!(std::fs::read(&path).unwrap() == record, "the entry stayed");
        std::fs::remove_dir_all(Head::file_of(&path)).unwrap();
        std::fs::write(Head::file_of(&path), head).unwrap();
        let places = writer.append(&stamp, NOW, &[draft("second")]).unwrap();
        assert_eq!(places.iter().map(|p| p.entry).collect::<Vec<_>>(), [2]);
    }
}
