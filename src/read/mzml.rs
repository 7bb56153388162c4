//! mzML 1.0 and 1.1 (HUPO-PSI): spectra whose arrays are base64 text, plain or zlib-compressed.
//!
//! Only what a spectrum needs is read, by the accessions of the PSI-MS vocabulary; parameters may
//! stand in a `referenceableParamGroup`. Drafts before 1.0 and MS-Numpress compression are refused.

use super::error::{ErrorKind, ReadError};
use super::text::looks_like_text;
use super::{Confidence, Input, Limits, Reader, Reading};
use crate::spectrum::{Axis, Precursor, Shape, Spectrum, Technique, WarningKind};
use crate::units::{XUnit, YUnit};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::ZlibDecoder;
use quick_xml::Reader as Xml;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::Read;

/// Reader of mzML.
pub struct MzMl;

impl Reader for MzMl {
    fn id(&self) -> &'static str {
        "mzml"
    }

    fn label(&self) -> &'static str {
        "mzML"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mzml"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        let head = input.head();
        let named = head.windows(5).any(|w| w == b"<mzML");
        match named && looks_like_text(head) {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let mut parser = Parser {
            limits,
            groups: HashMap::new(),
            group: None,
            spectrum: None,
            array: None,
            in_binary: false,
            reading: Reading::default(),
        };
        let mut xml = Xml::from_reader(input.bytes.as_slice());
        loop {
            let at = xml.buffer_position() as usize;
            match xml.read_event() {
                Ok(Event::Start(tag)) => parser.start(&tag, at)?,
                Ok(Event::Empty(tag)) => {
                    parser.start(&tag, at)?;
                    parser.end(tag.local_name().as_ref());
                }
                Ok(Event::Text(text)) if parser.in_binary => parser.binary(&text),
                Ok(Event::End(tag)) => parser.end(tag.local_name().as_ref()),
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => {
                    parser.broken(at, &error.to_string());
                    break;
                }
            }
        }
        parser.finish()
    }
}

/// Accession and value of a `cvParam`.
type Term = (String, String);

#[derive(Default)]
struct Found {
    id: String,
    terms: Vec<Term>,
    precursor: Vec<Term>,
    in_precursor: bool,
    arrays: Vec<Array>,
}

#[derive(Default)]
struct Array {
    terms: Vec<Term>,
    base64: Vec<u8>,
}

struct Parser<'a> {
    limits: &'a Limits,
    groups: HashMap<String, Vec<Term>>,
    group: Option<String>,
    spectrum: Option<Found>,
    array: Option<Array>,
    in_binary: bool,
    reading: Reading,
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok().flatten()?;
    found.unescape_value().ok().map(|v| v.into_owned())
}

fn has(terms: &[Term], accession: &str) -> bool {
    terms.iter().any(|(a, _)| a == accession)
}

fn value<'a>(terms: &'a [Term], accession: &str) -> Option<&'a str> {
    terms
        .iter()
        .find(|(a, _)| a == accession)
        .map(|(_, v)| v.as_str())
}

impl Parser<'_> {
    fn start(&mut self, tag: &BytesStart<'_>, at: usize) -> Result<(), ReadError> {
        match tag.local_name().as_ref() {
            b"mzML" => {
                let version = attribute(tag, "version").unwrap_or_default();
                if version.starts_with('0') {
                    return Err(
                        ReadError::new(ErrorKind::Unsupported, "this is a draft of mzML")
                            .at_byte(at)
                            .expected("mzML 1.0 or 1.1")
                            .found(version)
                            .advise("convert it with a current program"),
                    );
                }
            }
            b"referenceableParamGroup" => self.group = attribute(tag, "id"),
            b"spectrum" => {
                if self.reading.spectra.len() >= self.limits.spectra {
                    return Err(ReadError::new(
                        ErrorKind::Limit,
                        "the file holds too many spectra",
                    )
                    .at_byte(at));
                }
                self.spectrum = Some(Found {
                    id: attribute(tag, "id").unwrap_or_default(),
                    ..Found::default()
                });
            }
            b"precursor" => {
                if let Some(spectrum) = &mut self.spectrum {
                    spectrum.in_precursor = true;
                }
            }
            b"binaryDataArray" => self.array = Some(Array::default()),
            b"binary" => self.in_binary = true,
            b"cvParam" => {
                let term = (
                    attribute(tag, "accession").unwrap_or_default(),
                    attribute(tag, "value").unwrap_or_default(),
                );
                self.term(term);
            }
            b"referenceableParamGroupRef" => {
                let named = attribute(tag, "ref").and_then(|r| self.groups.get(&r).cloned());
                named.into_iter().flatten().for_each(|term| self.term(term));
            }
            _ => {}
        }
        Ok(())
    }

    fn term(&mut self, term: Term) {
        if let Some(group) = &self.group {
            self.groups.entry(group.clone()).or_default().push(term);
        } else if let Some(array) = &mut self.array {
            array.terms.push(term);
        } else if let Some(spectrum) = &mut self.spectrum {
            match spectrum.in_precursor {
                true => spectrum.precursor.push(term),
                false => spectrum.terms.push(term),
            }
        }
    }

    fn binary(&mut self, text: &[u8]) {
        if let Some(array) = &mut self.array {
            array
                .base64
                .extend(text.iter().filter(|b| !b.is_ascii_whitespace()));
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"referenceableParamGroup" => self.group = None,
            b"precursor" => {
                if let Some(spectrum) = &mut self.spectrum {
                    spectrum.in_precursor = false;
                }
            }
            b"binary" => self.in_binary = false,
            b"binaryDataArray" => {
                if let (Some(array), Some(spectrum)) = (self.array.take(), &mut self.spectrum) {
                    spectrum.arrays.push(array);
                }
            }
            b"spectrum" => {
                if let Some(found) = self.spectrum.take() {
                    self.reading.spectra.push(spectrum(found, self.limits));
                }
            }
            _ => {}
        }
    }

    /// The file breaks off or is no XML from here on; what was read so far is kept.
    fn broken(&mut self, at: usize, why: &str) {
        self.reading.spectra.push(Err(ReadError::new(
            ErrorKind::Truncated,
            "the file cannot be read from here on",
        )
        .at_byte(at)
        .found(why)
        .advise("the file was perhaps cut off: export it again")));
    }

    fn finish(self) -> Result<Reading, ReadError> {
        match self.reading.spectra.is_empty() {
            true => Err(
                ReadError::new(ErrorKind::NoData, "the file holds no spectrum")
                    .advise("a file of chromatograms only has nothing to identify"),
            ),
            false => Ok(self.reading),
        }
    }
}

fn spectrum(found: Found, limits: &Limits) -> Result<Spectrum, ReadError> {
    let array = |accession: &str| found.arrays.iter().find(|a| has(&a.terms, accession));
    let named = |what: &str, error: ReadError| ReadError {
        message: format!("{} of {:?}: {}", what, found.id, error.message),
        ..error
    };
    let (x, x_unit) = match (array("MS:1000514"), array("MS:1000617")) {
        (Some(a), _) => (
            decode(a, limits).map_err(|e| named("m/z", e))?,
            XUnit::MassToCharge,
        ),
        (None, Some(a)) => (
            decode(a, limits).map_err(|e| named("wavelength", e))?,
            XUnit::Nanometre,
        ),
        (None, None) => (Vec::new(), XUnit::MassToCharge),
    };
    let y = match array("MS:1000515") {
        Some(a) => decode(a, limits).map_err(|e| named("intensity", e))?,
        None => Vec::new(),
    };
    if x.len() != y.len() {
        return Err(ReadError::new(
            ErrorKind::Malformed,
            format!("the arrays of {:?} differ in length", found.id),
        )
        .found(format!("{} and {} values", x.len(), y.len())));
    }
    let level = value(&found.terms, "MS:1000511").and_then(|v| v.parse::<u32>().ok());
    let shape = match has(&found.terms, "MS:1000128") {
        true => Shape::Profile,
        false => Shape::Sticks,
    };
    let technique = match level {
        Some(2..) => Technique::MsMs,
        _ => Technique::Unknown,
    };
    let empty = x.is_empty();
    let mut spectrum = Spectrum::new(technique, shape, Axis::Explicit(x), y);
    spectrum.x_unit = x_unit;
    spectrum.y_unit = YUnit::Abundance;
    spectrum.title.clone_from(&found.id);
    spectrum.provenance.id = Some(found.id);
    if technique == Technique::MsMs {
        let number =
            |accession: &str| value(&found.precursor, accession).and_then(|v| v.parse().ok());
        spectrum.precursor = Some(Precursor {
            mz: number("MS:1000744"),
            adduct: None,
            collision_energy: value(&found.precursor, "MS:1000045").map(str::to_owned),
            positive: match (
                has(&found.terms, "MS:1000130"),
                has(&found.terms, "MS:1000129"),
            ) {
                (true, _) => Some(true),
                (_, true) => Some(false),
                _ => None,
            },
        });
    } else {
        spectrum.warn(
            WarningKind::Technique,
            "The file does not say that this is an EI spectrum; --technique ei-ms says it.",
        );
    }
    if empty {
        spectrum.warn(WarningKind::Count, "The spectrum has no points.");
    }
    Ok(spectrum)
}

/// Numbers of an array.
fn decode(array: &Array, limits: &Limits) -> Result<Vec<f64>, ReadError> {
    const NUMPRESS: [&str; 6] = [
        "MS:1002312",
        "MS:1002313",
        "MS:1002314",
        "MS:1002746",
        "MS:1002747",
        "MS:1002748",
    ];
    if NUMPRESS.iter().any(|a| has(&array.terms, a)) {
        return Err(ReadError::new(
            ErrorKind::Unsupported,
            "MS-Numpress compression is not read",
        )
        .advise("convert the file without Numpress"));
    }
    let packed = STANDARD.decode(&array.base64).map_err(|e| {
        ReadError::new(ErrorKind::Malformed, "this is not base64 text").found(e.to_string())
    })?;
    let raw = match has(&array.terms, "MS:1000574") {
        true => inflate(&packed, limits)?,
        false => packed,
    };
    let wide = has(&array.terms, "MS:1000523");
    Ok(numbers(&raw, wide, false))
}

/// Unpacks zlib data, at most as many bytes as the limits allow points.
pub(super) fn inflate(packed: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    if packed.is_empty() {
        return Ok(Vec::new());
    }
    let most = limits.points as u64 * 8;
    let mut raw = Vec::new();
    ZlibDecoder::new(packed)
        .take(most + 1)
        .read_to_end(&mut raw)
        .map_err(|e| {
            ReadError::new(ErrorKind::Malformed, "the compressed array is damaged")
                .found(e.to_string())
        })?;
    match raw.len() as u64 > most {
        true => Err(ReadError::new(
            ErrorKind::Limit,
            "the compressed array is too long",
        )),
        false => Ok(raw),
    }
}

/// 32- or 64-bit floats, little- or big-endian; an unfinished last one is left out.
pub(super) fn numbers(raw: &[u8], wide: bool, big: bool) -> Vec<f64> {
    let reversed = |chunk: &[u8]| -> [u8; 8] {
        let mut bytes = [0; 8];
        for (slot, byte) in bytes.iter_mut().zip(chunk) {
            *slot = *byte;
        }
        if big {
            bytes[..chunk.len()].reverse();
        }
        bytes
    };
    match wide {
        true => raw
            .chunks_exact(8)
            .map(|c| f64::from_le_bytes(reversed(c)))
            .collect(),
        false => raw
            .chunks_exact(4)
            .map(|c| {
                let b = reversed(c);
                f64::from(f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_of_both_widths_and_orders() {
        assert_eq!(numbers(&1.5_f32.to_le_bytes(), false, false), [1.5]);
        assert_eq!(numbers(&1.5_f64.to_be_bytes(), true, true), [1.5]);
        assert_eq!(numbers(&[1, 2, 3], false, false), Vec::<f64>::new());
    }
}
