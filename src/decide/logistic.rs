//! Logistic regression with a ridge penalty, by Newton's method.

use crate::library::{Feature, logit};

/// Ridge on the weights of the standardised quantities.
const RIDGE: f64 = 3.0;
/// Newton steps; it converges in fewer than ten.
const STEPS: usize = 30;

/// A fitted model: logit = bias + sum weight (value - mean) / scale.
#[derive(Debug, Clone)]
pub(super) struct Model {
    pub features: Vec<Feature>,
    pub bias: f64,
}

impl Model {
    /// The logit at these quantities.
    pub fn logit(&self, values: &[f64]) -> f64 {
        logit(
            self.bias,
            self.features.iter().map(Feature::numbers).zip(values),
        )
    }
}

/// Fits `P(positive) = 1 / (1 + exp(-logit))` to rows of quantities, minimising the negative
/// log-likelihood plus `RIDGE / 2` times the squared weights. `None` without rows of both kinds.
pub(super) fn fit(names: &[&str], positive: &[Vec<f64>], negative: &[Vec<f64>]) -> Option<Model> {
    if positive.is_empty() || negative.is_empty() {
        return None;
    }
    let rows: Vec<(&Vec<f64>, f64)> = positive
        .iter()
        .map(|row| (row, 1.0))
        .chain(negative.iter().map(|row| (row, 0.0)))
        .collect();
    let n = rows.len() as f64;
    let mut features: Vec<Feature> = Vec::with_capacity(names.len());
    for (i, name) in names.iter().enumerate() {
        let mean = rows.iter().map(|(row, _)| row[i]).sum::<f64>() / n;
        let variance = rows
            .iter()
            .map(|(row, _)| (row[i] - mean).powi(2))
            .sum::<f64>()
            / n;
        features.push(Feature {
            name: (*name).to_owned(),
            mean,
            scale: if variance > 0.0 { variance.sqrt() } else { 1.0 },
            weight: 0.0,
        });
    }
    let size = features.len() + 1;
    let design: Vec<(Vec<f64>, f64)> = rows
        .into_iter()
        .map(|(row, y)| {
            let standard = features
                .iter()
                .zip(row)
                .map(|(f, v)| (v - f.mean) / f.scale);
            (std::iter::once(1.0).chain(standard).collect(), y)
        })
        .collect();
    let mut weights = vec![0.0; size];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().map(|w| -RIDGE * w).collect();
        let mut hessian = vec![vec![0.0; size]; size];
        gradient[0] = 0.0;
        for (i, row) in hessian.iter_mut().enumerate().skip(1) {
            row[i] = RIDGE;
        }
        for (x, y) in &design {
            let logit: f64 = x.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let p = 1.0 / (1.0 + (-logit).exp());
            let spread = (p * (1.0 - p)).max(1e-9);
            for i in 0..size {
                gradient[i] += (y - p) * x[i];
                for j in 0..=i {
                    hessian[i][j] += spread * x[i] * x[j];
                }
            }
        }
        let step = solve(hessian, gradient)?;
        // A step of at most 2 in each weight keeps separable data from running away.
        let largest = step.iter().fold(0.0_f64, |m, s| m.max(s.abs()));
        let damping = (2.0 / largest).min(1.0);
        for (w, s) in weights.iter_mut().zip(&step) {
            *w += damping * s;
        }
        if largest < 1e-8 {
            break;
        }
    }
    for (feature, weight) in features.iter_mut().zip(&weights[1..]) {
        feature.weight = *weight;
    }
    weights.iter().all(|w| w.is_finite()).then(|| Model {
        features,
        bias: weights[0],
    })
}

/// Solves a symmetric positive definite system, given by its lower triangle, by Cholesky's method.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Option<Vec<f64>> {
    let n = b.len();
    for i in 0..n {
        for j in 0..=i {
            let sum: f64 = a[i][j] - (0..j).map(|k| a[i][k] * a[j][k]).sum::<f64>();
            a[i][j] = match i == j {
                true if sum > 0.0 => sum.sqrt(),
                true => return None,
                false => sum / a[j][j],
            };
        }
    }
    for i in 0..n {
        let sum: f64 = (0..i).map(|k| a[i][k] * b[k]).sum();
        b[i] = (b[i] - sum) / a[i][i];
    }
    for i in (0..n).rev() {
        let sum: f64 = (i + 1..n).map(|k| a[k][i] * b[k]).sum();
        b[i] = (b[i] - sum) / a[i][i];
    }
    Some(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_by_two_system() {
        // 4x + 2y = 10, 2x + 3y = 9: x = 1.5, y = 2.
        let x = solve(vec![vec![4.0, 0.0], vec![2.0, 3.0]], vec![10.0, 9.0]).unwrap();
        assert!((x[0] - 1.5).abs() < 1e-12 && (x[1] - 2.0).abs() < 1e-12);
        assert!(solve(vec![vec![0.0]], vec![1.0]).is_none());
    }

    #[test]
    fn one_binary_quantity_gives_the_log_odds_ratio() {
        // 900 of 1000 positives and 100 of 1000 negatives have 1: log odds ratio 2 ln 9 = 4.394, which
        // the ridge lowers by about 3 * 2.2 / (2000 * 0.09) = 0.036 in the standardised weight, twice
        // that in the ratio.
        let rows = |ones: usize| -> Vec<Vec<f64>> {
            (0..1000)
                .map(|i| vec![f64::from(u8::from(i < ones))])
                .collect()
        };
        let model = fit(&["x"], &rows(900), &rows(100)).unwrap();
        let ratio = model.features[0].weight / model.features[0].scale;
        assert!((ratio - (2.0 * 9f64.ln() - 0.073)).abs() < 0.01, "{ratio}");
        assert!(fit(&["x"], &rows(3), &[]).is_none());
    }
}
