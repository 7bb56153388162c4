//! The log block: `key = value` lines of the program that wrote the file.

use super::header::Header;
use crate::read::bytes::Bytes;
use crate::read::{Reading, laser, shared};
use crate::spectrum::{Spectrum, Technique, Warning, WarningKind};

/// The lines of the log that say something of the measurement.
pub(super) struct Log {
    fields: Vec<(String, String)>,
    laser_nm: Option<f64>,
}

impl Log {
    /// Reads the block; a damaged one is said and loses nothing else.
    pub fn read(bytes: &Bytes<'_>, header: &Header, reading: &mut Reading) -> Self {
        let text = match header.log {
            0 => Ok(String::new()),
            at => bytes.size(at).and_then(|size| {
                let offset = bytes.size(at + 8)?;
                let start = at.saturating_add(offset);
                Ok(bytes.text(start, size.saturating_sub(offset)))
            }),
        };
        if text.is_err() {
            reading.warnings.push(Warning::new(
                WarningKind::Skipped,
                "The log block lies outside the file and was left out.",
            ));
        }
        let mut fields: Vec<(String, String)> = text
            .unwrap_or_default()
            .lines()
            .filter_map(|line| line.split_once('='))
            .map(|(k, v)| (k.trim().to_owned(), v.trim().to_owned()))
            .filter(|(k, v)| !k.is_empty() && !v.is_empty())
            .collect();
        let laser_nm = fields
            .iter()
            .find_map(|(label, value)| laser::wavelength(label, value));
        let sizes = fields
            .iter()
            .map(|(label, value)| label.len() + value.len());
        let kept = shared::lines_each(sizes, header.sub_files, bytes.len());
        reading.warnings.extend(shared::note(fields.len(), kept));
        fields.truncate(kept);
        Self { fields, laser_nm }
    }

    /// Adds the lines to a spectrum. A laser wavelength is the Raman laser's only in a Raman spectrum.
    pub fn describe(&self, header: &Header, spectrum: &mut Spectrum) {
        spectrum.metadata.extend(self.fields.iter().cloned());
        let nanometres = header.may_be_raman() && spectrum.technique == Technique::Unknown;
        if spectrum.technique == Technique::Raman || nanometres {
            spectrum.provenance.laser_nm = self.laser_nm;
        }
    }
}
