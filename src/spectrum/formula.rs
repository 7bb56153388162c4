//! Molecular formulas.

/// Nominal mass of the most abundant isotope of each element that organic analytes hold.
const NOMINAL: [(&str, usize); 20] = [
    ("C", 12),
    ("H", 1),
    ("D", 2),
    ("N", 14),
    ("O", 16),
    ("F", 19),
    ("S", 32),
    ("P", 31),
    ("Cl", 35),
    ("Br", 79),
    ("I", 127),
    ("Si", 28),
    ("B", 11),
    ("Na", 23),
    ("K", 39),
    ("Se", 80),
    ("As", 75),
    ("Hg", 202),
    ("Sn", 120),
    ("Li", 7),
];

/// Nominal mass of a formula in Hill notation such as `C10H15N`: the sum over the most abundant
/// isotopes, where the molecular ion lies at unit mass. `None` for other text or unknown elements.
pub fn nominal_mass(formula: &str) -> Option<usize> {
    let bytes = formula.trim().as_bytes();
    let (mut at, mut sum) = (0, 0_usize);
    while at < bytes.len() {
        let start = at;
        if !bytes[at].is_ascii_uppercase() {
            return None;
        }
        at += 1;
        while at < bytes.len() && bytes[at].is_ascii_lowercase() {
            at += 1;
        }
        let symbol = std::str::from_utf8(&bytes[start..at]).ok()?;
        let digits = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        let count = match std::str::from_utf8(&bytes[digits..at]).ok()? {
            "" => 1,
            number => number.parse::<usize>().ok().filter(|n| *n < 10_000)?,
        };
        let (_, mass) = NOMINAL.iter().find(|(name, _)| *name == symbol)?;
        sum += mass * count;
    }
    (sum > 0).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nominal_masses() {
        // Amphetamine 135, chloroform 118, fentanyl 336, heptadeuterated bromobenzene's sum by hand.
        assert_eq!(nominal_mass("C9H13N"), Some(135));
        assert_eq!(nominal_mass("CHCl3"), Some(118));
        assert_eq!(nominal_mass("C22H28N2O"), Some(336));
        assert_eq!(nominal_mass("C6D5Br"), Some(72 + 10 + 79));
        for wrong in ["", "c9h13n", "Xx3", "C99999999999H", "C9H13N.HCl", "é"] {
            assert_eq!(nominal_mass(wrong), None, "{wrong}");
        }
    }
}
