//! Files that are whole on the disk or not there at all: written beside their place, flushed, then renamed.

use std::io;
use std::path::Path;
use tempfile::NamedTempFile;

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone.
    Owner,
    /// As any new file, less what the user masks.
    Everyone,
}

/// The folder that a file is in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A new file without a name of its own in the folder of `path`; it goes again where it is not put in its place.
///
/// # Errors
/// Where the folder cannot be written.
pub fn beside(path: &Path, readers: Readers) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if readers == Readers::Everyone {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = readers;
    builder.tempfile_in(folder_of(path))
}

/// Puts a file that is written into its place, so that it is there when the computer stops.
///
/// # Errors
/// Where it cannot be flushed or renamed; an earlier file stays.
pub fn put(new: NamedTempFile, path: &Path) -> io::Result<()> {
    new.as_file().sync_all()?;
    new.persist(path)?;
    sync_folder(folder_of(path))
}

/// The same, but never over a file that is there.
///
/// # Errors
/// As [`put`], and where there is a file of this name.
pub fn put_new(new: NamedTempFile, path: &Path) -> io::Result<()> {
    new.as_file().sync_all()?;
    new.persist_noclobber(path)?;
    sync_folder(folder_of(path))
}

/// Makes new and renamed names in a folder durable. Where the file system cannot, or the user may write into the
/// folder but not read it, the system is taken at its word.
///
/// # Errors
/// Where the disk refuses.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    match std::fs::File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(e) if matches!(e.kind(), InvalidInput | PermissionDenied | Unsupported) => Ok(()),
        other => other,
    }
}

/// Makes new and renamed names in a folder durable.
///
/// # Errors
/// None; the system does so by itself.
#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_file_is_put_over_another_only_where_that_is_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let written = |text: &str| {
            let mut new = beside(&path, Readers::Everyone).unwrap();
            new.write_all(text.as_bytes()).unwrap();
            new
        };
        put_new(written("first"), &path).unwrap();
        assert!(put_new(written("second"), &path).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "first");
        put(written("third"), &path).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "third");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn the_folder_of_a_bare_name_is_the_one_the_user_is_in() {
        assert_eq!(folder_of(Path::new("a")), Path::new("."));
        assert_eq!(folder_of(Path::new("b/a")), Path::new("b"));
        assert_eq!(folder_of(Path::new("/a")), Path::new("/"));
    }
}
