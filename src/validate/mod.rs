//! What the program is worth on spectra of known identity: a laboratory's own error rates.
//!
//! Each spectrum is searched without anything that names its substance ([`trial`]); who it is comes
//! from its record or a truth table ([`truth`]). A substance is *present* where the library holds it,
//! measured by the spectrum's technique, and *absent* otherwise ([`identity`]). The figures are kept
//! apart by technique, because scores of different techniques do not compare.

pub mod bootstrap;
pub mod breakdown;
pub mod identity;
pub mod ranking;
mod report;
pub mod roc;
#[cfg(test)]
pub(crate) mod sample;
pub mod trial;
pub mod truth;
pub mod verdicts;

pub use report::{Counted, Figures, Report, SCHEMA, Settings, UsedFile, UsedLibrary};
