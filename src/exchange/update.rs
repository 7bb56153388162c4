//! A verified package taken into a library, up to the point where the library is built.

use super::manifest::Manifest;
use super::merge::{Changes, Replay, merge};
use super::package::Verified;
use super::publish::records;
use super::refusal::Refusal;
use super::trust::Introduced;
use crate::library::{Builder, Info, Library, LibraryError, Received};
use jiff::Timestamp;
use thiserror::Error;

/// Why a package is not taken in.
#[derive(Debug, Error)]
pub enum UpdateError {
    /// The package does not fit this library.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The library is damaged.
    #[error(transparent)]
    Library(#[from] LibraryError),
}

/// What to build, and what it changes.
#[derive(Debug)]
pub struct Update {
    /// Holds all entries of the next generation and what was received; `build` makes it.
    pub builder: Builder,
    /// What the package does to the library.
    pub changes: Changes,
    /// What the package says of itself.
    pub manifest: Manifest,
    /// Keys that a trusted key certifies, for [`super::Trust::accept`].
    pub introduced: Vec<Introduced>,
}

/// How a package is received.
#[derive(Debug, Clone, Copy)]
pub struct Reception {
    /// Whether an older generation may come.
    pub replay: Replay,
    /// Now.
    pub now: Timestamp,
}

/// Takes a package into a library, or into a new one of the publisher's name for it.
///
/// # Errors
/// [`UpdateError`] where it does not fit the library or the library is damaged.
pub fn update(
    library: Option<&Library>,
    package: Verified,
    reception: Reception,
) -> Result<Update, UpdateError> {
    let (manifest, introduced) = (package.manifest.clone(), package.introduced.clone());
    let mut builder = match library {
        Some(library) => Builder::following(library),
        None => Builder::new(Info {
            name: manifest.library.clone(),
            description: manifest.description.clone(),
            licence: manifest.licence.clone(),
            ..Info::default()
        }),
    };
    let current = library.map(records).transpose()?.unwrap_or_default();
    let last = builder.info().received.get(&manifest.publisher);
    let merged = merge(current, last, package, reception.replay)?;
    let entries = merged.records.into_iter().map(|record| {
        let id = record.entry.id.clone();
        // Every record was checked when it was read.
        record.into_pair().ok_or(Refusal::Tampered {
            what: format!("the points of {id:?} do not fit together"),
        })
    });
    let entries = entries.collect::<Result<_, _>>()?;
    let changes = &merged.changes;
    let touched = changes.added.iter().chain(&changes.updated).cloned();
    builder.set_entries(entries, library, touched.collect())?;
    builder.set_received(
        manifest.publisher.clone(),
        Received {
            library: manifest.library.clone(),
            generation: manifest.generation,
            hash: manifest.state.to_string(),
            date: reception.now.to_string(),
            fingerprint: manifest.fingerprint.to_string(),
        },
    );
    Ok(Update {
        builder,
        changes: merged.changes,
        manifest,
        introduced,
    })
}
