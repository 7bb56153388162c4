//! A sample of a case, and what was read.

use super::Amount;
use crate::screen::manifest::{Fields, Manifest};
use crate::spectrum::{Identity, Technique};
use jiff::civil::Date;
use std::path::PathBuf;

/// One sample of a screening run or of a case manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseSample {
    /// Folder of the run, or manifest, as given.
    pub origin: PathBuf,
    /// Key of the sample in its run, or its line in the manifest.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// What is known of it; what rows say differently stands side by side.
    pub fields: Fields,
    /// Day of the seizure.
    pub date: Option<Date>,
    /// Quantity, in kg, l or tablets.
    pub amount: Option<Amount>,
    /// Quantity and unit as they were written.
    pub written: Option<String>,
    /// What it is.
    pub finding: Finding,
    /// What the screening names, whatever was confirmed since.
    pub named: Vec<Identity>,
    /// Its spectra.
    pub spectra: Vec<Source>,
    /// Number of its group of unknowns in its run.
    pub unknown_group: Option<i64>,
    /// What could not be understood or must be looked at, one sentence each.
    pub doubts: Vec<String>,
}

/// What a sample is.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// Confirmed, as a case manifest says (columns `confirmed_as`, `confirmed_by`).
    Confirmed {
        /// What it was confirmed as, as it was written: a name, CAS number or InChIKey.
        substance: Identity,
        /// How or by whom.
        by: Option<String>,
    },
    /// Presumptive: the screening names one of these.
    Presumptive {
        /// The substances; of several any one may be it.
        set: Vec<Identity>,
        /// Bound on the false-positive rate with its interval.
        rate: Option<[f64; 3]>,
    },
    /// Nothing is named.
    None {
        /// The verdict: `class-only`, `inconclusive`, `not-in-library`, `disagreeing`, `unusable`,
        /// `left-out`; `not-stated` for a row of a manifest that says nothing of identity; `nothing-confirmed`
        /// where a confirmation found nothing.
        verdict: String,
        /// Why, in a sentence.
        why: String,
    },
}

/// A spectrum of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its file, as it was given to the run.
    pub file: String,
    /// Its place in the file, counted from 1.
    pub spectrum: usize,
    /// SHA-256 of the file.
    pub sha256: Option<String>,
    /// Technique, where it is known.
    pub technique: Option<Technique>,
}

/// A sample that stands in another run that says more of it, or as much and was named earlier, and counts there.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeated {
    /// Where it stands again.
    pub origin: PathBuf,
    /// Its name for people.
    pub label: String,
    /// What is known of it there.
    pub fields: Fields,
    /// Where it counts.
    pub counted_in: PathBuf,
    /// Why it is the same, in a sentence.
    pub why: String,
}

/// A run or a manifest that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// As given.
    pub path: PathBuf,
    /// What it is, in words: the libraries of a run, the hash of a manifest.
    pub what: String,
}

impl Input {
    pub(super) fn of_manifest(manifest: &Manifest) -> Self {
        Self {
            path: manifest.path.clone(),
            what: format!("case manifest, SHA-256 {}", manifest.sha256),
        }
    }
}

/// All that was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cases {
    /// The samples: those of the runs in their order, then those that only manifests name.
    pub samples: Vec<CaseSample>,
    /// Samples that were met again.
    pub repeated: Vec<Repeated>,
    /// The runs and manifests.
    pub inputs: Vec<Input>,
    /// What the user should know of the inputs.
    pub warnings: Vec<String>,
}
