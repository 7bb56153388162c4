//! The rule from which a component is named.
//!
//! A logistic regression of twelve quantities, learned on in-silico mixtures of real spectra of other
//! laboratories, pure spectra, and spectra of substances that the library does not hold: half of the
//! substances only. What it leads to on the other half stands in the module's documentation.

/// Number of quantities.
pub(super) const QUANTITIES: usize = 12;

/// One quantity: its mean and standard deviation among the components that taught, and the weight of
/// what it deviates by.
struct Term {
    mean: f64,
    scale: f64,
    weight: f64,
}

const fn term(mean: f64, scale: f64, weight: f64) -> Term {
    Term {
        mean,
        scale,
        weight,
    }
}

/// In the order of [`super::evidence::Judged::quantities`].
const TERMS: [Term; QUANTITIES] = [
    // Score of the comparison with what the others leave.
    term(0.6573, 0.2248, 0.5516),
    // ln(1 + what its absence costs).
    term(2.2527, 1.0088, 0.583),
    // Mean cost of its major ions.
    term(0.9219, 0.7898, -0.8291),
    // Part of its signal that is at ions of its own.
    term(0.622, 0.2191, 0.7358),
    // ln(1 + major ions as the model says, each by its part of the model).
    term(2.0597, 0.5878, 0.8606),
    // Weight of its major ions that are missing.
    term(0.0424, 0.077, -0.3014),
    // ln(share).
    term(-2.0896, 1.2732, -0.8217),
    // Share of the query above the model.
    term(0.3747, 0.245, -1.0253),
    // Cost an ion.
    term(0.6798, 0.3989, 1.11),
    // ln(probability of all substances that are neither it nor its look-alikes).
    term(-3.0658, 1.6867, -1.1053),
    // Number of look-alikes.
    term(4.1734, 2.5076, -0.1602),
    // ln(floor in shares of the base peak).
    term(-5.2934, 0.7895, 0.4222),
];
const BIAS: f64 = -0.0163;
/// Logit from which a component is named.
pub(super) const LIMIT: f64 = 1.2;

/// The rule's logit.
pub(super) fn logit(quantities: &[f64; QUANTITIES]) -> f64 {
    let terms = TERMS.iter().zip(quantities);
    BIAS + terms
        .map(|(t, value)| t.weight * (value - t.mean) / t.scale)
        .sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_component_has_the_bias() {
        let mut means = [0.0; QUANTITIES];
        for (value, term) in means.iter_mut().zip(&TERMS) {
            *value = term.mean;
        }
        assert!((logit(&means) - BIAS).abs() < 1e-12);
        means[0] += TERMS[0].scale;
        assert!((logit(&means) - BIAS - TERMS[0].weight).abs() < 1e-12);
    }
}
