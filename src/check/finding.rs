//! What a check found.

use serde::Serialize;

/// How sure it is that something must be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing need be wrong.
    Note,
    /// Probably wrong: look at the entry.
    Warning,
    /// Wrong, unless the entry is very unusual.
    Error,
}

impl Severity {
    /// Name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Which check found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// The same measurement twice.
    Duplicate,
    /// The spectrum is another substance's.
    Mislabelled,
    /// Name, CAS number, InChIKey, formula and masses contradict each other.
    Identity,
    /// The ions do not fit the formula.
    MolecularIon,
    /// A derivative or isotope-labelled substance under its parent's name.
    Derivative,
    /// Salt or base.
    Salt,
    /// Noise, saturation, too few points.
    Quality,
    /// Units of the ordinate, unit and calibration of the axis.
    Axis,
}

impl Check {
    /// All checks, in the order of reports.
    pub const ALL: [Self; 8] = [
        Self::Duplicate,
        Self::Mislabelled,
        Self::Identity,
        Self::MolecularIon,
        Self::Derivative,
        Self::Salt,
        Self::Quality,
        Self::Axis,
    ];

    /// Stable name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::Mislabelled => "mislabelled",
            Self::Identity => "identity",
            Self::MolecularIon => "molecular-ion",
            Self::Derivative => "derivative",
            Self::Salt => "salt",
            Self::Quality => "quality",
            Self::Axis => "axis",
        }
    }
}

/// One thing found in one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Id of the entry.
    pub entry: String,
    /// Position of the entry in the library.
    pub index: usize,
    /// Which check found it.
    pub check: Check,
    /// How sure it is.
    pub severity: Severity,
    /// What is wrong and what to do, in whole sentences.
    pub message: String,
    /// Id of the other entry that it concerns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
}
