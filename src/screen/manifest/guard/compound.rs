//! The claims of an xls workbook.

use super::{MAX_CELLS, damaged, too_many_cells};
use cfb::{CompoundFile, Version};
use std::io::{Cursor, Read, Write};

/// Most sheets of a workbook.
const MAX_SHEETS: usize = 1024;

/// Rows and columns of a sheet.
const SHEET: (u32, u32) = (1 << 16, 1 << 8);

const BOUND_SHEET: u16 = 0x0085;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const DIMENSIONS: u16 = 0x0200;
const MANY_NUMBERS: u16 = 0x00BD;

/// Records of single cells: formula, number, label, rich string, error or flag, short number, and
/// label of the table of strings.
const CELLS: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD];

/// Checks the sheets of an xls workbook, and gives it anew with nothing else in it, so that
/// calamine reads what was checked.
///
/// # Errors
/// A sentence, where the workbook is damaged, has a password or is too large.
pub(in super::super) fn compound(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    if file.is_stream("/EncryptedPackage") {
        return Err("the workbook has a password; save it without".to_owned());
    }
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.is_stream(name));
    let name = name.ok_or_else(|| damaged("it holds no sheets"))?;
    let mut stream = Vec::new();
    let mut source = file.open_stream(name).map_err(damaged)?;
    // A damaged length can be past the end of the file.
    let most = bytes.len() as u64;
    source
        .by_ref()
        .take(most)
        .read_to_end(&mut stream)
        .map_err(damaged)?;
    check(&stream)?;

    let copy = Cursor::new(Vec::with_capacity(stream.len() + (1 << 16)));
    let mut copy = CompoundFile::create_with_version(Version::V3, copy).map_err(damaged)?;
    let mut target = copy.create_stream("/Workbook").map_err(damaged)?;
    target
        .write_all(&stream)
        .and_then(|()| target.flush())
        .map_err(damaged)?;
    drop(target);
    copy.flush().map_err(damaged)?;
    Ok(copy.into_inner().into_inner())
}

/// Checks the extent of each sheet, and of all.
fn check(stream: &[u8]) -> Result<(), String> {
    let globals = records(stream).take_while(|(kind, _)| *kind != END);
    let starts = globals.filter(|(kind, _)| *kind == BOUND_SHEET);
    let starts: Vec<u32> = starts.filter_map(|(_, data)| long(data, 0)).collect();
    if starts.len() > MAX_SHEETS {
        return Err(damaged(format!(
            "it claims to have {} sheets",
            starts.len()
        )));
    }
    let mut cells = 0;
    for start in starts {
        let sheet = usize::try_from(start)
            .ok()
            .and_then(|start| stream.get(start..));
        let sheet = sheet.ok_or_else(|| damaged("a sheet lies past its end"))?;
        cells += extent(sheet)?;
        if cells > MAX_CELLS {
            return Err(too_many_cells());
        }
    }
    Ok(())
}

/// How many cells lie between the outermost of a sheet.
fn extent(sheet: &[u8]) -> Result<u64, String> {
    let outside = || damaged("a cell lies outside its sheet");
    let mut corners: Option<((u32, u32), (u32, u32))> = None;
    let mut depth = 0;
    for (kind, data) in records(sheet) {
        let (row, first, last) = match kind {
            BEGIN => {
                depth += 1;
                continue;
            }
            // A chart within the sheet is a block of its own.
            END if depth > 1 => {
                depth -= 1;
                continue;
            }
            END => break,
            DIMENSIONS => {
                dimensions(data).ok_or_else(outside)?;
                continue;
            }
            MANY_NUMBERS => (
                short(data, 0),
                short(data, 2),
                short(data, data.len().saturating_sub(2)),
            ),
            _ if CELLS.contains(&kind) => (short(data, 0), short(data, 2), short(data, 2)),
            _ => continue,
        };
        let (Some(row), Some(first), Some(last)) = (row, first, last) else {
            return Err(damaged("a cell is cut off"));
        };
        if first > last || last >= SHEET.1 {
            return Err(outside());
        }
        let ((top, left), (bottom, right)) = corners.unwrap_or(((row, first), (row, last)));
        corners = Some((
            (top.min(row), left.min(first)),
            (bottom.max(row), right.max(last)),
        ));
    }
    Ok(corners.map_or(0, |((top, left), (bottom, right))| {
        u64::from(bottom - top + 1) * u64::from(right - left + 1)
    }))
}

/// Checks the extent that a sheet claims, for which calamine takes room.
fn dimensions(data: &[u8]) -> Option<()> {
    let (top, bottom, left, right) = match data.len() {
        10 => (
            short(data, 0)?,
            short(data, 2)?,
            short(data, 4)?,
            short(data, 6)?,
        ),
        14.. => (
            long(data, 0)?,
            long(data, 4)?,
            short(data, 8)?,
            short(data, 10)?,
        ),
        _ => return None,
    };
    // The ends are one past the last; both are 0 where the sheet is empty.
    let fits =
        |first: u32, end: u32, most: u32| end <= most && (first < end || end == 0) && first <= most;
    (fits(top, bottom, SHEET.0) && fits(left, right, SHEET.1)).then_some(())
}

/// The records of a stream, up to the first that is cut off.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (head, tail) = rest.split_first_chunk::<4>()?;
        let [kind_low, kind_high, size_low, size_high] = *head;
        let size = usize::from(u16::from_le_bytes([size_low, size_high]));
        let data = tail.get(..size)?;
        rest = tail.get(size..)?;
        Some((u16::from_le_bytes([kind_low, kind_high]), data))
    })
}

fn short(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..)?.first_chunk::<2>()?;
    Some(u32::from(u16::from_le_bytes(*bytes)))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let size = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &size.to_le_bytes(), data].concat()
    }

    fn number(row: u16, column: u16) -> Vec<u8> {
        record(
            0x0203,
            &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat(),
        )
    }

    /// Globals that name so many sheets, all of them these records.
    fn workbook(sheets: usize, records: &[Vec<u8>]) -> Vec<u8> {
        let start = 8 + sheets * 16 + 4;
        let mut bound = u32::try_from(start).unwrap().to_le_bytes().to_vec();
        bound.extend([0, 0, 5, 0, b's', b'h', b'e', b'e']);
        let mut stream = record(BEGIN, &[0, 6, 5, 0]);
        stream.extend(record(BOUND_SHEET, &bound).repeat(sheets));
        stream.extend(record(END, &[]));
        assert_eq!(stream.len(), start);
        stream.extend(record(BEGIN, &[0, 6, 16, 0]));
        stream.extend(records.concat());
        stream.extend(record(END, &[]));
        stream
    }

    #[test]
    fn extents_are_bounded() {
        let corners = [number(0, 0), number(u16::MAX, 255)];
        assert_eq!(check(&workbook(1, &corners)), Ok(()));
        assert!(
            check(&workbook(2, &corners))
                .unwrap_err()
                .contains("20,000,000")
        );
        let outside = [number(0, 256)];
        assert!(
            check(&workbook(1, &outside))
                .unwrap_err()
                .contains("outside")
        );
        assert!(
            check(&workbook(2000, &[]))
                .unwrap_err()
                .contains("2000 sheets")
        );
    }

    #[test]
    fn claimed_dimensions_are_bounded() {
        let claim = |top: u32, bottom: u32, left: u16, right: u16| {
            let rows = [top.to_le_bytes(), bottom.to_le_bytes()].concat();
            let columns = [left.to_le_bytes(), right.to_le_bytes(), [0; 2]].concat();
            check(&workbook(
                1,
                &[record(DIMENSIONS, &[rows, columns].concat())],
            ))
        };
        assert_eq!(claim(0, 0, 0, 0), Ok(()));
        assert_eq!(claim(0, 1 << 16, 0, 256), Ok(()));
        assert!(claim(0, u32::MAX, 0, 256).is_err());
        assert!(claim(0, 10, 0, u16::MAX).is_err());
        assert!(claim(10, 5, 0, 3).is_err());
    }
}
