//! Logistic rules on standardised quantities.

use crate::library;

/// One quantity: its mean and standard deviation among what taught the rule, and the weight of what it
/// deviates by.
pub(crate) struct Term {
    pub mean: f64,
    pub scale: f64,
    pub weight: f64,
}

/// A quantity by its three numbers, for tables.
pub(crate) const fn term(mean: f64, scale: f64, weight: f64) -> Term {
    Term {
        mean,
        scale,
        weight,
    }
}

/// `bias + sum of weight (value - mean) / scale`.
pub(crate) fn logit<const N: usize>(bias: f64, terms: &[Term; N], quantities: &[f64; N]) -> f64 {
    let numbers = terms.iter().map(|t| [t.mean, t.scale, t.weight]);
    library::logit(bias, numbers.zip(quantities))
}

#[cfg(test)]
mod tests {
    use super::{logit, term};

    #[test]
    fn a_logit_by_hand() {
        let terms = [term(1.0, 2.0, 0.5), term(-3.0, 0.1, -2.0)];
        assert_eq!(logit(0.25, &terms, &[1.0, -3.0]), 0.25);
        // 0.25 + 0.5 (5 - 1) / 2 - 2 (-2.9 + 3) / 0.1 = 0.25 + 1 - 2.
        assert!((logit(0.25, &terms, &[5.0, -2.9]) + 0.75).abs() < 1e-12);
    }
}
