//! Building the bounds of a library's references.

use super::search::References;
use super::{BANDS, STRIDE, basis};
use crate::correlate::simd::TILE;
use ndarray::{Array2, ArrayView1, s};
use rayon::prelude::*;
use std::borrow::Cow;
use std::ops::Range;

/// Most coefficients at the last level.
const MOST: usize = 384;
/// Shares of the references' power that the first and the last level should hold.
const SHARES: [f32; 2] = [0.90, 0.99];
/// References prepared together, to bound the memory.
const CHUNK: usize = 4096;

/// What is known of the references for bounding their correlation with any query.
///
/// Rows are padded to whole tiles of 16. All fields are plain numbers, to be kept in a file.
#[derive(Debug, Clone, Default)]
pub struct Cascade<'a> {
    /// Rows, grid points, coefficients, coefficients at the first level.
    pub shape: [u32; 4],
    /// Orthonormal directions, coefficients × points.
    pub basis: Cow<'a, [f32]>,
    /// Step of the codes, one a coefficient.
    pub steps: Cow<'a, [f32]>,
    /// First coefficients in steps, tile × pair × row × 2.
    pub first: Cow<'a, [i8]>,
    /// All coefficients in steps, row × coefficient.
    pub codes: Cow<'a, [i8]>,
    /// Norms, tile × (bands and error of the first codes) × row.
    pub norms: Cow<'a, [f32]>,
    /// Norm of what the basis does not hold and of the error of all codes, row × 2.
    pub rest: Cow<'a, [f32]>,
    /// Running sums of values, point × row.
    pub sums: Cow<'a, [f32]>,
    /// Running sums of squares, point × row.
    pub squares: Cow<'a, [f32]>,
    /// Distinct measured ranges: start, end, and how many rows have it; an empty one for constant
    /// references.
    pub ranges: Cow<'a, [u32]>,
    /// Range of each row.
    pub range_of: Cow<'a, [u32]>,
}

impl<'a> Cascade<'a> {
    /// Rows.
    pub fn rows(&self) -> usize {
        self.shape[0] as usize
    }

    /// Memory of all parts.
    pub fn bytes(&self) -> usize {
        let floats = [
            &self.basis,
            &self.steps,
            &self.norms,
            &self.rest,
            &self.sums,
            &self.squares,
        ];
        let floats: usize = floats.iter().map(|part| part.len()).sum();
        let counts = self.ranges.len() + self.range_of.len();
        4 * (floats + counts) + self.first.len() + self.codes.len()
    }

    /// Rows in whole tiles.
    pub(super) fn padded(&self) -> usize {
        self.rows().next_multiple_of(TILE)
    }

    pub(super) fn points(&self) -> usize {
        self.shape[1] as usize
    }

    pub(super) fn coefficients(&self) -> usize {
        self.shape[2] as usize
    }

    pub(super) fn first_count(&self) -> usize {
        self.shape[3] as usize
    }

    /// Distinct measured ranges and their numbers of rows.
    pub(super) fn measured(&self) -> impl Iterator<Item = (Range<usize>, usize)> + '_ {
        let triples = self.ranges.as_chunks::<3>().0.iter();
        triples.map(|[start, end, rows]| (*start as usize..*end as usize, *rows as usize))
    }

    /// Positions of the running sums.
    pub(super) fn positions(&self) -> usize {
        self.points() / STRIDE + 1
    }

    /// Whether the parts fit together, so that every look-up stays inside; a damaged file does not.
    pub fn is_sound(&self) -> bool {
        let (n, all, first) = (self.padded(), self.coefficients(), self.first_count());
        let lengths = [
            (self.basis.len(), all.checked_mul(self.points())),
            (self.steps.len(), Some(all)),
            (self.first.len(), n.checked_mul(first)),
            (self.codes.len(), self.rows().checked_mul(all)),
            (self.norms.len(), n.checked_mul(BANDS + 1)),
            (self.rest.len(), self.rows().checked_mul(2)),
            (self.sums.len(), n.checked_mul(self.positions())),
            (self.squares.len(), n.checked_mul(self.positions())),
            (self.range_of.len(), Some(n)),
        ];
        lengths.iter().all(|(have, want)| Some(*have) == *want)
            && (2..=all).contains(&first)
            && all <= 512
            && first.is_multiple_of(2)
            && self.ranges.len().is_multiple_of(3)
            && self
                .measured()
                .all(|(range, _)| range.start <= range.end && range.end <= self.points())
    }

    /// The bands of coefficients after the first level: starts, and the end of the last.
    pub(super) fn edges(first: usize, all: usize) -> [usize; BANDS] {
        let width = all - first;
        [0, width / 8, width / 4, width / 2, width].map(|at| first + at)
    }

    /// Bounds for these references.
    pub fn build(references: References<'_>) -> Cascade<'static> {
        let rows = references.rows();
        let most = MOST.min(references.points / 2 * 2);
        let mut ranges = Ranges::default();
        let sample: Vec<usize> = (0..rows).step_by(rows.div_ceil(CHUNK).max(1)).collect();
        let sample = unit_rows(&references, &sample, &mut Ranges::default());
        let basis = basis::principal(sample.view(), most);
        let sample = sample.dot(&basis.t());
        let [first, all] = SHARES.map(|share| enough(&sample, share));
        let basis = basis.slice_move(s![..all, ..]);
        let sample = sample.slice_move(s![.., ..all]);
        let mut builder = Builder::new(rows, first.min(192), basis, &sample);
        for start in (0..rows).step_by(CHUNK) {
            let chunk: Vec<usize> = (start..rows.min(start + CHUNK)).collect();
            builder.add(start, &unit_rows(&references, &chunk, &mut ranges));
        }
        builder.finish(ranges)
    }
}

/// The fewest coefficients, a multiple of 32, that hold this share of unit spectra's power.
fn enough(coefficients: &Array2<f32>, share: f32) -> usize {
    let all = coefficients.ncols();
    let power = |first: usize| -> f32 {
        coefficients
            .slice(s![.., ..first])
            .iter()
            .map(|v| v * v)
            .sum()
    };
    let wanted = share * coefficients.nrows() as f32;
    let mut counts = (32..all).step_by(32);
    counts.find(|first| power(*first) >= wanted).unwrap_or(all)
}

/// Distinct ranges in order of their first row.
#[derive(Default)]
struct Ranges {
    list: Vec<[u32; 3]>,
    known: std::collections::HashMap<[u32; 2], u32>,
    of: Vec<u32>,
}

impl Ranges {
    fn push(&mut self, range: [u32; 2]) {
        let next = self.list.len() as u32;
        let at = *self.known.entry(range).or_insert(next);
        if at == next {
            self.list.push([range[0], range[1], 0]);
        }
        self.list[at as usize][2] += 1;
        self.of.push(at);
    }
}

/// The rows less their mean, of norm 1, zero where not measured.
fn unit_rows(references: &References<'_>, rows: &[usize], ranges: &mut Ranges) -> Array2<f32> {
    let points = references.points;
    let mut unit = Array2::zeros((rows.len(), points));
    for (row, mut unit) in rows.iter().zip(unit.rows_mut()) {
        let range = references.range(*row);
        let values = &references.row(*row)[range.clone()];
        let mean = values.iter().map(|v| f64::from(*v)).sum::<f64>() / values.len().max(1) as f64;
        let centred = values.iter().map(|v| f64::from(*v) - mean);
        let norm = centred.clone().map(|v| v * v).sum::<f64>().sqrt();
        let raw = values
            .iter()
            .map(|v| f64::from(*v).powi(2))
            .sum::<f64>()
            .sqrt();
        if norm.is_nan() || norm <= 1e-6 * raw {
            ranges.push([0, 0]);
            continue;
        }
        ranges.push([range.start as u32, range.end as u32]);
        let own = unit.slice_mut(s![range]);
        for (slot, value) in own.into_iter().zip(centred) {
            *slot = (value / norm) as f32;
        }
    }
    unit
}

/// The growing parts of a [`Cascade`].
struct Builder {
    rows: usize,
    first: usize,
    basis: Array2<f32>,
    steps: Vec<f32>,
    parts: Parts,
}

/// What is stored of the rows.
#[derive(Default)]
struct Parts {
    first: Vec<i8>,
    codes: Vec<i8>,
    norms: Vec<f32>,
    rest: Vec<f32>,
    sums: Vec<f32>,
    squares: Vec<f32>,
}

impl Builder {
    fn new(rows: usize, first: usize, basis: Array2<f32>, sample: &Array2<f32>) -> Self {
        let (padded, all) = (rows.next_multiple_of(TILE), basis.nrows());
        let positions = basis.ncols() / STRIDE + 1;
        // A little more than the sample's largest; what lies beyond is cut and counts as an error.
        let largest =
            |column: ArrayView1<'_, f32>| column.iter().fold(0.0f32, |a, v| a.max(v.abs()));
        let steps = sample
            .columns()
            .into_iter()
            .map(|c| (largest(c) * 1.1 / 127.0).max(1e-9));
        Self {
            rows,
            first,
            steps: steps.collect(),
            basis,
            parts: Parts {
                first: vec![0; padded * first],
                codes: vec![0; rows * all],
                norms: vec![0.0; padded * (BANDS + 1)],
                rest: vec![0.0; rows * 2],
                sums: vec![0.0; padded * positions],
                squares: vec![0.0; padded * positions],
            },
        }
    }

    /// Adds rows `start..`, whole tiles but for the last ones.
    fn add(&mut self, start: usize, unit: &Array2<f32>) {
        let (all, first, steps) = (self.basis.nrows(), self.first, &self.steps);
        let coefficients = unit.dot(&self.basis.t());
        let parts = &mut self.parts;
        let count = unit.nrows();
        let padded = count.next_multiple_of(TILE);
        let tiles = (
            parts.first[start * first..][..padded * first].par_chunks_mut(TILE * first),
            parts.norms[start * (BANDS + 1)..][..padded * (BANDS + 1)]
                .par_chunks_mut(TILE * (BANDS + 1)),
            parts.codes[start * all..][..count * all].par_chunks_mut(TILE * all),
            parts.rest[start * 2..][..count * 2].par_chunks_mut(TILE * 2),
        );
        let edges = Cascade::edges(first, all);
        tiles
            .into_par_iter()
            .enumerate()
            .for_each(|(tile, (leading, norms, codes, rest))| {
                let rows = coefficients.outer_iter().skip(tile * TILE);
                let own = codes.chunks_exact_mut(all).zip(rest.chunks_exact_mut(2));
                for (lane, (row, (codes, rest))) in rows.zip(own).enumerate() {
                    let mut error = 0.0;
                    for (k, ((value, step), code)) in
                        row.iter().zip(steps).zip(&mut *codes).enumerate()
                    {
                        *code = (value / step).round().clamp(-127.0, 127.0) as i8;
                        error += (value - f32::from(*code) * step).powi(2);
                        if k < first {
                            leading[(k / 2 * TILE + lane) * 2 + k % 2] = *code;
                            norms[BANDS * TILE + lane] = upper(error);
                        }
                    }
                    let power = |range: Range<usize>| {
                        row.slice(s![range]).iter().map(|v| v * v).sum::<f32>()
                    };
                    // What is left of a unit vector, as far as single precision tells.
                    let left = (1.0 - power(0..all)).max(0.0) + 4e-6;
                    for (band, edge) in edges.windows(2).enumerate() {
                        norms[band * TILE + lane] = upper(power(edge[0]..edge[1]));
                    }
                    norms[(BANDS - 1) * TILE + lane] = upper(left);
                    rest.copy_from_slice(&[upper(left), upper(error)]);
                }
            });
        let all_rows = self.rows.next_multiple_of(TILE);
        for (row, unit) in unit.outer_iter().enumerate() {
            let (mut sum, mut square) = (0.0f64, 0.0f64);
            for position in 0..=unit.len() / STRIDE {
                parts.sums[position * all_rows + start + row] = sum as f32;
                parts.squares[position * all_rows + start + row] = square as f32;
                let end = ((position + 1) * STRIDE).min(unit.len());
                for value in unit.slice(s![position * STRIDE..end]) {
                    sum += f64::from(*value);
                    square += f64::from(*value).powi(2);
                }
            }
        }
    }

    fn finish(self, mut ranges: Ranges) -> Cascade<'static> {
        let (all, points) = self.basis.dim();
        let basis = self
            .basis
            .as_standard_layout()
            .iter()
            .copied()
            .collect::<Vec<_>>();
        // Rows that fill the last tile are never looked at.
        ranges.of.resize(self.rows.next_multiple_of(TILE), 0);
        Cascade {
            shape: [self.rows, points, all, self.first].map(|v| v as u32),
            basis: basis.into(),
            steps: self.steps.into(),
            first: self.parts.first.into(),
            codes: self.parts.codes.into(),
            norms: self.parts.norms.into(),
            rest: self.parts.rest.into(),
            sums: self.parts.sums.into(),
            squares: self.parts.squares.into(),
            ranges: ranges.list.into_iter().flatten().collect::<Vec<_>>().into(),
            range_of: ranges.of.into(),
        }
    }
}

/// A norm from its square, rounded up.
fn upper(square: f32) -> f32 {
    (square.sqrt() * 1.00001) + 1e-7
}
