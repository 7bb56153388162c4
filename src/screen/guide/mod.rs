//! How a batch is screened.

#[doc = include_str!("screening.md")]
pub mod screening {}

#[doc = include_str!("partitions.md")]
pub mod partitions {}
