//! Units of the abscissa and the ordinate, and the few conversions between them.
//!
//! Names follow IUPAC and the JCAMP-DX labels `XUNITS` and `YUNITS`
//! (McDonald & Wilks 1988, doi:10.1366/0003702884428734).

use serde::{Deserialize, Serialize};

/// Unit of the abscissa.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum XUnit {
    /// Raman shift relative to the laser line, cm⁻¹.
    #[serde(rename = "Raman shift / cm-1")]
    RamanShift,
    /// Absolute wavenumber, cm⁻¹.
    #[serde(rename = "wavenumber / cm-1")]
    Wavenumber,
    /// Wavelength, nm.
    #[serde(rename = "wavelength / nm")]
    Nanometre,
    /// Wavelength, µm.
    #[serde(rename = "wavelength / um")]
    Micrometre,
    /// Mass-to-charge ratio.
    #[serde(rename = "m/z")]
    MassToCharge,
    /// The file names no unit, or one that this program does not know.
    #[serde(rename = "unknown")]
    Unknown,
}

/// Unit of the ordinate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum YUnit {
    /// Detector counts.
    #[serde(rename = "counts")]
    Counts,
    /// Intensity on an arbitrary scale.
    #[serde(rename = "intensity")]
    Intensity,
    /// Decadic absorbance, -log10(T).
    #[serde(rename = "absorbance")]
    Absorbance,
    /// Transmittance as a fraction, 1 = everything passes.
    #[serde(rename = "transmittance")]
    Transmittance,
    /// Transmittance in per cent, 100 = everything passes.
    #[serde(rename = "transmittance / %")]
    PercentTransmittance,
    /// Reflectance as a fraction.
    #[serde(rename = "reflectance")]
    Reflectance,
    /// Reflectance in per cent.
    #[serde(rename = "reflectance / %")]
    PercentReflectance,
    /// log10(1/R), the absorbance-like form of reflectance.
    #[serde(rename = "log(1/R)")]
    LogInverseReflectance,
    /// Kubelka-Munk function of reflectance.
    #[serde(rename = "Kubelka-Munk")]
    KubelkaMunk,
    /// Abundance of an ion, relative to the base peak or in counts.
    #[serde(rename = "abundance")]
    Abundance,
    /// The file names no unit, or one that this program does not know.
    #[serde(rename = "unknown")]
    Unknown,
}

impl XUnit {
    /// The unit as shown to people and written in machine-readable output.
    pub fn label(self) -> &'static str {
        match self {
            Self::RamanShift => "Raman shift / cm-1",
            Self::Wavenumber => "wavenumber / cm-1",
            Self::Nanometre => "wavelength / nm",
            Self::Micrometre => "wavelength / um",
            Self::MassToCharge => "m/z",
            Self::Unknown => "unknown",
        }
    }

    /// The short unit that follows a number, as in "shift +2.1 cm-1".
    pub fn symbol(self) -> &'static str {
        match self {
            Self::RamanShift | Self::Wavenumber => "cm-1",
            Self::Nanometre => "nm",
            Self::Micrometre => "um",
            Self::MassToCharge => "m/z",
            Self::Unknown => "",
        }
    }
}

impl YUnit {
    /// The unit as shown to people and written in machine-readable output.
    pub fn label(self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::Intensity => "intensity",
            Self::Absorbance => "absorbance",
            Self::Transmittance => "transmittance",
            Self::PercentTransmittance => "transmittance / %",
            Self::Reflectance => "reflectance",
            Self::PercentReflectance => "reflectance / %",
            Self::LogInverseReflectance => "log(1/R)",
            Self::KubelkaMunk => "Kubelka-Munk",
            Self::Abundance => "abundance",
            Self::Unknown => "unknown",
        }
    }

    /// The factor that turns this ordinate into a transmitted or reflected
    /// fraction, where bands point downwards; `None` where bands point up.
    pub fn fraction_scale(self) -> Option<f64> {
        match self {
            Self::Transmittance | Self::Reflectance => Some(1.0),
            Self::PercentTransmittance | Self::PercentReflectance => Some(0.01),
            _ => None,
        }
    }
}

/// Wavelength in nm to absolute wavenumber in cm⁻¹ (and back: the formula is its own inverse).
pub fn nanometre_to_wavenumber(nanometre: f64) -> f64 {
    1e7 / nanometre
}

/// Raman shift in cm⁻¹ of light at `nanometre` scattered from a laser line at `laser_nm`.
pub fn raman_shift(nanometre: f64, laser_nm: f64) -> f64 {
    nanometre_to_wavenumber(laser_nm) - nanometre_to_wavenumber(nanometre)
}

/// Decadic absorbance of a transmitted fraction.
///
/// Fractions at or below `floor` (opaque, or noise below zero) are taken as
/// `floor`, so that the result is finite.
pub fn absorbance(fraction: f64, floor: f64) -> f64 {
    -fraction.max(floor).log10()
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn raman_shift_of_polystyrene_line_at_785() {
        // 1e7/785 - 1e7/851.62 by hand: 12738.8535 - 11742.326 = 996.53
        assert_relative_eq!(raman_shift(851.62, 785.0), 996.53, epsilon = 0.01);
    }

    #[test]
    fn absorbance_of_ten_per_cent_is_one() {
        assert_relative_eq!(absorbance(0.1, 1e-4), 1.0, epsilon = 1e-12);
        assert_relative_eq!(absorbance(-0.2, 1e-4), 4.0, epsilon = 1e-12);
    }
}
