//! Type codes of SPC.

use crate::spectrum::{InfraredMode, Spectrum, Technique, WarningKind};
use crate::units::{XUnit, YUnit};

/// The codes of experiment, abscissa and ordinate.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Codes {
    pub experiment: u8,
    pub x: u8,
    pub y: u8,
}

/// Whether these codes say mass spectra.
pub(super) fn is_mass(experiment: u8, x: u8) -> bool {
    experiment == 9 || x == 9
}

fn x_unit(code: u8, label: &str) -> XUnit {
    match code {
        1 => XUnit::Wavenumber,
        2 => XUnit::Micrometre,
        3 => XUnit::Nanometre,
        9 => XUnit::MassToCharge,
        13 => XUnit::RamanShift,
        _ if label.contains("raman") => XUnit::RamanShift,
        _ if label.contains("cm-1") || label.contains("wavenumber") => XUnit::Wavenumber,
        _ if label.contains("nm") || label.contains("nanomet") => XUnit::Nanometre,
        _ => XUnit::Unknown,
    }
}

fn y_unit(code: u8, label: &str) -> YUnit {
    match code {
        2 => YUnit::Absorbance,
        3 => YUnit::KubelkaMunk,
        4 => YUnit::Counts,
        10 => YUnit::LogInverseReflectance,
        11 => YUnit::PercentTransmittance,
        12 | 13 => YUnit::Intensity,
        128 => YUnit::Transmittance,
        129 => YUnit::Reflectance,
        _ if label.contains("absorb") => YUnit::Absorbance,
        _ if label.contains("count") => YUnit::Counts,
        _ if label.contains("intens") => YUnit::Intensity,
        _ => YUnit::Unknown,
    }
}

impl Codes {
    /// What the codes say is no spectrum of the sample.
    fn companion(self) -> Option<&'static str> {
        match (self.x, self.y) {
            (255, _) | (_, 1) => Some("interferogram"),
            (_, 130) => Some("single-beam spectrum"),
            _ => None,
        }
    }

    /// Sets technique and units, from the header's labels where a code is "arbitrary", and says what
    /// was inferred.
    pub fn apply(self, labels: (&str, &str), spectrum: &mut Spectrum) {
        spectrum.x_unit = x_unit(self.x, &labels.0.to_lowercase());
        spectrum.y_unit = y_unit(self.y, &labels.1.to_lowercase());
        spectrum.companion = self.companion();
        if spectrum.companion.is_some() {
            return;
        }
        if self.y == 11 {
            spectrum.warn(
                WarningKind::Unit,
                "The file says only \"per cent\"; taken as transmittance.",
            );
        }
        let lowest = spectrum.x_range().map_or(0.0, |range| range.0);
        let absorbs = matches!(self.y, 2 | 3 | 10 | 11 | 128 | 129);
        match (self.experiment, spectrum.x_unit) {
            (_, XUnit::RamanShift) => spectrum.technique = Technique::Raman,
            (11, unit) => {
                spectrum.technique = Technique::Raman;
                if unit == XUnit::Wavenumber {
                    spectrum.x_unit = XUnit::RamanShift;
                    spectrum.warn(
                        WarningKind::Unit,
                        "The file says Raman and wavenumber; the axis is taken as Raman shift.",
                    );
                }
            }
            (9, _) | (_, XUnit::MassToCharge) => {
                spectrum.infer_technique(Technique::EiMs, "its axis of m/z");
                if spectrum.y_unit == YUnit::Unknown {
                    spectrum.y_unit = YUnit::Abundance;
                }
            }
            (5, _) => spectrum.technique = Technique::NearInfrared,
            // FT-IR, or general with wavenumbers and an ordinate that absorbs.
            (0 | 4, XUnit::Wavenumber) if absorbs => spectrum.infer_technique(
                Technique::absorbing(lowest, InfraredMode::Unstated),
                "its units and range",
            ),
            (0 | 4, XUnit::Micrometre) if absorbs => {
                spectrum.infer_technique(Technique::Infrared(InfraredMode::Unstated), "its units")
            }
            _ => {}
        }
    }
}
