//! MassBank records (record format 2.6): `KEY: value` lines, a peak table behind `PK$PEAK:`, `//`.

use super::error::{ErrorKind, ReadError};
use super::text::{decode, lines};
use super::{Confidence, Input, Limits, Reader, Reading, number};
use crate::spectrum::{Axis, Precursor, Shape, Spectrum, Technique, WarningKind};
use crate::units::{XUnit, YUnit};

/// Reader of MassBank records.
pub struct MassBank;

impl Reader for MassBank {
    fn id(&self) -> &'static str {
        "massbank"
    }

    fn label(&self) -> &'static str {
        "MassBank record"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        if !input.is_text() {
            return Confidence::No;
        }
        let text = input.head_text();
        let first = lines(text).map(|(_, l)| l.trim()).find(|l| !l.is_empty());
        match first.is_some_and(|l| l.starts_with("ACCESSION:")) {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let (text, encoding) = decode(&input.bytes);
        let mut reading = Reading::default();
        reading.warnings.extend(encoding);
        let mut record = Record::default();
        for (line, content) in lines(&text) {
            if content.trim() == "//" {
                let ended = std::mem::take(&mut record);
                reading.spectra.push(ended.finish());
                if reading.spectra.len() > limits.spectra {
                    return Err(limits.too_many_spectra().at_line(line));
                }
            } else {
                record.take(line, content, limits);
            }
        }
        if !record.fields.is_empty() {
            let line = record.line;
            let mut cut = record.finish();
            if let Ok(spectrum) = &mut cut {
                spectrum.warn(
                    WarningKind::Format,
                    format!(
                        "The record at line {line} has no end mark (//); it was perhaps cut off."
                    ),
                );
            }
            reading.spectra.push(cut);
        }
        match reading.spectra.is_empty() {
            true => Err(ReadError::new(
                ErrorKind::NoData,
                "the file holds no record",
            )),
            false => Ok(reading),
        }
    }
}

#[derive(Default)]
struct Record {
    line: usize,
    fields: Vec<(String, String)>,
    in_peaks: bool,
    peaks: Vec<(f64, f64)>,
    error: Option<ReadError>,
}

impl Record {
    fn take(&mut self, line: usize, content: &str, limits: &Limits) {
        let text = content.trim();
        if self.in_peaks && content.starts_with(' ') {
            let mut words = text.split_whitespace().map(|w| number::parse(w, false));
            match (words.next().flatten(), words.next().flatten()) {
                (Some(mz), Some(intensity)) if self.peaks.len() < limits.points => {
                    self.peaks.push((mz, intensity))
                }
                _ => {
                    self.error.get_or_insert(
                        ReadError::new(ErrorKind::Malformed, "this is not a line of peaks")
                            .at_line(line)
                            .expected("m/z, intensity and relative intensity")
                            .found(text),
                    );
                }
            }
        } else if let Some((key, value)) = text.split_once(": ").or_else(|| text.split_once(':')) {
            if self.fields.is_empty() {
                self.line = line;
            }
            self.in_peaks = key == "PK$PEAK";
            self.fields.push((key.to_owned(), value.trim().to_owned()));
        }
    }

    fn value(&self, key: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, v)| v.as_str())
    }

    /// Value of a subtag, as in `AC$MASS_SPECTROMETRY: ION_MODE POSITIVE`.
    fn tagged(&self, key: &str, tag: &str) -> Option<String> {
        self.fields
            .iter()
            .filter(|(k, _)| k == key)
            .find_map(|(_, v)| v.strip_prefix(tag)?.strip_prefix(' '))
            .map(|v| v.trim().to_owned())
            .filter(|v| !v.is_empty() && v != "N/A")
    }

    fn finish(self) -> Result<Spectrum, ReadError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let announced = self
            .value("PK$NUM_PEAK")
            .and_then(|n| n.parse::<usize>().ok());
        let kind = self.value("AC$INSTRUMENT_TYPE").unwrap_or_default();
        let level = self
            .tagged("AC$MASS_SPECTROMETRY", "MS_TYPE")
            .unwrap_or_default();
        let electron = kind.split('-').any(|w| w == "EI");
        let technique = match (electron, level.as_str()) {
            (_, "MS2" | "MS3" | "MS4") => Technique::MsMs,
            (true, _) => Technique::EiMs,
            _ => Technique::Unknown,
        };
        let (x, y): (Vec<f64>, Vec<f64>) = self.peaks.iter().copied().unzip();
        let read = x.len();
        let mut spectrum = Spectrum::new(technique, Shape::Sticks, Axis::Explicit(x), y);
        spectrum.x_unit = XUnit::MassToCharge;
        spectrum.y_unit = YUnit::Abundance;
        self.describe(&mut spectrum);
        if announced.is_some_and(|n| n != read) {
            let n = announced.unwrap_or_default();
            spectrum.warn(
                WarningKind::Count,
                format!("The record announces {n} peaks; {read} were read."),
            );
        }
        if technique == Technique::Unknown {
            spectrum.warn(
                WarningKind::Technique,
                format!("{kind} {level} spectra are not compared; --technique overrides it."),
            );
        }
        Ok(spectrum)
    }

    fn describe(&self, spectrum: &mut Spectrum) {
        let given = |key: &str| {
            self.value(key)
                .map(str::to_owned)
                .filter(|v| !v.is_empty() && v != "N/A")
        };
        spectrum.title = given("RECORD_TITLE").unwrap_or_default();
        let mut names = self
            .fields
            .iter()
            .filter(|(k, _)| k == "CH$NAME")
            .map(|(_, v)| v.clone());
        let identity = &mut spectrum.identity;
        identity.name = names.next().unwrap_or_default();
        identity.synonyms = names.collect();
        identity.formula = given("CH$FORMULA");
        identity.smiles = given("CH$SMILES");
        identity.cas = self
            .tagged("CH$LINK", "CAS")
            .and_then(|c| c.split_whitespace().next().map(str::to_owned));
        identity.inchikey = self.tagged("CH$LINK", "INCHIKEY");
        let provenance = &mut spectrum.provenance;
        provenance.id = given("ACCESSION");
        provenance.date = given("DATE");
        provenance.origin = given("AUTHORS");
        provenance.owner = given("COPYRIGHT");
        provenance.licence = given("LICENSE");
        provenance.instrument = given("AC$INSTRUMENT");
        let acquired = |tag: &str| self.tagged("AC$MASS_SPECTROMETRY", tag);
        if spectrum.technique == Technique::MsMs {
            let mz = self.tagged("MS$FOCUSED_ION", "PRECURSOR_M/Z");
            spectrum.precursor = Some(Precursor {
                // Several precursors are written with slashes: the last one was measured.
                mz: mz.and_then(|v| number::parse(v.rsplit('/').next()?, false)),
                adduct: self.tagged("MS$FOCUSED_ION", "PRECURSOR_TYPE"),
                collision_energy: acquired("COLLISION_ENERGY"),
                positive: acquired("ION_MODE").map(|m| m.to_uppercase().starts_with('P')),
            });
        }
        for (key, value) in &self.fields {
            if key.starts_with("AC$") || key == "COMMENT" {
                spectrum.metadata.push((key.clone(), value.clone()));
            }
        }
    }
}
