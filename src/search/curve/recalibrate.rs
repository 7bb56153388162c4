//! A spectrum whose axis is put right by the bands of a candidate.

use crate::prepare::{Family, Recipe, in_units_of};
use crate::search::Hit;
use crate::spectrum::{Axis, Spectrum};
use std::borrow::Cow;

use super::finding::TRUSTED;

/// Error of an axis within which the rule for curves is measured, in the unit of the axis: references are tried on axes
/// off by a shift and a bend of standard deviation 3 each, so that 97 of 100 places are off by less.
pub const TRIED_AXIS: f64 = 8.0;
/// How far beyond the first and the last band of the candidate the axis counts as put right, cm⁻¹.
const BEYOND: f64 = 50.0;

/// The largest error of the axis against a candidate, in its unit; 0 for mass spectra.
pub fn axis_error(hit: &Hit) -> f64 {
    let curve = hit.axis_curve.iter().map(|(_, error)| error.abs());
    curve.fold(hit.axis_shift.abs(), f64::max)
}

/// Whether a candidate fits well, and only where the axis is off by more than was tried.
pub fn is_out_of_calibration(best: &Hit) -> bool {
    axis_error(best) > TRIED_AXIS && best.score >= TRUSTED
}

/// The spectrum with its axis put right by the error against `best`, as far as the candidate's bands go. `None` where
/// that is within what was tried, where its course is not known, and for techniques whose bands are not followed.
pub(in crate::search) fn put_right(spectrum: &Spectrum, best: &Hit) -> Option<Spectrum> {
    let [first, .., last] = best.axis_curve[..] else {
        return None;
    };
    if best.family != Family::Raman || !is_out_of_calibration(best) {
        return None;
    }
    let spectrum = in_units_of(spectrum, &Recipe::standard(best.family)).ok()?;
    // By how much the spectrum reads higher, at the places that it reads.
    let read: Vec<(f64, f64)> = best.axis_curve.iter().map(|(x, e)| (x + e, *e)).collect();
    let (low, high) = (first.0 - BEYOND, last.0 + BEYOND);
    let points = spectrum.axis.iter().zip(&spectrum.ordinate);
    let (x, y): (Vec<f64>, Vec<f64>) = points
        .filter_map(|(x, y)| Some((x - super::follow::between(&read, x)?, *y)))
        .filter(|(x, _)| (low..=high).contains(x))
        .unzip();
    let mut right = Cow::into_owned(spectrum);
    right.axis = Axis::Explicit(x);
    right.ordinate = y;
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::{Shape, Technique};
    use crate::units::XUnit;

    fn spectrum() -> Spectrum {
        let axis = Axis::Even {
            first: 300.0,
            last: 2000.0,
            points: 171,
        };
        let y = (0..171).map(f64::from).collect();
        let mut spectrum = Spectrum::new(Technique::Raman, Shape::Profile, axis, y);
        spectrum.x_unit = XUnit::RamanShift;
        spectrum
    }

    #[test]
    fn the_axis_error_is_the_largest_of_shift_and_curve() {
        let hit = Hit {
            axis_shift: -3.0,
            axis_curve: vec![(500.0, 2.0), (900.0, -9.5)],
            ..Hit::scored(0.9)
        };
        assert_eq!(axis_error(&hit), 9.5);
        assert_eq!(axis_error(&Hit::scored(0.9)), 0.0);
    }

    #[test]
    fn places_are_read_where_they_are() {
        let best = Hit {
            axis_curve: vec![(500.0, 0.0), (1000.0, -10.0), (1500.0, -20.0)],
            ..Hit::scored(0.9)
        };
        let right = put_right(&spectrum(), &best).unwrap();
        let x: Vec<f64> = right.axis.iter().collect();
        // 450 to 1550: what reads 450 is 450, what reads 1530 is 1550.
        assert_eq!((x[0], x.last().copied().unwrap()), (450.0, 1550.0));
        assert_eq!(right.ordinate.first(), Some(&15.0));
        assert_eq!(right.ordinate.last(), Some(&123.0));
        // What reads 990 is 1000.
        let at = right.ordinate.iter().position(|y| *y == 69.0).unwrap();
        assert!((x[at] - 1000.0).abs() < 1e-9);
    }

    #[test]
    fn a_usual_error_an_unlike_candidate_and_a_lone_shift_change_nothing() {
        let with = |score: f64, curve: &[(f64, f64)]| Hit {
            axis_curve: curve.to_vec(),
            ..Hit::scored(score)
        };
        let usual = [(500.0, 0.0), (1500.0, 8.0)];
        let large = [(500.0, 0.0), (1500.0, 9.0)];
        assert!(put_right(&spectrum(), &with(0.9, &usual)).is_none());
        assert!(put_right(&spectrum(), &with(0.6, &large)).is_none());
        assert!(put_right(&spectrum(), &with(0.9, &[(500.0, 9.0)])).is_none());
        assert!(put_right(&spectrum(), &with(0.9, &large)).is_some());
    }
}
