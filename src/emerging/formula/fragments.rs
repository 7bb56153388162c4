//! How much of the fragments is explained by parts of a formula.

use super::atoms::{Atoms, H, MOST, holds};
use super::enumerate::{Range, formulas};
use super::precision::rounding;
use crate::spectrum::ELECTRON_MASS;

/// Fragments that are looked at, most intense first.
const LOOKED_AT: usize = 20;
/// Fragments lighter than this have few formulas and say little.
const LIGHTEST: f64 = 30.0;
/// Window of a fragment: of m/z, and at least, in u.
const WINDOW_PPM: f64 = 15.0;
const WINDOW: f64 = 0.003;
/// Standard deviations from the middle of the window to its end.
const DEVIATIONS: f64 = 1.5;
/// How usual the heteroatoms of a fragment are at least (natural logarithm).
const RAREST: f64 = -10.0;
/// What a fragment of odd electron number counts where the precursor's is even: losses of radicals
/// are rarer than losses of molecules.
const RADICAL: f64 = 0.8;

/// A fragment with the formulas that it may have.
struct Fragment {
    share: f64,
    weight: f64,
    /// Packed formula and how well it fits, best first.
    formulas: Vec<(u128, f64)>,
}

/// The fragments of a spectrum.
pub(super) struct Fragments(Vec<Fragment>);

/// What a formula explains of them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Explained {
    /// Share of the intensity, 0 to 1.
    pub share: f64,
    /// The same by square roots of intensities, each counting less the farther it lies off.
    pub fit: f64,
}

impl Fragments {
    /// The fragments among `peaks`, in per cent or counts, that lie below `below`. `most` are the most
    /// atoms that any candidate has; `radicals` whether odd electron numbers are as usual as even ones.
    pub fn of(peaks: &[(f64, f64)], below: f64, most: Atoms, how: How) -> Self {
        let inside = |(mz, y): &&(f64, f64)| *mz >= LIGHTEST && *mz < below && *y > 0.0;
        let mut own: Vec<(f64, f64)> = peaks.iter().filter(inside).copied().collect();
        own.sort_by(|a, b| b.1.total_cmp(&a.1));
        own.truncate(LOOKED_AT);
        let total: f64 = own.iter().map(|(_, y)| y).sum();
        let roots: f64 = own.iter().map(|(_, y)| y.sqrt()).sum();
        let of = |(mz, y): &(f64, f64)| Fragment {
            share: y / total,
            weight: y.sqrt() / roots,
            formulas: how.formulas(*mz, most),
        };
        Self(own.iter().map(of).collect())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What an ion of these packed atoms explains.
    pub fn explained(&self, ion: u128) -> Explained {
        let mut sum = Explained::default();
        for fragment in &self.0 {
            let best = fragment.formulas.iter().find(|(part, _)| holds(ion, *part));
            if let Some((_, fit)) = best {
                sum.share += fragment.share;
                sum.fit += fragment.weight * fit;
            }
        }
        sum
    }
}

/// How fragments are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    /// Whether the ions are positive.
    pub positive: bool,
    /// Decimals of their m/z.
    pub decimals: usize,
    /// Whether ions of odd electron number are as usual as others.
    pub radicals: bool,
}

impl How {
    fn formulas(&self, mz: f64, most: Atoms) -> Vec<(u128, f64)> {
        let electron = if self.positive {
            ELECTRON_MASS
        } else {
            -ELECTRON_MASS
        };
        let tolerance = (mz * WINDOW_PPM * 1e-6).max(WINDOW) + rounding(self.decimals);
        let range = Range {
            mass: mz + electron,
            tolerance,
            most,
            rarest: RAREST,
        };
        let (found, _) = formulas(&range, |atoms| atoms.unsaturation() >= -0.5);
        let fit = |atoms: &Atoms| {
            let off = (atoms.mass() - range.mass) / tolerance * DEVIATIONS;
            let odd = atoms.unsaturation().fract() == 0.0 && !self.radicals;
            let electrons = if odd { RADICAL } else { 1.0 };
            (atoms.packed(), electrons * (-0.5 * off * off).exp())
        };
        let mut all: Vec<(u128, f64)> = found.iter().map(fit).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        all
    }
}

/// Atoms of the ion that fragments may take from: those of the molecule, and one hydrogen of the
/// charge where the ion is positive.
pub(super) fn of_ion(molecule: &Atoms, positive: bool) -> Atoms {
    let mut ion = *molecule;
    if positive {
        ion.0[H] = (ion.0[H] + 1).min(MOST);
    }
    ion
}

#[cfg(test)]
mod tests {
    use super::super::atoms::parse;
    use super::*;

    const HOW: How = How {
        positive: true,
        decimals: 4,
        radicals: false,
    };

    /// Fragments of protonated amphetamine: C9H11+ 119.0855, C7H7+ 91.0542 (computed by hand from
    /// 12 and 1.007825 less an electron), and one of m/z 100.5 that nothing explains.
    #[test]
    fn shares_by_hand() {
        let peaks = [
            (119.0855, 25.0),
            (91.0542, 50.0),
            (100.5, 25.0),
            (136.1121, 999.0),
        ];
        let amphetamine = of_ion(&parse("C9H13N"), true);
        let fragments = Fragments::of(&peaks, 135.0, amphetamine, HOW);
        let explained = fragments.explained(amphetamine.packed());
        assert!((explained.share - 0.75).abs() < 1e-9);
        assert!(explained.fit > 0.65 && explained.fit < 0.75);
        let less = fragments.explained(parse("C8H14").packed());
        assert!((less.share - 0.5).abs() < 1e-9);
    }

    #[test]
    fn nothing_to_explain() {
        let none = Fragments::of(
            &[(f64::NAN, 1.0), (91.0, f64::NAN)],
            135.0,
            parse("C9"),
            HOW,
        );
        assert!(none.is_empty());
        assert_eq!(none.explained(0), Explained::default());
    }
}
