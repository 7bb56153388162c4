//! The query of a mixture analysis: its intensities, how far each may be off, and its background.

use super::linear::{noise, sharpened, slope};
use crate::correlate::dot;
use crate::prepare::gaussian;

/// Part of an intensity by which two instruments differ.
const RELATIVE: f64 = 0.08;
/// Error of the axis within the compared window, points, beside the shift that is fitted.
const AXIS: f64 = 0.25;
/// Error that baselines leave everywhere, as part of the strongest band.
const FLOOR: f64 = 0.02;
/// Points over which the weight rises at both ends: baselines are least certain there.
const EDGE: f64 = 30.0;
/// Terms of the polynomial that is free: a cubic.
const TERMS: usize = 4;

/// A query on a window of the grid.
#[derive(Debug, Clone)]
pub(super) struct Observed {
    /// First grid index of the window.
    pub(super) start: usize,
    /// Intensities, strongest 1.
    pub(super) values: Vec<f64>,
    /// Points of the running mean that is taken from every curve.
    broad: usize,
    /// Noise, in the same unit.
    pub(super) noise: f64,
    /// One over the standard error of each intensity.
    pub(super) weight: Vec<f64>,
    /// Shapes of the background, weighted, orthonormal.
    background: Vec<Vec<f64>>,
    /// The query as a column.
    pub(super) query: Column,
}

/// A curve of the window in the metric of the fit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// Intensities.
    pub(super) plain: Vec<f64>,
    /// Weighted intensities.
    pub(super) weighted: Vec<f64>,
    /// Its products with the shapes of the background.
    along: Vec<f64>,
}

impl Column {
    /// Inner product of what the background leaves of two curves.
    pub(super) fn inner(&self, other: &Self) -> f64 {
        let along: f64 = self
            .along
            .iter()
            .zip(&other.along)
            .map(|(a, b)| a * b)
            .sum();
        dot(&self.weighted, &other.weighted) - along
    }
}

impl Observed {
    /// The query's intensities `values` at grid indices from `start` on; `None` where they are too few
    /// or without signal.
    ///
    /// The standard error of an intensity `q` is
    /// `sqrt((1.5 noise)² + FLOOR² + (RELATIVE q)² + (AXIS q')²)`: noise, what baselines leave, what
    /// instruments' sensitivities differ by, and what a small error of the axis does on a band's flank. The
    /// background is a cubic of any size.
    pub(super) fn new(start: usize, values: &[f64], broad: usize) -> Option<Self> {
        let n = values.len();
        let most = values.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
        if n < 64 || !(most > 0.0 && most.is_finite()) {
            return None;
        }
        let values: Vec<f64> = values.iter().map(|v| v / most).collect();
        let noise = noise(&values).max(1e-4);
        let calm = match noise > 0.005 {
            true => gaussian(&values, 1.5),
            false => values.clone(),
        };
        let weight: Vec<f64> = calm
            .iter()
            .zip(slope(&calm))
            .map(|(q, d)| {
                let parts = [1.5 * noise, FLOOR, RELATIVE * q, AXIS * d];
                1.0 / parts.iter().map(|p| p * p).sum::<f64>().sqrt()
            })
            .enumerate()
            .map(|(i, weight)| weight * (i.min(n - 1 - i) as f64 / EDGE).min(1.0))
            .collect();
        let mut observed = Self {
            start,
            values: Vec::new(),
            broad,
            noise,
            background: background(&weight),
            weight,
            query: Column {
                plain: Vec::new(),
                weighted: Vec::new(),
                along: Vec::new(),
            },
        };
        observed.query = observed.column(values.clone());
        observed.values = values;
        let own = observed.query.inner(&observed.query);
        (own > 0.0).then_some(observed)
    }

    /// Number of points.
    pub(super) fn len(&self) -> usize {
        self.weight.len()
    }

    /// A curve in the metric of the fit.
    pub(super) fn column(&self, plain: Vec<f64>) -> Column {
        let mut weighted = sharpened(&plain, self.broad);
        weighted
            .iter_mut()
            .zip(&self.weight)
            .for_each(|(v, w)| *v *= w);
        let along = self.background.iter().map(|b| dot(b, &weighted)).collect();
        Column {
            plain,
            weighted,
            along,
        }
    }

    /// What the background leaves of weighted values, weighted once more: its product with a curve is the
    /// curve's inner product with them.
    pub(super) fn dual(&self, weighted: &[f64]) -> Vec<f64> {
        let mut left = weighted.to_vec();
        for shape in &self.background {
            let size = dot(shape, weighted);
            left.iter_mut().zip(shape).for_each(|(l, s)| *l -= size * s);
        }
        left.iter_mut().zip(&self.weight).for_each(|(l, w)| *l *= w);
        // The mean is taken alike from both sides, so that its adjoint is itself.
        sharpened(&left, self.broad)
    }
}

/// The weighted powers of the place in the window, orthonormal by Gram and Schmidt.
fn background(weight: &[f64]) -> Vec<Vec<f64>> {
    let last = weight.len().saturating_sub(1).max(1) as f64;
    let mut shapes: Vec<Vec<f64>> = Vec::with_capacity(TERMS);
    for power in 0..TERMS {
        let value = |(i, w): (usize, &f64)| w * (2.0 * i as f64 / last - 1.0).powi(power as i32);
        let mut shape: Vec<f64> = weight.iter().enumerate().map(value).collect();
        for other in &shapes {
            let share = dot(&shape, other);
            shape
                .iter_mut()
                .zip(other)
                .for_each(|(s, o)| *s -= share * o);
        }
        let norm = dot(&shape, &shape).sqrt();
        if norm > 0.0 {
            shape.iter_mut().for_each(|s| *s /= norm);
            shapes.push(shape);
        }
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands(places: &[(f64, f64)]) -> Vec<f64> {
        (0..400)
            .map(|i| {
                places
                    .iter()
                    .map(|(c, h)| h * (-0.5 * ((f64::from(i) - c) / 4.0).powi(2)).exp())
                    .sum()
            })
            .collect()
    }

    #[test]
    fn a_cubic_background_is_no_signal() {
        let curve = bands(&[(100.0, 1.0), (300.0, 0.4)]);
        let observed = Observed::new(0, &curve, 0).unwrap();
        let own = observed.query.inner(&observed.query);
        let cubic: Vec<f64> = (0..400)
            .map(|i| f64::from(i) / 400.0)
            .map(|x| 1.0 + 3.0 * x - 2.0 * x.powi(3))
            .collect();
        let cubic = observed.column(cubic);
        assert!(cubic.inner(&cubic).abs() < 1e-9 * dot(&cubic.weighted, &cubic.weighted));
        assert!(own > 0.0 && cubic.inner(&observed.query).abs() < 1e-6 * own);
    }

    #[test]
    fn the_dual_gives_inner_products() {
        let observed = Observed::new(0, &bands(&[(100.0, 1.0), (300.0, 0.4)]), 18).unwrap();
        let other = observed.column(bands(&[(200.0, 1.0), (300.0, 0.1)]));
        let dual = observed.dual(&observed.query.weighted);
        let found = dot(&dual, &other.plain);
        assert!((found - other.inner(&observed.query)).abs() < 1e-6 * found.abs());
    }

    #[test]
    fn nothing_to_observe() {
        assert!(Observed::new(0, &[0.0; 400], 18).is_none());
        assert!(Observed::new(0, &[1.0; 400], 0).is_none_or(|o| o.query.inner(&o.query) < 1e-3));
        assert!(Observed::new(0, &[f64::NAN; 400], 18).is_none());
        assert!(Observed::new(0, &[1.0; 10], 18).is_none());
    }
}
