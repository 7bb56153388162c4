//! EI references as analogues are looked for among them.

use super::pair::Ion;
use super::weigh;
use crate::library::{Group, Library, LibraryError, Prepared};
use crate::spectrum::{Identity, nominal_mass};
use crate::substance::Register;
use rayon::prelude::*;

/// One reference of known molecular mass.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub entry: usize,
    pub substance: u32,
    /// Nominal mass of its molecule.
    pub mass: i32,
    pub ions: Vec<Ion>,
}

/// All references of a group whose formula is known.
#[derive(Debug, Clone, Default)]
pub(super) struct References {
    pub list: Vec<Reference>,
    /// References whose record states no formula, and of which the register knows none.
    pub without_formula: usize,
}

impl References {
    /// Reads the rows of a group of unit-mass spectra; `None` for others.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn of(
        library: &Library,
        group: &Group,
        register: &Register,
    ) -> Result<Option<Self>, LibraryError> {
        let Prepared::Curves(curves) = &group.prepared else {
            return Ok(None);
        };
        let read = |row: usize| {
            let entry = *group.entry.get(row)? as usize;
            let substance = library.substance_of(entry)?;
            let ions = weigh::ions(&curves.signal(row)?, &group.recipe);
            let mass = (library.entry(entry)).map(|entry| mass_of(&entry.identity, register));
            (!ions.is_empty()).then_some(mass.map(|mass| (entry, substance, mass, ions)))
        };
        let rows = (0..group.len()).into_par_iter().filter_map(read);
        let rows: Vec<_> = rows.collect::<Result<_, LibraryError>>()?;
        let mut all = Self::default();
        for (entry, substance, mass, ions) in rows {
            match mass {
                Some(mass) => all.list.push(Reference {
                    entry,
                    substance,
                    mass,
                    ions,
                }),
                None => all.without_formula += 1,
            }
        }
        Ok(Some(all))
    }
}

/// The record's formula, else the register's: the first that has a mass.
pub fn formula_of<'a>(identity: &'a Identity, register: &'a Register) -> Option<&'a str> {
    let massive = |formula: &&str| nominal_mass(formula).is_some();
    let known = || {
        let (substance, _) = register.find(identity)?;
        substance.identity.formula.as_deref().filter(massive)
    };
    identity.formula.as_deref().filter(massive).or_else(known)
}

fn mass_of(identity: &Identity, register: &Register) -> Option<i32> {
    let mass = nominal_mass(formula_of(identity, register)?)?;
    i32::try_from(mass).ok()
}
