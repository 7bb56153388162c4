//! Spectra made small enough to draw thousands of them on one page.

use crate::library::Library;
use crate::prepare::{Recipe, prepare};
use crate::search::{Hit, SearchError};
use crate::spectrum::Spectrum;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

/// Most points of a drawn curve.
const POINTS: usize = 400;
/// Most ions of a drawn mass spectrum.
const IONS: usize = 120;

/// A spectrum as it is drawn: heights from 0 to 65535, little-endian, in base64.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "k")]
pub enum Drawing {
    /// A curve on an even axis.
    #[serde(rename = "c")]
    Curve {
        /// Unit of the axis.
        u: &'static str,
        /// First abscissa.
        x0: f64,
        /// Distance between points.
        dx: f64,
        /// Heights.
        y: String,
    },
    /// Ions or bands.
    #[serde(rename = "s")]
    Sticks {
        /// Unit of the axis.
        u: &'static str,
        /// Abscissas as 32-bit floats, little-endian, in base64.
        x: String,
        /// Heights.
        y: String,
    },
}

impl Drawing {
    /// The sample as it was compared with a hit: on the grid of the hit's family before weighting and
    /// baseline removal; ions as they are.
    ///
    /// # Errors
    /// [`SearchError`] where the spectrum cannot be put on the grid.
    pub fn of_sample(spectrum: &Spectrum, hit: &Hit) -> Result<Self, SearchError> {
        if hit.family.is_mass() {
            return Ok(Self::of_ions(spectrum));
        }
        let recipe = Recipe::standard(hit.family).plain();
        Self::of_curve(spectrum, &recipe)
    }

    /// The reference of a hit, in the same way.
    ///
    /// # Errors
    /// [`SearchError`] where the entry is damaged.
    pub fn of_reference(library: &Library, hit: &Hit) -> Result<Self, SearchError> {
        Self::of_sample(&library.spectrum(hit.entry)?, hit)
    }

    fn of_curve(spectrum: &Spectrum, recipe: &Recipe) -> Result<Self, SearchError> {
        let signal = prepare(spectrum, recipe)?.signal;
        let width = signal.values.len().div_ceil(POINTS).max(1);
        // The mean of neighbours keeps bands where they are; the largest would raise noise.
        let values: Vec<f64> = signal
            .values
            .chunks(width)
            .map(|part| part.iter().sum::<f64>() / part.len() as f64)
            .collect();
        let grid = &recipe.grid;
        let middle = (width - 1) as f64 / 2.0;
        Ok(Self::Curve {
            u: grid.unit.symbol(),
            x0: grid.x(signal.start) + middle * grid.step,
            dx: grid.step * width as f64,
            y: heights(&values, least(&values)),
        })
    }

    fn of_ions(spectrum: &Spectrum) -> Self {
        let mut ions: Vec<(f64, f64)> = spectrum
            .points()
            .filter(|(x, y)| x.is_finite() && y.is_finite() && *y > 0.0)
            .collect();
        ions.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.total_cmp(&b.0)));
        ions.truncate(IONS);
        ions.sort_by(|a, b| a.0.total_cmp(&b.0));
        let places = ions.iter().flat_map(|(x, _)| (*x as f32).to_le_bytes());
        let values: Vec<f64> = ions.iter().map(|(_, y)| *y).collect();
        Self::Sticks {
            u: "m/z",
            x: BASE64_STANDARD.encode(places.collect::<Vec<u8>>()),
            y: heights(&values, 0.0),
        }
    }
}

fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

/// Values between `low` and the largest as 16-bit heights.
fn heights(values: &[f64], low: f64) -> String {
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let span = (high - low).max(f64::MIN_POSITIVE);
    let height =
        |v: &f64| (((v - low) / span).clamp(0.0, 1.0) * f64::from(u16::MAX)).round() as u16;
    let bytes: Vec<u8> = values
        .iter()
        .flat_map(|v| height(v).to_le_bytes())
        .collect();
    BASE64_STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::{Axis, Shape, Technique};

    #[test]
    fn ions_keep_their_places_and_relative_heights() {
        let axis = Axis::Explicit(vec![50.0, 69.0, 91.0]);
        let ions = vec![25.0, 0.0, 100.0];
        let spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, axis, ions);
        let Drawing::Sticks { u, x, y } = Drawing::of_ions(&spectrum) else {
            panic!("mass spectra are sticks");
        };
        assert_eq!(u, "m/z");
        // 50 and 91 as IEEE 754: 0x42480000 and 0x42b60000; a quarter of 65535 rounds to 16384.
        assert_eq!(
            BASE64_STANDARD.decode(x).unwrap(),
            [0, 0, 0x48, 0x42, 0, 0, 0xb6, 0x42]
        );
        assert_eq!(BASE64_STANDARD.decode(y).unwrap(), [0x00, 0x40, 0xff, 0xff]);
    }

    #[test]
    fn long_curves_are_averaged_at_their_middle() {
        let axis = Axis::Even {
            first: 200.0,
            last: 1998.0,
            points: 900,
        };
        let ramp = (0..900).map(f64::from).collect();
        let spectrum = Spectrum::new(Technique::Raman, Shape::Profile, axis, ramp);
        let recipe = Recipe::standard(crate::prepare::Family::Raman).plain();
        let drawn = Drawing::of_curve(&spectrum, &recipe).unwrap();
        let Drawing::Curve { x0, dx, y, .. } = drawn else {
            panic!("Raman spectra are curves");
        };
        let points = BASE64_STANDARD.decode(y).unwrap().len() / 2;
        assert!(points <= POINTS && points > POINTS / 3, "{points}");
        assert!((x0 - 200.0 - (dx - recipe.grid.step) / 2.0).abs() < recipe.grid.step);
    }
}
