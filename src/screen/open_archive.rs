//! The archive that a worker has open, so that its members are not looked up anew one by one.

use super::given::Given;
use crate::read::{Archive, ErrorKind, ReadError};
use std::path::{Path, PathBuf};

/// The archive that a worker has open.
#[derive(Default)]
pub struct OpenArchive(Option<(PathBuf, Archive)>);

impl OpenArchive {
    /// The archive of this path, opened where another one was.
    ///
    /// # Errors
    /// [`ReadError`] where it cannot be opened.
    pub(super) fn of(&mut self, path: &Path, given: &Given) -> Result<&mut Archive, ReadError> {
        let same = self.0.as_ref().is_some_and(|(open, _)| open == path);
        if !same {
            self.0 = Some((path.to_owned(), Archive::open(path, &given.limits)?));
        }
        match &mut self.0 {
            Some((_, archive)) => Ok(archive),
            None => Err(ReadError::new(ErrorKind::Io, "the archive is not open")),
        }
    }
}
