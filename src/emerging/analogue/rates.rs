//! How often hypotheses from EI spectra were right, as measured.

use crate::library::Rate;

/// NPS, fentanyls, cathinones and precursors of SWGDRUG 3.9, each left out in turn.
const EMERGING: &str = "spectra of new psychoactive substances, fentanyls, cathinones and precursors that were left out of SWGDRUG 3.9 in turn, with a first hypothesis of such a score";
/// Substances of MassBank that are not in SWGDRUG 3.9.
const OTHERS: &str = "spectra of other substances (MassBank) that are not in SWGDRUG 3.9, with a first hypothesis of such a score";

/// Lowest score of the first hypothesis; how many of how many spectra had an analogue with the right difference
/// of masses among the first three hypotheses, first of emerging substances, then of others. Measured by
/// `scripts/compare-emerging`: the half of the substances (by hash) that chose nothing, and every fifth spectrum of
/// others whose structure is known.
const BANDS: [(f64, [usize; 2], [usize; 2]); 4] = [
    (1.9, [97, 104], [0, 0]),
    (1.8, [56, 59], [30, 40]),
    (1.7, [23, 35], [52, 137]),
    (f64::NEG_INFINITY, [13, 24], [97, 760]),
];

/// How often one of the first three hypotheses was an analogue with the right difference of masses, where the
/// first had such a score: of emerging substances, and of others.
pub(super) fn right(score: f64) -> Vec<Rate> {
    let band = BANDS.iter().find(|(lowest, ..)| score >= *lowest);
    band.iter()
        .flat_map(|(_, emerging, others)| [(emerging, EMERGING), (others, OTHERS)])
        .map(|([right, n], basis)| Rate::wilson(*right, *n, basis))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_that_of_the_band() {
        let [emerging, others] = right(1.85).try_into().unwrap();
        assert_eq!(emerging.n, 59);
        assert!((emerging.estimate - 56.0 / 59.0).abs() < 1e-12);
        assert_eq!(others.basis, OTHERS);
        assert_eq!(right(0.0)[0].n, 24);
        assert!(right(f64::NAN).is_empty(), "no score, no rate");
    }
}
