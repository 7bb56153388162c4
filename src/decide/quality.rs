//! Whether the query is good enough to be compared.

use crate::spectrum::{Shape, Spectrum};
use serde::Serialize;

/// Overall quality of a query. The limits are rules of thumb, not error rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing stands against using it.
    Good,
    /// Usable with care; the findings say why.
    Limited,
    /// A ranking from it means little.
    Poor,
}

impl Level {
    /// Name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Limited => "limited",
            Self::Poor => "poor",
        }
    }
}

/// Quality of a query with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quality {
    /// Overall.
    pub level: Level,
    /// Usable points or ions.
    pub points: usize,
    /// Signal-to-noise ratio of a curve: the range from the 5th percentile to the maximum over the
    /// standard deviation of the noise (robust, from second differences). `None` for mass spectra
    /// and where the noise is below what the numbers resolve.
    pub signal_to_noise: Option<f64>,
    /// One sentence for each thing that limits it.
    pub findings: Vec<String>,
}

/// Judges a query before it is prepared.
pub fn assess_quality(spectrum: &Spectrum) -> Quality {
    let y: Vec<f64> = spectrum
        .ordinate
        .iter()
        .copied()
        .filter(|v| v.is_finite())
        .collect();
    let mut quality = Quality {
        level: Level::Good,
        points: y.len(),
        signal_to_noise: None,
        findings: Vec::new(),
    };
    if spectrum.technique.is_mass() || spectrum.shape == Shape::Sticks {
        judge_sticks(&y, &mut quality);
    } else {
        judge_curve(&y, &mut quality);
    }
    quality
}

impl Quality {
    fn find(&mut self, level: Level, sentence: String) {
        self.level = self.level.max(level);
        self.findings.push(sentence);
    }
}

fn judge_sticks(y: &[f64], quality: &mut Quality) {
    let ions = y.iter().filter(|v| **v > 0.0).count();
    quality.points = ions;
    match ions {
        0..3 => quality.find(
            Level::Poor,
            format!("Only {ions} peaks: many substances share them."),
        ),
        3..6 => quality.find(Level::Limited, format!("Only {ions} peaks.")),
        _ => {}
    }
    let top = y.iter().copied().fold(0.0, f64::max);
    let at_top = y.iter().filter(|v| **v == top).count();
    if at_top >= 4 {
        quality.find(
            Level::Limited,
            format!("{at_top} peaks share the highest value: the detector was perhaps saturated."),
        );
    }
}

fn judge_curve(y: &[f64], quality: &mut Quality) {
    if let Some(noise) = noise_deviation(y) {
        let mut sorted = y.to_vec();
        sorted.sort_by(f64::total_cmp);
        let low = sorted[sorted.len() / 20];
        let ratio = (sorted[sorted.len() - 1] - low) / noise;
        quality.signal_to_noise = Some(ratio);
        if ratio < 5.0 {
            quality.find(
                Level::Poor,
                format!("Signal-to-noise ratio {ratio:.1}: mostly noise."),
            );
        } else if ratio < 20.0 {
            quality.find(
                Level::Limited,
                format!("Signal-to-noise ratio {ratio:.0} is low."),
            );
        }
    }
    let top = y.iter().copied().fold(f64::MIN, f64::max);
    let flat = y
        .chunk_by(|a, b| a == b)
        .filter(|run| run[0] == top)
        .map(<[f64]>::len)
        .max();
    if let Some(run) = flat.filter(|run| *run >= 4) {
        quality.find(
            Level::Limited,
            format!("{run} neighbouring points share the highest value: the detector was perhaps saturated."),
        );
    }
}

/// Standard deviation of white noise from the median absolute second difference, whose standard
/// deviation is sqrt(6) times the noise. `None` where more than half of them are zero (stepped or
/// clipped data), or below 16 points.
fn noise_deviation(y: &[f64]) -> Option<f64> {
    if y.len() < 16 {
        return None;
    }
    let mut second: Vec<f64> = y
        .windows(3)
        .map(|w| (w[0] - 2.0 * w[1] + w[2]).abs())
        .collect();
    let middle = second.len() / 2;
    let median = *second.select_nth_unstable_by(middle, f64::total_cmp).1;
    (median > 0.0).then(|| 1.4826 * median / 6f64.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::{Axis, Technique};

    fn raman(y: Vec<f64>) -> Spectrum {
        let axis = Axis::Even {
            first: 200.0,
            last: 1800.0,
            points: y.len(),
        };
        Spectrum::new(Technique::Raman, Shape::Profile, axis, y)
    }

    /// Uniform noise of standard deviation 1 from a linear congruential generator.
    fn noise(n: usize) -> Vec<f64> {
        let mut state = 12345_u64;
        (0..n)
            .map(|_| {
                state = state
                    .wrapping_mul(6364136223846793005)
                    .wrapping_add(1442695040888963407);
                ((state >> 11) as f64 / (1u64 << 53) as f64 - 0.5) * 12f64.sqrt()
            })
            .collect()
    }

    #[test]
    fn noise_of_known_deviation_is_recovered() {
        let deviation = noise_deviation(&noise(4000)).unwrap();
        assert!((deviation - 1.0).abs() < 0.1, "{deviation}");
    }

    #[test]
    fn noise_alone_is_poor_and_a_band_is_good() {
        assert_eq!(assess_quality(&raman(noise(1000))).level, Level::Poor);
        let mut y = noise(1000);
        for (i, v) in y.iter_mut().enumerate() {
            *v += 100.0 / (1.0 + ((i as f64 - 500.0) / 10.0).powi(2));
        }
        assert_eq!(assess_quality(&raman(y)).level, Level::Good);
    }

    #[test]
    fn saturation_is_found() {
        let mut y = noise(1000);
        y[300..310].fill(500.0);
        let quality = assess_quality(&raman(y));
        assert_eq!(quality.level, Level::Limited);
        assert!(quality.findings[0].contains("10 neighbouring points"));
    }

    #[test]
    fn two_ions_are_poor() {
        let axis = Axis::Explicit(vec![58.0, 59.0]);
        let spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, axis, vec![100.0, 4.0]);
        assert_eq!(assess_quality(&spectrum).level, Level::Poor);
    }
}
