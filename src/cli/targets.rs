//! The substances whose absence a user asks about.

use crate::spectrum::{Identity, is_inchikey};
use crate::substance::{Instrument, Register};
use anyhow::{Result, bail};

/// Identities of names, synonyms, CAS numbers, InChIKeys, `table-i` and `table-ii`.
pub(super) fn resolve(register: &Register, names: &[String]) -> Result<Vec<Identity>> {
    let mut found: Vec<Identity> = Vec::new();
    for name in names {
        let listed = match name.to_lowercase().as_str() {
            "table-i" => Some(Instrument::Table1),
            "table-ii" => Some(Instrument::Table2),
            _ => None,
        };
        match listed {
            Some(list) => found.extend(
                register
                    .substances()
                    .iter()
                    .filter(|s| s.control.instrument == list)
                    .map(|s| s.identity.clone()),
            ),
            None => found.push(named(register, name)?),
        }
    }
    Ok(found)
}

fn named(register: &Register, name: &str) -> Result<Identity> {
    let name = name.trim();
    let mut wanted = Identity {
        name: name.to_owned(),
        ..Identity::default()
    };
    if is_inchikey(name) {
        wanted.inchikey = Some(name.to_owned());
    } else {
        wanted.cas = Some(name.to_owned());
    }
    let Some((substance, _)) = register.find(&wanted) else {
        bail!(
            "--targets: the register knows no substance {name:?}; give its name, CAS number or InChIKey, table-i or table-ii"
        );
    };
    Ok(substance.identity.clone())
}
