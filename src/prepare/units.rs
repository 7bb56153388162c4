//! Conversion of axis and ordinate to what the grid needs; every conversion is said.

use super::{Curve, PrepareError, Recipe};
use crate::spectrum::{Shape, Spectrum, Warning, WarningKind};
use crate::units::{XUnit, absorbance, nanometre_to_wavenumber, raman_shift};

/// Brings the abscissa to the grid's unit and checks that it meets the grid at all.
pub(super) fn to_grid_unit(
    curve: &mut Curve,
    spectrum: &Spectrum,
    recipe: &Recipe,
) -> Result<(), PrepareError> {
    use XUnit::{MassToCharge, Micrometre, Nanometre, RamanShift, Unknown, Wavenumber};
    let (from, to) = (spectrum.x_unit, recipe.grid.unit);
    let laser = spectrum.provenance.laser_nm;
    match (from, to) {
        (a, b) if a == b => {}
        (Wavenumber, RamanShift) | (RamanShift, Wavenumber) => {}
        (Unknown, _) => curve.warnings.push(Warning::new(
            WarningKind::Unit,
            format!(
                "The file states no unit of the axis; {} was assumed.",
                to.label()
            ),
        )),
        (Nanometre, RamanShift) => {
            let Some(laser) = laser.filter(|l| *l > 0.0) else {
                return Err(unit_error(
                    recipe,
                    from,
                    "; the file does not state the laser: give it with --laser NM",
                ));
            };
            convert(curve, |x| raman_shift(x, laser));
            curve.warnings.push(Warning::new(
                WarningKind::Unit,
                format!(
                    "The axis in nm was converted to Raman shift with the laser at {laser} nm."
                ),
            ));
        }
        (Nanometre, Wavenumber) => convert(curve, nanometre_to_wavenumber),
        (Micrometre, Wavenumber) => convert(curve, |x| nanometre_to_wavenumber(x * 1e3)),
        (Wavenumber, Nanometre) => convert(curve, nanometre_to_wavenumber),
        (Micrometre, Nanometre) => convert(curve, |x| x * 1e3),
        (Micrometre, RamanShift) | (RamanShift, Nanometre) => {
            return Err(unit_error(
                recipe,
                from,
                "; check the technique of the export",
            ));
        }
        (MassToCharge, _) | (_, MassToCharge | Micrometre | Unknown) => {
            return Err(unit_error(
                recipe,
                from,
                "; check the technique of the export",
            ));
        }
        (Nanometre, Nanometre) | (RamanShift, RamanShift) | (Wavenumber, Wavenumber) => {}
    }
    require_overlap(curve, from, recipe)
}

fn unit_error(recipe: &Recipe, found: XUnit, advice: &'static str) -> PrepareError {
    PrepareError::Unit {
        found: found.label(),
        needed: recipe.grid.unit.label(),
        family: recipe.family.id(),
        advice,
    }
}

fn convert(curve: &mut Curve, to: impl Fn(f64) -> f64) {
    let mut points: Vec<(f64, f64)> = curve
        .x
        .iter()
        .zip(&curve.y)
        .map(|(x, y)| (to(*x), *y))
        .filter(|(x, _)| x.is_finite())
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    (curve.x, curve.y) = points.into_iter().unzip();
}

fn require_overlap(curve: &Curve, unit: XUnit, recipe: &Recipe) -> Result<(), PrepareError> {
    let grid = &recipe.grid;
    let inside = |x: &&f64| (grid.first..=grid.last()).contains(*x);
    let needed = recipe.family.fewest_points(curve.shape);
    match (curve.x.first(), curve.x.last()) {
        (Some(first), Some(last)) if curve.x.iter().filter(inside).count() < needed => {
            Err(PrepareError::OutOfRange {
                first: *first,
                last: *last,
                unit: unit.symbol(),
                from: grid.first,
                to: grid.last(),
                grid_unit: grid.unit.symbol(),
            })
        }
        _ => Ok(()),
    }
}

/// Turns transmitted or reflected fractions into absorbance, and says so.
pub(super) fn to_absorbance(curve: &mut Curve, spectrum: &Spectrum, floor: f64) {
    let Some(scale) = spectrum.y_unit.fraction_scale() else {
        return;
    };
    if curve.shape == Shape::Sticks {
        return;
    }
    let opaque = curve.y.iter().filter(|y| **y * scale < floor).count();
    curve
        .y
        .iter_mut()
        .for_each(|y| *y = absorbance(*y * scale, floor));
    curve.warnings.push(Warning::new(
        WarningKind::Unit,
        format!(
            "The ordinate ({}) was converted to absorbance.",
            spectrum.y_unit.label()
        ),
    ));
    if opaque > 0 {
        curve.warnings.push(Warning::new(
            WarningKind::Ordinate,
            format!(
                "{opaque} points let almost no light through; their band heights are lower limits."
            ),
        ));
    }
}
