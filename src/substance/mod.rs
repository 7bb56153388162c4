//! Substances: chemical identities with their role and international control status.

mod control;
mod register;

pub use control::{Control, Instrument};
pub use register::{MatchedBy, Register, RegisterError, Role, Substance, normalised};
