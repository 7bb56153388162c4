//! Spectra of known substances that a laboratory keeps with its library, to try every new generation.

use super::{Entry, Library, LibraryError, numbers};
use crate::spectrum::{Axis, Identity, Spectrum};
use serde::{Deserialize, Serialize};

/// A spectrum with what it is known to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// Its metadata; the identity is the true one.
    pub entry: Entry,
    /// Abscissas, as many as ordinates; none where the axis is even.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "numbers")]
    pub x: Vec<f64>,
    /// Ordinates; not-a-number for gaps.
    #[serde(with = "numbers")]
    pub y: Vec<f64>,
}

impl Probe {
    /// A spectrum and the entry that describes it.
    pub fn of(entry: Entry, spectrum: &Spectrum) -> Self {
        Self {
            entry,
            x: match &spectrum.axis {
                Axis::Explicit(x) => x.clone(),
                Axis::Even { .. } => Vec::new(),
            },
            y: spectrum.ordinate.clone(),
        }
    }

    /// The spectrum without anything that says what it is.
    pub fn blinded(&self) -> Spectrum {
        let points = self.y.len();
        let axis = match self.entry.even {
            None if self.x.len() == points => Axis::Explicit(self.x.clone()),
            Some((first, last)) => Axis::Even {
                first,
                last,
                points,
            },
            // Nothing that this program writes; without an axis there is nothing to compare.
            None => Axis::Explicit(vec![f64::NAN; points]),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::ReferenceKind;
    use crate::spectrum::{Shape, Technique};

    #[test]
    fn a_gap_is_kept_and_read_back() {
        let axis = Axis::Even {
            first: 200.0,
            last: 202.0,
            points: 3,
        };
        let y = vec![0.1, f64::NAN, 5e-324];
        let spectrum = Spectrum::new(Technique::Raman, Shape::Profile, axis, y);
        let entry = Entry::of(&spectrum, "a".to_owned(), ReferenceKind::FullSpectrum);
        let mut library = Library::default();
        library.set_probes(&[Probe::of(entry, &spectrum)]);
        let back = library.probes().unwrap()[0].blinded();
        assert_eq!(back.axis, spectrum.axis);
        let bits = |s: &Spectrum| s.ordinate.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&back)[0], bits(&spectrum)[0]);
        assert!(back.ordinate[1].is_nan());
        assert_eq!(back.ordinate[2], 5e-324);
    }
}
