//! Why trends cannot be told.

use crate::screen::store::StoreError;
use jiff::civil::Date;
use std::path::PathBuf;
use thiserror::Error;

/// Why trends cannot be told.
#[derive(Debug, Error)]
pub enum TrendError {
    /// A run's store.
    #[error("the run {} cannot be read", path.display())]
    Run {
        /// Folder of the run.
        path: PathBuf,
        /// The reason.
        source: StoreError,
    },
    /// What is kept of an unknown cannot be understood.
    #[error(
        "the run {}: what is kept of the unknown {sample:?} is damaged; screen the files again into another run",
        path.display()
    )]
    Fingerprint {
        /// Folder of the run.
        path: PathBuf,
        /// The sample.
        sample: String,
    },
    /// Dates that are too far apart to be true.
    #[error(
        "the dates of the samples span {periods} {by}s, from {} ({first_sample}) to {} ({last_sample}); at most {most} can be told: one of these dates is probably mistyped, correct it in the manifest",
        days.0, days.1
    )]
    Span {
        /// The first and the last day.
        days: (Date, Date),
        /// Sample of the first day.
        first_sample: String,
        /// Sample of the last day.
        last_sample: String,
        /// Months or quarters.
        by: &'static str,
        /// How many.
        periods: usize,
        /// How many can be told.
        most: usize,
    },
    /// A recent window that leaves nothing to be compared with.
    #[error(
        "the recent window of {asked} {by}s leaves nothing before it: the dated samples span {periods}; ask for less"
    )]
    Recent {
        /// Periods asked for.
        asked: usize,
        /// Periods there are.
        periods: usize,
        /// Months or quarters.
        by: &'static str,
    },
    /// A table.
    #[error(transparent)]
    Table(#[from] crate::screen::table::TableError),
    /// A value that is no JSON.
    #[error("the trends cannot be written as JSON")]
    Json(#[from] serde_json::Error),
}
