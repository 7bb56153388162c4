//! Pages of documentation: which files are read and how that was checked, and how a format is added.

#[doc = include_str!("formats.md")]
pub mod formats {}

#[doc = include_str!("adding.md")]
pub mod adding {}
