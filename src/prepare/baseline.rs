//! Baselines: SNIP and arPLS.

/// Baseline by statistics-sensitive non-linear iterative peak clipping, clipping window decreasing
/// from `half_width` points to 1 (Ryan et al. 1988, doi:10.1016/0168-583X(88)90063-8;
/// decreasing window: Morháč & Matoušek 2008, doi:10.1366/000370208783412762). Without the
/// log-log-square-root transform, because ordinates may be negative.
///
/// At the ends the window shrinks to what is there.
pub fn snip(values: &[f64], half_width: usize) -> Vec<f64> {
    let mut base = values.to_vec();
    let mut next = base.clone();
    let n = base.len();
    for p in (1..=half_width.min(n.saturating_sub(1) / 2)).rev() {
        for i in p..n - p {
            next[i] = base[i].min((base[i - p] + base[i + p]) / 2.0);
        }
        base.copy_from_slice(&next);
    }
    base
}

/// Baseline by asymmetrically reweighted penalised least squares
/// (Baek, Park, Ahn & Choo 2015, doi:10.1039/c4an01061b).
///
/// Minimises `sum w (y - z)^2 + lambda * sum (second difference of z)^2`; points above the
/// baseline lose weight by a logistic function of their distance in standard deviations of the
/// points below it. Ends when the weights change by less than 0.1 %.
pub fn arpls(values: &[f64], lambda: f64, iterations: usize) -> Vec<f64> {
    let mut weights = vec![1.0; values.len()];
    let mut base = values.to_vec();
    if values.len() < 3 {
        return base;
    }
    for _ in 0..iterations {
        base = whittaker(values, &weights, lambda);
        let below: Vec<f64> = values
            .iter()
            .zip(&base)
            .map(|(y, z)| y - z)
            .filter(|d| *d < 0.0)
            .collect();
        if below.is_empty() {
            break;
        }
        let mean = below.iter().sum::<f64>() / below.len() as f64;
        let variance = below.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / below.len() as f64;
        let deviation = variance.sqrt().max(f64::MIN_POSITIVE);
        let (mut change, mut total) = (0.0, 0.0);
        for ((w, y), z) in weights.iter_mut().zip(values).zip(&base) {
            let exponent = 2.0 * ((y - z) - (2.0 * deviation - mean)) / deviation;
            let new = 1.0 / (1.0 + exponent.clamp(-700.0, 700.0).exp());
            change += (*w - new).powi(2);
            total += *w * *w;
            *w = new;
        }
        if change < 1e-6 * total {
            break;
        }
    }
    base
}

/// Whittaker smoother: solves `(W + lambda D'D) z = W y` with second differences `D`, a symmetric
/// matrix of five diagonals, by LDL' decomposition in linear time (Eilers 2003, doi:10.1021/ac034173t).
fn whittaker(y: &[f64], w: &[f64], lambda: f64) -> Vec<f64> {
    let n = y.len();
    // Diagonals of D'D: 1 5 6 ... 6 5 1, -2 -4 ... -4 -2, 1 ... 1 (for n = 3 and 4 the interior overlaps).
    let diagonal = |i: usize| -> f64 {
        let in_row = |k: usize, c: f64| if i >= k && i - k + 2 < n { c } else { 0.0 };
        in_row(0, 1.0) + in_row(1, 4.0) + in_row(2, 1.0)
    };
    let off_one = |i: usize| -> f64 {
        let mut sum = 0.0;
        if i + 2 < n {
            sum -= 2.0;
        }
        if i >= 1 && i + 1 < n {
            sum -= 2.0;
        }
        sum
    };
    let zeros = vec![0.0_f64; n];
    let (mut d, mut l1, mut l2, mut z) = (zeros.clone(), zeros.clone(), zeros.clone(), zeros);
    for i in 0..n {
        let mut pivot = w[i] + lambda * diagonal(i);
        let mut right = w[i] * y[i];
        let mut first = lambda * off_one(i);
        if i >= 1 {
            pivot -= l1[i - 1].powi(2) * d[i - 1];
            first -= l1[i - 1] * l2[i - 1] * d[i - 1];
            right -= l1[i - 1] * z[i - 1];
        }
        if i >= 2 {
            pivot -= l2[i - 2].powi(2) * d[i - 2];
            right -= l2[i - 2] * z[i - 2];
        }
        // A pivot can only vanish where all weights around it did; keep the division defined.
        d[i] = pivot.max(f64::MIN_POSITIVE);
        l1[i] = first / d[i];
        l2[i] = if i + 2 < n { lambda / d[i] } else { 0.0 };
        z[i] = right;
    }
    for i in (0..n).rev() {
        z[i] /= d[i];
        if i + 1 < n {
            z[i] -= l1[i] * z[i + 1];
        }
        if i + 2 < n {
            z[i] -= l2[i] * z[i + 2];
        }
    }
    z
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn band_on_slope() -> (Vec<f64>, Vec<f64>) {
        let slope: Vec<f64> = (0..400).map(|i| 5.0 + 0.01 * f64::from(i)).collect();
        let y = slope
            .iter()
            .enumerate()
            .map(|(i, s)| s + 10.0 * (-((i as f64 - 200.0) / 6.0).powi(2)).exp())
            .collect();
        (slope, y)
    }

    #[test]
    fn both_find_the_slope_under_a_band() {
        let (slope, y) = band_on_slope();
        for base in [snip(&y, 40), arpls(&y, 1e5, 50)] {
            for (b, s) in base.iter().zip(&slope) {
                assert!((b - s).abs() < 0.35, "{b} against {s}");
            }
        }
    }

    #[test]
    fn whittaker_solves_its_equations() {
        // Check the residual of (W + lambda D'D) z = W y with D'D applied by definition.
        let y = [1.0, 4.0, 2.0, 8.0, 5.0, 7.0, 1.0];
        let w = [1.0, 0.5, 0.1, 1.0, 0.9, 0.2, 1.0];
        let lambda = 10.0;
        let z = whittaker(&y, &w, lambda);
        let mut left: Vec<f64> = z.iter().zip(&w).map(|(z, w)| z * w).collect();
        for i in 0..y.len() - 2 {
            let second = z[i] - 2.0 * z[i + 1] + z[i + 2];
            left[i] += lambda * second;
            left[i + 1] -= 2.0 * lambda * second;
            left[i + 2] += lambda * second;
        }
        for i in 0..y.len() {
            assert_relative_eq!(left[i], w[i] * y[i], epsilon = 1e-9);
        }
    }

    #[test]
    fn short_and_flat_input_is_left_alone() {
        assert_eq!(snip(&[], 5), Vec::<f64>::new());
        assert_eq!(snip(&[1.0, 2.0], 5), [1.0, 2.0]);
        assert_eq!(arpls(&[3.0, 1.0], 1e5, 5), [3.0, 1.0]);
        for b in arpls(&[2.0; 50], 1e5, 5) {
            assert_relative_eq!(b, 2.0, epsilon = 1e-6);
        }
    }
}
