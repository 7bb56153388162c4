//! Type codes of SPC.

use crate::spectrum::{InfraredMode, Spectrum, Technique};
use crate::units::{XUnit, YUnit};

/// Technique from the experiment code, else from the axis types.
pub(in crate::read) fn technique(experiment: u8, x: u8, y: u8) -> Technique {
    match (experiment, x) {
        (11, _) | (_, 13) => Technique::Raman,
        (9, _) | (_, 9) => Technique::EiMs,
        (5, 1..=3) => Technique::NearInfrared,
        // FT-IR, or general with wavenumbers and an ordinate that absorbs.
        (0 | 4, 1 | 2) if matches!(y, 2 | 3 | 10 | 11 | 128 | 129) => {
            Technique::Infrared(InfraredMode::Unstated)
        }
        _ => Technique::Unknown,
    }
}

fn x_unit(code: u8) -> XUnit {
    match code {
        1 => XUnit::Wavenumber,
        2 => XUnit::Micrometre,
        3 => XUnit::Nanometre,
        9 => XUnit::MassToCharge,
        13 => XUnit::RamanShift,
        _ => XUnit::Unknown,
    }
}

fn y_unit(code: u8) -> YUnit {
    match code {
        2 => YUnit::Absorbance,
        3 => YUnit::KubelkaMunk,
        4 => YUnit::Counts,
        10 => YUnit::LogInverseReflectance,
        11 => YUnit::PercentTransmittance,
        12 => YUnit::Intensity,
        128 => YUnit::Transmittance,
        129 => YUnit::Reflectance,
        _ => YUnit::Unknown,
    }
}

/// Sets units from type codes and, where the code is "arbitrary", from the header's labels.
pub(in crate::read) fn apply(spectrum: &mut Spectrum, x: (u8, &str), y: (u8, &str)) {
    let label = |text: &str| text.to_lowercase();
    let (x_label, y_label) = (label(x.1), label(y.1));
    spectrum.x_unit = match x_unit(x.0) {
        XUnit::Unknown if x_label.contains("raman") => XUnit::RamanShift,
        XUnit::Unknown if x_label.contains("cm-1") || x_label.contains("wavenumber") => {
            XUnit::Wavenumber
        }
        XUnit::Unknown if x_label.contains("nm") || x_label.contains("nanomet") => XUnit::Nanometre,
        unit => unit,
    };
    spectrum.y_unit = match y_unit(y.0) {
        YUnit::Unknown if y_label.contains("absorb") => YUnit::Absorbance,
        YUnit::Unknown if y_label.contains("count") => YUnit::Counts,
        YUnit::Unknown if y_label.contains("intens") => YUnit::Intensity,
        unit => unit,
    };
    if spectrum.x_unit == XUnit::RamanShift && spectrum.technique == Technique::Unknown {
        spectrum.technique = Technique::Raman;
    }
    if spectrum.technique.is_mass() && spectrum.y_unit == YUnit::Unknown {
        spectrum.y_unit = YUnit::Abundance;
    }
}
