//! Unknowns: what can be said of a spectrum whose substance no library holds.

pub mod class;
