//! Published similarity scores by their exact definitions, for users who compare programs by them.
//!
//! They work on two slices of equal length: [`vibrational`] on curves on one grid, [`mass`] on
//! unit-mass spectra whose index is m/z, [`entropy`] on either unit-mass spectra or peak lists.
//! None of them decides the ranking of curves; see [`crate::search`].

pub mod entropy;
pub mod mass;
pub mod vibrational;

/// Sum of products.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
