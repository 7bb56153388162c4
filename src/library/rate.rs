//! Measured shares with their intervals.

use serde::{Deserialize, Serialize};

/// A measured share with its 95 % Wilson interval and what it was measured on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// Count over `n`.
    pub estimate: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Number of trials.
    pub n: usize,
    /// What was tried, in words.
    pub basis: String,
}

impl Rate {
    /// `count` of `n`, with the 95 % interval of Wilson 1927 (doi:10.1080/01621459.1927.10502953).
    /// Without trials nothing is known: 0 to 1.
    pub fn wilson(count: usize, n: usize, basis: impl Into<String>) -> Self {
        Self::repeated(count, n, 1, basis)
    }

    /// `count` of `n`, where each thing was tried `rounds` times: the interval is that of `n / rounds`
    /// things, since trials of one thing are not independent.
    pub fn repeated(count: usize, n: usize, rounds: usize, basis: impl Into<String>) -> Self {
        const Z: f64 = 1.959_963_984_540_054;
        let (estimate, low, high) = match n {
            0 => (0.0, 0.0, 1.0),
            _ => {
                let (trials, p) = (n as f64 / rounds as f64, count as f64 / n as f64);
                let spread = Z * Z / trials;
                let centre = p + spread / 2.0;
                let half = Z * (p * (1.0 - p) / trials + spread / (4.0 * trials)).sqrt();
                let low = ((centre - half) / (1.0 + spread)).max(0.0);
                (p, low, ((centre + half) / (1.0 + spread)).min(1.0))
            }
        };
        Self {
            estimate,
            low: if count == 0 { 0.0 } else { low },
            high: if count == n { 1.0 } else { high },
            n: n.div_ceil(rounds),
            basis: basis.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn wilson_intervals_as_published() {
        // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611.
        let rate = Rate::wilson(81, 263, "");
        assert_relative_eq!(rate.low, 0.2553, epsilon = 5e-5);
        assert_relative_eq!(rate.high, 0.3662, epsilon = 5e-5);
        let none = Rate::wilson(0, 20, "");
        assert_eq!(none.low, 0.0);
        assert_relative_eq!(none.high, 0.1611, epsilon = 5e-5);
        assert_eq!(Rate::wilson(0, 0, "").high, 1.0);
    }
}
