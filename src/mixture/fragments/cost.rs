//! What a deviation between a query's peak and the model costs.

/// Scale of `ln(query / model)` between instruments and collision energies.
const SCATTER: f64 = 0.6;
/// Degrees of freedom of Student's t: single peaks deviate much.
const DEGREES: f64 = 4.0;
/// Share of the peaks that count as independent: what changes one fragment changes others.
pub(super) const EFFECTIVE: f64 = 0.35;

/// `5 / 2 ln(1 + y^2 / (4 s^2))`: the negative logarithm of Student's t with 4 degrees of freedom and
/// scale `s` = 0.6, but for a constant.
pub(super) fn cost(deviation: f64) -> f64 {
    let scaled = deviation * deviation / (DEGREES * SCATTER * SCATTER);
    (DEGREES + 1.0) / 2.0 * scaled.ln_1p()
}

/// Weight of a deviation in the iterated least squares that minimise [`cost`].
pub(super) fn weight(deviation: f64) -> f64 {
    let scaled = deviation / SCATTER;
    (DEGREES + 1.0) / (DEGREES + scaled * scaled) / (SCATTER * SCATTER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::LN_2;

    #[test]
    fn costs_by_hand() {
        assert_eq!(cost(0.0), 0.0);
        // y = 1.2: y^2 = 4 s^2, so 2.5 ln 2.
        assert!((cost(1.2) - 2.5 * LN_2).abs() < 1e-12);
        assert_eq!(cost(-1.2), cost(1.2));
        // The slope of the cost is weight times deviation.
        let slope = (cost(0.5 + 1e-6) - cost(0.5 - 1e-6)) / 2e-6;
        assert!((slope - 0.5 * weight(0.5)).abs() < 1e-6);
    }
}
