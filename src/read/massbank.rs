//! MassBank records (record format 2.6): `KEY: value` lines, a peak table behind `PK$PEAK:`, `//`.

use super::error::{ErrorKind, ReadError};
use super::polarity::polarity;
use super::text::{decode, lines};
use super::{Confidence, Input, Limits, Reader, Reading, number};
use crate::spectrum::{Axis, Identity, Precursor, Shape, Spectrum, Technique, WarningKind};
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
        let mut filled = lines(input.head_text())
            .map(|(_, l)| l.trim())
            .filter(|l| !l.is_empty())
            .peekable();
        let first = filled.peek().is_some_and(|l| l.starts_with("ACCESSION:"));
        // Some programs write records without an accession.
        let mut has = |key: &str| filled.any(|l| l.starts_with(key));
        Confidence::certain_if(first || (has("PK$NUM_PEAK:") && has("PK$PEAK:")))
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
                continue;
            }
            if record.ends_before(content) {
                let ended = std::mem::take(&mut record);
                reading.spectra.push(ended.finish());
            }
            record.take(line, content, limits);
        }
        if !record.fields.is_empty() {
            let line = record.line;
            let mut cut = record.whole().and_then(|()| record.finish());
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
    /// Whether this line begins another record, where the end mark is missing.
    fn ends_before(&self, content: &str) -> bool {
        let begins =
            |key: &&str| content.starts_with(*key) && self.value(&key[..key.len() - 1]).is_some();
        !self.peaks.is_empty() && ["ACCESSION:", "RECORD_TITLE:"].iter().any(begins)
    }

    fn announced(&self) -> Option<usize> {
        self.value("PK$NUM_PEAK")?.parse().ok()
    }

    /// Refuses a record without end mark that has fewer peaks than it announces.
    fn whole(&self) -> Result<(), ReadError> {
        let read = self.peaks.len();
        let short = self
            .announced()
            .filter(|n| *n > read && self.error.is_none());
        short.map_or(Ok(()), |announced| {
            Err(
                ReadError::new(ErrorKind::Truncated, "the file ends inside this record")
                    .at_line(self.line)
                    .expected(format!("{announced} peaks"))
                    .found(format!("{read} peaks"))
                    .advise("export it again, or correct PK$NUM_PEAK if the rest is right"),
            )
        })
    }

    fn take(&mut self, line: usize, content: &str, limits: &Limits) {
        let text = content.trim();
        let indented = content.starts_with(' ') || text.starts_with(|c: char| c.is_ascii_digit());
        if self.in_peaks && indented {
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
        let announced = self.announced();
        let kind = self.value("AC$INSTRUMENT_TYPE").unwrap_or_default();
        let level = self
            .tagged("AC$MASS_SPECTROMETRY", "MS_TYPE")
            .unwrap_or_default();
        let electron = kind.split('-').any(|w| w == "EI");
        let order = level.strip_prefix("MS").and_then(|n| n.parse::<u32>().ok());
        let precursor = self.precursor_mz();
        let (technique, inferred) = match (electron, order) {
            (_, Some(2..)) => (Technique::MsMs, false),
            (true, _) => (Technique::EiMs, false),
            (_, None) if level.is_empty() && precursor.is_some() => (Technique::MsMs, true),
            _ => (Technique::Unknown, false),
        };
        let (x, y): (Vec<f64>, Vec<f64>) = self.peaks.iter().copied().unzip();
        let read = x.len();
        let mut spectrum = Spectrum::new(technique, Shape::Sticks, Axis::Explicit(x), y);
        spectrum.x_unit = XUnit::MassToCharge;
        spectrum.y_unit = YUnit::Abundance;
        self.describe(&mut spectrum);
        if inferred {
            spectrum.infer_technique(technique, "its precursor ion");
        }
        if announced.is_some_and(|n| n != read) {
            let n = announced.unwrap_or_default();
            spectrum.warn(
                WarningKind::Count,
                format!("The record announces {n} peaks; {read} were read."),
            );
        }
        if technique == Technique::Unknown {
            let stated = match (kind, level.as_str()) {
                ("", "") => "The record states neither instrument type nor MS level: not compared",
                _ => &format!("{kind} {level} spectra are not compared"),
            };
            spectrum.warn(
                WarningKind::Technique,
                format!("{stated}; --technique overrides it."),
            );
        }
        Ok(spectrum)
    }

    /// m/z of the precursor. Several are written with slashes: the last one was measured.
    fn precursor_mz(&self) -> Option<f64> {
        let stated = self.tagged("MS$FOCUSED_ION", "PRECURSOR_M/Z")?;
        number::parse(stated.rsplit('/').next()?, false).filter(|mz| *mz > 0.0)
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
            .and_then(|cas| Identity::cas_number(&cas));
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
            spectrum.precursor = Some(Precursor {
                mz: self.precursor_mz(),
                adduct: self.tagged("MS$FOCUSED_ION", "PRECURSOR_TYPE"),
                collision_energy: acquired("COLLISION_ENERGY"),
                positive: acquired("ION_MODE").and_then(|m| polarity(&m)),
            });
        }
        for (key, value) in &self.fields {
            if key.starts_with("AC$") || key == "COMMENT" {
                spectrum.metadata.push((key.clone(), value.clone()));
            }
        }
    }
}
