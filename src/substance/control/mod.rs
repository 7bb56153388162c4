//! International control by dated rules.
//!
//! A [`Rule`] is one entry of a list for the time that it stood there. Whether a substance is covered on a
//! day follows from the entry, from what its list says of salts, isomers, esters and ethers ([`Scope`]), from
//! what is excepted, and from what is known of the substance's form ([`Form`]). Where that leaves more than
//! one status, all of them are told, the strictest first.

mod evaluate;
mod instrument;
mod rule;
mod rules;
mod status;
#[cfg(test)]
mod tests;
mod when;
mod wording;

pub use instrument::Instrument;
pub use rule::{Kind, Rule, Salts, Scope, Stereo};
pub use rules::{Rules, RulesError};
pub use status::{Basis, Form, On, Standing, Status};
pub use when::{InForce, When};
