//! What can be said of a substance that the library does not have: hypotheses, never a name.

pub mod analogue;

use crate::library::{Library, LibraryError};
use crate::spectrum::Spectrum;
use crate::substance::Register;
use analogue::Analogues;

/// Hypotheses about spectra that no reference matches.
pub struct Emerging<'a> {
    analogues: Analogues<'a>,
}

/// What may be said of one spectrum.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hypotheses {
    /// Known substances from which it may differ by a change of mass.
    pub analogues: analogue::Found,
}

impl<'a> Emerging<'a> {
    /// Hypotheses from the references of a library and the register's formulas.
    pub fn new(library: &'a Library, register: &'a Register) -> Self {
        Self {
            analogues: Analogues::new(library, register),
        }
    }

    /// What may be said of a spectrum's substance; `None` for techniques of which nothing can be said, or
    /// where the library has no such references. `skip` leaves out substances by their index.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn explain(
        &self,
        spectrum: &Spectrum,
        skip: &(dyn Fn(u32) -> bool + Sync),
    ) -> Result<Option<Hypotheses>, LibraryError> {
        let found = self.analogues.find(spectrum, skip)?;
        Ok(found.map(|analogues| Hypotheses { analogues }))
    }
}
