//! Scores of mass spectra on the unit-mass axis: slices whose index is m/z, values abundances.

use super::dot;

/// Cosine of square-rooted abundances, 0 to 1: `sum sqrt(q r) / sqrt(sum q  sum r)`.
pub fn cosine(query: &[f64], reference: &[f64]) -> f64 {
    let total = query.iter().sum::<f64>() * reference.iter().sum::<f64>();
    let product: f64 = query
        .iter()
        .zip(reference)
        .map(|(q, r)| (q * r).sqrt())
        .sum();
    if total > 0.0 {
        product / total.sqrt()
    } else {
        0.0
    }
}

/// Weighted dot product `F_D = (sum W_q W_r)^2 / (sum W_q^2  sum W_r^2)` with
/// `W = abundance^abundance_power * (m/z)^mass_power`, 0 to 1
/// (Stein & Scott 1994, doi:10.1016/1044-0305(94)87009-8).
pub fn weighted_dot(
    query: &[f64],
    reference: &[f64],
    abundance_power: f64,
    mass_power: f64,
) -> f64 {
    let weigh = |values: &[f64]| -> Vec<f64> {
        (0..)
            .zip(values)
            .map(|(mz, a)| match *a > 0.0 {
                true => a.powf(abundance_power) * f64::from(mz).powf(mass_power),
                false => 0.0,
            })
            .collect()
    };
    let (q, r) = (weigh(query), weigh(reference));
    let norm = dot(&q, &q) * dot(&r, &r);
    if norm > 0.0 {
        dot(&q, &r).powi(2) / norm
    } else {
        0.0
    }
}

/// Composite of Stein & Scott 1994: `(N_q F_D + N_c F_R) / (N_q + N_c)`, 0 to 1.
///
/// `F_D` is the weighted dot product with abundance^0.6 (m/z)^3; `N_q` counts the query's ions and
/// `N_c` the ions in common. The ratio term over neighbouring common ions `i-1, i` is
/// `F_R = 1/N_c  sum (r_i/r_{i-1} * q_{i-1}/q_i)^n` with `n = 1` or `-1` so that no term exceeds 1,
/// in unweighted abundances; the sum has `N_c - 1` terms.
pub fn stein_scott(query: &[f64], reference: &[f64]) -> f64 {
    let in_query = query.iter().filter(|q| **q > 0.0).count() as f64;
    let common: Vec<(f64, f64)> = query
        .iter()
        .zip(reference)
        .filter(|(q, r)| **q > 0.0 && **r > 0.0)
        .map(|(q, r)| (*q, *r))
        .collect();
    let n = common.len() as f64;
    if common.is_empty() {
        return 0.0;
    }
    let ratios: f64 = common
        .windows(2)
        .map(|w| (w[1].1 / w[0].1) * (w[0].0 / w[1].0))
        .map(|ratio| ratio.min(1.0 / ratio))
        .sum();
    (in_query * weighted_dot(query, reference, 0.6, 3.0) + ratios) / (in_query + n)
}

/// Match factor, 0 to 999: `999 F_D` with `W = sqrt(abundance) * m/z`, as users know it from NIST's
/// program (whose own weights are not published in full, so figures agree in size, not to the digit).
pub fn match_factor(query: &[f64], reference: &[f64]) -> f64 {
    999.0 * weighted_dot(query, reference, 0.5, 1.0)
}

/// Reverse match factor, 0 to 999: [`match_factor`] without the query's ions that the reference
/// lacks, for a query that is a mixture.
pub fn reverse_match_factor(query: &[f64], reference: &[f64]) -> f64 {
    let kept: Vec<f64> = query
        .iter()
        .zip(reference)
        .map(|(q, r)| if *r > 0.0 { *q } else { 0.0 })
        .collect();
    match_factor(&kept, reference)
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn spectrum(ions: &[(usize, f64)]) -> Vec<f64> {
        let mut values = vec![0.0; 200];
        for (mz, a) in ions {
            values[*mz] = *a;
        }
        values
    }

    #[test]
    fn cosine_by_hand() {
        // sqrt: q = 10 0 5, r = 10 4 0 -> 100 / (sqrt(125) sqrt(116)) = 0.83045
        let q = spectrum(&[(50, 100.0), (60, 25.0)]);
        let r = spectrum(&[(50, 100.0), (55, 16.0)]);
        assert_relative_eq!(
            cosine(&q, &r),
            100.0 / (125.0_f64 * 116.0).sqrt(),
            epsilon = 1e-12
        );
        assert_eq!(cosine(&spectrum(&[]), &r), 0.0);
    }

    #[test]
    fn composite_by_hand() {
        // Common ions 50 and 100; q = 100 50, r = 100 25. Ratio 25/100 * 100/50 = 0.5, N_c = 2, N_q = 2.
        // W: q = 100^.6 50^3, 50^.6 100^3; r = 100^.6 50^3, 25^.6 100^3.
        let q = spectrum(&[(50, 100.0), (100, 50.0)]);
        let r = spectrum(&[(50, 100.0), (100, 25.0)]);
        let (a, b, c) = (
            100f64.powf(0.6) * 125e3,
            50f64.powf(0.6) * 1e6,
            25f64.powf(0.6) * 1e6,
        );
        let dot = (a * a + b * c).powi(2) / ((a * a + b * b) * (a * a + c * c));
        assert_relative_eq!(
            stein_scott(&q, &r),
            (2.0 * dot + 0.5) / 4.0,
            epsilon = 1e-12
        );
    }

    #[test]
    fn reverse_match_ignores_foreign_ions() {
        let r = spectrum(&[(58, 100.0), (91, 40.0)]);
        let q = spectrum(&[(58, 100.0), (91, 40.0), (149, 300.0)]);
        assert_relative_eq!(reverse_match_factor(&q, &r), 999.0, epsilon = 1e-9);
        assert!(match_factor(&q, &r) < 300.0);
    }
}
