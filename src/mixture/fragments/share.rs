//! The components' shares of the signal.

use super::fit::Fit;
use crate::mixture::share::Share;

/// A peak above this many times the model is not the components' alone.
const MOST_ABOVE: f64 = 3.0;
/// Half width of the 95 % interval on the scale of `ln(share / (1 - share))`: what references differ by between
/// instruments and collision energies.
const WIDTH: f64 = 1.6;

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
    Share::with_interval(share, WIDTH)
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
}
