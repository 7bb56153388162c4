//! What was found in a sample, as it is counted.

use super::ledger::Certainty;
use super::subject::Member;
use crate::cases::{CaseSample, Finding, spelled};
use crate::spectrum::Identity;
use crate::substance::{MatchedBy, Register, Substance, named_salt, normalised};
use std::collections::BTreeMap;

/// What was found in a sample.
pub(super) struct Found {
    /// How sure it is.
    pub certainty: Option<Certainty>,
    /// What is named.
    pub set: Vec<Identity>,
    /// What is named, by skeleton or, where that is not known, by name.
    pub members: BTreeMap<String, Vec<Member>>,
    /// The class in the register; of several all of them.
    pub class: Option<String>,
}

impl Found {
    /// What a sample's finding names.
    pub fn of(sample: &CaseSample, register: &Register) -> Self {
        let (certainty, set) = match &sample.finding {
            Finding::Confirmed { substance, .. } => {
                (Some(Certainty::Confirmed), vec![substance.clone()])
            }
            Finding::Presumptive { set, .. } => {
                let named = (!set.is_empty()).then_some(Certainty::Presumptive);
                (named, set.clone())
            }
            Finding::None { .. } => (None, Vec::new()),
        };
        let mut members: BTreeMap<String, Vec<Member>> = BTreeMap::new();
        let mut classes: Vec<&str> = Vec::new();
        for identity in &set {
            let known = known(register, identity);
            let own = known.map(|(substance, _)| &substance.identity);
            let skeleton = own.and_then(Identity::skeleton).or(identity.skeleton());
            // Another form than the register's keeps its name, a salt or a synonym does not.
            let name = match (identity.name.trim(), own, known) {
                ("", Some(own), _) => own.name.clone(),
                (_, Some(own), Some((_, Known::Itself))) => own.name.clone(),
                (name, ..) => spelled(name),
            };
            let key = skeleton.map_or_else(|| normalised(&name), str::to_owned);
            let inchikey = identity.inchikey.clone();
            let inchikey = inchikey.or_else(|| own.and_then(|own| own.inchikey.clone()));
            members
                .entry(key)
                .or_default()
                .push(Member { name, inchikey });
            classes.push(match known.map(|(s, _)| s.class.as_str()) {
                None => "not in the register",
                Some("") => "no class in the register",
                Some(class) => class,
            });
        }
        classes.sort_unstable();
        classes.dedup();
        Self {
            certainty,
            class: (!classes.is_empty()).then(|| classes.join(" or ")),
            set,
            members,
        }
    }

    /// The key of the set: its skeletons in the order of the alphabet.
    pub fn key(&self) -> Option<String> {
        let keys: Vec<&str> = self.members.keys().map(String::as_str).collect();
        (!keys.is_empty()).then(|| keys.join("+"))
    }
}

/// How the register's substance stands to what is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// It is the same, or a salt of it.
    Itself,
    /// Its skeleton is the same.
    OtherForm,
}

/// The register's substance of an identity; of a salt that it does not know the base or acid that the name
/// states.
fn known<'a>(register: &'a Register, identity: &Identity) -> Option<(&'a Substance, Known)> {
    let found = register.find(identity).map(|(substance, by)| match by {
        MatchedBy::Skeleton => (substance, Known::OtherForm),
        MatchedBy::InchiKey | MatchedBy::Cas | MatchedBy::Name => (substance, Known::Itself),
    });
    let of_salt = || {
        let (_, parent) = named_salt(&identity.name)?;
        Some((register.named(&parent)?, Known::Itself))
    };
    found.or_else(of_salt)
}
