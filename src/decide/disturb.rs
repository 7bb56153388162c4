//! References as another laboratory's instrument would have measured them.

use crate::spectrum::{Axis, Shape, Spectrum, Technique};
use crate::units::{XUnit, YUnit};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, Exp1, Normal, Poisson, StandardNormal, StudentT};

/// Generator of trial `index`: the same in every run and whatever the number of threads.
pub(super) fn generator(index: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(0x5bec_1d04);
    rng.set_stream(index);
    rng
}

/// An EI spectrum (abundances by m/z) on another instrument; `None` where nothing is left.
///
/// The sensitivity changes over m/z by a slope of standard deviation 0.5 (natural logarithm, per
/// 100 m/z). Each ion's abundance scatters by Student's t with 4 degrees of freedom times a
/// deviation between 0.1 and 1.2 that is the instrument's own, more for small ions. Ions below a
/// threshold between 0.05 % and 5 % of the base peak are lost, about three noise ions of its
/// height are added, and the scan begins at one of the usual masses.
///
/// Slope and scatter are those of 1 078 pairs of public spectra, each of one substance on two instruments
/// (MassBank, substances that SWGDRUG 3.9 lacks): the slopes' standard deviation is 0.45, the abundances' scatter
/// has the quartiles 0.19, 0.35 and 0.65.
pub(super) fn ei(abundances: &[f64], rng: &mut ChaCha8Rng) -> Option<Spectrum> {
    let slope: f64 = Normal::new(0.0, 0.5).ok()?.sample(rng);
    let scatter = rng.random_range(0.1_f64.ln()..1.2_f64.ln()).exp();
    let threshold = 10f64.powf(rng.random_range(-3.3..-1.3));
    let starts = [0, 27, 35, 40, 41, 45, 50];
    let start = starts[rng.random_range(0..starts.len())];
    let t = StudentT::new(4.0).ok()?;
    let base = abundances.iter().copied().fold(0.0, f64::max);
    let mut values = vec![0.0; abundances.len()];
    for (mz, abundance) in abundances.iter().enumerate() {
        let z: f64 = t.sample(rng);
        let share = abundance / base;
        if mz >= start && share > 0.0 {
            let noise = z * scatter * (1.0 + 0.02 / share.max(0.001)).sqrt();
            values[mz] =
                share * (slope * (mz as f64 - 150.0) / 100.0 + noise.clamp(-6.0, 3.0)).exp();
        }
    }
    let base = values.iter().copied().fold(0.0, f64::max);
    let last = values.iter().rposition(|v| *v > 0.0)?;
    values.iter_mut().for_each(|v| *v /= base);
    let count: f64 = Poisson::new(3.0).ok()?.sample(rng);
    for _ in 0..count as usize {
        let mz = rng.random_range(start.max(15)..=last.max(start.max(15)) + 20);
        let height: f64 = Exp1.sample(rng);
        if let Some(value) = values.get_mut(mz) {
            *value += threshold * (0.7 * height).exp();
        }
    }
    let (mz, y): (Vec<f64>, Vec<f64>) = (0..)
        .zip(&values)
        .filter(|(_, v)| **v >= threshold)
        .map(|(mz, v)| (f64::from(mz), *v))
        .unzip();
    (mz.len() >= 3).then(|| ions(mz, y))
}

/// The same EI spectrum measured again on the instrument of its library; `None` where nothing is left.
///
/// Abundances scatter by a twentieth, more for small ions, and ions below 0.1 % of the base peak are lost.
pub(super) fn ei_again(abundances: &[f64], rng: &mut ChaCha8Rng) -> Option<Spectrum> {
    let base = abundances.iter().copied().fold(0.0, f64::max);
    let measured = (0..).zip(abundances).map(|(mz, abundance)| {
        let share = abundance / base;
        let random: f64 = StandardNormal.sample(rng);
        let scatter = SCATTER_AGAIN * (1.0 + 0.02 / share.max(0.001)).sqrt();
        (f64::from(mz), share * (scatter * random).exp())
    });
    let kept = measured.filter(|(_, share)| *share >= THRESHOLD_AGAIN);
    let (mz, y): (Vec<f64>, Vec<f64>) = kept.unzip();
    (mz.len() >= 3).then(|| ions(mz, y))
}

/// Scatter of abundances, threshold of ions as a share of the base peak, and noise of a curve as a share of its height,
/// where a reference is measured again on its own instrument.
const SCATTER_AGAIN: f64 = 0.05;
const THRESHOLD_AGAIN: f64 = 0.001;
const NOISE_AGAIN: f64 = 0.005;

/// The same curve measured again on the instrument of its library, with white noise of half a per cent of its height;
/// `None` where it is no curve of at least 32 points.
pub(super) fn curve_again(spectrum: &Spectrum, rng: &mut ChaCha8Rng) -> Option<Spectrum> {
    if spectrum.shape != Shape::Profile || spectrum.len() < 32 {
        return None;
    }
    let (low, high) = range(&spectrum.ordinate)?;
    let mut again = spectrum.clone();
    for value in &mut again.ordinate {
        let random: f64 = StandardNormal.sample(rng);
        *value += NOISE_AGAIN * (high - low) * random;
    }
    Some(again)
}

/// The lowest and the highest finite value; `None` where they are the same.
fn range(values: &[f64]) -> Option<(f64, f64)> {
    let finite = values.iter().copied().filter(|v| v.is_finite());
    let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
        (low.min(v), high.max(v))
    });
    let height = high - low;
    (height > 0.0 && height.is_finite()).then_some((low, high))
}

fn ions(mz: Vec<f64>, abundances: Vec<f64>) -> Spectrum {
    let axis = Axis::Explicit(mz);
    let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, axis, abundances);
    spectrum.x_unit = XUnit::MassToCharge;
    spectrum.y_unit = YUnit::Intensity;
    spectrum
}

/// Knots of the slow changes of a curve's sensitivity.
const KNOTS: usize = 9;

/// A vibrational spectrum on another instrument; `None` where it is no curve of at least 32 points.
///
/// The axis is shifted (standard deviation 3 in its unit), stretched (0.2 %) and bent (3 in its unit
/// at the ends); half of the curves are broadened by a Gaussian of up to 1 % of the range's standard
/// deviation; the sensitivity changes from knot to knot, nine over the range, by a factor of
/// standard deviation 0.4 (natural logarithm), as excitation, polarisation and detector do; a smooth
/// background of 0.03 to 10 times the strongest band is added, and white noise at a signal-to-noise
/// ratio between 5 and 300.
pub(super) fn curve(spectrum: &Spectrum, rng: &mut ChaCha8Rng) -> Option<Spectrum> {
    let (first, last) = (spectrum.axis.first()?, spectrum.axis.last()?);
    let (middle, half) = ((first + last) / 2.0, (last - first) / 2.0);
    let mut draw = || -> f64 { StandardNormal.sample(rng) };
    let (shift, stretch, bend) = (3.0 * draw(), 0.002 * draw(), 3.0 * draw());
    let error = |x: f64| shift + stretch * (x - middle) + bend * ((x - middle) / half).powi(2);
    elsewhere(spectrum, error, rng)
}

/// Where Raman axes are bent, cm⁻¹: over the fingerprint region, whose bands can show it.
const BENT: (f64, f64) = (300.0, 1800.0);
/// Standard deviations of the terms of a bent axis's error, from the constant to the cubic, at the region's ends.
const TERMS: [f64; 4] = [6.0, 8.0, 10.0, 10.0];
/// The least and the most that the error reaches within the region.
const REACHED: (f64, f64) = (8.0, 45.0);
/// Draws before a curve is given up as not to be bent.
const DRAWS: usize = 1000;

/// A Raman spectrum on a handheld whose axis was never calibrated; `None` where it is no curve of at least 32 points.
///
/// The error of the axis is a cubic polynomial over the fingerprint region, as the polynomial from pixel to wavenumber of a
/// spectrograph leaves it, that reaches 8 to 45 cm⁻¹ there and keeps the order of the points; all else is as in [`curve`].
pub(super) fn uncalibrated(spectrum: &Spectrum, rng: &mut ChaCha8Rng) -> Option<Spectrum> {
    let x: Vec<f64> = spectrum.axis.iter().collect();
    let inside: Vec<f64> = x
        .iter()
        .copied()
        .filter(|x| (BENT.0..=BENT.1).contains(x))
        .collect();
    let rises = spectrum.axis.last()? > spectrum.axis.first()?;
    (0..DRAWS).find_map(|_| {
        let terms = TERMS.map(|deviation| {
            let random: f64 = StandardNormal.sample(rng);
            deviation * random
        });
        let error = |x: f64| {
            // From -1 to 1 over the region; little more beyond it.
            let p = (2.0 * (x - BENT.0) / (BENT.1 - BENT.0) - 1.0).clamp(-1.3, 1.3);
            terms[0] + p * (terms[1] + p * (terms[2] + p * terms[3]))
        };
        let most = inside.iter().map(|x| error(*x).abs()).fold(0.0, f64::max);
        let in_order = x.windows(2).all(|w| {
            let step = w[1] + error(w[1]) - w[0] - error(w[0]);
            if rises { step > 0.0 } else { step < 0.0 }
        });
        let usable = (REACHED.0..=REACHED.1).contains(&most) && in_order;
        usable.then(|| elsewhere(spectrum, error, rng))
    })?
}

/// A curve as another instrument reads it, by `error` higher at each place.
fn elsewhere(
    spectrum: &Spectrum,
    error: impl Fn(f64) -> f64,
    rng: &mut ChaCha8Rng,
) -> Option<Spectrum> {
    let n = spectrum.len();
    if spectrum.shape != Shape::Profile || n < 32 {
        return None;
    }
    let mut draw = || -> f64 { StandardNormal.sample(rng) };
    let knots: Vec<f64> = (0..=KNOTS).map(|_| 0.4 * draw()).collect();
    let (rise, hump) = (draw(), draw());
    let width = match rng.random_bool(0.5) {
        true => rng.random_range(0.0..0.01) * n as f64,
        false => 0.0,
    };
    let background = 10f64.powf(rng.random_range(-1.5..1.0));
    let noise = 1.0 / 10f64.powf(rng.random_range(0.7..2.5));
    let mut y = broadened(&spectrum.ordinate, width);
    let (low, high) = range(&y)?;
    let height = high - low;
    // From -1 to 1 over the range.
    let place = |i: usize| 2.0 * i as f64 / (n - 1) as f64 - 1.0;
    for (i, value) in y.iter_mut().enumerate() {
        let p = place(i);
        let at = (p + 1.0) / 2.0 * (KNOTS - 1) as f64;
        let (knot, part) = (at as usize, at.fract());
        let response = (knots[knot] * (1.0 - part) + knots[knot + 1] * part).exp();
        let smooth = (rise * p + hump * (1.0 - p * p)).abs();
        let random: f64 = StandardNormal.sample(rng);
        *value = low + (*value - low) * response + height * (background * smooth + noise * random);
    }
    let x = spectrum.axis.iter().map(|x| x + error(x));
    let mut other = spectrum.clone();
    other.axis = Axis::Explicit(x.collect());
    other.ordinate = y;
    Some(other)
}

/// Convolution with a Gaussian of this standard deviation in points, cut at its ends.
fn broadened(y: &[f64], width: f64) -> Vec<f64> {
    if width <= 0.0 {
        return y.to_vec();
    }
    let reach = (4.0 * width).ceil() as usize;
    (0..y.len())
        .map(|i| {
            let near = i.saturating_sub(reach)..(i + reach + 1).min(y.len());
            let (sum, weight) = near.fold((0.0, 0.0), |(sum, weight), j| {
                let distance = (j as f64 - i as f64) / width;
                let w = (-0.5 * distance * distance).exp();
                (sum + w * y[j], weight + w)
            });
            sum / weight
        })
        .collect()
}
