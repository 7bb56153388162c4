//! Isotope patterns at unit mass.

use super::atoms::{Atoms, ELEMENTS};
use elements_rs::Element;
use elements_rs::isotopes::{IsotopicComposition, MassNumber};
use std::sync::LazyLock;

/// Ions of a pattern: M to M + 9.
pub(super) const LENGTH: usize = 10;

/// Abundances at M, M + 1, ...
pub(super) type Pattern = [f64; LENGTH];

/// Natural abundances of one atom of each element, by mass numbers above the lightest isotope.
static NATURAL: LazyLock<[Pattern; 10]> = LazyLock::new(|| ELEMENTS.map(of_element));

fn of_element(symbol: &str) -> Pattern {
    let mut pattern = [0.0; LENGTH];
    let isotopes = Element::try_from(symbol).map(|element| element.isotopes().iter());
    let natural: Vec<(u16, f64)> = isotopes
        .into_iter()
        .flatten()
        .filter_map(|i| Some((i.mass_number(), i.isotopic_composition()?)))
        .collect();
    let lightest = natural.iter().map(|(number, _)| *number).min().unwrap_or(0);
    for (number, abundance) in natural {
        if let Some(place) = pattern.get_mut(usize::from(number - lightest)) {
            *place = abundance;
        }
    }
    pattern
}

/// The pattern of these atoms, its sum 1 but for what lies beyond. Of all ten elements the lightest
/// isotope is the most abundant one.
pub(super) fn pattern(atoms: &Atoms) -> Pattern {
    let mut whole = [0.0; LENGTH];
    whole[0] = 1.0;
    for (one, count) in NATURAL.iter().zip(atoms.0) {
        // By squares, as powers of numbers are.
        let (mut power, mut left) = (*one, count);
        while left > 0 {
            if left & 1 == 1 {
                whole = product(&whole, &power);
            }
            power = product(&power, &power);
            left >>= 1;
        }
    }
    whole
}

fn product(a: &Pattern, b: &Pattern) -> Pattern {
    let mut sum = [0.0; LENGTH];
    for (i, x) in a.iter().enumerate().filter(|(_, x)| **x != 0.0) {
        for (place, y) in sum[i..].iter_mut().zip(b) {
            *place += x * y;
        }
    }
    sum
}

/// Likeness of a measured and a calculated pattern over the same places, 0 to 1: one less half the sum
/// of differences, both normalised to a sum of one. `None` where one of them is empty.
pub(super) fn similarity(measured: &[f64], calculated: &[f64]) -> Option<f64> {
    let (a, b): (f64, f64) = (
        measured.iter().sum(),
        calculated.iter().take(measured.len()).sum(),
    );
    if !(a > 0.0 && b > 0.0 && a.is_finite()) {
        return None;
    }
    let apart: f64 = measured
        .iter()
        .zip(calculated)
        .map(|(x, y)| (x / a - y / b).abs())
        .sum();
    Some(1.0 - apart / 2.0)
}

#[cfg(test)]
mod tests {
    use super::super::atoms::parse;
    use super::*;

    /// Unit-mass patterns of molmass 2026.1.8 (abundances of the periodic table of its version).
    #[test]
    fn patterns_of_an_independent_program() {
        for (formula, expected) in [
            (
                "C17H21NO4",
                [
                    0.819_817, 0.156_962, 0.020_944, 0.002_095, 0.000_169, 0.000_012,
                ],
            ),
            (
                "C22H28N2O",
                [
                    0.779_101, 0.193_882, 0.024_712, 0.002_154, 0.000_143, 0.000_008,
                ],
            ),
            (
                "C6Cl6",
                [
                    0.177_259, 0.011_503, 0.340_603, 0.022_088, 0.272_795, 0.017_673,
                ],
            ),
            (
                "C6H4Br2",
                [
                    0.240_776, 0.015_736, 0.468_871, 0.030_621, 0.228_680, 0.014_903,
                ],
            ),
            (
                "C12H10S",
                [
                    0.833_901, 0.115_774, 0.044_735, 0.005_177, 0.000_389, 0.000_024,
                ],
            ),
            (
                "C16H13ClN2O",
                [
                    0.630_688, 0.114_933, 0.212_963, 0.037_541, 0.003_614, 0.000_247,
                ],
            ),
            (
                "C2H4BrCl",
                [
                    0.375_680, 0.008_299, 0.485_702, 0.010_729, 0.116_991, 0.002_583,
                ],
            ),
            (
                "C10H15O3PS2",
                [
                    0.803_002, 0.101_834, 0.082_743, 0.009_382, 0.002_735, 0.000_269,
                ],
            ),
        ] {
            let found = pattern(&parse(formula));
            for (a, b) in found.iter().zip(expected) {
                assert!((a - b).abs() < 2e-4, "{formula}: {a} for {b}");
            }
        }
    }

    #[test]
    fn chlorine_by_hand() {
        // One chlorine: 0.7576 and 0.2424; fluorine and iodine have one isotope.
        let one = pattern(&parse("Cl"));
        assert!((one[2] / one[0] - 0.2424 / 0.7576).abs() < 1e-12);
        assert_eq!(pattern(&parse("FI"))[0], 1.0);
    }

    #[test]
    fn similarity_by_hand() {
        assert_eq!(similarity(&[3.0, 1.0], &[0.75, 0.25, 9.0]), Some(1.0));
        assert_eq!(similarity(&[1.0, 0.0], &[0.0, 1.0]), Some(0.0));
        assert_eq!(similarity(&[1.0, 1.0], &[0.75, 0.25]), Some(0.75));
        assert_eq!(similarity(&[0.0, 0.0], &[0.75, 0.25]), None);
        assert_eq!(similarity(&[f64::NAN], &[1.0]), None);
    }
}
