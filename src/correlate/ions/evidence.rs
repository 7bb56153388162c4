//! What speaks for and against two unit-mass spectra being of one substance.

use super::Tilt;
use crate::correlate::score::entropy;
use std::ops::Range;
use std::sync::LazyLock;

/// Exponent of m/z on the abundances: heavy ions discriminate more.
const MASS_POWER: f64 = 0.8;
/// Share of the base peak at which an abundance counts half: instruments differ most near their
/// threshold.
const FLOOR: f64 = 0.01;
/// Share of the base peak above which an ion counts as seen.
const SEEN: f64 = 0.01;
/// What a candidate's molecular ion in the query adds to the score, and half of what ions above it
/// take away. It decides between spectra that are otherwise alike.
const MOLECULAR_ION: f64 = 0.01;
/// Distance below the molecular mass from which an ion counts as a fragment that tells of the structure:
/// beyond the losses of hydrogen, methyl and water.
const FRAGMENT: usize = 20;
/// Share of the query's ions above the molecular ion that takes away the most.
const ABOVE: f64 = 0.05;

/// Comparison of a query with a reference. Shares are of m/z-weighted abundance after the tilt is
/// taken out and both base peaks are set to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Entropy similarity of the corrected spectra with the molecular ion's evidence, over what equal
    /// spectra with a molecular ion reach; the ranking score, 0 to 1.
    pub score: f64,
    /// The tilt between the instruments.
    pub tilt: Tilt,
    /// Share of the query in ions (at least 1 % of the base peak) that the reference lacks.
    pub foreign: f64,
    /// Share of the reference in ions, well above the query's threshold, that the query lacks.
    pub lacking: f64,
    /// Share of the query beyond twice what the reference predicts.
    pub surplus: f64,
    /// Share of the reference beyond twice what the query shows.
    pub deficit: f64,
    /// Scatter (weighted standard deviation) of `ln(query / reference)` over the common ions.
    pub scatter: f64,
    /// Largest surplus of one ion, in square roots of abundance.
    pub largest_surplus: f64,
    /// Largest deficit of one ion, in square roots of abundance.
    pub largest_deficit: f64,
    /// Whether the query shows the ion at the reference's nominal molecular mass.
    pub molecular_ion: Option<bool>,
    /// Share of the query's unweighted abundance more than 3 above the molecular mass.
    pub above_molecular_ion: f64,
    /// Heaviest ion of at least 2 % in the query.
    pub heaviest: usize,
    /// Share of the reference in fragments: its ions more than 20 below its molecular mass; 0.5 where
    /// that mass is not known. A spectrum that is little but its molecular ion is that of its isomers, too.
    pub fragments: f64,
}

/// Weights of the usual masses, which every comparison needs.
static WEIGHTS: LazyLock<Vec<f64>> = LazyLock::new(|| (0..2048).map(weight).collect());

fn weight(mz: usize) -> f64 {
    (mz as f64).powf(MASS_POWER)
}

/// Compares two spectra (index: m/z, values: abundances) over `range`; `molecular_mass` is the
/// reference's nominal mass where its formula is known. `None` where one has no ion there.
pub fn compare(
    query: &[f64],
    reference: &[f64],
    range: Range<usize>,
    molecular_mass: Option<usize>,
) -> Option<Evidence> {
    let range = range.start..range.end.min(query.len()).min(reference.len());
    let pair = Corrected::of(query, reference, &range)?;
    let (seen, above) = molecular(query, &range, molecular_mass);
    let evidence = differences(&pair.query, &pair.reference, &pair.weights);
    let heavy = pair.query.iter().rposition(|v| *v > 0.02);
    let fragments = fragments(reference, &range, molecular_mass);
    Some(Evidence {
        score: pair.score(seen, above),
        tilt: pair.tilt,
        molecular_ion: seen,
        above_molecular_ion: above,
        heaviest: heavy.map_or(range.start, |at| pair.mz[at]),
        fragments,
        ..evidence
    })
}

/// The score of [`compare`] alone, for a reference whose formula is not known.
pub fn score(query: &[f64], reference: &[f64], range: Range<usize>) -> Option<f64> {
    let range = range.start..range.end.min(query.len()).min(reference.len());
    Some(Corrected::of(query, reference, &range)?.score(None, 0.0))
}

/// How alike two spectra are without their tilt, by entropy alone: 1 for equal ones, and nothing said of a
/// molecular ion.
pub fn similarity(one: &[f64], other: &[f64], range: Range<usize>) -> Option<f64> {
    let range = range.start..range.end.min(one.len()).min(other.len());
    Some(Corrected::of(one, other, &range)?.similarity())
}

/// A pair of spectra without their tilt, both base peaks 1, where at least one has an ion: all other
/// places would add nothing to any sum.
struct Corrected {
    tilt: Tilt,
    mz: Vec<usize>,
    weights: Vec<f64>,
    query: Vec<f64>,
    reference: Vec<f64>,
}

impl Corrected {
    fn of(query: &[f64], reference: &[f64], range: &Range<usize>) -> Option<Self> {
        let tilt = Tilt::fit(query, reference, range);
        let mz: Vec<usize> = range
            .clone()
            .filter(|mz| query[*mz] > 0.0 || reference[*mz] > 0.0)
            .collect();
        let half: Vec<f64> = mz.iter().map(|mz| tilt.half(*mz)).collect();
        let corrected = |values: &[f64], divide: bool| -> Option<Vec<f64>> {
            let mut out: Vec<f64> = mz
                .iter()
                .zip(&half)
                .map(|(mz, half)| match values[*mz] > 0.0 {
                    true if divide => values[*mz] / half,
                    true => values[*mz] * half,
                    false => 0.0,
                })
                .collect();
            let base = out.iter().copied().fold(0.0, f64::max);
            out.iter_mut().for_each(|v| *v /= base);
            (base > 0.0 && base.is_finite()).then_some(out)
        };
        let known = |mz: usize| WEIGHTS.get(mz).copied().unwrap_or_else(|| weight(mz));
        Some(Self {
            query: corrected(query, true)?,
            reference: corrected(reference, false)?,
            weights: mz.iter().map(|mz| known(*mz)).collect(),
            tilt,
            mz,
        })
    }

    fn score(&self, molecular_ion: Option<bool>, above: f64) -> f64 {
        let evidence = molecular_evidence(molecular_ion, above);
        ((self.similarity() + evidence) / (1.0 + MOLECULAR_ION)).max(0.0)
    }

    fn similarity(&self) -> f64 {
        let weighted = |values: &[f64]| -> Vec<f64> {
            let soft = |v: f64| v * v / (v + FLOOR);
            values
                .iter()
                .zip(&self.weights)
                .map(|(v, w)| if *v > 0.0 { soft(*v) * w } else { 0.0 })
                .collect()
        };
        entropy::similarity(&weighted(&self.query), &weighted(&self.reference))
    }
}

/// Between the most for a molecular ion seen and the most against ions above it; half the former
/// where the formula is not known.
fn molecular_evidence(seen: Option<bool>, above: f64) -> f64 {
    let support = match seen {
        Some(true) => MOLECULAR_ION,
        Some(false) => 0.0,
        None => MOLECULAR_ION / 2.0,
    };
    support - 2.0 * MOLECULAR_ION * (above / ABOVE).min(1.0)
}

fn molecular(query: &[f64], range: &Range<usize>, mass: Option<usize>) -> (Option<bool>, f64) {
    let Some(mass) = mass.filter(|m| *m > 0 && *m < range.end) else {
        return (None, 0.0);
    };
    let inside = &query[range.clone()];
    let (total, base) = inside
        .iter()
        .fold((0.0, 0.0_f64), |(sum, top), v| (sum + v, top.max(*v)));
    let above: f64 = query[(mass + 4).min(range.end)..range.end].iter().sum();
    (Some(query[mass] > SEEN * base), above / total)
}

/// Share of the m/z-weighted abundance in fragments. Where the mass is not known, or so small that a
/// fragment would lie below most scans, it says nothing: 0.5.
fn fragments(reference: &[f64], range: &Range<usize>, mass: Option<usize>) -> f64 {
    let Some(mass) = mass.filter(|mass| *mass > 2 * FRAGMENT) else {
        return 0.5;
    };
    let (mut below, mut all) = (0.0, 0.0);
    for (mz, abundance) in range.clone().zip(&reference[range.clone()]) {
        let weighted = *abundance * mz as f64;
        all += weighted;
        if mz + FRAGMENT < mass {
            below += weighted;
        }
    }
    if all > 0.0 { below / all } else { 0.5 }
}

fn differences(q: &[f64], r: &[f64], weights: &[f64]) -> Evidence {
    let floor = q
        .iter()
        .copied()
        .filter(|v| *v > 0.0)
        .fold(1.0, f64::min)
        .max(0.002);
    let (mut total_q, mut total_r) = (0.0, 0.0);
    let (mut foreign, mut lacking, mut surplus, mut deficit) = (0.0, 0.0, 0.0, 0.0);
    let (mut largest_surplus, mut largest_deficit) = (0.0_f64, 0.0_f64);
    let (mut s, mut sy, mut syy) = (0.0, 0.0, 0.0);
    for ((q, r), w) in q.iter().zip(r).zip(weights) {
        total_q += q * w;
        total_r += r * w;
        if *q > SEEN && *r < 0.002 {
            foreign += q * w;
        }
        if *q <= 0.0 && *r > (2.0 * floor).max(0.02) {
            lacking += r * w;
        }
        surplus += (q - 2.0 * r).max(0.0) * w;
        deficit += (r - 2.0 * q).max(0.0) * w;
        let gap = q.sqrt() - r.sqrt();
        largest_surplus = largest_surplus.max(gap);
        largest_deficit = largest_deficit.max(-gap);
        if *q > 0.0 && *r > 0.0 {
            let (weight, y) = ((q * r).sqrt(), (q / r).ln());
            s += weight;
            sy += weight * y;
            syy += weight * y * y;
        }
    }
    Evidence {
        score: 0.0,
        tilt: Tilt::default(),
        foreign: foreign / total_q,
        lacking: lacking / total_r,
        surplus: surplus / total_q,
        deficit: deficit / total_r,
        // Without a common ion the ratio is unknown; 3 is a factor of 20.
        scatter: match s > 0.0 {
            true => (syy / s - (sy / s).powi(2)).max(0.0).sqrt(),
            false => 3.0,
        },
        largest_surplus,
        largest_deficit,
        molecular_ion: None,
        above_molecular_ion: 0.0,
        heaviest: 0,
        fragments: 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spectrum(ions: &[(usize, f64)]) -> Vec<f64> {
        let mut values = vec![0.0; 200];
        for (mz, a) in ions {
            values[*mz] = *a;
        }
        values
    }

    #[test]
    fn equal_spectra_leave_nothing_unexplained() {
        let ions = spectrum(&[(58, 100.0), (91, 40.0), (134, 20.0)]);
        let found = compare(&ions, &ions, 40..200, Some(134)).unwrap();
        assert!((found.score - 1.0).abs() < 1e-12);
        assert_eq!(
            (found.foreign, found.lacking, found.surplus),
            (0.0, 0.0, 0.0)
        );
        assert_eq!(found.molecular_ion, Some(true));
        assert_eq!(found.heaviest, 134);
    }

    #[test]
    fn a_tilt_does_not_lower_the_score_but_another_ion_does() {
        let reference = spectrum(&[(44, 80.0), (58, 100.0), (91, 40.0), (134, 20.0), (150, 9.0)]);
        let tilted: Vec<f64> = (0..)
            .zip(&reference)
            .map(|(mz, v)| v * (f64::from(mz) / 75.0).exp())
            .collect();
        let mut foreign = reference.clone();
        foreign[120] = 60.0;
        let plain = entropy::similarity(&tilted, &reference);
        let tilted = compare(&tilted, &reference, 40..200, None).unwrap();
        assert!(tilted.score > plain + 0.005, "{} {plain}", tilted.score);
        let foreign = compare(&foreign, &reference, 40..200, None).unwrap();
        assert!(foreign.score < tilted.score - 0.1);
        assert!(foreign.foreign > 0.2 && foreign.largest_surplus > 0.7);
    }

    #[test]
    fn ions_above_the_molecular_mass_speak_against_it() {
        let reference = spectrum(&[(58, 100.0), (91, 40.0)]);
        let mut query = reference.clone();
        query[178] = 30.0;
        let heavier = compare(&query, &reference, 40..200, Some(192)).unwrap();
        let lighter = compare(&query, &reference, 40..200, Some(149)).unwrap();
        // 30 of 170 lie above 149; the most is taken away, and neither shows its molecular ion.
        let gap = 2.0 * MOLECULAR_ION / (1.0 + MOLECULAR_ION);
        assert!((heavier.score - lighter.score - gap).abs() < 1e-12);
    }

    #[test]
    fn fragments_are_what_lies_well_below_the_molecular_mass() {
        let reference = spectrum(&[(50, 10.0), (100, 40.0), (163, 5.0), (178, 20.0)]);
        // (50 * 10 + 100 * 40) of 500 + 4000 + 163 * 5 + 178 * 20.
        let found = compare(&reference, &reference, 40..200, Some(178)).unwrap();
        assert!((found.fragments - 4500.0 / 8875.0).abs() < 1e-12);
        let unknown = compare(&reference, &reference, 40..200, None).unwrap();
        assert_eq!(unknown.fragments, 0.5);
    }

    #[test]
    fn empty_ranges_give_nothing() {
        let ions = spectrum(&[(58, 100.0)]);
        assert!(compare(&ions, &ions, 60..200, None).is_none());
        assert!(compare(&ions, &[], 0..200, None).is_none());
    }
}
