//! The references of a group as a mixture is compared with them.

use crate::library::{Curves, Group, Library, Prepared};
use crate::prepare::{Recipe, Step, abundances};
use crate::spectrum::nominal_mass;
use rayon::prelude::*;
use std::sync::OnceLock;

/// Major ions of a reference: those of the highest weight (square root of abundance times m/z).
pub(super) const MAJOR: usize = 24;

/// Rows read by one thread at a time.
const TOGETHER: usize = 1024;

/// A major ion.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Major {
    pub mz: u16,
    /// Abundance in shares of the reference's summed abundances.
    pub share: f32,
    /// Weight in the choice of scale.
    pub weight: f32,
}

/// What a candidate's record says of it.
#[derive(Debug, Clone)]
pub(super) struct Identity {
    /// Skeleton of the InChIKey and nominal mass, so that stereoisomers are one and labelled
    /// substances are not; else the substance's number.
    pub substance: String,
    /// Nominal molecular mass.
    pub mass: Option<usize>,
}

/// Major ions of all references of a group, and what is read of a reference when first needed.
pub(super) struct References<'a> {
    pub library: &'a Library,
    pub group: &'a Group,
    pub curves: &'a Curves,
    /// [`MAJOR`] a row, weight 0 where a reference has fewer.
    majors: Vec<[Major; MAJOR]>,
    /// First m/z that each reference was measured at.
    pub start: Vec<usize>,
    identities: Vec<OnceLock<Option<Identity>>>,
}

/// One reference in full.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    /// Shares of its summed abundances by m/z.
    pub shares: Vec<f64>,
    pub identity: Identity,
}

impl<'a> References<'a> {
    /// Of a group of unit-mass spectra; `None` for others.
    pub fn of(library: &'a Library, group: &'a Group) -> Option<Self> {
        let Prepared::Curves(curves) = &group.prepared else {
            return None;
        };
        if !group.recipe.family.is_mass() || !is_root_weighted(&group.recipe) {
            return None;
        }
        let matrix = curves.matrix();
        let rows = matrix.nrows().min(group.len());
        let of_one = |row: usize| {
            let values = matrix.row(row);
            let present = (0_u16..).zip(values.iter()).filter(|(_, v)| **v > 0.0);
            let mut ions: Vec<(u16, f32)> = present.map(|(mz, v)| (mz, *v)).collect();
            of_row(&mut ions)
        };
        let majors: Vec<[Major; MAJOR]> = (0..rows)
            .into_par_iter()
            .with_min_len(TOGETHER)
            .map(of_one)
            .collect();
        Some(Self {
            library,
            group,
            curves,
            majors,
            start: (0..rows).map(|row| curves.range(row).start).collect(),
            identities: vec![OnceLock::new(); rows],
        })
    }

    /// Number of references.
    pub fn len(&self) -> usize {
        self.start.len()
    }

    /// The major ions of a row.
    pub fn majors(&self, row: usize) -> &[Major] {
        self.majors.get(row).map_or(&[], |majors| majors)
    }

    /// Entry of a row.
    pub fn entry(&self, row: usize) -> Option<usize> {
        self.group.entry.get(row).map(|entry| *entry as usize)
    }

    /// What the record of a row's entry says; `None` where it is damaged.
    pub fn identity(&self, row: usize) -> Option<&Identity> {
        let read = || {
            let entry = self.entry(row)?;
            let substance = self.library.substance_of(entry)?;
            let identity = self.library.entry(entry).ok()?.identity;
            let mass = identity.formula.as_deref().and_then(nominal_mass);
            Some(Identity {
                substance: identity.skeleton().map_or_else(
                    || format!("#{substance}"),
                    |skeleton| format!("{skeleton}/{}", mass.unwrap_or(0)),
                ),
                mass,
            })
        };
        self.identities.get(row)?.get_or_init(read).as_ref()
    }

    /// A row in full; `None` where its record is damaged or it has no ions.
    pub fn reference(&self, row: usize) -> Option<Reference> {
        let identity = self.identity(row)?.clone();
        let signal = abundances(&self.curves.signal(row)?, &self.group.recipe);
        let total: f64 = signal.values.iter().sum();
        let mut shares = vec![0.0; signal.start];
        shares.extend(signal.values.iter().map(|v| v / total));
        (total > 0.0 && total.is_finite()).then_some(Reference { shares, identity })
    }
}

/// Whether rows are square roots of abundance times m/z, as the standard recipe makes them.
fn is_root_weighted(recipe: &Recipe) -> bool {
    let weigh = |step: &Step| matches!(step, Step::Weigh { abundance, mass } if *abundance == 0.5 && *mass == 1.0);
    recipe.steps.iter().any(weigh)
}

fn of_row(ions: &mut [(u16, f32)]) -> [Major; MAJOR] {
    let abundance = |(mz, v): &(u16, f32)| (v / f32::from((*mz).max(1))).powi(2);
    let total: f32 = ions.iter().map(abundance).sum();
    let heavier = |a: &(u16, f32), b: &(u16, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if ions.len() > MAJOR {
        ions.select_nth_unstable_by(MAJOR - 1, heavier);
    }
    let kept = ions.len().min(MAJOR);
    // Sums of weights do not depend on how the selection leaves its ions.
    ions[..kept].sort_unstable_by(heavier);
    let mut majors = [Major::default(); MAJOR];
    for (major, ion) in majors.iter_mut().zip(&ions[..kept]) {
        let share = abundance(ion) / total;
        // The rows' norm is arbitrary; the weight is of shares.
        let weight = share.sqrt() * f32::from(ion.0.max(1));
        *major = Major {
            mz: ion.0,
            share,
            weight: if share > 0.0 && share.is_finite() {
                weight
            } else {
                0.0
            },
        };
    }
    majors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn majors_by_hand() {
        // Abundances 9 and 1: rows hold 3 x 50 and 1 x 100, over any norm.
        let mut ions = vec![(50, 0.15), (100, 0.10)];
        let majors = of_row(&mut ions);
        assert_eq!((majors[0].mz, majors[1].mz), (50, 100));
        assert!((majors[0].share - 0.9).abs() < 1e-6 && (majors[1].share - 0.1).abs() < 1e-6);
        assert!((majors[1].weight - 0.1_f32.sqrt() * 100.0).abs() < 1e-4);
        assert!(majors[2..].iter().all(|m| m.weight == 0.0));
    }

    #[test]
    fn the_weightiest_are_kept() {
        let mut ions: Vec<(u16, f32)> = (40..140).map(|mz| (mz, f32::from(mz))).collect();
        let majors = of_row(&mut ions);
        assert_eq!(
            majors.map(|m| m.mz).to_vec(),
            (116..140).rev().collect::<Vec<_>>()
        );
    }
}
