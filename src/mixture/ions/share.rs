//! The components' shares of the signal.

use super::fit::Fit;
use super::query::Query;
use crate::mixture::share::Share;

/// An ion above this many times the model is not the components' alone.
const MOST_ABOVE: f64 = 2.0;
/// Half width of the 95 % interval, on the scale of `ln(share / (1 - share))`, where the fit leaves no
/// doubt: what references differ by between instruments.
const WIDTH: f64 = 0.7;
/// What the deviation of the fit adds to it.
const BY_DEVIATION: f64 = 1.0;

/// Share of each component of a fit: each ion, as far as it is at most twice the model, is divided
/// as the model is.
pub(super) fn shares(query: &Query, fit: &Fit) -> Vec<Share> {
    let one = |(part, deviation): (&Vec<f64>, &f64)| {
        let ions = query.ions.iter().zip(&fit.model).zip(part);
        let taken = ions
            .filter(|((_, model), _)| **model > 0.0)
            .map(|((q, model), part)| q.min(MOST_ABOVE * model) * part / model);
        let share = taken.sum::<f64>().clamp(0.0, 1.0);
        Share::with_interval(share, WIDTH + BY_DEVIATION * deviation)
    };
    fit.parts.iter().zip(&fit.deviations).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::Signal;

    #[test]
    fn ions_are_divided_as_the_model_is() {
        let values = vec![0.6, 0.3, 0.1];
        let query = Query::of(&Signal { start: 50, values }).unwrap();
        let fit = Fit {
            rows: vec![0, 1],
            scales: vec![1.0, 1.0],
            parts: vec![vec![0.3, 0.0, 0.0], vec![0.3, 0.1, 0.0]],
            model: vec![0.6, 0.1, 0.0],
            first: 0,
            cost: 0.0,
            deviations: vec![0.0, 0.0],
        };
        let shares = shares(&query, &fit);
        // Half of 0.6; the other half and twice 0.1 of 0.3.
        assert!((shares[0].share - 0.3).abs() < 1e-12);
        assert!((shares[1].share - 0.5).abs() < 1e-12);
        // Odds 3 : 7 times exp(0.7) and exp(-0.7).
        let odds = 3.0 / 7.0;
        let high = odds * 0.7_f64.exp() / (1.0 + odds * 0.7_f64.exp());
        assert!((shares[0].high - high).abs() < 1e-12);
        assert!(shares[0].low < 0.3 && shares[0].low > 0.1);
    }
}
