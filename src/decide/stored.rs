//! Rates on their way into a library file and back.

use super::Rate;
use crate::library::StoredRate;

impl From<&Rate> for StoredRate {
    fn from(rate: &Rate) -> Self {
        Self::new(
            rate.estimate,
            rate.low,
            rate.high,
            rate.n,
            rate.basis.clone(),
        )
    }
}

impl From<&StoredRate> for Rate {
    fn from(stored: &StoredRate) -> Self {
        Self {
            estimate: stored.estimate,
            low: stored.low,
            high: stored.high,
            n: stored.n,
            basis: stored.basis.clone(),
        }
    }
}
