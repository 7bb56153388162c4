//! What is wrong with a manifest, all of it together.

use std::fmt;
use std::path::PathBuf;

/// Most errors, and most warnings, that are listed one by one.
const LISTED: usize = 20;

/// Why a manifest cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestError {
    /// The manifest.
    pub path: PathBuf,
    /// The first errors, each with its place in the file.
    pub problems: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the manifest {} cannot be used:", self.path.display())?;
        for problem in &self.problems {
            write!(f, "\n  {problem}")?;
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, "\n  and {more} more"),
        }
    }
}

impl std::error::Error for ManifestError {}

/// Sentences, of which only the first are kept.
#[derive(Debug, Default)]
pub(super) struct Sentences {
    pub first: Vec<String>,
    pub more: usize,
}

impl Sentences {
    pub fn push(&mut self, sentence: String) {
        match self.first.len() < LISTED {
            true => self.first.push(sentence),
            false => self.more += 1,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// The sentences, with a last one that counts those left out.
    pub fn into_list(mut self, what: &str) -> Vec<String> {
        if self.more > 0 {
            self.first.push(format!("and {} more {what}", self.more));
        }
        self.first
    }
}

/// What the user wrote, cut to 60 characters, in quotation marks, control characters escaped.
pub(super) fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(60).flat_map(char::escape_debug).collect();
    if text.chars().nth(60).is_some() {
        shown.push_str("...");
    }
    format!("\"{shown}\"")
}
