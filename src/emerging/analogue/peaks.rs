//! MS/MS: analogues by peaks that stay and peaks that move by the difference of the precursors' masses.

use crate::correlate::score::entropy::Peak;
use crate::library::{Group, Library, PeakLists, Prepared, Resolution, is_positive};
use crate::spectrum::{Adduct, Spectrum};
use rayon::prelude::*;

/// Largest change that is looked for.
const REACH: f64 = 160.0;
/// m/z below and above a precursor where its own ions and isotopes lie. They move by the change whatever the
/// substances are, and say nothing.
const PRECURSOR: (f64, f64) = (0.5, 2.5);
/// Fewest pairs of peaks from which a reference is told: one may be chance.
const FEWEST: usize = 2;

/// A peak of the reference and the peak of the query that it is taken for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PairedPeak {
    pub reference: f64,
    pub query: f64,
    pub product: f64,
    pub moved: bool,
}

/// A reference with its change.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Near {
    pub entry: usize,
    pub substance: u32,
    pub similarity: f64,
    /// Monoisotopic mass of the reference's molecule.
    pub mass: f64,
    /// Mass of the query's molecule less that.
    pub change: f64,
    pub pairs: Vec<PairedPeak>,
}

/// A query of known molecular mass.
pub(super) struct Query {
    /// At the query's own resolution, and as a quadrupole would give them.
    own: Vec<Peak>,
    unit: Vec<Peak>,
    resolution: Resolution,
    positive: Option<bool>,
    /// Monoisotopic mass of its molecule.
    pub mass: f64,
}

impl Query {
    /// `None` where the spectrum states no precursor m/z or has no peaks beside it. An ion without stated adduct is
    /// taken for the protonated or deprotonated molecule.
    pub fn of(spectrum: &Spectrum) -> Option<Self> {
        let precursor = spectrum.precursor.as_ref()?;
        let mz = precursor.mz.filter(|mz| mz.is_finite() && *mz > 0.0)?;
        let positive = is_positive(spectrum);
        let usual = if positive == Some(false) {
            "[M-H]-"
        } else {
            "[M+H]+"
        };
        let stated = precursor.adduct.as_deref().and_then(Adduct::parse);
        let adduct = stated.or_else(|| Adduct::parse(usual))?;
        let resolution = Resolution::of(spectrum);
        let own = rooted(resolution.peaks(spectrum).into_iter(), mz);
        (!own.is_empty()).then(|| Self {
            own,
            unit: rooted(Resolution::Unit.peaks(spectrum).into_iter(), mz),
            resolution,
            positive,
            mass: adduct.neutral_mass(mz),
        })
    }

    /// m/z by which peaks of a pair may differ, and by how much their molecules' masses.
    pub fn tolerance(&self) -> f64 {
        self.resolution.tolerance()
    }

    /// The best reference of each substance within reach, best first. `skip` leaves substances out.
    pub fn near(
        &self,
        library: &Library,
        group: &Group,
        skip: &(dyn Fn(u32) -> bool + Sync),
    ) -> Vec<Near> {
        let Prepared::Peaks(lists) = &group.prepared else {
            return Vec::new();
        };
        let compare = |row: usize| {
            let entry = *group.entry.get(row)? as usize;
            let substance = library.substance_of(entry)?;
            let mass = *lists.mass.get(row)?;
            let change = self.mass - mass;
            let other = match (self.positive, lists.polarity.get(row)) {
                (Some(positive), Some(polarity)) => *polarity == if positive { -1 } else { 1 },
                _ => false,
            };
            // A mass that is not stated is not a number, and not within reach.
            let within = change.abs() <= REACH;
            if !within || other || skip(substance) {
                return None;
            }
            let (similarity, pairs) = self.compare(lists, row, change)?;
            (pairs.len() >= FEWEST).then_some(Near {
                entry,
                substance,
                similarity,
                mass,
                change,
                pairs,
            })
        };
        let mut found: Vec<Near> = (0..group.len())
            .into_par_iter()
            .filter_map(compare)
            .collect();
        found.sort_by(|a, b| {
            let similarity = b.similarity.total_cmp(&a.similarity);
            similarity.then(a.entry.cmp(&b.entry))
        });
        let mut seen = std::collections::HashSet::new();
        found.retain(|near| seen.insert(near.substance));
        found
    }

    fn compare(
        &self,
        lists: &PeakLists,
        row: usize,
        change: f64,
    ) -> Option<(f64, Vec<PairedPeak>)> {
        // A pair is compared as the coarser instrument sees it.
        let (resolution, query) = match lists.resolution(row) {
            Resolution::Unit => (Resolution::Unit, &self.unit),
            Resolution::Fine => (self.resolution, &self.own),
        };
        let precursor = *lists.precursor.get(row)?;
        let reference = rooted(lists.at(resolution).row(row)?, precursor);
        Some(paired(query, &reference, change, resolution.tolerance()))
    }
}

/// Roots of the weights of fragments, of Euclidean norm 1, without the precursor's own ions (all, where it is not a
/// number).
fn rooted(peaks: impl Iterator<Item = Peak>, precursor: f64) -> Vec<Peak> {
    let own = |mz: f64| mz >= precursor - PRECURSOR.0 && mz <= precursor + PRECURSOR.1;
    let kept = peaks.filter(|(mz, weight)| mz.is_finite() && *weight > 0.0 && !own(*mz));
    let mut peaks: Vec<Peak> = kept.map(|(mz, weight)| (mz, weight.sqrt())).collect();
    let norm = peaks.iter().map(|p| p.1 * p.1).sum::<f64>().sqrt();
    peaks.iter_mut().for_each(|p| p.1 /= norm);
    peaks
}

/// Similarity and pairs, largest product first: each peak once, taken by falling product (the modified cosine
/// of Watrous et al. 2012, doi:10.1073/pnas.1203689109). Peaks ascend.
fn paired(query: &[Peak], reference: &[Peak], change: f64, within: f64) -> (f64, Vec<PairedPeak>) {
    let mut all: Vec<(usize, usize, bool, f64)> = Vec::new();
    // A change within the tolerance moves nothing that can be told.
    let shifts: &[(f64, bool)] = match change.abs() <= within {
        true => &[(0.0, false)],
        false => &[(0.0, false), (change, true)],
    };
    for (shift, moved) in shifts {
        let mut from = 0;
        for (r, (mz, weight)) in reference.iter().enumerate() {
            let to = mz + shift;
            while query.get(from).is_some_and(|q| q.0 < to - within) {
                from += 1;
            }
            let close = query[from..].iter().take_while(|q| q.0 <= to + within);
            all.extend(
                close
                    .enumerate()
                    .map(|(i, q)| (from + i, r, *moved, q.1 * weight)),
            );
        }
    }
    all.sort_by(|a, b| {
        b.3.total_cmp(&a.3)
            .then((a.2, a.0, a.1).cmp(&(b.2, b.0, b.1)))
    });
    let (mut used, mut taken) = (vec![false; query.len()], vec![false; reference.len()]);
    let mut pairs = Vec::new();
    for (q, r, moved, product) in all {
        if !used[q] && !taken[r] {
            (used[q], taken[r]) = (true, true);
            pairs.push(PairedPeak {
                reference: reference[r].0,
                query: query[q].0,
                product,
                moved,
            });
        }
    }
    (pairs.iter().map(|p| p.product).sum(), pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_stay_or_move_once() {
        // 105.07 stays; 188.14 moves by 18 to 206.13; 216.14 has no partner.
        let query = [(105.07, 0.6), (206.13, 0.8)];
        let reference = [(105.07, 0.6), (188.14, 0.64), (216.14, 0.48)];
        let (similarity, pairs) = paired(&query, &reference, 17.99, 0.02);
        assert!((similarity - (0.36 + 0.512)).abs() < 1e-9);
        assert_eq!(
            pairs.iter().map(|p| p.moved).collect::<Vec<_>>(),
            [true, false]
        );
    }

    #[test]
    fn the_precursor_says_nothing() {
        // 233.165 and its isotope are the precursor's; 0.04 and 0.09 leave roots 0.2 and 0.3.
        let peaks = [
            (84.08, 0.04),
            (150.09, 0.09),
            (233.165, 0.7),
            (234.17, 0.17),
        ];
        let kept = rooted(peaks.into_iter(), 233.165);
        assert_eq!(
            kept.iter().map(|p| p.0).collect::<Vec<_>>(),
            [84.08, 150.09]
        );
        assert!((kept[0].1 / kept[1].1 - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(rooted(peaks.into_iter(), f64::NAN).len(), 4);
    }

    #[test]
    fn a_peak_is_not_used_twice() {
        let query = [(105.0, 1.0)];
        let reference = [(91.0, 0.8), (105.0, 0.6)];
        let (similarity, pairs) = paired(&query, &reference, 14.0, 0.02);
        assert_eq!(pairs.len(), 1);
        assert!((similarity - 0.8).abs() < 1e-9 && pairs[0].moved);
    }
}
