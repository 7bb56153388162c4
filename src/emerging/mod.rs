//! What is new: hints for spectra of substances that no library has.

pub mod formula;
