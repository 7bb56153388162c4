//! Bounds of the number of carbon atoms by M + 1.

use super::cluster::{CARBON_13, Cluster};
use super::hint::Carbons;
use super::ratios::Ratios;

/// Above this least abundance over M, M + 1 says too little.
const WEAK: f64 = 0.05;
/// How much too high M + 1 may be measured (molecules take up a proton) and how much too low, of 95 % of
/// development spectra.
const HIGH: f64 = 1.5;
const LOW: f64 = 0.83;
/// What nitrogen and sulfur give M + 1.
const OTHERS: f64 = 0.010;

/// The bounds; `None` where M is too weak.
pub(super) fn bounds(cluster: &Cluster, ratios: &Ratios) -> Option<Carbons> {
    if ratios.floor > WEAK || ratios.first <= 0.0 {
        return None;
    }
    let rough = 2.0 * ratios.floor;
    let halogens = 35 * u32::from(cluster.chlorine) + 79 * u32::from(cluster.bromine);
    let room = f64::from(cluster.mz.saturating_sub(halogens) / 12).max(1.0);
    let low = (ratios.first - rough - OTHERS) / (CARBON_13 * HIGH);
    let high = (ratios.first + rough) / (CARBON_13 * LOW);
    let high = high.floor().clamp(1.0, room.min(120.0));
    let low = low.ceil().clamp(1.0, high);
    Some(Carbons {
        low: low as u8,
        high: high as u8,
        statement: format!(
            "M + 1 is {:.1} % of M: {low:.0} to {high:.0} carbon atoms (1.08 % each, {:.0} by the figure itself).",
            100.0 * ratios.first,
            ratios.first / CARBON_13
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(mz: u32, first: f64, floor: f64) -> Option<(u8, u8)> {
        let cluster = Cluster {
            mz,
            abundance: 50.0,
            chlorine: 0,
            bromine: 0,
            similarity: 1.0,
        };
        let ratios = Ratios {
            first,
            second: 0.0,
            floor,
            below: 0.0,
        };
        bounds(&cluster, &ratios).map(|c| (c.low, c.high))
    }

    #[test]
    fn bounds_by_hand() {
        // Caffeine, 9.6 %: (0.096 - 0.002 - 0.01) / 0.016224 = 5.2; (0.096 + 0.002) / 0.008977 = 10.9.
        assert_eq!(of(194, 0.096, 0.001), Some((6, 10)));
        // No more than fit into the mass.
        assert_eq!(of(58, 0.9, 0.001), Some((4, 4)));
        assert_eq!(of(194, 0.096, 0.2), None);
        assert_eq!(of(194, 0.0, 0.001), None);
    }
}
