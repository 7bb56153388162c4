//! A logo's file: which kind it is, and whether it may be used.

use super::model::{Logo, LogoKind};
use thiserror::Error;

/// Largest file, in bytes.
const LARGEST: usize = 1_000_000;
/// How PNG files begin.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// How JPEG files begin.
const JPEG: &[u8] = b"\xff\xd8\xff";

/// Why a logo's file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LogoError {
    /// It is empty.
    #[error("the logo {path} is empty; expected a PNG or JPEG file")]
    Empty {
        /// Its path.
        path: String,
    },
    /// It is too large.
    #[error(
        "the logo {path} has {bytes} bytes; at most 1 000 000 are taken: save it with fewer points (600 across are enough)"
    )]
    Large {
        /// Its path.
        path: String,
        /// How large it is.
        bytes: usize,
    },
    /// It is of another kind.
    #[error("the logo {path} is {kind}; expected a PNG or JPEG file: save it as one of these")]
    Kind {
        /// Its path.
        path: String,
        /// What it is, as far as known.
        kind: &'static str,
    },
}

impl Logo {
    /// A logo of a file's bytes; `path` is for messages.
    ///
    /// # Errors
    ///
    /// [`LogoError`], where the file is empty, too large or of another kind.
    pub fn from_file(path: &str, bytes: Vec<u8>, alt: String) -> Result<Self, LogoError> {
        let path = path.to_owned();
        if bytes.is_empty() {
            return Err(LogoError::Empty { path });
        }
        if bytes.len() > LARGEST {
            let bytes = bytes.len();
            return Err(LogoError::Large { path, bytes });
        }
        let kind = if bytes.starts_with(PNG) {
            LogoKind::Png
        } else if bytes.starts_with(JPEG) {
            LogoKind::Jpeg
        } else {
            let kind = other_kind(&bytes);
            return Err(LogoError::Kind { path, kind });
        };
        Ok(Self { alt, kind, bytes })
    }
}

/// What a file is that is neither.
fn other_kind(bytes: &[u8]) -> &'static str {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]);
    match bytes {
        [b'G', b'I', b'F', b'8', ..] => "a GIF file",
        [b'R', b'I', b'F', b'F', ..] => "a WebP file",
        [b'%', b'P', b'D', b'F', ..] => "a PDF file",
        [b'B', b'M', ..] => "a BMP file",
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => "a TIFF file",
        _ if text.contains("<svg") => "an SVG file",
        _ => "of an unknown kind",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<LogoKind, LogoError> {
        Logo::from_file("seal.png", bytes.to_vec(), String::new()).map(|logo| logo.kind)
    }

    #[test]
    fn kinds_are_told_by_their_first_bytes() {
        assert_eq!(read(b"\x89PNG\r\n\x1a\n..."), Ok(LogoKind::Png));
        assert_eq!(read(b"\xff\xd8\xff\xe0..."), Ok(LogoKind::Jpeg));
        let told = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
        assert!(told(b"<?xml version='1.0'?><svg/>").contains("seal.png is an SVG file"));
        assert!(told(b"GIF89a").contains("a GIF file"));
        assert!(told(b"hello").contains("of an unknown kind"));
        assert!(told(b"").contains("is empty"));
        let large = [PNG, &[0; LARGEST]].concat();
        assert!(told(&large).contains("1000008 bytes"));
    }
}
