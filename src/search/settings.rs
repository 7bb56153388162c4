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
    /// Whether MS/MS candidates must have the query's precursor.
    pub match_precursor: bool,
    /// Largest difference of precursors; `None` for the instrument's own.
    pub precursor_tolerance: Option<MassTolerance>,
}

/// A difference of masses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MassTolerance {
    /// Millionths of the m/z.
    Ppm(f64),
    /// Daltons.
    Da(f64),
}

impl MassTolerance {
    /// The difference at an m/z, in Da.
    pub fn at(self, mz: f64) -> f64 {
        match self {
            Self::Ppm(ppm) => mz * ppm * 1e-6,
            Self::Da(da) => da,
        }
    }
}

impl std::fmt::Display for MassTolerance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Ppm(ppm) => write!(f, "{ppm} ppm"),
            Self::Da(da) => write!(f, "{da} Da"),
        }
    }
}

impl std::str::FromStr for MassTolerance {
    type Err = String;

    /// `10ppm`, `0.02` or `0.02Da`.
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().to_ascii_lowercase();
        let (number, unit): (&str, fn(f64) -> Self) = match text.strip_suffix("ppm") {
            Some(number) => (number, Self::Ppm),
            None => (text.strip_suffix("da").unwrap_or(&text), Self::Da),
        };
        let number: Option<f64> = number.trim().parse().ok();
        number
            .filter(|n| n.is_finite() && *n >= 0.0)
            .map(unit)
            .ok_or_else(|| "write a tolerance such as 10ppm or 0.02".to_owned())
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            top: 10,
            max_shift: None,
            match_precursor: true,
            precursor_tolerance: None,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolerances_in_ppm_and_da() {
        let parsed = |text: &str| text.parse::<MassTolerance>().ok();
        assert_eq!(parsed("10ppm"), Some(MassTolerance::Ppm(10.0)));
        assert_eq!(parsed(" 5 ppm"), Some(MassTolerance::Ppm(5.0)));
        assert_eq!(parsed("0.02"), Some(MassTolerance::Da(0.02)));
        assert_eq!(parsed("0.5Da"), Some(MassTolerance::Da(0.5)));
        for wrong in ["", "ppm", "-1", "nan", "1e999", "10 pm"] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
        assert_eq!(MassTolerance::Ppm(10.0).at(300.0), 0.003);
    }
}
