//! Why the register of unknowns cannot be used.

use super::notice::NoticeError;
use std::path::PathBuf;
use thiserror::Error;

/// A reason.
#[derive(Debug, Error)]
pub enum RegisterError {
    /// The file system or SQLite refused.
    #[error("the register of unknowns {} cannot be used", path.display())]
    Sql {
        /// The register.
        path: PathBuf,
        /// The reason.
        source: rusqlite::Error,
    },
    /// Its folder cannot be made.
    #[error("{} cannot be made", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// Another process writes it.
    #[error("{} is in use: another specid writes it; try again", .0.display())]
    Busy(PathBuf),
    /// There is none.
    #[error("there is no register of unknowns at {}; `specid unknowns add FILE` begins one", .0.display())]
    Missing(PathBuf),
    /// The file is another one.
    #[error("{} is no register of unknowns of this version ({found}); name another file with --register", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it says of itself.
        found: String,
    },
    /// A row that cannot be understood.
    #[error("{}: a row is damaged ({message}); bring the file back from a copy", path.display())]
    Damaged {
        /// The register.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// No unknown has this id.
    #[error("the register has no unknown {0}; `specid unknowns list` tells its ids")]
    NoUnknown(String),
    /// The unknown was merged into another.
    #[error("{0} was merged into {1}")]
    Merged(String, String),
    /// More spectra of one technique than can be grouped at once.
    #[error(
        "{found} spectra of one technique are too many to be grouped at once, of at most {most}"
    )]
    TooMany {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// A notice.
    #[error(transparent)]
    Notice(#[from] NoticeError),
    /// Something that cannot be written as JSON.
    #[error("an entry cannot be stored ({0})")]
    Form(#[from] serde_json::Error),
}
