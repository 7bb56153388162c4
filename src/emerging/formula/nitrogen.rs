//! The nitrogen rule: a molecule of C, H, N, O, S, P and halogens of even nominal mass has an even
//! number of nitrogen atoms, of odd mass an odd one.

use super::hint::Nitrogen;
use super::ion::Ion;
use crate::prepare::UNIT_MASS_OFFSET;

/// Masses at which defects may pass a unit, so that the nominal mass is not certain.
const UNCERTAIN: f64 = 500.0;

/// The nominal mass of an m/z.
pub(super) fn nominal(mz: f64) -> u32 {
    (mz + UNIT_MASS_OFFSET).floor().clamp(0.0, 1e6) as u32
}

/// What a precursor says, as the first of the ion types.
pub(super) fn of_precursor(mz: f64, ions: &[Ion]) -> Option<Nitrogen> {
    let ion = ions.first()?;
    if ion.adduct.molecules != 1.0 || mz >= UNCERTAIN || ion.closed_shell != Some(true) {
        return None;
    }
    let nominal_mass = nominal(ion.adduct.neutral_mass(mz));
    let odd = nominal_mass % 2 == 1;
    let number = if odd { "an odd" } else { "an even" };
    Some(Nitrogen {
        nominal_mass,
        odd,
        statement: format!(
            "As {}, the molecule has the nominal mass {nominal_mass} and {number} number of nitrogen atoms.",
            ion.label
        ),
    })
}

/// What a molecular ion of electron ionisation says.
pub(super) fn of_molecular_ion(nominal_mass: u32) -> Nitrogen {
    let odd = nominal_mass % 2 == 1;
    let number = if odd { "an odd" } else { "an even" };
    Nitrogen {
        nominal_mass,
        odd,
        statement: format!(
            "If m/z {nominal_mass} is the molecular ion, the molecule has {number} number of nitrogen atoms."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amphetamine_and_cocaine() {
        // C9H13N as [M+H]+: 136.1121; one nitrogen. Diazepam C16H13ClN2O: 285.0789; two.
        let protonated = Ion::usual(true);
        let rule = of_precursor(136.1121, &protonated).unwrap();
        assert_eq!((rule.nominal_mass, rule.odd), (135, true));
        let rule = of_precursor(285.0789, &protonated).unwrap();
        assert_eq!((rule.nominal_mass, rule.odd), (284, false));
        assert_eq!(of_precursor(700.3, &protonated), None);
        assert_eq!(of_precursor(300.0, &[]), None);
        assert!(of_molecular_ion(303).odd);
        assert_eq!(nominal(f64::NAN), 0);
    }
}
