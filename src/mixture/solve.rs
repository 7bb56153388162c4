//! Small systems of equations: a handful of unknowns, so nothing clever.

/// Largest number of unknowns of [`non_negative`]: all subsets are tried.
const MOST: usize = 10;

/// Solves `square * x = right` by elimination with pivots; `None` where it is singular.
pub(crate) fn solve(mut square: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let n = right.len();
    let scale = square.iter().flatten().fold(0.0_f64, |m, v| m.max(v.abs()));
    for column in 0..n {
        let pivot = (column..n).max_by(|a, b| {
            square[*a][column]
                .abs()
                .total_cmp(&square[*b][column].abs())
        })?;
        let largest = square[pivot][column];
        if largest.is_nan() || largest.abs() <= 1e-12 * scale {
            return None;
        }
        square.swap(column, pivot);
        right.swap(column, pivot);
        let (above, below) = square.split_at_mut(column + 1);
        let pivot = &above[column];
        let (done, left) = right.split_at_mut(column + 1);
        for (row, value) in below.iter_mut().zip(left) {
            let factor = row[column] / pivot[column];
            row.iter_mut()
                .zip(pivot)
                .skip(column)
                .for_each(|(r, p)| *r -= factor * p);
            *value -= factor * done[column];
        }
    }
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|j| square[row][j] * right[j]).sum();
        right[row] = (right[row] - known) / square[row][row];
    }
    right.iter().all(|v| v.is_finite()).then_some(right)
}

/// Non-negative `x` of least `x' gram x - 2 right' x`, and the gain `2 right' x - x' gram x`. Exact: all
/// subsets of at most [`MOST`] unknowns are tried; unknowns beyond stay 0.
pub(crate) fn non_negative(gram: &[Vec<f64>], right: &[f64]) -> (Vec<f64>, f64) {
    let n = right.len();
    let (mut best, mut gain) = (vec![0.0; n], 0.0);
    let ridge = 1e-9 * (0..n).map(|i| gram[i][i]).fold(0.0, f64::max);
    for chosen in 1_usize..1 << n.min(MOST) {
        let set: Vec<usize> = (0..n.min(MOST)).filter(|i| chosen >> i & 1 == 1).collect();
        let square = set
            .iter()
            .map(|i| {
                set.iter()
                    .map(|j| gram[*i][*j] + if i == j { ridge } else { 0.0 })
                    .collect()
            })
            .collect();
        let Some(x) = solve(square, set.iter().map(|i| right[*i]).collect()) else {
            continue;
        };
        if x.iter().any(|v| *v < 0.0) {
            continue;
        }
        let found: f64 = set.iter().zip(&x).map(|(i, v)| right[*i] * v).sum();
        if found > gain {
            gain = found;
            best = vec![0.0; n];
            set.iter().zip(x).for_each(|(i, v)| best[*i] = v);
        }
    }
    (best, gain)
}

/// Inverse of a small symmetric matrix; `None` where it is singular.
pub(crate) fn inverse(square: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let n = square.len();
    let unit = |i: usize| (0..n).map(|j| if i == j { 1.0 } else { 0.0 }).collect();
    (0..n).map(|i| solve(square.to_vec(), unit(i))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_equations_by_hand() {
        // 2x + y = 5, x + 3y = 10: x = 1, y = 3.
        let found = solve(vec![vec![2.0, 1.0], vec![1.0, 3.0]], vec![5.0, 10.0]).unwrap();
        assert!((found[0] - 1.0).abs() < 1e-12 && (found[1] - 3.0).abs() < 1e-12);
        // A zero in the first place needs the other row.
        assert_eq!(
            solve(vec![vec![0.0, 1.0], vec![1.0, 0.0]], vec![2.0, 3.0]),
            Some(vec![3.0, 2.0])
        );
        assert_eq!(
            solve(vec![vec![1.0, 1.0], vec![1.0, 1.0]], vec![1.0, 2.0]),
            None
        );
        assert_eq!(solve(vec![vec![f64::NAN]], vec![1.0]), None);
    }

    #[test]
    fn what_would_be_negative_is_left_out() {
        // Unbounded: x = (2, -1); with y >= 0: x = 1 by 1 x = 1... gain 1.
        let gram = vec![vec![1.0, 1.0], vec![1.0, 2.0]];
        let (x, gain) = non_negative(&gram, &[1.0, 0.0]);
        assert!((x[0] - 1.0).abs() < 1e-6 && x[1] == 0.0 && (gain - 1.0).abs() < 1e-6);
        assert_eq!(non_negative(&gram, &[-1.0, -1.0]), (vec![0.0, 0.0], 0.0));
        assert_eq!(non_negative(&[], &[]), (vec![], 0.0));
    }

    #[test]
    fn an_inverse_by_hand() {
        let found = inverse(&[vec![2.0, 0.0], vec![0.0, 4.0]]).unwrap();
        assert_eq!(found, [[0.5, 0.0], [0.0, 0.25]]);
    }
}
