//! A share of the signal with its interval.

/// Half width beyond which an interval says nothing more: odds of one to 2e8.
const WIDEST: f64 = 20.0;

/// A share of the signal with its 95 % interval, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Share {
    pub share: f64,
    pub low: f64,
    pub high: f64,
}

impl Share {
    /// With an interval of this half width on the scale of `ln(share / (1 - share))`.
    pub fn with_interval(share: f64, half: f64) -> Self {
        let odds = share / (1.0 - share).max(1e-9);
        let at = |factor: f64| odds * factor / (1.0 + odds * factor);
        let half = half.min(WIDEST);
        Self {
            share,
            low: at((-half).exp()).clamp(0.0, share),
            high: at(half.exp()).clamp(share, 1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_are_multiplied_and_divided() {
        // Odds 3 : 7 times exp(0.7) and exp(-0.7).
        let found = Share::with_interval(0.3, 0.7);
        let at = |factor: f64| 3.0 / 7.0 * factor / (1.0 + 3.0 / 7.0 * factor);
        assert!((found.high - at(0.7_f64.exp())).abs() < 1e-12);
        assert!((found.low - at((-0.7_f64).exp())).abs() < 1e-12);
    }

    #[test]
    fn intervals_stay_between_nothing_and_all() {
        for share in [0.0, 1e-12, 0.5, 1.0] {
            for half in [0.0, 3.0, 1e3, f64::INFINITY] {
                let found = Share::with_interval(share, half);
                assert!(0.0 <= found.low && found.low <= share, "{found:?}");
                assert!(share <= found.high && found.high <= 1.0, "{found:?}");
            }
        }
    }
}
