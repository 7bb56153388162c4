//! Formulas of a nominal mass that fit an isotope pattern.

use super::atoms::{Atoms, BR, C, CL, MOST, NOMINAL, S};
use super::cluster::Cluster;
use super::enumerate::{RAREST, Range, formulas};
use super::hint::FormulaHint;
use super::ion::Ion;
use super::limits::{likeness, possible};
use super::pattern::{Pattern, pattern, similarity};
use super::rank::Ranked;
use super::ratios::Ratios;

/// Formulas that are told.
const TOLD: usize = 10;
/// Middle and half-width of the exact masses of a nominal mass.
const EXACT: (f64, f64) = (0.06, 0.44);
/// Standard deviations of M + 1 over M, of itself, and of M + 2 over M, of itself and at least.
const FIRST: f64 = 0.08;
const SECOND: f64 = 0.08;
const LEAST: f64 = 0.005;

/// What the spectrum has told.
pub(super) struct Known<'a> {
    /// The molecular ion.
    pub cluster: &'a Cluster,
    /// Its isotopes.
    pub ratios: &'a Ratios,
    /// Bounds of carbon.
    pub carbons: (u8, u8),
    /// Whether one sulfur atom is likely; otherwise there is none, but for what halogens hide.
    pub sulfur: bool,
}

/// The formulas that fit, best first.
pub(super) fn ranked(known: &Known) -> Ranked {
    let cluster = known.cluster;
    let mut most = Atoms([MOST; 10]);
    most.0[CL] = cluster.chlorine;
    most.0[BR] = cluster.bromine;
    most.0[C] = known.carbons.1;
    let plain = cluster.chlorine + cluster.bromine == 0;
    most.0[S] = match (known.sulfur, plain) {
        (true, _) => 1,
        (_, true) => 0,
        _ => 2,
    };
    let range = Range {
        mass: f64::from(cluster.mz) + EXACT.0,
        tolerance: EXACT.1,
        most,
        rarest: RAREST,
    };
    let fits = |atoms: &Atoms| {
        let mass: u32 = (atoms.0.iter().zip(NOMINAL))
            .map(|(n, m)| u32::from(*n) * m)
            .sum();
        mass == cluster.mz
            && atoms.0[C] >= known.carbons.0
            && atoms.0[CL] == cluster.chlorine
            && atoms.0[BR] == cluster.bromine
            && (!known.sulfur || atoms.0[S] == 1)
            && possible(atoms, Some(true))
    };
    let (found, complete) = formulas(&range, fits);
    let mut all: Vec<(f64, Atoms, Pattern)> = found
        .into_iter()
        .map(|atoms| {
            let pattern = pattern(&atoms);
            (likeness(&atoms) + known.fit(&pattern), atoms, pattern)
        })
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best = all.first().map_or(0.0, |(score, ..)| *score);
    let total: f64 = all.iter().map(|(score, ..)| (score - best).exp()).sum();
    let Some(ion) = Ion::molecular() else {
        return Ranked {
            hints: Vec::new(),
            fitting: 0,
            more: false,
        };
    };
    let told = all.iter().take(TOLD).zip(1..);
    let hints = told.map(|((score, atoms, pattern), rank)| FormulaHint {
        rank,
        formula: atoms.hill(),
        ion: ion.label.clone(),
        calculated_mz: ion.adduct.mz(atoms.mass()),
        error_ppm: None,
        isotope_similarity: similarity(&[1.0, known.ratios.first, known.ratios.second], pattern),
        rings_and_double_bonds: atoms.unsaturation(),
        explained: None,
        score: (score - best).exp() / total,
    });
    Ranked {
        hints: hints.collect(),
        fitting: all.len(),
        more: !complete,
    }
}

impl Known<'_> {
    /// Logarithm of how well the measured ratios fit a pattern; M + 1 is oftener too high than too low.
    fn fit(&self, pattern: &Pattern) -> f64 {
        let first = pattern[1] / pattern[0];
        let second = pattern[2] / pattern[0];
        let rough = self.ratios.floor;
        let above = if self.ratios.first > first { 2.0 } else { 1.0 };
        let off_first =
            (self.ratios.first - first) / (above * FIRST * first).hypot(rough).max(1e-4);
        let off_second =
            (self.ratios.second - second) / (SECOND * second).hypot(LEAST).hypot(rough);
        -0.5 * (off_first * off_first + off_second * off_second)
    }
}

#[cfg(test)]
mod tests {
    use super::super::atoms::parse;
    use super::*;

    fn of(formula: &str, mz: u32, halogens: (u8, u8)) -> Ranked {
        let pattern = pattern(&parse(formula));
        let cluster = Cluster {
            mz,
            abundance: 100.0,
            chlorine: halogens.0,
            bromine: halogens.1,
            similarity: 1.0,
        };
        let ratios = Ratios {
            first: pattern[1] / pattern[0],
            second: pattern[2] / pattern[0],
            floor: 0.001,
            below: 0.0,
        };
        ranked(&Known {
            cluster: &cluster,
            ratios: &ratios,
            carbons: (1, (mz / 12) as u8),
            sulfur: false,
        })
    }

    #[test]
    fn patterns_narrow_the_choice() {
        // Caffeine 194 and diazepam 284 with one chlorine, by their calculated patterns.
        let caffeine = of("C8H10N4O2", 194, (0, 0));
        assert!(caffeine.fitting > 50 && caffeine.hints.len() == TOLD);
        let diazepam = of("C16H13ClN2O", 284, (1, 0));
        assert!(
            diazepam
                .hints
                .iter()
                .any(|hint| hint.formula == "C16H13ClN2O")
        );
        assert!(
            diazepam
                .hints
                .iter()
                .all(|hint| hint.formula.contains("Cl"))
        );
        assert!(diazepam.hints.windows(2).all(|w| w[0].score >= w[1].score));
    }
}
