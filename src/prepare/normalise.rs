//! Normalisations of a signal.

/// Standard normal variate: mean 0 and standard deviation 1 (n - 1 in the denominator; Barnes et
/// al. 1989, doi:10.1366/0003702894202201). A constant signal becomes zeros.
pub fn snv(values: &mut [f64]) {
    let n = values.len();
    if n < 2 {
        return;
    }
    let mean = values.iter().sum::<f64>() / n as f64;
    values.iter_mut().for_each(|v| *v -= mean);
    let deviation = (values.iter().map(|v| v * v).sum::<f64>() / (n - 1) as f64).sqrt();
    if deviation > 0.0 {
        values.iter_mut().for_each(|v| *v /= deviation);
    }
}

/// The sign of each value times its absolute value to the power `exponent`.
pub fn power(values: &mut [f64], exponent: f64) {
    values
        .iter_mut()
        .for_each(|v| *v = v.abs().powf(exponent).copysign(*v));
}

/// Vector normalisation: Euclidean norm 1. A signal of zeros stays so.
pub fn unit_norm(values: &mut [f64]) {
    let norm = values.iter().map(|v| v * v).sum::<f64>().sqrt();
    if norm > 0.0 {
        values.iter_mut().for_each(|v| *v /= norm);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn snv_and_norm_by_hand() {
        let mut v = [1.0, 2.0, 3.0];
        snv(&mut v);
        assert_eq!(v, [-1.0, 0.0, 1.0]);
        let mut v = [3.0, 4.0];
        unit_norm(&mut v);
        assert_relative_eq!(v[0], 0.6);
        let mut zeros = [0.0; 3];
        unit_norm(&mut zeros);
        snv(&mut zeros);
        assert_eq!(zeros, [0.0; 3]);
    }
}
