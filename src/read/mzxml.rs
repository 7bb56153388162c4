//! mzXML: scans whose peaks are base64 pairs of big-endian floats, plain or zlib-compressed.

use super::error::{ErrorKind, ReadError};
use super::limits::Budget;
use super::mzml::{PACKED, inflate, numbers};
use super::polarity::polarity;
use super::words::names_electron;
use super::xml::{attribute, broken};
use super::{Confidence, Input, Limits, Reader, Reading, number};
use crate::spectrum::{Axis, Precursor, Shape, Spectrum, Technique, WarningKind};
use crate::units::{XUnit, YUnit};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::Reader as Xml;
use quick_xml::events::{BytesStart, Event};

/// Reader of mzXML.
pub struct MzXml;

impl Reader for MzXml {
    fn id(&self) -> &'static str {
        "mzxml"
    }

    fn label(&self) -> &'static str {
        "mzXML"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mzxml"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        let named = memchr::memmem::find(input.head(), b"<mzXML").is_some();
        Confidence::certain_if(named && input.is_text())
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let mut reading = Reading::default();
        // Scans nest, so the open ones are a list.
        let mut open: Vec<Scan> = Vec::new();
        let mut inside = Inside::Other;
        let mut file = File::default();
        let mut ended = false;
        let mut budget = Budget::new(limits, input.bytes.len(), PACKED);
        let mut finish = |scan: &mut Scan, reading: &mut Reading| {
            let spectrum = scan.spectrum(&budget.next());
            let taken = budget.take(spectrum.as_ref().map_or(0, Spectrum::len));
            reading.spectra.push(taken.and(spectrum));
        };
        let mut xml = Xml::from_reader(input.bytes.as_slice());
        loop {
            let at = xml.buffer_position() as usize;
            match xml.read_event() {
                Ok(Event::Start(tag)) => {
                    file.note(&tag);
                    inside = begin(&tag, &file, &mut open);
                    // A scan is shown where it begins, before those nested in it.
                    if inside == Inside::Scan && reading.spectra.len() + open.len() > limits.spectra
                    {
                        return Err(limits.too_many_spectra().at_byte(at));
                    }
                }
                Ok(Event::Empty(tag)) => {
                    file.note(&tag);
                    match (begin(&tag, &file, &mut open), open.last_mut()) {
                        (Inside::Peaks, Some(scan)) => finish(scan, &mut reading),
                        (Inside::Scan, Some(_)) => {
                            open.pop();
                        }
                        _ => {}
                    }
                }
                Ok(Event::Text(text)) => match (inside, open.last_mut()) {
                    (Inside::Peaks, Some(scan)) => scan
                        .base64
                        .extend(text.iter().filter(|b| !b.is_ascii_whitespace())),
                    (Inside::Precursor, Some(scan)) => {
                        scan.precursor = number::parse(&String::from_utf8_lossy(&text), false);
                    }
                    _ => {}
                },
                Ok(Event::End(tag)) => {
                    inside = Inside::Other;
                    if tag.local_name().as_ref() == b"peaks"
                        && let Some(scan) = open.last_mut()
                    {
                        finish(scan, &mut reading);
                    } else if tag.local_name().as_ref() == b"scan" {
                        open.pop();
                    } else if matches!(tag.local_name().as_ref(), b"mzXML" | b"msRun") {
                        ended = true;
                    }
                }
                Ok(Event::Eof) if ended => break,
                Ok(Event::Eof) => {
                    reading.spectra.push(Err(broken(at, "the end of the file")));
                    break;
                }
                Ok(_) => {}
                Err(error) => {
                    reading.spectra.push(Err(broken(at, &error.to_string())));
                    break;
                }
            }
        }
        match reading.spectra.is_empty() {
            true => Err(ReadError::new(
                ErrorKind::NoData,
                "the file holds no scan with peaks",
            )),
            false => Ok(reading),
        }
    }
}

/// What the file says before its scans.
#[derive(Default)]
struct File {
    instrument: Vec<String>,
    electron: bool,
    /// Whether the scans are said to be peaks.
    centroided: Option<bool>,
}

impl File {
    fn note(&mut self, tag: &BytesStart<'_>) {
        let value = || attribute(tag, "value").unwrap_or_default();
        match tag.local_name().as_ref() {
            b"msManufacturer" | b"msModel" if self.instrument.len() < 2 => {
                self.instrument.push(value());
            }
            b"msIonisation" => self.electron = names_electron(&value()),
            b"dataProcessing" => {
                self.centroided = attribute(tag, "centroided").map(|c| c == "1");
            }
            _ => {}
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Scan,
    Peaks,
    Precursor,
    Other,
}

#[derive(Default)]
struct Scan {
    id: String,
    level: Option<u32>,
    positive: Option<bool>,
    collision_energy: Option<String>,
    precursor: Option<f64>,
    /// Scan start time, s.
    retention: Option<f64>,
    wide: bool,
    zlib: bool,
    profile: bool,
    electron: bool,
    instrument: Option<String>,
    announced: Option<usize>,
    /// What the peaks hold where it is not pairs of m/z and intensity.
    content: Option<String>,
    base64: Vec<u8>,
}

/// Seconds of an ISO 8601 duration such as `PT12.3S`.
fn seconds(text: &str) -> Option<f64> {
    let duration: jiff::SignedDuration = text.parse().ok()?;
    Some(duration.as_secs_f64())
}

fn begin(tag: &BytesStart<'_>, file: &File, open: &mut Vec<Scan>) -> Inside {
    match tag.local_name().as_ref() {
        b"scan" => {
            open.push(Scan {
                id: attribute(tag, "num").unwrap_or_default(),
                level: attribute(tag, "msLevel").and_then(|v| v.parse().ok()),
                positive: attribute(tag, "polarity").and_then(|p| polarity(&p)),
                collision_energy: attribute(tag, "collisionEnergy"),
                retention: attribute(tag, "retentionTime").and_then(|t| seconds(&t)),
                profile: attribute(tag, "centroided")
                    .map(|c| c == "1")
                    .or(file.centroided)
                    == Some(false),
                electron: file.electron,
                instrument: Some(file.instrument.join(" ")).filter(|i| !i.is_empty()),
                announced: attribute(tag, "peaksCount").and_then(|n| n.parse().ok()),
                ..Scan::default()
            });
            Inside::Scan
        }
        b"peaks" => {
            if let Some(scan) = open.last_mut() {
                scan.base64.clear();
                scan.content = attribute(tag, "contentType")
                    .or_else(|| attribute(tag, "pairOrder"))
                    .filter(|c| c != "m/z-int");
                scan.wide = attribute(tag, "precision").as_deref() == Some("64");
                scan.zlib = attribute(tag, "compressionType").as_deref() == Some("zlib");
            }
            Inside::Peaks
        }
        b"precursorMz" => Inside::Precursor,
        _ => Inside::Other,
    }
}

impl Scan {
    fn spectrum(&self, limits: &Limits) -> Result<Spectrum, ReadError> {
        if let Some(content) = &self.content {
            return Err(ReadError::new(
                ErrorKind::Unsupported,
                format!("the peaks of scan {} are not pairs", self.id),
            )
            .expected("m/z-int, pairs of m/z and intensity")
            .found(content)
            .advise("convert the run with a current program"));
        }
        let packed = STANDARD.decode(&self.base64).map_err(|e| {
            ReadError::new(
                ErrorKind::Malformed,
                format!("the peaks of scan {} are not base64 text", self.id),
            )
            .found(e.to_string())
        })?;
        let raw = if self.zlib {
            inflate(&packed, limits)?
        } else {
            packed
        };
        let values = numbers(&raw, self.wide, true);
        let (x, y): (Vec<f64>, Vec<f64>) = values.chunks_exact(2).map(|p| (p[0], p[1])).unzip();
        if x.len() > limits.points {
            return Err(limits.too_many_points());
        }
        let technique = match self.level {
            Some(2..) => Technique::MsMs,
            _ if self.electron => Technique::EiMs,
            _ => Technique::Unknown,
        };
        let shape = if self.profile {
            Shape::Profile
        } else {
            Shape::Sticks
        };
        let mut spectrum = Spectrum::new(technique, shape, Axis::Explicit(x), y);
        spectrum.x_unit = XUnit::MassToCharge;
        spectrum.y_unit = YUnit::Abundance;
        let read = spectrum.len();
        if let Some(announced) = self.announced.filter(|n| *n != read) {
            spectrum.warn(
                WarningKind::Count,
                format!("The file announces {announced} points; {read} were read."),
            );
        } else if read == 0 {
            spectrum.warn(WarningKind::Count, "The scan has no points.");
        }
        spectrum.provenance.instrument.clone_from(&self.instrument);
        spectrum.retention = self.retention;
        spectrum.title = format!("scan {}", self.id);
        spectrum.provenance.id = Some(self.id.clone());
        if technique == Technique::MsMs {
            spectrum.precursor = Some(Precursor {
                mz: self.precursor,
                adduct: None,
                collision_energy: self.collision_energy.clone(),
                positive: self.positive,
            });
        } else if technique == Technique::Unknown {
            spectrum.warn(
                WarningKind::Technique,
                "The file does not say that this is an EI spectrum; --technique ei-ms says it.",
            );
        }
        Ok(spectrum)
    }
}
