//! From what the neighbourhood says to one figure a class.
//!
//! A logistic regression (ridge 1 on standardised quantities), one for all classes, of whether the class of
//! the largest share is the right one. It was taught by the references of SWGDRUG 3.9, each with all spectra
//! of its substance left out: 1 808 spectra of members of the classes and 841 of substances of none. What it
//! leads to on spectra that did not teach it stands in the guide of [`super`].

use super::regress::Shares;

/// One quantity: its mean and standard deviation among the spectra that taught, and the weight of what it
/// deviates by.
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

/// In the order in which [`logit`] takes them.
const TERMS: [Term; 5] = [
    // Share of the class.
    term(0.6715, 0.3862, 1.859),
    // Its lead on the next class.
    term(0.5547, 0.4129, 1.606),
    // Share of substances of no class.
    term(0.3484, 0.3761, -1.262),
    // Part of the spectrum that the neighbourhood explains.
    term(0.6446, 0.1890, 0.288),
    // Entropy of the spectrum.
    term(4.3618, 0.5787, 0.268),
];
const BIAS: f64 = 2.4111;

/// The rule's logit for the class `class` among `groups`.
pub(super) fn logit(shares: &Shares, groups: &[usize], class: usize, spread: f64) -> f64 {
    let share = |index: usize| shares.classes.get(index).copied().unwrap_or(0.0);
    let others = groups.iter().filter(|g| **g != class);
    let next = others.map(|g| share(*g)).fold(0.0, f64::max);
    let own = share(class);
    let quantities = [own, own - next, shares.none, shares.explained, spread];
    BIAS + TERMS
        .iter()
        .zip(quantities)
        .map(|(t, value)| t.weight * (value - t.mean) / t.scale)
        .sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_spectrum_has_the_bias() {
        let mut shares = Shares {
            classes: vec![TERMS[0].mean, TERMS[0].mean - TERMS[1].mean],
            none: TERMS[2].mean,
            explained: TERMS[3].mean,
            nearest: vec![],
        };
        let spread = TERMS[4].mean;
        assert!((logit(&shares, &[0, 1], 0, spread) - BIAS).abs() < 1e-12);
        // More of no class by one deviation.
        shares.none += TERMS[2].scale;
        assert!((logit(&shares, &[0, 1], 0, spread) - BIAS - TERMS[2].weight).abs() < 1e-12);
    }
}
