//! References as another laboratory's instrument would have measured them.

use crate::spectrum::{Axis, Shape, Spectrum, Technique};
use crate::units::{XUnit, YUnit};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, Exp1, Normal, Poisson, StudentT};

/// Generator of trial `index`: the same in every run and whatever the number of threads.
pub(super) fn generator(index: usize) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(0x5bec_1d04);
    rng.set_stream(index as u64);
    rng
}

/// An EI spectrum (abundances by m/z) on another instrument; `None` where nothing is left.
///
/// The sensitivity changes over m/z by a slope of standard deviation 0.5 (natural logarithm, per
/// 100 m/z). Each ion's abundance scatters by Student's t with 4 degrees of freedom times a
/// deviation between 0.08 and 0.8 that is the instrument's own, more for small ions. Ions below a
/// threshold between 0.05 % and 5 % of the base peak are lost, about three noise ions of its
/// height are added, and the scan begins at one of the usual masses.
pub(super) fn ei(abundances: &[f64], rng: &mut ChaCha8Rng) -> Option<Spectrum> {
    let slope: f64 = Normal::new(0.0, 0.5).ok()?.sample(rng);
    let scatter = rng.random_range(0.08_f64.ln()..0.8_f64.ln()).exp();
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
    (mz.len() >= 3).then(|| {
        let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, Axis::Explicit(mz), y);
        spectrum.x_unit = XUnit::MassToCharge;
        spectrum.y_unit = YUnit::Intensity;
        spectrum
    })
}
