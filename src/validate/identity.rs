//! When two records are of one substance, and which classes of a library are the truth.
//!
//! Two identities are the same where the first 14 letters of their InChIKeys (the skeleton) agree.
//! Where one of them has no InChIKey, their CAS numbers decide; where one has no CAS number either,
//! a common name or synonym, read without case, blanks and punctuation. CAS number and name together overrule
//! skeletons that differ (tautomers). It is the definition of [`Identity::is_same_as`], for many at once.

use crate::library::{Library, LibraryError};
use crate::prepare::Family;
use crate::spectrum::{Identity, Technique};
use crate::substance::{Register, normalised};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What a substance is compared by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handles {
    skeleton: Option<String>,
    cas: Option<String>,
    names: Vec<String>,
}

impl Handles {
    /// The handles of an identity.
    pub fn of(identity: &Identity) -> Self {
        let names = std::iter::once(&identity.name).chain(&identity.synonyms);
        Self {
            skeleton: identity.skeleton().map(str::to_owned),
            cas: identity.cas.clone(),
            names: names
                .map(|n| normalised(n))
                .filter(|n| !n.is_empty())
                .collect(),
        }
    }

    /// Whether nothing at all is known.
    pub fn is_empty(&self) -> bool {
        self.skeleton.is_none() && self.cas.is_none() && self.names.is_empty()
    }

    /// Whether only names are known, which nothing vouches for.
    pub fn is_only_named(&self) -> bool {
        self.skeleton.is_none() && self.cas.is_none()
    }

    /// Whether both are one substance, as the module says.
    pub fn same(&self, other: &Self) -> bool {
        let named = || self.names.iter().any(|n| other.names.contains(n));
        let cas = self.cas.as_ref().zip(other.cas.as_ref());
        match (self.skeleton.as_ref().zip(other.skeleton.as_ref()), cas) {
            (Some((a, b)), _) if a == b => true,
            (Some(_), None) => false,
            (Some(_), Some((a, b))) => a == b && named(),
            (None, Some((a, b))) => a == b,
            (None, None) => named(),
        }
    }

    /// What stands for the substance: the skeleton, else the CAS number, else the first name.
    pub fn key(&self) -> String {
        match (&self.skeleton, &self.cas) {
            (Some(skeleton), _) => skeleton.clone(),
            (None, Some(cas)) => format!("cas:{cas}"),
            (None, None) => format!("name:{}", self.names.first().map_or("", String::as_str)),
        }
    }
}

/// An identity with the InChIKey of the register where it states none and the register knows it.
pub fn completed(identity: &Identity, register: &Register) -> Identity {
    let mut identity = identity.clone();
    if identity.inchikey.is_none()
        && let Some((substance, _)) = register.find(&identity)
    {
        identity.inchikey.clone_from(&substance.identity.inchikey);
    }
    identity
}

/// The substances of a library without stereochemistry: entries of equal key are one class.
#[derive(Debug, Default)]
pub struct Classes {
    of_entry: Vec<u32>,
    keys: Vec<String>,
    handles: Vec<Handles>,
    entry_ids: HashMap<String, usize>,
    by_handle: HashMap<String, Vec<usize>>,
    searched: HashMap<&'static str, HashSet<u32>>,
}

impl Classes {
    /// Reads all entries of a library.
    ///
    /// # Errors
    /// [`LibraryError::Entry`] where one is damaged.
    pub fn of(library: &Library, register: &Register) -> Result<Self, LibraryError> {
        let mut classes = Self::default();
        let mut by_key: HashMap<String, u32> = HashMap::new();
        for (index, entry) in library.entries().enumerate() {
            let entry = entry?;
            let handles = Handles::of(&completed(&entry.identity, register));
            let key = handles.key();
            let next = classes.keys.len() as u32;
            let class = *by_key.entry(key.clone()).or_insert(next);
            if class == next {
                classes.keys.push(key);
            }
            classes.of_entry.push(class);
            for handle in looked_up_by(&handles) {
                classes.by_handle.entry(handle).or_default().push(index);
            }
            classes.handles.push(handles);
            classes.entry_ids.entry(entry.id).or_insert(index);
        }
        for technique in [
            Technique::Raman,
            Technique::Infrared(Default::default()),
            Technique::NearInfrared,
            Technique::EiMs,
            Technique::MsMs,
        ] {
            let groups = Family::of_query(technique)
                .iter()
                .filter_map(|f| library.group(*f));
            let entries = groups.flat_map(|g| g.entry.iter());
            let found = entries.filter_map(|e| classes.of_entry.get(*e as usize));
            let found = found.copied().collect();
            classes.searched.insert(technique.id(), found);
        }
        Ok(classes)
    }

    /// Class of an entry.
    pub fn of_entry(&self, entry: usize) -> Option<u32> {
        self.of_entry.get(entry).copied()
    }

    /// Key of a class.
    pub fn key(&self, class: u32) -> &str {
        self.keys.get(class as usize).map_or("", String::as_str)
    }

    /// Position of the entry with this id.
    pub fn entry_with_id(&self, id: &str) -> Option<usize> {
        self.entry_ids.get(id).copied()
    }

    /// The classes that are this substance and that spectra of `technique` are compared with.
    pub fn same_as(&self, truth: &Handles, technique: Technique) -> BTreeSet<u32> {
        let Some(searched) = self.searched.get(technique.id()) else {
            return BTreeSet::new();
        };
        looked_up_by(truth)
            .filter_map(|handle| self.by_handle.get(&handle))
            .flatten()
            .filter(|index| self.handles[**index].same(truth))
            .filter_map(|index| self.of_entry(*index))
            .filter(|class| searched.contains(class))
            .collect()
    }
}

fn looked_up_by(handles: &Handles) -> impl Iterator<Item = String> + '_ {
    let key = handles.skeleton.iter().map(|s| format!("key:{s}"));
    let cas = handles.cas.iter().map(|c| format!("cas:{c}"));
    let names = handles.names.iter().map(|n| format!("name:{n}"));
    key.chain(cas).chain(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handles(key: Option<&str>, cas: Option<&str>, name: &str) -> Handles {
        Handles::of(&Identity {
            name: name.to_owned(),
            inchikey: key.map(str::to_owned),
            cas: cas.map(str::to_owned),
            ..Identity::default()
        })
    }

    #[test]
    fn the_strongest_common_handle_decides() {
        let l = handles(
            Some("KWGRBVOPPLSCSI-WPRPVWTQSA-N"),
            Some("299-42-3"),
            "Ephedrine",
        );
        let pseudo = handles(
            Some("KWGRBVOPPLSCSI-WCBMZHEXSA-N"),
            Some("90-82-4"),
            "Pseudoephedrine",
        );
        assert!(l.same(&pseudo), "one skeleton");
        assert!(l.same(&handles(None, Some("299-42-3"), "other")));
        assert!(!l.same(&handles(None, Some("90-82-4"), "Ephedrine")));
        assert!(l.same(&handles(None, None, "EPHEDRINE ")));
        let other = handles(
            Some("AAAAAAAAAAAAAA-WCBMZHEXSA-N"),
            Some("299-42-3"),
            "Hordenine",
        );
        assert!(!l.same(&other), "a known other structure");
        assert!(handles(None, None, " - ").is_empty());
        assert_eq!(l.key(), "KWGRBVOPPLSCSI");
    }
}
