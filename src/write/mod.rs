//! Spectra as files that other programs read.

pub mod jcamp;
pub mod msp;
