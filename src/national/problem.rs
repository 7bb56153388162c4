//! What is wrong with an overlay, each with its place, what to expect there and what to do.

use super::limits::TOLD;
use serde::Serialize;
use std::fmt;

/// A reason why an overlay cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverlayError {
    /// The file, as the caller named it.
    pub file: String,
    /// Line in the file, counted from 1.
    pub line: usize,
    /// Heading of the column, or name of the header line; `None` for the line as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What is expected there.
    pub expected: String,
    /// What is there.
    pub found: String,
    /// What to do.
    pub advice: String,
}

impl fmt::Display for OverlayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
        }
        let Self {
            expected,
            found,
            advice,
            ..
        } = self;
        write!(f, ": expected {expected}, found {found}; {advice}")
    }
}

impl std::error::Error for OverlayError {}

/// What is doubtful in an overlay that can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverlayWarning {
    /// The file, as the caller named it.
    pub file: String,
    /// Line in the file, counted from 1; `None` for the file as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Heading of the column, or name of the header line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What is doubtful and what to do.
    pub message: String,
}

impl fmt::Display for OverlayWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// A line and, where one is meant, a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub line: usize,
    pub column: Option<&'static str>,
}

impl Place {
    pub fn line(line: usize) -> Self {
        Self { line, column: None }
    }

    pub fn cell(line: usize, column: &'static str) -> Self {
        Self {
            line,
            column: Some(column),
        }
    }
}

/// The problems met so far; only the first of very many are kept.
#[derive(Debug)]
pub(super) struct Problems {
    file: String,
    errors: Vec<OverlayError>,
    warnings: Vec<OverlayWarning>,
    more_errors: usize,
    more_warnings: usize,
}

impl Problems {
    pub fn of(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            errors: Vec::new(),
            warnings: Vec::new(),
            more_errors: 0,
            more_warnings: 0,
        }
    }

    /// Notes an error: what is expected, what was found, what to do.
    pub fn refuse(&mut self, place: Place, expected: &str, found: String, advice: &str) {
        if self.errors.len() == TOLD {
            self.more_errors += 1;
            return;
        }
        self.errors.push(OverlayError {
            file: self.file.clone(),
            line: place.line,
            column: place.column.map(str::to_owned),
            expected: expected.to_owned(),
            found,
            advice: advice.to_owned(),
        });
    }

    /// Notes a doubt.
    pub fn doubt(&mut self, place: Place, message: String) {
        if self.warnings.len() == TOLD {
            self.more_warnings += 1;
            return;
        }
        self.warnings.push(OverlayWarning {
            file: self.file.clone(),
            line: Some(place.line),
            column: place.column.map(str::to_owned),
            message,
        });
    }

    /// The warnings, where there is no error.
    ///
    /// # Errors
    /// All errors, in the order of lines; the last one counts those left out.
    pub fn into_warnings(mut self) -> Result<Vec<OverlayWarning>, Vec<OverlayError>> {
        self.errors.sort_by_key(|error| error.line);
        self.warnings.sort_by_key(|warning| warning.line);
        if let Some(last) = self.errors.last().filter(|_| self.more_errors > 0) {
            let counted = OverlayError {
                column: None,
                expected: "fewer errors".to_owned(),
                found: format!("{} more of them", self.more_errors),
                advice: "correct those above and check again".to_owned(),
                ..last.clone()
            };
            self.errors.push(counted);
        }
        if self.more_warnings > 0 {
            self.warnings.push(OverlayWarning {
                file: self.file,
                line: None,
                column: None,
                message: format!("there are {} more warnings", self.more_warnings),
            });
        }
        match self.errors.is_empty() {
            true => Ok(self.warnings),
            false => Err(self.errors),
        }
    }
}

/// What the file holds, cut to 60 characters, in quotation marks; "nothing" for an empty text.
pub(super) fn quoted(text: &str) -> String {
    if text.is_empty() {
        return "nothing".to_owned();
    }
    let plain = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut shown: String = text.chars().take(60).map(plain).collect();
    if text.chars().nth(60).is_some() {
        shown.push_str("...");
    }
    format!("\"{shown}\"")
}
