//! mzML 1.0 and 1.1 (HUPO-PSI): spectra whose arrays are base64 text, plain or zlib-compressed.
//!
//! Only what a spectrum needs is read, by the accessions of the PSI-MS vocabulary; parameters may
//! stand in a `referenceableParamGroup`. MS-Numpress compression is read; drafts before 1.0 are refused.

mod arrays;
mod describe;
mod numpress;

pub(super) use arrays::{inflate, numbers};

use super::error::{ErrorKind, ReadError};
use super::limits::Budget;
use super::xml::{attribute, broken};
use super::{Confidence, Input, Limits, Reader, Reading, number};
use crate::spectrum::Spectrum;
use quick_xml::Reader as Xml;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// Points that a byte of compressed text may hold: far above what real runs reach.
pub(super) const PACKED: usize = 16;

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
        let named = memchr::memmem::find(input.head(), b"<mzML").is_some();
        Confidence::certain_if(named && input.is_text())
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let mut parser = Parser {
            limits,
            groups: HashMap::new(),
            group: None,
            file: File::default(),
            ended: false,
            spectrum: None,
            array: None,
            in_binary: false,
            budget: Budget::new(limits, input.bytes.len(), PACKED),
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
                Ok(Event::Eof) if !parser.ended => {
                    parser
                        .reading
                        .spectra
                        .push(Err(broken(at, "the end of the file")));
                    break;
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => {
                    parser
                        .reading
                        .spectra
                        .push(Err(broken(at, &error.to_string())));
                    break;
                }
            }
        }
        parser.finish()
    }
}

/// Accession and value of a `cvParam`.
type Term = (String, String);

/// Most terms of a group or of a spectrum; real ones have some dozens.
const TERMS: usize = 1024;

/// What stands before the spectra.
#[derive(Default)]
struct File {
    /// Terms outside spectra: how ions were made, among others.
    terms: Vec<Term>,
    instrument: Option<String>,
    date: Option<String>,
    in_instrument: bool,
}

#[derive(Default)]
struct Found {
    id: String,
    /// Points that the file announces.
    announced: Option<usize>,
    terms: Vec<Term>,
    precursor: Vec<Term>,
    in_precursor: bool,
    /// Scan start time, s.
    retention: Option<f64>,
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
    file: File,
    /// Whether the end tag of the document was seen.
    ended: bool,
    spectrum: Option<Found>,
    array: Option<Array>,
    in_binary: bool,
    budget: Budget,
    reading: Reading,
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
                    return Err(self.limits.too_many_spectra().at_byte(at));
                }
                self.spectrum = Some(Found {
                    id: attribute(tag, "id").unwrap_or_default(),
                    announced: attribute(tag, "defaultArrayLength").and_then(|n| n.parse().ok()),
                    ..Found::default()
                });
            }
            b"run" => self.file.date = attribute(tag, "startTimeStamp"),
            b"instrumentConfiguration" | b"instrument" => self.file.in_instrument = true,
            b"componentList" => self.file.in_instrument = false,
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
                // Scan start time, in minutes unless the unit says seconds.
                if let ("MS:1000016", Some(spectrum)) = (term.0.as_str(), &mut self.spectrum) {
                    let unit = attribute(tag, "unitAccession");
                    // Seconds, by the vocabulary of units and by an old term of the PSI's own.
                    let factor = match unit.as_deref() {
                        Some("UO:0000010" | "MS:1000039") => 1.0,
                        _ => 60.0,
                    };
                    spectrum.retention = number::parse(&term.1, false).map(|t| t * factor);
                }
                if self.file.in_instrument && self.file.instrument.is_none() {
                    self.file.instrument = attribute(tag, "name");
                }
                self.term(term);
            }
            // A group holds no references; taken for such they could multiply without end.
            b"referenceableParamGroupRef" if self.group.is_none() => {
                let named = attribute(tag, "ref").and_then(|r| self.groups.get(&r).cloned());
                named.into_iter().flatten().for_each(|term| self.term(term));
            }
            _ => {}
        }
        Ok(())
    }

    fn term(&mut self, term: Term) {
        let terms = if let Some(group) = &self.group {
            self.groups.entry(group.clone()).or_default()
        } else if let Some(array) = &mut self.array {
            &mut array.terms
        } else if let Some(spectrum) = &mut self.spectrum {
            match spectrum.in_precursor {
                true => &mut spectrum.precursor,
                false => &mut spectrum.terms,
            }
        } else {
            &mut self.file.terms
        };
        if terms.len() < TERMS {
            terms.push(term);
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
            b"mzML" => self.ended = true,
            b"referenceableParamGroup" => self.group = None,
            b"instrumentConfiguration" | b"instrument" => self.file.in_instrument = false,
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
                    let spectrum = describe::spectrum(found, &self.file, &self.budget.next());
                    let taken = self.budget.take(spectrum.as_ref().map_or(0, Spectrum::len));
                    self.reading.spectra.push(taken.and(spectrum));
                }
            }
            _ => {}
        }
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
