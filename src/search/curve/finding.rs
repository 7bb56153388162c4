//! What the axis curve of the best candidate says of the instrument.

use crate::prepare::Family;
use crate::search::Hit;
use crate::spectrum::{Warning, WarningKind};

/// Errors up to this are usual, in the unit of the axis: the tolerance of the first stage.
const USUAL: f64 = 4.0;
/// Below this score the best candidate, and with it its axis curve, is too doubtful.
pub const TRUSTED: f64 = 0.7;
/// Places named, where there are so many.
const NAMED: usize = 6;

/// A warning where the axis of the query disagrees with that of the best candidate.
pub(in crate::search) fn axis_warning(best: &Hit, unit: &str) -> Option<Warning> {
    let worst = best
        .axis_curve
        .iter()
        .map(|(_, d)| d.abs())
        .fold(0.0, f64::max);
    if best.score < TRUSTED || worst <= USUAL {
        return None;
    }
    let state = match best.family {
        Family::Infrared => ", or the two were measured in different states (gas, liquid, solid)",
        _ => "",
    };
    Some(Warning::new(
        WarningKind::Axis,
        format!(
            "axis error against the best candidate: {}: if the sample is that substance, the instrument needs calibration (or the reference's did){state}.",
            axis_places(best, unit)
        ),
    ))
}

/// The axis error against a candidate at the places that tell most: `0 at 508, -18 at 1477, -39 at 1663 cm-1`; where no
/// curve was found its one shift.
pub fn axis_places(hit: &Hit, unit: &str) -> String {
    let places = telling(&hit.axis_curve);
    let places = places
        .iter()
        .map(|(x, d)| format!("{} at {x:.0}", signed(*d)));
    match places.collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => format!("{} {unit}", signed(hit.axis_shift)),
        places => format!("{places} {unit}"),
    }
}

fn signed(value: f64) -> String {
    match value.round() {
        0.0 => "0".to_owned(),
        whole => format!("{whole:+.0}"),
    }
}

/// The ends, the extremes, the place nearest to no error, and more between them up to [`NAMED`], in
/// the order of the axis.
fn telling(curve: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let by = |key: &dyn Fn(f64) -> f64| {
        (0..curve.len()).min_by(|a, b| key(curve[*a].1).total_cmp(&key(curve[*b].1)))
    };
    let mut chosen: Vec<usize> = [
        (!curve.is_empty()).then_some(0),
        curve.len().checked_sub(1),
        by(&|d| d),
        by(&|d| -d),
        by(&|d| d.abs()),
    ]
    .into_iter()
    .flatten()
    .collect();
    chosen.sort_unstable();
    chosen.dedup();
    while chosen.len() < NAMED.min(curve.len()) {
        let lonely = |i: &usize| chosen.iter().map(|c| c.abs_diff(*i)).min();
        let Some(next) = (0..curve.len()).max_by_key(lonely) else {
            break;
        };
        chosen.push(next);
    }
    chosen.sort_unstable();
    chosen.into_iter().map(|i| curve[i]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(score: f64, axis_curve: Vec<(f64, f64)>) -> Hit {
        Hit {
            axis_curve,
            ..Hit::scored(score)
        }
    }

    #[test]
    fn a_large_error_is_told_with_its_places() {
        let curve = vec![(514.0, -10.2), (650.0, -7.0), (900.0, 0.2), (1577.0, 26.0)];
        let warning = axis_warning(&hit(0.9, curve.clone()), "cm-1").unwrap();
        assert_eq!(
            warning.message,
            "axis error against the best candidate: -10 at 514, -7 at 650, 0 at 900, +26 at 1577 cm-1: if the sample is that substance, the instrument needs calibration (or the reference's did)."
        );
        let infrared = Hit {
            family: Family::Infrared,
            ..hit(0.9, curve.clone())
        };
        let said = axis_warning(&infrared, "cm-1").unwrap().message;
        assert!(said.ends_with("(gas, liquid, solid)."), "{said}");
        assert!(axis_warning(&hit(0.4, curve), "cm-1").is_none());
        assert!(axis_warning(&hit(0.9, vec![(500.0, 3.0)]), "cm-1").is_none());
        assert!(axis_warning(&hit(0.9, Vec::new()), "cm-1").is_none());
    }
}
