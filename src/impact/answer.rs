//! What a generation says of one spectrum.

use crate::decide::{Quality, VerdictLevel, decide};
use crate::library::Library;
use crate::search::Ranking;
use crate::substance::Register;
use serde::Serialize;

/// What a generation says of one spectrum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Name of the best candidate; `None` where there was none.
    pub best: Option<String>,
    /// Whether it is the true substance.
    pub first: bool,
    /// Verdict.
    pub level: VerdictLevel,
    /// Names of the substances of the identified set, best first; empty where none was identified.
    pub set: Vec<String>,
    /// Whether the true substance is in that set.
    pub holds_truth: bool,
}

impl Answer {
    /// The answer that a ranking gives; `is_true` says whether an entry is of the true substance.
    pub(super) fn of(
        ranking: &Ranking,
        quality: &Quality,
        library: &Library,
        register: &Register,
        is_true: impl Fn(usize) -> bool,
    ) -> Self {
        let verdict = decide(ranking, quality, library, register);
        let best = ranking.hits.first();
        let set: Vec<_> = verdict
            .set
            .iter()
            .filter_map(|i| ranking.hits.get(*i))
            .collect();
        let name = |entry: usize| library.entry(entry).map(|e| e.identity.name).ok();
        Self {
            best: best.and_then(|hit| name(hit.entry)),
            first: best.is_some_and(|hit| is_true(hit.entry)),
            level: verdict.level,
            holds_truth: set.iter().any(|hit| is_true(hit.entry)),
            set: set.iter().filter_map(|hit| name(hit.entry)).collect(),
        }
    }

    /// The answer of a generation that cannot compare the spectrum.
    pub(super) fn nothing() -> Self {
        Self {
            best: None,
            first: false,
            level: VerdictLevel::Inconclusive,
            set: Vec::new(),
            holds_truth: false,
        }
    }

    /// Whether a substance or set was named.
    pub fn is_identified(&self) -> bool {
        self.level == VerdictLevel::Identified
    }

    /// Identified, the true substance in the set.
    pub fn is_right(&self) -> bool {
        self.is_identified() && self.holds_truth
    }

    /// Identified, the true substance not in the set.
    pub fn is_wrong(&self) -> bool {
        self.is_identified() && !self.holds_truth
    }
}
