//! EI candidates compared with the instruments' differences taken out.

use crate::correlate::ions::{Evidence, compare};
use crate::library::{Curves, Group, Library, LibraryError};
use crate::prepare::{Signal, abundances};
use crate::search::Hit;
use crate::spectrum::nominal_mass;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{PoisonError, RwLock};

/// Nominal molecular masses of a library's entries, each looked up when first needed: room is taken only for
/// those that were, so that a search costs nothing by entry that it does not look at.
#[derive(Default)]
pub(in crate::search) struct Masses {
    known: RwLock<HashMap<usize, Option<usize>>>,
}

impl Masses {
    fn of(&self, library: &Library, entry: usize) -> Result<Option<usize>, LibraryError> {
        // A thread that panicked while it held the lock left whole values behind.
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(mass) = known.get(&entry) {
            return Ok(*mass);
        }
        drop(known);
        let formula = library.entry(entry)?.identity.formula;
        let mass = formula.as_deref().and_then(nominal_mass);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(entry, mass);
        Ok(mass)
    }
}

/// A query ready to be compared in detail with the references of one group.
pub(in crate::search) struct Ions<'a> {
    library: &'a Library,
    masses: &'a Masses,
    group: &'a Group,
    query: Vec<f64>,
    range: Range<usize>,
}

impl<'a> Ions<'a> {
    /// Takes a query, prepared by the group's recipe, back to abundances.
    pub fn new(library: &'a Library, masses: &'a Masses, query: &Signal, group: &'a Group) -> Self {
        let query = abundances(query, &group.recipe);
        Self {
            library,
            masses,
            group,
            range: query.start..query.end(),
            query: from_zero(query),
        }
    }

    /// The hit of the reference in `row`, whose correlation with the query is known.
    ///
    /// # Errors
    /// [`LibraryError`] where the entry is damaged.
    pub fn compare(
        &self,
        row: usize,
        curves: &Curves,
        correlation: f64,
    ) -> Result<Option<Hit>, LibraryError> {
        let recipe = &self.group.recipe;
        let entry = self.group.entry.get(row).map(|e| *e as usize);
        let substance = entry.and_then(|e| self.library.substance_of(e));
        let (Some(entry), Some(substance), Some(signal)) = (entry, substance, curves.signal(row))
        else {
            return Ok(None);
        };
        let reference = abundances(&signal, recipe);
        let range = self.range.start.max(reference.start)..self.range.end.min(reference.end());
        let overlap = (
            recipe.grid.x(range.start),
            recipe.grid.x(range.end.saturating_sub(1)),
        );
        let mass = self.masses.of(self.library, entry)?;
        let Some(evidence) = compare(&self.query, &from_zero(reference), range, mass) else {
            return Ok(None);
        };
        Ok(Some(Hit {
            entry,
            substance,
            family: recipe.family,
            score: evidence.score,
            axis_shift: 0.0,
            background: None,
            overlap: Some(overlap),
            axis_curve: Vec::new(),
            scores: named(correlation, &evidence),
        }))
    }
}

/// Abundances with the index as m/z.
fn from_zero(signal: Signal) -> Vec<f64> {
    let mut values = vec![0.0; signal.start];
    values.extend(signal.values);
    values
}

fn named(correlation: f64, evidence: &Evidence) -> Vec<(&'static str, f64)> {
    vec![
        ("correlation", correlation),
        ("tilt", evidence.tilt.slope),
        ("foreign", evidence.foreign),
        ("lacking", evidence.lacking),
        ("surplus", evidence.surplus),
        ("deficit", evidence.deficit),
        ("scatter", evidence.scatter),
        ("largest_surplus", evidence.largest_surplus),
        ("largest_deficit", evidence.largest_deficit),
        (
            "molecular_ion",
            evidence.molecular_ion.map_or(0.5, f64::from),
        ),
        ("above_molecular_ion", evidence.above_molecular_ion),
        ("heaviest_ion", evidence.heaviest as f64),
        ("fragments", evidence.fragments),
    ]
}
