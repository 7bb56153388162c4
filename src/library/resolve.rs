//! Which substance an entry is of, where its record gives no InChIKey.

use super::entry::Entry;
use crate::spectrum::{Identity, cas_check_digit_holds};
use crate::substance::{Register, normalised};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How an entry without InChIKey was assigned to a substance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResolvedBy {
    /// The register of substances has its CAS number or name.
    Register,
    /// Another entry of the library has its name or synonym, and an InChIKey.
    Name,
    /// Another entry of the library has its CAS number, and an InChIKey.
    Cas,
}

impl ResolvedBy {
    /// Phrase for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Register => "name or CAS number in the register",
            Self::Name => "name of another entry",
            Self::Cas => "CAS number of another entry",
        }
    }
}

/// InChIKeys by what else names a substance; `None` where it names several.
#[derive(Debug, Default)]
pub struct Resolver<'a> {
    register: Option<&'a Register>,
    names: HashMap<String, Option<String>>,
    cas: HashMap<String, Option<String>>,
}

impl<'a> Resolver<'a> {
    /// Learns from the entries that have an InChIKey.
    pub fn new<'e>(
        register: Option<&'a Register>,
        entries: impl Iterator<Item = &'e Entry>,
    ) -> Self {
        let mut resolver = Self {
            register,
            ..Self::default()
        };
        for entry in entries.filter(|e| e.deprecated.is_none()) {
            resolver.learn(&entry.identity);
        }
        resolver
    }

    fn learn(&mut self, identity: &Identity) {
        let Some(key) = &identity.inchikey else {
            return;
        };
        let note = |map: &mut HashMap<String, Option<String>>, word: String| {
            let known = map.entry(word).or_insert_with(|| Some(key.clone()));
            if known.as_ref() != Some(key) {
                *known = None;
            }
        };
        for name in std::iter::once(&identity.name).chain(&identity.synonyms) {
            let word = normalised(name);
            if !word.is_empty() {
                note(&mut self.names, word);
            }
        }
        if let Some(cas) = identity.cas.as_ref().filter(|c| cas_check_digit_holds(c)) {
            note(&mut self.cas, cas.clone());
        }
    }

    /// The InChIKey of an entry that has none, and what says so: the register, a CAS number, a name. One
    /// that stands for several substances, or contradicts another, says nothing.
    pub fn resolve(&self, identity: &Identity) -> Option<(&str, ResolvedBy)> {
        if identity.inchikey.is_some() {
            return None;
        }
        let known = self.register.and_then(|r| r.find(identity));
        let registered = known.and_then(|(substance, _)| substance.identity.inchikey.as_deref());
        if let Some(key) = registered {
            return Some((key, ResolvedBy::Register));
        }
        let words = std::iter::once(&identity.name).chain(&identity.synonyms);
        let named = words
            .filter_map(|name| self.names.get(&normalised(name))?.as_deref())
            .next();
        let numbered = identity.cas.as_ref();
        let numbered = numbered.and_then(|cas| self.cas.get(cas)?.as_deref());
        match (numbered, named) {
            (Some(a), Some(b)) if a != b => None,
            (Some(key), _) => Some((key, ResolvedBy::Cas)),
            (None, Some(key)) => Some((key, ResolvedBy::Name)),
            (None, None) => None,
        }
    }

    /// What makes two entries the same substance: InChIKey, stated or found, else CAS number, else
    /// name.
    pub fn substance_key(&self, entry: &Entry) -> String {
        match self.resolve(&entry.identity) {
            Some((key, _)) => key.to_owned(),
            None => entry.substance_key(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::ReferenceKind;
    use crate::spectrum::{Axis, Shape, Spectrum, Technique};

    fn entry(name: &str, key: Option<&str>, cas: Option<&str>) -> Entry {
        let axis = Axis::Explicit(vec![58.0]);
        let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, axis, vec![1.0]);
        spectrum.identity = Identity {
            name: name.to_owned(),
            inchikey: key.map(str::to_owned),
            cas: cas.map(str::to_owned),
            ..Identity::default()
        };
        Entry::of(&spectrum, name.to_owned(), ReferenceKind::FullSpectrum)
    }

    #[test]
    fn by_name_then_by_number_and_never_by_what_is_ambiguous() {
        const A: &str = "AAAAAAAAAAAAAA-UHFFFAOYSA-N";
        const B: &str = "BBBBBBBBBBBBBB-UHFFFAOYSA-N";
        let known = [
            entry("Alpha", Some(A), Some("7732-18-5")),
            entry("Beta", Some(B), None),
            entry("Common", Some(A), None),
            entry("Common", Some(B), None),
        ];
        let resolver = Resolver::new(None, known.iter());
        let found = |name, cas| {
            let entry = entry(name, None, cas);
            let found = resolver.resolve(&entry.identity);
            found.map(|(key, by)| (key.to_owned(), by))
        };
        assert_eq!(found("al-pha", None), Some((A.into(), ResolvedBy::Name)));
        assert_eq!(
            found("x", Some("7732-18-5")),
            Some((A.into(), ResolvedBy::Cas))
        );
        assert_eq!(found("common", None), None);
        assert_eq!(found("Beta", Some("7732-18-5")), None, "they contradict");
        assert_eq!(found("y", None), None);
        let stated = entry("Alpha", Some(B), None);
        assert_eq!(
            resolver.substance_key(&stated),
            B,
            "what is stated is not overruled"
        );
        assert_eq!(resolver.substance_key(&entry("z", None, None)), "name:z");
    }
}
