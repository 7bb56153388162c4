//! M + 1 and M + 2 over M, freed of the isotopes of the ions below.

use super::bins::Bins;
use super::cluster::{CARBON_13, Cluster};

/// The ratios of a cluster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ratios {
    /// M + 1 over M.
    pub first: f64,
    /// M + 2 over M.
    pub second: f64,
    /// Least abundance that the spectrum tells, over M.
    pub floor: f64,
    /// M - 1 over M.
    pub below: f64,
}

impl Ratios {
    /// The ratios of a cluster; `None` where nothing is left of its lightest isotope.
    pub fn of(bins: &Bins, cluster: &Cluster) -> Option<Self> {
        let mz = cluster.mz;
        let below = bins.at(mz.checked_sub(1)?);
        let two_below = bins.at(mz.checked_sub(2)?);
        // What carbon of the usual share of the mass gives; then what the ratio itself says.
        let mut first = CARBON_13 * f64::from(mz) / 15.0;
        let mut own = bins.at(mz);
        for _ in 0..4 {
            let pair = first * first / 2.0;
            own = bins.at(mz) - first * below - pair * two_below;
            if own <= 0.2 * bins.at(mz) {
                return None;
            }
            first = ((bins.at(mz + 1) - pair * below) / own).clamp(0.0, 2.0);
        }
        let third = first.powi(3) / 6.0;
        Some(Self {
            first,
            second: ((bins.at(mz + 2) - third * below) / own).max(0.0),
            floor: bins.floor() / own,
            below: below / own,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Benzaldehyde with as much M - 1 as M, each with 7 carbon atoms: 7.57 % and 0.25 % above.
    #[test]
    fn hydrogen_lost_is_taken_out() {
        let peaks = [
            (105.0, 100.0),
            (106.0, 107.57),
            (107.0, 7.82),
            (108.0, 0.25),
        ];
        let bins = Bins::of(peaks.into_iter()).unwrap();
        let cluster = Cluster {
            mz: 106,
            abundance: 100.0,
            chlorine: 0,
            bromine: 0,
            similarity: 1.0,
        };
        let ratios = Ratios::of(&bins, &cluster).unwrap();
        assert!((ratios.first - 0.0757).abs() < 0.001, "{ratios:?}");
        assert!((ratios.second - 0.0025).abs() < 0.001, "{ratios:?}");
    }
}
