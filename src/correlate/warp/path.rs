//! Windowed FFT cross-correlation, and the cheapest path through the windows' lags.

use super::{AxisCurve, Flexibility};
use crate::correlate::transform::Transform;
use rustfft::num_complex::Complex;
use std::ops::Range;

/// Most lags that the path may change by from one node to the next.
const STEEPEST: usize = 6;

/// What the windows need of one query: transforms of its segments, and the windows' sums of the
/// query and its square at every lag. Outside its range the query keeps its first and last value.
#[derive(Clone)]
pub(super) struct Windows {
    spacing: usize,
    reach: usize,
    /// The Hann window, `2 * spacing + 1` points.
    hann: Vec<f64>,
    /// First node that has a segment.
    first: usize,
    segments: Vec<Segment>,
    /// Sums of windows that the comparison cuts, which most references share.
    cut: Vec<Cut>,
    transform: Transform,
}

#[derive(Clone)]
struct Segment {
    plain: Vec<Complex<f64>>,
    square: Vec<Complex<f64>>,
    /// Window sums of the query and of its square, for windows that lie inside the comparison.
    sums: Sums,
}

/// Sums of the query and of its square at each lag.
type Sums = (Vec<f64>, Vec<f64>);

/// The sums of one window where only its part inside a range counts.
#[derive(Clone)]
struct Cut {
    node: usize,
    range: Range<usize>,
    sums: Sums,
}

impl Windows {
    /// Transforms the query's segments. `query` holds the values of the grid points from `start`.
    pub(super) fn new(
        flexibility: &Flexibility,
        points: usize,
        start: usize,
        query: &[f64],
    ) -> Self {
        let spacing = flexibility.spacing.max(1);
        let reach = flexibility.reach;
        let width = 2 * spacing + 1;
        let hann: Vec<f64> = (0..width)
            .map(|i| {
                let angle = std::f64::consts::PI * (i as f64 - spacing as f64) / spacing as f64;
                0.5 + 0.5 * angle.cos()
            })
            .collect();
        // Even, so that the half spectrum has two real ends; long enough for no lag to wrap.
        let mut transform = Transform::new((width + 2 * reach).next_power_of_two());
        transform.forward(hann.iter().copied());
        let window = transform.complex.clone();
        let last = query.len().saturating_sub(1) as isize;
        let value = |at: isize| {
            let place = (at - start as isize).clamp(0, last) as usize;
            query.get(place).copied().unwrap_or(0.0)
        };
        let end = (start + query.len()).min(points);
        let first = start / spacing;
        let segments = (first..end / spacing + 2)
            .map(|node| {
                let from = (node * spacing) as isize - (spacing + reach) as isize;
                let values = (0..width + 2 * reach).map(|i| value(from + i as isize));
                transform.forward(values.clone());
                let plain = transform.complex.clone();
                transform.forward(values.map(|v| v * v));
                let square = transform.complex.clone();
                let mut sums = (vec![0.0; 2 * reach + 1], vec![0.0; 2 * reach + 1]);
                transform.products(&window, &plain, &mut sums.0);
                transform.products(&window, &square, &mut sums.1);
                Segment {
                    plain,
                    square,
                    sums,
                }
            })
            .collect();
        Self {
            spacing,
            reach,
            hann,
            first,
            segments,
            cut: Vec::new(),
            transform,
        }
    }

    /// The cheapest path, and the best shift of all windows together. `reference` is centred with norm 1 over `range` (its values there); the
    /// query is `(q - mean) / norm`.
    pub(super) fn path(
        &mut self,
        flexibility: &Flexibility,
        range: &Range<usize>,
        reference: &[f64],
        (mean, norm): (f64, f64),
    ) -> [AxisCurve; 2] {
        let mut curve = AxisCurve::zero(self.spacing, range);
        let lags = 2 * self.reach + 1;
        let mut costs = Vec::with_capacity(curve.nodes.len() * lags);
        for k in 0..curve.nodes.len() {
            self.differences(curve.first + k, range, reference, (mean, norm), &mut costs);
        }
        let unmoved: f64 = costs.iter().skip(self.reach).step_by(lags).sum();
        let factor = flexibility.values / (2.0 * unmoved.max(1e-3));
        costs.iter_mut().for_each(|c| *c *= factor);
        for (node, lag) in curve
            .nodes
            .iter_mut()
            .zip(self.cheapest(flexibility, &costs))
        {
            *node = lag as f64 - self.reach as f64;
        }
        let mut shifted = curve.clone();
        let together = |lag: &usize| costs.iter().skip(*lag).step_by(lags).sum::<f64>();
        let shift = (0..lags).min_by(|a, b| {
            let away = |l: &usize| l.abs_diff(self.reach);
            together(a)
                .total_cmp(&together(b))
                .then(away(a).cmp(&away(b)))
        });
        let shift = shift.unwrap_or(self.reach) as f64 - self.reach as f64;
        shifted.nodes.fill(shift);
        [curve, shifted]
    }

    /// Adds the squared differences of window `node` at every lag to `costs`.
    fn differences(
        &mut self,
        node: usize,
        range: &Range<usize>,
        reference: &[f64],
        (mean, norm): (f64, f64),
        costs: &mut Vec<f64>,
    ) {
        let (lags, spacing) = (2 * self.reach + 1, self.spacing as isize);
        let from = (node * self.spacing) as isize - spacing;
        let inside = |i: usize| {
            let at = from + i as isize - range.start as isize;
            usize::try_from(at).ok().and_then(|at| reference.get(at))
        };
        let segment = node.checked_sub(self.first);
        let Some(segment) = segment.and_then(|at| self.segments.get(at)) else {
            costs.resize(costs.len() + lags, 0.0);
            return;
        };
        let (mut weight, mut sum, mut square) = (0.0, 0.0, 0.0);
        let mut cut = vec![0.0; self.hann.len()];
        let mut whole = true;
        for (i, h) in self.hann.iter().enumerate() {
            match inside(i) {
                Some(r) => {
                    cut[i] = h * r;
                    weight += h;
                    sum += h * r;
                    square += h * r * r;
                }
                None => whole = whole && *h < 1e-9,
            }
        }
        let transform = &mut self.transform;
        let mut products = vec![0.0; lags];
        transform.forward(cut.into_iter());
        let window = transform.complex.clone();
        transform.products(&window, &segment.plain, &mut products);
        let known = |cut: &Cut| cut.node == node && cut.range == *range;
        if !whole && !self.cut.iter().any(known) {
            let mask = self.hann.iter().enumerate();
            transform.forward(mask.map(|(i, h)| if inside(i).is_some() { *h } else { 0.0 }));
            let window = transform.complex.clone();
            let mut sums = (vec![0.0; lags], vec![0.0; lags]);
            transform.products(&window, &segment.plain, &mut sums.0);
            transform.products(&window, &segment.square, &mut sums.1);
            let range = range.clone();
            self.cut.push(Cut { node, range, sums });
        }
        let cut = self.cut.iter().find(|cut| known(cut)).filter(|_| !whole);
        let (sums, squares) = cut.map_or(&segment.sums, |cut| &cut.sums);
        costs.extend((0..lags).map(|t| {
            let product = (products[t] - mean * sum) / norm;
            let energy = (squares[t] - 2.0 * mean * sums[t] + mean * mean * weight) / (norm * norm);
            (square - 2.0 * product + energy).max(0.0)
        }));
    }

    /// One lag index a node: least sum of costs, of the size of the error, and of `ln(1 + (change /
    /// bend)²)` for each change from node to node.
    fn cheapest(&self, flexibility: &Flexibility, costs: &[f64]) -> Vec<usize> {
        let lags = 2 * self.reach + 1;
        let nodes = costs.len() / lags;
        let change: Vec<f64> = (0..=STEEPEST)
            .map(|d| (d as f64 / flexibility.bend).powi(2).ln_1p())
            .collect();
        let size = |lag: usize| {
            let error = (lag as f64 - self.reach as f64) / flexibility.size;
            0.5 * error * error / nodes as f64
        };
        let mut total: Vec<f64> = (0..lags).map(|l| costs[l] + size(l)).collect();
        let mut before = vec![0usize; costs.len()];
        for k in 1..nodes {
            let next = (0..lags)
                .map(|l| {
                    let (mut best, mut cost) = (l, total[l]);
                    for (d, change) in change.iter().enumerate().skip(1) {
                        for m in [l.checked_sub(d), Some(l + d)].into_iter().flatten() {
                            if m < lags && total[m] + change < cost {
                                (best, cost) = (m, total[m] + change);
                            }
                        }
                    }
                    before[k * lags + l] = best;
                    cost + costs[k * lags + l] + size(l)
                })
                .collect();
            total = next;
        }
        let best = (0..lags).min_by(|a, b| {
            let away = |l: &usize| l.abs_diff(self.reach);
            total[*a].total_cmp(&total[*b]).then(away(a).cmp(&away(b)))
        });
        let mut path = vec![best.unwrap_or(self.reach); nodes];
        for k in (1..nodes).rev() {
            path[k - 1] = before[k * lags + path[k]];
        }
        path
    }
}
