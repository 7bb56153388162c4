//! A library on disk with its generations, and who may change it.
//!
//! The library `swgdrug.h5` is always the current generation, whole in itself; the folder
//! `swgdrug.h5.generations` beside it keeps all of them and the lock:
//!
//! ```text
//! swgdrug.h5                          generation 3, what everyone reads
//! swgdrug.h5.generations/000001.h5    all generations, never changed again
//! swgdrug.h5.generations/000002.h5
//! swgdrug.h5.generations/000003.h5    the current one: a second name of the same file
//! swgdrug.h5.generations/new.h5       only while a generation is being written
//! swgdrug.h5.generations/lock         held by the one program that may write
//! ```
//!
//! A change writes `new.h5`, flushes it, reads it back and compares, gives it its number as a second
//! name, and then renames `new.h5` over the library. The renaming is the one moment at which the change
//! happens: killed before it, the library is the old one; after it, the new one. Whoever has the old
//! file open keeps reading it.

use super::history::{Action, Change, Record};
use super::storage::{self, refused};
use super::{Library, LibraryError};
use crate::file::{folder_of, sync_folder};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Longest note of a lock file that is read.
const LONGEST_NOTE: u64 = 4096;

/// A library file and the folder of its earlier generations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    path: PathBuf,
}

/// A generation whose file is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub generation: u64,
    /// Its file.
    pub path: PathBuf,
    /// Size of the file.
    pub bytes: u64,
    /// Whether it is the current one.
    pub current: bool,
}

impl Store {
    /// The library at `path`, which need not exist yet. A link is followed, so that a change replaces
    /// the file and not the link.
    pub fn at(path: &Path) -> Self {
        Self {
            path: path.canonicalize().unwrap_or_else(|_| path.to_owned()),
        }
    }

    /// The library file: the current generation.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder of earlier generations, which need not exist.
    pub fn folder(&self) -> PathBuf {
        let mut name = self.path.as_os_str().to_owned();
        name.push(".generations");
        name.into()
    }

    fn place(&self, generation: u64) -> PathBuf {
        self.folder().join(format!("{generation:06}.h5"))
    }

    /// The current generation; `None` where there is no library yet.
    ///
    /// # Errors
    /// As [`storage::open`].
    pub fn current(&self) -> Result<Option<Library>, LibraryError> {
        match self.path.exists() {
            true => storage::open(&self.path).map(Some),
            false => Ok(None),
        }
    }

    /// The current generation where its file is there and whole.
    fn readable(&self) -> Option<Library> {
        self.current().ok().flatten()
    }

    /// All generations whose files are there, oldest first. A current file that cannot be opened does
    /// not count.
    ///
    /// # Errors
    /// [`LibraryError::Io`] where the folder or a file in it cannot be looked at.
    pub fn kept(&self) -> Result<Vec<Kept>, LibraryError> {
        let mut kept = self.numbered()?;
        if let Some(current) = self.readable() {
            kept.retain(|k| k.generation != current.info.generation);
            kept.push(Kept {
                generation: current.info.generation,
                path: self.path.clone(),
                bytes: std::fs::metadata(&self.path)
                    .map_err(|e| refused(&self.path, e))?
                    .len(),
                current: true,
            });
        }
        kept.sort_by_key(|k| k.generation);
        Ok(kept)
    }

    /// The files that are kept under a number, oldest first, none of them taken for the current one.
    fn numbered(&self) -> Result<Vec<Kept>, LibraryError> {
        let folder = self.folder();
        let mut kept = Vec::new();
        if folder.is_dir() {
            for item in std::fs::read_dir(&folder).map_err(|e| refused(&folder, e))? {
                let item = item.map_err(|e| refused(&folder, e))?;
                let name = item.file_name();
                let number = name.to_str().and_then(|n| n.strip_suffix(".h5"));
                if let Some(generation) = number.and_then(|n| n.parse().ok()) {
                    kept.push(Kept {
                        generation,
                        bytes: item.metadata().map_err(|e| refused(&folder, e))?.len(),
                        path: item.path(),
                        current: false,
                    });
                }
            }
        }
        kept.sort_by_key(|k| k.generation);
        Ok(kept)
    }

    /// The newest generation whose file is there and whole, read from its first byte to its last.
    ///
    /// # Errors
    /// As [`Self::kept`].
    pub fn newest_whole(&self) -> Result<Option<Library>, LibraryError> {
        for kept in self.kept()?.iter().rev() {
            let library = storage::open(&kept.path);
            if let Some(library) = library.ok().filter(|l| l.verify().is_ok()) {
                return Ok(Some(library));
            }
        }
        Ok(None)
    }

    /// The newest generation that is kept, where it is newer than `current`, which stands in the library's place:
    /// an older file was put there. What a change leaves that goes on, or was interrupted, is none.
    ///
    /// # Errors
    /// [`LibraryError::Io`] where the folder cannot be looked at.
    pub fn newer_than(&self, current: &Library) -> Result<Option<u64>, LibraryError> {
        let info = &current.info;
        let newest = self.numbered()?.pop();
        let Some(newest) = newest.filter(|k| k.generation > info.generation) else {
            return Ok(None);
        };
        let note = std::fs::metadata(self.folder().join("lock"));
        let is_next = newest.generation == info.generation + 1;
        let unfinished = is_next
            && note.is_ok_and(|note| note.len() > 0)
            && last_record(&newest.path).is_some_and(|r| r.previous == info.record);
        Ok((!unfinished).then_some(newest.generation))
    }

    /// Opens a generation.
    ///
    /// # Errors
    /// [`LibraryError::Format`] where its file is not kept; as [`storage::open`].
    pub fn open(&self, generation: u64) -> Result<Library, LibraryError> {
        let kept = self.kept()?;
        let found = kept.iter().find(|k| k.generation == generation);
        let Some(found) = found else {
            let there: Vec<String> = kept.iter().map(|k| k.generation.to_string()).collect();
            return Err(self.wrong(format!(
                "generation {generation} is not kept; there are {}",
                match there.is_empty() {
                    true => "none".to_owned(),
                    false => there.join(", "),
                }
            )));
        };
        let library = storage::open(&found.path)?;
        let records = self.readable().map(|c| c.history()).transpose()?;
        let noted = records.unwrap_or_default().into_iter();
        let noted = noted.rev().find(|r| r.generation == generation);
        let same = noted.is_none_or(|r| r.hash == library.info.record);
        match same && library.info.generation == generation {
            true => Ok(library),
            false => Err(self.wrong(format!(
                "the file kept as generation {generation} is not the one that the library's log tells of; it was moved or replaced"
            ))),
        }
    }

    /// Takes the lock, so that nobody else changes the library. `note` says who and what, for
    /// messages to others.
    ///
    /// # Errors
    /// [`LibraryError::Locked`] where another program holds it, [`LibraryError::Io`] where the folder
    /// cannot be written.
    pub fn lock(&self, note: &str) -> Result<Writer, LibraryError> {
        let folder = self.folder();
        let made_folder = !folder.exists();
        std::fs::create_dir_all(&folder).map_err(|e| refused(&folder, e))?;
        let path = folder.join("lock");
        let mut lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|e| refused(&path, e))?;
        let taken = lock.try_lock();
        let mut before = String::new();
        let mut text = Vec::new();
        (&lock)
            .take(LONGEST_NOTE)
            .read_to_end(&mut text)
            .map_err(|e| refused(&path, e))?;
        before.push_str(String::from_utf8_lossy(&text).trim());
        match taken {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(LibraryError::Locked {
                    path: self.path.clone(),
                    message: format!(
                        "another program is changing this library ({before}); wait until it has finished, then try again"
                    ),
                });
            }
            Err(TryLockError::Error(e)) => return Err(refused(&path, e)),
        }
        rewrite(&mut lock, note).map_err(|e| refused(&path, e))?;
        let interrupted = (!before.is_empty()).then_some(before);
        self.clear(interrupted.is_some())?;
        Ok(Writer {
            store: self.clone(),
            lock,
            made_folder,
            interrupted,
        })
    }

    /// Removes what an interrupted change left: a half-written file, and a generation that was given its
    /// number but never became the library.
    fn clear(&self, interrupted: bool) -> Result<(), LibraryError> {
        let folder = self.folder();
        remove(&folder.join("new.h5"))?;
        remove(&folder.join("copy.h5"))?;
        if !interrupted {
            return Ok(());
        }
        let current = self.readable();
        let Some(last) = self.kept()?.pop().filter(|k| !k.current) else {
            return Ok(());
        };
        let record = last_record(&last.path);
        let (number, hash) = match &current {
            Some(current) => (current.info.generation + 1, current.info.record.as_str()),
            // The very first generation, if there is no library at all.
            None if self.path.exists() => return Ok(()),
            None => (1, ""),
        };
        let follows = record.is_some_and(|r| r.previous == hash);
        match last.generation == number && follows {
            true => remove(&last.path),
            false => Ok(()),
        }
    }

    fn wrong(&self, message: String) -> LibraryError {
        LibraryError::Format {
            path: self.path.clone(),
            message,
        }
    }
}

/// The record of the change that made a generation's file.
fn last_record(path: &Path) -> Option<Record> {
    let records = storage::open(path).and_then(|library| library.history());
    records.ok()?.pop()
}

/// Removes a file that need not be there.
fn remove(file: &Path) -> Result<(), LibraryError> {
    match std::fs::remove_file(file) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(refused(file, e)),
        _ => Ok(()),
    }
}

fn rewrite(file: &mut File, text: &str) -> std::io::Result<()> {
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(text.as_bytes())
}

/// The right to change a library; given up when dropped, or by the system when the program ends.
#[derive(Debug)]
pub struct Writer {
    store: Store,
    lock: File,
    /// Whether the folder of generations was made for this change.
    made_folder: bool,
    /// Note of an earlier writer that did not finish; what it left has been removed.
    pub interrupted: Option<String>,
}

impl Writer {
    /// The library.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The generation to start from; `None` where there is no library yet.
    ///
    /// # Errors
    /// [`LibraryError::Format`] where the library file is gone or older than generations that are kept;
    /// as [`storage::open`].
    pub fn current(&self) -> Result<Option<Library>, LibraryError> {
        let current = self.store.current()?;
        match (&current, self.store.kept()?.last()) {
            (None, Some(last)) => Err(self.store.wrong(format!(
                "the library file is gone, but earlier generations are kept in {}; bring one back with `specid library rollback --to {}`, or move that folder away to begin anew",
                self.store.folder().display(),
                last.generation
            ))),
            (Some(here), Some(last)) if last.generation > here.info.generation => {
                Err(self.store.wrong(format!(
                    "the library file is generation {}, but generation {} is kept in {}: an older file was put in its place; `specid library rollback --to N` makes one of them current",
                    here.info.generation,
                    last.generation,
                    self.store.folder().display()
                )))
            }
            _ => Ok(current),
        }
    }

    /// Makes `library` the next generation, by `change`. `parent` is the generation it was made from:
    /// where the current one is no longer that, nothing is done. Only a rollback may bring back a
    /// library whose file is gone or damaged; a damaged file is set aside.
    ///
    /// # Errors
    /// [`LibraryError::Io`] and [`LibraryError::Format`] where the file cannot be written or does not
    /// read back as it was written; the library is then what it was before.
    pub fn commit(
        &self,
        library: &mut Library,
        parent: Option<&Library>,
        change: Change,
    ) -> Result<Record, LibraryError> {
        let path = self.store.path();
        let current = match change.action {
            Action::Rollback => self.store.readable(),
            _ => self.store.current()?,
        };
        let anew = change.action == Action::Rollback;
        let state = |l: &Library| (l.info.generation, l.info.hash.clone());
        if !anew && current.as_ref().map(state) != parent.map(state) {
            return Err(self.store.wrong(
                "the library was replaced while it was being changed; nothing was written, try again"
                    .to_owned(),
            ));
        }
        let highest = self.store.kept()?.last().map_or(0, |k| k.generation);
        let record = library.succeed(parent, highest, change)?;
        let folder = self.store.folder();
        let new = folder.join("new.h5");
        if let Err(error) = storage::write_checked(library, &new) {
            // What was written is of no use; that it cannot be removed would be found by the next writer.
            let _ = std::fs::remove_file(&new);
            return Err(error);
        }
        match &current {
            Some(current) => self.keep(current.info.generation)?,
            None if path.exists() => self.set_aside()?,
            None => {}
        }
        // Where the file system knows no second names, the next change keeps a copy.
        let place = self.store.place(record.generation);
        let _ = std::fs::hard_link(&new, &place);
        let named = sync_folder(&folder)
            .map_err(|e| refused(&folder, e))
            .and_then(|()| std::fs::rename(&new, path).map_err(|e| refused(path, e)));
        if let Err(error) = named {
            // A generation later than the library would be taken for a sign that an older file had been put in
            // the library's place.
            for file in [&place, &new] {
                let _ = std::fs::remove_file(file);
            }
            return Err(error);
        }
        sync_folder(folder_of(path)).map_err(|e| refused(path, e))?;
        library.path = Some(path.to_owned());
        Ok(record)
    }

    /// Keeps a damaged library file that is about to be replaced, for whoever wants to look at it.
    fn set_aside(&self) -> Result<(), LibraryError> {
        let (path, aside) = (self.store.path(), self.store.folder().join("damaged.h5"));
        remove(&aside)?;
        std::fs::hard_link(path, &aside)
            .or_else(|_| std::fs::copy(path, &aside).map(|_| ()))
            .map_err(|e| refused(&aside, e))
    }

    /// Keeps the current file under its number: a second name of the same file, or a copy where the
    /// file system knows no second names.
    fn keep(&self, generation: u64) -> Result<(), LibraryError> {
        let (path, place) = (self.store.path(), self.store.place(generation));
        // It has its number already, unless it was copied here or the file system knows no second names.
        let whole = |file: &Path| storage::open(file).ok().map(|l| l.info.record);
        if place.exists() && whole(&place) == whole(path) {
            return Ok(());
        }
        remove(&place)?;
        if std::fs::hard_link(path, &place).is_ok() {
            return Ok(());
        }
        let copy = self.store.folder().join("copy.h5");
        std::fs::copy(path, &copy)
            .and_then(|_| OpenOptions::new().write(true).open(&copy)?.sync_all())
            .and_then(|()| std::fs::rename(&copy, &place))
            .map_err(|e| refused(&place, e))
    }

    /// What [`Writer::collect`] would remove, oldest first.
    ///
    /// # Errors
    /// As [`Store::kept`].
    pub fn collectable(&self, keep: usize) -> Result<Vec<Kept>, LibraryError> {
        let kept = self.store.kept()?;
        let old = kept.len().saturating_sub(keep.max(1));
        Ok(kept.into_iter().take(old).filter(|k| !k.current).collect())
    }

    /// Removes the files of all but the newest `keep` generations, the current one among them. Their
    /// records stay in the library.
    ///
    /// # Errors
    /// [`LibraryError::Io`] where a file cannot be removed; those before it are.
    pub fn collect(&self, keep: usize) -> Result<Vec<Kept>, LibraryError> {
        let gone = self.collectable(keep)?;
        for generation in &gone {
            std::fs::remove_file(&generation.path).map_err(|e| refused(&generation.path, e))?;
        }
        Ok(gone)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // The system gives the lock up in any case; a note that stays would only be reported once.
        let _ = self.lock.set_len(0);
        let folder = self.store.folder();
        let only_lock = std::fs::read_dir(&folder).is_ok_and(|items| items.count() == 1);
        if !self.store.path.exists() || self.made_folder {
            // Nothing came of it: a folder that holds only the lock goes again, any other stays.
            if only_lock {
                let _ = std::fs::remove_file(folder.join("lock"));
                let _ = std::fs::remove_dir(&folder);
            }
        }
        let _ = self.lock.unlock();
    }
}
