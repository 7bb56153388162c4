//! What can be said of a substance that the library does not have: hypotheses, never a name.

pub mod analogue;
pub mod class;
pub mod formula;

use crate::library::{Library, LibraryError};
use crate::spectrum::{Spectrum, Technique};
use crate::substance::Register;
use crate::threads::apart;
use analogue::Analogues;
use class::{ClassError, ClassEvidence, Classes, Question};
use formula::FormulaHints;
use std::sync::OnceLock;

/// Hypotheses about spectra that no reference matches.
pub struct Emerging<'a> {
    library: &'a Library,
    register: &'a Register,
    analogues: Analogues<'a>,
    /// Classes of the EI references, read when the first such spectrum comes.
    classes: OnceLock<Result<Classes, ClassError>>,
}

/// What may be said of one spectrum.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hypotheses {
    /// Known substances from which it may differ by a change of mass.
    pub analogues: analogue::Found,
    /// To which class it belongs; EI spectra only.
    pub class: Option<ClassEvidence>,
    /// What its ions say of its formula.
    pub formula: FormulaHints,
}

impl<'a> Emerging<'a> {
    /// Hypotheses from the references of a library and the register's formulas.
    pub fn new(library: &'a Library, register: &'a Register) -> Self {
        Self {
            library,
            register,
            analogues: Analogues::new(library, register),
            classes: OnceLock::new(),
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
        let analogues = self.analogues.find(spectrum, skip)?.unwrap_or_default();
        let question = Question {
            spectrum,
            found: &analogues,
            analogues: &self.analogues,
            skip,
        };
        Ok(Some(Hypotheses {
            class: self.class(&question),
            analogues,
            formula: formula::hints(spectrum),
        }))
    }

    fn class(&self, question: &Question) -> Option<ClassEvidence> {
        if question.spectrum.technique != Technique::EiMs {
            return None;
        }
        let classes = self
            .classes
            .get_or_init(|| apart(|| Classes::new(self.library, self.register)));
        Some(match classes {
            Ok(classes) => classes.judge(question),
            // The search read the same entries and tells what is damaged.
            Err(error) => ClassEvidence {
                notes: vec![format!("Classes cannot be told: {error}")],
                ..ClassEvidence::default()
            },
        })
    }
}
