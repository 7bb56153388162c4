//! The slow error of an instrument's axis, found by windowed cross-correlation.
//!
//! # Definition
//! Query `q` and reference `r` are on one grid. The **axis curve** `a` is piecewise linear with a node
//! every [`Flexibility::spacing`] points; the query's point `i + a(i)` belongs to the reference's
//! point `i`, so that `a > 0` says that the query's axis reads too high there.
//!
//! 1. Around every node a Hann window of twice the spacing cuts the reference; the windows add up to
//!    one. One FFT product a window gives its squared difference to the query at every lag up to
//!    [`Flexibility::reach`] (`path.rs`). The path of least cost through the windows, by
//!    dynamic programming, is the first curve: an optimised warping (Nielsen et al. 1998,
//!    doi:10.1016/S0021-9673(98)00021-1) whose corrections are paid for.
//! 2. From that path, from the best single shift and from no error at all, Gauss-Newton steps find the smooth curve of least
//!    `E / (2 s²) + penalty`, where `E` is the squared difference of the scaled curves and `s²` is `E` over
//!    the number `n` of independent values (`fit.rs`).
//!
//! The **penalty** is the negative logarithm of a prior density: with `e² = mean(a²) / size² + sum of
//! (second differences)² / bend²` it is `(v + 1)/2 ln(1 + e²/v)`, a Student distribution with `v = 4`
//! degrees of freedom. An instrument in calibration has a small, nearly straight error; one out of
//! calibration can be far off, which a normal distribution would rule out.
//!
//! A correlation `c` found with a penalty `p` is worth less than it seems: at equal posterior density
//! it corresponds to the **charged** correlation `c'` with `1 - c'² = (1 - c²) exp(2 p / n)`.

mod banded;
mod fit;
mod path;
mod warped;

pub use fit::{Fit, Fitter};

use path::Windows;
use std::ops::Range;

/// Degrees of freedom of the prior.
const FREEDOM: f64 = 4.0;

/// How an axis may be wrong; lengths in grid points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flexibility {
    /// Distance of the nodes.
    pub spacing: usize,
    /// Largest error looked for.
    pub reach: usize,
    /// Usual size of the error (root mean square).
    pub size: f64,
    /// Usual change of the slope from node to node, times the spacing.
    pub bend: f64,
    /// Number `n` of independent values in a comparison.
    pub values: f64,
}

/// The error of an axis: `nodes[k]` points at grid index `(first + k) * spacing`.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisCurve {
    spacing: usize,
    first: usize,
    nodes: Vec<f64>,
}

impl AxisCurve {
    /// No error over `range`.
    fn zero(spacing: usize, range: &Range<usize>) -> Self {
        let spacing = spacing.max(1);
        let first = range.start / spacing;
        let last = range.end.saturating_sub(1) / spacing + 1;
        Self {
            spacing,
            first,
            nodes: vec![0.0; last.saturating_sub(first) + 1],
        }
    }

    /// The node left of a grid index and the share of the next one.
    fn place(&self, index: usize) -> (usize, f64) {
        let node = (index / self.spacing).max(self.first) - self.first;
        let node = node.min(self.nodes.len().saturating_sub(2));
        let left = (self.first + node) * self.spacing;
        (node, (index as f64 - left as f64) / self.spacing as f64)
    }

    /// Error at a grid index, in points.
    pub fn at(&self, index: usize) -> f64 {
        let (node, share) = self.place(index);
        self.between(node, share)
    }

    fn between(&self, node: usize, share: f64) -> f64 {
        let value = |k: usize| self.nodes.get(k).copied().unwrap_or(0.0);
        value(node) * (1.0 - share) + value(node + 1) * share
    }

    /// The parts of `range` that lie between two nodes: the left node and the part.
    fn pieces(&self, range: &Range<usize>) -> impl Iterator<Item = (usize, Range<usize>)> + use<> {
        let (end, spacing, first) = (range.end, self.spacing, self.first);
        let last = self.nodes.len().saturating_sub(2);
        let mut start = range.start;
        std::iter::from_fn(move || {
            (start < end).then(|| {
                let node = ((start / spacing).max(first) - first).min(last);
                let right = (first + node + 1) * spacing;
                let stop = if node == last { end } else { right.min(end) };
                (node, std::mem::replace(&mut start, stop)..stop)
            })
        })
    }

    /// Root mean square over `range`, in points.
    pub fn rms(&self, range: &Range<usize>) -> f64 {
        let sum: f64 = range.clone().map(|i| self.at(i).powi(2)).sum();
        (sum / range.len().max(1) as f64).sqrt()
    }

    /// Grid indices of the nodes and their errors in points.
    pub fn nodes(&self) -> impl Iterator<Item = (usize, f64)> + Clone + use<'_> {
        let (first, spacing) = (self.first, self.spacing);
        let place = move |(k, a): (usize, &f64)| ((first + k) * spacing, *a);
        self.nodes.iter().enumerate().map(place)
    }

    /// `e²` of the definition.
    fn size(&self, flexibility: &Flexibility) -> f64 {
        let n = self.nodes.len() as f64;
        let level: f64 = self.nodes.iter().map(|a| a * a).sum::<f64>() / n;
        let bends = self.nodes.windows(3).map(|w| w[0] - 2.0 * w[1] + w[2]);
        level / flexibility.size.powi(2)
            + bends.map(|b| b * b).sum::<f64>() / flexibility.bend.powi(2)
    }

    /// The penalty of the definition.
    pub fn penalty(&self, flexibility: &Flexibility) -> f64 {
        (FREEDOM + 1.0) / 2.0 * (self.size(flexibility) / FREEDOM).ln_1p()
    }
}

/// The charged correlation of the definition, for `n` independent values. Negative where the penalty
/// is worth more than the correlation.
pub fn charged(correlation: f64, penalty: f64, n: f64) -> f64 {
    if correlation <= 0.0 {
        return correlation.max(-1.0);
    }
    let left =
        1.0 - (1.0 - correlation * correlation).max(0.0) * (2.0 * penalty / n.max(1.0)).exp();
    (left.signum() * left.abs().sqrt()).clamp(-1.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn a_charge_by_hand() {
        // 1 - 0.8² = 0.36; doubled by a penalty of n ln(2) / 2: 0.72; sqrt(1 - 0.72) = 0.52915.
        let half = 50.0 * 2f64.ln() / 2.0;
        assert_relative_eq!(charged(0.8, half, 50.0), 0.529_150_262, epsilon = 1e-9);
        assert_eq!(charged(1.0, 9.0, 50.0), 1.0);
        assert_eq!(charged(0.8, 0.0, 50.0), 0.8);
        assert_eq!(charged(-0.3, 2.0, 50.0), -0.3);
        assert!(charged(0.1, 1e9, 50.0) >= -1.0);
    }

    #[test]
    fn nodes_lie_on_multiples_of_the_spacing() {
        let mut curve = AxisCurve::zero(25, &(30..101));
        assert_eq!(
            curve.nodes().map(|n| n.0).collect::<Vec<_>>(),
            [25, 50, 75, 100, 125]
        );
        curve.nodes = vec![0.0, 1.0, 3.0, 3.0, 3.0];
        assert_relative_eq!(curve.at(60), 1.8, epsilon = 1e-12);
        assert_relative_eq!(curve.at(100), 3.0, epsilon = 1e-12);
        assert_relative_eq!(curve.rms(&(75..101)), 3.0, epsilon = 1e-12);
    }
}
