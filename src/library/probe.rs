//! Spectra of known substances that a laboratory keeps with its library, to try every new generation.

use super::{Entry, Library, LibraryError};
use crate::spectrum::{Axis, Identity, Spectrum};
use serde::{Deserialize, Serialize};

/// A spectrum with what it is known to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// Its metadata; the identity is the true one.
    pub entry: Entry,
    /// Abscissas; `None` where the axis is even.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<Vec<f64>>,
    /// Ordinates.
    pub y: Vec<f64>,
}

impl Probe {
    /// A spectrum and the entry that describes it.
    pub fn of(entry: Entry, spectrum: &Spectrum) -> Self {
        Self {
            entry,
            x: match &spectrum.axis {
                Axis::Explicit(x) => Some(x.clone()),
                Axis::Even { .. } => None,
            },
            y: spectrum.ordinate.clone(),
        }
    }

    /// The spectrum without anything that says what it is.
    pub fn blinded(&self) -> Spectrum {
        let points = self.y.len();
        let axis = match (&self.x, self.entry.even) {
            (Some(x), _) if x.len() == points => Axis::Explicit(x.clone()),
            (_, Some((first, last))) => Axis::Even {
                first,
                last,
                points,
            },
            // Nothing that this program writes; without an axis there is nothing to compare.
            _ => Axis::Explicit(vec![f64::NAN; points]),
        };
        let mut spectrum = self.entry.clone().into_spectrum(axis, self.y.clone());
        spectrum.title.clear();
        spectrum.identity = Identity::default();
        spectrum.metadata.clear();
        spectrum
    }
}

impl Library {
    /// The spectra that were kept with it.
    ///
    /// # Errors
    /// [`LibraryError::Damaged`] where they cannot be read.
    pub fn probes(&self) -> Result<Vec<Probe>, LibraryError> {
        if self.probes.is_empty() {
            return Ok(Vec::new());
        }
        serde_json::from_slice(&self.probes)
            .map_err(|_| LibraryError::Damaged("its spectra of a validation"))
    }

    /// Keeps these spectra with it, which changes the content hash.
    pub fn set_probes(&mut self, probes: &[Probe]) {
        // Text and finite numbers always have a JSON form.
        self.probes = match probes.is_empty() {
            true => Vec::new().into(),
            false => serde_json::to_vec(probes).unwrap_or_default().into(),
        };
        self.info.hash = self.content_hash();
    }
}
