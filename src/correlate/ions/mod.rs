//! Comparison of two unit-mass spectra with what differs between instruments taken out.
//!
//! Two instruments that measure one substance differ by a slow change of sensitivity over m/z (their
//! tune), by their threshold and by noise ions. [`tilt::Tilt`] is fitted for each pair and taken half
//! from either side; abundances are lowered smoothly towards the floor; what is left is compared by
//! spectral entropy with the ions weighted by m/z. [`Evidence`] also states what the comparison
//! leaves unexplained, which the verdict is made from.

mod evidence;
mod major;
mod tilt;

pub use evidence::{Evidence, compare, score, similarity};
pub use major::{MAJOR, Major, majors};
pub use tilt::Tilt;
