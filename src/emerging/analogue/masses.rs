//! Which mass the molecule has: the one at which the best references agree best.

use super::bound::Bounds;
use super::pair::{Ion, Pairing};
use super::references::Reference;
use super::weigh::by_mz;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::RangeInclusive;

/// References whose agreement is averaged for a molecular mass.
pub(super) const AGREEING: usize = 10;
/// Largest change that is looked for.
pub(super) const REACH: i32 = 160;
/// How far below and above the heaviest ion the molecule's mass may lie: isotopes and foreign ions are above
/// it, and many molecules are not seen whole.
const BELOW: i32 = 8;
const ABOVE: i32 = 130;
/// Share of the base peak from which an ion counts as the heaviest one.
const HEAVIEST: f32 = 0.004;

/// A reference at one molecular mass of the query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Match {
    /// Position in the list of references.
    pub place: usize,
    /// Similarity of the paired ions, 0 to 1.
    pub similarity: f32,
}

/// One possible molecular mass.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Possible {
    pub mass: i32,
    /// Mean similarity of the best [`AGREEING`] substances; those that are missing count 0.
    pub agreement: f32,
    /// These substances, best first.
    pub best: Vec<Match>,
}

/// Molecular masses that the heaviest ion leaves possible.
pub(super) fn possible(ions: &[Ion]) -> Option<RangeInclusive<i32>> {
    // A weight is the root of abundance times m/z.
    let abundance = |(mz, weight): &Ion| weight * weight / f32::from(*mz);
    let base = ions.iter().map(abundance).fold(0.0, f32::max);
    let strong = |ion: &&Ion| abundance(ion) >= HEAVIEST * base;
    let (heaviest, _) = ions.iter().rev().find(strong)?;
    let heaviest = i32::from(*heaviest);
    Some((heaviest - BELOW).max(1)..=heaviest + ABOVE)
}

/// Every possible mass with the references that agree best there, most likely mass first. `skip` leaves
/// references out.
pub(super) fn rank(
    ions: &[Ion],
    references: &[Reference],
    skip: &(dyn Fn(&Reference) -> bool + Sync),
) -> Vec<Possible> {
    let Some(masses) = possible(ions) else {
        return Vec::new();
    };
    let (lightest, heaviest) = (*masses.start(), *masses.end());
    let last = ions.iter().map(|ion| usize::from(ion.0)).max().unwrap_or(0);
    let points = references
        .iter()
        .filter_map(|r| r.ions.last())
        .map(|ion| usize::from(ion.0))
        .fold(last, usize::max)
        + 1;
    let query = by_mz(ions, points);
    let masses: Vec<i32> = masses.collect();
    let bounds = Bounds::new(&query, REACH);
    // By reference, then by mass.
    let bounded: Vec<Vec<f32>> = references
        .par_iter()
        .map_init(
            || bounds.clone(),
            |bounds, reference| {
                if skip(reference) {
                    return Vec::new();
                }
                let change = |mass: &i32| mass - reference.mass;
                bounds.correlate(&reference.ions, change(&lightest)..=change(&heaviest));
                let at = |mass: &i32| bounds.at(change(mass)).unwrap_or(0.0);
                masses.iter().map(at).collect()
            },
        )
        .collect();
    let mut ranked: Vec<Possible> = masses
        .par_iter()
        .enumerate()
        .map_init(
            || Pairing::new(points),
            |pairing, (column, mass)| {
                // Bounds are positive, and so in the order of their bits; a heap, since few are looked at.
                let mut order: BinaryHeap<(u32, Reverse<usize>)> = bounded
                    .iter()
                    .enumerate()
                    .filter_map(|(place, row)| Some((place, *row.get(column)?)))
                    .filter(|(_, bound)| *bound > 0.0)
                    .map(|(place, bound)| (bound.to_bits(), Reverse(place)))
                    .collect();
                let mut best: Vec<Match> = Vec::with_capacity(AGREEING + 1);
                while let Some((bound, Reverse(place))) = order.pop() {
                    let reference = &references[place];
                    let change = mass - reference.mass;
                    if best.len() == AGREEING {
                        let least = best[AGREEING - 1].similarity;
                        if f32::from_bits(bound) < least {
                            break;
                        }
                        if bounds.nearer(&reference.ions, change) < least {
                            continue;
                        }
                    }
                    let similarity = pairing.best(&query, &reference.ions, change);
                    keep(&mut best, references, Match { place, similarity });
                }
                Possible {
                    mass: *mass,
                    agreement: best.iter().map(|m| m.similarity).sum::<f32>() / AGREEING as f32,
                    best,
                }
            },
        )
        .collect();
    ranked.sort_by(|a, b| {
        b.agreement
            .total_cmp(&a.agreement)
            .then(a.mass.cmp(&b.mass))
    });
    ranked
}

/// Keeps the best reference of each of the best substances, in order.
fn keep(best: &mut Vec<Match>, references: &[Reference], new: Match) {
    let substance = |m: &Match| references[m.place].substance;
    if let Some(same) = best.iter().position(|m| substance(m) == substance(&new)) {
        if best[same].similarity >= new.similarity {
            return;
        }
        best.remove(same);
    }
    let place = best.partition_point(|m| m.similarity >= new.similarity);
    best.insert(place, new);
    best.truncate(AGREEING);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(substance: u32, mass: i32, ions: &[(u16, f32)]) -> Reference {
        let norm = ions.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
        Reference {
            entry: substance as usize,
            substance,
            mass,
            ions: ions.iter().map(|(mz, w)| (*mz, w / norm)).collect(),
        }
    }

    #[test]
    fn the_mass_at_which_references_agree() {
        // A homologue: 58 became 72 and 91 stayed, so 149 became 163, though 163 itself is not seen.
        let query = reference(9, 0, &[(72, 0.8), (91, 0.6)]).ions;
        let references = [
            reference(0, 149, &[(58, 0.8), (91, 0.6)]),
            reference(1, 420, &[(400, 1.0)]),
        ];
        let ranked = rank(&query, &references, &|_| false);
        assert_eq!(ranked[0].mass, 163);
        assert_eq!(ranked[0].best[0].place, 0);
        assert!((ranked[0].best[0].similarity - 1.0).abs() < 1e-5);
        // One of ten references agrees.
        assert!((ranked[0].agreement - 0.1).abs() < 1e-5);
        let ranked = rank(&query, &references, &|r| r.substance == 0);
        assert!(ranked.iter().all(|p| p.best.iter().all(|m| m.place == 1)));
    }

    #[test]
    fn a_substance_counts_once() {
        let query = reference(9, 0, &[(72, 0.8), (91, 0.6)]).ions;
        let one = reference(0, 149, &[(58, 0.8), (91, 0.6)]);
        let ranked = rank(&query, &[one.clone(), one], &|_| false);
        assert_eq!(ranked[0].best.len(), 1);
    }

    #[test]
    fn a_spectrum_without_ions_has_no_mass() {
        assert!(rank(&[], &[], &|_| false).is_empty());
    }

    #[test]
    fn the_heaviest_ion_limits_the_mass() {
        let ions = reference(0, 0, &[(91, 1.0), (150, 0.5), (300, 0.001)]).ions;
        assert_eq!(possible(&ions), Some(142..=280));
    }
}
