//! Which of many peak lists share peaks with a query, and how much at most: an index of all peaks in
//! order of m/z.
//!
//! # Definition
//! The similarity of two lists is the sum of `s(a, b)` over the pairs of peaks that
//! [`Shared::of`](super::score::entropy::Shared::of) matches, with their weights `a` and `b`. It
//! matches each peak once, and only within a tolerance. So the same sum over *all* pairs within the
//! tolerance is no smaller: it is a bound, and equal where no peak has two partners.
//!
//! [`Bounds::add`] computes it for all rows at once. For each peak of the query it looks up the
//! stretch of the [`Index`] within the tolerance and adds to the row of each peak there. Three
//! things make this cheap, and each errs upwards only:
//!
//! - a weight is stored as one byte, the next of 256 steps above it, and `s` rises with `b`, so that
//!   a table of 256 values made for each peak of the query replaces the logarithms;
//! - sums are kept in 16 bits, in steps of 1/8192 rounded up;
//! - rows go by blocks of 65 536, so that a row number takes 16 bits and the sums of a block stay in
//!   the processor's cache.
//!
//! A search takes rows by falling bound ([`Bounds::falling`]), compares each in full, and stops when
//! the bound is below the worst score that it still wants. What it shows is therefore what an
//! exhaustive search shows, to the last bit.
//!
//! # Why sums do not overflow
//! An index is made for one tolerance and admits only lists of which neighbouring peaks are further
//! apart than that ([`is_admitted`]), and so must a query be. A peak then has at most two partners.
//! Since `s(a, b) <= (a + b) / 2` and the weights of a list sum to 1, a row's sum is at most 2, and
//! with weights rounded up 2.1, beside the rounding of terms. [`Bounds::add`] keeps account of that
//! and takes no more than 16 bits hold: about eight, and some thousand peaks.
//!
//! # Which rows share a peak
//! m/z is stored in steps of 2^-22. A peak of the query and one of a row are surely within the
//! tolerance or surely not, except where the stored m/z falls on the step that an end of the
//! tolerance falls on. Rows of such peaks are listed by [`Bounds::unsure`]. All other rows with a
//! bound above zero do share a peak with the query: where two ascending lists have any pair within
//! the tolerance, matching in order finds one, and `s` is above zero for the weights that are
//! admitted. Peaks from m/z 4096 are not indexed, and queries that reach there not admitted.

mod bounds;
mod code;
mod falling;
mod index;
mod place;
#[cfg(test)]
mod tests;
mod view;

pub use bounds::Bounds;
pub use falling::Falling;
pub use index::Index;
pub use view::{Damaged, View};

use super::score::entropy::Peak;

/// Rows in a block: as many as 16 bits count.
const BLOCK: usize = 1 << 16;

/// The least weight that is admitted: `s` of two such weights is far above what rounding takes away.
const LEAST_WEIGHT: f64 = 1e-9;

/// By how much more than the tolerance neighbouring peaks must be apart: more than the steps of m/z
/// and all rounding.
const APART: f64 = 1e-6;

/// What the weights of a list may sum to at most, since rounding may take 1 too far.
const WHOLE: f64 = 1.0 + 1e-6;

/// Whether peaks ascend in m/z from zero, are finite, and further apart than a tolerance, and their
/// weights at least 1e-9 and 1 in sum at most: what the bounds rest on.
pub fn is_admitted(peaks: impl IntoIterator<Item = Peak>, tolerance: f64) -> bool {
    let (mut last, mut sum) = (f64::NEG_INFINITY, 0.0);
    peaks.into_iter().all(|(mz, weight)| {
        let apart = mz.is_finite() && mz >= 0.0 && mz - last > tolerance + APART;
        last = mz;
        sum += weight;
        apart && (LEAST_WEIGHT..=1.0).contains(&weight) && sum <= WHOLE
    })
}
