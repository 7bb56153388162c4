//! The laser line of a Raman spectrum, as programs write it.

use super::number;
use super::words::{has, is_off, plain};
use crate::units::nanometre_to_wavenumber;

/// Words of labels that name the laser's wavelength or wavenumber: English, German, Japanese.
const NAMED: [&str; 7] = [
    "laser",
    "laserwavelength",
    "excitation",
    "excit",
    "raman wavelength",
    "anregung",
    "anregungswellenl\u{e4}nge",
];
/// Words of labels that name something else of the laser.
const OTHER: [&str; 20] = [
    "power",
    "current",
    "temperature",
    "temp",
    "energy",
    "enable",
    "enabled",
    "time",
    "serial",
    "number",
    "intensity",
    "percent",
    "focus",
    "sampling",
    "interval",
    "default",
    "tracking",
    "block",
    "multiplex",
    "multi",
];

/// Laser wavelength in nm from a label and its value, where the label names the laser's line and the
/// value holds a number that one can have, 200 to 2000 nm, or a wavenumber of that.
pub(super) fn wavelength(label: &str, value: &str) -> Option<f64> {
    let words = plain(label);
    let named = has(&words, &NAMED) || words.contains("\u{52b1}\u{8d77}");
    if !named || has(&words, &OTHER) || is_off(value) || value.contains("mW") {
        return None;
    }
    let wavenumber = has(&words, &["wavenumber"]);
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    value
        .split(|c| !digits(c))
        .filter_map(|word| number::parse(word.trim_end_matches(['.', ',']), true))
        .map(|number| match wavenumber {
            true => nanometre_to_wavenumber(number),
            false => number,
        })
        .find(|nm| (200.0..2000.0).contains(nm))
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
            ("LASERWAVELENGTH", "Laser 1, 785 nm", 785.0),
            ("\u{52b1}\u{8d77}\u{6ce2}\u{9577}", "532.05 nm", 532.05),
        ] {
            assert_relative_eq!(wavelength(label, value).unwrap(), nm, epsilon = 1e-6);
        }
        for (label, value) in [
            ("Laser_power", "300 mW"),
            ("Laser", "450 mW"),
            ("LaserPower_mW", "450"),
            ("Excitation Energy", "1486.61"),
            ("Laser Wavelength", "0.0"),
        ] {
            assert_eq!(wavelength(label, value), None, "{label}");
        }
        assert_eq!(wavelength("Laser", "100%"), None);
        assert_eq!(wavelength("Resolution", "785"), None);
    }
}
