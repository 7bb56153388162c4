//! The rule from which a component is named, and the odds of a name among others in its place.
//!
//! Both are logistic regressions on standardised quantities (ridge 10 for the rule, 1 for the odds), taught by
//! 4 227 components that were fitted to 1 837 spectra made of real ones of other contributors: mixtures of two and
//! three, pure spectra, and mixtures with a component that the library lacks; of one half of the substances. What they
//! lead to on the other half stands in the guide of [`super`].

use crate::decide::term::{self, Term, term};

/// Number of quantities of the odds and of the rule.
const ODDS: usize = 6;
const QUANTITIES: usize = 13;

/// In the order in which [`super::evidence`] gives them: less cost, similarity with what the others leave, distance
/// of the peaks in tolerances, weight that is missing, ln(1 + peaks matched), ln(peaks of at least 1 %). What
/// is missing counts for a candidate beside the other quantities, which hold it already.
const ODDS_WEIGHTS: [f64; ODDS] = [0.8121, 9.303, -4.0579, 3.9329, 0.086, 1.4398];

/// In the order in which [`super::evidence`] gives them.
const TERMS: [Term; QUANTITIES] = [
    // Similarity of its fragments with what the others leave.
    term(0.8706, 0.2049, 0.0840),
    // The same times ln(1 + fragments as the model says, each by how few substances have it).
    term(1.7545, 0.9528, 0.4208),
    // ln(1 + references of the substance that agree by themselves).
    term(2.3072, 1.0047, 0.7883),
    // ln(1 + what its absence costs).
    term(1.8719, 0.8008, -0.1126),
    // ln(share).
    term(-1.6515, 1.2370, 0.8635),
    // ln(peaks of at least 1 %).
    term(1.8157, 0.8574, 0.2430),
    // Mean distance of its peaks from the query's, in tolerances.
    term(0.1238, 0.1361, -0.3445),
    // Part of its signal that is at peaks of its own.
    term(0.8562, 0.1714, 0.5159),
    // ln(probability of all substances that are neither it nor its look-alikes).
    term(-4.4709, 1.3407, -0.2800),
    // Number of look-alikes.
    term(2.3802, 2.6811, -0.3537),
    // ln(substances that it is one of).
    term(4.6189, 2.0230, -0.2017),
    // Part of its weight that is missing.
    term(0.0448, 0.1073, -0.2412),
    // Share of it that is the precursor.
    term(0.1981, 0.31801, 0.4055),
];
const BIAS: f64 = 1.399;
/// Logit from which a component is named where a precursor is stated, and where none is and so any reference
/// may be one.
const ISOLATED: f64 = 1.5;
const OPEN: f64 = 2.0;

/// Whether a component of this logit is named.
pub(super) fn is_certain(logit: f64, isolated: bool) -> bool {
    logit >= if isolated { ISOLATED } else { OPEN }
}

/// Logarithm of the odds of a name, but for a constant of its place.
pub(super) fn odds(quantities: &[f64; ODDS]) -> f64 {
    let pairs = ODDS_WEIGHTS.iter().zip(quantities);
    pairs.map(|(weight, value)| weight * value).sum()
}

/// The rule's logit.
pub(super) fn logit(quantities: &[f64; QUANTITIES]) -> f64 {
    term::logit(BIAS, &TERMS, quantities)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_precursor_more_is_needed() {
        assert!(is_certain(1.5, true) && !is_certain(1.5, false) && is_certain(2.0, false));
        assert!(!is_certain(f64::NAN, true));
    }

    #[test]
    fn odds_by_hand() {
        // 2 less cost: exp(1.6242) times as probable.
        let odds_of = |cost: f64| odds(&[-cost, 0.9, 0.1, 0.0, 1.0, 1.0]);
        assert!((odds_of(3.0) - odds_of(5.0) - 1.6242).abs() < 1e-12);
    }
}
