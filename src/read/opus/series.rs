//! A series of spectra in one block: a header, then for each spectrum its ordinates and a table of
//! what was measured at that time.
//!
//! After the public reader brukeropus; no file of this kind was at hand, so it is held by made-up
//! files only.

use super::Layout;
use crate::read::bytes::Bytes;
use crate::read::error::{ErrorKind, ReadError};
use crate::spectrum::Spectrum;

/// Size of the header without its table of stored runs.
const HEADER: usize = 24;
/// Place of the end time, s, in the table behind each spectrum.
const END_TIME: usize = 144;

/// Where one spectrum of a series stands.
pub(super) struct Place {
    at: usize,
    /// Place of its table, where that is long enough to hold a time.
    table: Option<usize>,
}

/// The places of all spectra of the series.
pub(super) fn places(bytes: &Bytes<'_>, layout: &Layout<'_>) -> Result<Vec<Place>, ReadError> {
    let start = layout.block.at;
    let block = bytes.part(
        start,
        layout.block.length.min(bytes.len().saturating_sub(start)),
    )?;
    let word = |index: usize| block.size(4 * index);
    let (count, offset, size, table) = (word(1)?, word(2)?, word(3)?, word(4)?);
    let needed = layout.points.saturating_mul(4);
    if offset < HEADER || size < needed {
        return Err(ReadError::new(
            ErrorKind::Malformed,
            "the header of a series cannot be right",
        )
        .at_byte(start)
        .expected(format!("at least {needed} bytes a spectrum"))
        .found(format!("{size} bytes from byte {offset} on")));
    }
    let step = size.saturating_add(table);
    let stored = block.len().saturating_sub(offset);
    // Not all spectra of the header need be stored.
    let fits = stored.saturating_add(table) / step;
    let place = |index: usize| {
        let at = start + offset + step * index;
        Place {
            at,
            table: (table >= END_TIME + 8).then_some(at + size),
        }
    };
    Ok((0..count.min(fits)).map(place).collect())
}

impl Place {
    /// The spectrum here.
    pub fn spectrum(&self, bytes: &Bytes<'_>, layout: &Layout<'_>) -> Result<Spectrum, ReadError> {
        let mut spectrum = layout.spectrum(bytes, self.at)?;
        let time = self.table.and_then(|at| bytes.f64(at + END_TIME).ok());
        if let Some(time) = time.filter(|t| t.is_finite() && *t != 0.0) {
            let field = ("time of the series / s".to_owned(), time.to_string());
            spectrum.metadata.push(field);
        }
        Ok(spectrum)
    }
}
