//! Losses that no molecule shows from its molecular ion.

use super::bins::Bins;
use super::cluster::{CARBON_13, Cluster};

/// Abundances that count: per cent of the base peak, and share of the heaviest cluster's.
const SEEN: f64 = 1.0;
const SHARE: f64 = 0.5;

/// The smallest loss of 4 to 14 or 21 to 25 (McLafferty & Turecek 1993, chapter 3) that an ion of some
/// abundance below the cluster would be. Isotopes of ions that are lighter still do not count.
pub(super) fn impossible(bins: &Bins, cluster: &Cluster) -> Option<u32> {
    let one = CARBON_13 * f64::from(cluster.mz) / 13.0;
    let own = |mz: u32| {
        let isotopes = 1.4 * one * bins.at(mz.saturating_sub(1))
            + (one * one / 2.0 + 0.09) * bins.at(mz.saturating_sub(2));
        bins.at(mz) - isotopes
    };
    (4..=14).chain(21..=25).find(|loss| {
        let mz = cluster.mz.checked_sub(*loss);
        mz.is_some_and(|mz| own(mz) >= SEEN.max(SHARE * cluster.abundance))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loss(peaks: &[(f64, f64)]) -> Option<u32> {
        let bins = Bins::of(peaks.iter().copied()).unwrap();
        impossible(&bins, &Cluster::of(&bins).unwrap())
    }

    #[test]
    fn losses_by_hand() {
        // Amphetamine: 120 is M - 15. A contaminant at 131 would have lost 11 to give 120.
        assert_eq!(loss(&[(44.0, 100.0), (120.0, 3.0), (135.0, 1.0)]), None);
        assert_eq!(loss(&[(44.0, 100.0), (120.0, 3.0), (131.0, 2.0)]), Some(11));
        assert_eq!(loss(&[(44.0, 100.0), (120.0, 0.9), (131.0, 2.0)]), None);
        assert_eq!(
            loss(&[(43.0, 100.0), (100.0, 30.0), (123.0, 40.0)]),
            Some(23)
        );
    }
}
