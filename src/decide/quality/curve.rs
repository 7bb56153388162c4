//! Quality of Raman, infrared and near-infrared curves.

use super::{Level, Quality};
use crate::prepare::{Family, Recipe, Step, bridge_spikes, noise, range_of, remove_spikes, snip};
use crate::spectrum::{Spectrum, Technique};
use crate::units::{XUnit, YUnit};

/// Fewest points that show bands.
const FEW_POINTS: usize = 100;
/// Share of the largest value below which a range of values is flat.
const FLAT: f64 = 1e-6;
/// Signal-to-noise ratios; noise alone reaches 5 over a few thousand points.
const NOISE_ONLY: f64 = 6.0;
const NOISY: f64 = 20.0;
/// Neighbouring points of the highest value that show a saturated detector.
const PLATEAU: usize = 4;
/// Points of a plateau that noise makes uneven, how near they come to the highest value, in shares of the range,
/// and their share of the points above half of it. A band of Gaussian or Lorentzian form has a share of 0.15.
const UNEVEN_PLATEAU: usize = 6;
const NEAR_TOP: f64 = 0.985;
const FLAT_TOP: f64 = 0.45;
/// Share of the highest transmittance below which a floor is one of the instrument.
const OPAQUE: f64 = 0.3;
/// Share of the points at the lowest value from which the feet of bands were cut off; no Raman spectrum of the first
/// library that was measured, not drawn, has more than two thirds.
const CUT: f64 = 0.75;
/// Background over the strongest band.
const FLUORESCENT: f64 = 3.0;
/// Half of the widest Raman band, cm⁻¹, for telling bands from background.
const HALF_WIDTH: f64 = 60.0;

/// Judges a curve; `y` holds its finite values.
pub(super) fn judge(spectrum: &Spectrum, y: &[f64], quality: &mut Quality) {
    if y.len() < FEW_POINTS {
        quality.find(
            if y.len() < 16 { Level::Poor } else { Level::Limited },
            format!("Only {} points: near bands run into one, so that substances alike may not be told apart. Export the spectrum with all its points.", y.len()),
        );
    }
    short_range(spectrum, quality);
    let (low, top) = y
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| {
            (a.min(*v), b.max(*v))
        });
    if y.is_empty() || top - low <= FLAT * top.abs().max(low.abs()) {
        quality.find(
            Level::Poor,
            "The curve is flat: there is no signal. Check the shutter, the laser or source, and that the sample was in the beam.".to_owned(),
        );
        return;
    }
    // Without cosmic rays, above its background: neither is signal.
    let mut clean = y.to_vec();
    let mut signal = y.to_vec();
    if spectrum.technique == Technique::Raman {
        clean = without_cosmic_rays(spectrum, quality);
        let background = background(spectrum, &clean);
        signal.clone_from(&clean);
        signal
            .iter_mut()
            .zip(&background)
            .for_each(|(v, b)| *v -= b);
        fluorescence(&signal, &background, quality);
    }
    signal_to_noise(&clean, &signal, spectrum.technique, quality);
    saturation(spectrum, &clean, quality);
    upside_down(spectrum, y, (low, top), quality);
}

fn ends(spectrum: &Spectrum) -> Option<(f64, f64)> {
    let (a, b) = (spectrum.axis.first()?, spectrum.axis.last()?);
    (a.is_finite() && b.is_finite()).then(|| (a.min(b), a.max(b)))
}

fn short_range(spectrum: &Spectrum, quality: &mut Quality) {
    let (needed, wanted, unit) = match (spectrum.technique, spectrum.x_unit) {
        (Technique::NearInfrared, XUnit::Nanometre) => (200.0, 400.0, "nm"),
        (Technique::NearInfrared, _) => return,
        (_, XUnit::RamanShift | XUnit::Wavenumber) => (300.0, 700.0, "cm-1"),
        _ => return,
    };
    let Some((first, last)) = ends(spectrum) else {
        return;
    };
    let width = last - first;
    if width < wanted {
        quality.find(
            if width < needed { Level::Poor } else { Level::Limited },
            format!("The spectrum covers only {width:.0} {unit} ({first:.0} to {last:.0}): few bands to compare. Measure or export the whole range, at least {wanted:.0} {unit}."),
        );
    }
}

/// The slow background under a Raman spectrum.
fn background(spectrum: &Spectrum, y: &[f64]) -> Vec<f64> {
    let width = ends(spectrum).map_or(0.0, |(a, b)| b - a);
    let points = HALF_WIDTH * y.len() as f64 / width.max(HALF_WIDTH);
    // Beyond this the clipping takes long, and the curve is oversampled anyway.
    const MOST: usize = 400;
    snip(y, (points.round() as usize).clamp(1, MOST))
}

fn fluorescence(signal: &[f64], background: &[f64], quality: &mut Quality) {
    let height = signal.iter().copied().fold(0.0, f64::max);
    let low = background.iter().copied().fold(f64::INFINITY, f64::min);
    let high = background.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let ratio = (high - low) / height;
    if ratio.is_finite() && ratio > FLUORESCENT {
        quality.find(
            Level::Limited,
            format!("The background is {ratio:.0} times as high as the strongest band: fluorescence. Use a laser of longer wavelength, let the sample bleach in the beam, or measure it by infrared."),
        );
    }
}

/// The curve along its axis, without what looks like cosmic rays, which are told.
fn without_cosmic_rays(spectrum: &Spectrum, quality: &mut Quality) -> Vec<f64> {
    let mut points: Vec<(f64, f64)> = spectrum
        .axis
        .iter()
        .zip(spectrum.ordinate.iter().copied())
        .filter(|(x, y)| x.is_finite() && y.is_finite())
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (x, mut y): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
    let recipe = Recipe::standard(Family::Raman);
    let left_out = recipe.steps.iter().find_map(|step| match step {
        Step::CosmicRays {
            threshold,
            narrowest_band,
        } => Some(remove_spikes(&x, &mut y, *threshold, *narrowest_band)),
        _ => None,
    });
    if let Some(spikes @ 1..) = left_out {
        quality.find(
            if spikes > 10 { Level::Limited } else { Level::Good },
            format!("{spikes} points look like cosmic rays; they were left out. Measure twice, or with the instrument's removal of cosmic rays, to be sure."),
        );
    }
    let left_in = bridge_spikes(&x, &mut y);
    if left_in > 0 {
        quality.find(
            Level::Limited,
            format!("Cosmic rays: {left_in} peaks are narrower than a band can be here, and were left out of the comparison. Measure again, or with the instrument's removal of cosmic rays."),
        );
    }
    y
}

fn signal_to_noise(y: &[f64], signal: &[f64], technique: Technique, quality: &mut Quality) {
    let Some(noise) = noise::deviation(y) else {
        return;
    };
    let ratio = range_of(signal) / noise;
    quality.signal_to_noise = Some(ratio);
    let remedy = match technique {
        Technique::Raman => {
            "Measure longer, accumulate more scans, or use more laser power if the sample bears it"
        }
        _ => "Accumulate more scans, use more sample, or press it better onto the crystal",
    };
    if ratio < NOISE_ONLY {
        quality.find(
            Level::Poor,
            format!("Signal-to-noise ratio {ratio:.1}: mostly noise. {remedy}."),
        );
    } else if ratio < NOISY {
        quality.find(
            Level::Limited,
            format!("Signal-to-noise ratio {ratio:.0} is low. {remedy}."),
        );
    }
}

/// Points of the longest run of one value.
fn longest_run(y: &[f64], value: f64) -> usize {
    let runs = y.chunk_by(|a, b| a == b).filter(|run| run[0] == value);
    runs.map(<[f64]>::len).max().unwrap_or(0)
}

fn saturation(spectrum: &Spectrum, y: &[f64], quality: &mut Quality) {
    let top = y.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let run = longest_run(y, top);
    let transmittance = matches!(
        spectrum.y_unit,
        YUnit::Transmittance | YUnit::PercentTransmittance
    );
    let remedy = match spectrum.technique {
        Technique::Raman => "Lower the laser power or the exposure time",
        _ => "Use less or a thinner sample",
    };
    if run >= PLATEAU && !transmittance {
        quality.find(
            Level::Limited,
            format!("{run} neighbouring points share the highest value: the detector was perhaps saturated and bands are cut off. {remedy}."),
        );
    }
    if run < PLATEAU && !transmittance && has_flat_top(y, top) {
        quality.find(
            Level::Limited,
            format!("The strongest band has a flat top, as of a saturated detector, so that bands are perhaps cut off. {remedy}."),
        );
    }
    let low = y.iter().copied().fold(f64::INFINITY, f64::min);
    let dark = y.iter().filter(|v| **v <= 0.0).count();
    let floor = longest_run(y, low);
    if transmittance && dark >= PLATEAU {
        quality.find(
            Level::Limited,
            format!("{dark} points let no light through: bands are cut off. {remedy}."),
        );
    } else if transmittance && floor >= PLATEAU && low < OPAQUE * top {
        quality.find(
            Level::Limited,
            format!("{floor} neighbouring points share the lowest transmittance: bands are cut off. {remedy}."),
        );
    }
    let lowest = y.iter().filter(|v| **v == low).count() as f64 / y.len().max(1) as f64;
    if spectrum.technique == Technique::Raman && lowest >= CUT {
        quality.find(
            Level::Limited,
            format!("{:.0} % of the points have the lowest value: the feet of bands and weak bands were cut off. Export the spectrum as it was measured, without removal of the baseline.", 100.0 * lowest),
        );
    }
}

/// Whether the points about the highest one stay near it over much of the width of their band.
fn has_flat_top(y: &[f64], top: f64) -> bool {
    let range = range_of(y);
    let Some(at) = y.iter().position(|v| *v == top) else {
        return false;
    };
    let above = |share: f64| {
        let level = top - (1.0 - share) * range;
        // One point may fall below it by noise.
        let run = |values: &mut dyn Iterator<Item = &f64>| {
            let values: Vec<bool> = values.map(|v| *v >= level).collect();
            let next = |i: usize| values.get(i + 1).copied().unwrap_or(false);
            let inside = values
                .iter()
                .enumerate()
                .take_while(|(i, high)| **high || next(*i));
            inside.count()
        };
        1 + run(&mut y[..at].iter().rev()) + run(&mut y[at + 1..].iter())
    };
    let plateau = above(NEAR_TOP);
    plateau >= UNEVEN_PLATEAU && plateau as f64 >= FLAT_TOP * above(0.5) as f64
}

/// Transmittance that is called absorbance: a high level with bands that point down.
fn upside_down(spectrum: &Spectrum, y: &[f64], (low, top): (f64, f64), quality: &mut Quality) {
    let infrared = matches!(
        spectrum.technique,
        Technique::Infrared(_) | Technique::NearInfrared
    );
    let stated = matches!(
        spectrum.y_unit,
        YUnit::Absorbance | YUnit::Unknown | YUnit::Intensity | YUnit::Counts
    );
    if !infrared || !stated || low < -0.5 {
        return;
    }
    let mut sorted = y.to_vec();
    let middle = sorted.len() / 2;
    let median = *sorted.select_nth_unstable_by(middle, f64::total_cmp).1;
    if median - low > 3.0 * (top - median) {
        quality.find(
            Level::Limited,
            "The bands point down although the file does not say transmittance: the ordinate is perhaps transmittance. Export as absorbance, or correct the unit in the file.".to_owned(),
        );
    }
}

#[cfg(test)]
mod tests;
