//! Non-negative least squares for a few unknowns.

/// Most unknowns.
pub(super) const MOST: usize = 8;

/// The `x >= 0` that minimises `|A x - b|` from `gram = A'A` (by rows) and `rhs = A'b`: the active-set
/// algorithm of Lawson & Hanson (Solving Least Squares Problems, 1974, chapter 23). `rhs.len()` unknowns, at
/// most [`MOST`]; those beyond are 0.
pub(super) fn nnls(gram: &[f64], rhs: &[f64]) -> [f64; MOST] {
    let n = rhs.len().min(MOST);
    let row = rhs.len();
    let mut x = [0.0; MOST];
    let mut free = [false; MOST];
    let small = 1e-12 * rhs.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
    // Each round frees one unknown; a few returns are normal, cycling is not.
    for _ in 0..3 * MOST {
        let gradient = |j: usize| {
            let sum: f64 = (0..n).map(|k| gram[j * row + k] * x[k]).sum();
            rhs[j] - sum
        };
        let next = (0..n)
            .filter(|j| !free[*j])
            .map(|j| (j, gradient(j)))
            .filter(|(_, g)| *g > small)
            .max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((next, _)) = next else { break };
        free[next] = true;
        for _ in 0..=n {
            // Those before are the solution where the next depends on them.
            let Some(z) = solve(gram, rhs, &free, n) else {
                return x;
            };
            // As far towards the solution as nothing becomes negative.
            let step = (0..n)
                .filter(|j| free[*j] && z[*j] <= 0.0)
                .map(|j| x[j] / (x[j] - z[j]))
                .fold(1.0_f64, f64::min);
            let step = if step.is_finite() { step } else { 0.0 };
            for j in 0..n {
                x[j] += step * (z[j] - x[j]);
            }
            if (0..n).all(|j| !free[j] || z[j] > 0.0) {
                break;
            }
            for j in 0..n {
                if free[j] && x[j] <= small {
                    free[j] = false;
                    x[j] = 0.0;
                }
            }
        }
    }
    x
}

/// The least-squares solution for the free unknowns, others 0; `None` where they are not independent.
pub(super) fn solve(
    gram: &[f64],
    rhs: &[f64],
    free: &[bool; MOST],
    n: usize,
) -> Option<[f64; MOST]> {
    let row = rhs.len();
    let chosen: Vec<usize> = (0..n).filter(|j| free[*j]).collect();
    let m = chosen.len();
    let mut a = [[0.0; MOST + 1]; MOST];
    for (i, p) in chosen.iter().enumerate() {
        for (k, q) in chosen.iter().enumerate() {
            a[i][k] = gram[p * row + q];
        }
        a[i][m] = rhs[*p];
    }
    for i in 0..m {
        let pivot = (i..m).max_by(|p, q| a[*p][i].abs().total_cmp(&a[*q][i].abs()))?;
        a.swap(i, pivot);
        let scale = gram[chosen[i] * row + chosen[i]].abs();
        if a[i][i].abs() <= 1e-9 * scale || !a[i][i].is_finite() {
            return None;
        }
        let above = a[i];
        for below in a.iter_mut().take(m).skip(i + 1) {
            let factor = below[i] / above[i];
            for (value, pivot) in below.iter_mut().zip(&above).skip(i).take(m + 1 - i) {
                *value -= factor * pivot;
            }
        }
    }
    let mut z = [0.0; MOST];
    for i in (0..m).rev() {
        let known: f64 = (i + 1..m).map(|k| a[i][k] * z[chosen[k]]).sum();
        z[chosen[i]] = (a[i][m] - known) / a[i][i];
    }
    Some(z)
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn a_negative_unknown_becomes_zero() {
        // min (x - 3)^2 + (x + y - 2)^2: free solution x = 3, y = -1; with y >= 0: 2x = 5, x = 2.5.
        let (gram, rhs) = ([2.0, 1.0, 1.0, 1.0], [5.0, 2.0]);
        let x = nnls(&gram, &rhs);
        assert_relative_eq!(x[0], 2.5, epsilon = 1e-12);
        assert_eq!(x[1], 0.0);
        // (x + y - 2) -> (x + y - 4): x = 3, y = 1.
        let x = nnls(&gram, &[7.0, 4.0]);
        assert_relative_eq!(x[0], 3.0, epsilon = 1e-12);
        assert_relative_eq!(x[1], 1.0, epsilon = 1e-12);
    }

    #[test]
    fn what_cannot_be_solved_gives_numbers() {
        assert_eq!(nnls(&[], &[]), [0.0; MOST]);
        assert_eq!(nnls(&[0.0], &[0.0]), [0.0; MOST]);
        let x = nnls(&[1.0, 1.0, 1.0, 1.0], &[1.0, 1.0]);
        assert!(x.iter().all(|v| v.is_finite()) && (x[0] + x[1] - 1.0).abs() < 1e-9);
    }
}
