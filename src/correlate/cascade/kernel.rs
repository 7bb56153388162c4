//! The loops that search time is spent in.

use super::query::RangeFactor;
use super::{BANDS, MARGIN, STRIDE};
use crate::correlate::simd::{Lanes, TILE, vectorised};

/// Most directions that the shifted query windows are taken to span.
pub(super) const DIRECTIONS: usize = 12;
/// Lags computed side by side.
const LAGS: usize = 4;

vectorised! {
    /// Products of references with the shifted query: `out[a][t] = sum of rows[a][i] query[i + t]`.
    ///
    /// All rows have one length `m`, all outputs one length `n`, and `query` holds `m + n - 1` values.
    pub(super) fn lag_products[const R: usize](rows: [&[f32]; R], query: &[f32], out: [&mut [f32]; R]) = products
}

#[inline(always)]
fn products<A: Lanes, const R: usize>(rows: [&[f32]; R], query: &[f32], mut out: [&mut [f32]; R]) {
    let lags = out.iter().map(|o| o.len()).min().unwrap_or(0);
    let points = rows.iter().map(|r| r.len()).min().unwrap_or(0);
    let rows = rows.map(|row| &row[..points]);
    let mut lag = 0;
    while lag + LAGS <= lags {
        let sums = block::<A, R, LAGS>(rows, &query[lag..][..points + LAGS - 1]);
        for (out, sums) in out.iter_mut().zip(sums) {
            out[lag..lag + LAGS].copy_from_slice(&sums);
        }
        lag += LAGS;
    }
    for lag in lag..lags {
        let sums = block::<A, R, 1>(rows, &query[lag..][..points]);
        for (out, sums) in out.iter_mut().zip(sums) {
            out[lag] = sums[0];
        }
    }
}

/// Products of `R` rows, of equal length, at `S` lags. A register tile: each load serves several sums.
#[inline(always)]
#[expect(
    clippy::needless_range_loop,
    reason = "a measured kernel: indices keep the sums in registers"
)]
fn block<A: Lanes, const R: usize, const S: usize>(
    rows: [&[f32]; R],
    query: &[f32],
) -> [[f32; S]; R] {
    let points = rows[0].len();
    let whole = points / A::WIDTH * A::WIDTH;
    debug_assert!(rows.iter().all(|r| r.len() == points) && query.len() == points + S - 1);
    let mut sums = [[A::zero(); S]; R];
    for at in (0..whole).step_by(A::WIDTH) {
        // SAFETY: `at + WIDTH <= whole <= points`; rows hold `points` values, the query `S - 1` more.
        let row: [A::Vector; R] = std::array::from_fn(|a| unsafe { A::load(rows[a], at) });
        for s in 0..S {
            // SAFETY: as above, since `s <= S - 1`.
            let shifted = unsafe { A::load(query, at + s) };
            for a in 0..R {
                sums[a][s] = A::multiply_add(row[a], shifted, sums[a][s]);
            }
        }
    }
    std::array::from_fn(|a| {
        std::array::from_fn(|s| {
            let rest = rows[a][whole..].iter().zip(&query[whole + s..]);
            A::total(sums[a][s]) + rest.map(|(r, q)| r * q).sum::<f32>()
        })
    })
}

/// What the first level of the cascade needs of a query.
pub(super) struct Directions {
    /// Pairs of integer coordinates, `[coefficient pair][direction]`.
    pub pairs: Vec<[[i16; 2]; DIRECTIONS]>,
    /// Directions in use.
    pub count: usize,
    /// Each shifted query window in terms of the directions, the step of its integers included.
    pub lags: Vec<[f32; DIRECTIONS]>,
}

/// Largest product of each reference of the tiles with a shifted query, as far as codes tell.
pub(super) fn largest(codes: &[i8], directions: &Directions, out: &mut [f32]) {
    match directions.count {
        0..=2 => scan::<2>(codes, directions, out),
        3 => scan::<3>(codes, directions, out),
        4 => scan::<4>(codes, directions, out),
        5 => scan::<5>(codes, directions, out),
        6 => scan::<6>(codes, directions, out),
        7 => scan::<7>(codes, directions, out),
        8 => scan::<8>(codes, directions, out),
        9 => scan::<9>(codes, directions, out),
        10 => scan::<10>(codes, directions, out),
        11 => scan::<11>(codes, directions, out),
        _ => scan::<12>(codes, directions, out),
    }
}

vectorised! {
    fn scan[const P: usize](codes: &[i8], directions: &Directions, out: &mut [f32]) = scan_tiles
}

#[inline(always)]
fn scan_tiles<A: Lanes, const P: usize>(codes: &[i8], directions: &Directions, out: &mut [f32]) {
    let pairs = &directions.pairs;
    let tiles = codes.chunks_exact(pairs.len() * 2 * TILE);
    for (tile, out) in tiles.zip(out.as_chunks_mut::<TILE>().0) {
        let mut sums = [[0i32; TILE]; P];
        for (codes, pairs) in tile.as_chunks::<{ 2 * TILE }>().0.iter().zip(pairs) {
            if let Some(pairs) = pairs.first_chunk::<P>() {
                A::add_pairs(codes, pairs, &mut sums);
            }
        }
        let sums: [[f32; TILE]; P] = sums.map(|s| s.map(|v| v as f32));
        let mut best = [f32::NEG_INFINITY; TILE];
        for lag in &directions.lags {
            let mut product = [0.0f32; TILE];
            for (sums, share) in sums.iter().zip(lag) {
                for (product, sum) in product.iter_mut().zip(sums) {
                    *product = A::mul_add(*sum, *share, *product);
                }
            }
            for (best, product) in best.iter_mut().zip(product) {
                *best = if product > *best { product } else { *best };
            }
        }
        *out = best;
    }
}

vectorised! {
    /// `out[t] = sum of codes[k] query[t][k]`: a reference's codes with each shifted query.
    pub(super) fn code_products(codes: &[i8], query: &[i16], out: &mut [i32]) = code_sums
}

#[inline(always)]
fn code_sums<A: Lanes>(codes: &[i8], query: &[i16], out: &mut [i32]) {
    for (query, out) in query.chunks_exact(codes.len()).zip(out) {
        let products = codes.iter().zip(query);
        *out = products.map(|(c, q)| i32::from(*c) * i32::from(*q)).sum();
    }
}

vectorised! {
    /// Sum of a row and sum of its squares.
    pub(super) fn row_sums(row: &[f32]) -> [f32; 2] = sums_of
}

#[inline(always)]
fn sums_of<A: Lanes>(row: &[f32]) -> [f32; 2] {
    let whole = row.as_chunks::<TILE>();
    let (mut plain, mut square) = ([0.0f32; TILE], [0.0f32; TILE]);
    for chunk in whole.0 {
        for ((plain, square), value) in plain.iter_mut().zip(&mut square).zip(chunk) {
            *plain += value;
            *square = A::mul_add(*value, *value, *square);
        }
    }
    let rest = |f: fn(f32) -> f32| whole.1.iter().map(|v| f(*v)).sum::<f32>();
    [
        plain.iter().sum::<f32>() + rest(|v| v),
        square.iter().sum::<f32>() + rest(|v| v * v),
    ]
}

/// Columns of the stored sums at the ends of a query's window.
pub(super) struct Ends<'a> {
    pub sums: [&'a [f32]; 2],
    pub squares: [&'a [f32]; 2],
}

/// What turns products into bounds of correlations.
pub(super) struct Finish<'a> {
    /// Tile × (bands and error) × row.
    pub norms: &'a [f32],
    /// Their factors.
    pub query: [f32; BANDS + 1],
    /// Added to every product.
    pub constant: f32,
    pub ends: Ends<'a>,
    pub range_of: &'a [u32],
    pub factors: &'a [RangeFactor],
}

impl Finish<'_> {
    /// The tiles of `rows`.
    pub(super) fn part(&self, rows: std::ops::Range<usize>) -> Finish<'_> {
        let each = BANDS + 1;
        Finish {
            norms: &self.norms[rows.start * each..rows.end * each],
            ends: Ends {
                sums: self.ends.sums.map(|s| &s[rows.clone()]),
                squares: self.ends.squares.map(|s| &s[rows.clone()]),
            },
            range_of: &self.range_of[rows],
            ..*self
        }
    }

    fn factor(&self, row: usize) -> RangeFactor {
        let at = self.range_of[row] as usize;
        // A range that is not there (a damaged file) bounds nothing.
        self.factors
            .get(at)
            .copied()
            .unwrap_or(RangeFactor::NOTHING_KNOWN)
    }

    /// Bound of a reference's correlation from that of its product.
    pub(super) fn bound(&self, row: usize, product: f32) -> f32 {
        let of = |columns: [&[f32]; 2]| columns[1][row] - columns[0][row];
        bound(
            product,
            self.factor(row),
            of(self.ends.sums),
            of(self.ends.squares),
        )
    }
}

/// Bound of a reference's correlation from the bound of its product, the sum of its values over the
/// stored part of the window, and that of their squares. Without branches, so that it runs in lanes.
#[inline(always)]
fn bound(product: f32, factor: RangeFactor, sum: f32, square: f32) -> f32 {
    let least = square - sum * sum * factor.per_point - 2e-6;
    // Points of the window outside the stored sums: fewer than two strides.
    let edges = (2.0 * STRIDE as f32 * (1.0 - square).max(0.0)).sqrt();
    let off = factor.mean * (sum.abs() + edges);
    let bound = (product + off + MARGIN).max(0.0) * factor.ratio / least.max(0.0).sqrt();
    let bound = if bound.is_nan() { f32::INFINITY } else { bound };
    if factor.ratio == 0.0 {
        f32::NEG_INFINITY
    } else {
        bound
    }
}

vectorised! {
    /// Turns the largest products of whole tiles into bounds of correlations.
    pub(super) fn finish(finish: &Finish<'_>, out: &mut [f32]) = finish_tiles
}

#[inline(always)]
fn finish_tiles<A: Lanes>(finish: &Finish<'_>, out: &mut [f32]) {
    let norms = finish.norms.chunks_exact((BANDS + 1) * TILE);
    for (tile, (out, norms)) in out
        .as_chunks_mut::<TILE>()
        .0
        .iter_mut()
        .zip(norms)
        .enumerate()
    {
        for (norms, factor) in norms.as_chunks::<TILE>().0.iter().zip(finish.query) {
            for (out, norm) in out.iter_mut().zip(norms) {
                *out = A::mul_add(*norm, factor, *out);
            }
        }
        let rows = tile * TILE..(tile + 1) * TILE;
        let factors: [RangeFactor; TILE] = match finish.factors {
            [only] => [*only; TILE],
            _ => std::array::from_fn(|lane| finish.factor(rows.start + lane)),
        };
        let Ends { sums, squares } = &finish.ends;
        let sums = sums[1][rows.clone()].iter().zip(&sums[0][rows.clone()]);
        let squares = squares[1][rows.clone()].iter().zip(&squares[0][rows]);
        for (((out, factor), sum), square) in out.iter_mut().zip(factors).zip(sums).zip(squares) {
            let product = *out + finish.constant;
            *out = bound(product, factor, sum.0 - sum.1, square.0 - square.1);
        }
    }
}
