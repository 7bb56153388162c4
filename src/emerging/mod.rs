//! What can be said of a substance that the library does not have: hypotheses, never a name.

pub mod analogue;
pub mod formula;

use crate::library::{Library, LibraryError};
use crate::spectrum::Spectrum;
use crate::substance::Register;
use analogue::Analogues;
use formula::FormulaHints;

/// Hypotheses about spectra that no reference matches.
pub struct Emerging<'a> {
    analogues: Analogues<'a>,
}

/// What may be said of one spectrum.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hypotheses {
    /// Known substances from which it may differ by a change of mass.
    pub analogues: analogue::Found,
    /// What its ions say of its formula.
    pub formula: FormulaHints,
}

impl<'a> Emerging<'a> {
    /// Hypotheses from the references of a library and the register's formulas.
    pub fn new(library: &'a Library, register: &'a Register) -> Self {
        Self {
            analogues: Analogues::new(library, register),
        }
    }

    /// What may be said of a spectrum's substance; `None` where it is no mass spectrum. Where the library has no
    /// such references, its ions still say something of the formula. `skip` leaves out substances by their index.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn explain(
        &self,
        spectrum: &Spectrum,
        skip: &(dyn Fn(u32) -> bool + Sync),
    ) -> Result<Option<Hypotheses>, LibraryError> {
        if !spectrum.technique.is_mass() {
            return Ok(None);
        }
        let analogues = self.analogues.find(spectrum, skip)?;
        Ok(Some(Hypotheses {
            analogues: analogues.unwrap_or_default(),
            formula: formula::hints(spectrum),
        }))
    }
}
