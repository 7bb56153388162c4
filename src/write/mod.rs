//! Spectra and tables as files that other programs read.

pub mod csv;
pub mod jcamp;
pub mod msp;
mod sheet;

pub use sheet::{Sheet, is_formula};

/// A value on one line, blanks joined, so that it cannot break a line-based format.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .collect();
    words
        .into_iter()
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
