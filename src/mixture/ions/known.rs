//! Substances that the user says are in the sample.

use super::references::References;
use crate::spectrum::Identity;

/// The rows of a known substance: by its InChIKey; where none has that, by the key's skeleton, else CAS number,
/// else a name.
pub(super) fn rows(references: &References<'_>, known: &Identity) -> Vec<usize> {
    let identity = |row: usize| {
        let entry = references.library.entry(references.entry(row)?).ok();
        entry.map(|entry| entry.identity)
    };
    let found = (0..references.len()).filter_map(|row| Some((row, identity(row)?)));
    let alike: Vec<(usize, Identity)> = found.filter(|(_, i)| known.is_same_as(i)).collect();
    let has_key =
        |(_, i): &&(usize, Identity)| i.inchikey.is_some() && i.inchikey == known.inchikey;
    // A labelled substance has the skeleton, too.
    let exact: Vec<usize> = alike.iter().filter(has_key).map(|(row, _)| *row).collect();
    match exact.is_empty() {
        true => alike.into_iter().map(|(row, _)| row).collect(),
        false => exact,
    }
}
