//! The substances whose absence a user asks about.

use super::lists::{Group, WORDS};
use crate::library::Library;
use crate::spectrum::{Identity, is_inchikey};
use crate::substance::Register;
use anyhow::{Result, bail};
use std::collections::HashSet;

/// Identities of the names that `flag` was given, synonyms, CAS numbers, InChIKeys and words for lists, separated by
/// commas. Names hold commas too, so the longest stretch that the register or one of the libraries knows is one name.
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
            Err(unknown) => bail!(
                "{flag}: neither the register of substances nor the library knows {unknown:?}; give its name, CAS number or InChIKey, or a list: precursors, {WORDS}{}",
                nearest(register, &unknown)
            ),
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
    for name in names(register, libraries, list) {
        match Group::of(&name) {
            Some(group) => found.extend(group.substances(register).map(|s| s.identity.clone())),
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

/// Says how many substances the lists among these names stand for, and how many of them the libraries have.
pub(super) fn tell_lists(
    register: &Register,
    libraries: &[&Library],
    flag: &str,
    lists: &[String],
) -> Result<()> {
    let names = lists.iter().flat_map(|list| list.split(','));
    for group in names.filter_map(Group::of) {
        eprintln!("specid: {flag}: {}", group.told(register, libraries)?);
    }
    Ok(())
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
pub(super) fn known(
    register: &Register,
    libraries: &[&Library],
    lists: &[String],
) -> Vec<Identity> {
    lists
        .iter()
        .flat_map(|list| names(register, libraries, list))
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
    for wanted in known(register, &[library], lists) {
        let before = found.len();
        for index in 0..library.len() {
            if wanted.is_same_as(&library.entry(index)?.identity) {
                found.extend(library.substance_of(index));
            }
        }
        if found.len() == before {
            bail!(
                "{flag}: the library holds no substance {:?}; give its name as the library has it, its CAS number or its InChIKey",
                wanted.name
            );
        }
    }
    Ok(found)
}

/// The names of a list: of several pieces between commas the longest stretch that is known is one.
fn names(register: &Register, libraries: &[&Library], list: &str) -> Vec<String> {
    let pieces: Vec<&str> = list.split(',').collect();
    let held = match pieces.len() {
        0 | 1 => HashSet::new(),
        _ => held(libraries),
    };
    let is_known =
        |name: &str| named(register, name).is_some() || held.contains(&name.trim().to_lowercase());
    let (mut found, mut at) = (Vec::new(), 0);
    while at < pieces.len() {
        let known = |end: &usize| is_known(&pieces[at..*end].join(","));
        let end = (at + 1..=pieces.len()).rev().find(known).unwrap_or(at + 1);
        found.push(pieces[at..end].join(",").trim().to_owned());
        at = end;
    }
    found
}

/// Names with commas and their synonyms, as the libraries have them, in small letters.
fn held(libraries: &[&Library]) -> HashSet<String> {
    let entries = libraries.iter().flat_map(|library| library.entries());
    // An entry that cannot be read is told where it is asked for.
    let identities = entries.filter_map(Result::ok).map(|entry| entry.identity);
    let names = identities.flat_map(|i| std::iter::once(i.name).chain(i.synonyms));
    names
        .filter(|name| name.contains(','))
        .map(|name| name.to_lowercase())
        .collect()
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
