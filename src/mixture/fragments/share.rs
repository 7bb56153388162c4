//! The components' shares of the signal.

use super::fit::Fit;

/// A peak above this many times the model is not the components' alone.
const MOST_ABOVE: f64 = 3.0;
/// Half width of the 95 % interval on the scale of `ln(share / (1 - share))`: what references differ by between
/// instruments and collision energies.
const WIDTH: f64 = 1.6;

/// A share of the signal with its 95 % interval, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Share {
    pub share: f64,
    pub low: f64,
    pub high: f64,
}

/// Share of component `k`: each peak, as far as it is at most three times the model, is divided as the
/// model is.
pub(super) fn share(fit: &Fit, k: usize) -> f64 {
    let peaks = fit.query.iter().zip(&fit.model).zip(&fit.parts[k]);
    let taken = peaks
        .filter(|((_, model), _)| **model > 0.0)
        .map(|((q, model), part)| q.min(MOST_ABOVE * model) * part / model);
    taken.sum::<f64>().clamp(0.0, 1.0)
}

/// A share with its interval.
pub(super) fn with_interval(share: f64) -> Share {
    let odds = share / (1.0 - share).max(1e-9);
    let at = |factor: f64| odds * factor / (1.0 + odds * factor);
    Share {
        share,
        low: at((-WIDTH).exp()).clamp(0.0, share),
        high: at(WIDTH.exp()).clamp(share, 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_are_divided_as_the_model_is() {
        let fit = Fit {
            chosen: vec![0, 1],
            scales: vec![1.0, 1.0],
            mz: vec![91.0, 119.0, 150.0],
            query: vec![0.6, 0.35, 0.05],
            logs: vec![0.0; 3],
            shares: vec![vec![0.3, 0.0, 0.0], vec![0.3, 0.1, 0.0]],
            parts: vec![vec![0.3, 0.0, 0.0], vec![0.3, 0.1, 0.0]],
            model: vec![0.6, 0.1, 0.0],
            cost: 0.0,
        };
        // Half of 0.6; the other half and three times 0.1 of 0.35.
        assert!((share(&fit, 0) - 0.3).abs() < 1e-12);
        assert!((share(&fit, 1) - 0.6).abs() < 1e-12);
    }

    #[test]
    fn intervals_hold_their_share() {
        for share in [0.0, 1e-9, 0.3, 1.0] {
            let found = with_interval(share);
            assert!(0.0 <= found.low && found.low <= share);
            assert!(share <= found.high && found.high <= 1.0);
        }
        // Odds 1 : 1 times exp(1.6).
        let e = 1.6_f64.exp();
        assert!((with_interval(0.5).high - e / (1.0 + e)).abs() < 1e-12);
    }
}
