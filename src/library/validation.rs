//! What a laboratory measured with its library: the summary of a validation, kept in the file.

use super::{Library, Rate};
use crate::prepare::Family;
use crate::read::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A file that a validation used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidatedFile {
    /// Path as given.
    pub path: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// `queries`, `absent` or `truth`.
    pub role: String,
    /// Spectra of it that were tried.
    pub spectra: usize,
}

/// What was measured for one technique.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ValidatedFigures {
    /// Technique, as results name it.
    pub technique: String,
    /// Distinct substances among the spectra of substances that the library holds.
    pub substances: usize,
    /// Share of their spectra whose substance was ranked first.
    pub rank1: Rate,
    /// Share of absent substances' spectra that were called identified; `None` without verdicts or
    /// without such spectra.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub false_identified: Option<Rate>,
    /// Share of identified sets of present substances that held the right one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Rate>,
    /// Share of present substances that were called not in the library; `None` in summaries of earlier programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<Rate>,
    /// Mean number of substances in an identified set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean_set_size: Option<f64>,
}

/// The validation of one generation of a library.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ValidationSummary {
    /// When it was made, RFC 3339.
    pub date: String,
    /// Version of the program that made it.
    pub program: String,
    /// Generation that was validated.
    pub generation: u64,
    /// [`Library::entries_hash`] of what was validated.
    pub entries_hash: String,
    /// The command line, word by word.
    pub command: Vec<String>,
    /// The files.
    pub files: Vec<ValidatedFile>,
    /// Figures by technique.
    pub figures: Vec<ValidatedFigures>,
}

/// To six decimals; 0 for what is no number.
pub fn rounded(value: f64) -> f64 {
    match value.is_finite() {
        true => (value * 1e6).round() / 1e6,
        false => 0.0,
    }
}

impl Library {
    /// The same entries with this validation; the next generation once it is committed.
    pub fn set_validation(&mut self, summary: ValidationSummary) {
        self.validation = Some(summary);
        self.info.generation += 1;
        self.info.program = crate::program::VERSION.to_owned();
        self.info.hash = self.content_hash();
    }

    /// Whether the stored validation is of the entries that are there now; `None` without one.
    pub fn validation_is_current(&self) -> Option<bool> {
        let validation = self.validation.as_ref()?;
        Some(validation.entries_hash == self.entries_hash())
    }

    /// What the laboratory measured for a family with these very entries; `None` where nothing is
    /// stored, or the library has changed since.
    pub fn own_figures(&self, family: Family) -> Option<&ValidatedFigures> {
        let validation = self.validation.as_ref()?;
        let technique = match family {
            Family::EiMsPrincipal => Family::EiMs.id(),
            other => other.id(),
        };
        let figures = validation.figures.iter();
        figures
            .filter(|_| match self.info.entries.is_empty() {
                // Storing a validation made the next generation, and so did every change of entries.
                true => self.info.generation == validation.generation + 1,
                false => self.info.entries == validation.entries_hash,
            })
            .find(|figures| figures.technique == technique)
    }

    /// The content hash, computed afresh: that of the entries and, where there is one, of the
    /// validation. A library without validation keeps the hash of its entries.
    pub fn content_hash(&self) -> String {
        self.content_hash_of(self.entries_hash())
    }

    /// The content hash, where that of the entries is known.
    pub(super) fn content_hash_of(&self, entries: String) -> String {
        let validation = match &self.validation {
            None if self.probes.is_empty() => return entries,
            validation => validation,
        };
        let mut hasher = Sha256::new();
        hasher.update(entries.as_bytes());
        // A summary holds only text and finite numbers, which always have a JSON form.
        if let Some(validation) = validation {
            hasher.update(serde_json::to_vec(validation).unwrap_or_default());
        }
        hasher.update(self.probes.bytes());
        hex(&hasher.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_figures_hold_until_the_library_changes() {
        let mut library = Library::default();
        assert!(library.own_figures(Family::EiMs).is_none());
        library.set_validation(ValidationSummary {
            generation: library.info.generation,
            figures: vec![ValidatedFigures {
                technique: "ei-ms".to_owned(),
                substances: 7,
                ..ValidatedFigures::default()
            }],
            ..ValidationSummary::default()
        });
        let own = |library: &Library, family| library.own_figures(family).map(|f| f.substances);
        assert_eq!(own(&library, Family::EiMs), Some(7));
        assert_eq!(own(&library, Family::EiMsPrincipal), Some(7));
        assert_eq!(own(&library, Family::Raman), None);
        library.info.generation += 1;
        assert_eq!(own(&library, Family::EiMs), None);
    }
}
