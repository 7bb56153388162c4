//! Counts of the ten elements that hints are made of.

use crate::spectrum::monoisotopic_mass;
use std::sync::LazyLock;

/// Elements in the order of their counts.
pub(super) const ELEMENTS: [&str; 10] = ["C", "H", "N", "O", "S", "P", "F", "Cl", "Br", "I"];
/// Nominal masses in the same order.
pub(super) const NOMINAL: [u32; 10] = [12, 1, 14, 16, 32, 31, 19, 35, 79, 127];
/// Most atoms of one element: seven bits, so that an eighth shows a borrow.
pub(super) const MOST: u8 = 127;

pub(super) const C: usize = 0;
pub(super) const H: usize = 1;
pub(super) const N: usize = 2;
pub(super) const O: usize = 3;
pub(super) const S: usize = 4;
pub(super) const P: usize = 5;
pub(super) const F: usize = 6;
pub(super) const CL: usize = 7;
pub(super) const BR: usize = 8;
pub(super) const I: usize = 9;

/// Monoisotopic masses in the order of [`ELEMENTS`].
pub(super) static MASSES: LazyLock<[f64; 10]> =
    LazyLock::new(|| ELEMENTS.map(|symbol| monoisotopic_mass(symbol).unwrap_or(f64::NAN)));

/// A formula as counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Atoms(pub [u8; 10]);

impl Atoms {
    /// Sum of the monoisotopic masses.
    pub fn mass(&self) -> f64 {
        let pairs = self.0.iter().zip(MASSES.iter());
        pairs.map(|(n, mass)| f64::from(*n) * mass).sum()
    }

    /// Number of atoms of an element.
    pub fn count(&self, element: usize) -> f64 {
        f64::from(self.0[element])
    }

    /// Rings plus double bonds of the atoms, at the lowest valence of each element: 1 + C - (H +
    /// halogens)/2 + (N + P)/2. Half-integral for ions of even electron number.
    pub fn unsaturation(&self) -> f64 {
        let single = self.count(H) + self.halogens();
        1.0 + self.count(C) + (self.count(N) + self.count(P) - single) / 2.0
    }

    /// Atoms of fluorine, chlorine, bromine and iodine.
    pub fn halogens(&self) -> f64 {
        self.count(F) + self.count(CL) + self.count(BR) + self.count(I)
    }

    /// Counts side by side, eight bits each.
    pub fn packed(&self) -> u128 {
        (self.0.iter().rev()).fold(0, |word, n| word << 8 | u128::from(*n & MOST))
    }

    /// Formula in Hill's order: C, H, then the other symbols by the alphabet; all by the alphabet
    /// where there is no carbon.
    pub fn hill(&self) -> String {
        const WITH: [usize; 10] = [C, H, BR, CL, F, I, N, O, P, S];
        const WITHOUT: [usize; 10] = [BR, C, CL, F, H, I, N, O, P, S];
        let order = if self.0[C] > 0 { WITH } else { WITHOUT };
        let mut text = String::new();
        for element in order {
            match self.0[element] {
                0 => {}
                1 => text.push_str(ELEMENTS[element]),
                n => text.push_str(&format!("{}{n}", ELEMENTS[element])),
            }
        }
        text
    }
}

/// High bit of each count.
const GUARD: u128 = 0x8080_8080_8080_8080_8080;

/// Whether all atoms of `part` are in `whole`, both packed.
pub(super) fn holds(whole: u128, part: u128) -> bool {
    ((whole | GUARD) - part) & GUARD == GUARD
}

#[cfg(test)]
pub(super) fn parse(formula: &str) -> Atoms {
    let mut atoms = Atoms::default();
    let mut rest = formula;
    while !rest.is_empty() {
        let two = ELEMENTS
            .iter()
            .position(|s| s.len() == 2 && rest.starts_with(s));
        let element = two
            .or_else(|| ELEMENTS.iter().position(|s| rest.starts_with(s)))
            .unwrap();
        rest = &rest[ELEMENTS[element].len()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        atoms.0[element] += rest[..digits].parse().unwrap_or(1);
        rest = &rest[digits..];
    }
    atoms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masses_and_unsaturation_by_hand() {
        // Cocaine: 8 rings and double bonds. Its mass is PubChem's.
        let cocaine = parse("C17H21NO4");
        assert!((cocaine.mass() - 303.147_058).abs() < 2e-5);
        assert_eq!(cocaine.unsaturation(), 8.0);
        assert_eq!(parse("C6H6").unsaturation(), 4.0);
        assert_eq!(parse("CH4").unsaturation(), 0.0);
        // The ion of even electron number C9H14N+ of amphetamine.
        assert_eq!(parse("C9H14N").unsaturation(), 3.5);
    }

    #[test]
    fn hill_order() {
        for formula in ["C16H13ClN2O", "C2H3BrClF", "BrClH", "H2O4S", "C8H9IO"] {
            assert_eq!(parse(formula).hill(), formula);
        }
    }

    #[test]
    fn parts_of_a_whole() {
        let holds = |a: &str, b: &str| holds(parse(a).packed(), parse(b).packed());
        assert!(holds("C9H13N", "C7H7"));
        assert!(holds("C9H13N", "C9H13N"));
        assert!(!holds("C9H13N", "C7H7O"));
        assert!(!holds("C9H13N", "C10H7"));
        assert!(holds("C100H120O27I4", "H120I4"));
    }
}
