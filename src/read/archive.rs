//! Zip archives of spectra: each member as an [`Input`], in memory, within the limits.

use super::error::{ErrorKind, ReadError};
use super::input::Input;
use super::limits::Limits;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use zip::ZipArchive;

/// Most members of one archive.
const MOST_MEMBERS: usize = 1_000_000;

/// An open archive.
pub struct Archive {
    name: String,
    zip: ZipArchive<File>,
    limits: Limits,
}

impl Archive {
    /// Whether a path is to be read as an archive: by its name, since other formats are zip files
    /// inside.
    pub fn is_one(path: &Path) -> bool {
        let extension = path.extension();
        extension.is_some_and(|e| e.eq_ignore_ascii_case("zip")) && path.is_file()
    }

    /// Opens an archive; reads its table of members.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where it cannot be read, [`ErrorKind::Malformed`] where it is no zip
    /// archive, [`ErrorKind::Limit`] where it has too many members.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, ReadError> {
        let file = File::open(path)
            .map_err(|e| ReadError::new(ErrorKind::Io, format!("the file cannot be read ({e})")))?;
        let zip = ZipArchive::new(file).map_err(|e| broken(&e))?;
        if zip.len() > MOST_MEMBERS {
            return Err(ReadError::new(
                ErrorKind::Limit,
                format!("the archive has more than {MOST_MEMBERS} members"),
            ));
        }
        Ok(Self {
            name: path.to_string_lossy().into_owned(),
            zip,
            limits: *limits,
        })
    }

    /// Number of members, folders included.
    pub fn len(&self) -> usize {
        self.zip.len()
    }

    /// Whether it has no members.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Name of a member for messages: archive and place in it.
    pub fn name_of(&self, index: usize) -> String {
        let name = self.zip.name_for_index(index).and_then(Result::ok);
        let name = name.unwrap_or_else(|| format!("member {}", index + 1).into());
        format!("{}/{name}", self.name)
    }

    /// Whether a member is to be read: no folder, not hidden.
    pub fn is_file(&self, index: usize) -> bool {
        let name = self.name_of(index);
        let name = &name[self.name.len() + 1..];
        let last = name.rsplit('/').next().unwrap_or_default();
        !last.is_empty() && !last.starts_with('.') && !name.starts_with("__MACOSX/")
    }

    /// A member with its bytes; `None` for folders and hidden files.
    ///
    /// # Errors
    /// [`ErrorKind::Malformed`] where it cannot be unpacked, [`ErrorKind::Limit`] where it is larger
    /// than a file may be, whatever the archive says of its size.
    pub fn member(&mut self, index: usize) -> Result<Option<Input>, ReadError> {
        if !self.is_file(index) {
            return Ok(None);
        }
        let name = self.name_of(index);
        let limits = self.limits;
        let member = self.zip.by_index(index).map_err(|e| broken(&e))?;
        let mut bytes = Vec::new();
        member
            .take(limits.file_bytes + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| {
                ReadError::new(
                    ErrorKind::Malformed,
                    format!("the archive's member cannot be unpacked ({e})"),
                )
            })?;
        match bytes.len() as u64 > limits.file_bytes {
            true => Err(limits.too_large()),
            false => Ok(Some(Input::new(name, bytes))),
        }
    }
}

fn broken(error: &zip::result::ZipError) -> ReadError {
    ReadError::new(
        ErrorKind::Malformed,
        format!("the zip archive cannot be read ({error})"),
    )
    .advise("copy it again from where it came from")
}
