//! Formulas of an accurate mass, ranked.

use super::atoms::{Atoms, BR, CL, MOST};
use super::enumerate::{RAREST, Range, formulas};
use super::fragments::{Explained, Fragments, How, of_ion};
use super::hint::FormulaHint;
use super::ion::Ion;
use super::limits::{likeness, possible};
use super::pattern::{pattern, similarity};

/// Formulas that are held against the fragments.
const HELD: usize = 600;
/// Formulas that are told.
const TOLD: usize = 20;
/// Weight of what is explained, beside the logarithms of the error and of how usual a formula is.
const EXPLAINED: f64 = 12.0;

/// An accurate mass and all that belongs to it.
pub(super) struct Question<'a> {
    /// m/z of the ion.
    pub mz: f64,
    /// Half-width of the search, of m/z.
    pub tolerance: f64,
    /// Standard deviation of the error.
    pub deviation: f64,
    /// What the ion may be.
    pub ions: &'a [Ion],
    /// Peaks of the spectrum: m/z and abundance.
    pub peaks: &'a [(f64, f64)],
    /// How fragments are read; none where their m/z are not accurate.
    pub how: Option<How>,
    /// Measured pattern M, M + 1, ... of the ion, where there is one.
    pub pattern: Option<Vec<f64>>,
    /// Chlorine and bromine atoms, where a pattern tells them.
    pub halogens: Option<(u8, u8)>,
}

/// The ranked formulas.
pub(super) struct Ranked {
    /// Best first.
    pub hints: Vec<FormulaHint>,
    /// How many fit.
    pub fitting: usize,
    /// Whether more may fit.
    pub more: bool,
}

struct Candidate<'a> {
    atoms: Atoms,
    ion: &'a Ion,
    error: f64,
    score: f64,
    explained: Option<Explained>,
}

impl Question<'_> {
    /// All formulas within the tolerance, ranked.
    pub fn rank(&self) -> Ranked {
        let (mut all, mut more) = (Vec::new(), false);
        for ion in self.ions {
            let (found, complete) = self.formulas(ion);
            more |= !complete;
            all.extend(found.into_iter().map(|atoms| self.candidate(atoms, ion)));
        }
        let fitting = all.len();
        all.sort_by(|a, b| b.score.total_cmp(&a.score));
        all.truncate(HELD);
        self.hold_against_fragments(&mut all);
        all.sort_by(|a, b| b.score.total_cmp(&a.score));
        let best = all.first().map_or(0.0, |c| c.score);
        let total: f64 = all.iter().map(|c| (c.score - best).exp()).sum();
        let told = all.iter().take(TOLD).enumerate();
        let hints = told
            .map(|(i, c)| self.hint(i + 1, c, (c.score - best).exp() / total))
            .collect();
        Ranked {
            hints,
            fitting,
            more,
        }
    }

    fn formulas(&self, ion: &Ion) -> (Vec<Atoms>, bool) {
        let range = Range {
            mass: ion.adduct.neutral_mass(self.mz),
            tolerance: self.tolerance * ion.adduct.charges / ion.adduct.molecules,
            most: Atoms([MOST; 10]),
            rarest: RAREST,
        };
        let told = |atoms: &Atoms| {
            let own = (atoms.0[CL], atoms.0[BR]);
            self.halogens.is_none_or(|halogens| halogens == own)
        };
        formulas(&range, |atoms| {
            told(atoms) && possible(atoms, ion.closed_shell)
        })
    }

    fn candidate<'a>(&self, atoms: Atoms, ion: &'a Ion) -> Candidate<'a> {
        let error = self.mz - ion.adduct.mz(atoms.mass());
        let off = error / self.deviation;
        Candidate {
            atoms,
            ion,
            error,
            score: likeness(&atoms) + ion.usual - 0.5 * off * off,
            explained: None,
        }
    }

    fn hold_against_fragments(&self, all: &mut [Candidate]) {
        let Some(how) = self.how else {
            return;
        };
        let mut most = Atoms::default();
        for candidate in all.iter() {
            let ion = of_ion(&candidate.atoms, how.positive);
            for (a, b) in most.0.iter_mut().zip(ion.0) {
                *a = (*a).max(b);
            }
        }
        let fragments = Fragments::of(self.peaks, self.mz - 0.5, most, how);
        if fragments.is_empty() {
            return;
        }
        for candidate in all {
            let ion = of_ion(&candidate.atoms, how.positive);
            let explained = fragments.explained(ion.packed());
            candidate.score += EXPLAINED * explained.fit;
            candidate.explained = Some(explained);
        }
    }

    fn hint(&self, rank: usize, candidate: &Candidate, score: f64) -> FormulaHint {
        let calculated_mz = candidate.ion.adduct.mz(candidate.atoms.mass());
        let measured = self.pattern.as_deref();
        FormulaHint {
            rank,
            formula: candidate.atoms.hill(),
            ion: candidate.ion.label.clone(),
            calculated_mz,
            error_ppm: Some(candidate.error / calculated_mz * 1e6),
            isotope_similarity: measured.and_then(|m| similarity(m, &pattern(&candidate.atoms))),
            rings_and_double_bonds: candidate.atoms.unsaturation(),
            explained: candidate.explained.map(|e| e.share),
            score,
        }
    }
}
