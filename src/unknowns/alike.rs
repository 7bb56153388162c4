//! How alike two spectra are, and whether they may be of one substance.

use super::points::Points;
use crate::correlate::ions;
use crate::prepare::{Family, Recipe, abundances};
use crate::screen::unknowns::ALIKE;
use crate::screen::{Comparer, Fingerprint, Kept};
use rayon::prelude::*;
use std::ops::Range;

/// Difference that two EI spectra of one substance may have where nothing is noise.
const FLOOR: f64 = 0.010;
/// What each share of noise adds to it.
const PER_NOISE: f64 = 0.75;
/// Difference of two EI spectra up to which they may be of one substance on two instruments; what replicates
/// may differ by is never more.
const BETWEEN: f64 = 0.15;
/// First m/z that is compared: below lie the ions of air.
const FIRST: usize = 40;
/// Comparisons that one thread makes at least.
const PART: usize = 32;
/// The bins of an EI spectrum that are taken for noise: the weakest tenth.
const WEAKEST: f64 = 0.1;

/// A spectrum ready to be compared.
#[derive(Debug, Clone)]
pub struct Alike {
    form: Form,
    positive: Option<bool>,
}

#[derive(Debug, Clone)]
enum Form {
    /// Unit-mass abundances (index: m/z), where they were measured, and their share of noise.
    Ions(Vec<f64>, Range<usize>, f64),
    /// What screening compares.
    Other(Fingerprint, Kept),
}

/// What two spectra have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// 1 for equal ones.
    pub similarity: f64,
    /// Their difference over what replicates may differ by: up to 1 they are of one group.
    pub strain: f64,
    /// The same over what two instruments may differ by: up to 1 a notice alerts.
    pub between: f64,
}

impl Likeness {
    /// The strain that counts: two laboratories have two instruments.
    pub fn counted(&self, one_laboratory: bool) -> f64 {
        match one_laboratory {
            true => self.strain,
            false => self.between,
        }
    }
}

impl Alike {
    /// Makes a spectrum ready; `None` where it cannot be compared with any.
    pub fn of(points: &Points) -> Option<Self> {
        let print = Fingerprint::of(&points.spectrum())?;
        Some(Self::of_print(print, points.positive()))
    }

    /// The same from a fingerprint that was kept; `positive` is the polarity of its precursor, where it is
    /// known.
    pub fn of_print(print: Fingerprint, positive: Option<bool>) -> Self {
        let form = match &print {
            Fingerprint::Grid(Family::EiMs, signal) => {
                let signal = abundances(signal, &Recipe::standard(Family::EiMs));
                let range = signal.start.max(FIRST)..signal.end();
                let mut values = vec![0.0; signal.start];
                values.extend(signal.values);
                let noise = noise(values.get(range.clone()).unwrap_or_default());
                Form::Ions(values, range, noise)
            }
            _ => {
                let kept = Kept::of(&print);
                Form::Other(print, kept)
            }
        };
        Self { form, positive }
    }

    /// Unit-mass abundances and where they were measured, of an EI spectrum.
    pub(super) fn ions(&self) -> Option<(&[f64], Range<usize>)> {
        match &self.form {
            Form::Ions(values, range, _) => Some((values, range.clone())),
            Form::Other(..) => None,
        }
    }

    fn precursor(&self) -> Option<f64> {
        match &self.form {
            Form::Other(Fingerprint::Peaks(mz, _), _) => *mz,
            _ => None,
        }
    }

    fn is_of_precursor(&self) -> bool {
        matches!(&self.form, Form::Other(Fingerprint::Peaks(..), _))
    }
}

/// Share of the abundance that is noise, were there as much of it at every ion as the weakest tenth of
/// the ions has.
fn noise(values: &[f64]) -> f64 {
    let mut ions: Vec<f64> = values.iter().copied().filter(|v| *v > 0.0).collect();
    ions.sort_by(f64::total_cmp);
    let total: f64 = ions.iter().sum();
    let place = WEAKEST * ions.len().saturating_sub(1) as f64;
    let (low, part) = (place.floor() as usize, place.fract());
    let at = |index: usize| ions.get(index).or(ions.last()).copied().unwrap_or(0.0);
    let weak = at(low) + part * (at(low + 1) - at(low));
    match total > 0.0 {
        true => weak * ions.len() as f64 / total,
        false => 0.0,
    }
}

/// Compares spectra.
#[derive(Default)]
pub struct Measure {
    comparer: Comparer,
}

impl Measure {
    /// Compares one spectrum with others; `None` where two are not to be compared: other techniques,
    /// other precursors or one that is not known, other polarities.
    pub fn against<'a>(
        &mut self,
        one: &Alike,
        others: impl Iterator<Item = &'a Alike>,
    ) -> Vec<Option<Likeness>> {
        match &one.form {
            Form::Ions(values, range, noise) => others
                .collect::<Vec<&Alike>>()
                .into_par_iter()
                .with_min_len(PART)
                .map(|other| match &other.form {
                    Form::Ions(b, r, n) => of_ions(values, b, (range, r), noise.max(*n)),
                    Form::Other(..) => None,
                })
                .collect(),
            Form::Other(print, _) => {
                let ready = self.comparer.ready(print);
                others
                    .map(|other| match &other.form {
                        Form::Other(_, kept) if may_be_compared(one, other) => self
                            .comparer
                            .similarity(&ready, kept)
                            .map(|s| of_similarity(s, one.is_of_precursor())),
                        _ => None,
                    })
                    .collect()
            }
        }
    }
}

fn may_be_compared(one: &Alike, other: &Alike) -> bool {
    let known = one.precursor().is_some() && other.precursor().is_some();
    let opposite = matches!((one.positive, other.positive), (Some(a), Some(b)) if a != b);
    !opposite && (known || !one.is_of_precursor())
}

fn of_ions(
    a: &[f64],
    b: &[f64],
    (one, other): (&Range<usize>, &Range<usize>),
    noise: f64,
) -> Option<Likeness> {
    let range = one.start.max(other.start)..one.end.min(other.end);
    if range.is_empty() {
        return None;
    }
    let similarity = ions::similarity(a, b, range)?;
    let difference = (1.0 - similarity).max(0.0);
    let allowed = (FLOOR + PER_NOISE * noise).min(BETWEEN);
    Some(Likeness {
        similarity,
        strain: difference / allowed,
        between: difference / BETWEEN,
    })
}

fn of_similarity(similarity: f64, peaks: bool) -> Likeness {
    let [_, curves, of_peaks] = ALIKE;
    let least = if peaks { of_peaks } else { curves };
    let strain = (1.0 - similarity).max(0.0) / (1.0 - least);
    Likeness {
        similarity,
        strain,
        between: strain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unknowns::points::tests::{ions, product_ions};

    fn likeness(a: &Points, b: &Points) -> Option<Likeness> {
        let (a, b) = (Alike::of(a).unwrap(), Alike::of(b).unwrap());
        Measure::default().against(&a, std::iter::once(&b))[0]
    }

    #[test]
    fn equal_spectra_strain_nothing_and_others_much() {
        let a = ions(&[(58.0, 100.0), (91.0, 40.0), (134.0, 3.0), (135.0, 0.5)]);
        let same = likeness(&a, &a).unwrap();
        assert!(same.similarity > 0.9999 && same.strain < 0.01, "{same:?}");
        let b = ions(&[(58.0, 100.0), (105.0, 40.0), (148.0, 3.0), (149.0, 0.5)]);
        let other = likeness(&a, &b).unwrap();
        assert!(other.strain > 2.0 && other.between > 1.0, "{other:?}");
    }

    #[test]
    fn noise_is_the_share_of_the_weakest_tenth() {
        // Eleven ions; the second weakest is the tenth percentile.
        let mut values = vec![2.0; 10];
        values.extend([0.0, 0.0, 78.0, 1.0]);
        assert!((noise(&values) - 2.0 * 12.0 / 99.0).abs() < 0.02);
        assert_eq!(noise(&[]), 0.0);
        assert_eq!(noise(&[0.0]), 0.0);
    }

    #[test]
    fn techniques_precursors_and_polarities_are_kept_apart() {
        let a = product_ions(Some(300.1), Some(true));
        assert!(likeness(&a, &a).unwrap().strain < 1e-6);
        assert_eq!(likeness(&a, &product_ions(Some(314.1), Some(true))), None);
        assert_eq!(likeness(&a, &product_ions(None, Some(true))), None);
        assert_eq!(likeness(&a, &product_ions(Some(300.1), Some(false))), None);
        assert!(likeness(&a, &product_ions(Some(300.1), None)).is_some());
        assert_eq!(likeness(&a, &ions(&[(58.0, 1.0)])), None);
        assert_eq!(likeness(&ions(&[(58.0, 1.0)]), &a), None);
    }
}
