//! What the parameter blocks say of sample, instrument and measurement.

use super::block::{Block, Content};
use super::parameters::Parameters;
use crate::read::bytes::Bytes;
use crate::spectrum::{InfraredMode, Spectrum, Technique};
use crate::units::nanometre_to_wavenumber;

/// Parameters that describe the measurement, and their names for people.
const NAMES: [(&str, &str); 11] = [
    ("SFM", "sample form"),
    ("EXP", "experiment"),
    ("ACC", "accessory"),
    ("CHN", "measurement channel"),
    ("RES", "resolution / cm-1"),
    ("NSS", "scans"),
    ("APT", "aperture"),
    ("BMS", "beam splitter"),
    ("SRC", "source"),
    ("DTC", "detector"),
    ("RLP", "laser power / mW"),
];

/// What the file says of all its spectra.
pub(super) struct About {
    sample: Option<String>,
    instrument: Option<String>,
    operator: Option<String>,
    laser: Option<f64>,
    fields: Vec<(String, String)>,
    mode: Option<InfraredMode>,
}

impl About {
    /// Reads the parameter blocks.
    pub fn read(bytes: &Bytes<'_>, blocks: &[Block]) -> Self {
        let all: Vec<Parameters> = blocks
            .iter()
            .filter(|b| b.parameter() > 1)
            .map(|b| Parameters::read(bytes, b.at, b.length))
            .collect();
        let text = |name: &str| {
            let texts = all.iter().filter_map(|p| p.text(name));
            texts.into_iter().find(|t| !t.is_empty())
        };
        let number = |name: &str| all.iter().find_map(|p| p.real(name));
        let fields: Vec<(String, String)> = NAMES
            .iter()
            .filter_map(|(name, label)| {
                let value = text(name).or_else(|| number(name).map(|v| v.to_string()))?;
                Some(((*label).to_owned(), value))
            })
            .collect();
        let mode = ["ACC", "EXP", "CHN"]
            .iter()
            .find_map(|name| InfraredMode::named_in(&text(name)?));
        Self {
            sample: text("SNM"),
            instrument: text("INS"),
            operator: text("CNM"),
            laser: number("RLW").filter(|w| *w > 1000.0),
            fields,
            mode,
        }
    }

    /// Fills in what concerns a spectrum.
    pub fn describe(&self, block: Block, spectrum: &mut Spectrum) {
        spectrum.title = self.sample.clone().unwrap_or_default();
        spectrum.provenance.instrument.clone_from(&self.instrument);
        spectrum.provenance.owner.clone_from(&self.operator);
        spectrum.metadata.extend(self.fields.iter().cloned());
        let stated = match block.content() {
            Content::Atr => Some(InfraredMode::Atr),
            _ => self.mode,
        };
        if let (Technique::Infrared(mode), Some(stated)) = (&mut spectrum.technique, stated) {
            *mode = stated;
        }
        if spectrum.technique == Technique::Raman {
            // The Raman laser is stored as its wavenumber.
            spectrum.provenance.laser_nm = self.laser.map(nanometre_to_wavenumber);
        }
    }
}
