use super::super::{Level, Quality, assess_quality};
use crate::prepare::noise::uniform;
use crate::spectrum::{Axis, InfraredMode, Shape, Spectrum, Technique};
use crate::units::{XUnit, YUnit};

fn curve(technique: Technique, unit: XUnit, (first, last): (f64, f64), y: Vec<f64>) -> Quality {
    assess_quality(&spectrum(technique, unit, (first, last), y))
}

fn spectrum(technique: Technique, unit: XUnit, (first, last): (f64, f64), y: Vec<f64>) -> Spectrum {
    let axis = Axis::Even {
        first,
        last,
        points: y.len(),
    };
    let mut spectrum = Spectrum::new(technique, Shape::Profile, axis, y);
    spectrum.x_unit = unit;
    spectrum
}

fn raman(y: Vec<f64>) -> Quality {
    curve(Technique::Raman, XUnit::RamanShift, (200.0, 1800.0), y)
}

/// Noise of deviation 1 and two bands of this height.
fn bands(height: f64) -> Vec<f64> {
    let band = |i: f64, c: f64| height / (1.0 + ((i - c) / 10.0).powi(2));
    let noise = uniform(1000).into_iter().enumerate();
    noise
        .map(|(i, v)| v + band(i as f64, 500.0) + band(i as f64, 700.0))
        .collect()
}

fn tells(quality: &Quality, level: Level, cause: &str, remedy: &str) {
    let told = quality
        .findings
        .iter()
        .any(|f| f.contains(cause) && f.contains(remedy));
    assert!(told, "{cause}: {:?}", quality.findings);
    assert_eq!(quality.level, level, "{:?}", quality.findings);
}

#[test]
fn a_good_spectrum_has_no_findings() {
    let quality = raman(bands(100.0));
    assert_eq!(
        (quality.level, quality.findings.len()),
        (Level::Good, 0),
        "{quality:?}"
    );
    let ratio = quality.signal_to_noise.unwrap();
    assert!((90.0..115.0).contains(&ratio), "{ratio}");
}

#[test]
fn noise_alone_and_weak_bands() {
    tells(
        &raman(uniform(1000)),
        Level::Poor,
        "mostly noise",
        "Measure longer",
    );
    tells(
        &raman(bands(10.0)),
        Level::Limited,
        "is low",
        "Measure longer",
    );
}

#[test]
fn saturation() {
    let mut y = bands(100.0);
    y.iter_mut().for_each(|v| *v = v.min(60.0));
    tells(
        &raman(y),
        Level::Limited,
        "neighbouring points share",
        "Lower the laser power",
    );
}

#[test]
fn saturation_under_noise_and_feet_cut_off() {
    // The plateau of clipped bands with noise of 0.3 % of it.
    let noise = uniform(1000);
    let mut y = bands(300.0);
    for (v, n) in y.iter_mut().zip(&noise) {
        *v = v.min(60.0) + n / 6.0;
    }
    tells(
        &raman(y),
        Level::Limited,
        "flat top",
        "Lower the laser power",
    );
    let y: Vec<f64> = bands(100.0).iter().map(|v| (v - 30.0).max(0.0)).collect();
    tells(
        &raman(y),
        Level::Limited,
        "the feet of bands",
        "as it was measured",
    );
}

#[test]
fn a_floor_of_transmittance() {
    let y: Vec<f64> = bands(100.0).iter().map(|v| (97.0 - v).max(5.0)).collect();
    let technique = Technique::Infrared(InfraredMode::Unstated);
    let mut query = spectrum(technique, XUnit::Wavenumber, (400.0, 4000.0), y);
    query.y_unit = YUnit::PercentTransmittance;
    let quality = assess_quality(&query);
    tells(
        &quality,
        Level::Limited,
        "share the lowest transmittance",
        "thinner sample",
    );
}

#[test]
fn flat_few_and_short() {
    tells(
        &raman(vec![7.0; 1000]),
        Level::Poor,
        "flat",
        "Check the shutter",
    );
    tells(&raman(vec![]), Level::Poor, "flat", "Check the shutter");
    tells(
        &raman(bands(100.0)[450..510].to_vec()),
        Level::Limited,
        "Only 60 points",
        "all its points",
    );
    let short = |last| {
        curve(
            Technique::Raman,
            XUnit::RamanShift,
            (200.0, last),
            bands(100.0),
        )
    };
    tells(
        &short(700.0),
        Level::Limited,
        "covers only 500 cm-1",
        "whole range",
    );
    tells(
        &short(400.0),
        Level::Poor,
        "covers only 200 cm-1",
        "whole range",
    );
}

#[test]
fn cosmic_rays_are_told_but_do_no_harm() {
    let mut y = bands(100.0);
    y[300] += 500.0;
    let quality = curve(Technique::Raman, XUnit::RamanShift, (200.0, 1000.0), y);
    tells(
        &quality,
        Level::Good,
        "1 points look like cosmic rays",
        "Measure twice",
    );
}

#[test]
fn a_cosmic_ray_is_no_signal() {
    let mut y = uniform(1000);
    (y[300], y[700]) = (300.0, 200.0);
    let quality = raman(y);
    tells(&quality, Level::Poor, "mostly noise", "Measure longer");
    tells(
        &quality,
        Level::Poor,
        "2 peaks are narrower",
        "Measure again",
    );
    assert!(quality.signal_to_noise.unwrap() < 6.0);
    // Three points wide, which the preparation takes for a band, and three times the strongest band.
    let mut y = bands(100.0);
    (y[299], y[300], y[301]) = (80.0, 300.0, 50.0);
    let quality = raman(y);
    tells(&quality, Level::Limited, "1 peaks are narrower", "removal");
    assert!((85.0..125.0).contains(&quality.signal_to_noise.unwrap()));
}

#[test]
fn fluorescence() {
    let mut y = bands(100.0);
    for (i, v) in y.iter_mut().enumerate() {
        *v += 1000.0 * (-((i as f64 - 400.0) / 300.0).powi(2)).exp();
    }
    tells(
        &raman(y),
        Level::Limited,
        "fluorescence",
        "longer wavelength",
    );
}

#[test]
fn transmittance_called_absorbance() {
    let y: Vec<f64> = bands(100.0).iter().map(|v| 0.95 - v / 130.0).collect();
    let technique = Technique::Infrared(InfraredMode::Unstated);
    let mut query = spectrum(technique, XUnit::Wavenumber, (400.0, 4000.0), y);
    query.y_unit = YUnit::Absorbance;
    tells(
        &assess_quality(&query),
        Level::Limited,
        "bands point down",
        "Export as absorbance",
    );
    query.y_unit = YUnit::Transmittance;
    assert!(assess_quality(&query).findings.is_empty());
    query
        .ordinate
        .iter_mut()
        .for_each(|v| *v = v.max(0.4) - 0.4);
    tells(
        &assess_quality(&query),
        Level::Limited,
        "no light through",
        "thinner sample",
    );
}
