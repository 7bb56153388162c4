//! Mascot Generic Format: MS/MS peak lists between `BEGIN IONS` and `END IONS`.
//!
//! Matrix Science's definition, with the keys that GNPS and others add (NAME, SMILES, INCHIKEY,
//! IONMODE, SPECTRUMID). Keys before the first block hold for all blocks; few are taken, because every
//! block carries them.

use super::error::{ErrorKind, ReadError};
use super::polarity::polarity;
use super::text::{decode, lines};
use super::words::names_electron;
use super::{Confidence, Input, Limits, Reader, Reading, number};
use crate::spectrum::{Axis, Precursor, Shape, Spectrum, Technique, Warning, WarningKind};
use crate::units::{XUnit, YUnit};

/// Most keys before the first block that are taken.
const SHARED: usize = 64;
/// Most bytes of such a key and its value.
const SHARED_BYTES: usize = 1024;

/// Reader of MGF text.
pub struct Mgf;

impl Reader for Mgf {
    fn id(&self) -> &'static str {
        "mgf"
    }

    fn label(&self) -> &'static str {
        "MGF text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mgf"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        if !input.is_text() {
            return Confidence::No;
        }
        let text = input.head_text();
        let begins = lines(text).any(|(_, line)| is(line, "BEGIN IONS"));
        Confidence::certain_if(begins)
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let (text, encoding) = decode(&input.bytes);
        let mut reading = Reading::default();
        reading.warnings.extend(encoding);
        let mut shared: Vec<(String, String)> = Vec::new();
        let mut left_out = 0_usize;
        let mut block: Option<Block> = None;
        for (number, line) in lines(&text) {
            let line = line.trim_ascii();
            if line.is_empty() || line.starts_with(['#', ';', '!', '/']) {
                continue;
            }
            if is(line, "BEGIN IONS") {
                if let Some(open) = block.take() {
                    reading.spectra.push(Err(open.unended()));
                }
                if reading.spectra.len() >= limits.spectra {
                    return Err(limits.too_many_spectra().at_line(number));
                }
                block = Some(Block::new(number, &shared));
            } else if is(line, "END IONS") {
                if let Some(open) = block.take() {
                    reading.spectra.push(open.finish());
                }
            } else if let Some(open) = &mut block {
                open.take(number, line, limits);
            } else if let Some(field) = key_and_value(line) {
                match shared.len() < SHARED && field.0.len() + field.1.len() <= SHARED_BYTES {
                    true => shared.push(field),
                    false => left_out += 1,
                }
            }
        }
        if left_out > 0 {
            reading.warnings.push(Warning::new(
                WarningKind::Skipped,
                format!(
                    "{left_out} keys outside the blocks were left out: at most {SHARED}, of at most \
                     {SHARED_BYTES} bytes each, are taken."
                ),
            ));
        }
        if let Some(open) = block {
            reading.spectra.push(Err(open.unended()));
        }
        if reading.spectra.is_empty() {
            return Err(
                ReadError::new(ErrorKind::NoData, "the file holds no spectrum")
                    .expected("blocks between \"BEGIN IONS\" and \"END IONS\""),
            );
        }
        Ok(reading)
    }
}

fn is(line: &str, mark: &str) -> bool {
    line.trim().eq_ignore_ascii_case(mark)
}

fn key_and_value(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once('=')?;
    let word = key.starts_with(|c: char| c.is_alphabetic());
    word.then(|| (key.trim().to_ascii_uppercase(), value.trim().to_owned()))
}

struct Block {
    line: usize,
    fields: Vec<(String, String)>,
    peaks: Vec<(f64, f64)>,
    error: Option<ReadError>,
}

impl Block {
    fn new(line: usize, shared: &[(String, String)]) -> Self {
        Self {
            line,
            fields: shared.to_vec(),
            peaks: Vec::new(),
            error: None,
        }
    }

    fn take(&mut self, number: usize, line: &str, limits: &Limits) {
        if self.peaks.len() < limits.points
            && let Some(peak) = number::pair(line)
        {
            self.peaks.push(peak);
            return;
        }
        if let Some(field) = key_and_value(line) {
            self.fields.push(field);
            return;
        }
        let mut words = line
            .split_whitespace()
            .map(|word| number::parse(word, false));
        match (words.next().flatten(), words.next()) {
            (Some(mz), Some(Some(intensity))) if self.peaks.len() < limits.points => {
                self.peaks.push((mz, intensity));
            }
            // A peak list may leave the intensity out.
            (Some(mz), None) if self.peaks.len() < limits.points => self.peaks.push((mz, 1.0)),
            (Some(_), Some(Some(_)) | None) => self.fail(limits.too_many_points().at_line(number)),
            _ => self.fail(
                ReadError::new(ErrorKind::Malformed, "this is neither a key nor a peak")
                    .at_line(number)
                    .expected("KEY=value, or m/z and intensity")
                    .found(line),
            ),
        }
    }

    fn fail(&mut self, error: ReadError) {
        self.error.get_or_insert(error);
    }

    fn unended(self) -> ReadError {
        ReadError::new(
            ErrorKind::Truncated,
            "the block that begins here does not end",
        )
        .at_line(self.line)
        .expected("\"END IONS\"")
        .advise("the file was perhaps cut off: export it again")
    }

    fn finish(self) -> Result<Spectrum, ReadError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let empty = self.peaks.is_empty();
        let (x, y) = self.peaks.into_iter().unzip();
        let mut spectrum = Spectrum::new(Technique::MsMs, Shape::Sticks, Axis::Explicit(x), y);
        spectrum.x_unit = XUnit::MassToCharge;
        spectrum.y_unit = YUnit::Abundance;
        describe(self.fields, &mut spectrum);
        if empty {
            spectrum.warn(WarningKind::Count, "The block has no peaks.");
        }
        Ok(spectrum)
    }
}

fn describe(fields: Vec<(String, String)>, spectrum: &mut Spectrum) {
    let mut precursor = Precursor::default();
    let (mut level, mut charged, mut electron) = (None, None, false);
    for (key, value) in fields {
        if value.is_empty() {
            continue;
        }
        let identity = &mut spectrum.identity;
        match key.as_str() {
            "TITLE" => spectrum.title = value,
            "NAME" | "COMPOUND_NAME" => identity.name = value,
            "SMILES" => identity.smiles = Some(value),
            "INCHIKEY" => identity.inchikey = Some(value),
            "FORMULA" => identity.formula = Some(value),
            "SPECTRUMID" | "SPECTRUM_ID" | "ID" => spectrum.provenance.id = Some(value),
            "INSTRUMENT" | "SOURCE_INSTRUMENT" => {
                electron |= names_electron(&value);
                spectrum.provenance.instrument = Some(value);
            }
            "PEPMASS" | "PRECURSOR_MZ" => {
                let first = value.split_whitespace().next().unwrap_or_default();
                precursor.mz = number::parse(first, false).filter(|mz| *mz > 0.0);
            }
            "CHARGE" => {
                charged = charge(&value);
                spectrum.metadata.push((key, value));
            }
            "IONMODE" | "ION_MODE" => precursor.positive = polarity(&value),
            "ADDUCT" => precursor.adduct = Some(value),
            "COLLISION_ENERGY" => precursor.collision_energy = Some(value),
            _ => {
                match key.as_str() {
                    "MSLEVEL" | "MS_LEVEL" => level = value.parse::<u32>().ok(),
                    "INSTRUMENT_TYPE" | "IONIZATION" | "ION_SOURCE" => {
                        electron |= names_electron(&value);
                    }
                    _ => {}
                }
                spectrum.metadata.push((key, value));
            }
        }
    }
    // Some programs write the charge of a negative ion without its sign: the stated mode wins.
    precursor.positive = precursor.positive.or(charged);
    if spectrum.title.is_empty() {
        spectrum.title.clone_from(&spectrum.identity.name);
    }
    let selected = precursor.mz.is_some();
    spectrum.precursor = Some(precursor);
    decide_technique(spectrum, level, electron, selected);
}

/// The format is for MS/MS, but other spectra are written in it too.
fn decide_technique(spectrum: &mut Spectrum, level: Option<u32>, electron: bool, selected: bool) {
    match level {
        Some(2..) => {}
        _ if electron && !selected => {
            spectrum.precursor = None;
            spectrum.technique = Technique::EiMs;
        }
        Some(_) => {
            spectrum.technique = Technique::Unknown;
            spectrum.warn(
                WarningKind::Technique,
                "The block says MS level 1: not a product-ion spectrum.",
            );
        }
        None if !selected => {
            spectrum.infer_technique(Technique::MsMs, "the file format, which is meant for it");
        }
        None => {}
    }
}

/// Polarity by a charge such as `2+`, `1-` or `-1`; `None` for 0, which stands for unknown.
fn charge(value: &str) -> Option<bool> {
    let charged = value.bytes().any(|b| matches!(b, b'1'..=b'9'));
    charged.then(|| !value.contains('-'))
}
