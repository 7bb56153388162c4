//! What can be said of a ranking: the quality of the query, margins, look-alikes, and what would
//! confirm it.
//!
//! This layer states no verdict yet: whether the sample is in the library at all is not decided, and
//! every result says so.

mod confirm;
mod quality;
mod stored;
mod verdict;

pub use confirm::confirm_by;
pub use quality::{Level, Quality, assess_quality};
pub use verdict::{Rate, Verdict, VerdictLevel};

/// What stands under every result of this version.
pub const NOTICE: &str = "PRESUMPTIVE: a ranking by similarity, not an identification. \
Whether the sample is in the library at all is not decided.";

/// Distance of each score to the next lower one; `None` for the last.
pub fn margins(scores: &[f64]) -> Vec<Option<f64>> {
    let next = scores.iter().skip(1).map(Some).chain(std::iter::once(None));
    scores
        .iter()
        .zip(next)
        .map(|(s, n)| n.map(|n| s - n))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_to_the_next() {
        assert_eq!(margins(&[0.75, 0.5, 0.5]), [Some(0.25), Some(0.0), None]);
        assert!(margins(&[]).is_empty());
    }
}
