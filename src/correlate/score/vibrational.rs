//! Hit quality indices of vibrational spectroscopy.

use super::dot;

/// Correlation HQI: the squared Pearson correlation of two curves,
/// `(q.r)^2 / ((q.q)(r.r))` with both mean-centred; 0 to 1. `None` where one is constant.
///
/// Definition: Lowry 2006, "Automated spectral searching in infrared, Raman and near-infrared
/// spectroscopy", doi:10.1002/0470027320.s4604; Rodriguez et al. 2011, doi:10.1021/ac1021366.
pub fn hqi(query: &[f64], reference: &[f64]) -> Option<f64> {
    Centred::of(query).hqi(&Centred::of(reference))
}

/// A curve less its mean, ready to be compared with several.
#[derive(Debug, Clone, PartialEq)]
pub struct Centred {
    values: Vec<f64>,
    power: f64,
}

impl Centred {
    /// Takes the mean off a curve.
    pub fn of(values: &[f64]) -> Self {
        let values = centred(values);
        Self {
            power: dot(&values, &values),
            values,
        }
    }

    /// [`hqi`] of two curves.
    pub fn hqi(&self, other: &Self) -> Option<f64> {
        let signal = self.power > 0.0 && other.power > 0.0;
        signal.then(|| dot(&self.values, &other.values).powi(2) / (self.power * other.power))
    }
}

/// First-derivative correlation: [`hqi`] of the first differences, which removes the influence of
/// a sloping baseline. `None` below two points or where one curve is a straight line.
pub fn first_derivative(query: &[f64], reference: &[f64]) -> Option<f64> {
    hqi(&differences(query), &differences(reference))
}

fn centred(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    values.iter().map(|v| v - mean).collect()
}

fn differences(values: &[f64]) -> Vec<f64> {
    values.windows(2).map(|w| w[1] - w[0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn hqi_by_hand() {
        // q - mean = -1.5 -0.5 0.5 1.5, r - mean = -1 -1 1 1: q.r = 4, q.q = 5, r.r = 4 -> 16/20.
        let value = hqi(&[1.0, 2.0, 3.0, 4.0], &[0.0, 0.0, 2.0, 2.0]).unwrap();
        assert_relative_eq!(value, 0.8, epsilon = 1e-12);
        // A negative correlation squares to the same value: that is the definition.
        let value = hqi(&[1.0, 2.0, 3.0, 4.0], &[2.0, 2.0, 0.0, 0.0]).unwrap();
        assert_relative_eq!(value, 0.8, epsilon = 1e-12);
        assert_eq!(hqi(&[1.0, 1.0], &[1.0, 2.0]), None);
    }

    #[test]
    fn derivative_ignores_an_offset_and_slope() {
        let r = [0.0, 1.0, 4.0, 1.0, 0.0];
        let q: Vec<f64> = r
            .iter()
            .enumerate()
            .map(|(i, v)| v + 7.0 + 3.0 * i as f64)
            .collect();
        assert_relative_eq!(first_derivative(&q, &r).unwrap(), 1.0, epsilon = 1e-12);
    }
}
