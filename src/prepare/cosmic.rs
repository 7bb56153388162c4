//! Cosmic-ray spikes in Raman spectra.

/// Bridges spikes that are narrower than a real band can be, in place; gives the number of points.
///
/// A point is part of a spike where the second difference over it is below `-threshold` robust
/// standard deviations (1.4826 times the median absolute value of all second differences) and at
/// most two neighbouring points stand out. It is only done where a band of full width
/// `narrowest_band` would cover at least four points: in coarser data a spike and a band look alike.
pub fn remove_spikes(x: &[f64], y: &mut [f64], threshold: f64, narrowest_band: f64) -> usize {
    let n = y.len();
    if n < 16 || (x[n - 1] - x[0]) / (n - 1) as f64 * 4.0 > narrowest_band {
        return 0;
    }
    // Over three points, so that a spike of two points still stands out at both.
    let standing_out = |y: &[f64], i: usize| y[i] - (y[i - 3] + y[i + 3]) / 2.0;
    let mut spread: Vec<f64> = (3..n - 3).map(|i| standing_out(y, i).abs()).collect();
    let middle = spread.len() / 2;
    let noise = 1.4826 * *spread.select_nth_unstable_by(middle, f64::total_cmp).1;
    if noise <= 0.0 {
        return 0;
    }
    let high: Vec<bool> = (0..n)
        .map(|i| (3..n - 3).contains(&i) && standing_out(y, i) > threshold * noise)
        .collect();
    let mut removed = 0;
    let mut i = 0;
    while i < n {
        let run = high[i..].iter().take_while(|h| **h).count();
        // A band stands out over more than two points; a spike's flanks fall within one point.
        if (1..=2).contains(&run) && i >= 2 && i + run + 1 < n {
            let (left, right) = (y[i - 1], y[i + run]);
            let shoulder = (left - y[i - 2]).abs().max((right - y[i + run + 1]).abs());
            let height = y[i..i + run].iter().fold(f64::MIN, |a, b| a.max(*b)) - left.max(right);
            if height > 4.0 * shoulder {
                for k in 0..run {
                    y[i + k] = left + (right - left) * (k + 1) as f64 / (run + 1) as f64;
                }
                removed += run;
            }
        }
        i += run.max(1);
    }
    removed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noisy_band() -> (Vec<f64>, Vec<f64>) {
        let x: Vec<f64> = (0..500).map(|i| 200.0 + 0.5 * f64::from(i)).collect();
        let y = x
            .iter()
            .enumerate()
            .map(|(i, x)| {
                50.0 / (1.0 + ((x - 300.0) / 2.5).powi(2)) + ((i * 7919) % 13) as f64 * 0.05
            })
            .collect();
        (x, y)
    }

    #[test]
    fn a_spike_goes_and_a_narrow_band_stays() {
        let (x, clean) = noisy_band();
        let mut y = clean.clone();
        assert_eq!(remove_spikes(&x, &mut y, 12.0, 4.0), 0);
        assert_eq!(y, clean);
        y[400] += 80.0;
        y[401] += 30.0;
        assert_eq!(remove_spikes(&x, &mut y, 12.0, 4.0), 2);
        assert!((y[400] - clean[400]).abs() < 1.0);
    }

    #[test]
    fn coarse_data_are_left_alone() {
        let x: Vec<f64> = (0..100).map(|i| 4.0 * f64::from(i)).collect();
        let mut y: Vec<f64> = (0..100).map(|i| f64::from(i % 3)).collect();
        y[50] = 1000.0;
        assert_eq!(remove_spikes(&x, &mut y, 12.0, 4.0), 0);
    }
}
