//! Molecular formulas: their masses, and one way of writing them.

use std::collections::BTreeMap;

/// Mass of the electron in u (CODATA 2018).
pub const ELECTRON_MASS: f64 = 0.000_548_579_909;

/// Mass of the most abundant isotope in u (AME 2020 and IUPAC abundances).
const ISOTOPES: [(&str, f64); 42] = [
    ("H", 1.007_825_032),
    ("D", 2.014_101_778),
    ("Li", 7.016_003_44),
    ("B", 11.009_305_17),
    ("C", 12.0),
    ("N", 14.003_074_004),
    ("O", 15.994_914_619),
    ("F", 18.998_403_162),
    ("Na", 22.989_769_282),
    ("Mg", 23.985_041_70),
    ("Al", 26.981_538_41),
    ("Si", 27.976_926_534),
    ("P", 30.973_761_998),
    ("S", 31.972_071_174),
    ("Cl", 34.968_852_69),
    ("K", 38.963_706_486),
    ("Ca", 39.962_590_85),
    ("Ti", 47.947_940_93),
    ("Cr", 51.940_504_71),
    ("Mn", 54.938_043_17),
    ("Fe", 55.934_935_54),
    ("Co", 58.933_193_52),
    ("Ni", 57.935_341_65),
    ("Cu", 62.929_597_12),
    ("Zn", 63.929_141_78),
    ("Ge", 73.921_177_76),
    ("As", 74.921_594_56),
    ("Se", 79.916_521_76),
    ("Br", 78.918_337_6),
    ("Mo", 97.905_403_61),
    ("Ag", 106.905_091_5),
    ("Sn", 119.902_202_6),
    ("Sb", 120.903_811_4),
    ("I", 126.904_472),
    ("Gd", 157.924_112_3),
    ("W", 183.950_932_6),
    ("Pt", 194.964_791_7),
    ("Au", 196.966_569_0),
    ("Hg", 201.970_644_0),
    ("Pb", 207.976_652_1),
    ("Bi", 208.980_398_5),
    ("V", 50.943_957_7),
];

/// Monoisotopic mass of the atoms of a formula such as `C10H15N`; a charge at its end (`C9H14NO+`,
/// `[C9H14NO]+`) does not count.
///
/// `None` for salts and hydrates written with a point, labelled atoms and elements not in the table.
pub fn monoisotopic_mass(formula: &str) -> Option<f64> {
    sum_of_atoms(formula, |isotope| isotope)
}

/// Nominal mass of the atoms of a formula: the sum of its most abundant isotopes' mass numbers, where
/// the molecular ion lies at unit mass. `None` as for [`monoisotopic_mass`].
pub fn nominal_mass(formula: &str) -> Option<usize> {
    let mass = sum_of_atoms(formula, f64::round)?;
    (mass < 1e6).then_some(mass as usize)
}

/// How many atoms of each element a formula has. `None` as for [`monoisotopic_mass`].
pub fn atoms(formula: &str) -> Option<BTreeMap<&str, u32>> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    each_atom(formula, |symbol, count| {
        let sum = counts.entry(symbol).or_default();
        *sum = sum.saturating_add(count);
    })?;
    Some(counts)
}

/// The formula with its atoms in Hill's order (carbon, hydrogen, then by the alphabet; without carbon by
/// the alphabet), each once. `None` as for [`monoisotopic_mass`].
pub fn hill(formula: &str) -> Option<String> {
    let counts = atoms(formula)?;
    let carbon = counts.contains_key("C");
    let place = |symbol: &str| match symbol {
        "C" if carbon => 0,
        "H" if carbon => 1,
        _ => 2,
    };
    let mut atoms: Vec<(&str, u32)> = counts.into_iter().filter(|(_, n)| *n > 0).collect();
    atoms.sort_by_key(|(symbol, _)| (place(symbol), *symbol));
    let written = atoms.iter().map(|(symbol, count)| match count {
        1 => (*symbol).to_owned(),
        n => format!("{symbol}{n}"),
    });
    Some(written.collect())
}

fn sum_of_atoms(formula: &str, of_isotope: impl Fn(f64) -> f64) -> Option<f64> {
    let mut mass = 0.0;
    each_atom(formula, |symbol, count| {
        let isotope = ISOTOPES.iter().find(|(s, _)| *s == symbol);
        mass += f64::from(count) * isotope.map_or(0.0, |(_, mass)| of_isotope(*mass));
    })?;
    (mass > 0.0).then_some(mass)
}

/// Calls `atom` with each element and its number, in the order of the text. `None` where the text is no
/// formula or an element is not in the table.
fn each_atom<'f>(formula: &'f str, mut atom: impl FnMut(&'f str, u32)) -> Option<()> {
    let formula = formula.trim().trim_end_matches(['+', '-']);
    let inside = formula
        .strip_prefix('[')
        .and_then(|f| f.split_once(']'))
        .filter(|(_, charge)| charge.bytes().all(|b| b.is_ascii_digit()));
    let mut rest = inside.map_or(formula, |(atoms, _)| atoms);
    while let Some(first) = rest.chars().next() {
        first.is_ascii_uppercase().then_some(())?;
        let letters = 1 + rest[1..].bytes().take_while(u8::is_ascii_lowercase).count();
        let (symbol, after) = rest.split_at(letters);
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let (count, next) = after.split_at(digits);
        let count: u32 = if count.is_empty() {
            1
        } else {
            count.parse().ok()?
        };
        ISOTOPES.iter().find(|(s, _)| *s == symbol)?;
        atom(symbol, count);
        rest = next;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;

    #[test]
    fn published_masses() {
        // PubChem's monoisotopic masses of amphetamine, cocaine, pentachlorophenol, thiamine.
        for (formula, mass) in [
            ("C9H13N", 135.104_799),
            ("C17H21NO4", 303.147_058),
            ("C6HCl5O", 263.847_003),
            ("C12H17N4OS+", 265.112_307),
            ("[C12H17N4OS]+", 265.112_307),
        ] {
            let found = monoisotopic_mass(formula).unwrap();
            assert_abs_diff_eq!(found, mass, epsilon = 2e-5);
        }
    }

    #[test]
    fn formulas_are_the_same_in_any_order() {
        assert_eq!(hill("NC10H15").as_deref(), Some("C10H15N"));
        assert_eq!(hill("CH3COOH").as_deref(), Some("C2H4O2"));
        assert_eq!(hill("ClH").as_deref(), Some("ClH"));
        assert_eq!(hill("C10H15N.ClH"), None);
    }

    #[test]
    fn nominal_masses() {
        // Amphetamine 135, chloroform 118, fentanyl 336, pentadeuterated bromobenzene by hand.
        assert_eq!(nominal_mass("C9H13N"), Some(135));
        assert_eq!(nominal_mass("CHCl3"), Some(118));
        assert_eq!(nominal_mass("C22H28N2O"), Some(336));
        assert_eq!(nominal_mass("C6D5Br"), Some(72 + 10 + 79));
        assert_eq!(nominal_mass("C9H13N.HCl"), None);
    }

    #[test]
    fn what_has_no_single_mass() {
        for formula in [
            "",
            "C9H13N.HCl",
            "Xx2",
            "[13C]6H6",
            "C9999999999",
            "é",
            "c6h6",
            "C9É",
        ] {
            assert_eq!(monoisotopic_mass(formula), None, "{formula}");
        }
    }
}
