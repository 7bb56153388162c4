//! Whom an overlay is asked about: a substance, and where its name says a salt its base or acid, too.

use crate::spectrum::Identity;
use crate::substance::{MatchedBy, Register, named_salt};

/// A substance, with what the register of substances adds to look it up.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The substance.
    pub identity: &'a Identity,
    /// Its base or acid, where it is a salt that only its name tells.
    pub salt_of: Option<&'a Identity>,
    /// Whether the register found it by its name only.
    pub by_name: bool,
}

impl<'a> Asked<'a> {
    /// The substance as its record states it.
    pub fn of(identity: &'a Identity) -> Self {
        Self {
            identity,
            salt_of: None,
            by_name: false,
        }
    }

    /// The substance with what the register knows: the identity of a name, the CAS number of an InChIKey, by which
    /// alone an entry may name it, and the base or acid of a salt's name.
    pub fn through(register: &'a Register, identity: &'a Identity) -> Self {
        match register.find(identity) {
            Some((known, MatchedBy::Name)) => Self {
                identity: &known.identity,
                salt_of: None,
                by_name: true,
            },
            Some((known, by)) => Self {
                identity: match (by, &identity.cas) {
                    (MatchedBy::InchiKey, None) => &known.identity,
                    _ => identity,
                },
                salt_of: named_salt(&identity.name)
                    .and_then(|(_, base)| register.named(&base))
                    .map(|base| &base.identity)
                    .filter(|base| **base != known.identity),
                by_name: false,
            },
            None => Self {
                salt_of: register.substance_of(identity).map(|base| &base.identity),
                ..Self::of(identity)
            },
        }
    }
}
