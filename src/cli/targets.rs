//! The substances whose absence a user asks about.

use crate::library::Library;
use crate::spectrum::{Identity, is_inchikey};
use crate::substance::{Form, Instrument, On, Register};
use anyhow::{Result, bail};
use std::collections::HashSet;

/// Identities of the names that `flag` was given, synonyms, CAS numbers, InChIKeys, `table-i` and `table-ii`, separated by
/// commas. Names hold commas too, so the longest stretch that the register knows is one name. What the register does
/// not know one of the libraries may: a name of its own, or the whole of a list.
pub(super) fn resolve(
    register: &Register,
    libraries: &[&Library],
    flag: &str,
    lists: &[String],
) -> Result<Vec<Identity>> {
    let mut found: Vec<Identity> = Vec::new();
    for list in lists {
        match listed(register, libraries, list)? {
            Ok(identities) => found.extend(identities),
            Err(unknown) => match in_libraries(libraries, list)? {
                Some(identity) => found.push(identity),
                None => bail!(
                    "{flag}: neither the register of substances nor the library knows {unknown:?}; give its name, CAS number or InChIKey, table-i or table-ii{}",
                    nearest(register, &unknown)
                ),
            },
        }
    }
    Ok(found)
}

/// The identities of a list, else the first name that nobody knows.
fn listed(
    register: &Register,
    libraries: &[&Library],
    list: &str,
) -> Result<Result<Vec<Identity>, String>> {
    let mut found: Vec<Identity> = Vec::new();
    for name in names(register, list) {
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
                    .filter(|s| {
                        let status = register.status(&s.identity, On::Newest, Form::Exact);
                        status.strictest().instrument == list
                    })
                    .map(|s| s.identity.clone()),
            ),
            None => match named(register, &name) {
                Some(identity) => found.push(identity),
                None => match in_libraries(libraries, &name)? {
                    Some(identity) => found.push(identity),
                    None => return Ok(Err(name)),
                },
            },
        }
    }
    Ok(Ok(found))
}

/// The identity of the first entry of this name, synonym, CAS number or InChIKey.
fn in_libraries(libraries: &[&Library], name: &str) -> Result<Option<Identity>> {
    let wanted = name.trim().to_lowercase();
    for entry in libraries.iter().flat_map(|library| library.entries()) {
        let identity = entry?.identity;
        let is_it = |text: &String| text.to_lowercase() == wanted;
        let names = std::iter::once(&identity.name).chain(&identity.synonyms);
        if names
            .chain(&identity.cas)
            .chain(&identity.inchikey)
            .any(is_it)
        {
            return Ok(Some(identity));
        }
    }
    Ok(None)
}

/// `; the nearest names of the register: A, B`, where there are any.
fn nearest(register: &Register, name: &str) -> String {
    let unknown = register.look_up(name).err();
    match unknown.map(|unknown| unknown.nearest).as_deref() {
        None | Some([]) => String::new(),
        Some(near) => format!("; the nearest names of the register: {}", near.join(", ")),
    }
}

/// Identities of the substances that `--known` names. What the register does not know is taken by its name, for the
/// library may hold it; where it does not, the result says so.
pub(super) fn known(register: &Register, lists: &[String]) -> Vec<Identity> {
    lists
        .iter()
        .flat_map(|list| names(register, list))
        .map(|name| {
            named(register, &name).unwrap_or_else(|| Identity {
                inchikey: is_inchikey(&name).then(|| name.clone()),
                name,
                ..Identity::default()
            })
        })
        .collect()
}

/// Indices of the library's substances that `flag` names, stereoisomers included.
pub(super) fn substances(
    library: &Library,
    register: &Register,
    flag: &str,
    lists: &[String],
) -> Result<HashSet<u32>> {
    let mut found = HashSet::new();
    for wanted in known(register, lists) {
        let before = found.len();
        for index in 0..library.len() {
            if wanted.is_same_as(&library.entry(index)?.identity) {
                found.extend(library.substance_of(index));
            }
        }
        if found.len() == before {
            bail!("{flag}: the library holds no substance {:?}", wanted.name);
        }
    }
    Ok(found)
}

fn names(register: &Register, list: &str) -> Vec<String> {
    let pieces: Vec<&str> = list.split(',').collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < pieces.len() {
        let known = |end: &usize| named(register, &pieces[at..*end].join(",")).is_some();
        let end = (at + 1..=pieces.len()).rev().find(known).unwrap_or(at + 1);
        found.push(pieces[at..end].join(",").trim().to_owned());
        at = end;
    }
    found
}

fn named(register: &Register, name: &str) -> Option<Identity> {
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
    let (substance, _) = register.find(&wanted)?;
    Some(substance.identity.clone())
}
