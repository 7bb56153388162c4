//! The noise of a curve.

/// Standard deviation of white noise from the median absolute second difference, whose standard
/// deviation is sqrt(6) times the noise. `None` where more than half of them are zero (stepped or
/// clipped data), or below 16 points.
pub fn deviation(y: &[f64]) -> Option<f64> {
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

/// Uniform noise of standard deviation 1 from a linear congruential generator.
#[cfg(test)]
pub(crate) fn uniform(n: usize) -> Vec<f64> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_of_known_deviation_is_recovered() {
        let found = deviation(&uniform(4000)).unwrap();
        assert!((found - 1.0).abs() < 0.1, "{found}");
        assert_eq!(deviation(&[1.0; 40]), None);
    }
}
