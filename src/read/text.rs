//! From bytes to text: byte-order marks, UTF-16 without one, and Windows-1252.

use crate::spectrum::{Warning, WarningKind};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Decodes text as instruments write it: by byte-order mark, else UTF-8, else Windows-1252;
/// UTF-16 without a mark is recognised by its zero bytes.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<Warning>) {
    let (encoding, body): (&'static Encoding, &[u8]) = match Encoding::for_bom(bytes) {
        Some((encoding, skip)) => (encoding, &bytes[skip..]),
        None => (unmarked(bytes), bytes),
    };
    let (text, broken) = encoding.decode_without_bom_handling(body);
    let warning = broken.then(|| {
        Warning::new(
            WarningKind::Encoding,
            format!(
                "Some bytes are not valid {} text and were replaced.",
                encoding.name()
            ),
        )
    });
    (text, warning)
}

fn unmarked(bytes: &[u8]) -> &'static Encoding {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let half = head.len() / 2;
    if half > 8 && zeros(1) * 10 > half * 9 {
        UTF_16LE
    } else if half > 8 && zeros(0) * 10 > half * 9 {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

/// Lines with their numbers from 1; ends at LF, CR LF or CR alone.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = Some(text);
    (1..).map_while(move |number| {
        let text = rest?;
        let (line, tail) = match memchr::memchr2(b'\n', b'\r', text.as_bytes()) {
            None if text.is_empty() => return None,
            None => (text, None),
            Some(at) => {
                let end = if text[at..].starts_with("\r\n") { 2 } else { 1 };
                (&text[..at], Some(&text[at + end..]))
            }
        };
        rest = tail;
        Some((number, line))
    })
}

/// Whether decoded bytes look like text: no zero bytes outside UTF-16, few control characters.
pub fn looks_like_text(text: &str) -> bool {
    let odd = text
        .chars()
        .filter(|c| {
            (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c' | '\x1a'))
                || *c == '\u{fffd}'
        })
        .count();
    !text.is_empty() && odd * 200 <= text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_instruments_write() {
        assert_eq!(decode(b"\xef\xbb\xbfcm").0, "cm");
        assert_eq!(decode(b"\xff\xfec\0m\0").0, "cm");
        assert_eq!(decode(b"cm\xb2").0, "cm\u{b2}");
        let wide: Vec<u8> = "Raman shift 12"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let wide: Vec<u8> = wide.repeat(3);
        assert!(decode(&wide).0.starts_with("Raman shift"));
    }

    #[test]
    fn line_ends_of_three_kinds() {
        let all: Vec<_> = lines("a\r\nb\rc\n\nd").collect();
        assert_eq!(all, [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, "d")]);
        assert_eq!(lines("").count(), 0);
    }
}
