//! Substances: chemical identities with their role and international control status.
#![doc = include_str!("guide.md")]

mod audit;
mod control;
mod look_up;
mod register;
mod salt;
mod table;

pub use crate::spectrum::{normalised, words};
pub use control::{
    Basis, Form, InForce, Instrument, Kind, On, Rule, Rules, RulesError, Salts, Scope, Standing,
    Status, Stereo, When,
};
pub use look_up::Unknown;
pub use register::{MatchedBy, Register, RegisterError, Role, Substance};
pub use salt::{Salt, named_salt};
