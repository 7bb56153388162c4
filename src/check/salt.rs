//! Whether name, formula and InChIKey speak of the same salt or base.

use super::atoms::Atoms;
use super::derivative::known;
use super::record::{Record, Records};
use super::{Check, Finding, Severity};
use crate::spectrum::Identity;
use crate::substance::{Register, named_salt};

pub(super) fn check(record: &Record, records: &Records, register: &Register) -> Vec<Finding> {
    let identity = &record.entry.identity;
    let formula = identity.formula.as_deref().unwrap_or_default();
    let several = formula.contains(['.', '·', '*']);
    let finding = |severity, message| record.finding(Check::Salt, severity, message);
    let mut found = Vec::new();
    let named = named_salt(&identity.name);
    let base = named
        .as_ref()
        .and_then(|(_, base)| known(base, records, register));
    if let Some((salt, _)) = &named {
        let lacks = |atoms: &Atoms| salt.needs.iter().any(|(s, n)| atoms.count(s) < *n);
        let of_base = base
            .as_ref()
            .and_then(|b| Atoms::parse(b.formula.as_deref()?));
        let is_base = of_base.is_some() && of_base == record.atoms;
        if record.atoms.as_ref().is_some_and(lacks) || is_base {
            found.push(finding(
                Severity::Warning,
                format!("The name says {}, and formula {formula} is that of the base. Give the salt's formula, or the base's name where the base was measured.", salt.label),
            ));
        } else if let Some(key) = key_of_base(identity, base.as_ref()) {
            found.push(finding(
                Severity::Warning,
                format!("The name and the formula say {}, and InChIKey {key} is that of the base. Give the salt's InChIKey.", salt.label),
            ));
        }
        if record.atoms.is_none() && key_of_base(identity, base.as_ref()).is_some() {
            found.push(finding(
                Severity::Warning,
                format!("The name says {}, and the InChIKey is that of the base. Give the salt's InChIKey, or the base's name.", salt.label),
            ));
        }
    } else if several && record.atoms.is_some() && !says_salt(&identity.name) {
        found.push(finding(
            Severity::Note,
            format!("Formula {formula} is that of a salt or solvate, and the name does not say so. Complete the name, or give the formula of what was measured."),
        ));
    }
    if named.is_none() && !several {
        found.extend(key_of_salt(record, register));
    }
    found
}

fn key_of_base(identity: &Identity, base: Option<&Identity>) -> Option<String> {
    let key = base?.inchikey.clone()?;
    let own = identity.inchikey.as_ref()?;
    (own.get(..14) == key.get(..14) && own.chars().last() == key.chars().last()).then_some(key)
}

/// A base by name and formula whose InChIKey the register knows as another formula's, which has the
/// base's atoms and a counter-ion's.
fn key_of_salt(record: &Record, register: &Register) -> Option<Finding> {
    let identity = &record.entry.identity;
    let known = Identity {
        inchikey: identity.inchikey.clone(),
        ..Identity::default()
    };
    identity.inchikey.as_ref()?;
    let (substance, _) = register.find(&known)?;
    let salt = substance
        .identity
        .formula
        .as_deref()
        .filter(|f| f.contains('.'))?;
    let rest = Atoms::parse(salt)?.minus(record.atoms.as_ref()?)?;
    let more = rest.nominal_mass() > 0;
    more.then(|| {
        record.finding(
            Check::Salt,
            Severity::Warning,
            format!("The InChIKey is that of {} ({salt}), and name and formula are the base's. Give the InChIKey of what was measured.", substance.identity.name),
        )
    })
}

/// Whether a word of the name may be a counter-ion or a solvent.
fn says_salt(name: &str) -> bool {
    const ENDS: [&str; 12] = [
        "ate", "ide", "salt", "hcl", "hbr", "hydrate", "ium", "solvate", "base", "acid", "ite",
        "complex",
    ];
    let lower = name.to_lowercase();
    lower
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| ENDS.iter().any(|e| w.ends_with(e)))
}
