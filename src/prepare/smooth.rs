//! Savitzky-Golay smoothing and derivatives.

/// Least-squares polynomial smoothing of evenly spaced values (Savitzky & Golay 1964,
/// doi:10.1021/ac60214a047), or its derivative per grid point.
///
/// `window` is made odd and at least `degree + 1`; near the ends the polynomial of the first or
/// last full window is evaluated. Too few values are returned unchanged (derivative 0) or as zeros.
pub fn savitzky_golay(values: &[f64], window: usize, degree: usize, derivative: usize) -> Vec<f64> {
    let window = (window | 1).max((degree + 1) | 1);
    let n = values.len();
    if n < window {
        return match derivative {
            0 => values.to_vec(),
            _ => vec![0.0; n],
        };
    }
    let half = window / 2;
    let filters: Vec<Vec<f64>> = (0..window)
        .map(|at| weights(window, degree, derivative, at as f64 - half as f64))
        .collect();
    (0..n)
        .map(|i| {
            let start = i.saturating_sub(half).min(n - window);
            let filter = &filters[i - start];
            filter
                .iter()
                .zip(&values[start..])
                .map(|(w, v)| w * v)
                .sum()
        })
        .collect()
}

/// Filter weights that give the `derivative`-th derivative at `at` points from the window's centre
/// of the polynomial of `degree` fitted to the window.
fn weights(window: usize, degree: usize, derivative: usize, at: f64) -> Vec<f64> {
    let half = (window / 2) as f64;
    // Offsets scaled to -1..1 keep the normal equations well conditioned.
    let scale = half.max(1.0);
    let t: Vec<f64> = (0..window).map(|i| (i as f64 - half) / scale).collect();
    let terms = degree + 1;
    let mut normal = vec![vec![0.0; terms]; terms];
    for (r, row) in normal.iter_mut().enumerate() {
        for (c, cell) in row.iter_mut().enumerate() {
            *cell = t.iter().map(|t| t.powi((r + c) as i32)).sum();
        }
    }
    // d^k/dt^k of t^p at `at`, as the right-hand side.
    let at = at / scale;
    let right: Vec<f64> = (0..terms)
        .map(|p| {
            if p < derivative {
                return 0.0;
            }
            let falling: f64 = (p - derivative + 1..=p).map(|f| f as f64).product();
            falling * at.powi((p - derivative) as i32) / scale.powi(derivative as i32)
        })
        .collect();
    let coefficients = solve(normal, right);
    t.iter()
        .map(|t| {
            coefficients
                .iter()
                .enumerate()
                .map(|(p, c)| c * t.powi(p as i32))
                .sum()
        })
        .collect()
}

/// Solves a small symmetric positive definite system by Gauss elimination with pivoting.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for k in 0..n {
        let pivot = (k..n)
            .max_by(|a, b| matrix[*a][k].abs().total_cmp(&matrix[*b][k].abs()))
            .unwrap_or(k);
        matrix.swap(k, pivot);
        right.swap(k, pivot);
        let (above, below) = matrix.split_at_mut(k + 1);
        for (row, cells) in (k + 1..n).zip(below) {
            let factor = cells[k] / above[k][k];
            cells
                .iter_mut()
                .zip(&above[k])
                .for_each(|(c, p)| *c -= factor * p);
            right[row] -= factor * right[k];
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|c| matrix[k][c] * right[c]).sum();
        right[k] = (right[k] - known) / matrix[k][k];
    }
    right
}

/// Gaussian smoothing, standard deviation `width` in points, cut at three of them; the ends are mirrored. Curves
/// shorter than that, and a width of 0 or less, are left as they are.
pub fn gaussian(values: &[f64], width: f64) -> Vec<f64> {
    let reach = (3.0 * width).ceil() as usize;
    let n = values.len();
    if width <= 0.0 || n <= reach {
        return values.to_vec();
    }
    let mut kernel: Vec<f64> = (0..=reach)
        .map(|i| (-0.5 * (i as f64 / width).powi(2)).exp())
        .collect();
    let total = kernel[0] + 2.0 * kernel[1..].iter().sum::<f64>();
    kernel.iter_mut().for_each(|k| *k /= total);
    let mut padded = Vec::with_capacity(n + 2 * reach);
    padded.extend(values[..reach].iter().rev());
    padded.extend_from_slice(values);
    padded.extend(values[n - reach..].iter().rev());
    let mut out: Vec<f64> = values.iter().map(|v| v * kernel[0]).collect();
    for (d, k) in kernel.iter().enumerate().skip(1) {
        let (left, right) = (&padded[reach - d..], &padded[reach + d..]);
        for ((slot, a), b) in out.iter_mut().zip(left).zip(right) {
            *slot += k * (a + b);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn weights_of_the_published_five_point_tables() {
        // Savitzky & Golay 1964, tables I and III: quadratic smoothing and first derivative.
        let smooth = weights(5, 2, 0, 0.0);
        for (w, published) in smooth.iter().zip([-3.0, 12.0, 17.0, 12.0, -3.0]) {
            assert_relative_eq!(*w, published / 35.0, epsilon = 1e-12);
        }
        let slope = weights(5, 2, 1, 0.0);
        for (w, published) in slope.iter().zip([-2.0, -1.0, 0.0, 1.0, 2.0]) {
            assert_relative_eq!(*w, published / 10.0, epsilon = 1e-12);
        }
    }

    #[test]
    fn a_parabola_and_its_slope_are_exact_to_the_ends() {
        let y: Vec<f64> = (0..20).map(|i| f64::from(i * i)).collect();
        for (i, (s, d)) in savitzky_golay(&y, 7, 2, 0)
            .iter()
            .zip(savitzky_golay(&y, 7, 2, 1))
            .enumerate()
        {
            assert_relative_eq!(*s, (i * i) as f64, epsilon = 1e-8);
            assert_relative_eq!(d, 2.0 * i as f64, epsilon = 1e-8);
        }
    }

    #[test]
    fn short_input() {
        assert_eq!(savitzky_golay(&[1.0, 5.0], 5, 2, 0), [1.0, 5.0]);
        assert_eq!(savitzky_golay(&[1.0, 5.0], 5, 2, 1), [0.0, 0.0]);
    }
}
