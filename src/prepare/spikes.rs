//! Cosmic rays that the recipe leaves in: what is narrower than any band of the spectrum can be.

use super::noise;

/// Points on either side within which a spike rises and falls.
const REACH: usize = 3;
/// Full width at half height below which a peak may be a spike, points. An instrument puts two points and more on
/// its narrowest band.
const NARROW: f64 = 1.7;
/// Narrower than any Raman band of a solid or a liquid on a laboratory's instrument, cm⁻¹.
const NO_BAND: f64 = 4.0;
/// Spacing of points from which bands and spikes look alike, cm⁻¹.
const COARSE: f64 = 6.0;
/// Height of a spike over the noise, and over the range of the curve.
const OVER_NOISE: f64 = 12.0;
const OVER_RANGE: f64 = 0.15;
/// Height over the range from which a wider peak shows what bands look like here.
const BAND: f64 = 0.1;
/// Rounds: a tall spike hides lesser ones.
const ROUNDS: usize = 8;

struct Peak {
    at: usize,
    height: f64,
    width: f64,
}

/// Bridges what looks like a cosmic ray although the recipe leaves it in, and gives how many there are: peaks
/// of less than 1.7 points that are narrower than 4 cm⁻¹, or that no wider peak stands beside. `x`
/// rises.
pub fn bridge(x: &[f64], y: &mut [f64]) -> usize {
    let spacing = match x {
        [first, .., last] => (last - first) / (x.len() - 1) as f64,
        _ => return 0,
    };
    let Some(noise) = noise::deviation(y).filter(|_| spacing < COARSE) else {
        return 0;
    };
    let mut found = 0;
    for _ in 0..ROUNDS {
        let range = range(y);
        let peaks = peaks(y);
        let narrow = |p: &Peak| p.width < NARROW;
        let bands = peaks.iter().any(|p| !narrow(p) && p.height > BAND * range);
        let spikes = peaks.iter().filter(|p| {
            narrow(p)
                && p.height > (OVER_NOISE * noise).max(OVER_RANGE * range)
                && (p.width * spacing < NO_BAND || !bands)
        });
        let places: Vec<usize> = spikes.map(|p| p.at).collect();
        if places.is_empty() {
            break;
        }
        found += places.len();
        for at in places {
            let (from, to) = (at - REACH, at + REACH);
            let (left, right) = (y[from], y[to]);
            for (i, value) in y[from..=to].iter_mut().enumerate() {
                let line = left + (right - left) * i as f64 / (2 * REACH) as f64;
                *value = value.min(line);
            }
        }
    }
    found
}

/// From the 5th percentile to the highest value.
pub fn range(y: &[f64]) -> f64 {
    let mut sorted = y.to_vec();
    sorted.sort_by(f64::total_cmp);
    match (sorted.get(sorted.len() / 20), sorted.last()) {
        (Some(low), Some(high)) => high - low,
        _ => 0.0,
    }
}

/// Peaks with their height over the higher of the lowest values [`REACH`] points to either side.
fn peaks(y: &[f64]) -> Vec<Peak> {
    let lowest = |part: &[f64]| part.iter().copied().fold(f64::INFINITY, f64::min);
    (REACH..y.len().saturating_sub(REACH))
        .filter(|i| y[*i] > y[*i - 1] && y[*i] >= y[*i + 1])
        .map(|at| {
            let (left, right) = (&y[at - REACH..at], &y[at + 1..=at + REACH]);
            let height = y[at] - lowest(left).max(lowest(right));
            let half = y[at] - height / 2.0;
            let side = |values: &mut dyn Iterator<Item = &f64>| {
                let mut before = y[at];
                for (steps, value) in values.enumerate() {
                    if *value <= half {
                        return steps as f64 + (before - half) / (before - value);
                    }
                    before = *value;
                }
                REACH as f64
            };
            let width = side(&mut left.iter().rev()) + side(&mut right.iter());
            Peak { at, height, width }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::noise::uniform;
    use super::*;

    fn axis(points: usize, spacing: f64) -> Vec<f64> {
        (0..points).map(|i| 200.0 + spacing * i as f64).collect()
    }

    fn add(y: &mut [f64], places: &[usize]) {
        for at in places {
            (y[at - 1], y[*at], y[at + 1]) = (100.0, 300.0, 70.0);
        }
    }

    #[test]
    fn spikes_of_three_points_in_noise_go() {
        for spacing in [1.0, 2.0, 4.0] {
            let mut y = uniform(900);
            add(&mut y, &[200, 400, 777]);
            assert_eq!(bridge(&axis(900, spacing), &mut y), 3, "{spacing}");
            assert!(y.iter().all(|v| *v < 4.0));
        }
    }

    #[test]
    fn bands_stay() {
        let banded = |width: f64| -> Vec<f64> {
            let band = |i: f64, c: f64| 200.0 / (1.0 + ((i - c) * 2.0 / width).powi(2));
            let noise = uniform(900).into_iter().enumerate();
            noise
                .map(|(i, v)| v + band(i as f64, 300.0) + band(i as f64, 500.0))
                .collect()
        };
        // Full width 2.5 points at 2 cm-1: a narrow band at the limit of a spectrograph.
        let clean = banded(2.5);
        let mut y = clean.clone();
        assert_eq!(bridge(&axis(900, 2.0), &mut y), 0);
        assert_eq!(y, clean);
        // Beside bands of a normal width a spike shows, in coarse data by its width in cm-1 no more.
        let mut y = banded(8.0);
        add(&mut y, &[700]);
        assert_eq!(bridge(&axis(900, 2.0), &mut y.clone()), 1);
        assert_eq!(bridge(&axis(900, 4.0), &mut y), 0);
        assert_eq!(bridge(&axis(3, 2.0), &mut [1.0, 9.0, 1.0]), 0);
        assert_eq!(bridge(&[], &mut []), 0);
    }
}
