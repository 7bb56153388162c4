//! What a deviation between a query's ion and the model costs.

/// Scale of `ln(query / model)` between two instruments.
pub(super) const SCATTER: f64 = 0.4;
/// Degrees of freedom of Student's t: single ions deviate much.
const DEGREES: f64 = 4.0;
/// Share of the ions that count as independent: what changes one fragment changes its neighbours.
pub(super) const EFFECTIVE: f64 = 0.35;

/// `(v + 1) / 2 ln(1 + y^2 / (v s^2))`: the negative logarithm of Student's t but for a constant, with
/// `v` = 4 degrees of freedom and scale `s` = 0.4.
pub(super) fn cost(deviation: f64) -> f64 {
    (DEGREES + 1.0) / 2.0 * (deviation * deviation / (DEGREES * SCATTER * SCATTER)).ln_1p()
}

/// Weight of a deviation in the iterated least squares that minimise [`cost`].
pub(super) fn weight(deviation: f64) -> f64 {
    let scaled = deviation / SCATTER;
    (DEGREES + 1.0) / (DEGREES + scaled * scaled) / (SCATTER * SCATTER)
}

/// [`cost`] to about six digits, for the many comparisons that only choose what is looked at closely.
#[inline]
pub(super) fn quick_cost(deviation: f32) -> f32 {
    const SCALE: f32 = 1.0 / (DEGREES * SCATTER * SCATTER) as f32;
    const HALF: f32 = ((DEGREES + 1.0) / 2.0) as f32;
    HALF * quick_ln(1.0 + deviation * deviation * SCALE)
}

/// Natural logarithm of a positive normal number to about six digits: exponent from the bits, and
/// `2 artanh((m - 1) / (m + 1))` of the mantissa as a series.
#[inline]
pub(super) fn quick_ln(x: f32) -> f32 {
    let bits = x.to_bits();
    // The mantissa is brought between sqrt(1/2) and sqrt(2).
    let shifted = bits.wrapping_add(0x3f80_0000 - 0x3f35_04f3);
    let exponent = (shifted >> 23) as i32 - 127;
    let mantissa = f32::from_bits((shifted & 0x007f_ffff) + 0x3f35_04f3);
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let s2 = s * s;
    let series = 2.0 * s * (1.0 + s2 * (1.0 / 3.0 + s2 * (0.2 + s2 * (1.0 / 7.0))));
    exponent as f32 * std::f32::consts::LN_2 + series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quick_logarithms_are_logarithms() {
        for power in -60..60 {
            for step in 0..50 {
                let x = (1.0 + step as f32 / 50.0) * 2f32.powi(power);
                let error = f64::from(quick_ln(x)) - f64::from(x).ln();
                assert!(
                    error.abs() < 2e-6 * f64::from(power.abs().max(1)),
                    "{x} {error}"
                );
            }
        }
    }

    #[test]
    fn costs_by_hand() {
        assert_eq!(cost(0.0), 0.0);
        // y^2 = 4 s^2: 2.5 ln 2.
        assert!((cost(0.8) - 2.5 * 2f64.ln()).abs() < 1e-12);
        assert!((f64::from(quick_cost(-0.8)) - 2.5 * 2f64.ln()).abs() < 1e-5);
        // The slope of the cost is weight times deviation.
        let slope = (cost(0.5 + 1e-6) - cost(0.5 - 1e-6)) / 2e-6;
        assert!((slope - 0.5 * weight(0.5)).abs() < 1e-6);
    }
}
