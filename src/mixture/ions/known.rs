//! Substances that the user says are in the sample.

use super::references::References;
use crate::spectrum::Identity;

/// The rows of a known substance: by skeleton of the InChIKey, else CAS number, else a name.
pub(super) fn rows(references: &References<'_>, known: &Identity) -> Vec<usize> {
    let is_it = |row: &usize| {
        let entry = references.entry(*row);
        let identity = entry.and_then(|e| references.library.entry(e).ok());
        identity.is_some_and(|entry| known.is_same_as(&entry.identity))
    };
    (0..references.len()).filter(is_it).collect()
}
