//! Whether a technique would tell substances apart, by the library's own references.

use super::finding::Named;
use super::scheme::Difference;
use crate::decide::{Standing, chance, disturbed};
use crate::library::{Group, Library, LibraryError, ReferenceKind};
use crate::prepare::Family;
use crate::search::{Options, Searcher};
use serde::Serialize;
use std::collections::BTreeMap;

/// Imagined measurements of each substance.
const TRIED: u64 = 5;

/// Two substances, and how often they were told apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The substance that was imagined to be measured.
    pub measured: String,
    /// The other.
    pub other: String,
    /// Imagined measurements of it in which the other was outside the identified set.
    pub told_apart: u64,
    /// Imagined measurements.
    pub tried: u64,
}

/// What a technique would tell apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Separation {
    /// Pairs of substances that the library has references of.
    pub pairs: Vec<Pair>,
    /// Substances of which it has no full reference of this technique.
    pub without_reference: Vec<String>,
}

impl Separation {
    /// Share of the imagined measurements that told a pair apart, weighed down by what has no reference.
    pub fn share(&self, substances: usize) -> f64 {
        let pairs = substances * substances.saturating_sub(1);
        let shares = self
            .pairs
            .iter()
            .map(|p| p.told_apart as f64 / p.tried.max(1) as f64);
        // The sum of nothing is -0.
        let told = shares.fold(0.0, |sum, share| sum + share);
        told / (pairs.max(1)) as f64
    }
}

/// References of one technique, ready to be asked.
pub struct Separator<'a> {
    library: &'a Library,
    searcher: Searcher<'a>,
    /// By the key of a substance: rows of each family's group.
    rows: BTreeMap<String, Vec<(Family, usize, u32)>>,
    /// By the key of a substance: its formula, as an entry states it, or as is known otherwise.
    formulae: BTreeMap<String, String>,
}

impl<'a> Separator<'a> {
    /// Looks up the references of these substances.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn new(library: &'a Library, substances: &[Named]) -> Result<Self, LibraryError> {
        let mut rows: BTreeMap<String, Vec<(Family, usize, u32)>> = BTreeMap::new();
        let mut formulae = BTreeMap::new();
        for group in library.groups() {
            for (row, entry) in group.entry.iter().enumerate() {
                let index = *entry as usize;
                let entry = library.entry(index)?;
                if entry.kind != ReferenceKind::FullSpectrum {
                    continue;
                }
                let identity = entry.identity;
                let is_it = |s: &&Named| match (identity.skeleton(), s.inchikey.is_some()) {
                    (Some(skeleton), true) => skeleton == s.key(),
                    _ => identity.name.eq_ignore_ascii_case(&s.name),
                };
                let (Some(named), Some(substance)) =
                    (substances.iter().find(is_it), library.substance_of(index))
                else {
                    continue;
                };
                let own = rows.entry(named.key().to_owned()).or_default();
                own.push((group.recipe.family, row, substance));
                if let Some(formula) = identity.formula {
                    formulae.insert(named.key().to_owned(), formula);
                }
            }
        }
        Ok(Self {
            library,
            searcher: Searcher::new(
                library,
                Options {
                    top: 1,
                    ..Options::default()
                },
            ),
            rows,
            formulae,
        })
    }

    /// Adds formulas of these substances where no entry states one.
    pub fn with_formulas(
        mut self,
        substances: &[Named],
        known: &dyn Fn(&Named) -> Option<String>,
    ) -> Self {
        for named in substances {
            if !self.has_formula(named)
                && let Some(formula) = known(named)
            {
                self.formulae.insert(named.key().to_owned(), formula);
            }
        }
        self
    }

    /// Whether the library has a full reference of a substance by a technique.
    pub fn has_reference(&self, technique: &str, named: &Named) -> bool {
        let Some(family) = family_of(technique) else {
            return false;
        };
        let rows = self.rows.get(named.key());
        rows.is_some_and(|rows| rows.iter().any(|(f, _, _)| *f == family))
    }

    /// Whether the formula of a substance is known.
    pub fn has_formula(&self, named: &Named) -> bool {
        self.formulae.contains_key(named.key())
    }

    /// How two substances differ, as far as their keys and formulae tell; `None` where a formula is not known.
    pub fn difference(&self, a: &Named, b: &Named) -> Option<Difference> {
        if a.key() == b.key() {
            return Some(Difference::Stereoisomers);
        }
        let formulae = (self.formulae.get(a.key())?, self.formulae.get(b.key())?);
        Some(match formulae.0 == formulae.1 {
            true => Difference::Isomers,
            false => Difference::Formula,
        })
    }

    /// What a technique would tell apart of substances that differ by more than their arrangement in space.
    ///
    /// The first reference of each is imagined to be measured anew on five instruments, as where the decision
    /// rule is learned (product-ion spectra as they are). Two are told apart where the other is outside the set that
    /// the rule would name.
    pub fn separation(&self, technique: &str, substances: &[Named]) -> Option<Separation> {
        let family = family_of(technique)?;
        let group = self.library.group(family)?;
        let width = group.calibration.as_ref().map_or(0.25, |c| c.width);
        let mut found = Separation::default();
        let own = |named: &Named| -> Vec<(usize, u32)> {
            let rows = self.rows.get(named.key()).map_or(&[][..], Vec::as_slice);
            let all = rows.iter().filter(|(f, _, _)| *f == family);
            all.map(|(_, row, substance)| (*row, *substance)).collect()
        };
        for named in substances {
            let rows = own(named);
            let Some((row, _)) = rows.first() else {
                found.without_reference.push(named.name.clone());
                continue;
            };
            let others: Vec<(&Named, Vec<(usize, u32)>)> = substances
                .iter()
                .filter(|s| s.key() != named.key())
                .map(|s| (s, own(s)))
                .filter(|(_, rows)| !rows.is_empty())
                .collect();
            let alike = self.alike(group, *row, width);
            for (other, rows) in others {
                let together = |set: &&Vec<u32>| rows.iter().any(|(_, s)| set.contains(s));
                let confused = alike.iter().filter(together).count() as u64;
                found.pairs.push(Pair {
                    measured: named.name.clone(),
                    other: other.name.clone(),
                    told_apart: alike.len() as u64 - confused,
                    tried: alike.len() as u64,
                });
            }
        }
        found.pairs.retain(|p| p.tried > 0);
        Some(found)
    }

    /// The substances of the set of each imagined measurement of a reference.
    fn alike(&self, group: &Group, row: usize, width: f64) -> Vec<Vec<u32>> {
        let tried = match group.recipe.family {
            Family::MsMs => 1,
            _ => TRIED,
        };
        let seed = group
            .entry
            .get(row)
            .and_then(|e| self.library.entry(*e as usize).ok())
            .map_or(0, |entry| chance(&entry.id));
        let measured = (0..tried).filter_map(|i| {
            let query = disturbed(self.library, group, row, seed.wrapping_add(i))?;
            let ranking = self.searcher.rank(&query).ok()?;
            let standing = Standing::of(&ranking.hits);
            let set = standing.leading(standing.set_size(width));
            Some(set.iter().map(|hit| hit.substance).collect())
        });
        measured.collect()
    }
}

/// The family of the full references of a technique.
fn family_of(technique: &str) -> Option<Family> {
    Some(match technique {
        "raman" => Family::Raman,
        "infrared" => Family::Infrared,
        "near-infrared" => Family::NearInfrared,
        "ei-ms" => Family::EiMs,
        "ms-ms" => Family::MsMs,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Builder, Info};
    use crate::spectrum::{Axis, Shape, Spectrum, Technique};

    fn ei(name: &str, ions: &[f64]) -> Spectrum {
        let abundances = (1..=ions.len()).map(|i| 1000.0 / i as f64).collect();
        let axis = Axis::Explicit(ions.to_vec());
        let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, axis, abundances);
        spectrum.identity.name = name.to_owned();
        spectrum
    }

    fn named(name: &str) -> Named {
        Named {
            name: name.to_owned(),
            inchikey: None,
            status: String::new(),
        }
    }

    #[test]
    fn equal_references_are_never_told_apart_and_unlike_ones_always() {
        let ions: Vec<f64> = (0..20).map(|i| 50.0 + 7.0 * f64::from(i)).collect();
        let others: Vec<f64> = (0..20).map(|i| 53.0 + 7.0 * f64::from(i)).collect();
        let mut builder = Builder::new(Info::default());
        for spectrum in [ei("a", &ions), ei("twin", &ions), ei("c", &others)] {
            builder.add(spectrum, ReferenceKind::FullSpectrum);
        }
        let (library, _) = builder.build(&|| {});
        let open = [named("a"), named("twin"), named("c"), named("nobody")];
        let separator = Separator::new(&library, &open).unwrap();
        let found = separator.separation("ei-ms", &open).unwrap();
        assert_eq!(found.without_reference, ["nobody"]);
        let told = |a: &str, b: &str| {
            let pair = found.pairs.iter().find(|p| p.measured == a && p.other == b);
            pair.map(|p| (p.told_apart, p.tried)).unwrap()
        };
        assert_eq!(told("a", "twin"), (0, 5));
        assert_eq!(told("a", "c"), (5, 5));
        assert_eq!(told("c", "twin"), (5, 5));
        // Four of six pairs of the three are told apart, of twelve of all four.
        assert!((found.share(4) - 4.0 / 12.0).abs() < 1e-12);
        assert!(separator.separation("raman", &open).is_none());
    }
}
