//! Things a reader or a later step found odd, kept with the spectrum.

use serde::{Deserialize, Serialize};

/// Kind of a warning, stable for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WarningKind {
    /// A unit was missing, in doubt or converted.
    Unit,
    /// The technique was inferred, not stated.
    Technique,
    /// Axis not in order, with repeated values, or at odds with its header.
    Axis,
    /// Ordinate values missing, not finite, saturated or at odds with the header.
    Ordinate,
    /// Fewer or more points than the header says.
    Count,
    /// A check of the format itself failed (a Y-check, a factor).
    Check,
    /// Bytes that are not valid text in the encoding.
    Encoding,
    /// Part of the file was left out.
    Skipped,
    /// The file, or the record, seems to be cut off.
    CutOff,
    /// Anything else about the format.
    Format,
    /// The stated identity is odd (CAS check digit, InChIKey form).
    Identity,
}

impl WarningKind {
    /// Stable name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Technique => "technique",
            Self::Axis => "axis",
            Self::Ordinate => "ordinate",
            Self::Count => "count",
            Self::Check => "check",
            Self::Encoding => "encoding",
            Self::Skipped => "skipped",
            Self::CutOff => "cut-off",
            Self::Format => "format",
            Self::Identity => "identity",
        }
    }
}

/// A warning in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What it concerns.
    pub kind: WarningKind,
    /// One sentence that a technician understands.
    pub message: String,
}

impl Warning {
    /// A warning of this kind with this sentence.
    pub fn new(kind: WarningKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
        }
    }
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}
