//! How wrong an axis may be, per technique.

use crate::correlate::warp::Flexibility;
use crate::prepare::{Family, Recipe};

/// The axis curve's freedom for references prepared by `recipe`.
///
/// Raman, in cm⁻¹: a node every 50; errors to 40; usual size 4, the tolerance of the
/// first stage and what laboratories' axes differ by; usual change of slope 0.5 from node to node
/// (1 %). Infrared the same with errors to 20 and size 2: the axis of an interferometer is measured with
/// a laser; what is left is digitising, and bands that lie elsewhere in another state. Near-infrared, in nm: a node every 100; errors to 16; size 2; change 0.5. `max_shift`
/// replaces the largest error; at 0 the axis is taken as exact. `values` is the number of independent
/// values in a comparison.
pub(super) fn flexibility(recipe: &Recipe, max_shift: Option<f64>, values: f64) -> Flexibility {
    let (spacing, reach, size, bend) = match recipe.family {
        Family::NearInfrared => (100.0, 16.0, 2.0, 0.5),
        Family::Infrared => (50.0, 20.0, 2.0, 0.5),
        _ => (50.0, 40.0, 4.0, 0.5),
    };
    let step = recipe.grid.step;
    // A path of more lags than this would not be a calibration error, and would cost time.
    const MOST_LAGS: f64 = 64.0;
    let reach = (max_shift.unwrap_or(reach) / step)
        .round()
        .clamp(0.0, MOST_LAGS);
    Flexibility {
        spacing: recipe.grid.points_in(spacing),
        reach: reach as usize,
        size: size / step,
        bend: bend / step,
        values,
    }
}

/// How far the error of a candidate's axis is followed from band to band, in the unit of the axis: 45 cm⁻¹, or
/// `max_shift`. Only Raman: near-infrared bands are too broad, and infrared bands of a gas and a liquid lie apart
/// without an error of the axis.
pub(super) fn followed_to(recipe: &Recipe, max_shift: Option<f64>) -> Option<f64> {
    (recipe.family == Family::Raman).then(|| max_shift.unwrap_or(45.0))
}
