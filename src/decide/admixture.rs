//! A sample to which a share of a reference is added.

use crate::prepare::{Family, PrepareError, Recipe, Step, in_units_of, snip};
use crate::spectrum::{Axis, Identity, Shape, Spectrum};
use thiserror::Error;

/// Why a reference cannot be added to a sample. Each is a part of a sentence.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Unmixable {
    /// The sample cannot be brought to the units that are compared.
    #[error("the sample's spectrum cannot be added to: {0}")]
    Sample(PrepareError),
    /// The reference cannot be brought to the units that are compared.
    #[error("its reference cannot be added: {0}")]
    Reference(PrepareError),
    /// One of the two has no signal above its baseline where the other was measured.
    #[error("the sample's spectrum and its reference have no common range with a signal in both")]
    NoSignal,
}

/// Half of the widest band that is signal and not background, cm-1, where the recipe does not say: infrared and
/// near-infrared.
const HALF_WIDTH: (f64, f64) = (120.0, 400.0);
/// Most points of it: clipping takes long beyond, and such curves are oversampled.
const MOST_POINTS: usize = 400;

/// A sample and a reference in the same units, their signals scaled to equal sums (abundances; the area above
/// the baseline for curves, as absorbance where absorbance is compared, so that fluorescence is no signal).
#[derive(Debug, Clone)]
pub struct Admixture {
    /// What the record of the reference says it is.
    pub reference: Identity,
    sample: Spectrum,
    added: Added,
}

/// The reference's part, for a whole share.
#[derive(Debug, Clone)]
enum Added {
    /// Ions as m/z and share of their sum; that of the sample's ions.
    Sticks { ions: Vec<(f64, f64)>, own: f64 },
    /// Ordinates at the sample's places above the reference's baseline, times the sample's area over its own; the
    /// sample's baseline.
    Curve { above: Vec<f64>, base: Vec<f64> },
}

impl Admixture {
    /// Brings both to the units that a recipe compares.
    ///
    /// # Errors
    /// [`Unmixable`] where that cannot be, or one of them has no signal.
    pub fn of(sample: &Spectrum, reference: &Spectrum, recipe: &Recipe) -> Result<Self, Unmixable> {
        let sample = in_units_of(sample, recipe).map_err(Unmixable::Sample)?;
        let reference = in_units_of(reference, recipe).map_err(Unmixable::Reference)?;
        let added = match sample.shape {
            Shape::Sticks => sticks(&sample, &reference),
            Shape::Profile => curve(&sample, &reference, recipe),
        };
        Ok(Self {
            reference: reference.identity.clone(),
            added: added.ok_or(Unmixable::NoSignal)?,
            sample: sample.into_owned(),
        })
    }

    /// The sample with this share (0 to 1) of the reference.
    pub fn at(&self, share: f64) -> Spectrum {
        let mut mixture = self.sample.clone();
        match &self.added {
            Added::Sticks { ions, own } => {
                let sample = self.sample.points();
                let sample = sample.map(|(x, y)| (x, y * (1.0 - share) / own));
                let added = ions.iter().map(|(x, y)| (*x, y * share));
                let mut points: Vec<(f64, f64)> = sample.chain(added).collect();
                points.sort_by(|a, b| a.0.total_cmp(&b.0));
                let (x, y) = points.into_iter().unzip();
                mixture.axis = Axis::Explicit(x);
                mixture.ordinate = y;
            }
            Added::Curve { above, base } => {
                let added = above.iter().zip(base);
                for (y, (added, base)) in mixture.ordinate.iter_mut().zip(added) {
                    *y = base + (1.0 - share) * (*y - base) + share * added;
                }
            }
        }
        mixture
    }
}

fn sticks(sample: &Spectrum, reference: &Spectrum) -> Option<Added> {
    let own = total(&sample.ordinate)?;
    let whole = total(&reference.ordinate)?;
    Some(Added::Sticks {
        ions: reference.points().map(|(x, y)| (x, y / whole)).collect(),
        own,
    })
}

fn curve(sample: &Spectrum, reference: &Spectrum, recipe: &Recipe) -> Option<Added> {
    let x: Vec<f64> = sample.axis.iter().collect();
    let added = interpolated(reference, &x)?;
    let reach = reach(&x, recipe);
    let base = baseline(&sample.ordinate, reach);
    let above = |values: &[f64], base: &[f64]| -> Vec<f64> {
        values.iter().zip(base).map(|(y, b)| y - b).collect()
    };
    let own = above(&sample.ordinate, &base);
    let added = above(&added, &baseline(&added, reach));
    let scale = total(&own)? / total(&added)?;
    Some(Added::Curve {
        above: added.iter().map(|y| y * scale).collect(),
        base,
    })
}

/// Half of the widest band in points of this axis.
fn reach(x: &[f64], recipe: &Recipe) -> usize {
    let snip = recipe.steps.iter().find_map(|step| match step {
        Step::Snip { half_width } => Some(*half_width),
        _ => None,
    });
    let width = snip.unwrap_or(match recipe.family {
        Family::NearInfrared => HALF_WIDTH.1,
        _ => HALF_WIDTH.0,
    });
    let (low, high) = x
        .iter()
        .filter(|x| x.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
            (low.min(*x), high.max(*x))
        });
    let points = width * x.len() as f64 / (high - low).max(width);
    (points.round() as usize).clamp(1, MOST_POINTS)
}

/// The baseline by clipping; what is no number counts as what stands before it.
fn baseline(values: &[f64], reach: usize) -> Vec<f64> {
    let first = values.iter().copied().find(|v| v.is_finite());
    let mut before = first.unwrap_or_default();
    let clean = values.iter().map(|value| {
        before = if value.is_finite() { *value } else { before };
        before
    });
    snip(&clean.collect::<Vec<_>>(), reach)
}

fn total(values: &[f64]) -> Option<f64> {
    let finite = values.iter().filter(|v| v.is_finite());
    let sum: f64 = finite.map(|v| v.max(0.0)).sum();
    (sum > 0.0 && sum.is_finite()).then_some(sum)
}

/// A curve at these places by straight lines between its points; its lowest value beyond its ends.
fn interpolated(curve: &Spectrum, x: &[f64]) -> Option<Vec<f64>> {
    let mut points: Vec<(f64, f64)> = curve.points().filter(|p| p.1.is_finite()).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    (points.len() > 1).then_some(())?;
    let low = points.iter().map(|p| p.1).fold(f64::INFINITY, f64::min);
    let at = |x: &f64| {
        let next = points.partition_point(|p| p.0 < *x);
        match (
            next.checked_sub(1).and_then(|i| points.get(i)),
            points.get(next),
        ) {
            (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0),
            (None, Some(b)) if b.0 == *x => b.1,
            _ => low,
        }
    };
    Some(x.iter().map(at).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::transmitted;
    use crate::spectrum::Technique;
    use crate::units::{XUnit, YUnit};

    #[test]
    fn shares_are_of_the_summed_signal() {
        let sticks = |points: &[(f64, f64)]| {
            let (x, y) = points.iter().copied().unzip();
            Spectrum::new(Technique::EiMs, Shape::Sticks, Axis::Explicit(x), y)
        };
        let recipe = Recipe::standard(Family::EiMs);
        let sample = sticks(&[(58.0, 300.0), (91.0, 100.0)]);
        let reference = sticks(&[(44.0, 2.0), (91.0, 2.0)]);
        let mixture = Admixture::of(&sample, &reference, &recipe)
            .unwrap()
            .at(0.25);
        let points: Vec<(f64, f64)> = mixture.points().collect();
        // 3/4 of 3/4 at 58, 3/4 of 1/4 and 1/4 of 1/2 at 91, 1/4 of 1/2 at 44.
        assert_eq!(
            points,
            [(44.0, 0.125), (58.0, 0.5625), (91.0, 0.1875), (91.0, 0.125)]
        );
        let nothing = Admixture::of(&sample, &sticks(&[(44.0, 0.0)]), &recipe);
        assert_eq!(nothing.unwrap_err(), Unmixable::NoSignal);
    }

    #[test]
    fn curves_are_read_between_their_points() {
        let axis = Axis::Explicit(vec![100.0, 200.0, 300.0]);
        let curve = Spectrum::new(Technique::Raman, Shape::Profile, axis, vec![1.0, 3.0, 2.0]);
        let found = interpolated(&curve, &[50.0, 100.0, 150.0, 250.0, 400.0]).unwrap();
        assert_eq!(found, [1.0, 1.0, 2.0, 2.5, 1.0]);
    }

    #[test]
    fn what_is_added_to_a_transmittance_absorbs() {
        let recipe = Recipe::standard(Family::Infrared);
        let (sample, mut reference) = (transmitted(8), transmitted(20));
        // The reference as absorbance: -log10(0.1) = 1 at its band.
        reference.ordinate = (0..32).map(|i| f64::from(i == 20)).collect();
        reference.y_unit = YUnit::Absorbance;
        let mixture = Admixture::of(&sample, &reference, &recipe)
            .unwrap()
            .at(0.25);
        assert_eq!(mixture.y_unit, YUnit::Absorbance);
        let close = |at: usize, y: f64| (mixture.ordinate[at] - y).abs() < 1e-12;
        assert!(close(8, 0.75) && close(20, 0.25) && close(5, 0.0));
    }

    #[test]
    fn axes_that_cannot_meet_are_told() {
        let recipe = Recipe::standard(Family::Raman);
        let mut sample = transmitted(8);
        sample.x_unit = XUnit::Nanometre;
        let reference = transmitted(20);
        let why = Admixture::of(&sample, &reference, &recipe).unwrap_err();
        assert!(why.to_string().contains("--laser"), "{why}");
    }
}
