//! How a library is kept: a librarian's session, as it ran.

#[doc = include_str!("updating.md")]
pub mod updating {}
