//! Units and range of one spectrum's axis and ordinate.

use super::record::Record;
use super::{Check, Finding, Severity};
use crate::library::ReferenceKind;
use crate::spectrum::{Spectrum, Technique};
use crate::units::{XUnit, YUnit};

/// Why nothing must be named after a curve or list of peaks as it stands: its axis or ordinate is probably another than
/// it says. `None` where nothing speaks for that.
pub fn suspicion(spectrum: &Spectrum, kind: ReferenceKind) -> Option<String> {
    let ends = spectrum.x_range();
    let of_range = ends.and_then(|(low, high)| range(spectrum, low, high));
    let of_bands = || match kind {
        ReferenceKind::FullSpectrum => bands_point_the_wrong_way(spectrum),
        ReferenceKind::PrincipalIons | ReferenceKind::BandTable => None,
    };
    of_range.map(|(_, message)| message).or_else(of_bands)
}

pub(super) fn check(record: &Record, spectrum: &Spectrum) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add =
        |severity, message: String| found.push(record.finding(Check::Axis, severity, message));
    let ends = spectrum.x_range();
    if let Some((severity, message)) = ends.and_then(|(low, high)| range(spectrum, low, high)) {
        add(severity, message);
    }
    if let Some(message) = order(spectrum) {
        add(Severity::Note, message);
    }
    if record.entry.kind == ReferenceKind::FullSpectrum
        && let Some(message) = bands_point_the_wrong_way(spectrum)
    {
        add(Severity::Warning, message);
    }
    found
}

/// Ranges that the technique cannot have with the stated unit.
fn range(spectrum: &Spectrum, low: f64, high: f64) -> Option<(Severity, String)> {
    let said = |unit: &str, probable: &str| {
        format!(
            "The axis runs from {low:.0} to {high:.0} {unit}, which this technique does not measure: the values are probably {probable}. Correct the unit, or convert the axis and import again."
        )
    };
    let unit = spectrum.x_unit;
    let wide = |most: f64| high - low < most;
    let message = match (spectrum.technique, unit) {
        (Technique::Raman, XUnit::RamanShift | XUnit::Wavenumber | XUnit::Unknown) => match () {
            () if high > 9000.0 => said("cm-1", "absolute wavenumbers, not Raman shifts"),
            () if low > 500.0 && high < 1200.0 && wide(420.0) => said("cm-1", "wavelengths in nm"),
            () => return None,
        },
        (Technique::Infrared(_), XUnit::Wavenumber | XUnit::Unknown) => match () {
            () if high > 13_500.0 => said("cm-1", "wavelengths in nm"),
            () if high < 60.0 => said("cm-1", "wavelengths in um"),
            () => return None,
        },
        (Technique::NearInfrared, XUnit::Wavenumber) if high < 3000.0 => {
            said("cm-1", "wavelengths in nm")
        }
        (Technique::NearInfrared, XUnit::Nanometre) if low > 3000.0 => {
            said("nm", "wavenumbers in cm-1")
        }
        (Technique::Infrared(_), XUnit::Nanometre) if high < 5000.0 && low < 1000.0 => {
            said("nm", "wavenumbers in cm-1")
        }
        (Technique::EiMs | Technique::MsMs, _) if low < 0.0 || high > 5000.0 => said(
            "m/z",
            "of another quantity, or the charge was not divided out",
        ),
        _ => return None,
    };
    Some((Severity::Error, message))
}

fn order(spectrum: &Spectrum) -> Option<String> {
    if spectrum.technique.is_mass() {
        return None;
    }
    let x = spectrum.axis.to_vec();
    let ascending = x.windows(2).all(|w| w[0] <= w[1]);
    let descending = x.windows(2).all(|w| w[0] >= w[1]);
    (!ascending && !descending).then(|| "The axis is not in order: points may belong to several spectra. Look at the plot, and export the spectrum again.".to_owned())
}

/// Transmittance called absorbance, and the reverse, told by where most of the points lie: near the
/// side that bands leave.
fn bands_point_the_wrong_way(spectrum: &Spectrum) -> Option<String> {
    if !matches!(spectrum.technique, Technique::Infrared(_)) {
        return None;
    }
    let down_stated = match spectrum.y_unit {
        YUnit::Absorbance | YUnit::Intensity | YUnit::Counts | YUnit::Unknown => false,
        YUnit::Transmittance | YUnit::PercentTransmittance => true,
        _ => return None,
    };
    let mut y: Vec<f64> = spectrum
        .ordinate
        .iter()
        .copied()
        .filter(|v| v.is_finite())
        .collect();
    if y.len() < 100 {
        return None;
    }
    let sharp = sharpness(&y);
    let level = balance(&mut y);
    // Of 94 infrared spectra all in transmittance lie below 1.1 and all others above 4.
    match down_stated {
        false if level < 0.4 || (level < 1.25 && sharp < 0.95) => Some("The bands point down, and the ordinate is not called transmittance: it is probably transmittance. Correct the unit (`library import --set ordinate=transmittance`), or convert the ordinate and import again.".to_owned()),
        true if level > 2.5 || (level > 1.25 && sharp > 1.3) => Some("The bands point up, and the ordinate is called transmittance: it is probably absorbance. Correct the unit (`library import --set ordinate=absorbance`), or convert the ordinate and import again.".to_owned()),
        _ => None,
    }
}

/// How far the values reach above their median, over how far below it.
fn balance(y: &mut [f64]) -> f64 {
    y.sort_by(f64::total_cmp);
    let at = |share: f64| y[(share * (y.len() - 1) as f64) as usize];
    (at(0.995) - at(0.5)) / (at(0.5) - at(0.005)).max(f64::MIN_POSITIVE)
}

/// The same of what is left of the curve above a running mean over a thirtieth of it.
fn sharpness(y: &[f64]) -> f64 {
    let half = (y.len() / 60).max(2);
    let mut rest: Vec<f64> = (0..y.len())
        .map(|i| {
            let around = &y[i.saturating_sub(half)..(i + half + 1).min(y.len())];
            y[i] - around.iter().sum::<f64>() / around.len() as f64
        })
        .collect();
    rest.sort_by(f64::total_cmp);
    let at = |share: f64| rest[(share * (rest.len() - 1) as f64) as usize];
    at(0.995) / (-at(0.005)).max(f64::MIN_POSITIVE)
}
