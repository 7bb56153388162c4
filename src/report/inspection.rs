//! What the program sees in a file, as the file states it, before any preparation.

use crate::read::{ReadError, Reading};
use crate::spectrum::{Provenance, Run, Shape, Spectrum, Warning};
use serde::Serialize;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// One spectrum of a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpectrumView {
    /// Position in the file, from 0.
    pub index: usize,
    /// Title.
    pub title: String,
    /// Stable name of the technique.
    pub technique: &'static str,
    /// Technique in words, with the infrared mode.
    pub technique_label: &'static str,
    /// What it is where it is not a spectrum of the sample.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub companion: Option<&'static str>,
    /// Curve or sticks.
    pub shape: Shape,
    /// Unit of the abscissa.
    pub x_unit: &'static str,
    /// Unit of the ordinate.
    pub y_unit: &'static str,
    /// Number of points.
    pub n_points: usize,
    /// Abscissa of the first point in the file.
    pub first_x: Option<f64>,
    /// Abscissa of the last point in the file.
    pub last_x: Option<f64>,
    /// Smallest ordinate.
    pub min_y: Option<f64>,
    /// Largest ordinate.
    pub max_y: Option<f64>,
    /// Sum of the ordinates, gaps left out.
    pub sum_y: f64,
    /// Points without an ordinate.
    pub n_gaps: usize,
    /// Retention time in a chromatographic run, s.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention_s: Option<f64>,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Everything else the record states.
    pub metadata: Vec<(String, String)>,
    /// What the reader found odd.
    pub warnings: Vec<Warning>,
}

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordFailure {
    /// Position in the file, from 0.
    pub index: usize,
    /// The reason.
    pub error: ErrorView,
}

/// A reading error for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorView {
    /// Stable name.
    pub kind: crate::read::ErrorKind,
    /// One sentence.
    pub message: String,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inspection {
    /// Path as given.
    pub path: String,
    /// Stable name of the format.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<&'static str>,
    /// Warnings of the file and of all its spectra, each sentence once.
    pub warnings: Vec<Warning>,
    /// The chromatographic run that the spectra form, where they do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<Run>,
    /// Spectra that were read.
    pub spectra: Vec<SpectrumView>,
    /// Records that were not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<RecordFailure>,
    /// Why nothing could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorView>,
}

impl From<&ReadError> for ErrorView {
    fn from(error: &ReadError) -> Self {
        Self {
            kind: error.kind,
            message: error.to_string(),
        }
    }
}

impl SpectrumView {
    /// View of a spectrum.
    pub fn of(spectrum: &Spectrum) -> Self {
        let finite = spectrum.ordinate.iter().filter(|v| v.is_finite());
        let range = spectrum.y_range();
        Self {
            index: spectrum.provenance.index,
            title: spectrum.title.clone(),
            technique: spectrum.technique.id(),
            technique_label: spectrum.technique.label(),
            companion: spectrum.companion,
            shape: spectrum.shape,
            x_unit: spectrum.x_unit.label(),
            y_unit: spectrum.y_unit.label(),
            n_points: spectrum.len(),
            first_x: spectrum.axis.first(),
            last_x: spectrum.axis.last(),
            min_y: range.map(|r| r.0),
            max_y: range.map(|r| r.1),
            sum_y: finite.clone().sum(),
            n_gaps: spectrum.len() - finite.count(),
            retention_s: spectrum.retention,
            provenance: spectrum.provenance.clone(),
            metadata: spectrum.metadata.clone(),
            warnings: spectrum.warnings.clone(),
        }
    }
}

/// Each warning once, in order; one that many spectra share says in how many.
fn counted(warnings: &[Warning]) -> Vec<Warning> {
    let mut found: Vec<(Warning, usize)> = Vec::new();
    let mut place: HashMap<&str, usize> = HashMap::new();
    for warning in warnings {
        let next = found.len();
        match place.entry(&warning.message) {
            Entry::Occupied(known) => found[*known.get()].1 += 1,
            Entry::Vacant(new) => {
                new.insert(next);
                found.push((warning.clone(), 1));
            }
        }
    }
    found
        .into_iter()
        .map(|(mut warning, count)| {
            if count > 1 {
                warning.message = format!("{} ({count} times)", warning.message);
            }
            warning
        })
        .collect()
}

/// View of what a reader made of a file.
pub fn inspection(path: &str, format: &'static str, reading: &Reading) -> Inspection {
    let mut view = Inspection {
        path: path.to_owned(),
        format: Some(format),
        warnings: reading.warnings.clone(),
        run: Run::of(reading.spectra.iter().flatten()),
        spectra: Vec::new(),
        failures: Vec::new(),
        error: None,
    };
    for (index, item) in reading.spectra.iter().enumerate() {
        match item {
            Ok(spectrum) => {
                view.warnings.extend(spectrum.warnings.iter().cloned());
                view.spectra.push(SpectrumView::of(spectrum));
            }
            Err(error) => view.failures.push(RecordFailure {
                index,
                error: error.into(),
            }),
        }
    }
    view.warnings = counted(&view.warnings);
    if view.spectra.is_empty() {
        view.error = view.failures.first().map(|f| f.error.clone());
    }
    view
}

/// View of a file that could not be read at all.
pub fn unreadable(path: &str, error: &ReadError) -> Inspection {
    Inspection {
        run: None,
        path: path.to_owned(),
        format: None,
        warnings: Vec::new(),
        spectra: Vec::new(),
        failures: Vec::new(),
        error: Some(error.into()),
    }
}
