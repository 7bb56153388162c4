//! A file in memory and its hash.

use super::error::{ErrorKind, ReadError};
use super::limits::Limits;
use super::text::{decode, looks_like_text};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::OnceLock;

/// A file's bytes with its name and hash.
#[derive(Debug, Clone)]
pub struct Input {
    /// The first bytes as text, made once for all readers that look at them.
    head: OnceLock<(String, bool)>,
    /// Path or other name, as the user gave it.
    pub name: String,
    /// The whole file.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
}

impl Input {
    /// Takes bytes already in memory.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        let sha256 = hex(&Sha256::digest(&bytes));
        Self {
            head: OnceLock::new(),
            name: name.into(),
            bytes,
            sha256,
        }
    }

    /// Loads a file, at most `limits.file_bytes` of it.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where it cannot be read, [`ErrorKind::Limit`] where it is too large.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, ReadError> {
        let refused = |e: std::io::Error| ReadError::new(ErrorKind::Io, io_sentence(&e));
        if path.is_dir() {
            return Err(
                ReadError::new(ErrorKind::Io, "this is a folder, not a file")
                    .advise("name the files in it"),
            );
        }
        let mut bytes = Vec::new();
        File::open(path)
            .map_err(refused)?
            .take(limits.file_bytes + 1)
            .read_to_end(&mut bytes)
            .map_err(refused)?;
        if bytes.len() as u64 > limits.file_bytes {
            return Err(limits.too_large());
        }
        Ok(Self::new(path.to_string_lossy(), bytes))
    }

    /// The first bytes, enough to recognise a format.
    pub fn head(&self) -> &[u8] {
        &self.bytes[..self.bytes.len().min(1 << 16)]
    }

    /// The first bytes decoded as text, whatever they are.
    pub fn head_text(&self) -> &str {
        &self.decoded_head().0
    }

    /// Whether the first bytes look like text.
    pub fn is_text(&self) -> bool {
        self.decoded_head().1
    }

    fn decoded_head(&self) -> &(String, bool) {
        self.head.get_or_init(|| {
            let text = decode(self.head()).0.into_owned();
            let readable = looks_like_text(&text);
            (text, readable)
        })
    }

    /// Lower-case extension of the name, without the dot; empty where there is none.
    pub fn extension(&self) -> String {
        Path::new(&self.name)
            .extension()
            .map(|e| e.to_string_lossy().to_ascii_lowercase())
            .unwrap_or_default()
    }
}

fn io_sentence(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "no permission to read this file".to_owned(),
        _ => format!("the file cannot be read ({error})"),
    }
}

/// Lower-case hexadecimal form of bytes.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Names well-known formats that have no reader yet, so that the refusal can say what the file is.
pub fn foreign_format(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"Spectral Exte File", "a Thermo OMNIC series or map"),
        (b"\x89HDF", "an HDF5 file (NeXus and netCDF 4 are such)"),
        (b"CDF\x05", "a netCDF file of version 5"),
        (
            b"PK\x03\x04",
            "a zip archive (Ocean Optics ProcSpec is one)",
        ),
        (b"\x1f\x8b", "a gzip file"),
        (b"%PDF", "a PDF document"),
        (
            b"\xd0\xcf\x11\xe0",
            "an OLE2 file (Shimadzu, Agilent images and old Office files are such)",
        ),
        (b"\x89PNG", "a picture"),
    ];
    const ELEMENTS: &[(&[u8], &str)] = &[
        (b"<mzData", "an mzData file"),
        (b"<AnIML", "an AnIML file"),
        (b"<cml", "a CML file"),
        (b"<spectrum", "a CML file"),
        (b"<html", "a web page"),
    ];
    let head = &bytes[..bytes.len().min(4096)];
    let within = |element: &[u8]| {
        head.windows(element.len())
            .any(|w| w.eq_ignore_ascii_case(element))
    };
    SIGNATURES
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .or_else(|| {
            let xml = head.trim_ascii_start().starts_with(b"<");
            ELEMENTS.iter().find(|(element, _)| xml && within(element))
        })
        .map(|(_, name)| *name)
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha256_of_abc() {
        // FIPS 180-4, example B.1
        let input = Input::new("a.TXT", b"abc".to_vec());
        assert_eq!(
            input.sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(input.extension(), "txt");
    }
}
