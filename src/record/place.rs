//! Opening a record's file: a plain file, no link, under a lock.

use super::error::RecordError;
use super::head::Head;
use crate::file;
use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// A file beside the record whose name is the record's and this.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Makes new and renamed names in a record's folder durable.
pub(super) fn sync_folder(path: &Path) -> Result<(), RecordError> {
    let folder = file::folder_of(path);
    file::sync_folder(folder).map_err(RecordError::io(folder))
}

/// Options that neither follow a link nor wait for the other end of a pipe.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
        options.custom_flags(flags.cast_signed());
    }
    options
}

/// Says in words what is no plain file.
fn plain(path: &Path, about: &Metadata) -> Result<(), RecordError> {
    let what = match about.file_type() {
        kind if kind.is_symlink() => {
            let to = std::fs::read_link(path).unwrap_or_default();
            return Err(RecordError::place(
                path,
                format!(
                    "this is a link to {}; name that file itself, so that its head stands beside it",
                    to.display()
                ),
            ));
        }
        kind if kind.is_file() => return Ok(()),
        kind if kind.is_dir() => "a folder",
        _ => "a pipe or device",
    };
    Err(RecordError::place(
        path,
        format!("this is {what}; a record is a plain file, such as lab.record"),
    ))
}

/// Refuses what is there and is no plain file.
fn look(path: &Path) -> Result<bool, RecordError> {
    match std::fs::symlink_metadata(path) {
        Ok(about) => plain(path, &about).map(|()| true),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(RecordError::io(path)(e)),
    }
}

/// Opens a record to append, makes it where it does not exist, and waits for the lock; `waiting` is told once
/// where another program holds it.
pub(super) fn to_append(path: &Path, waiting: &dyn Fn()) -> Result<File, RecordError> {
    let io = RecordError::io(path);
    if path.file_name().is_none() {
        return Err(RecordError::place(path, "this names no file"));
    }
    look(path)?;
    let file = options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(&io)?;
    plain(path, &file.metadata().map_err(&io)?)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            waiting();
            file.lock().map_err(&io)?;
        }
        Err(TryLockError::Error(e)) => return Err(io(e)),
    }
    match is_at(&file, path) {
        true => Ok(file),
        false => Err(RecordError::place(
            path,
            "the file was moved or replaced while it was being opened; try again",
        )),
    }
}

/// A record and its head as they were at one moment.
pub(super) struct Snapshot {
    /// The record.
    pub file: File,
    /// How much of it was there.
    pub length: u64,
    /// The head beside it; `None` where there is none.
    pub head: Result<Option<Head>, RecordError>,
}

/// Opens a record to read what is there now, while nobody appends.
pub(super) fn to_read(path: &Path) -> Result<Snapshot, RecordError> {
    let io = RecordError::io(path);
    if !look(path)? {
        return Err(RecordError::place(
            path,
            "there is no such file; a record begins with `specid identify FILE --record NAME`",
        ));
    }
    let file = options().open(path).map_err(&io)?;
    plain(path, &file.metadata().map_err(&io)?)?;
    // Where the file system knows no locks, the worst is a last line that looks unfinished.
    let locked = file.lock_shared().is_ok();
    let length = file.metadata().map_err(&io)?.len();
    let head = Head::beside(path);
    if locked {
        file.unlock().map_err(&io)?;
    }
    Ok(Snapshot { file, length, head })
}

/// Whether the path still names this file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |a: Metadata, b: Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    let both = file.metadata().ok().zip(std::fs::metadata(path).ok());
    both.is_some_and(|(a, b)| same(a, b))
}

/// Elsewhere a locked file cannot be replaced.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}
