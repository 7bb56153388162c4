//! Substances that the user says are in the sample: which references stand for them, and what is said where nothing of
//! them is seen.

use crate::library::{Group, Library, LibraryError};
use crate::spectrum::{Identity, nominal_mass};

/// A substance that is said to be in the sample and is not among the components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// Its name.
    pub name: String,
    /// Whether the library has a reference of it that could be compared.
    pub in_library: bool,
}

impl Unseen {
    /// What is said of it.
    pub fn sentence(&self) -> String {
        let name = &self.name;
        match self.in_library {
            true => format!("Nothing is seen of {name:?}, which is said to be in the sample."),
            false => format!(
                "The library has no reference of this technique of {name:?}, which is said to be in the sample, so it was not looked for."
            ),
        }
    }
}

/// A known substance beside the references of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    name: String,
    /// Rows that stand for it.
    pub rows: Vec<usize>,
}

impl Known {
    /// Finds the rows that stand for each known substance.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn of(
        known: &[Identity],
        library: &Library,
        group: &Group,
    ) -> Result<Vec<Self>, LibraryError> {
        let mut alike: Vec<Vec<(usize, Identity)>> = vec![Vec::new(); known.len()];
        if !known.is_empty() {
            for (row, entry) in group.entry.iter().enumerate() {
                let identity = library.entry(*entry as usize)?.identity;
                for (known, alike) in known.iter().zip(&mut alike) {
                    if known.is_same_as(&identity) {
                        alike.push((row, identity.clone()));
                    }
                }
            }
        }
        let one = |(known, alike): (&Identity, Vec<(usize, Identity)>)| Self {
            name: known.name.clone(),
            rows: closest(known, alike),
        };
        Ok(known.iter().zip(alike).map(one).collect())
    }

    /// Those of which no row `is_named`.
    pub fn unseen(known: &[Self], is_named: impl Fn(usize) -> bool) -> Vec<Unseen> {
        let missing = known
            .iter()
            .filter(|k| !k.rows.iter().any(|r| is_named(*r)));
        missing
            .map(|known| Unseen {
                name: known.name.clone(),
                in_library: !known.rows.is_empty(),
            })
            .collect()
    }

    /// Whether a row stands for one of them.
    pub fn are(known: &[Self], row: usize) -> bool {
        known.iter().any(|known| known.rows.contains(&row))
    }
}

/// Fits what is known and looks for the rest. Of the known ones of which nothing is seen the one that is needed least,
/// by `unseen` of it, is then left out, and all is fitted again: it must not take the place of what is there.
pub(super) fn settled<F>(
    mut known: Vec<usize>,
    mut fit: impl FnMut(&[usize]) -> F,
    unseen: impl Fn(&F, usize) -> Option<f64>,
) -> (Vec<usize>, F) {
    loop {
        let found = fit(&known);
        let needed = |one: &usize| Some((unseen(&found, *one)?, *one));
        let least = known.iter().filter_map(needed);
        match least.min_by(|a, b| a.0.total_cmp(&b.0)) {
            Some((_, least)) => known.retain(|one| *one != least),
            None => return (known, found),
        }
    }
}

/// How an entry's record is that of a known substance, closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// By its InChIKey.
    Key,
    /// By the skeleton; one of the two keys states no stereochemistry.
    Skeleton,
    /// By CAS number or a name.
    Name,
    /// Another stereoisomer.
    Stereoisomer,
}

impl Likeness {
    /// `None` where the entry is of another substance, labelled ones among them.
    fn of(known: &Identity, entry: &Identity) -> Option<Self> {
        if !known.is_same_as(entry) {
            return None;
        }
        let mass = |identity: &Identity| identity.formula.as_deref().and_then(nominal_mass);
        let (Some(own), Some(other)) = (&known.inchikey, &entry.inchikey) else {
            return Some(Self::Name);
        };
        if own == other {
            return Some(Self::Key);
        }
        if known.skeleton() != entry.skeleton() {
            return Some(Self::Name);
        }
        // Isotopes do not change the skeleton.
        if mass(known).zip(mass(entry)).is_some_and(|(a, b)| a != b) {
            return None;
        }
        match states_no_stereochemistry(own) || states_no_stereochemistry(other) {
            true => Some(Self::Skeleton),
            false => Some(Self::Stereoisomer),
        }
    }
}

/// Whether the second part of an InChIKey is that of no stereochemistry and no isotopes.
fn states_no_stereochemistry(key: &str) -> bool {
    key.split('-')
        .nth(1)
        .is_some_and(|part| part.starts_with("UHFFFAOY"))
}

/// Of these entries those that stand for a known substance: the closest ones, all alike.
pub(super) fn closest<T>(
    known: &Identity,
    entries: impl IntoIterator<Item = (T, Identity)>,
) -> Vec<T> {
    let like = |(at, identity): (T, Identity)| Some((Likeness::of(known, &identity)?, at));
    let mut found: Vec<(Likeness, T)> = entries.into_iter().filter_map(like).collect();
    let best = found.iter().map(|(likeness, _)| *likeness).min();
    found.retain(|(likeness, _)| Some(*likeness) == best);
    found.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, key: &str, formula: &str) -> Identity {
        Identity {
            name: name.to_owned(),
            inchikey: (!key.is_empty()).then(|| key.to_owned()),
            formula: (!formula.is_empty()).then(|| formula.to_owned()),
            ..Identity::default()
        }
    }

    #[test]
    fn neither_a_labelled_substance_nor_a_stereoisomer_is_the_known_one_where_that_is_there() {
        // PubChem: (S)-methamphetamine, methamphetamine, its d5 and the (R) form.
        let known = of("Methamphetamine", "MYWUZJCMWCOHBA-VIFPVBQESA-N", "C10H15N");
        let flat = of("meth", "MYWUZJCMWCOHBA-UHFFFAOYSA-N", "C10H15N");
        let labelled = of("meth-d5", "MYWUZJCMWCOHBA-RHQRLBAQSA-N", "C10H10D5N");
        let other = of("levmetamfetamine", "MYWUZJCMWCOHBA-SECBINFHSA-N", "C10H15N");
        let all = [&labelled, &other, &flat, &known].map(Clone::clone);
        let found = |entries: &[Identity]| -> Vec<usize> {
            closest(&known, entries.iter().cloned().enumerate())
        };
        assert_eq!(found(&all), [3]);
        assert_eq!(found(&all[..3]), [2]);
        assert_eq!(found(&all[..2]), [1]);
        assert_eq!(found(&all[..1]), [] as [usize; 0]);
        let named = of("methamphetamine", "", "");
        assert_eq!(found(&[other, named]), [1]);
    }
}
