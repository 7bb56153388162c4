//! mzSpecLib 1.0 (HUPO-PSI), text and JSON form: libraries of MS/MS and mass spectra.
//!
//! The text form is a list of sections (`<Spectrum=1>`, `<Analyte=1>`, `<Peaks>`), each a list of
//! terms `[group]accession|name=value`. Named sets of terms apply to every record that names them,
//! the set `all` to every record.

mod json;
mod sets;
mod terms;

use super::error::{ErrorKind, ReadError};
use super::text::{decode, lines};
use super::{Confidence, Input, Limits, Reader, Reading, number};
use crate::spectrum::{Warning, WarningKind};
use sets::{SET_TERMS, Shared};
use terms::{Peaks, Record, Term};

/// Reader of mzSpecLib.
pub struct MzSpecLib;

impl Reader for MzSpecLib {
    fn id(&self) -> &'static str {
        "mzspeclib"
    }

    fn label(&self) -> &'static str {
        "mzSpecLib"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mzlib", "mzspeclib"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        if !input.is_text() {
            return Confidence::No;
        }
        let text = input.head_text();
        let start = text.trim_start();
        if start.starts_with("<mzSpecLib") {
            return Confidence::Certain;
        }
        let named = [
            "library format version",
            "\"spectra\"",
            "\"spectrum_attribute_sets\"",
            "\"analyte_attribute_sets\"",
        ];
        match start.starts_with('{') && named.iter().any(|name| text.contains(name)) {
            true => Confidence::Likely,
            false => Confidence::No,
        }
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let (text, encoding) = decode(&input.bytes);
        let (records, overfull) = match text.trim_start().starts_with('{') {
            true => json::records(&text, limits)?,
            false => sections(&text, limits)?,
        };
        if records.is_empty() {
            return Err(ReadError::new(
                ErrorKind::NoData,
                "the library holds no spectrum",
            ));
        }
        let cut = overfull.then(|| {
            Warning::new(
                WarningKind::Skipped,
                format!("Of a set of attributes only the first {SET_TERMS} were taken."),
            )
        });
        Ok(Reading {
            spectra: records.into_iter().map(Record::into_spectrum).collect(),
            warnings: encoding.into_iter().chain(cut).collect(),
        })
    }
}

/// Which section a line belongs to.
#[derive(Clone, PartialEq)]
enum Section {
    Library,
    /// Terms that a set of spectra or analytes shares.
    Set(String),
    /// Terms of sets that say nothing of a spectrum, and interpretations of peaks.
    Aside,
    Record,
    Peaks,
}

/// The records of the text form, and whether a set of attributes was cut short.
fn sections(text: &str, limits: &Limits) -> Result<(Vec<Record>, bool), ReadError> {
    let mut sets = Shared::default();
    let mut records: Vec<Record> = Vec::new();
    let mut section = Section::Library;
    for (line, content) in lines(text) {
        let content = content.trim();
        if let Some(title) = content.strip_prefix('<').and_then(|c| c.strip_suffix('>')) {
            section = open(title);
            if title.starts_with("Spectrum=") {
                if records.len() >= limits.spectra {
                    return Err(limits.too_many_spectra().at_line(line));
                }
                records.push(Record::new(sets.get("Spectrum=all")));
            } else if let (true, Some(record)) = (title.starts_with("Analyte="), records.last_mut())
            {
                record.join(sets.get("Analyte=all"));
            }
            continue;
        }
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        match (&section, records.last_mut()) {
            (Section::Set(name), _) => {
                sets.extend(name, term(content));
            }
            (Section::Record, Some(record)) => match term(content) {
                Some(term) if term.name == "library attribute set name" => {
                    record.join(sets.get(&format!("Spectrum={}", term.value)));
                    record.join(sets.get(&format!("Analyte={}", term.value)));
                }
                Some(term) => record.terms.push(term),
                None => {}
            },
            (Section::Peaks, Some(record)) => peak(line, content, record, limits),
            _ => {}
        }
    }
    Ok((records, sets.overfull))
}

fn open(title: &str) -> Section {
    if let Some(name) = title.strip_prefix("AttributeSet ") {
        return Section::Set(name.trim().to_owned());
    }
    match title.split('=').next().unwrap_or_default() {
        "Spectrum" | "Analyte" => Section::Record,
        "Peaks" => Section::Peaks,
        _ if title.starts_with("mzSpecLib") => Section::Library,
        _ => Section::Aside,
    }
}

/// `[1]MS:1000045|collision energy=39.0`, where the value may itself be `accession|name`.
fn term(line: &str) -> Option<Term> {
    let (group, rest) = match line.strip_prefix('[').and_then(|l| l.split_once(']')) {
        Some((group, rest)) => (Some(group.to_owned()), rest),
        None => (None, line),
    };
    let (key, value) = rest.split_once('=')?;
    let name = key.split_once('|').map_or(key, |(_, name)| name);
    Some(Term {
        group,
        name: name.trim().to_lowercase(),
        value: terms::plain_value(value),
    })
}

fn peak(line: usize, content: &str, record: &mut Record, limits: &Limits) {
    let Ok(peaks) = &mut record.peaks else { return };
    let mut words = content.split_whitespace();
    let mut next = || words.next().and_then(|w| number::parse(w, false));
    match (next(), next()) {
        (Some(_), Some(_)) if peaks.mz.len() >= limits.points => {
            record.peaks = Err(limits.too_many_points().at_line(line));
        }
        (Some(mz), Some(intensity)) => Peaks::push(peaks, mz, intensity),
        _ => {
            record.peaks = Err(
                ReadError::new(ErrorKind::Malformed, "this is not a line of peaks")
                    .at_line(line)
                    .expected("m/z, intensity and, if given, an annotation, parted by tabs")
                    .found(content)
                    .advise("correct the line or remove the record"),
            );
        }
    }
}
