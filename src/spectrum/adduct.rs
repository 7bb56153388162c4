//! Adducts: how an ion is made of its molecule.

use super::formula::{ELECTRON_MASS, monoisotopic_mass};

/// An ion type such as `[M+H]+`, `[M-H2O+H]+`, `[2M+Na]+` or `[M-2H]2-`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adduct {
    /// Molecules in the ion.
    pub molecules: f64,
    /// Mass of what is added less what is lost, electrons included.
    pub shift: f64,
    /// Number of charges.
    pub charges: f64,
    /// Whether the ion is positive.
    pub positive: bool,
}

/// Groups that are written by a short name.
const NAMED: [(&str, &str); 8] = [
    ("ACN", "C2H3N"),
    ("MeOH", "CH4O"),
    ("FA", "CH2O2"),
    ("HAc", "C2H4O2"),
    ("Hac", "C2H4O2"),
    ("Ac", "C2H3O2"),
    ("TFA", "C2HF3O2"),
    ("DMSO", "C2H6OS"),
];

impl Adduct {
    /// Reads an adduct as records write it; `None` where it is not of that form or states no charge.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches(['*', '.', '•']);
        let (body, charge) = text.strip_prefix('[')?.split_once(']')?;
        let positive = match charge.chars().find(|c| !c.is_ascii_digit())? {
            '+' => true,
            '-' | '−' => false,
            _ => return None,
        };
        let digits: String = charge.chars().filter(char::is_ascii_digit).collect();
        let charges = count(&digits)?;
        let molecule = body.find('M')?;
        let (molecules, parts) = (count(&body[..molecule])?, &body[molecule + 1..]);
        let mut shift = if positive { -charges } else { charges } * ELECTRON_MASS;
        let mut rest = parts;
        while !rest.is_empty() {
            let sign = match rest.chars().next()? {
                '+' => 1.0,
                '-' => -1.0,
                _ => return None,
            };
            let end = rest[1..].find(['+', '-']).map_or(rest.len(), |i| i + 1);
            shift += sign * group_mass(rest[1..end].trim())?;
            rest = &rest[end..];
        }
        Some(Self {
            molecules,
            shift,
            charges,
            positive,
        })
    }

    /// Mass of the neutral molecule of an ion at `mz`.
    pub fn neutral_mass(&self, mz: f64) -> f64 {
        (mz * self.charges - self.shift) / self.molecules
    }

    /// m/z of the ion of a molecule of this mass.
    pub fn mz(&self, mass: f64) -> f64 {
        (mass * self.molecules + self.shift) / self.charges
    }
}

/// A number before a group, 1 where there is none, up to 9.
fn count(digits: &str) -> Option<f64> {
    match digits.trim() {
        "" => Some(1.0),
        n => n
            .parse::<u32>()
            .ok()
            .filter(|n| (1..=9).contains(n))
            .map(f64::from),
    }
}

fn group_mass(group: &str) -> Option<f64> {
    let digits = group.bytes().take_while(u8::is_ascii_digit).count();
    let (times, name) = group.split_at(digits);
    let formula = NAMED
        .iter()
        .find(|(n, _)| *n == name)
        .map_or(name, |(_, f)| f);
    Some(count(times)? * monoisotopic_mass(formula)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;

    /// Shifts of the table of Huang et al. 1999 as used by the Fiehn laboratory's adduct calculator.
    #[test]
    fn published_shifts() {
        for (text, molecules, charges, shift) in [
            ("[M+H]+", 1.0, 1.0, 1.007_276),
            ("[M-H]-", 1.0, 1.0, -1.007_276),
            ("[M+Na]+", 1.0, 1.0, 22.989_218),
            ("[M+NH4]+", 1.0, 1.0, 18.033_823),
            ("[M+ACN+H]+", 1.0, 1.0, 42.033_823),
            ("[M+2H]2+", 1.0, 2.0, 2.014_552),
            ("[M-H2O-H]-", 1.0, 1.0, -19.017_841),
            ("[M+FA-H]-", 1.0, 1.0, 44.998_201),
            ("[M+Cl]-", 1.0, 1.0, 34.969_402),
            ("[2M+H]+", 2.0, 1.0, 1.007_276),
            ("[M]+*", 1.0, 1.0, -0.000_549),
        ] {
            let adduct = Adduct::parse(text).unwrap();
            assert_eq!(
                (adduct.molecules, adduct.charges),
                (molecules, charges),
                "{text}"
            );
            assert_abs_diff_eq!(adduct.shift, shift, epsilon = 6e-5);
            assert_abs_diff_eq!(adduct.neutral_mass(adduct.mz(300.0)), 300.0, epsilon = 1e-9);
        }
        // Estriol, C18H24O3: 288.1725; MassBank gives 271.1693 for the loss of water.
        let water = Adduct::parse("[M-H2O+H]+").unwrap();
        assert_abs_diff_eq!(water.mz(288.172_545), 271.169_256, epsilon = 1e-4);
    }

    #[test]
    fn what_is_no_adduct() {
        for text in [
            "", "[M+H", "[M+H]", "M+H", "[+H]+", "[M+Xy]+", "[M+]+", "[M+99H]+", "[0M+H]+", "[é]+",
            "[Mé]+",
        ] {
            assert_eq!(Adduct::parse(text), None, "{text}");
        }
    }
}
