//! The history text of a spectrum.

use crate::read::number;
use crate::units::nanometre_to_wavenumber;

/// Laser wavelength of a Raman spectrum, nm.
///
/// The history states the range of absolute wavenumbers (`Resolution: 4.000 from 5398.1768 to
/// 12400.9561`); with the shifts of the axis both ends give the laser's wavenumber, and they must agree.
pub(super) fn laser_nm(history: &str, shifts: Option<(f64, f64)>) -> Option<f64> {
    let (lowest, highest) = shifts?;
    history.lines().find_map(|line| {
        let numbers: Vec<f64> = line
            .split_whitespace()
            .filter_map(|word| number::parse(word, true))
            .collect();
        let [.., from, to] = numbers.as_slice() else {
            return None;
        };
        let (one, other) = (from + highest, to + lowest);
        let agree = (one - other).abs() < 1.0 && one > 2000.0;
        agree.then(|| nanometre_to_wavenumber((one + other) / 2.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn both_ends_give_the_laser() {
        let text = "Collect Raman\r\n\t Final format:\tSpectrum\r\n\t Resolution:\t 4.000 from 5398.1768 to 12400.9561\r\n";
        // 5398.1768 + 3996.8232 = 9395.0 cm-1
        let found = laser_nm(text, Some((-3005.956, 3996.8232))).unwrap();
        assert_relative_eq!(found, 1e7 / 9395.0, epsilon = 1e-3);
        assert_eq!(laser_nm(text, Some((100.0, 3000.0))), None);
        assert_eq!(laser_nm("", Some((100.0, 3000.0))), None);
    }
}
