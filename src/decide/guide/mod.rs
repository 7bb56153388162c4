//! How a verdict is made and what it was measured on.

#[doc = include_str!("verdicts.md")]
pub mod verdicts {}

#[doc = include_str!("robustness.md")]
pub mod robustness {}
