//! Files that the user names for results: whole or not at all.

use crate::file::{Readers, beside, put, put_new};
use anyhow::{Context, Result};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes a whole file or nothing, flushed to the disk. A link stays a link to the file that it names. What is no file, such as
/// a device or a pipe, is written to as it stands and never replaced.
///
/// # Errors
/// Where the folder or the file cannot be written; an earlier file stays.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let context = || format!("{} cannot be written", path.display());
    if is_stream(path) {
        let mut stream = std::fs::OpenOptions::new()
            .write(true)
            .open(path)
            .with_context(context)?;
        return stream.write_all(bytes).with_context(context);
    }
    let file = behind_link(path);
    new_beside(&file, bytes)
        .and_then(|new| put(new, &file))
        .with_context(context)
}

/// Writes a whole file or nothing, and nothing over another file that is there.
///
/// # Errors
/// As [`replace`], and where there is a file of this name.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<()> {
    new_beside(path, bytes)
        .and_then(|new| put_new(new, path))
        .with_context(|| format!("{} cannot be written", path.display()))
}

/// Whether there is something that is neither a file nor a folder: a device, a pipe, a socket.
pub(super) fn is_stream(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|it| !it.is_file() && !it.is_dir())
}

/// The file that a link names, else the path itself.
fn behind_link(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// A new file in the folder of `path`, with its content, not yet under its name.
fn new_beside(path: &Path, bytes: &[u8]) -> std::io::Result<tempfile::NamedTempFile> {
    let mut file = beside(path, Readers::Everyone)?;
    file.write_all(bytes)?;
    Ok(file)
}

#[cfg(all(test, unix))]
mod tests {
    use super::replace;
    use std::os::unix::fs::FileTypeExt;

    #[test]
    fn a_pipe_is_written_to_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        let reader = {
            let pipe = pipe.clone();
            std::thread::spawn(move || std::fs::read(pipe).unwrap())
        };
        replace(&pipe, b"result").unwrap();
        let kind = std::fs::symlink_metadata(&pipe).unwrap().file_type();
        assert!(kind.is_fifo(), "the pipe was replaced");
        assert_eq!(reader.join().unwrap(), b"result");
    }

    #[test]
    fn a_link_stays_and_its_file_has_the_new_content() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        std::fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        replace(&link, b"new").unwrap();
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::read(&file).unwrap(), b"new");
    }
}
