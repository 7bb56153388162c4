//! What a change of a library appends to a record.

use crate::cli::record::{Recorder, absolute, library_used, told};
use crate::library::{Kept, Library, Record, Store};
use crate::record::{Draft, Kind, UsedFile};
use anyhow::{Context, Result};
use serde_json::{Value, json};

fn state(library: &Library) -> Value {
    let info = &library.info;
    json!({ "generation": info.generation, "hash": info.hash, "record": info.record })
}

/// Records that a library was changed, and says so.
///
/// # Errors
/// Where it cannot be recorded; the library is changed all the same.
pub(in crate::cli) fn change(
    recorder: &Recorder,
    store: &Store,
    before: Option<&Library>,
    after: &Library,
    record: &Record,
) -> Result<()> {
    let result = json!({
        "library": absolute(store.path()),
        "action": record.change.action.id(),
        "before": before.map(state),
        "after": state(after),
        "change": record,
    });
    let mut draft = Draft::new(Kind::LibraryChange, result);
    let sources = record.change.sources.iter().map(|source| UsedFile {
        role: "source".to_owned(),
        path: absolute(source.path.as_ref()),
        sha256: (source.sha256.len() == 64).then(|| source.sha256.clone()),
        bytes: None,
    });
    draft.inputs = sources.collect();
    draft.library = Some(library_used(after));
    append(recorder, draft, || {
        format!(
            "{} is changed to generation {}, as its own log tells, but this could not be recorded",
            store.path().display(),
            record.generation
        )
    })
}

/// Files of old generations that were removed.
pub(super) struct Removal<'a> {
    /// The files.
    pub gone: &'a [Kept],
    /// Entries of the record that were made with them.
    pub entries: usize,
    /// Why that was accepted.
    pub accepted: Option<&'a str>,
}

/// Records that files of old generations were removed, and says so.
///
/// # Errors
/// Where it cannot be recorded; they are removed all the same.
pub(super) fn removal(
    recorder: &Recorder,
    store: &Store,
    current: &Library,
    removal: &Removal<'_>,
) -> Result<()> {
    let removed = removal.gone.iter().map(|kept| {
        json!({ "generation": kept.generation, "file": absolute(&kept.path), "bytes": kept.bytes })
    });
    let result = json!({
        "library": absolute(store.path()),
        "action": "gc",
        "before": state(current),
        "after": state(current),
        "removed": removed.collect::<Vec<_>>(),
        "entries_made_with_them": removal.entries,
        "accepted": removal.accepted,
    });
    let mut draft = Draft::new(Kind::LibraryChange, result);
    draft.library = Some(library_used(current));
    append(recorder, draft, || {
        format!(
            "files of {} generations of {} are removed, but this could not be recorded",
            removal.gone.len(),
            store.path().display()
        )
    })
}

fn append(recorder: &Recorder, draft: Draft, failed: impl Fn() -> String) -> Result<()> {
    let place = recorder.append_one(draft).with_context(failed)?;
    eprintln!("specid: {}", told(&place));
    Ok(())
}
