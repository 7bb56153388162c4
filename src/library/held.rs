//! Which substances of the register a library holds references of.

use super::{Library, LibraryError};
use crate::prepare::Family;
use crate::substance::Register;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The register's substances of which a library holds references of one family, as noted when it was
/// built: looking them up later would read all entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// [`Register::fingerprint`] of the register that was asked.
    pub register: String,
    /// First blocks of their InChIKeys.
    pub skeletons: BTreeSet<String>,
}

impl Held {
    /// Looks up all references of a family.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn of(
        library: &Library,
        family: Family,
        register: &Register,
    ) -> Result<Self, LibraryError> {
        let group = library.group(family);
        let entries = group.iter().flat_map(|group| group.entry.iter());
        let mut skeletons = BTreeSet::new();
        for entry in entries {
            let identity = library.entry(*entry as usize)?.identity;
            let known = register.find(&identity).map(|(s, _)| &s.identity);
            skeletons.extend(known.and_then(|i| i.skeleton()).map(str::to_owned));
        }
        Ok(Self {
            register: register.fingerprint(),
            skeletons,
        })
    }
}

impl Library {
    /// First blocks of the InChIKeys of the register's substances of which this library holds references
    /// of a family: as noted when it was built, or, where the register is another now or nothing was
    /// noted, by looking at all entries, once.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn held(
        &self,
        family: Family,
        register: &Register,
    ) -> Result<Cow<'_, BTreeSet<String>>, LibraryError> {
        let asked = register.fingerprint();
        let noted = self
            .group(family)
            .and_then(|group| group.calibration.as_ref()?.held.as_ref());
        let looked_up = self.held.get().and_then(|held| held.get(&family));
        let mut known = noted.into_iter().chain(looked_up);
        if let Some(known) = known.find(|held| held.register == asked) {
            return Ok(Cow::Borrowed(&known.skeletons));
        }
        let mut all = BTreeMap::new();
        for family in self.groups.keys() {
            all.insert(*family, Held::of(self, *family, register)?);
        }
        let found = all.get(&family).cloned().unwrap_or_default().skeletons;
        // Where another register was asked first, its answers stay.
        let _ = self.held.set(all);
        Ok(Cow::Owned(found))
    }
}
