//! Why a record cannot be used.

use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a record cannot be read or written.
#[derive(Debug, Error)]
pub enum RecordError {
    /// The operating system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// It is no file that a record can be.
    #[error("{}: {message}", path.display())]
    Place {
        /// The file.
        path: PathBuf,
        /// What it is and what to do.
        message: String,
    },
    /// It is not as this program left it.
    #[error(
        "{}: {message}. Nothing was written. `specid record verify` tells more; keep the file and its head as they are, and begin a new record (--record OTHER)",
        path.display()
    )]
    NotWhole {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// An entry that cannot be amended, or is not there.
    #[error("{}: {message}", path.display())]
    Entry {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        message: String,
    },
    /// A head that cannot be used.
    #[error("{}: {message}", path.display())]
    Head {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        message: String,
    },
}

impl RecordError {
    /// The system's error at a file.
    pub(super) fn io(path: &Path) -> impl Fn(std::io::Error) -> Self + '_ {
        |source| Self::Io {
            path: path.to_owned(),
            source,
        }
    }

    /// A record that was changed.
    pub(super) fn not_whole(path: &Path, message: impl Into<String>) -> Self {
        Self::NotWhole {
            path: path.to_owned(),
            message: message.into(),
        }
    }

    /// A file that can be no record.
    pub(super) fn place(path: &Path, message: impl Into<String>) -> Self {
        Self::Place {
            path: path.to_owned(),
            message: message.into(),
        }
    }
}
