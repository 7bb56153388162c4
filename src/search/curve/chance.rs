//! How much a correlation weighs, from what the other references give by chance.

/// Where too few references were compared.
const TYPICAL: f64 = 30.0;
/// Fewest references that say something of chance.
const FEWEST: usize = 50;
/// Limits of what is believed.
const LIMITS: (f64, f64) = (8.0, 100.0);

/// Number of independent values in the query's comparison: nearly all references are of other
/// substances, and the correlations of unrelated curves of `n` independent values have Fisher
/// transforms, `atanh(c)`, of variance `1 / (n - 3)` (Fisher 1921). The spread is taken from the
/// quartiles, which a family of like substances does not move, and correlations count as shares of
/// the best one. A spectrum of two broad bands gives
/// about 10, one of many sharp bands about 80.
pub(super) fn independent_values(correlations: impl Iterator<Item = f64>) -> f64 {
    let correlations: Vec<f64> = correlations.collect();
    // Noise lowers all correlations alike, the best one too: it must not pass for independence.
    let best = correlations.iter().copied().fold(0.0, f64::max).max(0.1);
    let mut z: Vec<f64> = correlations
        .into_iter()
        .map(|c| (c / best).clamp(-0.999, 0.999).atanh())
        .filter(|z| z.is_finite())
        .collect();
    if z.len() < FEWEST {
        return TYPICAL;
    }
    z.sort_by(f64::total_cmp);
    let quartile = |share: usize| z[(z.len() - 1) * share / 4];
    // The quartiles of a normal distribution lie 1.349 standard deviations apart.
    let deviation = (quartile(3) - quartile(1)) / 1.349;
    (3.0 + deviation.powi(-2)).clamp(LIMITS.0, LIMITS.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn independent_values_of_a_known_spread() {
        // Quantiles of a normal distribution of deviation 0.2 (logistic approximation, within 2 %
        // at the quartiles): 3 + 1/0.04 = 28.
        let z = (1..400).map(|i| {
            let p = f64::from(i) / 400.0;
            0.1 + 0.2 * (p / (1.0 - p)).ln() / 1.629
        });
        let n = independent_values(z.map(f64::tanh).chain([1.0]));
        assert!((n - 28.0).abs() < 1.5, "{n}");
        assert_eq!(independent_values([0.5, 0.4].into_iter()), TYPICAL);
        assert_eq!(
            independent_values((0..60).map(|_| 0.0).chain([1.0])),
            LIMITS.1
        );
        assert_eq!(independent_values((0..60).map(|_| f64::NAN)), TYPICAL);
    }
}
