//! Which entries name a substance.

use super::entry::Entry;
use crate::spectrum::{Identity, is_inchikey};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// By what an entry names a substance, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FoundBy {
    /// Same InChIKey.
    #[serde(rename = "inchikey")]
    InchiKey,
    /// Same first block of the InChIKey: stereochemistry, isotopes or charge may differ.
    Skeleton,
    /// Same CAS number, where one of the two has no InChIKey.
    Cas,
}

impl FoundBy {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::InchiKey => "same InChIKey",
            Self::Skeleton => "same skeleton",
            Self::Cas => "same CAS number",
        }
    }
}

/// Entries by InChIKey, skeleton and CAS number.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    keys: HashMap<String, Vec<usize>>,
    skeletons: HashMap<String, Vec<usize>>,
    numbers: HashMap<String, Vec<usize>>,
    /// Entries without InChIKey and skeleton.
    without_structure: Vec<bool>,
}

impl Index {
    pub fn of(entries: &[Entry]) -> Self {
        let mut index = Self::default();
        for (place, entry) in entries.iter().enumerate() {
            index.without_structure.push(entry.skeleton.is_none());
            if !entry.is_evaluated() {
                continue;
            }
            let mut put = |map: fn(&mut Self) -> &mut HashMap<String, Vec<usize>>,
                           name: &Option<String>| {
                if let Some(name) = name {
                    map(&mut index).entry(name.clone()).or_default().push(place);
                }
            };
            put(|index| &mut index.keys, &entry.inchikey);
            put(|index| &mut index.skeletons, &entry.skeleton);
            put(|index| &mut index.numbers, &entry.cas);
        }
        index
    }

    /// The entries that name a substance, each with the surest way in which it does.
    pub fn find(&self, identity: &Identity) -> BTreeMap<usize, FoundBy> {
        let mut found = BTreeMap::new();
        let mut add = |places: Option<&Vec<usize>>, by: FoundBy, takes: &dyn Fn(usize) -> bool| {
            for place in places.into_iter().flatten().filter(|place| takes(**place)) {
                found.entry(*place).or_insert(by);
            }
        };
        let key = structure(identity);
        if let Some(key) = key {
            add(self.keys.get(key), FoundBy::InchiKey, &|_| true);
            let skeleton = key.get(..14).unwrap_or_default();
            add(self.skeletons.get(skeleton), FoundBy::Skeleton, &|_| true);
        }
        if let Some(cas) = number(identity) {
            // A known other structure is not overruled by a number.
            let bare = |place: usize| self.without_structure.get(place) == Some(&true);
            add(self.numbers.get(&cas), FoundBy::Cas, &|place| {
                key.is_none() || bare(place)
            });
        }
        found
    }
}

/// The InChIKey, where it has the form of one.
pub(super) fn structure(identity: &Identity) -> Option<&str> {
    let key = identity.inchikey.as_deref().map(str::trim);
    key.filter(|key| is_inchikey(key))
}

/// The CAS number with its hyphens.
pub(super) fn number(identity: &Identity) -> Option<String> {
    identity.cas.as_deref().and_then(Identity::cas_number)
}
