//! What differs between the entries of two generations or libraries.

use crate::library::{Entry, Library, LibraryError};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// An entry that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryChange {
    /// Id.
    pub id: String,
    /// Name of the substance.
    pub name: String,
    /// What changed, by name of field; empty for entries that one of the two lacks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

/// What differs between the entries of two generations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct EntryDifference {
    /// Only in the second.
    pub added: Vec<EntryChange>,
    /// Only in the first.
    pub removed: Vec<EntryChange>,
    /// In both, not the same.
    pub changed: Vec<EntryChange>,
    /// Substances that only the second searches.
    pub substances_added: Vec<String>,
    /// Substances that only the first searches.
    pub substances_removed: Vec<String>,
}

impl EntryDifference {
    /// Whether both hold the same.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

struct Side {
    entries: BTreeMap<String, (usize, Entry)>,
    /// Name of each substance that is searched, by what identifies it.
    substances: BTreeMap<String, String>,
}

impl Side {
    fn of(library: &Library) -> Result<Self, LibraryError> {
        let mut side = Self {
            entries: BTreeMap::new(),
            substances: BTreeMap::new(),
        };
        for (index, entry) in library.entries().enumerate() {
            let entry = entry?;
            if entry.deprecated.is_none() {
                let name = entry.identity.name.clone();
                side.substances.entry(entry.substance_key()).or_insert(name);
            }
            side.entries.insert(entry.id.clone(), (index, entry));
        }
        Ok(side)
    }

    fn only(&self, other: &Self) -> Vec<EntryChange> {
        let only = self
            .entries
            .values()
            .filter(|(_, e)| !other.entries.contains_key(&e.id));
        only.map(|(_, e)| change(e, Vec::new())).collect()
    }

    fn substances_only(&self, other: &Self) -> Vec<String> {
        let only = self
            .substances
            .iter()
            .filter(|(key, _)| !other.substances.contains_key(*key));
        let names: BTreeSet<&String> = only.map(|(_, name)| name).collect();
        names.into_iter().cloned().collect()
    }
}

fn change(entry: &Entry, fields: Vec<String>) -> EntryChange {
    EntryChange {
        id: entry.id.clone(),
        name: entry.identity.name.clone(),
        fields,
    }
}

/// What differs between the entries of `old` and `new`, in the order of their ids.
///
/// # Errors
/// [`LibraryError::Entry`] where an entry of either is damaged.
pub fn entries(old: &Library, new: &Library) -> Result<EntryDifference, LibraryError> {
    let (a, b) = (Side::of(old)?, Side::of(new)?);
    let mut changed = Vec::new();
    for (id, (was_at, was)) in &a.entries {
        if let Some((is_at, is)) = b.entries.get(id) {
            let mut fields = was.differing(is);
            let numbers = |library: &Library, at: usize| library.spectrum(at);
            let (x, y) = (numbers(old, *was_at)?, numbers(new, *is_at)?);
            if !x.points().map(bits).eq(y.points().map(bits)) {
                fields.push("spectrum".to_owned());
            }
            if !fields.is_empty() {
                changed.push(change(is, fields));
            }
        }
    }
    Ok(EntryDifference {
        added: b.only(&a),
        removed: a.only(&b),
        changed,
        substances_added: b.substances_only(&a),
        substances_removed: a.substances_only(&b),
    })
}

/// A point bit by bit, so that a gap equals a gap.
fn bits((x, y): (f64, f64)) -> (u64, u64) {
    (x.to_bits(), y.to_bits())
}
