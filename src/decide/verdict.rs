//! The verdict on one spectrum: its levels, its set of substances and its error rate.

use crate::library::Rate;
use crate::spectrum::Identity;
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
    /// Substances that belong to the set, too, and have no place in the ranking: isomers of its members that
    /// the register knows and of which the library holds no reference.
    pub lacking: Vec<Identity>,
    /// Share of present substances that such a set contains, as measured; `None` without a set.
    pub set_coverage: Option<f64>,
    /// How often an absent substance is called identified; `None` where it was never measured.
    pub false_positive_rate: Option<Rate>,
    /// Why, one sentence each.
    pub reasons: Vec<String>,
    /// The rule that it follows from; `None` where there was none to apply.
    pub rule: Option<Rule>,
}

/// The rule of the library as it was applied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The acceptance value (logit of the library's acceptance model) of the best candidate.
    pub value: f64,
    /// Above it the best candidate's set is identified.
    pub identified_above: f64,
    /// Below it the substance is not in the library.
    pub not_in_library_below: f64,
    /// Candidates belong to the set whose score is within `set_width * (1.05 - best score)` of the best.
    pub set_width: f64,
    /// A set of more substances than this is not named.
    pub most_named: usize,
    /// Share of the library's own left-out substances that may be called identified, by which the upper limit
    /// was chosen.
    pub accepted_false_share: f64,
    /// Share of present substances called not in the library, as measured: the risk of a false reject.
    pub missed: Rate,
    /// Share of isomers that the library lacks which would be called identified; `None` where none was tried.
    pub isomer: Option<Rate>,
    /// Share of identified sets of present substances that hold the true one; `None` in results of earlier programs.
    #[serde(default)]
    pub coverage: Option<Rate>,
}

impl Verdict {
    /// No statement, for this reason.
    pub fn inconclusive(reason: impl Into<String>) -> Self {
        Self {
            level: VerdictLevel::Inconclusive,
            set: Vec::new(),
            lacking: Vec::new(),
            set_coverage: None,
            false_positive_rate: None,
            reasons: vec![reason.into()],
            rule: None,
        }
    }
}
