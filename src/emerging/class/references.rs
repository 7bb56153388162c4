//! A library's references as they teach the classes.

use super::profile::Profile;
use super::table::{Membership, Table};
use super::teaching::{Lesson, Teaching};
use crate::library::{Curves, Group, Library, LibraryError, Prepared};
use crate::prepare::{Family, Recipe, Signal, abundances};
use crate::spectrum::Identity;
use crate::substance::{Register, normalised, words};
use rayon::prelude::*;
use std::collections::HashMap;

/// The references of whole EI spectra.
#[derive(Debug, Default)]
pub(super) struct References {
    /// How a query is prepared; `None` where the library has no such references.
    pub recipe: Option<Recipe>,
    /// What teaches.
    pub teaching: Teaching,
    /// Entry of each row of `teaching`.
    pub entry: Vec<usize>,
    /// Row of the library's group of each row of `teaching`.
    pub rows: Vec<usize>,
    /// Row of `teaching` of each entry that teaches.
    pub row_of: HashMap<usize, usize>,
    /// Index of its substance in the library, by row.
    pub indices: Vec<u32>,
    /// Number of substances of each class.
    pub members: Vec<usize>,
}

impl References {
    /// Of a library.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn of(library: &Library, register: &Register, table: &Table) -> Result<Self, LibraryError> {
        let group = library.group(Family::EiMs).filter(|g| !g.is_empty());
        let Some((group, Prepared::Curves(curves))) = group.map(|g| (g, &g.prepared)) else {
            return Ok(Self::default());
        };
        let read: Vec<Option<Read>> = (0..group.len())
            .into_par_iter()
            .map(|row| Read::of(library, register, table, group, curves, row))
            .collect::<Result<_, _>>()?;
        let mut references = Self {
            recipe: Some(group.recipe.clone()),
            members: vec![0; table.classes.len()],
            ..Self::default()
        };
        let mut lessons = Vec::new();
        let mut substances: HashMap<String, u32> = HashMap::new();
        let mut counted = std::collections::HashSet::new();
        for read in read.into_iter().flatten() {
            let next = substances.len() as u32;
            let substance = *substances.entry(read.substance).or_insert(next);
            for class in &read.classes {
                if counted.insert((*class, substance)) {
                    references.members[*class] += 1;
                }
            }
            references.row_of.insert(read.entry, lessons.len());
            references.entry.push(read.entry);
            references.rows.push(read.row);
            references.indices.push(read.index);
            lessons.push(Lesson {
                profile: read.profile,
                substance,
                classes: read.classes,
            });
        }
        references.teaching = Teaching::of(lessons);
        Ok(references)
    }
}

/// One reference that teaches.
struct Read {
    profile: Profile,
    entry: usize,
    row: usize,
    index: u32,
    substance: String,
    classes: Vec<usize>,
}

impl Read {
    /// Of a row; `None` where it does not teach.
    fn of(
        library: &Library,
        register: &Register,
        table: &Table,
        group: &Group,
        curves: &Curves,
        row: usize,
    ) -> Result<Option<Self>, LibraryError> {
        let Some(entry) = group.entry.get(row).map(|entry| *entry as usize) else {
            return Ok(None);
        };
        let identity = library.entry(entry)?.identity;
        let mut classes = match membership(&identity, register, table) {
            Membership::Of(classes) => classes,
            Membership::NoClass => Vec::new(),
            Membership::Aside => return Ok(None),
        };
        let groups: Vec<usize> = classes.iter().map(|c| table.classes[*c].group).collect();
        classes.extend(groups);
        classes.sort_unstable();
        classes.dedup();
        let signal = curves.signal(row).map(|s| abundances(&s, &group.recipe));
        let profile = signal.and_then(|s| Profile::of(&from_zero(&s)));
        Ok(profile.map(|profile| Self {
            profile,
            entry,
            row,
            index: library.substance_of(entry).unwrap_or(u32::MAX),
            substance: key(&identity),
            classes,
        }))
    }
}

/// What a library's entry is to the classes.
pub(super) fn membership(identity: &Identity, register: &Register, table: &Table) -> Membership {
    let known = register.find(identity).map(|(substance, _)| substance);
    let own = std::iter::once(&identity.name).chain(&identity.synonyms);
    let registered = known
        .iter()
        .flat_map(|s| std::iter::once(&s.identity.name).chain(&s.identity.synonyms));
    let all = own.chain(registered).map(|n| normalised(unlabelled(n)));
    let mut names: Vec<String> = all.collect();
    let (class, name) = (known.map(|s| s.class.as_str()), unlabelled(&identity.name));
    let own = normalised(name);
    if table.derived(&own) {
        names.extend(beginnings(name));
    }
    table.membership(&own, &names, class)
}

/// A name without the label of a deuterated substance (`-d5`) and what follows: it has the scaffold of the
/// substance without it.
fn unlabelled(name: &str) -> &str {
    let label = |at: usize| {
        let after = name[at..].strip_prefix(['d', 'D'])?;
        let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let labelled = rest.len() < after.len() && (rest.is_empty() || rest.starts_with(" ("));
        labelled.then_some(&name[..at - 1])
    };
    name.match_indices('-')
        .find_map(|(hyphen, _)| label(hyphen + 1))
        .unwrap_or(name)
}

/// A name's first word, its first two together, and so on, normalised: that of a derivative begins with that of
/// the substance.
fn beginnings(name: &str) -> impl Iterator<Item = String> + '_ {
    words(name).scan(String::new(), |so_far, word| {
        so_far.push_str(&normalised(&word));
        Some(so_far.clone())
    })
}

/// Abundances by m/z from 0 on.
pub(super) fn from_zero(signal: &Signal) -> Vec<f64> {
    let mut values = vec![0.0; signal.start];
    values.extend(&signal.values);
    values
}

/// What spectra of one substance have in common: the skeleton, else the name.
fn key(identity: &Identity) -> String {
    match identity.skeleton() {
        Some(skeleton) => skeleton.to_owned(),
        None => format!("name:{}", normalised(&identity.name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_cut_off() {
        for (name, without) in [
            ("Fentanyl-d5", "Fentanyl"),
            ("RCS-4-d9 (Not certified by NIST)", "RCS-4"),
            ("Amphetamine-D5 (ring)", "Amphetamine"),
            ("2C-D", "2C-D"),
            ("5-Methoxy-d", "5-Methoxy-d"),
            ("beta-D-glucose", "beta-D-glucose"),
            ("x-d3-y", "x-d3-y"),
            ("-d3", ""),
            ("", ""),
        ] {
            assert_eq!(unlabelled(name), without, "{name}");
        }
    }

    #[test]
    fn beginnings_of_a_name() {
        let found: Vec<String> = beginnings("2,3-Pentylone-HFBA Derivative").collect();
        let expected = [
            "2",
            "23",
            "23pentylone",
            "23pentylonehfba",
            "23pentylonehfbaderivative",
        ];
        assert_eq!(found, expected);
    }
}
