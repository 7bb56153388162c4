//! Why cases cannot be read.

use crate::screen::manifest::ManifestError;
use crate::screen::store::StoreError;
use std::path::PathBuf;
use thiserror::Error;

/// Why cases cannot be read.
#[derive(Debug, Error)]
pub enum CaseError {
    /// A manifest.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A run's store.
    #[error("the run {} cannot be read", path.display())]
    Run {
        /// Folder of the run.
        path: PathBuf,
        /// The reason.
        source: StoreError,
    },
    /// A run that ended before its samples were judged.
    #[error(
        "{spectra} spectra of the run {} are not judged: its last session was stopped; give the same `specid screen` command again, then it is whole",
        path.display()
    )]
    Unfinished {
        /// Folder of the run.
        path: PathBuf,
        /// Spectra of no sample.
        spectra: u64,
    },
}
