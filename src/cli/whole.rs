//! Libraries that are what their hash says, for what builds on them.

use crate::library::{Library, Store};
use anyhow::{Result, bail};

/// Reads the whole library and compares it with its hashes; the embedded one has none to compare with.
///
/// # Errors
/// Where it is not what was written, with what to do.
pub(super) fn required(library: &Library) -> Result<()> {
    let Some(path) = library.path.as_deref().filter(|_| !library.is_verified()) else {
        return Ok(());
    };
    let Err(error) = library.verify() else {
        return Ok(());
    };
    let place = path.display();
    let told = error.to_string();
    let told = told.trim_end_matches("; restore it from a copy");
    let newest = Store::at(path).newest_whole().ok().flatten();
    match newest.map(|kept| kept.info.generation) {
        Some(number) => bail!(
            "{place} is not what was written: {told}. Nothing was done with it. Generation {number} is kept and whole: `specid library rollback --to {number} --library {place}` brings it back, or `--library {place}@{number}` asks it"
        ),
        None => bail!(
            "{place} is not what was written: {told}. Nothing was done with it. No kept generation of it is whole; ask for the file where it came from, or restore it from a backup"
        ),
    }
}

/// What is wrong where the library's file is older than a generation that is kept beside it.
///
/// # Errors
/// Where the folder of generations cannot be looked at.
pub(super) fn older(library: &Library) -> Result<Option<String>> {
    let Some(path) = library.path.as_deref() else {
        return Ok(None);
    };
    let newer = Store::at(path).newer_than(library)?;
    Ok(newer.map(|newest| {
        format!(
            "{} is generation {}, but generation {newest} is kept beside it: an older file was put in its place; `specid library rollback --to {newest}` makes the newest current again",
            path.display(),
            library.info.generation
        )
    }))
}
