//! The rule from which a component is named.
//!
//! A logistic regression (ridge 3 on standardised quantities) of whether a component, or a look-alike
//! of it, is in the sample. It was taught by 4 464 components that were fitted to 1 483 spectra: 450
//! in-silico mixtures of real spectra of other laboratories, 180 of one such spectrum and one of a
//! substance that the library does not hold, 403 pure spectra, and 450 pure spectra of substances that
//! it does not hold (weight 0.3); of one half of the substances. What it leads to on the other half
//! stands in the guide of [`super`].

use crate::decide::term::{self, Term, term};

/// Number of quantities.
pub(super) const QUANTITIES: usize = 12;

/// In the order in which [`super::evidence`] gives them.
const TERMS: [Term; QUANTITIES] = [
    // Score of the comparison with what the others leave.
    term(0.6483, 0.2228, 0.6785),
    // ln(1 + what its absence costs).
    term(2.2082, 1.0279, 0.6654),
    // Mean cost of its major ions.
    term(0.9803, 0.8004, -0.5994),
    // Part of its signal that is at ions of its own.
    term(0.6094, 0.2282, 0.9118),
    // ln(1 + major ions as the model says, each by its part of the model).
    term(2.0371, 0.5781, 0.9548),
    // Weight of its major ions that are missing.
    term(0.0431, 0.0779, -0.3858),
    // ln(share).
    term(-2.1574, 1.309, -0.6463),
    // Share of the query above the model.
    term(0.3965, 0.2613, -0.8814),
    // Cost an ion.
    term(0.6988, 0.4247, 1.079),
    // ln(probability of all substances that are neither it nor its look-alikes).
    term(-3.0152, 1.6648, -0.8634),
    // Number of look-alikes.
    term(4.274, 2.4758, -0.1586),
    // ln(floor in shares of the base peak).
    term(-5.3301, 0.8279, 0.5207),
];
const BIAS: f64 = -0.1888;
/// Logit from which a component is named.
pub(super) const LIMIT: f64 = 1.0;

/// The rule's logit.
pub(super) fn logit(quantities: &[f64; QUANTITIES]) -> f64 {
    term::logit(BIAS, &TERMS, quantities)
}
