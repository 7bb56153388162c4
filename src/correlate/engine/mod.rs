//! The exhaustive FFT engine. It is exact and stays as the oracle for faster ones.

mod direct;

use crate::prepare::Signal;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};
use rustfft::num_complex::Complex;
use std::ops::Range;
use std::sync::Arc;

/// Whether means are removed before the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Centring {
    /// Pearson correlation: for curves, where an offset means nothing.
    Mean,
    /// Cosine: for mass spectra, where zero means that there is no ion.
    None,
}

/// How signals are compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Points of the grid.
    pub points: usize,
    /// Axis tolerance `L` in grid points.
    pub tolerance: usize,
    /// Reach `B` of the background in grid points.
    pub background: usize,
    /// Fewest points that must be compared.
    pub min_overlap: usize,
    /// Pearson or cosine.
    pub centring: Centring,
}

/// What `R(t)` gives outside the tolerance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Background {
    /// Mean of `R(t)`.
    pub mean: f64,
    /// Standard deviation of `R(t)`.
    pub deviation: f64,
}

/// Result of comparing a query with a reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlation {
    /// Largest `R(t)` within the tolerance, -1 to 1.
    pub score: f64,
    /// Where it lies, in grid points, refined by a parabola.
    pub shift: f64,
    /// `None` where too few lags outside the tolerance have enough overlap.
    pub background: Option<Background>,
    /// The comparison window `W`, grid indices.
    pub window: Range<usize>,
}

/// A query ready to be compared with many references.
#[derive(Debug, Clone)]
pub struct Query {
    start: usize,
    end: usize,
    values: Vec<f64>,
    spectrum: Vec<Complex<f64>>,
    sums: Running,
}

impl Query {
    /// Grid indices it was measured on.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Its values over that range.
    pub(super) fn values(&self) -> &[f64] {
        &self.values
    }

    /// The sum of its squares over a part of that range, as scores are normalised by.
    pub(super) fn power(&self, inside: Range<usize>) -> f64 {
        self.sums.over(&inside).1
    }
}

/// Running sums of a signal and its squares from its start.
#[derive(Debug, Clone, Default)]
struct Running {
    start: usize,
    plain: Vec<f64>,
    square: Vec<f64>,
}

impl Running {
    fn fill(&mut self, start: usize, values: impl Iterator<Item = f64>) {
        self.start = start;
        self.plain.clear();
        self.square.clear();
        let (mut plain, mut square) = (0.0, 0.0);
        self.plain.push(plain);
        self.square.push(square);
        for value in values {
            plain += value;
            square += value * value;
            self.plain.push(plain);
            self.square.push(square);
        }
    }

    /// Sum and sum of squares over grid indices `range`, which must lie inside the signal.
    fn over(&self, range: &Range<usize>) -> (f64, f64) {
        let (a, b) = (range.start - self.start, range.end - self.start);
        (
            self.plain[b] - self.plain[a],
            self.square[b] - self.square[a],
        )
    }
}

/// Compares queries with references by FFT. Holds its work space, so each thread needs its own clone.
#[derive(Clone)]
pub struct Engine {
    settings: Settings,
    size: usize,
    forward: Arc<dyn RealToComplex<f64>>,
    inverse: Arc<dyn ComplexToReal<f64>>,
    real: Vec<f64>,
    complex: Vec<Complex<f64>>,
    scratch: Vec<Complex<f64>>,
    sums: Running,
}

impl Engine {
    /// An engine for these settings.
    pub fn new(settings: Settings) -> Self {
        let reach = settings.background.max(settings.tolerance) + 1;
        let size = transform_size(settings.points + reach);
        let mut planner = RealFftPlanner::new();
        let forward = planner.plan_fft_forward(size);
        let inverse = planner.plan_fft_inverse(size);
        let scratch = forward.get_scratch_len().max(inverse.get_scratch_len());
        Self {
            settings,
            size,
            real: vec![0.0; size],
            complex: vec![Complex::default(); size / 2 + 1],
            scratch: vec![Complex::default(); scratch],
            forward,
            inverse,
            sums: Running::default(),
        }
    }

    /// The settings this engine was made for.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Transforms a query once. A signal that reaches past the grid is cut there. Where means are
    /// removed from what is compared, the query's own goes first: less is lost to rounding.
    pub fn query(&mut self, signal: &Signal) -> Query {
        let start = signal.start.min(self.settings.points);
        let end = signal.end().min(self.settings.points);
        let mut values = signal.values[..end - start].to_vec();
        if self.settings.centring == Centring::Mean {
            let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
            values.iter_mut().for_each(|v| *v -= mean);
        }
        let mut sums = Running::default();
        sums.fill(start, values.iter().copied());
        Query {
            start,
            end,
            spectrum: self.transform(start, values.iter().copied()),
            values,
            sums,
        }
    }

    fn transform(&mut self, start: usize, values: impl Iterator<Item = f64>) -> Vec<Complex<f64>> {
        self.real.fill(0.0);
        for (slot, value) in self.real[start..].iter_mut().zip(values) {
            *slot = value;
        }
        let mut spectrum = vec![Complex::default(); self.size / 2 + 1];
        let done =
            self.forward
                .process_with_scratch(&mut self.real, &mut spectrum, &mut self.scratch);
        debug_assert!(done.is_ok(), "buffer lengths come from the planner");
        spectrum
    }

    /// The comparison window, `None` where it has fewer than `min_overlap` points.
    pub fn window(&self, query: &Query, reference: &Range<usize>) -> Option<Range<usize>> {
        let margin = self.settings.tolerance;
        let start = reference.start.max(query.start + margin);
        let end = reference.end.min(query.end.saturating_sub(margin));
        (end >= start + self.settings.min_overlap.max(2)).then_some(start..end)
    }

    /// Compares a query with one reference: `row` holds the reference on the whole grid, `range`
    /// says where it was measured. `None` where the two have too little range in common, or where
    /// one of them is constant in the window.
    pub fn correlate(
        &mut self,
        query: &Query,
        row: &[f32],
        range: Range<usize>,
    ) -> Option<Correlation> {
        let range = range.start..range.end.min(row.len()).min(self.settings.points);
        let window = self.window(query, &range)?;
        let inside = row[window.clone()].iter().map(|v| f64::from(*v));
        let mut sums = std::mem::take(&mut self.sums);
        sums.fill(window.start, inside.clone());
        self.products(query, window.start, inside);
        let result = self.assess(query, &sums, window);
        self.sums = sums;
        result
    }

    /// Leaves `sum r(i) q(i + t)` in `self.real[t mod size]`.
    fn products(&mut self, query: &Query, start: usize, inside: impl Iterator<Item = f64>) {
        self.real.fill(0.0);
        for (slot, value) in self.real[start..].iter_mut().zip(inside) {
            *slot = value;
        }
        let forward =
            self.forward
                .process_with_scratch(&mut self.real, &mut self.complex, &mut self.scratch);
        debug_assert!(forward.is_ok(), "buffer lengths come from the planner");
        for (r, q) in self.complex.iter_mut().zip(&query.spectrum) {
            *r = r.conj() * q;
        }
        // Real signals have real ends of the half spectrum; rounding must not make them otherwise.
        self.complex[0].im = 0.0;
        if self.size.is_multiple_of(2) {
            self.complex[self.size / 2].im = 0.0;
        }
        let inverse =
            self.inverse
                .process_with_scratch(&mut self.complex, &mut self.real, &mut self.scratch);
        debug_assert!(inverse.is_ok(), "buffer lengths come from the planner");
    }

    fn assess(&self, query: &Query, sums: &Running, window: Range<usize>) -> Option<Correlation> {
        let tolerance = self.settings.tolerance as isize;
        let at = |lag: isize| self.transformed(query, sums, &window, lag);
        let lags = -tolerance..=tolerance;
        let (lag, score) = Self::largest(lags.filter_map(|lag| at(lag).map(|r| (lag, r))))?;
        let shift = match (at(lag - 1), at(lag + 1)) {
            (Some(before), Some(after)) => lag as f64 + vertex(before, score, after),
            _ => lag as f64,
        };
        Some(Correlation {
            score,
            // The true vertex of a maximum at the limit may lie beyond it, which was not searched.
            shift: shift.clamp(-(tolerance as f64), tolerance as f64),
            background: self.background(query, sums, &window),
            window,
        })
    }

    fn background(
        &self,
        query: &Query,
        sums: &Running,
        window: &Range<usize>,
    ) -> Option<Background> {
        let (inner, outer) = (
            self.settings.tolerance as isize,
            self.settings.background as isize,
        );
        let values: Vec<f64> = (inner + 1..=outer)
            .flat_map(|lag| [-lag, lag])
            .filter_map(|lag| self.transformed(query, sums, window, lag))
            .collect();
        if values.len() < 8 {
            return None;
        }
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0);
        Some(Background {
            mean,
            deviation: variance.sqrt(),
        })
    }

    /// The lag of the largest coefficient. Of equal ones the smaller shift wins, so that results do not
    /// depend on the order of looking.
    fn largest(coefficients: impl Iterator<Item = (isize, f64)>) -> Option<(isize, f64)> {
        coefficients.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.abs().cmp(&a.0.abs())))
    }

    /// `R(lag)` from the products that the transform left.
    fn transformed(
        &self,
        query: &Query,
        sums: &Running,
        window: &Range<usize>,
        lag: isize,
    ) -> Option<f64> {
        // Values outside the query's range are zero, so the product over the whole window is the
        // product over the covered part.
        let product = self.real[lag.rem_euclid(self.size as isize) as usize] / self.size as f64;
        self.coefficient(query, sums, window, lag, product)
    }

    /// The part of the window that the shifted query covers.
    fn covered(query: &Query, window: &Range<usize>, lag: isize) -> Range<usize> {
        let at = |end: usize| end.checked_add_signed(-lag).unwrap_or(0);
        let start = window.start.max(at(query.start));
        start..window.end.min(at(query.end)).max(start)
    }

    /// `R(lag)` over the part of the window that the shifted query covers, from the sum of products.
    fn coefficient(
        &self,
        query: &Query,
        sums: &Running,
        window: &Range<usize>,
        lag: isize,
        product: f64,
    ) -> Option<f64> {
        let covered = Self::covered(query, window, lag);
        if covered.len() < self.settings.min_overlap.max(2) {
            return None;
        }
        let at = |end: usize| end.checked_add_signed(lag).unwrap_or(0);
        let shifted = query.sums.over(&(at(covered.start)..at(covered.end)));
        self.normalised(product, sums.over(&covered), shifted, covered.len())
    }

    /// The coefficient from the sum of products, both (sum, sum of squares) and the number of points.
    fn normalised(
        &self,
        product: f64,
        reference: (f64, f64),
        shifted: (f64, f64),
        points: usize,
    ) -> Option<f64> {
        let n = points as f64;
        let (numerator, a, b) = match self.settings.centring {
            Centring::None => (product, reference.1, shifted.1),
            Centring::Mean => (
                product - reference.0 * shifted.0 / n,
                reference.1 - reference.0 * reference.0 / n,
                shifted.1 - shifted.0 * shifted.0 / n,
            ),
        };
        // Below this share of the raw power a variance is rounding, not signal.
        let signal = a > 1e-10 * reference.1 && b > 1e-10 * shifted.1 && a > 0.0 && b > 0.0;
        signal.then(|| (numerator / (a.sqrt() * b.sqrt())).clamp(-1.0, 1.0))
    }
}

/// Sums of `r q`, `r^2` and `r`. The order of the additions is fixed, so that the result is the same
/// on every processor.
fn sums(r: &[f32], q: &[f64]) -> [f64; 3] {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has the instructions.
        return unsafe { sums_avx2(r, q) };
    }
    sums_here(r, q)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn sums_avx2(r: &[f32], q: &[f64]) -> [f64; 3] {
    sums_here(r, q)
}

#[inline(always)]
fn sums_here(r: &[f32], q: &[f64]) -> [f64; 3] {
    // Eight sums side by side, so that the processor can add them at once.
    const LANES: usize = 8;
    let (mut product, mut square, mut plain) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
    let (whole_r, rest_r) = r.as_chunks::<LANES>();
    let (whole_q, rest_q) = q.as_chunks::<LANES>();
    for (r, q) in whole_r.iter().zip(whole_q) {
        let r = r.map(f64::from);
        product = std::array::from_fn(|lane| product[lane] + r[lane] * q[lane]);
        square = std::array::from_fn(|lane| square[lane] + r[lane] * r[lane]);
        plain = std::array::from_fn(|lane| plain[lane] + r[lane]);
    }
    // Hidden, or else the order of the last sums decides how the lanes above are laid out.
    let [mut product, mut square, mut plain] = std::hint::black_box([product, square, plain]);
    for (lane, (r, q)) in rest_r.iter().zip(rest_q).enumerate() {
        let r = f64::from(*r);
        product[lane] += r * q;
        square[lane] += r * r;
        plain[lane] += r;
    }
    [product, square, plain].map(|lanes| lanes.iter().sum::<f64>())
}

/// Offset of the vertex of the parabola through three evenly spaced values, -0.5 to 0.5.
fn vertex(before: f64, middle: f64, after: f64) -> f64 {
    let curvature = before - 2.0 * middle + after;
    if curvature >= 0.0 {
        return 0.0;
    }
    (0.5 * (before - after) / curvature).clamp(-0.5, 0.5)
}

/// The smallest even number of only small prime factors that is not below `needed`.
fn transform_size(needed: usize) -> usize {
    (needed.max(2)..)
        .filter(|n| n.is_multiple_of(2))
        .find(|n| {
            let mut rest = *n;
            for prime in [2, 3, 5] {
                while rest.is_multiple_of(prime) {
                    rest /= prime;
                }
            }
            rest == 1
        })
        .unwrap_or(needed)
}

#[cfg(test)]
mod tests;
