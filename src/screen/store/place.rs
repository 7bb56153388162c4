//! Where a file is, and how a store keeps that.

use std::path::{Path, PathBuf};

/// Where a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On disk.
    File(PathBuf),
    /// In a zip archive, by its position.
    Member(PathBuf, usize),
    /// Standard input, of which there is one.
    Input,
}

/// A path of such bytes as a store keeps and lists of names hold.
pub fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    from_bytes(bytes)
}

pub(super) fn to_columns(place: &Place) -> (Vec<u8>, i64) {
    match place {
        Place::File(path) => (to_bytes(path), -1),
        Place::Member(path, index) => (to_bytes(path), *index as i64),
        Place::Input => (b"-".to_vec(), -1),
    }
}

pub(super) fn from_columns(place: &[u8], member: i64) -> Place {
    match usize::try_from(member) {
        Ok(index) => Place::Member(from_bytes(place), index),
        Err(_) if place == b"-" => Place::Input,
        Err(_) => Place::File(from_bytes(place)),
    }
}

/// A path as the system has it: names that are no UTF-8 stay what they are.
#[cfg(unix)]
fn to_bytes(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(unix)]
fn from_bytes(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn to_bytes(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn from_bytes(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
