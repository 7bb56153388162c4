#![doc = include_str!("guide.md")]

mod accurate;
mod atoms;
mod bins;
mod carbons;
mod cluster;
mod electron;
mod enumerate;
mod fragments;
mod hint;
mod ion;
mod limits;
mod losses;
mod masses;
mod nitrogen;
mod nominal;
mod pattern;
mod precision;
mod rank;
mod ratios;

#[cfg(test)]
mod tests;

pub use hint::{Basis, Carbons, FormulaHint, FormulaHints, Isotopes, MassHint, Nitrogen};

use crate::spectrum::{Spectrum, Technique};

/// Hints on the formula of the substance of a spectrum. Nothing in them comes from a library of
/// spectra, and what the spectrum's own record says of its identity is not looked at.
pub fn hints(spectrum: &Spectrum) -> FormulaHints {
    match spectrum.technique {
        Technique::MsMs => accurate::hints(spectrum),
        Technique::EiMs => electron::hints(spectrum),
        _ => FormulaHints {
            notes: vec![format!(
                "{} says nothing of the formula: a mass spectrum would.",
                spectrum.technique.label()
            )],
            ..FormulaHints::default()
        },
    }
}
