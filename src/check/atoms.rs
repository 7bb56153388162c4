//! The atoms of a molecular formula, with their isotopes.

use std::collections::BTreeMap;

/// Element, mass number of its most abundant isotope, standard atomic weight (IUPAC 2021, abridged).
const ELEMENTS: [(&str, u32, f64); 34] = [
    ("H", 1, 1.008),
    ("D", 2, 2.014),
    ("T", 3, 3.016),
    ("Li", 7, 6.94),
    ("B", 11, 10.81),
    ("C", 12, 12.011),
    ("N", 14, 14.007),
    ("O", 16, 15.999),
    ("F", 19, 18.998),
    ("Na", 23, 22.990),
    ("Mg", 24, 24.305),
    ("Al", 27, 26.982),
    ("Si", 28, 28.085),
    ("P", 31, 30.974),
    ("S", 32, 32.06),
    ("Cl", 35, 35.45),
    ("K", 39, 39.098),
    ("Ca", 40, 40.078),
    ("Ti", 48, 47.867),
    ("Cr", 52, 51.996),
    ("Mn", 55, 54.938),
    ("Fe", 56, 55.845),
    ("Co", 59, 58.933),
    ("Ni", 58, 58.693),
    ("Cu", 63, 63.546),
    ("Zn", 64, 65.38),
    ("As", 75, 74.922),
    ("Se", 80, 78.971),
    ("Br", 79, 79.904),
    ("Ag", 107, 107.868),
    ("Sn", 120, 118.71),
    ("I", 127, 126.904),
    ("Hg", 202, 200.592),
    ("Pb", 208, 207.2),
];

/// Elements whose molecular ions can be told from their nominal mass: the lightest isotope is the most
/// abundant, and the heavier ones are known.
const PLAIN: [&str; 13] = [
    "H", "D", "C", "N", "O", "F", "Na", "Si", "P", "S", "Cl", "Br", "I",
];

/// How often each atom occurs in one molecule or in all components of a salt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Atoms(BTreeMap<&'static str, u32>);

impl Atoms {
    /// The atoms of a formula such as `C10H15N`, `C9H8[2H]5N`, `C9H13N.HCl` or `2C9H13N.H2SO4`; a
    /// charge at the end does not count. `None` where it is not of that form.
    pub fn parse(formula: &str) -> Option<Self> {
        let mut sum = Self::default();
        for part in components(formula) {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            let times = number(&part[..digits])?;
            for (symbol, count) in atoms_of(&part[digits..])? {
                sum.add(symbol, count.checked_mul(times)?);
            }
        }
        (!sum.0.is_empty()).then_some(sum)
    }

    /// The heaviest component of a formula: of a salt, the base or acid that is measured.
    pub fn of_molecule(formula: &str) -> Option<Self> {
        let parts: Option<Vec<Self>> = components(formula)
            .map(|part| Self::parse(part.trim_start_matches(|c: char| c.is_ascii_digit())))
            .collect();
        parts?.into_iter().max_by_key(Self::nominal_mass)
    }

    /// Adds atoms of one element, which must be a symbol of the table.
    pub fn add(&mut self, symbol: &'static str, count: u32) {
        if count > 0 {
            let slot = self.0.entry(symbol).or_default();
            *slot = slot.saturating_add(count);
        }
    }

    /// Atoms of an element.
    pub fn count(&self, symbol: &str) -> u32 {
        self.0.get(symbol).copied().unwrap_or(0)
    }

    /// The symbol as the table holds it.
    pub fn symbol(text: &str) -> Option<&'static str> {
        ELEMENTS.iter().map(|e| e.0).find(|s| *s == text)
    }

    /// The same atoms with deuterium and tritium counted as hydrogen.
    pub fn unlabelled(&self) -> Self {
        let mut plain = Self::default();
        for (symbol, count) in &self.0 {
            plain.add(
                if matches!(*symbol, "D" | "T") {
                    "H"
                } else {
                    symbol
                },
                *count,
            );
        }
        plain
    }

    /// Sum of the mass numbers of the most abundant isotopes.
    pub fn nominal_mass(&self) -> u32 {
        self.sum(|e| e.1)
    }

    /// Sum of the standard atomic weights.
    pub fn molecular_weight(&self) -> f64 {
        let weights = self.0.iter().filter_map(|(symbol, count)| {
            let element = ELEMENTS.iter().find(|e| e.0 == *symbol)?;
            Some(f64::from(*count) * element.2)
        });
        weights.sum()
    }

    fn sum(&self, of: impl Fn(&(&str, u32, f64)) -> u32) -> u32 {
        let masses = self.0.iter().filter_map(|(symbol, count)| {
            let element = ELEMENTS.iter().find(|e| e.0 == *symbol)?;
            Some(count.saturating_mul(of(element)))
        });
        masses.fold(0, u32::saturating_add)
    }

    /// Whether the nominal mass says where the molecular ion lies.
    pub fn is_plain(&self) -> bool {
        self.0.keys().all(|s| PLAIN.contains(s)) && self.count("C") > 0
    }

    /// Whether the valences can be satisfied by pairs of electrons: an even number of atoms of odd
    /// valence. `None` where metals or other elements of several valences occur.
    pub fn is_closed_shell(&self) -> Option<bool> {
        let odd = ["H", "D", "N", "F", "Na", "P", "Cl", "Br", "I"];
        self.is_plain()
            .then(|| odd.iter().map(|s| self.count(s)).sum::<u32>() % 2 == 0)
    }

    /// How far above its nominal mass the isotopes of a molecule are seen.
    pub fn isotope_reach(&self) -> u32 {
        let halogens = self.count("Cl") + self.count("Br");
        let silicon = self.count("Si");
        let sulfur = self.count("S").min(1);
        2 + 2 * halogens
            + 2 * sulfur
            + if silicon > 0 { 2 + silicon / 2 } else { 0 }
            + self.count("C") / 20
    }

    /// Abundance of the ion two above the nominal mass, over that at the nominal mass.
    ///
    /// First terms of the binomials of natural abundances (IUPAC 2013): 37Cl 0.320, 81Br 0.973,
    /// 34S 0.0447, 30Si 0.0335, 18O 0.00205, and pairs of 13C (0.0108) and 29Si (0.0508).
    pub fn second_isotope(&self) -> f64 {
        let n = |symbol: &str| f64::from(self.count(symbol));
        let one = 0.0108 * n("C") + 0.0508 * n("Si") + 0.0079 * n("S") + 0.0037 * n("N");
        0.320 * n("Cl")
            + 0.973 * n("Br")
            + 0.0447 * n("S")
            + 0.0335 * n("Si")
            + 0.00205 * n("O")
            + one * one / 2.0
    }

    /// What `self` has more than `other`, element by element; `None` where it has less of one.
    pub fn minus(&self, other: &Self) -> Option<Self> {
        let mut rest = Self::default();
        for symbol in self.0.keys().chain(other.0.keys()) {
            let more = self.count(symbol).checked_sub(other.count(symbol))?;
            if more > 0 {
                rest.0.insert(symbol, more);
            }
        }
        Some(rest)
    }
}

fn components(formula: &str) -> impl Iterator<Item = &str> {
    let formula = formula.trim().trim_end_matches(['+', '-']);
    formula.split(['.', '·', '*']).map(str::trim)
}

fn number(digits: &str) -> Option<u32> {
    if digits.is_empty() {
        return Some(1);
    }
    digits.parse().ok().filter(|n| (1..=99_999).contains(n))
}

/// Symbols and counts of one component; isotopes in brackets, `[2H]3` and `[13C]6`.
fn atoms_of(part: &str) -> Option<Vec<(&'static str, u32)>> {
    let inside = part.strip_prefix('[').and_then(|p| p.split_once(']'));
    let mut rest = match inside {
        Some((atoms, after)) if !after.contains(|c: char| c.is_ascii_alphabetic()) => {
            if atoms.starts_with(|c: char| c.is_ascii_digit()) {
                part
            } else {
                atoms
            }
        }
        _ => part,
    };
    let mut found = Vec::new();
    while let Some(first) = rest.chars().next() {
        let symbol;
        (symbol, rest) = if first == '[' {
            let (isotope, after) = rest[1..].split_once(']')?;
            let element = isotope.trim_start_matches(|c: char| c.is_ascii_digit());
            (if isotope == "2H" { "D" } else { element }, after)
        } else {
            first.is_ascii_uppercase().then_some(())?;
            rest.split_at(1 + rest[1..].bytes().take_while(u8::is_ascii_lowercase).count())
        };
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        found.push((Atoms::symbol(symbol)?, number(&rest[..digits])?));
        rest = &rest[digits..];
    }
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atoms(formula: &str) -> Atoms {
        Atoms::parse(formula).unwrap()
    }

    #[test]
    fn salts_labels_and_charges() {
        assert_eq!(atoms("C9H13N.HCl"), atoms("C9H14ClN"));
        assert_eq!(atoms("2C9H13N.H2SO4"), atoms("C18H28N2O4S"));
        assert_eq!(Atoms::of_molecule("C9H13N.HCl"), Some(atoms("C9H13N")));
        assert_eq!(atoms("C9H8[2H]5N"), atoms("C9H8D5N"));
        assert_eq!(atoms("[C9H14NO]+"), atoms("C9H14NO"));
        assert_eq!(atoms("C9H8D5N").unlabelled(), atoms("C9H13N"));
        for wrong in ["", "Xy2", "C9H13N.", "c6", "C0", "é", "[", "C[é]"] {
            assert_eq!(Atoms::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn masses_by_hand() {
        // Amphetamine: 9*12 + 13 + 14; 9*12.011 + 13*1.008 + 14.007.
        assert_eq!(atoms("C9H13N").nominal_mass(), 135);
        assert!((atoms("C9H13N").molecular_weight() - 135.21).abs() < 1e-3);
        assert_eq!(atoms("C9H13N").is_closed_shell(), Some(true));
        assert_eq!(atoms("C9H14N").is_closed_shell(), Some(false));
        assert_eq!(atoms("C9H14FeN").is_closed_shell(), None);
        // Bromobenzene: 0.973 of 81Br and (6 * 0.0108)^2 / 2 of two 13C.
        assert!((atoms("C6H5Br").second_isotope() - 0.9751).abs() < 1e-4);
    }
}
