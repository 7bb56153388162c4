//! From bytes to the lines above the blank line, and where the signature stands.

use super::columns::Headings;
use super::limits::{CELL, FILE_BYTES, HEADER_LINES};
use super::problem::{Place, Problems, quoted};
use super::rows::{Quoting, Row, Rows};
use std::ops::Range;

/// First line of an overlay, its second cell.
pub const SCHEMA: &str = "specid-overlay-1";

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The file's text, and the number of bytes before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a> {
    pub text: &'a str,
    pub before: usize,
}

/// Takes a file as UTF-8, with or without byte order mark.
pub(super) fn decoded<'a>(bytes: &'a [u8], problems: &mut Problems) -> Option<Text<'a>> {
    const ADVICE: &str = "save it in the spreadsheet as \"CSV UTF-8 (comma delimited)\"";
    if bytes.len() > FILE_BYTES {
        let expected = format!("a file of at most {} MiB", FILE_BYTES >> 20);
        let found = format!("{} bytes", bytes.len());
        problems.refuse(Place::line(1), &expected, found, "split it by law");
        return None;
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let found = "UTF-16".to_owned();
        problems.refuse(Place::line(1), "text in UTF-8", found, ADVICE);
        return None;
    }
    let before = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
    match std::str::from_utf8(&bytes[before..]) {
        Ok(text) => Some(Text { text, before }),
        Err(error) => {
            let good = &bytes[..before + error.valid_up_to()];
            let line = 1 + memchr::memchr_iter(b'\n', good).count();
            let byte = bytes.get(good.len()).copied().unwrap_or_default();
            let found = format!("the byte 0x{byte:02x}, which is another encoding");
            problems.refuse(Place::line(line), "text in UTF-8", found, ADVICE);
            None
        }
    }
}

/// What stands above the blank line.
#[derive(Debug)]
pub(super) struct Front<'a> {
    pub delimiter: u8,
    /// Its lines, each read by itself.
    pub lines: Vec<Row<'a>>,
    /// First byte below, and its line.
    pub rest: (usize, usize),
    /// Whether there is a blank line.
    pub is_closed: bool,
}

impl<'a> Front<'a> {
    /// Reads the lines above the blank line; `None` where the first line is not that of an overlay.
    pub fn read(text: &'a str) -> Option<Self> {
        let delimiter = delimiter(text)?;
        let mut front = Self {
            delimiter,
            lines: Vec::new(),
            rest: (0, 1),
            is_closed: false,
        };
        while front.lines.len() < HEADER_LINES {
            let (at, line) = front.rest;
            let left = text.get(at..).filter(|left| !left.is_empty());
            let Some(left) = left else { break };
            let end = at + left.find(['\n', '\r']).unwrap_or(left.len());
            // An odd quotation mark can not swallow the lines below.
            let Some(upto) = text.get(..end) else { break };
            let row = Rows::new(upto, delimiter, at, line).next();
            let next = end
                + match text.as_bytes().get(end..) {
                    Some([b'\r', b'\n', ..]) => 2,
                    Some([_, ..]) => 1,
                    _ => 0,
                };
            let is_blank = row.as_ref().is_none_or(Row::is_blank);
            match row.filter(|_| !is_blank) {
                Some(row) if Headings::is_one(&row) => break,
                Some(row) => front.lines.push(row),
                None => front.is_closed = true,
            }
            front.rest = (next, line + 1);
            if front.is_closed {
                break;
            }
        }
        Some(front)
    }

    /// Notes what is wrong with the form of the lines, whatever they say.
    pub fn check(&self, problems: &mut Problems) {
        for row in &self.lines {
            let place = Place::line(row.line);
            if row.fault.is_some() {
                let advice = "close the quotation marks on this line, and double a mark that is part of the text";
                problems.refuse(
                    place,
                    "a name and a value on one line",
                    "an odd quotation mark".to_owned(),
                    advice,
                );
            }
            let more = row.cells.iter().skip(2).find(|cell| !cell.text.is_empty());
            if let Some(more) = more {
                problems.refuse(
                    place,
                    "two cells, a name and a value",
                    format!("a third cell {}", quoted(&more.text)),
                    "put a value with a comma or semicolon in it between quotation marks",
                );
            }
        }
        if !self.is_closed {
            problems.refuse(
                Place::line(self.rest.1),
                "a blank line between the header and the table",
                "none".to_owned(),
                "put one blank line above the row of headings",
            );
        }
    }
}

/// The delimiter after the word `schema` at the start of the file.
fn delimiter(text: &str) -> Option<u8> {
    let bare = text.strip_prefix('"').unwrap_or(text);
    let rest = bare
        .get(..6)
        .filter(|w| w.eq_ignore_ascii_case("schema"))
        .and_then(|_| bare.get(6..))?;
    let rest = match bare.len() == text.len() {
        true => rest,
        false => rest.strip_prefix('"')?,
    };
    rest.bytes().next().filter(|b| matches!(b, b',' | b';'))
}

/// The bytes of the signature's value: what stands on the header line `signature` between its first
/// delimiter and the next delimiter or the end of the line, quotation marks included.
///
/// A signature covers all other bytes of the file. `None` where the file has not exactly one such line.
pub fn signature_cell(bytes: &[u8]) -> Option<Range<usize>> {
    let Text { text, before } = decoded(bytes, &mut Problems::of(""))?;
    let front = Front::read(text)?;
    let mut cells = front
        .lines
        .iter()
        .filter(|row| row.text(0).eq_ignore_ascii_case("signature"));
    let row = cells.next().filter(|_| cells.next().is_none())?;
    let cell = row.cells.get(1).filter(|_| row.fault.is_none())?;
    Some(cell.bytes.start + before..cell.bytes.end + before)
}

/// Notes a row whose quotation marks or width are wrong, or whose cells are too long or hold
/// characters that no text has.
pub(super) fn check_row(row: &Row<'_>, width: usize, problems: &mut Problems) -> bool {
    let place = Place::line(row.line);
    let quotes = "close it, and double a mark that is part of the text";
    let mut sound = true;
    let mut refuse = |expected: &str, found: String, advice: &str| {
        problems.refuse(place, expected, found, advice);
        sound = false;
    };
    match row.fault {
        Some(Quoting::Unclosed) => {
            let expected = "quotation marks in pairs";
            refuse(expected, "one that is never closed".to_owned(), quotes);
        }
        Some(Quoting::Trailing) => {
            let found = "text behind a closing quotation mark".to_owned();
            refuse("a delimiter after quotation marks", found, quotes);
        }
        None => {}
    }
    let filled = row.cells.iter().skip(width).any(|c| !c.text.is_empty());
    if filled || (row.width > row.cells.len()) {
        refuse(
            &format!("{width} cells, as there are headings"),
            format!("{} cells", row.width),
            "put a text with a comma or semicolon in it between quotation marks",
        );
    }
    for cell in &row.cells {
        if cell.text.chars().nth(CELL).is_some() {
            let found = quoted(&cell.text);
            refuse(
                &format!("at most {CELL} characters in a cell"),
                found,
                "shorten it",
            );
        }
        if let Some(wrong) = cell.text.chars().find(|c| is_harmful(*c)) {
            let found = format!("the control character U+{:04X}", u32::from(wrong));
            refuse("text", found, "delete it: type the cell again");
        }
    }
    sound
}

/// Control characters other than breaks of lines, and those that turn the direction of text around:
/// a reader would not see what the file holds.
fn is_harmful(c: char) -> bool {
    let breaks = matches!(c, '\n' | '\r' | '\t');
    (c.is_control() && !breaks) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_found_by_its_line() {
        let cell = |text: &str| {
            let range = signature_cell(text.as_bytes())?;
            Some(text[range].to_owned())
        };
        assert_eq!(cell("schema,x\nsignature,abc,,\n\n"), Some("abc".into()));
        assert_eq!(
            cell("\u{feff}schema;x\r\nsignature;\r\n\r\n"),
            Some("".into())
        );
        assert_eq!(
            cell("\"schema\";x\n\"signature\";\"\"\n\n"),
            Some("\"\"".into())
        );
        for none in [
            "schema,x\nsignature\n\n",
            "schema,x\nsignature,a\nsignature,b\n\n",
            "schema,x\n\nsignature,a\n",
            "title,x\nsignature,a\n\n",
            // A quoted value cannot bring a line of its own.
            "schema,x\ntitle,\"y\nsignature,a\"\nsignature,b\n\n",
        ] {
            assert_eq!(cell(none), None, "{none}");
        }
    }
}
