#![doc = include_str!("guide.md")]

mod figures;
pub mod input;
mod page;
mod sections;
pub mod texts;
mod writing;

pub use writing::{Part, Statement, document};
