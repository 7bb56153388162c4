//! The verdict on one spectrum: its levels, its set of substances and its error rate.

use crate::library::Rate;
use serde::{Deserialize, Serialize};

/// What a result says, from the most to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictLevel {
    /// One substance, or a set that the technique cannot separate here.
    Identified,
    /// It resembles substances of one class, none of them well enough.
    ClassOnly,
    /// No statement is possible; the reasons say why.
    Inconclusive,
    /// It is unlike everything in the library.
    NotInLibrary,
}

impl VerdictLevel {
    /// All levels, from the most to the least said.
    pub const ALL: [VerdictLevel; 4] = [
        VerdictLevel::Identified,
        VerdictLevel::ClassOnly,
        VerdictLevel::Inconclusive,
        VerdictLevel::NotInLibrary,
    ];

    /// Stable name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Identified => "identified",
            Self::ClassOnly => "class-only",
            Self::Inconclusive => "inconclusive",
            Self::NotInLibrary => "not-in-library",
        }
    }
}

/// What is said of a spectrum.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// How much is said.
    pub level: VerdictLevel,
    /// Positions in the ranking of the substances of the identified set, best first.
    pub set: Vec<usize>,
    /// Share of present substances that such a set contains, as measured; `None` without a set.
    pub set_coverage: Option<f64>,
    /// How often an absent substance is called identified; `None` where it was never measured.
    pub false_positive_rate: Option<Rate>,
    /// Why, one sentence each.
    pub reasons: Vec<String>,
}

impl Verdict {
    /// No statement, for this reason.
    pub fn inconclusive(reason: impl Into<String>) -> Self {
        Self {
            level: VerdictLevel::Inconclusive,
            set: Vec::new(),
            set_coverage: None,
            false_positive_rate: None,
            reasons: vec![reason.into()],
        }
    }
}
