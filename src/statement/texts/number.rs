//! Numbers as a language writes them.
//!
//! The decimal sign is that of the language (in Indonesian a comma, by EYD V); thousands are not parted, since
//! the sign that parts them in one language is the decimal sign of another. Hashes, ids, versions, m/z in
//! names and what a file or a person wrote stay as they are.

use super::Texts;

/// What is said of no number.
const NONE: &str = "\u{2013}";

impl Texts {
    /// A number with so many decimals.
    pub fn number(&self, value: f64, decimals: usize) -> String {
        match value.is_finite() {
            true => self.written(&format!("{value:.decimals$}")),
            false => NONE.to_owned(),
        }
    }

    /// A number with its sign and so many decimals.
    pub fn signed(&self, value: f64, decimals: usize) -> String {
        match value.is_finite() {
            true => self.written(&format!("{value:+.decimals$}")),
            false => NONE.to_owned(),
        }
    }

    /// A share in per cent with so many decimals, without its sign.
    pub fn percent(&self, share: f64, decimals: usize) -> String {
        self.number(100.0 * share, decimals)
    }

    /// A number as it was written, with the language's decimal sign.
    pub fn written(&self, number: &str) -> String {
        match self.say("decimal-sign").as_str() {
            "." => number.to_owned(),
            sign => number.replace('.', sign),
        }
    }

    /// What is said where there is no value in a cell.
    pub fn none(&self) -> String {
        NONE.to_owned()
    }
}
