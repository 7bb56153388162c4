//! The library that a recorded result was made with, of that generation and content.

use crate::cli::locate;
use crate::library::{Library, Store};
use crate::record::LibraryUsed;
use std::path::Path;

/// Opens the generation of a library that an entry tells of: the embedded one, the file at its place or one of
/// the generations kept beside it, or at the place that the user names.
///
/// # Errors
/// A sentence where none has the recorded content.
pub(super) fn open(used: &LibraryUsed, named: Option<&Path>) -> Result<Library, String> {
    let mut found = Vec::new();
    let place = named.unwrap_or(Path::new(&used.location));
    let embedded = named.is_none() && used.location == "embedded";
    let whole = match embedded {
        true => locate::open(Some(Path::new("starter"))),
        false => locate::open(Some(place)),
    };
    match whole {
        Ok(library) if is_it(&library, used) => return proven(library),
        Ok(library) => found.push(format!(
            "{} is generation {} ({})",
            library.location(),
            library.info.generation,
            short(&library.info.hash)
        )),
        Err(error) => found.push(crate::cli::told(&error)),
    }
    if !embedded && place.is_file() {
        match Store::at(place).open(used.generation) {
            Ok(library) if is_it(&library, used) => return proven(library),
            Ok(library) => found.push(format!(
                "its generation {} has other content ({})",
                used.generation,
                short(&library.info.hash)
            )),
            Err(error) => found.push(error.to_string()),
        }
    }
    Err(format!(
        "the library {} of generation {} ({}) is not at hand: {}; name it with --library",
        used.name,
        used.generation,
        short(&used.hash),
        found.join("; ")
    ))
}

fn is_it(library: &Library, used: &LibraryUsed) -> bool {
    (library.info.generation, &library.info.hash) == (used.generation, &used.hash)
}

/// The library where its content is what its hash says.
fn proven(library: Library) -> Result<Library, String> {
    match library.verify() {
        Ok(()) => Ok(library),
        Err(error) => Err(format!("{}: {error}", library.location())),
    }
}

/// The first digits of a hash.
fn short(hash: &str) -> &str {
    hash.get(..16).unwrap_or(hash)
}
