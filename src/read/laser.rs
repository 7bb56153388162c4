//! The laser line of a Raman spectrum, as programs write it.

use super::number;
use crate::units::nanometre_to_wavenumber;

/// Laser wavelength in nm from a label and its value, where the label names the laser's wavelength or
/// wavenumber and the value begins with a number that one can have, 200 to 2000 nm.
pub(super) fn wavelength(label: &str, value: &str) -> Option<f64> {
    let label = label.to_lowercase();
    let named = ["laser", "excit", "raman wavelength", "raman_wavelength"];
    let other = [
        "power",
        "focus",
        "interval",
        "default",
        "track",
        "block",
        "multiplex",
        "time",
        "temp",
    ];
    let has = |words: &[&str]| words.iter().any(|w| label.contains(w));
    if !has(&named) || has(&other) {
        return None;
    }
    let start = value.find(|c: char| c.is_ascii_digit())?;
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let end = value[start..]
        .find(|c| !digits(c))
        .unwrap_or(value.len() - start);
    let number = number::parse(value[start..start + end].trim_end_matches(['.', ',']), true)?;
    let nanometres = match label.contains("wavenumber") && number > 2000.0 {
        true => nanometre_to_wavenumber(number),
        false => number,
    };
    (200.0..2000.0).contains(&nanometres).then_some(nanometres)
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn spellings_of_real_files() {
        for (label, value, nm) in [
            ("Laser_Wavelength", "785,21", 785.21),
            ("Laser", "Laser: 532 nm edge", 532.0),
            ("LASER (NM)", "660", 660.0),
            ("EXCIT_LINE", "532.2", 532.2),
            ("Laser Wavenumber", "12738.853503", 785.0),
        ] {
            assert_relative_eq!(wavelength(label, value).unwrap(), nm, epsilon = 1e-6);
        }
        assert_eq!(wavelength("Laser_power", "300 mW"), None);
        assert_eq!(wavelength("Laser", "100%"), None);
        assert_eq!(wavelength("Resolution", "785"), None);
    }
}
