//! How much an abundance varies by noise alone.
//!
//! As in AMDIS (Stein 1999, doi:10.1016/S1044-0305(99)00047-1) noise grows with the square root of the
//! abundance A: `sigma = N_f sqrt(A)`. The noise factor `N_f` is the median, over all ions, of
//! `1.4826 median|A - mean| / sqrt(mean)` of segments of 13 scans that have the ion throughout and cross
//! their mean at least seven times, so that they hold noise and no peak. A floor for each ion, and one
//! per cent of the abundance for what the source itself varies, are added:
//! `sigma^2 = max(floor^2, N_f^2 A) + (0.01 A)^2`.

use super::traces::{Trace, Traces};
use rayon::prelude::*;

/// Scans of a segment.
const SEGMENT: usize = 13;
/// Segments from which a noise factor is believed.
const ENOUGH: usize = 10;
/// Scans beyond which further segments of an ion are not looked at.
const LONGEST: usize = 200_000;
/// Variation of the source, share of the abundance.
const SOURCE: f64 = 0.01;
/// From the median of absolute values to the standard deviation of a normal distribution.
const NORMAL: f64 = 1.4826;

/// The noise of a run.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Noise {
    /// `N_f`.
    pub factor: f64,
    /// Smallest standard deviation of each ion.
    pub floors: Vec<f64>,
}

impl Noise {
    /// Measures the noise of a run.
    pub fn of(traces: &Traces) -> Self {
        let least = least(traces);
        let of_ion = |dense: &mut Vec<f64>, ion: &Trace| {
            ion.window(0, dense);
            let mut factors = Vec::new();
            segments(dense.get(..LONGEST).unwrap_or(dense), &mut factors);
            (floor(ion, dense).max(least), factors)
        };
        let (floors, factors): (Vec<f64>, Vec<Vec<f64>>) = traces
            .ions
            .par_iter()
            .map_init(|| vec![0.0; traces.len()], of_ion)
            .unzip();
        let mut factors = factors.concat();
        let factor = match factors.len() >= ENOUGH {
            true => median(&mut factors),
            false => by_differences(traces),
        };
        Self { factor, floors }
    }

    /// Standard deviation of an ion at an abundance.
    pub fn sigma(&self, ion: usize, abundance: f64) -> f64 {
        let floor = self.floors.get(ion).copied().unwrap_or_default();
        let level = abundance.max(0.0);
        let counting = (self.factor * self.factor * level).max(floor * floor);
        (counting + (SOURCE * level).powi(2)).sqrt()
    }
}

/// Noise factors of the segments of a trace that hold nothing but noise.
fn segments(dense: &[f64], factors: &mut Vec<f64>) {
    for segment in dense.chunks_exact(SEGMENT) {
        if segment.iter().any(|y| *y <= 0.0) {
            continue;
        }
        let mean = segment.iter().sum::<f64>() / SEGMENT as f64;
        let crosses = |w: &&[f64]| (w[0] < mean) != (w[1] < mean);
        if segment.windows(2).filter(crosses).count() > SEGMENT / 2 {
            let mut away: Vec<f64> = segment.iter().map(|y| (y - mean).abs()).collect();
            factors.push(NORMAL * median(&mut away) / mean.sqrt());
        }
    }
}

/// Noise factor where no ion is in 13 scans in a row but in peaks (background-subtracted or cut runs):
/// from fourth differences, which a smooth peak hardly has.
fn by_differences(traces: &Traces) -> f64 {
    // 1 + 16 + 36 + 16 + 1
    let scale = NORMAL / 70.0_f64.sqrt();
    let mut factors: Vec<f64> = Vec::new();
    for ion in &traces.ions {
        for (at, y) in ion.at.windows(5).zip(ion.abundance.windows(5)) {
            if at[4] - at[0] == 4 {
                let fourth = y[0] - 4.0 * y[1] + 6.0 * y[2] - 4.0 * y[3] + y[4];
                let mean = y.iter().sum::<f64>() / 5.0;
                factors.push(scale * fourth.abs() / mean.sqrt());
            }
        }
    }
    median(&mut factors)
}

/// A low abundance of the run: what the instrument or the data system still records.
fn least(traces: &Traces) -> f64 {
    let mut lowest: Vec<f64> = traces
        .ions
        .iter()
        .map(|ion| ion.abundance.iter().copied().fold(f64::MAX, f64::min))
        .collect();
    median(&mut lowest)
}

/// Standard deviation of what the ion does between peaks: by differences of neighbouring scans where it is
/// mostly there, by the height of lonely scans where it is mostly not.
fn floor(ion: &Trace, dense: &[f64]) -> f64 {
    let mut steps: Vec<f64> = dense.windows(2).map(|w| (w[1] - w[0]).abs()).collect();
    let steady = NORMAL * median(&mut steps) / 2.0_f64.sqrt();
    let get = |at: u32| dense.get(at as usize).copied().unwrap_or_default();
    let lonely = |at: u32| (at == 0 || get(at - 1) <= 0.0) && get(at + 1) <= 0.0;
    let mut heights: Vec<f64> = ion
        .at
        .iter()
        .zip(&ion.abundance)
        .filter(|(at, _)| lonely(**at))
        .map(|(_, y)| *y)
        .collect();
    // A few lonely scans may be spikes; many are noise that comes through the threshold.
    match heights.len() >= 5 {
        true => steady.max(median(&mut heights)),
        false => steady,
    }
}

/// Median; 0 of nothing.
pub(super) fn median(values: &mut [f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn factor_of_a_segment_by_hand() {
        // 100 +- 10 in turn, seven high and six low: mean 100 + 10/13 = 100.769, deviations 9.231 (7 times)
        // and 10.769 (6 times); their median is 9.231.
        let segment: Vec<f64> = (0..13)
            .map(|i| if i % 2 == 0 { 110.0 } else { 90.0 })
            .collect();
        let mut factors = Vec::new();
        segments(&segment, &mut factors);
        assert_relative_eq!(
            factors[0],
            1.4826 * 9.230_769 / 100.769_23_f64.sqrt(),
            epsilon = 1e-5
        );
        // A rise crosses its mean once: a flank, no noise.
        let rise: Vec<f64> = (1..14).map(f64::from).collect();
        segments(&rise, &mut factors);
        assert_eq!(factors.len(), 1);
    }

    #[test]
    fn noise_grows_with_the_square_root() {
        let noise = Noise {
            factor: 2.0,
            floors: vec![5.0],
        };
        assert_eq!(noise.sigma(0, 0.0), 5.0);
        // 4 * 10000 + (0.01 * 10000)^2 = 50000
        assert_relative_eq!(noise.sigma(0, 1e4), 50_000.0_f64.sqrt(), epsilon = 1e-9);
    }
}
