//! Checks of the entries of a library: which of them are probably wrong, and why.
//!
//! A check looks at one record (`identity`, `salt`, `derivative`), at one spectrum with its record
//! (`molecular_ion`, `quality`, `axis`), or at entries together (`duplicate`, `contradiction`,
//! `likeness`). A [`Finding`] says which entry, how sure, and what to do; nothing is changed. The limits
//! are rules of thumb that were set on real libraries, not error rates.

mod atoms;
mod axis;
mod contradiction;
mod derivative;
mod duplicate;
mod finding;
mod identity;
mod ions;
mod likeness;
mod molecular_ion;
mod names;
mod quality;
mod record;
mod salt;
mod smiles;

pub use axis::suspicion;
pub use finding::{Check, Finding, Severity};

use crate::library::{Library, LibraryError};
use crate::substance::Register;
use rayon::prelude::*;
use record::Records;
use std::collections::BTreeSet;

/// Which entries are checked; always against all entries of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Every entry.
    All,
    /// The entries at these positions.
    Entries(BTreeSet<usize>),
}

impl Scope {
    /// Whether the entry at a position is checked.
    pub fn holds(&self, index: usize) -> bool {
        match self {
            Self::All => true,
            Self::Entries(entries) => entries.contains(&index),
        }
    }

    /// Positions that are checked in a library of `len` entries.
    fn indices(&self, len: usize) -> Vec<usize> {
        (0..len).filter(|i| self.holds(*i)).collect()
    }
}

/// How often [`check`] calls its progress: once for each entry looked at alone, and once for each
/// compared with others.
pub fn steps(library: &Library, scope: &Scope) -> usize {
    2 * scope.indices(library.len()).len()
}

/// Checks the entries of `scope` against themselves, the register and all entries of the library.
/// Findings come by entry, the gravest first.
///
/// # Errors
/// [`LibraryError::Entry`] where an entry is damaged.
pub fn check(
    library: &Library,
    register: &Register,
    scope: &Scope,
    progress: &(dyn Fn() + Sync),
) -> Result<Vec<Finding>, LibraryError> {
    let records = Records::of(library, register)?;
    let alone: Result<Vec<Vec<Finding>>, LibraryError> = scope
        .indices(library.len())
        .into_par_iter()
        .filter_map(|index| records.get(index))
        .map(|record| {
            let spectrum = library.spectrum(record.index)?;
            let mut found = identity::check(record, register);
            found.extend(derivative::check(record, &records, register));
            found.extend(salt::check(record, &records, register));
            found.extend(molecular_ion::check(record, &spectrum));
            found.extend(quality::check(record, &spectrum));
            found.extend(axis::check(record, &spectrum));
            progress();
            Ok(found)
        })
        .collect();
    let mut found: Vec<Finding> = alone?.into_iter().flatten().collect();
    found.extend(contradiction::check(&records, scope));
    found.extend(duplicate::check(library, &records, scope)?);
    found.extend(likeness::check(library, &records, scope, progress)?);
    found.sort_by(|a, b| {
        let order = a.index.cmp(&b.index).then(b.severity.cmp(&a.severity));
        order
            .then(a.check.cmp(&b.check))
            .then(a.message.cmp(&b.message))
    });
    found.dedup();
    Ok(found)
}
