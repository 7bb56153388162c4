//! From file bytes to spectra: one reader per format behind one trait.
//!
//! [`read_path`] loads a file, finds its format by content, then by extension
//! ([`find_reader`]), and lets that reader decode it. Every reader is total: any
//! bytes give spectra, or an error that says where, what was expected, what was
//! found and what to do. A file of many records keeps its good ones when one is bad.

mod archive;
mod bytes;
mod error;
mod input;
mod laser;
mod limits;
mod number;
mod parts;
mod polarity;
mod shared;
pub(crate) mod text;
mod words;
mod xml;

pub mod agilent;
pub mod andi;
pub mod delimited;
pub mod guide;
pub mod jasco;
pub mod jcamp;
pub mod massbank;
pub mod mgf;
pub mod msp;
pub mod mzml;
pub mod mzspeclib;
pub mod mzxml;
pub mod omnic;
pub mod opus;
pub mod perkinelmer;
pub mod spc;
pub mod wdf;

pub use archive::Archive;
pub use error::{ErrorKind, Position, ReadError};
pub use input::{Input, hex};
pub use limits::Limits;

use crate::spectrum::{Spectrum, Warning, check};
use std::path::Path;

/// How sure a reader is that a file is its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Not this format.
    No,
    /// The content does not contradict it: decide by extension.
    Possible,
    /// The content looks like this format.
    Likely,
    /// A signature that no other format has.
    Certain,
}

impl Confidence {
    /// [`Confidence::Certain`] where a signature was found, else [`Confidence::No`].
    pub fn certain_if(found: bool) -> Self {
        match found {
            true => Self::Certain,
            false => Self::No,
        }
    }
}

/// What a reader made of a file.
#[derive(Debug, Default)]
pub struct Reading {
    /// One item per record in file order; a record that cannot be read is an error in its place.
    pub spectra: Vec<Result<Spectrum, ReadError>>,
    /// What concerns the file as a whole.
    pub warnings: Vec<Warning>,
}

/// A decoder of one file format.
pub trait Reader: Sync {
    /// Stable identifier in machine-readable output, such as `jcamp-dx`.
    fn id(&self) -> &'static str;

    /// Name for people.
    fn label(&self) -> &'static str;

    /// Usual file-name extensions, lower case, without the dot.
    fn extensions(&self) -> &'static [&'static str];

    /// Judges by content alone whether the file is of this format. Must be fast and never fail.
    fn sniff(&self, input: &Input) -> Confidence;

    /// Decodes the whole file.
    ///
    /// # Errors
    /// Where nothing at all can be read; a single bad record is an item of [`Reading::spectra`].
    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError>;
}

/// All readers, most specific first.
pub const READERS: &[&dyn Reader] = &[
    &jcamp::JcampDx,
    &opus::Opus,
    &omnic::Omnic,
    &wdf::Wdf,
    &perkinelmer::PerkinElmer,
    &jasco::Jasco,
    &andi::Andi,
    &mzml::MzMl,
    &mzxml::MzXml,
    &spc::Spc,
    &massbank::MassBank,
    &mzspeclib::MzSpecLib,
    &mgf::Mgf,
    &msp::Msp,
    &agilent::AgilentAsp,
    &delimited::Delimited,
];

/// Finds the reader for a file: by content, and where the content leaves it open, by extension.
///
/// # Errors
/// [`ErrorKind::Empty`] for a file of no bytes, [`ErrorKind::UnknownFormat`] where no reader takes it.
pub fn find_reader(input: &Input) -> Result<&'static dyn Reader, ReadError> {
    if input.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::new(ErrorKind::Empty, "the file is empty")
            .advise("export the spectrum again"));
    }
    let extension = input.extension();
    READERS
        .iter()
        .map(|reader| {
            let by_name = reader.extensions().contains(&extension.as_str());
            (reader.sniff(input), by_name, *reader)
        })
        .filter(|(confidence, by_name, _)| {
            *confidence >= Confidence::Likely || (*confidence == Confidence::Possible && *by_name)
        })
        // max_by_key keeps the last of equals; the list is most specific first, hence rev().
        .rev()
        .max_by_key(|(confidence, by_name, _)| (*confidence, *by_name))
        .map(|(_, _, reader)| reader)
        .ok_or_else(|| unknown_format(input))
}

fn unknown_format(input: &Input) -> ReadError {
    let known: Vec<&str> = READERS.iter().map(|r| r.label()).collect();
    let error = ReadError::new(
        ErrorKind::UnknownFormat,
        "the format of this file is not known",
    )
    .expected(format!("one of {}", known.join(", ")))
    .advise("export the spectrum as JCAMP-DX or as text (CSV)");
    match input::foreign_format(&input.bytes) {
        Some(name) => error.found(name),
        None => error,
    }
}

/// Reads a file from disk and fills in the provenance of each spectrum.
///
/// # Errors
/// Where the file cannot be opened, is larger than `limits` allow, is of no known format, or
/// where its reader can decode nothing.
pub fn read_path(
    path: &Path,
    limits: &Limits,
) -> Result<(&'static dyn Reader, Reading), ReadError> {
    read_input(&Input::open(path, limits)?, limits)
}

/// Decodes a file already in memory and fills in the provenance of each spectrum.
///
/// # Errors
/// As [`read_path`], but for the file system.
pub fn read_input(
    input: &Input,
    limits: &Limits,
) -> Result<(&'static dyn Reader, Reading), ReadError> {
    let reader = find_reader(input)?;
    let mut reading = reader.read(input, limits)?;
    for (index, item) in reading.spectra.iter_mut().enumerate() {
        // Readers bound what they allocate; the limit itself is held here for all of them.
        if item.as_ref().is_ok_and(|s| s.len() > limits.points) {
            *item = Err(limits.too_many_points());
        }
        if let Ok(spectrum) = item {
            spectrum.provenance.path = input.name.clone();
            spectrum.provenance.format = reader.id().to_owned();
            spectrum.provenance.sha256 = input.sha256.clone();
            spectrum.provenance.index = index;
            check(spectrum);
        }
    }
    Ok((reader, reading))
}
