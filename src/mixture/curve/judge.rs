//! Which references of a model are named as components.

use super::compose::Rivals;
use crate::prepare::Family;

/// Growth of the error's logarithm below which another substance could take a component's place.
const ALIKE: f64 = 0.15;
/// What a reference's logit must reach to be named.
pub(super) const NAMED: f64 = 1.0;
/// Growths are counted up to this.
const MOST: f64 = 3.0;

/// What the rule is told of a reference in a model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Standing {
    /// Weighted squared error of the model.
    pub(super) error: f64,
    /// The same without any reference.
    pub(super) whole: f64,
    /// Points compared.
    pub(super) points: usize,
    /// References of the library that were looked at.
    pub(super) references: usize,
    /// Smoothing of the reference, points.
    pub(super) width: f64,
}

/// The logit that a reference of a model is in the sample, or cannot be told from what is.
///
/// A logistic rule of six quantities: the logarithm of the **evidence** (growth of the error's logarithm
/// without the reference); the logarithms of the error left, as part of the query's and per point; the
/// growth with the best other substance in its place; the evidence of that one; and the smoothing. A larger library
/// has more references that fit by chance, so the odds count per reference: the logarithm of their number
/// over 500 is subtracted.
///
/// It was learned from 1 050 made spectra of Raman and infrared curves (`scripts/compare-mixtures --half develop
/// --seed 1`): one to four components, measured by the library's own or another instrument, and 150 spectra with
/// a component that the library lacks, as the script made them before it took stereoisomers that are known by name only
/// for one substance: some of these stand in the other half since. The others that it is measured on taught it nothing.
pub(super) fn logit(standing: &Standing, rivals: &Rivals) -> f64 {
    let best = rivals
        .others
        .iter()
        .map(|o| o.1)
        .fold(f64::INFINITY, f64::min);
    let (margin, other) = match best.is_finite() {
        true => (best.min(MOST), (rivals.evidence - best).min(MOST)),
        false => (MOST, rivals.evidence.min(MOST)),
    };
    let terms = [
        (2.371, rivals.evidence.max(0.01).ln()),
        (0.339, (standing.error / standing.whole).ln()),
        (-0.044, (standing.error / standing.points as f64).ln()),
        (1.329, margin),
        (-0.730, standing.width),
        (-0.265, other),
        (-1.0, (standing.references.max(1) as f64 / 500.0).ln()),
    ];
    3.624
        + terms
            .iter()
            .map(|(weight, value)| weight * value)
            .sum::<f64>()
}

/// How often a named component was wrong, in words.
///
/// Measured by `scripts/compare-mixtures --half report --seed 1` (`benches/runs`, 2026-11-27); of pure spectra with
/// `--parts pure` (2026-11-28).
pub(super) fn error_rate(family: Family) -> &'static str {
    match family {
        Family::Raman => {
            "In made mixtures of Raman spectra 0.0 % (0.0 to 0.7 %, n = 582) of the named components were wrong, look-alikes counted, and 6.5 % (3.9 to 10.6 %, n = 215) where components came from other instruments, of five substances whose own reference fits them best; of 50 real spectra of one substance each on other instruments, none left out, 17 % (9 to 30 %, n = 47) of the named components were wrong; of 90 mixtures with a component that the library lacks, 12 had something wrong named."
        }
        Family::Infrared => {
            "In made mixtures of infrared spectra 2.7 % (1.7 to 4.4 %, n = 582) of the named components were wrong, look-alikes counted, and 1.6 % (0.6 to 4.1 %, n = 246) where a component came from another instrument; of 60 mixtures with a component that the library lacks, 16 had something wrong named."
        }
        _ => "How often a named component is wrong was not measured for this technique.",
    }
}

/// Rows of other substances that could take the reference's place.
pub(super) fn look_alikes(rivals: &Rivals) -> impl Iterator<Item = usize> + '_ {
    rivals
        .others
        .iter()
        .filter(|(_, growth)| *growth < ALIKE)
        .map(|(row, _)| *row)
}

/// The 95 % interval of a share: what the fit leaves open, `uncertainty` as part of the size, and what two
/// instruments' sensitivities move, which is larger. Its width was set so that it held nineteen of twenty true
/// shares of the spectra that taught [`logit`].
pub(super) fn interval(share: f64, uncertainty: f64) -> (f64, f64) {
    const SENSITIVITY: f64 = 0.45;
    const LEAST: f64 = 0.02;
    let spread = share * (1.0 - share);
    let parts = [SENSITIVITY * spread, 2.0 * uncertainty * spread, LEAST];
    let half = 1.96 * parts.iter().map(|p| p * p).sum::<f64>().sqrt();
    ((share - half).max(0.0), (share + half).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_by_hand() {
        // Half of the signal: spread 0.25; 0.1125, 0 and 0.02 give 0.11426; times 1.96.
        let (low, high) = interval(0.5, 0.0);
        assert!((high - 0.5 - 0.223_95).abs() < 1e-4 && (0.5 - low - 0.223_95).abs() < 1e-4);
        assert_eq!(interval(1.0, 0.0).1, 1.0);
        assert!(interval(0.01, 0.5).0 >= 0.0);
    }

    #[test]
    fn a_logit_by_hand_and_what_a_larger_library_asks_for() {
        let standing = Standing {
            error: 100.0,
            whole: 1000.0,
            points: 100,
            references: 500,
            width: 1.0,
        };
        let rivals = Rivals {
            evidence: 1.0,
            others: vec![(3, 0.4)],
        };
        // ln 1 = 0; 0.339 ln 0.1 = -0.78058; ln 1 = 0; 1.329 * 0.4; -0.73; -0.265 * 0.6; 3.624.
        let wanted = 3.624 - 0.780_58 + 0.5316 - 0.73 - 0.159;
        assert!((logit(&standing, &rivals) - wanted).abs() < 1e-4);
        assert!(logit(&standing, &rivals) > NAMED);
        let larger = Standing {
            references: 500_000,
            ..standing
        };
        assert!((logit(&standing, &rivals) - logit(&larger, &rivals) - 1000f64.ln()).abs() < 1e-9);
        assert!(logit(&larger, &rivals) < NAMED);
    }

    #[test]
    fn what_can_be_replaced_is_a_look_alike() {
        let rivals = Rivals {
            evidence: 1.0,
            others: vec![(4, 0.02), (7, 0.5), (2, 0.14)],
        };
        assert_eq!(look_alikes(&rivals).collect::<Vec<_>>(), [4, 2]);
    }
}
