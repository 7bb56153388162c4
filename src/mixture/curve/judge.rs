//! Which references of a model are named as components.

use super::compose::Rivals;
use super::model::Model;

/// Growth of the error's logarithm below which another substance could take a component's place.
const ALIKE: f64 = 0.15;
/// What a reference's logit must reach to be named.
const NAMED: f64 = 1.0;
/// Growths are counted up to this.
const MOST: f64 = 3.0;

/// The logit that a reference of a model is in the sample, or cannot be told from what is.
///
/// A logistic rule of six quantities: the logarithm of the **evidence** (growth of the error's logarithm
/// without the reference); the logarithms of the error left, as part of the query's and per point; the
/// growth with the best other substance in its place; the evidence of that one; and the smoothing, points.
/// It was learned from 1 050 made spectra of Raman and infrared curves (`scripts/compare-mixtures --half
/// develop --seed 1`): one to four components, a third of the Raman and none of the other substances'
/// spectra from other instruments, and 150 spectra with a component that the library lacks. The substances that it is
/// measured on taught it nothing.
fn logit(model: &Model, whole: f64, points: usize, width: f64, rivals: &Rivals) -> f64 {
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
        (2.678, rivals.evidence.max(0.01).ln()),
        (1.240, (model.error / whole).ln()),
        (-1.078, (model.error / points as f64).ln()),
        (1.288, margin),
        (-0.887, width),
        (-1.173, other),
    ];
    5.941
        + terms
            .iter()
            .map(|(weight, value)| weight * value)
            .sum::<f64>()
}

/// Whether a reference of the model is named.
pub(super) fn is_named(
    model: &Model,
    whole: f64,
    points: usize,
    width: f64,
    rivals: &Rivals,
) -> bool {
    logit(model, whole, points, width, rivals) > NAMED
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
    fn what_can_be_replaced_is_a_look_alike() {
        let rivals = Rivals {
            evidence: 1.0,
            others: vec![(4, 0.02), (7, 0.5), (2, 0.14)],
        };
        assert_eq!(look_alikes(&rivals).collect::<Vec<_>>(), [4, 2]);
    }
}
