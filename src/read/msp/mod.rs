//! NIST MSP text in the dialects of NIST, SWGDRUG, MoNA, RIKEN, MassBank, MS-DIAL, Golm and others.
//!
//! A record is a list of `Key: value` lines, usually beginning with `Name:`, then `Num Peaks: n`, then the
//! peaks, one or many a line. Keys differ in case, blanks and underscores. Records may or may not be
//! parted by blank lines. There is no written standard; NIST's manual shows the basic form. SpectraST's
//! text libraries are of this form behind lines of comments.

mod comment;
mod fields;
mod ionised;
mod peaks;

use super::error::{ErrorKind, ReadError};
use super::text::{decode, lines};
use super::{Confidence, Input, Limits, Reader, Reading, number};
use crate::spectrum::{Axis, Shape, Spectrum, Technique, Warning, WarningKind};
use crate::units::{XUnit, YUnit};

/// Reader of MSP text.
pub struct Msp;

impl Reader for Msp {
    fn id(&self) -> &'static str {
        "msp"
    }

    fn label(&self) -> &'static str {
        "MSP text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["msp", "msl", "sptxt"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        // Some programs leave the remains of a longer name behind a zero byte.
        let named = self.extensions().contains(&input.extension().as_str());
        if !named && !input.is_text() {
            return Confidence::No;
        }
        let text = input.head_text();
        let mut keyed = false;
        let filled = |(_, line): &(usize, &str)| !line.trim().is_empty();
        let is_comment = |(_, line): &(usize, &str)| line.trim_start().starts_with(['#', ';']);
        let mut records = lines(text).filter(filled).skip_while(is_comment).peekable();
        if named && records.peek().is_none() {
            return Confidence::Possible;
        }
        for (_, line) in records {
            match fields::key_and_value(line) {
                Some((key, _)) if key == "numpeaks" && keyed => return Confidence::Certain,
                Some(_) => keyed = true,
                // A file cut out of a longer one, or with a heading of its own.
                None if !keyed && named && holds_records(text) => return Confidence::Likely,
                None if !keyed => return Confidence::No,
                None => {}
            }
        }
        // A long record of comments may fill the head before its peaks come.
        if keyed {
            Confidence::Possible
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let (text, encoding) = decode(&input.bytes);
        let mut reading = Reading::default();
        reading.warnings.extend(encoding);
        let mut record = Record::default();
        let mut before = 0;
        for (number, line) in lines(&text) {
            if record.line == 0 && reading.spectra.is_empty() && is_stray(line) {
                before += 1;
            }
            if reading.spectra.len() >= limits.spectra {
                return Err(limits.too_many_spectra().at_line(number));
            }
            record.take(number, line, limits, &mut reading.spectra);
        }
        record.last = true;
        record.end(&mut reading.spectra);
        if before > 0 {
            reading.warnings.push(Warning::new(
                WarningKind::Skipped,
                format!("{before} lines before the first record were left out; the file may be cut at its start."),
            ));
        }
        if reading.spectra.is_empty() {
            return Err(ReadError::new(ErrorKind::NoData, "no record was found")
                .expected("records that begin with \"Name:\""));
        }
        Ok(reading)
    }
}

/// Whether a line belongs to no record: neither blank, nor a comment, nor a key with its value.
fn is_stray(line: &str) -> bool {
    let line = line.trim_ascii();
    !line.is_empty() && !line.starts_with(['#', ';']) && fields::key_and_value(line).is_none()
}

/// A record being read.
#[derive(Default)]
struct Record {
    /// Line of its first key; 0 before that.
    line: usize,
    fields: Vec<(String, String, usize)>,
    /// Number of peaks announced, once the peaks have begun.
    announced: Option<usize>,
    peaks: Vec<(f64, f64)>,
    error: Option<ReadError>,
    /// Whether the file ends where this record does, with no blank line behind it.
    last: bool,
}

impl Record {
    fn take(
        &mut self,
        number: usize,
        line: &str,
        limits: &Limits,
        done: &mut Vec<Result<Spectrum, ReadError>>,
    ) {
        let trimmed = line.trim_ascii();
        if trimmed.is_empty() {
            if self.announced.is_some() {
                self.end(done);
            }
            return;
        }
        if trimmed.starts_with('#') && self.line == 0 && self.announced.is_none() {
            return;
        }
        // Nearly all lines of a library are such pairs.
        if let Some(announced) = self.announced
            && self.peaks.len() < announced.min(limits.points)
            && let Some(peak) = number::pair(trimmed)
        {
            self.peaks.push(peak);
            return;
        }
        let field = fields::key_and_value(trimmed);
        let named = field.as_ref().is_some_and(|(key, _)| key == "name");
        let complete = self
            .announced
            .is_some_and(|count| self.peaks.len() >= count);
        if (named && (self.announced.is_some() || self.has_name())) || (field.is_some() && complete)
        {
            self.end(done);
        }
        match field {
            Some((key, value)) if key == "numpeaks" && self.announced.is_none() => {
                match value.trim().parse() {
                    Ok(count) => {
                        self.announced = Some(count);
                        // As many as a usual record has; more grow as they come.
                        self.peaks.reserve(count.min(1024));
                    }
                    Err(_) => self.fail(
                        ReadError::new(ErrorKind::Malformed, "the number of peaks cannot be read")
                            .at_line(number)
                            .expected("a whole number after \"Num Peaks:\"")
                            .found(&value),
                    ),
                }
                self.announced = self.announced.or(Some(0));
            }
            // Some programs write further keys between the number of peaks and the peaks.
            Some((key, value)) if self.peaks.is_empty() => {
                if self.line == 0 {
                    self.line = number;
                }
                self.fields.push((key, value, number));
            }
            _ if self.announced.is_some() => self.take_peaks(number, trimmed, limits),
            _ => {
                // Text between records that is neither a key nor a peak belongs to nobody.
                if self.line != 0 {
                    self.fields
                        .push(("comment".to_owned(), trimmed.to_owned(), number));
                }
            }
        }
    }

    fn has_name(&self) -> bool {
        self.fields.iter().any(|(key, ..)| key == "name")
    }

    fn take_peaks(&mut self, number: usize, line: &str, limits: &Limits) {
        if self.error.is_some() {
            return;
        }
        if self.peaks.len() > limits.points {
            self.fail(limits.too_many_points().at_line(number));
            return;
        }
        if peaks::parse_line(line, &mut self.peaks).is_none() {
            self.fail(
                ReadError::new(ErrorKind::Malformed, "this is not a line of peaks")
                    .at_line(number)
                    .expected("m/z and abundance")
                    .found(line)
                    .advise("correct the line or remove the record"),
            );
        }
    }

    fn fail(&mut self, error: ReadError) {
        self.error.get_or_insert(error);
    }

    /// Takes the record as complete and begins another.
    fn end(&mut self, done: &mut Vec<Result<Spectrum, ReadError>>) {
        let record = std::mem::take(self);
        if record.fields.is_empty() && record.peaks.is_empty() && record.error.is_none() {
            return;
        }
        if !record.has_name() && record.announced.is_none() {
            // Stray lines before or behind the records.
            return;
        }
        done.push(record.into_spectrum());
    }

    fn into_spectrum(self) -> Result<Spectrum, ReadError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let announced = self.announced.unwrap_or(0);
        let read = self.peaks.len();
        if self.last && read < announced {
            return Err(
                ReadError::new(ErrorKind::Truncated, "the file ends inside this record")
                    .at_line(self.line)
                    .expected(format!("{announced} peaks"))
                    .found(format!("{read} peaks"))
                    .advise("export it again, or correct \"Num Peaks\" if the rest is right"),
            );
        }
        let mut peaks = self.peaks;
        let sorted = peaks.is_sorted_by(|a, b| a.0 <= b.0);
        if !sorted {
            peaks.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        let whole = peaks
            .iter()
            .all(|(mz, _)| (mz * 10.0 - (mz * 10.0).round()).abs() < 1e-6);
        let (x, y) = peaks.into_iter().unzip();
        let mut spectrum = Spectrum::new(Technique::Unknown, Shape::Sticks, Axis::Explicit(x), y);
        spectrum.x_unit = XUnit::MassToCharge;
        spectrum.y_unit = YUnit::Abundance;
        fields::apply(&self.fields, &mut spectrum);
        ionised::decide_technique(&mut spectrum, whole);
        if !sorted {
            spectrum.warn(
                WarningKind::Axis,
                "The peaks are not in order of m/z in the file; they were put in order.",
            );
        }
        if self.announced.is_none() {
            spectrum.warn(
                WarningKind::Count,
                "The record has no \"Num Peaks\" line and no peaks.",
            );
        } else if announced != read {
            spectrum.warn(
                WarningKind::Count,
                format!("The record announces {announced} peaks; {read} were read."),
            );
        } else if read == 0 {
            spectrum.warn(WarningKind::Count, "The record has no peaks.");
        }
        Ok(spectrum)
    }
}
/// Whether a line that names a record is followed by one that counts its peaks.
fn holds_records(text: &str) -> bool {
    let keys = lines(text).filter_map(|(_, line)| fields::key_and_value(line));
    let mut keys = keys.skip_while(|(key, _)| key != "name");
    keys.any(|(key, _)| key == "numpeaks")
}
