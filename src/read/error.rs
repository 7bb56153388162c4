//! Why a file or a record could not be read.

use serde::Serialize;
use std::fmt;

/// Kind of a reading error, stable for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorKind {
    /// The operating system refused (missing, locked, no permission).
    Io,
    /// No bytes, or only white space.
    Empty,
    /// No reader takes this content.
    UnknownFormat,
    /// The format is known, this variant of it is not read.
    Unsupported,
    /// The file ends before its data do.
    Truncated,
    /// A line or field breaks the format's rules.
    Malformed,
    /// Read correctly, but not usable as a spectrum (no points, all not-a-number).
    NoData,
    /// Larger than the limits allow.
    Limit,
    /// A measurement of another kind (NMR, chromatogram without spectra).
    OtherTechnique,
}

/// Where in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Position {
    /// Line, counted from 1.
    Line(usize),
    /// Byte offset, counted from 0.
    Byte(usize),
}

/// A reading error: what, where, what was expected, what was found, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// Kind for programs.
    pub kind: ErrorKind,
    /// What went wrong, without a full stop.
    pub message: String,
    /// Where, if it has a place.
    pub position: Option<Position>,
    /// What the reader expected there.
    pub expected: Option<String>,
    /// What it found.
    pub found: Option<String>,
    /// What the user can do.
    pub advice: Option<String>,
}

impl ReadError {
    /// An error of this kind; `message` starts in lower case and has no full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            position: None,
            expected: None,
            found: None,
            advice: None,
        }
    }

    /// Adds the line, counted from 1.
    pub fn at_line(mut self, line: usize) -> Self {
        self.position = Some(Position::Line(line));
        self
    }

    /// Adds the byte offset.
    pub fn at_byte(mut self, byte: usize) -> Self {
        self.position = Some(Position::Byte(byte));
        self
    }

    /// Adds what was expected.
    pub fn expected(mut self, what: impl Into<String>) -> Self {
        self.expected = Some(what.into());
        self
    }

    /// Adds what was found, cut to 60 characters, control characters escaped.
    pub fn found(mut self, what: impl AsRef<str>) -> Self {
        let what = what.as_ref();
        let mut shown: String = what.chars().take(60).flat_map(char::escape_debug).collect();
        if what.chars().nth(60).is_some() {
            shown.push_str("...");
        }
        self.found = Some(shown);
        self
    }

    /// Adds what the user can do.
    pub fn advise(mut self, what: impl Into<String>) -> Self {
        self.advice = Some(what.into());
        self
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(Position::Line(line)) => write!(f, "line {line}: ")?,
            Some(Position::Byte(byte)) => write!(f, "byte {byte}: ")?,
            None => {}
        }
        f.write_str(&self.message)?;
        if let Some(expected) = &self.expected {
            write!(f, "; expected {expected}")?;
        }
        if let Some(found) = &self.found {
            write!(f, "; found {found}")?;
        }
        if let Some(advice) = &self.advice {
            write!(f, "; {advice}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ReadError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_what_and_what_to_do() {
        let error = ReadError::new(ErrorKind::Malformed, "this is not a number")
            .at_line(12)
            .expected("a value")
            .found("a\u{1b}bc")
            .advise("export the file again");
        assert_eq!(
            error.to_string(),
            "line 12: this is not a number; expected a value; found a\\u{1b}bc; export the file again"
        );
    }
}
