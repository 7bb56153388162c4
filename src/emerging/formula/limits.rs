//! Which formulas a molecule can have, and how usual they are among drugs.

use super::atoms::{Atoms, BR, C, CL, F, H, I, N, O, P, S};

/// Most atoms of an element over carbon (Kind & Fiehn 2007, common range; chlorine and bromine extended).
const RATIOS: [(usize, f64); 7] = [
    (N, 1.3),
    (O, 1.2),
    (S, 0.8),
    (P, 0.3),
    (F, 1.5),
    (CL, 2.0),
    (BR, 2.0),
];
/// Hydrogen and halogens over carbon: their range for hydrogen, halogens counted with it.
const HYDROGEN: (f64, f64) = (0.2, 3.1);
/// Sets of heteroatoms: each more than the first number, each less than its own (their table 3).
const SETS: [(u8, &[(usize, u8)]); 5] = [
    (1, &[(N, 10), (O, 20), (P, 4), (S, 3)]),
    (3, &[(N, 11), (O, 22), (P, 6)]),
    (1, &[(O, 14), (P, 3), (S, 3)]),
    (1, &[(P, 3), (S, 3), (N, 4)]),
    (6, &[(N, 19), (O, 14), (S, 8)]),
];
/// Share of formulas with none, one, two ... atoms of an element, in 1771 formulas of drugs, precursors
/// and cutting agents; unseen and rare ones raised. What is beyond halves with each atom.
const SHARES: [(usize, &[f64]); 8] = [
    (N, &[0.18, 0.36, 0.27, 0.10, 0.05, 0.02, 0.008, 0.003]),
    (O, &[0.14, 0.27, 0.25, 0.19, 0.09, 0.03, 0.012, 0.006]),
    (S, &[0.90, 0.085, 0.010, 0.002]),
    (P, &[0.98, 0.018, 0.002]),
    (
        F,
        &[0.84, 0.09, 0.015, 0.03, 0.004, 0.003, 0.004, 0.006, 0.002],
    ),
    (CL, &[0.85, 0.12, 0.026, 0.005, 0.001]),
    (BR, &[0.95, 0.043, 0.002]),
    (I, &[0.98, 0.017, 0.001, 0.001]),
];
/// Means and standard deviations of (hydrogen and halogens)/carbon and heteroatoms/carbon there.
const RICH: (f64, f64) = (1.29, 0.29);
const HETERO: (f64, f64) = (0.287, 0.19);

/// Whether a molecule of these atoms is possible: whole and no negative number of rings and double
/// bonds (Senior 1951 at the lowest valences), element ratios and sets of heteroatoms.
/// `closed_shell`: a molecule; false: an ion of even electron number; `None`: either.
pub(super) fn possible(atoms: &Atoms, closed_shell: Option<bool>) -> bool {
    let carbon = atoms.count(C);
    let unsaturation = atoms.unsaturation();
    let whole = unsaturation.fract() == 0.0;
    if carbon == 0.0 || unsaturation < 0.0 || closed_shell.is_some_and(|c| c != whole) {
        return false;
    }
    let rich = (atoms.count(H) + atoms.halogens()) / carbon;
    let ratio = |(element, most): &(usize, f64)| atoms.count(*element) <= most * carbon;
    let set = |(each, limits): &(u8, &[(usize, u8)])| {
        let all = limits.iter().all(|(element, _)| atoms.0[*element] > *each);
        !all || limits
            .iter()
            .all(|(element, less)| atoms.0[*element] < *less)
    };
    (HYDROGEN.0..=HYDROGEN.1).contains(&rich) && RATIOS.iter().all(ratio) && SETS.iter().all(set)
}

/// Natural logarithm of how usual a count of an element is; 0 for carbon and hydrogen.
pub(super) fn usual(element: usize, count: u8) -> f64 {
    let shares = SHARES.iter().find(|(e, _)| *e == element).map(|(_, s)| *s);
    let Some((last, shares)) = shares.and_then(|s| Some((s.last()?, s))) else {
        return 0.0;
    };
    match shares.get(usize::from(count)) {
        Some(share) => share.ln(),
        None => {
            let beyond = f64::from(count) + 1.0 - shares.len() as f64;
            last.ln() - beyond * std::f64::consts::LN_2
        }
    }
}

/// Natural logarithm of how usual the atoms are together.
pub(super) fn likeness(atoms: &Atoms) -> f64 {
    let counts: f64 = (N..=I)
        .map(|element| usual(element, atoms.0[element]))
        .sum();
    let carbon = atoms.count(C).max(1.0);
    let hetero: f64 = (N..=I).map(|element| atoms.count(element)).sum();
    let normal = |x: f64, (mean, sd): (f64, f64)| -0.5 * ((x - mean) / sd).powi(2);
    let rich = normal((atoms.count(H) + atoms.halogens()) / carbon, RICH);
    // Few heteroatoms are nothing odd.
    let hetero = normal((hetero / carbon).max(HETERO.0), HETERO);
    counts + rich + hetero
}

#[cfg(test)]
mod tests {
    use super::super::atoms::parse;
    use super::*;

    #[test]
    fn molecules_and_what_is_none() {
        for drug in [
            "C17H21NO4",
            "C9H13N",
            "C22H28N2O",
            "C16H13ClN2O",
            "C2HF3O2",
            "C14H18F7NO",
        ] {
            assert!(possible(&parse(drug), Some(true)), "{drug}");
        }
        // A radical, too much hydrogen, oxygen without end, no carbon.
        for none in ["C9H14N", "C9H22N", "C9H24N2", "C5H8O7", "H2O", ""] {
            assert!(!possible(&parse(none), Some(true)), "{none}");
        }
        assert!(possible(&parse("C9H14N"), Some(false)));
        // N, O, P, S each more than one: sulfur must be below three.
        assert!(!possible(&parse("C20H30N2O2P2S3"), Some(true)));
    }

    #[test]
    fn usual_counts() {
        assert_eq!(usual(C, 30), 0.0);
        assert!((usual(S, 1) - 0.085_f64.ln()).abs() < 1e-12);
        // Two beyond the table: a quarter of its last share.
        assert!((usual(S, 5) - (0.002_f64 / 4.0).ln()).abs() < 1e-12);
        assert!(likeness(&parse("C17H21NO4")) > likeness(&parse("C13H17N3O2P2")));
    }
}
