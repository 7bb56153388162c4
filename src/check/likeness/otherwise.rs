//! How a spectrum would look if its axis or ordinate were another than the record says.

use crate::prepare::Family;
use crate::spectrum::{Axis, Spectrum};
use crate::units::{XUnit, YUnit};

/// A way in which a record can be wrong, as a sentence says it after "its axis ..." or "its ordinate ...".
pub(super) struct Otherwise {
    pub what: String,
    pub spectrum: Spectrum,
}

/// Laser lines of Raman instruments, nm.
const LASERS: [f64; 6] = [488.0, 514.5, 532.0, 632.8, 785.0, 1064.0];
/// Factors of a miscalibrated m/z axis.
const FACTORS: [f64; 8] = [0.98, 0.985, 0.99, 0.995, 1.005, 1.01, 1.015, 1.02];

/// The spectrum under each of the hypotheses that make sense for its family.
pub(super) fn all(spectrum: &Spectrum, family: Family) -> Vec<Otherwise> {
    if family.is_mass() {
        return masses(spectrum);
    }
    let mut found = Vec::new();
    let x = spectrum.axis.to_vec();
    if let (Some(first), Some(last)) = (x.first(), x.last()) {
        let mirrored = x.iter().map(|v| first + last - v).collect();
        found.push(with_axis(
            spectrum,
            "axis runs the other way".to_owned(),
            mirrored,
            spectrum.x_unit,
        ));
    }
    let plain = spectrum.x_unit != XUnit::Nanometre;
    match family {
        Family::Raman if plain => found.extend(LASERS.iter().map(|laser| {
            let mut other = with_axis(
                spectrum,
                format!("axis is wavelength in nm with a laser of {laser} nm"),
                x.clone(),
                XUnit::Nanometre,
            );
            other.spectrum.provenance.laser_nm = Some(*laser);
            other
        })),
        Family::Infrared if plain => {
            found.push(with_axis(
                spectrum,
                "axis is wavelength in nm".to_owned(),
                x.clone(),
                XUnit::Nanometre,
            ));
            found.push(with_axis(
                spectrum,
                "axis is wavelength in um".to_owned(),
                x.clone(),
                XUnit::Micrometre,
            ));
        }
        Family::Infrared | Family::NearInfrared => {
            let unit = if plain {
                XUnit::Nanometre
            } else {
                XUnit::Wavenumber
            };
            found.push(with_axis(
                spectrum,
                format!("axis is {}", unit.label()),
                x.clone(),
                unit,
            ));
        }
        _ => {}
    }
    if family != Family::Raman {
        found.extend(ordinates(spectrum));
    }
    found
}

fn with_axis(spectrum: &Spectrum, what: String, x: Vec<f64>, unit: XUnit) -> Otherwise {
    let mut spectrum = spectrum.clone();
    spectrum.axis = Axis::Explicit(x);
    spectrum.x_unit = unit;
    Otherwise { what, spectrum }
}

/// The spectrum with its m/z lower by `shift`.
pub(super) fn shifted(spectrum: &Spectrum, shift: f64) -> Spectrum {
    let moved = spectrum.axis.iter().map(|v| v - shift).collect();
    with_axis(spectrum, String::new(), moved, spectrum.x_unit).spectrum
}

fn masses(spectrum: &Spectrum) -> Vec<Otherwise> {
    let x = spectrum.axis.to_vec();
    let whole = x.iter().all(|v| (v - v.round()).abs() < 1e-6);
    // Unit masses cannot be off by a part of one.
    let all = [-3.0_f64, -2.0, -1.0, -0.5, 0.5, 1.0, 2.0, 3.0];
    let shifts = all
        .into_iter()
        .filter(|s| !whole || s.fract() == 0.0)
        .map(|shift: f64| {
            let what = format!(
                "m/z are {} by {}{}",
                if shift < 0.0 { "too low" } else { "too high" },
                shift.abs(),
                if shift >= 1.0 {
                    " or heavy isotopes are in it"
                } else {
                    ""
                }
            );
            let moved = x.iter().map(|v| v - shift).collect();
            with_axis(spectrum, what, moved, spectrum.x_unit)
        });
    let scales = FACTORS.iter().filter(|_| !whole).map(|factor| {
        let moved = x.iter().map(|v| v / factor).collect();
        with_axis(
            spectrum,
            format!("m/z are {factor} times the true ones"),
            moved,
            spectrum.x_unit,
        )
    });
    shifts.chain(scales).collect()
}

fn ordinates(spectrum: &Spectrum) -> Vec<Otherwise> {
    let mut other = spectrum.clone();
    let high = spectrum.y_range().map_or(1.0, |(_, high)| high);
    let what = match spectrum.y_unit.fraction_scale() {
        Some(_) => {
            other.y_unit = YUnit::Absorbance;
            "ordinate is absorbance"
        }
        None => {
            other.y_unit = if high > 2.0 {
                YUnit::PercentTransmittance
            } else {
                YUnit::Transmittance
            };
            "ordinate is transmittance"
        }
    };
    vec![Otherwise {
        what: what.to_owned(),
        spectrum: other,
    }]
}
