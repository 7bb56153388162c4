//! How a search compares, per family.

use crate::correlate::{Centring, Settings};
use crate::prepare::{Family, Recipe};

/// What the user can set.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Candidates shown.
    pub top: usize,
    /// Axis tolerance in the unit of the axis; `None` for the technique's own.
    pub max_shift: Option<f64>,
    /// Whether MS/MS candidates must have the query's precursor m/z.
    pub match_precursor: bool,
    /// Largest difference of precursor m/z.
    pub precursor_tolerance: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            top: 10,
            max_shift: None,
            match_precursor: true,
            precursor_tolerance: 0.02,
        }
    }
}

impl Options {
    /// Engine settings for references prepared by `recipe`.
    ///
    /// Tolerance, reach of the background and least overlap are, in the unit of the axis: Raman and
    /// infrared 4, 100 and 300 cm⁻¹; near-infrared 4, 100 and 200 nm; EI mass spectra 0, 75 and 1
    /// m/z (their axis is exact).
    pub fn settings(&self, recipe: &Recipe) -> Settings {
        let (tolerance, background, min_overlap) = match recipe.family {
            Family::Raman | Family::Infrared => (4.0, 100.0, 300.0),
            Family::NearInfrared => (4.0, 100.0, 200.0),
            Family::EiMs | Family::EiMsPrincipal | Family::MsMs => (0.0, 75.0, 1.0),
        };
        let tolerance = match recipe.family.is_mass() {
            true => tolerance,
            false => self.max_shift.unwrap_or(tolerance),
        };
        let points = |width: f64| (width / recipe.grid.step).round().max(0.0) as usize;
        let tolerance = points(tolerance).min(recipe.grid.points / 2);
        Settings {
            points: recipe.grid.points,
            tolerance,
            background: points(background) + tolerance,
            min_overlap: points(min_overlap),
            centring: match recipe.family.is_mass() {
                true => Centring::None,
                false => Centring::Mean,
            },
        }
    }
}
