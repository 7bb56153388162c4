//! What the user knows of a file that the file does not say, and how much of it may be read.

use crate::read::{self, ErrorKind, Input, Limits, ReadError, Reading};
use crate::spectrum::{Spectrum, Technique, Warning, WarningKind};
use std::io::Read;

/// What holds for all files of a command.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given {
    /// Technique of the spectra.
    pub technique: Option<Technique>,
    /// Laser wavelength in nm.
    pub laser_nm: Option<f64>,
    /// How much may be read.
    pub limits: Limits,
}

impl Given {
    /// Applies it to a spectrum.
    pub fn apply(&self, spectrum: &mut Spectrum) {
        if let Some(technique) = self.technique {
            spectrum.technique = technique;
            // What it was taken for before it was said.
            let taken = |w: &Warning| {
                w.kind == WarningKind::Technique && w.message.starts_with("Taken as ")
            };
            spectrum.warnings.retain(|warning| !taken(warning));
        }
        if self.laser_nm.is_some() {
            spectrum.provenance.laser_nm = self.laser_nm;
        }
    }

    /// All of standard input.
    ///
    /// # Errors
    /// Where it cannot be read, or is larger than a file may be.
    pub fn standard_input(&self) -> Result<Input, ReadError> {
        let limits = &self.limits;
        let mut bytes = Vec::new();
        let read = std::io::stdin()
            .lock()
            .take(limits.file_bytes + 1)
            .read_to_end(&mut bytes);
        match read {
            Ok(_) if bytes.len() as u64 <= limits.file_bytes => Ok(Input::new("-", bytes)),
            Ok(_) => Err(limits.too_large()),
            Err(e) => Err(ReadError::new(
                ErrorKind::Io,
                format!("standard input cannot be read ({e})"),
            )),
        }
    }

    /// Decodes a file and applies it to each spectrum.
    ///
    /// # Errors
    /// As [`read::read_input`].
    pub fn read(&self, input: &Input) -> Result<Reading, ReadError> {
        let (_, mut reading) = read::read_input(input, &self.limits)?;
        for spectrum in reading.spectra.iter_mut().flatten() {
            self.apply(spectrum);
        }
        Ok(reading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::{Axis, InfraredMode, Shape};

    #[test]
    fn what_is_said_is_not_taken_for_something_else() {
        let axis = Axis::Explicit(vec![400.0, 500.0]);
        let mut spectrum = Spectrum::new(Technique::Unknown, Shape::Profile, axis, vec![1.0, 2.0]);
        spectrum.infer_technique(Technique::Raman, "its axis");
        spectrum.warn(WarningKind::Technique, "Another word on it.");
        Given::default().apply(&mut spectrum);
        assert_eq!(spectrum.warnings.len(), 2);
        let infrared = Technique::Infrared(InfraredMode::Unstated);
        let given = Given {
            technique: Some(infrared),
            ..Given::default()
        };
        given.apply(&mut spectrum);
        assert_eq!(spectrum.technique, infrared);
        assert_eq!(spectrum.warnings.len(), 1);
    }
}
