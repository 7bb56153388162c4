//! How often the heaviest cluster is the molecular ion, and what the mass is where it is not.

use super::bins::Bins;
use super::cluster::Cluster;
use super::hint::MassHint;

/// Abundances of the heaviest cluster that part its classes, per cent of the base peak.
const PARTS: [f64; 3] = [1.0, 5.0, 20.0];
/// Share of spectra in which the heaviest cluster was the molecular ion: by abundance, and by its m/z
/// and the base peak's: even with an even base peak, even with an odd one, odd. SWGDRUG 3.9, 3069 spectra
/// without labelled and silylated substances.
const MOLECULAR: [[f64; 3]; 4] = [
    [0.14, 0.42, 0.40],
    [0.44, 0.76, 0.73],
    [0.80, 0.90, 0.80],
    [0.82, 0.78, 0.80],
];
/// The same where an impossible loss is seen, 163 spectra.
const IMPOSSIBLE: f64 = 0.06;
/// Where the impossible loss is 14: share in which the cluster had lost H, and the ion below it CH3.
const HYDROGEN_LOST: f64 = 0.48;
/// What the molecular mass lay above the cluster where that was not the molecular ion, with its share of
/// these spectra; in the order of the columns above.
const ABOVE: [[(u32, f64); 5]; 3] = [
    [(15, 0.19), (43, 0.17), (1, 0.10), (57, 0.09), (29, 0.07)],
    [(44, 0.15), (2, 0.09), (33, 0.07), (91, 0.07), (31, 0.05)],
    [(91, 0.20), (58, 0.06), (72, 0.05), (18, 0.035), (15, 0.03)],
];
/// What is lost, in words.
const LOST: [(u32, &str); 12] = [
    (1, "H"),
    (2, "two H"),
    (15, "CH3"),
    (18, "water"),
    (29, "C2H5 or CHO"),
    (31, "OCH3 or CH3NH2"),
    (33, "CH2F, SH, or CH3 with water"),
    (43, "C3H7 or CH3CO"),
    (44, "C2H6N, CO2 or C2H4O"),
    (57, "C4H9 or C2H5CO"),
    (58, "C3H8N or C3H6O"),
    (72, "C4H10N or C3H4O2"),
];

/// How often, and what else.
pub(super) fn masses(bins: &Bins, cluster: &Cluster, impossible: Option<u32>) -> Vec<MassHint> {
    let class = PARTS
        .iter()
        .filter(|part| cluster.abundance >= **part)
        .count();
    let base = bins.base_peak();
    let column = match (cluster.mz % 2, base % 2) {
        (1, _) => 2,
        (_, 0) if base < cluster.mz => 0,
        _ => 1,
    };
    let molecular = if impossible.is_some() {
        IMPOSSIBLE
    } else {
        MOLECULAR[class][column]
    };
    let mut found = vec![MassHint {
        rank: 1,
        nominal_mass: cluster.mz,
        frequency: molecular,
        statement: format!(
            "The heaviest cluster of ions, m/z {}, is the molecular ion: so in {:.0} % of the drug spectra of this kind.",
            cluster.mz,
            100.0 * molecular
        ),
    }];
    if impossible == Some(14) {
        found.push(MassHint {
            rank: 0,
            nominal_mass: cluster.mz + 1,
            frequency: HYDROGEN_LOST,
            statement: format!(
                "The molecular ion is not seen, m/z {} has lost H and m/z {} CH3: so in {:.0} %.",
                cluster.mz,
                cluster.mz - 14,
                100.0 * HYDROGEN_LOST
            ),
        });
    }
    if impossible.is_none() {
        found.extend(
            ABOVE[column]
                .iter()
                .map(|(above, share)| above_cluster(cluster.mz, *above, share * (1.0 - molecular))),
        );
    }
    found.sort_by(|a, b| b.frequency.total_cmp(&a.frequency));
    for (rank, hint) in (1..).zip(&mut found) {
        hint.rank = rank;
    }
    found
}

fn above_cluster(mz: u32, above: u32, frequency: f64) -> MassHint {
    let lost = LOST.iter().find(|(mass, _)| *mass == above);
    let lost = lost.map_or_else(String::new, |(_, what)| format!(" ({what})"));
    MassHint {
        rank: 0,
        nominal_mass: mz + above,
        frequency,
        statement: format!(
            "The molecular ion is not seen and m/z {mz} has lost {above}{lost}: so in {:.0} %.",
            100.0 * frequency
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amphetamine_without_a_molecular_ion() {
        // Base peak 44 and 120 = M - 15: the heaviest cluster of this kind is seldom the molecular ion.
        let bins = Bins::of([(44.0, 100.0), (91.0, 20.0), (120.0, 0.9)].into_iter()).unwrap();
        let found = masses(&bins, &Cluster::of(&bins).unwrap(), None);
        assert_eq!(found[0].nominal_mass, 135);
        assert!((found[0].frequency - 0.19 * 0.86).abs() < 1e-9);
        assert!(found.iter().any(|hint| hint.nominal_mass == 120));
        assert_eq!(found.iter().map(|hint| hint.rank).max(), Some(6));
    }

    #[test]
    fn an_impossible_loss() {
        let bins = Bins::of([(43.0, 100.0), (120.0, 30.0), (131.0, 20.0)].into_iter()).unwrap();
        let found = masses(&bins, &Cluster::of(&bins).unwrap(), Some(11));
        assert_eq!((found.len(), found[0].frequency), (1, IMPOSSIBLE));
        // Methamphetamine, 149: no molecular ion, M - H at 148 and M - CH3 at 134.
        let bins = Bins::of([(58.0, 100.0), (134.0, 1.0), (148.0, 0.6)].into_iter()).unwrap();
        let found = masses(&bins, &Cluster::of(&bins).unwrap(), Some(14));
        assert_eq!((found.len(), found[0].nominal_mass), (2, 149));
    }
}
