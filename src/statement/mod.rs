#![doc = include_str!("guide.md")]

mod figures;
pub mod input;
mod page;
mod sections;
pub mod texts;
mod writing;

pub(crate) use figures::positions;
pub use writing::{Part, Statement, document};
