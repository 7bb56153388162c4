//! A spectrum in the units that a recipe compares in, and nothing else done to it.

use super::{PrepareError, Recipe, Step, require_signal, sorted_curve, units};
use crate::spectrum::{Axis, Shape, Spectrum};
use crate::units::{XUnit, YUnit};
use std::borrow::Cow;

/// The spectrum with its axis in the unit of the recipe's grid and, where the recipe compares absorbance, its
/// transmitted or reflected fractions as absorbance: what two spectra must be before one may be added to the
/// other. Unchanged where it is so already, and where it is no curve.
///
/// # Errors
/// [`PrepareError`] where the axis cannot be converted or lies outside the grid.
pub fn in_units_of<'a>(
    spectrum: &'a Spectrum,
    recipe: &Recipe,
) -> Result<Cow<'a, Spectrum>, PrepareError> {
    let floor = recipe.steps.iter().find_map(|step| match step {
        Step::Absorbance { floor } => Some(*floor),
        _ => None,
    });
    let floor = floor.filter(|_| spectrum.y_unit.fraction_scale().is_some());
    let own = spectrum.x_unit;
    let is_axis_of_grid = own == XUnit::Unknown || own.symbol() == recipe.grid.unit.symbol();
    if spectrum.shape != Shape::Profile || (floor.is_none() && is_axis_of_grid) {
        return Ok(Cow::Borrowed(spectrum));
    }
    let mut curve = sorted_curve(spectrum)?;
    require_signal(&curve, recipe)?;
    units::to_grid_unit(&mut curve, spectrum, recipe)?;
    let mut converted = spectrum.clone();
    if let Some(floor) = floor {
        units::to_absorbance(&mut curve, spectrum, floor);
        converted.y_unit = YUnit::Absorbance;
    }
    converted.x_unit = recipe.grid.unit;
    converted.axis = Axis::Explicit(curve.x);
    converted.ordinate = curve.y;
    Ok(Cow::Owned(converted))
}

/// An infrared curve of 32 points from 1000 cm-1 on, in per cent of the light that passes: 10 % at one of them.
#[cfg(test)]
pub(crate) fn transmitted(band: usize) -> Spectrum {
    use crate::spectrum::{InfraredMode, Technique};
    let axis = Axis::Explicit((0..32).map(|i| 1000.0 + 4.0 * f64::from(i)).collect());
    let mut y = vec![100.0; 32];
    y[band] = 10.0;
    let technique = Technique::Infrared(InfraredMode::Unstated);
    let mut spectrum = Spectrum::new(technique, Shape::Profile, axis, y);
    spectrum.x_unit = XUnit::Wavenumber;
    spectrum.y_unit = YUnit::PercentTransmittance;
    spectrum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::Family;

    #[test]
    fn ten_per_cent_transmittance_is_an_absorbance_of_one() {
        let (recipe, spectrum) = (Recipe::standard(Family::Infrared), transmitted(10));
        let found = in_units_of(&spectrum, &recipe).unwrap();
        assert_eq!(found.y_unit, YUnit::Absorbance);
        assert!((found.ordinate[10] - 1.0).abs() < 1e-12 && found.ordinate[9].abs() < 1e-12);
        let again = in_units_of(&found, &recipe).unwrap();
        assert!(matches!(again, Cow::Borrowed(_)));
    }

    #[test]
    fn an_axis_in_nanometres_meets_one_in_wavenumbers() {
        let (recipe, mut spectrum) = (Recipe::standard(Family::NearInfrared), transmitted(10));
        // 1e7 / 2000 nm = 5000 cm-1.
        let nm = (0..32).map(|i| 1e7 / (2000.0 - 10.0 * f64::from(i)));
        spectrum.axis = Axis::Explicit(nm.collect());
        let found = in_units_of(&spectrum, &recipe).unwrap();
        let x: Vec<f64> = found.axis.iter().collect();
        assert_eq!(found.x_unit, recipe.grid.unit);
        assert!((x[31] - 2000.0).abs() < 1e-9 && x[0] < x[31], "{x:?}");
        // The band went with its place.
        let last = found.ordinate.iter().position(|y| *y > 0.5).unwrap();
        assert!((x[last] - 1900.0).abs() < 1e-9, "{}", x[last]);
    }
}
