//! The claims of a workbook that is a zip archive: xlsx and ods.

use super::extent::Extent;
use super::{MAX_CELLS, damaged, too_many_cells};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Most bytes of all parts of a workbook together, unpacked.
const MAX_UNPACKED: u64 = 1 << 30;

/// Most bytes of text that repeated cells of an ods workbook may make.
const MAX_REPEATED: u64 = 512 << 20;

/// What kind of workbook an archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Package {
    /// xlsx.
    Excel,
    /// ods.
    OpenDocument,
}

/// Checks how much a workbook unpacks to, and what it claims to hold.
///
/// # Errors
/// A sentence, where the archive is no workbook, is damaged, has a password or is too large.
pub(in super::super) fn package(bytes: &[u8]) -> Result<Package, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let has = |name: &str| {
        archive
            .file_names()
            .any(|part| part.is_ok_and(|part| part.eq_ignore_ascii_case(name)))
    };
    let kind = if has("xl/workbook.xml") {
        Package::Excel
    } else if has("content.xml") {
        Package::OpenDocument
    } else {
        return Err("the file is a zip archive, but no workbook; unpack it, or save the table as xlsx or CSV".to_owned());
    };
    let mut left = MAX_UNPACKED;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|error| match error {
            ZipError::InvalidPassword
            | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                "the workbook has a password; save it without".to_owned()
            }
            other => damaged(other),
        })?;
        let name = part.name().map_err(damaged)?.to_ascii_lowercase();
        let mut counted = Counted {
            part,
            left: &mut left,
        };
        if name.ends_with("sharedstrings.xml") {
            shared_strings(&mut counted)?;
        } else if name == "content.xml" {
            content(&mut counted)?;
        }
        std::io::copy(&mut counted, &mut std::io::sink()).map_err(damaged)?;
        if left == 0 {
            return Err("the workbook unpacks to more than 1 GB; save the sheet as CSV".to_owned());
        }
    }
    Ok(kind)
}

/// A part of which no more is read than may be unpacked.
struct Counted<'a, R> {
    part: R,
    left: &'a mut u64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, space: &mut [u8]) -> std::io::Result<usize> {
        let room = usize::try_from(*self.left).map_or(space.len(), |left| left.min(space.len()));
        let read = self.part.read(space.get_mut(..room).unwrap_or_default())?;
        *self.left -= read as u64;
        Ok(read)
    }
}

/// Checks the number of texts that an xlsx workbook claims, for which calamine takes room.
fn shared_strings(part: &mut impl Read) -> Result<(), String> {
    const MOST: u64 = MAX_CELLS;
    let mut reader = Reader::from_reader(BufReader::new(part));
    let mut space = Vec::new();
    loop {
        space.clear();
        match reader.read_event_into(&mut space).map_err(damaged)? {
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == b"sst" =>
            {
                let claimed: Option<u64> =
                    attribute(&element, b"uniqueCount").and_then(|claimed| claimed.parse().ok());
                return match claimed {
                    Some(claimed) if claimed > MOST => {
                        Err(damaged(format!("it claims to have {claimed} texts")))
                    }
                    _ => Ok(()),
                };
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Checks what the repeated cells and rows of an ods workbook come to: a few bytes can repeat a
/// long text a million times.
fn content(part: &mut impl Read) -> Result<(), String> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    let mut space = Vec::new();
    let mut sheet = Extent::default();
    let mut all = Extent::default();
    loop {
        space.clear();
        match reader.read_event_into(&mut space).map_err(damaged)? {
            Event::Start(element) => sheet.begin(&element),
            Event::Empty(element) => {
                sheet.begin(&element);
                sheet.end(element.name().as_ref());
            }
            Event::Text(text) => sheet.cell_bytes += text.len() as u64,
            Event::End(element) => {
                let name = element.name();
                sheet.end(name.as_ref());
                if name.as_ref() == b"table:table" {
                    all.cells += sheet.filled_rows.saturating_mul(sheet.width);
                    all.bytes += sheet.bytes;
                    sheet = Extent::default();
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
        if all.cells + sheet.filled_rows.saturating_mul(sheet.width) > MAX_CELLS {
            return Err(too_many_cells());
        }
        if all.bytes + sheet.bytes > MAX_REPEATED {
            return Err("the repeated cells of the workbook come to more than 512 MB of text; save the sheet as CSV".to_owned());
        }
    }
}

pub(super) fn attribute(element: &BytesStart<'_>, key: &[u8]) -> Option<String> {
    let mut all = element.attributes().flatten();
    let found = all.find(|one| one.key.as_ref() == key)?;
    String::from_utf8(found.value.trim_ascii().to_vec()).ok()
}
