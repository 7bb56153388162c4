//! FFT-based correlation: the engine behind every ranking, and the published scores beside it.
//!
//! # Definition
//! Query `q` and reference `r` are signals on one grid, measured on `[q0, q1)` and `[r0, r1)`.
//! With a tolerance of `L` grid points the comparison window is
//!
//! ```text
//! W = [max(r0, q0 + L), min(r1, q1 - L))
//! ```
//!
//! in the reference's coordinates, so that for every lag `|t| <= L` the shifted query covers all
//! of `W`. `R(t)` compares `r(i)` with `q(i + t)` over `i` in `W`: their Pearson correlation
//! ([`Centring::Mean`]) or their cosine ([`Centring::None`]). There are no edge terms and no
//! zero-padding artefacts: each `R(t)` is the exact coefficient of the points it names.
//!
//! - The **score** is the largest `R(t)` with `|t| <= L`.
//! - The **axis shift** is the `t` where it lies, refined by a parabola through its neighbours: the
//!   amount by which the query's axis reads higher than the reference's.
//! - The **background** is the mean and standard deviation of `R(t)` for `L < |t| <= B`, over the
//!   part of `W` that the shifted query covers: what this very pair gives by chance, as in the
//!   xcorr of SEQUEST (Eng et al. 1994, doi:10.1016/1044-0305(94)80016-2). The **excess** is the
//!   score minus that mean.
//!
//! All products `sum r(i) q(i + t)` come from one FFT product; the means and norms come from
//! running sums.

pub mod cascade;
pub mod columns;
mod engine;
pub mod fragments;
pub mod ions;
pub mod score;
mod shortlist;
mod simd;
pub(crate) mod transform;
pub mod warp;

pub use engine::{Background, Centring, Correlation, Engine, Query, Settings};
pub use shortlist::Wanted;

/// Sum of products in eight lanes, which the compiler can keep in vectors.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (a8, b8) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut lanes = [0.0; 8];
    for (a, b) in a8.0.iter().zip(b8.0) {
        for ((lane, a), b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += a * b;
        }
    }
    let rest: f64 = a8.1.iter().zip(b8.1).map(|(a, b)| a * b).sum();
    lanes.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::dot;

    #[test]
    fn sums_of_products_with_a_rest() {
        let a: Vec<f64> = (0..21).map(f64::from).collect();
        // Sum of squares to 20: 20 * 21 * 41 / 6.
        assert_eq!(dot(&a, &a), 2870.0);
    }
}
