//! The axis across a figure as the field draws it.

use super::chart::Ticks;
use super::scale::Scale;
use crate::statement::texts::Texts;

/// Most ticks across.
const MOST: usize = 9;

/// The axis across a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Across {
    /// Raman shift, low to high.
    Raman,
    /// Wavenumber of infrared spectra, high to low.
    Wavenumber,
    /// Wavenumber of near-infrared spectra, high to low, of values in nm.
    FromNanometres,
    /// Mass-to-charge ratio, low to high.
    Mass,
}

impl Across {
    /// The axis of a technique's spectra on their grid; `None` for those that are not drawn.
    pub fn of(technique: &str) -> Option<Self> {
        Some(match technique {
            "raman" => Self::Raman,
            "infrared" => Self::Wavenumber,
            "near-infrared" => Self::FromNanometres,
            "ei-ms" | "ms-ms" => Self::Mass,
            _ => return None,
        })
    }

    /// Name of its title in the messages.
    pub fn title(self) -> &'static str {
        match self {
            Self::Raman => "axis-raman-shift",
            Self::Wavenumber | Self::FromNanometres => "axis-wavenumber",
            Self::Mass => "axis-mass",
        }
    }

    /// A value of the grid in the unit that is drawn.
    pub fn value(self, of_grid: f64) -> f64 {
        match self {
            Self::FromNanometres => 1e7 / of_grid,
            _ => of_grid,
        }
    }

    /// The axis over values that are drawn between two places.
    pub fn ticks(self, low: f64, high: f64, (left, right): (f32, f32), texts: &Texts) -> Ticks {
        let falls = matches!(self, Self::Wavenumber | Self::FromNanometres);
        let (from, to) = if falls { (right, left) } else { (left, right) };
        let scale = Scale {
            low,
            high,
            from,
            to,
        };
        let (values, decimals) = scale.ticks(MOST);
        Ticks {
            scale,
            title: texts.say(self.title()),
            marks: values
                .into_iter()
                .map(|v| (v, texts.number(v, decimals)))
                .collect(),
        }
    }
}
