//! Substances that the user says are in the sample.

use super::references::References;
use crate::library::LibraryError;
use crate::spectrum::Identity;

/// The rows of a known substance: by its InChIKey; where none has that, by the key's skeleton, else CAS number,
/// else a name.
///
/// # Errors
/// [`LibraryError`] where an entry is damaged.
pub(super) fn rows(
    references: &References<'_>,
    known: &Identity,
) -> Result<Vec<usize>, LibraryError> {
    let mut alike: Vec<(usize, Identity)> = Vec::new();
    for row in 0..references.len() {
        let Some(entry) = references.entry(row) else {
            continue;
        };
        let identity = references.library.entry(entry)?.identity;
        if known.is_same_as(&identity) {
            alike.push((row, identity));
        }
    }
    let has_key =
        |(_, i): &&(usize, Identity)| i.inchikey.is_some() && i.inchikey == known.inchikey;
    // A labelled substance has the skeleton, too.
    let exact: Vec<usize> = alike.iter().filter(has_key).map(|(row, _)| *row).collect();
    Ok(match exact.is_empty() {
        true => alike.into_iter().map(|(row, _)| row).collect(),
        false => exact,
    })
}
