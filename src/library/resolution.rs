//! Resolution of MS/MS spectra.

use crate::correlate::score::entropy::{Peak, merged_peaks, weighted_peaks};
use crate::spectrum::Spectrum;

/// How well an instrument tells m/z apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// Time of flight, Orbitrap, ion cyclotron resonance.
    Fine,
    /// Quadrupoles and ion traps: unit mass.
    Unit,
}

impl Resolution {
    /// Peaks of a pure spectrum below this share of the base peak count as noise (Li et al. 2021).
    pub const NOISE: f64 = 0.01;

    /// m/z within which two peaks are the same: 0.02 as in the published entropy similarity; at unit
    /// resolution 0.3, since a quadrupole's axis may be off by 0.2 and neighbouring nominal masses
    /// must stay apart.
    pub fn tolerance(self) -> f64 {
        match self {
            Self::Fine => 0.02,
            Self::Unit => 0.3,
        }
    }

    /// From what the record says of its instrument, and from the numbers themselves: unit resolution
    /// where nine m/z of ten have at most one decimal.
    pub fn of(spectrum: &Spectrum) -> Self {
        const UNIT: [&str; 5] = ["qq", "qqq", "it", "qit", "triple"];
        let named = spectrum
            .metadata
            .iter()
            .filter(|(label, _)| label.to_ascii_lowercase().contains("instrument"))
            .map(|(_, value)| value.as_str())
            .chain(spectrum.provenance.instrument.as_deref())
            .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
            .any(|word| UNIT.iter().any(|unit| word.eq_ignore_ascii_case(unit)));
        let ions = spectrum.points().filter(|(mz, _)| mz.is_finite());
        let (mut all, mut short) = (0_usize, 0_usize);
        for (mz, _) in ions {
            all += 1;
            short += usize::from((mz * 10.0 - (mz * 10.0).round()).abs() < 1e-3);
        }
        match named || (all > 0 && short * 10 >= all * 9) {
            true => Self::Unit,
            false => Self::Fine,
        }
    }

    /// The peaks of a spectrum at this resolution with their intensities, those of less than `noise` times
    /// the base peak left out.
    pub fn intensities(self, spectrum: &Spectrum, noise: f64) -> Vec<Peak> {
        let points: Vec<(f64, f64)> = spectrum.points().collect();
        merged_peaks(&points, noise, self.tolerance())
    }

    /// The peaks of a spectrum, cleaned and weighted at this resolution.
    pub fn peaks(self, spectrum: &Spectrum) -> Vec<Peak> {
        let points: Vec<(f64, f64)> = spectrum.points().collect();
        weighted_peaks(&points, Self::NOISE, self.tolerance())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::{Axis, Shape, Technique};

    fn spectrum(mz: &[f64]) -> Spectrum {
        let axis = Axis::Explicit(mz.to_vec());
        Spectrum::new(Technique::MsMs, Shape::Sticks, axis, vec![1.0; mz.len()])
    }

    #[test]
    fn resolution_from_numbers_and_instrument() {
        let fine = spectrum(&[91.0542, 119.0855]);
        assert_eq!(Resolution::of(&fine), Resolution::Fine);
        assert_eq!(Resolution::of(&spectrum(&[91.1, 119.0])), Resolution::Unit);
        let mut trap = fine.clone();
        trap.metadata
            .push(("instrumenttype".into(), "LC-ESI-IT".into()));
        assert_eq!(Resolution::of(&trap), Resolution::Unit);
        trap.metadata = vec![("instrumenttype".into(), "LC-ESI-ITFT".into())];
        assert_eq!(Resolution::of(&trap), Resolution::Fine);
    }
}
