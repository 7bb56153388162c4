//! The references that may be components of a query, as they are compared with it.

use super::query::Query;
use crate::library::{Group, Library, LibraryError, PeakLists, Resolution, is_positive};
use crate::search::precursor::{Fit, Target, polarity_agrees};
use crate::spectrum::{Spectrum, nominal_mass};

/// Half of the isolation window: references whose precursor lies within it of the query's may be in it.
/// Quadrupoles isolate 1 to 4 Da in data-dependent methods.
pub(super) const WINDOW: f64 = 1.5;

/// One peak of a reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    pub mz: f64,
    /// Share of the reference's summed intensities.
    pub share: f64,
    /// Its square root.
    pub weight: f64,
    /// Which of the query's peaks it is.
    pub at: Option<usize>,
}

/// One reference beside a query.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub row: usize,
    pub entry: usize,
    pub name: String,
    /// Skeleton of the InChIKey and nominal mass, so that stereoisomers are one; else the substance's number.
    pub substance: String,
    pub precursor: Option<f64>,
    /// m/z within which its peaks are the query's.
    pub tolerance: f64,
    /// Peaks that the query could show.
    pub peaks: Vec<Placed>,
}

/// The peak lists of a library's group.
#[derive(Clone, Copy)]
pub(super) struct References<'a> {
    pub library: &'a Library,
    pub group: &'a Group,
    pub lists: &'a PeakLists,
}

impl References<'_> {
    /// Rows that may be components: of the query's polarity, and where the query states a precursor those of
    /// which the precursor lies in the isolation window or is an ion of the same molecule.
    pub fn rows(&self, spectrum: &Spectrum, target: Option<&Target>) -> Vec<usize> {
        let positive = is_positive(spectrum);
        let isolated = |row: usize| match target {
            None => true,
            Some(target) => {
                let own = self.lists.precursor.get(row);
                own.is_some_and(|own| (own - target.mz).abs() <= WINDOW)
                    || target.fits(self.lists, row, Fit::Mass)
            }
        };
        (0..self.group.len())
            .filter(|row| polarity_agrees(positive, self.lists, *row) && isolated(*row))
            .collect()
    }

    /// Entry of a row.
    pub fn entry(&self, row: usize) -> Option<usize> {
        self.group.entry.get(row).map(|entry| *entry as usize)
    }

    /// A row in full; `None` where it has no peaks that the query could show.
    ///
    /// # Errors
    /// [`LibraryError`] where its entry is damaged.
    pub fn reference(&self, row: usize, query: &Query) -> Result<Option<Reference>, LibraryError> {
        let Some(entry) = self.entry(row) else {
            return Ok(None);
        };
        let spectrum = self.library.spectrum(entry)?;
        let own = self.lists.resolution(row);
        let at = coarser(own, query.resolution);
        let peaks = at.intensities(&spectrum, Resolution::NOISE);
        let total: f64 = peaks.iter().map(|p| p.1).sum();
        let placed = peaks.iter().filter(|p| p.0 >= query.start);
        let peaks: Vec<Placed> = placed
            .map(|(mz, intensity)| Placed {
                mz: *mz,
                share: intensity / total,
                weight: (intensity / total).sqrt(),
                at: query.place(*mz, at),
            })
            .collect();
        let identity = spectrum.identity;
        let mass = identity.formula.as_deref().and_then(nominal_mass);
        let number = self.library.substance_of(entry);
        let usable = total > 0.0 && total.is_finite() && !peaks.is_empty();
        Ok(usable.then(|| Reference {
            row,
            entry,
            substance: identity.skeleton().map_or_else(
                || format!("#{}", number.unwrap_or_default()),
                |skeleton| format!("{skeleton}/{}", mass.unwrap_or(0)),
            ),
            name: identity.name,
            precursor: (self.lists.precursor.get(row).copied()).filter(|mz| mz.is_finite()),
            tolerance: at.tolerance(),
            peaks,
        }))
    }
}

/// Unit resolution where one of the two is.
pub(super) fn coarser(a: Resolution, b: Resolution) -> Resolution {
    match (a, b) {
        (Resolution::Fine, Resolution::Fine) => Resolution::Fine,
        _ => Resolution::Unit,
    }
}
