//! Made-up trials for tests.

use super::trial::{ScoreResult, Trial};

/// A trial of this substance, ranked so by the program's own score.
pub(crate) fn trial(key: &str, present: bool, rank: Option<usize>, best: f64) -> Trial {
    Trial {
        path: "made-up.msp".to_owned(),
        index: 0,
        id: None,
        technique: "ei-ms",
        substance: key.to_owned(),
        key: key.to_owned(),
        present,
        moved: false,
        instrument: None,
        class: None,
        first: None,
        scores: vec![ScoreResult {
            score: "specid",
            rank,
            best: Some(best),
        }],
        verdict: None,
    }
}
