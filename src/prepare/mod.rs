//! From a measured spectrum to a signal on the technique's grid, by a recipe.
//!
//! A [`Recipe`] is an ordered list of [`Step`]s with one [`Grid`]. It is data: it can be
//! serialised, and its hash says whether two signals were prepared alike. The library stores the
//! recipe that its references were prepared with, and the query goes through the same one.

mod baseline;
mod comparable;
mod cosmic;
mod grid;
mod mass;
mod normalise;
mod quiet;
mod recipe;
mod resample;
mod smooth;
mod units;

pub use baseline::{arpls, snip};
pub use comparable::in_units_of;
#[cfg(test)]
pub(crate) use comparable::transmitted;
pub use cosmic::remove_spikes;
pub use grid::{Grid, Signal};
pub use mass::{UNIT_MASS_OFFSET, abundances, unit_mass};
pub use normalise::{snv, unit_norm};
pub use recipe::{Family, Recipe, Step};
pub use resample::resample;
pub use smooth::{gaussian, savitzky_golay};

use crate::spectrum::{Shape, Spectrum, Warning, WarningKind};
use thiserror::Error;

/// Why a spectrum cannot be prepared. Each is one sentence for the user.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum PrepareError {
    /// Not enough usable points.
    #[error("The spectrum has {found} usable points; at least {needed} are needed.")]
    TooFewPoints {
        /// Usable points.
        found: usize,
        /// Points needed.
        needed: usize,
    },
    /// The ordinate carries no information.
    #[error("Every value of the spectrum is {0}: there is no signal to compare.")]
    Constant(f64),
    /// The axis lies outside the technique's range.
    #[error(
        "The axis runs from {first} to {last} {unit}, outside the range of {from} to {to} {grid_unit} that is compared for this technique; check the unit and the technique of the export."
    )]
    OutOfRange {
        /// Smallest abscissa.
        first: f64,
        /// Largest abscissa.
        last: f64,
        /// Unit of the file.
        unit: &'static str,
        /// Grid start.
        from: f64,
        /// Grid end.
        to: f64,
        /// Unit of the grid.
        grid_unit: &'static str,
    },
    /// The abscissa's unit cannot be converted to the grid's.
    #[error("The axis is in {found}, but {needed} is needed for {family} spectra{advice}.")]
    Unit {
        /// Unit in the file.
        found: &'static str,
        /// Unit of the grid.
        needed: &'static str,
        /// The technique.
        family: &'static str,
        /// What to do, beginning with a separator; may be empty.
        advice: &'static str,
    },
}

/// A curve on its way through the recipe.
///
/// Abscissa ascends and all values are finite; the grid is reached at the resampling step.
pub(crate) struct Curve {
    pub x: Vec<f64>,
    pub y: Vec<f64>,
    pub shape: Shape,
    pub warnings: Vec<Warning>,
}

/// What preparation gives: the signal, and what the user should know about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    /// The signal on the recipe's grid.
    pub signal: Signal,
    /// Conversions and repairs made on the way.
    pub warnings: Vec<Warning>,
}

/// Puts a spectrum through a recipe.
///
/// # Errors
/// [`PrepareError`] where the spectrum has too few usable points, no signal, or an axis that the
/// recipe's grid does not meet.
pub fn prepare(spectrum: &Spectrum, recipe: &Recipe) -> Result<Prepared, PrepareError> {
    through(spectrum, recipe, |_| {})
}

/// [`prepare`] for a spectrum that is searched: a noisy Raman or infrared curve is smoothed by the width of an ordinary band
/// once it is on the grid. References are taken as they are.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_query(spectrum: &Spectrum, recipe: &Recipe) -> Result<Prepared, PrepareError> {
    through(spectrum, recipe, |signal| quiet::quieten(signal, recipe))
}

/// Puts a spectrum through a recipe, and what reaches the grid through `on_grid`.
fn through(
    spectrum: &Spectrum,
    recipe: &Recipe,
    on_grid: impl Fn(&mut Signal),
) -> Result<Prepared, PrepareError> {
    let mut curve = sorted_curve(spectrum)?;
    require_signal(&curve, recipe)?;
    units::to_grid_unit(&mut curve, spectrum, recipe)?;
    let mut signal = None;
    for step in &recipe.steps {
        let on_its_way = signal.is_none();
        signal = step.apply(curve_or(&mut curve, signal), &recipe.grid, spectrum)?;
        if let Some(reached) = signal.as_mut().filter(|_| on_its_way) {
            on_grid(reached);
        }
    }
    let signal = match signal {
        Some(signal) => signal,
        None => resample(&curve.x, &curve.y, &recipe.grid)?,
    };
    Ok(Prepared {
        signal,
        warnings: curve.warnings,
    })
}

/// What a step works on: the curve before resampling, the signal after it.
pub(crate) enum Stage<'a> {
    Curve(&'a mut Curve),
    Signal(Signal),
}

fn curve_or(curve: &mut Curve, signal: Option<Signal>) -> Stage<'_> {
    match signal {
        Some(signal) => Stage::Signal(signal),
        None => Stage::Curve(curve),
    }
}

/// Ascending, finite points; values at the same abscissa are averaged (profiles) or summed (sticks).
fn sorted_curve(spectrum: &Spectrum) -> Result<Curve, PrepareError> {
    let mut points: Vec<(f64, f64)> = spectrum
        .points()
        .filter(|(x, y)| x.is_finite() && y.is_finite())
        .collect();
    let ascending = points.windows(2).all(|w| w[0].0 <= w[1].0);
    let descending = points.windows(2).all(|w| w[0].0 >= w[1].0);
    let mut warnings = Vec::new();
    if !ascending && !descending && spectrum.shape == Shape::Profile {
        warnings.push(Warning::new(
            WarningKind::Axis,
            "The axis is not in order; the points were sorted.",
        ));
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut curve = Curve {
        x: Vec::with_capacity(points.len()),
        y: Vec::with_capacity(points.len()),
        shape: spectrum.shape,
        warnings,
    };
    let mut at = 0;
    while let Some(&(x, _)) = points.get(at) {
        let same = points[at..].iter().take_while(|p| p.0 == x).count();
        let sum: f64 = points[at..at + same].iter().map(|p| p.1).sum();
        let value = match spectrum.shape {
            Shape::Profile => sum / same as f64,
            Shape::Sticks => sum,
        };
        curve.x.push(x);
        curve.y.push(value);
        at += same;
    }
    if curve.shape == Shape::Profile && curve.x.len() < points.len() {
        curve.warnings.push(Warning::new(
            WarningKind::Axis,
            "Some axis values occur more than once; their ordinates were averaged.",
        ));
    }
    Ok(curve)
}

fn require_signal(curve: &Curve, recipe: &Recipe) -> Result<(), PrepareError> {
    let needed = recipe.family.fewest_points(curve.shape);
    if curve.x.len() < needed {
        return Err(PrepareError::TooFewPoints {
            found: curve.x.len(),
            needed,
        });
    }
    let first = curve.y[0];
    let constant = curve.y.iter().all(|y| *y == first);
    // Sticks of one height still have positions; a curve of one height has nothing.
    if constant && (curve.shape == Shape::Profile || first <= 0.0) {
        return Err(PrepareError::Constant(first));
    }
    Ok(())
}
