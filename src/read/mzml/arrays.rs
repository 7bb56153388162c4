//! Arrays of numbers as XML formats hold them: base64 text, packed by zlib, MS-Numpress or not.

use super::super::Limits;
use super::super::error::{ErrorKind, ReadError};
use super::numpress::Numpress;
use super::{Array, has};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::ZlibDecoder;
use std::io::Read;

/// Numbers of an array.
pub(super) fn decode(array: &Array, limits: &Limits) -> Result<Vec<f64>, ReadError> {
    let any = |accessions: &[&str]| accessions.iter().any(|a| has(&array.terms, a));
    let packed = STANDARD.decode(&array.base64).map_err(|e| {
        ReadError::new(ErrorKind::Malformed, "this is not base64 text").found(e.to_string())
    })?;
    if let Some((_, name)) = UNREAD.iter().find(|(a, _)| any(&[a])) {
        return Err(
            ReadError::new(ErrorKind::Unsupported, "this compression is not read")
                .expected("zlib, MS-Numpress or none")
                .found(name)
                .advise("convert the run without it"),
        );
    }
    // Numbers cut to fewer digits before zlib are floats like others.
    let zlib = any(&[
        "MS:1000574",
        "MS:1002746",
        "MS:1002747",
        "MS:1002748",
        "MS:1003088",
    ]);
    let raw = match zlib {
        true => inflate(&packed, limits)?,
        false => packed,
    };
    let numpress = if any(&["MS:1002312", "MS:1002746"]) {
        Numpress::Linear
    } else if any(&["MS:1002313", "MS:1002747"]) {
        Numpress::PositiveInteger
    } else if any(&["MS:1002314", "MS:1002748"]) {
        Numpress::ShortLoggedFloat
    } else {
        let values = if any(&["MS:1000523"]) {
            numbers(&raw, true, false)
        } else if any(&["MS:1000521"]) {
            numbers(&raw, false, false)
        } else if any(&["MS:1000519"]) {
            let (words, _) = raw.as_chunks::<4>();
            words
                .iter()
                .map(|w| f64::from(i32::from_le_bytes(*w)))
                .collect()
        } else if any(&["MS:1000522"]) {
            let (words, _) = raw.as_chunks::<8>();
            words
                .iter()
                .map(|w| i64::from_le_bytes(*w) as f64)
                .collect()
        } else {
            return Err(ReadError::new(
                ErrorKind::Unsupported,
                "the type of the array's numbers is not known",
            )
            .expected("32- or 64-bit floats or integers"));
        };
        return within(values, limits);
    };
    let values = numpress.decode(&raw).ok_or_else(|| {
        ReadError::new(ErrorKind::Malformed, "the MS-Numpress array is damaged")
            .found(format!("{} bytes", raw.len()))
    })?;
    within(values, limits)
}

/// Compressions that are named in files and not read.
const UNREAD: [(&str, &str); 8] = [
    ("MS:1003089", "truncation, delta prediction and zlib"),
    ("MS:1003090", "truncation, linear prediction and zlib"),
    ("MS:1003780", "zstd"),
    ("MS:1003781", "zstd"),
    ("MS:1003782", "zstd"),
    ("MS:1003783", "zstd"),
    ("MS:1003784", "zstd"),
    ("MS:1003785", "zstd"),
];

fn within(values: Vec<f64>, limits: &Limits) -> Result<Vec<f64>, ReadError> {
    match values.len() > limits.points {
        true => Err(limits.too_many_points()),
        false => Ok(values),
    }
}

/// Unpacks zlib data, at most as many bytes as the limits allow points.
pub(in crate::read) fn inflate(packed: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
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
        true => Err(limits.too_many_points()),
        false => Ok(raw),
    }
}

/// 32- or 64-bit floats, little- or big-endian; an unfinished last one is left out.
pub(in crate::read) fn numbers(raw: &[u8], wide: bool, big: bool) -> Vec<f64> {
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
