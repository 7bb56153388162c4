//! A cascade of upper bounds: the references that can be among the best, without reading the others.
//!
//! # Bound
//! Let `r` be a reference on the whole grid, less its mean, of norm 1, zero where not measured, and
//! `v_t` the query shifted by `t`, less its mean over the window `W`, of norm 1, zero outside `W`. For
//! a reference that covers `W`
//!
//! ```text
//! R(t) = <r, v_t> / s,    s^2 = sum over W of (r - its mean over W)^2
//! ```
//!
//! With an orthonormal basis, coefficients `c` of the reference and `a_t` of the query, and the rest
//! of both in bands `b` (of coefficients, and at last of what the basis does not hold), the inequality
//! of Cauchy and Schwarz in each band gives
//!
//! ```text
//! <r, v_t> <= sum of c_k a_tk + sum over b of |r_b| |v_tb|
//! ```
//!
//! which needs only the coefficients and a few norms of the reference. Coefficients are stored as
//! signed bytes with the norm of their rounding error, which is added like a band. The window's `s` is
//! bounded from below by sums kept at every 32nd grid point, since the sum of squares about the mean
//! only falls when points are left out.
//!
//! A reference that covers only a part `P` of `W` has, with the query's norms over both,
//! `R(t) = (<r, v_t> - sum_P(r) mean_P(v_t)) |v_t over W| / (|v_t - mean over P| s)`; both corrections are the
//! same for all references of one range and are bounded over all `t`.
//!
//! # Order of work
//! 1. All shifted windows of a query span only a few directions in the first coefficients: one pass
//!    over the codes gives every reference's bound.
//! 2. The references of the highest bounds are scored, which gives a first `k`-th best score.
//! 3. The others, by falling bound, as long as that is above the `k`-th best: a bound from all
//!    coefficients, then the score in single precision.
//! 4. Those within rounding of the `k` best are scored as [`super::Engine`] does.
//!
//! Where a sample says that all coefficients would still leave half of the references, all are scored at
//! once: no query costs much more than the exhaustive search. Rounding in single precision is covered by a margin of 1e-4.

mod basis;
mod bounds;
mod build;
mod kernel;
mod query;
mod search;

pub use build::Cascade;
pub(super) use query::Shifted;
pub use search::{Examined, Found, References, Search};

/// Grid points between two stored running sums.
const STRIDE: usize = 32;
/// What single precision may add to or take from a product of unit vectors.
const MARGIN: f32 = 1e-4;
/// Bands of coefficients between the first level and the last, and the rest.
const BANDS: usize = 5;

#[cfg(test)]
mod tests;
