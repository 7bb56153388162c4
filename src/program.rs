//! Which program this is.

/// Version of the program, and behind `+` the first 12 digits of the SHA-256 of what it was made from: its source, the embedded
/// library and the versions of its dependencies (`scripts/identity.rs`). Two programs that give different results
/// have different ones.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("SPECID_SOURCE"));
