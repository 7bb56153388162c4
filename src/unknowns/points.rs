//! A spectrum as the register keeps it: its points as measured, and nothing of where they come from.

use crate::library::numbers;
use crate::spectrum::{Axis, Precursor, Shape, Spectrum, Technique};
use crate::units::{XUnit, YUnit};
use serde::{Deserialize, Serialize};

/// The points of a spectrum with what is needed to compare them. There is no room for a title, a file's
/// name or a sample.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// How it was measured.
    pub technique: Technique,
    /// Curve or sticks.
    pub shape: Shape,
    /// Unit of the abscissas.
    pub x_unit: XUnit,
    /// Unit of the ordinates.
    pub y_unit: YUnit,
    /// Wavelength of the laser, nm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub laser_nm: Option<f64>,
    /// Precursor of an MS/MS spectrum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precursor: Option<Ion>,
    /// Abscissas.
    #[serde(with = "numbers")]
    pub x: Vec<f64>,
    /// Ordinates, as many.
    #[serde(with = "numbers")]
    pub y: Vec<f64>,
}

/// A precursor in numbers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ion {
    /// m/z.
    pub mz: Option<f64>,
    /// Whether it is a positive ion.
    pub positive: Option<bool>,
}

impl Points {
    /// The points of a spectrum.
    pub fn of(spectrum: &Spectrum) -> Self {
        let precursor = spectrum.precursor.as_ref();
        Self {
            technique: spectrum.technique,
            shape: spectrum.shape,
            x_unit: spectrum.x_unit,
            y_unit: spectrum.y_unit,
            laser_nm: spectrum.provenance.laser_nm,
            precursor: precursor.map(|p| Ion {
                mz: p.mz,
                positive: p.positive,
            }),
            x: spectrum.axis.iter().collect(),
            y: spectrum.ordinate.clone(),
        }
    }

    /// Whether its precursor is a positive ion, where that is known.
    pub fn positive(&self) -> Option<bool> {
        self.precursor.as_ref()?.positive
    }

    /// Whether there is an abscissa for every ordinate, and at least one.
    pub fn is_sound(&self) -> bool {
        self.x.len() == self.y.len() && !self.y.is_empty()
    }

    /// The spectrum without title and origin; where the points are not sound, as many as fit together.
    pub fn spectrum(&self) -> Spectrum {
        let many = self.x.len().min(self.y.len());
        let (x, y) = (self.x.iter().take(many), self.y.iter().take(many));
        let axis = Axis::Explicit(x.copied().collect());
        let mut spectrum = Spectrum::new(self.technique, self.shape, axis, y.copied().collect());
        spectrum.x_unit = self.x_unit;
        spectrum.y_unit = self.y_unit;
        spectrum.provenance.laser_nm = self.laser_nm;
        spectrum.precursor = self.precursor.as_ref().map(|ion| Precursor {
            mz: ion.mz,
            positive: ion.positive,
            ..Precursor::default()
        });
        spectrum
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An EI spectrum.
    pub fn ions(peaks: &[(f64, f64)]) -> Points {
        Points {
            technique: Technique::EiMs,
            shape: Shape::Sticks,
            x_unit: XUnit::MassToCharge,
            y_unit: YUnit::Intensity,
            laser_nm: None,
            precursor: None,
            x: peaks.iter().map(|p| p.0).collect(),
            y: peaks.iter().map(|p| p.1).collect(),
        }
    }

    /// An MS/MS spectrum.
    pub fn product_ions(mz: Option<f64>, positive: Option<bool>) -> Points {
        Points {
            technique: Technique::MsMs,
            precursor: Some(Ion { mz, positive }),
            ..ions(&[(80.05, 40.0), (105.07, 100.0), (188.14, 70.0)])
        }
    }

    #[test]
    fn points_come_back_as_they_went() {
        for points in [ions(&[(58.0, 1.5)]), product_ions(Some(300.125), None)] {
            assert_eq!(Points::of(&points.spectrum()), points);
            let text = serde_json::to_string(&points).unwrap();
            assert_eq!(serde_json::from_str::<Points>(&text).unwrap(), points);
        }
        let odd = Points {
            x: vec![1.0, 2.0],
            ..ions(&[(58.0, 1.5)])
        };
        assert!(!odd.is_sound());
        assert_eq!(odd.spectrum().len(), 1);
    }
}
