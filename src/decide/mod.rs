//! What can be said of a ranking: the quality of the query, the verdict with its set of substances
//! and its error rates, and what would confirm it.
//!
//! The rule that decides is learned when a library is built ([`learn()`]) and stored in it, so that
//! every error rate is one of this library.

mod admixture;
mod class;
mod confirm;
mod disturb;
pub mod guide;
mod judge;
mod lacking;
mod learn;
mod logistic;
mod look_alike;
mod mass_axis;
mod negative;
mod quality;
mod rates;
mod standing;
pub(crate) mod term;
mod trial;
mod uncalibrated;
mod verdict;

pub use crate::library::Rate;
pub use admixture::{Admixture, Unmixable};
pub use class::ClassFound;
pub use confirm::confirm_by;
pub use judge::{MOST_NAMED, decide};
pub use learn::{SET_SHARE, calibrate, false_share, learn, most_trials, trials};
pub use look_alike::{Apart, Neighbourhood, Neighbours};
pub use mass_axis::MassAxis;
pub use negative::{Negatives, Noticed};
pub use quality::{Level, Quality, assess_quality};
pub use standing::Standing;
pub use trial::{chance, disturbed};
pub use verdict::{Rule, Verdict, VerdictLevel};

/// What stands under every result.
pub const NOTICE: &str = "PRESUMPTIVE: a screening result by similarity of spectra.";

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
