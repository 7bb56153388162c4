//! One measured spectrum as a file states it, before any preparation.
//!
//! A [`Spectrum`] keeps the file's own point order, units and numbers. Readers
//! make it, writers write it, [`crate::prepare`] turns it into a signal on the
//! technique's grid.

mod adduct;
mod axis;
mod check;
mod formula;
mod identity;
mod name;
mod provenance;
mod run;
mod technique;
mod warning;

pub use adduct::Adduct;
pub use axis::Axis;
pub use check::check;
pub use formula::{ELECTRON_MASS, atoms, hill, monoisotopic_mass, nominal_mass};
pub use identity::{Identity, cas_check_digit_holds, is_inchikey};
pub use name::{normalised, words};
pub use provenance::Provenance;
pub use run::{Run, Scan, is_scan};
pub use technique::{InfraredMode, Technique};
pub use warning::{Warning, WarningKind};

use crate::units::{XUnit, YUnit};
use serde::{Deserialize, Serialize};

/// Whether neighbouring points may be joined by a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A continuous curve sampled at points.
    Profile,
    /// Separate peaks (a mass spectrum, a band table): nothing lies between them.
    Sticks,
}

/// What was selected and broken in an MS/MS measurement, as the file states it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Precursor {
    /// m/z of the precursor ion.
    pub mz: Option<f64>,
    /// Adduct such as `[M+H]+`.
    pub adduct: Option<String>,
    /// Collision energy with its unit, as written.
    pub collision_energy: Option<String>,
    /// Polarity: `Some(true)` for positive ions.
    pub positive: Option<bool>,
}

/// One spectrum as the file states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrum {
    /// The record's title or name; empty where the file gives none.
    pub title: String,
    /// How it was measured.
    pub technique: Technique,
    /// Curve or sticks.
    pub shape: Shape,
    /// Abscissa in file order.
    pub axis: Axis,
    /// Ordinate, same length and order as the axis; not-a-number where the file has a gap.
    pub ordinate: Vec<f64>,
    /// Unit of the abscissa.
    pub x_unit: XUnit,
    /// Unit of the ordinate.
    pub y_unit: YUnit,
    /// What this is where it is not a spectrum of the sample: a background, a single channel, an
    /// interferogram. Such companions are shown and never identified.
    pub companion: Option<&'static str>,
    /// The substance the record names, if it names one.
    pub identity: Identity,
    /// Retention time in a chromatographic run, s.
    pub retention: Option<f64>,
    /// MS/MS selection, where there was one.
    pub precursor: Option<Precursor>,
    /// Where the numbers come from.
    pub provenance: Provenance,
    /// Everything else the record states, label and value in file order.
    pub metadata: Vec<(String, String)>,
    /// What the reader found odd.
    pub warnings: Vec<Warning>,
}

impl Spectrum {
    /// A spectrum with only its numbers; readers fill in the rest.
    ///
    /// # Panics
    /// Where axis and ordinate differ in length: a reader's own mistake.
    pub fn new(technique: Technique, shape: Shape, axis: Axis, ordinate: Vec<f64>) -> Self {
        assert_eq!(axis.len(), ordinate.len(), "axis and ordinate differ");
        Self {
            title: String::new(),
            technique,
            shape,
            axis,
            ordinate,
            x_unit: XUnit::Unknown,
            y_unit: YUnit::Unknown,
            companion: None,
            identity: Identity::default(),
            retention: None,
            precursor: None,
            provenance: Provenance::default(),
            metadata: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Number of points.
    pub fn len(&self) -> usize {
        self.ordinate.len()
    }

    /// Whether there are no points at all.
    pub fn is_empty(&self) -> bool {
        self.ordinate.is_empty()
    }

    /// Smallest and largest finite abscissa, in the file's unit.
    pub fn x_range(&self) -> Option<(f64, f64)> {
        match &self.axis {
            // An even axis is widest at its ends.
            Axis::Even { .. } => min_max(self.axis.first().into_iter().chain(self.axis.last())),
            Axis::Explicit(x) => min_max(x.iter().copied()),
        }
    }

    /// Smallest and largest finite ordinate.
    pub fn y_range(&self) -> Option<(f64, f64)> {
        min_max(self.ordinate.iter().copied())
    }

    /// Points as (abscissa, ordinate) in file order.
    pub fn points(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.axis.iter().zip(self.ordinate.iter().copied())
    }

    /// Records something odd that the user should know.
    pub fn warn(&mut self, kind: WarningKind, message: impl Into<String>) {
        self.warnings.push(Warning::new(kind, message));
    }

    /// Takes a technique that the file does not state, and says from what it was inferred.
    pub fn infer_technique(&mut self, technique: Technique, from: &str) {
        self.technique = technique;
        self.warn(
            WarningKind::Technique,
            format!(
                "Taken as {} from {from}; the file does not say so.",
                technique.label()
            ),
        );
    }

    /// The value of the first metadata item with this label, ignoring case.
    pub fn meta(&self, label: &str) -> Option<&str> {
        self.metadata
            .iter()
            .find(|(k, _)| k.eq_ignore_ascii_case(label))
            .map(|(_, v)| v.as_str())
    }
}

fn min_max(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.filter(|v| v.is_finite()).fold(None, |range, v| {
        Some(range.map_or((v, v), |(lo, hi): (f64, f64)| (lo.min(v), hi.max(v))))
    })
}
